# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a Relazione, lived by who prepares it, approves it, validates it, publishes it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Relazione
from obiettivi.relazione.bacheca import cose_da_fare
from obiettivi.relazione.verifiche import cancello
from piani.azioni.righe import impronta
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import FinestraFactory, IncaricoFactory, PianoFactory
from tests.obiettivi.relazione.scena import (
    ATTO,
    TESTO,
    in_validazione,
    misura_di,
    piano_con_risultati,
    relazione_di,
    risposte,
    scrivi_tutto,
    validata,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Entra = Callable[[Utente], Client]


@pytest.fixture
def relazione(azienda: Azienda) -> Relazione:
    return relazione_di(azienda)


def indirizzo(nome: str, relazione: Relazione, *altro: str) -> str:
    return reverse(nome, args=[relazione.piano.slug, relazione.anno, *altro])


def corpo(risposta: Any) -> str:
    assert risposta.status_code == 200
    testo: str = risposta.content.decode()
    return testo


def test_dal_piano_alla_relazione_cominciata(
    azienda: Azienda, controllo: Utente, entra: Entra
) -> None:
    piano = piano_con_risultati(azienda)
    client = entra(controllo)
    pagina = reverse("relazione", args=[piano.slug, 2022])
    assert f'href="{pagina}"' in corpo(client.get(piano.get_absolute_url()))
    assert "Va pubblicata entro il 30 giugno 2023" in corpo(client.get(pagina))
    risposta = client.post(reverse("relazione_comincia", args=[piano.slug, 2022]), follow=True)
    assert "6 cose fermano il passo" in corpo(risposta)
    assert client.get(reverse("relazione", args=[piano.slug, 2030])).status_code == 404


def test_si_scrive_un_capitolo_e_non_si_perde_niente(
    relazione: Relazione, controllo: Utente, entra: Entra
) -> None:
    client, dove = entra(controllo), indirizzo("relazione_sezione", relazione, "presentazione")
    sezione = relazione.sezioni.get(tipo="presentazione")
    visto = impronta(sezione)
    assert client.post(dove, {"testo": TESTO, "visto": visto}).status_code == 302
    pagina = corpo(client.post(dove, {"testo": "Il mio, più vecchio.", "visto": visto}))
    assert "ha salvato questo capitolo" in pagina
    assert "Il mio, più vecchio." in pagina
    sezione.refresh_from_db()
    assert sezione.testo == TESTO
    assert f'value="{impronta(sezione)}"' in pagina


def test_la_griglia_delle_cause_dice_chi_ha_scritto_prima(
    relazione: Relazione, controllo: Utente, entra: Entra
) -> None:
    client, dove = entra(controllo), indirizzo("relazione_cause", relazione)
    misura = misura_di(relazione, "IND-2").pk
    pagina = corpo(client.get(dove))
    assert f'id="misura-{misura}"' in pagina
    azioni.spiega_scostamenti(relazione, {misura: ("Di un altro", "")}, da=None)
    mie = {f"causa-{misura}": "Mia\r\ncausa", f"azione-{misura}": "Azione"}
    pagina = corpo(client.post(dove, mie | {f"prima-causa-{misura}": ""}))
    assert "«Di un altro»" in pagina
    assert "Mia\ncausa" in pagina.replace("\r\n", "\n")
    risposta = client.post(dove, mie | {f"prima-causa-{misura}": "Di un altro"})
    assert risposta.status_code == 302
    assert relazione.scostamenti.get().causa == "Mia\ncausa"


def test_una_data_futura_resta_nel_modulo_con_il_suo_errore(
    relazione: Relazione, controllo: Utente, entra: Entra
) -> None:
    fase = relazione.fasi.get().fase_id
    client, dove = entra(controllo), indirizzo("relazione_fasi", relazione)
    pagina = corpo(client.post(dove, {f"conclusa-{fase}": "01/01/2099", f"nota-{fase}": "n"}))
    assert "La data è nel futuro." in pagina
    risposta = client.post(dove, {f"conclusa-{fase}": "2023-06-20", f"nota-{fase}": "n"})
    assert risposta.status_code == 302
    assert relazione.fasi.get().conclusa_il == date(2023, 6, 20)


def test_la_direzione_approva_dalla_pagina(
    relazione: Relazione, incaricato: Callable[..., Utente], entra: Entra
) -> None:
    scrivi_tutto(relazione)
    client, dove = entra(incaricato(Ruolo.DIREZIONE)), indirizzo("relazione_approva", relazione)
    pagina = corpo(client.post(dove, {"atto_tipo": "deliberazione", "atto_numero": ""}))
    assert "campo-errato" in pagina
    assert client.post(dove, ATTO).status_code == 302
    relazione.refresh_from_db()
    assert relazione.stato == Relazione.Stato.APPROVATA
    testo = corpo(client.post(dove, ATTO, follow=True))
    assert "La relazione è «Approvata»" in testo


def test_il_nucleo_risponde_dalla_pagina(
    relazione: Relazione, incaricato: Callable[..., Utente], entra: Entra
) -> None:
    client, dove = entra(incaricato(Ruolo.NUCLEO)), indirizzo("relazione_valida", relazione)
    assert client.get(dove).status_code == 302
    in_validazione(relazione)
    assert corpo(client.get(dove)).count("<fieldset") == 12
    inviati = {"esito": "con_osservazioni", "data": "2023-06-20", "motivazione": "Bene."}
    for chiave, (esito, nota) in risposte(l=("in_parte", "")).items():
        inviati |= {f"criterio-{chiave}": esito, f"nota-{chiave}": nota}
    pagina = corpo(client.post(dove, inviati | {"organo": "Nucleo"}))
    assert "Scrivi perché il criterio non è soddisfatto del tutto." in pagina
    sintesi = next(k for k in inviati if inviati[k] == "in_parte").replace("criterio", "nota")
    fatto = client.post(dove, inviati | {"organo": "Nucleo", sintesi: "È lunga."})
    assert fatto.status_code == 302
    relazione.refresh_from_db()
    assert relazione.stato == Relazione.Stato.VALIDATA
    assert "È lunga." in corpo(client.get(relazione.get_absolute_url()))


def test_chi_pubblica_dice_perche_in_ritardo(
    relazione: Relazione, incaricato: Callable[..., Utente], entra: Entra
) -> None:
    validata(relazione)
    client = entra(incaricato(Ruolo.PUBBLICATORE))
    dove = indirizzo("relazione_pubblica", relazione)
    assert "scrivi il motivo" in corpo(client.post(dove, {"motivo_ritardo": ""}))
    assert client.post(dove, {"motivo_ritardo": "Atti tardivi."}).status_code == 302
    relazione.refresh_from_db()
    assert (relazione.stato, relazione.motivo_ritardo) == ("pubblicata", "Atti tardivi.")


def test_chiusa_rimanda_alla_sua_pagina(
    relazione: Relazione, controllo: Utente, entra: Entra
) -> None:
    in_validazione(relazione)
    client = entra(controllo)
    for nome, altro in (
        ("relazione_cause", ()), ("relazione_fasi", ()), ("relazione_sezione", ("sintesi",)),
    ):  # fmt: skip
        risposta = client.get(indirizzo(nome, relazione, *altro), follow=True)
        assert "per cambiarla va prima riportata in bozza" in corpo(risposta), nome


def test_l_anteprima_e_il_documento_di_adesso(
    relazione: Relazione, controllo: Utente, entra: Entra
) -> None:
    scrivi_tutto(relazione)
    pagina = corpo(entra(controllo).get(indirizzo("relazione_anteprima", relazione)))
    assert "Causa di prova" in pagina
    assert "Torna alla relazione" in pagina


# --- the inbox ----------------------------------------------------------------------------------


def titoli(utente: Utente) -> list[str]:
    return [cosa.titolo for cosa in cose_da_fare(utente)]


def test_ogni_passo_sta_fra_le_cose_di_chi_lo_fa(
    relazione: Relazione, controllo: Utente, incaricato: Callable[..., Utente]
) -> None:
    direttrice, nucleo = incaricato(Ruolo.DIREZIONE), incaricato(Ruolo.NUCLEO)
    rpct = incaricato(Ruolo.PUBBLICATORE)
    atteso = "Approva la relazione: Relazione sulla performance 2022"
    assert (titoli(controllo), titoli(direttrice), titoli(nucleo)) == ([atteso], [atteso], [])
    [cosa] = cose_da_fare(direttrice)
    assert cosa.scadenza == date(2023, 6, 30)
    in_validazione(relazione)
    assert (titoli(controllo), titoli(direttrice), len(titoli(nucleo))) == ([], [], 1)
    azioni.valida_relazione(
        relazione, esito="validata", data=date(2023, 6, 20), motivazione="Bene.",
        criteri=risposte(), da=None,
    )  # fmt: skip
    assert (len(titoli(controllo)), len(titoli(rpct)), titoli(nucleo)) == (1, 1, [])
    azioni.pubblica_relazione(relazione, motivo_ritardo="x", da=None)
    assert titoli(controllo) == titoli(rpct) == []


def test_la_relazione_dell_anno_scorso_si_comincia_una_volta_per_azienda(
    azienda: Azienda, controllo: Utente
) -> None:
    scorso = timezone.localdate().year - 1
    for inizio in (scorso - 1, scorso):
        PianoFactory(azienda=azienda, anno_inizio=inizio, anno_fine=inizio + 2)
    PianoFactory(azienda=azienda, anno_inizio=scorso, anno_fine=scorso, tipo=Piano.Tipo.POLA)
    FinestraFactory(
        azienda=azienda, anno=scorso, tipo="relazione", frazione="", scade=date(2098, 5, 31)
    )
    [cosa] = cose_da_fare(controllo)
    assert cosa.titolo == f"Comincia la Relazione sulla performance {scorso}"
    assert cosa.scadenza == date(2098, 5, 31)
    ultimo = Piano.objects.get(anno_inizio=scorso, tipo=Piano.Tipo.PERFORMANCE)
    assert cosa.url == reverse("relazione", args=[ultimo.slug, scorso])
    azioni.comincia_relazione(ultimo, anno=scorso, da=None)
    assert titoli(controllo) == [f"Approva la relazione: Relazione sulla performance {scorso}"]


@pytest.mark.parametrize("quante", [1, 3])
def test_le_cose_costano_lo_stesso_con_una_relazione_e_con_tre(
    quante: int, azienda: Azienda, controllo: Utente, django_assert_num_queries: Any
) -> None:
    for n in range(quante):
        piano = PianoFactory(azienda=azienda, anno_inizio=2020 - n, anno_fine=2022 - n)
        azioni.comincia_relazione(piano, anno=2020 - n, da=None)
    chi = Utente.objects.get(pk=controllo.pk)
    with django_assert_num_queries(9):
        assert len(list(cose_da_fare(chi))) == quante


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_costa_lo_stesso_con_uno_scostamento_e_con_tre(
    quanti: int, azienda: Azienda, controllo: Utente, entra: Entra, django_assert_num_queries: Any
) -> None:
    relazione = relazione_di(azienda, valori=(10,) * quanti)
    client = entra(controllo)
    with django_assert_num_queries(47):
        client.get(relazione.get_absolute_url())
    with django_assert_num_queries(6):
        client.get(indirizzo("relazione_cause", relazione))
    assert len([m for m in cancello(relazione).bloccano if "causa" in m.testo]) == quanti


def test_il_nucleo_di_altri_anni_non_la_trova(relazione: Relazione, entra: Entra) -> None:
    for primo in (2023, 2025):  # of the plan, but not of that year; of no year of the plan
        altro = IncaricoFactory(azienda=relazione.azienda, ruolo=Ruolo.NUCLEO, anno_da=primo).utente
        assert entra(altro).get(relazione.get_absolute_url()).status_code == 404
        assert entra(altro).get(indirizzo("relazione_anteprima", relazione)).status_code == 404
        assert titoli(altro) == []
