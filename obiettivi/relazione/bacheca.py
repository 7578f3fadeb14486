# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a Relazione puts in people's inbox: as many queries for one as for many."""

from collections.abc import Callable, Iterable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from obiettivi.models import Finestra, Relazione, TermineRelazione, ValidazioneRelazione
from obiettivi.relazione.passaggi import (
    APPROVAZIONE,
    INVIO,
    PUBBLICAZIONE,
    RITORNO,
    SI_RENDICONTA,
    VALIDAZIONE,
    Passaggio,
    prossimo,
)
from obiettivi.relazione.termini import Scadenza, scelta
from piani.bacheca import Cosa
from piani.models import DocumentoPubblicato, Piano, Utente
from piani.rules import incarichi_nucleo

Stato = Relazione.Stato
Scadenze = Callable[[int, int], Scadenza | None]
RENDICONTATI = (Piano.Tipo.PERFORMANCE, Piano.Tipo.PIAO)


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """The step that each Relazione awaits, for who may take it; the one of last year to begin, for
    who prepares it; prints that failed, for who publishes.
    """
    anno = timezone.localdate().year - 1
    aperte = list(
        Relazione.objects.visibili_a(utente)
        .exclude(stato=Stato.PUBBLICATA)
        .select_related("piano__azienda")
    )
    da_cominciare = _da_cominciare(utente, anno)
    piani = [*(relazione.piano for relazione in aperte), *da_cominciare]
    puo, scadenze = _diritti(utente, piani), _scadenze(piani)
    yield from _passi(aperte, puo, scadenze)
    for piano in da_cominciare:
        if puo(RITORNO.permesso, piano, anno):
            yield _comincia(piano, anno, scadenze(piano.azienda_id, anno))
    yield from _stampe(utente)


def _da_cominciare(utente: Utente, anno: int) -> list[Piano]:
    """The plan in force in that year of each azienda that has no Relazione of it yet."""
    piani = (
        Piano.objects.visibili_a(utente)
        .filter(
            tipo__in=RENDICONTATI, stato__in=SI_RENDICONTA, anno_inizio__lte=anno,
            anno_fine__gte=anno,
        )
        .select_related("azienda")
        .order_by("anno_inizio", "pk")
    )  # fmt: skip
    ultimi = {piano.azienda_id: piano for piano in piani}
    fatte = set(
        Relazione.objects.filter(piano__azienda__in=ultimi, anno=anno).values_list(
            "piano__azienda", flat=True
        )
    )
    return [piano for azienda, piano in ultimi.items() if azienda not in fatte]


def _comincia(piano: Piano, anno: int, scadenza: Scadenza | None) -> Cosa:
    return Cosa(
        titolo=_("Comincia la Relazione sulla performance %(anno)s") % {"anno": anno},
        testo=_("«%(piano)s»: le tabelle si generano dai risultati, il resto si scrive.")
        % {"piano": piano},
        url=reverse("relazione", args=[piano.slug, anno]),
        scadenza=scadenza.giorno if scadenza else None,
    )


def _passi(
    aperte: list[Relazione], puo: Callable[[str, Piano, int], bool], scadenze: Scadenze
) -> Iterator[Cosa]:
    rifiuti = _rifiuti(aperte)
    for relazione in aperte:
        passaggio = prossimo(relazione)
        chi = [passaggio.permesso] if passaggio else []
        if passaggio is APPROVAZIONE:
            chi.append(RITORNO.permesso)  # who prepares it has to finish it first
        if passaggio is None or not any(
            puo(permesso, relazione.piano, relazione.anno) for permesso in chi
        ):
            continue
        scadenza = scadenze(relazione.azienda_id, relazione.anno)
        yield Cosa(
            titolo=f"{passaggio.titolo}: {relazione}",
            testo=_perche(passaggio, relazione, rifiuti.get(relazione.pk)),
            url=relazione.get_absolute_url(),
            scadenza=scadenza.giorno if scadenza else None,
        )


def _perche(
    passaggio: Passaggio, relazione: Relazione, rifiuto: ValidazioneRelazione | None
) -> str:
    if passaggio is RITORNO and rifiuto is not None:
        return _("Il Nucleo non l'ha validata: %(motivo)s") % {
            "motivo": Truncator(rifiuto.motivazione).chars(200)
        }
    return {
        APPROVAZIONE.evento: _("«%(piano)s»: la bozza va completata e approvata."),
        INVIO.evento: _("«%(piano)s»: è approvata, il Nucleo non l'ha ancora ricevuta."),
        VALIDAZIONE.evento: _("«%(piano)s»: aspetta le tue risposte, criterio per criterio."),
        PUBBLICAZIONE.evento: _(
            "«%(piano)s»: è validata e non è ancora in Amministrazione Trasparente."
        ),
        RITORNO.evento: _("«%(piano)s»: va corretta."),
    }[passaggio.evento] % {"piano": relazione.piano}


def _rifiuti(aperte: Iterable[Relazione]) -> dict[int, ValidazioneRelazione]:
    """What the Nucleo said last of those that it did not validate."""
    respinte = [una.pk for una in aperte if una.stato == Stato.NON_VALIDATA]
    dette = ValidazioneRelazione.objects.filter(relazione__in=respinte).order_by("creata_il", "pk")
    return {detta.relazione_id: detta for detta in dette}


def _scadenze(piani: list[Piano]) -> Scadenze:
    """The deadline of an azienda and a year, with no further query."""
    termini = TermineRelazione.objects.all()
    finestre = {
        (una.azienda_id, una.anno): una
        for una in Finestra.objects.filter(
            tipo=Finestra.Tipo.RELAZIONE, azienda__in={piano.azienda_id for piano in piani}
        )
    }

    def di(azienda: int, anno: int) -> Scadenza | None:
        return scelta(finestre.get((azienda, anno)), termini.per(anno), anno)

    return di


def _diritti(utente: Utente, piani: list[Piano]) -> Callable[[str, Piano, int], bool]:
    """Who may take a step: asked once for each azienda; to the Nucleo, of its years."""
    incarichi = incarichi_nucleo(utente)
    aziende = {piano.azienda_id: piano.azienda for piano in piani}
    permessi = {uno.permesso for uno in (APPROVAZIONE, INVIO, PUBBLICAZIONE)}
    avuti = {
        (permesso, chiave)
        for chiave, azienda in aziende.items()
        for permesso in permessi
        if utente.has_perm(permesso, azienda)
    }

    def puo(permesso: str, piano: Piano, anno: int) -> bool:
        if permesso == VALIDAZIONE.permesso:
            return any(
                uno.azienda_id == piano.azienda_id and uno.comprende(anno, anno)
                for uno in incarichi
            )
        return (permesso, piano.azienda_id) in avuti

    return puo


def _stampe(utente: Utente) -> Iterator[Cosa]:
    falliti = (
        DocumentoPubblicato.objects.filter(
            piano__in=Piano.objects.visibili_a(utente), stato=DocumentoPubblicato.Stato.FALLITO
        )
        .exclude(serie="")
        .select_related("piano__azienda")
    )
    for documento in falliti:
        anno = documento.serie.rpartition("-")[2]
        if utente.has_perm(PUBBLICAZIONE.permesso, documento.piano):
            yield Cosa(
                titolo=_("Stampa non riuscita: %(documento)s") % {"documento": documento},
                testo=documento.errore,
                url=reverse("relazione", args=[documento.piano.slug, int(anno)]),
                urgente=True,
            )
