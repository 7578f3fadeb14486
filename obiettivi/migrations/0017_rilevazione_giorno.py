# SPDX-License-Identifier: AGPL-3.0-or-later
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("obiettivi", "0016_premi")]

    operations = [
        migrations.AddField(
            model_name="rilevazione",
            name="data",
            field=models.DateField(
                blank=True,
                help_text="Quando si è raggiunto: di una scadenza.",
                null=True,
                verbose_name="giorno",
            ),
        ),
        migrations.AddConstraint(
            model_name="rilevazione",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("data__isnull", True),
                    models.Q(
                        ("avanzamento__isnull", True),
                        ("denominatore__isnull", True),
                        ("numeratore__isnull", True),
                        ("stato", "numero"),
                        ("valore__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="rilevazione_giorno_o_cifre",
                violation_error_message="Un risultato è un giorno o una cifra, non tutti e due.",
            ),
        ),
    ]
