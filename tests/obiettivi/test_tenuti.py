# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan kept between a new result and the next gives what a whole run would give."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from obiettivi import azioni
from obiettivi.azioni.piani_toccati import _si_toccano
from obiettivi.blocco import tenuti
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.models import (
    AreaStrategica,
    Indicatore,
    Misura,
    Obiettivo,
    Raggiungimento,
    Rilevazione,
    Target,
)
from piani.models import Piano
from tests.factories import (
    EdizioneFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
)
from tests.obiettivi.test_blocco import STAMPATI, del_riferimento, esiti, piano_a_caso
from tests.ricalcolo import ricalcola

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal
FRAZIONI = ("", "T1", "T2", "T4", "S1")


@pytest.fixture(autouse=True)
def _niente_di_tenuto() -> None:
    tenuti._tenuti.clear()


def due_piani(caso: random.Random, parametri: dict[str, object]) -> list[Piano]:
    """Two plans that share some indicators, with their scores."""
    primo = piano_a_caso(caso, parametri)
    IndicatoreFactory.create_batch(2, azienda=primo.azienda)
    secondo = PianoFactory(azienda=primo.azienda)
    area = AreaStrategica.objects.create(piano=secondo, codice="Z", nome="Zeta", ordine=1)
    for numero in range(2):
        obiettivo = Obiettivo.objects.create(area=area, codice=f"Z{numero}", titolo="O", ordine=1)
        for indicatore in caso.sample(list(primo.azienda.indicatori.all()), 2):
            misura = MisuraFactory(obiettivo=obiettivo, indicatore=indicatore)
            TargetFactory(misura=misura, stampato=caso.choice(STAMPATI))
    piani = [primo, secondo]
    calcola(piani)
    return piani


def calcola(piani: list[Piano]) -> int:
    chiavi = [piano.pk for piano in piani]
    resoconto = ricalcola(chiavi, prospettiva="consuntivo", anno=2022, frazioni=list(FRAZIONI))
    assert resoconto.falliti == []
    return resoconto.scritti


def rileva_a_caso(caso: random.Random, indicatore: Indicatore) -> str | None:
    """The period of the result, or None where there is nothing new."""
    frazione, sede = caso.choice((*FRAZIONI, "T3")), caso.choice(("", "", "", "Cremona"))
    dati: dict[str, object] = {"valore": D(caso.choice((0, 1, 50, 95, 100, caso.randint(0, 2000))))}
    if indicatore.tipo_formula == "si_no":
        dati = {"valore": D(caso.choice((0, 1)))}
    elif indicatore.tipo_formula == "data":
        dati = {"data": date(2022, caso.choice((6, 12)), caso.choice((1, 30)))}
    elif indicatore.tipo_formula == "rapporto":
        dati = {"numeratore": D(caso.randint(0, 60)), "denominatore": D(caso.choice((0, 20, 77)))}
    elif caso.random() < 0.2:
        dati = {"avanzamento": D(caso.randint(0, 100))}
    if caso.random() < 0.2:
        dati = caso.choice(({"stato": "non_applicabile", "testo": "chiuso"}, {"stato": "mancante"}))
    esito = azioni.rileva(indicatore, anno=2022, frazione=frazione, sede=sede, da=None, **dati)
    return frazione if esito.cambiata else None


def di_edizione(posto: int) -> dict[str, object]:
    return come_dati(tuple(TUTTE.values())[posto])


@pytest.mark.parametrize("posto", range(len(TUTTE)))
def test_dopo_molti_risultati_un_calcolo_intero_non_scrive_niente(posto: int) -> None:
    caso = random.Random(posto)  # noqa: S311 -- cases, not secrets
    piani = due_piani(caso, di_edizione(posto))
    indicatori = list(piani[0].azienda.indicatori.all())
    for _giro in range(2):
        for _volta in range(10):
            rileva_a_caso(caso, caso.choice(indicatori))
        assert calcola(piani) == 0


def cambia_target(caso: random.Random) -> None:
    target = caso.choice(list(Target.objects.all()))
    target.delete()
    TargetFactory(misura=target.misura, stampato=caso.choice(STAMPATI))


def cambia_peso(caso: random.Random) -> None:
    Misura.objects.filter(pk=caso.choice(Misura.objects.all()).pk).update(peso=caso.randint(1, 90))


def cambia_prerequisito(caso: random.Random) -> None:
    scelto = caso.choice(Obiettivo.objects.all())
    Obiettivo.objects.filter(pk=scelto.pk).update(prerequisito=not scelto.prerequisito)


def cambia_indicatore(caso: random.Random) -> None:
    scelto = caso.choice(Indicatore.objects.all())
    Indicatore.objects.filter(pk=scelto.pk).update(
        verso=caso.choice(("crescente", "decrescente")), unita=caso.choice(("%", "gg"))
    )


def aggiungi_misura(caso: random.Random) -> None:
    indicatore = caso.choice(Indicatore.objects.all())
    usata = Misura.objects.filter(indicatore=indicatore).values("obiettivo")
    if liberi := list(Obiettivo.objects.exclude(pk__in=usata)):
        MisuraFactory(obiettivo=caso.choice(liberi), indicatore=indicatore)


def togli_misura(caso: random.Random) -> None:
    caso.choice(Misura.objects.all()).delete()


def cambia_un_risultato(caso: random.Random) -> None:
    scelta = caso.choice(Rilevazione.objects.correnti().filter(valore__isnull=False))
    Rilevazione.objects.filter(pk=scelta.pk).update(valore=caso.randint(0, 100))


def togli_un_risultato(caso: random.Random) -> None:
    caso.choice(Rilevazione.objects.correnti()).delete()


def guasta_un_punteggio(caso: random.Random) -> None:
    riga = caso.choice(Raggiungimento.objects.all())
    Raggiungimento.objects.filter(pk=riga.pk).update(stato="C", punteggio=D("12.34"))


def togli_un_punteggio(caso: random.Random) -> None:
    riga = caso.choice(Raggiungimento.objects.exclude(livello="P"))
    Raggiungimento.objects.filter(pk=riga.pk).delete()


def ripensaci(caso: random.Random) -> None:
    """A result that is written, carried to the scores and then taken back."""
    with transaction.atomic():
        rileva_a_caso(caso, caso.choice(Indicatore.objects.all()))
        transaction.set_rollback(True)


CAMBIAMENTI: tuple[Callable[[random.Random], None], ...] = (
    cambia_target, cambia_peso, cambia_prerequisito, cambia_indicatore, aggiungi_misura,
    togli_misura, cambia_un_risultato, togli_un_risultato, guasta_un_punteggio,
    togli_un_punteggio, ripensaci,
)  # fmt: skip


@pytest.mark.parametrize("posto", range(len(TUTTE)))
def test_ciò_che_cambia_per_altre_vie_si_vede_al_primo_risultato(posto: int) -> None:
    """Whatever else changes the tables, the periods that a result touches are those of the
    reference."""
    caso = random.Random(100 + posto)  # noqa: S311 -- cases, not secrets
    due_piani(caso, di_edizione(posto))
    for _volta in range(15):
        for _altro in range(caso.choice((0, 0, 1, 2))):
            caso.choice(CAMBIAMENTI)(caso)
        indicatore = caso.choice(list(Indicatore.objects.all()))
        frazione = rileva_a_caso(caso, indicatore)
        if frazione is None:
            continue
        for piano in Piano.objects.filter(aree__obiettivi__misure__indicatore=indicatore):
            toccate = [una for una in FRAZIONI if _si_toccano(una, frazione)]
            for una in toccate:
                salvate = Raggiungimento.objects.filter(piano=piano, frazione=una)
                avute = {(riga.livello, riga.oggetto): esiti(riga) for riga in salvate}
                attese = del_riferimento(piano, una)
                assert avute == {chiave: esiti(riga) for chiave, riga in attese.items()}


def test_quando_sono_troppi_si_dimenticano_i_più_vecchi(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("solo PostgreSQL tiene le versioni delle righe")
    caso = random.Random(7)  # noqa: S311 -- cases, not secrets
    piani = [piano_a_caso(caso, come_dati(ORDINARIA)) for _ in range(3)]
    for piano in piani:
        rileva_a_caso(caso, caso.choice(piano.azienda.indicatori.all()))
    assert [piano for piano, _anno in tenuti._tenuti] == [piano.pk for piano in piani]
    monkeypatch.setattr(tenuti, "FOGLIE_TENUTE", 0)
    rileva_a_caso(caso, caso.choice(piani[0].azienda.indicatori.all()))
    assert not tenuti._tenuti


def test_molti_risultati_di_altri_si_rifanno_insieme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tenuti, "TROPPE", 1)
    caso = random.Random(8)  # noqa: S311 -- cases, not secrets
    piani = due_piani(caso, come_dati(ORDINARIA))
    indicatori = list(Indicatore.objects.filter(misure__obiettivo__area__piano=piani[0]))
    for _giro in range(4):
        Rilevazione.objects.correnti().filter(valore__isnull=False).update(
            valore=caso.randint(0, 100)
        )
        indicatore = caso.choice(indicatori)
        azioni.rileva(
            indicatore, anno=2022, testo=str(caso.random()), stato="non_applicabile", da=None
        )
        piano = piani[0]
        salvate = Raggiungimento.objects.filter(piano=piano, frazione="")
        attese = del_riferimento(piano, "")
        assert {(riga.livello, riga.oggetto): esiti(riga) for riga in salvate} == {
            chiave: esiti(riga) for chiave, riga in attese.items()
        }


def test_le_domande_non_crescono_con_il_piano(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("solo PostgreSQL tiene le versioni delle righe")
    for quante in (1, 3):
        obiettivo = ObiettivoFactory()
        azienda = obiettivo.area.piano.azienda
        EdizioneFactory(azienda=azienda)
        for indicatore in IndicatoreFactory.create_batch(quante, azienda=azienda):
            misura = MisuraFactory(obiettivo=obiettivo, indicatore=indicatore)
            TargetFactory(misura=misura, stampato="≥ 80%")
        for valore in (10, 20):
            azioni.rileva(indicatore, anno=2022, valore=D(valore), da=None)
        # One of them looks for the schede that it touches, one for who wants to be told.
        with django_assert_num_queries(22):
            azioni.rileva(indicatore, anno=2022, valore=D(30), da=None)
