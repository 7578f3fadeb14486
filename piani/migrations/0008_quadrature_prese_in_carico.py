# SPDX-License-Identifier: AGPL-3.0-or-later
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0007_oggetti_degli_eventi"),
    ]

    operations = [
        migrations.AddField(
            model_name="quadratura",
            name="presa_atto",
            field=models.TextField(blank=True, verbose_name="perché la differenza resta"),
        ),
        migrations.AddField(
            model_name="quadratura",
            name="presa_atto_da",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="quadrature_viste",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="quadratura",
            name="presa_atto_il",
            field=models.DateTimeField(blank=True, null=True, verbose_name="presa d'atto del"),
        ),
    ]
