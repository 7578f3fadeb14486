# SPDX-License-Identifier: AGPL-3.0-or-later
"""A result that is a day («entro il 30/06/2022»): by page, API, file; scored and explained."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.documenti import _risultato
from obiettivi.models import Misura, Raggiungimento, Rilevazione
from obiettivi.raccolta import risultato
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaFactory,
    AreaSchedaFactory,
    EdizioneFactory,
    FinestraFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    SchedaFactory,
    TargetFactory,
    UnitaFactory,
)
from tests.piani.importazioni.fogli import annulla, conferma, conti, errori, importa, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
IN_TEMPO, TARDI = date(2022, 6, 15), date(2022, 7, 15)


@pytest.fixture
def misura(azienda: Azienda) -> Misura:
    """An indicator of a computed plan, to be reached by the end of June."""
    EdizioneFactory(azienda=azienda, parametri=come_dati(ORDINARIA))
    una: Misura = MisuraFactory(
        obiettivo=ObiettivoFactory(area=AreaFactory(piano=PianoFactory(azienda=azienda))),
        indicatore=IndicatoreFactory(
            azienda=azienda, codice="D-1", tipo_formula="data", unita="", verso=""
        ),
    )
    TargetFactory(misura=una, stampato="entro il 30/06/2022")
    calcolo = azioni.avvia_calcolo(
        una.piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    return una


@pytest.fixture
def unita(azienda: Azienda) -> UnitaOrganizzativa:
    fatta: UnitaOrganizzativa = UnitaFactory(
        organigramma=OrganigrammaFactory(azienda=azienda), cdr=True
    )
    return fatta


def punteggio(misura: Misura) -> Decimal | None:
    return Raggiungimento.objects.get(livello="I", oggetto=misura.pk).punteggio


def rilevato() -> date | None:
    return Rilevazione.objects.correnti().get().data


def test_il_giorno_entra_dalla_pagina_e_fa_il_punteggio(
    misura: Misura, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    indicatore, client = misura.indicatore, entra(controllo)
    dove = reverse("rileva", args=[indicatore.azienda.codice, indicatore.codice])
    modulo = client.get(indicatore.get_absolute_url()).content.decode()
    assert 'type="date"' in modulo
    assert 'name="valore"' not in modulo
    dati = {"anno": "2022", "frazione": "", "stato": "numero"}
    assert "Manca questo valore." in client.post(dove, dati).content.decode()
    assert client.post(dove, dati | {"data": "2022-06-15"}).status_code == 302
    assert (rilevato(), punteggio(misura)) == (IN_TEMPO, 100)
    assert client.post(dove, dati | {"data": "15/07/2022"}).status_code == 302
    assert (rilevato(), punteggio(misura)) == (TARDI, 0)
    assert "15/07/2022" in client.get(indicatore.get_absolute_url()).content.decode()


def test_il_punteggio_si_spiega_con_il_giorno(
    misura: Misura, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    azioni.rileva(misura.indicatore, anno=2022, data=TARDI, origine="delibera 4", da=controllo)
    perche = reverse("spiegazione", args=[misura.piano.slug, "I", misura.pk])
    testo = entra(controllo).get(perche, {"anno": "2022"}).content.decode()
    assert "15/07/2022" in testo
    assert "30/06/2022" in testo
    assert "delibera 4" in testo


def test_il_giorno_di_un_trimestre_vale_per_l_anno(misura: Misura, controllo: Utente) -> None:
    azioni.rileva(misura.indicatore, anno=2022, frazione="T2", data=IN_TEMPO, da=controllo)
    assert punteggio(misura) == 100
    azioni.rileva(misura.indicatore, anno=2022, frazione="T4", data=TARDI, da=controllo)
    assert punteggio(misura) == 0  # the last word of the year


def scritto(client: Client, dove: str, corpo: Any, **come: str) -> Any:
    return client.post(
        f"/api/v1/{dove}", json.dumps(corpo), content_type="application/json", headers=come
    )


def test_il_giorno_entra_dall_api_uno_per_volta_o_tanti_insieme(
    misura: Misura, entra: Callable[[Utente], Client], controllo: Utente, azienda: Azienda
) -> None:
    api = entra(controllo)
    riga = {"indicatore": "D-1", "anno": 2022, "data": "2022-07-15"}
    uno = scritto(api, "rilevazioni", {"azienda": azienda.codice, **riga})
    assert (uno.status_code, uno.json()["rilevazione"]["data"]) == (201, "2022-07-15")
    assert punteggio(misura) == 0
    tanti = {"azienda": azienda.codice, "righe": [riga | {"data": "2022-06-15"}]}
    fatto = scritto(api, "rilevazioni/carico", tanti, **{"Idempotency-Key": "a"})
    assert (fatto.json()["sostituite"], rilevato(), punteggio(misura)) == (1, IN_TEMPO, 100)
    uguale = scritto(api, "rilevazioni/carico", tanti, **{"Idempotency-Key": "b"})
    assert uguale.json()["uguali"] == 1
    for chiave, storto in enumerate(("15/06/2022", "2022-02-30", 20220615, "20220615")):
        corpo = {"azienda": azienda.codice, "righe": [riga | {"data": storto}]}
        rifiutato = scritto(api, "rilevazioni/carico", corpo, **{"Idempotency-Key": f"c{chiave}"})
        assert rifiutato.json()["errori"] == [
            {"riga": 1, "campo": "data", "messaggio": "Un giorno, come 2026-12-31."}
        ]
    numero = scritto(api, "rilevazioni", {"azienda": azienda.codice, **riga, "valore": 3})
    assert [uno["campo"] for uno in numero.json()["errori"]] == ["valore"]


def test_il_giorno_si_rendiconta_e_arriva_al_cdr(
    azienda: Azienda, unita: UnitaOrganizzativa, entra: Callable[[Utente], Client]
) -> None:
    scheda = SchedaFactory(azienda=azienda, unita=unita, stato="in_monitoraggio")
    riga = RigaSchedaFactory(
        area=AreaSchedaFactory(scheda=scheda), atteso="entro il 30/06/2022",
        indicatore=IndicatoreFactory(azienda=azienda, tipo_formula="data", unita=""),
    )  # fmt: skip
    FinestraFactory(azienda=azienda, frazione="T2")
    capo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=unita).utente
    client = entra(capo)
    assert 'name="data"' in client.get(reverse("rendicontazione", args=[riga.pk, "T2"])).text
    dati = {"stato": "numero", "data": "2022-06-15", "azioni": "Adottato il piano.",
            "raggiungibile": "si", "dichiarato": "100"}  # fmt: skip
    salva = reverse("rendicontazione_salva", args=[riga.pk, "T2"])
    client.post(salva, dati | {"fai": "salva"})
    bozza = riga.rendicontazioni.get()
    assert bozza.cifre["data"] == "2022-06-15"
    pagina = client.get(reverse("rendicontazione", args=[riga.pk, "T2"])).text
    assert 'value="2022-06-15"' in pagina
    client.post(salva, dati | {"fai": "trasmetti", "visto": bozza.impronta})
    bozza.refresh_from_db()
    assert (bozza.stato, rilevato()) == ("trasmessa", IN_TEMPO)


def test_il_giorno_si_scrive_nella_griglia_dei_cdr(
    azienda: Azienda, unita: UnitaOrganizzativa, controllo: Utente,
    entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    indicatore = IndicatoreFactory(azienda=azienda, tipo_formula="data", unita="")
    scheda = SchedaFactory(azienda=azienda, unita=unita, stato="in_monitoraggio")
    RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=indicatore)
    dove = reverse("griglia", args=[azienda.codice, indicatore.codice])
    dati = {"anno": "2022", "frazione": "T2", f"data-{unita.pk}": "2022-06-15"}
    assert entra(controllo).post(f"{dove}?anno=2022&frazione=T2", dati).status_code == 302
    scritta = Rilevazione.objects.get()
    assert (scritta.unita, scritta.data) == (unita, IN_TEMPO)


TESTA = ("Codice indicatore", "Anno", "Consuntivo")


def test_il_giorno_si_importa_come_lo_tiene_il_foglio(
    misura: Misura, azienda: Azienda, controllo: Utente
) -> None:
    azioni.rileva(misura.indicatore, anno=2022, data=TARDI, da=controllo)
    letto = importa("rilevazioni", azienda, xlsx([TESTA, ["D-1", 2022, IN_TEMPO]]), da=controllo)
    assert (letto.errore, conti(letto)) == ("", {"cambiate": 1})
    cambiata = letto.righe.get()
    assert (cambiata.celle["data"], cambiata.prima) == ("15/06/2022", {"data": "15/07/2022"})
    conferma(letto, da=controllo)
    assert (rilevato(), punteggio(misura)) == (IN_TEMPO, 100)
    scritto_a_mano = xlsx([TESTA, ["D-1", 2022, "15/06/2022"]])
    assert conti(importa("rilevazioni", azienda, scritto_a_mano, da=controllo)) == {"uguali": 1}
    annulla(letto, da=controllo)
    assert (rilevato(), punteggio(misura)) == (TARDI, 0)


def test_un_giorno_e_di_un_indicatore_a_data_e_un_numero_degli_altri(
    misura: Misura, azienda: Azienda, controllo: Utente
) -> None:
    IndicatoreFactory(azienda=azienda, codice="N-1")
    foglio = xlsx([TESTA, ["N-1", 2022, IN_TEMPO], ["D-1", 2022, 7], ["D-1", 2021, "n.d."]])
    letto = importa("rilevazioni", azienda, foglio, da=controllo)
    assert errori(letto) == {
        2: {"valore": "Questo indicatore si misura con un numero."},
        3: {"valore": "Questo indicatore non si misura così."},
    }
    con_colonna = xlsx([("Codice indicatore", "Anno", "Data di raggiungimento"),
                        ["D-1", 2022, "30/06/2022"]])  # fmt: skip
    assert conti(importa("rilevazioni", azienda, con_colonna, da=controllo)) == {"nuove": 1}


def test_il_giorno_esce_con_i_risultati(
    misura: Misura, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    una = azioni.rileva(misura.indicatore, anno=2022, data=IN_TEMPO, da=controllo).rilevazione
    assert (una.mostrata, una.cifra, risultato(una).data) == ("15/06/2022", None, IN_TEMPO)
    assert (_risultato(una)["data"], _risultato(una)["stampato"]) == ("2022-06-15", "15/06/2022")
    indirizzo = misura.indicatore.get_absolute_url()
    csv = entra(controllo).get(indirizzo, {"formato": "csv"}).getvalue().decode("utf-8-sig")
    assert "15/06/2022" in csv or "2022-06-15" in csv


def test_un_risultato_e_un_giorno_o_una_cifra() -> None:
    for altro in ({"valore": 1}, {"valore": None, "avanzamento": 1}, {"stato": "mancante"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RilevazioneFactory(**{"valore": None, "data": IN_TEMPO} | altro)
    with pytest.raises(ValidationError):
        Rilevazione(
            indicatore=IndicatoreFactory(), anno=2022, data=IN_TEMPO, valore=1
        ).validate_constraints()
