# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of a proposal, kept in the private storage as long as it is written."""

from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import bloccata
from conciliazione.azioni.proposta import SCRIVE, annota_sigillata
from conciliazione.models import AllegatoProposta, Proposta
from conciliazione.models.campi import impronta
from conciliazione.rules import esigi_referente
from obiettivi.schede.prove import controlla_misura, nome_sicuro, riconosci
from piani.models import Utente


def allega(proposta: Proposta, *, file: UploadedFile, da: Utente | None) -> AllegatoProposta:
    """Keep a paper under a name of its own.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: in ``file``: too large, of a kind that is not taken, too many, there
        already; or the proposal is not being written.
    """
    esigi_referente(da, SCRIVE, proposta)
    nome = nome_sicuro(file.name or "")
    try:
        controlla_misura(file.size or 0)
        contenuto = file.read()
        estensione, tipo = riconosci(nome, contenuto)
    except ValidationError as errore:
        raise ValidationError({"file": f"{nome}: {errore.messages[0]}"}) from errore
    with transaction.atomic():
        mia = _scrivibile(proposta)
        nuovo = AllegatoProposta(
            proposta=mia,
            nome=nome,
            tipo=tipo,
            dimensione=len(contenuto),
            sha256=impronta(contenuto),
            caricato_da=da,
        )
        _esigi_posto(nuovo)
        nuovo.file.save(f"{uuid4().hex}.{estensione}", ContentFile(contenuto), save=False)
        try:
            nuovo.save(force_insert=True)
            annota_sigillata(
                "conc_allegato.caricato", mia, _("Allegato un documento a una proposta"), da,
                {"sha256": nuovo.sha256},
            )  # fmt: skip
        except BaseException:
            nuovo.file.storage.delete(str(nuovo.file.name))
            raise
    return nuovo


def togli_allegato(allegato: AllegatoProposta, *, da: Utente | None) -> None:
    """Remove a paper of a proposal that is being written.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: it was removed already, or the proposal is not being written.
    """
    esigi_referente(da, SCRIVE, allegato.proposta)
    with transaction.atomic():
        mia = _scrivibile(allegato.proposta)
        mio = bloccata(allegato)
        annota_sigillata(
            "conc_allegato.tolto", mia, _("Tolto un documento da una proposta"), da,
            {"sha256": mio.sha256},
        )  # fmt: skip
        archivio, nome = mio.file.storage, str(mio.file.name)
        mio.delete()
        transaction.on_commit(lambda: archivio.delete(nome))


def _scrivibile(proposta: Proposta) -> Proposta:
    mia = bloccata(proposta)
    if mia.stato not in Proposta.SCRIVIBILI:
        raise ValidationError(
            _("La proposta è «%(stato)s»: i suoi documenti non si cambiano.")
            % {"stato": mia.get_stato_display()}
        )
    return mia


def _esigi_posto(nuovo: AllegatoProposta) -> None:
    gia = nuovo.proposta.allegati
    if gia.filter(sha256=nuovo.sha256).exists():
        raise ValidationError({"file": _("%(nome)s: questo documento c'è già.") % vars(nuovo)})
    if gia.count() >= settings.PROVE_MASSIME:
        raise ValidationError(
            {"file": _("C'è posto per %(n)s documenti.") % {"n": settings.PROVE_MASSIME}}
        )
