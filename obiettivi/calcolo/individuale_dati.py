# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of the individual evaluation to and from plain JSON data, checked as a whole."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import pairwise
from typing import Any

from .arrotondamento import CENTO, ZERO, Arrotondamento, Modo, numero
from .controlli_classi import problemi_classi
from .edizione import EdizioneNonValida
from .edizione_dati import leggi_classe
from .individuale import (
    Categoria,
    Comportamento,
    Decisore,
    Differenziazione,
    LivelloScala,
    ParteMancante,
    RegoleIndividuali,
)
from .lettore import Lettore, semplice

SCHEMA = "albero/edizione-individuale/1"
DODICI = Decimal(12)
GIORNI_MASSIMI = 365
DECIMALI_MASSIMI = 8


def come_dati(regole: RegoleIndividuali) -> dict[str, Any]:
    """Plain data, ready for ``json.dumps``; ``da_dati`` gives the same rules back."""
    dati = {campo.name: semplice(getattr(regole, campo.name)) for campo in fields(regole)}
    dati["arrotondamento"].pop("livelli")
    return {"schema": SCHEMA} | dati


def da_dati(dati: Mapping[str, Any]) -> RegoleIndividuali:
    """Read and check the rules; ``EdizioneNonValida`` with every problem found."""
    lettore = Lettore(dati)
    regole = _leggi(lettore)
    lettore.resto()
    trovati = lettore.problemi or problemi(regole)
    if trovati:
        raise EdizioneNonValida(trovati)
    return regole


def _leggi(lettore: Lettore) -> RegoleIndividuali:
    base = RegoleIndividuali(nome="")
    if lettore.testo("schema", SCHEMA) != SCHEMA:
        lettore.problemi.append(f"schema: serve «{SCHEMA}».")
    return RegoleIndividuali(
        nome=lettore.testo("nome"),
        fonte=lettore.testo("fonte"),
        categorie=lettore.lista("categorie", _categoria),
        scala=lettore.lista("scala", _livello),
        classi=lettore.lista("classi", leggi_classe),
        arrotondamento=lettore.oggetto("arrotondamento", _arrotondamento, base.arrotondamento),
        parte_mancante=lettore.scelta("parte_mancante", ParteMancante(base.parte_mancante)),
        mesi_minimi=lettore.decimale("mesi_minimi", base.mesi_minimi),
        pro_rata=_si_no(lettore, "pro_rata", base.pro_rata),
        giorni_richiesta=lettore.intero("giorni_richiesta", base.giorni_richiesta),
        giorni_risposta=lettore.intero("giorni_risposta", base.giorni_risposta),
        decide=lettore.scelta("decide", Decisore(base.decide)),
        differenziazione=lettore.oggetto_o_nulla("differenziazione", _differenziazione),
    )


def _si_no(lettore: Lettore, campo: str, altrimenti: bool) -> bool:
    valore = lettore.dati.pop(campo, altrimenti)
    if not isinstance(valore, bool):
        lettore.problemi.append(f"{campo}: serve sì o no.")
        return altrimenti
    return valore


def _categoria(lettore: Lettore) -> Categoria:
    return Categoria(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        risultati=lettore.decimale("risultati", ZERO),
        contributo=lettore.decimale("contributo", ZERO),
        scheda=lettore.decimale("scheda", ZERO),
        individuali=lettore.decimale("individuali", ZERO),
        comportamenti=lettore.lista("comportamenti", _comportamento),
        scala=lettore.lista("scala", _livello),
    )


def _comportamento(lettore: Lettore) -> Comportamento:
    return Comportamento(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        peso=lettore.decimale("peso", ZERO),
        descrizione=lettore.testo("descrizione"),
    )


def _livello(lettore: Lettore) -> LivelloScala:
    return LivelloScala(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        punti=lettore.decimale("punti", ZERO),
        descrizione=lettore.testo("descrizione"),
    )


def _arrotondamento(lettore: Lettore) -> Arrotondamento:
    base = Arrotondamento()
    return Arrotondamento(
        modo=lettore.scelta("modo", Modo(base.modo)),
        decimali=lettore.intero("decimali", base.decimali),
    )


def _differenziazione(lettore: Lettore) -> Differenziazione:
    return Differenziazione(da=lettore.decimale("da", ZERO), quota=lettore.decimale("quota", ZERO))


# --- the rules as a whole -----------------------------------------------------------------


def problemi(regole: RegoleIndividuali) -> list[str]:
    """Everything that is wrong with the rules, one Italian sentence each."""
    trovati = [] if regole.nome.strip() else ["nome: manca."]
    if not regole.categorie:
        trovati.append("categorie: ne serve almeno una.")
    trovati += _ripetuti("categorie", [una.codice for una in regole.categorie])
    for una in regole.categorie:
        trovati += _di_categoria(una, regole)
    trovati += _di_scala("scala", regole.scala)
    trovati += problemi_classi(regole.come_classi)
    return trovati + _dei_termini(regole)


def _dei_termini(regole: RegoleIndividuali) -> list[str]:
    trovati = []
    if not ZERO <= regole.mesi_minimi <= DODICI:
        trovati.append("mesi_minimi: da 0 a 12.")
    if not 0 <= regole.arrotondamento.decimali <= DECIMALI_MASSIMI:
        trovati.append(f"arrotondamento.decimali: da 0 a {DECIMALI_MASSIMI}.")
    for campo in ("giorni_richiesta", "giorni_risposta"):
        if not 1 <= getattr(regole, campo) <= GIORNI_MASSIMI:
            trovati.append(f"{campo}: da 1 a {GIORNI_MASSIMI} giorni.")
    regola = regole.differenziazione
    if regola and not (ZERO <= regola.da <= CENTO and ZERO <= regola.quota <= CENTO):
        trovati.append("differenziazione: punti e quota vanno da 0 a 100.")
    return trovati


def _di_categoria(una: Categoria, regole: RegoleIndividuali) -> Iterable[str]:
    dove = f"categoria «{una.nome or una.codice}»"
    if not una.codice or not una.nome.strip():
        yield f"{dove}: servono codice e nome."
    pesi = (una.risultati, una.contributo, una.scheda, una.individuali)
    if any(not ZERO <= peso <= CENTO for peso in pesi):
        yield f"{dove}: i pesi vanno da 0 a 100."
    if una.risultati + una.contributo != CENTO:
        yield (f"{dove}: area dei risultati e area del contributo fanno "
               f"{numero(una.risultati + una.contributo)}, non 100.")  # fmt: skip
    if una.risultati and una.scheda + una.individuali != CENTO:
        yield (f"{dove}: scheda di budget e obiettivi individuali fanno "
               f"{numero(una.scheda + una.individuali)}, non 100.")  # fmt: skip
    if una.contributo:
        yield from _dei_comportamenti(una, regole, dove)
    yield from _di_scala(f"{dove}, scala", una.scala)


def _dei_comportamenti(una: Categoria, regole: RegoleIndividuali, dove: str) -> Iterable[str]:
    if not una.comportamenti:
        yield f"{dove}: l'area del contributo pesa, ma non ha comportamenti."
        return
    if not regole.scala_di(una):
        yield f"{dove}: manca la scala dei comportamenti."
    if any(not uno.codice or not uno.nome.strip() for uno in una.comportamenti):
        yield f"{dove}: ogni comportamento ha codice e nome."
    yield from _ripetuti(f"{dove}, comportamenti", [uno.codice for uno in una.comportamenti])
    totale = sum((uno.peso for uno in una.comportamenti), ZERO)
    if totale != CENTO or any(uno.peso <= ZERO for uno in una.comportamenti):
        yield (f"{dove}: i pesi dei comportamenti, tutti sopra lo zero, fanno "
               f"{numero(totale)}, non 100.")  # fmt: skip


def _di_scala(dove: str, scala: Sequence[LivelloScala]) -> Iterable[str]:
    if not scala:
        return
    if len(scala) < 2:
        yield f"{dove}: servono almeno due livelli."
    if any(not uno.codice or not uno.nome.strip() for uno in scala):
        yield f"{dove}: ogni livello ha codice e nome."
    yield from _ripetuti(dove, [uno.codice for uno in scala])
    if any(not ZERO <= uno.punti <= CENTO for uno in scala):
        yield f"{dove}: i punti di un livello vanno da 0 a 100."
    if any(dopo.punti <= prima.punti for prima, dopo in pairwise(scala)):
        yield f"{dove}: i livelli vanno dal più basso al più alto, con punti che crescono."


def _ripetuti(dove: str, codici: Sequence[str]) -> list[str]:
    ripetuti = sorted({uno for uno in codici if codici.count(uno) > 1})
    return [f"{dove}: il codice «{uno}» è ripetuto." for uno in ripetuti]
