# SPDX-License-Identifier: AGPL-3.0-or-later
"""Migrations that move data: what they find and what they leave. And many tables in one go."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.migrations import AddConstraint, AddField, CreateModel, Migration, RunPython
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from piani.models import Azienda, DocumentoPubblicato, Evento, PareriDovuti, TermineAdozione
from piani.tabelle import CreaTabelle
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


CHIAVE = ("id", models.BigAutoField(primary_key=True))
UNA_E_ALTRA: list[Operation] = [
    CreateModel("Una", [CHIAVE, ("peso", models.IntegerField())]),
    CreateModel("Altra", [CHIAVE, ("una", models.ForeignKey("Una", models.CASCADE))]),
    AddField("Una", "altra", models.ForeignKey("Altra", models.CASCADE, null=True)),
    AddConstraint(
        "Una", models.CheckConstraint(condition=models.Q(peso__gte=0), name="peso_non_negativo")
    ),
    AddConstraint("Altra", models.UniqueConstraint(fields=["una"], name="una_sola")),
]


def fatte(operazioni: list[Operation]) -> dict[str, object]:
    """What is in the database after those operations, that are then undone."""
    migrazione = Migration("tabelle", "prova")
    migrazione.operations = operazioni
    with connection.schema_editor() as editor:
        migrazione.apply(ProjectState(), editor)
    lette: dict[str, object] = {}
    with connection.cursor() as cursore:
        leggi = connection.introspection
        for tabella in ("prova_una", "prova_altra"):
            colonne = leggi.get_table_description(cursore, tabella)
            vincoli = leggi.get_constraints(cursore, tabella).values()
            lette[tabella] = (
                sorted((colonna.name, colonna.null_ok) for colonna in colonne),
                sorted(str(sorted(vincolo.items(), key=str)) for vincolo in vincoli),
            )
    with connection.schema_editor() as editor:
        migrazione.unapply(ProjectState(), editor)
    assert not {*lette} & {*connection.introspection.table_names()}
    return lette


@pytest.mark.django_db(transaction=True)
def test_molte_tabelle_in_un_colpo_sono_quelle_fatte_una_per_una() -> None:
    una_per_una = fatte(UNA_E_ALTRA)
    assert fatte([CreaTabelle(UNA_E_ALTRA)]) == una_per_una
    assert "'check', True" in str(una_per_una["prova_una"])


@pytest.mark.parametrize(
    "estranea",
    [
        RunPython(RunPython.noop),
        AddField("Terza", "peso", models.IntegerField()),
    ],
)
def test_chi_crea_tabelle_in_un_colpo_non_fa_altro(estranea: Operation) -> None:
    with pytest.raises(ValueError, match="Non crea e non completa una tabella nuova"):
        CreaTabelle([*UNA_E_ALTRA, estranea])
