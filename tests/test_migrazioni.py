# SPDX-License-Identifier: AGPL-3.0-or-later
"""Migrations that move data: what they find and what they leave."""

from importlib import import_module

import pytest
from django.apps import apps

from piani.models import Azienda, DocumentoPubblicato, Evento, PareriDovuti, TermineAdozione
from tests.factories import PianoFactory, RilevazioneFactory, TargetFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def evento(azienda: Azienda, oggetto: str) -> Evento:
    """An event written before events said what they concern."""
    return Evento.objects.create(
        tipo="prova.fatta", azienda=azienda, oggetto=oggetto, descrizione="x"
    )


def test_la_legge_di_oggi_e_gia_scritta() -> None:
    termini = TermineAdozione.objects.values_list("tipo", "giorno", "mese")
    assert set(termini) == {("performance", 31, 1), ("piao", 31, 1), ("pola", 31, 1)}
    assert PareriDovuti.objects.get(tipo_azienda="ASST").ruoli == ["DA", "DS", "DSS"]
    for riga in PareriDovuti.objects.all():
        riga.full_clean()


def test_gli_eventi_di_prima_trovano_cio_che_riguardano(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)
    target = TargetFactory()
    rilevazione = RilevazioneFactory()
    documento = DocumentoPubblicato.objects.create(
        piano=piano, versione=1, contenuto="{}", sha256_contenuto="c" * 64, generatore="x"
    )
    del_documento = evento(azienda, f"piani.documentopubblicato:{documento.pk}")
    del_target = evento(azienda, f"obiettivi.target:{target.pk}")
    del_risultato = evento(azienda, f"obiettivi.rilevazione:{rilevazione.pk}")
    evento(azienda, "obiettivi.target:0")
    for nome in ("piani", "obiettivi"):
        numero = {"piani": "0011", "obiettivi": "0008"}[nome]
        modulo = import_module(f"{nome}.migrations.{numero}_oggetti_degli_eventi_di_prima")
        modulo.scrivi(apps, None)
        modulo.scrivi(apps, None)
    eventi = Evento.objects
    assert list(eventi.che_riguardano(piano)) == [del_documento]
    assert list(eventi.che_riguardano(target.misura.indicatore)) == [del_target]
    assert list(eventi.che_riguardano(target.misura.piano)) == [del_target]
    assert list(eventi.che_riguardano(rilevazione.indicatore)) == [del_risultato]
    assert eventi.che_riguardano("obiettivi.target:0").count() == 1
