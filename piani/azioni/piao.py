# SPDX-License-Identifier: AGPL-3.0-or-later
"""A PIAO sent to the Portale, with its receipt; the form that a PIAO has, kept with the figure it
comes from.
"""

import hashlib
from datetime import date

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.passi import non_futura
from piani.azioni.righe import con_riga_bloccata, in_parole
from piani.documenti import semplificato
from piani.models import Azienda, DocumentoPubblicato, Piano, RicevutaPortale, Utente
from piani.rules import esigi

TIPI_RICEVUTA = ("pdf", "png", "jpg")
NON_ANCORA_ADOTTATI = (Piano.Stato.BOZZA, Piano.Stato.IN_VALIDAZIONE, Piano.Stato.VALIDATO)


def registra_ricevuta(
    piano: Piano,
    *,
    data: date,
    protocollo: str,
    file: UploadedFile | None = None,
    da: Utente | None,
) -> RicevutaPortale:
    """Record that the published document of a PIAO was sent to the Portale PIAO.

    :param file: the receipt as the Portale gave it: PDF or picture, told from its content.
    :raises PermissionDenied: the person does not publish the plans of this azienda.
    :raises ValidationError: by field; the plan is no published PIAO; the receipt is there already.
    """
    esigi(da, "piani.pubblica", piano)
    non_futura("data", data)
    contenuto, estensione = _letto(file)
    with transaction.atomic():
        bloccato = con_riga_bloccata(piano)
        if bloccato.tipo != Piano.Tipo.PIAO or bloccato.stato != Piano.Stato.PUBBLICATO:
            raise ValidationError(_("Sul Portale si carica un PIAO pubblicato."))
        documento = _in_vigore(bloccato)
        if documento.pubblicato_il and data < documento.pubblicato_il:
            raise ValidationError(
                {"data": _("La versione %(n)s è stata pubblicata il %(giorno)s: indica il giorno "
                           "del suo caricamento.")
                 % {"n": documento.versione, "giorno": in_parole(documento.pubblicato_il)}}
            )  # fmt: skip
        ricevuta = RicevutaPortale(
            piano=bloccato, data=data, protocollo=protocollo.strip(),
            versione=documento.versione, registrata_da=da,
        )  # fmt: skip
        ricevuta.full_clean(exclude=["registrata_da"])
        if contenuto:
            ricevuta.sha256 = hashlib.sha256(contenuto).hexdigest()
            nome = f"{ricevuta.sha256[:32]}.{estensione}"
            ricevuta.file.save(nome, ContentFile(contenuto), save=False)
        try:
            ricevuta.save(force_insert=True)
            _racconta(ricevuta, bloccato, da)
        except BaseException:
            if contenuto:  # no row, no file
                ricevuta.file.delete(save=False)
            raise
    return ricevuta


def allinea_forma(azienda: Azienda, *, da: Utente | None) -> int:
    """Bring the choice of the short form of the PIAO not yet adopted to what the number of
    employees says; how many changed. Without a number the choice is of who writes the plan.

    Called by who changes that number, in the same transaction.
    """
    if azienda.dipendenti is None:
        return 0
    cambiati = 0
    aperti = Piano.objects.filter(
        azienda=azienda, tipo=Piano.Tipo.PIAO, stato__in=NON_ANCORA_ADOTTATI
    )
    for piano in aperti.select_for_update():
        piano.azienda = azienda
        prima, dopo = piano.meno_di_50, semplificato(piano)
        if prima == dopo:
            continue
        Piano.objects.filter(pk=piano.pk).update(meno_di_50=dopo)
        cambiati += 1
        registra(
            "piano.modificato",
            piano,
            azienda=azienda,
            da=da,
            descrizione=_("La forma di «%(piano)s» segue il numero di dipendenti")
            % {"piano": piano},
            dati={"prima": {"meno_di_50": prima}, "dopo": {"meno_di_50": dopo}},
        )
    return cambiati


def _racconta(ricevuta: RicevutaPortale, piano: Piano, da: Utente | None) -> None:
    registra(
        "piano.portale",
        piano,
        azienda=piano.azienda,
        da=da,
        descrizione=_("Caricata sul Portale PIAO la versione %(n)s: ricevuta %(protocollo)s")
        % {"n": ricevuta.versione, "protocollo": ricevuta.protocollo},
        dati={
            "dopo": {"data": in_parole(ricevuta.data), "protocollo": ricevuta.protocollo}
            | ({"file": ricevuta.sha256} if ricevuta.sha256 else {})
        },
    )


def _letto(file: UploadedFile | None) -> tuple[bytes, str]:
    """The content of the receipt, and what it is; nothing where nobody sent it."""
    if file is None:
        return b"", ""
    if (file.size or 0) > settings.PROVA_MASSIMA_MB * 1024 * 1024:
        raise ValidationError(
            {"file": _("Il file supera %(mb)s MB.") % {"mb": settings.PROVA_MASSIMA_MB}}
        )
    contenuto = file.read()
    estensione = filetype.guess_extension(contenuto) or ""
    if estensione not in TIPI_RICEVUTA:
        raise ValidationError(
            {"file": _("La ricevuta si allega come PDF o come immagine (PNG, JPEG).")}
        )
    return contenuto, estensione


def _in_vigore(piano: Piano) -> DocumentoPubblicato:
    documento = (
        DocumentoPubblicato.objects.pubblicati().correnti().del_piano().filter(piano=piano).first()
    )
    if documento is None:
        raise ValidationError(_("Il documento non è ancora stampato: aspetta che sia pronto."))
    return documento
