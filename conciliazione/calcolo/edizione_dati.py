# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of an edition to and from plain JSON data, checked as a whole."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from conciliazione.calcolo.controlli import problemi
from conciliazione.calcolo.edizione import (
    Categoria,
    CategoriaCosto,
    CriterioEdizione,
    Dimensione,
    Garante,
    Grandezza,
    Gruppo,
    IndicatoreEdizione,
    Maggioranza,
    Natura,
    Parametri,
    ParametriNonValidi,
    Parita,
    Quorum,
    Rata,
    Regola,
    RegolaCapofila,
    RegolaDimensioni,
    RegolaSiNo,
    RegoleComitato,
    RegoleRete,
    Riserva,
    Scadenza,
    Voce,
)
from conciliazione.calcolo.importi import ZERO
from obiettivi.calcolo.lettore import Lettore, semplice

SCHEMA = "albero/edizione-conciliazione/1"


def come_dati(regole: Parametri) -> dict[str, Any]:
    """Plain data, ready for ``json.dumps``; ``da_dati`` gives the same rules back."""
    return {"schema": SCHEMA} | semplice(regole)


def da_dati(dati: Mapping[str, Any]) -> Parametri:
    """Read and check the rules.

    :raises ParametriNonValidi: with every problem found, each naming its field.
    """
    lettore = Lettore(dati)
    regole = _leggi(lettore)
    lettore.resto()
    trovati = lettore.problemi or problemi(regole)
    if trovati:
        raise ParametriNonValidi(trovati)
    return regole


def _leggi(lettore: Lettore) -> Parametri:
    if lettore.testo("schema", SCHEMA) != SCHEMA:
        lettore.problemi.append(f"schema: serve «{SCHEMA}».")
    return Parametri(
        nome=lettore.testo("nome"),
        fonte=lettore.testo("fonte"),
        quota_sistema=lettore.oggetto("quota_sistema", _regola, Regola()),
        riserve=lettore.lista("riserve", _riserva),
        quota_massima=lettore.oggetto("quota_massima", _regola, Regola()),
        contributo_massimo=lettore.oggetto("contributo_massimo", _regola, Regola()),
        valore_minimo=lettore.oggetto("valore_minimo", _regola, Regola()),
        cofinanziamento_minimo=lettore.oggetto("cofinanziamento_minimo", _regola, Regola()),
        adesione_alla_rete=lettore.oggetto("adesione_alla_rete", _si_no, RegolaSiNo()),
        astensione=lettore.oggetto("astensione", _si_no, RegolaSiNo()),
        capofila=lettore.oggetto("capofila", _capofila, RegolaCapofila()),
        dimensioni=lettore.lista("dimensioni", _dimensioni),
        finalita=lettore.lista("finalita", _voce),
        catalogo=lettore.lista("catalogo", _categoria),
        criteri=lettore.lista("criteri", _criterio),
        punteggio_minimo=lettore.oggetto("punteggio_minimo", _regola, Regola()),
        indicatori=lettore.lista("indicatori", _indicatore),
        scadenze=lettore.lista("scadenze", _scadenza),
        comitato=lettore.oggetto("comitato", _comitato, RegoleComitato()),
        rete=lettore.oggetto("rete", _rete, RegoleRete()),
        rate=lettore.lista("rate", _rata),
        categorie_costo=lettore.lista("categorie_costo", _categoria_costo),
    )


def _bool(lettore: Lettore, campo: str) -> bool:
    valore = lettore.dati.pop(campo, False)
    if not isinstance(valore, bool):
        lettore.problemi.append(f"{lettore.dove}.{campo}: serve sì o no.")
        return False
    return valore


def _regola(lettore: Lettore) -> Regola:
    return Regola(lettore.decimale_o_nulla("valore", None), lettore.testo("fonte"))


def _si_no(lettore: Lettore) -> RegolaSiNo:
    return RegolaSiNo(_bool(lettore, "valore"), lettore.testo("fonte"))


def _riserva(lettore: Lettore) -> Riserva:
    return Riserva(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        quota=lettore.decimale("quota", ZERO),
        categorie=lettore.testi("categorie"),
        fonte=lettore.testo("fonte"),
    )


def _capofila(lettore: Lettore) -> RegolaCapofila:
    return RegolaCapofila(
        nature=lettore.scelte("nature", Natura, (Natura.PUBBLICA,)),
        garanti=lettore.scelte("garanti", Garante, ()),
        fonte=lettore.testo("fonte"),
    )


def _dimensioni(lettore: Lettore) -> RegolaDimensioni:
    return RegolaDimensioni(
        categorie=lettore.testi("categorie"),
        dimensioni=lettore.scelte("dimensioni", Dimensione, ()),
        quota=lettore.decimale("quota", ZERO),
        fonte=lettore.testo("fonte"),
    )


def _voce(lettore: Lettore) -> Voce:
    return Voce(lettore.testo("codice"), lettore.testo("nome"))


def _categoria(lettore: Lettore) -> Categoria:
    return Categoria(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        interventi=lettore.lista("interventi", _voce),
        tempi=_bool(lettore, "tempi"),
        fonte=lettore.testo("fonte"),
    )


def _criterio(lettore: Lettore) -> CriterioEdizione:
    return CriterioEdizione(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        punti=lettore.decimale_o_nulla("punti", None),
        premiale=_bool(lettore, "premiale"),
        fonte=lettore.testo("fonte"),
    )


def _indicatore(lettore: Lettore) -> IndicatoreEdizione:
    return IndicatoreEdizione(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        gruppo=lettore.scelta_dovuta("gruppo", Gruppo.PIANO),
        numeratore=lettore.scelta_dovuta("numeratore", Grandezza.PROGETTI),
        denominatore=lettore.scelta_o_nulla("denominatore", Grandezza),
        per_azione=_bool(lettore, "per_azione"),
        per_tipologia=_bool(lettore, "per_tipologia"),
        fonte=lettore.testo("fonte"),
    )


def _scadenza(lettore: Lettore) -> Scadenza:
    return Scadenza(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        giorno=_giorno(lettore, "giorno"),
        fonte=lettore.testo("fonte"),
    )


def _giorno(lettore: Lettore, campo: str) -> date | None:
    valore = lettore.dati.pop(campo, None)
    if valore is None:
        return None
    try:
        return date.fromisoformat(valore)
    except (TypeError, ValueError):
        lettore.problemi.append(
            f"{lettore.dove}.{campo}: «{valore}» non è un giorno (anno-mese-giorno)."
        )
        return None


def _comitato(lettore: Lettore) -> RegoleComitato:
    base = RegoleComitato()
    return RegoleComitato(
        preavviso=lettore.intero("preavviso", base.preavviso),
        riunioni=lettore.intero("riunioni", base.riunioni),
        quorum=lettore.scelta("quorum", Quorum(base.quorum)),
        maggioranza=lettore.scelta("maggioranza", Maggioranza(base.maggioranza)),
        parita=lettore.scelta("parita", Parita(base.parita)),
        urgenza=_bool(lettore, "urgenza"),
        fonte=lettore.testo("fonte"),
    )


def _rete(lettore: Lettore) -> RegoleRete:
    base = RegoleRete()
    return RegoleRete(
        preavviso=lettore.intero("preavviso", base.preavviso),
        riunioni=lettore.intero("riunioni", base.riunioni),
        richiedenti=lettore.decimale("richiedenti", base.richiedenti),
        anticipo=lettore.intero("anticipo", base.anticipo),
        mesi_composizione=lettore.intero("mesi_composizione", base.mesi_composizione),
        urgenza=_bool(lettore, "urgenza"),
        fonte=lettore.testo("fonte"),
    )


def _rata(lettore: Lettore) -> Rata:
    return Rata(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        quota=lettore.decimale("quota", ZERO),
        spesa=lettore.decimale("spesa", ZERO),
        fonte=lettore.testo("fonte"),
    )


def _categoria_costo(lettore: Lettore) -> CategoriaCosto:
    return CategoriaCosto(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        massimo=lettore.decimale_o_nulla("massimo", None),
        fonte=lettore.testo("fonte"),
    )
