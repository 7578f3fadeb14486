# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two signatures of a sheet, and its end."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.individuale.edizione import congela_alla_firma
from obiettivi.azioni.individuale.passo import cambia, gia, in_stato, segna
from obiettivi.calcolo.individuale import Conto
from obiettivi.individuale.conto import conto_di, risultato_di, scheda_di
from obiettivi.individuale.foglio import fotografia
from obiettivi.individuale.termini import perche_aperta
from obiettivi.models import EdizioneIndividuale, Finestra, ValutazioneIndividuale
from obiettivi.rules import esigi_di_persona
from obiettivi.schede.finestre import esigi_aperta
from piani.azioni import registra
from piani.models import Utente
from piani.rules import esigi

Stato = ValutazioneIndividuale.Stato
Tipo = Finestra.Tipo
GESTISCE = "obiettivi.gestisce_valutazioni"


def firma_valutatore(
    valutazione: ValutazioneIndividuale, *, versione: int | None = None, da: Utente | None
) -> Conto:
    """Sign: the server computes the score from what is written and from the scheda of the CdR, and
    freezes both. The rules of the year freeze too.

    :raises PermissionDenied: the person is not the evaluator.
    :raises ValidationError: out of the window, no interview yet, something missing (each thing is
        named), too few months of presence, signed meanwhile.
    """
    esigi_di_persona(da, "obiettivi.valuta_persona", valutazione)
    _finestra(valutazione)
    with in_stato(valutazione, Stato.COLLOQUIO, versione=versione) as adesso:
        if adesso.sotto_il_minimo:
            raise ValidationError(_("La presenza è sotto il minimo delle regole: non si valuta."))
        scheda = scheda_di(adesso)
        risultato = risultato_di(adesso, scheda)
        fatto = conto_di(adesso, risultato)
        if fatto.mancano:
            raise ValidationError(list(fatto.mancano))
        quando = timezone.now()
        cambia(
            adesso,
            stato=Stato.FIRMATA_VALUTATORE,
            scheda=scheda,
            risultato_scheda=risultato,
            **_esito(fatto),
            punteggio=fatto.punteggio,
            firmato=fotografia(adesso, fatto, risultato),
            firmata_valutatore_il=quando,
            firmata_valutatore_da=da,
            firmata_per_conto_di=da.per_conto_di if da is not None else None,
        )
        congela_alla_firma(adesso.edizione, da=da)
        segna(adesso, _("Firmata dal valutatore"), da=da)
    return fatto


def _esito(fatto: Conto) -> dict[str, Any]:
    return {
        "punteggio_finale": fatto.punteggio,
        "classe": fatto.classe.etichetta[:100] if fatto.classe else "",
        "premio": fatto.premio,
    }


def firma_valutato(
    valutazione: ValutazioneIndividuale, *, condivide: bool, motivo: str = "", da: Utente | None
) -> None:
    """The person signs: having read it, they share the evaluation or say why not.

    :raises PermissionDenied: the sheet is of somebody else, or who signs acts for another.
    :raises ValidationError: out of the window, not signed by the evaluator, signed already, not
        shared without a reason.
    """
    esigi_di_persona(da, "obiettivi.propria_valutazione", valutazione)
    _finestra(valutazione)
    if not condivide and not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché non la condividi.")})
    with in_stato(valutazione, Stato.FIRMATA_VALUTATORE) as adesso:
        cambia(
            adesso,
            stato=Stato.FIRMATA_VALUTATO if condivide else Stato.NON_CONDIVISA,
            firmata_valutato_il=timezone.now(),
            motivo_non_condivisa="" if condivide else motivo.strip(),
        )
        fatto = _("Firmata dalla persona") if condivide else _("Firmata e non condivisa")
        segna(adesso, fatto, da=da)


def chiudi_valutazione(
    valutazione: ValutazioneIndividuale, *, motivo: str = "", da: Utente | None
) -> None:
    """Close a sheet of which nothing is awaited any more.

    Without the person's signature, once they had the time, it takes a reason; under the minimum of
    presence it closes without a score.

    :raises PermissionDenied: the person is not of the risorse umane, or the sheet is theirs.
    :raises ValidationError: something is still awaited, or no reason where one is due.
    """
    esigi(da, GESTISCE, valutazione)
    aperti = [uno for uno in Stato if uno != Stato.CHIUSA]
    with in_stato(valutazione, *aperti) as adesso:
        if perche := perche_aperta(adesso, timezone.localdate()):
            raise ValidationError(PERCHE[perche]() if perche in PERCHE else gia(adesso))
        if adesso.stato == Stato.FIRMATA_VALUTATORE and not motivo.strip():
            raise ValidationError({"motivo": _("Manca la firma della persona: scrivi perché.")})
        cambia(adesso, stato=Stato.CHIUSA, chiusa_il=timezone.now())
        segna(adesso, _("Chiusa"), da=da, motivo=motivo.strip())


PERCHE = {
    "firma": lambda: _("La persona ha ancora tempo per firmare."),
    "termine": lambda: _("La persona ha ancora tempo per chiedere la conciliazione."),
    "conciliazione": lambda: _("Una conciliazione è ancora in corso."),
    "stato": lambda: _("La valutazione non è ancora firmata."),
}


def chiudi_concluse(edizione: EdizioneIndividuale, *, da: Utente | None) -> int:
    """Close all the sheets of a year that await nothing and need no reason; how many.

    :raises PermissionDenied: the person is not of the risorse umane of this azienda.
    """
    esigi(da, GESTISCE, edizione.azienda)
    oggi = timezone.localdate()
    with transaction.atomic():
        righe = ValutazioneIndividuale.objects.select_for_update(of=("self",))
        candidate = (
            righe.filter(edizione=edizione)
            .exclude(stato__in=(Stato.CHIUSA, Stato.FIRMATA_VALUTATORE))
            .prefetch_related("edizione", "conciliazione")
        )
        if da is not None:
            candidate = candidate.exclude(persona=da)
        pronte = [una.pk for una in candidate if not perche_aperta(una, oggi)]
        ferme = ValutazioneIndividuale.objects.filter(pk__in=pronte)
        ferme.update(stato=Stato.CHIUSA, chiusa_il=timezone.now())
        if pronte:
            registra(
                "valutazione_individuale.chiuse",
                edizione,
                azienda=edizione.azienda,
                da=da,
                descrizione=_("Chiuse %(n)s valutazioni individuali del %(anno)s")
                % {"n": len(pronte), "anno": edizione.anno},
            )
    return len(pronte)


def _finestra(valutazione: ValutazioneIndividuale) -> None:
    esigi_aperta(valutazione.azienda, valutazione.anno, Tipo.VALUTAZIONE, unita=valutazione.unita)
