# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actions of no Alleanza: written, brought forward, with the meetings of their groups."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, passa, salva
from conciliazione.models import AzioneDiPiano, EdizioneConciliazione, IncontroAzione
from conciliazione.models.azioni import StatoAzione
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.gestisce_azioni"
SCRITTI = (
    "titolo", "gruppo", "descrizione", "responsabile", "importo", "persone", "imprese", "dal", "al",
)  # fmt: skip


def scrivi_azione_di_piano(
    edizione: EdizioneConciliazione,
    *,
    valori: dict[str, Any],
    azione: AzioneDiPiano | None = None,
    da: Utente | None,
) -> AzioneDiPiano:
    """Write an action: new, in its genere, or that one. ``progetti`` are those that it joins; what
    ``valori`` does not name stays as it is.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; a project is of another edition.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia_edizione = bloccata(edizione)
        questa = bloccata(azione) if azione else _nuova(mia_edizione, valori["genere"])
        for campo in SCRITTI:
            setattr(questa, campo, valori.get(campo, getattr(questa, campo)))
        progetti = list(valori.get("progetti", ()))
        if any(uno.edizione_id != mia_edizione.pk for uno in progetti):
            raise ValidationError({"progetti": _("I progetti sono di un'altra edizione.")})
        salva(questa, *(SCRITTI if azione else ()))
        if "progetti" in valori:
            questa.progetti.set(progetti)
        annota("conc_azione_piano.scritta", questa, _("Azione «%(a)s»") % {"a": questa}, da=da,
               dati={"importo": str(questa.importo or "")})  # fmt: skip
    return questa


def _nuova(edizione: EdizioneConciliazione, genere: str) -> AzioneDiPiano:
    mie = AzioneDiPiano.objects.filter(edizione=edizione, genere=genere)
    ultimo = mie.aggregate(n=Max("ordine"))["n"] or 0
    return AzioneDiPiano(edizione=edizione, genere=genere, ordine=ultimo + 1)


def togli_azione_di_piano(azione: AzioneDiPiano, *, da: Utente | None) -> None:
    """Remove an action that was never started, with its meetings.

    :raises ValidationError: it was started, or somebody removed it already.
    """
    esigi(da, PERMESSO, azione)
    with transaction.atomic():
        mia = bloccata(azione)
        if mia.stato in (StatoAzione.IN_CORSO, StatoAzione.CONCLUSA) or mia.incontri.exists():
            raise ValidationError(_("L'azione è già cominciata: non si toglie."))
        annota("conc_azione_piano.tolta", mia, _("Tolta «%(a)s»") % {"a": mia}, da=da)
        mia.delete()


def avanza_azione_di_piano(azione: AzioneDiPiano, *, stato: str, da: Utente | None) -> None:
    """Bring an action to its next state; the first start keeps its day."""
    esigi(da, PERMESSO, azione)
    with transaction.atomic():
        mia = bloccata(azione)
        if stato == StatoAzione.IN_CORSO and mia.avviata_il is None:
            passa(mia, stato, avviata_il=timezone.localdate())
        else:
            passa(mia, stato)
        annota(f"conc_azione_piano.{stato}", mia, f"{mia}: {mia.get_stato_display()}", da=da)
    azione.refresh_from_db()


def aggiungi_incontro(
    azione: AzioneDiPiano,
    *,
    giorno: date,
    tema: str,
    partecipanti: int | None = None,
    esito: str = "",
    da: Utente | None,
) -> IncontroAzione:
    """Record a meeting of the working group: the indicators count them.

    :raises ValidationError: by field; the day is to come.
    """
    esigi(da, PERMESSO, azione)
    if giorno > timezone.localdate():
        raise ValidationError({"giorno": _("L'incontro si registra dopo che c'è stato.")})
    with transaction.atomic():
        mia = bloccata(azione)
        nuovo = salva(
            IncontroAzione(
                azione=mia, giorno=giorno, tema=tema.strip(), partecipanti=partecipanti,
                esito=esito.strip(),
            )
        )  # fmt: skip
        annota("conc_incontro.registrato", nuovo, _("Incontro %(i)s") % {"i": nuovo}, da=da,
               riguarda=[mia])  # fmt: skip
    return nuovo


def togli_incontro(incontro: IncontroAzione, *, da: Utente | None) -> None:
    """Remove a meeting entered by mistake; that it was there stays on record."""
    esigi(da, PERMESSO, incontro)
    with transaction.atomic():
        mio = bloccata(incontro)
        annota("conc_incontro.tolto", mio, _("Tolto l'incontro %(i)s") % {"i": mio}, da=da,
               riguarda=[mio.azione])  # fmt: skip
        mio.delete()
