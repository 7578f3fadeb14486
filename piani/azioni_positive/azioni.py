# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the CUG and the risorse umane write of an action in a year."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.righe import differenze, istantanea
from piani.azioni.scritture import bloccata, salva
from piani.models import AzionePositiva, MonitoraggioAzione, Piano, Utente
from piani.rules import esigi

PERMESSO = "piani.tiene_azioni_positive"
Stato = MonitoraggioAzione.Stato
SCRITTI = ("stato", "percentuale", "fatto", "criticita", "rilevato")
DA_RACCONTARE = (Stato.IN_CORSO, Stato.REALIZZATA)
FERME = (Stato.DA_AVVIARE, Stato.NON_DOVUTA)


def monitora(
    azione: AzionePositiva,
    *,
    anno: int,
    stato: str,
    percentuale: Decimal | None = None,
    fatto: str = "",
    criticita: str = "",
    rilevato: str = "",
    visto: int | None = None,
    da: Utente | None,
) -> MonitoraggioAzione:
    """Write what was done of an action in a year, the first time or again.

    :param visto: how many times it had been written when the person read it; ``None`` to write
        anyway.
    :raises PermissionDenied: the author is neither of the CUG nor of the risorse umane.
    :raises ValidationError: by field; the plan is not adopted; that year is not of the action, or
        is still to come; somebody wrote of it meanwhile.
    """
    esigi(da, PERMESSO, azione)
    if stato == Stato.REALIZZATA and percentuale is None:
        percentuale = Decimal(100)
    _esigi_detto(stato, percentuale, fatto, criticita)
    with transaction.atomic():
        mia = bloccata(azione)
        _esigi_tempo(mia, anno)
        riga = MonitoraggioAzione.objects.filter(azione=mia, anno=anno).first()
        riga = riga or MonitoraggioAzione(azione=mia, anno=anno)
        if visto is not None and visto != (riga.modifiche if riga.pk else 0):
            raise ValidationError(
                _("Mentre scrivevi qualcun altro ha aggiornato quest'azione: riapri la pagina, "
                  "leggi ciò che ha scritto e aggiungi il tuo.")
            )  # fmt: skip
        prima = istantanea(riga, SCRITTI) if riga.pk else {}
        riga.stato, riga.percentuale, riga.scritto_da = stato, percentuale, da
        riga.fatto, riga.criticita, riga.rilevato = fatto, criticita, rilevato
        riga.modifiche += 1
        salva(riga)
        registra(
            "azione_positiva.monitorata",
            riga,
            azienda=mia.azienda,
            da=da,
            descrizione=_("Azione positiva «%(azione)s», %(anno)s: %(stato)s")
            % {"azione": mia, "anno": anno, "stato": riga.get_stato_display().lower()},
            dati=differenze(prima, istantanea(riga, SCRITTI)),
            riguarda=(mia, mia.area, mia.piano),
        )
    return riga


def _esigi_detto(stato: str, percentuale: Decimal | None, fatto: str, criticita: str) -> None:
    """What is written goes with the state."""
    errori = {}
    if stato == Stato.REALIZZATA and percentuale != 100:
        errori["percentuale"] = _("Un'azione realizzata è fatta per intero: scrivi 100.")
    elif stato != Stato.REALIZZATA and percentuale == 100:
        errori["stato"] = _("Al 100 % l'azione è realizzata: scegli «Realizzata».")
    elif stato in FERME and percentuale:
        errori["percentuale"] = _("Se l'azione non è cominciata non c'è una percentuale: "
                                  "lasciala vuota o scegli «In corso».")  # fmt: skip
    if stato in DA_RACCONTARE and not fatto.strip():
        errori["fatto"] = _("Scrivi che cosa si è fatto.")
    if stato == Stato.RINVIATA and not criticita.strip():
        errori["criticita"] = _("Scrivi perché l'azione è rinviata.")
    if errori:
        raise ValidationError(errori)


def _esigi_tempo(azione: AzionePositiva, anno: int) -> None:
    """The plan is adopted, the year is of the action and has begun."""
    if azione.piano.stato not in Piano.ADOTTATI:
        raise ValidationError(_("Il piano non è ancora adottato: il monitoraggio comincia dopo."))
    if not azione.anno_inizio <= anno <= azione.anno_fine:
        raise ValidationError(
            _("L'azione va dal %(da)s al %(a)s: nel %(anno)s non c'è niente da monitorare.")
            % {"da": azione.anno_inizio, "a": azione.anno_fine, "anno": anno}
        )
    if anno > timezone.localdate().year:
        raise ValidationError(_("Il %(anno)s deve ancora cominciare.") % {"anno": anno})
