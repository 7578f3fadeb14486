# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the mapping: the form without JavaScript, the figures without small groups."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lavoro_agile.mappatura.bacheca import cose_da_fare, scadenze
from lavoro_agile.mappatura.totali import totali
from lavoro_agile.models import CampagnaMappatura, MappaturaAttivita
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import UnitaFactory, UtenteFactory
from tests.factories_lavoro_agile import (
    AttivitaFactory,
    CampagnaFactory,
    MappaturaFactory,
    ProfiloFactory,
)

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
Persona = Callable[..., Utente]
OGGI = timezone.localdate()
PC = 37
COMPILATA = {
    "visto": "0", "formazione": "Nessuna", "tecnologia": "PC e VPN", "pc_da_fornire": PC,
    "connessioni_da_fornire": "0", "coworking": "Nessuno", "criticita": "Nessuna",
    "giorni_presenza": "3",
    "attivita-TOTAL_FORMS": "3", "attivita-INITIAL_FORMS": "0",
    "attivita-0-nome": "Istruttoria", "attivita-0-delocalizzabile": "on",
    "attivita-0-autonomia": "alto", "attivita-0-interdipendenza": "basso",
    "attivita-0-misurabilita": "medio", "attivita-2-delocalizzabile": "on",
    "profili-TOTAL_FORMS": "2", "profili-INITIAL_FORMS": "0",
    "profili-0-profilo": "Assistente amministrativo", "profili-0-area": "comparto",
    "profili-0-in_servizio": "10", "profili-0-potenziali": "6",
}  # fmt: skip


@pytest.fixture
def campagna(azienda: Azienda) -> CampagnaMappatura:
    return CampagnaFactory(azienda=azienda)


@pytest.fixture
def scheda(campagna: CampagnaMappatura, unita: UnitaOrganizzativa) -> MappaturaAttivita:
    return MappaturaFactory(campagna=campagna, unita=unita, unita_stampata="")


def inviata(campagna: CampagnaMappatura, *gruppi: tuple[str, int, int], **altro: Any) -> Any:
    """A form that was sent, with its profiles: name, people, how many could."""
    una = MappaturaFactory(
        campagna=campagna, stato="trasmessa", trasmessa_il=timezone.now(), **altro
    )
    AttivitaFactory(mappatura=una)
    for nome, in_servizio, potenziali in gruppi:
        ProfiloFactory(mappatura=una, profilo=nome, in_servizio=in_servizio, potenziali=potenziali)
    return una


# The figures --------------------------------------------------------------------------------------


def test_i_totali_contano_le_schede_trasmesse(campagna: CampagnaMappatura) -> None:
    inviata(campagna, ("Assistente", 10, 6), ("Collaboratore", 8, 0), unita_stampata="Alfa")
    inviata(campagna, ("ASSISTENTE ", 20, 9), unita_stampata="Beta")
    ProfiloFactory(mappatura=MappaturaFactory(campagna=campagna), potenziali=5)
    quadro = totali(campagna, intero=True)
    assert [(uno.nome, uno.in_servizio, uno.potenziali) for uno in quadro.unita] == [
        ("Alfa", 18, 6), ("Beta", 20, 9),
    ]  # fmt: skip
    per_profilo = [(uno.in_servizio, uno.potenziali) for uno in quadro.profili]
    assert per_profilo == [(30, 15), (8, 0)]
    assert (quadro.totale.in_servizio, quadro.totale.potenziali) == (38, 15)
    assert totali(CampagnaFactory()).totale.potenziali == 0


def test_un_gruppo_piccolo_non_si_trova_nemmeno_per_differenza(
    campagna: CampagnaMappatura,
) -> None:
    inviata(campagna, ("Assistente", 40, 20), unita_stampata="Alfa")
    inviata(campagna, ("Assistente", 30, 2), unita_stampata="Beta")
    inviata(campagna, ("Assistente", 25, 12), unita_stampata="Gamma")
    quadro = totali(campagna)
    detti = {uno.nome: uno.potenziali for uno in quadro.unita}
    assert quadro.tace
    assert detti["Beta"] is None
    # One silent group alone would be the total less the others.
    assert sum(uno is None for uno in detti.values()) >= 2
    assert totali(campagna, intero=True).unita[1].potenziali == 2


def test_i_profili_non_si_dicono_se_un_totale_tace(campagna: CampagnaMappatura) -> None:
    inviata(campagna, ("Assistente", 40, 3), unita_stampata="Alfa")
    quadro = totali(campagna)
    assert quadro.totale.potenziali is None
    assert quadro.profili == ()


def test_la_pagina_dice_i_piccoli_solo_alle_risorse_umane(
    campagna: CampagnaMappatura, con_incarico: Persona, ufficio: Utente, entra: Entra
) -> None:
    una = inviata(campagna, ("Assistente", 40, 3), ("Raro", 1, 1), unita_stampata="Alfa")
    for nome, pk in (("campagna", campagna.pk), ("mappatura_scheda", una.pk)):
        indirizzo = reverse(nome, args=[pk])
        for chi in (con_incarico(Ruolo.DIREZIONE), UtenteFactory(is_superuser=True)):
            visto = entra(chi).get(indirizzo).content.decode()
            assert "non mostrato" in visto
            assert "Raro" not in visto
        visto = entra(ufficio).get(indirizzo).content.decode()
        assert "non mostrato" not in visto
        assert "Raro" in visto


def test_il_foglio_delle_persone_tace_i_piccoli_per_tutti(
    campagna: CampagnaMappatura, ufficio: Utente, entra: Entra
) -> None:
    inviata(campagna, ("Assistente", 40, 20), ("Raro", 3, 1), unita_stampata="Alfa")
    indirizzo = reverse("campagna_persone_csv", args=[campagna.pk])
    righe = entra(ufficio).get(indirizzo).getvalue().decode("utf-8-sig").splitlines()
    assert righe[0] == "per;nome;in servizio;coinvolgibili;quota, %"
    assert "unità;Alfa;43;21;48,84" in righe
    assert "profilo;Raro (comparto);non mostrato;non mostrato;" in righe


def test_il_foglio_delle_attivita_non_conta_persone(
    campagna: CampagnaMappatura, scheda: MappaturaAttivita, con_incarico: Persona, entra: Entra
) -> None:
    AttivitaFactory(mappatura=scheda, nome="Ancora in bozza")
    una = inviata(campagna, unita_stampata="Alfa")
    una.attivita.update(corretta_in="no", motivo="=Carte in sede")
    indirizzo = reverse("campagna_attivita_csv", args=[campagna.pk])
    visto = entra(con_incarico(Ruolo.CUG)).get(indirizzo).getvalue().decode("utf-8-sig")
    assert visto.splitlines()[1] == (
        "Alfa;Istruttoria delle pratiche;sì;Alta;Bassa;Media;Sì;No;'=Carte in sede"
    )
    assert "Ancora in bozza" not in visto


def test_i_fogli_non_sono_di_chi_guida(
    campagna: CampagnaMappatura, capo: Utente, entra: Entra
) -> None:
    for nome in ("campagna_persone_csv", "campagna_attivita_csv"):
        assert entra(capo).get(reverse(nome, args=[campagna.pk])).status_code == 403
    visto = entra(capo).get(reverse("campagna", args=[campagna.pk])).getvalue().decode()
    assert "Per unità" not in visto


# The form -----------------------------------------------------------------------------------------


def test_il_responsabile_compila_e_trasmette(
    scheda: MappaturaAttivita, capo: Utente, entra: Entra
) -> None:
    indirizzo, client = reverse("mappatura_compila", args=[scheda.pk]), entra(capo)
    assert "Attività 2" in client.get(indirizzo).content.decode()
    assert client.post(indirizzo, COMPILATA).status_code == 302
    assert "secondo la regola:" in client.get(indirizzo).content.decode()
    seconda = COMPILATA | {
        "visto": "1", "fai": "trasmetti", "attivita-INITIAL_FORMS": "1",
        "profili-INITIAL_FORMS": "1", "profili-1-profilo": "Dirigente",
        "profili-1-area": "dirigenza", "profili-1-in_servizio": "2", "profili-1-potenziali": "0",
    }  # fmt: skip
    visto = client.post(indirizzo, seconda, follow=True).content.decode()
    assert "Scheda trasmessa" in visto
    scheda.refresh_from_db()
    assert (scheda.stato, scheda.pc_da_fornire) == ("trasmessa", PC)
    assert list(scheda.attivita.values_list("nome", "smartabile")) == [("Istruttoria", "si")]
    assert list(scheda.profili.values_list("profilo", "potenziali")) == [
        ("Assistente amministrativo", 6), ("Dirigente", 0),
    ]  # fmt: skip
    assert client.get(indirizzo).status_code == 302


def test_una_riga_tolta_se_ne_va_e_una_a_meta_lo_dice(
    scheda: MappaturaAttivita, capo: Utente, entra: Entra
) -> None:
    indirizzo, client = reverse("mappatura_compila", args=[scheda.pk]), entra(capo)
    a_meta = COMPILATA | {"attivita-1-nome": "A metà", "profili-0-potenziali": "11"}
    visto = client.post(indirizzo, a_meta).content.decode()
    assert "Correggi le righe segnate" in visto
    assert "Non possono essere più di chi è in servizio." in visto
    assert 'value="A metà"' in visto
    client.post(indirizzo, COMPILATA)
    tolta = COMPILATA | {
        "visto": "1", "attivita-INITIAL_FORMS": "1", "attivita-0-DELETE": "on",
        "profili-INITIAL_FORMS": "1",
    }  # fmt: skip
    client.post(indirizzo, tolta)
    assert not scheda.attivita.exists()
    assert scheda.profili.count() == 1


def test_chi_trasmette_senza_tutto_tiene_la_bozza(
    scheda: MappaturaAttivita, capo: Utente, entra: Entra
) -> None:
    indirizzo, client = reverse("mappatura_compila", args=[scheda.pk]), entra(capo)
    manca = COMPILATA | {"fai": "trasmetti", "giorni_presenza": ""}
    visto = client.post(indirizzo, manca).content.decode()
    assert "La bozza è salvata, ma non è stata trasmessa." in visto
    assert "Scrivi un numero, anche 0." in visto
    assert 'name="visto" value="1"' in visto
    scheda.refresh_from_db()
    assert (scheda.stato, scheda.tecnologia) == ("in_compilazione", "PC e VPN")


def test_due_che_scrivono_insieme_non_si_cancellano(
    scheda: MappaturaAttivita, capo: Utente, entra: Entra
) -> None:
    indirizzo, client = reverse("mappatura_compila", args=[scheda.pk]), entra(capo)
    client.post(indirizzo, COMPILATA)
    visto = client.post(indirizzo, COMPILATA | {"tecnologia": "Altro"}).content.decode()
    assert "Qualcun altro ha salvato" in visto
    assert 'name="visto" value="1"' in visto
    scheda.refresh_from_db()
    assert scheda.tecnologia == "PC e VPN"


@pytest.mark.parametrize("dati", [{}, {"attivita-TOTAL_FORMS": "molte", "visto": "\x00"}])
def test_un_modulo_rotto_non_rompe_la_pagina(
    scheda: MappaturaAttivita, capo: Utente, entra: Entra, dati: dict[str, str]
) -> None:
    indirizzo = reverse("mappatura_compila", args=[scheda.pk])
    assert entra(capo).post(indirizzo, dati).status_code == 200
    scheda.refresh_from_db()
    assert scheda.modifiche == 0


def test_l_ufficio_prepara_apre_e_guarda_chi_manca(
    azienda: Azienda, unita: UnitaOrganizzativa, capo: Utente, ufficio: Utente, entra: Entra
) -> None:
    client = entra(ufficio)
    dati = {
        "anno": "2026", "titolo": "Mappatura 2026", "istruzioni": "", "apre_il": OGGI,
        "chiude_il": OGGI + timedelta(days=9),
    }  # fmt: skip
    nuova = client.post(reverse("campagna_nuova", args=[azienda.codice]), dati, follow=True)
    assert "Unità da chiedere" in nuova.content.decode()
    campagna = CampagnaMappatura.objects.get()
    aperta = client.post(
        reverse("campagna_unita", args=[campagna.pk]), {"unita": unita.pk}, follow=True
    ).content.decode()
    assert "Chi non ha ancora risposto" in aperta
    assert str(capo) in aperta
    una = campagna.mappature.get()
    nota = client.post(reverse("mappatura_acquisisci", args=[una.pk]), {}).content.decode()
    assert "non può diventare «Acquisita»" in nota
    client.post(reverse("campagna_chiudi", args=[campagna.pk]))
    campagna.refresh_from_db()
    assert campagna.stato == "chiusa"


# The inbox ----------------------------------------------------------------------------------------


def test_chi_guida_trova_la_scheda_fra_le_cose_da_fare(
    scheda: MappaturaAttivita, capo: Utente, dipendente: Utente, con_incarico: Persona
) -> None:
    compila = reverse("mappatura_compila", args=[scheda.pk])
    (cosa,) = cose_da_fare(capo)
    (scadenza,) = scadenze(capo)
    assert (cosa.url, cosa.scadenza) == (compila, scheda.campagna.chiude_il)
    assert (scadenza.url, scadenza.il, scadenza.mia) == (compila, scheda.campagna.chiude_il, True)
    altra = UnitaFactory(organigramma=scheda.unita.organigramma)
    vicina = con_incarico(Ruolo.RESPONSABILE_CDR, unita=altra)
    assert [*cose_da_fare(dipendente), *cose_da_fare(vicina), *scadenze(dipendente)] == []


def test_di_un_unita_senza_capo_risponde_chi_sta_sopra(
    scheda: MappaturaAttivita, campagna: CampagnaMappatura, capo: Utente
) -> None:
    sotto = UnitaFactory(organigramma=scheda.unita.organigramma, parent=scheda.unita)
    MappaturaFactory(campagna=campagna, unita=sotto, unita_stampata="")
    assert len(list(cose_da_fare(capo))) == 2


def test_l_ufficio_trova_chi_ha_risposto_e_chi_e_in_ritardo(
    scheda: MappaturaAttivita, campagna: CampagnaMappatura, ufficio: Utente
) -> None:
    assert list(cose_da_fare(ufficio)) == []
    inviata(campagna, ("Assistente", 10, 6))
    CampagnaMappatura.objects.update(chiude_il=OGGI - timedelta(days=1))
    acquisire, ritardo = cose_da_fare(ufficio)
    assert acquisire.titolo.startswith("1 scheda da acquisire")
    assert ritardo.titolo.startswith("1 unità non ha risposto")
    assert ritardo.urgente
    assert [una.url for una in scadenze(ufficio)] == [reverse("campagna", args=[campagna.pk])]


@pytest.mark.parametrize("quante", [1, 3])
def test_le_interrogazioni_non_crescono_con_le_schede(
    campagna: CampagnaMappatura, unita: UnitaOrganizzativa, capo: Utente, ufficio: Utente,
    entra: Entra, django_assert_num_queries: Any, quante: int,
) -> None:  # fmt: skip
    for _volta in range(quante):
        altra = UnitaFactory(organigramma=unita.organigramma, parent=unita)
        MappaturaFactory(campagna=campagna, unita=altra, unita_stampata="")
        inviata(campagna, ("Assistente", 10, 6), ("Collaboratore", 9, 5))
    client = entra(ufficio)
    with django_assert_num_queries(15):
        client.get(reverse("campagna", args=[campagna.pk]))
    with django_assert_num_queries(6):
        assert len(list(cose_da_fare(capo))) == quante
