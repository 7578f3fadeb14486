# SPDX-License-Identifier: AGPL-3.0-or-later
"""The prizes of a year: typed, told in aggregate with no small group, published in versions."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi.azioni import premi as azioni
from obiettivi.calcolo.riservatezza import colonne_dette, gruppi_detti
from obiettivi.models import PremiAnno, ValutazioneIndividuale, VocePremi
from obiettivi.premi.documento import AMMONTARE, DATI
from obiettivi.premi.selettivita import selettivita
from piani.models import Azienda, DocumentoEnte, Evento, ObbligoDiPubblicazione, Ruolo, Utente
from piani.obblighi.azioni import dichiara_non_applicabile
from tests.obiettivi.premiati import valutazioni_chiuse

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
D = Decimal


@pytest.fixture
def premi(azienda: Azienda) -> PremiAnno:
    return azioni.comincia_premi(azienda, anno=2022, da=None)


@pytest.fixture
def personale(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.RISORSE_UMANE)


@pytest.fixture
def rpct(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.PUBBLICATORE)


def voce(
    premi: PremiAnno, nome: str = "Fondo", stanziato: str = "1000", distribuito: str | None = None
) -> VocePremi:
    return azioni.scrivi_voce(
        VocePremi(premi=premi), gruppo="dirigenti", nome=nome, stanziato=D(stanziato),
        distribuito=None if distribuito is None else D(distribuito), da=None,
    )  # fmt: skip


def tabella(documento: DocumentoEnte, nome: str) -> list[list[Any]]:
    for parte in documento.fotografia["parti"]:
        if parte["tabella"] and parte["tabella"]["nome"] == nome:
            righe: list[list[Any]] = parte["tabella"]["righe"]
            return righe
    raise AssertionError(nome)


# --- le cifre che si possono dire ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("tavola", "dette"),
    [
        ({"a": {"x": 6, "y": 8}, "b": {"x": 9, "y": 7}}, {"x", "y"}),
        ({"a": {"x": 3, "y": 8, "z": 9}, "b": {"x": 9, "y": 7, "z": 6}}, {"z"}),
        ({"a": {"x": 3, "y": 4, "z": 9}, "b": {"x": 9, "y": 7, "z": 6}}, {"z"}),
        ({"a": {"x": 2, "y": 2, "z": 9, "w": 6}, "b": dict.fromkeys("xyzw", 9)}, {"z"}),
        ({"a": {"x": 0, "y": 8}, "b": {"x": 9, "y": 7}}, {"x", "y"}),
        ({"a": {"x": 3, "y": 8}, "b": {"x": 9, "y": 7}}, set()),
    ],
)
def test_una_classe_parla_per_tutti_i_gruppi_o_per_nessuno(
    tavola: dict[str, dict[str, int]], dette: set[str]
) -> None:
    assert colonne_dette(tavola) == dette


def test_una_classe_taciuta_altrove_resta_taciuta() -> None:
    tavola = {"a": {"x": 6, "y": 8, "z": 9}, "b": {"x": 9, "y": 7, "z": 9}}
    assert colonne_dette(tavola, ["x", "y"]) == {"z"}


def insieme(da: int, a: int) -> frozenset[int]:
    return frozenset(range(da, a))


@pytest.mark.parametrize(
    ("gia_detti", "si_puo"),
    [
        ([], True),
        ([insieme(0, 10)], True),
        ([insieme(0, 8)], False),
        ([insieme(0, 5)], True),
        ([insieme(0, 13)], False),
        ([insieme(0, 15)], True),
    ],
)
def test_un_gruppo_non_si_dice_se_per_differenza_da_altri_ne_svela_uno_piccolo(
    gia_detti: list[frozenset[int]], si_puo: bool
) -> None:
    gruppi = {"a": insieme(0, 10), "b": insieme(10, 40)}
    assert gruppi_detti(gruppi, {"unita": gia_detti}) is si_puo


def test_un_gruppo_piccolo_tace_e_con_lui_l_altro() -> None:
    assert not gruppi_detti({"a": insieme(0, 4), "b": insieme(4, 40)}, {})


def test_le_cifre_dei_due_gruppi(azienda: Azienda) -> None:
    trovate = selettivita(valutazioni_chiuse(azienda), ["dirigenza"])
    dirigenti, dipendenti = trovate.gruppi
    assert (dirigenti.gruppo, dirigenti.quanti) == ("dirigenti", 19)
    assert (dipendenti.gruppo, dipendenti.quanti) == ("dipendenti", 37)
    assert [uno for uno in dirigenti.classi.values() if uno] == [6, 8, 5]
    assert [uno for uno in dipendenti.classi.values() if uno] == [10, 20, 7]


def test_finche_una_scheda_e_aperta_le_cifre_non_ci_sono(azienda: Azienda) -> None:
    edizione = valutazioni_chiuse(azienda)
    una = ValutazioneIndividuale.objects.order_by("pk").first()
    assert una is not None
    ValutazioneIndividuale.objects.filter(pk=una.pk).update(stato="in_valutazione")
    assert selettivita(edizione, ["dirigenza"]).perche == "aperte"


def test_di_pochi_dirigenti_non_si_dice_niente(azienda: Azienda) -> None:
    edizione = valutazioni_chiuse(azienda, {"dirigenza": (3,), "comparto": (10, 20)})
    trovate = selettivita(edizione, ["dirigenza"])
    assert (trovate.gruppi, trovate.perche) == ((), "poche")


def test_una_classe_di_pochi_tace_con_un_altra_nei_due_gruppi(azienda: Azienda) -> None:
    quante = {"dirigenza": (6, 8, 2), "comparto": (10, 20, 7)}
    for uno in selettivita(valutazioni_chiuse(azienda, quante), ["dirigenza"]).gruppi:
        taciute = [quanti for quanti in uno.classi.values() if quanti is None]
        assert len(taciute) >= 2


# --- gli importi --------------------------------------------------------------------------------


def test_gli_importi_sono_al_centesimo_e_nelle_somme(premi: PremiAnno, rpct: Utente) -> None:
    voce(premi, "Sanitaria", "120000.55", "119999.95")
    voce(premi, "Tecnica", "0.10")
    documento = azioni.pubblica_premi(premi, AMMONTARE, da=rpct)
    assert tabella(documento, "ammontare") == [
        ["Dirigenti", "Sanitaria", D("120000.55"), D("119999.95"), D("100.00")],
        ["Dirigenti", "Tecnica", D("0.10"), None, None],
    ]
    coppie = documento.fotografia["documento"]["coppie"]
    assert [una["valore"] for una in coppie] == ["120.000,65 €", "non ancora tutto"]


def test_non_si_distribuisce_piu_di_quanto_c_e(premi: PremiAnno) -> None:
    with pytest.raises(ValidationError) as errore:
        voce(premi, stanziato="100", distribuito="100.01")
    assert set(errore.value.message_dict) == {"distribuito"}


def test_dalla_pagina_le_cifre_si_scrivono_all_italiana(
    premi: PremiAnno, personale: Utente, entra: Entra
) -> None:
    inviati = {
        "gruppo": "dipendenti", "nome": "Comparto", "stanziato": "1.250.000,50",
        "distribuito": "",
    }  # fmt: skip
    client = entra(personale)
    indirizzo = reverse("premi_voce_nuova", args=[premi.pk])
    assert client.post(indirizzo, inviati).status_code == 302
    scritta = VocePremi.objects.get()
    assert (scritta.stanziato, scritta.distribuito) == (D("1250000.50"), None)
    assert "1.250.000,50 €" in client.get(premi.get_absolute_url()).content.decode()
    togli = reverse("premi_voce_togli", args=[scritta.pk])
    assert client.post(togli).status_code == 302
    assert not VocePremi.objects.exists()
    assert Evento.objects.get(tipo="premi.voce_tolta").dati["prima"]["fondo o voce"] == "Comparto"


@pytest.mark.parametrize("ruolo", [uno for uno in Ruolo if uno != Ruolo.RISORSE_UMANE])
def test_li_scrivono_solo_le_risorse_umane(
    azienda: Azienda, incaricato: Persona, ruolo: Ruolo
) -> None:
    with pytest.raises(PermissionDenied):
        azioni.comincia_premi(azienda, anno=2022, da=incaricato(ruolo))


def test_chi_li_scrive_non_li_pubblica(premi: PremiAnno, personale: Utente) -> None:
    voce(premi)
    with pytest.raises(PermissionDenied):
        azioni.pubblica_premi(premi, AMMONTARE, da=personale)


def test_un_anno_solo_e_non_uno_che_verra(azienda: Azienda, premi: PremiAnno) -> None:
    with pytest.raises(ValidationError, match="ci sono già"):
        azioni.comincia_premi(azienda, anno=2022, da=None)
    with pytest.raises(ValidationError, match="deve ancora venire"):
        azioni.comincia_premi(azienda, anno=2099, da=None)


# --- i criteri e la pubblicazione ---------------------------------------------------------------


def scrivi(premi: PremiAnno, dirigenza: list[str]) -> PremiAnno:
    premi.refresh_from_db()
    return azioni.scrivi_premi(
        premi, criteri="Come dice il Sistema.", dirigenza=dirigenza, visto=premi.modifiche, da=None
    )


def test_i_dati_dicono_criteri_distribuzione_e_differenziazione(
    azienda: Azienda, premi: PremiAnno, rpct: Utente
) -> None:
    valutazioni_chiuse(azienda)
    scrivi(premi, ["dirigenza"])
    documento = azioni.pubblica_premi(premi, DATI, da=rpct)
    distribuzione = tabella(documento, "distribuzione")
    primo = next(riga for riga in distribuzione if riga[2])
    assert (primo[0], primo[2], primo[3]) == ("Dirigenti", 6, D("31.58"))
    gruppi = [riga[:2] for riga in tabella(documento, "differenziazione")]
    assert gruppi == [["Dirigenti", 19], ["Dipendenti", 37]]
    assert tabella(documento, "criteri")


def test_pubblicati_i_due_gruppi_la_divisione_non_cambia(
    azienda: Azienda, premi: PremiAnno, rpct: Utente
) -> None:
    valutazioni_chiuse(azienda)
    scrivi(premi, ["dirigenza"])
    azioni.pubblica_premi(premi, DATI, da=rpct)
    with pytest.raises(ValidationError, match="due divisioni diverse"):
        scrivi(premi, [])
    assert scrivi(premi, ["dirigenza"]).criteri == "Come dice il Sistema."


def test_senza_valutazioni_lo_dice_e_bastano_i_criteri(premi: PremiAnno, rpct: Utente) -> None:
    with pytest.raises(ValidationError, match="almeno i criteri"):
        azioni.pubblica_premi(premi, DATI, da=rpct)
    scrivi(premi, [])
    foto = azioni.pubblica_premi(premi, DATI, da=rpct).fotografia
    assert "non sono state fatte con Albero" in foto["parti"][1]["paragrafi"][0]


def test_una_categoria_che_non_c_e_si_rifiuta(azienda: Azienda, premi: PremiAnno) -> None:
    valutazioni_chiuse(azienda)
    with pytest.raises(ValidationError) as errore:
        scrivi(premi, ["marziani"])
    assert set(errore.value.message_dict) == {"dirigenza"}


def test_ogni_pubblicazione_e_una_versione_con_il_suo_motivo(
    premi: PremiAnno, rpct: Utente, entra: Entra, client: Client
) -> None:
    voce(premi)
    pubblica = reverse("premi_pubblica", args=[premi.pk, "ammontare"])
    assert entra(rpct).post(pubblica).status_code == 302
    senza = entra(rpct).post(pubblica)
    assert "sostituisce la 1" in senza.content.decode()
    assert entra(rpct).post(pubblica, {"motivo": "Distribuiti a saldo"}).status_code == 302
    prima, dopo = DocumentoEnte.objects.order_by("versione")
    assert (prima.sostituito_da, dopo.motivo) == (dopo, "Distribuiti a saldo")
    client.logout()
    sezione = reverse("at_sezione", args=[premi.azienda.codice, "ammontare-complessivo-dei-premi"])
    testo = client.get(sezione).content.decode()
    assert dopo.get_absolute_url() in testo
    assert "Versioni precedenti" in testo


def test_se_l_obbligo_non_si_applica_non_si_pubblica(
    azienda: Azienda, premi: PremiAnno, rpct: Utente
) -> None:
    voce(premi)
    obbligo = ObbligoDiPubblicazione.objects.get(codice="premi-ammontare")
    dichiara_non_applicabile(azienda, obbligo, motivo="Non ci sono premi.", da=None)
    with pytest.raises(ValidationError, match="non applicabile"):
        azioni.pubblica_premi(premi, AMMONTARE, da=rpct)


def test_l_anteprima_e_di_chi_scrive_e_di_chi_pubblica(
    premi: PremiAnno, personale: Utente, rpct: Utente, incaricato: Persona, entra: Entra
) -> None:
    indirizzo = reverse("premi_anteprima", args=[premi.pk, "dati"])
    stati = [
        entra(chi).get(indirizzo).status_code for chi in (personale, rpct, incaricato(Ruolo.NUCLEO))
    ]
    assert stati == [200, 200, 404]
    storto = reverse("premi_anteprima", args=[premi.pk, "altro"])
    assert entra(rpct).get(storto).status_code == 404
