# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the lavoro agile in the API, with the keys of an azienda's rows."""

from typing import Any

from piani.models import Azienda, Organigramma
from tests.api.mondo_lavoro_agile import una_di_ogni
from tests.factories import OrganigrammaFactory, UnitaFactory
from tests.frontiere.agile import edizione_di

RADICE = "/lavoro-agile"
ALTRI = (
    ("mappature", "totali"), ("bandi", "cifre"), ("bandi", "ammissioni"),
    ("accordi", "comunicazione"), ("accordi", "cessazione"), ("questionari", "risultati"),
    ("accordi", "annullamento"), ("accordi", "proposta"), ("accordi", "rinnovo"),
    ("accordi", "ripresa"), ("bandi", "annullamento"), ("bandi", "conclusione"),
    ("bandi", "pubblicazione"), ("bandi", "riapertura"), ("domande", "accordo"),
    ("mappature", "unita"), ("mappature", "chiusura"), ("mappature", "riapertura"),
    ("schede-di-mappatura", "acquisizione"), ("schede-di-mappatura", "riapertura"),
)  # fmt: skip
GIORNI = {"titolo": "Di prova", "apre_il": "2029-01-10", "chiude_il": "2029-02-10"}
DI_PERSONE = ("domande", "accordi", "giornate")
# Of their people, of who leads them, of the risorse umane: who reads the azienda finds none.
NASCOSTE = {
    *(f"{RADICE}/{nome}/{{id}}" for nome in DI_PERSONE),
    *(f"{RADICE}/{nome}/{{id}}/{che}" for nome, che in ALTRI if nome in DI_PERSONE),
}
VUOTE = {f"{RADICE}/{nome}" for nome in DI_PERSONE}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    righe = una_di_ogni(edizione_di(azienda))
    edizione = righe.pop("edizioni")
    return {
        **{
            f"{RADICE}/edizioni/{{slug}}{passo}": {"slug": edizione.slug}
            for passo in ("", "/chiusura", "/in-vigore")
        },
        **{f"{RADICE}/{nome}/{{id}}": {"id": riga.pk} for nome, riga in righe.items()},
        **{f"{RADICE}/{nome}/{{id}}/{che}": {"id": righe[nome].pk} for nome, che in ALTRI},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    organigramma = Organigramma.objects.filter(azienda=azienda, valido_dal__isnull=False).first()
    unita = UnitaFactory(organigramma=organigramma or OrganigrammaFactory(azienda=azienda))
    return {
        f"{RADICE}/mappature": {"azienda": azienda.codice, "anno": 2029, **GIORNI},
        f"{RADICE}/bandi": {"edizione": edizione_di(azienda).slug, **GIORNI},
        f"{RADICE}/questionari": {
            "edizione": edizione_di(azienda).slug,
            "titolo": "Come va",
            "rivolto": "lavoratori",
            "anno": 2024,
        },
        f"{RADICE}/rilevazioni": {
            "azienda": azienda.codice,
            "giorno": "2024-01-31",
            "titolo": "Al 31 gennaio",
            "dipendenti": 100,
        },
        f"{RADICE}/giornate": {
            "azienda": azienda.codice,
            "unita": unita.pk,
            "anno": 2024,
            "mese": 1,
            "persone": 7,
        },
    }
