# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs of many plans asked, done and disturbed at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from obiettivi import azioni
from obiettivi.models import Calcolo, Misura, Raggiungimento
from piani.models import Azienda, Evento, Piano
from tests.lavoratori import aspetta, tenuto
from tests.obiettivi.giri import (
    chiedi,
    fai,
    in_un_altra_connessione,
    piano_con,
    punteggi_dei_piani,
    stati,
)

Stato = Calcolo.Stato
insieme = pytest.mark.django_db(transaction=True)


@insieme
def test_due_lavori_con_gli_stessi_calcoli_li_fanno_una_volta_sola(ente: Azienda) -> None:
    piani = [piano_con(10 * n, ente) for n in range(1, 9)]
    for _giro in range(3):
        giro = chiedi(*piani, frazioni=["", "T1"])
        chiavi = [uno.pk for uno in giro.calcoli.order_by("piano", "pk")]
        via = threading.Barrier(3)

        def lavora(mie: list[int], via: threading.Barrier = via) -> int:
            via.wait()
            return azioni.esegui_blocco(mie).risultati

        parti = (chiavi[:12], chiavi[4:], chiavi[::-1])
        with ThreadPoolExecutor(3) as tre:
            fatti = [
                tre.submit(in_un_altra_connessione, lambda mie=mie: lavora(mie)) for mie in parti
            ]
            assert sum(uno.result() for uno in fatti) == len(chiavi)
        assert set(stati(giro).values()) == {Stato.FATTO}
        # The first round changes every score; the others change nothing, and tell nothing.
        assert Evento.objects.filter(tipo="calcolo.fatto").count() == len(chiavi)
    assert punteggi_dei_piani() == {piano.pk: Decimal(10 * n) for n, piano in enumerate(piani, 1)}
    assert {uno.scritti for uno in fai(chiedi(*piani, frazioni=["", "T1"])).calcoli.all()} == {0}


@insieme
def test_due_giri_chiesti_nello_stesso_momento_non_si_ripetono(ente: Azienda) -> None:
    piani = [piano_con(80, ente) for _una in range(6)]
    via = threading.Barrier(2)

    def prova(suoi: list[Piano]) -> int:
        via.wait()
        try:
            return chiedi(*suoi).calcoli.count()
        except ValidationError:
            return 0

    with ThreadPoolExecutor(2) as due:
        chiesti = [
            due.submit(in_un_altra_connessione, lambda suoi=suoi: prova(suoi))
            for suoi in (piani, piani[::-1])
        ]
        assert sum(uno.result() for uno in chiesti) == len(piani)
    assert Calcolo.objects.filter(stato=Stato.IN_ATTESA).count() == len(piani)


@insieme
def test_i_calcoli_di_un_piano_scrivono_uno_dopo_l_altro(ente: Azienda) -> None:
    piano = piano_con(80, ente)
    periodi = [chiedi(piano, frazioni=[una]).calcoli.get() for una in ("", "T1")]
    with ThreadPoolExecutor(2) as due:
        with tenuto(piano):
            fatti = [
                due.submit(in_un_altra_connessione, lambda pk=uno.pk: azioni.esegui(pk))
                for uno in periodi
            ]
            in_corso = Calcolo.objects.filter(stato=Stato.IN_CORSO)
            aspetta(lambda: in_corso.count() == 2)
            aspetta(lambda: in_attesa_di_scrivere() == 2)
            assert not Raggiungimento.objects.exists()
        for uno in fatti:
            uno.result()
    assert set(Calcolo.objects.values_list("stato", flat=True)) == {Stato.FATTO}
    assert punteggi_dei_piani() == {piano.pk: Decimal(80)}


def in_attesa_di_scrivere() -> int:
    """How many connections wait for a lock."""
    with connection.cursor() as cursore:
        cursore.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return int(cursore.fetchone()[0])


@insieme
def test_un_risultato_arrivato_a_metà_non_si_perde(ente: Azienda) -> None:
    piano = piano_con(80, ente)
    indicatore = Misura.objects.get().indicatore
    calcolo = chiedi(piano).calcoli.get()
    with ThreadPoolExecutor(2) as due:
        with tenuto(piano):
            nuovo = due.submit(
                in_un_altra_connessione,
                lambda: azioni.rileva(indicatore, anno=2022, valore=Decimal(30), da=None),
            )
            aspetta(lambda: in_attesa_di_scrivere() == 1)
            # It reads the old result: the new one waits its turn, before it.
            vecchio = due.submit(
                in_un_altra_connessione, lambda: azioni.esegui_blocco([calcolo.pk])
            )
            aspetta(lambda: in_attesa_di_scrivere() == 2)
        assert nuovo.result().punteggi == 4
        assert (vecchio.result().risultati, vecchio.result().scritti) == (0, 0)
    calcolo.refresh_from_db()
    assert calcolo.stato == Stato.IN_ATTESA
    assert punteggi_dei_piani() == {piano.pk: Decimal(30)}
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    assert (calcolo.stato, calcolo.scritti) == (Stato.FATTO, 0)


@insieme
def test_chi_scrive_risultati_mentre_si_ricalcola_non_lascia_indietro_niente(
    ente: Azienda,
) -> None:
    """Three people, twenty results each, while the same plan is computed over and over."""
    piano = piano_con(80, ente, misure=4)
    indicatori = [misura.indicatore for misura in Misura.objects.order_by("pk")]
    frazioni = ["", "T1", "S1"]
    fai(chiedi(piano, frazioni=frazioni))
    finito = threading.Event()

    def scrivi(posto: int) -> None:
        for n in range(20):
            azioni.rileva(
                indicatori[(n * (posto + 1) + posto) % 4],
                anno=2022,
                frazione=("", "T1")[n % 2],
                valore=Decimal(posto * 20 + n),
                da=None,
            )

    def ricalcola() -> int:
        volte = 0
        while not finito.is_set():
            # A new result sends back to wait what is under way: it is done by the next job.
            if not piano.calcoli.aperti().exists():
                chiedi(piano, frazioni=frazioni)
            azioni.esegui_blocco([uno.pk for uno in piano.calcoli.aperti()])
            volte += 1
        return volte

    with ThreadPoolExecutor(4) as quattro:
        ricalcoli = quattro.submit(in_un_altra_connessione, ricalcola)
        scrittori = [
            quattro.submit(in_un_altra_connessione, lambda posto=posto: scrivi(posto))
            for posto in range(3)
        ]
        try:
            for uno in scrittori:
                uno.result()
        finally:
            finito.set()
        assert ricalcoli.result() > 0
    azioni.esegui_blocco([uno.pk for uno in piano.calcoli.aperti()])
    assert not piano.calcoli.filter(stato=Stato.FALLITO).exists()
    assert {uno.scritti for uno in fai(chiedi(piano, frazioni=frazioni)).calcoli.all()} == {0}
