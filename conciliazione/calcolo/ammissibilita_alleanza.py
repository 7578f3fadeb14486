# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules on who is in an Alleanza: who leads it, beside whom, of which sizes."""

from collections.abc import Iterator
from decimal import Decimal

from conciliazione.calcolo.candidatura import Candidatura, Soggetto, Verifica, in_percento
from conciliazione.calcolo.edizione import Garante, Natura, Parametri, RegolaDimensioni
from conciliazione.calcolo.importi import quota

NATURE = {
    Natura.PUBBLICA: "pubblico",
    Natura.NON_PROFIT: "privato senza scopo di lucro",
    Natura.PROFIT: "privato con scopo di lucro",
}
GARANTI = {Garante.ENTE_LOCALE: "un ente pubblico locale", Garante.AMBITO: "un ambito"}


def dell_alleanza(cosa: Candidatura, regole: Parametri) -> Iterator[Verifica]:
    """Who leads, beside whom, whether all are in the network and said yes, the sizes."""
    yield _del_capofila(cosa, regole)
    if cosa.capofila.natura is not Natura.PUBBLICA and regole.capofila.garanti:
        yield _del_garante(cosa, regole)
    yield _delle_conferme(cosa)
    if regole.adesione_alla_rete.valore:
        yield _della_rete(cosa, regole)
    usate = {una.codice for azione in cosa.azioni if (una := regole.categoria(azione.intervento))}
    for regola in regole.dimensioni:
        if usate & set(regola.categorie):
            yield from _delle_dimensioni(cosa, regola)


def _del_capofila(cosa: Candidatura, regole: Parametri) -> Verifica:
    ammesse = " o ".join(NATURE[una] for una in regole.capofila.nature)
    return Verifica(
        "capofila",
        f"Il capofila è un ente {ammesse}",
        regole.capofila.fonte,
        cosa.capofila.natura in regole.capofila.nature,
        f"{cosa.capofila.nome} è {NATURE[cosa.capofila.natura]}",
    )


def _del_garante(cosa: Candidatura, regole: Parametri) -> Verifica:
    """Only who said yes guarantees."""
    chi = [uno.nome for uno in cosa.partner if uno.confermato and _garantisce(uno, regole)]
    richiesti = " o ".join(GARANTI[uno] for uno in regole.capofila.garanti)
    return Verifica(
        "garante",
        f"Un capofila privato ha fra i partner {richiesti}",
        regole.capofila.fonte,
        bool(chi),
        f"{cosa.capofila.nome} è privato, fra i partner confermati "
        + (f"c'è {', '.join(chi)}" if chi else "non ce n'è nessuno"),
    )


def _garantisce(uno: Soggetto, regole: Parametri) -> bool:
    return (Garante.ENTE_LOCALE in regole.capofila.garanti and uno.ente_locale) or (
        Garante.AMBITO in regole.capofila.garanti and uno.ambito
    )


def _delle_conferme(cosa: Candidatura) -> Verifica:
    mancano = [uno.nome for uno in cosa.partner if not uno.confermato]
    return Verifica(
        "conferme",
        "Ogni partner invitato ha confermato",
        "Regola del programma",
        not mancano,
        f"non ha ancora risposto: {', '.join(mancano)}"
        if mancano
        else f"partner confermati {len(cosa.partner)}",
    )


def _della_rete(cosa: Candidatura, regole: Parametri) -> Verifica:
    fuori = [uno.nome for uno in (cosa.capofila, *cosa.partner) if not uno.nella_rete]
    return Verifica(
        "adesione",
        "Capofila e partner hanno aderito alla Rete",
        regole.adesione_alla_rete.fonte,
        not fuori,
        f"non sono nella Rete: {', '.join(fuori)}"
        if fuori
        else f"nella Rete tutti e {len(cosa.partner) + 1}",
    )


def _delle_dimensioni(cosa: Candidatura, regola: RegolaDimensioni) -> Iterator[Verifica]:
    imprese = [uno for uno in (cosa.capofila, *cosa.partner) if uno.impresa]
    giuste = [uno for uno in imprese if uno.dimensione in regola.dimensioni]
    ignote = [uno.nome for uno in imprese if uno.dimensione is None]
    parte = quota(Decimal(len(giuste)), Decimal(len(imprese)))
    volute = ", ".join(una.value for una in regola.dimensioni)
    yield Verifica(
        f"dimensioni_{'_'.join(regola.categorie)}",
        f"Per gli interventi {', '.join(regola.categorie)} le imprese dell'Alleanza sono "
        f"{volute}; le altre solo se quelle sono almeno il {in_percento(regola.quota)}",
        regola.fonte,
        not ignote and (parte is None or parte >= regola.quota),
        f"{volute}: {len(giuste)} imprese su {len(imprese)}"
        + (f", {in_percento(parte)}" if parte is not None else "")
        + (f"; non si conosce la dimensione di {', '.join(ignote)}" if ignote else ""),
    )
