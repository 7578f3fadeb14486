# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures of a call: those of the source, the small groups silent, the sheet."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lavoro_agile.azioni.carica import carica_lavoro_agile
from lavoro_agile.cifre.motivi import conteggi_motivi
from lavoro_agile.domande.cifre import dinieghi, istanze, quadro
from lavoro_agile.models import (
    BandoLavoroAgile,
)
from piani.models import Ruolo, Utente
from tests.conftest import RADICE
from tests.factories import AziendaFactory, IncaricoFactory
from tests.factories_lavoro_agile import (
    DomandaAgileFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]


def html(risposta: Any) -> str:
    return risposta.content.decode()


@pytest.fixture
def milano(db: None) -> BandoLavoroAgile:
    """The call of 2018 as the plan of ATS Milano prints it."""
    AziendaFactory(codice="ats-milano", dipendenti=1722)
    carica_lavoro_agile(RADICE / "fixtures" / "lavoro_agile_ats_milano_2021", da=None)
    return BandoLavoroAgile.objects.get()


def test_le_cifre_della_fonte_escono_dalle_domande_caricate(milano: BandoLavoroAgile) -> None:
    intero = quadro(milano, intero=True)
    assert intero.aree == ["Comparto", "Dirigenza"]
    assert (intero.totali.per_area, intero.totali.totale) == ([97, 20], 117)
    per_nome = {riga.nome: riga for riga in intero.righe}
    negate = per_nome["Negate, o in riesame"]
    assert (negate.per_area, negate.totale) == ([6, 3], 9)
    tranche = [riga for riga in intero.righe if riga.posti is not None]
    assert [riga.posti for riga in tranche] == [40, 35, 35, 35, 35]
    assert [riga.totale for riga in tranche] == [40, 35, 33, 0, 0]
    presenza = dinieghi(milano)[0]
    assert (presenza.nome, presenza.per_area) == ("L'attività richiede la presenza", [6, 3])
    assert istanze(milano) == 0
    motivi = {uno.codice: uno.quanti for uno in conteggi_motivi(milano, intero=True)}
    assert motivi == {
        "salute": 12, "gravidanza": 3, "figli_minori": 55, "figli_12": 55, "caregiver": 29,
        "distanza": 25, "senza_agevolazioni": 92,
    }  # fmt: skip


def test_gli_altri_leggono_le_cifre_senza_i_gruppi_piccoli(milano: BandoLavoroAgile) -> None:
    detto = quadro(milano)
    assert detto.tace
    negate = next(riga for riga in detto.righe if riga.nome == "Negate, o in riesame")
    assert negate.per_area[1] is None
    assert negate.per_area[0] is None or negate.totale is None
    assert (detto.totali.per_area, detto.totali.totale) == ([97, 20], 117)


def test_le_cifre_le_apre_chi_legge_dell_azienda(
    bando: BandoLavoroAgile, dipendente: Utente, ufficio: Utente, con_incarico: Persona,
    entra: Entra,
) -> None:  # fmt: skip
    DomandaAgileFactory(bando=bando)
    indirizzo = reverse("agile_bando_cifre", args=[bando.pk])
    assert entra(dipendente).get(indirizzo).status_code == 403
    del_cug = html(entra(con_incarico(Ruolo.CUG)).get(indirizzo))
    assert "il numero non si mostra" in del_cug
    assert "Seconde istanze" not in del_cug
    assert "Seconde istanze" in html(entra(ufficio).get(indirizzo))


def test_il_foglio_delle_cifre_tace_i_gruppi_piccoli_per_tutti(
    milano: BandoLavoroAgile, entra: Entra
) -> None:
    azienda, edizione = milano.azienda, milano.edizione
    edizione.parametri["motivi"][5]["nome"] = "=HYPERLINK(1)"
    edizione.save()
    indirizzo = reverse("agile_bando_cifre_csv", args=[milano.pk])
    ufficio, cug = (
        IncaricoFactory(ruolo=ruolo, azienda=azienda).utente
        for ruolo in (Ruolo.RISORSE_UMANE, Ruolo.CUG)
    )
    foglio = entra(cug).get(indirizzo)
    assert foglio["Content-Type"] == "text/csv; charset=utf-8"
    contenuto = foglio.getvalue()
    righe = contenuto.decode().lstrip("\ufeff").split("\r\n")
    assert righe[0] == "esito;posti;comparto;dirigenza;totale"
    assert "Domande presentate;;97;20;117" in righe
    assert "Gravidanza;non mostrato;;;" in righe  # 3
    assert "Stato di salute;12;;;" in righe
    assert "'=HYPERLINK(1);25;;;" in righe
    negate = next(riga for riga in righe if riga.startswith("Negate")).split(";")
    assert negate[3] == "non mostrato"
    assert entra(ufficio).get(indirizzo).getvalue() == contenuto
    dipendente = IncaricoFactory(ruolo=Ruolo.DIPENDENTE, azienda=azienda).utente
    assert entra(dipendente).get(indirizzo).status_code == 403


def test_il_minimo_del_regolamento_vale_anche_per_i_motivi(milano: BandoLavoroAgile) -> None:
    edizione = milano.edizione
    edizione.parametri["cella_minima"] = 13
    edizione.save()
    detti = {uno.codice: uno.quanti for uno in conteggi_motivi(BandoLavoroAgile.objects.get())}
    assert (detti["salute"], detti["distanza"]) == (None, 25)
