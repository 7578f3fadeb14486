# SPDX-License-Identifier: AGPL-3.0-or-later
from decimal import Decimal

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from piani.tabelle import tabelle_insieme


@tabelle_insieme
class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("piani", "0015_questionari_e_chi_rappresenta_enti"),
        ("piani", "__first__"),
        # Not needed, but slow to apply after these tables: each of theirs is faster with fewer models.
        ("obiettivi", "0013_valutazione_individuale"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
    ]

    operations = [
        migrations.CreateModel(
            name="Accordo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "genere",
                    models.CharField(
                        choices=[
                            ("partenariato", "Accordo di partenariato"),
                            ("convenzione", "Convenzione fra ATS e capofila"),
                        ],
                        max_length=15,
                        verbose_name="genere",
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "Bozza"),
                            ("alla_firma", "Alla firma"),
                            ("sottoscritto", "Sottoscritto"),
                            ("sciolto", "Sciolto"),
                        ],
                        default="bozza",
                        max_length=15,
                        verbose_name="stato",
                    ),
                ),
                (
                    "protocollo",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="numero di protocollo"
                    ),
                ),
                (
                    "testo",
                    models.TextField(blank=True, help_text="Markdown.", verbose_name="testo"),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                (
                    "sottoscritto_il",
                    models.DateField(blank=True, null=True, verbose_name="sottoscritto il"),
                ),
            ],
            options={
                "verbose_name": "accordo",
                "verbose_name_plural": "accordi",
                "ordering": ["progetto_id", "genere", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="accordo_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "sottoscritto"), _negated=True),
                            ("sottoscritto_il__isnull", False),
                            _connector="OR",
                        ),
                        name="accordo_sottoscritto_con_data",
                        violation_error_message="Di un accordo sottoscritto si dice quando.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AzioneProgetto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("titolo", models.CharField(max_length=200, verbose_name="titolo")),
                (
                    "intervento",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="intervento del catalogo"
                    ),
                ),
                ("descrizione", models.TextField(blank=True, verbose_name="descrizione")),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("prevista", "Prevista"),
                            ("in_corso", "In corso"),
                            ("conclusa", "Conclusa"),
                            ("non_avviata", "Non avviata"),
                        ],
                        default="prevista",
                        max_length=12,
                        verbose_name="stato",
                    ),
                ),
                (
                    "persone",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persone previste"
                    ),
                ),
                (
                    "imprese",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="imprese ed enti previsti"
                    ),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
            ],
            options={
                "verbose_name": "azione di un progetto",
                "verbose_name_plural": "azioni di un progetto",
                "ordering": ["progetto_id", "ordine"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="azione_progetto_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AzioneProposta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("titolo", models.CharField(max_length=200, verbose_name="titolo")),
                (
                    "intervento",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="intervento del catalogo"
                    ),
                ),
                ("descrizione", models.TextField(blank=True, verbose_name="descrizione")),
                (
                    "persone",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persone previste"
                    ),
                ),
                (
                    "imprese",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="imprese ed enti previsti"
                    ),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
            ],
            options={
                "verbose_name": "azione di una proposta",
                "verbose_name_plural": "azioni di una proposta",
                "ordering": ["versione_id", "ordine"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dal__isnull", True),
                            ("al__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="azione_proposta_date_in_ordine",
                        violation_error_message="L'azione finisce prima di cominciare.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ambito",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codice", models.SlugField(max_length=60, verbose_name="codice")),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                ("ordine", models.PositiveSmallIntegerField(default=0, verbose_name="ordine")),
                (
                    "comuni_stampati",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="comuni, come stampato"
                    ),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ambiti",
                        to="piani.azienda",
                    ),
                ),
            ],
            options={
                "verbose_name": "ambito",
                "verbose_name_plural": "ambiti",
                "ordering": ["azienda_id", "ordine", "nome"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "codice"),
                        name="ambito_codice_unico",
                        violation_error_message="C'è già quell'ambito.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttivitaAzione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("nome", models.CharField(max_length=200, verbose_name="attività")),
                ("dal", models.DateField(verbose_name="dal")),
                ("al", models.DateField(verbose_name="al")),
                (
                    "azione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attivita",
                        to="conciliazione.azioneprogetto",
                    ),
                ),
            ],
            options={
                "verbose_name": "attività di un'azione",
                "verbose_name_plural": "attività di un'azione",
                "ordering": ["azione_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azione", "ordine"),
                        name="attivita_posto_unico",
                        violation_error_message="Un'altra attività ha già quel posto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="attivita_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comune",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                (
                    "codice_istat",
                    models.CharField(blank=True, max_length=6, verbose_name="codice ISTAT"),
                ),
                ("provincia", models.CharField(blank=True, max_length=2, verbose_name="provincia")),
                (
                    "abitanti",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="abitanti"),
                ),
                (
                    "ambito",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comuni",
                        to="conciliazione.ambito",
                        verbose_name="ambito",
                    ),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="comuni",
                        to="piani.azienda",
                    ),
                ),
            ],
            options={
                "verbose_name": "comune",
                "verbose_name_plural": "comuni",
                "ordering": ["azienda_id", "nome"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "nome"),
                        name="comune_nome_unico",
                        violation_error_message="C'è già quel comune.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CostoAzione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("categoria", models.CharField(max_length=60, verbose_name="categoria di costo")),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "azione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="costi",
                        to="conciliazione.azioneproposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "costo di un'azione",
                "verbose_name_plural": "costi di un'azione",
                "ordering": ["azione_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azione", "categoria"),
                        name="costo_azione_uno_per_categoria",
                        violation_error_message="L'azione ha già un costo di quella categoria.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("importo__isnull", True), ("importo__gte", 0), _connector="OR"
                        ),
                        name="costo_azione_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EdizioneConciliazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(max_length=80, unique=True, verbose_name="indirizzo")),
                ("nome", models.CharField(max_length=200, verbose_name="nome")),
                ("anno_inizio", models.PositiveSmallIntegerField(verbose_name="primo anno")),
                ("anno_fine", models.PositiveSmallIntegerField(verbose_name="ultimo anno")),
                (
                    "atto",
                    models.CharField(blank=True, max_length=200, verbose_name="atto della Regione"),
                ),
                (
                    "atto_data",
                    models.DateField(blank=True, null=True, verbose_name="data dell'atto"),
                ),
                (
                    "dotazione",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="risorse regionali assegnate",
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "Bozza"),
                            ("in_vigore", "In vigore"),
                            ("chiusa", "Chiusa"),
                        ],
                        default="bozza",
                        max_length=12,
                        verbose_name="stato",
                    ),
                ),
                ("parametri", models.JSONField(verbose_name="regole")),
                (
                    "dimostrativa",
                    models.BooleanField(default=False, verbose_name="inventata per prova"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edizioni_conciliazione",
                        to="piani.azienda",
                        verbose_name="azienda",
                    ),
                ),
                (
                    "indirizzo",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indirizzo_conciliazione",
                        to="piani.piano",
                        verbose_name="Documento territoriale di indirizzo",
                    ),
                ),
                (
                    "piano",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="edizione_conciliazione",
                        to="piani.piano",
                        verbose_name="Piano territoriale",
                    ),
                ),
            ],
            options={
                "verbose_name": "edizione della conciliazione",
                "verbose_name_plural": "edizioni della conciliazione",
                "ordering": ["azienda_id", "-anno_inizio"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "anno_inizio", "anno_fine"),
                        name="edizione_conc_periodo_unico",
                        violation_error_message="L'azienda ha già un'edizione di quegli anni.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anno_fine__gte", models.F("anno_inizio"))),
                        name="edizione_conc_anni_in_ordine",
                        violation_error_message="L'ultimo anno viene prima del primo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dotazione__isnull", True), ("dotazione__gte", 0), _connector="OR"
                        ),
                        name="edizione_conc_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ComposizioneRete",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("anno", models.PositiveSmallIntegerField(verbose_name="anno")),
                ("semestre", models.PositiveSmallIntegerField(verbose_name="semestre")),
                ("al", models.DateField(verbose_name="situazione al")),
                (
                    "stato",
                    models.CharField(
                        choices=[("bozza", "Bozza"), ("approvata", "Approvata")],
                        default="bozza",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                (
                    "totale_stampato",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="totale, come stampato"
                    ),
                ),
                ("atto", models.CharField(blank=True, max_length=200, verbose_name="atto")),
                (
                    "approvata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="approvata il"),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="composizioni",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "composizione della Rete",
                "verbose_name_plural": "composizioni della Rete",
                "ordering": ["edizione_id", "anno", "semestre"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "anno", "semestre"),
                        name="composizione_una_per_semestre",
                        violation_error_message="La composizione di quel semestre c'è già.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("semestre__in", (1, 2))),
                        name="composizione_semestre_1_2",
                        violation_error_message="I semestri sono il primo e il secondo.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AzioneDiPiano",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "genere",
                    models.CharField(
                        choices=[
                            ("sistema", "Azione di sistema"),
                            ("trasversale", "Azione trasversale"),
                            ("diretta", "Azione diretta"),
                        ],
                        max_length=12,
                        verbose_name="genere",
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("titolo", models.CharField(max_length=300, verbose_name="titolo")),
                (
                    "gruppo",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="parte del piano a cui appartiene"
                    ),
                ),
                ("descrizione", models.TextField(blank=True, verbose_name="descrizione")),
                (
                    "responsabile",
                    models.CharField(blank=True, max_length=200, verbose_name="chi la segue"),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("prevista", "Prevista"),
                            ("in_corso", "In corso"),
                            ("conclusa", "Conclusa"),
                            ("non_avviata", "Non avviata"),
                        ],
                        default="prevista",
                        max_length=12,
                        verbose_name="stato",
                    ),
                ),
                (
                    "importo",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="risorse previste",
                    ),
                ),
                (
                    "persone",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persone previste"
                    ),
                ),
                (
                    "imprese",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="imprese ed enti previsti"
                    ),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                ("avviata_il", models.DateField(blank=True, null=True, verbose_name="avviata il")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="azioni_di_piano",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "azione del piano",
                "verbose_name_plural": "azioni del piano",
                "ordering": ["edizione_id", "genere", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "genere", "ordine"),
                        name="azione_di_piano_posto_unico",
                        violation_error_message="Un'altra azione ha già quel posto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="azione_di_piano_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("importo__isnull", True), ("importo__gte", 0), _connector="OR"
                        ),
                        name="azione_di_piano_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Ente",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nome", models.CharField(max_length=200, verbose_name="denominazione")),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            (
                                "pubblico",
                                "Soggetti pubblici (enti locali, aziende speciali, Aler, CCIAA, …)",
                            ),
                            ("ambito", "Soggetti pubblici (ambiti dei Piani di Zona)"),
                            ("datoriale", "Associazioni datoriali di categoria"),
                            ("non_profit", "Soggetti privati (organizzazioni no profit)"),
                            ("profit", "Soggetti privati (imprese e soggetti profit)"),
                            ("sindacato", "Organizzazioni sindacali"),
                        ],
                        max_length=12,
                        verbose_name="tipologia",
                    ),
                ),
                (
                    "natura",
                    models.CharField(
                        choices=[
                            ("pubblica", "Pubblica"),
                            ("privata_non_profit", "Privata senza scopo di lucro"),
                            ("privata_profit", "Privata con scopo di lucro"),
                        ],
                        max_length=20,
                        verbose_name="natura giuridica",
                    ),
                ),
                (
                    "ente_locale",
                    models.BooleanField(
                        default=False,
                        help_text="Può affiancare un capofila privato.",
                        verbose_name="ente pubblico locale",
                    ),
                ),
                (
                    "dimensione",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "Micro (fino a 9 addetti)"),
                            ("piccola", "Piccola (10-49)"),
                            ("media", "Media (50-249)"),
                            ("grande", "Grande (250 e più)"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="dimensione",
                    ),
                ),
                (
                    "addetti",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="addetti"),
                ),
                (
                    "codice_fiscale",
                    models.CharField(blank=True, max_length=16, verbose_name="codice fiscale"),
                ),
                (
                    "partita_iva",
                    models.CharField(blank=True, max_length=11, verbose_name="partita IVA"),
                ),
                (
                    "sede",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="indirizzo della sede"
                    ),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="posta elettronica"),
                ),
                (
                    "pec",
                    models.EmailField(blank=True, max_length=254, verbose_name="posta certificata"),
                ),
                ("telefono", models.CharField(blank=True, max_length=30, verbose_name="telefono")),
                ("sito", models.URLField(blank=True, verbose_name="sito")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "ambito",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enti",
                        to="conciliazione.ambito",
                        verbose_name="ambito",
                    ),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enti_conciliazione",
                        to="piani.azienda",
                    ),
                ),
                (
                    "comune",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="enti",
                        to="conciliazione.comune",
                        verbose_name="comune della sede",
                    ),
                ),
            ],
            options={
                "verbose_name": "ente",
                "verbose_name_plural": "enti",
                "ordering": ["azienda_id", "nome"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "nome"),
                        name="ente_nome_unico",
                        violation_error_message="C'è già un ente con quel nome.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("codice_fiscale", ""), _negated=True),
                        fields=("azienda", "codice_fiscale"),
                        name="ente_codice_fiscale_unico",
                        violation_error_message="C'è già un ente con quel codice fiscale.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("natura", "pubblica"), ("tipo__in", ("pubblico", "ambito"))),
                            models.Q(("natura", "privata_profit"), ("tipo", "profit")),
                            models.Q(
                                ("natura", "privata_non_profit"),
                                ("tipo__in", ("non_profit", "datoriale", "sindacato")),
                            ),
                            _connector="OR",
                        ),
                        name="ente_natura_del_tipo",
                        violation_error_message="La natura giuridica non è quella della tipologia: i soggetti pubblici e gli ambiti sono pubblici, le imprese profit, tutti gli altri senza scopo di lucro.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ente_locale", False), ("natura", "pubblica"), _connector="OR"
                        ),
                        name="ente_locale_pubblico",
                        violation_error_message="Un ente locale è pubblico.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Adesione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("richiesta", "Richiesta, da confermare"),
                            ("confermata", "Confermata, da valutare"),
                            ("accolta", "Accolta"),
                            ("respinta", "Respinta"),
                            ("scaduta", "Scaduta senza conferma"),
                        ],
                        default="richiesta",
                        max_length=12,
                        verbose_name="stato",
                    ),
                ),
                (
                    "denominazione",
                    models.CharField(max_length=200, verbose_name="denominazione dell'ente"),
                ),
                (
                    "tipo",
                    models.CharField(
                        choices=[
                            (
                                "pubblico",
                                "Soggetti pubblici (enti locali, aziende speciali, Aler, CCIAA, …)",
                            ),
                            ("ambito", "Soggetti pubblici (ambiti dei Piani di Zona)"),
                            ("datoriale", "Associazioni datoriali di categoria"),
                            ("non_profit", "Soggetti privati (organizzazioni no profit)"),
                            ("profit", "Soggetti privati (imprese e soggetti profit)"),
                            ("sindacato", "Organizzazioni sindacali"),
                        ],
                        max_length=12,
                        verbose_name="tipologia",
                    ),
                ),
                (
                    "natura",
                    models.CharField(
                        choices=[
                            ("pubblica", "Pubblica"),
                            ("privata_non_profit", "Privata senza scopo di lucro"),
                            ("privata_profit", "Privata con scopo di lucro"),
                        ],
                        max_length=20,
                        verbose_name="natura giuridica",
                    ),
                ),
                (
                    "dimensione",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("micro", "Micro (fino a 9 addetti)"),
                            ("piccola", "Piccola (10-49)"),
                            ("media", "Media (50-249)"),
                            ("grande", "Grande (250 e più)"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="dimensione",
                    ),
                ),
                (
                    "codice_fiscale",
                    models.CharField(blank=True, max_length=16, verbose_name="codice fiscale"),
                ),
                (
                    "partita_iva",
                    models.CharField(blank=True, max_length=11, verbose_name="partita IVA"),
                ),
                (
                    "comune",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="comune della sede legale"
                    ),
                ),
                ("provincia", models.CharField(blank=True, max_length=2, verbose_name="provincia")),
                (
                    "indirizzo",
                    models.CharField(blank=True, max_length=200, verbose_name="via e numero"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="posta elettronica"),
                ),
                ("telefono", models.CharField(blank=True, max_length=30, verbose_name="telefono")),
                ("sito", models.URLField(blank=True, verbose_name="sito")),
                (
                    "rappresentante",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="legale rappresentante"
                    ),
                ),
                (
                    "referente_nome",
                    models.CharField(blank=True, max_length=80, verbose_name="nome del referente"),
                ),
                (
                    "referente_cognome",
                    models.CharField(
                        blank=True, max_length=80, verbose_name="cognome del referente"
                    ),
                ),
                (
                    "referente_email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="posta del referente"
                    ),
                ),
                (
                    "referente_telefono",
                    models.CharField(
                        blank=True, max_length=30, verbose_name="telefono del referente"
                    ),
                ),
                (
                    "regolamento_visto",
                    models.BooleanField(
                        default=False,
                        verbose_name="il regolamento della Rete è stato letto e se ne assumono gli impegni",
                    ),
                ),
                ("motivazione", models.TextField(blank=True, verbose_name="perché si aderisce")),
                (
                    "impronta",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="impronta del collegamento"
                    ),
                ),
                (
                    "scade_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="da confermare entro"),
                ),
                (
                    "chiesta_il",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="chiesta il"
                    ),
                ),
                (
                    "confermata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="confermata il"),
                ),
                (
                    "valutata_il",
                    models.DateField(blank=True, null=True, verbose_name="valutata il"),
                ),
                ("motivo", models.TextField(blank=True, verbose_name="motivo dell'esito")),
                ("dal", models.DateField(blank=True, null=True, verbose_name="nella Rete dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="fino al")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adesioni",
                        to="piani.azienda",
                    ),
                ),
                (
                    "valutata_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adesioni",
                        to="conciliazione.ente",
                    ),
                ),
            ],
            options={
                "verbose_name": "adesione",
                "verbose_name_plural": "adesioni",
                "ordering": ["azienda_id", "-chiesta_il", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("al__isnull", True), ("stato", "accolta")),
                        fields=("ente",),
                        name="adesione_una_in_vigore",
                        violation_error_message="L'ente fa già parte della Rete.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("impronta", ""), _negated=True),
                        fields=("impronta",),
                        name="adesione_impronta_unica",
                        violation_error_message="Il collegamento è già usato.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "accolta"), _negated=True),
                            models.Q(("dal__isnull", False), ("ente__isnull", False)),
                            _connector="OR",
                        ),
                        name="adesione_accolta_con_ente",
                        violation_error_message="Un'adesione accolta ha il suo ente e un inizio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "respinta"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="adesione_respinta_motivata",
                        violation_error_message="Scrivi perché la richiesta è respinta.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stato__in", ("richiesta", "scaduta", "accolta")),
                            ("regolamento_visto", True),
                            _connector="OR",
                        ),
                        name="adesione_regolamento_visto",
                        violation_error_message="Per aderire si dichiara di aver letto il regolamento.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="adesione_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirmaAccordo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "firmata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="firmata il"),
                ),
                (
                    "accordo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="firme",
                        to="conciliazione.accordo",
                    ),
                ),
                (
                    "ente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="firme",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "firmata_da",
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
                "verbose_name": "firma di un accordo",
                "verbose_name_plural": "firme di un accordo",
                "ordering": ["accordo_id", "ente__nome"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("accordo", "ente"),
                        name="firma_accordo_una_per_ente",
                        violation_error_message="L'ente è già fra chi firma.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="IncontroAzione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("giorno", models.DateField(verbose_name="giorno")),
                ("tema", models.CharField(max_length=300, verbose_name="tema")),
                (
                    "partecipanti",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="partecipanti"),
                ),
                ("esito", models.TextField(blank=True, verbose_name="che cosa ne è uscito")),
                (
                    "azione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="incontri",
                        to="conciliazione.azionedipiano",
                    ),
                ),
            ],
            options={
                "verbose_name": "incontro di un'azione",
                "verbose_name_plural": "incontri di un'azione",
                "ordering": ["azione_id", "giorno"],
            },
        ),
        migrations.CreateModel(
            name="InterventoTempi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("priorita", models.CharField(max_length=200, verbose_name="ambito prioritario")),
                ("descrizione", models.CharField(max_length=300, verbose_name="descrizione")),
                ("bando", models.CharField(blank=True, max_length=120, verbose_name="bando")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interventi_tempi",
                        to="piani.azienda",
                    ),
                ),
                (
                    "comuni",
                    models.ManyToManyField(
                        blank=True, related_name="interventi_tempi", to="conciliazione.comune"
                    ),
                ),
            ],
            options={
                "verbose_name": "intervento sui tempi delle città",
                "verbose_name_plural": "interventi sui tempi delle città",
                "ordering": ["azienda_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "bando", "ordine"),
                        name="intervento_tempi_posto_unico",
                        violation_error_message="Un altro intervento ha già quel posto.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ManifestazioneInteresse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numero", models.PositiveSmallIntegerField(default=1, verbose_name="numero")),
                ("titolo", models.CharField(max_length=200, verbose_name="titolo")),
                (
                    "testo",
                    models.TextField(blank=True, help_text="Markdown.", verbose_name="testo"),
                ),
                ("atto", models.CharField(blank=True, max_length=200, verbose_name="atto")),
                (
                    "dotazione",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="risorse a disposizione"
                    ),
                ),
                ("apre_il", models.DateTimeField(verbose_name="si apre il")),
                ("chiude_il", models.DateTimeField(verbose_name="si chiude il")),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "Bozza"),
                            ("pubblicata", "Pubblicata"),
                            ("in_valutazione", "In valutazione"),
                            ("conclusa", "Conclusa"),
                            ("annullata", "Annullata"),
                        ],
                        default="bozza",
                        max_length=15,
                        verbose_name="stato",
                    ),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="manifestazioni",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "manifestazione di interesse",
                "verbose_name_plural": "manifestazioni di interesse",
                "ordering": ["edizione_id", "-numero"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "numero"),
                        name="manifestazione_numero_unico",
                        violation_error_message="L'edizione ha già una manifestazione con quel numero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("chiude_il__gt", models.F("apre_il"))),
                        name="manifestazione_si_chiude_dopo",
                        violation_error_message="La manifestazione si chiude prima di aprirsi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dotazione__isnull", True), ("dotazione__gte", 0), _connector="OR"
                        ),
                        name="manifestazione_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Graduatoria",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numero", models.PositiveSmallIntegerField(verbose_name="numero")),
                ("formata_il", models.DateTimeField(auto_now_add=True, verbose_name="formata il")),
                (
                    "decisa_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="decisa il"),
                ),
                ("motivo", models.TextField(blank=True, verbose_name="motivazione")),
                (
                    "manifestazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="graduatorie",
                        to="conciliazione.manifestazioneinteresse",
                    ),
                ),
            ],
            options={
                "verbose_name": "graduatoria",
                "verbose_name_plural": "graduatorie",
                "ordering": ["manifestazione_id", "-numero"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("manifestazione", "numero"),
                        name="graduatoria_numero_unico",
                        violation_error_message="C'è già una graduatoria con quel numero.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("codice", models.SlugField(max_length=60, verbose_name="codice")),
                ("nome", models.CharField(max_length=300, verbose_name="nome")),
                (
                    "punti",
                    models.DecimalField(
                        decimal_places=2, max_digits=6, verbose_name="punti al massimo"
                    ),
                ),
                ("premiale", models.BooleanField(default=False, verbose_name="premiale")),
                ("fonte", models.CharField(blank=True, max_length=300, verbose_name="fonte")),
                (
                    "manifestazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteri",
                        to="conciliazione.manifestazioneinteresse",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterio di valutazione",
                "verbose_name_plural": "criteri di valutazione",
                "ordering": ["manifestazione_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("manifestazione", "codice"),
                        name="criterio_proposte_codice_unico",
                        violation_error_message="La manifestazione ha già quel criterio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("punti__gt", 0)),
                        name="criterio_vale_qualcosa",
                        violation_error_message="Un criterio vale più di zero punti.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PianoFinanziario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numero", models.PositiveSmallIntegerField(default=1, verbose_name="versione")),
                ("nome", models.CharField(max_length=200, verbose_name="nome")),
                (
                    "stato",
                    models.CharField(
                        choices=[("bozza", "Bozza"), ("approvato", "Approvato")],
                        default="bozza",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                (
                    "approvato_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="approvato il"),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="piani_finanziari",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "piano finanziario",
                "verbose_name_plural": "piani finanziari",
                "ordering": ["edizione_id", "-numero"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "numero"),
                        name="piano_finanziario_numero_unico",
                        violation_error_message="C'è già un piano finanziario con quel numero.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Progetto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numero", models.PositiveSmallIntegerField(verbose_name="numero")),
                ("titolo", models.CharField(max_length=200, verbose_name="titolo")),
                ("cup", models.CharField(blank=True, max_length=15, verbose_name="CUP")),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("da_avviare", "Da avviare"),
                            ("in_corso", "In corso"),
                            ("sospeso", "Sospeso"),
                            ("concluso", "Concluso"),
                            ("revocato", "Revocato"),
                        ],
                        default="da_avviare",
                        max_length=12,
                        verbose_name="stato",
                    ),
                ),
                (
                    "costo",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="costo complessivo"
                    ),
                ),
                (
                    "contributo",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="contributo assegnato"
                    ),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                (
                    "concluso_il",
                    models.DateField(blank=True, null=True, verbose_name="concluso il"),
                ),
                (
                    "motivo",
                    models.TextField(blank=True, verbose_name="perché è sospeso o revocato"),
                ),
                (
                    "atto_concessione",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="atto di concessione"
                    ),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "capofila",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progetti_guidati",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progetti",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "progetto",
                "verbose_name_plural": "progetti",
                "ordering": ["edizione_id", "numero"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "numero"),
                        name="progetto_conc_numero_unico",
                        violation_error_message="Un altro progetto ha già quel numero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="progetto_conc_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("costo__isnull", True), ("costo__gte", 0), _connector="OR"),
                            models.Q(
                                ("contributo__isnull", True),
                                ("contributo__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="progetto_conc_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("contributo__lte", models.F("costo"))),
                        name="progetto_contributo_nel_costo",
                        violation_error_message="Il contributo supera il costo del progetto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato__in", ("sospeso", "revocato")), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="progetto_revocato_motivato",
                        violation_error_message="Scrivi perché il progetto è sospeso o revocato.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MappaImpatto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("premessa", models.TextField(blank=True, verbose_name="premessa")),
                (
                    "modificata_il",
                    models.DateTimeField(auto_now=True, verbose_name="modificata il"),
                ),
                (
                    "azione",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappa_impatto",
                        to="conciliazione.azionedipiano",
                    ),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappe_impatto",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
                (
                    "progetto",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mappa_impatto",
                        to="conciliazione.progetto",
                    ),
                ),
            ],
            options={
                "verbose_name": "mappa d'impatto",
                "verbose_name_plural": "mappe d'impatto",
                "ordering": ["edizione_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("azione__isnull", True), ("progetto__isnull", False)),
                            models.Q(("azione__isnull", False), ("progetto__isnull", True)),
                            _connector="OR",
                        ),
                        name="mappa_impatto_di_una_cosa_sola",
                        violation_error_message="La mappa è di un progetto o di un'azione del piano.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentoProgetto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nome", models.CharField(max_length=200, verbose_name="nome")),
                ("tipo", models.CharField(max_length=100, verbose_name="tipo")),
                ("dimensione", models.PositiveIntegerField(verbose_name="dimensione (byte)")),
                ("sha256", models.CharField(max_length=64, verbose_name="impronta")),
                (
                    "caricato_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="caricato il"),
                ),
                (
                    "genere",
                    models.CharField(
                        choices=[
                            ("accordo", "Accordo firmato"),
                            ("relazione", "Relazione"),
                            ("materiale", "Materiale prodotto"),
                            ("altro", "Altro"),
                        ],
                        default="altro",
                        max_length=12,
                        verbose_name="genere",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to="progetti/%Y/", verbose_name="documento"
                    ),
                ),
                (
                    "accordo",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documenti",
                        to="conciliazione.accordo",
                    ),
                ),
                (
                    "caricato_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "progetto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documenti",
                        to="conciliazione.progetto",
                    ),
                ),
            ],
            options={
                "verbose_name": "documento di un progetto",
                "verbose_name_plural": "documenti di un progetto",
                "ordering": ["progetto_id", "caricato_il"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("progetto", "sha256"),
                        name="documento_progetto_una_volta",
                        violation_error_message="Questo documento c'è già.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="azioneprogetto",
            name="progetto",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="azioni",
                to="conciliazione.progetto",
            ),
        ),
        migrations.AddField(
            model_name="azionedipiano",
            name="progetti",
            field=models.ManyToManyField(
                blank=True, related_name="azioni_trasversali", to="conciliazione.progetto"
            ),
        ),
        migrations.AddField(
            model_name="accordo",
            name="progetto",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="accordi",
                to="conciliazione.progetto",
            ),
        ),
        migrations.CreateModel(
            name="ProgettoTempi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("titolo", models.CharField(max_length=200, verbose_name="titolo")),
                ("azioni", models.TextField(blank=True, verbose_name="azioni")),
                ("bando", models.CharField(blank=True, max_length=120, verbose_name="bando")),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                ("concluso", models.BooleanField(default=True, verbose_name="concluso")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progetti_tempi",
                        to="piani.azienda",
                    ),
                ),
                (
                    "comune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="progetti_tempi",
                        to="conciliazione.comune",
                    ),
                ),
            ],
            options={
                "verbose_name": "progetto dei tempi delle città",
                "verbose_name_plural": "progetti dei tempi delle città",
                "ordering": ["azienda_id", "comune__nome", "titolo"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("comune", "titolo"),
                        name="progetto_tempi_unico",
                        violation_error_message="C'è già quel progetto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="progetto_tempi_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "numero",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="numero"),
                ),
                ("titolo", models.CharField(max_length=200, verbose_name="titolo")),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "Bozza"),
                            ("presentata", "Presentata"),
                            ("ammessa", "Ammessa alla valutazione"),
                            ("non_ammessa", "Non ammessa"),
                            ("in_coprogettazione", "In co-progettazione"),
                            ("fusa", "Confluita in un'altra"),
                            ("finanziata", "Finanziata"),
                            ("non_finanziata", "Non finanziata"),
                            ("ritirata", "Ritirata"),
                        ],
                        default="bozza",
                        max_length=20,
                        verbose_name="stato",
                    ),
                ),
                (
                    "aperta",
                    models.BooleanField(
                        default=False, verbose_name="Alleanza aperta a nuovi partner"
                    ),
                ),
                (
                    "modalita_adesione",
                    models.TextField(blank=True, verbose_name="come si aggiungono altri partner"),
                ),
                (
                    "presentata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="presentata il"),
                ),
                (
                    "motivo",
                    models.TextField(blank=True, verbose_name="motivo dell'esito o del ritiro"),
                ),
                ("creata_il", models.DateTimeField(auto_now_add=True, verbose_name="creata il")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "capofila",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposte_guidate",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "confluita_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confluite",
                        to="conciliazione.proposta",
                    ),
                ),
                (
                    "manifestazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposte",
                        to="conciliazione.manifestazioneinteresse",
                    ),
                ),
                (
                    "presentata_da",
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
                "verbose_name": "proposta",
                "verbose_name_plural": "proposte",
                "ordering": ["manifestazione_id", "numero", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("manifestazione", "numero"),
                        name="proposta_numero_unico",
                        violation_error_message="Un'altra proposta ha già quel numero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confluita_in__isnull", False), ("stato", "fusa")),
                            models.Q(
                                models.Q(("stato", "fusa"), _negated=True),
                                ("confluita_in__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="proposta_fusa_dice_dove",
                        violation_error_message="Di una proposta fusa si dice in quale è confluita.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confluita_in__isnull", True),
                            models.Q(("confluita_in", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="proposta_non_in_se_stessa",
                        violation_error_message="Una proposta non confluisce in se stessa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stato__in", ("bozza", "ritirata")),
                            ("presentata_il__isnull", False),
                            _connector="OR",
                        ),
                        name="proposta_presentata_con_data",
                        violation_error_message="Di una proposta presentata si dice quando.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "non_ammessa"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="proposta_non_ammessa_motivata",
                        violation_error_message="Scrivi perché la proposta non è ammessa.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="progetto",
            name="proposta",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="progetto",
                to="conciliazione.proposta",
            ),
        ),
        migrations.CreateModel(
            name="Partner",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("invitato", "Invitato"),
                            ("confermato", "Confermato"),
                            ("rifiutato", "Ha rifiutato"),
                            ("uscito", "Uscito"),
                        ],
                        default="invitato",
                        max_length=12,
                        verbose_name="stato",
                    ),
                ),
                ("ruolo", models.CharField(blank=True, max_length=200, verbose_name="ruolo")),
                (
                    "apporto",
                    models.TextField(
                        blank=True, verbose_name="apporto tecnico, economico, di contenuto"
                    ),
                ),
                (
                    "risposto_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="ha risposto il"),
                ),
                ("uscito_il", models.DateField(blank=True, null=True, verbose_name="uscito il")),
                ("nota", models.TextField(blank=True, verbose_name="nota")),
                (
                    "ente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partecipazioni",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "risposto_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="partner",
                        to="conciliazione.proposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner",
                "verbose_name_plural": "partner",
                "ordering": ["proposta_id", "ente__nome"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposta", "ente"),
                        name="partner_uno_per_ente",
                        violation_error_message="L'ente è già fra i partner.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AllegatoProposta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nome", models.CharField(max_length=200, verbose_name="nome")),
                ("tipo", models.CharField(max_length=100, verbose_name="tipo")),
                ("dimensione", models.PositiveIntegerField(verbose_name="dimensione (byte)")),
                ("sha256", models.CharField(max_length=64, verbose_name="impronta")),
                (
                    "caricato_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="caricato il"),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to="proposte/%Y/", verbose_name="documento"
                    ),
                ),
                (
                    "caricato_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="allegati",
                        to="conciliazione.proposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "allegato di una proposta",
                "verbose_name_plural": "allegati di una proposta",
                "ordering": ["proposta_id", "caricato_il"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposta", "sha256"),
                        name="allegato_proposta_una_volta",
                        violation_error_message="Questo documento c'è già.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionarioImpatto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rivolto",
                    models.CharField(
                        choices=[
                            ("beneficiari", "Beneficiari"),
                            ("organizzazioni", "Organizzazioni"),
                        ],
                        max_length=15,
                        verbose_name="rivolto a",
                    ),
                ),
                (
                    "momento",
                    models.CharField(
                        choices=[
                            ("prima", "Prima delle azioni"),
                            ("durante", "Durante"),
                            ("dopo", "Dopo le azioni"),
                        ],
                        default="dopo",
                        max_length=10,
                        verbose_name="momento",
                    ),
                ),
                (
                    "confronto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="confrontati",
                        to="conciliazione.questionarioimpatto",
                    ),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questionari",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
                (
                    "progetto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questionari",
                        to="conciliazione.progetto",
                    ),
                ),
                (
                    "questionario",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="impatto",
                        to="piani.questionario",
                    ),
                ),
            ],
            options={
                "verbose_name": "questionario d'impatto",
                "verbose_name_plural": "questionari d'impatto",
                "ordering": ["edizione_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confronto__isnull", True),
                            models.Q(("confronto", models.F("id")), _negated=True),
                            _connector="OR",
                        ),
                        name="questionario_impatto_non_con_se_stesso",
                        violation_error_message="Un questionario si confronta con un altro.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Referente",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "legale",
                    models.BooleanField(default=False, verbose_name="legale rappresentante"),
                ),
                ("telefono", models.CharField(blank=True, max_length=30, verbose_name="telefono")),
                ("dal", models.DateField(verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                (
                    "ente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="referenti",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "nominato_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "utente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rappresentanze",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "referente",
                "verbose_name_plural": "referenti",
                "ordering": ["ente_id", "-dal"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("al__isnull", True)),
                        fields=("ente", "utente"),
                        name="referente_uno_aperto",
                        violation_error_message="La persona rappresenta già l'ente.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="referente_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Rendiconto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rata", models.SlugField(max_length=40, verbose_name="rata")),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "Bozza"),
                            ("trasmesso", "Trasmesso"),
                            ("da_integrare", "Da integrare"),
                            ("approvato", "Approvato"),
                            ("respinto", "Respinto"),
                        ],
                        default="bozza",
                        max_length=15,
                        verbose_name="stato",
                    ),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="spese dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="spese al")),
                ("relazione", models.TextField(blank=True, verbose_name="relazione")),
                (
                    "richiesto",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="richiesto",
                    ),
                ),
                (
                    "riconosciuto",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="riconosciuto",
                    ),
                ),
                (
                    "verifiche",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="verifiche",
                    ),
                ),
                (
                    "trasmesso_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="trasmesso il"),
                ),
                (
                    "verificato_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="verificato il"),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota dell'ATS")),
                (
                    "progetto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rendiconti",
                        to="conciliazione.progetto",
                    ),
                ),
                (
                    "trasmesso_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verificato_da",
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
                "verbose_name": "rendiconto",
                "verbose_name_plural": "rendiconti",
                "ordering": ["progetto_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stato", "respinto"), _negated=True),
                        fields=("progetto", "rata"),
                        name="rendiconto_uno_per_rata",
                        violation_error_message="Per quella rata c'è già un rendiconto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("richiesto__isnull", True), ("richiesto__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("riconosciuto__isnull", True),
                                ("riconosciuto__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="rendiconto_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("riconosciuto__isnull", True),
                            ("riconosciuto__lte", models.F("richiesto")),
                            _connector="OR",
                        ),
                        name="rendiconto_riconosciuto_nel_richiesto",
                        violation_error_message="Si riconosce al massimo quanto è richiesto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato__in", ("da_integrare", "respinto")), _negated=True),
                            models.Q(("nota", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="rendiconto_respinto_motivato",
                        violation_error_message="Scrivi che cosa manca o perché è respinto.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pagamento",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "beneficiario",
                    models.CharField(blank=True, max_length=200, verbose_name="a chi"),
                ),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("disposto", "Disposto"),
                            ("eseguito", "Eseguito"),
                            ("annullato", "Annullato"),
                        ],
                        default="disposto",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                ("atto", models.CharField(max_length=200, verbose_name="atto di liquidazione")),
                ("mandato", models.CharField(blank=True, max_length=60, verbose_name="mandato")),
                ("disposto_il", models.DateField(verbose_name="disposto il")),
                (
                    "eseguito_il",
                    models.DateField(blank=True, null=True, verbose_name="eseguito il"),
                ),
                (
                    "motivo",
                    models.CharField(blank=True, max_length=300, verbose_name="perché è annullato"),
                ),
                (
                    "azione",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pagamenti",
                        to="conciliazione.azionedipiano",
                    ),
                ),
                (
                    "disposto_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pagamenti",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
                (
                    "rendiconto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pagamenti",
                        to="conciliazione.rendiconto",
                    ),
                ),
            ],
            options={
                "verbose_name": "pagamento",
                "verbose_name_plural": "pagamenti",
                "ordering": ["edizione_id", "disposto_il", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("stato", "annullato"), _negated=True),
                        fields=("rendiconto",),
                        name="pagamento_uno_per_rendiconto",
                        violation_error_message="Il rendiconto è già stato pagato.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("azione__isnull", True), ("rendiconto__isnull", False)),
                            models.Q(("azione__isnull", False), ("rendiconto__isnull", True)),
                            _connector="OR",
                        ),
                        name="pagamento_di_una_cosa_sola",
                        violation_error_message="Si paga un rendiconto o un'azione del piano.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("importo__gt", 0)),
                        name="pagamento_maggiore_di_zero",
                        violation_error_message="Un pagamento è maggiore di zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "eseguito"), _negated=True),
                            ("eseguito_il__isnull", False),
                            _connector="OR",
                        ),
                        name="pagamento_eseguito_con_data",
                        violation_error_message="Di un pagamento eseguito si dice quando.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "annullato"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="pagamento_annullato_motivato",
                        violation_error_message="Scrivi perché il pagamento è annullato.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApportoCofinanziamento",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "forma",
                    models.CharField(
                        choices=[
                            ("denaro", "Denaro"),
                            ("personale", "Personale dedicato al progetto"),
                        ],
                        max_length=10,
                        verbose_name="forma",
                    ),
                ),
                ("pubblico", models.BooleanField(default=True, verbose_name="pubblico")),
                (
                    "ore",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="ore"
                    ),
                ),
                (
                    "costo_orario",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="costo orario",
                    ),
                ),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                (
                    "ammesso",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="ammesso",
                    ),
                ),
                (
                    "motivo",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="perché non è ammesso per intero"
                    ),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "inserito_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "azione",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apporti",
                        to="conciliazione.azioneprogetto",
                    ),
                ),
                (
                    "ente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apporti",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "progetto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apporti",
                        to="conciliazione.progetto",
                    ),
                ),
                (
                    "rendiconto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="apporti",
                        to="conciliazione.rendiconto",
                    ),
                ),
            ],
            options={
                "verbose_name": "apporto di cofinanziamento",
                "verbose_name_plural": "apporti di cofinanziamento",
                "ordering": ["progetto_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ore__isnull", True), ("ore__gte", 0), _connector="OR"),
                            models.Q(
                                ("costo_orario__isnull", True),
                                ("costo_orario__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("importo__isnull", True), ("importo__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("ammesso__isnull", True), ("ammesso__gte", 0), _connector="OR"
                            ),
                        ),
                        name="apporto_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("forma", "denaro"), ("ore__isnull", True)),
                            models.Q(
                                ("costo_orario__isnull", False),
                                ("forma", "personale"),
                                ("ore__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="apporto_di_personale_con_ore",
                        violation_error_message="Del personale si scrivono le ore e il costo orario; del denaro no.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ammesso__isnull", True),
                            ("ammesso__lte", models.F("importo")),
                            _connector="OR",
                        ),
                        name="apporto_ammesso_nell_importo",
                        violation_error_message="Si ammette al massimo l'importo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ammesso__isnull", True),
                            ("ammesso", models.F("importo")),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="apporto_tagliato_motivato",
                        violation_error_message="Scrivi perché l'apporto non è ammesso per intero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RichiestaConsultazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("oggetto", models.CharField(max_length=300, verbose_name="oggetto")),
                ("testo", models.TextField(verbose_name="che cosa si chiede")),
                (
                    "presentata_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="presentata il"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="richieste_consultazione",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
                (
                    "proposta_da",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultazioni_chieste",
                        to="conciliazione.ente",
                        verbose_name="ente",
                    ),
                ),
            ],
            options={
                "verbose_name": "richiesta di consultazione",
                "verbose_name_plural": "richieste di consultazione",
                "ordering": ["edizione_id", "-presentata_il"],
            },
        ),
        migrations.CreateModel(
            name="FirmaRichiesta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("firmata_il", models.DateTimeField(auto_now_add=True, verbose_name="firmata il")),
                (
                    "ente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "firmata_da",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "richiesta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="firme",
                        to="conciliazione.richiestaconsultazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "firma di una richiesta",
                "verbose_name_plural": "firme di una richiesta",
                "ordering": ["richiesta_id", "firmata_il"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("richiesta", "ente"),
                        name="firma_richiesta_una_per_ente",
                        violation_error_message="L'ente ha già firmato la richiesta.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RigaComposizione",
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
                            (
                                "pubblico",
                                "Soggetti pubblici (enti locali, aziende speciali, Aler, CCIAA, …)",
                            ),
                            ("ambito", "Soggetti pubblici (ambiti dei Piani di Zona)"),
                            ("datoriale", "Associazioni datoriali di categoria"),
                            ("non_profit", "Soggetti privati (organizzazioni no profit)"),
                            ("profit", "Soggetti privati (imprese e soggetti profit)"),
                            ("sindacato", "Organizzazioni sindacali"),
                        ],
                        max_length=12,
                        verbose_name="tipologia",
                    ),
                ),
                (
                    "stampato",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="come stampato"
                    ),
                ),
                (
                    "calcolato",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="contati"),
                ),
                (
                    "composizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="righe",
                        to="conciliazione.composizionerete",
                    ),
                ),
            ],
            options={
                "verbose_name": "riga della composizione",
                "verbose_name_plural": "righe della composizione",
                "ordering": ["composizione_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("composizione", "tipo"),
                        name="riga_composizione_unica",
                        violation_error_message="La composizione ha già quella tipologia.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RigaGraduatoria",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "posto",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="posto"),
                ),
                (
                    "punti",
                    models.DecimalField(
                        blank=True, decimal_places=4, max_digits=8, null=True, verbose_name="punti"
                    ),
                ),
                (
                    "premiali",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=8,
                        null=True,
                        verbose_name="di cui premiali",
                    ),
                ),
                ("idonea", models.BooleanField(default=True, verbose_name="idonea")),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "dettaglio",
                    models.JSONField(
                        blank=True,
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="medie per criterio",
                    ),
                ),
                (
                    "graduatoria",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="righe",
                        to="conciliazione.graduatoria",
                    ),
                ),
                (
                    "proposta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posti",
                        to="conciliazione.proposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "riga della graduatoria",
                "verbose_name_plural": "righe della graduatoria",
                "ordering": ["graduatoria_id", "posto", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("graduatoria", "proposta"),
                        name="riga_graduatoria_una",
                        violation_error_message="La proposta è già in graduatoria.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RigaMappa",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("obiettivo", models.TextField(verbose_name="obiettivo")),
                ("beneficiari", models.TextField(blank=True, verbose_name="beneficiari")),
                ("risorse", models.TextField(blank=True, verbose_name="input")),
                ("attivita", models.TextField(blank=True, verbose_name="attività")),
                ("prodotti", models.TextField(blank=True, verbose_name="output")),
                ("cambiamenti", models.TextField(blank=True, verbose_name="outcome")),
                (
                    "mappa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="righe",
                        to="conciliazione.mappaimpatto",
                    ),
                ),
            ],
            options={
                "verbose_name": "riga della mappa d'impatto",
                "verbose_name_plural": "righe della mappa d'impatto",
                "ordering": ["mappa_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("mappa", "ordine"),
                        name="riga_mappa_posto_unico",
                        violation_error_message="Un'altra riga ha già quel posto.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Kpi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("nome", models.CharField(max_length=300, verbose_name="indicatore")),
                (
                    "unita",
                    models.CharField(blank=True, max_length=60, verbose_name="unità di misura"),
                ),
                (
                    "verso",
                    models.CharField(
                        choices=[
                            ("cresce", "Meglio se cresce"),
                            ("diminuisce", "Meglio se diminuisce"),
                        ],
                        default="cresce",
                        max_length=10,
                        verbose_name="verso",
                    ),
                ),
                (
                    "base",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="partenza",
                    ),
                ),
                ("base_il", models.DateField(blank=True, null=True, verbose_name="partenza al")),
                (
                    "atteso",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="atteso",
                    ),
                ),
                (
                    "fonte",
                    models.CharField(blank=True, max_length=300, verbose_name="da dove viene"),
                ),
                (
                    "riga",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kpi",
                        to="conciliazione.rigamappa",
                    ),
                ),
            ],
            options={
                "verbose_name": "KPI",
                "verbose_name_plural": "KPI",
                "ordering": ["riga_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("riga", "ordine"),
                        name="kpi_posto_unico",
                        violation_error_message="Un altro KPI ha già quel posto.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RilevazioneProgetto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "Bozza"),
                            ("trasmessa", "Trasmessa"),
                            ("validata", "Validata"),
                        ],
                        default="bozza",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                ("avanzamento", models.TextField(blank=True, verbose_name="che cosa si è fatto")),
                ("criticita", models.TextField(blank=True, verbose_name="criticità")),
                (
                    "trasmessa_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="trasmessa il"),
                ),
                (
                    "validata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="validata il"),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota dell'ATS")),
                ("modifiche", models.PositiveIntegerField(default=0, verbose_name="salvataggi")),
                (
                    "progetto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rilevazioni",
                        to="conciliazione.progetto",
                    ),
                ),
                (
                    "trasmessa_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "validata_da",
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
                "verbose_name": "rilevazione di un progetto",
                "verbose_name_plural": "rilevazioni dei progetti",
                "ordering": ["semestre_id", "progetto__numero"],
            },
        ),
        migrations.CreateModel(
            name="RilevazioneAzione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "persone",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persone raggiunte"
                    ),
                ),
                (
                    "imprese",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="imprese ed enti raggiunti"
                    ),
                ),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "azione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rilevazioni",
                        to="conciliazione.azioneprogetto",
                    ),
                ),
                (
                    "rilevazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="azioni",
                        to="conciliazione.rilevazioneprogetto",
                    ),
                ),
            ],
            options={
                "verbose_name": "rilevazione di un'azione",
                "verbose_name_plural": "rilevazioni delle azioni",
                "ordering": ["rilevazione_id", "azione__ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rilevazione", "azione"),
                        name="rilevazione_azione_una",
                        violation_error_message="L'azione è già in questa rilevazione.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RilevazioneTempi",
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
                            ("non_pervenuto", "Dato non pervenuto"),
                            ("nessuno", "Nessun comune lo ha adottato"),
                            ("in_parte", "Ha risposto solo una parte dei comuni"),
                            ("non_aggiornato", "Adottato e non più aggiornato"),
                            ("vigente", "Adottato e vigente"),
                            ("senza_piano", "Non adottato, ma con interventi"),
                        ],
                        default="non_pervenuto",
                        max_length=20,
                        verbose_name="risposta",
                    ),
                ),
                ("testo", models.TextField(blank=True, verbose_name="risposta, come stampata")),
                ("chiesta_il", models.DateField(blank=True, null=True, verbose_name="chiesta il")),
                (
                    "risposta_il",
                    models.DateField(blank=True, null=True, verbose_name="risposta del"),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "ambito",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rilevazioni_tempi",
                        to="conciliazione.ambito",
                    ),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rilevazioni_tempi",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
                (
                    "risposta_da",
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
                "verbose_name": "rilevazione del Piano dei Tempi",
                "verbose_name_plural": "rilevazioni del Piano dei Tempi",
                "ordering": ["edizione_id", "ambito__ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "ambito"),
                        name="rilevazione_tempi_una_per_ambito",
                        violation_error_message="L'ambito ha già la sua rilevazione in questa edizione.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PianoDeiTempi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("adottato", models.BooleanField(default=False, verbose_name="adottato")),
                (
                    "anno",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="anno di adozione"
                    ),
                ),
                ("vigente", models.BooleanField(default=False, verbose_name="ancora vigente")),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "comune",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="piani_dei_tempi",
                        to="conciliazione.comune",
                    ),
                ),
                (
                    "rilevazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="piani_dei_tempi",
                        to="conciliazione.rilevazionetempi",
                    ),
                ),
            ],
            options={
                "verbose_name": "Piano dei Tempi di un comune",
                "verbose_name_plural": "Piani dei Tempi dei comuni",
                "ordering": ["rilevazione_id", "comune__nome"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("rilevazione", "comune"),
                        name="piano_tempi_uno_per_comune",
                        violation_error_message="Il comune è già in questa risposta.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("vigente", False), ("adottato", True), _connector="OR"),
                        name="piano_tempi_vigente_se_adottato",
                        violation_error_message="È vigente solo un Piano dei Tempi adottato.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Riscontro",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("chiave", models.SlugField(max_length=80, verbose_name="chiave")),
                ("dove", models.CharField(max_length=300, verbose_name="dove")),
                ("stampato", models.CharField(max_length=200, verbose_name="come stampato")),
                (
                    "valore_stampato",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="numero stampato",
                    ),
                ),
                (
                    "calcolato",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="calcolato",
                    ),
                ),
                ("unita", models.CharField(blank=True, max_length=30, verbose_name="unità")),
                ("nota", models.TextField(blank=True, verbose_name="nota")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "presa_atto",
                    models.TextField(blank=True, verbose_name="perché la differenza resta"),
                ),
                (
                    "presa_atto_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="presa d'atto del"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="riscontri",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
                (
                    "presa_atto_da",
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
                "verbose_name": "riscontro",
                "verbose_name_plural": "riscontri",
                "ordering": ["edizione_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "chiave"),
                        name="riscontro_chiave_unica",
                        violation_error_message="L'edizione ha già un riscontro con quella chiave.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Scenario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nome", models.CharField(max_length=120, verbose_name="nome")),
                (
                    "parametri",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="parametri",
                    ),
                ),
                (
                    "dotazione",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="da ripartire"
                    ),
                ),
                (
                    "residuo",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="non assegnato",
                    ),
                ),
                (
                    "passi",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="passi del calcolo",
                    ),
                ),
                ("in_vigore", models.BooleanField(default=False, verbose_name="in vigore")),
                (
                    "scelto_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="scelto il"),
                ),
                ("motivo", models.TextField(blank=True, verbose_name="motivazione")),
                ("creato_il", models.DateTimeField(auto_now_add=True, verbose_name="creato il")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "creato_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "deriva_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derivati",
                        to="conciliazione.scenario",
                    ),
                ),
                (
                    "manifestazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="scenari",
                        to="conciliazione.manifestazioneinteresse",
                    ),
                ),
                (
                    "scelto_da",
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
                "verbose_name": "scenario di riparto",
                "verbose_name_plural": "scenari di riparto",
                "ordering": ["manifestazione_id", "creato_il", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("manifestazione", "nome"),
                        name="scenario_nome_unico",
                        violation_error_message="C'è già uno scenario con quel nome.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("in_vigore", True)),
                        fields=("manifestazione",),
                        name="scenario_uno_in_vigore",
                        violation_error_message="La manifestazione ha già uno scenario scelto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_vigore", False), ("scelto_il__isnull", False), _connector="OR"
                        ),
                        name="scenario_in_vigore_se_scelto",
                        violation_error_message="È in vigore solo uno scenario scelto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("dotazione__isnull", True), ("dotazione__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("residuo__isnull", True), ("residuo__gte", 0), _connector="OR"
                            ),
                        ),
                        name="scenario_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FonteScenario",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("descrizione", models.CharField(max_length=300, verbose_name="fonte")),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fonti",
                        to="conciliazione.scenario",
                    ),
                ),
            ],
            options={
                "verbose_name": "fonte di uno scenario",
                "verbose_name_plural": "fonti di uno scenario",
                "ordering": ["scenario_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scenario", "ordine"),
                        name="fonte_scenario_posto_unico",
                        violation_error_message="Un'altra fonte ha già quel posto.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("importo__isnull", True), ("importo__gte", 0), _connector="OR"
                        ),
                        name="fonte_scenario_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchedaValutazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("giudizio", models.TextField(blank=True, verbose_name="giudizio")),
                (
                    "consegnata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="consegnata il"),
                ),
                (
                    "consegnata_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schede_valutazione",
                        to="conciliazione.proposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "scheda di valutazione di una proposta",
                "verbose_name_plural": "schede di valutazione delle proposte",
                "ordering": ["proposta_id", "valutatore_id"],
            },
        ),
        migrations.CreateModel(
            name="Punteggio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "punti",
                    models.DecimalField(decimal_places=2, max_digits=6, verbose_name="punti"),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota")),
                (
                    "criterio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="punteggi",
                        to="conciliazione.criterio",
                    ),
                ),
                (
                    "scheda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="punteggi",
                        to="conciliazione.schedavalutazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "punteggio di un criterio",
                "verbose_name_plural": "punteggi dei criteri",
                "ordering": ["scheda_id", "criterio__ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheda", "criterio"),
                        name="punteggio_uno_per_criterio",
                        violation_error_message="Il criterio ha già i suoi punti.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("punti__isnull", True), ("punti__gte", 0), _connector="OR"
                        ),
                        name="punteggio_criterio_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Seduta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organo",
                    models.CharField(
                        choices=[("comitato", "Comitato"), ("rete", "Rete")],
                        max_length=10,
                        verbose_name="organo",
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "In preparazione"),
                            ("convocata", "Convocata"),
                            ("aperta", "Aperta"),
                            ("chiusa", "Chiusa"),
                            ("deserta", "Senza numero legale"),
                            ("annullata", "Annullata"),
                        ],
                        default="bozza",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                ("oggetto", models.CharField(max_length=200, verbose_name="oggetto")),
                ("quando", models.DateTimeField(verbose_name="giorno e ora")),
                ("sede", models.CharField(blank=True, max_length=200, verbose_name="sede")),
                (
                    "convocata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="convocata il"),
                ),
                (
                    "motivo_urgenza",
                    models.TextField(blank=True, verbose_name="perché con meno preavviso"),
                ),
                (
                    "componenti",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="componenti"
                    ),
                ),
                (
                    "numero_legale",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="numero legale"
                    ),
                ),
                (
                    "aperta_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="aperta il"),
                ),
                (
                    "chiusa_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="chiusa il"),
                ),
                (
                    "motivo_annullamento",
                    models.TextField(blank=True, verbose_name="perché è annullata"),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "convocata_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sedute",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "seduta",
                "verbose_name_plural": "sedute",
                "ordering": ["edizione_id", "-quando"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stato__in", ("bozza", "annullata")),
                            ("convocata_il__isnull", False),
                            _connector="OR",
                        ),
                        name="seduta_convocata_con_data",
                        violation_error_message="Una seduta convocata ha il giorno della convocazione.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("organo", "comitato"),
                                ("stato__in", ("aperta", "chiusa")),
                                _negated=True,
                            ),
                            models.Q(
                                ("componenti__isnull", False), ("numero_legale__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="seduta_comitato_con_numero_legale",
                        violation_error_message="Una seduta del Comitato si apre con il suo numero legale.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "annullata"), _negated=True),
                            models.Q(("motivo_annullamento", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="seduta_annullata_motivata",
                        violation_error_message="Scrivi perché la seduta è annullata.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="scenario",
            name="seduta",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="scenari_scelti",
                to="conciliazione.seduta",
            ),
        ),
        migrations.CreateModel(
            name="Rinuncia",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("motivo", models.TextField(verbose_name="motivazione")),
                ("presentata_il", models.DateField(verbose_name="presentata il")),
                ("decorre_dal", models.DateField(verbose_name="decorre dal")),
                (
                    "presa_atto_il",
                    models.DateField(blank=True, null=True, verbose_name="presa d'atto del"),
                ),
                (
                    "adesione",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rinuncia",
                        to="conciliazione.adesione",
                    ),
                ),
                (
                    "presentata_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seduta",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rinunce_viste",
                        to="conciliazione.seduta",
                        verbose_name="seduta che ne ha preso atto",
                    ),
                ),
            ],
            options={
                "verbose_name": "rinuncia",
                "verbose_name_plural": "rinunce",
                "ordering": ["-presentata_il"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("motivo", ""), _negated=True),
                        name="rinuncia_motivata",
                        violation_error_message="Scrivi perché l'ente rinuncia.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decorre_dal__gte", models.F("presentata_il"))),
                        name="rinuncia_decorre_dopo",
                        violation_error_message="La rinuncia decorre prima di essere presentata.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="richiestaconsultazione",
            name="seduta",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="richieste",
                to="conciliazione.seduta",
            ),
        ),
        migrations.CreateModel(
            name="PuntoOrdine",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                (
                    "genere",
                    models.CharField(
                        choices=[
                            ("comunicazione", "Comunicazione"),
                            ("discussione", "Discussione"),
                            ("decisione", "Decisione"),
                            ("parere", "Parere"),
                        ],
                        default="discussione",
                        max_length=15,
                        verbose_name="genere",
                    ),
                ),
                ("titolo", models.CharField(max_length=300, verbose_name="argomento")),
                (
                    "esito",
                    models.TextField(blank=True, verbose_name="che cosa si è detto e deciso"),
                ),
                (
                    "seduta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="punti",
                        to="conciliazione.seduta",
                    ),
                ),
            ],
            options={
                "verbose_name": "punto all'ordine del giorno",
                "verbose_name_plural": "punti all'ordine del giorno",
                "ordering": ["seduta_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seduta", "ordine"),
                        name="punto_ordine_unico",
                        violation_error_message="Un altro punto ha già quel posto.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="graduatoria",
            name="seduta",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="graduatorie",
                to="conciliazione.seduta",
            ),
        ),
        migrations.AddField(
            model_name="adesione",
            name="seduta",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adesioni_valutate",
                to="conciliazione.seduta",
                verbose_name="seduta che l'ha valutata",
            ),
        ),
        migrations.CreateModel(
            name="Seggio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                (
                    "tipologia",
                    models.CharField(max_length=120, verbose_name="tipologia di soggetto"),
                ),
                (
                    "denominazione",
                    models.CharField(blank=True, max_length=200, verbose_name="come stampato"),
                ),
                ("capofila", models.BooleanField(default=False, verbose_name="capofila di Rete")),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="seggi",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
                (
                    "ente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seggi",
                        to="conciliazione.ente",
                        verbose_name="ente",
                    ),
                ),
            ],
            options={
                "verbose_name": "seggio del Comitato",
                "verbose_name_plural": "seggi del Comitato",
                "ordering": ["edizione_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "ordine"),
                        name="seggio_posto_unico",
                        violation_error_message="Un altro seggio ha già quel posto.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("capofila", True)),
                        fields=("edizione",),
                        name="seggio_un_capofila",
                        violation_error_message="Il capofila di Rete è uno solo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="seggio_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presenza",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nome",
                    models.CharField(
                        blank=True, max_length=120, verbose_name="chi, se non ha un accesso"
                    ),
                ),
                ("presente", models.BooleanField(default=True, verbose_name="presente")),
                ("supplente", models.BooleanField(default=False, verbose_name="come supplente")),
                (
                    "consultiva",
                    models.BooleanField(default=False, verbose_name="in forma consultiva"),
                ),
                (
                    "ente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presenze",
                        to="conciliazione.ente",
                    ),
                ),
                (
                    "utente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persona",
                    ),
                ),
                (
                    "seduta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presenze",
                        to="conciliazione.seduta",
                    ),
                ),
                (
                    "seggio",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="presenze",
                        to="conciliazione.seggio",
                    ),
                ),
            ],
            options={
                "verbose_name": "presenza",
                "verbose_name_plural": "presenze",
                "ordering": ["seduta_id", "seggio__ordine", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seduta", "seggio"),
                        name="presenza_una_per_seggio",
                        violation_error_message="La presenza di quel seggio è già segnata.",
                    ),
                    models.UniqueConstraint(
                        fields=("seduta", "ente"),
                        name="presenza_una_per_ente",
                        violation_error_message="La presenza di quell'ente è già segnata.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("consultiva", False),
                                ("ente__isnull", True),
                                ("seggio__isnull", False),
                            ),
                            models.Q(("ente__isnull", False), ("seggio__isnull", True)),
                            _connector="OR",
                        ),
                        name="presenza_di_seggio_o_di_ente",
                        violation_error_message="La presenza è di un seggio o di un ente.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Componente",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "qualita",
                    models.CharField(
                        choices=[("titolare", "Titolare"), ("supplente", "Supplente")],
                        max_length=10,
                        verbose_name="qualità",
                    ),
                ),
                ("dal", models.DateField(verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                (
                    "utente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seggi",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persona",
                    ),
                ),
                (
                    "seggio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="componenti",
                        to="conciliazione.seggio",
                    ),
                ),
            ],
            options={
                "verbose_name": "componente del Comitato",
                "verbose_name_plural": "componenti del Comitato",
                "ordering": ["seggio_id", "-qualita", "-dal"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("al__isnull", True)),
                        fields=("seggio", "qualita"),
                        name="componente_uno_per_qualita",
                        violation_error_message="Il seggio ha già un titolare o un supplente in carica: prima finisce quello.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="componente_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SemestreMonitoraggio",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("anno", models.PositiveSmallIntegerField(verbose_name="anno")),
                ("semestre", models.PositiveSmallIntegerField(verbose_name="semestre")),
                ("apre", models.DateField(verbose_name="si apre il")),
                ("scade", models.DateField(verbose_name="scade il")),
                (
                    "stato",
                    models.CharField(
                        choices=[("aperto", "Aperto"), ("chiuso", "Chiuso")],
                        default="aperto",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                (
                    "chiuso_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="chiuso il"),
                ),
                (
                    "edizione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="semestri",
                        to="conciliazione.edizioneconciliazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "semestre di monitoraggio",
                "verbose_name_plural": "semestri di monitoraggio",
                "ordering": ["edizione_id", "anno", "semestre"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edizione", "anno", "semestre"),
                        name="semestre_uno",
                        violation_error_message="Quel semestre c'è già.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("semestre__in", (1, 2))),
                        name="semestre_1_2",
                        violation_error_message="I semestri sono il primo e il secondo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scade__gte", models.F("apre"))),
                        name="semestre_date_in_ordine",
                        violation_error_message="La finestra scade prima di aprirsi.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="rilevazioneprogetto",
            name="semestre",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rilevazioni",
                to="conciliazione.semestremonitoraggio",
            ),
        ),
        migrations.CreateModel(
            name="RilevazioneAzionePiano",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("avviata", models.BooleanField(default=False, verbose_name="avviata")),
                (
                    "persone",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="persone raggiunte"
                    ),
                ),
                (
                    "imprese",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="imprese ed enti raggiunti"
                    ),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota")),
                (
                    "azione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rilevazioni",
                        to="conciliazione.azionedipiano",
                    ),
                ),
                (
                    "rilevata_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "semestre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rilevazioni_azioni",
                        to="conciliazione.semestremonitoraggio",
                    ),
                ),
            ],
            options={
                "verbose_name": "rilevazione di un'azione del piano",
                "verbose_name_plural": "rilevazioni delle azioni del piano",
                "ordering": ["semestre_id", "azione_id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("semestre", "azione"),
                        name="rilevazione_azione_piano_una",
                        violation_error_message="L'azione ha già la rilevazione del semestre.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Spesa",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("descrizione", models.CharField(max_length=300, verbose_name="descrizione")),
                (
                    "fornitore",
                    models.CharField(blank=True, max_length=200, verbose_name="fornitore"),
                ),
                ("documento", models.CharField(max_length=100, verbose_name="documento di spesa")),
                ("documento_del", models.DateField(verbose_name="del")),
                ("pagata_il", models.DateField(blank=True, null=True, verbose_name="pagata il")),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                (
                    "ammesso",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="ammesso",
                    ),
                ),
                (
                    "motivo",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="perché non è ammessa per intero"
                    ),
                ),
                (
                    "inserita_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="inserita il"),
                ),
                (
                    "ente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spese",
                        to="conciliazione.ente",
                        verbose_name="ente",
                    ),
                ),
                (
                    "inserita_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "progetto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spese",
                        to="conciliazione.progetto",
                    ),
                ),
                (
                    "rendiconto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="spese",
                        to="conciliazione.rendiconto",
                    ),
                ),
            ],
            options={
                "verbose_name": "spesa",
                "verbose_name_plural": "spese",
                "ordering": ["progetto_id", "documento_del", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("importo__gt", 0)),
                        name="spesa_maggiore_di_zero",
                        violation_error_message="Una spesa è maggiore di zero.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ammesso__isnull", True),
                            ("ammesso__range", (0, models.F("importo"))),
                            _connector="OR",
                        ),
                        name="spesa_ammessa_nell_importo",
                        violation_error_message="Si ammette da zero all'importo della spesa.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ammesso__isnull", True),
                            ("ammesso", models.F("importo")),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="spesa_tagliata_motivata",
                        violation_error_message="Scrivi perché la spesa non è ammessa per intero.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Giustificativo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nome", models.CharField(max_length=200, verbose_name="nome")),
                ("tipo", models.CharField(max_length=100, verbose_name="tipo")),
                ("dimensione", models.PositiveIntegerField(verbose_name="dimensione (byte)")),
                ("sha256", models.CharField(max_length=64, verbose_name="impronta")),
                (
                    "caricato_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="caricato il"),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200, upload_to="spese/%Y/", verbose_name="documento"
                    ),
                ),
                (
                    "caricato_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "spesa",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="giustificativi",
                        to="conciliazione.spesa",
                    ),
                ),
            ],
            options={
                "verbose_name": "giustificativo di spesa",
                "verbose_name_plural": "giustificativi di spesa",
                "ordering": ["spesa_id", "caricato_il"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("spesa", "sha256"),
                        name="giustificativo_una_volta",
                        violation_error_message="Questo documento c'è già.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ValoreIndicatore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codice", models.SlugField(max_length=60, verbose_name="indicatore")),
                (
                    "dettaglio",
                    models.CharField(
                        blank=True, default="", max_length=20, verbose_name="tipologia"
                    ),
                ),
                (
                    "numeratore",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="numeratore",
                    ),
                ),
                (
                    "denominatore",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="denominatore",
                    ),
                ),
                (
                    "motivo",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="perché non si calcola"
                    ),
                ),
                (
                    "stampato",
                    models.CharField(blank=True, max_length=60, verbose_name="come stampato"),
                ),
                (
                    "valore_stampato",
                    models.DecimalField(
                        blank=True,
                        decimal_places=4,
                        max_digits=18,
                        null=True,
                        verbose_name="numero stampato",
                    ),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota")),
                (
                    "azione",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="valori",
                        to="conciliazione.azioneprogetto",
                    ),
                ),
                (
                    "progetto",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="valori",
                        to="conciliazione.progetto",
                    ),
                ),
                (
                    "semestre",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="valori",
                        to="conciliazione.semestremonitoraggio",
                    ),
                ),
            ],
            options={
                "verbose_name": "valore di un indicatore di monitoraggio",
                "verbose_name_plural": "valori degli indicatori di monitoraggio",
                "ordering": ["semestre_id", "codice", "progetto_id", "azione_id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("progetto__isnull", True)),
                        fields=("semestre", "codice", "dettaglio"),
                        name="valore_indicatore_del_piano",
                        violation_error_message="L'indicatore ha già il suo valore.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("azione__isnull", True), ("progetto__isnull", False)),
                        fields=("semestre", "codice", "progetto", "dettaglio"),
                        name="valore_indicatore_del_progetto",
                        violation_error_message="L'indicatore ha già il suo valore.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("azione__isnull", False)),
                        fields=("semestre", "codice", "azione", "dettaglio"),
                        name="valore_indicatore_dell_azione",
                        violation_error_message="L'indicatore ha già il suo valore.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("azione__isnull", True), ("progetto__isnull", False), _connector="OR"
                        ),
                        name="valore_indicatore_azione_del_progetto",
                        violation_error_message="Il valore di un'azione è del suo progetto.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ValoreKpi",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("giorno", models.DateField(verbose_name="al")),
                (
                    "valore",
                    models.DecimalField(decimal_places=4, max_digits=18, verbose_name="valore"),
                ),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "kpi",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="valori",
                        to="conciliazione.kpi",
                    ),
                ),
                (
                    "rilevato_da",
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
                "verbose_name": "valore di un KPI",
                "verbose_name_plural": "valori dei KPI",
                "ordering": ["kpi_id", "giorno"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kpi", "giorno"),
                        name="valore_kpi_uno_al_giorno",
                        violation_error_message="C'è già un valore.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Valutatore",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("nominato", "Da dichiarare"),
                            ("attivo", "Valuta"),
                            ("astenuto", "Astenuto"),
                        ],
                        default="nominato",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                (
                    "motivo",
                    models.CharField(blank=True, max_length=300, verbose_name="perché si astiene"),
                ),
                (
                    "manifestazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="valutatori",
                        to="conciliazione.manifestazioneinteresse",
                    ),
                ),
                (
                    "seggio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="valutazioni",
                        to="conciliazione.seggio",
                    ),
                ),
            ],
            options={
                "verbose_name": "valutatore",
                "verbose_name_plural": "valutatori",
                "ordering": ["manifestazione_id", "seggio__ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("manifestazione", "seggio"),
                        name="valutatore_uno_per_seggio",
                        violation_error_message="Il seggio è già fra i valutatori.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "astenuto"), _negated=True),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="valutatore_astenuto_motivato",
                        violation_error_message="Di chi si astiene si scrive perché.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="schedavalutazione",
            name="valutatore",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="schede",
                to="conciliazione.valutatore",
            ),
        ),
        migrations.CreateModel(
            name="DichiarazioneConflitto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("in_conflitto", models.BooleanField(verbose_name="in conflitto di interessi")),
                ("motivo", models.TextField(blank=True, verbose_name="quale conflitto")),
                (
                    "dichiarata_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="dichiarata il"),
                ),
                (
                    "dichiarata_da",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "valutatore",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dichiarazione",
                        to="conciliazione.valutatore",
                    ),
                ),
            ],
            options={
                "verbose_name": "dichiarazione sui conflitti di interesse",
                "verbose_name_plural": "dichiarazioni sui conflitti di interesse",
                "ordering": ["valutatore_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_conflitto", False),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dichiarazione_conflitto_motivata",
                        violation_error_message="Scrivi in che cosa consiste il conflitto.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Verbale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("bozza", "Bozza"),
                            ("inviato", "Inviato per la validazione"),
                            ("validato", "Validato"),
                        ],
                        default="bozza",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                (
                    "testo",
                    models.TextField(blank=True, help_text="Markdown.", verbose_name="testo"),
                ),
                (
                    "fotografia",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="fotografia",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        blank=True, max_length=200, upload_to="verbali/%Y/", verbose_name="PDF"
                    ),
                ),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="impronta")),
                (
                    "inviato_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="inviato il"),
                ),
                (
                    "validato_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="validato il"),
                ),
                (
                    "seduta",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verbale",
                        to="conciliazione.seduta",
                    ),
                ),
            ],
            options={
                "verbose_name": "verbale",
                "verbose_name_plural": "verbali",
                "ordering": ["-seduta__quando"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stato", "bozza"),
                            models.Q(("fotografia__isnull", False), ("inviato_il__isnull", False)),
                            _connector="OR",
                        ),
                        name="verbale_inviato_con_fotografia",
                        violation_error_message="Un verbale inviato resta come è stato inviato.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ValidazioneVerbale",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("conforme", models.BooleanField(verbose_name="conforme")),
                ("osservazione", models.TextField(blank=True, verbose_name="osservazione")),
                ("data_il", models.DateTimeField(auto_now_add=True, verbose_name="del")),
                (
                    "data_da",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seggio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conciliazione.seggio",
                    ),
                ),
                (
                    "verbale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="validazioni",
                        to="conciliazione.verbale",
                    ),
                ),
            ],
            options={
                "verbose_name": "validazione del verbale",
                "verbose_name_plural": "validazioni del verbale",
                "ordering": ["verbale_id", "data_il"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("verbale", "seggio"),
                        name="validazione_verbale_una_per_seggio",
                        violation_error_message="Quel seggio si è già espresso sul verbale.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("conforme", True),
                            models.Q(("osservazione", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="validazione_verbale_osservata",
                        violation_error_message="Scrivi che cosa va corretto.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VersioneProposta",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("numero", models.PositiveSmallIntegerField(verbose_name="versione")),
                ("titolo", models.CharField(max_length=200, verbose_name="titolo")),
                (
                    "motivo",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="perché questa versione"
                    ),
                ),
                ("finalita", models.JSONField(blank=True, default=list, verbose_name="finalità")),
                ("bisogni", models.TextField(blank=True, verbose_name="bisogni a cui risponde")),
                ("descrizione", models.TextField(blank=True, verbose_name="descrizione")),
                ("risultati", models.TextField(blank=True, verbose_name="risultati attesi")),
                (
                    "continuita",
                    models.TextField(
                        blank=True,
                        verbose_name="esiti dell'edizione precedente, se è in continuità",
                    ),
                ),
                (
                    "territorio",
                    models.CharField(blank=True, max_length=300, verbose_name="territorio"),
                ),
                ("dal", models.DateField(blank=True, null=True, verbose_name="dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="al")),
                (
                    "contributo",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="contributo richiesto",
                    ),
                ),
                (
                    "costo_dichiarato",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="costo complessivo dichiarato",
                    ),
                ),
                (
                    "partner_stampati",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="partner, come stampato"
                    ),
                ),
                (
                    "azioni_stampate",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="azioni, come stampato"
                    ),
                ),
                (
                    "ammissibilita",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="verifiche di ammissibilità",
                    ),
                ),
                ("modifiche", models.PositiveIntegerField(default=0, verbose_name="salvataggi")),
                ("creata_il", models.DateTimeField(auto_now_add=True, verbose_name="creata il")),
                (
                    "chiusa_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="chiusa il"),
                ),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "creata_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versioni",
                        to="conciliazione.proposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "versione della proposta",
                "verbose_name_plural": "versioni della proposta",
                "ordering": ["proposta_id", "numero"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposta", "numero"),
                        name="versione_proposta_unica",
                        violation_error_message="La proposta ha già quella versione.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("chiusa_il__isnull", True)),
                        fields=("proposta",),
                        name="versione_proposta_una_aperta",
                        violation_error_message="La proposta ha già una versione che si sta scrivendo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("dal__isnull", True),
                            ("al__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="versione_proposta_date_in_ordine",
                        violation_error_message="Il progetto finisce prima di cominciare.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("contributo__isnull", True),
                                ("contributo__gte", 0),
                                _connector="OR",
                            ),
                            models.Q(
                                ("costo_dichiarato__isnull", True),
                                ("costo_dichiarato__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="versione_proposta_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RigaRiparto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                (
                    "costo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="costo"),
                ),
                (
                    "richiesto",
                    models.DecimalField(
                        decimal_places=2, max_digits=14, verbose_name="contributo richiesto"
                    ),
                ),
                (
                    "assegnato",
                    models.DecimalField(
                        decimal_places=2,
                        default=Decimal("0"),
                        max_digits=14,
                        verbose_name="contributo assegnato",
                    ),
                ),
                (
                    "passi",
                    models.JSONField(
                        default=list,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="passi del calcolo",
                    ),
                ),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "proposta",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="riparti",
                        to="conciliazione.proposta",
                    ),
                ),
                (
                    "scenario",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="righe",
                        to="conciliazione.scenario",
                    ),
                ),
                (
                    "versione",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conciliazione.versioneproposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "riga del riparto",
                "verbose_name_plural": "righe del riparto",
                "ordering": ["scenario_id", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scenario", "proposta"),
                        name="riga_riparto_una_per_proposta",
                        violation_error_message="La proposta è già nello scenario.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("costo__isnull", True), ("costo__gte", 0), _connector="OR"),
                            models.Q(
                                ("richiesto__isnull", True), ("richiesto__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("assegnato__isnull", True), ("assegnato__gte", 0), _connector="OR"
                            ),
                        ),
                        name="riga_riparto_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("assegnato__lte", models.F("richiesto"))),
                        name="riga_riparto_non_piu_del_richiesto",
                        violation_error_message="Si assegna al massimo quanto è stato richiesto.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cofinanziamento",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "forma",
                    models.CharField(
                        choices=[
                            ("denaro", "Denaro"),
                            ("personale", "Personale dedicato al progetto"),
                        ],
                        max_length=10,
                        verbose_name="forma",
                    ),
                ),
                ("pubblico", models.BooleanField(default=True, verbose_name="pubblico")),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                ("nota", models.CharField(blank=True, max_length=300, verbose_name="nota")),
                (
                    "ente",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conciliazione.ente",
                        verbose_name="ente",
                    ),
                ),
                (
                    "versione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cofinanziamenti",
                        to="conciliazione.versioneproposta",
                    ),
                ),
            ],
            options={
                "verbose_name": "cofinanziamento",
                "verbose_name_plural": "cofinanziamenti",
                "ordering": ["versione_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("versione", "ente", "forma"),
                        name="cofinanziamento_uno_per_forma",
                        violation_error_message="L'ente ha già un cofinanziamento di quella forma.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("importo__isnull", True), ("importo__gte", 0), _connector="OR"
                        ),
                        name="cofinanziamento_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="azioneproposta",
            name="versione",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="azioni",
                to="conciliazione.versioneproposta",
            ),
        ),
        migrations.CreateModel(
            name="VoceBudget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("categoria", models.CharField(max_length=60, verbose_name="categoria di costo")),
                (
                    "importo",
                    models.DecimalField(decimal_places=2, max_digits=14, verbose_name="importo"),
                ),
                (
                    "azione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget",
                        to="conciliazione.azioneprogetto",
                    ),
                ),
            ],
            options={
                "verbose_name": "voce di budget",
                "verbose_name_plural": "voci di budget",
                "ordering": ["azione_id", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azione", "categoria"),
                        name="voce_budget_una_per_categoria",
                        violation_error_message="L'azione ha già un budget per quella categoria.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("importo__isnull", True), ("importo__gte", 0), _connector="OR"
                        ),
                        name="voce_budget_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="spesa",
            name="voce",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="spese",
                to="conciliazione.vocebudget",
            ),
        ),
        migrations.CreateModel(
            name="VoceFinanziaria",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "parte",
                    models.CharField(
                        choices=[
                            ("fonte", "Fonte"),
                            ("impiego", "Impiego"),
                            ("totale", "Totale o rapporto stampato"),
                        ],
                        max_length=10,
                        verbose_name="parte",
                    ),
                ),
                ("codice", models.SlugField(max_length=60, verbose_name="codice")),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                ("nome", models.CharField(max_length=300, verbose_name="voce")),
                (
                    "importo",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="importo",
                    ),
                ),
                ("calcolo", models.CharField(blank=True, max_length=60, verbose_name="calcolo")),
                (
                    "stampato",
                    models.CharField(blank=True, max_length=60, verbose_name="come stampato"),
                ),
                (
                    "importo_stampato",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=14,
                        null=True,
                        verbose_name="importo stampato",
                    ),
                ),
                ("nota", models.TextField(blank=True, verbose_name="nota sulla differenza")),
                (
                    "riga_fonte",
                    models.CharField(blank=True, max_length=60, verbose_name="riga della fonte"),
                ),
                (
                    "padre",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figlie",
                        to="conciliazione.vocefinanziaria",
                    ),
                ),
                (
                    "piano",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voci",
                        to="conciliazione.pianofinanziario",
                    ),
                ),
            ],
            options={
                "verbose_name": "voce finanziaria",
                "verbose_name_plural": "voci finanziarie",
                "ordering": ["piano_id", "parte", "ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("piano", "codice"),
                        name="voce_finanziaria_codice_unico",
                        violation_error_message="Il piano finanziario ha già una voce con quel codice.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("importo__isnull", True), ("importo__gte", 0), _connector="OR"
                            ),
                            models.Q(
                                ("importo_stampato__isnull", True),
                                ("importo_stampato__gte", 0),
                                _connector="OR",
                            ),
                        ),
                        name="voce_finanziaria_non_negativi",
                        violation_error_message="Numeri e importi non possono essere negativi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("importo__isnull", True), ("calcolo", ""), _connector="OR"
                        ),
                        name="voce_finanziaria_a_mano_o_calcolata",
                        violation_error_message="Una voce è scritta a mano o calcolata, non entrambe.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Votazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("quesito", models.CharField(max_length=300, verbose_name="quesito")),
                (
                    "stato",
                    models.CharField(
                        choices=[("aperta", "Aperta"), ("chiusa", "Chiusa")],
                        default="aperta",
                        max_length=10,
                        verbose_name="stato",
                    ),
                ),
                (
                    "esito",
                    models.CharField(
                        blank=True,
                        choices=[("approvata", "Approvata"), ("respinta", "Respinta")],
                        default="",
                        max_length=10,
                        verbose_name="esito",
                    ),
                ),
                (
                    "conteggio",
                    models.JSONField(
                        blank=True,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        null=True,
                        verbose_name="conteggio",
                    ),
                ),
                ("aperta_il", models.DateTimeField(auto_now_add=True, verbose_name="aperta il")),
                (
                    "chiusa_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="chiusa il"),
                ),
                (
                    "punto",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="votazioni",
                        to="conciliazione.puntoordine",
                    ),
                ),
            ],
            options={
                "verbose_name": "votazione",
                "verbose_name_plural": "votazioni",
                "ordering": ["punto_id", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("esito", ""), ("stato", "aperta")),
                            models.Q(("stato", "chiusa"), models.Q(("esito", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="votazione_chiusa_con_esito",
                        violation_error_message="Una votazione chiusa ha un esito, una aperta no.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Voto",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "valore",
                    models.CharField(
                        choices=[
                            ("favorevole", "Favorevole"),
                            ("contrario", "Contrario"),
                            ("astenuto", "Astenuto"),
                        ],
                        max_length=10,
                        verbose_name="voto",
                    ),
                ),
                ("dato_il", models.DateTimeField(auto_now_add=True, verbose_name="dato il")),
                (
                    "dato_da",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seggio",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voti",
                        to="conciliazione.seggio",
                    ),
                ),
                (
                    "votazione",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="voti",
                        to="conciliazione.votazione",
                    ),
                ),
            ],
            options={
                "verbose_name": "voto",
                "verbose_name_plural": "voti",
                "ordering": ["votazione_id", "seggio__ordine"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("votazione", "seggio"),
                        name="voto_uno_per_seggio",
                        violation_error_message="Quel seggio ha già votato.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="azioneprogetto",
            constraint=models.UniqueConstraint(
                fields=("progetto", "ordine"),
                name="azione_progetto_posto_unico",
                violation_error_message="Un'altra azione ha già quel posto.",
            ),
        ),
        migrations.AddConstraint(
            model_name="accordo",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stato", "sciolto"), _negated=True),
                fields=("progetto", "genere"),
                name="accordo_uno_per_genere",
                violation_error_message="Il progetto ha già un accordo di quel genere.",
            ),
        ),
        migrations.AddConstraint(
            model_name="rilevazioneprogetto",
            constraint=models.UniqueConstraint(
                fields=("semestre", "progetto"),
                name="rilevazione_progetto_una",
                violation_error_message="Il progetto ha già la rilevazione del semestre.",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedavalutazione",
            constraint=models.UniqueConstraint(
                fields=("valutatore", "proposta"),
                name="scheda_valutazione_una",
                violation_error_message="Il valutatore ha già la scheda di questa proposta.",
            ),
        ),
        migrations.AddConstraint(
            model_name="azioneproposta",
            constraint=models.UniqueConstraint(
                fields=("versione", "ordine"),
                name="azione_proposta_posto_unico",
                violation_error_message="Un'altra azione ha già quel posto.",
            ),
        ),
        migrations.AddConstraint(
            model_name="spesa",
            constraint=models.UniqueConstraint(
                fields=("voce", "ente", "fornitore", "documento", "documento_del"),
                name="spesa_documento_una_volta",
                violation_error_message="Questo documento di spesa è già in quella voce.",
            ),
        ),
    ]
