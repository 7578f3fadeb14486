import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0023_pagine_pubbliche"),
    ]

    operations = [
        migrations.CreateModel(
            name="Importazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("genere", models.CharField(max_length=30, verbose_name="che cosa")),
                (
                    "ambito",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="ambito",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True,
                        max_length=200,
                        upload_to="importazioni/%Y/",
                        verbose_name="file",
                    ),
                ),
                ("nome", models.CharField(max_length=200, verbose_name="nome del file")),
                ("byte", models.PositiveIntegerField(verbose_name="byte")),
                ("sha256", models.CharField(max_length=64, verbose_name="impronta")),
                (
                    "senza_originale",
                    models.BooleanField(
                        default=False, verbose_name="non tenere il file dopo averlo letto"
                    ),
                ),
                ("struttura", models.JSONField(default=list, verbose_name="fogli del file")),
                ("abbinamento", models.JSONField(default=dict, verbose_name="abbinamento")),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("caricata", "Da abbinare"),
                            ("letta", "In anteprima"),
                            ("confermata", "Importata"),
                            ("annullata", "Annullata"),
                            ("scartata", "Scartata"),
                        ],
                        default="caricata",
                        max_length=12,
                        verbose_name="stato",
                    ),
                ),
                (
                    "lavoro",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("leggi", "Lettura del file"),
                            ("scrivi", "Scrittura"),
                            ("annulla", "Annullamento"),
                        ],
                        max_length=10,
                        verbose_name="lavoro in corso",
                    ),
                ),
                (
                    "lavoro_dal",
                    models.DateTimeField(blank=True, null=True, verbose_name="lavoro chiesto il"),
                ),
                (
                    "preso_il",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="lavoro cominciato il"
                    ),
                ),
                ("errore", models.TextField(blank=True, verbose_name="errore")),
                ("nuove", models.PositiveIntegerField(default=0, verbose_name="nuove")),
                ("cambiate", models.PositiveIntegerField(default=0, verbose_name="cambiate")),
                ("uguali", models.PositiveIntegerField(default=0, verbose_name="uguali")),
                ("tolte", models.PositiveIntegerField(default=0, verbose_name="tolte")),
                ("superate", models.PositiveIntegerField(default=0, verbose_name="superate")),
                ("sbagliate", models.PositiveIntegerField(default=0, verbose_name="da correggere")),
                (
                    "annullo",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="per annullare",
                    ),
                ),
                ("effetti", models.JSONField(default=list, verbose_name="effetti")),
                (
                    "caricata_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="caricata il"),
                ),
                (
                    "confermata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="confermata il"),
                ),
                (
                    "annullata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="annullata il"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="importazioni",
                        to="piani.azienda",
                    ),
                ),
                (
                    "da",
                    models.ForeignKey(
                        blank=True,
                        help_text="Chi ha chiesto l'ultimo passo.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="importazioni",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="chiesta da",
                    ),
                ),
                (
                    "per_conto_di",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "importazione",
                "verbose_name_plural": "importazioni",
                "ordering": ["-caricata_il", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="CorrispondenzaColonne",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("genere", models.CharField(max_length=30, verbose_name="che cosa")),
                ("fonte", models.CharField(max_length=100, verbose_name="fonte")),
                ("intestazioni", models.JSONField(default=dict, verbose_name="intestazioni")),
                (
                    "costanti",
                    models.JSONField(default=dict, verbose_name="valori per tutto il file"),
                ),
                ("usata_il", models.DateTimeField(auto_now=True, verbose_name="usata il")),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrispondenze",
                        to="piani.azienda",
                    ),
                ),
            ],
            options={
                "verbose_name": "corrispondenza di colonne",
                "verbose_name_plural": "corrispondenze di colonne",
                "ordering": ["azienda", "genere", "-usata_il"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "genere", "fonte"), name="corrispondenza_una_per_fonte"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RigaImportata",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("posto", models.PositiveIntegerField(verbose_name="posto")),
                (
                    "riga",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="riga del file"
                    ),
                ),
                (
                    "esito",
                    models.CharField(
                        choices=[
                            ("nuova", "Nuova"),
                            ("cambiata", "Cambiata"),
                            ("uguale", "Uguale"),
                            ("tolta", "Tolta"),
                            ("superata", "Cambiata da altri"),
                            ("sbagliata", "Da correggere"),
                        ],
                        max_length=10,
                        verbose_name="esito",
                    ),
                ),
                (
                    "chiave",
                    models.CharField(blank=True, max_length=300, verbose_name="di che cosa"),
                ),
                ("celle", models.JSONField(default=dict, verbose_name="celle")),
                ("prima", models.JSONField(default=dict, verbose_name="prima")),
                ("errori", models.JSONField(default=dict, verbose_name="errori")),
                (
                    "dati",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="dati",
                    ),
                ),
                ("segno", models.CharField(blank=True, max_length=64, verbose_name="segno")),
                (
                    "importazione",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="righe",
                        to="piani.importazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "riga importata",
                "verbose_name_plural": "righe importate",
                "ordering": ["importazione", "posto"],
                "indexes": [
                    models.Index(
                        fields=["importazione", "esito", "posto"], name="righe_importate_per_esito"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("importazione", "posto"), name="riga_importata_posto"
                    )
                ],
            },
        ),
    ]
