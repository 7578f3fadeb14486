import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0020_pdf_firmato"),
    ]

    operations = [
        migrations.AddField(
            model_name="piano",
            name="meno_di_50",
            field=models.BooleanField(
                default=False,
                help_text="Il PIAO esce in forma semplificata (art. 6 DM 132/2022): stampa solo le sottosezioni 2.3, 3.1, 3.2 e 3.3.",
                verbose_name="ente con meno di 50 dipendenti",
            ),
        ),
        migrations.AlterField(
            model_name="sezione",
            name="tipo",
            field=models.CharField(
                choices=[
                    ("presentazione", "Presentazione"),
                    ("chi_siamo", "Chi siamo"),
                    ("mandato", "Mandato istituzionale"),
                    ("missione", "Missione"),
                    ("analisi_contesto", "Analisi del contesto"),
                    ("albero", "Albero della performance"),
                    ("aree", "Aree strategiche"),
                    ("obiettivi", "Obiettivi e indicatori"),
                    ("performance_organizzativa", "Performance organizzativa"),
                    ("performance_individuale", "Performance individuale"),
                    ("lavoro_agile", "Lavoro agile"),
                    ("azioni_positive", "Azioni positive"),
                    ("collegamenti", "Collegamento con gli altri strumenti"),
                    ("ciclo", "Ciclo della performance"),
                    ("trasparenza", "Trasparenza e prevenzione della corruzione"),
                    ("pola_attuazione", "Livello di attuazione e di sviluppo"),
                    ("pola_modalita", "Modalità attuative"),
                    ("pola_soggetti", "Soggetti, processi e strumenti"),
                    ("pola_programma", "Programma di sviluppo del lavoro agile"),
                    ("valore_pubblico", "Valore pubblico"),
                    ("organigramma", "Struttura organizzativa"),
                    ("fabbisogni", "Piano triennale dei fabbisogni di personale"),
                    ("formazione", "Formazione del personale"),
                    ("monitoraggio", "Monitoraggio"),
                ],
                max_length=30,
                verbose_name="capitolo",
            ),
        ),
        migrations.CreateModel(
            name="RicevutaPortale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("data", models.DateField(verbose_name="data del caricamento")),
                (
                    "protocollo",
                    models.CharField(max_length=60, verbose_name="protocollo della ricevuta"),
                ),
                ("versione", models.PositiveIntegerField(verbose_name="versione del documento")),
                (
                    "registrata_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="registrata il"),
                ),
                (
                    "piano",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ricevute_portale",
                        to="piani.piano",
                    ),
                ),
                (
                    "registrata_da",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ricevute_portale",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ricevuta del Portale PIAO",
                "verbose_name_plural": "ricevute del Portale PIAO",
                "ordering": ["piano", "-data", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("piano", "protocollo"),
                        name="ricevuta_portale_una_per_protocollo",
                        violation_error_message="Quella ricevuta è già registrata.",
                    )
                ],
            },
        ),
    ]
