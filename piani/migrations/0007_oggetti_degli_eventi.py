# SPDX-License-Identifier: AGPL-3.0-or-later
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0006_pareri_validazioni_termini"),
    ]

    operations = [
        migrations.CreateModel(
            name="OggettoEvento",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("oggetto", models.CharField(max_length=60, verbose_name="oggetto")),
            ],
            options={
                "verbose_name": "oggetto di un evento",
                "verbose_name_plural": "oggetti degli eventi",
            },
        ),
        migrations.AddField(
            model_name="oggettoevento",
            name="evento",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="riguarda",
                to="piani.evento",
            ),
        ),
        migrations.AddConstraint(
            model_name="oggettoevento",
            constraint=models.UniqueConstraint(
                fields=("oggetto", "evento"), name="oggetto_evento_unico"
            ),
        ),
    ]
