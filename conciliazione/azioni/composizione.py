# SPDX-License-Identifier: AGPL-3.0-or-later
"""The composition of the network, refreshed each semester (art. 2 bis of the Regolamento): counted
from the adhesions while it is a draft, a photograph once approved.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.models import ComposizioneRete, EdizioneConciliazione, RigaComposizione, TipoEnte
from conciliazione.rete.membri import membri_per_tipo
from piani.models import Utente
from piani.rules import esigi

Stato = ComposizioneRete.Stato
PERMESSO = "conciliazione.gestisce_rete"


@dataclass(frozen=True)
class Semestre:
    """When a composition is of, and what says so."""

    anno: int
    semestre: int
    al: date
    atto: str = ""


def prepara(
    edizione: EdizioneConciliazione,
    quando: Semestre,
    *,
    stampati: Mapping[str, int | None] | None = None,
    totale_stampato: int | None = None,
    da: Utente | None,
) -> ComposizioneRete:
    """Begin the composition of a semester.

    :param stampati: what a document already prints, by kind, to stand beside ours.
    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the semester has its own already.
    """
    esigi(da, PERMESSO, edizione)
    _controlla(quando)
    with transaction.atomic():
        riga = salva(
            ComposizioneRete(
                edizione=edizione, anno=quando.anno, semestre=quando.semestre, al=quando.al,
                atto=quando.atto.strip(), totale_stampato=totale_stampato,
            )
        )  # fmt: skip
        RigaComposizione.objects.bulk_create(
            RigaComposizione(composizione=riga, tipo=tipo, stampato=(stampati or {}).get(tipo))
            for tipo in TipoEnte
        )
        annota(
            "conc_composizione.preparata", riga, _("Composizione della Rete: %(riga)s")
            % {"riga": riga}, da=da, riguarda=[edizione],
        )  # fmt: skip
    return riga


def correggi(
    riga: ComposizioneRete,
    quando: Semestre,
    *,
    stampati: Mapping[str, int | None],
    totale_stampato: int | None,
    da: Utente | None,
) -> None:
    """Change the day, the act, the printed figures of a draft.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; it was approved.
    """
    esigi(da, PERMESSO, riga)
    _controlla(quando)
    with transaction.atomic():
        riga = bloccata(riga)
        esigi_stato(riga, Stato.BOZZA)
        riga.anno, riga.semestre, riga.al = quando.anno, quando.semestre, quando.al
        riga.atto, riga.totale_stampato = quando.atto.strip(), totale_stampato
        salva(riga, "anno", "semestre", "al", "atto", "totale_stampato")
        for tipo, numero in stampati.items():
            RigaComposizione.objects.filter(composizione=riga, tipo=tipo).update(stampato=numero)
        annota(
            "conc_composizione.corretta", riga, _("Corretta la composizione %(riga)s")
            % {"riga": riga}, da=da, riguarda=[riga.edizione],
        )  # fmt: skip


def approva(riga: ComposizioneRete, *, da: Utente | None) -> ComposizioneRete:
    """Freeze what the adhesions say on its day; what happens later does not change it.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: its day has yet to come; it was approved already.
    """
    esigi(da, PERMESSO, riga)
    if riga.al > timezone.localdate():
        raise ValidationError(
            _("La situazione è al %(giorno)s, che deve ancora venire: si approva da quel giorno.")
            % {"giorno": riga.al.strftime("%d/%m/%Y")}
        )
    with transaction.atomic():
        passa(riga, Stato.APPROVATA, approvata_il=timezone.now())
        contati = membri_per_tipo(riga.azienda, riga.al)
        for tipo, quanti in contati.items():
            RigaComposizione.objects.filter(composizione=riga, tipo=tipo).update(calcolato=quanti)
        annota(
            "conc_composizione.approvata", riga,
            _("Approvata la composizione %(riga)s: %(quanti)s enti")
            % {"riga": riga, "quanti": sum(contati.values())},
            da=da, dati={"contati": contati}, riguarda=[riga.edizione],
        )  # fmt: skip
    return riga


def togli_composizione(riga: ComposizioneRete, *, da: Utente | None) -> None:
    """Throw a draft away.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it was approved, or it is gone already.
    """
    esigi(da, PERMESSO, riga)
    with transaction.atomic():
        riga = bloccata(riga)
        esigi_stato(riga, Stato.BOZZA)
        annota(
            "conc_composizione.tolta", riga, _("Tolta la bozza della composizione %(riga)s")
            % {"riga": riga}, da=da, riguarda=[riga.edizione],
        )  # fmt: skip
        riga.delete()


def _controlla(quando: Semestre) -> None:
    errori: dict[str, Any] = {}
    if quando.semestre not in (1, 2):
        errori["semestre"] = _("I semestri sono il primo e il secondo.")
    elif (quando.al.year, 1 if quando.al.month <= 6 else 2) != (quando.anno, quando.semestre):
        errori["al"] = _("Il giorno non è in quel semestre: cambia il giorno o il semestre.")
    if errori:
        raise ValidationError(errori)
