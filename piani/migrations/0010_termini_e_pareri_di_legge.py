# SPDX-License-Identifier: AGPL-3.0-or-later
"""By when a plan is adopted and whose opinions the act acquires, as the law says today."""

from typing import Any

from django.db import migrations

TERMINI = (
    ("performance", 2011, "art. 10 c. 1 lett. a) D.Lgs. 150/2009"),
    ("piao", 2023, "art. 6 c. 4 D.L. 80/2021; art. 7 DM 132/2022"),
    ("pola", 2021, "art. 14 c. 1 L. 124/2015, come modificato dall'art. 263 D.L. 34/2020"),
)
DIRETTORI = "art. 3 c. 1-quinquies D.Lgs. 502/1992"
LOMBARDIA = f"{DIRETTORI}; L.r. Lombardia 33/2009"
PARERI = (
    ("ATS", 2016, ["DA", "DS", "DSS"], LOMBARDIA),
    ("ASST", 2016, ["DA", "DS", "DSS"], LOMBARDIA),
    ("ASL", 2011, ["DA", "DS"], DIRETTORI),
    ("AO", 2011, ["DA", "DS"], DIRETTORI),
    ("IRCCS", 2011, ["DA", "DS"], DIRETTORI),
    ("AREU", 2011, ["DA", "DS"], DIRETTORI),
)


def scrivi(apps: Any, editor: Any) -> None:
    termine = apps.get_model("piani", "TermineAdozione")
    for tipo, anno, norma in TERMINI:
        termine.objects.create(tipo=tipo, anno_dal=anno, mese=1, giorno=31, norma=norma)
    dovuti = apps.get_model("piani", "PareriDovuti")
    for tipo, anno, ruoli, norma in PARERI:
        dovuti.objects.create(tipo_azienda=tipo, anno_dal=anno, ruoli=ruoli, norma=norma)


def togli(apps: Any, editor: Any) -> None:
    apps.get_model("piani", "TermineAdozione").objects.all().delete()
    apps.get_model("piani", "PareriDovuti").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("piani", "0009_uno_scorrimento_per_anno")]
    operations = [migrations.RunPython(scrivi, togli)]
