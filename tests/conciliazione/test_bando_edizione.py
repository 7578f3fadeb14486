# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition in its pages: begun from ready rules, written section by section, put in force."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from conciliazione.azioni import edizione as azioni
from conciliazione.models import EdizioneConciliazione
from conciliazione.predefinite import dati_predefiniti
from piani.azioni.righe import Superata
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AtsFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
)

pytestmark = pytest.mark.django_db
Stato = EdizioneConciliazione.Stato


@pytest.fixture
def bozza(edizione: EdizioneConciliazione) -> EdizioneConciliazione:
    edizione.stato = Stato.BOZZA
    edizione.save(update_fields=["stato"])
    return edizione


def test_l_ufficio_comincia_un_edizione_da_regole_pronte(client: Client) -> None:
    ufficio = IncaricoFactory(azienda=AtsFactory(codice="ats-nuova"), ruolo=Ruolo.CAPOFILA).utente
    client.force_login(ufficio)
    assert "2025-2027" in client.get(reverse("conciliazione_edizione_nuova")).content.decode()
    risposta = client.post(
        reverse("conciliazione_edizione_nuova"),
        {
            "azienda": Azienda.objects.get(codice="ats-nuova").pk, "copia_da": "p:2025-2027",
            "nome": "Piano 2025-2027", "anno_inizio": "2025", "anno_fine": "2027",
            "dotazione": "900.000", "atto": "", "atto_data": "",
        },
    )  # fmt: skip
    nuova = EdizioneConciliazione.objects.get()
    assert risposta.url == reverse("conciliazione_regole", args=[nuova.slug])
    assert (nuova.slug, nuova.stato) == ("conciliazione-ats-nuova-2025-2027", Stato.BOZZA)
    assert nuova.dotazione == Decimal("900000.00")
    assert nuova.regole.nome == "Piano 2025-2027"
    pagina = client.get(risposta.url).content.decode()
    assert "Il catalogo degli interventi è vuoto." in pagina
    assert Evento.objects.filter(tipo="conc_edizione.creata").count() == 1


def test_due_edizioni_degli_stessi_anni_no(
    ufficio: Utente, edizione: EdizioneConciliazione
) -> None:
    with pytest.raises(ValidationError, match="ha già un'edizione di quegli anni"):
        azioni.crea_edizione(
            edizione.azienda, nome="Altra", anno_inizio=2020, anno_fine=2023,
            parametri=dati_predefiniti("2020-2023"), da=ufficio,
        )  # fmt: skip


def test_le_regole_si_leggono_in_parole_con_il_loro_articolo(
    client: Client, con_incarico: object, edizione: EdizioneConciliazione
) -> None:
    client.force_login(con_incarico(Ruolo.REGIONE))
    pagina = client.get(reverse("conciliazione_regole", args=[edizione.slug])).content.decode()
    assert "Contributo al massimo, in euro" in pagina
    assert "110.000" in pagina
    assert "Documento territoriale di indirizzo 2020-2023, par. 5" in pagina
    assert "privata senza scopo di lucro" in pagina
    assert "Modifica:" not in pagina
    scaricate = client.get(reverse("conciliazione_regole_json", args=[edizione.slug]))
    assert json.loads(scaricate.content) == dati_predefiniti("2020-2023")


def sezione(edizione: EdizioneConciliazione, chiave: str) -> str:
    return reverse("conciliazione_regole_modifica", args=[edizione.slug, chiave])


def inviato(client: Client, indirizzo: str, **cambi: str) -> dict[str, object]:
    """What the form of a section holds, with some changes."""
    form = client.get(indirizzo).context["form"]
    dati = {nome: form[nome].value() for nome in form.fields}
    return {n: v for n, v in (dati | cambi).items() if v not in (None, False)}


@pytest.mark.parametrize(
    "chiave",
    ["risorse", "limiti", "alleanze", "catalogo", "criteri", "indicatori", "riunioni", "rate"],
)
def test_una_sezione_salvata_com_e_non_cambia_niente(
    client: Client, ufficio: Utente, bozza: EdizioneConciliazione, chiave: str
) -> None:
    client.force_login(ufficio)
    indirizzo = sezione(bozza, chiave)
    risposta = client.post(indirizzo, inviato(client, indirizzo))
    assert risposta.status_code == 302
    bozza.refresh_from_db()
    assert bozza.parametri == dati_predefiniti("2020-2023")


def test_salvare_le_riunioni_non_toglie_la_convocazione_d_urgenza(
    client: Client, ufficio: Utente, bozza: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    bozza.parametri["comitato"]["urgenza"] = True
    bozza.save()
    indirizzo = sezione(bozza, "riunioni")
    client.post(indirizzo, inviato(client, indirizzo, comitato_preavviso="7"))
    salvata = EdizioneConciliazione.objects.get(pk=bozza.pk).regole.comitato
    assert (salvata.preavviso, salvata.urgenza) == (7, True)


def test_una_regola_cambia_e_le_altre_restano(
    client: Client, ufficio: Utente, bozza: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    indirizzo = sezione(bozza, "limiti")
    client.post(indirizzo, inviato(client, indirizzo, contributo_massimo_valore="120.000,50"))
    bozza = EdizioneConciliazione.objects.get(pk=bozza.pk)
    assert bozza.regole.contributo_massimo.valore == Decimal("120000.50")
    assert bozza.regole.quota_massima.valore == Decimal(70)


def test_gli_errori_stanno_accanto_ai_campi_e_niente_va_perso(
    client: Client, ufficio: Utente, bozza: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    indirizzo = sezione(bozza, "limiti")
    dati = inviato(client, indirizzo, quota_massima_valore="tanto", valore_minimo_fonte="")
    form = client.post(indirizzo, dati).context["form"]
    assert form.errors["quota_massima_valore"] == [
        "valore: «tanto» non è un numero scritto all'italiana."
    ]
    assert form["quota_massima_valore"].value() == "tanto"
    dati = inviato(client, indirizzo, quota_massima_valore="80", valore_minimo_fonte="")
    form = client.post(indirizzo, dati).context["form"]
    assert form.errors["valore_minimo_fonte"] == [
        "valore_minimo.fonte: scrivi da quale articolo viene."
    ]
    assert list(form.errors) == ["valore_minimo_fonte", "cofinanziamento_minimo_valore"]
    bozza.refresh_from_db()
    assert bozza.parametri == dati_predefiniti("2020-2023")


def test_una_riga_storta_di_una_tabella_e_detta_con_il_suo_numero(
    client: Client, ufficio: Utente, bozza: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    indirizzo = sezione(bozza, "rate")
    dati = inviato(client, indirizzo, rate="anticipo;Anticipo;molto;0;\nsaldo;;20;0;")
    form = client.post(indirizzo, dati).context["form"]
    assert form.errors["rate"] == [
        "Riga 1, quota in %: «molto» non è un numero scritto all'italiana.",
        "Riga 2, nome: manca.",
    ]
    dati = inviato(client, indirizzo, rate="anticipo;Anticipo;50;0;\nsaldo;Saldo;40;0;")
    form = client.post(indirizzo, dati).context["form"]
    assert form.errors["rate"] == ["rate: le quote fanno 90, non 100."]


def test_chi_salva_sopra_le_regole_di_un_altro_lo_sa(
    ufficio: Utente, bozza: EdizioneConciliazione
) -> None:
    prima = {"quota_massima": bozza.parametri["quota_massima"]}
    azioni.scrivi_regole(
        bozza, {"quota_massima": {"valore": "60", "fonte": "Art. 1"}}, viste=prima, da=ufficio
    )
    with pytest.raises(Superata) as superata:
        azioni.scrivi_regole(
            bozza, {"quota_massima": {"valore": "50", "fonte": "Art. 1"}}, viste=prima, da=ufficio
        )
    assert json.loads(superata.value.visto)["quota_massima"]["valore"] == "60"


def test_in_vigore_solo_se_non_manca_niente_e_poi_non_cambia(
    client: Client, ufficio: Utente, bozza: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    bozza.parametri = dati_predefiniti("2025-2027")
    bozza.save()
    indirizzo = reverse("conciliazione_edizione_in_vigore", args=[bozza.slug])
    pagina = client.post(indirizzo, follow=True).content.decode()
    assert "Non si dice in quante rate si paga il contributo." in pagina
    bozza.parametri = dati_predefiniti("2020-2023")
    bozza.save()
    client.post(indirizzo)
    bozza.refresh_from_db()
    assert bozza.stato == Stato.IN_VIGORE
    with pytest.raises(ValidationError, match="si può fare solo quando è «Bozza»"):
        azioni.scrivi_regole(bozza, {}, viste=None, da=ufficio)
    assert client.get(sezione(bozza, "limiti")).status_code == 302


def test_non_si_chiude_con_un_bando_aperto(
    ufficio: Utente, edizione: EdizioneConciliazione
) -> None:
    bando = ManifestazioneFactory(edizione=edizione)
    with pytest.raises(ValidationError, match="manifestazione di interesse aperta"):
        azioni.chiudi_edizione(edizione, da=ufficio)
    bando.delete()
    azioni.chiudi_edizione(edizione, da=ufficio)
    azioni.riapri_edizione(edizione, da=ufficio)
    edizione.refresh_from_db()
    assert edizione.stato == Stato.IN_VIGORE


def test_chi_non_guida_la_rete_non_cambia_le_regole(bozza: EdizioneConciliazione) -> None:
    for ruolo in (Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE):
        altro = IncaricoFactory(azienda=bozza.azienda, ruolo=ruolo).utente
        with pytest.raises(PermissionDenied):
            azioni.metti_in_vigore(bozza, da=altro)
    straniero = IncaricoFactory(
        azienda=EdizioneConciliazioneFactory().azienda, ruolo=Ruolo.CAPOFILA
    ).utente
    with pytest.raises(PermissionDenied):
        azioni.modifica_dati(bozza, nome="Mia", da=straniero)
