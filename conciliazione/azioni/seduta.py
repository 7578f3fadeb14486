# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting before it is held: prepared with its agenda, called with due notice, cancelled."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.calcolo.edizione import RegoleComitato, RegoleRete
from conciliazione.calcolo.numero_legale import giorni_di_preavviso, primo_giorno_utile
from conciliazione.comitato import tasks
from conciliazione.comitato.firme import firmata_dal
from conciliazione.models import (
    EdizioneConciliazione,
    ManifestazioneInteresse,
    PuntoOrdine,
    Seduta,
)
from piani.azioni import manda
from piani.models import Utente
from piani.rules import esigi

CONVOCA = "conciliazione.convoca"
VERBALIZZA = "conciliazione.verbalizza"
Stato = Seduta.Stato


def regole_di(seduta: Seduta) -> RegoleComitato | RegoleRete:
    """How its body meets, in its edition."""
    regole = seduta.edizione.regole
    return regole.comitato if seduta.organo == Seduta.Organo.COMITATO else regole.rete


def prepara_seduta(
    edizione: EdizioneConciliazione,
    *,
    organo: str,
    oggetto: str,
    quando: datetime,
    sede: str = "",
    da: Utente | None,
) -> Seduta:
    """A meeting to be called.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the edition is not in force.
    """
    esigi(da, CONVOCA, edizione)
    with transaction.atomic():
        esigi_stato(bloccata(edizione), EdizioneConciliazione.Stato.IN_VIGORE)
        seduta = salva(
            Seduta(edizione=edizione, organo=organo, oggetto=oggetto, quando=quando, sede=sede)
        )
        _annota("preparata", seduta, _("In preparazione: %(seduta)s"), da)
    return seduta


def modifica_seduta(
    seduta: Seduta, *, oggetto: str, quando: datetime, sede: str, da: Utente | None
) -> Seduta:
    """Change a meeting that was not called yet: after, it is cancelled and called anew.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; it was called already.
    """
    esigi(da, CONVOCA, seduta)
    with transaction.atomic():
        adesso = bloccata(seduta)
        esigi_stato(adesso, Stato.BOZZA)
        prima = {"oggetto": adesso.oggetto, "quando": adesso.quando, "sede": adesso.sede}
        adesso.oggetto, adesso.quando, adesso.sede = oggetto, quando, sede
        salva(adesso, *prima)
        _annota("modificata", adesso, _("Modificata: %(seduta)s"), da, prima=prima)
    return adesso


def aggiungi_punto(
    seduta: Seduta,
    *,
    titolo: str,
    genere: str,
    manifestazione: ManifestazioneInteresse | None = None,
    da: Utente | None,
) -> PuntoOrdine:
    """Another item at the end of the agenda; once called the agenda is what was sent.

    :param manifestazione: the call whose proposals the item evaluates: who proposed does not vote.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the meeting was called already; the call is not one that this
        Comitato evaluates.
    """
    esigi(da, CONVOCA, seduta)
    with transaction.atomic():
        esigi_stato(bloccata(seduta), Stato.BOZZA)
        _si_valuta(seduta, manifestazione)
        ultimo = seduta.punti.aggregate(ultimo=Max("ordine"))["ultimo"] or 0
        punto = salva(
            PuntoOrdine(
                seduta=seduta, ordine=ultimo + 1, titolo=titolo, genere=genere,
                manifestazione=manifestazione,
            )
        )  # fmt: skip
        annota(
            "conc_seduta.punto_aggiunto",
            punto,
            _("All'ordine del giorno: %(punto)s") % {"punto": punto},
            da=da,
            riguarda=[seduta],
        )
    return punto


def _si_valuta(seduta: Seduta, manifestazione: ManifestazioneInteresse | None) -> None:
    """Stop unless the meeting is of the Comitato that evaluates the call."""
    if manifestazione is None:
        return
    del_comitato = seduta.organo == Seduta.Organo.COMITATO
    if not del_comitato or manifestazione.edizione_id != seduta.edizione_id:
        raise ValidationError(
            {"manifestazione": _("Le proposte le valuta il Comitato della stessa edizione: scegli "
                                 "una sua manifestazione, o lascia vuoto.")}
        )  # fmt: skip


def togli_punto(punto: PuntoOrdine, *, da: Utente | None) -> None:
    """Take an item off the agenda of a meeting that was not called yet; the others close up.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the meeting was called already.
    """
    esigi(da, CONVOCA, punto)
    seduta = punto.seduta
    with transaction.atomic():
        esigi_stato(bloccata(seduta), Stato.BOZZA)
        annota(
            "conc_seduta.punto_tolto",
            punto,
            _("Tolto dall'ordine del giorno: %(punto)s") % {"punto": punto},
            da=da,
            riguarda=[seduta],
        )
        posto = punto.ordine
        PuntoOrdine.objects.filter(pk=punto.pk).delete()
        # One at a time and in order: the place is unique at every step.
        for altro in seduta.punti.filter(ordine__gt=posto).order_by("ordine"):
            PuntoOrdine.objects.filter(pk=altro.pk).update(ordine=F("ordine") - 1)


def convoca(seduta: Seduta, *, motivo_urgenza: str = "", da: Utente | None) -> None:
    """Call a meeting: the messages with the agenda leave on commit.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no agenda, no place, less notice than the Regolamento asks, a request
        of consultation that came too late; or it was called already.
    """
    esigi(da, CONVOCA, seduta)
    adesso = timezone.now()
    with transaction.atomic():
        questa = bloccata(seduta)
        esigi_stato(questa, Stato.BOZZA)
        _completa(questa)
        urgenza = _controlla_preavviso(questa, adesso, motivo_urgenza.strip())
        _controlla_richieste(questa, adesso)
        passa(
            seduta,
            Stato.CONVOCATA,
            convocata_il=adesso,
            convocata_da=da,
            motivo_urgenza=urgenza,
        )
        _annota("convocata", seduta, _("Convocata: %(seduta)s"), da, urgenza=urgenza)
        manda(tasks.spedisci_seduta, seduta.pk)


def annulla_seduta(seduta: Seduta, *, motivo: str, da: Utente | None) -> None:
    """It will not be held; whoever was called is told.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason, or it was opened or cancelled already.
    """
    esigi(da, CONVOCA, seduta)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la seduta è annullata.")})
    with transaction.atomic():
        passa(seduta, Stato.ANNULLATA, motivo_annullamento=motivo.strip())
        seduta.richieste.update(seduta=None)
        _annota("annullata", seduta, _("Annullata: %(seduta)s"), da, motivo=motivo.strip())
        if seduta.convocata_il:
            manda(tasks.spedisci_seduta, seduta.pk)


def _completa(seduta: Seduta) -> None:
    if not seduta.punti.exists():
        raise ValidationError(
            _("Manca l'ordine del giorno: la convocazione lo contiene. Aggiungi almeno un punto.")
        )
    if not seduta.sede.strip():
        raise ValidationError(
            {"sede": _("Manca la sede: la convocazione dice dove, o come collegarsi.")}
        )


def _controlla_preavviso(seduta: Seduta, adesso: datetime, motivo: str) -> str:
    """The reason of the urgency, if less notice is given and the rules let; none if not needed."""
    regole = regole_di(seduta)
    oggi, giorno = timezone.localdate(adesso), timezone.localdate(seduta.quando)
    if seduta.quando <= adesso:
        raise ValidationError(_("Il giorno e l'ora della seduta sono già passati: cambiali."))
    dati = giorni_di_preavviso(oggi, giorno)
    if dati >= regole.preavviso:
        return ""
    if regole.urgenza and motivo:
        return motivo
    detti: dict[str, Any] = {
        "dati": dati,
        "minimo": regole.preavviso,
        "dal": primo_giorno_utile(oggi, regole.preavviso).strftime("%d/%m/%Y"),
        "fonte": regole.fonte,
        "seduta": giorno.strftime("%d/%m/%Y"),
    }
    if regole.urgenza:
        raise ValidationError({"motivo_urgenza": _(
            "La seduta è il %(seduta)s e il preavviso è di %(dati)s giorni invece di almeno "
            "%(minimo)s: scrivi perché è urgente, o scegli un giorno dal %(dal)s in poi."
        ) % detti})  # fmt: skip
    raise ValidationError(
        _(
            "La convocazione parte troppo tardi: la seduta è il %(seduta)s, cioè fra %(dati)s "
            "giorni, e ne servono almeno %(minimo)s (%(fonte)s). Convocando oggi si può tenere dal "
            "%(dal)s in poi: cambia il giorno."
        )
        % detti
    )


def _controlla_richieste(seduta: Seduta, adesso: datetime) -> None:
    """A request of the members is heard if it came, signed, some days before the meeting is
    called (art. 4 of the Regolamento).
    """
    anticipo = seduta.edizione.regole.rete.anticipo
    for richiesta in seduta.richieste.all():
        dal = firmata_dal(richiesta)
        if dal is None or giorni_di_preavviso(dal, timezone.localdate(adesso)) >= anticipo:
            continue
        raise ValidationError(
            _(
                "La richiesta «%(richiesta)s» ha avuto le firme il %(firmata)s: va al Capofila "
                "almeno %(anticipo)s giorni prima della convocazione. Convoca dal %(dal)s in poi, "
                "o stacca la richiesta da questa seduta."
            )
            % {
                "richiesta": richiesta,
                "firmata": dal.strftime("%d/%m/%Y"),
                "anticipo": anticipo,
                "dal": primo_giorno_utile(dal, anticipo).strftime("%d/%m/%Y"),
            }
        )


def _annota(che: str, seduta: Seduta, frase: str, da: Utente | None, **dati: Any) -> None:
    annota(
        f"conc_seduta.{che}",
        seduta,
        frase % {"seduta": seduta},
        da=da,
        dati=dati,
        riguarda=[seduta.edizione],
    )
