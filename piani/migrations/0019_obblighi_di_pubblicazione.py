# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of the obligations of publication, with the rows of the law; the reports of errors."""

from datetime import date
from typing import Any

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERF = "Performance"
CONTROLLI = "Controlli e rilievi sull'amministrazione"
ORGANISMI = (
    "Organismi indipendenti di valutazione, nuclei di valutazione o altri organismi con funzioni "
    "analoghe"
)
SOVVENZIONI = "Sovvenzioni, contributi, sussidi, vantaggi economici"
SCHEMA_31 = "Schema dell'art. 31 d.lgs. n. 33/2013, delib. A.N.AC. n. 495/2024 e sue modifiche"
DLGS150 = "%s, d.lgs. n. 150/2009"
DALLA_1310 = date(2016, 12, 28)
# codice, macro, livello, etichetta, contenuto, norma, schema, chiave, sezione, frequenza,
# (mese, giorno, anni dopo), norma del termine, ruolo
OBBLIGHI: tuple[tuple[Any, ...], ...] = (
    ("programmazione", "Disposizioni generali", "Atti generali",
     "Documenti di programmazione strategico-gestionale",
     "Direttive, documenti di programmazione, obiettivi strategici.",
     "Art. 12, c. 1, d.lgs. n. 33/2013", "", "atti_generali",
     "documenti-di-programmazione-strategico-gestionale", "tempestivo", None, "", "direzione"),
    ("smvp", PERF, "", "Sistema di misurazione e valutazione della Performance",
     "Il Sistema di misurazione e valutazione della performance (art. 7, d.lgs. n. 150/2009).",
     "Par. 1, delib. CiVIT n. 104/2010", "", "",
     "sistema-di-misurazione-e-valutazione-della-performance", "tempestivo", (12, 31, 0),
     DLGS150 % "Art. 7, c. 1" + ": si aggiorna ogni anno", "controllo_gestione"),
    ("piano", PERF, "", "Piano della Performance",
     "Il piano della performance (art. 10, d.lgs. n. 150/2009) o il PIAO che lo assorbe.",
     "Art. 10, c. 8, lett. b), d.lgs. n. 33/2013", "", "", "piano-della-performance",
     "tempestivo", (1, 31, 0), DLGS150 % "Art. 10, c. 1, lett. a)" + ": entro il 31 gennaio",
     "controllo_gestione"),
    ("relazione", PERF, "", "Relazione sulla Performance",
     "La relazione sulla performance (art. 10, d.lgs. n. 150/2009), validata.",
     "Art. 10, c. 8, lett. b), d.lgs. n. 33/2013", "", "", "relazione-sulla-performance",
     "tempestivo", (6, 30, 1), DLGS150 % "Art. 10, c. 1, lett. b)" + ": entro il 30 giugno",
     "controllo_gestione"),
    ("premi-ammontare", PERF, "Ammontare complessivo dei premi",
     "Ammontare complessivo dei premi",
     "I premi collegati alla performance stanziati e quelli effettivamente distribuiti.",
     "Art. 20, c. 1, d.lgs. n. 33/2013", "", "ammontare_complessivo_dei_premi",
     "ammontare-complessivo-dei-premi", "tempestivo", None, "", "risorse_umane"),
    ("premi-dati", PERF, "Dati relativi ai premi", "Dati relativi ai premi",
     "I criteri per assegnare il trattamento accessorio, la sua distribuzione in forma aggregata, "
     "il grado di differenziazione per dirigenti e dipendenti.",
     "Art. 20, c. 2, d.lgs. n. 33/2013", "", "dati_relativi_ai_premi", "dati-relativi-ai-premi",
     "tempestivo", None, "", "risorse_umane"),
    ("criteri", SOVVENZIONI, "Criteri e modalità", "Criteri e modalità",
     "Gli atti con i criteri e le modalità per concedere contributi e vantaggi economici.",
     "Art. 26, c. 1, d.lgs. n. 33/2013", "", "criteri_e_modalita", "", "tempestivo", None, "",
     "capofila"),
    ("concessioni", SOVVENZIONI, "Atti di concessione", "Atti di concessione",
     "Beneficiario, importo, norma o titolo, ufficio e responsabile, modalità, progetto.",
     "Art. 26, c. 2, e art. 27, d.lgs. n. 33/2013", "", "atti_di_concessione", "", "tempestivo",
     None, "", "capofila"),
    ("oiv-attestazione", CONTROLLI, ORGANISMI,
     "Attestazione dell'OIV o di altra struttura analoga nell'assolvimento degli obblighi di "
     "pubblicazione",
     "L'attestazione con la griglia di rilevazione e la scheda di sintesi.",
     "Art. 31, d.lgs. n. 33/2013", SCHEMA_31, "nuclei_di_valutazione",
     "attestazione-dell-oiv-sugli-obblighi-di-pubblicazione", "annuale", (12, 31, 0),
     DLGS150 % "Art. 14, c. 4, lett. g)" + "; il giorno lo dice ogni anno l'A.N.AC.", "nucleo"),
    ("oiv-validazione", CONTROLLI, ORGANISMI,
     "Documento dell'OIV di validazione della Relazione sulla Performance",
     "Il documento di validazione (art. 14, c. 4, lett. c, d.lgs. n. 150/2009).",
     "Par. 2.1, delib. CiVIT n. 6/2012", SCHEMA_31, "nuclei_di_valutazione",
     "documento-oiv-di-validazione-della-relazione-sulla-performance", "tempestivo", (6, 30, 1),
     DLGS150 % "Art. 10, c. 1, lett. b)" + ": con la Relazione, entro il 30 giugno", "nucleo"),
    ("oiv-relazione", CONTROLLI, ORGANISMI,
     "Relazione dell'OIV sul funzionamento complessivo del Sistema di valutazione, trasparenza e "
     "integrità dei controlli interni",
     "La relazione annuale (art. 14, c. 4, lett. a, d.lgs. n. 150/2009).",
     "Par. 4, delib. CiVIT n. 23/2013", SCHEMA_31, "nuclei_di_valutazione",
     "relazione-dell-oiv-sul-funzionamento-del-sistema", "tempestivo", (12, 31, 1),
     DLGS150 % "Art. 14, c. 4, lett. a)" + ": ogni anno", "nucleo"),
    ("oiv-altri", CONTROLLI, ORGANISMI,
     "Altri atti degli organismi indipendenti di valutazione, nuclei di valutazione o altri "
     "organismi con funzioni analoghe, procedendo all'indicazione in forma anonima dei dati "
     "personali eventualmente presenti",
     "Gli altri atti dell'organismo, senza dati personali.",
     "Art. 31, d.lgs. n. 33/2013", SCHEMA_31, "nuclei_di_valutazione",
     "altri-atti-degli-organismi-di-valutazione", "tempestivo", None, "", "nucleo"),
    ("catalogo", "Altri contenuti",
     "Accessibilità e Catalogo di dati, metadati e banche dati",
     "Catalogo di dati, metadati e delle banche dati",
     "Il catalogo dei dati, dei metadati e delle banche dati dell'ente.",
     "Art. 53, c. 1 bis, d.lgs. n. 82/2005", "", "accessibilita_e_catalogo_dati", "",
     "tempestivo", None, "", "pubblicatore"),
)  # fmt: skip
CAMPI = ("codice", "macro", "livello", "etichetta", "contenuto", "norma", "schema", "chiave",
         "sezione", "frequenza", "termine", "norma_termine", "ruolo")  # fmt: skip


def scrivi(apps: Any, editor: Any) -> None:
    obbligo = apps.get_model("piani", "ObbligoDiPubblicazione")
    for ordine, riga in enumerate(OBBLIGHI, start=1):
        dati = dict(zip(CAMPI, riga, strict=True))
        mese, giorno, anni_dopo = dati.pop("termine") or (None, None, 0)
        obbligo.objects.create(
            **dati, ordine=ordine, mese=mese, giorno=giorno, anni_dopo=anni_dopo, dal=DALLA_1310
        )


def togli(apps: Any, editor: Any) -> None:
    apps.get_model("piani", "ObbligoDiPubblicazione").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("piani", "0018_versioni_della_relazione_cug"),
    ]

    operations = [
        migrations.CreateModel(
            name="ObbligoDiPubblicazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codice", models.SlugField(max_length=40, verbose_name="codice")),
                ("ordine", models.PositiveSmallIntegerField(verbose_name="ordine")),
                (
                    "macro",
                    models.CharField(max_length=120, verbose_name="sotto-sezione di primo livello"),
                ),
                (
                    "livello",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="sotto-sezione di secondo livello"
                    ),
                ),
                ("etichetta", models.CharField(max_length=250, verbose_name="obbligo")),
                ("contenuto", models.TextField(verbose_name="che cosa si pubblica")),
                ("norma", models.CharField(max_length=250, verbose_name="norma")),
                (
                    "schema",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="schema di pubblicazione"
                    ),
                ),
                (
                    "chiave",
                    models.CharField(
                        blank=True,
                        help_text="Quella della mappa che A.N.AC. chiede; vuota se non ne ha una.",
                        max_length=80,
                        verbose_name="chiave nella mappa dei link",
                    ),
                ),
                (
                    "sezione",
                    models.SlugField(
                        blank=True,
                        help_text="Dove stanno i documenti pubblicati con Albero che lo adempiono.",
                        max_length=100,
                        verbose_name="sezione di Albero",
                    ),
                ),
                (
                    "frequenza",
                    models.CharField(
                        choices=[
                            ("tempestivo", "Tempestivo"),
                            ("trimestrale", "Trimestrale"),
                            ("semestrale", "Semestrale"),
                            ("annuale", "Annuale"),
                        ],
                        max_length=20,
                        verbose_name="aggiornamento",
                    ),
                ),
                (
                    "mese",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="mese del termine"
                    ),
                ),
                (
                    "giorno",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="giorno del termine"
                    ),
                ),
                (
                    "anni_dopo",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="0: nell'anno stesso; 1: in quello dopo, come la Relazione.",
                        verbose_name="anni dopo quello di cui parla",
                    ),
                ),
                (
                    "norma_termine",
                    models.CharField(blank=True, max_length=250, verbose_name="norma del termine"),
                ),
                (
                    "ruolo",
                    models.CharField(
                        choices=[
                            ("controllo_gestione", "Controllo di gestione"),
                            ("responsabile_cdr", "Responsabile di CdR"),
                            ("vicario", "Vicario del responsabile"),
                            ("rilevatore", "Rilevatore (UO certificatrice)"),
                            ("direzione", "Direzione strategica"),
                            ("nucleo", "Nucleo di valutazione / OIV"),
                            ("pubblicatore", "RPCT / pubblicatore"),
                            ("risorse_umane", "Risorse umane"),
                            ("cug", "CUG"),
                            ("dipendente", "Personale"),
                            ("capofila", "Capofila di rete"),
                            ("regione", "Regione (lettura)"),
                            ("amministratore", "Amministratore"),
                        ],
                        max_length=20,
                        verbose_name="chi se ne occupa di solito",
                    ),
                ),
                ("dal", models.DateField(verbose_name="in vigore dal")),
                ("al", models.DateField(blank=True, null=True, verbose_name="fino al")),
            ],
            options={
                "verbose_name": "obbligo di pubblicazione",
                "verbose_name_plural": "obblighi di pubblicazione",
                "ordering": ["ordine", "dal"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("codice", "dal"),
                        name="obbligo_uno_per_giorno",
                        violation_error_message="C'è già una riga di quell'obbligo che comincia quel giorno.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("al__isnull", True),
                            ("dal__isnull", True),
                            ("al__gte", models.F("dal")),
                            _connector="OR",
                        ),
                        name="obbligo_date_in_ordine",
                        violation_error_message="La fine viene prima dell'inizio.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("giorno__isnull", True), ("mese__isnull", True)),
                            models.Q(
                                ("giorno__range", (1, 31)), ("mese__in", [1, 3, 5, 7, 8, 10, 12])
                            ),
                            models.Q(("giorno__range", (1, 30)), ("mese__in", [4, 6, 9, 11])),
                            models.Q(("giorno__range", (1, 28)), ("mese", 2)),
                            _connector="OR",
                        ),
                        name="obbligo_termine_intero",
                        violation_error_message="Il termine ha un mese e un giorno che c'è in ogni anno.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CuraObbligo",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codice", models.SlugField(max_length=40, verbose_name="obbligo")),
                (
                    "ruolo",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("controllo_gestione", "Controllo di gestione"),
                            ("responsabile_cdr", "Responsabile di CdR"),
                            ("vicario", "Vicario del responsabile"),
                            ("rilevatore", "Rilevatore (UO certificatrice)"),
                            ("direzione", "Direzione strategica"),
                            ("nucleo", "Nucleo di valutazione / OIV"),
                            ("pubblicatore", "RPCT / pubblicatore"),
                            ("risorse_umane", "Risorse umane"),
                            ("cug", "CUG"),
                            ("dipendente", "Personale"),
                            ("capofila", "Capofila di rete"),
                            ("regione", "Regione (lettura)"),
                            ("amministratore", "Amministratore"),
                        ],
                        max_length=20,
                        verbose_name="ruolo che se ne occupa",
                    ),
                ),
                (
                    "non_applicabile",
                    models.BooleanField(default=False, verbose_name="non si applica all'azienda"),
                ),
                ("motivo", models.TextField(blank=True, verbose_name="perché non si applica")),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cure_obblighi",
                        to="piani.azienda",
                    ),
                ),
                (
                    "unita",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="obblighi",
                        to="piani.unitaorganizzativa",
                        verbose_name="unità che se ne occupa",
                    ),
                ),
            ],
            options={
                "verbose_name": "cura di un obbligo",
                "verbose_name_plural": "cure degli obblighi",
                "ordering": ["azienda", "codice"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "codice"),
                        name="cura_una_per_obbligo",
                        violation_error_message="C'è già chi si occupa di quell'obbligo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("non_applicabile", False),
                            models.Q(("motivo", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="cura_non_applicabile_motivata",
                        violation_error_message="Scrivi perché non si applica: si legge nella pagina pubblica.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PubblicazioneAltrove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("codice", models.SlugField(max_length=40, verbose_name="obbligo")),
                ("titolo", models.CharField(max_length=250, verbose_name="titolo del documento")),
                (
                    "indirizzo",
                    models.URLField(
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["https", "http"])],
                        verbose_name="indirizzo",
                    ),
                ),
                ("anno", models.PositiveSmallIntegerField(verbose_name="anno di cui parla")),
                ("pubblicato_il", models.DateField(verbose_name="pubblicato il")),
                (
                    "registrata_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="registrata il"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pubblicazioni_altrove",
                        to="piani.azienda",
                    ),
                ),
                (
                    "registrata_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pubblicazioni_altrove",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "pubblicazione altrove",
                "verbose_name_plural": "pubblicazioni altrove",
                "ordering": ["azienda", "codice", "-pubblicato_il", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("azienda", "codice", "indirizzo"),
                        name="altrove_una_per_indirizzo",
                        violation_error_message="Quell'indirizzo è già registrato per questo obbligo.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("anno__range", (2009, 2100))),
                        name="altrove_anno",
                        violation_error_message="L'anno di cui parla va dal 2009 al 2100.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Segnalazione",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dove",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="punto del documento"
                    ),
                ),
                (
                    "testo",
                    models.TextField(max_length=4000, verbose_name="che cosa c'è di sbagliato"),
                ),
                (
                    "email",
                    models.EmailField(blank=True, max_length=254, verbose_name="posta elettronica"),
                ),
                (
                    "stato",
                    models.CharField(
                        choices=[
                            ("ricevuta", "Ricevuta"),
                            ("in_carico", "In carico"),
                            ("chiusa", "Chiusa"),
                        ],
                        default="ricevuta",
                        max_length=20,
                        verbose_name="stato",
                    ),
                ),
                (
                    "ricevuta_il",
                    models.DateTimeField(auto_now_add=True, verbose_name="ricevuta il"),
                ),
                ("risposta", models.TextField(blank=True, verbose_name="risposta")),
                (
                    "chiusa_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="chiusa il"),
                ),
                (
                    "spedita_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="risposta spedita il"),
                ),
                (
                    "cancellata_il",
                    models.DateTimeField(blank=True, null=True, verbose_name="dati cancellati il"),
                ),
                (
                    "azienda",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="segnalazioni",
                        to="piani.azienda",
                    ),
                ),
                (
                    "chiusa_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="segnalazioni_chiuse",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "documento",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="segnalazioni",
                        to="piani.documentopubblicato",
                    ),
                ),
                (
                    "presa_da",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="segnalazioni_prese",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "segnalazione di errore",
                "verbose_name_plural": "segnalazioni di errore",
                "ordering": ["-ricevuta_il", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stato", "chiusa"), _negated=True),
                            models.Q(
                                models.Q(("risposta", ""), _negated=True),
                                ("chiusa_il__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="segnalazione_chiusa_con_risposta",
                        violation_error_message="Una segnalazione si chiude con una risposta.",
                    )
                ],
            },
        ),
        migrations.RunPython(scrivi, togli),
    ]
