# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a published document: attached, put here, or taken away."""

import hashlib
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from piani import firma
from piani.azioni.evento import registra
from piani.azioni.scritture import bloccata
from piani.models import Azienda, DocumentoEnte, DocumentoPubblicato, PdfFirmato, Piano, Utente
from piani.models.firma import Firmabile, campo_di, ente_di
from piani.rules import esigi

AGGIUNTA_MASSIMA = 5_000_000
"""How many bytes signatures may add: certificates, time stamps, a drawn stamp."""
Origine = PdfFirmato.Origine


def chi_pubblica(documento: Firmabile) -> tuple[str, Piano | Azienda]:
    """The permission to publish it, and of what: who has it keeps its signed PDF."""
    if isinstance(documento, DocumentoEnte):
        return "piani.tiene_obblighi", documento.azienda
    return "piani.pubblica", documento.piano


def allega_firmato(documento: Firmabile, *, file: UploadedFile, da: Utente | None) -> PdfFirmato:
    """Keep a PDF signed elsewhere beside the document it is, if it holds.

    :raises PermissionDenied: the person does not publish for this azienda.
    :raises ValidationError: in ``file``: it is another document, it is not signed, a signature does
        not hold; or the document is not published, or is signed already.
    """
    esigi(da, *chi_pubblica(documento))
    stampato = _stampato(documento)
    if (file.size or 0) > len(stampato) + AGGIUNTA_MASSIMA:
        raise ValidationError(
            {"file": _("Il file è troppo grande per essere il documento pubblicato con le firme.")}
        )
    return _conserva(documento, file.read(), stampato, Origine.CARICATO, da)


def apponi_sigillo(documento: Firmabile, *, da: Utente | None) -> PdfFirmato:
    """Sign a published document with the seal of its azienda, and keep it as an attached one.

    :raises PermissionDenied: the person does not put the seal of this azienda.
    :raises ValidationError: there is no seal, or it does not open; or the document is not
        published, or is signed already.
    """
    esigi(da, "piani.appone_sigillo", chi_pubblica(documento)[1])
    try:
        nostro = firma.sigillo(ente_di(documento))
    except ValueError as errore:
        raise ValidationError(str(errore)) from errore
    if nostro is None:
        raise ValidationError(
            _(
                "Per quest'azienda non è configurato un sigillo: firmare il PDF altrove e "
                "caricarlo qui."
            )
        )
    stampato = _stampato(documento)
    firmato = firma.appone(stampato, nostro, motivo=str(documento))
    return _conserva(documento, firmato, stampato, Origine.APPOSTO, da)


def togli_firmato(documento: Firmabile, *, motivo: str, da: Utente | None) -> None:
    """Take away a signed PDF that was attached by mistake; the document stays published.

    :raises PermissionDenied: the person does not publish for this azienda.
    :raises ValidationError: no reason was given, or there is none.
    """
    esigi(da, *chi_pubblica(documento))
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivere il motivo: resta nel registro.")})
    with transaction.atomic():
        tolto = PdfFirmato.objects.select_for_update().di(documento).first()
        if tolto is None:
            raise ValidationError(_("Il documento non ha un PDF firmato: forse è già stato tolto."))
        registra(
            "documento.firma_tolta",
            documento,
            azienda=ente_di(documento),
            da=da,
            descrizione=_("Tolto il PDF firmato di %(documento)s") % {"documento": documento},
            dati={"motivo": motivo.strip(), "sha256": tolto.sha256, "firme": tolto.firme},
        )
        deposito, nome = tolto.file.storage, str(tolto.file.name)
        tolto.delete()
        transaction.on_commit(lambda: deposito.delete(nome))


def _stampato(documento: Firmabile) -> bytes:
    """The bytes of the published PDF, those whose mark was written when it was printed."""
    if documento.pubblicato_il is None or not documento.sha256_pdf:
        raise ValidationError(_("Si firma un documento pubblicato: questo non è ancora stampato."))
    contenuto = _letto(documento)
    if hashlib.sha256(contenuto).hexdigest() != documento.sha256_pdf:
        raise ValidationError(
            _(
                "Il PDF pubblicato manca, o non è quello di allora: chi gestisce il programma lo "
                "ricrea dalla fotografia, poi si firma."
            )
        )
    return contenuto


def _letto(documento: Firmabile) -> bytes:
    """What is in the place of its PDF."""
    if isinstance(documento, DocumentoPubblicato):
        percorso = documento.cartella / "documento.pdf"
        return percorso.read_bytes() if percorso.is_file() else b""
    try:
        with documento.file.open("rb") as aperto:
            return bytes(aperto.read())
    except (OSError, ValueError):
        return b""


def _conserva(
    documento: Firmabile,
    contenuto: bytes,
    stampato: bytes,
    origine: PdfFirmato.Origine,
    da: Utente | None,
) -> PdfFirmato:
    try:
        autorita = firma.autorita()
    except (OSError, ValueError) as errore:
        raise ValidationError(
            _("Le autorità di fiducia non si leggono: far controllare FIRMA_AUTORITA.")
        ) from errore
    try:
        firme = firma.verifica(contenuto, stampato, autorita)
    except firma.PdfNonFirmato as errore:
        raise ValidationError({"file": str(errore)}) from errore
    with transaction.atomic():
        bloccato = bloccata(documento)
        if PdfFirmato.objects.di(bloccato).exists():
            raise ValidationError(
                _("Il documento ha già il suo PDF firmato: per cambiarlo, prima si toglie.")
            )
        nuovo = PdfFirmato(
            **{campo_di(bloccato): bloccato},
            origine=origine,
            sha256=hashlib.sha256(contenuto).hexdigest(),
            dimensione=len(contenuto),
            firme=[una.in_dati() for una in firme],
            catena_verificata=all(una.catena for una in firme),
            da=da,
        )
        nuovo.file.save(f"{uuid4().hex}.pdf", ContentFile(contenuto), save=False)
        try:
            nuovo.save(force_insert=True)
            registra(
                "documento.firmato",
                bloccato,
                azienda=ente_di(documento),
                da=da,
                descrizione=_("Aggiunto il PDF firmato di %(documento)s, da %(chi)s")
                % {"documento": bloccato, "chi": ", ".join(una.nome for una in firme)},
                dati={"sha256": nuovo.sha256, "origine": origine.value, "firme": nuovo.firme},
            )
        except BaseException:
            nuovo.file.storage.delete(str(nuovo.file.name))
            raise
    return nuovo
