# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who writes the sheet of a person, and when: windows, delegations, who evaluates changed."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi.azioni.individuale import conciliazione, contenuto, firme
from obiettivi.azioni.individuale.assegna import correggi_assegnazione
from obiettivi.models import Finestra, SchedaBudget, ValutazioneIndividuale
from piani.models import Evento, Ruolo, Utente
from tests.factories import DelegaFactory, FinestraFactory, IncaricoFactory, UtenteFactory
from tests.obiettivi.schede.individuale.passi import assegna, firmata, pronta, valuta

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = ValutazioneIndividuale.Stato
D = Decimal


# --- windows ------------------------------------------------------------------------------


def finestra(una: ValutazioneIndividuale, tipo: str, apre: int, scade: int) -> Finestra:
    """A window from so many days from today to so many."""
    oggi = timezone.localdate()
    nuova: Finestra = FinestraFactory(
        azienda=una.azienda, tipo=tipo, frazione="",
        apre=oggi + timedelta(days=apre), scade=oggi + timedelta(days=scade),
    )  # fmt: skip
    return nuova


def test_fuori_dalle_finestre_il_server_rifiuta(valutazione: ValutazioneIndividuale) -> None:
    pronta(valutazione)
    finestra(valutazione, "valutazione", -20, -1)
    for azione in (
        lambda: valuta(valutazione, "1", "1"),
        lambda: firme.firma_valutatore(valutazione, da=valutazione.valutatore),
    ):
        with pytest.raises(ValidationError, match="il termine è scaduto il"):
            azione()


def test_l_autovalutazione_aspetta_la_sua_finestra(valutazione: ValutazioneIndividuale) -> None:
    finestra(valutazione, "autovalutazione", 1, 20)
    with pytest.raises(ValidationError, match="la finestra si apre il"):
        contenuto.autovaluta(valutazione, giudizi={}, da=valutazione.persona)


def test_finche_la_persona_puo_autovalutarsi_non_si_salta(
    valutazione: ValutazioneIndividuale,
) -> None:
    aperta = finestra(valutazione, "autovalutazione", -5, 5)
    with pytest.raises(ValidationError, match="può ancora autovalutarsi"):
        contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    Finestra.objects.filter(pk=aperta.pk).update(scade=timezone.localdate() - timedelta(days=1))
    contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    valutazione.refresh_from_db()
    assert valutazione.stato == Stato.IN_VALUTAZIONE


# --- who ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ruolo",
    [Ruolo.NUCLEO, Ruolo.CONTROLLO_GESTIONE, Ruolo.DIREZIONE, Ruolo.RISORSE_UMANE,
     Ruolo.RESPONSABILE_CDR, Ruolo.DIPENDENTE, Ruolo.AMMINISTRATORE],
)  # fmt: skip
def test_scrive_solo_chi_e_nominato_nella_scheda(
    valutazione: ValutazioneIndividuale, ruolo: Ruolo
) -> None:
    altro = IncaricoFactory(azienda=valutazione.azienda, ruolo=ruolo).utente
    pronta(valutazione)
    for azione in (
        lambda: firme.firma_valutatore(valutazione, da=altro),
        lambda: firme.firma_valutato(valutazione, condivide=True, da=altro),
        lambda: contenuto.assegna_obiettivi(valutazione, [], da=altro),
        lambda: contenuto.prendi_visione(valutazione, da=altro),
        lambda: contenuto.autovaluta(valutazione, giudizi={}, da=altro),
        lambda: conciliazione.chiedi_conciliazione(valutazione, testo="x", da=altro),
        lambda: conciliazione.rispondi_conciliazione(valutazione, risposta="x", da=altro),
    ):
        with pytest.raises(PermissionDenied):
            azione()


def test_la_persona_non_si_valuta_e_il_valutatore_non_firma_per_lei(
    valutazione: ValutazioneIndividuale,
) -> None:
    with pytest.raises(PermissionDenied):
        firme.firma_valutatore(pronta(valutazione), da=valutazione.persona)
    firme.firma_valutatore(valutazione, da=valutazione.valutatore)
    with pytest.raises(PermissionDenied):
        firme.firma_valutato(valutazione, condivide=True, da=valutazione.valutatore)


def test_chi_non_guida_piu_non_valuta_piu(valutazione: ValutazioneIndividuale) -> None:
    incarico = valutazione.valutatore.incarichi.get()
    incarico.al = incarico.dal
    incarico.save(update_fields=["al"])
    with pytest.raises(PermissionDenied):
        assegna(valutazione)


def agisce(delegato: Utente, valutazione: ValutazioneIndividuale) -> Utente:
    """The person, acting with the evaluator's incarico."""
    delegato = Utente.objects.get(pk=delegato.pk)
    incarico = valutazione.valutatore.incarichi.get()
    delegato.delega = DelegaFactory(incarico=incarico, delegato=delegato)
    return delegato


def test_con_la_delega_restano_tutti_e_due_i_nomi(valutazione: ValutazioneIndividuale) -> None:
    delegato = agisce(UtenteFactory(), valutazione)
    pronta(valutazione)
    firme.firma_valutatore(valutazione, da=delegato)
    valutazione.refresh_from_db()
    assert valutazione.firmata_valutatore_da == delegato
    assert valutazione.firmata_per_conto_di == valutazione.valutatore
    passo = valutazione.storia.get(fatto="Firmata dal valutatore")
    assert (passo.da, passo.per_conto_di) == (delegato, valutazione.valutatore)


def test_chi_e_valutato_non_si_valuta_con_la_delega_del_capo(
    valutazione: ValutazioneIndividuale,
) -> None:
    furbo = agisce(valutazione.persona, valutazione)
    pronta(valutazione)
    with pytest.raises(PermissionDenied):
        firme.firma_valutatore(valutazione, da=furbo)
    assert list(ValutazioneIndividuale.objects.visibili_a(furbo)) == []


def test_le_risorse_umane_cambiano_valutatore_con_un_motivo(
    valutazione: ValutazioneIndividuale,
) -> None:
    personale = IncaricoFactory(azienda=valutazione.azienda, ruolo=Ruolo.RISORSE_UMANE).utente
    capo = IncaricoFactory(azienda=valutazione.azienda, ruolo=Ruolo.RESPONSABILE_CDR).utente
    dati: dict[str, Any] = {"categoria": "dirigenza", "mesi": D(12), "da": personale}
    for valutatore, motivo, frase in (
        (capo, " ", "Scrivi perché cambia"),
        (valutazione.persona, "Cambio", "Non ha un incarico che valuta"),
        (UtenteFactory(), "Cambio", "Non ha un incarico che valuta"),
    ):
        with pytest.raises(ValidationError, match=frase):
            correggi_assegnazione(valutazione, valutatore=valutatore, motivo=motivo, **dati)
    correggi_assegnazione(valutazione, valutatore=capo, motivo="Trasferimento", **dati)
    valutazione.refresh_from_db()
    assert valutazione.valutatore == capo
    assert valutazione.storia.get().motivo == "Trasferimento"
    with pytest.raises(PermissionDenied):
        correggi_assegnazione(
            valutazione, valutatore=None, motivo="x", **dati | {"da": valutazione.valutatore}
        )


def test_le_risorse_umane_non_toccano_la_propria_scheda(
    valutazione: ValutazioneIndividuale,
) -> None:
    IncaricoFactory(
        azienda=valutazione.azienda, ruolo=Ruolo.RISORSE_UMANE, utente=valutazione.persona
    )
    with pytest.raises(PermissionDenied):
        correggi_assegnazione(
            valutazione, valutatore=None, categoria="comparto", mesi=D(12), motivo="x",
            da=valutazione.persona,
        )  # fmt: skip


def test_il_registro_dell_azienda_non_dice_ne_punteggi_ne_parole(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    scheda_cdr(valutazione)
    firmata(valutazione)
    firme.firma_valutato(
        valutazione, condivide=False, motivo="Non sono d'accordo.", da=valutazione.persona
    )
    conciliazione.chiedi_conciliazione(valutazione, testo="Rivedete.", da=valutazione.persona)
    eventi = Evento.objects.filter(tipo__startswith="valutazione_individuale")
    assert {evento.descrizione for evento in eventi} == {
        "Valutazione individuale 2022: registrato un passo"
    }
    assert {str(evento.dati) for evento in eventi} == {"{}"}
    congelata = Evento.objects.get(tipo="edizione_individuale.congelata")
    assert "81" not in congelata.descrizione
