# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands before each step of a Relazione: what stops it, what has to be seen first."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import Calcolo, Prospettiva, Raggiungimento, Relazione
from obiettivi.relazione.dati import superati
from obiettivi.relazione.termini import scadenza_di
from piani.verifiche import LUNGO_UN_CAPITOLO, Cancello, Mancanza

Stato = Relazione.Stato


def cancello(relazione: Relazione) -> Cancello:
    """What stands before the step that awaits the Relazione.

    The content is looked at while it can still be changed, before it is approved; afterwards only
    the deadline is.
    """
    if relazione.stato != Stato.BOZZA:
        return Cancello(avvertono=tuple(_termine(relazione)))
    return Cancello(
        bloccano=(
            *_anno(relazione),
            *_punteggi(relazione),
            *_generata(relazione),
            *_sezioni(relazione),
            *_cause(relazione),
        ),
        avvertono=(*_calcoli(relazione), *_fasi(relazione), *_dati(relazione)),
    )


def _anno(relazione: Relazione) -> Iterator[Mancanza]:
    if timezone.localdate().year <= relazione.anno:
        yield Mancanza(
            _("Il %(anno)s non è ancora finito: la relazione si approva ad anno chiuso.")
            % {"anno": relazione.anno},
            gruppo=_("L'anno"),
        )


def _punteggi(relazione: Relazione) -> Iterator[Mancanza]:
    calcolato = Raggiungimento.objects.filter(
        piano=relazione.piano,
        prospettiva=Prospettiva.CONSUNTIVO,
        anno=relazione.anno,
        frazione="",
        livello=Raggiungimento.Livello.PIANO,
    )
    if not calcolato.exists():
        yield Mancanza(
            _("I risultati del %(anno)s non sono stati calcolati.") % {"anno": relazione.anno},
            rimedio=f"{relazione.piano.get_absolute_url()}#punteggi",
            gruppo=_("Risultati e punteggi"),
        )


def _generata(relazione: Relazione) -> Iterator[Mancanza]:
    if superati(relazione):
        yield Mancanza(
            _("Dopo l'ultima generazione delle tabelle il piano o i suoi risultati sono cambiati: "
              "rigenera la relazione. Ciò che hai scritto resta."),
            rimedio=f"{relazione.get_absolute_url()}#rigenera",
            gruppo=_("Risultati e punteggi"),
        )  # fmt: skip


def _sezioni(relazione: Relazione) -> Iterator[Mancanza]:
    for sezione in relazione.sezioni.all():
        if sezione.da_scrivere and len(sezione.testo.strip()) < LUNGO_UN_CAPITOLO:
            yield Mancanza(
                _("Il capitolo «%(titolo)s» è da scrivere.") % {"titolo": sezione},
                rimedio=_indirizzo("relazione_sezione", relazione, sezione.tipo),
                gruppo=_("Capitoli da scrivere"),
            )


def _cause(relazione: Relazione) -> Iterator[Mancanza]:
    scritti = {uno.misura_id: uno for uno in relazione.scostamenti.all()}
    for riga in relazione.generati.get("scostamenti", []):
        scritto = scritti.get(riga["misura"])
        if scritto is None or not scritto.causa.strip():
            yield Mancanza(
                _("%(codice)s %(nome)s: manca la causa dello scostamento.")
                % {"codice": riga["codice"], "nome": riga["indicatore"]},
                rimedio=f"{_indirizzo('relazione_cause', relazione)}#misura-{riga['misura']}",
                gruppo=_("Scostamenti da spiegare"),
            )


def _calcoli(relazione: Relazione) -> Iterator[Mancanza]:
    non_finiti = relazione.piano.calcoli.filter(
        prospettiva=Prospettiva.CONSUNTIVO,
        anno=relazione.anno,
        stato__in=(*Calcolo.APERTI, Calcolo.Stato.DA_ACCETTARE),
    )
    for calcolo in non_finiti:
        yield Mancanza(
            _("Un calcolo dell'anno non è finito: %(calcolo)s, %(stato)s.")
            % {"calcolo": calcolo, "stato": calcolo.get_stato_display().lower()},
            url=calcolo.get_absolute_url(),
            gruppo=_("Risultati e punteggi"),
        )


def _fasi(relazione: Relazione) -> Iterator[Mancanza]:
    concluse = {una.fase_id for una in relazione.fasi.all() if una.conclusa_il}
    for fase in relazione.piano.fasi.all():
        if fase.pk not in concluse:
            yield Mancanza(
                _("Della fase «%(fase)s» non è scritto quando si è conclusa.") % {"fase": fase},
                rimedio=_indirizzo("relazione_fasi", relazione),
                gruppo=_("Il processo"),
            )


def _dati(relazione: Relazione) -> Iterator[Mancanza]:
    generati = relazione.generati
    if generati.get("piano", {}).get("dimostrativo"):
        yield Mancanza(
            _("La relazione contiene dati dimostrativi, inventati per provare il programma: il "
              "documento lo dice su ogni pagina."),
            gruppo=_("Risultati e punteggi"),
        )  # fmt: skip
    senza = [riga for riga in generati.get("scostamenti", []) if riga["punteggio"] is None]
    for riga in senza:
        yield Mancanza(
            _("%(codice)s %(nome)s: nessun punteggio (%(motivo)s).")
            % {"codice": riga["codice"], "nome": riga["indicatore"], "motivo": riga["motivo"]},
            gruppo=_("Indicatori senza punteggio"),
        )


def _termine(relazione: Relazione) -> Iterator[Mancanza]:
    ritardo = fuori_termine(relazione)
    if ritardo and relazione.stato != Stato.PUBBLICATA:
        yield Mancanza(
            _("La pubblicazione è in ritardo, %(termine)s: va scritto il motivo.")
            % {"termine": ritardo},
            gruppo=_("Il termine"),
        )


def fuori_termine(relazione: Relazione) -> str:
    """Why publishing today is late, with its law; "" if it is in time."""
    scadenza = scadenza_di(relazione.azienda, relazione.anno)
    if scadenza is None or not scadenza.superata(timezone.localdate()):
        return ""
    return _("il termine era il %(giorno)s (%(norma)s)") % {
        "giorno": scadenza.giorno.strftime("%d/%m/%Y"),
        "norma": scadenza.norma,
    }


def _indirizzo(nome: str, relazione: Relazione, *altro: str) -> str:
    return reverse(nome, args=[relazione.piano.slug, relazione.anno, *altro])
