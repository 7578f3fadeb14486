# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cycle of a year as the program saw it: what was due by when, what happened when."""

from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import (
    Calcolo,
    Finestra,
    FirmaScheda,
    Prospettiva,
    RevisioneScheda,
    SchedaBudget,
)
from obiettivi.models.scheda import SchedaQuerySet
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
    schede = SchedaBudget.objects.filter(azienda=piano.azienda_id, anno=anno).dei_cdr()
    if tutte := schede.count():
        firmate = _sottoscritte(schede)
        righe.append(
            _momento(
                _("Sottoscrizione delle schede budget"),
                None,
                _giorno(max(firmate, default=None)),
                _nota_firme(firmate, tutte),
            )
        )
    return righe


def _sottoscritte(schede: SchedaQuerySet) -> list[datetime]:
    """When each of those signed was, the first time: a revision of the year is told apart."""
    firmate = schede.filter(sottoscritta_il__isnull=False).order_by()
    quando = dict(firmate.values_list("pk", "sottoscritta_il"))
    riviste = RevisioneScheda.objects.filter(scheda__in=quando).values("dalla")
    firme = FirmaScheda.objects.filter(versione__in=riviste).order_by("-versione__numero")
    per_versione = firme.values_list("versione__scheda", "versione__numero")
    for scheda, _versione, ultima in per_versione.annotate(ultima=Max("firmata_il")):
        quando[scheda] = ultima
    return list(quando.values())


def _nota_firme(firmate: list[datetime], tutte: int) -> str:
    quante = _("schede sottoscritte: %(firmate)s su %(tutte)s") % {
        "firmate": len(firmate),
        "tutte": tutte,
    }
    prima = _giorno(min(firmate, default=None))
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
