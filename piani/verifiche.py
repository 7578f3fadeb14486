# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is missing or does not add up in a plan, one item at a time, with where to mend it.

Each step of the plan asks the same list: an item may stop a step, or only ask to be seen.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.models import Parere, PareriDovuti, Piano, Sezione, TermineAdozione
from piani.passaggi import Passo
from piani.stampa.formati import numero_italiano

LUNGO_UN_CAPITOLO = 20  # characters below which a section says nothing


@dataclass(frozen=True)
class Mancanza:
    """An item to complete: a sentence, the page where it is seen and the one where it is mended.

    It stops the steps from ``blocca_da`` on (none if ``None``), and asks to be seen from
    ``avverte_da`` on. ``gruppo`` is the heading under which the page lists it.
    """

    testo: str
    url: str = ""
    rimedio: str = ""
    gruppo: str = ""
    blocca_da: Passo | None = None
    avverte_da: Passo = Passo.INVIO

    def blocca(self, passo: Passo) -> bool:
        """An adopted act is published as it is: nothing stops the last step."""
        return self.blocca_da is not None and self.blocca_da <= passo < Passo.PUBBLICAZIONE

    def avverte(self, passo: Passo) -> bool:
        return self.avverte_da <= passo and not self.blocca(passo)


@dataclass(frozen=True)
class Cancello:
    """What stands before a step: what stops it, and what has to be seen before taking it."""

    bloccano: tuple[Mancanza, ...] = ()
    avvertono: tuple[Mancanza, ...] = ()

    @property
    def impronta(self) -> str:
        """The mark of the items to be seen, so that what is confirmed is what was shown."""
        if not self.avvertono:
            return ""
        testi = "\n".join(sorted(una.testo for una in self.avvertono))
        return hashlib.sha256(testi.encode()).hexdigest()[:16]


def raccogli(piano: Piano) -> list[Mancanza]:
    """Everything the apps find missing in the plan."""
    return [
        mancanza
        for percorso in settings.ALBERO_VERIFICHE_PIANO
        for mancanza in import_string(percorso)(piano)
    ]


def cancello(piano: Piano, passo: Passo, mancanze: Iterable[Mancanza] | None = None) -> Cancello:
    """What stands before a step of the plan."""
    tutte = list(raccogli(piano) if mancanze is None else mancanze)
    return Cancello(
        tuple(una for una in tutte if una.blocca(passo)),
        tuple(una for una in tutte if una.avverte(passo)),
    )


def per_gruppo(mancanze: Iterable[Mancanza]) -> list[tuple[str, list[Mancanza]]]:
    """The items under their headings, as they come."""
    gruppi: dict[str, list[Mancanza]] = {}
    for una in mancanze:
        gruppi.setdefault(una.gruppo, []).append(una)
    return list(gruppi.items())


def del_piano(piano: Piano) -> Iterator[Mancanza]:
    """What the ground floor looks at: act, opinions, narrative sections, figures that differ."""
    yield from _atto(piano)
    yield from _pareri(piano)
    yield from _sezioni(piano)
    yield from _quadrature(piano)


def _atto(piano: Piano) -> Iterator[Mancanza]:
    if piano.stato not in (Piano.Stato.ADOTTATO, Piano.Stato.PUBBLICATO):
        return
    campi = {
        _("il tipo"): piano.atto_tipo,
        _("il numero"): piano.atto_numero,
        _("la data"): piano.atto_data,
        _("l'organo"): piano.atto_organo,
    }
    for nome, valore in campi.items():
        if not valore:
            yield Mancanza(
                _("Dell'atto che adotta il piano manca %(cosa)s.") % {"cosa": nome},
                url=f"{_stato(piano)}#atto",
                rimedio=f"{_stato(piano)}#atto",
                gruppo=_("Atto e pareri"),
            )


def _pareri(piano: Piano) -> Iterator[Mancanza]:
    """The opinions that the law asks before adoption, and those against it."""
    if piano.tipo == Piano.Tipo.CONCILIAZIONE:
        return  # the act of the ATS carries them: they are not collected here
    gruppo, url = _("Atto e pareri"), f"{_stato(piano)}#pareri"
    espressi = {parere.ruolo: parere for parere in piano.pareri.all()}
    dovuti = PareriDovuti.objects.per(piano)
    for ruolo in dovuti.ruoli if dovuti else []:
        if ruolo not in espressi and piano.stato != Piano.Stato.SUPERATO:
            yield Mancanza(
                _("Manca il parere del %(chi)s (%(norma)s).")
                % {"chi": Parere.Ruolo(ruolo).label.lower(), "norma": dovuti.norma},
                url=url,
                rimedio=url if piano.stato == Piano.Stato.VALIDATO else "",
                gruppo=gruppo,
                blocca_da=Passo.ADOZIONE,
                avverte_da=Passo.ADOZIONE,
            )
    for parere in espressi.values():
        if parere.esito == Parere.Esito.CONTRARIO:
            yield Mancanza(
                _("Il parere del %(chi)s è contrario: l'atto deve motivare perché se ne discosta.")
                % {"chi": parere.get_ruolo_display().lower()},
                url=url,
                gruppo=gruppo,
                avverte_da=Passo.ADOZIONE,
            )


def _sezioni(piano: Piano) -> Iterator[Mancanza]:
    in_bozza = piano.stato == Piano.Stato.BOZZA
    gruppo, elenco = _("Sezioni del documento"), reverse("sezioni", args=[piano.slug])
    sezioni = list(piano.sezioni.all())
    if not sezioni:
        yield Mancanza(
            _("Il piano non ha nessuna sezione narrativa."),
            url=elenco,
            rimedio=elenco if in_bozza else "",
            gruppo=gruppo,
            blocca_da=Passo.INVIO,
        )
    for sezione in sezioni:
        if len(sezione.testo.strip()) < LUNGO_UN_CAPITOLO:
            yield Mancanza(
                _("La sezione «%(titolo)s» è vuota.") % {"titolo": sezione.titolo},
                url=elenco,
                rimedio=_pagina(sezione) if in_bozza else "",
                gruppo=gruppo,
                blocca_da=Passo.INVIO,
            )


def _pagina(sezione: Sezione) -> str:
    return f"{reverse('sezione_modifica', args=[sezione.pk])}?torna=stato"


def _quadrature(piano: Piano) -> Iterator[Mancanza]:
    for quadratura in piano.quadrature.all():
        if quadratura.da_guardare:
            yield Mancanza(
                _("%(dove)s: stampato %(stampato)s, ricalcolato %(calcolato)s.")
                % {
                    "dove": quadratura.dove,
                    "stampato": quadratura.stampato,
                    "calcolato": numero_italiano(quadratura.calcolato.normalize() + 0),
                },
                url=f"{piano.get_absolute_url()}#quadrature",
                rimedio=reverse("quadratura", args=[quadratura.pk]),
                gruppo=_("Totali che non tornano, da prendere in carico"),
                blocca_da=Passo.ADOZIONE,
            )


def _stato(piano: Piano) -> str:
    return reverse("stato_piano", args=[piano.slug])


def fuori_termine(piano: Piano, giorno: date) -> str:
    """Why an adoption on that day is late, with its law; "" if it is in time."""
    termine = TermineAdozione.objects.per(piano)
    if termine is None or giorno <= termine.nel(piano.anno_inizio):
        return ""
    return _("il termine era il %(giorno)s (%(norma)s)") % {
        "giorno": termine.nel(piano.anno_inizio).strftime("%d/%m/%Y"),
        "norma": termine.norma,
    }
