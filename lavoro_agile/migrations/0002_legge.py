# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the law asks of the lavoro agile: the shares to reach, the conditions to respect."""

from datetime import date
from typing import Any

from django.db import migrations

L124 = "art. 14 c. 1 L. 124/2015"
DL34 = f"{L124}, come modificato dall'art. 263 c. 4-bis D.L. 34/2020 (L. 77/2020)"
DL56 = f"{L124}, come modificato dall'art. 1 D.L. 56/2021 e dall'art. 11-bis D.L. 52/2021"
A_CHI_CHIEDE = "Dipendenti che, se lo chiedono, possono avvalersi del lavoro agile"
CON_POLA = "Dipendenti che possono avvalersi del lavoro agile nelle attività adatte"
SENZA_POLA = "Dipendenti a cui si applica, se lo chiedono, quando il POLA non è adottato"
SOGLIE = (
    ("10", A_CHI_CHIEDE, 10, "dipendenti", f"{L124}; Direttiva 3/2017",
     date(2015, 8, 28), date(2020, 7, 18), "Entro tre anni."),
    ("60", CON_POLA, 60, "smartabili", DL34, date(2020, 7, 19), date(2021, 4, 29), ""),
    ("30", SENZA_POLA, 30, "dipendenti", DL34, date(2020, 7, 19), date(2021, 4, 29), ""),
    ("15", CON_POLA, 15, "smartabili", DL56, date(2021, 4, 30), None,
     "Dal 2022 il POLA è nella sezione 3.2 del PIAO."),
    ("15-senza-pola", SENZA_POLA, 15, "dipendenti", DL56, date(2021, 4, 30), None, ""),
)  # fmt: skip
DM = "art. 1 c. 3 lett. %s) DM 8 ottobre 2021"
DAL_DM, DALLA_LEGGE = date(2021, 10, 15), date(2017, 6, 14)
CONDIZIONI = (
    ("servizi", "I servizi agli utenti non ne risentono", "azienda", "", DM % "a", DAL_DM),
    ("rotazione", "Chi può lavorare così ruota con i colleghi", "accordo", "rotazione", DM % "b",
     DAL_DM),
    ("prevalenza", "Per ciascuno prevale il lavoro in presenza", "accordo", "prevalenza",
     f"{DM % 'b'}; circolare del 5 gennaio 2022", DAL_DM),
    ("riservatezza", "Strumenti adatti a garantire la riservatezza dei dati", "accordo",
     "riservatezza", DM % "c", DAL_DM),
    ("arretrato", "Il lavoro arretrato, se c'è, ha un piano per smaltirlo", "accordo", "",
     DM % "d", DAL_DM),
    ("strumenti", "L'azienda fornisce, di norma, gli strumenti", "accordo", "strumenti", DM % "e",
     DAL_DM),
    ("obiettivi", "L'accordo dice gli obiettivi della prestazione", "accordo", "obiettivi",
     f"{DM % 'f'}, n. 1; art. 18 c. 1 L. 81/2017", DAL_DM),
    ("modalita", "L'accordo dice modalità e tempi di esecuzione", "accordo", "modalita",
     f"{DM % 'f'}, n. 2; art. 19 c. 1 L. 81/2017", DAL_DM),
    ("disconnessione", "L'accordo dice riposi e disconnessione", "accordo", "disconnessione",
     f"{DM % 'f'}, n. 2; art. 19 c. 1 L. 81/2017", DAL_DM),
    ("contatto", "L'accordo dice le fasce di contatto, se ci sono", "accordo", "contatto",
     f"{DM % 'f'}, n. 2", DAL_DM),
    ("misurazione", "L'accordo dice come si misura la prestazione", "accordo", "misurazione",
     f"{DM % 'f'}, n. 3", DAL_DM),
    ("coordinamento", "Chi coordina e controlla lavora in prevalenza in presenza", "accordo",
     "coordinamento", DM % "g", DAL_DM),
    ("rotazione_sanitaria", "Se le misure sanitarie lo chiedono, il personale in presenza ruota",
     "azienda", "", DM % "h", DAL_DM),
    ("forma_scritta", "L'accordo è scritto e firmato dalle due parti", "accordo", "firme",
     "art. 19 c. 1 L. 81/2017", DALLA_LEGGE),
    ("controllo", "L'accordo dice come si esercita il potere di controllo", "accordo", "controllo",
     "art. 21 L. 81/2017", DALLA_LEGGE),
    ("parita", "Stesso trattamento di chi fa le stesse mansioni in presenza", "azienda", "",
     "art. 20 L. 81/2017", DALLA_LEGGE),
    ("informativa", "L'informativa sulla sicurezza è consegnata, almeno una volta l'anno",
     "accordo", "informativa", "art. 22 L. 81/2017", DALLA_LEGGE),
    ("comunicazione", "L'accordo è comunicato al Ministero del Lavoro", "accordo",
     "comunicazione", "art. 23 c. 1 L. 81/2017", DALLA_LEGGE),
)  # fmt: skip


def scrivi(apps: Any, editor: Any) -> None:
    soglia = apps.get_model("lavoro_agile", "SogliaDiLegge")
    for codice, nome, quanto, su, norma, dal, al, nota in SOGLIE:
        soglia.objects.create(
            codice=codice, nome=nome, percentuale=quanto, su=su, norma=norma, dal=dal, al=al,
            nota=nota,
        )  # fmt: skip
    condizione = apps.get_model("lavoro_agile", "CondizioneDiLegge")
    for ordine, (codice, testo, di, controllo, norma, dal) in enumerate(CONDIZIONI, start=1):
        condizione.objects.create(
            codice=codice, ordine=ordine, testo=testo, di=di, controllo=controllo, norma=norma,
            dal=dal,
        )  # fmt: skip


def togli(apps: Any, editor: Any) -> None:
    apps.get_model("lavoro_agile", "SogliaDiLegge").objects.all().delete()
    apps.get_model("lavoro_agile", "CondizioneDiLegge").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("lavoro_agile", "0001_lavoro_agile")]
    operations = [migrations.RunPython(scrivi, togli)]
