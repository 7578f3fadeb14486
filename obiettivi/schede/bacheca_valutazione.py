# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of the schede in people's inbox: as many queries for one scheda as for many."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.models import Controdeduzione, Finestra, SchedaBudget
from obiettivi.models.scheda import DELLA_PROPRIA_UNITA, SchedaQuerySet
from obiettivi.rules import aziende_governate
from obiettivi.schede.monitoraggio import affidate_a
from obiettivi.schede.valutazione import SI_VALUTA
from piani.bacheca import Cosa
from piani.models import Incarico, Ruolo, Utente

Stato = SchedaBudget.Stato
Tipo = Finestra.Tipo
IN_ATTESA = Controdeduzione.objects.filter(
    scheda=OuterRef("pk"), esito=Controdeduzione.Esito.IN_ATTESA
)


@dataclass(frozen=True)
class Anno:
    """The schede of an azienda and year that wait for something."""

    azienda: int
    codice: str
    nome: str
    anno: int
    quante: int

    @property
    def url(self) -> str:
        """The page where they are together."""
        chiesto = urlencode({"azienda": self.codice, "anno": self.anno})
        return f"{reverse('schede_valutazione')}?{chiesto}"


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """Objections to answer, evaluations to begin and to close, for who prepares the schede; the
    evaluation of a CdR, for who answers for it; evaluations to validate, for the Nucleo.
    """
    ruoli = set(Incarico.objects.che_valgono_per(utente).values_list("ruolo", flat=True))
    if utente.puo_tutto or Ruolo.CONTROLLO_GESTIONE in ruoli:
        yield from _di_chi_prepara(utente)
    if ruoli & set(DELLA_PROPRIA_UNITA):
        yield from _di_chi_guida(utente)
    if Ruolo.NUCLEO in ruoli:
        yield from _del_nucleo(utente)


# --- controllo di gestione ----------------------------------------------------------------


def _di_chi_prepara(utente: Utente) -> Iterator[Cosa]:
    schede = SchedaBudget.objects.dei_cdr().filter(azienda__in=aziende_governate(utente))
    finestre = _finestre(schede)
    oggi = timezone.localdate()
    for uno in _per_anno(schede.filter(Exists(IN_ATTESA), stato__in=SI_VALUTA)):
        yield Cosa(
            titolo=ngettext(
                "Rispondi alle controdeduzioni di %(n)s scheda",
                "Rispondi alle controdeduzioni di %(n)s schede",
                uno.quante,
            )
            % {"n": uno.quante},
            testo=_("%(azienda)s, %(anno)s: finché aspettano il Nucleo non può validare.")
            % {"azienda": uno.nome, "anno": uno.anno},
            url=uno.url,
            scadenza=_scade(finestre, uno, Tipo.VALIDAZIONE_SCHEDE),
        )
    for uno in _per_anno(schede.filter(stato=Stato.IN_MONITORAGGIO, anno__lt=oggi.year)):
        ultima = _scade(finestre, uno, Tipo.RENDICONTAZIONE)
        if ultima is None or ultima < oggi:
            yield Cosa(
                titolo=ngettext(
                    "Avvia la valutazione di %(n)s scheda budget",
                    "Avvia la valutazione di %(n)s schede budget",
                    uno.quante,
                )
                % {"n": uno.quante},
                testo=_("%(azienda)s, %(anno)s: la rendicontazione è finita.")
                % {"azienda": uno.nome, "anno": uno.anno},
                url=uno.url,
                scadenza=_scade(finestre, uno, Tipo.CONTRODEDUZIONI),
            )
    for uno in _per_anno(schede.filter(stato=Stato.VALIDATA)):
        yield Cosa(
            titolo=ngettext(
                "Chiudi %(n)s scheda budget validata",
                "Chiudi %(n)s schede budget validate",
                uno.quante,
            )
            % {"n": uno.quante},
            testo=_("%(azienda)s, %(anno)s: il punteggio va alla valutazione individuale.")
            % {"azienda": uno.nome, "anno": uno.anno},
            url=uno.url,
        )


# --- the head -----------------------------------------------------------------------------


def _di_chi_guida(utente: Utente) -> Iterator[Cosa]:
    """The schede that one answers for, while objecting is possible."""
    schede = list(affidate_a(utente).filter(stato__in=SI_VALUTA).per_elenco())
    finestre = {
        (una.azienda_id, una.anno): una
        for una in Finestra.objects.filter(
            tipo=Tipo.CONTRODEDUZIONI, azienda__in={scheda.azienda_id for scheda in schede}
        ).prefetch_related("proroghe")
    }
    oggi = timezone.localdate()
    for scheda in schede:
        finestra = finestre.get((scheda.azienda_id, scheda.anno))
        scade = _scadenza_di(finestra, scheda) if finestra else None
        if finestra is not None and scade is not None and not finestra.apre <= oggi <= scade:
            continue
        yield Cosa(
            titolo=_("Guarda la valutazione di «%(scheda)s»") % {"scheda": scheda},
            testo=_("Se qualcosa non torna puoi controdedurre, su un obiettivo o su tutta la "
                    "scheda."),
            url=f"{scheda.get_absolute_url()}#valutazione",
            scadenza=scade,
        )  # fmt: skip


def _scadenza_di(finestra: Finestra, scheda: SchedaBudget) -> date:
    """The deadline of a unit: its late exception, if it is longer."""
    sue = [una.fino_al for una in finestra.proroghe.all() if una.unita_id == scheda.unita_id]
    return max(finestra.scade, *sue) if sue else finestra.scade


# --- Nucleo -------------------------------------------------------------------------------


def _del_nucleo(utente: Utente) -> Iterator[Cosa]:
    """The schede that wait for nothing else, of the years entrusted, once the window is open."""
    incarichi = Incarico.objects.che_valgono_per(utente).filter(
        ruolo=Ruolo.NUCLEO, azienda=OuterRef("azienda")
    )
    affidate = SchedaBudget.objects.dei_cdr().filter(
        Exists(incarichi.per_gli_anni(OuterRef("anno"), OuterRef("anno"))),
        ~Exists(IN_ATTESA),
        stato__in=SI_VALUTA,
    )
    finestre = _finestre(affidate)
    oggi = timezone.localdate()
    for uno in _per_anno(affidate):
        suoi = finestre.get((uno.azienda, uno.anno, Tipo.VALIDAZIONE_SCHEDE))
        if suoi is not None and suoi[0] > oggi:
            continue
        yield Cosa(
            titolo=ngettext("Valida %(n)s scheda budget", "Valida %(n)s schede budget", uno.quante)
            % {"n": uno.quante},
            testo=_("%(azienda)s, %(anno)s: punteggi e controdeduzioni sono pronti.")
            % {"azienda": uno.nome, "anno": uno.anno},
            url=uno.url,
            scadenza=suoi[1] if suoi else None,
        )


# --- together -----------------------------------------------------------------------------


def _per_anno(schede: SchedaQuerySet) -> Iterator[Anno]:
    gruppi = (
        schede.order_by("azienda__nome", "anno")
        .values_list("azienda", "azienda__codice", "azienda__nome", "anno")
        .annotate(quante=Count("pk"))
    )
    return (Anno(*gruppo) for gruppo in gruppi)


Finestre = dict[tuple[int, int, str], tuple[date, date]]


def _finestre(schede: SchedaQuerySet) -> Finestre:
    """From when to when each thing is done, by azienda, year and kind; of the reporting windows,
    from the first to the last.
    """
    tipi = (Tipo.RENDICONTAZIONE, Tipo.CONTRODEDUZIONI, Tipo.VALIDAZIONE_SCHEDE)
    insieme: Finestre = {}
    righe = Finestra.objects.filter(azienda__in=schede.order_by().values("azienda"), tipo__in=tipi)
    for azienda, anno, tipo, apre, scade in righe.values_list(
        "azienda", "anno", "tipo", "apre", "scade"
    ):
        prima = insieme.get((azienda, anno, tipo), (apre, scade))
        insieme[azienda, anno, tipo] = (min(prima[0], apre), max(prima[1], scade))
    return insieme


def _scade(finestre: Finestre, uno: Anno, tipo: str) -> date | None:
    trovata = finestre.get((uno.azienda, uno.anno, tipo))
    return trovata[1] if trovata else None
