# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of a draft: written section by section, checked as a whole, frozen in force."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from lavoro_agile.azioni import edizione as azioni
from lavoro_agile.calcolo.edizione_dati import come_dati
from lavoro_agile.forms.regole import SEZIONI
from lavoro_agile.models import EdizioneLavoroAgile
from lavoro_agile.regole import mostra
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories_lavoro_agile import EdizioneAgileFactory

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]


@pytest.fixture
def bozza(azienda: Azienda) -> EdizioneLavoroAgile:
    return EdizioneAgileFactory(azienda=azienda, stato="bozza")


def indirizzo(edizione: EdizioneLavoroAgile, sezione: str) -> str:
    return reverse("lavoro_agile_regole", args=[edizione.slug, sezione])


def moduli(client: Client, dove: str) -> dict[str, Any]:
    """What the form of a section holds, as a browser would send it."""
    form = client.get(dove).context["form"]
    dati = {campo.html_name: _inviato(campo) for campo in form}
    if form.righe is not None:
        elenco = form.righe.management_form
        dati |= {campo.html_name: campo.value() for campo in elenco}
        dati |= {campo.html_name: _inviato(campo) for riga in form.righe for campo in riga}
    return {n: v for n, v in dati.items() if v is not None and v is not False}


def _inviato(campo: Any) -> Any:
    return "on" if campo.value() is True else campo.value()


def test_ogni_regola_si_scrive_in_una_sezione(bozza: EdizioneLavoroAgile) -> None:
    dati = come_dati(bozza.regole)
    scritte = [
        regola
        for sezione in SEZIONI.values()
        for regola in sezione(parametri=dati, accanto=dati).regole
    ]
    assert sorted(scritte) == sorted(dati.keys() - {"schema", "nome"})
    for sezione in SEZIONI.values():
        for nome in sezione(parametri=dati, accanto=dati).nomi:
            regola, _sotto, parte = nome.partition("__")
            assert not parte or parte in dati[regola]


@pytest.mark.parametrize("sezione", SEZIONI)
def test_una_sezione_salvata_com_era_non_cambia_niente(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra, sezione: str
) -> None:
    client, prima = entra(ufficio), come_dati(bozza.regole)
    dove = indirizzo(bozza, sezione)
    assert client.post(dove, moduli(client, dove))["Location"] == bozza.get_absolute_url()
    assert come_dati(EdizioneLavoroAgile.objects.get().regole) == prima
    assert Evento.objects.get().dati == {"prima": {}, "dopo": {}}


def test_i_giorni_si_cambiano_con_il_loro_articolo(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    client, dove = entra(ufficio), indirizzo(bozza, "giorni")
    client.post(dove, moduli(client, dove) | {
        "giorni_mese__valore": "8", "giorni_mese__fonte": "art. 4 del Regolamento",
        "prevalenza__periodo": "plurimensile", "prevalenza__mesi": "3",
    })  # fmt: skip
    bozza = EdizioneLavoroAgile.objects.get()
    assert (bozza.regole.giorni_mese.valore, bozza.regole.giorni_mese.fonte) == (
        8, "art. 4 del Regolamento",
    )  # fmt: skip
    assert (bozza.regole.prevalenza.periodo, bozza.regole.prevalenza.mesi) == ("plurimensile", 3)
    assert bozza.regole.giorni_settimana.valore == 2
    evento = Evento.objects.get()
    assert evento.tipo == "agile_edizione.regole"
    assert evento.dati["dopo"]["giorni_mese"]["valore"] == 8
    assert sorted(evento.dati["dopo"]) == ["giorni_mese", "prevalenza"]


def test_cio_che_non_va_si_legge_accanto_al_campo_e_niente_si_perde(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    client, dove = entra(ufficio), indirizzo(bozza, "giorni")
    risposta = client.post(dove, moduli(client, dove) | {
        "giorni_mese__valore": "40", "giorni_settimana__valore": "9",
        "durata_mesi__fonte": "art. 9",
    })  # fmt: skip
    form = risposta.context["form"]
    assert form.errors == {
        "giorni_mese__valore": ["Va da 1 a 31."],
        "giorni_settimana__valore": ["Va da 1 a 7."],
    }
    assert form["durata_mesi__fonte"].value() == "art. 9"
    assert EdizioneLavoroAgile.objects.get().regole.giorni_mese.valore == 6


def test_il_preavviso_non_scende_sotto_la_legge(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    client, dove = entra(ufficio), indirizzo(bozza, "termini")
    risposta = client.post(dove, moduli(client, dove) | {
        "termini__recesso": "15", "termini__recesso_disabili": "60",
    })  # fmt: skip
    assert risposta.context["form"].errors == {
        "termini__recesso": ["Almeno 30 giorni (art. 19 c. 2 L. 81/2017)."],
        "termini__recesso_disabili": ["Almeno 90 giorni (art. 19 c. 2 L. 81/2017)."],
    }


def test_un_motivo_si_aggiunge_uno_si_toglie_uno_cambia_nome(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    client, dove = entra(ufficio), indirizzo(bozza, "motivi")
    quanti = len(bozza.regole.motivi)
    client.post(dove, moduli(client, dove) | {
        "motivi-0-nome": "Salute della persona",
        "motivi-1-DELETE": "on",
        f"motivi-{quanti}-nome": "Rientro da un'aspettativa lunga",
        f"motivi-{quanti}-priorita": "6",
        f"motivi-{quanti}-fonte": "art. 7",
    })  # fmt: skip
    motivi = EdizioneLavoroAgile.objects.get().regole.motivi
    assert (motivi[0].codice, motivi[0].nome) == ("salute", "Salute della persona")
    assert "gravidanza" not in [uno.codice for uno in motivi]
    nuovo = motivi[-1]
    assert (nuovo.codice, nuovo.priorita, nuovo.sensibile, nuovo.fonte) == (
        "rientro_da_unaspettativa_lunga", 6, True, "art. 7",
    )  # fmt: skip


def test_le_tranche_si_mettono_in_ordine_e_l_errore_sta_nella_sua_riga(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    client, dove = entra(ufficio), indirizzo(bozza, "tranche")
    invio = moduli(client, dove) | {"tranche-5-entro": "2018-11-01", "tranche-5-posti": "0"}
    form = client.post(dove, invio).context["form"]
    assert form.righe.forms[5].errors == {"posti": ["Almeno 1."]}
    assert form.non_field_errors() == ["Correggi le righe segnate qui sotto."]
    client.post(dove, invio | {"tranche-5-posti": "10"})
    tranche = EdizioneLavoroAgile.objects.get().regole.tranche
    assert [una.posti for una in tranche] == [10, 40, 35, 35, 35, 35]


def test_due_righe_della_stessa_area_si_dicono(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    client, dove = entra(ufficio), indirizzo(bozza, "chi")
    form = client.post(dove, moduli(client, dove) | {"aree-1-area": "comparto"}).context["form"]
    assert form.non_field_errors() == ["«comparto» c'è 2 volte."]
    risposta = client.post(dove, moduli(client, dove) | {"aree-0-quota": "12,5"})
    assert risposta.status_code == 302
    regole = EdizioneLavoroAgile.objects.get().regole
    assert str(regole.aree[0].quota) == "12.5"


def test_accanto_si_leggono_le_regole_dell_edizione_prima_o_di_un_modello(
    bozza: EdizioneLavoroAgile, azienda: Azienda, ufficio: Utente, entra: Entra
) -> None:
    prima = EdizioneAgileFactory(azienda=azienda, anno_inizio=2018, nome="Il regolamento di prima")
    prima.parametri["giorni_mese"]["valore"] = 11
    prima.save()
    client, dove = entra(ufficio), indirizzo(bozza, "giorni")
    risposta = client.get(dove)
    assert risposta.context["nome_accanto"] == "Il regolamento di prima (2018–2023)"
    detti = {campo.name: detto for campo, detto in risposta.context["form"].campi}
    assert (detti["giorni_mese__valore"], detti["durata_mesi__valore"]) == ("11", "–")
    altra = client.get(dove, {"accanto": "p:asst-cremona-2021"})
    detti = {campo.name: detto for campo, detto in altra.context["form"].campi}
    assert detti["giorni_mese__valore"] == "–"
    assert client.get(dove, {"accanto": "e:non-c-e"}).context["accanto"] == f"e:{prima.slug}"


def test_due_che_scrivono_insieme_lo_sanno(bozza: EdizioneLavoroAgile, ufficio: Utente,
                                           entra: Entra) -> None:  # fmt: skip
    client, dove = entra(ufficio), indirizzo(bozza, "giorni")
    vecchio = moduli(client, dove)
    client.post(dove, vecchio | {"giorni_mese__valore": "8"})
    risposta = client.post(dove, vecchio | {"giorni_mese__valore": "9"})
    assert "Qualcuno ha cambiato queste regole" in risposta.content.decode()
    assert EdizioneLavoroAgile.objects.get().regole.giorni_mese.valore == 8
    nuovo = risposta.context["form"].data["visto"]
    client.post(dove, vecchio | {"giorni_mese__valore": "9", "visto": nuovo})
    assert EdizioneLavoroAgile.objects.get().regole.giorni_mese.valore == 9


def test_in_vigore_le_regole_sono_ferme(
    edizione: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    parti = {"cella_minima": 7}
    with pytest.raises(ValidationError, match="si può fare solo quando è «Bozza»"):
        azioni.scrivi_regole(edizione, parti, visto=None, da=ufficio)
    with pytest.raises(ValidationError, match="solo quando è «Bozza»"):
        azioni.modifica_dati(edizione, nome="Altro", da=ufficio)
    client = entra(ufficio)
    for dove in (indirizzo(edizione, "giorni"),
                 reverse("lavoro_agile_edizione_dati", args=[edizione.slug])):  # fmt: skip
        visto = client.get(dove, follow=True).content.decode()
        assert "le sue regole non si cambiano" in visto
    pagina = client.get(edizione.get_absolute_url()).content.decode()
    assert "Cambia giorni" not in pagina
    assert "gruppi di meno di 5 persone" in pagina


def test_le_scrivono_solo_le_risorse_umane(
    edizione: EdizioneLavoroAgile, bozza: EdizioneLavoroAgile, con_incarico: Persona, entra: Entra
) -> None:
    direzione = con_incarico(Ruolo.DIREZIONE)
    with pytest.raises(PermissionDenied):
        azioni.scrivi_regole(bozza, {"cella_minima": 7}, visto=None, da=direzione)
    with pytest.raises(PermissionDenied):
        azioni.modifica_dati(bozza, nome="X", da=direzione)
    client = entra(direzione)
    assert client.get(indirizzo(bozza, "giorni")).status_code == 404
    assert client.get(indirizzo(edizione, "giorni")).status_code == 403


def test_nome_anni_e_atto_di_una_bozza(
    bozza: EdizioneLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    client = entra(ufficio)
    dove = reverse("lavoro_agile_edizione_dati", args=[bozza.slug])
    dati = {"nome": "Regolamento 2024", "anno_inizio": "2024", "anno_fine": "2026",
            "atto": "decreto n. 7", "atto_data": "2024-01-15"}  # fmt: skip
    visto = client.post(dove, dati | {"anno_fine": "2020"}).content.decode()
    assert "ultimo anno viene prima del primo" in visto
    assert client.post(dove, dati).status_code == 302
    bozza = EdizioneLavoroAgile.objects.get()
    assert (bozza.nome, bozza.regole.nome, bozza.atto) == (
        "Regolamento 2024", "Regolamento 2024", "decreto n. 7",
    )  # fmt: skip


def test_una_nuova_edizione_copia_quella_di_prima(
    edizione: EdizioneLavoroAgile, azienda: Azienda, ufficio: Utente, entra: Entra
) -> None:
    edizione.parametri["giorni_mese"]["valore"] = 9
    edizione.save()
    client = entra(ufficio)
    dove = reverse("lavoro_agile_edizione_nuova", args=[azienda.codice])
    proposta = client.get(dove).context["form"]["modello"].value()
    assert proposta == f"e:{edizione.slug}"
    client.post(dove, {"modello": proposta, "nome": "Anno dopo", "anno_inizio": "2024",
                       "anno_fine": "2024"})  # fmt: skip
    nuova = EdizioneLavoroAgile.objects.get(nome="Anno dopo")
    assert nuova.regole.giorni_mese.valore == 9
    assert nuova.regole.nome == "Anno dopo"
    assert come_dati(nuova.regole) | {"nome": ""} == come_dati(edizione.regole) | {"nome": ""}


def test_un_valore_si_legge_come_lo_scrive_una_persona() -> None:
    letti = [mostra(v) for v in (True, False, None, "", 6, "10", "12.5", "2019-01-01", "mensile")]
    assert letti == ["sì", "no", "–", "–", "6", "10", "12,5", "01/01/2019", "Nel mese"]
