# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and their incarichi from a file: a row for each incarico."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy, ngettext

from piani import azioni
from piani.azioni.incarico import PERMESSO
from piani.importa_persone import COLONNE, RigaPersona, controllate
from piani.importazioni import celle
from piani.importazioni.genere import (
    Ambito,
    Campo,
    Contesto,
    Differenza,
    Esito,
    Genere,
    RigaLetta,
    Scritto,
)
from piani.models import Incarico, Ruolo, UnitaOrganizzativa

Chiave = tuple[str, str, str, date | None]


class PersoneAmbito(Ambito):
    """Whether who is new is told at once."""

    spedisci = forms.BooleanField(
        label=gettext_lazy("Manda gli inviti alle persone nuove"), required=False, initial=True
    )


class Persone(Genere):
    """New people with their incarichi, and incarichi of people already here."""

    chiave = "persone"
    nome = gettext_lazy("Persone e incarichi")
    descrizione = gettext_lazy(
        "Una riga per incarico. Le persone nuove ricevono l’invito; a chi c’è già si aggiunge "
        "l’incarico. Chi non è nel foglio resta com’è."
    )
    permesso = PERMESSO
    ruoli = (Ruolo.AMMINISTRATORE,)
    ambito = PersoneAmbito
    annullabile = False
    perche_no = gettext_lazy(
        "Una persona registrata non si cancella, perché resta nel registro: chi è entrato per "
        "sbaglio si disattiva dalla sua pagina, un incarico di troppo si chiude."
    )
    campi = (
        Campo("cognome", gettext_lazy("Cognome"), ("cognome",), celle.testo(150),
              obbligatorio=True, personale=True),
        Campo("nome", gettext_lazy("Nome"), ("nome",), celle.testo(150), obbligatorio=True,
              personale=True),
        Campo("email", gettext_lazy("Posta elettronica"), ("email", "e mail", "posta", "mail",
              "posta elettronica"), celle.testo(254), obbligatorio=True, personale=True),
        Campo("ruolo", gettext_lazy("Incarico"), ("ruolo", "incarico"),
              celle.scelta({valore: (str(nome),) for valore, nome in Ruolo.choices}),
              obbligatorio=True),
        Campo("unita", gettext_lazy("Unità"), celle.SINONIMI_CDR, celle.testo(200)),
        Campo("dal", gettext_lazy("Dal"), ("dal", "inizio", "data inizio", "decorrenza"),
              celle.giorno, obbligatorio=True, costante=True),
        Campo("al", gettext_lazy("Al"), ("al", "fine", "data fine", "scadenza"), celle.giorno),
    )  # fmt: skip
    esempio = (
        ("Nome", "Cognome", "Email", "Ruolo", "Unità", "Dal", "Al"),
        ("Ada", "Prova", "ada.prova@example.org", "responsabile_cdr", "", "01/01/2026", ""),
    )

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        """All the rows together: the same person may be in more than one."""
        lette = [(una, _riga(una)) for una in righe]
        leggibili = [persona for letta, persona in lette if not letta.errori]
        azioni.prova_importazione(contesto.azienda, controllate(leggibili), da=contesto.da)
        gia = _incarichi(contesto, leggibili)
        for letta, persona in lette:
            yield _differenza(letta, persona, gia)

    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        """Everything, or nothing; what changed meanwhile is checked again by the action."""
        righe = controllate([RigaPersona(una.riga or 0, dict(una.dati)) for una in differenze])
        esito = azioni.importa_persone(
            contesto.azienda,
            righe,
            spedisci=bool(contesto.ambito.get("spedisci")),
            da=contesto.da,
        )
        return Scritto(
            effetti=[
                ngettext("%(n)s persona nuova.", "%(n)s persone nuove.", esito.persone)
                % {"n": esito.persone},
                ngettext("%(n)s incarico scritto.", "%(n)s incarichi scritti.", esito.incarichi)
                % {"n": esito.incarichi},
            ]
        )


def _riga(letta: RigaLetta) -> RigaPersona:
    """The row as the action wants it: texts, days written the Italian way."""
    return RigaPersona(
        letta.numero, {nome: celle.scritta(letta.valori.get(nome)) for nome in COLONNE}
    )


def _incarichi(contesto: Contesto, righe: list[RigaPersona]) -> dict[Chiave, date | None]:
    """The incarichi of these people in the azienda, with their last day; in two queries."""
    oggi = UnitaOrganizzativa.objects.alla_data(contesto.azienda, timezone.localdate())
    nomi = {una.pk: {una.codice.casefold(), una.nome.casefold()} for una in oggi}
    poste = {riga.email for riga in righe}
    trovati = Incarico.objects.filter(azienda=contesto.azienda).select_related("utente")
    return {
        (uno.utente.email.lower(), uno.ruolo, nome, uno.dal): uno.al
        for uno in trovati
        if uno.utente.email.lower() in poste
        for nome in (nomi.get(uno.unita_id, set()) if uno.unita_id else {""})
    }


def _differenza(
    letta: RigaLetta, persona: RigaPersona, gia: dict[Chiave, date | None]
) -> Differenza:
    testi = persona.celle
    chiave = f"{testi['cognome']} {testi['nome']}".strip() or persona.email
    incarico = (persona.email, persona.ruolo, testi["unita"].casefold(), persona.dal)
    if not letta.errori and incarico in gia and gia[incarico] == persona.al:
        return Differenza(letta.numero, Esito.UGUALE, chiave, celle=letta.testi)
    errori = dict(letta.errori) or persona.errori
    if errori:
        return Differenza(letta.numero, Esito.SBAGLIATA, chiave, celle=letta.testi, errori=errori)
    return Differenza(letta.numero, Esito.NUOVA, chiave, celle=letta.testi, dati=testi)


GENERE: Any = Persone()
