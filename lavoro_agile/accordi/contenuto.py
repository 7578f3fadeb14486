# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an agreement says as the values that the checks read; its conditions one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from django.utils import timezone

from lavoro_agile.calcolo.condizioni import (
    DOPO_LE_FIRME,
    Contenuto,
    Esito,
    Verifica,
    oltre_i_limiti,
    verifica,
)
from lavoro_agile.calcolo.edizione import Prevalenza
from lavoro_agile.models import (
    AccordoIndividuale,
    CondizioneDiLegge,
    TutelaAccordo,
    VerificaAccordo,
)

UGUALI = {uno.name for uno in fields(Contenuto)} & {
    uno.name for uno in AccordoIndividuale._meta.concrete_fields
}


@dataclass(frozen=True)
class Controllata:
    """A condition and how it stands: by the program, or as a person said (``detta``)."""

    condizione: CondizioneDiLegge
    verifica: Verifica
    detta: VerificaAccordo | None = None

    @property
    def esito(self) -> str:
        return self.detta.esito if self.detta is not None else self.verifica.esito.value

    @property
    def nome_esito(self) -> str:
        return str(VerificaAccordo.Esito(self.esito).label)

    @property
    def nota(self) -> str:
        return self.detta.nota if self.detta is not None else self.verifica.nota


def contenuto_di(accordo: AccordoIndividuale) -> Contenuto:
    """An agreement as values. Of a protection only the days it allows, not why."""
    valori = {nome: getattr(accordo, nome) for nome in UGUALI}
    valori["prevalenza"] = Prevalenza(accordo.prevalenza)
    return Contenuto(
        **valori,
        oggi=timezone.localdate(),
        deroga=deroga_di(accordo),
        firma_persona=accordo.firma_persona_il is not None,
        firma_azienda=accordo.firma_azienda_il is not None,
        finito_il=accordo.cessa_il,
    )


def deroga_di(accordo: AccordoIndividuale) -> int | None:
    """The most days a month that a protection valid when the agreement begins allows."""
    tutele = TutelaAccordo.objects.filter(accordo=accordo.pk, giorni_mese__isnull=False)
    giorno = max(accordo.dal, min(timezone.localdate(), accordo.al or accordo.dal))
    valide = [una for una in tutele if vale(una, giorno)]
    return max((una.giorni_mese or 0 for una in valide), default=None)


def vale(tutela: TutelaAccordo, giorno: date) -> bool:
    """Whether a protection holds on a day."""
    return tutela.dal <= giorno and (tutela.al is None or tutela.al >= giorno)


def condizioni_di(accordo: AccordoIndividuale) -> list[Controllata]:
    """Each condition of the law in force when the agreement begins, with how it stands."""
    contenuto = contenuto_di(accordo)
    condizioni = CondizioneDiLegge.objects.vigenti(accordo.dal)
    dette = {
        una.condizione_id: una
        for una in VerificaAccordo.objects.filter(accordo=accordo).select_related("verificata_da")
    }
    return [
        _controllata(una, verifica(una.controllo, contenuto), dette)
        for una in condizioni.filter(di=CondizioneDiLegge.Di.ACCORDO)
    ]


def _controllata(
    condizione: CondizioneDiLegge, esito: Verifica, dette: Mapping[int, VerificaAccordo]
) -> Controllata:
    """What a person said counts where the program leaves it to them."""
    detta = dette.get(condizione.pk) if esito.a_mano else None
    return Controllata(condizione, esito, detta)


def che_cosa_manca(accordo: AccordoIndividuale) -> dict[str, list[str]]:
    """What an agreement lacks to be proposed: sentences by field, or by no field ("")."""
    trovate: dict[str, list[str]] = {}
    for una in condizioni_di(accordo):
        controllo = una.condizione.controllo
        if una.esito == Esito.MANCA and controllo not in DOPO_LE_FIRME:
            perche = (una.nota or una.condizione.testo).rstrip(".")
            frase = f"{perche} ({una.condizione.norma})."
            trovate.setdefault(CAMPI.get(controllo, controllo), []).append(frase)
    for campo, frase in oltre_i_limiti(contenuto_di(accordo), accordo.edizione.regole).items():
        trovate.setdefault(campo, []).append(frase)
    return trovate


CAMPI = {
    "prevalenza": "giorni_mese",
    "coordinamento": "giorni_mese",
    "contatto": "contatto_dalle",
    "informativa": "informativa_il",
}
"""The field of an agreement that a check reads, where it has another name."""


def solo_giustificato(accordo: AccordoIndividuale) -> bool:
    """An agreement with a term is left before it only for a justified reason (art. 19 c. 2
    L. 81/2017), unless the rules allow it with notice.
    """
    return accordo.al is not None and not accordo.edizione.regole.termini.recesso_a_termine
