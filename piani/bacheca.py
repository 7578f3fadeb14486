# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inbox: what each person has to do, with its deadline. Each app adds its own things."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from piani.models import (
    Azienda,
    DocumentoPubblicato,
    Invito,
    Piano,
    RicevutaPortale,
    Ruolo,
    TermineAdozione,
    Utente,
    ValidazioneNucleo,
)
from piani.passaggi import PASSAGGI, PUBBLICAZIONE, VALIDAZIONE, Passo, prossimo
from piani.rules import affidato, incarichi_nucleo


@dataclass(frozen=True)
class Cosa:
    """One thing to do: what, why, where to do it, by when."""

    titolo: str
    testo: str
    url: str
    scadenza: date | None = None
    urgente: bool = False


def raccogli(utente: Utente) -> list[Cosa]:
    """Everything that awaits this person, the urgent and the nearest deadlines first."""
    cose = [
        cosa
        for percorso in settings.ALBERO_COSE_DA_FARE
        for cosa in import_string(percorso)(utente)
    ]
    return sorted(cose, key=lambda c: (not c.urgente, c.scadenza or date.max, c.titolo))


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """The step that each plan awaits, for who may take it; prints that failed, for who publishes;
    invitations that nobody can accept, for who sees to the people.

    As many queries for one plan as for many: a right is of the azienda, asked once.
    """
    yield from _inviti(utente)
    piani = list(Piano.objects.visibili_a(utente).select_related("azienda"))
    yield from _passi(utente, piani)
    yield from _stampe(utente, piani)
    yield from _portale(utente, piani)


def _passi(utente: Utente, piani: list[Piano]) -> Iterator[Cosa]:
    in_attesa = [piano for piano in piani if prossimo(piano) is not None]
    termini = TermineAdozione.objects.all()
    rifiuti = _rifiuti(in_attesa)
    puo = _diritti(utente, in_attesa)
    for piano in in_attesa:
        passaggio = prossimo(piano)
        if passaggio is None or not puo(passaggio.permesso, piano):
            continue
        termine = termini.per(piano) if passaggio.passo < Passo.PUBBLICAZIONE else None
        yield Cosa(
            titolo=f"{passaggio.titolo}: «{piano}»",
            testo=_perche(passaggio.passo, rifiuti.get(piano.pk)),
            url=reverse("stato_piano", args=[piano.slug]),
            scadenza=termine.nel(piano.anno_inizio) if termine else None,
        )


def _perche(passo: Passo, rifiuto: ValidazioneNucleo | None) -> str:
    if passo == Passo.INVIO and rifiuto is not None:
        return _("Il Nucleo non l'ha validato: %(motivo)s") % {
            "motivo": Truncator(rifiuto.motivazione).chars(200)
        }
    return {
        Passo.INVIO: _("La bozza va completata; i controlli dicono che cosa manca."),
        Passo.VALIDAZIONE: _("Il piano aspetta la tua valutazione."),
        Passo.ADOZIONE: _("Il piano è validato: mancano i pareri o l'atto."),
        Passo.PUBBLICAZIONE: _(
            "Il piano è adottato e non è ancora in Amministrazione Trasparente."
        ),
    }[passo]


def _rifiuti(piani: list[Piano]) -> dict[int, ValidazioneNucleo]:
    """What the Nucleo said last of each plan, if it refused."""
    ultime: dict[int, ValidazioneNucleo] = {}
    for detta in ValidazioneNucleo.objects.filter(piano__in=piani).order_by("creata_il", "pk"):
        ultime[detta.piano_id] = detta
    return {chiave: detta for chiave, detta in ultime.items() if not detta.positiva}


def _diritti(utente: Utente, piani: list[Piano]) -> Callable[[str, Piano], bool]:
    """Who may take a step: asked once for each azienda; to the Nucleo, of its years."""
    incarichi = incarichi_nucleo(utente)
    aziende = {piano.azienda_id: piano.azienda for piano in piani}
    permessi = {passaggio.permesso for passaggio in PASSAGGI} - {VALIDAZIONE.permesso}
    avuti = {
        (permesso, chiave)
        for chiave, azienda in aziende.items()
        for permesso in permessi
        if utente.has_perm(permesso, azienda)
    }

    def puo(permesso: str, piano: Piano) -> bool:
        if permesso == VALIDAZIONE.permesso:
            return affidato(piano, incarichi)
        return (permesso, piano.azienda_id) in avuti

    return puo


def _stampe(utente: Utente, piani: list[Piano]) -> Iterator[Cosa]:
    falliti = DocumentoPubblicato.objects.filter(
        piano__in=piani, stato=DocumentoPubblicato.Stato.FALLITO, serie=""
    ).select_related("piano__azienda")
    for documento in falliti:
        if utente.has_perm("piani.pubblica", documento.piano):
            yield Cosa(
                titolo=_("Stampa non riuscita: %(documento)s") % {"documento": documento},
                testo=documento.errore,
                url=reverse("piano", args=[documento.piano.slug]),
                urgente=True,
            )


def _portale(utente: Utente, piani: list[Piano]) -> Iterator[Cosa]:
    """The published PIAO of today that nobody recorded as sent to the Portale (art. 6 c. 4 D.L.
    80/2021): in time as its adoption.
    """
    anno = timezone.localdate().year
    pubblicati = [
        piano for piano in piani
        if piano.tipo == Piano.Tipo.PIAO and piano.stato == Piano.Stato.PUBBLICATO
        and piano.anno_inizio >= anno
    ]  # fmt: skip
    if not pubblicati:
        return
    ricevute = RicevutaPortale.objects.filter(piano__in=pubblicati)
    caricati = set(ricevute.values_list("piano", flat=True))
    termini = TermineAdozione.objects.all()
    puo = _diritti(utente, pubblicati)
    for piano in pubblicati:
        if piano.pk not in caricati and puo(PUBBLICAZIONE.permesso, piano):
            termine = termini.per(piano)
            yield Cosa(
                titolo=_("Carica sul Portale PIAO: «%(piano)s»") % {"piano": piano},
                testo=_("Il PIAO è pubblicato e la ricevuta del Portale non è registrata."),
                url=f"{reverse('stato_piano', args=[piano.slug])}#portale",
                scadenza=termine.nel(piano.anno_inizio) if termine else None,
            )


def _inviti(utente: Utente) -> Iterator[Cosa]:
    if not utente.ha_ruolo(Ruolo.AMMINISTRATORE):
        return
    fermi = (
        Invito.objects.aperti()
        .filter(azienda__in=Azienda.objects.amministrate_da(utente))
        .filter(Q(scade_il__lte=timezone.now()) | ~Q(errore=""))
        .order_by("azienda__nome")
        .values_list("azienda__codice", "azienda__nome")
        .annotate(quanti=Count("pk"))
    )
    for codice, nome, quanti in fermi:
        yield Cosa(
            titolo=ngettext(
                "%(n)s invito è scaduto o non è partito",
                "%(n)s inviti sono scaduti o non sono partiti",
                quanti,
            )
            % {"n": quanti},
            testo=_("%(azienda)s: dalla pagina della persona se ne manda un altro.")
            % {"azienda": nome},
            url=f"{reverse('persone', args=[codice])}?stato=invitate",
        )
