# SPDX-License-Identifier: AGPL-3.0-or-later
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import piani.models.atti


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0005_accesso_inviti_deleghe"),
    ]

    operations = [
        migrations.CreateModel(
            name="PareriDovuti",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tipo_azienda",
                    models.CharField(
                        choices=[
                            ("ATS", "Agenzia di tutela della salute"),
                            ("ASST", "Azienda socio sanitaria territoriale"),
                            ("IRCCS", "Istituto di ricovero e cura a carattere scientifico"),
                            ("AREU", "Agenzia regionale emergenza urgenza"),
                            ("ASL", "Azienda sanitaria locale"),
                            ("AO", "Azienda ospedaliera"),
                            ("COMUNE", "Comune"),
                            ("ALTRO", "Altro ente pubblico"),
                        ],
                        max_length=10,
                        verbose_name="tipo di ente",
                    ),
                ),
                ("anno_dal", models.PositiveSmallIntegerField(verbose_name="dai piani del")),
                (
                    "ruoli",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='Le sigle dei direttori: ["DA", "DS", "DSS"].',
                        validators=[piani.models.atti.sigle_conosciute],
                        verbose_name="pareri",
                    ),
                ),
                ("norma", models.CharField(max_length=200, verbose_name="norma")),
            ],
            options={
                "verbose_name": "pareri dovuti",
                "verbose_name_plural": "pareri dovuti",
                "ordering": ["tipo_azienda", "anno_dal"],
            },
        ),
        migrations.CreateModel(
            name="TermineAdozione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            ("performance", "Piano della performance"),
                            ("piao", "Piano integrato di attività e organizzazione"),
                            ("azioni_positive", "Piano delle azioni positive"),
                            ("pola", "Piano organizzativo del lavoro agile"),
                            ("conciliazione", "Piano territoriale di conciliazione"),
                        ],
                        max_length=20,
                        verbose_name="tipo di piano",
                    ),
                ),
                ("anno_dal", models.PositiveSmallIntegerField(verbose_name="dai piani del")),
                (
                    "anno_al",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="ai piani del"
                    ),
                ),
                ("mese", models.PositiveSmallIntegerField(verbose_name="mese")),
                ("giorno", models.PositiveSmallIntegerField(verbose_name="giorno")),
                ("norma", models.CharField(max_length=200, verbose_name="norma")),
            ],
            options={
                "verbose_name": "termine di adozione",
                "verbose_name_plural": "termini di adozione",
                "ordering": ["tipo", "anno_dal"],
            },
        ),
        migrations.CreateModel(
            name="ValidazioneNucleo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "esito",
                    models.CharField(
                        choices=[
                            ("validato", "Validato"),
                            ("con_osservazioni", "Validato con osservazioni"),
                            ("non_validato", "Non validato"),
                        ],
                        max_length=20,
                        verbose_name="esito",
                    ),
                ),
                ("data", models.DateField(verbose_name="data")),
                ("motivazione", models.TextField(verbose_name="motivazione")),
                (
                    "creata_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="registrata il"),
                ),
            ],
            options={
                "verbose_name": "validazione del Nucleo",
                "verbose_name_plural": "validazioni del Nucleo",
                "ordering": ["piano", "-creata_il", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="parere",
            name="registrato_da",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pareri_registrati",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="parere",
            name="testo",
            field=models.TextField(blank=True, verbose_name="testo"),
        ),
        migrations.AlterField(
            model_name="parere",
            name="esito",
            field=models.CharField(
                choices=[
                    ("favorevole", "Favorevole"),
                    ("favorevole con osservazioni", "Favorevole con osservazioni"),
                    ("contrario", "Contrario"),
                ],
                max_length=60,
                verbose_name="esito",
            ),
        ),
        migrations.AddConstraint(
            model_name="pareridovuti",
            constraint=models.UniqueConstraint(
                fields=("tipo_azienda", "anno_dal"),
                name="pareri_dovuti_uno_per_anno",
                violation_error_message="C'è già una riga che comincia da quell'anno.",
            ),
        ),
        migrations.AddConstraint(
            model_name="termineadozione",
            constraint=models.UniqueConstraint(
                fields=("tipo", "anno_dal"),
                name="termine_uno_per_anno",
                violation_error_message="C'è già un termine che comincia da quell'anno.",
            ),
        ),
        migrations.AddConstraint(
            model_name="termineadozione",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("anno_al__isnull", True),
                    ("anno_al__gte", models.F("anno_dal")),
                    _connector="OR",
                ),
                name="termine_anni_in_ordine",
                violation_error_message="L'ultimo anno viene prima del primo.",
            ),
        ),
        migrations.AddConstraint(
            model_name="termineadozione",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("giorno__range", (1, 31)), ("mese__in", [1, 3, 5, 7, 8, 10, 12])),
                    models.Q(("giorno__range", (1, 30)), ("mese__in", [4, 6, 9, 11])),
                    models.Q(("giorno__range", (1, 28)), ("mese", 2)),
                    _connector="OR",
                ),
                name="termine_giorno_che_esiste",
                violation_error_message="Quel giorno non c'è in ogni anno.",
            ),
        ),
        migrations.AddField(
            model_name="validazionenucleo",
            name="da",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="validazioni",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="validazionenucleo",
            name="piano",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="validazioni",
                to="piani.piano",
            ),
        ),
        migrations.AddConstraint(
            model_name="validazionenucleo",
            constraint=models.CheckConstraint(
                condition=models.Q(("motivazione", ""), _negated=True),
                name="validazione_motivata",
                violation_error_message="La validazione ha sempre una motivazione.",
            ),
        ),
    ]
