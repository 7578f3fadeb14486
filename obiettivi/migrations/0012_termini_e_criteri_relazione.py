# SPDX-License-Identifier: AGPL-3.0-or-later
"""By when a Relazione is due and by which criteria the Nucleo examines it, as the law says today.

Those of the delibera CiVIT held until the guidelines of the Dipartimento della funzione pubblica
took their place; these speak to the ministries, and the other bodies follow them as a reference.
"""

from typing import Any

from django.db import migrations

TERMINE = (2011, 6, 30, "art. 10 c. 1 lett. b) D.Lgs. 150/2009")
CIVIT = "delib. CiVIT n. 6/2012"
LINEE_GUIDA = "Linee guida DFP n. 3/2018, par. 4"
CRITERI_CIVIT = (
    ("conformità", "Conformità",
     "La Relazione dice tutto ciò che la legge e gli indirizzi in vigore le chiedono di dire?"),
    ("attendib.", "Attendibilità dei dati e delle informazioni",
     "Le cifre hanno una fonte, si ritrovano, e i conti che ne derivano tornano?"),
    ("comprens.", "Comprensibilità per i cittadini e le imprese",
     "Chi non lavora nell'ente capisce che cosa è stato ottenuto e che cosa no?"),
)  # fmt: skip
CRITERI_DFP = (
    ("a", "Coerenza con il Piano dell'anno",
     "La Relazione rende conto degli stessi obiettivi, indicatori e target del Piano, comprese le "
     "revisioni fatte nell'anno?"),
    ("b", "Coerenza delle valutazioni della performance organizzativa",
     "La valutazione che l'organismo dà della performance organizzativa e quella che l'ente scrive "
     "nella Relazione dicono la stessa cosa?"),
    ("c", "Risultati di tutti gli obiettivi",
     "Ogni obiettivo del Piano, organizzativo e individuale, ha qui il suo risultato?"),
    ("d", "Anticorruzione e trasparenza",
     "Misurando e valutando si è tenuto conto degli obiettivi su anticorruzione e trasparenza?"),
    ("e", "Uso corretto dei metodi di calcolo",
     "Ogni indicatore è calcolato con la formula e con il metodo che il Piano e il Sistema di "
     "misurazione prevedono?"),
    ("f", "Affidabilità dei dati",
     "I dati vengono da fonti certe, esterne o del controllo di gestione, piuttosto che da chi è "
     "valutato?"),
    ("g", "Scostamenti dichiarati e motivati",
     "Di ogni indicatore fuori dal target si legge di quanto, e perché?"),
    ("h", "Adeguatezza del processo",
     "Il processo di misurazione e valutazione raccontato è quello che il Sistema di misurazione "
     "prevede?"),
    ("i", "Conformità alle norme e alle linee guida",
     "Contenuti, tempi e passaggi sono quelli delle norme e delle linee guida in vigore?"),
    ("l", "Sinteticità",
     "La Relazione è breve quanto può, con schemi e tabelle al posto di lunghi testi?"),
    ("m", "Chiarezza e comprensibilità",
     "Il linguaggio è piano, l'indice aiuta, tabelle e figure si leggono da sole?"),
)  # fmt: skip


def scrivi(apps: Any, editor: Any) -> None:
    anno, mese, giorno, norma = TERMINE
    apps.get_model("obiettivi", "TermineRelazione").objects.create(
        anno_dal=anno, mese=mese, giorno=giorno, norma=norma
    )
    criterio = apps.get_model("obiettivi", "CriterioValidazione")
    gruppi = ((CRITERI_CIVIT, CIVIT, 2011, 2016), (CRITERI_DFP, LINEE_GUIDA, 2017, None))
    for criteri, fonte, dal, al in gruppi:
        for ordine, (codice, nome, domanda) in enumerate(criteri, start=1):
            criterio.objects.create(
                codice=codice, ordine=ordine, nome=nome, domanda=domanda, norma=fonte,
                anno_dal=dal, anno_al=al,
            )  # fmt: skip


def togli(apps: Any, editor: Any) -> None:
    apps.get_model("obiettivi", "TermineRelazione").objects.all().delete()
    apps.get_model("obiettivi", "CriterioValidazione").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("obiettivi", "0011_relazione")]
    operations = [migrations.RunPython(scrivi, togli)]
