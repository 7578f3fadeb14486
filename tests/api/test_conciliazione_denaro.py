# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports, expenses with their papers, cofinancing through the API: what they write, what they
refuse, and who may not.
"""

from base64 import b64encode
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from conciliazione.models import (
    ApportoCofinanziamento,
    Giustificativo,
    Progetto,
    Rendiconto,
    RilevazioneAzione,
    RilevazioneProgetto,
    Spesa,
)
from piani.models import Evento
from tests.api.passi import RADICE, cambia, campi, detto, fatta, leggi, manda
from tests.factories_conciliazione import (
    AdesioneFactory,
    AzioneProgettoFactory,
    RendicontoFactory,
    SemestreFactory,
    SpesaFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db
D = Decimal
QUI = "conciliazione"


def in_base64(contenuto: bytes) -> str:
    return b64encode(contenuto).decode()


# --- the report of a semester


def test_il_capofila_scrive_la_rilevazione_e_la_cambia_a_pezzi(
    progetto: Progetto, capofila: Client, partner: Client, ufficio: Client
) -> None:
    semestre = SemestreFactory(edizione=progetto.edizione)
    prima, seconda = (AzioneProgettoFactory(progetto=progetto) for _n in range(2))
    corpo = {
        "semestre": semestre.pk, "progetto": progetto.pk, "avanzamento": "Aperti due centri.",
        "azioni": [
            {"azione": prima.pk, "persone": 40, "imprese": 0},
            {"azione": seconda.pk, "nota": "Comincia in autunno"},
        ],
    }  # fmt: skip
    for altro in (partner, ufficio):
        assert manda(altro, f"{QUI}/rilevazioni", corpo).status_code == 403
    nuova = fatta(manda(capofila, f"{QUI}/rilevazioni", corpo))
    assert (nuova["stato"], nuova["avanzamento"]) == ("bozza", "Aperti due centri.")
    dette = {una["azione"]: (una["persone"], una["imprese"]) for una in nuova["azioni"]}
    assert dette == {prima.pk: (40, 0), seconda.pk: (None, None)}
    assert "c'è già" in detto(manda(capofila, f"{QUI}/rilevazioni", corpo), 422)

    dove = f"{QUI}/rilevazioni/{nuova['id']}"
    assert manda(capofila, dove, {"criticita": "Mancano educatori"}, "patch").status_code == 428
    poi = {"criticita": "Mancano educatori", "azioni": [{"azione": seconda.pk, "persone": 3}]}
    cambiata = fatta(cambia(capofila, dove, poi), 200)
    assert (cambiata["avanzamento"], cambiata["criticita"]) == (
        "Aperti due centri.",
        "Mancano educatori",
    )
    raggiunte = dict(RilevazioneAzione.objects.values_list("azione", "persone"))
    assert raggiunte == {prima.pk: 40, seconda.pk: 3}
    assert RilevazioneProgetto.objects.get().modifiche == 2
    tipi = Evento.objects.filter(tipo__startswith="conc_rilevazione").values_list("tipo", flat=True)
    assert sorted(tipi) == ["conc_rilevazione.iniziata", "conc_rilevazione.salvata"]


def test_della_rilevazione_si_rifiuta_cio_che_non_va_e_non_si_scrive_niente(
    progetto: Progetto, capofila: Client
) -> None:
    semestre = SemestreFactory(edizione=progetto.edizione)
    azione, altrove = AzioneProgettoFactory(progetto=progetto), AzioneProgettoFactory()
    qui, base = f"{QUI}/rilevazioni", {"semestre": semestre.pk, "progetto": progetto.pk}
    di_altri = base | {"azioni": [{"azione": altrove.pk, "persone": 1}]}
    assert "non c'è più nel progetto" in detto(manda(capofila, qui, di_altri), 422)
    due = base | {"azioni": [{"azione": azione.pk, "persone": n} for n in (1, 2)]}
    assert campi(manda(capofila, qui, due)) == {"azioni": f"La riga {azione.pk} è detta due volte."}
    meno = base | {"azioni": [{"azione": azione.pk, "persone": -1}]}
    assert list(campi(manda(capofila, qui, meno), 400)) == ["azioni.0.persone"]
    assert manda(capofila, qui, base | {"semestre": 0}).status_code == 404
    assert not RilevazioneProgetto.objects.exists()
    nuova = fatta(manda(capofila, qui, base))
    assert "Scrivi che cosa si è fatto" in detto(
        manda(capofila, f"{qui}/{nuova['id']}/trasmissione"), 422
    )
    RilevazioneProgetto.objects.update(stato="validata")
    ferma = cambia(capofila, f"{qui}/{nuova['id']}", {"avanzamento": "Altro"})
    assert "si può fare solo quando è «Bozza»" in detto(ferma, 422)


# --- the papers of an expense


def test_il_documento_di_una_spesa_si_carica_si_scarica_e_si_toglie(
    progetto: Progetto, capofila: Client, partner: Client, ufficio: Client
) -> None:
    spesa = SpesaFactory(voce=VoceBudgetFactory(azione__progetto=progetto))
    qui = f"{QUI}/spese/{spesa.pk}/giustificativi"
    corpo = {"nome": "fattura «7».txt", "contenuto": in_base64(b"Fattura 7")}
    assert manda(partner, qui, corpo).status_code == 404  # of the capofila: not theirs to read
    risposta = manda(capofila, qui, corpo)
    nuovo = fatta(risposta)
    dove = f"{QUI}/giustificativi/{nuovo['id']}"
    assert risposta["Location"] == f"{RADICE}/{dove}"
    assert (nuovo["spesa"], nuovo["tipo"], nuovo["dimensione"]) == (spesa.pk, "text/plain", 9)
    assert leggi(capofila, f"{QUI}/spese/{spesa.pk}")["giustificativi"][0]["id"] == nuovo["id"]
    assert [uno["id"] for uno in leggi(capofila, f"{QUI}/giustificativi")["risultati"]] == [
        nuovo["id"]
    ]

    scaricato = capofila.get(f"{RADICE}/{dove}/contenuto", headers={"Accept": "text/plain"})
    assert scaricato.content == b"Fattura 7"
    assert scaricato["Content-Type"] == "text/plain"
    assert scaricato["Content-Disposition"].startswith("attachment; filename*=utf-8''fattura")
    ancora = capofila.get(
        f"{RADICE}/{dove}/contenuto", headers={"If-None-Match": scaricato["ETag"]}
    )
    assert ancora.status_code == 304
    # L'ATS la legge quando è trasmessa, e non la toglie.
    assert ufficio.get(f"{RADICE}/{dove}").status_code == 404
    spesa.rendiconto = RendicontoFactory(progetto=progetto, stato="trasmesso", richiesto=D(1))
    spesa.save()
    assert ufficio.get(f"{RADICE}/{dove}/contenuto").content == b"Fattura 7"
    assert cambia(ufficio, dove, metodo="delete").status_code == 403
    assert "non si cambia" in detto(cambia(capofila, dove, metodo="delete"), 422)
    Rendiconto.objects.update(stato="da_integrare", nota="Manca una firma")
    assert manda(capofila, dove, metodo="delete").status_code == 428
    assert cambia(capofila, dove, metodo="delete").status_code == 204
    assert not Giustificativo.objects.exists()
    assert Evento.objects.filter(tipo="conc_giustificativo.tolto").count() == 1


def test_un_documento_che_non_si_accetta_e_detto_con_il_suo_nome(
    progetto: Progetto, capofila: Client, ufficio: Client
) -> None:
    voce = VoceBudgetFactory(azione__progetto=progetto)
    spesa, altra = SpesaFactory(voce=voce), SpesaFactory(voce=voce)
    qui = f"{QUI}/spese/{spesa.pk}/giustificativi"
    exe = {"nome": "f.exe", "contenuto": in_base64(b"MZ\x00")}
    assert "f.exe: Di questo tipo non si accettano" in campi(manda(capofila, qui, exe))["file"]
    grezzo = {"nome": "f.txt", "contenuto": "non è base64"}
    assert list(campi(manda(capofila, qui, grezzo), 400)) == ["contenuto"]
    buono = {"nome": "f.txt", "contenuto": in_base64(b"uno")}
    fatta(manda(capofila, qui, buono))
    assert "c'è già" in campi(manda(capofila, qui, buono))["file"]
    di_un_altra = manda(capofila, f"{QUI}/spese/{altra.pk}/giustificativi", buono)
    assert "prova già un'altra spesa" in campi(di_un_altra)["file"]
    assert Giustificativo.objects.count() == 1


def test_un_documento_che_non_e_piu_nell_archivio_non_si_trova(
    progetto: Progetto, capofila: Client
) -> None:
    spesa = SpesaFactory(voce=VoceBudgetFactory(azione__progetto=progetto))
    perso = Giustificativo.objects.create(
        spesa=spesa, nome="f.txt", tipo="text/plain", dimensione=1, sha256="a" * 64, file="no.txt"
    )
    dove = f"{RADICE}/{QUI}/giustificativi/{perso.pk}"
    assert capofila.get(dove).status_code == 200
    assert capofila.get(f"{dove}/contenuto").status_code == 404


# --- the cofinancing


def test_il_cofinanziamento_si_scrive_e_si_toglie(
    progetto: Progetto, capofila: Client, partner: Client, ufficio: Client
) -> None:
    qui = f"{QUI}/apporti"
    corpo = {"progetto": progetto.pk, "ente": progetto.capofila_id, "forma": "personale"}
    senza = campi(manda(capofila, qui, corpo))
    assert senza == {
        "ore": "Scrivi quante ore, più di zero.",
        "costo_orario": "Scrivi il costo di un'ora, più di zero.",
    }
    ore = corpo | {"ore": 10.5, "costo_orario": 20.33, "dal": "2021-02-01", "nota": "Fogli ore"}
    for altro in (partner, ufficio):
        assert manda(altro, qui, ore).status_code == 403
    nuovo = fatta(manda(capofila, qui, ore))
    assert (nuovo["importo"], nuovo["dal"], nuovo["pubblico"]) == (
        213.47,  # 213,465
        "2021-02-01",
        progetto.capofila.natura == "pubblica",
    )
    assert ApportoCofinanziamento.objects.get().importo == D("213.47")
    estraneo = AdesioneFactory(ente__azienda=progetto.edizione.azienda).ente
    denaro = {"progetto": progetto.pk, "ente": estraneo.pk, "forma": "denaro", "importo": 5}
    assert "né capofila né partner" in campi(manda(capofila, qui, denaro))["ente"]
    fuori = ore | {"dal": "2019-01-01"}
    assert "fuori dal periodo" in campi(manda(capofila, qui, fuori))["dal"]

    dove = f"{qui}/{nuovo['id']}"
    assert manda(capofila, dove, metodo="delete").status_code == 428
    assert cambia(capofila, dove, metodo="delete").status_code == 204
    assert not ApportoCofinanziamento.objects.exists()


# --- many expenses together


def carico(client: Client, corpo: Any, chiave: str = "prima") -> Any:
    return manda(client, f"{QUI}/spese/carico", corpo, headers={"Idempotency-Key": chiave})


def riga(voce: Any, **altro: Any) -> dict[str, Any]:
    return {
        "voce": voce.pk, "ente": voce.azione.progetto.capofila_id, "descrizione": "Educatori",
        "documento": "Fattura 1", "documento_del": "2021-07-31", "importo": 4000.5,
    } | altro  # fmt: skip


def test_molte_spese_si_caricano_una_volta_sola(
    progetto: Progetto, capofila: Client, ufficio: Client
) -> None:
    voce = VoceBudgetFactory(azione__progetto=progetto)
    corpo = {
        "progetto": progetto.pk,
        "righe": [riga(voce), riga(voce, documento="Fattura 2", pagata_il="2021-08-01")],
    }
    assert carico(ufficio, corpo).status_code == 403
    fatto = carico(capofila, corpo)
    esito = fatta(fatto, 200)
    scritte = Spesa.objects.order_by("pk")
    assert esito == {"inserite": 2, "spese": [una.pk for una in scritte]}
    assert [(una.documento, una.importo, una.pagata_il) for una in scritte] == [
        ("Fattura 1", D("4000.50"), None),
        ("Fattura 2", D("4000.50"), date(2021, 8, 1)),
    ]
    assert Evento.objects.filter(tipo="conc_spesa.inserita").count() == 2
    ancora = carico(capofila, corpo)
    assert (fatta(ancora, 200), ancora["Idempotency-Replayed"]) == (esito, "true")
    altra = {"progetto": progetto.pk, "righe": [riga(voce, documento="Fattura 3", importo=1)]}
    assert "è già servita per un'altra richiesta" in detto(carico(capofila, altra), 422)
    senza = manda(capofila, f"{QUI}/spese/carico", altra)
    assert list(campi(senza, 400)) == ["Idempotency-Key"]
    assert Spesa.objects.count() == 2


def test_se_una_spesa_non_va_non_se_ne_scrive_nessuna_e_sono_dette_tutte(
    progetto: Progetto, capofila: Client, partner: Client
) -> None:
    voce = VoceBudgetFactory(azione__progetto=progetto)  # 10.000,00
    righe = [
        riga(voce, importo=9000),
        riga(voce),  # the same document
        riga(voce, documento="Fattura 2", importo=1000.01),
        riga(voce, documento="Fattura 3", importo=1, documento_del="2019-01-01"),
    ]
    risposta = carico(capofila, {"progetto": progetto.pk, "righe": righe})
    assert risposta.status_code == 422, risposta.content
    errori = {(uno["riga"], uno["campo"]): uno["messaggio"] for uno in risposta.json()["errori"]}
    assert set(errori) == {
        (2, "documento"), (2, "importo"), (3, "importo"), (4, "documento_del"),
    }  # fmt: skip
    assert errori[2, "documento"] == "Questo documento è già in quella voce."
    assert "la superano di 0,01 €" in errori[3, "importo"]
    storta = {"progetto": progetto.pk, "righe": [riga(voce), {"documento": "Fattura 4"}]}
    assert "righe.1.importo" in campi(carico(capofila, storta), 400)
    # Ciascuno le sue: quelle del capofila un partner non le scrive.
    assert carico(partner, {"progetto": progetto.pk, "righe": [riga(voce)]}).status_code == 403
    assert not Spesa.objects.exists()
    assert not Evento.objects.filter(tipo="conc_spesa.inserita").exists()
    # La chiave di un carico rifiutato è ancora libera.
    assert carico(capofila, {"progetto": progetto.pk, "righe": righe[:1]}).status_code == 200
    Progetto.objects.update(stato="revocato", motivo="Rinuncia")
    tardi = {"progetto": progetto.pk, "righe": [riga(voce, documento="Fattura 9", importo=1)]}
    (errore,) = carico(capofila, tardi, "seconda").json()["errori"]
    assert (errore["riga"], errore["campo"]) == (1, "")
    assert "non si rendicontano spese" in errore["messaggio"]
