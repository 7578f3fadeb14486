# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report of a project in a semester, and of the actions of the network."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.models import (
    AzioneDiPiano,
    Progetto,
    RilevazioneAzione,
    RilevazioneAzionePiano,
    RilevazioneProgetto,
    SemestreMonitoraggio,
)
from conciliazione.models.azioni import StatoAzione
from conciliazione.rules import esigi_referente
from piani.azioni.righe import Superata
from piani.models import Utente
from piani.rules import esigi

GUIDA = "conciliazione.rileva_progetto"
CONTROLLA = "conciliazione.valida_rilevazione"


@dataclass(frozen=True)
class Raggiunti:
    """Whom an action reached in the semester. None: not said, which is not zero."""

    persone: int | None = None
    imprese: int | None = None
    nota: str = ""
    avviata: bool = False


def salva_rilevazione(
    semestre: SemestreMonitoraggio,
    progetto: Progetto,
    *,
    avanzamento: str,
    criticita: str,
    raggiunti: Mapping[int, Raggiunti],
    visto: str,
    da: Utente | None,
) -> RilevazioneProgetto:
    """Keep the draft of a report.

    :param raggiunti: by the key of the action of the project.
    :param visto: how many times it had been saved when it was read.
    :raises PermissionDenied: the author does not represent the capofila.
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: it was sent, or the semester is closed, or of another edition.
    """
    esigi_referente(da, GUIDA, progetto)
    with transaction.atomic():
        aperto = bloccata(semestre)
        esigi_stato(aperto, SemestreMonitoraggio.Stato.APERTO)
        if progetto.edizione_id != aperto.edizione_id:
            raise ValidationError(_("Il progetto e il semestre sono di edizioni diverse."))
        if progetto.stato == Progetto.Stato.REVOCATO:
            raise ValidationError(_("Il progetto è revocato: non si rileva più."))
        questa, nuova = RilevazioneProgetto.objects.get_or_create(
            semestre=aperto, progetto=progetto
        )
        questa = bloccata(questa)
        esigi_stato(questa, RilevazioneProgetto.Stato.BOZZA)
        if str(questa.modifiche) != (visto or "0"):
            raise Superata(
                _(
                    "Qualcun altro ha salvato questa rilevazione mentre la scrivevi. I tuoi dati "
                    "sono ancora qui: se salvi di nuovo, prendono il posto dei suoi."
                ),
                str(questa.modifiche),
            )
        questa.avanzamento, questa.criticita = avanzamento, criticita
        questa.modifiche += 1
        salva(questa, "avanzamento", "criticita", "modifiche")
        _scrivi(questa, raggiunti)
        annota(
            "conc_rilevazione.iniziata" if nuova else "conc_rilevazione.salvata",
            questa,
            _("Bozza della rilevazione: %(rilevazione)s") % {"rilevazione": questa},
            da=da,
            riguarda=[progetto],
        )
    return questa


def trasmetti_rilevazione(rilevazione: RilevazioneProgetto, *, da: Utente | None) -> None:
    """Send a report to the ATS.

    :raises PermissionDenied: the author does not represent the capofila.
    :raises ValidationError: outside the window; something that should be said is not.
    """
    esigi_referente(da, GUIDA, rilevazione)
    with transaction.atomic():
        questa = bloccata(rilevazione)
        esigi_stato(questa.semestre, SemestreMonitoraggio.Stato.APERTO)
        _nella_finestra(questa.semestre)
        mancano = cosa_manca(questa)
        if mancano:
            raise ValidationError(mancano)
        passa(
            questa,
            RilevazioneProgetto.Stato.TRASMESSA,
            trasmessa_il=timezone.now(),
            trasmessa_da=da,
        )
        annota(
            "conc_rilevazione.trasmessa",
            questa,
            _("Trasmessa: %(rilevazione)s") % {"rilevazione": questa},
            da=da,
            riguarda=[questa.progetto],
        )


def valida_rilevazione(
    rilevazione: RilevazioneProgetto, *, nota: str = "", da: Utente | None
) -> None:
    """The ATS accepts a report: its figures count when the semester is closed.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it was not sent.
    """
    esigi(da, CONTROLLA, rilevazione)
    with transaction.atomic():
        questa = bloccata(rilevazione)
        esigi_stato(questa.semestre, SemestreMonitoraggio.Stato.APERTO)
        passa(
            questa,
            RilevazioneProgetto.Stato.VALIDATA,
            validata_il=timezone.now(),
            validata_da=da,
            nota=nota.strip(),
        )
        annota(
            "conc_rilevazione.validata",
            questa,
            _("Validata: %(rilevazione)s") % {"rilevazione": questa},
            da=da,
            riguarda=[questa.progetto],
        )


def rimanda_rilevazione(rilevazione: RilevazioneProgetto, *, nota: str, da: Utente | None) -> None:
    """Give a report back to its capofila, saying what to put right.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no note, or it was not sent.
    """
    esigi(da, CONTROLLA, rilevazione)
    if not nota.strip():
        raise ValidationError({"nota": _("Scrivi che cosa va corretto: lo legge il capofila.")})
    with transaction.atomic():
        questa = bloccata(rilevazione)
        esigi_stato(questa.semestre, SemestreMonitoraggio.Stato.APERTO)
        passa(
            questa,
            RilevazioneProgetto.Stato.BOZZA,
            da_stati=[RilevazioneProgetto.Stato.TRASMESSA],
            nota=nota.strip(),
        )
        annota(
            "conc_rilevazione.rimandata",
            questa,
            _("Rimandata al capofila: %(rilevazione)s. %(nota)s")
            % {"rilevazione": questa, "nota": nota.strip()},
            da=da,
            riguarda=[questa.progetto],
        )


def rileva_azioni(
    semestre: SemestreMonitoraggio, *, raggiunti: Mapping[int, Raggiunti], da: Utente | None
) -> None:
    """What the actions of the network did in the semester, that the ATS reports.

    :param raggiunti: by the key of the action of the plan; the others stay as they are.
    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the semester is closed, or an action is of another edition.
    """
    esigi(da, "conciliazione.rileva_azioni", semestre)
    with transaction.atomic():
        aperto = bloccata(semestre)
        esigi_stato(aperto, SemestreMonitoraggio.Stato.APERTO)
        azioni = AzioneDiPiano.objects.filter(edizione=aperto.edizione_id).in_bulk(list(raggiunti))
        if len(azioni) < len(raggiunti):
            raise ValidationError(_("Un'azione non c'è più: ricarica la pagina."))
        for chiave, detto in raggiunti.items():
            RilevazioneAzionePiano.objects.update_or_create(
                semestre=aperto,
                azione=azioni[chiave],
                defaults={
                    "avviata": detto.avviata,
                    "persone": detto.persone,
                    "imprese": detto.imprese,
                    "nota": detto.nota,
                    "rilevata_da": da,
                },
            )
        annota(
            "conc_rilevazione.azioni",
            aperto,
            _("Rilevate %(n)s azioni del piano, %(semestre)s")
            % {"n": len(raggiunti), "semestre": aperto},
            da=da,
            riguarda=[*azioni.values(), aperto.edizione],
        )


def cosa_manca(rilevazione: RilevazioneProgetto) -> list[str]:
    """What a report should say before it is sent, one sentence each."""
    mancano = []
    if not rilevazione.avanzamento.strip():
        mancano.append(_("Scrivi che cosa si è fatto nel semestre."))
    detti = {una.azione_id: una for una in rilevazione.azioni.all()}
    for azione in rilevazione.progetto.azioni.exclude(stato=StatoAzione.NON_AVVIATA):
        detto = detti.get(azione.pk)
        for campo, parola in (("persone", _("persone")), ("imprese", _("imprese ed enti"))):
            if getattr(azione, campo) is None or (detto and getattr(detto, campo) is not None):
                continue
            mancano.append(
                _("«%(azione)s»: scrivi quante %(chi)s ha raggiunto, anche 0.")
                % {"azione": azione, "chi": parola}
            )
    return mancano


def _nella_finestra(semestre: SemestreMonitoraggio) -> None:
    oggi = timezone.localdate()
    if oggi < semestre.apre:
        raise ValidationError(
            _("La finestra si apre il %(giorno)s: fino ad allora si salva la bozza.")
            % {"giorno": semestre.apre.strftime("%d/%m/%Y")}
        )
    if oggi > semestre.scade:
        raise ValidationError(
            _("La finestra è scaduta il %(giorno)s: la bozza resta; chiedi all'ATS di spostare "
              "il termine.") % {"giorno": semestre.scade.strftime("%d/%m/%Y")}
        )  # fmt: skip


def _scrivi(rilevazione: RilevazioneProgetto, raggiunti: Mapping[int, Raggiunti]) -> None:
    azioni = rilevazione.progetto.azioni.in_bulk(list(raggiunti))
    if len(azioni) < len(raggiunti):
        raise ValidationError(_("Un'azione non c'è più nel progetto: ricarica la pagina."))
    for chiave, detto in raggiunti.items():
        RilevazioneAzione.objects.update_or_create(
            rilevazione=rilevazione,
            azione=azioni[chiave],
            defaults={"persone": detto.persone, "imprese": detto.imprese, "nota": detto.nota},
        )
