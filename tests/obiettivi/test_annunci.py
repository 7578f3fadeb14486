# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores that change, documents and windows, told once for each plan: never score by score."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import simplejson
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from obiettivi import azioni
from obiettivi.azioni import annunci
from obiettivi.models import Raggiungimento
from piani import azioni as azioni_piani
from piani.models import (
    Annuncio,
    Azienda,
    ClienteApi,
    Consegna,
    DocumentoPubblicato,
    Piano,
    Ruolo,
    Webhook,
)
from piani.webhook import consegne, tasks
from piani.webhook.firma import chiudi, nuovo_segreto
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    FinestraFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    SezioneFactory,
    TargetFactory,
)
from tests.ricalcolo import ricalcola

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def abbonato(azienda: Azienda, *eventi: str) -> Webhook:
    cliente, _segreto = azioni_piani.crea_cliente(
        azienda, nome="Cruscotto", ruolo=Ruolo.REGIONE, da=None,
        ambiti=["piani:leggi", "obiettivi:leggi"],
    )  # fmt: skip
    return Webhook.objects.create(
        cliente=cliente, azienda=azienda, indirizzo="https://127.0.0.1:9443/",
        eventi=list(eventi), segreto=chiudi(nuovo_segreto()),
    )  # fmt: skip


def detti() -> list[dict[str, Any]]:
    return [
        simplejson.loads(uno.corpo, use_decimal=True) for uno in Annuncio.objects.order_by("pk")
    ]


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    EdizioneFactory(azienda=azienda)
    return con_misure(azienda)


def con_misure(azienda: Azienda) -> Piano:
    """A plan with two measures."""
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    for _n in range(2):
        misura = MisuraFactory(obiettivo=obiettivo, indicatore__azienda=azienda)
        TargetFactory(misura=misura, stampato="≥ 80%")
    return piano


def rileva(piano: Piano, valore: int) -> None:
    indicatore = piano.azienda.indicatori.order_by("pk").first()
    azioni.rileva(indicatore, anno=2022, valore=Decimal(valore), da=None)


def test_un_risultato_dice_una_volta_che_cosa_e_cambiato(azienda: Azienda, piano: Piano) -> None:
    abbonato(azienda, "punteggio.cambiato")
    rileva(piano, 90)
    (detto,) = detti()
    assert detto["type"] == "punteggio.cambiato"
    dati = detto["data"]
    assert (dati["piano"], dati["anno"], dati["prospettiva"]) == (piano.slug, 2022, "consuntivo")
    (periodo,) = dati["periodi"]
    assert periodo == {
        "frazione": "",
        "cambiati": 5,
        "per_livello": {"indicatori": 2, "obiettivi": 1, "aree": 1, "piano": 1},
        "punteggio": {"prima": None, "dopo": Decimal("100.00000000")},
    }
    assert dati["api"].endswith(
        f"/api/v1/punteggi?piano={piano.slug}&anno=2022&prospettiva=consuntivo"
    )
    rileva(piano, 40)
    dopo = detti()[1]["data"]["periodi"][0]
    assert dopo["per_livello"] == {"indicatori": 1, "obiettivi": 1, "aree": 1, "piano": 1}
    salvato = Raggiungimento.objects.get(piano=piano, livello="P").punteggio
    assert dopo["punteggio"] == {"prima": Decimal("100.00000000"), "dopo": salvato}
    rileva(piano, 40)
    assert len(detti()) == 2


def test_un_giro_dice_una_cosa_per_piano(azienda: Azienda, piano: Piano) -> None:
    webhook = abbonato(azienda, "punteggio.cambiato")
    altro = con_misure(azienda)
    ricalcola([piano.pk, altro.pk], prospettiva="consuntivo", anno=2022, frazioni=["", "T1"])
    assert sorted(uno["data"]["piano"] for uno in detti()) == sorted([piano.slug, altro.slug])
    assert {len(uno["data"]["periodi"]) for uno in detti()} == {2}
    assert consegne.smista() == webhook.consegne.count() == 2
    ricalcola([piano.pk, altro.pk], prospettiva="consuntivo", anno=2022, frazioni=["", "T1"])
    assert len(detti()) == 2


def test_chi_non_ha_chiesto_non_costa_che_una_domanda(azienda: Azienda, piano: Piano) -> None:
    abbonato(azienda, "documento.pubblicato")
    with CaptureQueriesContext(
        connection,
    ) as fatte:
        ricalcola([piano.pk], prospettiva="consuntivo", anno=2022, frazioni=[""])
    tabella = Webhook._meta.db_table
    assert sum(f"FROM {tabella}" in una["sql"] for una in fatte.captured_queries) == 1
    assert not any(Annuncio._meta.db_table in una["sql"] for una in fatte.captured_queries)
    assert not Annuncio.objects.exists()


def test_il_programma_riceve_solo_dei_piani_che_legge(azienda: Azienda, piano: Piano) -> None:
    webhook = abbonato(azienda, "punteggio.cambiato")
    rileva(piano, 90)
    ClienteApi.objects.get().user.incarichi.update(dal="2020-01-01", al="2020-12-31")
    assert consegne.smista() == 0
    assert not webhook.consegne.exists()


def test_un_documento_si_annuncia_quando_e_pubblico(
    azienda: Azienda, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.INDIRIZZO_SITO = "https://albero.example"
    abbonato(azienda, "documento.pubblicato")
    piano = SezioneFactory(piano=PianoFactory(azienda=azienda)).piano
    monkeypatch.setattr("piani.azioni.documento.scrivi_file", lambda _d: ("f" * 64, 3))
    documento = azioni_piani.pubblica(piano, da=None)
    assert detti() == []
    azioni_piani.stampa(documento)
    (detto,) = detti()
    documento = DocumentoPubblicato.objects.get()
    assert detto["type"] == "documento.pubblicato"
    assert detto["data"] == {
        "id": documento.pk,
        "azienda": azienda.codice,
        "piano": piano.slug,
        "titolo": str(piano),
        "serie": "",
        "versione": 1,
        "pubblicato_il": timezone.localdate().isoformat(),
        "sha256_pdf": "f" * 64,
        "sha256_contenuto": documento.sha256_contenuto,
        "indirizzo": f"https://albero.example/documenti/{piano.slug}/v1/",
        "api": f"https://albero.example/api/v1/documenti/{documento.pk}",
    }


def test_una_finestra_si_annuncia_una_volta_per_giorno_di_apertura(azienda: Azienda) -> None:
    abbonato(azienda, "finestra.in_apertura")
    oggi = timezone.localdate()
    domani = oggi + timedelta(days=1)
    fine = oggi + timedelta(days=30)
    vicina = FinestraFactory(azienda=azienda, frazione="T1", apre=domani, scade=fine)
    FinestraFactory(azienda=azienda, frazione="T2", apre=fine, scade=fine)
    FinestraFactory(azienda=azienda, frazione="T3", apre=date(2020, 1, 1), scade=date(2020, 1, 2))
    FinestraFactory(frazione="T1", apre=domani, scade=fine)
    assert tasks.annuncia() == 1
    (detto,) = detti()
    assert detto["data"] == {
        "azienda": azienda.codice,
        "finestra": vicina.pk,
        "tipo": "rendicontazione",
        "nome": str(vicina),
        "anno": vicina.anno,
        "frazione": "T1",
        "apre": domani.isoformat(),
        "scade": fine.isoformat(),
    }
    assert tasks.annuncia() == 0
    vicina.apre = oggi
    vicina.save(update_fields=["apre"])
    assert tasks.annuncia() == 1
    assert Annuncio.objects.count() == 2


def test_il_comando_fa_cio_che_fa_beat(
    azienda: Azienda,
    settings: Any,
    capsys: Any,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:

    settings.CELERY_TASK_ALWAYS_EAGER = True
    webhook = abbonato(azienda, "finestra.in_apertura")
    FinestraFactory(azienda=azienda, apre=timezone.localdate(), scade=timezone.localdate())
    with django_capture_on_commit_callbacks(execute=True):
        call_command("consegna_webhook")
    assert "1 annunci nuovi" in capsys.readouterr().out
    consegna = Consegna.objects.get(webhook=webhook)
    assert "non è un server pubblico" in consegna.tentativi.get().errore
    assert annunci.finestre_in_apertura() == 0
