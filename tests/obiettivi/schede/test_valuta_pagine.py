# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the evaluation: the panel, its steps, why a score, all the schede of a year."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import (
    Controdeduzione,
    Proroga,
    PunteggioScheda,
    Rendicontazione,
    SchedaBudget,
)
from obiettivi.schede.bacheca_valutazione import cose_da_fare
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import FinestraFactory, IncaricoFactory, UnitaFactory
from tests.obiettivi.schede.cremona import righe_di, rileva_tutto, scheda_cremona

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
Stato = SchedaBudget.Stato


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    rileva_tutto(scheda, "T2")
    return scheda


@pytest.fixture
def valutata(scheda: SchedaBudget) -> SchedaBudget:
    azioni.avvia_valutazione(scheda, motivo="Prova", da=None)
    return scheda


def capo_di(scheda: SchedaBudget) -> Utente:
    return IncaricoFactory(
        azienda=scheda.azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=scheda.unita
    ).utente


def scritta(risposta: Any) -> str:
    return " ".join(risposta.content.decode().split())


# --- the panel ------------------------------------------------------------------------------


def test_il_pannello_mostra_i_punteggi_per_area_e_per_riga(
    scheda: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    pagina = scritta(entra(controllo).get(scheda.get_absolute_url()))
    for cifra in ("73,80", "85,00", "69,00", "75,00"):
        assert f'<span class="cifra">{cifra}</span>' in pagina
    assert "Esito e appropriatezza · Processi e efficienza · Sviluppo" in pagina
    assert "T2 73,80" in pagina
    perche = reverse("scheda_perche", args=[scheda.pk, "S", scheda.pk])
    assert f'href="{perche}"' in pagina
    assert f'href="{perche}?frazione=T2"' in pagina


def test_accanto_al_punteggio_il_dichiarato_e_il_validato(
    scheda: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    riga = righe_di(scheda)[0]
    Rendicontazione.objects.create(riga=riga, frazione="T1", stato="trasmessa", dichiarato=90)
    Rendicontazione.objects.create(
        riga=riga, frazione="T2", stato="trasmessa", dichiarato=80, validato=70
    )
    assert "80% / 70%" in scritta(entra(controllo).get(scheda.get_absolute_url()))


def test_una_proposta_non_ha_il_pannello(azienda: Azienda, controllo: Utente, entra: Entra) -> None:
    proposta = scheda_cremona(azienda, stato=Stato.PROPOSTA)
    assert 'id="valutazione"' not in scritta(entra(controllo).get(proposta.get_absolute_url()))


def test_il_personale_vede_i_punteggi_e_non_le_controdeduzioni(
    valutata: SchedaBudget, entra: Entra
) -> None:
    azioni.controdeduci(valutata, testo="Segreto fra noi.", da=capo_di(valutata))
    SchedaBudget.objects.update(divulgata_il=timezone.now())
    del_cdr = IncaricoFactory(
        azienda=valutata.azienda, ruolo=Ruolo.DIPENDENTE, unita=valutata.unita
    ).utente
    pagina = scritta(entra(del_cdr).get(valutata.get_absolute_url()))
    assert "73,80" in pagina
    assert "Segreto fra noi." not in pagina


@pytest.mark.parametrize("stato", [Stato.IN_MONITORAGGIO, Stato.IN_VALUTAZIONE, Stato.VALIDATA])
def test_il_pannello_fa_sempre_le_stesse_domande(
    azienda: Azienda,
    controllo: Utente,
    entra: Entra,
    stato: Stato,
    django_assert_max_num_queries: Any,
) -> None:
    una, client, quante = scheda_cremona(azienda), entra(controllo), []
    rileva_tutto(una)
    SchedaBudget.objects.update(stato=stato)
    for riga in righe_di(una)[:2]:
        with django_assert_max_num_queries(50) as fatte:
            client.get(una.get_absolute_url())
        quante.append(len(fatte))
        riga.delete()
    assert quante[0] == quante[1]


# --- the steps ----------------------------------------------------------------------------


def test_tutta_la_storia_dalle_pagine(
    scheda: SchedaBudget, controllo: Utente, incaricato: Callable[..., Utente], entra: Entra
) -> None:
    avvia = reverse("scheda_valuta", args=[scheda.pk])
    client = entra(controllo)
    assert "Scrivi perché la valutazione comincia lo stesso." in scritta(
        client.post(avvia, {"motivo": ""})
    )
    pannello = f"{scheda.get_absolute_url()}#valutazione"
    assert client.post(avvia, {"motivo": "Dati dai flussi"}).url == pannello

    riga = righe_di(scheda)[0]
    obietta = reverse("scheda_controdeduci", args=[scheda.pk])
    client = entra(capo_di(scheda))
    assert client.post(obietta, {"riga": riga.pk, "testo": "Erano 72."}).url == pannello

    una = Controdeduzione.objects.get()
    rispondi = reverse("controdeduzione_rispondi", args=[una.pk])
    client = entra(controllo)
    assert "Erano 72." in scritta(client.get(rispondi))
    rifiutata = client.post(rispondi, {"esito": "accolta", "risposta": "", "valore": "72"})
    assert 'value="72"' in scritta(rifiutata)  # nothing is lost
    accolta = {"esito": "accolta", "risposta": "È vero.", "frazione": "", "valore": "72,0"}
    assert client.post(rispondi, accolta).url == pannello

    nucleo = incaricato(Ruolo.NUCLEO)
    valida = reverse("scheda_valida", args=[scheda.pk])
    client = entra(nucleo)
    pagina = client.get(valida)
    assert "Il punteggio della scheda è 76,50." in scritta(pagina)
    visto = pagina.context["form"]["visto"].value()
    mandato = {"esito": "validata", "data": "2023-03-01", "motivazione": "Bene", "visto": visto}
    vecchio = scritta(client.post(valida, mandato | {"visto": "di prima"}))
    assert "Mentre guardavi la scheda sono cambiati" in vecchio
    assert f'value="{visto}"' in vecchio
    assert client.post(valida, mandato).url == pannello

    assert entra(controllo).post(reverse("scheda_chiudi", args=[scheda.pk])).url == pannello
    pagina = scritta(entra(controllo).get(scheda.get_absolute_url()))
    assert "La scheda è chiusa: il suo punteggio è il risultato" in pagina
    assert "Dati dai flussi" in pagina


def test_un_passo_gia_fatto_dice_chi_lo_ha_fatto(
    valutata: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    pagina = scritta(
        entra(controllo).post(reverse("scheda_valuta", args=[valutata.pk]), {"motivo": "x"})
    )
    assert "La scheda è già «In valutazione»: lo ha fatto il sistema il " in pagina


def test_chiudere_prima_del_tempo_e_detto(
    valutata: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    chiusa = entra(controllo).post(reverse("scheda_chiudi", args=[valutata.pk]), follow=True)
    assert "prima deve essere «Validata dal Nucleo»" in scritta(chiusa)


@pytest.mark.parametrize("riga", ["999999", "x", "-1"])
def test_una_riga_che_non_c_e_non_si_controdeduce(
    valutata: SchedaBudget, entra: Entra, riga: str
) -> None:
    client = entra(capo_di(valutata))
    obietta = reverse("scheda_controdeduci", args=[valutata.pk])
    risposta = client.post(obietta, {"riga": riga, "testo": "Tutto sbagliato."})
    assert risposta.status_code == 200
    assert "Tutto sbagliato." in scritta(risposta)
    assert not Controdeduzione.objects.exists()


def test_di_una_scheda_validata_si_vede_che_cosa_cambierebbe(
    valutata: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    azioni.valida_scheda(valutata, esito="validata", motivazione="Bene", da=None)
    riga = righe_di(valutata)[0]
    client = entra(controllo)
    azioni.rileva(riga.indicatore, anno=2022, unita=valutata.unita, valore=72, da=None)
    pagina = scritta(client.get(valutata.get_absolute_url()))
    assert "Che cosa sarebbe diverso con i dati di oggi" in pagina
    assert "+2,70" in pagina
    # Its explanation is that of the score validated, with what was known then.
    spiegata = scritta(client.get(reverse("scheda_perche", args=[valutata.pk, "S", valutata.pk])))
    assert '<span class="cifra">73,80</span>' in spiegata
    assert "alert-warning" not in spiegata


# --- why ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("livello", "frasi"),
    [
        ("R", ["Punteggio: 75,00."]),
        ("A", ["Media pesata: 8.500 / 100 = 85."]),
        ("S", ["Media pesata: 7.380 / 100 = 73,8.", "Punteggio: 73,80."]),
    ],
)
def test_ogni_punteggio_si_spiega_in_parole_e_in_dati(
    scheda: SchedaBudget, controllo: Utente, entra: Entra, livello: str, frasi: list[str]
) -> None:
    salvato = PunteggioScheda.objects.filter(scheda=scheda, livello=livello, frazione="T2").first()
    assert salvato is not None
    client, chiave = entra(controllo), [scheda.pk, livello, salvato.oggetto]
    pagina = scritta(client.get(reverse("scheda_perche", args=chiave), {"frazione": "T2"}))
    for frase in frasi:
        assert f"<li>{frase}</li>" in pagina
    risposta = client.get(reverse("scheda_perche_json", args=chiave), {"frazione": "T2"})
    dati = json.loads(risposta.content)
    assert dati["mostrato"] == salvato.mostrato
    assert set(frasi) <= set(dati["frasi"])


def test_una_spiegazione_che_non_c_e(scheda: SchedaBudget, controllo: Utente, entra: Entra) -> None:
    client = entra(controllo)
    for livello, oggetto, frazione in (("S", 0, ""), ("X", scheda.pk, ""), ("S", scheda.pk, "T9")):
        indirizzo = reverse("scheda_perche", args=[scheda.pk, livello, oggetto])
        assert client.get(indirizzo, {"frazione": frazione}).status_code == 404


def test_se_i_dati_sono_cambiati_la_spiegazione_lo_dice(
    scheda: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    PunteggioScheda.objects.filter(scheda=scheda, livello="S", frazione="").update(punteggio=10)
    indirizzo = reverse("scheda_perche", args=[scheda.pk, "S", scheda.pk])
    assert "Il punteggio salvato è 10,00" in scritta(entra(controllo).get(indirizzo))


# --- all together ---------------------------------------------------------------------------


def test_il_quadro_mostra_le_schede_per_dipartimento(
    scheda: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    dipartimento = UnitaFactory(
        organigramma=scheda.unita.organigramma,
        tipo=UnitaOrganizzativa.Tipo.DIPARTIMENTO,
        nome="Dipartimento chirurgico",
    )
    UnitaOrganizzativa.objects.filter(pk=scheda.unita_id).update(parent=dipartimento)
    altra = scheda_cremona(scheda.azienda)
    pagina = scritta(entra(controllo).get(reverse("schede_valutazione")))
    assert "Dipartimento chirurgico" in pagina
    assert "1 scheda · media semplice 73,80" in pagina
    assert str(altra.unita) in pagina
    righe = entra(controllo).get(reverse("schede_valutazione")).context["distribuzione"]
    assert righe == [
        ("100 e oltre", 0), ("da 90 a meno di 100", 0), ("da 80 a meno di 90", 0),
        ("da 60 a meno di 80", 1), ("meno di 60", 0), ("senza punteggio", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("quante", [1, 3])
def test_il_quadro_fa_sempre_le_stesse_domande(
    azienda: Azienda,
    controllo: Utente,
    entra: Entra,
    quante: int,
    django_assert_num_queries: Any,
) -> None:
    for _una in range(quante):
        rileva_tutto(scheda_cremona(azienda))
    client = entra(controllo)
    with django_assert_num_queries(10):
        client.get(reverse("schede_valutazione"))


def test_il_file_ha_le_righe_della_pagina(
    scheda: SchedaBudget, controllo: Utente, entra: Entra
) -> None:
    scheda_cremona(scheda.azienda, stato=Stato.SOTTOSCRITTA)
    client = entra(controllo)
    chiesto = {"stato": Stato.IN_MONITORAGGIO, "periodo": "T2"}
    testo_csv = (
        client.get(reverse("schede_valutazione_csv"), chiesto).getvalue().decode("utf-8-sig")
    )
    righe = testo_csv.splitlines()
    assert len(righe) == 2
    assert f";{scheda.unita};2022;2° trimestre;In monitoraggio;73,80;In parte;100%;" in righe[1]


def test_il_quadro_ha_solo_le_schede_che_si_vedono(scheda: SchedaBudget, entra: Entra) -> None:
    altra = scheda_cremona(scheda.azienda)
    capo = capo_di(scheda)
    pagina = scritta(entra(capo).get(reverse("schede_valutazione")))
    assert str(scheda.unita) in pagina
    assert str(altra.unita) not in pagina
    assert "Avvia la valutazione di tutte" not in pagina


@pytest.mark.parametrize(
    "chiesto",
    [{"azienda": "x", "anno": "y"}, {"anno": "99999999999"}, {"periodo": "T9", "ordina": "z"}],
)
def test_il_quadro_con_richieste_storte(
    scheda: SchedaBudget, controllo: Utente, entra: Entra, chiesto: dict[str, str]
) -> None:
    pagina = entra(controllo).get(reverse("schede_valutazione"), chiesto)
    assert pagina.status_code == 200
    assert str(scheda.unita) in scritta(pagina)


def test_senza_schede_il_quadro_lo_dice_e_non_c_e_file(controllo: Utente, entra: Entra) -> None:
    client = entra(controllo)
    assert "Nessuna scheda." in scritta(client.get(reverse("schede_valutazione")))
    assert client.get(reverse("schede_valutazione_csv")).status_code == 404


def test_molte_insieme_si_avviano_e_si_chiudono(
    azienda: Azienda, controllo: Utente, entra: Entra
) -> None:
    schede = [scheda_cremona(azienda) for _una in "abc"]
    client, quali = entra(controllo), {"azienda": azienda.codice, "anno": "2022"}
    avvia = reverse("schede_valuta")
    assert "Scrivi perché" in scritta(client.post(avvia, quali, follow=True))
    detto = scritta(client.post(avvia, quali | {"motivo": "Prova"}, follow=True))
    assert "Avviata la valutazione di 3 schede." in detto
    azioni.valida_scheda(schede[0], esito="validata", motivazione="Bene", da=None)
    detto = scritta(client.post(reverse("schede_chiudi"), quali, follow=True))
    assert "Chiusa 1 scheda." in detto
    stati = SchedaBudget.objects.order_by("pk").values_list("stato", flat=True)
    assert list(stati) == [Stato.CHIUSA, Stato.IN_VALUTAZIONE, Stato.IN_VALUTAZIONE]


@pytest.mark.parametrize("nome", ["schede_valuta", "schede_chiudi"])
def test_molte_insieme_le_fa_solo_chi_le_prepara(
    scheda: SchedaBudget, incaricato: Callable[..., Utente], entra: Entra, nome: str
) -> None:
    quali = {"azienda": scheda.azienda.codice, "anno": "2022", "motivo": "x"}
    nucleo = entra(incaricato(Ruolo.NUCLEO))
    assert nucleo.post(reverse(nome), quali).status_code == 403
    straniero = entra(IncaricoFactory().utente)
    assert straniero.post(reverse(nome), quali).status_code == 404
    for storto in ({"azienda": "", "anno": "2022"}, quali | {"anno": "²022"}):
        client = entra(incaricato(Ruolo.CONTROLLO_GESTIONE))
        assert client.post(reverse(nome), storto).status_code == 404


# --- inbox --------------------------------------------------------------------------------


def titoli(utente: Utente) -> list[str]:
    return [cosa.titolo for cosa in cose_da_fare(utente)]


def test_la_bacheca_dice_a_ognuno_la_sua_parte(
    scheda: SchedaBudget, controllo: Utente, incaricato: Callable[..., Utente]
) -> None:
    nucleo, capo = incaricato(Ruolo.NUCLEO), capo_di(scheda)
    assert titoli(controllo) == ["Avvia la valutazione di 1 scheda budget"]
    assert titoli(capo) == titoli(nucleo) == []
    azioni.avvia_valutazione(scheda, motivo="Prova", da=controllo)
    assert titoli(capo) == [f"Guarda la valutazione di «{scheda}»"]
    assert titoli(nucleo) == ["Valida 1 scheda budget"]
    una = azioni.controdeduci(scheda, testo="Tutto.", da=capo)
    assert titoli(controllo) == ["Rispondi alle controdeduzioni di 1 scheda"]
    assert titoli(nucleo) == []
    azioni.rispondi_controdeduzione(una, esito="respinta", risposta="No.", da=controllo)
    azioni.valida_scheda(scheda, esito="validata", motivazione="Bene", da=nucleo)
    assert titoli(controllo) == ["Chiudi 1 scheda budget validata"]
    assert titoli(capo) == titoli(nucleo) == []


def test_il_termine_per_controdedurre_e_quello_della_proroga(valutata: SchedaBudget) -> None:
    oggi, capo = timezone.localdate(), capo_di(valutata)
    finestra = FinestraFactory(
        azienda=valutata.azienda,
        tipo="controdeduzioni",
        frazione="",
        scade=oggi - timedelta(1),
    )
    assert titoli(capo) == []
    Proroga.objects.create(finestra=finestra, unita=valutata.unita, fino_al=oggi, motivo="Ferie")
    assert [cosa.scadenza for cosa in cose_da_fare(capo)] == [oggi]


def test_il_nucleo_valida_quando_la_finestra_si_apre(
    valutata: SchedaBudget, incaricato: Callable[..., Utente]
) -> None:
    domani = timezone.localdate() + timedelta(1)
    FinestraFactory(azienda=valutata.azienda, tipo="validazione_schede", frazione="", apre=domani)
    assert titoli(incaricato(Ruolo.NUCLEO)) == []


@pytest.mark.parametrize("ruolo", [Ruolo.CONTROLLO_GESTIONE, Ruolo.NUCLEO])
def test_la_bacheca_fa_sempre_le_stesse_domande(
    azienda: Azienda,
    incaricato: Callable[..., Utente],
    ruolo: Ruolo,
    django_assert_max_num_queries: Any,
) -> None:
    utente, quante = incaricato(ruolo), []
    for _una in "abc":
        azioni.avvia_valutazione(scheda_cremona(azienda), motivo="Prova", da=None)
        with django_assert_max_num_queries(10) as fatte:
            assert titoli(utente) or ruolo == Ruolo.CONTROLLO_GESTIONE
        quante.append(len(fatte))
    assert len(set(quante)) == 1
