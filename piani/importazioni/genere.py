# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be imported: each kind is given by the floor that owns its nouns.

A kind says its fields, compares the rows of a file with what there is, writes what differs through
the actions of its app, and takes it back.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.importazioni.celle import Lettore, testo
from piani.models import Azienda, Importazione, RigaImportata, Ruolo, Utente

Esito = RigaImportata.Esito


@dataclass(frozen=True)
class Campo:
    """A field of a kind: how columns call it, how a cell of it is read.

    ``obbligatorio``: no row without it. ``personale``: it says something of a person, and may be
    left out. ``unito``: an empty cell may mean the one above. ``costante``: it may be said once for
    the whole file. ``sentinella``: −1 may stand for «not available». ``nell_intestazione``: what a
    header says of it («II trim» → «T2»).
    """

    chiave: str
    nome: Any
    sinonimi: tuple[str, ...] = ()
    leggi: Lettore = testo(200)  # noqa: RUF009 -- a reader keeps nothing
    obbligatorio: bool = False
    personale: bool = False
    unito: bool = False
    costante: bool = False
    sentinella: bool = False
    nell_intestazione: Callable[[str], str | None] | None = None


@dataclass(frozen=True, slots=True)
class RigaLetta:
    """A row of the file: what its cells say, and those that could not be read."""

    numero: int
    valori: dict[str, Any]
    testi: dict[str, str]
    errori: dict[str, str]


@dataclass(frozen=True, slots=True)
class Differenza:
    """What a row of the file would do; ``riga`` is None for what the file does not have.

    ``celle`` and ``prima`` are texts for people, by field; ``dati`` is what writing needs;
    ``segno`` tells at writing whether what there was has moved; ``posto`` is given by who keeps it.
    """

    riga: int | None
    esito: str
    chiave: str = ""
    celle: Mapping[str, str] = field(default_factory=dict)
    prima: Mapping[str, str] = field(default_factory=dict)
    errori: Mapping[str, str] = field(default_factory=dict)
    dati: Mapping[str, Any] = field(default_factory=dict)
    segno: str = ""
    posto: int = 0


@dataclass(frozen=True)
class Scritto:
    """What undoing will need, and the effects to tell."""

    annullo: dict[str, Any] = field(default_factory=dict)
    effetti: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Contesto:
    """For whom, where and from what a kind works; ``memoria`` is its own, for what it looks up."""

    importazione: Importazione
    azienda: Azienda
    ambito: dict[str, Any]
    da: Utente | None
    origine: str
    avanza: Callable[[int, int], None]
    memoria: dict[str, Any] = field(default_factory=dict)


class Superate(ValidationError):
    """Rows that others changed after the preview, by ``posto``: nothing was written."""

    def __init__(self, righe: dict[int, str]) -> None:
        super().__init__(
            _("Non è stato scritto niente: dopo l'anteprima qualcuno ha cambiato gli stessi dati.")
        )
        self.righe = righe


class Ambito(forms.Form):
    """What must be known besides the file. Its initial values may come from the address."""

    def __init__(self, *args: Any, azienda: Azienda, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.azienda, self.utente = azienda, utente

    def come_dati(self) -> dict[str, Any]:
        """The answers as they are kept with the import."""
        return {
            nome: valore.pk if isinstance(valore, Model) else valore
            for nome, valore in self.cleaned_data.items()
        }


class Genere(ABC):
    """A kind of import. ``permesso`` is asked on the azienda; ``ruoli`` are of who finds its
    imports in the list; ``predefinito`` is the field of a column whose header says only a period;
    ``righe_spoglie``: a row says something even where all its columns by period are empty.
    ``nelle_intestazioni``: other fields that headers may say, by ``nell_intestazione`` below.
    """

    chiave: str
    nome: Any
    descrizione: Any = ""
    permesso: str
    ruoli: tuple[str, ...] = (Ruolo.CONTROLLO_GESTIONE,)
    campi: tuple[Campo, ...]
    predefinito: str = ""
    righe_spoglie: bool = False
    nelle_intestazioni: tuple[str, ...] = ()
    ignora: tuple[str, ...] = ()
    ambito: type[Ambito] = Ambito
    esempio: tuple[tuple[str, ...], ...] = ()
    annullabile: bool = True
    perche_no: Any = ""

    def campo(self, chiave: str) -> Campo:
        return next(uno for uno in self.campi if uno.chiave == chiave)

    def mancano(self, campi: Collection[str]) -> list[str]:
        """Why a mapping to these fields is not enough: sentences for people."""
        return [
            _("Manca la colonna «%(campo)s».") % {"campo": uno.nome}
            for uno in self.campi
            if uno.obbligatorio and uno.chiave not in campi
        ]

    def nell_intestazione(self, contesto: Contesto, testo: str) -> dict[str, str]:
        """What a header says of the fields, when telling it needs the rows of the azienda."""
        return {}

    @abstractmethod
    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        """One for each row, in order, then those that the file takes away. Nothing is written."""

    @abstractmethod
    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        """Write those new, changed and taken away, inside the transaction of who calls.

        :raises Superate: rows that moved after the preview.
        :raises ValidationError: what the actions refuse.
        """

    def annulla(self, contesto: Contesto) -> list[str]:
        """Take back what was written, inside the transaction of who calls; what happened.

        :raises ValidationError: what was written has been changed since.
        """
        raise ValidationError(str(self.perche_no) or _("Questa importazione non si annulla."))


@cache
def generi() -> dict[str, Genere]:
    """The kinds of all the floors, by key."""
    tutti = [import_string(percorso) for percorso in settings.ALBERO_IMPORTAZIONI]
    return {uno.chiave: uno for uno in tutti}
