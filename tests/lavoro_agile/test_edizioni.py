# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entrance, and the life of an edition: begun, in force, closed."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from lavoro_agile.azioni import edizione as azioni
from lavoro_agile.menu import voci
from lavoro_agile.models import BandoLavoroAgile, EdizioneLavoroAgile
from lavoro_agile.predefinite import dati_predefiniti
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import UtenteFactory

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
DATI = {
    "modello": "p:da-riempire", "nome": "Regolamento 2023", "anno_inizio": "2023",
    "anno_fine": "2025", "atto": "", "atto_data": "",
}  # fmt: skip


def test_le_risorse_umane_cominciano_un_edizione_e_la_mettono_in_vigore(
    azienda: Azienda, ufficio: Utente, entra: Entra
) -> None:
    client = entra(ufficio)
    risposta = client.post(reverse("lavoro_agile_edizione_nuova", args=[azienda.codice]), DATI)
    edizione = EdizioneLavoroAgile.objects.get()
    assert risposta["Location"] == edizione.get_absolute_url()
    assert (edizione.stato, edizione.regole.nome) == ("bozza", "Regolamento 2023")
    client.post(reverse("lavoro_agile_edizione_in_vigore", args=[edizione.slug]))
    edizione.refresh_from_db()
    assert edizione.stato == "in_vigore"
    client.post(reverse("lavoro_agile_edizione_chiudi", args=[edizione.slug]))
    edizione.refresh_from_db()
    assert edizione.stato == "chiusa"
    assert list(Evento.objects.values_list("tipo", flat=True).order_by("pk")) == [
        "agile_edizione.creata",
        "agile_edizione.in_vigore",
        "agile_edizione.chiusa",
    ]


def test_anni_al_contrario_si_leggono_accanto_al_campo(
    azienda: Azienda, ufficio: Utente, entra: Entra
) -> None:
    indirizzo = reverse("lavoro_agile_edizione_nuova", args=[azienda.codice])
    visto = entra(ufficio).post(indirizzo, DATI | {"anno_fine": "2020"}).content.decode()
    assert "ultimo anno viene prima del primo" in visto
    assert "Regolamento 2023" in visto
    assert not EdizioneLavoroAgile.objects.exists()


def test_un_edizione_senza_giorni_non_va_in_vigore(azienda: Azienda, ufficio: Utente) -> None:
    edizione = azioni.crea_edizione(
        azienda, nome="Avvio", anno_inizio=2021, anno_fine=2022,
        parametri=dati_predefiniti("asst-cremona-2021"), da=ufficio,
    )  # fmt: skip
    with pytest.raises(ValidationError) as raccolto:
        azioni.metti_in_vigore(edizione, da=ufficio)
    assert raccolto.value.messages == [
        "Prima di metterla in vigore. Non si dice quanti giorni al massimo, al mese o "
        "alla settimana."
    ]


def test_due_edizioni_degli_stessi_anni_hanno_due_indirizzi(
    azienda: Azienda, ufficio: Utente
) -> None:
    indirizzi = [
        azioni.crea_edizione(
            azienda, nome="Una", anno_inizio=2021, anno_fine=2022,
            parametri=dati_predefiniti("da-riempire"), da=ufficio,
        ).slug
        for _volta in range(2)
    ]  # fmt: skip
    assert indirizzi[1] == f"{indirizzi[0]}-2"


def test_una_seconda_edizione_in_vigore_dice_di_chiudere_la_prima(
    edizione: EdizioneLavoroAgile, ufficio: Utente
) -> None:
    altra = azioni.crea_edizione(
        edizione.azienda, nome="Altra", anno_inizio=2021, anno_fine=2022,
        parametri=dati_predefiniti("da-riempire"), da=ufficio,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="prima chiudi quella"):
        azioni.metti_in_vigore(altra, da=ufficio)


def test_chi_non_e_delle_risorse_umane_non_comincia_niente(
    azienda: Azienda, con_incarico: Persona, entra: Entra
) -> None:
    direzione = con_incarico(Ruolo.DIREZIONE)
    with pytest.raises(PermissionDenied):
        azioni.crea_edizione(
            azienda, nome="X", anno_inizio=2021, anno_fine=2022,
            parametri=dati_predefiniti("da-riempire"), da=direzione,
        )  # fmt: skip
    indirizzo = reverse("lavoro_agile_edizione_nuova", args=[azienda.codice])
    assert entra(direzione).get(indirizzo).status_code == 403


def test_l_ingresso_mostra_il_bando_aperto_a_chi_lavora(
    bando: BandoLavoroAgile, dipendente: Utente, entra: Entra
) -> None:
    client = entra(dipendente)
    assert bando.azienda.nome in client.get(reverse("lavoro_agile")).content.decode()
    casa = client.get(reverse("lavoro_agile_azienda", args=[bando.azienda.codice]))
    assert "Si può chiedere adesso" in casa.content.decode()
    regole = client.get(bando.edizione.get_absolute_url()).content.decode()
    assert "Stato di salute" in regole
    assert "35" in regole
    assert "Metti in vigore" not in regole


def test_la_voce_del_menu_e_di_chi_lavora_o_legge(con_incarico: Persona) -> None:
    for ruolo in (Ruolo.DIPENDENTE, Ruolo.CUG, Ruolo.NUCLEO):
        assert [nome for nome, *_resto in voci(con_incarico(ruolo))] == ["Lavoro agile"]
    assert voci(con_incarico(Ruolo.CAPOFILA)) == []
    assert voci(UtenteFactory()) == []


def test_le_azioni_positive_si_aprono(con_incarico: Persona, entra: Entra) -> None:
    visto = entra(con_incarico(Ruolo.CUG)).get(reverse("azioni_positive")).content.decode()
    assert "Nessun piano delle azioni positive." in visto
