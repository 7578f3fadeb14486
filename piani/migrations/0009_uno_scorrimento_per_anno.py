# SPDX-License-Identifier: AGPL-3.0-or-later
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0008_quadrature_prese_in_carico"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="piano",
            constraint=models.UniqueConstraint(
                fields=("scorrimento_di", "anno_inizio"),
                name="piano_uno_scorrimento_per_anno",
                violation_error_message="Lo scorrimento di quel piano c'è già.",
            ),
        ),
    ]
