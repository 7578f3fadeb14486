# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conciliation of an evaluation and its end: each by its day, before and after both kept."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi.azioni.individuale.conciliazione import (
    chiedi_conciliazione,
    decidi_conciliazione,
    rispondi_conciliazione,
)
from obiettivi.azioni.individuale.firme import (
    chiudi_concluse,
    chiudi_valutazione,
    firma_valutato,
)
from obiettivi.models import RichiestaConciliazione, ValutazioneIndividuale
from piani.models import Ruolo, Utente
from tests.factories import IncaricoFactory, ValutazioneFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = ValutazioneIndividuale.Stato
D = Decimal


def firmata(giorni_fa: int = 0, stato: str = Stato.NON_CONDIVISA) -> ValutazioneIndividuale:
    """Signed by both so many days ago, with 80."""
    quando = timezone.now() - timedelta(days=giorni_fa)
    una: ValutazioneIndividuale = ValutazioneFactory(
        stato=stato, punteggio=D(80), punteggio_finale=D(80), classe="Buona",
        firmata_valutatore_il=quando, firmata_valutato_il=quando,
    )  # fmt: skip
    return una


def con_ruolo(una: ValutazioneIndividuale, ruolo: Ruolo) -> Utente:
    utente: Utente = IncaricoFactory(azienda=una.azienda, ruolo=ruolo).utente
    return utente


def test_si_chiede_entro_il_termine_delle_regole() -> None:
    chiedi_conciliazione(ultimo := firmata(10), testo="Rivedete.", da=ultimo.persona)
    tardi = firmata(11)
    with pytest.raises(ValidationError, match="è scaduto il"):
        chiedi_conciliazione(tardi, testo="Rivedete.", da=tardi.persona)


def test_si_chiede_una_volta_e_con_un_testo() -> None:
    una = firmata()
    with pytest.raises(ValidationError, match="Scrivi che cosa chiedi"):
        chiedi_conciliazione(una, testo=" ", da=una.persona)
    richiesta = chiedi_conciliazione(una, testo="Rivedete.", da=una.persona)
    assert richiesta.risposta_entro == timezone.localdate() + timedelta(days=15)
    with pytest.raises(ValidationError, match="già stata chiesta"):
        chiedi_conciliazione(una, testo="Ancora.", da=una.persona)


def test_il_valutatore_risponde_una_volta() -> None:
    una = firmata()
    with pytest.raises(ValidationError, match="Non c'è una richiesta"):
        rispondi_conciliazione(una, risposta="Confermo.", da=una.valutatore)
    chiedi_conciliazione(una, testo="Rivedete.", da=una.persona)
    rispondi_conciliazione(una, risposta="Confermo.", da=una.valutatore)
    with pytest.raises(ValidationError, match="Non c'è una richiesta"):
        rispondi_conciliazione(una, risposta="Di nuovo.", da=una.valutatore)
    assert RichiestaConciliazione.objects.get().risposta == "Confermo."


def test_chi_decide_aspetta_la_risposta_o_il_suo_termine() -> None:
    una = firmata()
    direzione = con_ruolo(una, Ruolo.DIREZIONE)
    chiedi_conciliazione(una, testo="Rivedete.", da=una.persona)
    with pytest.raises(ValidationError, match="può ancora rispondere"):
        decidi_conciliazione(una, modifica=False, motivazione="Bene così.", da=direzione)
    ieri = timezone.localdate() - timedelta(days=1)
    RichiestaConciliazione.objects.update(risposta_entro=ieri)
    decidi_conciliazione(una, modifica=False, motivazione="Bene così.", da=direzione)
    una.refresh_from_db()
    assert (una.punteggio, una.punteggio_finale) == (D(80), D(80))
    with pytest.raises(ValidationError, match="Non c'è una conciliazione da decidere"):
        decidi_conciliazione(una, modifica=False, motivazione="Ancora.", da=direzione)


def test_il_punteggio_cambia_con_un_motivo_e_restano_tutti_e_due() -> None:
    una = firmata()
    direzione = con_ruolo(una, Ruolo.DIREZIONE)
    chiedi_conciliazione(una, testo="Rivedete.", da=una.persona)
    rispondi_conciliazione(una, risposta="Confermo.", da=una.valutatore)
    for punteggio, motivazione, frase in (
        (D(96), "", "Scrivi la motivazione"),
        (None, "Ha ragione.", "Scrivi il nuovo punteggio"),
        (D(101), "Ha ragione.", "Scrivi il nuovo punteggio"),
        (D(80), "Ha ragione.", "È il punteggio di prima"),
    ):
        with pytest.raises(ValidationError, match=frase):
            decidi_conciliazione(
                una, modifica=True, punteggio=punteggio, motivazione=motivazione, da=direzione
            )
    decidi_conciliazione(
        una, modifica=True, punteggio=D(96), motivazione="Ha ragione.", da=direzione
    )
    una.refresh_from_db()
    richiesta = una.conciliazione
    assert (una.punteggio, una.punteggio_finale, una.classe) == (D(80), D(96), "Eccellente")
    assert (richiesta.prima, richiesta.dopo, richiesta.motivazione) == (
        D(80), D(96), "Ha ragione.",
    )  # fmt: skip


@pytest.mark.parametrize("ruolo", [Ruolo.RISORSE_UMANE, Ruolo.NUCLEO, Ruolo.CONTROLLO_GESTIONE])
def test_decide_solo_chi_dicono_le_regole(ruolo: Ruolo) -> None:
    una = firmata()
    with pytest.raises(PermissionDenied):
        decidi_conciliazione(una, modifica=False, motivazione="x", da=con_ruolo(una, ruolo))


def test_chi_ha_valutato_non_decide_anche_se_dirige() -> None:
    una = firmata()
    IncaricoFactory(azienda=una.azienda, ruolo=Ruolo.DIREZIONE, utente=una.valutatore)
    with pytest.raises(PermissionDenied):
        decidi_conciliazione(una, modifica=False, motivazione="x", da=una.valutatore)


def test_non_si_chiude_finche_si_aspetta_qualcosa() -> None:
    una = firmata(10)
    personale = con_ruolo(una, Ruolo.RISORSE_UMANE)
    with pytest.raises(ValidationError, match="tempo per chiedere la conciliazione"):
        chiudi_valutazione(una, da=personale)
    chiedi_conciliazione(una, testo="Rivedete.", da=una.persona)
    with pytest.raises(ValidationError, match="ancora in corso"):
        chiudi_valutazione(una, da=personale)
    RichiestaConciliazione.objects.update(esito="confermata", motivazione="Sì.")
    chiudi_valutazione(una, da=personale)
    una.refresh_from_db()
    assert una.stato == Stato.CHIUSA


def test_senza_la_firma_della_persona_si_chiude_con_un_motivo() -> None:
    una = firmata(11, Stato.FIRMATA_VALUTATORE)
    personale = con_ruolo(una, Ruolo.RISORSE_UMANE)
    with pytest.raises(ValidationError, match="Manca la firma della persona"):
        chiudi_valutazione(una, da=personale)
    chiudi_valutazione(una, motivo="In aspettativa.", da=personale)
    with pytest.raises(ValidationError, match="già «Chiusa»"):
        firma_valutato(una, condivide=True, da=una.persona)


def test_si_chiudono_insieme_solo_quelle_concluse() -> None:
    pronta, recente = firmata(11), firmata(1)
    ValutazioneIndividuale.objects.filter(pk=recente.pk).update(
        edizione=pronta.edizione, azienda=pronta.azienda
    )
    personale = con_ruolo(pronta, Ruolo.RISORSE_UMANE)
    assert chiudi_concluse(pronta.edizione, da=personale) == 1
    pronta.refresh_from_db()
    recente.refresh_from_db()
    assert (pronta.stato, recente.stato) == (Stato.CHIUSA, Stato.NON_CONDIVISA)
    with pytest.raises(PermissionDenied):
        chiudi_concluse(pronta.edizione, da=con_ruolo(pronta, Ruolo.DIREZIONE))
