# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cycle of a year as the program saw it: what was due by when, what happened when."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import Calcolo, Finestra, Prospettiva, SchedaBudget
from piani.models import Fase, Piano, TermineAdozione

Dati = dict[str, Any]


def prevista(fase: Fase, anno: int) -> date | None:
    """The day by which a phase of a year's cycle was due; None when the plan gives no day."""
    if fase.mese is None or fase.giorno is None:
        return None
    try:
        return date(anno + fase.anno_offset, fase.mese, fase.giorno)
    except ValueError:  # 31 June, or 29 February of a year that has none
        return None


def momenti_di(piano: Piano, anno: int) -> list[Dati]:
    """What the registers of the program say of the year, in the order of the cycle."""
    return [*_del_piano(piano, anno), *_delle_finestre(piano, anno), *_dei_risultati(piano, anno)]


def _momento(nome: str, entro: date | None, quando: date | None, nota: str = "") -> Dati:
    return {
        "nome": nome,
        "entro": entro.isoformat() if entro else "",
        "quando": quando.isoformat() if quando else "",
        "nota": nota,
    }


def _del_piano(piano: Piano, anno: int) -> list[Dati]:
    """Adoption and publication are of the first year of the plan."""
    if anno != piano.anno_inizio:
        return []
    termine = TermineAdozione.objects.all().per(piano)
    primo = piano.documenti.del_piano().filter(pubblicato_il__isnull=False).last()
    return [
        _momento(
            _("Adozione del piano"),
            termine.nel(piano.anno_inizio) if termine else None,
            piano.atto_data,
            piano.motivo_ritardo,
        ),
        _momento(_("Pubblicazione del piano"), None, primo.pubblicato_il if primo else None),
    ]


def _delle_finestre(piano: Piano, anno: int) -> list[Dati]:
    """The windows that the azienda set, and what the schede say was done in them."""
    finestre = Finestra.objects.filter(azienda=piano.azienda_id, anno=anno).exclude(
        tipo=Finestra.Tipo.RELAZIONE
    )
    righe = [
        _momento(
            str(finestra),
            finestra.scade,
            None,
            _("finestra aperta dal %(giorno)s") % {"giorno": finestra.apre.strftime("%d/%m/%Y")},
        )
        for finestra in finestre.order_by("scade", "pk")
    ]
    firme = (
        SchedaBudget.objects.filter(azienda=piano.azienda_id, anno=anno)
        .dei_cdr()
        .aggregate(
            tutte=Count("pk"),
            firmate=Count("sottoscritta_il"),
            prima=Min("sottoscritta_il"),
            ultima=Max("sottoscritta_il"),
        )
    )
    if firme["tutte"]:
        righe.append(
            _momento(
                _("Sottoscrizione delle schede budget"),
                None,
                _giorno(firme["ultima"]),
                _nota_firme(firme),
            )
        )
    return righe


def _nota_firme(firme: Dati) -> str:
    quante = _("sottoscritte %(firmate)s schede su %(tutte)s") % firme
    prima = _giorno(firme["prima"])
    if prima is None:
        return quante
    return _("%(quante)s; la prima il %(giorno)s") % {
        "quante": quante,
        "giorno": prima.strftime("%d/%m/%Y"),
    }


def _dei_risultati(piano: Piano, anno: int) -> list[Dati]:
    """When the scores that the Relazione shows were computed last."""
    ultimo = (
        piano.calcoli.filter(
            prospettiva=Prospettiva.CONSUNTIVO, anno=anno, frazione="", stato=Calcolo.Stato.FATTO
        )
        .order_by("-finito_il")
        .first()
    )
    quando = _giorno(ultimo.finito_il) if ultimo else None
    return [_momento(_("Calcolo dei risultati dell'anno"), None, quando)]


def _giorno(istante: datetime | None) -> date | None:
    return timezone.localdate(istante) if istante else None
