# SPDX-License-Identifier: AGPL-3.0-or-later
"""A reading in words: what the product understood of a printed target, for people to check."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from .arrotondamento import numero
from .letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso

_COMPARATORI = {
    Comparatore.MAGGIORE_UGUALE: "almeno ",
    Comparatore.MAGGIORE: "più di ",
    Comparatore.MINORE_UGUALE: "al massimo ",
    Comparatore.MINORE: "meno di ",
    Comparatore.UGUALE: "",
}
_VERSI = {
    Verso.CRESCENTE: "crescere rispetto alla partenza",
    Verso.DECRESCENTE: "diminuire rispetto alla partenza",
    Verso.MANTENIMENTO: "non peggiorare rispetto alla partenza",
}


def lettura_in_parole(target: LetturaTarget) -> str:
    """The reading as an Italian phrase: ``≥ 95%`` → ``almeno 95 %``."""
    return _PAROLE[target.tipo](target)


def con_unita(valore: Decimal | str, unita: str) -> str:
    """A figure with its unit, if it has one: ``57,53 gg``."""
    cifra = numero(valore) if isinstance(valore, Decimal) else valore
    return f"{cifra} {unita}" if unita else cifra


def data_italiana(iso: str) -> str:
    """``2022-12-31`` → ``31/12/2022``, ``--06-30`` → ``30/06``; other texts as they are."""
    if iso.startswith("--"):
        return "/".join(reversed(iso[2:].split("-")))
    try:
        return date.fromisoformat(iso).strftime("%d/%m/%Y")
    except ValueError:
        return iso


def confronto_in_parole(una: Lettura) -> str:
    """One comparison: threshold, interval, share of cases or date."""
    if una.data:
        return f"entro il {data_italiana(una.data)}"
    comparatore = _COMPARATORI[una.comparatore] if una.comparatore else ""
    if una.valore is None:
        limite = "entro il limite"
    elif una.valore_max is not None:
        limite = f"fra {_cifra(una.valore)} e {con_unita(_cifra(una.valore_max), una.unita)}"
    else:
        limite = f"{comparatore}{con_unita(_cifra(una.valore), una.unita)}"
    if una.quota is not None:
        return f"{limite} in almeno il {_cifra(una.quota)} % dei casi"
    return limite


def _cifra(valore: Decimal) -> str:
    return numero(valore) if valore.is_finite() else str(valore)


def _confronti(target: LetturaTarget) -> str:
    return "; ".join(confronto_in_parole(una) for una in target.letture) or "nessun confronto"


def _per_periodo(target: LetturaTarget) -> str:
    return "; ".join(
        f"{' '.join(filter(None, (una.periodo, una.sede)))}: {confronto_in_parole(una)}"
        for una in target.letture
    )


def _per_sede(target: LetturaTarget) -> str:
    return "; ".join(f"{una.sede}: {confronto_in_parole(una)}" for una in target.letture)


def _riferimento(target: LetturaTarget) -> str:
    nome = _nominato(target)
    return f"non peggiore di «{nome}»" if nome else "non peggiore di un riferimento esterno"


def _tendenza(target: LetturaTarget) -> str:
    base = _VERSI[target.verso] if target.verso else "migliorare rispetto alla partenza"
    if nome := _nominato(target):
        base = base.replace("alla partenza", f"a «{nome}»")
    quanto = next((una for una in target.letture if una.valore is not None), None)
    if quanto is None or quanto.valore is None:
        return base
    return f"{base}, di {con_unita(_cifra(abs(quanto.valore)), quanto.unita)}"


def _nominato(target: LetturaTarget) -> str:
    return next((una.riferimento for una in target.letture if una.riferimento), "")


def _traguardo(target: LetturaTarget) -> str:
    if target.passi:
        return f"traguardo qualitativo in {len(target.passi)} passi: {'; '.join(target.passi)}"
    return "traguardo qualitativo, valutato sull’avanzamento"


_PAROLE: dict[Tipo, Callable[[LetturaTarget], str]] = {
    Tipo.SOGLIA: _confronti,
    Tipo.INTERVALLO: _confronti,
    Tipo.QUOTA_DI_CASI: _confronti,
    Tipo.PER_PERIODO: _per_periodo,
    Tipo.PER_SEDE: _per_sede,
    Tipo.RIFERIMENTO: _riferimento,
    Tipo.TENDENZA: _tendenza,
    Tipo.TRAGUARDO: _traguardo,
    Tipo.SI_NO: lambda target: "sì o no",
    Tipo.DA_DEFINIRE: lambda target: "da definire",
    Tipo.NON_DISPONIBILE: lambda target: "non disponibile",
    Tipo.NON_INTERPRETABILE: lambda target: "non interpretabile",
}
