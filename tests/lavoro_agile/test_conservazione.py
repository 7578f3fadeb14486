# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reasons of health and of family: when they go."""

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from config.celery import app
from lavoro_agile.azioni.accordo_fine import recedi
from lavoro_agile.azioni.conservazione import (
    CANCELLATO,
    cancella_scaduti,
    fissa_termini,
    scadenza_motivi,
    scadenza_tutela,
)
from lavoro_agile.calcolo.conservazione import dopo_mesi
from lavoro_agile.models import (
    BandoLavoroAgile,
    ColloquioDomanda,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    MotivoDomanda,
    ParereDomanda,
    RecessoAccordo,
    TutelaAccordo,
)
from lavoro_agile.tasks import cancella_scaduti as lavoro
from piani.models import Utente
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    DomandaAgileFactory,
    MotivoFactory,
    TutelaFactory,
)

pytestmark = pytest.mark.django_db
IERI = timezone.localdate() - timedelta(days=1)


def test_una_scadenza_cade_nel_mese_giusto() -> None:
    assert dopo_mesi(date(2021, 1, 31), 1) == date(2021, 2, 28)
    assert dopo_mesi(date(2021, 11, 30), 14) == date(2023, 1, 30)
    assert dopo_mesi(date(2021, 12, 15), 12) == date(2022, 12, 15)


def test_motivi_e_tutele_si_cancellano_il_giorno_dopo_il_loro_termine() -> None:
    oggi = timezone.localdate()
    MotivoFactory(conserva_fino_al=IERI)
    resta = MotivoFactory(conserva_fino_al=oggi)
    finito = AccordoAgileFactory(dal=date(2022, 1, 1), al=IERI)
    TutelaFactory(accordo=finito, conserva_fino_al=IERI)
    assert cancella_scaduti() == 2
    assert list(MotivoDomanda.objects.all()) == [resta]
    assert not TutelaAccordo.objects.exists()
    assert cancella_scaduti() == 0


def test_una_tutela_dura_quanto_l_accordo_senza_termine_e_poi_si_cancella(
    edizione: EdizioneLavoroAgile, dipendente: Utente
) -> None:
    accordo = AccordoAgileFactory(edizione=edizione, persona=dipendente, al=None)
    tutela = TutelaFactory(accordo=accordo, tipo="disabile", conserva_fino_al=IERI)
    assert cancella_scaduti() == 0
    recedi(accordo, giustificato=True, motivo="Un motivo suo.", da=dipendente)
    tutela.refresh_from_db()
    assert tutela.conserva_fino_al == dopo_mesi(timezone.localdate(), 12)
    assert cancella_scaduti(tutela.conserva_fino_al) == 0
    assert cancella_scaduti(tutela.conserva_fino_al + timedelta(days=1)) == 2
    assert not TutelaAccordo.objects.exists()
    assert RecessoAccordo.objects.get().motivo == CANCELLATO
    assert cancella_scaduti(tutela.conserva_fino_al + timedelta(days=2)) == 0


def test_i_termini_li_dice_l_edizione(bando: BandoLavoroAgile) -> None:
    assert scadenza_motivi(bando) == dopo_mesi(bando.chiude_il, 12)
    accordo = AccordoAgileFactory(
        edizione=bando.edizione, dal=date(2022, 1, 1), al=date(2022, 12, 31)
    )
    assert scadenza_tutela(accordo) == date(2023, 12, 31)


def test_un_nome_scaduto_diventa_un_codice_e_con_lui_vanno_le_parole() -> None:
    domanda = DomandaAgileFactory(
        stato="respinta", conserva_fino_al=IERI, attivita="Parole sue.", profilo="Raro"
    )
    MotivoFactory(domanda=domanda)
    ColloquioDomanda.objects.create(domanda=domanda, giorno=date(2022, 3, 5), sintesi="Parole.")
    ParereDomanda.objects.create(domanda=domanda, esito="contrario", motivazione="Parole.")
    assert cancella_scaduti() == 1
    domanda.refresh_from_db()
    assert domanda.persona is None
    assert domanda.codice.startswith("anonimo-")
    assert (domanda.attivita, domanda.profilo) == ("", "")
    assert domanda.colloquio.sintesi == ""
    assert domanda.parere.motivazione == CANCELLATO
    assert not domanda.motivi.exists()
    assert (domanda.area, domanda.stato) == ("comparto", "respinta")  # what is counted stays


def test_un_accordo_scaduto_perde_il_nome() -> None:
    accordo = AccordoAgileFactory(
        dal=date(2010, 1, 1), al=date(2010, 12, 31), sottoscritto_il=date(2010, 1, 1)
    )
    assert cancella_scaduti() == 1
    accordo.refresh_from_db()
    assert accordo.persona is None
    assert accordo.conserva_fino_al == date(2015, 12, 31)


def test_il_termine_di_un_nome_si_conta_dalla_fine(edizione: EdizioneLavoroAgile) -> None:
    finito = AccordoAgileFactory(edizione=edizione, al=date(2024, 6, 30), dal=date(2023, 7, 1))
    aperto = AccordoAgileFactory(edizione=edizione, al=None)
    bando = BandoLavoroAgile.objects.create(
        edizione=edizione, numero=1, titolo="B", apre_il=date(2023, 1, 1), chiude_il="2023-02-01"
    )
    bando.refresh_from_db()
    respinta = DomandaAgileFactory(bando=bando, stato="respinta")
    in_corso = DomandaAgileFactory(bando=bando)
    fissa_termini()
    termini = {}
    for riga in (finito, aperto, respinta, in_corso):
        riga.refresh_from_db()
        termini[str(riga)] = riga.conserva_fino_al
    assert list(termini.values()) == [date(2029, 6, 30), None, date(2028, 2, 1), None]


def test_le_bozze_mai_inviate_si_cancellano(edizione: EdizioneLavoroAgile) -> None:
    vecchio = BandoLavoroAgile.objects.create(
        edizione=edizione, numero=1, titolo="B", apre_il=date(2020, 1, 1),
        chiude_il=date(2020, 2, 1),
    )  # fmt: skip
    DomandaAgileFactory(bando=vecchio, stato="bozza", presentata_il=None)
    nuova = DomandaAgileFactory(bando__edizione=edizione, stato="bozza", presentata_il=None)
    assert cancella_scaduti() == 1
    assert list(DomandaLavoroAgile.objects.all()) == [nuova]


def test_ogni_notte_passa_chi_cancella() -> None:
    pianificati = {voce["task"] for voce in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "lavoro_agile.tasks.cancella_scaduti" in pianificati
    assert lavoro.name in app.tasks
    MotivoFactory(conserva_fino_al=IERI)
    assert lavoro() == 1
