# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the objectives' floor puts in people's inbox: as many queries for one plan as for many."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.models import Calcolo, GiroDiCalcolo, Osservazione, Rilevazione, Target
from obiettivi.rules import aziende_governate
from piani.bacheca import Cosa
from piani.models import Piano, Ruolo, Utente

Piani = dict[int, Piano]
PERIODO = ("piano", "prospettiva", "anno", "frazione")


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """For who governs the measurement: readings to confirm, missing results, runs to look at,
    remarks to answer; for the Nucleo the answers.
    """
    piani = _governati(utente)
    yield from _letture(piani)
    yield from _mancanti(piani)
    yield from _calcoli(piani)
    yield from _osservazioni(utente, piani)


def _osservazioni(utente: Utente, piani: Piani) -> Iterator[Cosa]:
    """Remarks to answer, for who governs the plan; answers to read, for the Nucleo."""
    Stato = Osservazione.Stato
    nucleo = utente.ha_ruolo(Ruolo.NUCLEO)
    if not piani and not nucleo:
        return
    visibili = Osservazione.objects.visibili_a(utente).exclude(stato=Stato.CHIUSA)
    per_piano = visibili.order_by().values_list("piano", "piano__titolo", "piano__slug", "stato")
    for chiave, titolo, slug, stato, quante in per_piano.annotate(quante=Count("pk")):
        url = reverse("osservazioni", args=[slug])
        if stato == Stato.APERTA and chiave in piani:
            yield Cosa(
                titolo=ngettext(
                    "Rispondi a %(n)s osservazione del Nucleo",
                    "Rispondi a %(n)s osservazioni del Nucleo",
                    quante,
                )
                % {"n": quante},
                testo=f"«{titolo}»",
                url=url,
            )
        elif stato == Stato.RISPOSTA and nucleo:
            yield Cosa(
                titolo=ngettext(
                    "Leggi %(n)s risposta a un’osservazione",
                    "Leggi %(n)s risposte alle osservazioni",
                    quante,
                )
                % {"n": quante},
                testo=_("«%(piano)s»: se la risposta basta, chiudi l’osservazione.")
                % {"piano": titolo},
                url=url,
            )


def _governati(utente: Utente) -> Piani:
    """The plans whose measurement the person governs."""
    visti = Piano.objects.visibili_a(utente).filter(azienda__in=aziende_governate(utente))
    return {piano.pk: piano for piano in visti}


def _letture(piani: Piani) -> Iterator[Cosa]:
    incerte = (
        Target.objects.filter(
            misura__obiettivo__area__piano__in=piani,
            confermato_il__isnull=True,
            lettura__certezza__in=["media", "bassa"],
        )
        .order_by()
        .values_list("misura__obiettivo__area__piano")
        .annotate(quante=Count("pk"))
    )
    for chiave, quante in incerte:
        piano = piani[chiave]
        yield Cosa(
            titolo=ngettext(
                "Conferma %(n)s lettura di target", "Conferma %(n)s letture di target", quante
            )
            % {"n": quante},
            testo=_("«%(piano)s»: il testo stampato ammette più di una lettura.")
            % {"piano": piano},
            url=f"{piano.get_absolute_url()}?stato=da_confermare",
        )


def _mancanti(piani: Piani) -> Iterator[Cosa]:
    del_piano = "indicatore__misure__obiettivo__area__piano"
    mancanti = (
        Rilevazione.objects.correnti()
        .filter(
            **{
                f"{del_piano}__in": piani,
                "anno__gte": F(f"{del_piano}__anno_inizio"),
                "anno__lte": F(f"{del_piano}__anno_fine"),
            },
            stato=Rilevazione.Stato.MANCANTE,
            unita__isnull=True,
        )
        .order_by()
        .values_list(del_piano)
        .annotate(quanti=Count("pk", distinct=True))
    )
    for chiave, quanti in mancanti:
        piano = piani[chiave]
        yield Cosa(
            titolo=ngettext("%(n)s risultato è mancante", "%(n)s risultati sono mancanti", quanti)
            % {"n": quanti},
            testo=_("«%(piano)s»: finché mancano, la copertura del punteggio resta incompleta.")
            % {"piano": piano},
            url=f"{piano.get_absolute_url()}?stato=non_calcolabile",
        )


def _calcoli(piani: Piani) -> Iterator[Cosa]:
    """The last run of each period of a plan, if it waits for a reason or failed.

    Those that failed together are one thing to look at.
    """
    stesso_periodo = {nome: OuterRef(nome) for nome in PERIODO}
    dopo = Calcolo.objects.filter(**stesso_periodo, pk__gt=OuterRef("pk"))
    fermi = Calcolo.objects.filter(
        ~Exists(dopo),
        piano__in=piani,
        stato__in=(Calcolo.Stato.DA_ACCETTARE, Calcolo.Stato.FALLITO),
    )
    falliti_insieme: Counter[GiroDiCalcolo] = Counter()
    for uno in fermi.select_related("giro"):
        if uno.stato == Calcolo.Stato.DA_ACCETTARE:
            yield Cosa(
                titolo=_("Punteggi pubblicati che cambierebbero: %(calcolo)s") % {"calcolo": uno},
                testo=_("«%(piano)s»: guarda le differenze; per accettarle serve un motivo.")
                % {"piano": piani[uno.piano_id]},
                url=reverse("calcolo", args=[uno.pk]),
            )
        elif uno.giro is not None:
            falliti_insieme[uno.giro] += 1
        else:
            yield Cosa(
                titolo=_("Calcolo non riuscito: %(calcolo)s") % {"calcolo": uno},
                testo=uno.errore,
                url=reverse("calcolo", args=[uno.pk]),
                urgente=True,
            )
    for giro, quanti in falliti_insieme.items():
        yield _giro_fallito(giro, quanti)


def _giro_fallito(giro: GiroDiCalcolo, quanti: int) -> Cosa:
    return Cosa(
        titolo=ngettext("%(n)s calcolo non riuscito", "%(n)s calcoli non riusciti", quanti)
        % {"n": quanti},
        testo=_("%(giro)s, %(prospettiva)s %(anno)s: la pagina dice quali e perché.")
        % {"giro": giro, "prospettiva": giro.get_prospettiva_display(), "anno": giro.anno},
        url=giro.get_absolute_url(),
        urgente=True,
    )
