# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the office writes of its obligations: who sees to them, which do not concern it, what was
published out of Albero.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.righe import differenze, istantanea
from piani.azioni.scritture import bloccata, salva
from piani.models import (
    Azienda,
    CuraObbligo,
    ObbligoDiPubblicazione,
    PubblicazioneAltrove,
    UnitaOrganizzativa,
    Utente,
)
from piani.rules import esigi

PERMESSO = "piani.tiene_obblighi"


def affida(
    azienda: Azienda,
    obbligo: ObbligoDiPubblicazione,
    *,
    ruolo: str,
    unita: UnitaOrganizzativa | None = None,
    da: Utente | None,
) -> CuraObbligo:
    """Say who sees to an obligation in an azienda.

    :raises PermissionDenied: the author does not publish for it.
    :raises ValidationError: the unit is of another azienda.
    """
    esigi(da, PERMESSO, azienda)
    if unita is not None and unita.organigramma.azienda_id != azienda.pk:
        raise ValidationError({"unita": _("Quell'unità è di un'altra azienda.")})
    return _scrivi(azienda, obbligo, da, "obbligo.affidato", {"ruolo": ruolo, "unita": unita})


def dichiara_non_applicabile(
    azienda: Azienda, obbligo: ObbligoDiPubblicazione, *, motivo: str, da: Utente | None
) -> CuraObbligo:
    """Say that an obligation does not concern an azienda, and why: the public page tells it.

    :raises PermissionDenied: the author does not publish for it.
    :raises ValidationError: there is no reason.
    """
    esigi(da, PERMESSO, azienda)
    if not motivo.strip():
        raise ValidationError(
            {"motivo": _("Scrivi perché non si applica: si legge nella pagina pubblica.")}
        )
    campi = {"non_applicabile": True, "motivo": motivo.strip()}
    return _scrivi(azienda, obbligo, da, "obbligo.non_applicabile", campi)


def riprendi(
    azienda: Azienda, obbligo: ObbligoDiPubblicazione, *, da: Utente | None
) -> CuraObbligo:
    """An obligation concerns the azienda again.

    :raises PermissionDenied: the author does not publish for it.
    """
    esigi(da, PERMESSO, azienda)
    campi = {"non_applicabile": False, "motivo": ""}
    return _scrivi(azienda, obbligo, da, "obbligo.ripreso", campi)


def _scrivi(
    azienda: Azienda,
    obbligo: ObbligoDiPubblicazione,
    da: Utente | None,
    tipo: str,
    campi: dict[str, object],
) -> CuraObbligo:
    """Write the row of an azienda and of an obligation, the first time or again."""
    with transaction.atomic():
        bloccata(azienda)
        chiave = {"azienda": azienda, "codice": obbligo.codice}
        cura = CuraObbligo.objects.filter(**chiave).first() or CuraObbligo(**chiave)
        prima = istantanea(cura, campi) if cura.pk else {}
        for campo, valore in campi.items():
            setattr(cura, campo, valore)
        salva(cura)
        registra(
            tipo,
            cura,
            azienda=azienda,
            da=da,
            descrizione=_("Obbligo di pubblicazione «%(obbligo)s»") % {"obbligo": obbligo},
            dati=differenze(prima, istantanea(cura, campi)),
        )
    return cura


def registra_altrove(
    azienda: Azienda,
    obbligo: ObbligoDiPubblicazione,
    *,
    titolo: str,
    indirizzo: str,
    anno: int,
    pubblicato_il: date,
    da: Utente | None,
) -> PubblicazioneAltrove:
    """Record a document that fulfils an obligation and was published out of Albero.

    :raises PermissionDenied: the author does not publish for the azienda.
    :raises ValidationError: by field; the day is still to come, the year is after it, the
        obligation does not concern the azienda.
    """
    esigi(da, PERMESSO, azienda)
    if pubblicato_il > timezone.localdate():
        raise ValidationError({"pubblicato_il": _("È un giorno che deve ancora venire.")})
    if anno > pubblicato_il.year + 1:
        raise ValidationError(
            {"anno": _("Un documento pubblicato nel %(pubblicato)s non parla ancora del %(anno)s.")
             % {"pubblicato": pubblicato_il.year, "anno": anno}}
        )  # fmt: skip
    with transaction.atomic():
        bloccata(azienda)
        mie = CuraObbligo.objects.filter(azienda=azienda, codice=obbligo.codice)
        if mie.filter(non_applicabile=True).exists():
            raise ValidationError(
                _("L'obbligo è segnato come non applicabile: prima di' che si applica.")
            )
        riga = salva(
            PubblicazioneAltrove(
                azienda=azienda, codice=obbligo.codice, titolo=titolo, indirizzo=indirizzo,
                anno=anno, pubblicato_il=pubblicato_il, registrata_da=da,
            )
        )  # fmt: skip
        registra(
            "obbligo.pubblicato_altrove",
            riga,
            azienda=azienda,
            da=da,
            descrizione=_("«%(obbligo)s»: registrato un documento pubblicato altrove")
            % {"obbligo": obbligo},
            dati={"titolo": titolo, "indirizzo": indirizzo, "anno": anno},
        )
    return riga


def togli_altrove(riga: PubblicazioneAltrove, *, da: Utente | None) -> None:
    """Remove what was recorded of a document published out of Albero; the register keeps it.

    :raises PermissionDenied: the author does not publish for the azienda.
    :raises ValidationError: somebody removed it already.
    """
    esigi(da, PERMESSO, riga)
    with transaction.atomic():
        mia = bloccata(riga)
        registra(
            "obbligo.tolto_altrove",
            mia,
            azienda=mia.azienda,
            da=da,
            descrizione=_("Tolto «%(titolo)s», pubblicato altrove") % {"titolo": mia},
            dati={"indirizzo": mia.indirizzo, "anno": mia.anno},
        )
        mia.delete()
