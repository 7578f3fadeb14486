# SPDX-License-Identifier: AGPL-3.0-or-later
"""The inbox of the individual evaluation: as many queries for one sheet as for many."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.calcolo.individuale import Decisore
from obiettivi.individuale.termini import conciliazione_di
from obiettivi.models import (
    EdizioneIndividuale,
    Finestra,
    ObiettivoIndividuale,
    RichiestaConciliazione,
    ValutazioneIndividuale,
)
from obiettivi.models.individuale import ValutazioneQuerySet
from piani.bacheca import Cosa
from piani.models import Incarico, Ruolo, Utente

Stato = ValutazioneIndividuale.Stato
Tipo = Finestra.Tipo
IN_ATTESA = RichiestaConciliazione.Esito.IN_ATTESA
ASSEGNATI = ObiettivoIndividuale.objects.filter(valutazione=OuterRef("pk"))
Scadenza = Callable[[ValutazioneIndividuale, str], date | None]


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """For each person their own sheet; for who evaluates, decides, keeps the staff, theirs."""
    chi = utente.per_conto_di or utente
    visibili = ValutazioneIndividuale.objects.visibili_a(utente)
    righe = list(
        visibili.exclude(stato=Stato.CHIUSA)
        .filter(Q(persona=utente) | Q(valutatore=chi))
        .select_related("conciliazione", "persona", "unita")
        .prefetch_related("edizione")
        .annotate(con_obiettivi=Exists(ASSEGNATI))
        .order_by("-anno", "pk")
    )
    if righe:
        scade = _scadenze(righe)
        yield from _proprie([una for una in righe if una.persona_id == utente.pk], scade)
        yield from _da_valutare([una for una in righe if una.valutatore_id == chi.pk], scade)
    yield from _da_decidere(utente, visibili)
    if utente.ha_ruolo(Ruolo.RISORSE_UMANE):
        yield from _senza_regole(utente)
        yield from _del_personale(utente, visibili)


def _senza_regole(utente: Utente) -> Iterator[Cosa]:
    """The years whose evaluation has a window ahead, and no rules yet."""
    mie = Incarico.objects.che_valgono_per(utente).filter(ruolo=Ruolo.RISORSE_UMANE)
    con_regole = EdizioneIndividuale.objects.filter(
        azienda=OuterRef("azienda"), anno=OuterRef("anno")
    )
    finestre = (
        Finestra.objects.filter(
            azienda__in=mie.values("azienda"),
            tipo=Tipo.AUTOVALUTAZIONE,
            scade__gte=timezone.localdate(),
        )
        .exclude(Exists(con_regole))
        .select_related("azienda")
        .order_by("azienda__nome", "anno")
    )
    for una in finestre:
        yield Cosa(
            titolo=_("Scrivi le regole della valutazione individuale del %(anno)s")
            % {"anno": una.anno},
            testo=_("%(azienda)s: senza regole non si assegnano le schede, e il personale non si "
                    "autovaluta.")
            % {"azienda": una.azienda},
            url=reverse("valutazioni_azienda", args=[una.azienda.codice]),
            scadenza=una.apre,
        )  # fmt: skip


def _scadenze(righe: Iterable[ValutazioneIndividuale]) -> Scadenza:
    """By when, for a sheet: the window of its azienda and year, or its unit's late exception."""
    finestre = Finestra.objects.filter(
        azienda__in={una.azienda_id for una in righe},
        anno__in={una.anno for una in righe},
        tipo__in=(Tipo.AUTOVALUTAZIONE, Tipo.VALUTAZIONE),
    ).prefetch_related("proroghe")
    per_chiave: dict[Any, Finestra] = {
        (una.azienda_id, una.anno, una.tipo): una for una in finestre
    }

    def scade(una: ValutazioneIndividuale, tipo: str) -> date | None:
        finestra = per_chiave.get((una.azienda_id, una.anno, tipo))
        if finestra is None:
            return None
        proprie = [p.fino_al for p in finestra.proroghe.all() if p.unita_id == una.unita_id]
        return max([finestra.scade, *proprie])

    return scade


def _proprie(righe: list[ValutazioneIndividuale], scade: Scadenza) -> Iterator[Cosa]:
    oggi = timezone.localdate()
    for una in righe:
        nome = {"anno": una.anno, "unita": una.unita}
        fine_autovalutazione = scade(una, Tipo.AUTOVALUTAZIONE)
        if una.stato == Stato.FIRMATA_VALUTATORE:
            yield Cosa(
                titolo=_("Leggi e firma la tua valutazione del %(anno)s") % nome,
                testo=_("Il valutatore ha firmato. Se non la condividi, scrivi perché."),
                url=una.get_absolute_url(),
                scadenza=scade(una, Tipo.VALUTAZIONE),
            )
        elif una.stato in (Stato.ASSEGNATA, Stato.IN_AUTOVALUTAZIONE) and (
            fine_autovalutazione is None or oggi <= fine_autovalutazione
        ):
            yield Cosa(
                titolo=_("Autovalutati per il %(anno)s") % nome,
                testo=_("%(unita)s: leggi che cosa ti è assegnato e invia l’autovalutazione.")
                % nome,
                url=una.get_absolute_url(),
                scadenza=fine_autovalutazione,
            )


def _da_valutare(righe: list[ValutazioneIndividuale], scade: Scadenza) -> Iterator[Cosa]:
    quante: Counter[tuple[str, date | None]] = Counter()
    for una in righe:
        richiesta = conciliazione_di(una)
        if richiesta is not None and richiesta.esito == IN_ATTESA and richiesta.risposta_il is None:
            yield Cosa(
                titolo=_("Rispondi alla conciliazione chiesta da %(persona)s")
                % {"persona": una.persona},
                testo=_("Chi decide leggerà la richiesta e la tua risposta."),
                url=una.get_absolute_url(),
                scadenza=richiesta.risposta_entro,
            )
        senza = una.regola_categoria.individuali and not una.con_obiettivi  # type: ignore[attr-defined]
        if una.stato == Stato.ASSEGNATA and senza:
            quante["obiettivi", scade(una, Tipo.AUTOVALUTAZIONE)] += 1
        elif una.stato in ValutazioneIndividuale.SCRIVIBILI:
            quante[una.stato, scade(una, Tipo.VALUTAZIONE)] += 1
    for (che, giorno), numero in quante.items():
        yield Cosa(
            titolo=_titolo(che, numero),
            testo=_("L’elenco dice chi, e a che punto è."),
            url=reverse("da_valutare"),
            scadenza=giorno,
        )


def _titolo(che: str, n: int) -> str:
    if che == "obiettivi":
        return ngettext(
            "Assegna gli obiettivi a %(n)s persona", "Assegna gli obiettivi a %(n)s persone", n
        ) % {"n": n}
    if che == Stato.COLLOQUIO:
        return ngettext("Firma %(n)s valutazione", "Firma %(n)s valutazioni", n) % {"n": n}
    return ngettext("Valuta %(n)s persona", "Valuta %(n)s persone", n) % {"n": n}


def _da_decidere(utente: Utente, visibili: ValutazioneQuerySet) -> Iterator[Cosa]:
    chi = utente.per_conto_di or utente
    ruoli = {(uno.azienda_id, uno.ruolo) for uno in utente.incarichi_di_oggi}
    if not {ruolo for _azienda, ruolo in ruoli} & {uno.value for uno in Decisore}:
        return
    pronte = Q(conciliazione__risposta_il__isnull=False) | Q(
        conciliazione__risposta_entro__lt=timezone.localdate()
    )
    in_attesa = visibili.filter(pronte, conciliazione__esito=IN_ATTESA).exclude(
        Q(valutatore=chi) | Q(persona=utente)
    )
    for una in in_attesa.prefetch_related("edizione").order_by("-anno", "pk"):
        if (una.azienda_id, una.regole.decide.value) in ruoli:
            yield Cosa(
                titolo=_("Decidi una conciliazione sulle valutazioni del %(anno)s")
                % {"anno": una.anno},
                testo=_("Il valutatore ha risposto, o il suo termine è passato."),
                url=una.get_absolute_url(),
            )


def _del_personale(utente: Utente, visibili: ValutazioneQuerySet) -> Iterator[Cosa]:
    """Counted by the database: an azienda has thousands of sheets."""
    sue = {uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo == Ruolo.RISORSE_UMANE}
    tutte = visibili.filter(azienda__in=sue).exclude(persona=utente).order_by()
    senza = tutte.filter(valutatore__isnull=True, stato__in=ValutazioneIndividuale.DA_VALUTARE)
    for codice, anno, n in _per_anno(senza):
        yield Cosa(
            titolo=ngettext(
                "%(n)s persona è senza valutatore", "%(n)s persone sono senza valutatore", n
            )
            % {"n": n},
            testo=_("Nessuno risponde della loro unità: si sceglie nella scheda."),
            url=f"{reverse('valutazioni_anno', args=[codice, anno])}?valutatore=manca",
        )
    for codice, anno, n in _per_anno(_da_chiudere(tutte, sue)):
        yield Cosa(
            titolo=ngettext("Chiudi %(n)s valutazione", "Chiudi %(n)s valutazioni", n) % {"n": n},
            testo=_("I termini sono passati: gli aggregati ci sono quando sono chiuse tutte."),
            url=reverse("valutazioni_anno", args=[codice, anno]),
        )


def _per_anno(righe: ValutazioneQuerySet) -> Iterable[tuple[str, int, int]]:
    return righe.values_list("azienda__codice", "anno").annotate(n=Count("pk")).order_by("-anno")


def _da_chiudere(tutte: ValutazioneQuerySet, aziende: set[int]) -> ValutazioneQuerySet:
    """Signed by both, with the conciliation decided or its time gone (``perche_aperta``)."""
    decise = Q(conciliazione__isnull=False) & ~Q(conciliazione__esito=IN_ATTESA)
    scadute = Q(pk__in=[])
    oggi = timezone.localdate()
    for edizione in EdizioneIndividuale.objects.filter(azienda__in=aziende):
        ultimo = oggi - timedelta(days=edizione.regole.giorni_richiesta)
        scadute |= Q(edizione=edizione, firmata_valutato_il__date__lt=ultimo)
    return tutte.filter(
        decise | (scadute & Q(conciliazione__isnull=True)),
        stato__in=ValutazioneIndividuale.FIRMATE,
    )
