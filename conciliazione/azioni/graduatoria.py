# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ranking of a call: formed when the sheets are in, decided by the Comitato, then frozen."""

from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato
from conciliazione.azioni.valutatori import astieni_in_conflitto
from conciliazione.calcolo.graduatoria import Candidata, CriterioDiVoto, Posto, graduatoria
from conciliazione.models import (
    Graduatoria,
    ManifestazioneInteresse,
    Proposta,
    RigaGraduatoria,
    SchedaValutazione,
    Seduta,
    Valutatore,
)
from piani.models import Utente
from piani.rules import esigi


def forma_graduatoria(manifestazione: ManifestazioneInteresse, *, da: Utente | None) -> Graduatoria:
    """Form the ranking from the sheets handed in by who evaluates and is in no conflict.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the call is not under evaluation; somebody has not declared or handed
        in yet (who, and how many sheets); there is nothing to rank.
    """
    esigi(da, "conciliazione.forma_graduatoria", manifestazione)
    astieni_in_conflitto(manifestazione, da=None)
    with transaction.atomic():
        questa = bloccata(manifestazione)
        esigi_stato(questa, ManifestazioneInteresse.Stato.IN_VALUTAZIONE)
        posti = _calcola(questa)
        ultima = questa.graduatorie.order_by("-numero").first()
        nuova = Graduatoria.objects.create(
            manifestazione=questa, numero=ultima.numero + 1 if ultima else 1
        )
        RigaGraduatoria.objects.bulk_create(
            RigaGraduatoria(
                graduatoria=nuova,
                proposta_id=int(uno.chiave),
                posto=uno.posto,
                punti=uno.punti,
                premiali=uno.premiali,
                idonea=uno.idonea,
                nota=uno.nota,
                dettaglio=_medie(uno),
            )
            for uno in posti
        )
        annota(
            "conc_graduatoria.formata",
            nuova,
            _("Graduatoria %(numero)s di «%(bando)s»: %(quante)s proposte")
            % {"numero": nuova.numero, "bando": questa, "quante": len(posti)},
            da=da,
            riguarda=[questa],
        )
    return nuova


def decidi_graduatoria(
    graduatoria: Graduatoria, *, seduta: Seduta, motivo: str = "", da: Utente | None
) -> None:
    """The Comitato approved the ranking in a meeting: from here who sees the call reads it.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: decided already; a newer one exists; the sheets or the conflicts
        changed since it was formed; the meeting is not one of this Comitato that was held.
    """
    esigi(da, "conciliazione.forma_graduatoria", graduatoria)
    astieni_in_conflitto(graduatoria.manifestazione, da=None)
    with transaction.atomic():
        manifestazione = bloccata(graduatoria.manifestazione)
        esigi_seduta(seduta, manifestazione)
        esigi_stato(manifestazione, ManifestazioneInteresse.Stato.IN_VALUTAZIONE)
        if manifestazione.graduatorie.filter(numero__gt=graduatoria.numero).exists():
            raise ValidationError(_("C'è una graduatoria più recente: si decide quella."))
        if not _come_allora(graduatoria, manifestazione):
            raise ValidationError(
                _("Da quando è stata formata qualcosa è cambiato (schede, astensioni o proposte): "
                  "formane un'altra e decidi quella.")
            )  # fmt: skip
        mia = Graduatoria.objects.filter(pk=graduatoria.pk, decisa_il__isnull=True)
        if not mia.update(decisa_il=timezone.now(), seduta=seduta, motivo=motivo.strip()):
            raise ValidationError(_("La graduatoria è già decisa."))
        graduatoria.refresh_from_db()
        annota(
            "conc_graduatoria.decisa",
            graduatoria,
            _("Graduatoria %(numero)s decisa nella seduta «%(seduta)s»")
            % {"numero": graduatoria.numero, "seduta": seduta},
            da=da,
            riguarda=[manifestazione],
        )


def esigi_seduta(seduta: Seduta, manifestazione: ManifestazioneInteresse) -> None:
    """Stop unless a meeting is of the Comitato of the call and was validly opened.

    :raises ValidationError: on the field ``seduta``.
    """
    tenuta = seduta.stato in (Seduta.Stato.APERTA, Seduta.Stato.CHIUSA)
    del_comitato = seduta.organo == Seduta.Organo.COMITATO
    if seduta.edizione_id != manifestazione.edizione_id or not del_comitato or not tenuta:
        raise ValidationError(
            {"seduta": _("Serve una seduta del Comitato di questa edizione, aperta o chiusa.")}
        )


def _calcola(manifestazione: ManifestazioneInteresse) -> tuple[Posto, ...]:
    """The ranking of the admitted proposals as the sheets are now."""
    criteri = list(manifestazione.criteri.all())
    proposte = list(
        Proposta.objects.filter(manifestazione=manifestazione, stato=Proposta.Stato.AMMESSA)
    )
    valutatori = list(
        manifestazione.valutatori.exclude(stato=Valutatore.Stato.ASTENUTO).select_related(
            "seggio__ente"
        )
    )
    schede = list(
        SchedaValutazione.objects.filter(
            valutatore__in=valutatori, proposta__in=proposte, consegnata_il__isnull=False
        ).prefetch_related("punteggi__criterio")
    )
    _esigi_tutto(manifestazione, len(criteri), proposte, valutatori, schede)
    di: dict[int, list[dict[str, Any]]] = {}
    for scheda in schede:
        di.setdefault(scheda.proposta_id, []).append(
            {uno.criterio.codice: uno.punti for uno in scheda.punteggi.all()}
        )
    try:
        return graduatoria(
            [Candidata(str(una.pk), una.titolo, tuple(di[una.pk])) for una in proposte],
            [CriterioDiVoto(uno.codice, uno.nome, uno.punti, uno.premiale) for uno in criteri],
            manifestazione.edizione.regole.punteggio_minimo.valore,
        )
    except ValueError as errore:
        raise ValidationError(str(errore)) from errore


def _esigi_tutto(
    manifestazione: ManifestazioneInteresse,
    criteri: int,
    proposte: list[Proposta],
    valutatori: list[Valutatore],
    schede: list[SchedaValutazione],
) -> None:
    """Stop, with a sentence for each thing that is missing to rank."""
    mancano = []
    if not criteri:
        mancano.append(_("La manifestazione non ha criteri di valutazione."))
    if not proposte:
        mancano.append(_("Nessuna proposta è ammessa alla valutazione."))
    if not valutatori:
        mancano.append(_("Nessun valutatore può valutare: nominane altri fra i seggi."))
    consegnate: dict[int, int] = {}
    for scheda in schede:
        consegnate[scheda.valutatore_id] = consegnate.get(scheda.valutatore_id, 0) + 1
    for uno in valutatori:
        fatte = consegnate.get(uno.pk, 0)
        if uno.stato == Valutatore.Stato.NOMINATO:
            mancano.append(_("%(chi)s non ha ancora dichiarato i conflitti.") % {"chi": uno})
        elif fatte < len(proposte):
            mancano.append(
                _("%(chi)s ha consegnato %(n)s schede su %(tutte)s.")
                % {"chi": uno, "n": fatte, "tutte": len(proposte)}
            )
    if mancano:
        raise ValidationError(mancano)


def _medie(posto: Posto) -> list[dict[str, Any]]:
    return [asdict(media) | {"media": str(media.media)} for media in posto.medie]


def _come_allora(questa: Graduatoria, manifestazione: ManifestazioneInteresse) -> bool:
    """Whether the same ranking would come out now."""
    adesso = {
        int(uno.chiave): (uno.posto, uno.punti, uno.premiali, uno.idonea, _medie(uno))
        for uno in _calcola(manifestazione)
    }
    allora = {
        riga.proposta_id: (riga.posto, riga.punti, riga.premiali, riga.idonea, riga.dettaglio)
        for riga in questa.righe.all()
    }
    return adesso == allora
