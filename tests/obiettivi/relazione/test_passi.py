# SPDX-License-Identifier: AGPL-3.0-or-later
"""From draft to Amministrazione Trasparente: who takes each step, and what stops it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.models import Calcolo, Finestra, Relazione, ValidazioneRelazione
from obiettivi.relazione.dati import fotografa
from obiettivi.relazione.termini import scadenza_di
from piani.models import Azienda, DocumentoPubblicato, Evento, Ruolo, Utente
from piani.tasks import stampa_documento
from tests.factories import FinestraFactory, IncaricoFactory
from tests.obiettivi.relazione.scena import (
    ATTO,
    approvata,
    calcola,
    in_validazione,
    misura_di,
    relazione_di,
    risposte,
    scrivi_tutto,
    validata,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = Relazione.Stato


@pytest.fixture
def relazione(azienda: Azienda) -> Relazione:
    return relazione_di(azienda)


@pytest.fixture
def direttrice(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.DIREZIONE)


@pytest.fixture
def nucleo(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.NUCLEO)


def foto(relazione: Relazione) -> dict[str, Any]:
    return fotografa(relazione, versione=1, giorno=date(2023, 6, 28))


def test_il_cammino_intero_con_chi_lo_fa(
    relazione: Relazione, controllo: Utente, direttrice: Utente, nucleo: Utente
) -> None:
    scrivi_tutto(relazione)
    azioni.approva_relazione(relazione, **ATTO, da=direttrice)
    azioni.invia_relazione(relazione, da=controllo)
    azioni.valida_relazione(
        relazione, esito="validata", data=date(2023, 6, 20), motivazione="Bene.",
        criteri=risposte(), da=nucleo,
    )  # fmt: skip
    azioni.pubblica_relazione(relazione, motivo_ritardo="Atti in ritardo.", da=controllo)
    assert relazione.stato == Stato.PUBBLICATA
    eventi = Evento.objects.filter(oggetto=f"obiettivi.relazione:{relazione.pk}")
    fatti = dict(eventi.values_list("tipo", "da"))
    assert [fatti[f"relazione.{verbo}"] for verbo in (
        "approvata", "inviata", "validata", "pubblicata",
    )] == [direttrice.pk, controllo.pk, nucleo.pk, controllo.pk]  # fmt: skip


def test_ogni_passo_e_di_chi_lo_puo_fare(
    relazione: Relazione, controllo: Utente, direttrice: Utente, nucleo: Utente
) -> None:
    scrivi_tutto(relazione)
    for chi in (controllo, nucleo):
        with pytest.raises(PermissionDenied):
            azioni.approva_relazione(relazione, **ATTO, da=chi)
    for chi in (controllo, direttrice):
        with pytest.raises(PermissionDenied):
            azioni.valida_relazione(
                relazione, esito="validata", data=date(2023, 6, 20), motivazione="Bene.",
                criteri=risposte(), da=chi,
            )  # fmt: skip
    for chi in (direttrice, nucleo):
        with pytest.raises(PermissionDenied):
            azioni.pubblica_relazione(relazione, da=chi)
    fuori_anni = IncaricoFactory(azienda=relazione.azienda, ruolo=Ruolo.NUCLEO, anno_da=2024).utente
    with pytest.raises(PermissionDenied):
        azioni.valida_relazione(
            relazione, esito="validata", data=date(2023, 6, 20), motivazione="Bene.",
            criteri=risposte(), da=fuori_anni,
        )  # fmt: skip


def test_non_si_approva_cio_che_manca_ne_con_avvertenze_non_viste(
    relazione: Relazione, direttrice: Utente
) -> None:
    with pytest.raises(ValidationError, match="manca la causa"):
        azioni.approva_relazione(relazione, **ATTO, da=direttrice)
    scrivi_tutto(relazione)
    azioni.segna_fasi(relazione, {relazione.fasi.get().fase_id: (None, "")}, da=None)
    with pytest.raises(ValidationError, match="conferma di averle viste"):
        azioni.approva_relazione(relazione, **ATTO, da=direttrice)
    with pytest.raises(ValidationError, match="prima della fine dell'anno"):
        azioni.approva_relazione(relazione, **ATTO | {"atto_data": date(2022, 12, 1)}, da=None)
    with pytest.raises(ValidationError) as errore:
        azioni.approva_relazione(relazione, **ATTO | {"atto_numero": " "}, da=None)
    assert errore.value.message_dict == {"atto_numero": ["Manca."]}
    relazione.refresh_from_db()
    assert relazione.stato == Stato.BOZZA


def test_approvata_non_si_scrive_piu(relazione: Relazione) -> None:
    approvata(relazione)
    with pytest.raises(ValidationError, match="«Approvata»: per cambiarla va prima riportata"):
        azioni.rigenera_relazione(relazione, da=None)
    with pytest.raises(ValidationError, match="ce l'ha portata il sistema il"):
        azioni.approva_relazione(relazione, **ATTO, da=None)


def test_il_nucleo_risponde_a_ogni_criterio(relazione: Relazione) -> None:
    in_validazione(relazione)
    bene = risposte()
    manca = next(iter(bene))
    with pytest.raises(ValidationError) as errore:
        azioni.valida_relazione(
            relazione, esito="validata", data=date(2023, 6, 20), motivazione=" ",
            criteri=bene | {manca: ("", "")}, da=None,
        )  # fmt: skip
    assert errore.value.message_dict == {
        "motivazione": ["La validazione ha sempre una motivazione."],
        f"criterio-{manca}": ["Scegli l'esito del criterio."],
    }
    with pytest.raises(ValidationError) as errore:
        azioni.valida_relazione(
            relazione, esito="validata", data=date(2023, 6, 20), motivazione="Bene.",
            criteri=risposte(g=("non_soddisfatto", "")), da=None,
        )  # fmt: skip
    assert set(errore.value.message_dict) > {"esito"}
    assert not ValidazioneRelazione.objects.exists()


def test_non_validata_torna_in_bozza_con_il_motivo(
    relazione: Relazione, nucleo: Utente, controllo: Utente
) -> None:
    in_validazione(relazione)
    detta = azioni.valida_relazione(
        relazione, esito="non_validata", data=date(2023, 6, 20), motivazione="Mancano le cause.",
        criteri=risposte(g=("non_soddisfatto", "Cause generiche.")), da=nucleo,
    )  # fmt: skip
    assert (detta.positiva, relazione.stato) == (False, Stato.NON_VALIDATA)
    assert detta.criteri.count() == 11
    with pytest.raises(ValidationError, match="«Non validata»"):
        azioni.pubblica_relazione(relazione, da=None)
    with pytest.raises(ValidationError, match="Scrivi perché la relazione torna in bozza"):
        azioni.riapri_relazione(relazione, motivo=" ", da=controllo)
    assert foto(relazione)["validazione"]["esito"] == "non_validata"
    azioni.riapri_relazione(relazione, motivo="Si riscrivono le cause.", da=controllo)
    assert foto(relazione)["validazione"] is None
    assert (relazione.stato, relazione.atto) == (Stato.BOZZA, "")
    evento = Evento.objects.get(tipo="relazione.in_bozza")
    assert evento.dati["atto decaduto"] == "deliberazione n. 12 del 05/06/2023, Direttore Generale"
    assert relazione.validazioni.get() == detta


def test_le_relazioni_di_prima_hanno_i_criteri_di_allora() -> None:
    from obiettivi.models import CriterioValidazione

    assert [c.norma for c in CriterioValidazione.objects.per(2014)] == [
        "delib. CiVIT n. 6/2012"
    ] * 3
    assert [c.codice for c in CriterioValidazione.objects.per(2022)] == list("abcdefghilm")


def test_in_ritardo_si_pubblica_con_il_motivo(relazione: Relazione, azienda: Azienda) -> None:
    validata(relazione)
    with pytest.raises(ValidationError) as errore:
        azioni.pubblica_relazione(relazione, da=None)
    assert errore.value.message_dict == {
        "motivo_ritardo": [
            "La pubblicazione è in ritardo, il termine era il 30/06/2023 (art. 10 c. 1 lett. b) "
            "D.Lgs. 150/2009): scrivi il motivo."
        ]
    }
    FinestraFactory(azienda=azienda, tipo=Finestra.Tipo.RELAZIONE, frazione="")
    assert scadenza_di(azienda, 2022).giorno == date(2099, 12, 31)
    azioni.pubblica_relazione(relazione, motivo_ritardo="non serve", da=None)
    assert relazione.motivo_ritardo == ""


def test_pubblicare_mette_relazione_e_validazione_al_loro_posto(
    relazione: Relazione, client: Client
) -> None:
    documento = azioni.pubblica_relazione(
        validata(relazione), motivo_ritardo="Atti tardivi.", da=None
    )
    for uno in relazione.carte:
        stampa_documento(uno.pk)
    documento.refresh_from_db()
    assert documento.stato == DocumentoPubblicato.Stato.PRONTO, documento.errore
    assert documento.get_absolute_url() == (f"/documenti/{relazione.piano.slug}/relazione-2022/v1/")
    for sezione, titolo in (
        ("relazione-sulla-performance", "Relazione sulla performance 2022"),
        (
            "documento-oiv-di-validazione-della-relazione-sulla-performance",
            "Validazione della Relazione sulla performance 2022",
        ),
    ):
        pagina = client.get(reverse("at_sezione", args=[relazione.azienda.codice, sezione]))
        assert titolo in pagina.content.decode()
    pagina = client.get(documento.get_absolute_url()).content.decode()
    assert "Atti tardivi." in pagina
    assert "Causa di prova" in pagina
    pdf = client.get(f"{documento.get_absolute_url()}documento.pdf")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert pdf["Content-Disposition"].endswith(
        f'filename="{relazione.piano.slug}-relazione-2022-v1.pdf"'
    )
    assert not relazione.piano.documenti.del_piano().exists()


def test_la_correzione_sostituisce_e_la_vecchia_resta(relazione: Relazione) -> None:
    primo = azioni.pubblica_relazione(validata(relazione), motivo_ritardo="x", da=None)
    with pytest.raises(ValidationError, match="«Pubblicata»"):
        azioni.pubblica_relazione(relazione, motivo="y", da=None)
    for uno in relazione.carte:
        stampa_documento(uno.pk)
    azioni.riapri_relazione(relazione, motivo="Un refuso.", da=None)
    assert list(DocumentoPubblicato.objects.pubblicati().filter(serie="relazione-2022")) == [primo]
    validata(relazione)
    with pytest.raises(ValidationError) as errore:
        azioni.pubblica_relazione(relazione, da=None)
    assert errore.value.message_dict == {
        "motivo": ["Scrivi perché questa versione sostituisce la 1."]
    }
    secondo = azioni.pubblica_relazione(relazione, motivo="Un refuso.", da=None)
    for uno in relazione.carte:
        stampa_documento(uno.pk)
    primo.refresh_from_db()
    assert (secondo.versione, primo.sostituito_da) == (2, secondo)
    assert relazione.motivo_ritardo == "x"


def test_i_punteggi_di_una_relazione_pubblicata_non_cambiano_in_silenzio(
    relazione: Relazione,
) -> None:
    azioni.pubblica_relazione(validata(relazione), motivo_ritardo="x", da=None)
    for uno in relazione.carte:
        stampa_documento(uno.pk)
    azioni.rileva(misura_di(relazione, "IND-1").indicatore, anno=2022, valore=Decimal(10), da=None)
    assert Calcolo.objects.filter(stato=Calcolo.Stato.DA_ACCETTARE).exists()
    calcola(relazione.piano)
    assert relazione.piano.raggiungimenti.get(
        livello="I", oggetto=misura_di(relazione, "IND-1").pk, frazione=""
    ).punteggio == Decimal(100)
