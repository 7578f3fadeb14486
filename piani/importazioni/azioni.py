# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people do with a file: bring it in, match its columns, write it, undo it, throw it away.

Each step of some length is asked here and done by a job (``lavoro``); the row is its status.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani import tasks
from piani.azioni.evento import registra
from piani.azioni.lavoro import manda
from piani.importazioni.abbinamento import Abbinamento
from piani.importazioni.celle import normale
from piani.importazioni.genere import Genere
from piani.importazioni.intestazioni import Vista
from piani.importazioni.lettura import esamina
from piani.importazioni.limiti import tipo_di
from piani.models import Azienda, CorrispondenzaColonne, Importazione, Utente
from piani.rules import esigi

Stato, Lavoro = Importazione.Stato, Importazione.Lavoro


def carica(
    azienda: Azienda,
    genere: Genere,
    *,
    file: UploadedFile,
    ambito: Mapping[str, Any],
    senza_originale: bool = False,
    da: Utente | None,
) -> Importazione:
    """Keep a file and look at its sheets; nothing of it is imported yet.

    :raises PermissionDenied: the person does not bring in that kind here.
    :raises ValidationError: in ``file``: it cannot be read, and what to do.
    """
    esigi(da, genere.permesso, azienda)
    nome = Path(file.name or "").name[:200] or "senza-nome"
    contenuto = file.read()
    with NamedTemporaryFile(suffix=".foglio") as provvisorio:
        percorso = Path(provvisorio.name)
        provvisorio.write(contenuto)
        provvisorio.flush()
        tipo = tipo_di(percorso, nome)
        viste = [Vista.di(foglio) for foglio in esamina(percorso, nome)]
    nuova = Importazione(
        azienda=azienda,
        genere=genere.chiave,
        ambito=dict(ambito),
        nome=nome,
        byte=len(contenuto),
        sha256=hashlib.sha256(contenuto).hexdigest(),
        senza_originale=senza_originale,
        struttura=[vars(vista) for vista in viste],
        da=da,
        per_conto_di=da.per_conto_di if da else None,
    )
    nuova.file.save(f"{uuid4().hex}.{tipo}", ContentFile(contenuto), save=False)
    try:
        with transaction.atomic():
            nuova.save(force_insert=True)
            _registra("importazione.caricata", nuova, da, _("Caricato «%(nome)s» (%(genere)s)"))
    except BaseException:
        nuova.file.storage.delete(str(nuova.file.name))
        raise
    return nuova


def viste_di(importazione: Importazione) -> list[Vista]:
    """The tops of its sheets, as looked at when it was brought in."""
    return [Vista(**dati) for dati in importazione.struttura]


def abbina(
    importazione: Importazione, *, abbinamento: Abbinamento, fonte: str = "", da: Utente | None
) -> None:
    """Say which column is which field, and have the file read and compared.

    ``fonte``: the name under which the mapping is kept for the next file of the same source.

    :raises PermissionDenied: the person does not bring in that kind here.
    :raises ValidationError: by field, what of the mapping does not hold; or the import went on.
    """
    genere = importazione.tipo
    esigi(da, genere.permesso, importazione.azienda)
    abbinamento.controlla(genere)
    vista = _vista_di(importazione, abbinamento)
    with transaction.atomic():
        cambi = {"abbinamento": abbinamento.come_dati()}
        _chiedi(importazione, Lavoro.LEGGI, (Stato.CARICATA, Stato.LETTA), da, **cambi)
        if fonte.strip():
            _ricorda(importazione, abbinamento, vista, fonte.strip())


def conferma(importazione: Importazione, *, da: Utente | None) -> None:
    """Have what the preview shows written: all of it or nothing.

    :raises PermissionDenied: the person does not bring in that kind here.
    :raises ValidationError: there are rows to correct, nothing to write, or it went on already.
    """
    esigi(da, importazione.tipo.permesso, importazione.azienda)
    with transaction.atomic():
        _chiedi(importazione, Lavoro.SCRIVI, (Stato.LETTA,), da)
        if importazione.sbagliate:
            raise ValidationError(
                _("Ci sono righe da correggere (%(n)s): finché restano non si scrive niente.")
                % {"n": importazione.sbagliate}
            )
        if not importazione.da_scrivere:
            raise ValidationError(_("Non c'è niente da scrivere: è già tutto come nel file."))


def annulla(importazione: Importazione, *, da: Utente | None) -> None:
    """Have what was written taken back: all of it or nothing.

    :raises PermissionDenied: the person does not bring in that kind here.
    :raises ValidationError: it was not written, or its kind is not undone.
    """
    genere = importazione.tipo
    esigi(da, genere.permesso, importazione.azienda)
    if not genere.annullabile:
        raise ValidationError(str(genere.perche_no) or _("Questa importazione non si annulla."))
    with transaction.atomic():
        _chiedi(importazione, Lavoro.ANNULLA, (Stato.CONFERMATA,), da)


def scarta(importazione: Importazione, *, da: Utente | None) -> None:
    """Throw away a file that was not written, with its preview.

    :raises PermissionDenied: the person does not bring in that kind here.
    :raises ValidationError: it was written already, or a job is at work on it.
    """
    esigi(da, importazione.tipo.permesso, importazione.azienda)
    with transaction.atomic():
        passi = (Stato.CARICATA, Stato.LETTA)
        mie = Importazione.objects.filter(pk=importazione.pk, stato__in=passi, lavoro="")
        if not mie.update(stato=Stato.SCARTATA, struttura=[]):
            raise _gia_avanti(importazione)
        importazione.righe.all().delete()
        _registra("importazione.scartata", importazione, da, _("Scartato «%(nome)s» (%(genere)s)"))
        togli_originale(importazione)


def togli_originale(importazione: Importazione) -> None:
    """Throw away the file as it was sent, once the transaction stands."""
    nome, archivio = str(importazione.file.name or ""), importazione.file.storage
    Importazione.objects.filter(pk=importazione.pk).update(file="")
    if nome:
        transaction.on_commit(lambda: archivio.delete(nome))


def _chiedi(
    importazione: Importazione,
    lavoro: str,
    passi: tuple[str, ...],
    da: Utente | None,
    **cambi: Any,
) -> None:
    """Ask for a job on an import that is at one of those steps and that nobody is working on."""
    adesso = timezone.now()
    mie = Importazione.objects.filter(pk=importazione.pk, stato__in=passi, lavoro="")
    if not mie.update(
        lavoro=lavoro,
        lavoro_dal=adesso,
        preso_il=None,
        errore="",
        da=da,
        per_conto_di=da.per_conto_di if da else None,
        **cambi,
    ):
        raise _gia_avanti(importazione)
    importazione.refresh_from_db()
    manda(tasks.fa_importazione, importazione.pk)


def _gia_avanti(importazione: Importazione) -> ValidationError:
    """Why a step cannot be taken: what the row says now."""
    adesso = Importazione.objects.get(pk=importazione.pk)
    if adesso.lavoro:
        return ValidationError(
            _("Su questa importazione è già in corso: %(lavoro)s. Aspettare che finisca.")
            % {"lavoro": adesso.get_lavoro_display().lower()}
        )
    return ValidationError(
        _("L'importazione è «%(stato)s»: questo passo non si può più fare.")
        % {"stato": adesso.get_stato_display().lower()}
    )


def _vista_di(importazione: Importazione, abbinamento: Abbinamento) -> Vista:
    """:raises ValidationError: the mapping names what the file does not have."""
    for vista in viste_di(importazione):
        if vista.nome == abbinamento.foglio:
            break
    else:
        raise ValidationError({"abbinamento": _("Il foglio scelto non è nel file.")})
    in_cima = abbinamento.riga >= 0 and abbinamento.righe in (1, 2)
    if not in_cima or abbinamento.riga + abbinamento.righe > len(vista.cima):
        raise ValidationError({"abbinamento": _("La riga delle intestazioni non è nel foglio.")})
    if not all(0 <= una.posto < vista.colonne for una in abbinamento.colonne):
        raise ValidationError({"abbinamento": _("Una delle colonne non è nel foglio.")})
    if not importazione.file:
        raise ValidationError(_("Il file non è stato tenuto: per leggerlo di nuovo va ricaricato."))
    return vista


def _ricorda(
    importazione: Importazione, abbinamento: Abbinamento, vista: Vista, fonte: str
) -> None:
    """Keep the mapping by the words of its headers: columns may move."""
    abbinate = {una.posto: una for una in abbinamento.colonne}
    intestazioni = {
        normale(titolo): {
            "campo": abbinate[posto].campo if posto in abbinate else "",
            "fissi": dict(abbinate[posto].fissi) if posto in abbinate else {},
        }
        for posto, titolo in enumerate(vista.titoli(abbinamento.riga, abbinamento.righe))
        if titolo
    }
    CorrispondenzaColonne.objects.update_or_create(
        azienda=importazione.azienda,
        genere=importazione.genere,
        fonte=fonte[:100],
        defaults={"intestazioni": intestazioni, "costanti": {}},
    )


def _registra(tipo: str, importazione: Importazione, da: Utente | None, frase: str) -> None:
    registra(
        tipo,
        importazione,
        azienda=importazione.azienda,
        da=da,
        descrizione=frase % {"nome": importazione.nome, "genere": importazione.tipo.nome},
        dati={"impronta": importazione.sha256, "byte": importazione.byte},
    )
