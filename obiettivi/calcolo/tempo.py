# SPDX-License-Identifier: AGPL-3.0-or-later
"""Time: the result of a period from those of its parts, and the target that holds for it.

The result that a period has of its own always comes first. Otherwise its parts make it, by the
``aggregazione`` of the indicator; a part is never made from a longer period, because a year does
not divide into quarters. What is not a number (a text, a date, a progress, completed steps) is
always that of the last part.

Missing parts. The months covered over the months due are the coverage; parts declared not
applicable are not due. If the edition leaves missing results out (``escludi``) the judgement goes
on with the parts that are there, and says so; if it counts them 0 or blocks, an incomplete result
is a missing result, and the roll-up does with it what the edition says. The last of the parts
needs only the last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from . import periodi
from .arrotondamento import CENTO, ZERO, Livello, esatto
from .edizione import Edizione, Politica
from .letture import Lettura
from .misura import Misura, Periodo, Risultato, chiave, non_applicabile, periodo_stampato
from .passi import Codice, Passo, passo
from .periodi import Aggregazione, Cumulo
from .prova import Ostacolo
from .sintesi_periodi import FORME, Parti, scorpora
from .valori import Motivo, NonCalcolabile


@dataclass(frozen=True)
class Composto:
    """The result to judge for a period and site, with the steps that made it.

    ``copertura`` is the share (0-100) of the period that it covers; ``ostacolo`` is there when
    nothing can be judged although something is known.
    """

    risultato: Risultato
    passi: tuple[Passo, ...] = ()
    copertura: Decimal = CENTO
    ostacolo: NonCalcolabile | None = None

    @property
    def presente(self) -> bool:
        """Whether it says anything, were it only why there is no result."""
        return self.ostacolo is not None or self.risultato.presente


# --- results ------------------------------------------------------------------------------


def per_sede(risultati: Iterable[Risultato]) -> dict[str, list[Risultato]]:
    """The results of each site, by the key of its name ("" = the whole azienda)."""
    divisi: dict[str, list[Risultato]] = {}
    for uno in risultati:
        divisi.setdefault(chiave(uno.sede), []).append(uno)
    return divisi


@esatto
def nel_periodo(
    misura: Misura, risultati: Sequence[Risultato], periodo: Periodo, edizione: Edizione
) -> Composto | None:
    """The result of a period from those of one site; ``None`` if nothing speaks of it.

    Own result, if it says something → itself. Cumulative readings → the one at the end of the
    period. Otherwise the parts that are there, together. Two results of one part: the last given.
    """
    dell_anno = {uno.periodo.frazione: uno for uno in risultati if uno.periodo.anno == periodo.anno}
    proprio = dell_anno.get(periodo.frazione)
    if misura.cumulo is not Cumulo.NESSUNO and not (proprio and non_applicabile(proprio)):
        cumulato = _cumulato(misura, dell_anno, periodo, edizione)
        return cumulato or (Composto(proprio) if proprio else None)
    if proprio is not None and proprio.presente:
        return Composto(proprio)
    parti = _parti(dell_anno, periodo)
    if parti is None:
        return Composto(proprio) if proprio else None
    return _componi(misura, parti, edizione)


def senza_risultato(risultati: Iterable[Risultato], periodo: Periodo, sede: str) -> Composto:
    """What is said of a period without a result, from the longer periods that hold it.

    Not applicable or missing with its text: so is the part. A result: the part stays not
    computable, and the reason names the period. The site's own come before the azienda's.
    """
    vuoto = Risultato(periodo, sede=sede)
    per_frazione = {
        (uno.periodo.frazione, bool(uno.sede)): uno
        for uno in risultati
        if uno.periodo.anno == periodo.anno and chiave(uno.sede) in ("", chiave(sede))
    }
    for lungo in periodi.genitori(periodo.frazione):
        for suo in (True, False):
            trovato = per_frazione.get((lungo, suo))
            if trovato is not None:
                return _da_piu_lungo(vuoto, trovato)
    return Composto(vuoto)


def _da_piu_lungo(vuoto: Risultato, lungo: Risultato) -> Composto:
    if non_applicabile(lungo) or not lungo.presente:
        return Composto(replace(vuoto, valore=lungo.valore))
    parte, intero = _il(vuoto.periodo), _del(lungo.periodo)
    return Composto(
        vuoto,
        (passo(Codice.PERIODO_PIU_LUNGO, periodo=parte, lungo=intero),),
        ZERO,
        NonCalcolabile(Motivo.NESSUN_VALORE, f"c’è solo il risultato {intero}"),
    )


def _il(periodo: Periodo) -> str:
    return f"{periodi.con_articolo(periodo.frazione)} {periodo.anno}"


def _del(periodo: Periodo) -> str:
    return f"{periodi.di(periodo.frazione)} {periodo.anno}"


# --- parts --------------------------------------------------------------------------------


def _parti(dell_anno: dict[str, Risultato], periodo: Periodo) -> Parti | None:
    """The results that cover the period in order, the longest first at each month."""
    dentro = {f: uno for f, uno in dell_anno.items() if periodi.contiene(periodo.frazione, f)}
    scelte: list[str] = []
    coperto = 0  # up to this month
    for mese in periodi.mesi(periodo.frazione):
        da_qui = [f for f, uno in dentro.items() if uno.presente and periodi.mesi(f)[0] == mese]
        if da_qui and mese > coperto:
            scelte.append(max(da_qui, key=lambda una: len(periodi.mesi(una))))
            coperto = periodi.mesi(scelte[-1])[-1]
    if not scelte:
        return None
    durata = min(len(periodi.mesi(una)) for una in dentro)
    coperti = periodi.copertura_di(scelte)
    mancanti = periodi.scoperte(periodo.frazione, coperti, durata)
    return Parti(periodo, tuple(dentro[una] for una in scelte), mancanti)


def _componi(misura: Misura, parti: Parti, edizione: Edizione) -> Composto:
    fuori = [uno for uno in parti.risultati if non_applicabile(uno)]
    esclusi = tuple(_passo_escluso(uno) for uno in fuori)
    valide = parti.senza(fuori)
    if not valide.risultati:
        if valide.mancanti:
            return Composto(Risultato(parti.periodo, sede=fuori[0].sede), esclusi, ZERO)
        return Composto(replace(fuori[-1], periodo=parti.periodo), esclusi)
    come = misura.aggregazione if valide.tutte_numeri else Aggregazione.ULTIMO
    if come is Aggregazione.ULTIMO:
        valide = valide.fino_all_ultima()
    copertura = _copertura(valide, fuori)
    try:
        risultato, passi = FORME[come](misura, valide, edizione)
    except Ostacolo as ostacolo:
        return Composto(
            replace(valide.risultati[-1], periodo=parti.periodo),
            esclusi,
            copertura,
            ostacolo.punteggio,
        )
    return _completo(risultato, (*esclusi, *passi), copertura, valide.mancanti, edizione)


def _passo_escluso(uno: Risultato) -> Passo:
    return passo(Codice.PERIODO_ESCLUSO, dove=_del(uno.periodo), motivo=non_applicabile(uno))


def _copertura(valide: Parti, fuori: Sequence[Risultato]) -> Decimal:
    """Months covered / months due × 100; the months not applicable are not due."""
    if not valide.mancanti:
        return CENTO
    dovuti = set(periodi.mesi(valide.periodo.frazione)) - periodi.copertura_di(
        uno.periodo.frazione for uno in fuori
    )
    coperti = periodi.copertura_di(uno.periodo.frazione for uno in valide.risultati)
    return CENTO * len(coperti & dovuti) / len(dovuti)


def _completo(
    risultato: Risultato,
    passi: tuple[Passo, ...],
    copertura: Decimal,
    mancanti: tuple[str, ...],
    edizione: Edizione,
) -> Composto:
    """The result as it is, or the reason why an incomplete one is not judged."""
    if not mancanti:
        return Composto(risultato, passi, copertura)
    if edizione.politica(Livello.INDICATORE, manca=True) is Politica.ESCLUDI:
        detto = passo(Codice.PERIODI_INCOMPLETI, copertura=copertura)
        return Composto(risultato, (*passi, detto), copertura)
    fermi = passo(Codice.PERIODI_INCOMPLETI_FERMI, copertura=copertura)
    motivo = NonCalcolabile(Motivo.NESSUN_VALORE, periodi.mancano(mancanti))
    return Composto(risultato, (*passi, fermi), copertura, motivo)


# --- cumulative readings ------------------------------------------------------------------


def _cumulato(
    misura: Misura, dell_anno: dict[str, Risultato], periodo: Periodo, edizione: Edizione
) -> Composto | None:
    """The reading at the end of the period, or the last one inside it.

    A reading says what happened since January: that at the end of June is the same whether it is
    called second quarter or first half. ``da_scorporare`` takes away the reading at the beginning.
    """
    letture = _per_fine(dell_anno, periodo.frazione)
    mesi = periodi.mesi(periodo.frazione)
    ultimo = max((mese for mese in letture if mese in mesi), default=None)
    if ultimo is None:
        return None
    parti = Parti(
        periodo,
        (letture[ultimo],),
        periodi.scoperte(periodo.frazione, frozenset(range(1, ultimo + 1)), _passo_di(dell_anno)),
    )
    copertura = CENTO * Decimal(ultimo - mesi[0] + 1) / len(mesi)
    try:
        prima = _lettura_prima(misura, letture, periodo)
        risultato, passi = scorpora(parti, prima, ultimo)
    except Ostacolo as ostacolo:
        vuoto = replace(letture[ultimo], periodo=periodo)
        return Composto(vuoto, (), ZERO, ostacolo.punteggio)
    return _completo(risultato, passi, copertura, parti.mancanti, edizione)


def _per_fine(dell_anno: dict[str, Risultato], frazione: str) -> dict[int, Risultato]:
    """The readings by their last month; the period's own before another with the same end."""
    letture = {
        periodi.mesi(f)[-1]: uno
        for f, uno in dell_anno.items()
        if periodi.mesi(f) and uno.presente and not non_applicabile(uno)
    }
    proprio = dell_anno.get(frazione)
    if proprio and proprio.presente and periodi.mesi(frazione):
        letture[periodi.mesi(frazione)[-1]] = proprio
    return letture


def _passo_di(dell_anno: dict[str, Risultato]) -> int:
    return min((len(periodi.mesi(f)) for f in dell_anno if periodi.mesi(f)), default=12)


def _lettura_prima(
    misura: Misura, letture: dict[int, Risultato], periodo: Periodo
) -> Risultato | None:
    """The reading to take away: none in January, or where the targets are cumulative too."""
    inizio = periodi.mesi(periodo.frazione)[0]
    if misura.cumulo is not Cumulo.DA_SCORPORARE or inizio == 1:
        return None
    if inizio - 1 not in letture:
        serve = periodi.nome(f"M{inizio - 1:02}")
        raise Ostacolo(Motivo.NESSUN_VALORE, f"serve anche il risultato cumulato a fine {serve}")
    return letture[inizio - 1]


# --- targets ------------------------------------------------------------------------------


def eredita(misura: Misura) -> bool:
    """Whether a part of the year without a target takes that of the longer period.

    As the indicator says; if it does not, yes unless its parts add up: the total of the year is
    not what a quarter has to reach.
    """
    if misura.eredita_target is not None:
        return misura.eredita_target
    return misura.aggregazione is not Aggregazione.SOMMA


def letture_del_periodo(letture: Iterable[Lettura], periodo: Periodo) -> dict[str, list[Lettura]]:
    """The comparisons of a target that hold in a period, by the part of the year they speak of.

    Its own, if there are; for a whole year without its own, those of all its parts.
    """
    divise: dict[str, list[Lettura]] = {}
    for lettura in letture:
        anno, frazione = periodo_stampato(lettura.periodo)
        if anno in (None, periodo.anno):
            divise.setdefault(frazione, []).append(lettura)
    if periodo.frazione in divise:
        return {periodo.frazione: divise[periodo.frazione]}
    return {} if periodo.frazione else divise


def letture_ereditate(
    letture: Iterable[Lettura], periodo: Periodo
) -> tuple[str, list[Lettura]] | None:
    """The target of the shortest longer period that has one: the half year's, then the year's."""
    tutte = list(letture)
    for lungo in periodi.genitori(periodo.frazione):
        sue = letture_del_periodo(tutte, Periodo(periodo.anno, lungo)).get(lungo)
        if sue:
            return lungo, sue
    return None


def passo_ereditato(periodo: Periodo, lungo: str) -> Passo:
    """The step that says whose target holds."""
    intero = _del(Periodo(periodo.anno, lungo))
    return passo(Codice.TARGET_EREDITATO, periodo=_il(periodo), lungo=intero)
