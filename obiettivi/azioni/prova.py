# SPDX-License-Identifier: AGPL-3.0-or-later
"""Evidence files of a report: added and removed as long as it is a draft."""

import hashlib
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.azioni.condizioni_rendicontazione import in_monitoraggio
from obiettivi.azioni.rendicontazione import GUIDA
from obiettivi.models import Prova, Rendicontazione
from obiettivi.schede.prove import controlla_misura, nome_sicuro, riconosci
from piani.azioni import registra
from piani.models import Utente
from piani.rules import esigi


def carica_prova(
    rendicontazione: Rendicontazione, *, file: UploadedFile, da: Utente | None
) -> Prova:
    """Keep a file beside a draft, under a name of its own in the private storage.

    :raises PermissionDenied: the person does not lead the CdR.
    :raises ValidationError: in ``prove``: too large, of a kind that is not taken, too many, there
        already; or the report was sent.
    """
    scheda = rendicontazione.riga.area.scheda
    esigi(da, GUIDA, scheda)
    nome = nome_sicuro(file.name or "")
    try:
        controlla_misura(file.size or 0)
        contenuto = file.read()
        estensione, tipo = riconosci(nome, contenuto)
    except ValidationError as errore:
        raise _sulle_prove(nome, errore.messages[0]) from errore
    impronta = hashlib.sha256(contenuto).hexdigest()
    with in_monitoraggio(scheda):
        _in_bozza(rendicontazione)
        gia = rendicontazione.prove
        if gia.filter(sha256=impronta).exists():
            raise _sulle_prove(nome, _("Questo documento c'è già."))
        if gia.count() >= settings.PROVE_MASSIME:
            raise _sulle_prove(nome, _troppe(settings.PROVE_MASSIME))
        nuova = Prova(
            rendicontazione=rendicontazione,
            nome=nome,
            tipo=tipo,
            dimensione=len(contenuto),
            sha256=impronta,
            caricata_da=da,
        )
        nuova.file.save(f"{uuid4().hex}.{estensione}", ContentFile(contenuto), save=False)
        try:
            nuova.save(force_insert=True)
            _registra("prova.caricata", nuova, da)
        except BaseException:
            nuova.file.storage.delete(str(nuova.file.name))
            raise
    return nuova


def togli_prova(prova: Prova, *, da: Utente | None) -> None:
    """Remove a file of a draft; that it was there stays on record.

    :raises PermissionDenied: the person does not lead the CdR.
    :raises ValidationError: the report was sent, or the file was removed already.
    """
    scheda = prova.rendicontazione.riga.area.scheda
    esigi(da, GUIDA, scheda)
    with in_monitoraggio(scheda):
        _in_bozza(prova.rendicontazione)
        if not Prova.objects.filter(pk=prova.pk).exists():
            raise ValidationError(_("Il documento è già stato tolto."))
        _registra("prova.tolta", prova, da)
        archivio, nome = prova.file.storage, str(prova.file.name)
        prova.delete()
        transaction.on_commit(lambda: archivio.delete(nome))


def _in_bozza(rendicontazione: Rendicontazione) -> None:
    if not Rendicontazione.objects.filter(
        pk=rendicontazione.pk, stato=Rendicontazione.Stato.BOZZA
    ).exists():
        raise ValidationError(
            _("La rendicontazione è trasmessa: i suoi documenti non si cambiano.")
        )


def _sulle_prove(nome: str, messaggio: str) -> ValidationError:
    return ValidationError({"prove": f"{nome}: {messaggio}"})


def _troppe(quante: int) -> str:
    return ngettext("C'è posto per %(n)s documento.", "C'è posto per %(n)s documenti.", quante) % {
        "n": quante
    }


def _registra(tipo: str, prova: Prova, da: Utente | None) -> None:
    riga = prova.rendicontazione.riga
    scheda = riga.area.scheda
    registra(
        tipo,
        prova,
        azienda=scheda.azienda,
        da=da,
        descrizione=_("%(nome)s, per %(scheda)s, %(periodo)s")
        % {
            "nome": prova.nome,
            "scheda": scheda,
            "periodo": prova.rendicontazione.get_frazione_display(),
        },
        dati={"impronta": prova.sha256, "byte": prova.dimensione},
        riguarda=(prova.rendicontazione, riga, scheda),
    )
