# SPDX-License-Identifier: AGPL-3.0-or-later
"""A report opened again, corrected, validated by the Nucleo; who reads it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.models import Rendicontazione, RigaScheda, Rilevazione, SchedaBudget
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import IncaricoFactory, UnitaFactory
from tests.obiettivi.schede.rendicontazione.passi import (
    RESOCONTO,
    bozza,
    guida,
    il_giorno,
    invia,
    trasmessa,
)
from tests.pagina import leggi

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def test_il_responsabile_riapre_finche_la_finestra_e_aperta(
    riga: RigaScheda, capo: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    questa = trasmessa(riga)
    azioni.riapri_rendicontazione(questa, da=capo)
    questa.refresh_from_db()
    assert (questa.stato, questa.trasmessa_il, questa.azioni) == ("bozza", None, RESOCONTO.azioni)
    azioni.trasmetti(questa, da=capo)
    il_giorno(monkeypatch, date(2023, 4, 21))
    with pytest.raises(ValidationError, match="il termine è scaduto"):
        azioni.riapri_rendicontazione(questa, motivo="Un errore", da=capo)


def test_il_controllo_di_gestione_riapre_sempre_ma_scrive_perche(
    riga: RigaScheda,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questa = trasmessa(riga)
    il_giorno(monkeypatch, date(2023, 6, 1))
    client = entra(controllo)
    indirizzo = reverse("rendicontazione_riapri", args=[questa.pk])
    risposta = client.post(indirizzo, {"motivo": " "})
    assert set(risposta.context["riapri"].errors) == {"motivo"}
    assert client.post(indirizzo, {"motivo": "Dato rettificato"}).status_code == 302
    questa.refresh_from_db()
    assert questa.stato == "bozza"
    evento = Evento.objects.get(tipo="rendicontazione.riaperta")
    assert evento.dati == {"motivo": "Dato rettificato"}


def test_correggere_sostituisce_il_risultato_e_tiene_quello_di_prima(riga: RigaScheda) -> None:
    questa = trasmessa(riga)
    azioni.riapri_rendicontazione(questa, motivo="Un errore", da=None)
    questa.refresh_from_db()
    questa = azioni.salva_rendicontazione(
        riga,
        frazione="T1",
        resoconto=replace(RESOCONTO, cifre={"stato": "numero", "valore": "97"}),
        visto=questa.impronta,
        da=None,
    )
    azioni.trasmetti(questa, da=None)
    assert [r.valore for r in Rilevazione.objects.order_by("pk")] == [Decimal("96.5"), Decimal(97)]
    assert Rilevazione.objects.correnti().get().valore == 97


def test_il_nucleo_scrive_la_sua_percentuale_accanto_a_quella_dichiarata(
    riga: RigaScheda,
    azienda: Azienda,
    entra: Callable[[Utente], Client],
    incaricato: Callable[..., Utente],
    capo: Utente,
) -> None:
    questa, nucleo = trasmessa(riga), incaricato(Ruolo.NUCLEO)
    client = entra(nucleo)
    indirizzo = reverse("rendicontazione_valida", args=[questa.pk])
    assert set(client.post(indirizzo, {"validato": "70"}).context["valida"].errors) == {"nota"}
    for sbagliata in ("170", "-1", "33,333", "boh", ""):
        form = client.post(indirizzo, {"validato": sbagliata, "nota": "x"}).context["valida"]
        assert set(form.errors) == {"validato"}
    assert client.post(indirizzo, {"validato": "70", "nota": "Manca l'atto."}).status_code == 302
    questa.refresh_from_db()
    assert (questa.dichiarato, questa.validato, questa.scarto, questa.validato_da) == (
        Decimal("80.50"), Decimal(70), Decimal("-10.50"), nucleo,
    )  # fmt: skip
    pagina = client.get(reverse("rendicontazione", args=[riga.pk, "T1"])).content.decode()
    assert "80,5%" in pagina
    assert "70%" in pagina
    assert "-10,5" in pagina
    with pytest.raises(ValidationError, match="Il Nucleo l'ha già validata"):
        azioni.riapri_rendicontazione(questa, da=capo)
    azioni.riapri_rendicontazione(questa, motivo="Nuovo dato", da=None)
    questa.refresh_from_db()
    assert (questa.validato, questa.nota_nucleo, questa.validato_da) == (None, "", None)


def test_il_nucleo_di_altri_anni_e_chi_non_lo_e_non_validano(
    riga: RigaScheda, azienda: Azienda, controllo: Utente, capo: Utente
) -> None:
    questa = trasmessa(riga)
    altro = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2024).utente
    for chi in (altro, controllo, capo):
        with pytest.raises(PermissionDenied):
            azioni.valida_rendicontazione(questa, validato=Decimal(80), da=chi)


def test_una_bozza_non_si_valida(riga: RigaScheda) -> None:
    with pytest.raises(ValidationError, match="non è trasmessa"):
        azioni.valida_rendicontazione(bozza(riga), validato=Decimal("80.5"), da=None)


def test_la_bozza_la_vede_solo_chi_guida_il_cdr(
    riga: RigaScheda, controllo: Utente, capo: Utente
) -> None:
    questa = bozza(riga)
    assert list(Rendicontazione.objects.visibili_a(capo)) == [questa]
    assert list(Rendicontazione.objects.visibili_a(controllo)) == []
    azioni.trasmetti(questa, da=None)
    assert list(Rendicontazione.objects.visibili_a(controllo)) == [questa]


def test_il_risultato_di_un_cdr_lo_legge_chi_vede_la_sua_scheda(
    riga: RigaScheda, scheda: SchedaBudget, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    trasmessa(riga)
    assert scheda.unita is not None
    altro = guida(UnitaFactory(organigramma=scheda.unita.organigramma))
    dove = {
        chi: [
            una["dove"]
            for una in entra(chi).get(riga.indicatore.get_absolute_url()).context["rilevazioni"]
        ]
        for chi in (capo, altro)
    }
    assert dove == {capo: [scheda.unita.nome], altro: []}


def test_chi_scrive_dopo_la_trasmissione_legge_perche_no_e_ritrova_cio_che_ha_scritto(
    riga: RigaScheda, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    trasmessa(riga)
    pagina = leggi(invia(entra(capo), riga, azioni="Scritto in un'altra finestra", fai="salva"))
    assert "è già stata trasmessa: per correggerla va riaperta" in pagina.uno(".alert-danger").testo
    assert "Scritto in un'altra finestra" in pagina.uno("details").testo
    sbagliata = leggi(invia(entra(capo), riga, dichiarato="boh"))
    assert "Percentuale raggiunta" in sbagliata.uno(".alert-danger").testo
    assert Rendicontazione.objects.get().azioni == "Aperto un ambulatorio in più."


def test_fuori_dal_monitoraggio_chi_riapre_legge_perche_no(
    riga: RigaScheda, scheda: SchedaBudget, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    questa = trasmessa(riga)
    SchedaBudget.objects.filter(pk=scheda.pk).update(stato="in_valutazione")
    indirizzo = reverse("rendicontazione_riapri", args=[questa.pk])
    pagina = leggi(entra(controllo).post(indirizzo, {"motivo": "Cifra sbagliata"}))
    assert "non è in monitoraggio" in pagina.uno(".alert-danger").testo
    assert "Cifra sbagliata" in pagina.uno("details").testo
