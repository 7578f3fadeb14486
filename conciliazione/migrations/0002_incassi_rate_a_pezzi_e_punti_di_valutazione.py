# SPDX-License-Identifier: AGPL-3.0-or-later
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conciliazione", "0001_conciliazione"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Incasso",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                ("atto", models.CharField(max_length=200, verbose_name="atto di recupero")),
                (
                    "reversale",
                    models.CharField(blank=True, max_length=60, verbose_name="reversale d'incasso"),
                ),
                ("incassato_il", models.DateField(verbose_name="incassato il")),
                (
                    "registrato_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="registrato il"),
                ),
                (
                    "annullato_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="annullato il"),
                ),
                (
                    "motivo",
                    models.CharField(blank=True, max_length=300, verbose_name="perché è annullato"),
                ),
            ],
            options={
                "verbose_name": "incasso di un recupero",
                "verbose_name_plural": "incassi dei recuperi",
                "ordering": ["progetto_id", "incassato_il", "pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="pagamento",
            name="pagamento_uno_per_rendiconto",
        ),
        migrations.AddField(
            model_name="puntoordine",
            name="manifestazione",
            field=models.ForeignKey(
                blank=True,
                help_text="Su questo punto non vota chi ha proposto, da capofila o da partner.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="punti",
                to="conciliazione.manifestazioneinteresse",
                verbose_name="valutazione delle proposte di",
            ),
        ),
        migrations.AddField(
            model_name="incasso",
            name="progetto",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="incassi",
                to="conciliazione.progetto",
            ),
        ),
        migrations.AddField(
            model_name="incasso",
            name="registrato_da",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="incasso",
            constraint=models.CheckConstraint(
                condition=models.Q(("importo__gt", 0)),
                name="incasso_maggiore_di_zero",
                violation_error_message="Un incasso è maggiore di zero.",
            ),
        ),
        migrations.AddConstraint(
            model_name="incasso",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("annullato_il__isnull", True),
                    models.Q(("motivo", ""), _negated=True),
                    _connector="OR",
                ),
                name="incasso_annullato_motivato",
                violation_error_message="Scrivi perché l'incasso è annullato.",
            ),
        ),
    ]
