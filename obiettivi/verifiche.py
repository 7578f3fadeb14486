# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is missing in the tree of a plan: branches, targets, units, readings, weights."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _

from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.calcolo.letture import LetturaTarget, Tipo, Verso
from obiettivi.models import AreaStrategica, EdizioneSMVP, Indicatore, Misura, Obiettivo, Target
from piani.models import Piano
from piani.passaggi import Passo
from piani.verifiche import Mancanza

Formula = Indicatore.Formula
# Their results have neither a unit nor a way that is better.
SENZA_MISURA = (Formula.SI_NO, Formula.AVANZAMENTO, Formula.DATA)
CON_ALBERO = (Piano.Tipo.PERFORMANCE, Piano.Tipo.PIAO)


@dataclass(frozen=True)
class Ramo:
    """The tree of a plan as the checks look at it, read in a fixed number of queries."""

    piano: Piano

    @cached_property
    def aree(self) -> list[AreaStrategica]:
        return list(AreaStrategica.objects.filter(piano=self.piano).order_by("tipo", "ordine"))

    @cached_property
    def obiettivi(self) -> list[Obiettivo]:
        righe = Obiettivo.objects.di_piano(self.piano).select_related("area")
        return list(righe.order_by("area__tipo", "area__ordine", "area", "ordine", "pk"))

    @cached_property
    def misure(self) -> list[Misura]:
        return list(
            Misura.objects.filter(obiettivo__area__piano=self.piano)
            .select_related("obiettivo__area", "indicatore__azienda")
            .prefetch_related("target")
            .order_by("obiettivo__area__tipo", "obiettivo__area__ordine", "obiettivo__ordine",
                      "obiettivo", "ordine", "pk")
        )  # fmt: skip

    @property
    def in_bozza(self) -> bool:
        return self.piano.stato == Piano.Stato.BOZZA

    def rimedio(self, nome: str, *chiavi: object) -> str:
        """Where the tree is mended: nowhere once the plan has been sent."""
        return f"{reverse(nome, args=chiavi)}?torna=stato" if self.in_bozza else ""

    def dove(self, area: AreaStrategica) -> str:
        return f"{self.piano.get_absolute_url()}#area-{area.pk}"


def del_piano(piano: Piano) -> Iterator[Mancanza]:
    """Every item to complete in the tree, one sentence each."""
    ramo = Ramo(piano)
    yield from _rami_vuoti(ramo)
    for indicatore in {misura.indicatore: None for misura in ramo.misure}:
        yield from _indicatore(indicatore)
    for misura in ramo.misure:
        yield from _attesi(ramo, misura)
    yield from _pesi(ramo)
    yield from _regole(ramo)


def _rami_vuoti(ramo: Ramo) -> Iterator[Mancanza]:
    """Areas without objectives, objectives without indicators; a plan with no tree at all."""
    gruppo = _("Aree e obiettivi vuoti")
    if not ramo.aree and ramo.piano.tipo in CON_ALBERO:
        yield Mancanza(
            _("Il piano non ha nessuna area."),
            url=ramo.piano.get_absolute_url(),
            rimedio=ramo.rimedio("albero_modifica", ramo.piano.slug),
            gruppo=gruppo,
            blocca_da=Passo.INVIO,
        )
    piene = {obiettivo.area_id for obiettivo in ramo.obiettivi}
    for area in ramo.aree:
        if area.pk not in piene:
            yield Mancanza(
                _("L'area «%(area)s» non ha obiettivi.") % {"area": area},
                url=ramo.dove(area),
                rimedio=ramo.rimedio("obiettivo_nuovo", area.pk),
                gruppo=gruppo,
                blocca_da=Passo.INVIO,
            )
    misurati = {misura.obiettivo_id for misura in ramo.misure}
    padri = {obiettivo.parent_id for obiettivo in ramo.obiettivi}
    for obiettivo in ramo.obiettivi:
        if obiettivo.pk not in misurati | padri:
            yield Mancanza(
                _("L'obiettivo %(codice)s «%(titolo)s» non ha indicatori.")
                % {"codice": obiettivo.codice, "titolo": obiettivo},
                url=obiettivo.get_absolute_url(),
                rimedio=ramo.rimedio("misura_nuova", obiettivo.pk),
                gruppo=gruppo,
                blocca_da=Passo.INVIO,
            )


def _indicatore(indicatore: Indicatore) -> Iterator[Mancanza]:
    """What the library does not say of an indicator: it can be said at any time."""
    pagina = reverse("indicatore_modifica", args=[indicatore.azienda.codice, indicatore.codice])
    dove = {
        "url": indicatore.get_absolute_url(),
        "rimedio": pagina,
    }
    chi = {"codice": indicatore.codice}
    if not indicatore.unita and indicatore.tipo_formula not in SENZA_MISURA:
        yield Mancanza(
            _("L'indicatore %(codice)s non ha unità di misura.") % chi,
            gruppo=_("Indicatori senza unità di misura"),
            blocca_da=Passo.INVIO,
            **dove,
        )
    if not indicatore.verso and indicatore.tipo_formula not in SENZA_MISURA:
        yield Mancanza(
            _("L'indicatore %(codice)s non dice se è meglio che cresca o che diminuisca.") % chi,
            gruppo=_("Indicatori senza verso"),
            **dove,
        )
    if indicatore.fonte_id is None:
        yield Mancanza(
            _("L'indicatore %(codice)s non dice la fonte dei dati.") % chi,
            gruppo=_("Indicatori senza fonte dei dati"),
            **dove,
        )


def _attesi(ramo: Ramo, misura: Misura) -> Iterator[Mancanza]:
    """The targets of a misura: those of each year, readable, settled, not worse than the start."""
    attesi = {target.anno: target for target in misura.target.all()}
    codice = misura.indicatore.codice
    dove = {
        "url": misura.obiettivo.get_absolute_url(),
        "rimedio": ramo.rimedio("misura_modifica", misura.pk),
    }
    if not attesi:
        yield Mancanza(
            _("L'indicatore %(codice)s non ha target.") % {"codice": codice},
            gruppo=_("Indicatori senza target"),
            blocca_da=Passo.INVIO,
            **dove,
        )
        return
    for anno in ramo.piano.anni:
        if anno not in attesi:
            yield Mancanza(
                _("L'indicatore %(codice)s non ha il target del %(anno)s.")
                % {"codice": codice, "anno": anno},
                gruppo=_("Anni senza target"),
                blocca_da=Passo.INVIO if anno == ramo.piano.anno_inizio else None,
                **dove,
            )
    for target in attesi.values():
        yield from _atteso(misura, target, dove)


def _atteso(misura: Misura, target: Target, dove: dict[str, str]) -> Iterator[Mancanza]:
    letto = target.letto
    detto = {"codice": misura.indicatore.codice, "anno": target.anno, "testo": target.stampato}
    if letto.tipo == Tipo.NON_INTERPRETABILE:
        yield Mancanza(
            _("%(codice)s: il target %(anno)s non si interpreta: «%(testo)s».") % detto,
            gruppo=_("Target che non si interpretano"),
            blocca_da=Passo.INVIO,
            **dove,
        )
    elif letto.tipo == Tipo.DA_DEFINIRE:
        yield Mancanza(
            _("%(codice)s: il target %(anno)s è da definire: «%(testo)s».") % detto,
            gruppo=_("Target da definire"),
            **dove,
        )
    elif target.da_confermare:
        # A reading may be confirmed at any time, on the page of the indicator.
        yield Mancanza(
            _("%(codice)s: la lettura del target %(anno)s è da confermare: «%(testo)s».") % detto,
            gruppo=_("Letture da confermare"),
            url=misura.indicatore.get_absolute_url(),
            rimedio=dove["rimedio"] or misura.indicatore.get_absolute_url(),
        )
    if peggiora(misura, letto):
        yield Mancanza(
            _("%(codice)s: il target %(anno)s, «%(testo)s», è peggiore della partenza, «%(base)s».")
            % (detto | {"base": misura.base_stampata}),
            gruppo=_("Target peggiori della partenza"),
            **dove,
        )


def peggiora(misura: Misura, letto: LetturaTarget) -> bool:
    """Whether a target asks for less than there was already.

    Only where it can be told: a plain figure at the start and one in the target, in the same unit,
    and a direction.
    """
    base, atteso = misura.base, letto.cifra
    if base is None or atteso is None or not base.esatta:
        return False
    partenza = base.cifra
    unita = {una.unita for una in (*base.letture, *letto.letture) if una.unita}
    if partenza is None or len(unita) > 1 or any(una.data for una in letto.letture):
        return False
    verso = misura.indicatore.verso or (letto.verso.value if letto.verso else "")
    if letto.tipo not in (Tipo.SOGLIA, Tipo.QUOTA_DI_CASI):
        return False
    if verso == Verso.CRESCENTE:
        return atteso < partenza
    return verso == Verso.DECRESCENTE and atteso > partenza


def _pesi(ramo: Ramo) -> Iterator[Mancanza]:
    """Weight sets that are there and do not make 100; a set with no weight at all is plain."""
    aree = [area for area in ramo.aree if area.tipo == AreaStrategica.Tipo.AREA]
    yield from _somma(ramo, _("Le aree del piano"), (area.peso for area in aree))
    for area, gruppo in groupby(ramo.obiettivi, key=lambda o: o.area):
        # A pre-requisito is due, and has no weight.
        pesati = [o.peso for o in gruppo if not (o.prerequisito and o.peso is None)]
        chi = _("Gli obiettivi dell'area «%(area)s»") % {"area": area}
        yield from _somma(ramo, chi, pesati)
    for obiettivo, misure in groupby(ramo.misure, key=lambda m: m.obiettivo):
        chi = _("Gli indicatori dell'obiettivo «%(obiettivo)s»") % {"obiettivo": obiettivo}
        yield from _somma(ramo, chi, (misura.peso for misura in misure))


def _somma(ramo: Ramo, soggetto: str, pesi: Iterable[Decimal | None]) -> Iterator[Mancanza]:
    tutti = list(pesi)
    presenti = [peso for peso in tutti if peso is not None]
    if not presenti:
        return
    testo = ""
    if len(presenti) < len(tutti):
        testo = _("%(chi)s hanno un peso solo in parte.") % {"chi": soggetto}
    elif sum(presenti) != 100:
        testo = _("%(chi)s hanno pesi che sommano a %(somma)s invece che a 100.") % {
            "chi": soggetto,
            "somma": italiano(sum(presenti, Decimal()).normalize() + 0),
        }
    if testo:
        yield Mancanza(
            testo,
            url=ramo.piano.get_absolute_url(),
            rimedio=ramo.rimedio("pesi", ramo.piano.slug),
            gruppo=_("Pesi che non fanno 100"),
            blocca_da=Passo.INVIO,
        )


def _regole(ramo: Ramo) -> Iterator[Mancanza]:
    """Without the rules of its first year a plan cannot be measured."""
    anno = ramo.piano.anno_inizio
    if not ramo.misure:
        return
    if not EdizioneSMVP.objects.filter(azienda=ramo.piano.azienda_id, anno=anno).exists():
        regole = reverse("edizioni", args=[ramo.piano.azienda.codice])
        yield Mancanza(
            _("Mancano le regole di misurazione e valutazione del %(anno)s.") % {"anno": anno},
            url=regole,
            rimedio=regole,
            gruppo=_("Regole di misurazione"),
            blocca_da=Passo.ADOZIONE,
        )
