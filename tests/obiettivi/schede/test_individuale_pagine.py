# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the individual evaluation, the bulk assignment, the rules, the inbox."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from obiettivi.azioni.individuale import conciliazione
from obiettivi.azioni.individuale.assegna import assegna_valutazioni, mesi_coperti
from obiettivi.individuale.foglio_categorie import leggi_categorie
from obiettivi.individuale.tabelle import leggi, scrivi
from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from obiettivi.schede.bacheca_individuale import cose_da_fare
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    EdizioneIndividualeFactory,
    FinestraFactory,
    IncaricoFactory,
    OrganigrammaFactory,
    UnitaFactory,
    ValutazioneFactory,
    regole_individuali,
)

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
Stato = ValutazioneIndividuale.Stato
D = Decimal


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneIndividuale:
    una: EdizioneIndividuale = EdizioneIndividualeFactory(azienda=azienda)
    return una


@pytest.fixture
def personale(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.RISORSE_UMANE)


@pytest.fixture
def unita(azienda: Azienda) -> UnitaOrganizzativa:
    una: UnitaOrganizzativa = UnitaFactory(
        organigramma=OrganigrammaFactory(azienda=azienda), cdr=True
    )
    return una


def chi(azienda: Azienda, ruolo: Ruolo, unita: UnitaOrganizzativa, **campi: Any) -> Utente:
    utente: Utente = IncaricoFactory(azienda=azienda, ruolo=ruolo, unita=unita, **campi).utente
    return utente


# --- assignment ---------------------------------------------------------------------------


def assegna(edizione: EdizioneIndividuale, da: Utente, **altro: Any) -> Any:
    return assegna_valutazioni(
        edizione, categoria_responsabili="dirigenza", categoria_personale="comparto", da=da, **altro
    )


def test_si_assegnano_a_tutti_con_valutatore_categoria_e_mesi(
    azienda: Azienda, edizione: EdizioneIndividuale, personale: Utente, unita: UnitaOrganizzativa
) -> None:
    sotto = UnitaFactory(organigramma=unita.organigramma, parent=unita)
    capo = chi(azienda, Ruolo.RESPONSABILE_CDR, unita)
    uno = chi(azienda, Ruolo.DIPENDENTE, unita)
    altro = chi(azienda, Ruolo.DIPENDENTE, sotto, dal=date(2022, 7, 1), al=date(2022, 9, 10))
    chi(azienda, Ruolo.DIPENDENTE, unita, al=date(2021, 12, 31))
    direzione = IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIREZIONE).utente
    fatte = assegna(edizione, personale)
    assert (fatte.nuove, fatte.gia, fatte.senza_valutatore) == (3, 0, 0)
    schede = {una.persona: una for una in ValutazioneIndividuale.objects.all()}
    assert {una: (s.valutatore, s.categoria, s.mesi) for una, s in schede.items()} == {
        capo: (direzione, "dirigenza", D(12)),
        uno: (capo, "comparto", D(12)),
        altro: (capo, "comparto", D(2)),
    }


def test_assegnare_due_volte_non_cambia_niente(
    azienda: Azienda, edizione: EdizioneIndividuale, personale: Utente, unita: UnitaOrganizzativa
) -> None:
    chi(azienda, Ruolo.DIPENDENTE, unita)
    assert assegna(edizione, personale).senza_valutatore == 1
    chi(azienda, Ruolo.DIPENDENTE, unita)
    fatte = assegna(edizione, personale)
    assert (fatte.nuove, fatte.gia) == (1, 1)


def test_il_foglio_dice_la_categoria_di_qualcuno(
    azienda: Azienda, edizione: EdizioneIndividuale, personale: Utente, unita: UnitaOrganizzativa
) -> None:
    uno = chi(azienda, Ruolo.DIPENDENTE, unita)
    scelte = leggi_categorie(f"email;categoria\n{uno.email.upper()};incarichi\n")
    assegna(edizione, personale, scelte=scelte)
    assert ValutazioneIndividuale.objects.get().categoria == "incarichi"
    with pytest.raises(ValidationError, match="Nessuna persona con un incarico"):
        assegna(edizione, personale, scelte={"nessuno@example.org": "comparto"})
    with pytest.raises(ValidationError, match="Categorie sconosciute: medici"):
        assegna(edizione, personale, scelte={uno.email: "medici"})


@pytest.mark.parametrize(
    ("foglio", "frase"),
    [
        ("nome;categoria\n", "La prima riga ha i nomi"),
        ("email;categoria\na@example.org;\n", "Riga 2: servono la posta"),
        ("email;categoria\na@b.it;x\nA@b.it;y\n", "Riga 3: a@b.it è già in un'altra"),
    ],
)
def test_un_foglio_sbagliato_dice_dove(foglio: str, frase: str) -> None:
    with pytest.raises(ValidationError, match=frase):
        leggi_categorie(foglio)


def test_un_mese_conta_da_quindici_giorni() -> None:
    assert mesi_coperti(date(2022, 2, 14), date(2022, 4, 14), 2022) == {2, 3}


def test_assegna_solo_chi_tiene_il_personale(
    edizione: EdizioneIndividuale, incaricato: Callable[..., Utente]
) -> None:
    for ruolo in (Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE, Ruolo.NUCLEO):
        with pytest.raises(PermissionDenied):
            assegna(edizione, incaricato(ruolo))


def test_l_assegnazione_dalla_pagina(
    azienda: Azienda,
    edizione: EdizioneIndividuale,
    personale: Utente,
    unita: UnitaOrganizzativa,
    entra: Entra,
) -> None:
    chi(azienda, Ruolo.DIPENDENTE, unita)
    client = entra(personale)
    indirizzo = reverse("valutazioni_assegna", args=[azienda.codice, 2022])
    dati = {"categoria_responsabili": "dirigenza", "categoria_personale": "comparto"}
    sbagliato = client.post(indirizzo, dati | {"righe": "a;b"})
    assert "La prima riga ha i nomi delle colonne" in sbagliato.content.decode()
    fatto = client.post(indirizzo, dati, follow=True).content.decode()
    assert "Schede nuove: 1. Già assegnate: 0. Senza valutatore: 1." in fatto


# --- the sheet ----------------------------------------------------------------------------


def passo(client: Client, una: ValutazioneIndividuale, nome: str, **dati: Any) -> Any:
    return client.post(reverse("valutazione_passo", args=[una.pk, nome]), dati, follow=True)


def test_una_valutazione_intera_dalle_pagine(
    edizione: EdizioneIndividuale, personale: Utente, client: Client
) -> None:
    una = ValutazioneFactory(edizione=edizione)
    client.force_login(una.valutatore)
    fatto = passo(
        client, una, "obiettivi",
        testo_0="Ridurre le attese", atteso_0="≤ 21 gg", peso_0="62,5",
        testo_1="Formare i nuovi", peso_1="37,5",
    )  # fmt: skip
    assert "Obiettivi salvati" in fatto.content.decode()
    client.force_login(una.persona)
    assert "Presa visione registrata." in passo(client, una, "visione").content.decode()
    livelli = {f"livello_{n}": "4" for n in range(4)}
    fatto = passo(client, una, "autovaluta", **livelli, invia="1")
    assert "Autovalutazione salvata." in fatto.content.decode()
    client.force_login(una.valutatore)
    primo, secondo = una.obiettivi.all()
    esiti = {f"esito_{primo.pk}": "80", f"esito_{secondo.pk}": "66,66"}
    passo(client, una, "valuta", **livelli, **esiti, nota="Bene.")
    passo(client, una, "colloquio", giorno="2023-06-01", nota="Si è parlato.")
    assert "Valutazione firmata" in passo(client, una, "firma").content.decode()
    una.refresh_from_db()
    # 62,5 % of 80 and 37,5 % of 66,66 is 74,9975: 70 % of it and 30 % of 85
    assert una.punteggio == D("78")
    client.force_login(una.persona)
    sbagliata = passo(client, una, "firma-persona", condivide="no").content.decode()
    assert "Scrivi perché non la condividi." in sbagliata
    passo(client, una, "firma-persona", condivide="no", motivo="Non sono d'accordo.")
    passo(client, una, "concilia", testo="Rivedete il secondo obiettivo.")
    client.force_login(una.valutatore)
    passo(client, una, "rispondi", risposta="Confermo.")
    direzione = IncaricoFactory(azienda=una.azienda, ruolo=Ruolo.DIREZIONE).utente
    client.force_login(direzione)
    passo(client, una, "decidi", esito="modificata", punteggio="82,5", motivazione="Ha ragione.")
    client.force_login(personale)
    assert "Valutazione chiusa." in passo(client, una, "chiudi").content.decode()
    una.refresh_from_db()
    assert (una.stato, una.punteggio, una.punteggio_finale) == (Stato.CHIUSA, D(78), D("82.5"))
    client.force_login(una.persona)
    letta = client.get(una.get_absolute_url()).content.decode()
    assert "Modificato dalla conciliazione: il punteggio firmato è 78." in letta


def test_ogni_campo_della_pagina_ha_un_id_solo_suo(
    edizione: EdizioneIndividuale, client: Client
) -> None:
    """Two steps ask for a note on one page: the label of each leads to its own."""
    una = ValutazioneFactory(edizione=edizione, stato=Stato.IN_VALUTAZIONE)
    client.force_login(una.valutatore)
    testo = client.get(una.get_absolute_url()).content.decode()
    ids = re.findall(r' id="([^"]+)"', testo)
    assert {"valuta-nota", "colloquio-nota"} <= set(ids)
    assert [uno for uno, quanti in Counter(ids).items() if quanti > 1] == []


def test_cio_che_non_si_salva_resta_scritto(edizione: EdizioneIndividuale, entra: Entra) -> None:
    una = ValutazioneFactory(edizione=edizione)
    client = entra(una.valutatore)
    risposta = passo(client, una, "obiettivi", testo_0="Una frase lunga", peso_0="40")
    pagina = risposta.content.decode()
    assert "fanno 40: devono fare 100." in pagina
    assert "Una frase lunga</textarea>" in pagina
    una.stato = Stato.COLLOQUIO
    una.save(update_fields=["stato"])
    tardi = passo(client, una, "obiettivi", testo_0="Altra frase", peso_0="100").content.decode()
    assert "La scheda è già «Colloquio fatto»" in tardi
    assert "Altra frase</textarea>" in tardi


def test_dati_senza_senso_non_rompono_niente(edizione: EdizioneIndividuale, entra: Entra) -> None:
    una = ValutazioneFactory(edizione=edizione, stato=Stato.IN_VALUTAZIONE)
    client = entra(una.valutatore)
    for nome, dati in (
        ("valuta", {"livello_0": "nove", "versione": "x"}),
        ("colloquio", {"giorno": "ieri"}),
        ("obiettivi", {"testo_0": "x", "peso_0": "NaN", "riga_0": "999"}),
        ("firma", {"versione": "-"}),
    ):
        assert passo(client, una, nome, **dati).status_code == 200, nome
    assert passo(client, una, "inventato").status_code == 404


def test_il_pdf_c_e_dalla_firma(edizione: EdizioneIndividuale, entra: Entra) -> None:
    una = ValutazioneFactory(edizione=edizione)
    client = entra(una.persona)
    indirizzo = reverse("valutazione_pdf", args=[una.pk])
    assert "dalla firma del valutatore" in client.get(indirizzo, follow=True).content.decode()
    una.stato, una.punteggio, una.punteggio_finale = Stato.FIRMATA_VALUTATORE, D(80), D(80)
    una.firmata_valutatore_il = timezone.now()
    una.firmato = {"persona": str(una.persona), "anno": 2022, "punteggio": "80,00"}
    una.save()
    risposta = client.get(indirizzo)
    assert risposta.headers["Content-Type"] == "application/pdf"
    assert risposta.content.startswith(b"%PDF-")


@pytest.mark.parametrize("nome", ["mie_valutazioni", "da_valutare", "valutazioni_anno", "home"])
def test_gli_elenchi_costano_lo_stesso_con_una_riga_e_con_tre(
    azienda: Azienda, edizione: EdizioneIndividuale, personale: Utente, entra: Entra, nome: str
) -> None:
    """The person is evaluated, evaluates and keeps the staff, so every list has rows."""
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIREZIONE, utente=personale)
    client = entra(personale)
    indirizzo = reverse(nome, args=[azienda.codice, 2022] if nome == "valutazioni_anno" else [])

    def costa() -> int:
        with CaptureQueriesContext(connection) as fatte:
            assert client.get(indirizzo).status_code == 200
        return len(fatte)

    organigramma = OrganigrammaFactory(azienda=azienda)

    def aggiungi() -> None:
        for persona, valutatore in ((personale, None), (None, personale)):
            una = UnitaFactory(organigramma=organigramma)
            altro = {"persona": persona} if persona else {}
            ValutazioneFactory(edizione=edizione, unita=una, valutatore=valutatore, **altro)

    aggiungi()
    prima = costa()
    aggiungi()
    aggiungi()
    assert costa() == prima


# --- the rules ----------------------------------------------------------------------------


def test_le_tabelle_si_scrivono_e_si_rileggono() -> None:
    dati = regole_individuali()
    letti, errori = leggi(scrivi(dati))
    assert errori == {}
    assert letti["categorie"] == dati["categorie"]
    assert letti["scala"] == dati["scala"]


def test_le_regole_si_copiano_si_cambiano_e_dicono_che_cosa_non_torna(
    azienda: Azienda, edizione: EdizioneIndividuale, personale: Utente, entra: Entra
) -> None:
    client = entra(personale)
    nuova = reverse("regole_individuali_crea", args=[azienda.codice])
    client.post(nuova, {"anno": "2023", "copia_da": "2022"})
    creata = EdizioneIndividuale.objects.get(anno=2023)
    assert creata.regole == edizione.regole
    doppia = client.post(nuova, {"anno": "2023", "copia_da": "modello"}).content.decode()
    assert "Il 2023 ha già le sue regole." in doppia
    indirizzo = reverse("regole_individuali_modifica", args=[azienda.codice, 2023])
    form = client.get(indirizzo).context["form"]
    dati = {nome: form[nome].value() for nome in form.fields if form[nome].value() is not None}
    dati = {nome: str(valore).replace(".", ",") if isinstance(valore, Decimal) else valore
            for nome, valore in dati.items()}  # fmt: skip
    righe = dati["categorie"].replace("70; 30; 60; 40", "60; 30; 60; 40")
    sbagliata = client.post(indirizzo, dati | {"categorie": righe}).content.decode()
    assert "area dei risultati e area del contributo fanno 90, non 100." in sbagliata
    client.post(indirizzo, dati | {"giorni_richiesta": "20"})
    creata = EdizioneIndividuale.objects.get(anno=2023)
    assert creata.regole.giorni_richiesta == 20
    assert creata.regole.categorie == edizione.regole.categorie
    assert "20 giorni" in client.get(creata.get_absolute_url()).content.decode()


def test_le_regole_le_cambia_solo_il_personale(
    edizione: EdizioneIndividuale, entra: Entra, incaricato: Callable[..., Utente]
) -> None:
    indirizzo = reverse("regole_individuali_modifica", args=[edizione.azienda.codice, 2022])
    for ruolo in (Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE, Ruolo.DIPENDENTE):
        client = entra(incaricato(ruolo))
        assert client.get(edizione.get_absolute_url()).status_code == 200
        assert client.get(indirizzo).status_code == 403
        assert client.post(indirizzo, {}).status_code == 403


# --- the inbox ----------------------------------------------------------------------------


def titoli(utente: Utente) -> list[str]:
    return [cosa.titolo for cosa in cose_da_fare(utente)]


def test_ognuno_trova_la_sua_cosa_da_fare_con_la_scadenza(
    edizione: EdizioneIndividuale, personale: Utente
) -> None:
    una = ValutazioneFactory(edizione=edizione)
    scade = timezone.localdate() + timedelta(days=9)
    for tipo in ("autovalutazione", "valutazione"):
        FinestraFactory(azienda=una.azienda, tipo=tipo, frazione="", scade=scade)
    (cosa,) = cose_da_fare(una.persona)
    assert (cosa.titolo, cosa.scadenza) == ("Autovalutati per il 2022", scade)
    assert titoli(una.valutatore) == ["Assegna gli obiettivi a 1 persona"]
    una.stato = Stato.IN_VALUTAZIONE
    una.save()
    assert (titoli(una.persona), titoli(una.valutatore)) == ([], ["Valuta 1 persona"])
    una.stato = Stato.COLLOQUIO
    una.save()
    assert titoli(una.valutatore) == ["Firma 1 valutazione"]
    una.stato, una.punteggio, una.punteggio_finale = Stato.FIRMATA_VALUTATORE, D(80), D(80)
    una.firmata_valutatore_il = timezone.now()
    una.save()
    assert titoli(una.persona) == ["Leggi e firma la tua valutazione del 2022"]
    assert titoli(personale) == []


def test_chi_tiene_il_personale_sa_che_mancano_le_regole(
    azienda: Azienda, personale: Utente
) -> None:
    oggi = timezone.localdate()
    finestra = FinestraFactory(
        azienda=azienda, anno=2030, tipo="autovalutazione", frazione="",
        apre=oggi + timedelta(days=5), scade=oggi + timedelta(days=9),
    )  # fmt: skip
    FinestraFactory(anno=2030, tipo="autovalutazione", frazione="")
    (cosa,) = cose_da_fare(personale)
    assert cosa.titolo == "Scrivi le regole della valutazione individuale del 2030"
    assert (cosa.scadenza, cosa.url) == (
        finestra.apre, reverse("valutazioni_azienda", args=[azienda.codice]),
    )  # fmt: skip
    EdizioneIndividualeFactory(azienda=azienda, anno=2030)
    assert titoli(personale) == []


def test_le_conciliazioni_e_le_chiusure_fra_le_cose_da_fare(
    edizione: EdizioneIndividuale, personale: Utente, incaricato: Callable[..., Utente]
) -> None:
    direzione = incaricato(Ruolo.DIREZIONE)
    una = ValutazioneFactory(
        edizione=edizione, stato=Stato.NON_CONDIVISA, punteggio=D(80), punteggio_finale=D(80),
        firmata_valutatore_il=timezone.now(), firmata_valutato_il=timezone.now(),
    )  # fmt: skip
    conciliazione.chiedi_conciliazione(una, testo="Rivedete.", da=una.persona)
    assert titoli(una.valutatore) == [f"Rispondi alla conciliazione chiesta da {una.persona}"]
    assert titoli(direzione) == []
    conciliazione.rispondi_conciliazione(una, risposta="Confermo.", da=una.valutatore)
    assert titoli(direzione) == ["Decidi una conciliazione sulle valutazioni del 2022"]
    conciliazione.decidi_conciliazione(una, modifica=False, motivazione="Bene.", da=direzione)
    assert titoli(direzione) == []
    assert titoli(personale) == ["Chiudi 1 valutazione"]


def test_chi_e_senza_valutatore_lo_sa_il_personale(
    edizione: EdizioneIndividuale, personale: Utente
) -> None:
    ValutazioneFactory(edizione=edizione, valutatore=None)
    assert titoli(personale) == ["1 persona è senza valutatore"]
