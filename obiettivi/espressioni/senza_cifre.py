# SPDX-License-Identifier: AGPL-3.0-or-later
"""Targets without a figure: trends, references, yes or no, to be defined, not available.

Same shape as ``misure``: each rule returns a draft, or None to let the next one try.
"""

import re
from dataclasses import replace
from decimal import Decimal

from obiettivi.calcolo.letture import Certezza, Comparatore, Lettura, Tipo, Verso

from . import numeri
from .cella import Bozza, Cella
from .confronti import data_e_periodo, lettura, unita_da_parole, verso_di
from .fatti import Assente, Base, DaDefinire, Periodo, Riferimento, Risposta, Tendenza, Valore
from .parole import azione

_RIFERIMENTO_CERTO = re.compile(
    r"benchmark|medi|standard|target|sogli|parametr|tetto|limit|riferiment", re.IGNORECASE
)
_SOGGETTO = re.compile(r"(?:quota|valore|target|dato|obiettivo|soglia|percentuale|\W+)*", re.I)
_COMPLEMENTO = re.compile(
    r"\W*(?:$|secondo|in base|sulla base|nell|con|da|dal|dopo|a seguito|in seguito|entro|previ"
    r"|mappatura|definizione|l['a]|le|il|i)",
    re.IGNORECASE,
)
_AFFERMATO = re.compile(r"\W*(?:$|[,;:.(]|-|tramite|da|con|per|entro|mediante|previ)", re.I)


def _tutte(cella: Cella) -> set[int]:
    return set(range(len(cella.voci)))


def da_definire(cella: Cella) -> Bozza | None:
    """``Da definire secondo indicazioni regionali``, ``Dato disponibile dopo la mappatura``."""
    trovati = cella.di(DaDefinire)
    if not trovati:
        return None
    bozza = Bozza(Tipo.DA_DEFINIRE, usate={posto for posto, _ in trovati})
    primo, ultimo = cella.voci[trovati[0][0]], cella.voci[trovati[-1][0]]
    if _SOGGETTO.fullmatch(cella.testo[: primo.inizio]):
        bozza.usate |= set(range(trovati[0][0]))
    if _COMPLEMENTO.match(cella.testo[ultimo.fine :]):
        bozza.usate |= set(range(trovati[-1][0], len(cella.voci)))
    return bozza


def non_disponibile(cella: Cella) -> Bozza | None:
    """``N.D.``, ``processo ex-novo``: only when nothing else is said before it."""
    trovati = cella.di(Assente)
    if not trovati or not cella.in_testa(trovati[0][0]):
        return None
    return Bozza(Tipo.NON_DISPONIBILE, usate={posto for posto, _ in trovati})


def riferimento(cella: Cella) -> Bozza | None:
    """``Benchmark regionale``, ``≤ media regionale``, ``Riduzione (VA Benchmark regionale)``."""
    trovati = [
        (posto, uno) for posto, uno in cella.di(Riferimento) if _e_riferimento(cella, posto, uno)
    ]
    if not trovati:
        return None
    posto, primo = trovati[0]
    bozza = Bozza(Tipo.RIFERIMENTO, usate={posto}, verso=verso_di(primo.comparatore))
    bozza.letture = [
        Lettura(comparatore=uno.comparatore, riferimento=uno.nome) for _, uno in trovati
    ]
    bozza.usate |= {altro for altro, _ in trovati}
    if len(trovati) > 1:
        bozza.dubita(Certezza.BASSA, "sono stampati più riferimenti: confermare quale conta")
    _tendenza_verso(cella, bozza, primo.nome)
    return bozza


def _e_riferimento(cella: Cella, posto: int, uno: Riferimento) -> bool:
    solo = all(cella.muta(altro) for altro in _tutte(cella) - {posto})
    return solo or bool(uno.comparatore or _RIFERIMENTO_CERTO.search(uno.nome))


def _tendenza_verso(cella: Cella, bozza: Bozza, nome: str) -> None:
    for posto, uno in cella.di(Tendenza):
        if cella.in_testa(posto):
            bozza.usate.add(posto)
            bozza.verso = bozza.verso or uno.verso
            bozza.dubita(
                Certezza.MEDIA,
                f"«{uno.parola}» rispetto a «{nome}»: confermare se basta il movimento o occorre"
                " raggiungere il riferimento",
            )


def tendenza(cella: Cella) -> Bozza | None:
    """``Riduzione``, ``Mantenimento/Incremento``, ``Mantenimento del valore 2021``."""
    trovate = cella.di(Tendenza)
    if not trovate or not cella.in_testa(trovate[0][0]) or _poi_altro(cella, trovate[0][0]):
        return None
    parole = [trovate[0]]
    for altra in trovate[1:]:
        if cella.contigui(parole[-1][0], altra[0]):
            parole.append(altra)
    bozza = Bozza(Tipo.TENDENZA, usate={posto for posto, _ in parole})
    _verso_delle(bozza, [una for _, una in parole])
    _rispetto_a(cella, bozza)
    return bozza


def _poi_altro(cella: Cella, posto: int) -> bool:
    """Whether the trend is only the first of two goals ("Miglioramento e integrazione con …")."""
    resto = cella.testo[cella.voci[posto].fine :]
    seguito = re.match(r"\s*(?:[,;/+]|\b(?:e|ed)\b)\s*(?:[^\W\d_]+\s+){0,1}?([^\W\d_]+)", resto)
    return bool(seguito and azione(seguito[1]) and not _inizia_tendenza(cella, posto))


def _inizia_tendenza(cella: Cella, posto: int) -> bool:
    dopo = [altro for altro, _ in cella.di(Tendenza) if altro > posto]
    return bool(dopo) and cella.contigui(posto, dopo[0])


def _verso_delle(bozza: Bozza, parole: list[Tendenza]) -> None:
    versi = {una.verso for una in parole}
    if len(versi) == 1:
        bozza.verso = versi.pop()
        return
    altri = versi - {Verso.MANTENIMENTO}
    nomi = " e ".join(f"«{una.parola}»" for una in parole)
    if len(altri) == 1:
        bozza.verso = altri.pop()
        bozza.dubita(Certezza.MEDIA, f"{nomi}: si legge che basta non peggiorare")
    else:
        bozza.dubita(Certezza.BASSA, f"{nomi} dicono versi diversi")


def _rispetto_a(cella: Cella, bozza: Bozza) -> None:
    basi = cella.di(Base)
    if not basi:
        return
    posto, base = basi[0]
    bozza.usate.add(posto)
    bozza.letture = [Lettura(comparatore=base.comparatore, riferimento=base.nome)]
    if re.search("covid|pandem", base.nome, re.IGNORECASE):
        bozza.dubita(Certezza.MEDIA, f"serve il valore di «{base.nome}», che non è stampato")


def passato(cella: Cella) -> Bozza | None:
    """``≥ 2021``, ``non inferiore all'anno precedente``, ``in linea con il 2022``."""
    basi = cella.di(Base)
    if len(basi) != 1 or not cella.in_testa(basi[0][0]):
        return None
    posto, base = basi[0]
    if base.comparatore is None and not base.in_linea:
        return None
    bozza = Bozza(Tipo.TENDENZA, usate={posto}, verso=verso_di(base.comparatore))
    if re.fullmatch(r"\d{4}", base.nome) and _conta(cella, posto):
        bozza.tipo = Tipo.SOGLIA
        anno = Valore(base.comparatore or Comparatore.UGUALE, Decimal(base.nome))
        unita = unita_da_parole(cella, bozza, posto, anno)
        bozza.letture = [replace(lettura(anno), unita=unita)]
        bozza.dubita(Certezza.BASSA, f"«{base.nome}» è letto come quantità e non come anno")
        return bozza
    bozza.letture = [Lettura(comparatore=base.comparatore, riferimento=base.nome)]
    if base.comparatore in (None, Comparatore.UGUALE):
        bozza.verso = Verso.MANTENIMENTO
    if re.fullmatch(r"\d{4}", base.nome) and base.comparatore:
        bozza.dubita(Certezza.MEDIA, f"«{base.nome}» è letto come il valore di quell'anno")
    return bozza


def _conta(cella: Cella, posto: int) -> bool:
    """Whether a noun follows the figure, so that 2021 counts things (``≥ 2021 prestazioni``)."""
    dopo = posto + 1
    return dopo < len(cella.voci) and cella.voci[dopo].tipi[:1] == ("PAROLA",)


def si_no(cella: Cella) -> Bozza | None:
    """``Sì``, ``SI/NO``, ``Sì, tramite Teams``. An unaccented "si" must stand alone."""
    trovate = cella.di(Risposta)
    if not trovate or not cella.in_testa(trovate[0][0]):
        return None
    posto, risposta = trovate[0]
    stampata = cella.stampa(posto).lower()
    seguito = cella.testo[cella.voci[posto].fine :]
    if stampata not in ("sì", "si'") and not _AFFERMATO.match(seguito):
        return None
    bozza = Bozza(Tipo.SI_NO, usate={posto})
    if risposta.si is None:
        bozza.dubita(Certezza.MEDIA, "è stampata la scala: si intende che è atteso il sì")
    atteso = Decimal(0) if risposta.si is False else Decimal(1)
    bozza.letture = [Lettura(comparatore=Comparatore.UGUALE, valore=atteso)]
    data_e_periodo(cella, bozza)
    return bozza


def solo_periodo(cella: Cella) -> Bozza | None:
    """``II semestre 2023`` is read as its last day; a bare year says nothing to reach."""
    periodi = cella.di(Periodo)
    usate = {posto for posto, _ in periodi}
    if not periodi or not all(cella.muta(posto) for posto in _tutte(cella) - usate):
        return None
    bozza = Bozza(Tipo.SOGLIA, usate=usate, verso=Verso.DECRESCENTE)
    if len(periodi) > 1 or re.fullmatch(r"\d{4}", periodi[0][1].codice):
        bozza.tipo, bozza.verso = Tipo.NON_INTERPRETABILE, None
        bozza.dubita(Certezza.BASSA, "è stampato solo un periodo, senza il valore atteso")
        return bozza
    fine = numeri.fine_periodo(periodi[0][1].codice)
    bozza.letture = [Lettura(comparatore=Comparatore.MINORE_UGUALE, unita="data", data=fine.iso)]
    bozza.dubita(Certezza.MEDIA, "il periodo è letto come scadenza alla sua fine", fine.dubbio)
    return bozza


REGOLE = (solo_periodo, riferimento, tendenza, passato, non_disponibile, si_no)
