# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the chart on a day, one item at a time, with where to mend it.

Each app gives its own (``settings.ALBERO_VERIFICHE_ORGANIGRAMMA``): what the objectives ask of the
units is for the floor above to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.models import Azienda, Incarico, UnitaOrganizzativa
from piani.organigramma.responsabili import Guida, guide
from piani.organigramma.sospesi import rimasti_indietro, senza_unita
from piani.verifiche import Mancanza


@dataclass(frozen=True)
class Verifica:
    """One thing looked at: its title, why it matters and how it is mended, what was found."""

    chiave: str
    titolo: str
    spiegazione: str
    mancanze: list[Mancanza]


def raccogli(azienda: Azienda, giorno: date) -> list[Verifica]:
    """Everything the apps look at in the chart in force on that day."""
    return [
        verifica
        for percorso in settings.ALBERO_VERIFICHE_ORGANIGRAMMA
        for verifica in import_string(percorso)(azienda, giorno)
    ]


def della_struttura(azienda: Azienda, giorno: date) -> Iterator[Verifica]:
    """What the ground floor looks at: the tree, heads, people, incarichi left behind."""
    unita = list(UnitaOrganizzativa.objects.alla_data(azienda, giorno))
    di_chi = guide(unita, giorno)
    yield Verifica(
        "senza-responsabile",
        _("Centri di responsabilità senza responsabile"),
        _("Intanto risponde il responsabile dell’unità superiore più vicina."),
        [
            Mancanza(_senza_capo(una, di_chi[una.pk]), f"{_pagina(una, azienda)}#responsabili")
            for una in unita
            if una.cdr and not di_chi[una.pk].propri
        ],
    )
    yield Verifica(
        "due-responsabili",
        _("Unità con più di un responsabile"),
        _("Succede quando due unità si uniscono. Vale l’ultimo nominato: gli altri si terminano."),
        [
            Mancanza(_due_capi(una, di_chi[una.pk]), f"{_pagina(una, azienda)}#responsabili")
            for una in unita
            if len(di_chi[una.pk].propri) > 1
        ],
    )
    yield Verifica(
        "senza-superiore",
        _("Unità senza un’unità superiore"),
        _("In cima sta una sola unità: le altre si spostano sotto qualcuna, in una bozza."),
        [
            Mancanza(_("%(unita)s non sta sotto nessuna.") % {"unita": una}, _pagina(una, azienda))
            for una in _in_cima_di_troppo(unita)
        ],
    )
    da_sistemare = reverse("incarichi_da_sistemare", args=[azienda.codice])
    yield Verifica(
        "incarichi-indietro",
        _("Incarichi su unità di versioni passate"),
        _("Nell’organigramma nuovo la loro unità è stata divisa o tolta: si sceglie dove vanno."),
        [
            Mancanza(_indietro(incarico), f"{da_sistemare}#incarico-{incarico.pk}")
            for incarico in rimasti_indietro(azienda, giorno)
        ],
    )
    yield Verifica(
        "persone-senza-unita",
        _("Persone senza unità"),
        _("Nessun incarico dice in quale unità lavorano, oppure il loro incarico ne vuole una."),
        [
            Mancanza(_senza_unita(incarico), f"{da_sistemare}#incarico-{incarico.pk}")
            for incarico in senza_unita(azienda, giorno)
        ],
    )


def _pagina(unita: UnitaOrganizzativa, azienda: Azienda) -> str:
    return reverse("unita", args=[azienda.codice, unita.pk])


def _senza_capo(unita: UnitaOrganizzativa, guida: Guida) -> str:
    if guida.responsabile is None:
        return _("%(unita)s: nessuno risponde, nemmeno più in alto.") % {"unita": unita}
    return _("%(unita)s: risponde %(persona)s (%(sopra)s).") % {
        "unita": unita,
        "persona": guida.responsabile.utente,
        "sopra": guida.responsabile.unita,
    }


def _due_capi(unita: UnitaOrganizzativa, guida: Guida) -> str:
    nomi = ", ".join(str(incarico.utente) for incarico in guida.propri)
    return _("%(unita)s: %(nomi)s.") % {"unita": unita, "nomi": nomi}


def _in_cima_di_troppo(unita: Sequence[UnitaOrganizzativa]) -> list[UnitaOrganizzativa]:
    """The roots but one: the first direzione, or the first root when there is none."""
    radici = [una for una in unita if una.parent_id is None]
    direzioni = [una for una in radici if una.tipo == UnitaOrganizzativa.Tipo.DIREZIONE]
    vertice = (direzioni or radici)[:1]
    return [una for una in radici if una not in vertice]


def _indietro(incarico: Incarico) -> str:
    return _("%(persona)s, %(ruolo)s di «%(unita)s» (%(versione)s).") % {
        "persona": incarico.utente,
        "ruolo": incarico.get_ruolo_display(),
        "unita": incarico.unita,
        "versione": incarico.unita.organigramma if incarico.unita else "",
    }


def _senza_unita(incarico: Incarico) -> str:
    return _("%(persona)s, %(ruolo)s.") % {
        "persona": incarico.utente,
        "ruolo": incarico.get_ruolo_display(),
    }
