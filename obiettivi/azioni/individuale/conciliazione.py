# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conciliation of an evaluation: asked, answered, decided, each by its day."""

from datetime import timedelta
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.individuale.passo import cambia, in_stato, segna
from obiettivi.calcolo.arrotondamento import CENTO, ZERO
from obiettivi.calcolo.individuale import classe_e_premio
from obiettivi.individuale.termini import conciliazione_di, richiesta_entro
from obiettivi.models import RichiestaConciliazione, ValutazioneIndividuale
from obiettivi.rules import esigi_di_persona
from piani.models import Utente

FIRMATE = ValutazioneIndividuale.FIRMATE
Esito = RichiestaConciliazione.Esito


def chiedi_conciliazione(
    valutazione: ValutazioneIndividuale, *, testo: str, da: Utente | None
) -> RichiestaConciliazione:
    """The person asks that the evaluation be looked at again.

    :raises PermissionDenied: the sheet is of somebody else, or who asks acts for another.
    :raises ValidationError: no text, not signed, too late, asked already.
    """
    esigi_di_persona(da, "obiettivi.propria_valutazione", valutazione)
    if not testo.strip():
        raise ValidationError({"testo": _("Scrivi che cosa chiedi, e perché.")})
    with in_stato(valutazione, *FIRMATE) as adesso:
        if conciliazione_di(adesso) is not None:
            raise ValidationError(_("La conciliazione di questa valutazione è già stata chiesta."))
        scade, oggi = richiesta_entro(adesso), timezone.localdate()
        if scade is not None and oggi > scade:
            raise ValidationError(
                _("Il termine per chiedere la conciliazione è scaduto il %(giorno)s.")
                % {"giorno": scade.strftime("%d/%m/%Y")}
            )
        nuova = RichiestaConciliazione.objects.create(
            valutazione=adesso,
            testo=testo.strip(),
            risposta_entro=oggi + timedelta(days=adesso.regole.giorni_risposta),
            prima=adesso.punteggio,
        )
        segna(adesso, _("Chiesta la conciliazione"), da=da)
    return nuova


def rispondi_conciliazione(
    valutazione: ValutazioneIndividuale, *, risposta: str, da: Utente | None
) -> None:
    """What the evaluator says of the request, once.

    :raises PermissionDenied: the person is not the evaluator.
    :raises ValidationError: no text, nothing to answer, answered already, decided already.
    """
    esigi_di_persona(da, "obiettivi.valuta_persona", valutazione)
    if not risposta.strip():
        raise ValidationError({"risposta": _("Scrivi la risposta.")})
    with in_stato(valutazione, *FIRMATE) as adesso:
        in_attesa = RichiestaConciliazione.objects.filter(
            valutazione=adesso, esito=Esito.IN_ATTESA, risposta_il__isnull=True
        )
        if not in_attesa.update(
            risposta=risposta.strip(),
            risposta_da=da,
            risposta_per_conto_di=da.per_conto_di if da is not None else None,
            risposta_il=timezone.now(),
        ):
            raise ValidationError(_("Non c'è una richiesta che aspetta risposta."))
        segna(adesso, _("Risposta del valutatore alla conciliazione"), da=da)


def decidi_conciliazione(
    valutazione: ValutazioneIndividuale,
    *,
    modifica: bool,
    punteggio: Decimal | None = None,
    motivazione: str,
    da: Utente | None,
) -> None:
    """Confirm the evaluation, or change its score; the one of before stays beside the new.

    :raises PermissionDenied: the person does not hold the ruolo that decides, evaluated, or is the
        evaluated one.
    :raises ValidationError: no motivation, no score or the same where it changes, the evaluator
        still has time to answer, decided already.
    """
    esigi_di_persona(da, "obiettivi.decide_conciliazione", valutazione)
    if not motivazione.strip():
        raise ValidationError({"motivazione": _("Scrivi la motivazione.")})
    with in_stato(valutazione, *FIRMATE) as adesso:
        richiesta = conciliazione_di(adesso)
        if richiesta is None or richiesta.esito != Esito.IN_ATTESA:
            raise ValidationError(_("Non c'è una conciliazione da decidere: ricarica la pagina."))
        if richiesta.risposta_il is None and timezone.localdate() <= richiesta.risposta_entro:
            raise ValidationError(
                _("Il valutatore può ancora rispondere, fino al %(giorno)s.")
                % {"giorno": richiesta.risposta_entro.strftime("%d/%m/%Y")}
            )
        nuovo = _nuovo(richiesta, punteggio) if modifica else richiesta.prima
        RichiestaConciliazione.objects.filter(pk=richiesta.pk).update(
            esito=Esito.MODIFICATA if modifica else Esito.CONFERMATA,
            motivazione=motivazione.strip(),
            dopo=nuovo,
            decisa_da=da,
            decisa_per_conto_di=da.per_conto_di if da is not None else None,
            decisa_il=timezone.now(),
        )
        if modifica and nuovo is not None:
            classe, premio = classe_e_premio(nuovo, adesso.regole, adesso.mesi)
            etichetta = classe.etichetta[:100] if classe else ""
            cambia(adesso, punteggio_finale=nuovo, classe=etichetta, premio=premio)
        segna(adesso, _("Decisa la conciliazione"), da=da)


def _nuovo(richiesta: RichiestaConciliazione, punteggio: Decimal | None) -> Decimal:
    if punteggio is None or not ZERO <= punteggio <= CENTO:
        raise ValidationError({"punteggio": _("Scrivi il nuovo punteggio, da 0 a 100.")})
    if punteggio == richiesta.prima:
        raise ValidationError(
            {"punteggio": _("È il punteggio di prima: per lasciarlo, conferma la valutazione.")}
        )
    return punteggio
