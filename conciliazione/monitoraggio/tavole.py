# SPDX-License-Identifier: AGPL-3.0-or-later
"""The indicators as they are shown: both terms, the result, what is missing, what was printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from conciliazione.calcolo.edizione import Grandezza, IndicatoreEdizione
from conciliazione.calcolo.importi import quota
from conciliazione.calcolo.parole import cifra, euro, percento
from conciliazione.models import (
    EdizioneConciliazione,
    Progetto,
    Riscontro,
    SemestreMonitoraggio,
    ValoreIndicatore,
)
from conciliazione.models.rete import TipoEnte
from conciliazione.monitoraggio.raccolta import dettaglio_di, valori_di
from piani.models import Utente

DI_DENARO = frozenset(
    {
        Grandezza.RISORSE_PREVISTE, Grandezza.RISORSE_LIQUIDATE, Grandezza.COSTO,
        Grandezza.COFINANZIAMENTO, Grandezza.COFINANZIAMENTO_RESO,
        Grandezza.COFINANZIAMENTO_MONETARIO, Grandezza.COFINANZIAMENTO_PRIVATO,
    }
)  # fmt: skip
CHIAVE_STAMPATO = "indicatore-"


@dataclass(frozen=True)
class Riga:
    """A value of an indicator, in figures and in words; ``numero`` is None if it has none."""

    semestre: SemestreMonitoraggio
    codice: str
    nome: str
    gruppo: str
    dove: str
    numeratore: str
    denominatore: str
    mostrato: str
    numero: Decimal | None
    motivo: str
    nota: str
    chiave: str

    @property
    def rapporto(self) -> bool:
        return bool(self.denominatore)


@dataclass(frozen=True)
class Stampato:
    """An indicator as the document prints it, and what is to be said of it."""

    testo: str
    nota: str
    riga: str


def righe_di(semestre: SemestreMonitoraggio, utente: Utente) -> list[Riga]:
    """The indicators of a semester that the person may read: frozen if it is closed, as they are
    now if it is open.
    """
    if semestre.aperto:
        return righe(semestre.edizione, _di_adesso(semestre, utente))
    fissati = ValoreIndicatore.objects.visibili_a(utente).filter(semestre=semestre)
    return righe(semestre.edizione, _completi(fissati))


def righe_fissate(edizione: EdizioneConciliazione, utente: Utente) -> list[Riga]:
    """The frozen values of all the semesters, in order of time."""
    fissati = ValoreIndicatore.objects.visibili_a(utente).filter(semestre__edizione=edizione)
    return righe(edizione, _completi(fissati))


def righe(edizione: EdizioneConciliazione, valori: Iterable[ValoreIndicatore]) -> list[Riga]:
    """The values in figures and words, in the order of the indicators of the edition."""
    regole = {uno.codice: (posto, uno) for posto, uno in enumerate(edizione.regole.indicatori)}
    nomi = {dettaglio_di(una): una.titolo for una in edizione.azioni_di_piano.all()}
    noti = [valore for valore in valori if valore.codice in regole]
    noti.sort(key=lambda valore: (
        valore.semestre.anno, valore.semestre.semestre, regole[valore.codice][0],
        valore.progetto.numero if valore.progetto else 0,
        valore.azione.ordine if valore.azione else 0, bool(valore.dettaglio),
    ))  # fmt: skip
    return [_riga(regole[valore.codice][1], valore, nomi) for valore in noti]


def stampati(edizione: EdizioneConciliazione, utente: Utente) -> dict[str, Stampato]:
    """The indicators as the document prints them, by code; for who reads the figures printed."""
    trovati = Riscontro.objects.visibili_a(utente).filter(
        edizione=edizione, chiave__startswith=CHIAVE_STAMPATO
    )
    return {
        uno.chiave.removeprefix(CHIAVE_STAMPATO): Stampato(uno.stampato, uno.nota, uno.riga_fonte)
        for uno in trovati
    }


def _completi(valori: Iterable[ValoreIndicatore]) -> Iterable[ValoreIndicatore]:
    return valori.select_related("semestre", "progetto", "azione")  # type: ignore[attr-defined]


def _di_adesso(semestre: SemestreMonitoraggio, utente: Utente) -> list[ValoreIndicatore]:
    """As they are now: all for who reads the azienda, those of their projects for the others."""
    valori = valori_di(semestre)
    if not utente.has_perm("conciliazione.consulta", semestre):
        miei = set(
            Progetto.objects.visibili_a(utente)
            .filter(edizione=semestre.edizione_id)
            .values_list("pk", flat=True)
        )
        valori = [uno for uno in valori if uno.progetto_id in miei]
    progetti = Progetto.objects.filter(edizione=semestre.edizione_id).prefetch_related("azioni")
    per_chiave = {uno.pk: uno for uno in progetti}
    azioni = {una.pk: una for uno in per_chiave.values() for una in uno.azioni.all()}
    for uno in valori:
        if uno.progetto_id is not None:
            uno.progetto = per_chiave[uno.progetto_id]
        if uno.azione_id is not None:
            uno.azione = azioni[uno.azione_id]
    return valori


def _riga(
    indicatore: IndicatoreEdizione, valore: ValoreIndicatore, nomi: Mapping[str, str]
) -> Riga:
    sotto = indicatore.denominatore if not _una_parte(indicatore, valore) else None
    numero = valore.numeratore
    if sotto is not None:
        numero = quota(valore.numeratore, valore.denominatore)
        mostrato = "" if numero is None else percento(numero)
    else:
        mostrato = _scritto(indicatore.numeratore, numero)
    return Riga(
        semestre=valore.semestre,
        codice=indicatore.codice,
        nome=indicatore.nome,
        gruppo=indicatore.gruppo.value,
        dove=_dove(valore, nomi),
        numeratore=_scritto(indicatore.numeratore, valore.numeratore) or "–",
        denominatore=(_scritto(sotto, valore.denominatore) or "–") if sotto else "",
        mostrato=mostrato,
        numero=numero,
        motivo=valore.motivo,
        nota=valore.nota,
        chiave=chiave_di(valore),
    )


def chiave_di(valore: ValoreIndicatore) -> str:
    """What a value is of, whatever the semester."""
    parti = (valore.codice, valore.progetto_id or 0, valore.azione_id or 0, valore.dettaglio)
    return "_".join(str(una) for una in parti)


def _una_parte(indicatore: IndicatoreEdizione, valore: ValoreIndicatore) -> bool:
    """A count by kind of body is a count, also of an indicator that is a ratio."""
    return indicatore.per_tipologia and bool(valore.dettaglio)


def _scritto(grandezza: Grandezza, valore: Decimal | None) -> str:
    if valore is None:
        return ""
    return euro(valore) if grandezza in DI_DENARO else cifra(valore)


def _dove(valore: ValoreIndicatore, nomi: Mapping[str, str]) -> str:
    parti = [str(uno) for uno in (valore.progetto, valore.azione) if uno is not None]
    if valore.dettaglio in TipoEnte.values:
        parti.append(str(TipoEnte(valore.dettaglio).label))
    elif valore.dettaglio:
        parti.append(nomi.get(valore.dettaglio, valore.dettaglio))
    return ": ".join(parti) or _("Piano")
