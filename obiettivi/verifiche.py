# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is missing in the tree of a plan: areas, targets, units, readings, weights."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.calcolo.letture import Tipo
from obiettivi.models import AreaStrategica, Misura, Obiettivo, Target
from piani.models import Piano
from piani.verifiche import Mancanza


def del_piano(piano: Piano) -> Iterator[Mancanza]:
    """Every item to complete in the tree, one sentence each."""
    yield from _aree_vuote(piano)
    yield from _misure_incomplete(piano)
    yield from _target_dubbi(piano)
    yield from _pesi(piano)


def _aree_vuote(piano: Piano) -> Iterator[Mancanza]:
    vuote = AreaStrategica.objects.filter(piano=piano).annotate(quanti=Count("obiettivi"))
    for area in vuote.filter(quanti=0):
        yield Mancanza(
            _("L'area «%(area)s» non ha obiettivi.") % {"area": area},
            url=f"{piano.get_absolute_url()}#area-{area.pk}",
        )


def _misure_incomplete(piano: Piano) -> Iterator[Mancanza]:
    misure = (
        Misura.objects.filter(obiettivo__area__piano=piano)
        .select_related("obiettivo", "indicatore")
        .annotate(quanti=Count("target"))
    )
    for misura in misure.filter(quanti=0):
        yield Mancanza(
            _("L'indicatore %(codice)s non ha target.") % {"codice": misura.indicatore.codice},
            url=misura.obiettivo.get_absolute_url(),
        )
    for misura in misure.filter(indicatore__unita="").exclude(
        indicatore__tipo_formula__in=("si_no", "avanzamento", "data")
    ):
        yield Mancanza(
            _("L'indicatore %(codice)s non ha unità di misura.")
            % {"codice": misura.indicatore.codice},
            url=misura.obiettivo.get_absolute_url(),
        )
    senza_fonte = misure.filter(indicatore__fonte__isnull=True).count()
    if senza_fonte:
        yield Mancanza(
            ngettext(
                "%(n)s indicatore non dice la fonte dei dati.",
                "%(n)s indicatori non dicono la fonte dei dati.",
                senza_fonte,
            )
            % {"n": senza_fonte}
        )


def _target_dubbi(piano: Piano) -> Iterator[Mancanza]:
    target = Target.objects.filter(misura__obiettivo__area__piano=piano).select_related(
        "misura__obiettivo", "misura__indicatore"
    )
    da_confermare = 0
    for uno in target:
        frase = {
            Tipo.DA_DEFINIRE: _("il target %(anno)s è da definire: «%(testo)s»."),
            Tipo.NON_INTERPRETABILE: _("il target %(anno)s non si interpreta: «%(testo)s»."),
        }.get(uno.letto.tipo)
        if frase:
            yield Mancanza(
                f"{uno.misura.indicatore.codice}: "
                + frase % {"anno": uno.anno, "testo": uno.stampato},
                url=uno.misura.obiettivo.get_absolute_url(),
            )
        elif uno.da_confermare:
            da_confermare += 1
    if da_confermare:
        yield Mancanza(
            ngettext(
                "%(n)s target è stato letto con qualche dubbio: una persona lo confermi.",
                "%(n)s target sono stati letti con qualche dubbio: una persona li confermi.",
                da_confermare,
            )
            % {"n": da_confermare},
            url=f"{piano.get_absolute_url()}?stato=da_confermare",
        )


def _pesi(piano: Piano) -> Iterator[Mancanza]:
    """Weight sets that are there and do not make 100; a set with no weight at all is plain."""
    aree = AreaStrategica.objects.filter(piano=piano, tipo=AreaStrategica.Tipo.AREA)
    yield from _somma(_("Le aree del piano"), [area.peso for area in aree])
    obiettivi = Obiettivo.objects.di_piano(piano).select_related("area").order_by("area__pk")
    for area, gruppo in groupby(obiettivi, key=lambda o: o.area):
        yield from _somma(
            _("Gli obiettivi dell'area «%(area)s»") % {"area": area}, [o.peso for o in gruppo]
        )
    misure = (
        Misura.objects.filter(obiettivo__area__piano=piano)
        .select_related("obiettivo")
        .order_by("obiettivo__pk")
    )
    for obiettivo, gruppo in groupby(misure, key=lambda m: m.obiettivo):
        yield from _somma(
            _("Gli indicatori dell'obiettivo «%(obiettivo)s»") % {"obiettivo": obiettivo},
            [m.peso for m in gruppo],
        )


def _somma(soggetto: str, pesi: list[Decimal | None]) -> Iterator[Mancanza]:
    presenti = [peso for peso in pesi if peso is not None]
    if not presenti:
        return
    if len(presenti) < len(pesi):
        yield Mancanza(_("%(chi)s hanno un peso solo in parte.") % {"chi": soggetto})
    elif sum(presenti) != 100:
        yield Mancanza(
            _("%(chi)s hanno pesi che sommano a %(somma)s invece che a 100.")
            % {"chi": soggetto, "somma": str(sum(presenti)).replace(".", ",")}
        )
