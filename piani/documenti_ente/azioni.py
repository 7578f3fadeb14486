# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the photograph to the public document: freeze, print, publish, supersede.

Who freezes and who publishes is decided by the floor that the document is of; these are its steps.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani import tasks
from piani.azioni.evento import registra
from piani.azioni.lavoro import manda
from piani.azioni.scritture import bloccata, salva
from piani.documenti_ente.forma import Dati
from piani.documenti_ente.stampa import rende_pdf
from piani.models import Azienda, DocumentoEnte, Utente
from piani.stampa.dati import rende_json


def prossima_versione(azienda: Azienda, serie: str) -> int:
    """The number that the next version of a document takes. With the row of the azienda locked."""
    ultima = DocumentoEnte.objects.filter(azienda=azienda, serie=serie).first()
    return ultima.versione + 1 if ultima else 1


def congela(
    azienda: Azienda, foto: Dati, *, sezione_at: str, motivo: str = "", da: Utente | None
) -> DocumentoEnte:
    """A version with its photograph, sent to print; not public yet. Inside a transaction.

    :raises ValidationError: that version is there already; a new one has no reason.
    """
    contenuto, suo = rende_json(foto), foto["documento"]
    nuova = salva(
        DocumentoEnte(
            azienda=azienda,
            sezione_at=sezione_at,
            serie=suo["serie"],
            titolo=suo["titolo"],
            anno=suo["anno"],
            data_atto=suo["data_atto"] or None,
            versione=foto["versione"],
            motivo=motivo.strip() if foto["versione"] > 1 else "",
            contenuto=contenuto.decode(),
            sha256_contenuto=hashlib.sha256(contenuto).hexdigest(),
            creato_da=da,
        )
    )
    _annota("congelato", nuova, _("%(chi)s: fissato"), da)
    manda(tasks.stampa_documento_ente, nuova.pk)
    return nuova


def rende_pubblico(documento: DocumentoEnte, *, da: Utente | None) -> DocumentoEnte:
    """Make a frozen version public; those before it say that they are superseded.

    :raises ValidationError: it is public already, or a newer version is there.
    """
    with transaction.atomic():
        bloccata(documento.azienda)
        mio = bloccata(documento)
        if mio.pubblicato_il is not None:
            raise ValidationError(_("Questa versione è già pubblicata."))
        if mio.della_serie.filter(versione__gt=mio.versione).exists():
            raise ValidationError(_("C'è una versione più nuova: si pubblica quella."))
        mio.pubblicato_il = timezone.localdate()
        salva(mio, "pubblicato_il")
        prima = mio.della_serie.filter(
            versione__lt=mio.versione, pubblicato_il__isnull=False, sostituito_da__isnull=True
        )
        prima.order_by("-versione").update(sostituito_da=mio)
        _annota("pubblicato", mio, _("%(chi)s: pubblicato in Amministrazione Trasparente"), da)
    return mio


def stampa(documento: DocumentoEnte) -> bool:
    """Draw the PDF of a version and keep it with its sha256; False if it is there already.

    :raises StampaNonDisponibile: the libraries that draw the PDF are not installed.
    """
    if documento.file:
        return False
    pdf = rende_pdf(documento.fotografia)
    with transaction.atomic():
        mio = bloccata(documento)
        if mio.file:
            return False
        mio.file.save(f"{nome_base(mio)}.pdf", ContentFile(pdf.contenuto), save=False)
        mio.sha256_pdf = hashlib.sha256(pdf.contenuto).hexdigest()
        mio.pagine = pdf.pagine
        mio.save(update_fields=["file", "sha256_pdf", "pagine"])
        _annota("stampato", mio, _("%(chi)s: stampato"), None)
    return True


def nome_base(documento: DocumentoEnte) -> str:
    """What its files are called by who keeps them: ``ats-milano-attestazione-2026-05-31-v1``."""
    return f"{documento.azienda.codice}-{documento.serie}-v{documento.versione}"


def _annota(verbo: str, documento: DocumentoEnte, frase: str, da: Utente | None) -> None:
    registra(
        f"documento_ente.{verbo}",
        documento,
        azienda=documento.azienda,
        da=da,
        descrizione=frase % {"chi": documento},
        dati={"versione": documento.versione, "sha256": documento.sha256_contenuto},
    )
