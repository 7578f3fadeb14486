# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the tables to columns: the trees of a block of plans and the results of a year."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Q

from obiettivi.blocco.colonne import Interi, casi, decimali, intere, tuple_di, vero
from obiettivi.blocco.regolario import Chiave
from obiettivi.calcolo.misura import Risultato
from obiettivi.calcolo.veloce.medie import SENZA_PESO
from obiettivi.calcolo.veloce.regola import Classe
from obiettivi.calcolo.veloce.risultati import AGGREGAZIONI, CUMULI, FRAZIONI, Risultati
from obiettivi.models import (
    AreaStrategica,
    Indicatore,
    Misura,
    Obiettivo,
    Rilevazione,
    Target,
    ValoreRiferimento,
)
from obiettivi.raccolta import risultati_di

_VALORE, _NUMERATORE, _DENOMINATORE, _AVANZAMENTO = 1, 2, 4, 8
_NUMERO, _NON_APPLICABILE, _DIMOSTRATIVA, _SEDE, _TESTO = 16, 32, 64, 128, 256
_AGGREGAZIONI = {una.value: posto for posto, una in enumerate(AGGREGAZIONI)}
_CUMULI = {uno.value: posto for posto, uno in enumerate(CUMULI)}
_AREA, _OBIETTIVO, _MISURA, _INDICATORE, _TARGET, _RIFERIMENTO = (
    modello._meta.db_table
    for modello in (AreaStrategica, Obiettivo, Misura, Indicatore, Target, ValoreRiferimento)
)


@dataclass(frozen=True, slots=True)
class Ramo:
    """An objective or an area: its key, that of its parent, its weight."""

    chiave: int
    padre: int
    peso: Decimal | None
    nome: str
    prerequisito: bool = False
    nel_piano: bool = True


@dataclass
class Blocco:
    """The plans of a block: branches as rows, leaves as columns, in the order of the tree.

    ``obiettivo`` and ``indicatore`` are the places of a leaf's objective and indicator;
    ``pesi`` are in hundredths.
    """

    piani: Sequence[int]
    anno: int
    aree: list[Ramo]
    obiettivi: list[Ramo]
    misure: list[int]
    obiettivo: Interi
    indicatore: Interi
    pesi: Interi
    chiavi: list[Chiave]
    inventati: Interi
    indicatori: Interi
    risultati: Risultati
    interi: dict[int, list[Risultato]] = field(default_factory=dict)

    @cached_property
    def nomi(self) -> dict[int, str]:
        """The names of the indicators by place of the leaf; read only if a sentence needs them."""
        nomi = dict(
            Misura.objects.filter(obiettivo__area__piano__in=self.piani).values_list(
                "pk", "indicatore__nome"
            )
        )
        return {posto: nomi[chiave] for posto, chiave in enumerate(self.misure)}

    @property
    def foglie_per_piano(self) -> dict[int, int]:
        """How many leaves each plan has."""
        di_area = {area.chiave: area.padre for area in self.aree}
        quante = dict.fromkeys(self.piani, 0)
        conti = np.bincount(self.obiettivo, minlength=len(self.obiettivi)).tolist()
        for ramo, conto in zip(self.obiettivi, conti, strict=True):
            quante[di_area[ramo.padre]] += conto
        return quante

    def risultati_interi(self, posti: Sequence[int]) -> list[list[Risultato]]:
        """All the results of the indicators of some leaves, as the reference wants them."""
        chiavi = [int(self.indicatori[self.indicatore[posto]]) for posto in posti]
        if nuove := set(chiavi) - self.interi.keys():
            trovati = risultati_di(Rilevazione.objects.correnti(), nuove, self.anno)
            self.interi.update({chiave: trovati.get(chiave, []) for chiave in nuove})
        return [self.interi[chiave] for chiave in chiavi]


def leggi(piani: Sequence[int], anno: int) -> Blocco:
    """Read the trees of some plans and the results of a year: the same queries for one or many."""
    aree = [
        Ramo(chiave, piano, _peso(peso), nome, nel_piano=tipo == AreaStrategica.Tipo.AREA)
        for chiave, piano, peso, nome, tipo in tuple_di(
            ("a.id", "a.piano_id", _interi("a.peso", 2), "a.nome", "a.tipo"),
            f"{_AREA} a WHERE {_dei(piani)} ORDER BY a.piano_id, a.tipo, a.ordine, a.id",
        )
    ]
    obiettivi = [
        Ramo(chiave, area, _peso(peso), nome, bool(prerequisito))
        for chiave, area, peso, nome, prerequisito in tuple_di(
            ("o.id", "o.area_id", _interi("o.peso", 2), "o.titolo", "o.prerequisito"),
            f"{_OBIETTIVO} o JOIN {_AREA} a ON a.id = o.area_id "
            f"WHERE {_dei(piani)} ORDER BY o.area_id, o.ordine, o.id",
        )
    ]
    righe = _misure(piani, anno)
    indicatori = np.unique(np.array([riga[2] for riga in righe], np.int64))
    posto = {ramo.chiave: k for k, ramo in enumerate(obiettivi)}
    righe.sort(key=lambda riga: posto[riga[1]])  # stable: the order inside an objective stays
    chi = np.searchsorted(indicatori, np.array([riga[2] for riga in righe], np.int64))
    return Blocco(
        piani=piani,
        anno=anno,
        aree=aree,
        obiettivi=obiettivi,
        misure=[riga[0] for riga in righe],
        obiettivo=np.array([posto[riga[1]] for riga in righe], np.int64),
        indicatore=chi,
        pesi=np.array([SENZA_PESO if riga[3] is None else riga[3] for riga in righe], np.int64),
        chiavi=[riga[6:] for riga in righe],
        inventati=np.array([bool(riga[4]) for riga in righe], np.bool_),
        indicatori=indicatori,
        risultati=_risultati(piani, anno, indicatori, _per_indicatore(righe, chi)),
    )


def _misure(piani: Sequence[int], anno: int) -> list[tuple[Any, ...]]:
    """Key, objective, indicator, weight, invented benchmark, formula, then a ``Chiave``."""
    return tuple_di(
        (
            "m.id", "m.obiettivo_id", "m.indicatore_id", _interi("m.peso", 2), "r.dimostrativo",
            "i.tipo_formula", "CAST(t.lettura AS text)", "i.unita", "i.verso", "i.aggregazione",
            "i.cumulo", "i.eredita_target", "CAST(m.base_lettura AS text)", "m.base_anno",
            _interi("r.valore", 4),
        ),
        f"""{_MISURA} m
        JOIN {_OBIETTIVO} o ON o.id = m.obiettivo_id
        JOIN {_AREA} a ON a.id = o.area_id
        JOIN {_INDICATORE} i ON i.id = m.indicatore_id
        LEFT JOIN {_TARGET} t ON t.misura_id = m.id AND t.anno = %s
        LEFT JOIN {_RIFERIMENTO} r ON r.indicatore_id = i.id AND r.anno = %s AND r.ambito = %s
        WHERE {_dei(piani)} ORDER BY m.ordine, m.id""",
        (anno, anno, ValoreRiferimento.Ambito.REGIONALE.value),
    )  # fmt: skip


def _dei(piani: Sequence[int]) -> str:
    return f"a.piano_id IN ({', '.join(str(int(piano)) for piano in piani) or 'NULL'})"


def _interi(colonna: str, decimali: int) -> str:
    """A decimal as a whole number of its last decimals; no value stays no value."""
    return f"CAST(round({colonna} * {10**decimali}) AS bigint)"


def _peso(centesimi: int | None) -> Decimal | None:
    return None if centesimi is None else Decimal(centesimi).scaleb(-2)


def _per_indicatore(righe: Sequence[tuple[Any, ...]], chi: Interi) -> dict[int, tuple[Any, ...]]:
    """One of the rows of each indicator, by its place."""
    return dict(zip(chi.tolist(), righe, strict=True))


# --- results ------------------------------------------------------------------------------


def _risultati(
    piani: Sequence[int], anno: int, indicatori: Interi, righe: dict[int, tuple[Any, ...]]
) -> Risultati:
    in_ordine = [righe[posto] for posto in range(len(indicatori))]
    risultati = Risultati.vuoti(
        np.array([_AGGREGAZIONI[riga[9]] for riga in in_ordine], np.int64),
        np.array([_CUMULI[riga[10]] for riga in in_ordine], np.int64),
    )
    si_no = np.array([riga[5] == Indicatore.Formula.SI_NO for riga in in_ordine], np.bool_)
    chi, dove, segni, valore, avanzamento, n, d = _rilevazioni(piani, anno)
    chi = np.searchsorted(indicatori, chi)
    strani = ((segni & _SEDE) != 0) | (dove >= len(FRAZIONI))
    risultati.uno_per_uno[chi[strani]] = True
    chi, dove, segni, valore, avanzamento, n, d = (
        colonna[~strani] for colonna in (chi, dove, segni, valore, avanzamento, n, d)
    )
    classe = _classi(segni, d, si_no[chi])
    figura = np.where(classe == Classe.AVANZAMENTO, avanzamento, valore)
    rapporto = (classe == Classe.RAPPORTO) | (classe == Classe.DENOMINATORE_ZERO)
    risultati.classe[chi, dove] = classe
    risultati.n[chi, dove] = np.where(rapporto, n, figura)
    risultati.d[chi, dove] = np.where(rapporto, d, 10**4)
    risultati.dimostrativo[chi, dove] = (segni & _DIMOSTRATIVA) != 0
    if np.isin(classe, (Classe.NON_APPLICABILE, Classe.TESTO)).any():
        risultati.testi.update(_testi(piani, anno, indicatori))
    return risultati


def _rilevazioni(piani: Sequence[int], anno: int) -> tuple[Interi, ...]:
    """Indicator, period, marks, value, progress, numerator, denominator: one row each."""
    segni = {
        "valore IS NOT NULL": _VALORE,
        "numeratore IS NOT NULL": _NUMERATORE,
        "denominatore IS NOT NULL": _DENOMINATORE,
        "avanzamento IS NOT NULL": _AVANZAMENTO,
        f"stato = '{Rilevazione.Stato.NUMERO}'": _NUMERO,
        f"stato = '{Rilevazione.Stato.NON_APPLICABILE}'": _NON_APPLICABILE,
        "dimostrativa": _DIMOSTRATIVA,
        "sede <> ''": _SEDE,
        "testo <> ''": _TESTO,
    }
    espressioni = (
        "indicatore_id",
        casi("frazione", FRAZIONI, len(FRAZIONI)),
        " + ".join(vero(condizione, bit) for condizione, bit in segni.items()),
        *(decimali(f"r.{nome}", 4) for nome in ("valore", "avanzamento")),
        *(decimali(f"r.{nome}", 4) for nome in ("numeratore", "denominatore")),
    )
    da = f"""{Rilevazione._meta.db_table} r
        WHERE sostituita_il IS NULL AND unita_id IS NULL AND anno = %s AND indicatore_id IN (
            SELECT m.indicatore_id FROM {_MISURA} m
            JOIN {_OBIETTIVO} o ON o.id = m.obiettivo_id
            JOIN {_AREA} a ON a.id = o.area_id
            WHERE {_dei(piani)})"""  # noqa: S608 -- names of tables and whole numbers
    return tuple(intere(espressioni, da, [anno]).T)


def _classi(segni: Interi, d: Interi, si_no: np.ndarray) -> Interi:
    """What each result is made of, as ``raccolta.risultato`` and the reference would see it."""

    def ha(bit: int) -> np.ndarray:
        return (segni & bit) != 0

    numero, testo = ha(_NUMERO), ha(_TESTO) & si_no
    rapporto = ha(_NUMERATORE) & ha(_DENOMINATORE)
    mezzo = ha(_NUMERATORE) ^ ha(_DENOMINATORE)
    cifre = ha(_NUMERATORE) | ha(_DENOMINATORE) | ha(_AVANZAMENTO)
    con_altro = ha(_AVANZAMENTO) | testo
    return np.select(
        [
            ha(_NON_APPLICABILE),
            ~numero & (cifre | testo),
            ~numero,
            mezzo,
            rapporto & con_altro,
            rapporto & (d == 0),
            rapporto,
            ha(_VALORE) & con_altro,
            ha(_VALORE),
            ha(_AVANZAMENTO) & testo,
            ha(_AVANZAMENTO),
            testo,
        ],
        [
            Classe.NON_APPLICABILE,
            Classe.ALTRO,
            Classe.MANCANTE,
            Classe.ALTRO,
            Classe.ALTRO,
            Classe.DENOMINATORE_ZERO,
            Classe.RAPPORTO,
            Classe.ALTRO,
            Classe.VALORE,
            Classe.ALTRO,
            Classe.AVANZAMENTO,
            Classe.TESTO,
        ],
        Classe.MANCANTE,
    )


def _testi(piani: Sequence[int], anno: int, indicatori: Interi) -> dict[tuple[int, int], str]:
    """The reasons of what is not applicable and the answers of yes/no indicators."""
    non_applicabile = Rilevazione.Stato.NON_APPLICABILE
    righe = (
        Rilevazione.objects.correnti()
        .filter(
            Q(stato=non_applicabile) | Q(indicatore__tipo_formula=Indicatore.Formula.SI_NO),
            anno=anno,
            unita__isnull=True,
            sede="",
            frazione__in=FRAZIONI,
            indicatore__in=Misura.objects.filter(obiettivo__area__piano__in=piani).values(
                "indicatore"
            ),
        )
        .values_list("indicatore_id", "frazione", "testo", "stato")
    )
    return {
        (int(np.searchsorted(indicatori, chi)), FRAZIONI.index(frazione)): testo
        or ("non applicabile" if stato == non_applicabile else "")
        for chi, frazione, testo, stato in righe
    }
