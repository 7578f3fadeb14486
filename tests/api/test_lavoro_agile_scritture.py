# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lavoro agile written by programs: what the pages write, with the same refusals."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from lavoro_agile.models import (
    AccordoIndividuale,
    EdizioneLavoroAgile,
    MappaturaAttivita,
    Tranche,
)
from lavoro_agile.predefinite import dati_predefiniti
from piani.models import Azienda, Evento, Ruolo, UnitaOrganizzativa
from tests.api.passi import cambia, detto, entrato, leggi, manda
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    BandoAgileFactory,
    CampagnaFactory,
    DomandaAgileFactory,
    EdizioneAgileFactory,
    MappaturaFactory,
    TrancheFactory,
)

pytestmark = pytest.mark.django_db
QUI = "lavoro-agile"
OGGI = timezone.localdate()
Programma = Callable[..., Client]


@pytest.fixture
def ufficio(programma: Programma) -> Client:
    return programma(Ruolo.RISORSE_UMANE)


@pytest.fixture
def unita(azienda: Azienda) -> UnitaOrganizzativa:
    organigramma = OrganigrammaFactory(azienda=azienda, valido_dal="2020-01-01")
    fatta: UnitaOrganizzativa = UnitaFactory(organigramma=organigramma)
    return fatta


@pytest.fixture
def bozza(azienda: Azienda) -> EdizioneLavoroAgile:
    fatta: EdizioneLavoroAgile = EdizioneAgileFactory(azienda=azienda, stato="bozza")
    return fatta


@pytest.fixture
def scheda(azienda: Azienda, unita: UnitaOrganizzativa) -> MappaturaAttivita:
    campagna = CampagnaFactory(azienda=azienda)
    fatta: MappaturaAttivita = MappaturaFactory(campagna=campagna, unita=unita, unita_stampata="")
    return fatta


def campi(risposta: Any) -> list[str]:
    return [uno["campo"] for uno in risposta.json()["errori"]]


def test_un_regolamento_comincia_dalle_regole_pronte_o_da_un_altro(
    ufficio: Client, programma: Programma, azienda: Azienda
) -> None:
    corpo = {
        "azienda": azienda.codice, "nome": "Il nuovo", "anno_inizio": 2027, "anno_fine": 2029,
        "atto": "Del. 7", "atto_data": "2026-12-01", "pronte": "ats-milano-2018",
    }  # fmt: skip
    detto(manda(programma(), f"{QUI}/edizioni", corpo), 403)
    nato = manda(ufficio, f"{QUI}/edizioni", corpo)
    assert nato.status_code == 201, nato.content
    prima = EdizioneLavoroAgile.objects.get()
    assert nato["Location"] == f"/api/v1/{QUI}/edizioni/{prima.slug}"
    assert (prima.stato, prima.atto, str(prima.atto_data)) == ("bozza", "Del. 7", "2026-12-01")
    assert nato.json()["parametri"] == prima.parametri
    copia = corpo | {"nome": "Copia", "dall_edizione": prima.slug}
    assert campi(manda(ufficio, f"{QUI}/edizioni", copia)) == ["dall_edizione"]  # one of the two
    del copia["pronte"]
    altra = manda(ufficio, f"{QUI}/edizioni", copia)
    assert altra.json()["parametri"]["motivi"] == prima.parametri["motivi"]
    ignota = manda(ufficio, f"{QUI}/edizioni", copia | {"dall_edizione": "di-altri"})
    assert "non ha questa edizione" in detto(ignota, 422)
    storta = manda(ufficio, f"{QUI}/edizioni", corpo | {"anno_fine": 2020})
    assert "L'ultimo anno viene prima del primo." in detto(storta, 422)


def test_di_una_bozza_cambiano_i_dati_e_le_regole_nominate(
    ufficio: Client, bozza: EdizioneLavoroAgile
) -> None:
    qui = f"{QUI}/edizioni/{bozza.slug}"
    prima = leggi(ufficio, qui)["parametri"]
    regole = {"giorni_mese": {"valore": 8, "fonte": "art. 5"}, "cella_minima": 7}
    assert cambia(ufficio, qui, {"nome": "Rivista", "parametri": regole}).status_code == 200
    dopo = leggi(ufficio, qui)
    assert dopo["nome"] == dopo["parametri"]["nome"] == "Rivista"
    assert dopo["parametri"] == prima | regole | {"nome": "Rivista"}
    bozza.refresh_from_db()
    assert bozza.parametri["giorni_mese"]["valore"] == 8
    tipi = set(Evento.objects.values_list("tipo", flat=True))
    assert {"agile_edizione.modificata", "agile_edizione.regole"} <= tipi
    # read and sent back whole it is the same
    assert cambia(ufficio, qui, {"parametri": dopo["parametri"]}).json() == dopo


@pytest.mark.parametrize(
    ("regole", "frase"),
    [
        ({"giorni_mese": {"valore": 40}}, "giorni_mese.valore: va da 1 a 31."),
        ({"boh": 1}, "boh: non è una regola."),
        ({"nome": "Altro"}, "nome: si cambia fra i dati dell'edizione."),
        ({"cella_minima": "x"}, "cella_minima: «x» non va bene, serve un numero intero."),
        ({"motivi": [{"codice": "a b", "nome": "X"}]}, "motivi[1].codice: lettere, cifre"),
        ({"dinieghi": [{"codice": "a", "nome": "x" * 301}]}, "dinieghi[1].nome: al più 300"),
        ({"tranche": [{"entro": "2027-01-01", "posti": 40_000}]}, "tranche[1].posti: va da 0 a"),
        ({"aree": [{"area": "comparto", "quota": "1.2345678"}]}, "al più 6 cifre decimali."),
        ({"aree": [{"area": "comparto", "fonte": "a\x00b"}]}, "aree[1].fonte: «a"),
        ({"motivi": [{"codice": f"m{n}", "nome": "X"} for n in range(101)]}, "al più 100 righe."),
    ],
)
def test_le_regole_sbagliate_si_dicono_una_per_una(
    ufficio: Client, bozza: EdizioneLavoroAgile, regole: dict[str, Any], frase: str
) -> None:
    prima = bozza.parametri
    risposta = cambia(ufficio, f"{QUI}/edizioni/{bozza.slug}", {"atto": "X", "parametri": regole})
    assert frase in detto(risposta, 422)
    assert set(campi(risposta)) == {"parametri"}
    bozza.refresh_from_db()
    assert (bozza.parametri, bozza.atto) == (prima, "")  # all, or nothing


def test_le_regole_in_vigore_non_si_cambiano(
    ufficio: Client, programma: Programma, azienda: Azienda
) -> None:
    qui = f"{QUI}/edizioni/{EdizioneAgileFactory(azienda=azienda).slug}"
    detto(cambia(ufficio, qui, {"nome": "Altro"}), 422)
    detto(cambia(ufficio, qui, {"parametri": {"cella_minima": 9}}), 422)
    assert manda(ufficio, qui, {"nome": "Altro"}, "patch").status_code == 428
    detto(cambia(programma(), qui, {"nome": "Altro"}), 403)


def test_le_tranche_si_scrivono_tutte_anche_a_bando_pubblicato(
    ufficio: Client, programma: Programma, azienda: Azienda
) -> None:
    bando = BandoAgileFactory(edizione=EdizioneAgileFactory(azienda=azienda))
    TrancheFactory(bando=bando, ordine=1, posti=3)
    qui = f"{QUI}/bandi/{bando.pk}"
    tranche = [{"entro": "2027-03-31", "posti": 35}, {"entro": "2027-09-30", "posti": 20}]
    detto(cambia(programma(), qui, {"tranche": tranche}), 403)
    fatto = cambia(ufficio, qui, {"tranche": tranche})
    assert [(una["entro"], una["posti"]) for una in fatto.json()["tranche"]] == [
        ("2027-03-31", 35), ("2027-09-30", 20),
    ]  # fmt: skip
    assert list(Tranche.objects.order_by("ordine").values_list("posti", flat=True)) == [35, 20]
    storte = cambia(ufficio, qui, {"tranche": tranche[::-1]})
    assert "in ordine di data" in detto(storte, 422)
    prima = bando.tranche.get(ordine=1)
    DomandaAgileFactory.create_batch(2, bando=bando, stato="ammessa", tranche=prima,
                                     ammessa_il=OGGI)  # fmt: skip
    poche = cambia(ufficio, qui, {"tranche": [tranche[0] | {"posti": 1}]})
    assert "già ammesse 2 domande" in detto(poche, 422)
    assert campi(poche) == ["tranche"]
    assert campi(cambia(ufficio, qui, {"tranche": [{"entro": "2027-03-31", "posti": 0}]})) == [
        "tranche.0.posti"
    ]
    # the words of a published call stay as they are
    detto(cambia(ufficio, qui, {"titolo": "Altro", "tranche": tranche}), 422)


ATTIVITA = {
    "nome": "Istruttoria", "autonomia": "alto", "interdipendenza": "basso", "misurabilita": "alto",
}  # fmt: skip
PROFILO = {"profilo": "Assistente", "area": "comparto", "in_servizio": 8, "potenziali": 6}
INTERA = {
    "formazione": "Nessuna", "tecnologia": "Un PC a testa", "pc_da_fornire": 3,
    "connessioni_da_fornire": 0, "coworking": "No", "criticita": "Nessuna", "giorni_presenza": 3,
    "attivita": [ATTIVITA], "profili": [PROFILO],
}  # fmt: skip


def test_una_scheda_di_mappatura_si_compila_e_si_trasmette(
    ufficio: Client, scheda: MappaturaAttivita
) -> None:
    qui = f"{QUI}/schede-di-mappatura/{scheda.pk}"
    assert cambia(ufficio, qui, {"attivita": [ATTIVITA]}).status_code == 200
    assert set(campi(manda(ufficio, f"{qui}/trasmissione"))) >= {"formazione", "pc_da_fornire", ""}
    corretta = ATTIVITA | {"corretta_in": "no", "motivo": "Serve lo sportello"}
    tutta = INTERA | {"attivita": [ATTIVITA, corretta]}
    letta = cambia(ufficio, qui, tutta).json()
    assert [una["corretta_in"] for una in letta["attivita"]] == ["", "no"]
    assert letta["profili"] == [PROFILO]
    # what is not named stays
    assert cambia(ufficio, qui, {"criticita": "Poche"}).json()["attivita"] == letta["attivita"]
    assert manda(ufficio, f"{qui}/trasmissione").json()["stato"] == "trasmessa"
    scheda.refresh_from_db()
    assert (scheda.stato, scheda.criticita, scheda.modifiche) == ("trasmessa", "Poche", 3)
    assert scheda.profili.get().potenziali == 6
    per_conto = Evento.objects.get(tipo="agile_mappatura.trasmessa").descrizione
    assert "dalle risorse umane per conto dell'unità" in per_conto
    detto(cambia(ufficio, qui, {"criticita": "Tardi"}), 422)


def test_la_scheda_la_scrive_chi_guida_l_unita(
    programma: Programma, azienda: Azienda, scheda: MappaturaAttivita
) -> None:
    qui = f"{QUI}/schede-di-mappatura/{scheda.pk}"
    capo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=scheda.unita)
    assert cambia(entrato(capo.utente), qui, INTERA).status_code == 200
    assert manda(entrato(capo.utente), f"{qui}/trasmissione").status_code == 200
    controllo = programma()  # reads what was sent, and no more
    detto(cambia(controllo, qui, {"criticita": "X"}), 403)
    detto(manda(controllo, f"{qui}/trasmissione"), 403)


@pytest.mark.parametrize(
    ("corpo", "campo", "stato"),
    [
        ({"attivita": [ATTIVITA | {"autonomia": "boh"}]}, "attivita.0.autonomia", 400),
        ({"profili": [PROFILO | {"potenziali": 9}]}, "", 422),
        ({"profili": [PROFILO, PROFILO]}, "", 422),
        ({"attivita": [ATTIVITA | {"corretta_in": "no"}]}, "", 422),
        ({"giorni_presenza": 8}, "giorni_presenza", 400),
    ],
)
def test_una_scheda_sbagliata_non_si_scrive(
    ufficio: Client, scheda: MappaturaAttivita, corpo: Any, campo: str, stato: int
) -> None:
    risposta = cambia(ufficio, f"{QUI}/schede-di-mappatura/{scheda.pk}", INTERA | corpo)
    detto(risposta, stato)
    assert campi(risposta) == [campo]
    scheda.refresh_from_db()
    assert (scheda.stato, scheda.attivita.count()) == ("da_compilare", 0)


def test_un_accordo_si_prepara_con_una_persona_e_si_scrive(
    ufficio: Client, programma: Programma, azienda: Azienda, unita: UnitaOrganizzativa
) -> None:
    un_anno = dati_predefiniti("ats-milano-2018") | {"durata_mesi": {"valore": 12}}
    EdizioneAgileFactory(azienda=azienda, parametri=un_anno)
    persona = IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIPENDENTE, unita=unita).utente
    corpo = {
        "azienda": azienda.codice, "persona": persona.pk, "unita": unita.pk, "area": "comparto",
        "genere": "F", "profilo": "Assistente", "dal": OGGI.isoformat(),
    }  # fmt: skip
    detto(manda(programma(), f"{QUI}/accordi", corpo), 403)
    nato = manda(ufficio, f"{QUI}/accordi", corpo)
    assert nato.status_code == 201, nato.content
    accordo = AccordoIndividuale.objects.get()
    assert nato["Location"] == f"/api/v1/{QUI}/accordi/{accordo.pk}"
    assert (accordo.stato, accordo.persona, accordo.unita) == ("bozza", persona, unita)
    assert nato.json()["al"] == accordo.al.isoformat() > OGGI.isoformat()  # as the rules say
    scritto = cambia(ufficio, f"{QUI}/accordi/{accordo.pk}", {
        "giorni_mese": 6, "obiettivi": "Chiudere l'arretrato", "contatto_dalle": "09:00",
        "contatto_alle": "12:30", "al": None,
    })  # fmt: skip
    assert scritto.status_code == 200, scritto.content
    accordo.refresh_from_db()
    assert (accordo.giorni_mese, accordo.al, accordo.modifiche) == (6, None, 1)
    assert f"{accordo.contatto_alle:%H:%M}" == "12:30" == scritto.json()["contatto_alle"]
    assert scritto.json()["obiettivi"] == "Chiudere l'arretrato"
    rovescio = {"contatto_dalle": "18:00"}
    assert "finisce prima di cominciare" in detto(
        cambia(ufficio, f"{QUI}/accordi/{accordo.pk}", rovescio), 422
    )
    assert campi(cambia(ufficio, f"{QUI}/accordi/{accordo.pk}", {"contatto_alle": "9:00:00"})) == [
        "contatto_alle"
    ]


def test_un_accordo_e_di_chi_lavora_in_un_unita_di_oggi(
    ufficio: Client, azienda: Azienda, unita: UnitaOrganizzativa
) -> None:
    corpo = {"azienda": azienda.codice, "persona": 1, "unita": unita.pk, "area": "comparto",
             "dal": OGGI.isoformat()}  # fmt: skip
    assert "Nessun regolamento" in detto(manda(ufficio, f"{QUI}/accordi", corpo), 422)
    EdizioneAgileFactory(azienda=azienda)
    di_fuori = IncaricoFactory(ruolo=Ruolo.DIPENDENTE).utente
    for chiave in (di_fuori.pk, 999_999):
        assert campi(manda(ufficio, f"{QUI}/accordi", corpo | {"persona": chiave})) == ["persona"]
    persona = IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIPENDENTE).utente
    passata = UnitaFactory(
        organigramma=OrganigrammaFactory(
            azienda=azienda, valido_dal="2010-01-01", valido_al="2019-12-31"
        )
    )
    corpo["persona"] = persona.pk
    assert campi(manda(ufficio, f"{QUI}/accordi", corpo | {"unita": passata.pk})) == ["unita"]
    persona.is_active = False
    persona.save()
    assert campi(manda(ufficio, f"{QUI}/accordi", corpo)) == ["persona"]
    assert not AccordoIndividuale.objects.exists()


def test_un_accordo_sottoscritto_non_si_scrive(
    ufficio: Client, programma: Programma, azienda: Azienda
) -> None:
    accordo = AccordoAgileFactory(edizione=EdizioneAgileFactory(azienda=azienda))
    qui = f"{QUI}/accordi/{accordo.pk}"
    detto(cambia(ufficio, qui, {"al": (OGGI + timedelta(days=9)).isoformat()}), 422)
    capo = entrato(accordo.persona)
    detto(manda(capo, qui, {"giorni_mese": 9}, "patch"), 403)
