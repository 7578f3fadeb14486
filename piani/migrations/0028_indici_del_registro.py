# SPDX-License-Identifier: AGPL-3.0-or-later

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0027_firma_dei_documenti_dell_ente"),
    ]

    operations = [
        migrations.AlterField(
            model_name="evento",
            name="azienda",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="eventi",
                to="piani.azienda",
            ),
        ),
        migrations.AlterField(
            model_name="evento",
            name="da",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Vuoto quando agisce il sistema.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="eventi",
                to=settings.AUTH_USER_MODEL,
                verbose_name="da chi",
            ),
        ),
        migrations.AlterField(
            model_name="evento",
            name="per_conto_di",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="eventi_delegati",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="evento",
            index=models.Index(
                condition=models.Q(("da__isnull", False)), fields=["da"], name="evento_da"
            ),
        ),
        migrations.AddIndex(
            model_name="evento",
            index=models.Index(
                condition=models.Q(("per_conto_di__isnull", False)),
                fields=["per_conto_di"],
                name="evento_per_conto_di",
            ),
        ),
    ]
