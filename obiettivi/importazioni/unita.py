# SPDX-License-Identifier: AGPL-3.0-or-later
"""The units of an azienda by the name or code that a file gives them, in the chart of each year."""

from collections import defaultdict
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from piani.importazioni.celle import normale
from piani.models import Azienda, Organigramma, UnitaOrganizzativa


class Unita:
    """Two queries, whatever the years."""

    def __init__(self, azienda: Azienda) -> None:
        self.versioni = list(azienda.organigrammi.datate())
        self.per_nome: dict[int, dict[str, list[UnitaOrganizzativa]]] = defaultdict(
            lambda: defaultdict(list)
        )
        unita = UnitaOrganizzativa.objects.filter(
            organigramma__azienda=azienda, organigramma__valido_dal__isnull=False
        )
        self.nomi: dict[int, str] = {}
        for una in unita.order_by("pk"):
            self.nomi[una.pk] = una.nome
            nomi = self.per_nome[una.organigramma_id]
            for nome in {normale(una.codice), normale(una.nome)}:
                nomi[nome].append(una)

    def trova(self, scritta: str, anno: int) -> UnitaOrganizzativa:
        """The unit so called in the chart of the end of that year (of today, for this year).

        :raises ValueError: there is none, or more than one; what to write.
        """
        nome = normale(scritta)
        versione = self._in_vigore(anno)
        trovate = self.per_nome[versione.pk].get(nome, []) if versione else []
        codici = [una for una in trovate if normale(una.codice) == nome]
        if len(codici or trovate) == 1:
            return (codici or trovate)[0]
        if trovate:
            raise ValueError(
                _("Più unità si chiamano così: scrivere il codice (%(codici)s).")
                % {"codici": ", ".join(una.codice for una in trovate[:5])}
            )
        raise ValueError(
            _("Nessuna unità dell'organigramma del %(anno)s ha questo codice o nome.")
            % {"anno": anno}
        )

    def conosce(self, scritta: str) -> bool:
        """Whether some chart has a unit so called."""
        nome = normale(scritta)
        return any(nome in nomi for nomi in self.per_nome.values())

    def _in_vigore(self, anno: int) -> Organigramma | None:
        giorno = min(date(anno, 12, 31), timezone.localdate())
        return next((una for una in self.versioni if una.vale_il(giorno)), None)
