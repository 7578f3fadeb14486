# SPDX-License-Identifier: AGPL-3.0-or-later
"""A chart drawn by a program; the figures and the reasons that the pages give."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from obiettivi.models import PunteggioScheda
from piani.models import Azienda, Organigramma, Ruolo, UnitaOrganizzativa
from tests.api.passi import detto, leggi, manda
from tests.factories import (
    EdizioneFactory,
    EdizioneIndividualeFactory,
    OrganigrammaFactory,
    RigaSchedaFactory,
    UnitaFactory,
    ValutazioneFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def bozza(api: Client, azienda: Azienda) -> Organigramma:
    """A draft cloned from a chart of three units."""
    adesso = OrganigrammaFactory(azienda=azienda)
    cima = UnitaFactory(organigramma=adesso, codice="A", ordine=1)
    for codice in "BC":
        UnitaFactory(organigramma=adesso, codice=codice, parent=cima, ordine=ord(codice))
    aperta = {"azienda": azienda.codice, "nome": "Nuovo", "origine": adesso.pk}
    risposta = manda(api, "organigrammi", aperta)
    assert risposta.status_code == 201, risposta.content
    return Organigramma.objects.get(pk=risposta.json()["id"])


def unita(bozza: Organigramma, codice: str) -> str:
    return f"unita-organizzative/{bozza.unita.get(codice=codice).pk}"


def test_un_unita_si_sposta_si_divide_si_unisce(api: Client, bozza: Organigramma) -> None:
    su = manda(api, f"{unita(bozza, 'C')}/spostamento", {"verso": "su"})
    assert su.status_code == 200, su.content
    sotto = bozza.unita.get(codice="A")
    codici = bozza.unita.filter(parent=sotto).order_by("ordine").values_list("codice", flat=True)
    assert list(codici) == ["C", "B"]

    parti = [{"codice": "B1", "nome": "Prima"}, {"codice": "B2", "nome": "Seconda"}]
    divisa = manda(api, f"{unita(bozza, 'B')}/divisione", {"parti": parti})
    assert divisa.json()["codice"] == "B1"
    assert bozza.unita.filter(codice__in=["B1", "B2"], parent=sotto).count() == 2

    altre = [bozza.unita.get(codice=codice).pk for codice in ("B2", "C")]
    unione = {"altre": altre, "codice": "D", "nome": "Tutte"}
    resta = manda(api, f"{unita(bozza, 'B1')}/unione", unione)
    assert (resta.json()["codice"], bozza.unita.count()) == ("D", 2)


def test_da_quali_unita_viene(api: Client, bozza: Organigramma) -> None:
    prima = UnitaOrganizzativa.objects.get(organigramma=bozza.nata_da_id, codice="C")
    qui = f"{unita(bozza, 'B')}/precedenti"
    assert manda(api, qui, {"precedenti": [prima.pk]}).status_code == 200
    assert list(bozza.unita.get(codice="B").precedenti.all()) == [prima]
    di_oggi = bozza.unita.get(codice="C").pk
    assert f"L'unità {di_oggi} non c'è." in detto(manda(api, qui, {"precedenti": [di_oggi]}), 400)


@pytest.mark.parametrize(
    ("passo", "corpo", "stato", "frase"),
    [
        ("divisione", {"parti": [{"codice": "B1", "nome": "Sola"}]}, 400, "parti"),
        ("unione", {"altre": [], "codice": "D", "nome": "x"}, 400, "troppo corto"),
        ("unione", {"altre": [0], "codice": "D", "nome": "x"}, 400, "non c'è"),
    ],
)
def test_un_disegno_sbagliato_si_rifiuta(
    api: Client, bozza: Organigramma, passo: str, corpo: Any, stato: int, frase: str
) -> None:
    risposta = manda(api, f"{unita(bozza, 'B')}/{passo}", corpo)
    assert risposta.status_code == stato, risposta.content
    assert frase in risposta.content.decode()
    assert bozza.unita.count() == 3


def test_un_organigramma_in_vigore_non_si_disegna(api: Client, bozza: Organigramma) -> None:
    prima = UnitaOrganizzativa.objects.get(organigramma=bozza.nata_da_id, codice="C")
    detto(manda(api, f"unita-organizzative/{prima.pk}/spostamento", {"verso": "su"}), 422)


def test_che_cosa_non_va_nell_organigramma(api: Client, azienda: Azienda) -> None:
    UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda), nome="Senza nessuno", cdr=True)
    qui = f"aziende/{azienda.codice}/verifiche-organigramma"
    lette = leggi(api, f"{qui}?data=2022-01-01")
    trovate = {una["chiave"]: una["mancanze"] for una in lette["verifiche"]}
    assert "Senza nessuno" in trovate["senza-responsabile"][0]["testo"]
    assert leggi(api, f"{qui}?data=2001-01-01")["giorno"] == "2001-01-01"
    assert api.get(f"/api/v1/{qui}?data=ieri").status_code == 400


def test_perche_quel_punteggio_di_una_scheda(
    api: Client, programma: Callable[..., Client], azienda: Azienda
) -> None:
    EdizioneFactory(azienda=azienda)
    riga = RigaSchedaFactory(area__scheda__azienda=azienda, area__scheda__anno=2022)
    scheda = riga.area.scheda
    PunteggioScheda.objects.create(scheda=scheda, livello="R", oggetto=riga.pk, stato="N")
    qui = f"schede-budget/{scheda.pk}/spiegazioni"
    letta = leggi(api, f"{qui}/R/{riga.pk}")
    assert letta["titolo"]
    assert "voto" not in letta
    for dove in (f"{qui}/R/0", f"{qui}/A/{riga.pk}", f"{qui}/R/{riga.pk}?frazione=T1"):
        assert api.get(f"/api/v1/{dove}").status_code == 404, dove
    assert api.get(f"/api/v1/{qui}/R/{riga.pk}?frazione=X").status_code == 400


def test_degli_aggregati_si_legge_cio_che_dice_la_pagina(
    programma: Callable[..., Client], azienda: Azienda
) -> None:
    edizione = EdizioneIndividualeFactory(azienda=azienda)
    ValutazioneFactory(edizione=edizione)
    qui = f"regole-individuali/{edizione.pk}/aggregati"
    letti = leggi(programma(Ruolo.REGIONE), qui)
    assert letti["aperte"] == 1
    assert [(una["per"], una["persone"]) for una in letti["figure"]] == [("tutte", None)]
