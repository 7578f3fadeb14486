# SPDX-License-Identifier: AGPL-3.0-or-later

from django.db import migrations, models

import obiettivi.models.impronta


class Migration(migrations.Migration):
    dependencies = [
        ("obiettivi", "0017_rilevazione_giorno"),
    ]

    operations = [
        migrations.AddField(
            model_name="misura",
            name="impronta_base",
            field=models.GeneratedField(
                db_persist=True,
                expression=obiettivi.models.impronta.Impronta("base_lettura"),
                output_field=models.CharField(max_length=32, null=True),
            ),
        ),
        migrations.AddField(
            model_name="target",
            name="impronta",
            field=models.GeneratedField(
                db_persist=True,
                expression=obiettivi.models.impronta.Impronta("lettura"),
                output_field=models.CharField(max_length=32, null=True),
            ),
        ),
    ]
