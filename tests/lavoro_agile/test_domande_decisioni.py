# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is decided of a request: opinion, second instance, admission."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lavoro_agile.azioni import domanda as azioni
from lavoro_agile.azioni import parere as azioni_parere
from lavoro_agile.azioni.ammissione import ammetti
from lavoro_agile.domande.graduatoria import da_ammettere
from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile
from piani.models import Evento, Ruolo, Utente
from tests.factories import UtenteFactory
from tests.factories_lavoro_agile import DomandaAgileFactory, MotivoFactory, TrancheFactory
from tests.lavoro_agile.domande import IERI, OGGI, perche

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]


# Opinion and second instance ----------------------------------------------------------------------


def test_per_il_comparto_prima_del_parere_c_e_il_colloquio(
    presentata: DomandaLavoroAgile, capo: Utente
) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni_parere.registra_colloquio(presentata, giorno=OGGI, sintesi="", da=capo)
    assert "non chiede il colloquio" in perche(errore)
    DomandaLavoroAgile.objects.update(area="comparto")
    detto = {"esito": "favorevole", "motivazione": "Sì.", "giorni": 4}
    with pytest.raises(ValidationError) as errore:
        azioni_parere.esprimi_parere(presentata, **detto, da=capo)
    assert "prima del parere c'è il colloquio" in perche(errore)
    domani = OGGI + timedelta(days=1)
    with pytest.raises(ValidationError) as errore:
        azioni_parere.registra_colloquio(presentata, giorno=domani, sintesi="", da=capo)
    assert list(errore.value.message_dict) == ["giorno"]
    for sintesi in ("Prima.", "Seconda."):
        azioni_parere.registra_colloquio(presentata, giorno=OGGI, sintesi=sintesi, da=capo)
    azioni_parere.esprimi_parere(presentata, **detto, da=capo)
    presentata.refresh_from_db()
    assert (presentata.stato, presentata.giorni_concessi) == ("favorevole", 4)
    assert presentata.colloquio.sintesi == "Seconda."
    assert (presentata.parere.dato_da, presentata.parere.dato_il) == (capo, OGGI)


def test_un_parere_sbagliato_dice_il_campo(presentata: DomandaLavoroAgile, capo: Utente) -> None:
    DomandaLavoroAgile.objects.update(giorni_chiesti=3)
    for valori, campo in (
        ({"esito": "favorevole", "giorni": None}, "giorni"),
        ({"esito": "favorevole", "giorni": 7}, "giorni"),
        ({"esito": "favorevole", "giorni": 4}, "giorni"),
        ({"esito": "contrario", "causa": ""}, "causa"),
        ({"esito": "contrario", "causa": "ignota"}, "causa"),
    ):
        with pytest.raises(ValidationError) as errore:
            azioni_parere.esprimi_parere(presentata, motivazione="Perché.", **valori, da=capo)
        assert list(errore.value.message_dict) == [campo]
    with pytest.raises(ValidationError) as errore:
        azioni_parere.esprimi_parere(
            presentata, esito="contrario", causa="presenza", motivazione="", da=capo
        )
    assert "motivazione" in errore.value.message_dict


def test_il_parere_si_da_una_volta_e_mai_sulla_propria(
    presentata: DomandaLavoroAgile, capo: Utente, dipendente: Utente, ufficio: Utente
) -> None:
    detto = {"esito": "contrario", "motivazione": "Serve in sede.", "causa": "presenza"}
    for chi in (dipendente, ufficio, UtenteFactory(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            azioni_parere.esprimi_parere(presentata, **detto, da=chi)
    propria = DomandaAgileFactory(
        bando=presentata.bando, unita=presentata.unita, unita_stampata="", persona=capo
    )
    with pytest.raises(PermissionDenied):
        azioni_parere.esprimi_parere(propria, **detto, da=capo)
    azioni_parere.esprimi_parere(presentata, **detto, da=capo)
    assert presentata.stato == "negata"
    with pytest.raises(ValidationError) as errore:
        azioni_parere.esprimi_parere(presentata, **detto, da=capo)
    assert perche(errore) == "Il parere su questa domanda c'è già, e non si cambia."


@pytest.fixture
def negata(presentata: DomandaLavoroAgile, capo: Utente) -> DomandaLavoroAgile:
    azioni_parere.esprimi_parere(
        presentata, esito="contrario", causa="presenza", motivazione="Serve in sede.", da=capo
    )
    return presentata


def test_la_seconda_istanza_la_chiede_la_persona_e_la_decide_la_direzione(
    negata: DomandaLavoroAgile, dipendente: Utente, capo: Utente, con_incarico: Persona
) -> None:
    direzione = con_incarico(Ruolo.DIREZIONE)
    with pytest.raises(PermissionDenied):
        azioni_parere.chiedi_riesame(negata, motivazione="No.", da=capo)
    azioni_parere.chiedi_riesame(negata, motivazione="Le attività sono cambiate.", da=dipendente)
    assert negata.stato == "in_riesame"
    detto = {"esito": "accolta", "decisione": "È vero."}
    with pytest.raises(PermissionDenied):
        azioni_parere.decidi_riesame(negata, **detto, giorni=2, da=capo)
    with pytest.raises(ValidationError) as errore:
        azioni_parere.decidi_riesame(negata, **detto, da=direzione)
    assert list(errore.value.message_dict) == ["giorni"]
    azioni_parere.decidi_riesame(negata, **detto, giorni=2, da=direzione)
    negata.refresh_from_db()
    assert (negata.stato, negata.giorni_concessi) == ("favorevole", 2)
    assert negata.seconda_istanza.decisa_da == direzione
    with pytest.raises(ValidationError):
        azioni_parere.decidi_riesame(negata, **detto, giorni=2, da=direzione)


def test_un_diniego_confermato_chiude_la_domanda(
    negata: DomandaLavoroAgile, dipendente: Utente, con_incarico: Persona
) -> None:
    azioni_parere.chiedi_riesame(negata, motivazione="Chiedo di nuovo.", da=dipendente)
    azioni_parere.decidi_riesame(
        negata, esito="confermata", decisione="Serve in sede.", da=con_incarico(Ruolo.DIREZIONE)
    )
    assert negata.stato == "respinta"
    with pytest.raises(ValidationError):
        azioni.ritira(negata, da=dipendente)


def test_la_seconda_istanza_ha_il_suo_termine_se_il_regolamento_lo_dice(
    negata: DomandaLavoroAgile, dipendente: Utente
) -> None:
    edizione = negata.bando.edizione
    edizione.parametri["termini"]["seconda_istanza"] = 10
    edizione.save(update_fields=["parametri"])
    negata.parere.dato_il = OGGI - timedelta(days=11)
    negata.parere.save(update_fields=["dato_il"])
    with pytest.raises(ValidationError) as errore:
        azioni_parere.chiedi_riesame(
            DomandaLavoroAgile.objects.get(), motivazione="Tardi.", da=dipendente
        )
    assert f"fino al {IERI:%d/%m/%Y}" in perche(errore)
    edizione.parametri["seconda_istanza"]["valore"] = False
    edizione.save(update_fields=["parametri"])
    with pytest.raises(ValidationError) as errore:
        azioni_parere.chiedi_riesame(
            DomandaLavoroAgile.objects.get(), motivazione="No.", da=dipendente
        )
    assert "non prevede una seconda istanza" in perche(errore)


# Admission ----------------------------------------------------------------------------------------


def test_si_ammette_entro_i_posti_tutte_o_nessuna(
    bando: BandoLavoroAgile, ufficio: Utente, capo: Utente
) -> None:
    tranche = TrancheFactory(bando=bando, posti=2)
    tre = [DomandaAgileFactory(bando=bando, stato="favorevole") for _volta in range(3)]
    with pytest.raises(PermissionDenied):
        ammetti(tre, tranche=tranche, da=capo)
    with pytest.raises(ValidationError) as errore:
        ammetti(tre, tranche=tranche, da=ufficio)
    assert "ha ancora 2 posti e ne hai scelte 3" in perche(errore)
    ammetti(tre[:2], tranche=tranche, da=ufficio)
    ammesse = DomandaLavoroAgile.objects.filter(stato="ammessa", tranche=tranche)
    assert list(ammesse.order_by("numero")) == tre[:2]
    assert Evento.objects.filter(tipo="agile_domanda.ammessa").count() == 2
    azioni.ritira(tre[0], da=tre[0].persona)  # its place is free again
    altra = DomandaAgileFactory(bando=bando)
    with pytest.raises(ValidationError):
        ammetti([tre[2], altra], tranche=tranche, da=ufficio)
    with pytest.raises(ValidationError):
        ammetti([altra], tranche=tranche, da=ufficio)  # without an opinion
    ammetti([tre[2]], tranche=tranche, da=ufficio)
    assert tre[2].stato == "ammessa"


def test_si_ammette_qualcuno_del_bando_e_mai_la_propria(
    bando: BandoLavoroAgile, ufficio: Utente
) -> None:
    tranche = TrancheFactory(bando=bando)
    with pytest.raises(ValidationError) as errore:
        ammetti([], tranche=tranche, da=ufficio)
    assert perche(errore) == "Scegli almeno una domanda."
    altrove = DomandaAgileFactory(bando__edizione=bando.edizione, stato="favorevole")
    with pytest.raises(ValidationError) as errore:
        ammetti([altrove], tranche=tranche, da=ufficio)
    assert "di un altro bando" in perche(errore)
    propria = DomandaAgileFactory(bando=bando, stato="favorevole", persona=ufficio)
    with pytest.raises(PermissionDenied):
        ammetti([propria], tranche=tranche, da=ufficio)


def test_l_ordine_proposto_usa_i_motivi_solo_per_chi_li_legge(
    bando: BandoLavoroAgile, ufficio: Utente
) -> None:
    tranche = TrancheFactory(bando=bando, posti=1)
    prima = DomandaAgileFactory(bando=bando, stato="favorevole")
    seconda = DomandaAgileFactory(bando=bando, stato="favorevole")
    MotivoFactory(domanda=seconda, codice="salute")
    visto = [(r.domanda, r.priorita, r.tranche) for r in da_ammettere(bando, ufficio)]
    assert visto == [(seconda, 1, tranche), (prima, None, None)]
    emergenza = UtenteFactory(is_superuser=True)
    assert [(r.domanda, r.priorita) for r in da_ammettere(bando, emergenza)] == [
        (prima, None), (seconda, None),
    ]  # fmt: skip
