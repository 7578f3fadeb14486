# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the database refuses, with the sentence that people read; and the steps between states."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from conciliazione import models
from conciliazione.azioni.passi import passa
from conciliazione.azioni.referente import fine_referente, nomina_componente, nomina_referente
from conciliazione.conti import capienza, costi_di
from conciliazione.passaggi import PASSAGGI, prossimi
from conciliazione.rules import capofila_di, esigi_referente, puo_di_persona
from piani.models import Invito, Utente
from tests.factories import IncaricoFactory, UtenteFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    AzionePropostaFactory,
    ComponenteFactory,
    EnteFactory,
    PartnerFactory,
    ProgettoFactory,
    PropostaFactory,
    ReferenteFactory,
    RendicontoFactory,
    SeggioFactory,
    SpesaFactory,
    ValutatoreFactory,
    VersioneFactory,
    VoceBudgetFactory,
    VotazioneFactory,
)

pytestmark = pytest.mark.django_db


def rifiuta(riga: Any, detto: str) -> None:
    """The form says the sentence; the database refuses the row all the same."""
    with pytest.raises(ValidationError) as raccolto:
        riga.validate_constraints()
    assert raccolto.value.messages == [detto]
    with pytest.raises(IntegrityError), transaction.atomic():
        riga.save()


def test_un_secondo_voto_dello_stesso_seggio_e_rifiutato() -> None:
    voto = {"votazione": VotazioneFactory(), "seggio": SeggioFactory()}
    models.Voto.objects.create(**voto, valore="favorevole")
    rifiuta(models.Voto(**voto, valore="contrario"), "Quel seggio ha già votato.")


def test_l_ente_gia_nella_rete_non_vi_entra_due_volte() -> None:
    ente = AdesioneFactory().ente
    rifiuta(
        AdesioneFactory.build(ente=ente, azienda=ente.azienda), "L'ente fa già parte della Rete."
    )


def test_la_natura_giuridica_e_quella_della_tipologia() -> None:
    ente = EnteFactory()
    ente.tipo = "profit"
    with pytest.raises(ValidationError, match="La natura giuridica non è quella della tipologia"):
        ente.validate_constraints()


def test_una_proposta_fusa_dice_dove() -> None:
    proposta = PropostaFactory(presentata=True)
    proposta.stato = "fusa"
    rifiuta(proposta, "Di una proposta fusa si dice in quale è confluita.")


def test_una_versione_alla_volta_si_scrive() -> None:
    prima = VersioneFactory()
    rifiuta(
        VersioneFactory.build(proposta=prima.proposta, numero=2),
        "La proposta ha già una versione che si sta scrivendo.",
    )


def test_il_contributo_sta_nel_costo_e_gli_importi_non_sono_negativi() -> None:
    progetto = ProgettoFactory()
    progetto.contributo = progetto.costo + Decimal("0.01")
    rifiuta(progetto, "Il contributo supera il costo del progetto.")
    voce = VoceBudgetFactory()
    voce.importo = Decimal(-1)
    rifiuta(voce, "Numeri e importi non possono essere negativi.")


def test_una_spesa_tagliata_e_motivata() -> None:
    spesa = SpesaFactory()
    spesa.ammesso = spesa.importo - 1
    rifiuta(spesa, "Scrivi perché la spesa non è ammessa per intero.")
    spesa.ammesso, spesa.motivo = spesa.importo + 1, "x"
    with pytest.raises(ValidationError) as raccolto:
        spesa.validate_constraints()
    assert raccolto.value.messages == ["Si ammette da zero all'importo della spesa."]


def test_un_rendiconto_per_rata_finche_non_e_respinto() -> None:
    primo = RendicontoFactory()
    rifiuta(
        RendicontoFactory.build(progetto=primo.progetto),
        "Per quella rata c'è già un rendiconto.",
    )
    models.Rendiconto.objects.update(stato="respinto", nota="Manca tutto.")
    RendicontoFactory(progetto=primo.progetto)


def test_un_seggio_ha_un_titolare_alla_volta() -> None:
    componente = ComponenteFactory()
    rifiuta(
        ComponenteFactory.build(seggio=componente.seggio, utente=componente.utente),
        "Il seggio ha già un titolare o un supplente in carica: prima finisce quello.",
    )


# States


def test_ogni_passaggio_porta_a_uno_stato_che_c_e() -> None:
    for modello, passaggi in PASSAGGI.items():
        stati = set(dict(modello._meta.get_field("stato").choices))
        assert set(passaggi) == stati, modello
        assert {uno for verso in passaggi.values() for uno in verso} <= stati, modello


def test_un_passo_si_fa_una_volta_sola() -> None:
    proposta = PropostaFactory()
    stantia = models.Proposta.objects.get(pk=proposta.pk)
    passa(proposta, "presentata", presentata_il=timezone.now())
    assert prossimi(proposta) == ("bozza", "ammessa", "non_ammessa", "ritirata")
    with pytest.raises(ValidationError) as raccolto:
        passa(stantia, "presentata", presentata_il=timezone.now())
    assert raccolto.value.messages == [
        "«Proposta di prova» adesso è «Presentata»: da qui non può diventare «Presentata»."
    ]


# Who comes from outside


def test_solo_chi_rappresenta_l_ente_agisce_per_lui() -> None:
    partner = PartnerFactory()
    proposta = partner.proposta
    capofila = ReferenteFactory(ente=proposta.capofila).utente
    socio = ReferenteFactory(ente=partner.ente).utente
    ufficio = IncaricoFactory(azienda=proposta.azienda, ruolo="capofila").utente
    tutto = UtenteFactory(is_superuser=True)
    azione = AzionePropostaFactory(versione__proposta=proposta)
    assert capofila_di(azione) == proposta.capofila_id
    for permesso, oggetto, chi in (
        ("conciliazione.scrive_proposta", azione, capofila),
        ("conciliazione.risponde_partner", partner, socio),
    ):
        esigi_referente(chi, permesso, oggetto)
        for altro in {capofila, socio, ufficio, tutto} - {chi}:
            assert not puo_di_persona(altro, permesso, oggetto)
            with pytest.raises(PermissionDenied):
                esigi_referente(altro, permesso, oggetto)


def test_chi_si_astiene_non_valuta() -> None:
    valutatore = ValutatoreFactory()
    persona = ComponenteFactory(seggio=valutatore.seggio).utente
    assert puo_di_persona(persona, "conciliazione.valuta", valutatore)
    valutatore.stato = "astenuto"
    assert not puo_di_persona(persona, "conciliazione.valuta", valutatore)


def test_l_ufficio_nomina_un_referente_che_riceve_l_invito() -> None:
    ente = EnteFactory()
    ufficio = IncaricoFactory(azienda=ente.azienda, ruolo="capofila").utente
    dati = {"nome": "Ada", "cognome": "Prova", "email": "Ada@example.org", "dal": date(2026, 1, 1)}
    referente = nomina_referente(ente, **dati, da=ufficio)
    persona = Utente.objects.get(email="ada@example.org")
    assert (referente.utente, persona.rappresenta_enti) == (persona, True)
    assert not persona.incarichi.exists()
    assert Invito.objects.get().utente == persona
    with pytest.raises(ValidationError, match="rappresenta già l'ente"):
        nomina_referente(ente, **dati, da=ufficio)
    with pytest.raises(PermissionDenied):
        nomina_referente(ente, **dati, da=persona)
    fine_referente(referente, al=date(2026, 6, 30), da=ufficio)
    with pytest.raises(ValidationError, match="non rappresenta già più"):
        fine_referente(referente, al=date(2026, 6, 30), da=ufficio)


def test_chi_guida_la_rete_non_rappresenta_chi_propone() -> None:
    ente = EnteFactory()
    ufficio = IncaricoFactory(azienda=ente.azienda, ruolo="capofila").utente
    with pytest.raises(ValidationError) as raccolto:
        nomina_referente(
            ente, nome="A", cognome="B", email=ufficio.email, dal=date(2026, 1, 1), da=ufficio
        )
    assert list(raccolto.value.message_dict) == ["email"]
    assert not models.Referente.objects.exists()


def test_il_nuovo_titolare_prende_il_posto_di_quello_di_prima() -> None:
    prima = ComponenteFactory()
    ufficio = IncaricoFactory(azienda=prima.azienda, ruolo="capofila").utente
    nuovo = nomina_componente(
        prima.seggio, qualita="titolare", nome="Ada", cognome="Prova", email="ada@example.org",
        dal=date(2026, 1, 1), da=ufficio,
    )  # fmt: skip
    prima.refresh_from_db()
    assert (prima.al, nuovo.al) == (date(2025, 12, 31), None)


# Sums


def test_i_conti_di_una_versione() -> None:
    azione = AzionePropostaFactory(
        versione__contributo=Decimal("70.00"), versione__costo_dichiarato=Decimal("100.00")
    )
    versione = azione.versione
    vuota = costi_di(versione)
    assert (vuota.totale, vuota.differenza, vuota.quota) == (Decimal(100), None, Decimal(70))
    for categoria, importo in (("servizi", "60.00"), ("beni", "39.00")):
        models.CostoAzione.objects.create(azione=azione, categoria=categoria, importo=importo)
    for forma, pubblico, importo in (("denaro", True, "20.00"), ("personale", False, "5.00")):
        models.Cofinanziamento.objects.create(
            versione=versione, ente=EnteFactory(), forma=forma, pubblico=pubblico, importo=importo
        )
    conti = costi_di(versione)
    assert conti.per_azione == {azione.pk: Decimal("99.00")}
    assert (conti.totale, conti.differenza, conti.scoperto) == (99, 1, 4)
    assert (conti.denaro, conti.personale, conti.pubblico, conti.privato) == (20, 5, 20, 5)


def test_la_capienza_conta_le_spese_ammesse_e_lascia_fuori_quella_che_cambia() -> None:
    spesa = SpesaFactory(ammesso=Decimal("900.00"), motivo="Tetto")
    SpesaFactory(voce=spesa.voce)
    assert capienza(spesa.voce) == Decimal("8100.00")
    assert capienza(spesa.voce, senza=spesa) == Decimal("9000.00")
