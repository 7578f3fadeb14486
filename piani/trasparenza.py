# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sub-sections of Amministrazione Trasparente that Albero holds.

Labels are compared word by word by the checkers: they are those of the annex to ANAC's
delibera 1310/2016 (art. 9, 10, 20 and 31 D.Lgs. 33/2013), never paraphrased.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from piani.models import Azienda, Piano


@dataclass(frozen=True)
class SezioneAT:
    """A sub-section; ``senza`` says in words why it may be empty."""

    slug: str
    etichetta: str
    norma: str
    senza: str


PERFORMANCE = (
    SezioneAT(
        "sistema-di-misurazione-e-valutazione-della-performance",
        "Sistema di misurazione e valutazione della Performance",
        "Par. 1, delib. CiVIT n. 104/2010",
        _(
            "L'ente non ha ancora pubblicato con Albero il proprio Sistema di misurazione e "
            "valutazione della performance."
        ),
    ),
    SezioneAT(
        "piano-della-performance",
        "Piano della Performance",
        "Art. 10, c. 8, lett. b), d.lgs. n. 33/2013",
        _("L'ente non ha ancora pubblicato con Albero un piano della performance."),
    ),
    SezioneAT(
        "relazione-sulla-performance",
        "Relazione sulla Performance",
        "Art. 10, c. 8, lett. b), d.lgs. n. 33/2013",
        _(
            "La relazione si pubblica a conclusione dell'anno e dopo la validazione "
            "dell'organismo di valutazione: qui non ce n'è ancora nessuna."
        ),
    ),
    SezioneAT(
        "ammontare-complessivo-dei-premi",
        "Ammontare complessivo dei premi",
        "Art. 20, c. 1, d.lgs. n. 33/2013",
        _(
            "L'ente non ha ancora pubblicato con Albero l'ammontare dei premi stanziati e "
            "distribuiti."
        ),
    ),
    SezioneAT(
        "dati-relativi-ai-premi",
        "Dati relativi ai premi",
        "Art. 20, c. 2, d.lgs. n. 33/2013",
        _(
            "L'ente non ha ancora pubblicato con Albero i criteri, la distribuzione aggregata e "
            "il grado di differenziazione dei premi."
        ),
    ),
)
OIV = SezioneAT(
    "documento-oiv-di-validazione-della-relazione-sulla-performance",
    "Documento dell'OIV di validazione della Relazione sulla Performance",
    "Par. 2.1, delib. CiVIT n. 6/2012",
    _(
        "Il documento di validazione accompagna la Relazione sulla performance: qui non ce n'è "
        "ancora nessuno."
    ),
)
RELAZIONE_OIV = SezioneAT(
    "relazione-dell-oiv-sul-funzionamento-del-sistema",
    "Relazione dell'OIV sul funzionamento complessivo del Sistema di valutazione, trasparenza "
    "e integrità dei controlli interni",
    "Par. 4, delib. CiVIT n. 23/2013",
    _("La relazione dell'organismo di valutazione non è ancora indicata qui."),
)
ATTI_OIV = (
    SezioneAT(
        "attestazione-dell-oiv-sugli-obblighi-di-pubblicazione",
        "Attestazione dell'OIV o di altra struttura analoga nell'assolvimento degli obblighi di "
        "pubblicazione",
        "Art. 31, d.lgs. n. 33/2013",
        _("L'attestazione dell'organismo di valutazione non è ancora indicata qui."),
    ),
    OIV,
    RELAZIONE_OIV,
    SezioneAT(
        "altri-atti-degli-organismi-di-valutazione",
        "Altri atti degli organismi indipendenti di valutazione, nuclei di valutazione o altri "
        "organismi con funzioni analoghe, procedendo all'indicazione in forma anonima dei dati "
        "personali eventualmente presenti",
        "Art. 31, d.lgs. n. 33/2013",
        _("Non ci sono altri atti dell'organismo di valutazione."),
    ),
)
PROGRAMMAZIONE = SezioneAT(
    "documenti-di-programmazione-strategico-gestionale",
    "Documenti di programmazione strategico-gestionale",
    "Art. 12, c. 1, d.lgs. n. 33/2013",
    _(
        "L'ente non ha ancora pubblicato con Albero un documento di programmazione diverso dal "
        "piano della performance."
    ),
)
GENERALI = "Disposizioni generali"
ATTI_GENERALI = "Atti generali"
CONTROLLI = "Controlli e rilievi sull'amministrazione"
ORGANISMI = (
    "Organismi indipendenti di valutazione, nuclei di valutazione o altri organismi con "
    "funzioni analoghe"
)
PER_SLUG = {sezione.slug: sezione for sezione in (*PERFORMANCE, *ATTI_OIV, PROGRAMMAZIONE)}


def sezione_di(tipo: str) -> SezioneAT:
    """Where a plan of that kind is published."""
    return (
        PROGRAMMAZIONE if tipo == Piano.Tipo.CONCILIAZIONE else PER_SLUG["piano-della-performance"]
    )


@dataclass(frozen=True)
class VoceAT:
    """A public table of another floor: under which headings it stands, its name, its address."""

    macro: str
    etichetta: str
    norma: str
    nome: str
    url: str


def voci_di(azienda: Azienda) -> list[VoceAT]:
    """The public tables that the other floors keep for an azienda."""
    return [
        voce for percorso in settings.ALBERO_VOCI_AT for voce in import_string(percorso)(azienda)
    ]
