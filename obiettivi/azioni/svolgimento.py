# SPDX-License-Identifier: AGPL-3.0-or-later
"""A round of computation done by this process, without workers."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from obiettivi.azioni.corsie import in_corsie
from obiettivi.azioni.esecuzione import Resoconto, esegui_blocco
from obiettivi.azioni.massivo import blocchi_di_piani, chiedi, nessuno, registra_chiesti
from obiettivi.blocco.colonne import in_elenco, tuple_di
from obiettivi.models import EdizioneSMVP, GiroDiCalcolo
from piani.models import Piano

Fatto = tuple[list[int], Resoconto]
"""The runs of a block, and what was done of them."""


class Svolgimento:
    """The runs of many plans: those of a block are asked when its turn comes, and done at once.

    However many the plans, only their keys are in memory. What is asked is under way already:
    each run is written twice instead of three times. If the process dies, the runs that it had
    begun are taken for stopped half-way and sent to the workers; the others were not asked.
    """

    def __init__(
        self, piani: Sequence[int], *, prospettiva: str, anno: int, frazioni: Sequence[str] = ("",)
    ) -> None:
        self.piani = piani
        self.giro = GiroDiCalcolo.objects.create(
            prospettiva=prospettiva, anno=anno, frazioni=list(frazioni)
        )

    def __iter__(self) -> Iterator[Fatto]:
        """Each block as soon as it is done, in any order.

        :raises ValidationError: at the end, if no plan could be computed: nothing stays of it.
        """
        nessun_calcolo = True
        for fatto in in_corsie(self._blocchi(), self._fai):
            if fatto[0]:
                nessun_calcolo = False
                yield fatto
        if nessun_calcolo:
            self.giro.delete()
            raise nessuno(self.giro)
        self.giro.save(update_fields=["scartati"])

    def _blocchi(self) -> list[list[int]]:
        """The plans by the block; those without rules, that will be told of, come first."""
        per_azienda = dict(
            EdizioneSMVP.objects.filter(anno=self.giro.anno).values_list("azienda", "pk")
        )
        edizioni, senza = {}, []
        dei_piani = f"{Piano._meta.db_table} WHERE {in_elenco('id', self.piani)}"
        for piano, azienda in tuple_di(("id", "azienda_id"), dei_piani):
            if azienda in per_azienda:
                edizioni[piano] = per_azienda[azienda]
            else:
                senza.append(piano)
        return [*([senza] if senza else []), *blocchi_di_piani(edizioni)]

    def _fai(self, piani: list[int]) -> Fatto:
        adesso = timezone.now()
        with transaction.atomic():
            scelti = Piano.objects.filter(pk__in=piani).select_related("azienda").order_by("pk")
            calcoli = chiedi(self.giro, list(scelti), None, presi_il=adesso)
            registra_chiesti(self.giro, calcoli)
        chiavi = [uno.pk for uno in calcoli]
        return chiavi, esegui_blocco(chiavi, presi_il=adesso) if chiavi else Resoconto()
