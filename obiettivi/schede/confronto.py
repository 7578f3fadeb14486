# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two versions of a scheda side by side: what is added, removed, changed, and what it weighs.

The weight that counts for a row is its share of the whole scheda: weight of the area times weight
in the area. With scores known, the same scores under the two sets of weights say what the change
is worth. Plain data in, plain data out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.models import AreaScheda
from piani.stampa.formati import numero_italiano

Dati = Mapping[str, Any]
Nomi = Mapping[str, Any]
Chiave = Callable[[Dati], Any]
CENTO = Decimal(100)

SCHEDA: Nomi = {"piano": gettext_lazy("Piano"), "nota": gettext_lazy("Nota")}
AREA: Nomi = {
    "nome": gettext_lazy("Area"),
    "tipo": gettext_lazy("Tipo"),
    "peso": gettext_lazy("Peso"),
    "con_la_precedente": gettext_lazy("Peso in comune con l'area che precede"),
}
RIGA: Nomi = {
    "area": gettext_lazy("Area"),
    "obiettivo": gettext_lazy("Obiettivo"),
    "indicatore": gettext_lazy("Indicatore"),
    "aziendale": gettext_lazy("Vale il risultato dell'azienda"),
    "peso": gettext_lazy("Peso nell'area"),
    "storico_anno": gettext_lazy("Anno dello storico"),
    "storico": gettext_lazy("Storico"),
    "dato_anno": gettext_lazy("Anno del dato"),
    "dato": gettext_lazy("Dato"),
    "atteso": gettext_lazy("Valore atteso"),
    "nel_piano": gettext_lazy("Nel piano"),
    "nota": gettext_lazy("Nota"),
}
RISORSA: Nomi = {
    "fattore": gettext_lazy("Fattore produttivo"),
    "unita_misura": gettext_lazy("Unità di misura"),
    "budget": gettext_lazy("Budget"),
}
CIFRE = ("peso", "budget")


@dataclass(frozen=True)
class Campo:
    """A value before and after, as people read it."""

    nome: str
    prima: str
    dopo: str


@dataclass(frozen=True)
class Voce:
    """Something added, removed or changed."""

    verbo: str
    titolo: str
    campi: list[Campo]


@dataclass(frozen=True)
class Peso:
    """The share of the scheda that a row weighs, before and after; None where it is not."""

    titolo: str
    prima: Decimal | None
    dopo: Decimal | None

    @property
    def differenza(self) -> Decimal:
        return (self.dopo or Decimal(0)) - (self.prima or Decimal(0))


@dataclass(frozen=True)
class Effetto:
    """The mean of the same scores under the two sets of weights; None where none weighs."""

    prima: Decimal | None
    dopo: Decimal | None


@dataclass(frozen=True)
class Confronto:
    """All that changes from a version to another."""

    campi: list[Campo]
    aree: list[Voce]
    righe: list[Voce]
    risorse: list[Voce]
    pesi: list[Peso]
    effetto: Effetto | None

    @property
    def uguali(self) -> bool:
        return not (self.campi or self.aree or self.righe or self.risorse)


def confronta(
    prima: Dati, dopo: Dati, punteggi: Mapping[int, Decimal] | None = None
) -> Confronto:  # fmt: skip
    """What changes from a photograph to another; ``punteggi`` are the rows' scores, by key."""
    righe = _coppie(_righe(prima), _righe(dopo), _della_riga, _scritta_di_nuovo)
    aree = _coppie(prima["aree"], dopo["aree"], itemgetter("nome"))
    risorse = _coppie(prima["risorse"], dopo["risorse"], itemgetter("fattore"))
    pesi_prima, pesi_dopo = quote(prima), quote(dopo)
    return Confronto(
        campi=_campi(SCHEDA, prima, dopo),
        aree=_voci(aree, AREA, "nome"),
        righe=_voci(righe, RIGA, "obiettivo"),
        risorse=_voci(risorse, RISORSA, "fattore"),
        pesi=_pesi(righe, pesi_prima, pesi_dopo),
        effetto=_effetto(punteggi, righe, pesi_prima, pesi_dopo) if punteggi else None,
    )


def quote(foto: Dati) -> dict[int, Decimal]:
    """The share of the scheda, 0-100, that each row weighs; without a weight it has none."""
    pesi: dict[int, Decimal] = {}
    peso: str | None = None
    for area in foto["aree"]:
        if area["tipo"] != AreaScheda.Tipo.AREA:
            peso = None
            continue
        peso = peso if area["con_la_precedente"] else area["peso"]
        for riga in area["righe"]:
            if peso is not None and riga["peso"] is not None:
                pesi[riga["riga"]] = Decimal(peso) * Decimal(riga["peso"]) / CENTO
    return pesi


def _righe(foto: Dati) -> list[dict[str, Any]]:
    return [{**riga, "area": area["nome"]} for area in foto["aree"] for riga in area["righe"]]


Coppia = tuple[Dati | None, Dati | None]


def _coppie(prima: Sequence[Dati], dopo: Sequence[Dati], *chiavi: Chiave) -> list[Coppia]:
    """Each with what it was, by the first key that finds it."""
    liberi = list(prima)
    era: dict[int, Dati] = {}
    for chiave in chiavi:
        per_chiave = {chiave(uno): uno for uno in liberi}
        for posto, uno in enumerate(dopo):
            if posto not in era and (trovato := per_chiave.pop(chiave(uno), None)) is not None:
                era[posto] = trovato
        liberi = [uno for uno in liberi if not any(uno is altro for altro in era.values())]
    coppie: list[Coppia] = [(era.get(posto), uno) for posto, uno in enumerate(dopo)]
    return coppie + [(uno, None) for uno in liberi]


def _della_riga(riga: Dati) -> int:
    return int(riga["riga"])


def _scritta_di_nuovo(riga: Dati) -> tuple[str, str]:
    """The same objective and indicator, written anew in another row."""
    return riga["indicatore"]["codice"], riga["obiettivo"]


def _voci(coppie: Sequence[Coppia], nomi: Nomi, titolo: str) -> list[Voce]:
    voci = []
    for era, adesso in coppie:
        campi = _campi(nomi, era or {}, adesso or {})
        if campi:
            verbo = (
                _("aggiunta") if era is None else _("tolta") if adesso is None else _("cambiata")
            )
            voci.append(Voce(verbo, str((adesso or era or {})[titolo]), campi))
    return voci


def _campi(nomi: Nomi, prima: Dati, dopo: Dati) -> list[Campo]:
    campi = [
        Campo(str(nome), _scritto(chiave, prima.get(chiave)), _scritto(chiave, dopo.get(chiave)))
        for chiave, nome in nomi.items()
    ]
    diversi = [uno for uno in campi if uno.prima != uno.dopo]
    if not diversi and prima.get("lettura") != dopo.get("lettura"):
        return [Campo(_("Lettura del valore atteso"), _("come prima"), _("riletta o confermata"))]
    return diversi


def _scritto(chiave: str, valore: Any) -> str:
    if valore is None or valore == "":
        return ""
    if isinstance(valore, dict):
        return f"{valore['codice']} {valore['nome']}"
    if isinstance(valore, bool):
        return _("sì") if valore else _("no")
    if chiave in CIFRE:
        return numero_italiano(Decimal(valore))
    if chiave == "tipo":
        return str(AreaScheda.Tipo(valore).label)
    return str(valore)


def _pesi(
    righe: Sequence[Coppia], prima: Mapping[int, Decimal], dopo: Mapping[int, Decimal]
) -> list[Peso]:
    pesi = [
        Peso(str((adesso or era or {})["obiettivo"]), _di(era, prima), _di(adesso, dopo))
        for era, adesso in righe
    ]
    return [uno for uno in pesi if uno.prima != uno.dopo]


def _di(riga: Dati | None, quote: Mapping[int, Decimal]) -> Decimal | None:
    return quote.get(riga["riga"]) if riga is not None else None


def _effetto(
    punteggi: Mapping[int, Decimal],
    righe: Sequence[Coppia],
    prima: Mapping[int, Decimal],
    dopo: Mapping[int, Decimal],
) -> Effetto:
    """A row keeps its score whatever it weighs; one with no score does not count."""
    note = [
        (punteggi[chiave], _di(era, prima), _di(adesso, dopo))
        for era, adesso in righe
        for chiave in [(adesso or era or {})["riga"]]
        if chiave in punteggi
    ]
    return Effetto(
        _media([(quanto, peso) for quanto, peso, _dopo in note if peso]),
        _media([(quanto, peso) for quanto, _prima, peso in note if peso]),
    )


def _media(voci: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    pesi = sum((peso for _quanto, peso in voci), Decimal(0))
    if not pesi:
        return None
    return sum((quanto * peso for quanto, peso in voci), Decimal(0)) / pesi
