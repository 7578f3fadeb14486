# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of a project, kept apart: added by its capofila or by the office, and removed."""

from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.models import DocumentoProgetto, Progetto
from conciliazione.models.campi import impronta
from obiettivi.schede.prove import controlla_misura, nome_sicuro, riconosci
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.documenta_progetto"


def carica_documento(
    progetto: Progetto, *, genere: str, file: UploadedFile, da: Utente | None
) -> DocumentoProgetto:
    """Keep a paper of a project under a name of its own in the private storage.

    :raises PermissionDenied: the author neither leads the network nor the Alleanza.
    :raises ValidationError: in ``file``: too large, of a kind that is not taken, there already.
    """
    esigi(da, PERMESSO, progetto)
    nome = nome_sicuro(file.name or "")
    try:
        controlla_misura(file.size or 0)
        contenuto = file.read()
        estensione, tipo = riconosci(nome, contenuto)
    except ValidationError as errore:
        raise ValidationError({"file": f"{nome}: {errore.messages[0]}"}) from errore
    with transaction.atomic():
        mio = bloccata(progetto)
        if mio.documenti.filter(sha256=impronta(contenuto)).exists():
            raise ValidationError({"file": _("Questo documento c'è già.")})
        nuovo = DocumentoProgetto(
            progetto=mio,
            genere=genere,
            nome=nome,
            tipo=tipo,
            dimensione=len(contenuto),
            sha256=impronta(contenuto),
            caricato_da=da,
        )
        nuovo.file.save(f"{uuid4().hex}.{estensione}", ContentFile(contenuto), save=False)
        try:
            salva(nuovo)
            _annota("conc_documento_progetto.caricato", nuovo, da)
        except BaseException:
            nuovo.file.storage.delete(str(nuovo.file.name))
            raise
    return nuovo


def togli_documento(documento: DocumentoProgetto, *, da: Utente | None) -> None:
    """Remove a paper; that it was there stays on record.

    :raises ValidationError: it was removed already.
    """
    esigi(da, PERMESSO, documento)
    with transaction.atomic():
        mio = bloccata(documento)
        _annota("conc_documento_progetto.tolto", mio, da)
        archivio, nome = mio.file.storage, str(mio.file.name)
        mio.delete()
        transaction.on_commit(lambda: archivio.delete(nome))


def _annota(tipo: str, documento: DocumentoProgetto, da: Utente | None) -> None:
    annota(
        tipo,
        documento,
        _("%(nome)s, del progetto «%(progetto)s»")
        % {"nome": documento.nome, "progetto": documento.progetto},
        da=da,
        dati={"impronta": documento.sha256, "byte": documento.dimensione},
        riguarda=[documento.progetto],
    )
