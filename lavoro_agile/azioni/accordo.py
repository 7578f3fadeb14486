# SPDX-License-Identifier: AGPL-3.0-or-later
"""An individual agreement: prepared, written, proposed, signed by the two parties."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.accordi.contenuto import che_cosa_manca
from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.calcolo.conservazione import dopo_mesi
from lavoro_agile.models import (
    AccordoIndividuale,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    Prevalenza,
)
from lavoro_agile.rules import esigi_di_persona
from piani.azioni.righe import Superata
from piani.models import Azienda, UnitaOrganizzativa, Utente
from piani.rules import esigi

PREPARA = "lavoro_agile.prepara_accordo"
FIRMA = "lavoro_agile.firma_accordo"
FIRMA_AZIENDA = "lavoro_agile.firma_per_azienda"
Stato = AccordoIndividuale.Stato
SENZA_FIRME: dict[str, Any] = {
    "proposto_il": None, "firma_persona_il": None, "firma_azienda_il": None,
    "firma_azienda_da": None,
}  # fmt: skip


def prepara_da_domanda(domanda: DomandaLavoroAgile, *, da: Utente | None) -> AccordoIndividuale:
    """A draft of the agreement of an admitted request, with the days that were granted.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own request.
    :raises ValidationError: the request is not admitted, or has its agreement already.
    """
    esigi(da, PREPARA, domanda)
    with transaction.atomic():
        mia = bloccata(domanda)
        esigi_stato(mia, DomandaLavoroAgile.Stato.AMMESSA)
        dal = max(timezone.localdate(), mia.ammessa_il or timezone.localdate())
        nuovo = AccordoIndividuale(
            edizione=mia.bando.edizione, domanda=mia, persona=mia.persona, codice=mia.codice,
            area=mia.area, genere=mia.genere, profilo=mia.profilo, unita=mia.unita,
            unita_stampata=mia.unita_stampata, dal=dal, giorni_mese=mia.giorni_concessi,
            giorni_settimana=mia.giorni_settimana, strumenti=mia.strumenti,
            dimostrativo=mia.dimostrativa,
        )  # fmt: skip
        return _comincia(nuovo, da=da)


def prepara(azienda: Azienda, *, da: Utente | None, **valori: Any) -> AccordoIndividuale:
    """A draft of an agreement with a person, without a request.

    :raises PermissionDenied: the author is not of the risorse umane, or it is for themselves.
    :raises ValidationError: by field; no regulation is in force.
    """
    edizione = EdizioneLavoroAgile.objects.in_vigore().filter(azienda=azienda).first()
    if edizione is None:
        raise ValidationError(
            _("Nessun regolamento del lavoro agile è in vigore: prima mettine uno.")
        )
    nuovo = AccordoIndividuale(edizione=edizione, **valori)
    esigi(da, PREPARA, nuovo)
    if nuovo.persona is None or not di_chi_lavora(azienda).contains(nuovo.persona):
        raise ValidationError({"persona": _("Scegli una persona che lavora nell'azienda.")})
    if nuovo.unita is None or not unita_di_oggi(azienda).contains(nuovo.unita):
        raise ValidationError({"unita": _("Scegli un'unità dell'organigramma in vigore.")})
    with transaction.atomic():
        return _comincia(nuovo, da=da)


def di_chi_lavora(azienda: Azienda) -> QuerySet[Utente]:
    """With whom an agreement may be made."""
    return Utente.objects.di(azienda).filter(is_active=True)


def unita_di_oggi(azienda: Azienda) -> QuerySet[UnitaOrganizzativa]:
    """The units of which an agreement may be."""
    return UnitaOrganizzativa.objects.alla_data(azienda, timezone.localdate())


def _comincia(nuovo: AccordoIndividuale, *, da: Utente | None) -> AccordoIndividuale:
    """Give a draft its number, its end and the time of the prevalence, as the rules say."""
    bloccata(nuovo.edizione)
    regole = nuovo.edizione.regole
    nuovo.numero = prossimo_numero(nuovo.edizione)
    nuovo.prevalenza = Prevalenza(regole.prevalenza.periodo)
    nuovo.mesi_prevalenza = regole.prevalenza.mesi
    if nuovo.al is None and regole.durata_mesi.valore is not None:
        nuovo.al = dopo_mesi(nuovo.dal, regole.durata_mesi.valore) - timedelta(days=1)
    salva(nuovo)
    _scrivi_evento("preparato", nuovo, _("Preparato l'accordo n. %(numero)s"), da=da)
    return nuovo


def prossimo_numero(edizione: EdizioneLavoroAgile) -> int:
    """The number of the next agreement of an edition, that is locked."""
    return (edizione.accordi.aggregate(ultimo=Max("numero"))["ultimo"] or 0) + 1


def scrivi(
    accordo: AccordoIndividuale, *, visto: int, da: Utente | None, **valori: Any
) -> AccordoIndividuale:
    """Change what a draft says. ``visto`` is the ``modifiche`` of the draft that was read.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: by field; it is no draft; somebody wrote it meanwhile.
    """
    esigi(da, PREPARA, accordo)
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, Stato.BOZZA)
        _esigi_letto(mio, visto)
        for campo, valore in valori.items():
            setattr(mio, campo, valore)
        mio.modifiche += 1
        salva(mio, *valori, "modifiche")
        _scrivi_evento("scritto", mio, _("Scritto l'accordo n. %(numero)s"), da=da)
    return mio


def proponi(accordo: AccordoIndividuale, *, da: Utente | None) -> None:
    """Give a draft to its two parties, to be signed.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: it lacks something that the law or the rules want.
    """
    esigi(da, PREPARA, accordo)
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, Stato.BOZZA)
        if mio.persona is None:
            raise ValidationError(_("L'accordo non dice con chi: senza un nome non si firma."))
        if mancano := che_cosa_manca(mio):
            frasi = [frase for del_campo in mancano.values() for frase in del_campo]
            raise ValidationError([_("Prima di proporlo. %s") % frase for frase in frasi])
        _esigi_senza_altri(mio)
        passa(accordo, Stato.ALLA_FIRMA, proposto_il=timezone.localdate())
        _scrivi_evento("proposto", accordo, _("Proposto l'accordo n. %(numero)s"), da=da)


def riprendi(accordo: AccordoIndividuale, *, da: Utente | None) -> None:
    """Take back a proposal to correct it: who had signed signs again.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: it is not waiting for signatures.
    """
    esigi(da, PREPARA, accordo)
    with transaction.atomic():
        passa(accordo, Stato.BOZZA, **SENZA_FIRME)
        _scrivi_evento("ripreso", accordo, _("Riportato in bozza l'accordo n. %(numero)s"), da=da)


def annulla(accordo: AccordoIndividuale, *, da: Utente | None) -> None:
    """Give up an agreement that was not signed; its request may have another.

    :raises PermissionDenied: the author is not of the risorse umane, or it is their own agreement.
    :raises ValidationError: it was signed.
    """
    esigi(da, PREPARA, accordo)
    with transaction.atomic():
        passa(accordo, Stato.ANNULLATO, domanda=None, rinnova=None)
        _scrivi_evento("annullato", accordo, _("Annullato l'accordo n. %(numero)s"), da=da)


def firma(accordo: AccordoIndividuale, *, visto: int, da: Utente | None) -> None:
    """The person signs the text that they read.

    :raises PermissionDenied: it is not their agreement, or they act by delega.
    :raises ValidationError: it is not waiting for that signature, or the text changed.
    """
    esigi_di_persona(da, FIRMA, accordo)
    _firma(accordo, visto, da=da, firma_persona_il=timezone.now())


def firma_per_azienda(accordo: AccordoIndividuale, *, visto: int, da: Utente | None) -> None:
    """The risorse umane, or the head of the unit, sign for the azienda.

    :raises PermissionDenied: the author is neither of them, or it is their own agreement.
    :raises ValidationError: it is not waiting for that signature, or the text changed.
    """
    esigi(da, FIRMA_AZIENDA, accordo)
    _firma(accordo, visto, da=da, firma_azienda_il=timezone.now(), firma_azienda_da=da)


def _firma(accordo: AccordoIndividuale, visto: int, *, da: Utente | None, **firma_di: Any) -> None:
    """Write a signature, once; with the second the agreement is made."""
    quale = next(iter(firma_di))
    with transaction.atomic():
        mio = bloccata(accordo)
        esigi_stato(mio, Stato.ALLA_FIRMA)
        _esigi_letto(mio, visto)
        if getattr(mio, quale) is not None:
            raise ValidationError(_("Quella firma c'è già: manca l'altra."))
        for campo, valore in firma_di.items():
            setattr(mio, campo, valore)
        salva(mio, *firma_di)
        _scrivi_evento("firmato", mio, _("Firmato l'accordo n. %(numero)s"), da=da)
        if mio.firma_persona_il is not None and mio.firma_azienda_il is not None:
            _esigi_senza_altri(mio)
            passa(mio, Stato.SOTTOSCRITTO, sottoscritto_il=timezone.localdate())
            _scrivi_evento(
                "sottoscritto", mio, _("Sottoscritto dalle due parti l'accordo n. %(numero)s"),
                da=da,
            )  # fmt: skip


def _esigi_letto(accordo: AccordoIndividuale, visto: int) -> None:
    """Stop who read another text than the one that is there."""
    if accordo.modifiche != visto:
        raise Superata(
            _("Nel frattempo il testo è cambiato: rileggilo, poi ripeti."), str(accordo.modifiche)
        )


def _esigi_senza_altri(accordo: AccordoIndividuale) -> None:
    """Two agreements of a person never hold on the same day."""
    fine = accordo.al or date.max
    altri = AccordoIndividuale.objects.filter(
        Q(al__isnull=True) | Q(al__gte=accordo.dal),
        Q(cessa_il__isnull=True) | Q(cessa_il__gt=accordo.dal),
        edizione__azienda=accordo.edizione.azienda_id, persona=accordo.persona_id,
        stato__in=(Stato.SOTTOSCRITTO, Stato.CESSATO), dal__lte=fine,
    ).exclude(pk=accordo.pk)  # fmt: skip
    if altro := altri.first():
        raise ValidationError(
            _("In quei giorni la persona ha già l'«%(altro)s»: cambia quando comincia e finisce.")
            % {"altro": altro}
        )


def _scrivi_evento(
    passo: str, accordo: AccordoIndividuale, descrizione: str, *, da: Utente | None
) -> None:
    """One audit line: the number of the agreement, neither the name nor what it says."""
    annota(f"agile_accordo.{passo}", accordo, descrizione % {"numero": accordo.numero}, da=da)
