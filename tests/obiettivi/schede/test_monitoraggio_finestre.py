# SPDX-License-Identifier: AGPL-3.0-or-later
"""The windows of the cycle: proposed, set, moved, longer for a unit; a wrong one is refused."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Finestra, Proroga
from obiettivi.schede.finestre import esigi_aperta, tempo_di
from piani.models import Azienda, Evento, Fase, Ruolo, Utente
from tests.factories import (
    FinestraFactory,
    OrganigrammaFactory,
    PianoFactory,
    ProrogaFactory,
    SchedaFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
RENDICONTAZIONE = Finestra.Tipo.RENDICONTAZIONE


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: date(2023, 5, 10))


def fissa(azienda: Azienda, **campi: Any) -> Finestra:
    valori = {
        "anno": 2023,
        "tipo": RENDICONTAZIONE,
        "frazione": "T1",
        "apre": date(2023, 4, 1),
        "scade": date(2023, 4, 20),
    }
    return azioni.fissa_finestra(azienda, **{**valori, **campi}, da=None)


def campi_sbagliati(azienda: Azienda, **campi: Any) -> list[str]:
    with pytest.raises(ValidationError) as errore:
        fissa(azienda, **campi)
    return list(errore.value.message_dict)


def test_le_finestre_solite_nascono_in_una_volta_con_le_scadenze_del_piano(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    piano = PianoFactory(azienda=azienda, anno_inizio=2022, anno_fine=2024)
    Fase.objects.create(piano=piano, ordine=1, nome="Negoziazione Schede Budget", mese=3, giorno=15)
    Fase.objects.create(
        piano=piano, ordine=2, nome="Relazione Performance", mese=6, giorno=20, anno_offset=1
    )
    indirizzo = reverse("finestre_proponi", args=[azienda.codice])
    risposta = entra(controllo).post(indirizzo, {"anno": "2023"}, follow=True)
    assert "10 finestre proposte" in risposta.content.decode()
    trovate = {(f.tipo, f.frazione): (f.apre, f.scade) for f in Finestra.objects.all()}
    assert trovate == {
        ("rendicontazione", "T1"): (date(2023, 4, 1), date(2023, 4, 20)),
        ("rendicontazione", "T2"): (date(2023, 7, 1), date(2023, 7, 20)),
        ("rendicontazione", "T3"): (date(2023, 10, 1), date(2023, 10, 20)),
        ("rendicontazione", "T4"): (date(2024, 1, 1), date(2024, 1, 20)),
        ("negoziazione", ""): (date(2023, 2, 13), date(2023, 3, 15)),
        ("controdeduzioni", ""): (date(2024, 5, 1), date(2024, 5, 15)),
        ("validazione_schede", ""): (date(2024, 5, 16), date(2024, 5, 31)),
        ("autovalutazione", ""): (date(2024, 6, 1), date(2024, 6, 10)),
        ("valutazione", ""): (date(2024, 6, 1), date(2024, 6, 30)),
        ("relazione", ""): (date(2024, 5, 1), date(2024, 6, 20)),
    }
    assert Evento.objects.filter(tipo="finestra.fissata").count() == 10


def test_proporre_non_tocca_le_finestre_che_ci_sono(azienda: Azienda) -> None:
    mia = fissa(azienda, scade=date(2023, 5, 31))
    assert len(azioni.proponi_finestre(azienda, anno=2023, da=None)) == 9
    mia.refresh_from_db()
    assert mia.scade == date(2023, 5, 31)
    with pytest.raises(ValidationError, match="ci sono già tutte"):
        azioni.proponi_finestre(azienda, anno=2023, da=None)


@pytest.mark.parametrize(
    ("campi", "campo"),
    [
        ({"scade": date(2023, 3, 31)}, "scade"),
        ({"apre": date(2022, 12, 31)}, "apre"),
        ({"scade": date(2025, 1, 1)}, "scade"),
        ({"frazione": ""}, "frazione"),
        ({"frazione": "S1"}, "frazione"),
        ({"tipo": "negoziazione"}, "frazione"),
        ({"tipo": "altro", "frazione": ""}, "tipo"),
        ({"anno": 1999}, "anno"),
        ({"anno": 2030}, "anno"),
    ],
)
def test_una_finestra_che_non_puo_essere_dice_quale_campo(
    azienda: Azienda, campi: dict[str, Any], campo: str
) -> None:
    assert campi_sbagliati(azienda, **campi) == [campo]
    assert not Finestra.objects.exists()


def test_due_rendicontazioni_non_sono_aperte_negli_stessi_giorni(azienda: Azienda) -> None:
    fissa(azienda)
    assert campi_sbagliati(azienda) == ["tipo"]
    secondo = {"frazione": "T2", "scade": date(2023, 7, 20)}
    assert campi_sbagliati(azienda, **secondo, apre=date(2023, 4, 20)) == ["apre"]
    assert fissa(azienda, **secondo, apre=date(2023, 4, 21)).frazione == "T2"
    with pytest.raises(ValidationError) as errore:
        azioni.cambia_finestra(
            Finestra.objects.get(frazione="T1"),
            apre=date(2023, 4, 1),
            scade=date(2023, 4, 21),
            da=None,
        )
    assert list(errore.value.message_dict) == ["scade"]


def test_la_pagina_tiene_cio_che_e_stato_scritto_e_dice_dove_e_sbagliato(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    una = fissa(azienda)
    client = entra(controllo)
    indirizzo = reverse("finestra_cambia", args=[azienda.codice, una.pk])
    dati = {f"date-{una.pk}-apre": "2023-04-10", f"date-{una.pk}-scade": "2023-04-05"}
    risposta = client.post(indirizzo, dati)
    assert risposta.status_code == 200
    form = risposta.context["righe"][0]["date"]
    assert form.errors == {"scade": ["La finestra scade prima di aprirsi."]}
    assert 'value="2023-04-10"' in risposta.content.decode()
    dati[f"date-{una.pk}-scade"] = "2023-04-25"
    assert client.post(indirizzo, dati).status_code == 302
    una.refresh_from_db()
    assert (una.apre, una.scade) == (date(2023, 4, 10), date(2023, 4, 25))
    evento = Evento.objects.get(tipo="finestra.cambiata")
    assert evento.dati == {
        "prima": "dal 01/04/2023 al 20/04/2023",
        "dopo": "dal 10/04/2023 al 25/04/2023",
    }


def test_la_proroga_da_piu_tempo_a_una_sola_unita(
    azienda: Azienda, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    una = fissa(azienda)
    scheda = SchedaFactory(azienda=azienda, anno=2023)
    client = entra(controllo)
    indirizzo = reverse("proroga", args=[azienda.codice, una.pk])
    dati = {f"proroga-{una.pk}-unita": scheda.unita_id, f"proroga-{una.pk}-fino_al": "2023-04-20"}
    risposta = client.post(indirizzo, dati)
    assert set(risposta.context["righe"][0]["proroga"].errors) == {"motivo"}
    dati[f"proroga-{una.pk}-motivo"] = "Guasto del flusso"
    risposta = client.post(indirizzo, dati)
    assert set(risposta.context["righe"][0]["proroga"].errors) == {"fino_al"}
    dati[f"proroga-{una.pk}-fino_al"] = "2023-05-15"
    assert client.post(indirizzo, dati).status_code == 302
    data = Proroga.objects.get()
    assert (data.fino_al, data.concessa_da) == (date(2023, 5, 15), controllo)
    esigi_aperta(azienda, 2023, RENDICONTAZIONE, "T1", unita=scheda.unita, obbligatoria=True)
    altra = UnitaFactory(organigramma=scheda.unita.organigramma)
    with pytest.raises(ValidationError, match="il termine è scaduto il 20/04/2023"):
        esigi_aperta(azienda, 2023, RENDICONTAZIONE, "T1", unita=altra, obbligatoria=True)
    azioni.togli_proroga(data, da=controllo)
    tempo = tempo_di(azienda, 2023, RENDICONTAZIONE, "T1", unita=scheda.unita)
    assert tempo is not None
    assert tempo.prorogata is False
    tipi = Evento.objects.order_by("pk").values_list("tipo", flat=True)
    assert list(tipi) == ["finestra.fissata", "proroga.concessa", "proroga.tolta"]


def test_la_proroga_non_e_per_le_unita_di_altri(azienda: Azienda) -> None:
    una = fissa(azienda)
    with pytest.raises(ValidationError) as errore:
        azioni.proroga(
            una,
            unita=SchedaFactory().unita,
            fino_al=date(2023, 6, 1),
            motivo="prova",
            da=None,
        )
    assert list(errore.value.message_dict) == ["unita"]


def test_togliere_una_finestra_scrive_anche_le_sue_proroghe(azienda: Azienda) -> None:
    data = ProrogaFactory(finestra=fissa(azienda), fino_al=date(2023, 6, 1))
    azioni.togli_finestra(data.finestra, da=None)
    assert not Finestra.objects.exists()
    evento = Evento.objects.get(tipo="finestra.tolta")
    assert evento.dati["proroghe"] == [f"{data.unita}: 01/06/2023"]
    with pytest.raises(ValidationError, match="è stata tolta"):
        azioni.togli_finestra(data.finestra, da=None)


@pytest.mark.parametrize("ruolo", [Ruolo.RESPONSABILE_CDR, Ruolo.NUCLEO, Ruolo.DIREZIONE])
def test_il_calendario_lo_tiene_il_controllo_di_gestione(
    azienda: Azienda, incaricato: Callable[..., Utente], ruolo: Ruolo
) -> None:
    with pytest.raises(PermissionDenied):
        azioni.proponi_finestre(azienda, anno=2023, da=incaricato(ruolo))


@pytest.mark.parametrize("quante", [1, 3])
def test_il_calendario_costa_sempre_uguale(
    azienda: Azienda,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    django_assert_num_queries: Callable[[int], Any],
    quante: int,
) -> None:
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    for frazione in ("T1", "T2", "T3")[:quante]:
        una = FinestraFactory(azienda=azienda, anno=2023, frazione=frazione)
        ProrogaFactory(finestra=una, unita=unita)
    client = entra(controllo)
    indirizzo = f"{reverse('finestre', args=[azienda.codice])}?anno=2023"
    client.get(indirizzo)
    with django_assert_num_queries(9):
        assert len(client.get(indirizzo).context["righe"]) == quante
