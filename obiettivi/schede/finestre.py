# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether something of the yearly cycle may be done today, and by when."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import Finestra
from piani.models import Azienda, UnitaOrganizzativa


@dataclass(frozen=True)
class Tempo:
    """A window as it is for a unit: its own deadline counts the late exception, if it has one."""

    finestra: Finestra
    scade: date
    prorogata: bool

    def aperta(self, giorno: date) -> bool:
        return self.finestra.apre <= giorno <= self.scade


def tempo_di(
    azienda: Azienda,
    anno: int,
    tipo: str,
    frazione: str = "",
    *,
    unita: UnitaOrganizzativa | None = None,
) -> Tempo | None:
    """The window of something for a unit; None when nobody has set it."""
    trovata = Finestra.objects.filter(
        azienda=azienda, anno=anno, tipo=tipo, frazione=frazione
    ).first()
    if trovata is None:
        return None
    proroga = trovata.proroghe.filter(unita=unita).first() if unita else None
    if proroga is None or proroga.fino_al <= trovata.scade:
        return Tempo(trovata, trovata.scade, prorogata=False)
    return Tempo(trovata, proroga.fino_al, prorogata=True)


def esigi_aperta(
    azienda: Azienda,
    anno: int,
    tipo: Finestra.Tipo,
    frazione: str = "",
    *,
    unita: UnitaOrganizzativa | None = None,
    obbligatoria: bool = False,
) -> None:
    """Stop with ValidationError out of the window. One that nobody set does not stop, unless
    ``obbligatoria``.
    """
    tempo = tempo_di(azienda, anno, tipo, frazione, unita=unita)
    nome = f"{tipo.label} {anno} {frazione}".strip()
    if tempo is None:
        if obbligatoria:
            raise ValidationError(
                _("%(finestra)s: il controllo di gestione non ha ancora fissato la finestra.")
                % {"finestra": nome}
            )
        return
    oggi = timezone.localdate()
    if oggi < tempo.finestra.apre:
        raise ValidationError(
            _("%(finestra)s: la finestra si apre il %(giorno)s.")
            % {"finestra": nome, "giorno": tempo.finestra.apre.strftime("%d/%m/%Y")}
        )
    if oggi > tempo.scade:
        raise ValidationError(
            _("%(finestra)s: il termine è scaduto il %(giorno)s. Una proroga la concede il "
              "controllo di gestione.")
            % {"finestra": nome, "giorno": tempo.scade.strftime("%d/%m/%Y")}
        )  # fmt: skip
