# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of an objective and of an indicator, and a new result written there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from obiettivi.azioni.rilevazione import CIFRE
from obiettivi.forms import NumeroItaliano, RilevaForm
from obiettivi.models import Misura, Obiettivo, Raggiungimento, Rilevazione
from obiettivi.views.andamento import andamento
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import (
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    RilevazioneFactory,
    TargetFactory,
)
from tests.obiettivi.pagine.passi import calcola

pytestmark = pytest.mark.django_db


# Objective and indicator -------------------------------------------------------------------------


def test_la_pagina_dell_indicatore_mostra_stampato_letto_risultati_e_origine(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    Rilevazione.objects.filter(indicatore__codice="X-1").update(origine="Foglio del trimestre")
    pagina = (
        entra(controllo).get(f"/aziende/{piano.azienda.codice}/indicatori/X-1/").content.decode()
    )
    for atteso in ("≥ 95%", "almeno 95 %", "Soglia", "97 %", "Foglio del trimestre"):
        assert atteso in pagina
    assert "dati dimostrativi" in pagina


def test_la_pagina_dell_obiettivo_elenca_i_suoi_indicatori(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    obiettivo = Obiettivo.objects.get(codice="A1.1")
    risposta = entra(controllo).get(obiettivo.get_absolute_url())
    assert [voce["misura"].indicatore.codice for voce in risposta.context["misure"]] == [
        "X-1", "X-2", "X-3",
    ]  # fmt: skip
    assert [riga["voto"].cifra for riga in risposta.context["voti"]] == ["55,27"]


def test_una_lettura_dubbia_si_conferma_una_volta_sola(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    misura = Misura.objects.get(indicatore__codice="Y-1")
    target = TargetFactory(misura=misura, anno=2023, stampato="≥ 95%")
    target.lettura |= {"certezza": "media", "motivo": "da guardare"}
    target.save(update_fields=["lettura"])
    client = entra(controllo)
    indirizzo = reverse("conferma_lettura", args=[target.pk])
    assert indirizzo in client.get(misura.indicatore.get_absolute_url()).content.decode()
    risposta = client.post(indirizzo, follow=True)
    assert "Lettura di «≥ 95%» confermata." in risposta.content.decode()
    assert indirizzo not in risposta.content.decode()
    target.refresh_from_db()
    assert target.confermato_da == controllo
    ripetuta = client.post(indirizzo, follow=True)
    assert "La lettura è già stata confermata." in ripetuta.content.decode()


def test_l_andamento_unisce_partenza_risultati_e_target() -> None:
    misura = MisuraFactory(
        base_anno=2021,
        base_stampata="80%",
        base_lettura=TargetFactory.build(misura=None, stampato="80%").lettura,
    )
    TargetFactory(misura=misura, anno=2022, stampato="≥ 95%")
    una = RilevazioneFactory(indicatore=misura.indicatore, valore=Decimal(90), dimostrativa=True)
    disegno = andamento(misura.indicatore, misura, [una])
    assert disegno is not None
    assert disegno.righe == [("2021", "80", "", False), ("2022", "90", "95", True)]
    assert disegno.dimostrativo
    assert "<title" in disegno.disegno


def test_senza_due_anni_non_c_e_andamento() -> None:
    una = RilevazioneFactory(valore=Decimal(90))
    assert andamento(una.indicatore, None, [una]) is None


@pytest.mark.parametrize(
    ("colonne", "atteso"),
    [
        ({"valore": Decimal("7.5")}, Decimal("7.5")),
        ({"valore": None, "numeratore": Decimal(9), "denominatore": Decimal(120)}, Decimal("7.5")),
        ({"valore": None, "numeratore": Decimal(9), "denominatore": Decimal(0)}, None),
        ({"valore": None, "avanzamento": Decimal(40)}, Decimal(40)),
        ({"valore": None, "stato": Rilevazione.Stato.MANCANTE}, None),
    ],
)
def test_il_valore_di_un_risultato(colonne: dict[str, Any], atteso: Decimal | None) -> None:
    una = RilevazioneFactory.build(indicatore=IndicatoreFactory(), **colonne)
    assert una.cifra == atteso


# Periods, results as known, new results --------------------------------------------------------


@pytest.mark.parametrize(
    ("al", "attesi"),
    [("", ["97 %"]), ("2022-10-31", ["50 %"]), ("2022-09-30", []), ("ieri", ["97 %"])],
)
def test_l_indicatore_come_si_conosceva_a_una_data(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    al: str,
    attesi: list[str],
) -> None:
    uno = Misura.objects.get(indicatore__codice="X-1").indicatore
    # Half past eleven at night in Rome: still the 31st of October there.
    fine = datetime(2022, 10, 31, 22, 30, tzinfo=UTC)
    Rilevazione.objects.filter(indicatore=uno).update(creata_il=fine + timedelta(hours=1))
    vecchia = RilevazioneFactory(indicatore=uno, valore=50, frazione="", sede="", anno=2022,
                                 sostituita_il=fine + timedelta(hours=1))  # fmt: skip
    Rilevazione.objects.filter(pk=vecchia.pk).update(creata_il=datetime(2022, 10, 1, tzinfo=UTC))
    risposta = entra(controllo).get(uno.get_absolute_url(), {"al": al})
    assert [riga["valore"] for riga in risposta.context["rilevazioni"]] == attesi
    detto = "Si vedono i risultati come si conoscevano al" in risposta.content.decode()
    assert detto is (al.startswith("2022"))


def test_un_risultato_nuovo_si_inserisce_e_i_punteggi_si_aggiornano_subito(
    piano: Piano, azienda: Azienda, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    rilevatore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RILEVATORE).utente
    due = Misura.objects.get(indicatore__codice="X-2").indicatore
    client = entra(rilevatore)
    assert "/rileva/" in client.get(due.get_absolute_url()).content.decode()
    dati = {"anno": "2022", "frazione": "", "sede": "", "stato": "numero", "valore": "47,5",
            "origine": "Flusso 28/SAN"}  # fmt: skip
    indirizzo = reverse("rileva", args=[azienda.codice, due.codice])
    risposta = client.post(indirizzo, dati, follow=True)
    assert "Risultato registrato: 4 punteggi sono cambiati." in risposta.content.decode()
    nuova = Rilevazione.objects.correnti().get(indicatore=due)
    assert (nuova.valore, nuova.dichiarata_da, nuova.origine) == (
        Decimal("47.5"), rilevatore, "Flusso 28/SAN",
    )  # fmt: skip
    misura = Raggiungimento.objects.get(livello="I", oggetto=due.misure.get().pk)
    assert misura.punteggio == Decimal(50)
    ripetuta = client.post(indirizzo, dati, follow=True)
    assert "non è cambiato niente" in ripetuta.content.decode()


@pytest.mark.parametrize(
    ("dati", "campo", "frase"),
    [
        ({"valore": "1.205"}, "valore", "potrebbe essere 1,205: scriverlo senza il punto."),
        ({"valore": "tanto"}, "valore", "non è un numero scritto all&#x27;italiana."),
        ({"valore": ""}, "valore", "Manca questo valore."),
        ({"anno": "2999"}, "anno", "un risultato futuro non c&#x27;è ancora."),
        ({"anno": ""}, "anno", "Campo obbligatorio."),
        ({"frazione": "T9"}, "frazione", "Scegli un&#x27;opzione valida."),
        ({"stato": "non_applicabile", "valore": ""}, "testo", "Scrivere il motivo"),
    ],
)
def test_gli_errori_di_un_risultato_stanno_accanto_al_campo(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    dati: dict[str, str],
    campo: str,
    frase: str,
) -> None:
    due = Misura.objects.get(indicatore__codice="X-2").indicatore
    base = {"anno": "2022", "frazione": "", "stato": "numero", "valore": "1"}
    risposta = entra(controllo).post(
        reverse("rileva", args=[piano.azienda.codice, due.codice]), base | dati
    )
    assert list(risposta.context["rileva_form"].errors) == [campo]
    pagina = risposta.content.decode()
    assert frase in pagina
    assert f'id="id_{campo}_error"' in pagina
    assert '<details class="tendina" id="rileva" open>' in pagina
    assert Rilevazione.objects.filter(indicatore=due).count() == 1


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("96,65", Decimal("96.65")), ("1.205,3", Decimal("1205.3")), ("-4", Decimal(-4)),
        ("12 %", Decimal(12)), ("1.000.000", Decimal(1000000)), ("", None), (" 0 ", Decimal(0)),
    ],
)  # fmt: skip
def test_i_numeri_si_scrivono_all_italiana(scritto: str, atteso: Decimal | None) -> None:
    assert NumeroItaliano().clean(scritto) == atteso


def test_il_modulo_chiede_solo_le_cifre_dell_indicatore(db: None) -> None:
    chieste = {
        tipo: [
            nome
            for nome in CIFRE
            if nome in RilevaForm(indicatore=IndicatoreFactory(tipo_formula=tipo)).fields
        ]
        for tipo in ("diretto", "rapporto", "si_no", "avanzamento", "data")
    }
    assert chieste == {
        "diretto": ["valore", "avanzamento"],
        "rapporto": ["valore", "numeratore", "denominatore"],
        "si_no": ["valore"],
        "avanzamento": ["avanzamento"],
        "data": ["data"],
    }
