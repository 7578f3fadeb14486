# SPDX-License-Identifier: AGPL-3.0-or-later
"""The network through the API: bodies, adhesions, renunciations, composition, territory."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conciliazione.models import (
    Adesione,
    ComposizioneRete,
    Comune,
    EdizioneConciliazione,
    Ente,
    Rinuncia,
)
from piani.models import Azienda, Evento, Ruolo
from tests.api.chiede import RADICE, cambia, errori, in_sessione, letto, manda, visto
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    AmbitoFactory,
    ComuneFactory,
    EdizioneConciliazioneFactory,
    EnteFactory,
    ReferenteFactory,
    SedutaFactory,
)
from tests.frontiere.api_conciliazione_rete import MODULO

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory(azienda=azienda)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    return programma(Ruolo.CAPOFILA)


# Bodies -----------------------------------------------------------------------------------------


def test_due_righe_dello_stesso_ente_diventano_una(azienda: Azienda, ufficio: Client) -> None:
    uno = EnteFactory(azienda=azienda)
    doppione = EnteFactory(azienda=azienda, sede="Via 1")
    adesione = AdesioneFactory(ente=doppione)
    unito = manda(ufficio, f"enti/{uno.pk}/unione", {"doppione": doppione.pk})
    assert unito.status_code == 200, unito.content
    assert (unito.json()["sede"], unito.json()["nella_rete"]) == ("Via 1", True)
    assert letto(ufficio, f"adesioni/{adesione.pk}")["ente"] == uno.pk
    assert ufficio.get(f"{RADICE}/enti/{doppione.pk}").status_code == 404
    assert Evento.objects.filter(tipo="conc_ente.unito").count() == 1


def test_non_si_uniscono_due_enti_diversi_ne_quelli_di_altri(
    azienda: Azienda, ufficio: Client, programma: Callable[..., Client]
) -> None:
    uno = EnteFactory(azienda=azienda)
    dove = f"enti/{uno.pk}/unione"
    impresa = EnteFactory(azienda=azienda, tipo="profit", natura="privata_profit")
    assert "Le tipologie sono diverse" in errori(manda(ufficio, dove, {"doppione": impresa.pk}))[""]
    stesso = errori(manda(ufficio, dove, {"doppione": uno.pk}))
    assert stesso[""] == "È lo stesso ente: scegline un altro."
    di_altri = {"doppione": EnteFactory().pk}
    assert "doppione" in errori(manda(ufficio, dove, di_altri), 400)
    lettore = programma(Ruolo.REGIONE)
    assert manda(lettore, dove, {"doppione": impresa.pk}).status_code == 403
    assert Ente.objects.filter(pk__in=(uno.pk, impresa.pk)).count() == 2


# Adhesions --------------------------------------------------------------------------------------


def modulo(azienda: Azienda, **altro: Any) -> dict[str, Any]:
    return MODULO | {"azienda": azienda.codice} | altro


def test_l_ufficio_registra_il_modulo_arrivato_firmato(azienda: Azienda, ufficio: Client) -> None:
    fatta = manda(ufficio, "adesioni", modulo(azienda))
    assert fatta.status_code == 201, fatta.content
    scritta = Adesione.objects.get()
    assert fatta["Location"] == f"{RADICE}/adesioni/{scritta.pk}"
    assert (scritta.stato, scritta.provincia, scritta.indirizzo) == (
        "confermata", "LO", "via delle Prove 3",
    )  # fmt: skip
    assert (scritta.referente_email, scritta.natura) == ("bice@example.org", "privata_non_profit")
    assert timezone.localdate(scritta.chiesta_il) == date(2021, 3, 1)
    letta = letto(ufficio, f"adesioni/{scritta.pk}")
    assert (letta["stato"], letta["denominazione"]) == ("confermata", "Cooperativa Girandola")


@pytest.mark.parametrize(
    ("cambi", "stato", "campo", "detto"),
    [
        ({"tipo": "profit"}, 422, "partita_iva", "Per un'impresa è obbligatoria."),
        ({"tipo": "profit"}, 422, "dimensione", "Per un'impresa è obbligatoria."),
        ({"codice_fiscale": "01234567890"}, 422, "codice_fiscale", "non è giusto"),
        ({"arrivata_il": "2999-01-01"}, 422, "arrivata_il", "deve ancora venire"),
        ({"regolamento_visto": False}, 422, "regolamento_visto", "letto il regolamento"),
        ({"interesse": False}, 400, "interesse", "non c'è una richiesta"),
        ({"provincia": "Lodi"}, 400, "provincia", "non corrisponde"),
        ({"email": "girandola"}, 400, "email", "indirizzo email valido"),
        ({"civico": ""}, 400, "civico", "omesso"),
    ],
)
def test_un_modulo_sbagliato_dice_il_campo(
    azienda: Azienda, ufficio: Client, cambi: dict[str, Any], stato: int, campo: str, detto: str
) -> None:
    rifiuto = errori(manda(ufficio, "adesioni", modulo(azienda, **cambi)), stato)
    assert detto in rifiuto[campo]
    assert not Adesione.objects.exists()


def test_il_modulo_non_lo_registra_chi_legge(
    azienda: Azienda, programma: Callable[..., Client]
) -> None:
    lettore = programma(Ruolo.REGIONE)
    assert manda(lettore, "adesioni", modulo(azienda)).status_code == 403


def test_l_adesione_si_valuta_in_una_seduta_del_comitato_della_stessa_ats(
    edizione: EdizioneConciliazione, ufficio: Client
) -> None:
    adesione = AdesioneFactory(
        ente=None, azienda=edizione.azienda, stato="confermata", dal=None, tipo="pubblico",
        natura="pubblica", denominazione="Comune di prova",
    )  # fmt: skip
    in_bozza = SedutaFactory(edizione=edizione, stato="bozza", quando=timezone.now())
    corpo = {"valutata_il": str(OGGI()), "motivo": "No", "seduta": in_bozza.pk}
    rifiuto = errori(manda(ufficio, f"adesioni/{adesione.pk}/rifiuto", corpo))
    assert "Serve una seduta del Comitato" in rifiuto["seduta"]
    adesione.refresh_from_db()
    assert adesione.stato == "confermata"


# Renunciations ----------------------------------------------------------------------------------


def test_l_ente_rinuncia_e_il_comitato_ne_prende_atto(
    edizione: EdizioneConciliazione, ufficio: Client, programma: Callable[..., Client]
) -> None:
    adesione = AdesioneFactory(ente=EnteFactory(azienda=edizione.azienda))
    ente = in_sessione(ReferenteFactory(ente=adesione.ente).utente)
    decorre = OGGI() + timedelta(days=10)
    corpo = {"motivo": "Altre priorità.", "presentata_il": OGGI(), "decorre_dal": decorre}
    dove = f"adesioni/{adesione.pk}/rinuncia"
    assert manda(programma(Ruolo.REGIONE), dove, corpo).status_code == 403
    prima = errori(manda(ente, dove, corpo | {"decorre_dal": OGGI() - timedelta(days=1)}))
    assert "prima di essere presentata" in prima["decorre_dal"]
    fatta = manda(ente, dove, corpo)
    assert fatta.status_code == 201, fatta.content
    riga = Rinuncia.objects.get()
    assert fatta["Location"] == f"{RADICE}/rinunce/{riga.pk}"
    assert letto(ente, f"rinunce/{riga.pk}") == fatta.json()
    assert "ha già presentato" in errori(manda(ente, dove, corpo))[""]

    atto = f"rinunce/{riga.pk}/presa-atto"
    detto = {"presa_atto_il": OGGI()}
    assert manda(ente, atto, detto).status_code == 403
    convocata = SedutaFactory(edizione=edizione)
    assert (
        "Serve una seduta"
        in errori(manda(ufficio, atto, detto | {"seduta": convocata.pk}))["seduta"]
    )
    domani = {"presa_atto_il": OGGI() + timedelta(days=1)}
    assert "non oltre oggi" in errori(manda(ufficio, atto, domani))["presa_atto_il"]
    chiusa = SedutaFactory(edizione=edizione, stato="chiusa", componenti=4, numero_legale=3)
    preso = manda(ufficio, atto, detto | {"seduta": chiusa.pk})
    assert preso.status_code == 200, preso.content
    assert (preso.json()["presa_atto_il"], preso.json()["seduta"]) == (str(OGGI()), chiusa.pk)
    assert letto(ufficio, f"adesioni/{adesione.pk}")["al"] == str(decorre - timedelta(days=1))
    assert "già preso atto" in errori(manda(ufficio, atto, detto))[""]
    assert "nuova adesione" in errori(cambia(ente, f"rinunce/{riga.pk}", metodo="delete"))[""]


def test_una_rinuncia_si_ritira_finche_nessuno_ne_ha_preso_atto(
    azienda: Azienda, ufficio: Client, programma: Callable[..., Client]
) -> None:
    adesione = AdesioneFactory(ente=EnteFactory(azienda=azienda))
    riga = Rinuncia.objects.create(
        adesione=adesione, motivo="x", presentata_il=date(2021, 3, 1),
        decorre_dal=date(2021, 4, 1),
    )  # fmt: skip
    dove = f"rinunce/{riga.pk}"
    estraneo = in_sessione(ReferenteFactory(ente=EnteFactory(azienda=azienda)).utente)
    assert manda(estraneo, dove, {}, "delete").status_code == 404
    assert cambia(programma(Ruolo.REGIONE), dove, metodo="delete").status_code == 403
    assert manda(ufficio, dove, {}, "delete").status_code == 428
    ente = in_sessione(ReferenteFactory(ente=adesione.ente).utente)
    assert cambia(ente, dove, metodo="delete").status_code == 204
    assert not Rinuncia.objects.exists()
    assert Evento.objects.get(tipo="conc_rinuncia.ritirata").dati == {"motivo": "x"}


# Composition ------------------------------------------------------------------------------------


def stampati(composizione: Any) -> dict[str, int | None]:
    return {una["tipo"]: una["stampato"] for una in composizione["righe"] if una["stampato"]}


def test_una_bozza_della_composizione_si_corregge_finche_non_e_approvata(
    edizione: EdizioneConciliazione, ufficio: Client, programma: Callable[..., Client]
) -> None:
    corpo = {
        "edizione": edizione.slug, "anno": 2021, "semestre": 1, "al": "2021-06-30",
        "atto": "Verbale 1", "totale_stampato": 12,
        "righe": [{"tipo": "profit", "stampato": 5}, {"tipo": "ambito", "stampato": 7}],
    }  # fmt: skip
    fatta = manda(ufficio, "composizioni", corpo).json()
    assert (fatta["atto"], fatta["totale_stampato"]) == ("Verbale 1", 12)
    assert stampati(fatta) == {"profit": 5, "ambito": 7}
    dove = f"composizioni/{fatta['id']}"
    assert cambia(programma(Ruolo.REGIONE), dove, {"atto": "x"}).status_code == 403

    sua = {"al": "2021-05-31", "righe": [{"tipo": "ambito", "stampato": None}]}
    corretta = cambia(ufficio, dove, sua)
    assert corretta.status_code == 200, corretta.content
    assert (corretta.json()["al"], corretta.json()["atto"]) == ("2021-05-31", "Verbale 1")
    assert stampati(letto(ufficio, dove)) == {"profit": 5}
    fuori = errori(cambia(ufficio, dove, {"semestre": 2}))
    assert fuori["al"] == "Il giorno non è in quel semestre: cambia il giorno o il semestre."
    due = [{"tipo": "profit", "stampato": 1}, {"tipo": "profit", "stampato": 2}]
    assert "una volta sola" in errori(cambia(ufficio, dove, {"righe": due}), 400)["righe"]
    assert manda(ufficio, dove, sua, "patch").status_code == 428

    assert manda(ufficio, f"{dove}/approvazione").status_code == 200
    assert "quando è «Bozza»" in errori(cambia(ufficio, dove, {"atto": "Verbale 2"}))[""]
    assert ComposizioneRete.objects.get().atto == "Verbale 1"


# Territory --------------------------------------------------------------------------------------


def test_un_ambito_si_aggiunge_e_si_cambia(
    azienda: Azienda, ufficio: Client, programma: Callable[..., Client]
) -> None:
    corpo = {"azienda": azienda.codice, "codice": "alto-milanese", "nome": "Alto Milanese"}
    fatto = manda(ufficio, "ambiti", corpo)
    assert fatto.status_code == 201, fatto.content
    dove = f"ambiti/{fatto.json()['id']}"
    assert fatto["Location"] == f"{RADICE}/{dove}"
    assert "C'è già quell'ambito." in errori(manda(ufficio, "ambiti", corpo))[""]
    assert "codice" in errori(manda(ufficio, "ambiti", corpo | {"codice": "a b"}), 400)
    cambiato = cambia(ufficio, dove, {"ordine": 3, "comuni_stampati": 11})
    assert (cambiato.json()["ordine"], cambiato.json()["nome"]) == (3, "Alto Milanese")
    assert letto(ufficio, dove)["comuni_stampati"] == 11
    lettore = programma(Ruolo.REGIONE)
    assert cambia(lettore, dove, {"ordine": 1}).status_code == 403
    assert manda(lettore, "ambiti", corpo | {"codice": "altro"}).status_code == 403


def test_un_comune_si_aggiunge_e_si_cambia(azienda: Azienda, ufficio: Client) -> None:
    ambito = AmbitoFactory(azienda=azienda)
    fatto = manda(ufficio, "comuni", {"ambito": ambito.pk, "nome": "Pero", "provincia": "MI"})
    assert fatto.status_code == 201, fatto.content
    dove = f"comuni/{fatto.json()['id']}"
    assert letto(ufficio, f"ambiti/{ambito.pk}")["comuni"][0]["nome"] == "Pero"
    ancora = errori(manda(ufficio, "comuni", {"ambito": ambito.pk, "nome": "Pero"}))
    assert ancora[""] == "C'è già quel comune."
    cambiato = cambia(ufficio, dove, {"abitanti": 11_000, "ambito": None})
    assert (cambiato.json()["abitanti"], cambiato.json()["ambito"]) == (11_000, None)
    assert letto(ufficio, f"ambiti/{ambito.pk}")["comuni"] == []
    visti = visto(ufficio, dove)
    assert manda(ufficio, dove, {"abitanti": 1}, "patch", **visti).status_code == 200
    assert manda(ufficio, dove, {"abitanti": 2}, "patch", **visti).status_code == 412
    assert Comune.objects.get().abitanti == 1


def test_un_comune_non_va_nell_ambito_di_un_altra_ats(azienda: Azienda) -> None:
    """Not even by who works for both."""
    suo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CAPOFILA)
    altra = IncaricoFactory(utente=suo.utente, ruolo=Ruolo.CAPOFILA).azienda
    di_tutte_e_due = in_sessione(suo.utente)
    comune = ComuneFactory(ambito=AmbitoFactory(azienda=azienda))
    altrove = AmbitoFactory(azienda=altra)
    dove = f"comuni/{comune.pk}"
    rifiuto = errori(cambia(di_tutte_e_due, dove, {"ambito": altrove.pk}))
    assert rifiuto == {"ambito": "È di un'altra azienda."}
    ente = EnteFactory(azienda=azienda)
    sbagliato = cambia(di_tutte_e_due, f"enti/{ente.pk}", {"comune": ComuneFactory(
        ambito=altrove).pk})  # fmt: skip
    assert errori(sbagliato) == {"comune": "È di un'altra azienda."}
