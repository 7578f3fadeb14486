# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda is sent, discussed, signed by the three, made known and read."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Finestra, Proroga, SchedaBudget, VersioneScheda
from obiettivi.schede.contenuto import fotografia_scheda, impronta_di
from obiettivi.schede.firme import Firmatari
from obiettivi.schede.personale import divulgare_entro
from piani.models import Evento, Incarico, Ruolo, Utente
from tests.factories import (
    DelegaFactory,
    FinestraFactory,
    IncaricoFactory,
    UnitaFactory,
    UtenteFactory,
)
from tests.obiettivi.schede.cdr import Cdr, crea_cdr, crea_scheda, persona, pesa

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = SchedaBudget.Stato


@pytest.fixture
def cdr(db: None) -> Cdr:
    return crea_cdr()


def stato(cdr: Cdr) -> str:
    return SchedaBudget.objects.get(pk=cdr.scheda.pk).stato


def detto(errore: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(errore.value.messages)


# Sending -----------------------------------------------------------------------------------------


def test_l_invio_apre_la_negoziazione_e_fotografa_la_prima_versione(cdr: Cdr) -> None:
    versione = azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    assert stato(cdr) == Stato.IN_NEGOZIAZIONE
    assert (versione.numero, versione.inviata_da) == (1, cdr.controllo)
    assert versione.contenuto == fotografia_scheda(cdr.scheda)
    assert versione.impronta == impronta_di(versione.contenuto)
    assert len(versione.impronta) == 64
    evento = Evento.objects.get(tipo="scheda.inviata")
    assert evento.dati["sha256"] == versione.impronta


@pytest.mark.parametrize("chi", ["direzione", "direttore", "responsabile", "dipendente"])
def test_invia_solo_il_controllo_di_gestione(cdr: Cdr, chi: str) -> None:
    with pytest.raises(PermissionDenied):
        azioni.invia_scheda(cdr.scheda, da=getattr(cdr, chi))
    assert stato(cdr) == Stato.PROPOSTA
    assert not VersioneScheda.objects.exists()


def test_una_scheda_incompleta_non_parte_e_dice_che_cosa_manca(cdr: Cdr) -> None:
    pesa(cdr.scheda, 40, 50)
    with pytest.raises(ValidationError) as errore:
        azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    assert errore.value.messages[0] == "Non ancora: prima va rimediato a quanto segue."
    assert "90" in errore.value.messages[1]
    assert stato(cdr) == Stato.PROPOSTA


def test_fuori_dalla_finestra_non_si_invia_e_la_proroga_vale_per_quel_cdr(cdr: Cdr) -> None:
    ieri = timezone.localdate() - timedelta(days=1)
    finestra = FinestraFactory(
        azienda=cdr.azienda, tipo=Finestra.Tipo.NEGOZIAZIONE, frazione="", scade=ieri
    )
    with pytest.raises(ValidationError) as errore:
        azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    assert "il termine è scaduto" in detto(errore)
    domani = timezone.localdate() + timedelta(days=1)
    Proroga.objects.create(finestra=finestra, unita=cdr.unita, fino_al=domani, motivo="Ferie")
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    assert stato(cdr) == Stato.IN_NEGOZIAZIONE


def test_una_nuova_versione_vuole_un_contenuto_cambiato_e_dice_che_cosa_cambia(cdr: Cdr) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    with pytest.raises(ValidationError) as errore:
        azioni.invia_scheda(cdr.scheda, motivo="Niente", da=cdr.controllo)
    assert detto(errore) == (
        "Il contenuto è lo stesso della versione 1: non c'è niente da inviare."
    )
    pesa(cdr.scheda, 50, 50)
    with pytest.raises(ValidationError) as errore:
        azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    assert errore.value.message_dict == {"motivo": ["Scrivi che cosa cambia nella nuova versione."]}
    seconda = azioni.invia_scheda(cdr.scheda, motivo="Pesi alla pari", da=cdr.controllo)
    assert (seconda.numero, seconda.motivo, cdr.scheda.versione) == (2, "Pesi alla pari", 2)


def test_una_che_non_si_puo_inviare_non_ferma_le_altre(cdr: Cdr) -> None:
    altra = crea_scheda(cdr.azienda, UnitaFactory(organigramma=cdr.unita.organigramma, cdr=True))
    pesa(altra, 1, 1)
    esito = azioni.invia_schede(cdr.azienda, 2022, [altra, cdr.scheda], da=cdr.controllo)
    assert esito.inviate == [cdr.scheda]
    assert [una for una, _motivi in esito.scartate] == [altra]
    assert esito.scartate[0][1][0] == "Non ancora: prima va rimediato a quanto segue."
    assert VersioneScheda.objects.get().scheda == cdr.scheda


def test_i_messaggi_si_scrivono_in_negoziazione_e_tengono_i_due_nomi(cdr: Cdr) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni.scrivi_messaggio(cdr.scheda, testo="Troppo", da=cdr.responsabile)
    assert "ora è «Proposta»" in detto(errore)
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    with pytest.raises(PermissionDenied):
        azioni.scrivi_messaggio(cdr.scheda, testo="Anch'io", da=cdr.dipendente)
    with pytest.raises(ValidationError):
        azioni.scrivi_messaggio(cdr.scheda, testo="  ", da=cdr.responsabile)
    delega = DelegaFactory(incarico=Incarico.objects.get(utente=cdr.responsabile))
    delega.delegato.delega = delega
    uno = azioni.scrivi_messaggio(cdr.scheda, testo="Troppo", da=delega.delegato)
    assert (uno.autore, uno.per_conto_di, uno.versione) == (
        delega.delegato, cdr.responsabile, 1,
    )  # fmt: skip


# Signing -----------------------------------------------------------------------------------------


def test_con_le_tre_firme_la_scheda_e_sottoscritta(cdr: Cdr) -> None:
    versione = azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma("direzione", "dipartimento")
    assert stato(cdr) == Stato.IN_NEGOZIAZIONE
    cdr.firma("responsabile")
    scheda = SchedaBudget.objects.get(pk=cdr.scheda.pk)
    assert scheda.stato == Stato.SOTTOSCRITTA
    assert timezone.localdate(scheda.sottoscritta_il) == timezone.localdate()
    assert versione.firme.count() == 3
    assert Evento.objects.filter(tipo="scheda.firmata").count() == 3
    assert Evento.objects.filter(tipo="scheda.sottoscritta").count() == 1


@pytest.mark.parametrize(
    ("ruolo", "chi"),
    [
        ("direzione", "responsabile"),
        ("direzione", "controllo"),
        ("dipartimento", "responsabile"),
        ("responsabile", "direttore"),
        ("responsabile", "dipendente"),
    ],
)
def test_nessuno_firma_al_posto_di_un_altro(cdr: Cdr, ruolo: str, chi: str) -> None:
    versione = azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    with pytest.raises(PermissionDenied, match="spetta a un'altra persona"):
        azioni.firma(cdr.scheda, ruolo=ruolo, versione_vista=1, da=getattr(cdr, chi))
    assert not versione.firme.exists()


def test_nemmeno_l_utente_di_emergenza_firma_per_gli_altri(cdr: Cdr) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    with pytest.raises(PermissionDenied):
        azioni.firma(
            cdr.scheda, ruolo="direzione", versione_vista=1, da=UtenteFactory(is_superuser=True)
        )


def test_non_si_firma_due_volte_ne_una_versione_vecchia_ne_una_cambiata(cdr: Cdr) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma("direzione")
    with pytest.raises(ValidationError) as errore:
        cdr.firma("direzione")
    assert detto(errore).startswith(
        "Questa firma (Direzione strategica) c'è già: l'ha data Persona Inventata il "
    )
    pesa(cdr.scheda, 50, 50)
    with pytest.raises(ValidationError) as errore:
        cdr.firma("responsabile")
    assert "sta cambiando la scheda dopo la versione 1" in detto(errore)
    azioni.invia_scheda(cdr.scheda, motivo="Pesi alla pari", da=cdr.controllo)
    with pytest.raises(ValidationError) as errore:
        azioni.firma(cdr.scheda, ruolo="responsabile", versione_vista=1, da=cdr.responsabile)
    assert detto(errore) == (
        "Hai letto la versione 1, e nel frattempo è stata inviata la 2: leggila prima di firmare."
    )


def test_le_firme_della_versione_di_prima_restano_e_non_contano(cdr: Cdr) -> None:
    prima = azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma("direzione", "dipartimento")
    pesa(cdr.scheda, 50, 50)
    azioni.invia_scheda(cdr.scheda, motivo="Pesi alla pari", da=cdr.controllo)
    cdr.firma("responsabile")
    assert stato(cdr) == Stato.IN_NEGOZIAZIONE
    assert prima.firme.count() == 2
    cdr.firma("direzione", "dipartimento")
    assert stato(cdr) == Stato.SOTTOSCRITTA


def test_il_vicario_firma_solo_con_la_delega_e_restano_i_due_nomi(cdr: Cdr) -> None:
    vicario = persona(cdr.azienda, Ruolo.VICARIO, cdr.unita)
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    with pytest.raises(PermissionDenied):
        azioni.firma(cdr.scheda, ruolo="responsabile", versione_vista=1, da=vicario)
    incarico = Incarico.objects.get(utente=cdr.responsabile)
    vicario.delega = DelegaFactory(incarico=incarico, delegato=vicario)
    del vicario._propri_e_prestati
    firma = azioni.firma(cdr.scheda, ruolo="responsabile", versione_vista=1, da=vicario)
    assert (firma.utente, firma.per_conto_di) == (vicario, cdr.responsabile)


def test_senza_responsabile_firma_quello_di_sopra_e_una_volta_basta(cdr: Cdr) -> None:
    Incarico.objects.filter(utente=cdr.responsabile).update(al=date(2020, 12, 31))
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    posti = {uno.ruolo: uno for uno in Firmatari(cdr.azienda).posti(cdr.scheda)}
    assert posti["responsabile"].titolare == Incarico.objects.get(utente=cdr.direttore)
    assert posti["dipartimento"].dovuta is False
    assert "la stessa persona che firma per il CdR" in posti["dipartimento"].perche
    azioni.firma(cdr.scheda, ruolo="responsabile", versione_vista=1, da=cdr.direttore)
    cdr.firma("direzione")
    assert stato(cdr) == Stato.SOTTOSCRITTA


def test_un_dipartimento_che_e_cdr_non_ha_la_firma_del_dipartimento(cdr: Cdr) -> None:
    scheda = crea_scheda(cdr.azienda, cdr.dipartimento)
    azioni.invia_scheda(scheda, da=cdr.controllo)
    with pytest.raises(ValidationError) as errore:
        azioni.firma(scheda, ruolo="dipartimento", versione_vista=1, da=cdr.direttore)
    assert detto(errore) == "Non dovuta: il CdR è esso stesso un dipartimento."
    azioni.firma(scheda, ruolo="responsabile", versione_vista=1, da=cdr.direttore)
    azioni.firma(scheda, ruolo="direzione", versione_vista=1, da=cdr.direzione)
    assert scheda.stato == Stato.SOTTOSCRITTA


def test_un_dipartimento_senza_direttore_va_prima_nominato(cdr: Cdr) -> None:
    Incarico.objects.filter(utente=cdr.direttore).update(al=date(2020, 12, 31))
    posti = {uno.ruolo: uno for uno in Firmatari(cdr.azienda).posti(cdr.scheda)}
    assert posti["dipartimento"].dovuta is True
    assert posti["dipartimento"].titolare is None
    assert posti["dipartimento"].perche == (
        "Oggi nessuno dirige «Dipartimento»: il direttore va nominato."
    )


def test_sopra_un_cdr_senza_dipartimento_firma_chi_guida_l_unita_di_sopra(cdr: Cdr) -> None:
    staff = UnitaFactory(organigramma=cdr.unita.organigramma, tipo="direzione", nome="Staff")
    capo = IncaricoFactory(azienda=cdr.azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=staff)
    sotto = UnitaFactory(organigramma=staff.organigramma, parent=staff, cdr=True)
    persona(cdr.azienda, Ruolo.RESPONSABILE_CDR, sotto)
    posti = {p.ruolo: p for p in Firmatari(cdr.azienda).posti(crea_scheda(cdr.azienda, sotto))}
    assert posti["dipartimento"].titolare == capo


# Making known ------------------------------------------------------------------------------------


def test_il_responsabile_divulga_e_il_personale_ne_prende_visione(cdr: Cdr) -> None:
    visibili = SchedaBudget.objects.visibili_a(cdr.dipendente)
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma()
    assert not visibili.exists()
    with pytest.raises(PermissionDenied):
        azioni.divulga(cdr.scheda, da=cdr.controllo)
    assert azioni.divulga(cdr.scheda, da=cdr.responsabile) == 0
    assert stato(cdr) == Stato.IN_MONITORAGGIO
    assert list(visibili) == [cdr.scheda]
    presa = azioni.prendi_visione(cdr.scheda, da=cdr.dipendente)
    assert (presa.versione.numero, presa.utente) == (1, cdr.dipendente)
    with pytest.raises(ValidationError) as errore:
        azioni.prendi_visione(cdr.scheda, da=cdr.dipendente)
    assert detto(errore) == "Hai già preso visione della versione 1."
    with pytest.raises(PermissionDenied):
        azioni.prendi_visione(cdr.scheda, da=cdr.responsabile)


def test_una_scheda_non_sottoscritta_non_si_divulga_ne_si_legge(cdr: Cdr) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    with pytest.raises(ValidationError) as errore:
        azioni.divulga(cdr.scheda, da=cdr.responsabile)
    assert detto(errore) == "Si divulga una scheda sottoscritta: questa è «In negoziazione»."
    with pytest.raises(ValidationError):
        azioni.prendi_visione(cdr.scheda, da=cdr.dipendente)


def test_divulgare_dopo_un_mese_si_puo_e_il_ritardo_resta_scritto(cdr: Cdr) -> None:
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma()
    firmata = timezone.now() - timedelta(days=60)
    SchedaBudget.objects.filter(pk=cdr.scheda.pk).update(sottoscritta_il=firmata)
    cdr.scheda.refresh_from_db()
    attesi = (timezone.localdate() - divulgare_entro(cdr.scheda)).days
    assert azioni.divulga(cdr.scheda, da=cdr.responsabile) == attesi > 0
    assert f"{attesi} giorni di ritardo" in Evento.objects.get(tipo="scheda.divulgata").descrizione


@pytest.mark.parametrize(
    ("firma", "entro"),
    [((2026, 1, 31), (2026, 2, 28)), ((2026, 12, 5), (2027, 1, 5)), ((2026, 3, 31), (2026, 4, 30))],
)
def test_il_mese_finisce_lo_stesso_giorno_o_l_ultimo(
    cdr: Cdr, firma: tuple[int, int, int], entro: tuple[int, int, int]
) -> None:
    cdr.scheda.sottoscritta_il = timezone.make_aware(timezone.datetime(*firma, 12))
    assert divulgare_entro(cdr.scheda) == date(*entro)


def test_chi_arriva_tardi_legge_chi_ha_fatto_il_passo_non_chi_e_venuto_dopo(cdr: Cdr) -> None:
    Utente.objects.filter(pk=cdr.responsabile.pk).update(first_name="Prima")
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma()
    azioni.divulga(cdr.scheda, da=cdr.responsabile)
    azioni.prendi_visione(cdr.scheda, da=cdr.dipendente)
    with pytest.raises(ValidationError, match="già «In monitoraggio»: lo ha fatto Prima Inventata"):
        azioni.divulga(cdr.scheda, da=cdr.responsabile)
