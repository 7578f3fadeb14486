# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of an expense, kept in the private storage."""

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota
from conciliazione.azioni.spesa import esigi_spesa, scrivibile
from conciliazione.models import Giustificativo, Spesa
from conciliazione.models.campi import impronta
from obiettivi.schede.prove import controlla_misura, nome_sicuro, riconosci
from piani.models import Utente


def carica_giustificativo(spesa: Spesa, *, file: UploadedFile, da: Utente | None) -> Giustificativo:
    """Keep the paper of an expense, under a name of its own in the private storage.

    :raises PermissionDenied: the author represents neither the body nor the capofila.
    :raises ValidationError: in ``file``: too large, of a kind that is not taken, too many, the
        paper of another expense; or the report was sent.
    """
    esigi_spesa(spesa.progetto, spesa.ente, da)
    nome = nome_sicuro(file.name or "")
    try:
        controlla_misura(file.size or 0)
        contenuto = file.read()
        estensione, tipo = riconosci(nome, contenuto)
    except ValidationError as errore:
        raise ValidationError({"file": f"{nome}: {errore.messages[0]}"}) from errore
    with scrivibile(spesa) as adesso:
        nuovo = Giustificativo(
            spesa=adesso,
            nome=nome,
            tipo=tipo,
            dimensione=len(contenuto),
            sha256=impronta(contenuto),
            caricato_da=da,
        )
        _controlla(nuovo)
        nuovo.file.save(f"{uuid4().hex}.{estensione}", ContentFile(contenuto), save=False)
        try:
            nuovo.save(force_insert=True)
            _annota("conc_giustificativo.caricato", nuovo, da)
        except BaseException:
            nuovo.file.storage.delete(str(nuovo.file.name))
            raise
    return nuovo


def togli_giustificativo(giustificativo: Giustificativo, *, da: Utente | None) -> None:
    """Remove the paper of an expense that may still be written.

    :raises PermissionDenied: as `carica_giustificativo`.
    :raises ValidationError: the report was sent, or the paper was removed already.
    """
    spesa = giustificativo.spesa
    esigi_spesa(spesa.progetto, spesa.ente, da)
    with scrivibile(spesa):
        if not Giustificativo.objects.filter(pk=giustificativo.pk).exists():
            raise ValidationError(_("Il documento è già stato tolto."))
        _annota("conc_giustificativo.tolto", giustificativo, da)
        archivio, nome = giustificativo.file.storage, str(giustificativo.file.name)
        giustificativo.delete()
        transaction.on_commit(lambda: archivio.delete(nome))


def _controlla(nuovo: Giustificativo) -> None:
    spesa = nuovo.spesa
    if spesa.giustificativi.count() >= settings.PROVE_MASSIME:
        raise ValidationError(
            {"file": _("Una spesa ha al massimo %(n)s documenti.") % {"n": settings.PROVE_MASSIME}}
        )
    if spesa.giustificativi.filter(sha256=nuovo.sha256).exists():
        raise ValidationError({"file": _("%(nome)s: questo documento c'è già.") % vars(nuovo)})
    altrove = (
        Giustificativo.objects.filter(
            sha256=nuovo.sha256, spesa__progetto__edizione__azienda=spesa.azienda
        )
        .exclude(spesa__documento__iexact=spesa.documento, spesa__ente=spesa.ente)
        .exists()
    )
    if altrove:
        raise ValidationError(
            {
                "file": _("%(nome)s: lo stesso file prova già un'altra spesa, con un altro "
                          "documento. Controlla quale delle due è giusta.") % vars(nuovo)
            }
        )  # fmt: skip


def _annota(tipo: str, giustificativo: Giustificativo, da: Utente | None) -> None:
    annota(
        tipo,
        giustificativo,
        _("%(nome)s, per %(spesa)s") % {"nome": giustificativo.nome, "spesa": giustificativo.spesa},
        da=da,
        dati={"impronta": giustificativo.sha256, "byte": giustificativo.dimensione},
        riguarda=[giustificativo.spesa, giustificativo.spesa.progetto],
    )
