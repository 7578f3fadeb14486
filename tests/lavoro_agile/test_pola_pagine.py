# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the POLA: who reads, who writes, what is shown of levels, scores and trends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lavoro_agile.models import IndicatorePola, Pola
from obiettivi.models import Raggiungimento, Rilevazione, Target
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import IncaricoFactory, PianoFactory, SezioneFactory
from tests.factories_lavoro_agile import FaseSviluppoFactory, IndicatorePolaFactory, PolaFactory

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
Persona = Callable[..., Utente]


@pytest.fixture
def pola(azienda: Azienda) -> Pola:
    """Adopted, with its phases and an indicator that has a level and a result."""
    pola = PolaFactory(piano__azienda=azienda, piano__titolo="POLA di prova")
    for genere, anno in (("emergenziale", 2020), ("avvio", 2021), ("avanzato", 2023)):
        FaseSviluppoFactory(pola=pola, genere=genere, anno=anno)
    misurato(pola, "90%")
    return pola


@pytest.fixture
def bozza(azienda: Azienda) -> Pola:
    return PolaFactory(
        piano__azienda=azienda, piano__titolo="POLA in bozza", piano__stato="bozza",
        piano__anno_inizio=2025, piano__anno_fine=2027,
    )  # fmt: skip


def misurato(pola: Pola, stampato: str, **altro: Any) -> IndicatorePola:
    """An indicator with the level of the last year, a result for it and a score."""
    uno = IndicatorePolaFactory(pola=pola, **altro)
    misura = uno.misura
    Target.objects.create(
        misura=misura, anno=2023, stampato=stampato,
        lettura={"testo": stampato, "tipo": "soglia", "certezza": "alta", "verso": None,
                 "motivo": "", "passi": [],
                 "letture": []},
    )  # fmt: skip
    for anno, valore in ((2022, 40), (2023, 90)):
        Rilevazione.objects.create(indicatore=misura.indicatore, anno=anno, valore=valore)
    Raggiungimento.objects.create(
        piano=pola.piano, prospettiva="consuntivo", anno=2023, livello="I", oggetto=misura.pk,
        stato="C", punteggio=87,
    )  # fmt: skip
    return uno


def di(nome: str, pola: Pola) -> str:
    return reverse(nome, args=[pola.piano.slug])


def test_l_elenco_dice_lo_stato_e_di_che_cosa_e_sezione(
    pola: Pola, con_incarico: Persona, entra: Entra
) -> None:
    pola.sezione_di = PianoFactory(azienda=pola.azienda, titolo="Piano 2022-2024")
    pola.save()
    indirizzo = reverse("lavoro_agile_pola", args=[pola.azienda.codice])
    visto = entra(con_incarico(Ruolo.CUG)).get(indirizzo).content.decode()
    assert "POLA di prova" in visto
    assert "1 indicatore nel programma" in visto
    assert "Sezione di «Piano 2022-2024»" in visto
    assert "Comincia un POLA" not in visto


def test_senza_pola_la_pagina_dice_chi_lo_comincia(
    azienda: Azienda, ufficio: Utente, entra: Entra
) -> None:
    visto = entra(ufficio).get(reverse("lavoro_agile_pola", args=[azienda.codice]))
    assert "Nessun POLA." in visto.content.decode()
    assert "Comincia un POLA" in visto.content.decode()


def test_il_pola_mostra_parti_fasi_livelli_e_punteggio(
    pola: Pola, con_incarico: Persona, entra: Entra
) -> None:
    SezioneFactory(piano=pola.piano, tipo="pola_modalita", titolo="Come", testo="**Sei** giorni.")
    visto = entra(con_incarico(Ruolo.NUCLEO)).get(di("pola_piano", pola)).content.decode()
    assert "<strong>Sei</strong> giorni." in visto
    assert "Parte 1: Livello di attuazione e di sviluppo" in visto
    assert visto.count("Questa parte non c’è.") == 3
    # No indicator of that dimension starts from the emergency: its column is left out.
    assert '<th scope="col">Fase emergenziale 2020</th>' not in visto
    assert '<th scope="col">2022</th>' in visto
    assert '<td data-nome="Fase di sviluppo avanzato 2023">90%' in visto
    misura = pola.indicatori.get().misura
    perche = reverse("spiegazione", args=[pola.piano.slug, "I", misura.pk])
    assert f"{perche}?prospettiva=consuntivo&amp;anno=2023" in visto
    assert "87" in visto
    for comando in ("pola_linee_guida", "pola_fasi", "pola_indicatore_nuovo"):
        assert di(comando, pola) not in visto


def test_l_ufficio_scrive_la_bozza_e_legge_il_pola_adottato(
    pola: Pola, bozza: Pola, ufficio: Utente, entra: Entra
) -> None:
    client = entra(ufficio)
    assert di("pola_linee_guida", bozza) in client.get(di("pola_piano", bozza)).content.decode()
    assert di("pola_linee_guida", pola) not in client.get(di("pola_piano", pola)).content.decode()
    chiuso = client.get(di("pola_fasi", pola), follow=True)
    assert chiuso.redirect_chain == [(di("pola_piano", pola), 302)]
    assert "revisione a scorrimento" in chiuso.content.decode()


def test_il_dipendente_legge_il_pola_adottato_e_non_la_bozza(
    pola: Pola, bozza: Pola, dipendente: Utente, entra: Entra
) -> None:
    client = entra(dipendente)
    assert client.get(di("pola_piano", pola)).status_code == 200
    assert client.get(di("pola_piano", bozza)).status_code == 404
    assert client.get(di("pola_fasi", pola)).status_code == 403


def test_l_estraneo_e_il_nucleo_di_altri_anni_non_trovano_niente(
    pola: Pola, con_incarico: Persona, entra: Entra
) -> None:
    altrove = IncaricoFactory(ruolo=Ruolo.RISORSE_UMANE).utente
    passato = con_incarico(Ruolo.NUCLEO, anno_da=2015, anno_a=2017)
    for chi in (altrove, passato):
        for nome in ("pola_piano", "pola_andamento", "pola_csv", "pola_fasi"):
            assert entra(chi).get(di(nome, pola)).status_code == 404


def test_si_comincia_dalla_pagina(azienda: Azienda, ufficio: Utente, entra: Entra) -> None:
    indirizzo = reverse("pola_nuovo", args=[azienda.codice])
    inviato = {"titolo": "POLA 2026", "anno_inizio": "2026", "anno_fine": "2024"}
    visto = entra(ufficio).post(indirizzo, inviato).content.decode()
    assert "Un piano dura da uno a 5 anni" in visto
    assert 'value="POLA 2026"' in visto
    nato = entra(ufficio).post(indirizzo, inviato | {"anno_fine": "2028"})
    pola = Pola.objects.get(piano__titolo="POLA 2026")
    assert nato["Location"] == di("pola_piano", pola)


def test_le_linee_guida_mostrano_quelli_gia_presi(
    bozza: Pola, ufficio: Utente, entra: Entra
) -> None:
    IndicatorePolaFactory(pola=bozza, modello="dig-vpn")
    client, indirizzo = entra(ufficio), di("pola_linee_guida", bozza)
    visto = client.get(indirizzo).content.decode()
    assert visto.count('type="checkbox"') == 39
    assert 'value="dig-vpn"' not in visto
    assert visto.count("Nel programma") == 1
    # One that was taken meanwhile: nothing is written, what was ticked stays ticked.
    visto = client.post(indirizzo, {"codici": ["dig-pc", "dig-vpn"]}).content.decode()
    assert "Non se n&#x27;è aggiunto nessuno" in visto
    assert 'value="dig-pc" aria-describedby="formula-dig-pc" checked' in visto
    assert bozza.indicatori.count() == 1
    client.post(indirizzo, {"codici": ["dig-pc", "eco-hardware"]})
    assert list(bozza.indicatori.order_by("ordine").values_list("modello", flat=True))[-2:] == [
        "eco-hardware", "dig-pc",
    ]  # fmt: skip
    assert "Scegli almeno un indicatore" in client.post(indirizzo).content.decode()


def test_i_livelli_si_scrivono_fase_per_fase(bozza: Pola, ufficio: Utente, entra: Entra) -> None:
    FaseSviluppoFactory(pola=bozza, genere="avvio", anno=2025)
    uno = IndicatorePolaFactory(pola=bozza)
    indirizzo = reverse("pola_livelli", args=[uno.pk])
    client = entra(ufficio)
    pagina = client.get(indirizzo)
    visto = pagina.content.decode()
    assert '<label for="id_atteso_2025">Fase di avvio 2025</label>' in visto
    assert '<label for="id_atteso_2026">2026</label>' in visto
    scritto = {
        "atteso_2025": "almeno il 30%", "base_stampata": "", "natura": "qualitativo",
        "nota": "Da rivedere.", "visto": pagina.context["form"].initial["visto"],
    }  # fmt: skip
    assert client.post(indirizzo, scritto)["Location"] == di("pola_piano", bozza)
    uno.refresh_from_db()
    assert (uno.natura, uno.nota) == ("qualitativo", "Da rivedere.")
    assert uno.misura.target.get().stampato == "almeno il 30%"
    # Who has the page from before: told, and nothing of what they wrote is lost.
    visto = client.post(indirizzo, scritto | {"atteso_2025": "almeno il 50%"}).content.decode()
    assert "Mentre scrivevi qualcuno ha cambiato questo indicatore" in visto
    assert "almeno il 50%</textarea>" in visto
    assert uno.misura.target.get().stampato == "almeno il 30%"


def test_le_fasi_si_cambiano_dalla_pagina(bozza: Pola, ufficio: Utente, entra: Entra) -> None:
    client, indirizzo = entra(ufficio), di("pola_fasi", bozza)
    visto = client.post(indirizzo, {"anno_avvio": "2030"}).content.decode()
    assert "Il piano va dal 2025 al 2027." in visto
    client.post(indirizzo, {"anno_avvio": "2026", "descrizione_avvio": "Si parte."})
    assert str(bozza.fasi.get()) == "Fase di avvio 2026"


def test_un_indicatore_vostro_e_poi_via(bozza: Pola, ufficio: Utente, entra: Entra) -> None:
    client = entra(ufficio)
    detto = {
        "dimensione": "efficienza", "natura": "quantitativo", "codice": "TEMPI",
        "nome": "Giorni per una pratica", "tipo_formula": "diretto", "unita": "gg",
    }  # fmt: skip
    nato = client.post(di("pola_indicatore_nuovo", bozza), detto)
    uno = bozza.indicatori.get()
    assert nato["Location"] == reverse("pola_livelli", args=[uno.pk])
    togli = reverse("pola_indicatore_togli", args=[uno.pk])
    assert "Giorni per una pratica" in client.get(togli).content.decode()
    client.post(togli)
    assert not bozza.indicatori.exists()


def test_il_programma_di_un_pola_cominciato_altrove_si_apre(
    azienda: Azienda, ufficio: Utente, entra: Entra
) -> None:
    piano = PianoFactory(azienda=azienda, tipo=Piano.Tipo.POLA, stato="bozza")
    client = entra(ufficio)
    apri = reverse("pola_apri", args=[piano.slug])
    assert apri in client.get(reverse("lavoro_agile_pola", args=[azienda.codice])).content.decode()
    client.post(apri)
    assert piano.pola.fasi.count() == 3
    assert "già aperto" in client.post(apri, follow=True).content.decode()


def test_l_andamento_mostra_risultati_punteggi_e_disegno(
    pola: Pola, con_incarico: Persona, entra: Entra
) -> None:
    IndicatorePolaFactory(pola=pola)
    visto = entra(con_incarico(Ruolo.NUCLEO)).get(di("pola_andamento", pola)).content.decode()
    assert "Risultati dell&#x27;anno 2023" in visto
    assert "<svg" in visto
    assert "<li>2022: 40" in visto
    assert "1 indicatore del programma non ha né risultati né punteggi." in visto


def test_il_foglio_ha_una_riga_per_livello(pola: Pola, con_incarico: Persona, entra: Entra) -> None:
    foglio = entra(con_incarico(Ruolo.NUCLEO)).get(di("pola_csv", pola))
    righe = foglio.getvalue().decode("utf-8-sig").splitlines()
    assert len(righe) == 2
    assert righe[1].startswith("Salute digitale;Quantitativo;")
    assert ";2023;Fase di sviluppo avanzato;90%;" in righe[1]


@pytest.mark.parametrize("quanti", [1, 3])
@pytest.mark.parametrize("nome", ["pola_piano", "pola_andamento", "pola_csv"])
def test_le_pagine_interrogano_sempre_lo_stesso_numero_di_volte(
    pola: Pola,
    con_incarico: Persona,
    entra: Entra,
    django_assert_num_queries: Any,
    quanti: int,
    nome: str,
) -> None:
    for posto in range(1, quanti):
        misurato(pola, "90%", dimensione=["organizzativa", "efficacia"][posto - 1])
    client = entra(con_incarico(Ruolo.NUCLEO))
    with django_assert_num_queries(QUANTE[nome]):
        client.get(di(nome, pola))


@pytest.mark.parametrize("quanti", [1, 3])
def test_l_elenco_interroga_sempre_lo_stesso_numero_di_volte(
    azienda: Azienda, ufficio: Utente, entra: Entra, django_assert_num_queries: Any, quanti: int
) -> None:
    for _posto in range(quanti):
        PolaFactory(piano__azienda=azienda)
    client = entra(ufficio)
    with django_assert_num_queries(QUANTE["casa"]):
        client.get(reverse("lavoro_agile_pola", args=[azienda.codice]))


QUANTE = {"pola_piano": 14, "pola_andamento": 10, "pola_csv": 8, "casa": 6}
