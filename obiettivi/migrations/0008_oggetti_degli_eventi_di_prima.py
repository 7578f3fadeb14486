# SPDX-License-Identifier: AGPL-3.0-or-later
"""The events already written of runs, targets and results concern their plan and indicator."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations

INSIEME = 1000


def riguardi(apps: Any) -> Iterator[tuple[str, list[str]]]:
    """Each row that an event may name, with what it is part of."""
    for pk, piano in apps.get_model("obiettivi", "Calcolo").objects.values_list("pk", "piano"):
        yield f"obiettivi.calcolo:{pk}", [f"piani.piano:{piano}"]
    target = apps.get_model("obiettivi", "Target").objects.values_list(
        "pk", "misura", "misura__indicatore", "misura__obiettivo", "misura__obiettivo__area__piano"
    )
    for pk, misura, indicatore, obiettivo, piano in target:
        yield (
            f"obiettivi.target:{pk}",
            [
                f"obiettivi.misura:{misura}",
                f"obiettivi.indicatore:{indicatore}",
                f"obiettivi.obiettivo:{obiettivo}",
                f"piani.piano:{piano}",
            ],
        )
    rilevazioni = apps.get_model("obiettivi", "Rilevazione").objects
    for pk, indicatore in rilevazioni.values_list("pk", "indicatore"):
        yield f"obiettivi.rilevazione:{pk}", [f"obiettivi.indicatore:{indicatore}"]


def scrivi(apps: Any, editor: Any) -> None:
    oggetto = apps.get_model("piani", "OggettoEvento")
    noti = dict(riguardi(apps))
    eventi = apps.get_model("piani", "Evento").objects.filter(oggetto__startswith="obiettivi.")
    righe = [
        oggetto(evento_id=evento, oggetto=chiave)
        for evento, nome in eventi.values_list("pk", "oggetto")
        for chiave in noti.get(nome, ())
    ]
    oggetto.objects.bulk_create(righe, batch_size=INSIEME, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [
        ("obiettivi", "0007_righe_del_piano_precedente"),
        ("piani", "0011_oggetti_degli_eventi_di_prima"),
    ]
    operations = [migrations.RunPython(scrivi, migrations.RunPython.noop)]
