# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans, their papers, charts, obligations and reports of errors written through the API."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from obiettivi.models import Target
from piani.models import (
    Azienda,
    DocumentoPubblicato,
    Organigramma,
    Piano,
    Ruolo,
    Segnalazione,
    Sezione,
)
from tests.api.passi import RADICE, cambia, detto, entrato, leggi, manda
from tests.api.tante import una_di_ogni
from tests.factories import (
    EdizioneIndividualeFactory,
    IncaricoFactory,
    OrganigrammaFactory,
    PianoFactory,
    UnitaFactory,
    ValutazioneFactory,
)
from tests.factories_lavoro_agile import AreaPositivaFactory
from tests.obiettivi.relazione.scena import piano_con_risultati

pytestmark = pytest.mark.django_db


def test_le_sezioni_di_una_bozza_si_aggiungono_cambiano_spostano_e_tolgono(
    api: Client, azienda: Azienda
) -> None:
    piano = PianoFactory(azienda=azienda, stato="bozza")
    for titolo in ("Chi siamo", "Il contesto"):
        nuova = {"tipo": "chi_siamo", "titolo": titolo, "testo": "Un testo."}
        assert manda(api, f"piani/{piano.slug}/sezioni", nuova).status_code == 201
    prima, seconda = leggi(api, f"piani/{piano.slug}/sezioni")["risultati"]
    dove = f"sezioni/{seconda['id']}"
    assert manda(api, f"{dove}/spostamento", {"verso": "su"}).json()["ordine"] == 1
    assert detto(manda(api, f"{dove}/spostamento", {"verso": "là"}), 400)
    assert cambia(api, dove, {"testo": "Un **altro** testo."}).json()["titolo"] == "Il contesto"
    assert cambia(api, f"sezioni/{prima['id']}", metodo="delete").status_code == 204
    assert Sezione.objects.get(piano=piano).testo == "Un **altro** testo."
    Piano.objects.filter(pk=piano.pk).update(stato="adottato")
    assert "adottato" in detto(cambia(api, dove, {"titolo": "Altro"}), 422).lower()


def test_la_forma_semplificata_si_dice_solo_di_un_piao(api: Client, azienda: Azienda) -> None:
    azienda.dipendenti = None
    azienda.save(update_fields=["dipendenti"])
    piao = PianoFactory(azienda=azienda, stato="bozza", tipo="piao")
    assert cambia(api, f"piani/{piao.slug}", {"meno_di_50": True}).json()["meno_di_50"] is True
    assert cambia(api, f"piani/{piao.slug}", {"nota": "Altro"}).json()["meno_di_50"] is True
    altro = PianoFactory(azienda=azienda, stato="bozza")
    rifiuto = cambia(api, f"piani/{altro.slug}", {"meno_di_50": True})
    assert "La forma semplificata è solo del PIAO." in detto(rifiuto, 422)


def test_i_pesi_di_una_bozza_si_scrivono_insieme_su_cio_che_si_e_letto(
    api: Client, azienda: Azienda
) -> None:
    piano = piano_con_risultati(azienda)
    Piano.objects.filter(pk=piano.pk).update(stato="bozza")
    dove = f"piani/{piano.slug}/pesi"
    letti = leggi(api, dove)
    assert [uno["tipo"] for uno in letti["pesi"]] == ["area", "obiettivo", "misura", "misura"]
    nuovi = [{"tipo": uno["tipo"], "id": uno["id"], "peso": "50.5"} for uno in letti["pesi"]]
    scritti = manda(api, dove, {"visti": letti["visti"], "pesi": nuovi})
    assert {uno["peso"] for uno in scritti.json()["pesi"]} == {50.5}
    assert manda(api, dove, {"visti": letti["visti"], "pesi": nuovi}).status_code == 412
    estraneo = {"tipo": "area", "id": 10**9, "peso": 1}
    visti = scritti.json()["visti"]
    assert "area 1000000000" in detto(manda(api, dove, {"visti": visti, "pesi": [estraneo]}), 422)
    target = Target.objects.filter(misura__obiettivo__area__piano=piano).first()
    assert target is not None
    assert manda(api, f"target/{target.pk}/conferma").json()["confermato_il"]
    assert "già stata confermata" in detto(manda(api, f"target/{target.pk}/conferma"), 422)


def test_il_nucleo_osserva_il_programma_risponde(api: Client, azienda: Azienda) -> None:
    piano = piano_con_risultati(azienda)
    area = piano.aree.get()
    nucleo = entrato(IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente)
    nuova = {"testo": "Il peso non torna", "su": "area", "chiave": area.pk}
    dove = f"piani/{piano.slug}/osservazioni"
    assert manda(api, dove, nuova).status_code == 403
    assert manda(nucleo, dove, {"testo": "A metà", "su": "area"}).status_code == 400
    scritta = manda(nucleo, dove, nuova)
    assert (scritta.status_code, scritta.json()["area"]) == (201, area.pk)
    una = f"osservazioni/{scritta.json()['id']}"
    assert manda(api, f"{una}/risposta", {"testo": "Corretto"}).json()["stato"] == "risposta"
    assert manda(api, f"{una}/chiusura").status_code == 403
    assert manda(nucleo, f"{una}/chiusura").json()["stato"] == "chiusa"


def test_la_relazione_si_comincia_e_si_scrive(api: Client, azienda: Azienda) -> None:
    piano = piano_con_risultati(azienda)
    creata = manda(api, "relazioni", {"piano": piano.slug, "anno": 2022})
    assert creata.status_code == 201, creata.content
    letta = creata.json()
    dove = f"relazioni/{letta['id']}"
    capitolo = f"sezioni-relazione/{letta['sezioni'][0]['id']}"
    assert cambia(api, capitolo, {"testo": "Un anno di prova."}).json()["testo"]
    (scostamento,) = letta["scostamenti"]
    spiegato = {"misura": scostamento["misura"], "causa": "Ferie", "azione": "Turni"}
    dopo = manda(api, f"{dove}/scostamenti", {"scostamenti": [spiegato]}).json()
    assert dopo["scostamenti"][0]["causa"] == "Ferie"
    fase = {"fase": letta["fasi"][0]["fase"], "conclusa_il": "2023-06-05"}
    assert manda(api, f"{dove}/fasi", {"fasi": [fase]}).json()["fasi"][0]["conclusa_il"]
    assert leggi(api, f"{dove}/tabelle")["dati"]["scostamenti"]
    cancello = leggi(api, f"{dove}/cancello")
    assert (cancello["passo"], bool(cancello["bloccano"])) == ("approvazione", True)
    assert manda(api, f"{dove}/rigenerazione").status_code == 200
    assert manda(api, f"{dove}/approvazione").status_code == 403


def test_le_carte_di_un_piano(api: Client, azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda, stato="validato")
    dove = f"piani/{piano.slug}"
    parere = {"ruolo": "DA", "esito": "contrario", "data": "2022-01-10"}
    assert "contrario ha sempre una motivazione" in detto(manda(api, f"{dove}/pareri", parere), 422)
    dato = manda(api, f"{dove}/pareri", parere | {"esito": "favorevole"})
    assert dato.status_code == 201, dato.content
    assert [uno["esito"] for uno in leggi(api, f"{dove}/atti")["pareri"]] == ["favorevole"]
    assert cambia(api, f"pareri/{dato.json()['id']}", metodo="delete").status_code == 204
    valida = {"esito": "validato", "data": "2022-01-10", "motivazione": "Va bene"}
    assert manda(api, f"{dove}/validazione", valida).status_code == 403
    ricevuta = {"data": "2022-02-01", "protocollo": "12"}
    assert "un PIAO pubblicato" in detto(manda(api, f"{dove}/portale", ricevuta), 422)
    adottato = PianoFactory(azienda=azienda, stato="adottato")
    atto = manda(api, f"piani/{adottato.slug}/atto", {"atto_numero": "45"})
    assert (atto.status_code, atto.json().get("atto_numero")) == (200, "45"), atto.content
    nuovo = {"titolo": "Il piano dopo", "anno_inizio": 2023}
    scorso = manda(api, f"piani/{adottato.slug}/scorrimento", nuovo)
    assert (scorso.status_code, scorso.json()["scorrimento_di"]) == (201, adottato.slug)


def test_un_organigramma_si_disegna_e_si_mette_in_vigore(api: Client, azienda: Azienda) -> None:
    adesso = OrganigrammaFactory(azienda=azienda, valido_dal=date(2020, 1, 1))
    vecchia = UnitaFactory(organigramma=adesso, codice="A")
    aperta = {"azienda": azienda.codice, "nome": "Il nuovo", "origine": adesso.pk}
    bozza = manda(api, "organigrammi", aperta).json()["id"]
    nuova = {"codice": "B", "nome": "Reparto", "tipo": "struttura_complessa", "cdr": True}
    mia = Organigramma.objects.get(pk=bozza).unita.get(codice="A")
    tipo = leggi(api, f"unita-organizzative/{mia.pk}")["tipo"]
    aggiunta = manda(api, f"organigrammi/{bozza}/unita", nuova | {"tipo": tipo, "sotto": mia.pk})
    assert aggiunta.status_code == 201, aggiunta.content
    dove = f"unita-organizzative/{aggiunta.json()['id']}"
    spostata = cambia(api, dove, {"sotto": None, "nome": "Reparto nuovo"}).json()
    assert (spostata["sotto"], spostata["nome"]) == (None, "Reparto nuovo")
    in_vigore = cambia(api, f"unita-organizzative/{vecchia.pk}", {"nome": "Altro"})
    assert "non è più una bozza" in detto(in_vigore, 422)
    assert cambia(api, f"organigrammi/{bozza}", {"fonte": "Delibera 9"}).status_code == 200
    fatto = manda(api, f"organigrammi/{bozza}/in-vigore", {"dal": "2023-01-01"})
    assert (fatto.status_code, fatto.json()["valido_dal"]) == (200, "2023-01-01"), fatto.content
    assert cambia(api, f"organigrammi/{bozza}", metodo="delete").status_code == 422


def test_gli_obblighi_e_cio_che_si_pubblica_altrove(
    azienda: Azienda, programma: Callable[..., Client]
) -> None:
    api = programma(Ruolo.PUBBLICATORE)
    dove = f"aziende/{azienda.codice}/obblighi"
    codici = [uno["codice"] for uno in leggi(api, dove)["obblighi"]]
    assert "smvp" in codici
    altro = {
        "titolo": "Il Sistema", "indirizzo": "https://example.org/smvp.pdf", "anno": 2022,
        "pubblicato_il": "2023-02-01",
    }  # fmt: skip
    scritto = manda(api, f"{dove}/smvp/altrove", altro).json()
    assert scritto["uscite"][0]["titolo"] == "Il Sistema"
    affidato = manda(api, f"{dove}/smvp/affidamento", {"ruolo": "risorse_umane"}).json()
    assert affidato["ruolo"] == "risorse_umane"
    no = manda(api, f"{dove}/smvp/non-si-applica", {"motivo": "Non abbiamo personale"}).json()
    assert (no["stato"], no["perche_non_si_applica"]) == (
        "non_applicabile", "Non abbiamo personale",
    )  # fmt: skip
    assert manda(api, f"{dove}/smvp/si-applica").json()["stato"] != "non_applicabile"
    riga = f"pubblicazioni-altrove/{scritto['uscite'][0]['altrove']}"
    assert cambia(api, riga, metodo="delete").status_code == 204
    assert api.get(f"{RADICE}/{dove}/niente").status_code == 404


def test_le_segnalazioni_le_legge_e_le_chiude_chi_pubblica(
    azienda: Azienda, programma: Callable[..., Client]
) -> None:
    api = programma(Ruolo.PUBBLICATORE)
    arrivata = Segnalazione.objects.create(
        azienda=azienda, testo="La somma è sbagliata.", email="qualcuno@example.org"
    )
    dove = f"segnalazioni/{arrivata.pk}"
    assert "qualcuno" not in api.get(f"{RADICE}/{dove}").content.decode()
    assert manda(api, f"{dove}/presa-in-carico").json()["stato"] == "in_carico"
    assert manda(api, f"{dove}/chiusura", {"risposta": "Corretta."}).json()["stato"] == "chiusa"
    assert manda(api, f"{dove}/chiusura", {"risposta": "Ancora."}).status_code == 422


def test_di_un_pdf_firmato_si_prende_solo_quello_del_documento(
    api: Client, azienda: Azienda
) -> None:
    documento = DocumentoPubblicato.objects.create(
        piano=PianoFactory(azienda=azienda, stato="pubblicato"), versione=1, stato="pronto",
        contenuto="{}", sha256_contenuto="0" * 64, sha256_pdf="1" * 64, generatore="prova",
        pubblicato_il=date(2026, 1, 30),
    )  # fmt: skip
    dove = f"documenti/{documento.pk}/firma"
    assert api.get(f"{RADICE}/{dove}").status_code == 404
    assert "base64" in detto(manda(api, dove, {"contenuto": "è un testo"}), 400)
    assert "manca, o non è quello di allora" in detto(
        manda(api, dove, {"contenuto": "JVBERg=="}), 422
    )
    assert "forse è già stato tolto" in detto(manda(api, f"{dove}/ritiro", {"motivo": "X"}), 422)
    assert manda(api, f"{dove}/sigillo").status_code == 403


def test_le_valutazioni_individuali_le_tengono_le_risorse_umane(
    azienda: Azienda, programma: Callable[..., Client], api: Client
) -> None:
    edizione = EdizioneIndividualeFactory(azienda=azienda)
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    una = ValutazioneFactory(edizione=edizione, unita=unita, nota_persona="Una cosa mia")
    personale = programma(Ruolo.RISORSE_UMANE)
    letta = personale.get(f"{RADICE}/valutazioni-individuali/{una.pk}")
    assert letta.json()["cognome"] == una.persona.last_name
    assert "Una cosa mia" not in letta.content.decode()
    assert api.get(f"{RADICE}/valutazioni-individuali/{una.pk}").status_code == 404
    dove = f"valutazioni-individuali/{una.pk}"
    corretta = cambia(personale, dove, {"mesi": "6.5", "motivo": "Assunta a luglio"})
    assert (corretta.status_code, corretta.json().get("mesi")) == (200, 6.5), corretta.content
    estraneo = {"valutatore": "nessuno@example.org", "motivo": "Cambio"}
    assert "non può valutare questa persona" in detto(cambia(personale, dove, estraneo), 422)
    assert manda(personale, f"{dove}/chiusura").status_code == 422
    categorie = {"categoria_responsabili": "nessuna", "categoria_personale": "nessuna"}
    assegna = f"regole-individuali/{edizione.pk}/assegnazione"
    assert "Categorie sconosciute" in detto(manda(personale, assegna, categorie), 422)


def test_le_azioni_positive_si_scrivono_e_si_monitorano(
    azienda: Azienda, programma: Callable[..., Client]
) -> None:
    personale = programma(Ruolo.RISORSE_UMANE)
    area = AreaPositivaFactory(piano__azienda=azienda, piano__stato="bozza")
    nuova = {"titolo": "Un corso", "anno_inizio": 2022, "anno_fine": 2024}
    creata = manda(personale, f"aree-positive/{area.pk}/azioni", nuova)
    assert creata.status_code == 201, creata.content
    dove = f"azioni-positive/{creata.json()['id']}"
    assert cambia(personale, dove, {"indicatore": "Ore"}).json()["indicatore"] == "Ore"
    fatto = {"anno": 2022, "stato": "realizzata", "fatto": "Tenuto in due edizioni"}
    assert manda(personale, f"{dove}/monitoraggio", fatto).status_code == 422  # not adopted yet
    Piano.objects.filter(pk=area.piano_id).update(stato="adottato")
    (monitorato,) = manda(personale, f"{dove}/monitoraggio", fatto).json()["monitoraggi"]
    assert (monitorato["stato"], monitorato["percentuale"]) == ("realizzata", 100)


def test_le_regole_di_un_anno_si_cambiano_finche_non_sono_congelate(
    api: Client, azienda: Azienda
) -> None:
    piano_con_risultati(azienda)
    (regole,) = leggi(api, "regole")["risultati"]
    altro_anno = {"azienda": azienda.codice, "anno": 2024, "parametri": regole["parametri"]}
    nuove = manda(api, "regole", altro_anno)
    assert nuove.status_code == 201, nuove.content
    dove = f"regole/{nuove.json()['id']}"
    assert cambia(api, dove, {"parametri": {"nome": "Niente"}}).status_code == 422
    assert manda(api, f"{dove}/congelamento").json()["congelata_il"]
    cambiate = regole["parametri"] | {"nome": "Altro nome"}
    assert cambia(api, dove, {"parametri": cambiate}).status_code == 422


ELENCHI = (
    "righe-scheda", "rendicontazioni", "relazioni", "finestre", "azioni-positive", "sezioni",
    "target", "eventi", "aziende/{azienda}/obblighi",
)  # fmt: skip


def test_gli_elenchi_costano_le_stesse_domande(api: Client, azienda: Azienda) -> None:
    una_di_ogni(azienda, 1)
    assert leggi(api, "rendicontazioni")["totale"] == 1
    prima = {dove: _quante(api, dove.format(azienda=azienda.codice)) for dove in ELENCHI}
    una_di_ogni(azienda, 2)
    assert leggi(api, "rendicontazioni")["totale"] == 3
    assert {dove: _quante(api, dove.format(azienda=azienda.codice)) for dove in ELENCHI} == prima


def _quante(api: Client, dove: str) -> int:
    leggi(api, dove)
    with CaptureQueriesContext(connection) as chieste:
        leggi(api, dove)
    return len(chieste)
