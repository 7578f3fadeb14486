# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two editions of ATS Milano: what the source prints beside what we compute."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from conciliazione.carica import bando as carica_bando
from conciliazione.carica import edizione as carica_edizione
from conciliazione.models import EdizioneConciliazione, Ente, Proposta, VersioneProposta
from conciliazione.predefinite import dati_predefiniti
from piani.models import Utente

pytestmark = pytest.mark.django_db
FIXTURE = Path(settings.BASE) / "fixtures"
D = Decimal


@pytest.fixture
def prima(edizione: EdizioneConciliazione) -> EdizioneConciliazione:
    edizione.parametri = dati_predefiniti("2017-2018")
    edizione.save()
    cartella = FIXTURE / "conciliazione_2017_2018"
    fresca = EdizioneConciliazione.objects.get(pk=edizione.pk)
    for carica in (carica_edizione.carica, carica_bando.carica) * 2:  # again: it writes the same
        carica(fresca, cartella)
    return fresca


def test_le_nove_proposte_del_2017(prima: EdizioneConciliazione) -> None:
    versioni = VersioneProposta.objects.filter(numero=1).order_by("proposta__numero")
    assert list(versioni.values_list("proposta__capofila__nome", "contributo")) == [
        ("Comune di Sesto San Giovanni", D("70000.00")),
        ("ASP Trivulzio", D("250000.00")),
        ("Assemi - Azienda Sociale Sud Est Milano", D("250000.00")),
        ("Comune di Milano", D("230000.00")),
        ("SO.LE. Azienda Consortile Legnano", D("153300.00")),
        ("Azienda Sociale Castano Primo", D("100100.00")),
        ("Comune di Magenta", D("71700.00")),
        ("SerCop - Azienda Speciale dei Comuni del Rhodense", D("72000.00")),
        ("Provincia di Lodi", D("250000.00")),
    ]
    assert Ente.objects.get(nome="Provincia di Lodi").ente_locale


def test_dopo_la_coprogettazione_sono_sei_e_chiedono_963_920(prima: EdizioneConciliazione) -> None:
    seconde = VersioneProposta.objects.filter(numero=2).order_by("proposta__numero")
    assert list(
        seconde.values_list("titolo", "contributo", "costo_dichiarato", "partner_stampati")
    ) == [
        ("Net & Co 2.0. La rivoluzione continua", D("42000.00"), D("60000.00"), 6),
        ("BECOME - BEnessere COnciliazione Etica", D("160000.00"), D("260000.00"), 8),
        (
            "Governare gli equilibri: una rete territoriale per promuovere la conciliazione",
            D("185000.00"), D("270929.95"), 56,
        ),
        (seconde[3].titolo, D("179000.00"), D("255713.00"), 22),
        (seconde[4].titolo, D("206400.00"), D("287525.00"), 62),
        (seconde[5].titolo, D("191520.00"), D("273600.00"), 22),
    ]  # fmt: skip
    assert sum(una.contributo for una in seconde) == D("963920.00")
    assert [una.azioni_stampate for una in seconde] == [2, 3, 3, 3, 7, 6]
    assert [una.azioni.count() for una in seconde] == [2, 5, 3, 3, 6, 6]
    fuse = Proposta.objects.filter(stato="fusa").order_by("numero")
    assert [(una.numero, una.confluita_in.numero) for una in fuse] == [(6, 5), (7, 5), (8, 5)]
    assert seconde[0].finalita == ["sinergie", "cultura"]


def test_le_cifre_stampate_accanto_alle_nostre(prima: EdizioneConciliazione) -> None:
    assert {
        uno.chiave: (uno.stampato, uno.calcolato, uno.differenza) for uno in prima.riscontri.all()
    } == {
        "costo-nove-proposte": ("2.257.172,86", D("2253172.86"), D("4000.00")),
        "richiesto-introduzione": ("€ 1.447.000,00", D("1447100.00"), D("-100.00")),
        "eccedenza-introduzione": ("+ 42%", D("73.36"), D("-31.36")),
        "eccedenza-importo": ("€ 129.199,00", D("129206.75"), D("-7.75")),
        "eccedenza-percentuale": ("15,47%", D("15.48"), D("-0.01")),
        "numero-proposte": ("9", D(9), D(0)),
        "richiesto-nove-proposte": ("1.447.100,00", D("1447100.00"), D(0)),
        "richiesto-sei-progetti": ("€ 963.920,00", D("963920.00"), D(0)),
    }


def test_l_ufficio_li_vede_nelle_pagine(
    client: Client, ufficio: Utente, prima: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    pagina = client.get(reverse("conciliazione_bando", args=[prima.slug])).content.decode()
    assert "963.920,00 €" in pagina
    assert "1.407.767,95 €" in pagina
    legnano = Proposta.objects.get(numero=5)
    scheda = client.get(reverse("proposta", args=[legnano.pk])).content.decode()
    assert "71,79 %" in scheda
    versioni = client.get(reverse("proposta_versioni", args=[legnano.pk])).content.decode()
    assert "+53.100,00" in versioni


def test_i_parametri_stampati_del_2020(edizione: EdizioneConciliazione) -> None:
    carica_edizione.carica(edizione, FIXTURE / "conciliazione_2020_2023")
    carica_bando.carica(edizione, FIXTURE / "conciliazione_2020_2023")
    assert {uno.chiave: (uno.stampato, uno.calcolato) for uno in edizione.riscontri.all()} == {
        "regola-quota-azioni-sistema": ("25%", D(25)),
        "regola-riserva-consulenza-quota": ("10%", D(10)),
        "regola-riserva-tempi-quota": ("10%", D(10)),
        "regola-cofinanziamento-minimo-quota": ("30%", D(30)),
        "regola-contributo-massimo-quota": ("70%", D(70)),
        "regola-valore-minimo-progetto": ("100.000,00", D(100000)),
        "regola-contributo-massimo-importo": ("110.000,00", D(110000)),
        "regola-quota-altre-imprese-salvatempo": ("20%", D(20)),
        "regola-quota-altre-imprese-consulenza": ("20%", D(20)),
    }
    assert all(uno.quadra for uno in edizione.riscontri.all())
    assert not edizione.manifestazioni.exists()
