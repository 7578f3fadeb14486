# SPDX-License-Identifier: AGPL-3.0-or-later
"""The trend of an indicator: yearly results of the whole azienda beside the yearly targets."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from obiettivi.calcolo.arrotondamento import numero
from obiettivi.calcolo.letture import LetturaTarget
from obiettivi.models import Indicatore, Misura, Rilevazione
from piani.stampa.grafici import Dato, Serie
from piani.stampa.linee import linea


@dataclass(frozen=True)
class Andamento:
    """The drawing and, beside it, its figures: (year, result, target, is demonstration)."""

    disegno: SafeString
    righe: list[tuple[str, str, str, bool]]
    dimostrativo: bool


def andamento(
    indicatore: Indicatore, misura: Misura | None, rilevazioni: Iterable[Rilevazione]
) -> Andamento | None:
    """The trend over the years that have a figure; ``None`` with fewer than two of them."""
    risultati, dimostrativi = _risultati(indicatore, misura, rilevazioni)
    attesi = _attesi(misura)
    anni = sorted(risultati.keys() | attesi.keys())
    if not risultati or len(anni) < 2:
        return None
    serie = [_serie(_("Risultato"), anni, risultati, indicatore.decimali)]
    if attesi:
        serie.append(_serie(_("Target"), anni, attesi, indicatore.decimali))
    return Andamento(
        disegno=linea(
            f"andamento-{indicatore.pk}",
            _("Andamento di %(codice)s") % {"codice": indicatore.codice},
            [str(anno) for anno in anni],
            serie,
        ),
        righe=[
            (
                str(anno),
                _mostra(risultati.get(anno), indicatore.decimali),
                _mostra(attesi.get(anno), indicatore.decimali),
                anno in dimostrativi,
            )
            for anno in anni
        ],
        dimostrativo=bool(dimostrativi),
    )


def _risultati(
    indicatore: Indicatore, misura: Misura | None, rilevazioni: Iterable[Rilevazione]
) -> tuple[dict[int, Decimal], set[int]]:
    risultati: dict[int, Decimal] = {}
    dimostrativi: set[int] = set()
    if misura and misura.base_anno and (partenza := _partenza(misura.base)) is not None:
        risultati[misura.base_anno] = partenza
    for una in rilevazioni:
        valore = una.cifra
        if una.frazione or una.sede or una.unita_id or valore is None:
            continue
        risultati[una.anno] = valore
        if una.dimostrativa:
            dimostrativi.add(una.anno)
    return risultati, dimostrativi


def _partenza(letto: LetturaTarget | None) -> Decimal | None:
    """A printed consuntivo is a figure only when it is a plain number: not ``>80%``."""
    return letto.cifra if letto and letto.esatta else None


def _attesi(misura: Misura | None) -> dict[int, Decimal]:
    if misura is None:
        return {}
    attesi = {target.anno: target.letto.cifra for target in misura.target.all()}
    return {anno: valore for anno, valore in attesi.items() if valore is not None}


def _serie(nome: str, anni: Sequence[int], valori: dict[int, Decimal], decimali: int) -> Serie:
    return Serie(
        nome,
        tuple(Dato(valori.get(anno), _mostra(valori.get(anno), decimali)) for anno in anni),
    )


def _mostra(valore: Decimal | None, decimali: int) -> str:
    return "" if valore is None else numero(valore, decimali)
