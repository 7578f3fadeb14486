# SPDX-License-Identifier: AGPL-3.0-or-later
"""Votes of the Comitato: a question, one vote per seat present, counted and frozen."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.azioni.seduta import VERBALIZZA
from conciliazione.calcolo.numero_legale import Conta, decide
from conciliazione.conflitti import senza_voto
from conciliazione.models import Presenza, PuntoOrdine, Seduta, Seggio, Votazione, Voto
from conciliazione.rules import esigi_referente
from piani.models import Utente
from piani.rules import esigi

VOTA = "conciliazione.vota"


def apri_votazione(punto: PuntoOrdine, *, quesito: str, da: Utente | None) -> Votazione:
    """Put a question to the vote under an item of an open meeting.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the meeting is of the Rete, or is not open; the item
        evaluates a call that still receives proposals.
    """
    esigi(da, VERBALIZZA, punto)
    with transaction.atomic():
        seduta = bloccata(punto.seduta)
        if seduta.organo != Seduta.Organo.COMITATO:
            raise ValidationError(
                _("La Rete non vota: esprime pareri. Scrivi il parere nell'esito del punto.")
            )
        esigi_stato(seduta, Seduta.Stato.APERTA)
        if punto.manifestazione is not None and punto.manifestazione.sigillata:
            raise ValidationError(
                _("«%(bando)s» è ancora aperta: le proposte si valutano quando si chiude.")
                % {"bando": punto.manifestazione}
            )
        votazione = salva(Votazione(punto=punto, quesito=quesito))
        _annota("aperta", votazione, _("Si vota: %(quesito)s"), da)
    return votazione


def vota(votazione: Votazione, *, seggio: Seggio, valore: str, da: Utente | None) -> Voto:
    """The vote of a seat, given by who sits in it at this meeting.

    :raises PermissionDenied: the author does not hold the seat.
    :raises ValidationError: by field; the seat is absent, or somebody else sits in it; it voted
        already; the vote is closed; the item evaluates a call and the seat is in conflict.
    """
    esigi_referente(da, VOTA, seggio)
    with transaction.atomic():
        presenza = _presenti(_aperta(votazione)).get(seggio.pk)
        if presenza is None:
            raise ValidationError(
                _("%(seggio)s risulta assente: per votare fatti segnare presente.")
                % {"seggio": seggio}
            )
        if da is not None and presenza.utente_id not in (None, da.pk):
            raise ValidationError(
                _("In questa seduta siede %(chi)s (%(come)s): il voto è suo.")
                % {"chi": presenza.utente, "come": _come(presenza)}
            )
        _senza_conflitti(votazione, [presenza])
        _non_ancora(votazione, [seggio])
        voto = salva(Voto(votazione=votazione, seggio=seggio, valore=valore, dato_da=da))
        _annota("votata", votazione, _("Ha votato un seggio: %(quesito)s"), da, seggio=str(seggio))
    return voto


def raccogli_voti(votazione: Votazione, *, voti: Mapping[int, str], da: Utente | None) -> int:
    """The votes given by show of hands, written by who keeps the minutes; how many.

    :param voti: by seat; those that voted by themselves are not among them.
    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: a seat is absent, voted already or is in conflict on the item; the vote
        is closed.
    """
    esigi(da, VERBALIZZA, votazione)
    if not voti:
        raise ValidationError(_("Segna almeno un voto."))
    with transaction.atomic():
        presenti = _presenti(_aperta(votazione))
        seggi = list(Seggio.objects.filter(edizione=votazione.punto.seduta.edizione, pk__in=voti))
        assenti = [str(uno) for uno in seggi if uno.pk not in presenti]
        if assenti or len(seggi) < len(voti):
            raise ValidationError(
                _("Non è presente alla seduta: %(chi)s.") % {"chi": ", ".join(assenti) or "?"}
            )
        _senza_conflitti(votazione, [presenti[uno.pk] for uno in seggi])
        _non_ancora(votazione, seggi)
        for seggio in seggi:
            salva(Voto(votazione=votazione, seggio=seggio, valore=voti[seggio.pk], dato_da=da))
        _annota(
            "raccolta",
            votazione,
            _("Raccolti i voti in seduta: %(quesito)s"),
            da,
            seggi=[str(uno) for uno in seggi],
        )
    return len(seggi)


def chiudi_votazione(votazione: Votazione, *, da: Utente | None) -> Votazione:
    """Count, decide by the rules of the edition, and freeze both with their explanation.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: nobody voted, the quorum is gone, or it was closed already.
    """
    esigi(da, VERBALIZZA, votazione)
    with transaction.atomic():
        seduta = _aperta(votazione)
        presenti = _presenti(seduta)
        legale = seduta.numero_legale or 0
        if len(presenti) < legale:
            raise ValidationError(
                _(
                    "Il numero legale è venuto meno: presenti %(presenti)s, ne servono %(legale)s. "
                    "La votazione non vale: aggiorna le presenze o chiudi la seduta."
                )
                % {"presenti": len(presenti), "legale": legale}
            )
        conta = _conta(votazione, seduta, len(presenti))
        if not conta.votanti:
            raise ValidationError(_("Non ha ancora votato nessuno."))
        decisione = decide(conta, seduta.edizione.regole.comitato)
        esito = Votazione.Esito.APPROVATA if decisione.approvata else Votazione.Esito.RESPINTA
        passa(
            votazione,
            Votazione.Stato.CHIUSA,
            esito=esito,
            conteggio=asdict(conta) | asdict(decisione),
            chiusa_il=timezone.now(),
        )
        _annota(
            "chiusa", votazione, _("%(esito)s: %(quesito)s"), da, spiegazione=decisione.spiegazione
        )
    return votazione


def annulla_votazione(votazione: Votazione, *, motivo: str, da: Utente | None) -> None:
    """Withdraw a question that was put badly, or whose quorum is gone: its votes go with it.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason, or it was closed already.
    """
    esigi(da, VERBALIZZA, votazione)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la votazione si ritira.")})
    with transaction.atomic():
        _aperta(votazione)
        _annota("ritirata", votazione, _("Ritirata: %(quesito)s"), da, motivo=motivo.strip(),
                voti=votazione.voti.count())  # fmt: skip
        Votazione.objects.filter(pk=votazione.pk).delete()


def _aperta(votazione: Votazione) -> Seduta:
    """The open meeting of an open vote: both locked, the meeting first."""
    seduta = bloccata(votazione.punto.seduta)
    esigi_stato(seduta, Seduta.Stato.APERTA)
    esigi_stato(bloccata(votazione), Votazione.Stato.APERTA)
    return seduta


def _presenti(seduta: Seduta) -> dict[int, Presenza]:
    presenze = seduta.presenze.filter(presente=True, seggio__isnull=False)
    return {
        una.seggio_id: una
        for una in presenze.select_related("utente", "seggio__ente")
        if una.seggio_id
    }


def _come(presenza: Presenza) -> str:
    return _("supplente") if presenza.supplente else _("titolare")


def _senza_conflitti(votazione: Votazione, presenze: list[Presenza]) -> None:
    """Stop if one of those that would vote is in conflict on the item."""
    fermi = senza_voto(votazione.punto, presenze)
    frasi = [
        _(
            "%(perche)s Sulla valutazione di «%(bando)s» %(seggio)s non vota: resta presente e "
            "conta per il numero legale."
        )
        % {
            "perche": fermi[una.seggio_id],
            "bando": votazione.punto.manifestazione,
            "seggio": una.seggio,
        }
        for una in presenze
        if una.seggio_id in fermi
    ]
    if frasi:
        raise ValidationError(frasi)


def _non_ancora(votazione: Votazione, seggi: list[Seggio]) -> None:
    gia = votazione.voti.filter(seggio__in=seggi).select_related("seggio__ente").first()
    if gia is None:
        return
    raise ValidationError(
        _("%(seggio)s ha già votato alle %(ora)s: il voto è uno per seggio e non si cambia.")
        % {"seggio": gia.seggio, "ora": timezone.localtime(gia.dato_il).strftime("%H:%M")}
    )


def _conta(votazione: Votazione, seduta: Seduta, presenti: int) -> Conta:
    voti: list[tuple[str, bool]] = list(votazione.voti.values_list("valore", "seggio__capofila"))
    valori = [valore for valore, _capofila in voti]
    return Conta(
        componenti=seduta.componenti or 0,
        presenti=presenti,
        favorevoli=valori.count(Voto.Valore.FAVOREVOLE),
        contrari=valori.count(Voto.Valore.CONTRARIO),
        astenuti=valori.count(Voto.Valore.ASTENUTO),
        capofila=next((valore for valore, capofila in voti if capofila), ""),
    )


def _annota(che: str, votazione: Votazione, frase: str, da: Utente | None, **dati: Any) -> None:
    annota(
        f"conc_votazione.{che}",
        votazione,
        frase % {"quesito": votazione, "esito": votazione.get_esito_display()},
        da=da,
        dati=dati,
        riguarda=[votazione.punto.seduta],
    )
