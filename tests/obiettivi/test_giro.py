# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the runs of many plans: who may ask, which plans are offered, what one follows."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from obiettivi.models import Calcolo, GiroDiCalcolo
from obiettivi.rules import aziende_governate
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import (
    AziendaFactory,
    DelegaFactory,
    EdizioneFactory,
    IncaricoFactory,
    PianoFactory,
    UtenteFactory,
)
from tests.obiettivi.giri import chiedi, fai

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = Calcolo.Stato
GIRI = "/calcoli/giri/"


@pytest.fixture
def piani(azienda: Azienda) -> list[Piano]:
    """Two rolling plans of an azienda with the rules of 2022."""
    EdizioneFactory(azienda=azienda)
    return [
        PianoFactory(azienda=azienda, titolo="Piano 2021-2023", anno_inizio=2021, anno_fine=2023),
        PianoFactory(azienda=azienda, titolo="Piano 2022-2024", anno_inizio=2022, anno_fine=2024),
    ]


@pytest.fixture
def altrui(db: None) -> Piano:
    """A plan of an azienda that has its rules too."""
    return PianoFactory(azienda=EdizioneFactory().azienda, titolo="Piano altrui")


def offerti(risposta: Any) -> list[tuple[str, list[tuple[str, bool]]]]:
    """The plans that the form offers, azienda by azienda, and whether each is ticked."""
    return [
        (str(azienda), [(str(piano), scelto) for piano, scelto in scelte])
        for azienda, scelte in risposta.context["form"].per_azienda()
    ]


# Asking ------------------------------------------------------------------------------------------


def test_chi_non_governa_nessuna_azienda_non_avvia_calcoli(
    piani: list[Piano], azienda: Azienda, client: Client
) -> None:
    for ruolo in (Ruolo.REGIONE, Ruolo.NUCLEO, Ruolo.RILEVATORE):
        client.force_login(IncaricoFactory(azienda=azienda, ruolo=ruolo).utente)
        assert client.get(GIRI).status_code == 403
        assert client.post(GIRI, {"anno": 2022, "frazioni": ""}).status_code == 403
        for elenco in ("piani", "confronto"):
            assert GIRI not in client.get(reverse(elenco)).content.decode()
    assert not Calcolo.objects.exists()


def test_si_offrono_tutti_i_piani_che_si_governano_e_nessun_altro(
    piani: list[Piano], altrui: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    seconda = AziendaFactory(nome="ASST zeta")
    PianoFactory(azienda=seconda, titolo="Piano di zeta")
    IncaricoFactory(utente=controllo, azienda=seconda, ruolo=Ruolo.CONTROLLO_GESTIONE)
    IncaricoFactory(utente=controllo, azienda=altrui.azienda, ruolo=Ruolo.REGIONE)
    risposta = entra(controllo).get(GIRI)
    prima = str(piani[0].azienda)
    assert risposta.context["anno"] == 2022  # the last one with rules
    assert offerti(risposta) == [
        (prima, [("Piano 2022-2024", True), ("Piano 2021-2023", True)]),
        ("ASST zeta", [("Piano di zeta", True)]),
    ]
    assert risposta.context["con_regole"] & {piani[0].azienda_id, seconda.pk} == {
        piani[0].azienda_id
    }
    assert "Mancano le regole del 2022" in risposta.content.decode()
    risposta = entra(controllo).get(f"{GIRI}?anno=2021")
    assert offerti(risposta) == [(prima, [("Piano 2021-2023", True)])]


def test_gli_elenchi_portano_alla_pagina_chi_può_calcolare(
    piani: list[Piano], controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    for elenco in ("piani", "confronto"):
        assert f'href="{GIRI}"' in entra(controllo).get(reverse(elenco)).content.decode()


def test_le_aziende_governate_sono_quelle_del_permesso(azienda: Azienda) -> None:
    aziende = [azienda, AziendaFactory(), AziendaFactory()]
    persone = [UtenteFactory(), UtenteFactory(is_superuser=True)]
    for ruolo in Ruolo:
        persone.append(IncaricoFactory(azienda=aziende[1], ruolo=ruolo).utente)
    finito = IncaricoFactory(azienda=aziende[2], ruolo=Ruolo.CONTROLLO_GESTIONE)
    finito.al = finito.dal
    finito.save(update_fields=["al"])
    sostituto = DelegaFactory(incarico=IncaricoFactory(azienda=azienda))
    sostituto.delegato.delega = sostituto
    for persona in (*persone, finito.utente, sostituto.delegato):
        assert set(aziende_governate(persona)) == {
            una for una in aziende if persona.has_perm("obiettivi.calcola", una)
        }
    assert set(aziende_governate(sostituto.delegato)) == {azienda}


def test_si_avviano_più_periodi_dei_piani_scelti(
    piani: list[Piano], controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    PianoFactory(azienda=piani[0].azienda)
    dati = {"anno": "2022", "frazioni": ["", "T1"], "piani": [piani[0].pk, piani[1].pk]}
    risposta = entra(controllo).post(GIRI, dati)
    giro = GiroDiCalcolo.objects.get()
    assert (risposta.status_code, risposta.url) == (302, giro.get_absolute_url())
    assert (giro.da, giro.anno, giro.frazioni) == (controllo, 2022, ["", "T1"])
    assert giro.periodi == "Anno, 1° trimestre"
    chiesti = giro.calcoli.values_list("piano", "frazione", "prospettiva", "stato")
    assert set(chiesti) == {
        (piano.pk, frazione, "consuntivo", Stato.IN_ATTESA)
        for piano in piani
        for frazione in ("", "T1")
    }


@pytest.mark.parametrize(
    ("cambiato", "campo", "frase"),
    [
        ({"frazioni": []}, "frazioni", "Scegli almeno un periodo."),
        ({"frazioni": ["T9"]}, "frazioni", "Scegli i periodi fra quelli dell’elenco."),
        ({"piani": []}, "piani", "Scegli almeno un piano."),
        ({"piani": ["9" * 30]}, "piani", "Scegli i piani fra quelli dell’elenco."),
        ({"piani": ["\x00"]}, "piani", "Scegli i piani fra quelli dell’elenco."),
        ({"anno": "1999"}, "anno", "Scegli un anno fra quelli dei piani."),
        ({"anno": "9" * 5000}, "anno", "Scegli un anno fra quelli dei piani."),
        ({"anno": "x"}, "anno", "Scegli un anno fra quelli dei piani."),
    ],
)
def test_ciò_che_non_va_è_detto_accanto_al_campo_e_le_scelte_restano(
    piani: list[Piano],
    controllo: Utente,
    entra: Callable[[Utente], Client],
    cambiato: dict[str, Any],
    campo: str,
    frase: str,
) -> None:
    dati = {"anno": "2022", "frazioni": ["T1"], "piani": [str(piani[0].pk)]} | cambiato
    risposta = entra(controllo).post(GIRI, dati)
    assert risposta.status_code == 200
    form = risposta.context["form"]
    assert form.errors == {campo: [frase]}
    assert frase in risposta.content.decode()
    assert form["frazioni"].value() == dati["frazioni"]
    assert not Calcolo.objects.exists()


def test_il_piano_di_un_altra_azienda_non_si_può_scegliere(
    piani: list[Piano], altrui: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    IncaricoFactory(utente=controllo, azienda=altrui.azienda, ruolo=Ruolo.REGIONE)
    dati = {"anno": "2022", "frazioni": [""], "piani": [piani[0].pk, altrui.pk]}
    assert list(entra(controllo).post(GIRI, dati).context["form"].errors) == ["piani"]
    assert not Calcolo.objects.exists()


def test_chiedere_due_volte_lo_stesso_giro_dice_perché_no(
    piani: list[Piano], controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    chiedi(*piani)
    dati = {"anno": "2022", "frazioni": [""], "piani": [piano.pk for piano in piani]}
    risposta = entra(controllo).post(GIRI, dati)
    assert GiroDiCalcolo.objects.count() == 1
    errori = risposta.context["form"].non_field_errors()
    assert errori[0] == "Nessun piano si può calcolare."
    assert errori[1].startswith("Un calcolo è già in corso: anno. Piano 2021-2023 (")


def test_senza_piani_la_pagina_dice_che_cosa_manca(
    controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    risposta = entra(controllo).get(GIRI)
    assert "Non c’è ancora nessun piano da calcolare." in risposta.content.decode()
    assert entra(controllo).post(GIRI, {"anno": "2022"}).status_code == 200


# Following ---------------------------------------------------------------------------------------


def righe(risposta: Any) -> list[tuple[str, str, str]]:
    return [
        (str(calcolo.piano), calcolo.frazione, calcolo.stato)
        for calcolo in risposta.context["pagina"]
    ]


def test_la_pagina_segue_il_giro_e_mette_prima_ciò_che_non_va(
    piani: list[Piano], controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    terzo = PianoFactory(azienda=piani[0].azienda, titolo="Terzo")
    senza_regole = PianoFactory(titolo="Senza regole")
    giro = chiedi(*piani, terzo, senza_regole)
    client, indirizzo = entra(controllo), giro.get_absolute_url()
    pagina = client.get(indirizzo).content.decode()
    assert "0 di 3 finiti" in pagina
    assert 'hx-trigger="every 2s"' in pagina
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in pagina

    fai(giro)
    giro.calcoli.filter(piano=terzo).update(stato=Stato.FALLITO, errore="Così non va.")
    cambierebbe = [{"livello": "P"}] * 2
    giro.calcoli.filter(piano=piani[0]).update(stato=Stato.DA_ACCETTARE, cambiamenti=cambierebbe)
    risposta = client.get(indirizzo)
    assert righe(risposta) == [
        ("Terzo", "", Stato.FALLITO),
        ("Piano 2021-2023", "", Stato.DA_ACCETTARE),
        ("Piano 2022-2024", "", Stato.FATTO),
    ]
    pagina = risposta.content.decode()
    for atteso in (
        "3 di 3 finiti", "<strong>1 non riuscito</strong>", "<strong>1 da accettare</strong>",
        "Così non va.", "2 punteggi pubblicati cambierebbero: serve un motivo",
        '<progress class="avanzamento" max="3" value="3"',
        f'href="{giro.calcoli.get(piano=piani[0]).get_absolute_url()}"',
    ):  # fmt: skip
        assert atteso in pagina
    assert "every 2s" not in pagina
    assert "http-equiv" not in pagina
    # It belongs to an azienda that the person does not see.
    assert "Senza regole" not in pagina


def test_i_piani_scartati_sono_detti_con_il_motivo(
    piani: list[Piano], controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    PianoFactory(azienda=piani[0].azienda, titolo="Futuro", anno_inizio=2030, anno_fine=2032)
    giro = chiedi(*Piano.objects.all())
    risposta = entra(controllo).get(giro.get_absolute_url())
    assert [(str(piano), motivo) for piano, motivo in risposta.context["scartati"]] == [
        ("Futuro", "Il piano va dal 2030 al 2032: il 2022 ne è fuori.")
    ]
    assert "il 2022 ne è fuori." in risposta.content.decode()


def test_chi_vede_una_sola_azienda_segue_solo_i_suoi_piani(
    piani: list[Piano], altrui: Piano, client: Client
) -> None:
    giro = chiedi(*piani, altrui)
    fai(giro)
    giro.calcoli.filter(piano=piani[0]).update(stato=Stato.FALLITO, scritti=40)
    client.force_login(IncaricoFactory(azienda=altrui.azienda, ruolo=Ruolo.REGIONE).utente)
    risposta = client.get(giro.get_absolute_url())
    assert righe(risposta) == [("Piano altrui", "", Stato.FATTO)]
    visto = risposta.context["giro"]
    assert (visto.totale, visto.finiti, visto.falliti, visto.cambiati) == (1, 1, 0, 1)
    client.force_login(IncaricoFactory().utente)
    assert client.get(giro.get_absolute_url()).status_code == 404


def test_con_htmx_arriva_solo_l_avanzamento(
    piani: list[Piano], controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    indirizzo = chiedi(*piani).get_absolute_url()
    pagina = entra(controllo).get(indirizzo, headers={"HX-Request": "true"}).content.decode()
    assert pagina.strip().startswith('<div id="giro"')
    assert "<header" not in pagina


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_pagine_costano_sempre_le_stesse_interrogazioni(
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quanti: int,
) -> None:
    piani = []
    for _una in range(quanti):
        azienda = EdizioneFactory().azienda
        IncaricoFactory(utente=controllo, azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE)
        piani.append(PianoFactory(azienda=azienda))
        chiedi(piani[-1], frazioni=["T1"])
    giro = chiedi(*piani)
    client = entra(controllo)
    # Session, person, giro with its counts, how many runs, the runs of the page, header; no
    # plan was left out.
    with django_assert_num_queries(6):
        assert len(righe(client.get(giro.get_absolute_url()))) == quanti
    # Session, person, aziende, years, year with rules, plans, rules, last giri (2), header.
    with django_assert_num_queries(10):
        assert len(offerti(client.get(GIRI))) == quanti


def test_tanti_calcoli_stanno_su_più_pagine(
    piani: list[Piano],
    controllo: Utente,
    entra: Callable[[Utente], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("obiettivi.views.giro.PER_PAGINA", 3)
    giro = chiedi(*piani, frazioni=["", "T1"])
    client, indirizzo = entra(controllo), giro.get_absolute_url()
    assert len(righe(client.get(indirizzo))) == 3
    seconda = client.get(f"{indirizzo}?pagina=2")
    assert len(righe(seconda)) == 1
    assert f'hx-get="{indirizzo}?pagina=2"' in seconda.content.decode()
    assert len(righe(client.get(f"{indirizzo}?pagina=boh"))) == 3


def test_il_calcolo_porta_a_quelli_chiesti_insieme(
    piani: list[Piano], controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    giro = chiedi(*piani)
    pagina = entra(controllo).get(giro.calcoli.first().get_absolute_url()).content.decode()
    assert f'href="{giro.get_absolute_url()}"' in pagina
