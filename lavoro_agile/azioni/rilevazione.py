# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many are authorised on a day: counted from the agreements, or transcribed from a document."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, bloccata, salva
from lavoro_agile.models import AccordoIndividuale, AutorizzatiUnita, RilevazioneAgile
from piani.models import Azienda, UnitaOrganizzativa, Utente
from piani.rules import esigi

PERMESSO = "lavoro_agile.rileva_cifre"


@dataclass(frozen=True)
class Cella:
    """So many people of a gender in a unit, or in the unit of that printed name."""

    quanti: int
    genere: str = ""
    unita: UnitaOrganizzativa | None = None
    unita_stampata: str = ""

    @property
    def posto(self) -> tuple[int, str]:
        return (self.unita.pk if self.unita is not None else 0, self.unita_stampata)


def rileva(
    azienda: Azienda, *, giorno: date, titolo: str, dipendenti: int, potenziali: int | None = None,
    effettivi: int | None = None, nota: str = "", da: Utente | None,
) -> RilevazioneAgile:  # fmt: skip
    """Count the agreements in force on a day, by unit and gender, and keep what was counted.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; the day is still to come, or was counted already.
    """
    esigi(da, PERMESSO, azienda)
    if giorno > timezone.localdate():
        raise ValidationError({"giorno": _("Il giorno deve ancora venire: contali quel giorno.")})
    celle = list(_contati(azienda, giorno))
    return trascrivi(
        azienda, giorno=giorno, titolo=titolo, dipendenti=dipendenti, potenziali=potenziali,
        effettivi=effettivi, nota=nota, celle=celle, stampata=False, da=da,
    )  # fmt: skip


def trascrivi(
    azienda: Azienda, *, giorno: date, titolo: str, dipendenti: int, celle: Iterable[Cella],
    potenziali: int | None = None, effettivi: int | None = None, nota: str = "",
    stampata: bool = True, riga_fonte: str = "", da: Utente | None,
) -> RilevazioneAgile:  # fmt: skip
    """Keep a count with its cells, as a document prints them; units in the order given.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; that day was counted already.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        rilevazione = salva(
            RilevazioneAgile(
                azienda=azienda, anno=giorno.year, giorno=giorno, titolo=titolo,
                stampata=stampata, dipendenti=dipendenti, potenziali=potenziali,
                effettivi=effettivi, nota=nota, riga_fonte=riga_fonte,
            )
        )  # fmt: skip
        posti: dict[tuple[int, str], int] = {}
        for cella in celle:
            salva(
                AutorizzatiUnita(
                    rilevazione=rilevazione, ordine=posti.setdefault(cella.posto, len(posti) + 1),
                    unita=cella.unita, unita_stampata=cella.unita_stampata, genere=cella.genere,
                    quanti=cella.quanti,
                )
            )  # fmt: skip
        annota(
            "agile_rilevazione.fatta", rilevazione,
            _("Contati gli autorizzati al lavoro agile al %(giorno)s")
            % {"giorno": f"{giorno:%d/%m/%Y}"},
            da=da,
        )  # fmt: skip
    return rilevazione


def togli(rilevazione: RilevazioneAgile, *, da: Utente | None) -> None:
    """Throw away a count, with its cells.

    :raises PermissionDenied: the author is not of the risorse umane.
    """
    esigi(da, PERMESSO, rilevazione)
    with transaction.atomic():
        mia = bloccata(rilevazione)
        annota(
            "agile_rilevazione.tolta", mia,
            _("Tolta la rilevazione del lavoro agile al %(giorno)s")
            % {"giorno": f"{mia.giorno:%d/%m/%Y}"},
            da=da,
        )  # fmt: skip
        mia.delete()


def _contati(azienda: Azienda, giorno: date) -> Iterable[Cella]:
    """The agreements in force that day, by unit and gender."""
    gruppi = (
        AccordoIndividuale.objects.in_vigore(giorno)
        .filter(edizione__azienda=azienda)
        .values("unita", "unita_stampata", "genere")
        .annotate(quanti=Count("pk"))
        .order_by("unita__ordine", "unita_stampata", "genere")
    )
    chiavi = {uno["unita"] for uno in gruppi if uno["unita"]}
    unita = UnitaOrganizzativa.objects.in_bulk(chiavi)
    for uno in gruppi:
        yield Cella(
            quanti=uno["quanti"],
            genere=uno["genere"],
            unita=unita.get(uno["unita"]),
            unita_stampata=uno["unita_stampata"],
        )
