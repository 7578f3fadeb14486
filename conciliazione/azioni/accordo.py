# SPDX-License-Identifier: AGPL-3.0-or-later
"""The agreement of an Alleanza, and the convention with its capofila: written, signed, dissolved.

Each body signs by its own referente; with the last signature the agreement is in force.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.models import Accordo, Ente, FirmaAccordo, Partner, Progetto
from conciliazione.rules import esigi_referente
from piani.models import Utente
from piani.rules import esigi

SCRIVE = "conciliazione.documenta_progetto"
GESTISCE = "conciliazione.gestisce_progetti"
Stato = Accordo.Stato
Genere = Accordo.Genere


def chi_scrive(genere: str) -> str:
    """The permission to write an agreement: the capofila or the office writes that of the
    Alleanza; only the office the convention.
    """
    return SCRIVE if genere == Genere.PARTENARIATO else GESTISCE


def scrivi_accordo(
    progetto: Progetto,
    *,
    genere: str,
    testo: str,
    protocollo: str = "",
    dal: date | None = None,
    al: date | None = None,
    accordo: Accordo | None = None,
    da: Utente | None,
) -> Accordo:
    """Propose the text of an agreement, or change that of ``accordo`` while it is a draft.

    :raises PermissionDenied: the author may not write it.
    :raises ValidationError: by field; there is one of that kind already, it was sent to be signed,
        or the project is over.
    """
    esigi(da, chi_scrive(genere), progetto)
    with transaction.atomic():
        mio = bloccata(progetto)
        if mio.stato in (Progetto.Stato.REVOCATO, Progetto.Stato.CONCLUSO):
            raise ValidationError(_("Il progetto è chiuso: non si fanno altri accordi."))
        questo = bloccata(accordo) if accordo else Accordo(progetto=mio, genere=genere)
        esigi_stato(questo, Stato.BOZZA)
        questo.testo, questo.protocollo = testo.strip(), protocollo.strip()
        questo.dal, questo.al = dal, al
        salva(questo, *(("testo", "protocollo", "dal", "al") if accordo else ()))
        annota("conc_accordo.scritto", questo, _("Testo di «%(a)s»") % {"a": questo}, da=da)
    return questo


def manda_alla_firma(accordo: Accordo, *, da: Utente | None) -> None:
    """Close the text and ask every body for its signature: the capofila and, for the agreement of
    the Alleanza, each confirmed partner.

    :raises ValidationError: the text is empty, a partner has not answered yet, or it is no draft.
    """
    esigi(da, chi_scrive(accordo.genere), accordo)
    with transaction.atomic():
        mio = bloccata(accordo)
        if not mio.testo.strip():
            raise ValidationError({"testo": _("Scrivi il testo dell'accordo.")})
        enti = _chi_firma(mio)
        passa(mio, Stato.ALLA_FIRMA)
        FirmaAccordo.objects.bulk_create(FirmaAccordo(accordo=mio, ente=ente) for ente in enti)
        annota(
            "conc_accordo.alla_firma",
            mio,
            _("«%(a)s» alla firma") % {"a": mio},
            da=da,
            dati={"enti": [str(ente) for ente in enti]},
            riguarda=enti,
        )
    accordo.stato = mio.stato


def _chi_firma(accordo: Accordo) -> list[Ente]:
    progetto = accordo.progetto
    if accordo.genere == Genere.CONVENZIONE:
        return [progetto.capofila]
    partner = Partner.objects.attuali().filter(proposta=progetto.proposta).select_related("ente")
    invitati = [str(uno.ente) for uno in partner if uno.stato == Partner.Stato.INVITATO]
    if invitati:
        raise ValidationError(
            _("Non hanno ancora risposto all'invito: %(enti)s. Chi non partecipa si toglie dai "
              "partner prima di firmare.") % {"enti": ", ".join(invitati)}
        )  # fmt: skip
    altri = [uno.ente for uno in partner if uno.ente_id != progetto.capofila_id]
    return [progetto.capofila, *altri]


def riporta_accordo_in_bozza(accordo: Accordo, *, motivo: str, da: Utente | None) -> None:
    """Open the text again; the signatures given fall, and stay on record.

    :raises ValidationError: no reason, or it is not out to be signed.
    """
    esigi(da, chi_scrive(accordo.genere), accordo)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché l'accordo torna in bozza.")})
    with transaction.atomic():
        mio = bloccata(accordo)
        passa(mio, Stato.BOZZA)
        date_firme = mio.firme.filter(firmata_il__isnull=False)
        cadute = [f"{una.ente}, {una.firmata_il:%d/%m/%Y}" for una in date_firme]
        mio.firme.all().delete()
        annota(
            "conc_accordo.in_bozza",
            mio,
            _("«%(a)s» di nuovo in bozza: %(motivo)s") % {"a": mio, "motivo": motivo.strip()},
            da=da,
            dati={"firme_cadute": cadute},
        )
    accordo.stato = mio.stato


def firma(firma_ente: FirmaAccordo, *, da: Utente | None) -> None:
    """Sign for a body. With the last signature the agreement is signed.

    :raises PermissionDenied: the person does not represent that body today.
    :raises ValidationError: the body has signed already, or the text is not out to be signed.
    """
    esigi_referente(da, "conciliazione.firma_accordo", firma_ente)
    with transaction.atomic():
        accordo = bloccata(firma_ente.accordo)
        esigi_stato(accordo, Stato.ALLA_FIRMA)
        mia = FirmaAccordo.objects.filter(pk=firma_ente.pk, firmata_il__isnull=True)
        if not mia.update(firmata_da=da, firmata_il=timezone.now()):
            raise ValidationError(_("%(ente)s ha già firmato.") % {"ente": firma_ente.ente})
        annota(
            "conc_accordo.firmato",
            accordo,
            _("%(ente)s firma «%(a)s»") % {"ente": firma_ente.ente, "a": accordo},
            da=da,
            riguarda=[firma_ente.ente],
        )
        if not accordo.firme.filter(firmata_il__isnull=True).exists():
            passa(accordo, Stato.SOTTOSCRITTO, sottoscritto_il=timezone.localdate())
            annota(
                "conc_accordo.sottoscritto", accordo, _("«%(a)s» sottoscritto") % {"a": accordo},
                da=da,
            )  # fmt: skip
    firma_ente.refresh_from_db()


def sciogli_accordo(accordo: Accordo, *, motivo: str, da: Utente | None) -> None:
    """Dissolve a signed agreement, so that another may be made.

    :raises ValidationError: no reason, or it is not signed.
    """
    esigi(da, GESTISCE, accordo)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché l'accordo si scioglie.")})
    with transaction.atomic():
        mio = bloccata(accordo)
        passa(mio, Stato.SCIOLTO)
        annota(
            "conc_accordo.sciolto",
            mio,
            _("Sciolto «%(a)s»: %(motivo)s") % {"a": mio, "motivo": motivo.strip()},
            da=da,
        )
    accordo.stato = mio.stato
