# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report of the CUG sent by the 30th of March: frozen in a version, printed, corrected."""

import hashlib
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani import tasks
from piani.azioni.lavoro import manda
from piani.azioni.scritture import bloccata, esigi_stato, passa_da, salva
from piani.azioni_positive.documento import fotografa
from piani.azioni_positive.relazione import PERMESSO, Stato, annota, vuote
from piani.models import RelazioneCUG, Utente, VersioneRelazioneCUG
from piani.rules import esigi
from piani.stampa import rende_json, rende_pdf


def trasmetti(relazione: RelazioneCUG, *, da: Utente | None) -> VersioneRelazioneCUG:
    """Send the report to the Direzione and to the Nucleo: a version of it is frozen with the
    figures of today, and printed. A corrected one is a new version.

    :raises PermissionDenied: the author is not of the CUG.
    :raises ValidationError: the year is not over; a part is empty; it was sent already.
    """
    esigi(da, PERMESSO, relazione)
    oggi = timezone.localdate()
    with transaction.atomic():
        mia = bloccata(relazione)
        esigi_stato(mia, Stato.BOZZA)
        if oggi.year <= mia.anno:
            raise ValidationError(
                _("Il %(anno)s non è finito: la relazione si trasmette dal 1º gennaio dopo.")
                % {"anno": mia.anno}
            )
        if mancano := vuote(mia):
            raise ValidationError(
                _("Da scrivere prima di trasmettere: %(parti)s.") % {"parti": ", ".join(mancano)}
            )
        versione = _congela(mia, oggi, da)
        foto = versione.fotografia
        passa_da(
            mia, [Stato.BOZZA], Stato.TRASMESSA,
            trasmessa_il=mia.trasmessa_il or oggi, trasmessa_da=da, al_dipartimento_il=None,
            fotografia={"azioni": foto["azioni"], "personale": foto["personale"]},
        )  # fmt: skip
        dati = {"versione": versione.numero, "sha256": versione.sha256_contenuto}
        annota("trasmessa", mia, _("%(chi)s: trasmessa alla Direzione e al Nucleo"), da, dati)
        manda(tasks.stampa_relazione_cug, versione.pk)
    return versione


def riapri(relazione: RelazioneCUG, *, motivo: str, da: Utente | None) -> None:
    """Back to draft, to correct what was sent: it stays readable until it is sent again.

    :raises PermissionDenied: the author is not of the CUG.
    :raises ValidationError: no reason; it was not sent.
    """
    esigi(da, PERMESSO, relazione)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi che cosa si corregge, e perché.")})
    with transaction.atomic():
        mia = bloccata(relazione)
        esigi_stato(mia, Stato.TRASMESSA)
        if mia.trasmessa_il and not mia.versioni.exists():
            prima = _congela(mia, mia.trasmessa_il, mia.trasmessa_da)
            manda(tasks.stampa_relazione_cug, prima.pk)
        passa_da(mia, [Stato.TRASMESSA], Stato.BOZZA, motivo_correzione=motivo.strip())
        annota("riaperta", mia, _("%(chi)s: riaperta per correggerla"), da,
                {"motivo": motivo.strip()})  # fmt: skip


def _congela(relazione: RelazioneCUG, oggi: date, da: Utente | None) -> VersioneRelazioneCUG:
    """A version with its photograph, that waits to be printed."""
    ultima = relazione.versioni.first()
    numero = ultima.numero + 1 if ultima else 1
    contenuto = rende_json(fotografa(relazione, versione=numero, giorno=oggi))
    return salva(
        VersioneRelazioneCUG(
            relazione=relazione,
            numero=numero,
            contenuto=contenuto.decode(),
            sha256_contenuto=hashlib.sha256(contenuto).hexdigest(),
            motivo=relazione.motivo_correzione if ultima else "",
            trasmessa_il=oggi,
            trasmessa_da=da,
        )
    )


def stampa(versione: VersioneRelazioneCUG) -> bool:
    """Draw the PDF of a version and keep it with its sha256; False if it is there already.

    :raises StampaNonDisponibile: the libraries that draw the PDF are not installed.
    """
    if versione.file:
        return False
    pdf = rende_pdf(versione.fotografia)
    with transaction.atomic():
        mia = bloccata(versione)
        if mia.file:
            return False
        mia.file.save(nome_del_file(mia), ContentFile(pdf.contenuto), save=False)
        mia.sha256_pdf = hashlib.sha256(pdf.contenuto).hexdigest()
        mia.pagine = pdf.pagine
        mia.save(update_fields=["file", "sha256_pdf", "pagine"])
        annota("stampata", mia.relazione, _("%(chi)s: stampata"), None,
                {"versione": mia.numero, "sha256": mia.sha256_pdf})  # fmt: skip
    return True


def nome_del_file(versione: VersioneRelazioneCUG) -> str:
    """``relazione-cug-ats-milano-2022-v1.pdf``."""
    relazione = versione.relazione
    return f"relazione-cug-{relazione.azienda.codice}-{relazione.anno}-v{versione.numero}.pdf"


def al_dipartimento(relazione: RelazioneCUG, *, giorno: date, da: Utente | None) -> None:
    """Record when it was sent to the Dipartimento della Funzione Pubblica.

    :raises PermissionDenied: the author is not of the CUG.
    :raises ValidationError: it is still a draft; that day is before it was sent, or to come.
    """
    esigi(da, PERMESSO, relazione)
    with transaction.atomic():
        mia = bloccata(relazione)
        esigi_stato(mia, Stato.TRASMESSA)
        ultima = mia.versioni.first()
        primo = ultima.trasmessa_il if ultima else mia.trasmessa_il
        if primo and not primo <= giorno <= timezone.localdate():
            raise ValidationError(
                {"giorno": _("Scrivi un giorno dal %(primo)s a oggi.")
                 % {"primo": primo.strftime("%d/%m/%Y")}}
            )  # fmt: skip
        mia.al_dipartimento_il = giorno
        salva(mia, "al_dipartimento_il")
        annota("al_dipartimento", mia, _("%(chi)s: inviata al Dipartimento"), da)
