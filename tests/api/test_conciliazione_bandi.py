# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls, evaluators, rankings and scenarios written through the API, as on their pages."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conciliazione.models import (
    EdizioneConciliazione,
    Graduatoria,
    ManifestazioneInteresse,
    Proposta,
    Scenario,
    SchedaValutazione,
    Seduta,
    Valutatore,
)
from conciliazione.predefinite import dati_predefiniti
from piani.models import Azienda, Evento, Ruolo
from tests.api.passi import cambia, detto, entrato, leggi, manda
from tests.factories_conciliazione import (
    ComponenteFactory,
    CriterioFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    ReferenteFactory,
    ScenarioFactory,
    SedutaFactory,
    SeggioFactory,
    VersioneFactory,
)

pytestmark = pytest.mark.django_db
QUI = "conciliazione"


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    fatta: EdizioneConciliazione = EdizioneConciliazioneFactory(azienda=azienda)
    return fatta


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


@pytest.fixture
def lettore(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.REGIONE)


@pytest.fixture
def bozza(edizione: EdizioneConciliazione) -> ManifestazioneInteresse:
    fatta: ManifestazioneInteresse = ManifestazioneFactory(edizione=edizione, stato="bozza")
    return fatta


@pytest.fixture
def bando(edizione: EdizioneConciliazione) -> ManifestazioneInteresse:
    """Three admitted proposals that ask 100, 200 and 300 euro of an envelope of 300."""
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True, dotazione=Decimal(300))
    for numero in (1, 2, 3):
        proposta = PropostaFactory(
            manifestazione=bando, presentata=True, stato="ammessa", numero=numero
        )
        VersioneFactory(
            proposta=proposta, contributo=Decimal(numero * 100),
            costo_dichiarato=Decimal(numero * 200), chiusa_il=timezone.now(),
        )  # fmt: skip
    fatto: ManifestazioneInteresse = bando
    return fatto


def campi(risposta: Any, stato: int = 422) -> list[str]:
    """The fields that a refusal names."""
    assert risposta.status_code == stato, risposta.content
    return [uno["campo"] for uno in risposta.json()["errori"]]


def del_bando(bando: ManifestazioneInteresse, resto: str = "") -> str:
    return f"{QUI}/manifestazioni/{bando.pk}{resto}"


def mette(client: Client, bando: ManifestazioneInteresse, criteri: list[dict[str, Any]]) -> Any:
    visto = {"headers": {"If-Match": client.get(f"/api/v1/{del_bando(bando)}")["ETag"]}}
    return manda(client, del_bando(bando, "/criteri"), {"criteri": criteri}, "put", **visto)


def fa_scenario(client: Client, bando: ManifestazioneInteresse, **altro: Any) -> Any:
    corpo = {"manifestazione": bando.pk, "nome": "Proporzionale"} | altro
    nuovo = manda(client, f"{QUI}/scenari", corpo)
    assert nuovo.status_code == 201, nuovo.content
    return nuovo


def seduta_tenuta(bando: ManifestazioneInteresse, stato: str = "chiusa") -> Seduta:
    """A meeting of the Comitato that was validly opened."""
    fatta: Seduta = SedutaFactory(
        edizione=bando.edizione, stato=stato, componenti=30, numero_legale=16
    )
    return fatta


def assegnati(scenario: dict[str, Any]) -> list[float]:
    return [riga["assegnato"] for riga in scenario["righe"]]


# The call --------------------------------------------------------------------------------


def test_una_manifestazione_si_prepara_e_si_cambia(
    ufficio: Client, lettore: Client, edizione: EdizioneConciliazione
) -> None:
    corpo = {
        "edizione": edizione.slug, "titolo": "Bando 2020", "dotazione": 726507.5,
        "apre_il": "2031-03-01T08:00:00Z", "chiude_il": "2031-03-31T10:00:00Z",
    }  # fmt: skip
    nuova = manda(ufficio, f"{QUI}/manifestazioni", corpo)
    assert nuova.status_code == 201, nuova.content
    qui = nuova["Location"].removeprefix("/api/v1/")
    letta = leggi(ufficio, qui)
    assert {nome: letta[nome] for nome in corpo} == corpo
    assert (letta["stato"], letta["numero"], letta["testo"]) == ("bozza", 1, "")
    assert lettore.get(f"/api/v1/{qui}").status_code == 200
    detto(manda(lettore, f"{QUI}/manifestazioni", corpo), 403)
    al_contrario = corpo | {"chiude_il": corpo["apre_il"]}
    assert campi(manda(ufficio, f"{QUI}/manifestazioni", al_contrario)) == ["chiude_il"]
    negativa = corpo | {"dotazione": -1}
    assert campi(manda(ufficio, f"{QUI}/manifestazioni", negativa), 400) == ["dotazione"]

    dopo = cambia(ufficio, qui, {"testo": "## Chi partecipa", "dotazione": 10})
    assert dopo.json() == letta | {"testo": "## Chi partecipa", "dotazione": 10}
    assert campi(cambia(ufficio, qui, {"chiude_il": "2031-01-01T00:00:00Z"})) == ["chiude_il"]
    detto(manda(ufficio, qui, {"testo": ""}, "patch"), 428)
    detto(cambia(lettore, qui, {"testo": ""}), 403)
    assert leggi(ufficio, qui) == dopo.json()
    EdizioneConciliazione.objects.filter(pk=edizione.pk).update(stato="chiusa")
    assert "si può fare solo quando è" in detto(manda(ufficio, f"{QUI}/manifestazioni", corpo), 422)


def test_i_criteri_si_mandano_tutti_insieme(
    ufficio: Client, lettore: Client, bozza: ManifestazioneInteresse
) -> None:
    CriterioFactory(manifestazione=bozza)
    tutti = [
        {"codice": "coerenza", "nome": "Coerenza", "punti": 60},
        {"codice": "tempi", "nome": "Tempi", "punti": 10.5, "premiale": True, "fonte": "Art. 1"},
    ]
    scritti = mette(ufficio, bozza, tutti)
    assert scritti.status_code == 200, scritti.content
    letti = leggi(ufficio, del_bando(bozza))["criteri"]
    assert [(uno["ordine"], uno["codice"], uno["punti"], uno["premiale"]) for uno in letti] == [
        (1, "coerenza", 60, False), (2, "tempi", 10.5, True),
    ]  # fmt: skip
    for sbagliati, frase in (
        ([], "Serve almeno un criterio."),
        ([tutti[0], tutti[0]], "«Coerenza»: La manifestazione ha già quel criterio."),
        ([tutti[0] | {"punti": 0}], "«Coerenza»: Un criterio vale più di zero punti."),
    ):
        rifiutati = mette(ufficio, bozza, sbagliati)
        assert campi(rifiutati) == ["criteri"]
        assert frase in detto(rifiutati, 422)
    senza_punti = [{"codice": "coerenza", "nome": "Coerenza"}]
    assert campi(mette(ufficio, bozza, senza_punti), 400) == ["criteri.0.punti"]
    detto(manda(ufficio, del_bando(bozza, "/criteri"), {"criteri": tutti}, "put"), 428)
    detto(mette(lettore, bozza, tutti), 403)
    assert leggi(ufficio, del_bando(bozza))["criteri"] == letti
    ManifestazioneInteresse.objects.filter(pk=bozza.pk).update(stato="pubblicata")
    assert "Bozza" in detto(mette(ufficio, bozza, tutti), 422)
    assert "Bozza" in detto(cambia(ufficio, del_bando(bozza), {"titolo": "Altro"}), 422)


# Who evaluates, the ranking --------------------------------------------------------------


def test_i_valutatori_si_nominano_fra_i_seggi_e_chi_propone_si_astiene(
    ufficio: Client, lettore: Client, bando: ManifestazioneInteresse
) -> None:
    libero, in_conflitto = (SeggioFactory(edizione=bando.edizione, ordine=n) for n in (1, 2))
    PartnerFactory(proposta=bando.proposte.get(numero=1), ente=in_conflitto.ente)
    corpo = {"seggi": [libero.pk, in_conflitto.pk]}
    detto(manda(lettore, del_bando(bando, "/valutatori"), corpo), 403)
    nominati = manda(ufficio, del_bando(bando, "/valutatori"), corpo)
    assert nominati.status_code == 200, nominati.content
    letti = leggi(lettore, del_bando(bando))["valutatori"]
    assert [(uno["seggio"], uno["stato"]) for uno in letti] == [
        (libero.pk, "nominato"), (in_conflitto.pk, "astenuto"),
    ]  # fmt: skip
    assert letti[1]["motivo"]
    # Who holds a seat reads their own.
    chi = entrato(ComponenteFactory(seggio=libero).utente)
    suoi = leggi(chi, del_bando(bando))["valutatori"]
    assert [uno["seggio"] for uno in suoi] == [libero.pk]
    esterno = entrato(ReferenteFactory(ente=bando.proposte.first().capofila).utente)
    assert leggi(esterno, del_bando(bando))["valutatori"] == []

    assert "già fra i valutatori" in detto(
        manda(ufficio, del_bando(bando, "/valutatori"), {"seggi": [libero.pk]}), 422
    )
    assert campi(manda(ufficio, del_bando(bando, "/valutatori"), {"seggi": []})) == ["seggi"]
    d_altri = SeggioFactory()
    sconosciuto = manda(ufficio, del_bando(bando, "/valutatori"), {"seggi": [d_altri.pk]})
    assert sconosciuto.status_code == 400
    d_altra_edizione = SeggioFactory(
        edizione=EdizioneConciliazioneFactory(azienda=bando.azienda, anno_inizio=2030,
                                              anno_fine=2031)
    )  # fmt: skip
    altrove = manda(ufficio, del_bando(bando, "/valutatori"), {"seggi": [d_altra_edizione.pk]})
    assert campi(altrove) == ["seggi"]
    assert Valutatore.objects.count() == 2


def test_la_graduatoria_la_decide_il_comitato_in_una_seduta(
    ufficio: Client, lettore: Client, bando: ManifestazioneInteresse
) -> None:
    criterio = CriterioFactory(manifestazione=bando, punti=Decimal(100))
    valutatore = Valutatore.objects.create(
        manifestazione=bando, seggio=SeggioFactory(edizione=bando.edizione), stato="attivo"
    )
    for proposta in bando.proposte.all():
        scheda = SchedaValutazione.objects.create(
            valutatore=valutatore, proposta=proposta, consegnata_il=timezone.now()
        )
        scheda.punteggi.create(criterio=criterio, punti=Decimal(90))
    assert manda(ufficio, del_bando(bando, "/graduatoria")).status_code == 200
    qui = f"{QUI}/graduatorie/{Graduatoria.objects.get().pk}"
    convocata = SedutaFactory(edizione=bando.edizione, stato="convocata")
    tenuta = seduta_tenuta(bando)
    corpo = {"seduta": tenuta.pk, "motivo": "Approvata all'unanimità"}
    detto(manda(lettore, f"{qui}/decisione", corpo), 403)
    assert campi(manda(ufficio, f"{qui}/decisione", corpo | {"seduta": convocata.pk})) == ["seduta"]
    assert campi(manda(ufficio, f"{qui}/decisione", {"motivo": "x"}), 400) == ["seduta"]
    decisa = manda(ufficio, f"{qui}/decisione", corpo)
    assert decisa.status_code == 200, decisa.content
    letta = leggi(ufficio, qui)
    assert (letta["seduta"], letta["motivo"]) == (tenuta.pk, "Approvata all'unanimità")
    assert letta["decisa_il"]
    assert "già decisa" in detto(manda(ufficio, f"{qui}/decisione", corpo), 422)


# The scenarios ---------------------------------------------------------------------------


def test_uno_scenario_nasce_calcolato_e_il_metodo_si_rilegge(
    ufficio: Client, lettore: Client, bando: ManifestazioneInteresse
) -> None:
    solito = fa_scenario(ufficio, bando).json()
    assert assegnati(solito) == [50, 100, 150]
    assert [(una["importo"], una["descrizione"]) for una in solito["fonti"]] == [
        (300, "Dotazione della manifestazione")
    ]
    assert solito["metodo"] == {
        "regola": "proporzionale", "aliquota": None, "parziale": True, "tetto": None,
        "tetto_quota": None, "minimo_quota": None, "riserve": False, "riserve_tornano": True,
        "tagli": [], "minimi": [], "importi": [], "garantiti": [],
    }  # fmt: skip
    terza = bando.proposte.get(numero=3).pk
    taglio = {"proposta": terza, "importo": 100.5, "motivo": "Azioni ripetute"}
    nuovo = fa_scenario(
        ufficio, bando, nome="Con un taglio",
        fonti=[
            {"descrizione": "Dotazione", "importo": 300},
            {"descrizione": "Residui", "importo": 30},
        ],
        metodo={"tetto": 150, "tagli": [taglio], "minimo_quota": 12.5},
    )  # fmt: skip
    letto = leggi(ufficio, nuovo["Location"].removeprefix("/api/v1/"))
    assert letto == nuovo.json()
    assert (letto["dotazione"], letto["metodo"]["tagli"]) == (330, [taglio])
    assert (letto["metodo"]["tetto"], letto["metodo"]["minimo_quota"]) == (150, 12.5)
    detto(manda(lettore, f"{QUI}/scenari", {"manifestazione": bando.pk, "nome": "Mio"}), 403)


def test_di_uno_scenario_cambia_solo_cio_che_si_manda(
    ufficio: Client, lettore: Client, bando: ManifestazioneInteresse
) -> None:
    qui = fa_scenario(ufficio, bando)["Location"].removeprefix("/api/v1/")
    prima = leggi(ufficio, qui)
    assert cambia(ufficio, qui, {"nome": "Altro nome"}).json() == prima | {"nome": "Altro nome"}
    dopo = cambia(ufficio, qui, {"metodo": {"regola": "aliquota", "aliquota": 25.5}}).json()
    assert assegnati(dopo) == [25.5, 51, 76.5]
    assert dopo["metodo"] == prima["metodo"] | {"regola": "aliquota", "aliquota": 25.5}
    con_tetto = cambia(ufficio, qui, {"metodo": {"tetto": 40}}).json()
    assert con_tetto["metodo"] == dopo["metodo"] | {"tetto": 40}
    fonti = [{"descrizione": "Residui", "importo": 100}]
    assert cambia(ufficio, qui, {"fonti": fonti}).json()["dotazione"] == 100
    detto(manda(ufficio, qui, {"nome": "x"}, "patch"), 428)
    detto(cambia(lettore, qui, {"nome": "x"}), 403)


def test_cio_che_non_va_di_uno_scenario_e_detto(
    ufficio: Client, bando: ManifestazioneInteresse
) -> None:
    qui = fa_scenario(ufficio, bando)["Location"].removeprefix("/api/v1/")
    prima = leggi(ufficio, qui)
    una = bando.proposte.get(numero=1).pk
    estranea = PropostaFactory(manifestazione=bando).pk
    importo = {"proposta": una, "importo": 1}
    for metodo, stato, frase in (
        ({"regola": "aliquota"}, 422, "Scrivi la percentuale uguale per tutti."),
        ({"regola": "graduatoria"}, 422, "serve una graduatoria decisa."),
        ({"tagli": [importo | {"importo": 100.01}]}, 422, "più dei 100,00 € richiesti"),
        ({"importi": [importo, importo]}, 422, f"La proposta {una} è detta due volte."),
        ({"minimi": [importo | {"proposta": estranea}]}, 422, "non è fra quelle che concorrono."),
        ({"aliquota": 101}, 400, ""),
        ({"regola": "a caso"}, 400, ""),
        ({"garantiti": []}, 400, "Questo campo non esiste."),
    ):
        assert frase in detto(cambia(ufficio, qui, {"metodo": metodo}), stato), metodo
    assert campi(cambia(ufficio, qui, {"fonti": []})) == ["fonti"]
    negativa = [{"descrizione": "Residui", "importo": -1}]
    assert campi(cambia(ufficio, qui, {"fonti": negativa}), 400) == ["fonti.0.importo"]
    assert leggi(ufficio, qui) == prima
    doppio = manda(ufficio, f"{QUI}/scenari", {"manifestazione": bando.pk, "nome": "Proporzionale"})
    assert "già uno scenario con quel nome" in detto(doppio, 422)


def test_le_riserve_si_applicano_dove_l_edizione_ne_ha(
    ufficio: Client, bando: ManifestazioneInteresse
) -> None:
    nuovo = fa_scenario(ufficio, bando, metodo={"riserve": True, "riserve_tornano": False})
    assert (nuovo.json()["metodo"]["riserve"], nuovo.json()["metodo"]["riserve_tornano"]) == (
        True, False,
    )  # fmt: skip
    tenute = [una["codice"] for una in Scenario.objects.get().parametri["riserve"]]
    assert tenute == [una.codice for una in bando.edizione.regole.riserve]
    EdizioneConciliazione.objects.filter(pk=bando.edizione_id).update(
        parametri=dati_predefiniti("2017-2018")
    )
    corpo = {"manifestazione": bando.pk, "nome": "Altro", "metodo": {"riserve": True}}
    assert campi(manda(ufficio, f"{QUI}/scenari", corpo)) == ["metodo.riserve"]


def test_uno_scenario_si_sceglie_poi_si_scorre(
    ufficio: Client, lettore: Client, bando: ManifestazioneInteresse
) -> None:
    qui = fa_scenario(ufficio, bando)["Location"].removeprefix("/api/v1/")
    seduta = seduta_tenuta(bando, "aperta")
    corpo = {"motivo": "Decreto n. 3", "seduta": seduta.pk}
    detto(manda(lettore, f"{qui}/scelta", corpo), 403)
    assert campi(manda(ufficio, f"{qui}/scelta", {}), 400) == ["motivo"]
    assert "Si scorre lo scenario in vigore." in detto(
        manda(ufficio, f"{qui}/scorrimento", {"come": "da_capo"}), 422
    )
    scelto = manda(ufficio, f"{qui}/scelta", corpo)
    assert scelto.status_code == 200, scelto.content
    assert (scelto.json()["in_vigore"], scelto.json()["motivo"]) == (True, "Decreto n. 3")
    assert Scenario.objects.get().seduta == seduta
    assert set(bando.proposte.values_list("stato", flat=True)) == {"finanziata"}
    assert leggi(ufficio, del_bando(bando))["stato"] == "conclusa"
    assert "già stato scelto" in detto(manda(ufficio, f"{qui}/scelta", corpo), 422)
    assert "resta com'è" in detto(cambia(ufficio, qui, {"nome": "Altro"}), 422)

    niente = manda(ufficio, f"{qui}/scorrimento", {"come": "da_capo"})
    assert "Nessun progetto finanziato si è ritirato" in detto(niente, 422)
    Proposta.objects.filter(manifestazione=bando, numero=3).update(stato="ritirata")
    detto(manda(lettore, f"{qui}/scorrimento", {"come": "da_capo"}), 403)
    assert campi(manda(ufficio, f"{qui}/scorrimento", {"come": "a caso"}), 400) == ["come"]
    scorso = manda(ufficio, f"{qui}/scorrimento", {"come": "proporzionale"})
    assert scorso.status_code == 201, scorso.content
    assert assegnati(scorso.json()) == [100, 200]
    assert scorso.json()["deriva_da"] == scelto.json()["id"]
    tenuti = [uno["importo"] for uno in scorso.json()["metodo"]["garantiti"]]
    assert tenuti == [50, 100]
    assert Evento.objects.filter(tipo="conc_scenario.creato").count() == 2


def test_nessuno_tocca_gli_scenari_di_un_altra_ats(ufficio: Client) -> None:
    altrui = f"{QUI}/scenari/{ScenarioFactory().pk}"
    for metodo, indirizzo in (
        ("patch", altrui), ("post", f"{altrui}/scelta"), ("post", f"{altrui}/scorrimento"),
    ):  # fmt: skip
        assert manda(ufficio, indirizzo, {}, metodo).status_code == 404, indirizzo
