# SPDX-License-Identifier: AGPL-3.0-or-later
"""The plan of the azioni positive: written by the CUG, monitored year by year, read by all."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from piani import azioni as azioni_piani
from piani.azioni_positive.azioni import monitora
from piani.azioni_positive.quadro import aree_di, quadro_anno
from piani.models import (
    AreaAzioniPositive,
    Azienda,
    AzionePositiva,
    Evento,
    MonitoraggioAzione,
    Piano,
    Ruolo,
    Utente,
)
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    MonitoraggioAzioneFactory,
    PianoPositivoFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
Stato = MonitoraggioAzione.Stato


@pytest.fixture
def cug(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.CUG)


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoPositivoFactory(azienda=azienda, titolo="Piano di prova", stato="adottato")


@pytest.fixture
def azione(piano: Piano) -> AzionePositiva:
    area = AreaPositivaFactory(piano=piano, nome="Cultura di genere", ordine=1)
    return AzionePositivaFactory(area=area, titolo="Sportello di ascolto", ordine=1)


# --- scrivere il piano --------------------------------------------------------------------------


def test_il_cug_comincia_il_piano_e_ne_scrive_aree_e_azioni(
    cug: Utente, azienda: Azienda, entra: Entra
) -> None:
    client = entra(cug)
    dati = {"azienda": azienda.codice, "titolo": "PAP", "anno_inizio": 2027, "anno_fine": 2029}
    client.post(reverse("positive_nuovo"), dati)
    piano = Piano.objects.get(tipo="azioni_positive")
    assert (piano.stato, piano.titolo) == ("bozza", "PAP")
    assert [s.tipo for s in piano.sezioni.all()] == ["azioni_positive"]
    client.post(reverse("positive_area_nuova", args=[piano.slug]), {"nome": "Benessere"})
    area = AreaAzioniPositive.objects.get(piano=piano)
    azione = {
        "titolo": "Indagine",
        "anno_inizio": 2027,
        "anno_fine": 2028,
        "atteso": "una all'anno",
    }
    risposta = client.post(reverse("positive_azione_nuova", args=[area.pk]), azione, follow=True)
    assert "Indagine" in risposta.content.decode()
    scritta = AzionePositiva.objects.get(area=area)
    assert (scritta.ordine, scritta.anno_fine, scritta.atteso) == (1, 2028, "una all'anno")
    assert Evento.objects.filter(tipo="azione_positiva.aggiunta", da=cug).count() == 1
    client.post(reverse("positive_azione_togli", args=[scritta.pk]))
    assert not AzionePositiva.objects.exists()


def test_un_azione_sta_negli_anni_del_piano(azienda: Azienda, cug: Utente, entra: Entra) -> None:
    piano = PianoPositivoFactory(azienda=azienda, stato="bozza")
    area = AreaPositivaFactory(piano=piano)
    dati = {"titolo": "Indagine", "anno_inizio": 2022, "anno_fine": 2025}
    risposta = entra(cug).post(reverse("positive_azione_nuova", args=[area.pk]), dati)
    testo = risposta.content.decode()
    assert "Il piano va dal 2022 al 2024: scrivi uno dei suoi anni." in testo
    assert not AzionePositiva.objects.exists()


def test_un_piano_adottato_non_si_riscrive(cug: Utente, azione: AzionePositiva) -> None:
    with pytest.raises(ValidationError, match="non si modifica"):
        azioni_piani.elimina(azione, da=cug)


def test_chi_legge_soltanto_non_comincia_un_piano(incaricato: Persona, azienda: Azienda) -> None:
    with pytest.raises(PermissionDenied):
        azioni_piani.crea_piano(
            azienda, tipo="azioni_positive", titolo="PAP", anno_inizio=2027, anno_fine=2029,
            da=incaricato(Ruolo.NUCLEO),
        )  # fmt: skip


def test_il_cug_non_comincia_un_piano_della_performance(cug: Utente, azienda: Azienda) -> None:
    with pytest.raises(PermissionDenied):
        azioni_piani.crea_piano(
            azienda, tipo="performance", titolo="PP", anno_inizio=2027, anno_fine=2029, da=cug
        )


# --- monitorare ---------------------------------------------------------------------------------


def test_il_cug_scrive_che_cosa_si_e_fatto(
    cug: Utente, azione: AzionePositiva, entra: Entra
) -> None:
    dati = {"stato": "in_corso", "percentuale": "37,5", "fatto": "Aperto a marzo.", "visto": 0}
    url = reverse("positive_monitora", args=[azione.pk, 2022])
    risposta = entra(cug).post(url, dati, follow=True)
    testo = risposta.content.decode()
    assert "Aperto a marzo." in testo
    assert "Azioni realizzate: 0 su 1 previste: 0,00 %" in testo
    riga = MonitoraggioAzione.objects.get()
    assert (riga.percentuale, riga.scritto_da, riga.modifiche) == (Decimal("37.50"), cug, 1)
    evento = Evento.objects.get(tipo="azione_positiva.monitorata")
    assert evento.descrizione == "Azione positiva «Sportello di ascolto», 2022: in corso"


@pytest.mark.parametrize(
    ("valori", "campo", "frase"),
    [
        ({"stato": "realizzata", "percentuale": Decimal(80), "fatto": "Sì"}, "percentuale",
         "Un'azione realizzata è fatta per intero: scrivi 100."),
        ({"stato": "in_corso", "percentuale": Decimal(100), "fatto": "Sì"}, "stato",
         "Al 100 % l'azione è realizzata: scegli «Realizzata»."),
        ({"stato": "da_avviare", "percentuale": Decimal(5)}, "percentuale",
         "Se l'azione non è cominciata non c'è una percentuale: lasciala vuota o scegli "
         "«In corso»."),
        ({"stato": "realizzata"}, "fatto", "Scrivi che cosa si è fatto."),
        ({"stato": "rinviata"}, "criticita", "Scrivi perché l'azione è rinviata."),
    ],
)  # fmt: skip
def test_cio_che_si_scrive_va_con_lo_stato(
    cug: Utente, azione: AzionePositiva, valori: dict[str, object], campo: str, frase: str
) -> None:
    with pytest.raises(ValidationError) as errore:
        monitora(azione, anno=2022, **valori, da=cug)  # type: ignore[arg-type]
    assert errore.value.message_dict == {campo: [frase]}
    assert not MonitoraggioAzione.objects.exists()


def test_realizzata_senza_percentuale_e_cento(cug: Utente, azione: AzionePositiva) -> None:
    assert (
        monitora(azione, anno=2022, stato="realizzata", fatto="Fatta.", da=cug).percentuale == 100
    )


def test_chi_scrive_dopo_un_altro_lo_sa_e_non_lo_copre(
    cug: Utente, azione: AzionePositiva, entra: Entra
) -> None:
    monitora(azione, anno=2022, stato="in_corso", fatto="La prima.", da=cug)
    dati = {"stato": "in_corso", "fatto": "La seconda.", "visto": 0}
    risposta = entra(cug).post(reverse("positive_monitora", args=[azione.pk, 2022]), dati)
    testo = risposta.content.decode()
    assert "Mentre scrivevi qualcun altro ha aggiornato" in testo
    assert "La seconda." in testo
    assert MonitoraggioAzione.objects.get().fatto == "La prima."


def test_non_si_monitora_prima_dell_adozione_ne_fuori_dagli_anni(
    cug: Utente, azione: AzionePositiva, azienda: Azienda
) -> None:
    with pytest.raises(ValidationError, match="L'azione va dal 2022 al 2024"):
        monitora(azione, anno=2025, stato="da_avviare", da=cug)
    Piano.objects.update(stato="bozza")
    azione.refresh_from_db()
    with pytest.raises(ValidationError, match="non è ancora adottato"):
        monitora(azione, anno=2022, stato="da_avviare", da=cug)
    prossimo = timezone.localdate().year + 1
    dopo = AzionePositivaFactory(
        area__piano__azienda=azienda, anno_inizio=prossimo, anno_fine=prossimo
    )
    with pytest.raises(ValidationError, match="deve ancora cominciare"):
        monitora(dopo, anno=prossimo, stato="da_avviare", da=cug)


def test_il_nucleo_legge_e_non_scrive(
    incaricato: Persona, azione: AzionePositiva, entra: Entra
) -> None:
    client = entra(incaricato(Ruolo.NUCLEO))
    assert client.get(reverse("positive_anno", args=[azione.piano.slug, 2022])).status_code == 200
    url = reverse("positive_monitora", args=[azione.pk, 2022])
    assert client.post(url, {"stato": "da_avviare", "visto": 0}).status_code == 403


# --- le cifre -----------------------------------------------------------------------------------


def test_la_quota_conta_le_azioni_di_cui_nessuno_ha_scritto(piano: Piano) -> None:
    """9 of 10 due are 90 %: reached. What is not due does not count; what nobody wrote of does."""
    area = AreaPositivaFactory(piano=piano)
    dieci = [AzionePositivaFactory(area=area) for _n in range(10)]
    for una in dieci[:9]:
        MonitoraggioAzioneFactory(azione=una, stato=Stato.REALIZZATA, percentuale=100)
    non_dovuta = AzionePositivaFactory(area=area)
    MonitoraggioAzioneFactory(azione=non_dovuta, stato=Stato.NON_DOVUTA, percentuale=None)
    AzionePositivaFactory(area=area, anno_inizio=2023)
    anno = quadro_anno(aree_di(piano), 2022)
    assert (anno.dovute, anno.realizzate, anno.da_scrivere) == (10, 9, 1)
    assert (anno.quota, anno.raggiunta) == (Decimal(90), True)
    dopo = quadro_anno(aree_di(piano), 2023)
    assert (dopo.dovute, dopo.quota, dopo.raggiunta) == (12, Decimal(0), False)


def test_la_pagina_del_piano_costa_le_stesse_letture_con_una_azione_o_con_tre(
    cug: Utente, azione: AzionePositiva, entra: Entra
) -> None:
    client, url = entra(cug), reverse("positive_piano", args=[azione.piano.slug])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as una:
        client.get(url)
    for _n in range(2):
        MonitoraggioAzioneFactory(azione=AzionePositivaFactory(area=azione.area))
    with CaptureQueriesContext(connection) as tre:
        client.get(url)
    assert len(una) == len(tre)


def test_il_foglio_ha_ogni_azione_in_ogni_suo_anno(
    cug: Utente, azione: AzionePositiva, entra: Entra
) -> None:
    MonitoraggioAzioneFactory(azione=azione, fatto="=1+1")
    risposta = entra(cug).get(reverse("positive_csv", args=[azione.piano.slug]))
    righe = risposta.getvalue().decode("utf-8-sig").splitlines()
    assert len(righe) == 4
    assert righe[1] == ("Cultura di genere;Sportello di ascolto;;;;;2022;In corso;50,00;;'=1+1;")
    assert righe[2] == "Cultura di genere;Sportello di ascolto;;;;;2023;;;;;"
