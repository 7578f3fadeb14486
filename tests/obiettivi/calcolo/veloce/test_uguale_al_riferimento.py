# SPDX-License-Identifier: AGPL-3.0-or-later
"""The fast path gives the digits of the reference, whatever the edition."""

import random
from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pytest

from obiettivi.calcolo.arrotondamento import Modo, arrotonda, esatto, netto
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Misura, Periodo, Risultato
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.calcolo.valori import Calcolato, Mancante, NonApplicabile, Numero, motivo_di
from obiettivi.calcolo.veloce import nucleo
from obiettivi.calcolo.veloce.esiti import Esiti
from obiettivi.calcolo.veloce.foglie import Foglie, Giudice, tutto_fisso
from obiettivi.calcolo.veloce.risultati import SCALA
from obiettivi.calcolo.veloce.voci import Voci

from .casi import ANNO, Tabella, edizione, misura

D = Decimal
PERIODI = ("", "T1", "T4", "S1")
BREVI = range(3)
SEMI = [*BREVI, *(pytest.param(n, marks=pytest.mark.lunga) for n in range(len(BREVI), 24))]
EDIZIONI_PER_SEME, MISURE = 9, 120


def veloci(
    misure: list[Misura], regole: Edizione, periodo: Periodo, voci: Voci | None = None
) -> tuple[Esiti, list[int]]:
    """The leaves by the fast path, and which of them were left to the reference.

    ``voci``: those of the measures, known already, in their order.
    """
    note = voci is not None
    voci = Voci(ANNO, fisse=tutto_fisso(regole)) if voci is None else voci
    giudice = Giudice(regole, voci)
    foglie = Foglie(
        np.arange(len(misure)) if note else np.array([voci.aggiungi(una) for una in misure]),
        np.arange(len(misure)),
        np.array([int((una.riferimento or 0) * SCALA) for una in misure]),
    )
    lasciati: list[int] = []

    def uno_per_uno(posti: Sequence[int]) -> list[Giudizio]:
        lasciati.extend(posti)
        return [giudica(misure[posto], regole, periodo) for posto in posti]

    risultati = Tabella(misure).risultati()
    return giudice.giudica(foglie, periodo, risultati, uno_per_uno), lasciati


@esatto
def mostra(esiti: Esiti, posto: int) -> tuple[object, ...]:
    valore = esiti.valore(posto)
    con_punti = isinstance(valore, Decimal)
    salvato = esiti.grandi.get(posto, D(int(esiti.punti[posto])).scaleb(-8))
    return (
        netto(valore) if con_punti else motivo_di(valore),
        salvato if con_punti else None,
        netto(esiti.copertura(posto)),
        bool(esiti.dimostrativo[posto]),
    )


def atteso(giudizio: Giudizio) -> tuple[object, ...]:
    punteggio = giudizio.punteggio
    con_punti = isinstance(punteggio, Calcolato)
    return (
        netto(punteggio.valore) if con_punti else motivo_di(punteggio),
        arrotonda(punteggio.valore, Modo.TRONCAMENTO, 8) if con_punti else None,
        netto(giudizio.copertura),
        giudizio.dimostrativo,
    )


def test_le_voci_che_restano_danno_le_stesse_cifre() -> None:
    caso = random.Random(7)  # noqa: S311 -- cases, not secrets
    for _ in range(EDIZIONI_PER_SEME):
        regole = edizione(caso)
        misure = [misura(caso) for _ in range(MISURE)]
        voci = Voci(ANNO, fisse=tutto_fisso(regole))
        for una in misure:
            voci.aggiungi(una)
        restano = caso.sample(range(MISURE), MISURE // 3)
        voci.tieni(np.array(restano))
        altre = [misura(caso) for _ in range(MISURE // 3)]
        for una in altre:
            voci.aggiungi(una)
        misure = [*(misure[posto] for posto in restano), *altre]
        assert len(voci) == len(misure)
        for frazione in PERIODI:
            periodo = Periodo(ANNO, frazione)
            esiti, _lasciati = veloci(misure, regole, periodo, voci)
            for posto, una in enumerate(misure):
                assert mostra(esiti, posto) == atteso(giudica(una, regole, periodo)), una


@pytest.mark.parametrize("seme", SEMI)
def test_ogni_foglia_ha_le_cifre_del_riferimento(seme: int) -> None:
    caso = random.Random(seme)  # noqa: S311 -- cases, not secrets
    veloci_davvero = tutti = 0
    for _ in range(EDIZIONI_PER_SEME):
        regole = edizione(caso)
        misure = [misura(caso) for _ in range(MISURE)]
        for frazione in PERIODI:
            periodo = Periodo(ANNO, frazione)
            esiti, lasciati = veloci(misure, regole, periodo)
            for posto, una in enumerate(misure):
                vero = giudica(una, regole, periodo)
                assert mostra(esiti, posto) == atteso(vero), (frazione, una, regole)
            tutti += MISURE
            veloci_davvero += MISURE - len(lasciati)
    assert veloci_davvero > tutti / 3  # the others go to the reference, as they must


def di_sede(sede: str, frazione: str, **valori: object) -> Risultato:
    return Risultato(periodo=Periodo(ANNO, frazione), sede=sede, **valori)  # type: ignore[arg-type]


def test_sedi_e_parti_che_mancano_non_tornano_al_riferimento() -> None:
    soglie = {"Cremona": "87.29", "Oglio Po": "55.18"}
    per_sede = LetturaTarget(
        "87,29% Cremona 55,18% Oglio Po",
        Tipo.PER_SEDE,
        tuple(Lettura(valore=D(v), unita="%", sede=s) for s, v in soglie.items()),
    )
    per_periodo = LetturaTarget(
        "1° trim: 80% 2° trim: 85% 4° trim: 90%",
        Tipo.PER_PERIODO,
        tuple(
            Lettura(valore=D(v), unita="%", periodo=p)
            for p, v in (("T1", "80"), ("T2", "85"), ("T4", "90"))
        ),
    )
    misure = [
        Misura("X", "X", target, risultati, verso=Verso.CRESCENTE, unita="%")
        for target, risultati in (
            (per_sede, tuple(di_sede(s, "T1", valore=Numero(D("60.005"))) for s in soglie)),
            (per_sede, (di_sede("CREMONA", "T1", numeratore=D(2), denominatore=D(3)),)),
            (
                per_sede,
                (
                    di_sede("Cremona", "T1", valore=NonApplicabile("reparto chiuso")),
                    di_sede("oglio  po", "T1", valore=Mancante(), dimostrativo=True),
                ),
            ),
            (per_sede, (di_sede("", "T1", valore=Numero(D(90))),)),
            (per_sede, ()),
            (per_periodo, (di_sede("", "T1", valore=Numero(D("79.9999"))),)),
            (
                per_periodo,
                (
                    di_sede("", "T1", numeratore=D(1), denominatore=D(0)),
                    di_sede("", "T2", valore=NonApplicabile("chiuso")),
                    di_sede("", "T4", valore=Numero(D(45)), dimostrativo=True),
                ),
            ),
        )
    ]
    for frazione in ("", "T1", "T3"):
        periodo = Periodo(ANNO, frazione)
        esiti, lasciati = veloci(misure, ORDINARIA, periodo)
        assert lasciati == [], frazione
        for posto, una in enumerate(misure):
            assert mostra(esiti, posto) == atteso(giudica(una, ORDINARIA, periodo)), (
                posto,
                frazione,
            )


@pytest.mark.parametrize("nome", TUTTE)
def test_sul_limite_le_cifre_che_non_stanno_in_64_bit_hanno_i_punteggi_delle_altre(
    nome: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exactly on a limit, a hair under and over it, with products of more than nineteen digits."""
    visti: list[int] = []
    uno = nucleo._uno
    monkeypatch.setattr(nucleo, "_uno", lambda *a: visti.append(a[2]) or uno(*a))
    target, per = D("123456789.01"), 1_000_003
    misure = [
        Misura(
            "X",
            "X",
            LetturaTarget("", Tipo.SOGLIA, (Lettura(comparatore, target),)),
            (di_sede("", "", numeratore=target * per * quota + lembo, denominatore=D(per)),),
            verso=verso,
        )
        for comparatore in Comparatore
        for verso in (Verso.CRESCENTE, Verso.DECRESCENTE)
        for quota in (D("0.5"), D("0.6"), D("0.8"), D("0.9"), D(1), D("1.1"), D(2))
        for lembo in (D("-0.0001"), D(0), D("0.0001"))
    ]
    periodo = Periodo(ANNO, "")
    esiti, _lasciati = veloci(misure, TUTTE[nome], periodo)
    for posto, una in enumerate(misure):
        assert mostra(esiti, posto) == atteso(giudica(una, TUTTE[nome], periodo)), una
    assert visti
