# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sees what of the conciliation: the office, the readers, who comes from outside."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from conciliazione.models import (
    AzioneProposta,
    EdizioneConciliazione,
    Ente,
    Progetto,
    Proposta,
    Referente,
    Rendiconto,
    RilevazioneProgetto,
    SchedaValutazione,
    Seduta,
    Spesa,
    Verbale,
    Voto,
)
from piani.models import Ruolo, Utente
from tests.factories import DelegaFactory, IncaricoFactory, UtenteFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    AzionePropostaFactory,
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ManifestazioneFactory,
    PartnerFactory,
    ProgettoFactory,
    PropostaFactory,
    ReferenteFactory,
    RendicontoFactory,
    RilevazioneProgettoFactory,
    SedutaFactory,
    SeggioFactory,
    SpesaFactory,
    ValutatoreFactory,
    VerbaleFactory,
    VersioneFactory,
    VoceBudgetFactory,
    VotazioneFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
LETTORI = (
    Ruolo.CAPOFILA, Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE, Ruolo.PUBBLICATORE, Ruolo.NUCLEO,
    Ruolo.REGIONE, Ruolo.AMMINISTRATORE,
)  # fmt: skip


def modelli() -> list[type]:
    tutti = apps.get_app_config("conciliazione").get_models()
    return [uno for uno in tutti if hasattr(uno.objects, "visibili_a")]


def test_di_ogni_tabella_chi_non_e_nessuno_non_vede_niente() -> None:
    """Each question is put to the database: it is well made for all kinds of person."""
    persone = (AnonymousUser(), UtenteFactory(), ReferenteFactory().utente)
    Ente.objects.all().delete()
    for modello in modelli():
        for persona in persone:
            assert list(modello.objects.visibili_a(persona)) == [], modello


@pytest.mark.parametrize("ruolo", LETTORI)
def test_chi_lavora_o_sorveglia_vede_l_edizione_anche_in_bozza(
    edizione: EdizioneConciliazione, con_incarico: Persona, ruolo: Ruolo
) -> None:
    bozza = EdizioneConciliazioneFactory(
        azienda=edizione.azienda, anno_inizio=2025, anno_fine=2027, stato="bozza"
    )
    EdizioneConciliazioneFactory()
    visti = EdizioneConciliazione.objects.visibili_a(con_incarico(ruolo)).per_elenco()
    assert list(visti) == [bozza, edizione]


@pytest.mark.parametrize("ruolo", sorted(set(Ruolo) - set(LETTORI)))
def test_gli_altri_ruoli_non_vedono_la_conciliazione(con_incarico: Persona, ruolo: Ruolo) -> None:
    assert not EdizioneConciliazione.objects.visibili_a(con_incarico(ruolo)).exists()


def test_il_nucleo_vede_le_edizioni_dei_suoi_anni(
    edizione: EdizioneConciliazione, con_incarico: Persona
) -> None:
    prima = EdizioneConciliazioneFactory(azienda=edizione.azienda, anno_inizio=2017, anno_fine=2018)
    nucleo = con_incarico(Ruolo.NUCLEO, anno_da=2016, anno_a=2018)
    assert list(EdizioneConciliazione.objects.visibili_a(nucleo)) == [prima]


def test_chi_rappresenta_un_ente_vede_le_edizioni_divulgate_della_sua_ats(
    edizione: EdizioneConciliazione, referente_di: Persona
) -> None:
    EdizioneConciliazioneFactory(
        azienda=edizione.azienda, anno_inizio=2025, anno_fine=2027, stato="bozza"
    )
    EdizioneConciliazioneFactory()
    persona = referente_di(EnteFactory(azienda=edizione.azienda))
    assert list(EdizioneConciliazione.objects.visibili_a(persona)) == [edizione]


def test_chi_non_rappresenta_piu_l_ente_non_vede_niente(edizione: EdizioneConciliazione) -> None:
    ieri = timezone.localdate() - timedelta(days=1)
    referente = ReferenteFactory(ente__azienda=edizione.azienda, al=ieri)
    assert not EdizioneConciliazione.objects.visibili_a(referente.utente).exists()


def test_per_delega_non_si_rappresenta_nessuno(edizione: EdizioneConciliazione) -> None:
    referente = ReferenteFactory(ente__azienda=edizione.azienda)
    componente = ComponenteFactory(seggio__edizione=edizione, utente=referente.utente)
    persona = referente.utente
    persona.delega = DelegaFactory(delegato=persona, incarico=IncaricoFactory())
    assert not Referente.objects.che_valgono_per(persona).exists()
    assert not type(componente).objects.che_valgono_per(persona).exists()
    assert not EdizioneConciliazione.objects.visibili_a(persona).exists()


def test_degli_enti_chi_e_da_fuori_vede_il_suo_e_i_membri_della_rete(
    edizione: EdizioneConciliazione, referente_di: Persona
) -> None:
    mio, membro, altro = (EnteFactory(azienda=edizione.azienda) for _ in range(3))
    AdesioneFactory(ente=membro)
    AdesioneFactory()
    assert set(Ente.objects.visibili_a(referente_di(mio))) == {mio, membro}
    assert altro not in Ente.objects.membri()


# Sealed proposals


@pytest.mark.parametrize("chi", [*LETTORI, "sistema"])
def test_le_proposte_restano_sigillate_finche_il_bando_non_si_chiude(
    edizione: EdizioneConciliazione, con_incarico: Persona, chi: Ruolo | str
) -> None:
    utente = UtenteFactory(is_superuser=True) if chi == "sistema" else con_incarico(chi)
    aperta = ManifestazioneFactory(edizione=edizione)
    AzionePropostaFactory(
        versione__proposta=PropostaFactory(manifestazione=aperta, presentata=True)
    )
    chiusa = ManifestazioneFactory(edizione=edizione, chiusa=True)
    presentata = PropostaFactory(manifestazione=chiusa, presentata=True)
    azione = AzionePropostaFactory(versione=VersioneFactory(proposta=presentata))
    PropostaFactory(manifestazione=chiusa)  # never sent
    assert list(Proposta.objects.visibili_a(utente)) == [presentata]
    assert list(AzioneProposta.objects.visibili_a(utente)) == [azione]


def test_capofila_e_partner_vedono_la_propria_anche_in_bozza_e_le_altre_no(
    edizione: EdizioneConciliazione, referente_di: Persona
) -> None:
    mia = PropostaFactory(manifestazione=ManifestazioneFactory(edizione=edizione))
    altra = PropostaFactory(
        manifestazione=ManifestazioneFactory(edizione=edizione, chiusa=True), presentata=True
    )
    partner = PartnerFactory(proposta=mia)
    uscito = PartnerFactory(proposta=mia, stato="uscito")
    assert list(Proposta.objects.visibili_a(referente_di(mia.capofila))) == [mia]
    assert list(Proposta.objects.visibili_a(referente_di(partner.ente))) == [mia]
    assert not Proposta.objects.visibili_a(referente_di(uscito.ente)).exists()
    assert list(Proposta.objects.visibili_a(referente_di(altra.capofila))) == [altra]


@pytest.mark.parametrize(
    ("stato", "conclusa", "quante"),
    [("attivo", False, 1), ("nominato", False, 0), ("astenuto", False, 0), ("astenuto", True, 1)],
)
def test_il_comitato_legge_se_valuta_e_tutto_quando_ha_deciso(
    edizione: EdizioneConciliazione,
    componente_di: Persona,
    stato: str,
    conclusa: bool,
    quante: int,
) -> None:
    bando = ManifestazioneFactory(
        edizione=edizione, chiusa=True, **({"stato": "conclusa"} if conclusa else {})
    )
    PropostaFactory(manifestazione=bando, presentata=True)
    valutatore = ValutatoreFactory(manifestazione=bando, stato=stato, motivo="x")
    visti = Proposta.objects.visibili_a(componente_di(valutatore.seggio))
    assert visti.count() == quante


# Blind scores


def test_le_schede_degli_altri_si_vedono_solo_dopo_la_propria(
    edizione: EdizioneConciliazione, componente_di: Persona, ufficio: Utente
) -> None:
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    proposta = PropostaFactory(manifestazione=bando, presentata=True)
    primo, secondo = (ValutatoreFactory(manifestazione=bando) for _ in range(2))
    io, tu = componente_di(primo.seggio), componente_di(secondo.seggio)
    mia = SchedaValutazione.objects.create(valutatore=primo, proposta=proposta)
    tua = SchedaValutazione.objects.create(
        valutatore=secondo, proposta=proposta, consegnata_il=timezone.now()
    )
    assert list(SchedaValutazione.objects.visibili_a(io)) == [mia]
    assert list(SchedaValutazione.objects.visibili_a(tu)) == [tua]
    assert not SchedaValutazione.objects.visibili_a(ufficio).exists()
    assert not SchedaValutazione.objects.visibili_a(UtenteFactory(is_superuser=True)).exists()
    SchedaValutazione.objects.filter(pk=mia.pk).update(consegnata_il=timezone.now())
    for persona in (io, tu, ufficio):
        assert set(SchedaValutazione.objects.visibili_a(persona)) == {mia, tua}


# Meetings


def test_alle_sedute_si_arriva_quando_si_e_chiamati(
    edizione: EdizioneConciliazione, componente_di: Persona, referente_di: Persona
) -> None:
    del_comitato = SedutaFactory(edizione=edizione)
    della_rete = SedutaFactory(edizione=edizione, organo="rete")
    SedutaFactory(edizione=edizione, stato="bozza", convocata_il=None)
    membro = componente_di(SeggioFactory(edizione=edizione))
    ente = referente_di(EnteFactory(azienda=edizione.azienda))
    assert list(Seduta.objects.visibili_a(membro)) == [del_comitato]
    assert list(Seduta.objects.visibili_a(ente)) == [della_rete]


def test_il_verbale_si_legge_quando_e_inviato_il_voto_quando_e_chiuso(
    edizione: EdizioneConciliazione, componente_di: Persona, ufficio: Utente
) -> None:
    seduta = SedutaFactory(edizione=edizione)
    verbale = VerbaleFactory(seduta=seduta)
    mio, altro = (SeggioFactory(edizione=edizione) for _ in range(2))
    votazione = VotazioneFactory(punto__seduta=seduta)
    io = componente_di(mio)
    miei, altrui = (
        Voto.objects.create(votazione=votazione, seggio=uno, valore="favorevole")
        for uno in (mio, altro)
    )
    assert not Verbale.objects.visibili_a(io).exists()
    assert list(Verbale.objects.visibili_a(ufficio)) == [verbale]
    assert list(Voto.objects.visibili_a(io)) == [miei]
    type(votazione).objects.filter(pk=votazione.pk).update(stato="chiusa", esito="approvata")
    Verbale.objects.update(stato="inviato", fotografia={}, inviato_il=timezone.now())
    assert list(Verbale.objects.visibili_a(io)) == [verbale]
    assert set(Voto.objects.visibili_a(io)) == {miei, altrui}


# Projects and their money


def test_un_progetto_lo_vedono_alleanza_comitato_e_ats(
    edizione: EdizioneConciliazione,
    referente_di: Persona,
    componente_di: Persona,
    ufficio: Utente,
) -> None:
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    partner = PartnerFactory(proposta=progetto.proposta)
    chi_vede = (
        referente_di(progetto.capofila),
        referente_di(partner.ente),
        componente_di(SeggioFactory(edizione=edizione)),
        ufficio,
    )
    for persona in chi_vede:
        assert list(Progetto.objects.visibili_a(persona)) == [progetto]
    estraneo = referente_di(EnteFactory(azienda=edizione.azienda))
    assert not Progetto.objects.visibili_a(estraneo).exists()


def test_bozze_e_spese_le_vede_chi_le_scrive_poi_l_ats(
    edizione: EdizioneConciliazione, referente_di: Persona, ufficio: Utente
) -> None:
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    partner = PartnerFactory(proposta=progetto.proposta)
    capofila, socio = referente_di(progetto.capofila), referente_di(partner.ente)
    rendiconto = RendicontoFactory(progetto=progetto)
    rilevazione = RilevazioneProgettoFactory(progetto=progetto)
    voce = VoceBudgetFactory(azione__progetto=progetto)
    del_capofila = SpesaFactory(voce=voce)
    del_socio = SpesaFactory(voce=voce, ente=partner.ente, rendiconto=rendiconto)
    assert list(Rendiconto.objects.visibili_a(capofila)) == [rendiconto]
    assert list(RilevazioneProgetto.objects.visibili_a(capofila)) == [rilevazione]
    assert set(Spesa.objects.visibili_a(capofila)) == {del_capofila, del_socio}
    assert list(Spesa.objects.visibili_a(socio)) == [del_socio]
    for modello in (Rendiconto, RilevazioneProgetto, Spesa):
        assert not modello.objects.visibili_a(ufficio).exists()
    Rendiconto.objects.update(stato="trasmesso")
    RilevazioneProgetto.objects.update(stato="trasmessa")
    assert list(Rendiconto.objects.visibili_a(ufficio)) == [rendiconto]
    assert list(RilevazioneProgetto.objects.visibili_a(ufficio)) == [rilevazione]
    assert list(Spesa.objects.visibili_a(ufficio)) == [del_socio]
    assert not Rendiconto.objects.visibili_a(socio).exists()
