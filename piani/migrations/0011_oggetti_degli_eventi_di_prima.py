# SPDX-License-Identifier: AGPL-3.0-or-later
"""The events already written concern what they name, and the plan of the documents they name."""

from typing import Any

from django.db import migrations

INSIEME = 1000


def scrivi(apps: Any, editor: Any) -> None:
    oggetto = apps.get_model("piani", "OggettoEvento")
    documenti = apps.get_model("piani", "DocumentoPubblicato")
    piani = {
        f"piani.documentopubblicato:{pk}": piano
        for pk, piano in documenti.objects.values_list("pk", "piano")
    }
    righe = []
    for evento, nome in (
        apps.get_model("piani", "Evento").objects.exclude(oggetto="").values_list("pk", "oggetto")
    ):
        righe.append(oggetto(evento_id=evento, oggetto=nome))
        if nome in piani:
            righe.append(oggetto(evento_id=evento, oggetto=f"piani.piano:{piani[nome]}"))
    oggetto.objects.bulk_create(righe, batch_size=INSIEME, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("piani", "0010_termini_e_pareri_di_legge")]
    operations = [migrations.RunPython(scrivi, migrations.RunPython.noop)]
