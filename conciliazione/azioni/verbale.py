# SPDX-License-Identifier: AGPL-3.0-or-later
"""The minutes: proposed, written, sent as they are, validated by the members, printed for good."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.azioni.seduta import VERBALIZZA
from conciliazione.comitato import tasks
from conciliazione.comitato.stampa import rende_pdf
from conciliazione.comitato.verbale import con_validazioni, fotografa, nome_del_file, testo_proposto
from conciliazione.models import Seduta, Seggio, ValidazioneVerbale, Verbale
from conciliazione.models.campi import impronta
from conciliazione.rules import esigi_referente
from piani.azioni import manda
from piani.models import Utente
from piani.rules import esigi

VALIDA = "conciliazione.valida_verbale"
Stato = Verbale.Stato


def proponi_verbale(seduta: Seduta, *, da: Utente | None) -> Verbale:
    """The minutes of a meeting that was held, or deserted, with a first text from what was kept;
    if they are there as a draft, the text is proposed again.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the meeting is not over, or the minutes were sent.
    """
    esigi(da, VERBALIZZA, seduta)
    with transaction.atomic():
        esigi_stato(bloccata(seduta), Seduta.Stato.CHIUSA, Seduta.Stato.DESERTA)
        verbale = Verbale.objects.select_for_update().filter(seduta=seduta).first()
        prima = verbale.testo if verbale else ""
        if verbale is None:
            verbale = Verbale(seduta=seduta)
        esigi_stato(verbale, Stato.BOZZA)
        verbale.testo = testo_proposto(seduta)
        salva(verbale)
        _annota("proposto", verbale, _("Proposto il verbale: %(verbale)s"), da, prima=prima)
    return verbale


def scrivi_verbale(verbale: Verbale, *, testo: str, da: Utente | None) -> None:
    """Change the text of a draft.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no text, or it was sent.
    """
    esigi(da, VERBALIZZA, verbale)
    if not testo.strip():
        raise ValidationError({"testo": _("Il verbale è vuoto.")})
    with transaction.atomic():
        questo = bloccata(verbale)
        esigi_stato(questo, Stato.BOZZA)
        prima, verbale.testo = questo.testo, testo
        verbale.save(update_fields=["testo"])
        _annota("scritto", verbale, _("Scritto il verbale: %(verbale)s"), da, prima=prima)


def invia_verbale(verbale: Verbale, *, da: Utente | None) -> None:
    """Freeze the minutes as they are and send them to the members; those of the Rete, that nobody
    has to validate, are final at once.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no text, or it was sent already.
    """
    esigi(da, VERBALIZZA, verbale)
    with transaction.atomic():
        questo = bloccata(verbale)
        esigi_stato(questo, Stato.BOZZA)
        if not questo.testo.strip():
            raise ValidationError(_("Il verbale è vuoto: scrivilo prima di inviarlo."))
        adesso = timezone.now()
        foto = fotografa(questo)
        passa(verbale, Stato.INVIATO, fotografia=foto, inviato_il=adesso)
        _annota("inviato", verbale, _("Inviato il verbale: %(verbale)s"), da,
                impronta=foto["impronta"])  # fmt: skip
        manda(tasks.spedisci_verbale, verbale.pk)
        if questo.seduta.organo == Seduta.Organo.RETE:
            _concludi(verbale, [], da)


def riprendi_verbale(verbale: Verbale, *, motivo: str, da: Utente | None) -> None:
    """Back to draft, to correct what the members observed; what they said stays in the register,
    and they are asked again.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason; it was not sent, or it is validated.
    """
    esigi(da, VERBALIZZA, verbale)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi che cosa si corregge.")})
    with transaction.atomic():
        bloccata(verbale)
        dette = [
            {"seggio": str(una.seggio), "conforme": una.conforme, "osservazione": una.osservazione}
            for una in verbale.validazioni.select_related("seggio__ente")
        ]
        passa(verbale, Stato.BOZZA)
        verbale.validazioni.all().delete()
        _annota("ripreso", verbale, _("Riportato in bozza il verbale: %(verbale)s"), da,
                motivo=motivo.strip(), validazioni=dette)  # fmt: skip


def valida_verbale(
    verbale: Verbale, *, seggio: Seggio, conforme: bool, osservazione: str = "", da: Utente | None
) -> ValidazioneVerbale:
    """What a seat says of the minutes that were sent.

    :raises PermissionDenied: the author does not hold the seat.
    :raises ValidationError: nothing is said of what to correct; the seat spoke already, or is of
        another Comitato; they are not waiting for a validation.
    """
    esigi_referente(da, VALIDA, seggio)
    with transaction.atomic():
        questo = bloccata(verbale)
        esigi_stato(questo, Stato.INVIATO)
        if seggio.edizione_id != questo.seduta.edizione_id:
            raise ValidationError(_("Il seggio è di un altro Comitato."))
        detta = salva(
            ValidazioneVerbale(
                verbale=questo,
                seggio=seggio,
                conforme=conforme,
                osservazione=osservazione.strip(),
                data_da=da,
            )
        )
        frase = _("Conforme: %(verbale)s") if conforme else _("Osservato: %(verbale)s")
        _annota("validazione", verbale, frase, da, seggio=str(seggio),
                osservazione=detta.osservazione)  # fmt: skip
    return detta


def concludi_validazione(verbale: Verbale, *, da: Utente | None) -> None:
    """The minutes are final, with what the members said; the PDF is drawn once and kept.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: nobody said anything yet; they were not sent, or are final already.
    """
    esigi(da, VERBALIZZA, verbale)
    with transaction.atomic():
        questo = bloccata(verbale)
        esigi_stato(questo, Stato.INVIATO)
        verbale.fotografia = questo.fotografia
        dette = list(
            questo.validazioni.select_related("seggio__ente", "data_da").order_by("seggio__ordine")
        )
        if not dette:
            raise ValidationError(
                _("Nessun componente si è ancora espresso: aspetta almeno una validazione.")
            )
        _concludi(verbale, dette, da)


def stampa_verbale(verbale: Verbale) -> bool:
    """Draw the PDF of final minutes and keep it with its sha256; False if it is there already.

    :raises StampaNonDisponibile: the libraries that draw the PDF are not installed.
    """
    if verbale.stato != Stato.VALIDATO or verbale.file:
        return False
    foto: dict[str, Any] = verbale.fotografia or {}
    contenuto = rende_pdf(foto).contenuto
    with transaction.atomic():
        questo = bloccata(verbale)
        if questo.file:
            return False
        questo.file.save(nome_del_file(foto), ContentFile(contenuto), save=False)
        questo.sha256 = impronta(contenuto)
        questo.save(update_fields=["file", "sha256"])
        _annota("stampato", questo, _("Stampato il verbale: %(verbale)s"), None,
                sha256=questo.sha256)  # fmt: skip
    verbale.refresh_from_db(fields=["file", "sha256"])
    return True


def _concludi(verbale: Verbale, dette: list[ValidazioneVerbale], da: Utente | None) -> None:
    adesso = timezone.now()
    foto = con_validazioni(verbale.fotografia or {}, dette, timezone.localdate(adesso).isoformat())
    passa(verbale, Stato.VALIDATO, validato_il=adesso, fotografia=foto)
    _annota("validato", verbale, _("Definitivo il verbale: %(verbale)s"), da, risposte=len(dette))
    manda(tasks.stampa_verbale, verbale.pk)


def _annota(che: str, verbale: Verbale, frase: str, da: Utente | None, **dati: Any) -> None:
    annota(
        f"conc_verbale.{che}",
        verbale,
        frase % {"verbale": verbale},
        da=da,
        dati=dati,
        riguarda=[verbale.seduta],
    )
