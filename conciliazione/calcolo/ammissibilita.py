# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a proposal respects the rules of its edition: every rule, with its article and numbers.

What an edition does not say is not checked: without a ceiling on the contribution, 70,6 % is fine.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from conciliazione.calcolo.ammissibilita_alleanza import dell_alleanza
from conciliazione.calcolo.candidatura import Candidatura, Verifica, in_euro, in_percento
from conciliazione.calcolo.edizione import Parametri, Regola
from conciliazione.calcolo.importi import ZERO, quota, somma

PRODOTTO = "Regola del programma"


@dataclass(frozen=True)
class Periodo:
    """The years of the edition, as days: what is proposed happens between them."""

    dal: date
    al: date


def verifiche(cosa: Candidatura, regole: Parametri, periodo: Periodo) -> list[Verifica]:
    """Every check that the rules of the edition ask for, respected or not, in reading order."""
    return [
        *dell_alleanza(cosa, regole),
        *_del_contenuto(cosa, regole),
        *_delle_date(cosa, periodo),
        *_dei_costi(cosa, regole),
        *_del_contributo(cosa, regole),
    ]


def fallite(tutte: list[Verifica]) -> list[Verifica]:
    """Those that are not respected."""
    return [una for una in tutte if not una.rispettata]


def _del_contenuto(cosa: Candidatura, regole: Parametri) -> Iterator[Verifica]:
    note = {una.codice for una in regole.finalita}
    estranee = [uno for uno in cosa.finalita if uno not in note]
    if regole.finalita:
        yield Verifica(
            "finalita",
            "Almeno una finalità fra quelle dell'edizione",
            regole.fonte,
            bool(cosa.finalita) and not estranee,
            f"scelte {len(cosa.finalita)}"
            + (f", fuori elenco: {', '.join(estranee)}" if estranee else ""),
        )
    fuori = [
        una.titolo
        for una in cosa.azioni
        if not una.intervento or regole.categoria(una.intervento) is None
    ]
    if regole.catalogo:
        detto = f"azioni {len(cosa.azioni)}"
        yield Verifica(
            "catalogo",
            "Ogni azione è un intervento del catalogo, e ce n'è almeno una",
            _fonti(regole),
            bool(cosa.azioni) and not fuori,
            f"{detto}, senza un intervento del catalogo: «{'», «'.join(fuori)}»"
            if fuori
            else detto,
        )
    senza = [una.titolo for una in cosa.azioni if not una.persone and not una.imprese]
    yield Verifica(
        "beneficiari",
        "Ogni azione dice quante persone o quante imprese ne beneficiano",
        PRODOTTO,
        bool(cosa.azioni) and not senza,
        f"persone previste {sum(una.persone or 0 for una in cosa.azioni)}, "
        f"imprese {sum(una.imprese or 0 for una in cosa.azioni)}"
        + (f"; non lo dice: «{'», «'.join(senza)}»" if senza else ""),
    )


def _fonti(regole: Parametri) -> str:
    """Where the catalogue comes from, each source once."""
    return "; ".join(dict.fromkeys(una.fonte for una in regole.catalogo if una.fonte))


def _delle_date(cosa: Candidatura, periodo: Periodo) -> Iterator[Verifica]:
    detto = f"dal {_giorno(cosa.dal)} al {_giorno(cosa.al)}"
    yield Verifica(
        "date",
        f"Il progetto si svolge fra il {_giorno(periodo.dal)} e il {_giorno(periodo.al)}",
        "Periodo dell'edizione",
        cosa.dal is not None
        and cosa.al is not None
        and periodo.dal <= cosa.dal <= cosa.al <= periodo.al,
        detto,
    )
    fuori = [
        una.titolo
        for una in cosa.azioni
        if (una.dal and cosa.dal and una.dal < cosa.dal)
        or (una.al and cosa.al and una.al > cosa.al)
    ]
    yield Verifica(
        "date_azioni",
        "Le azioni si svolgono dentro le date del progetto",
        PRODOTTO,
        not fuori,
        f"fuori dalle date: «{'», «'.join(fuori)}»" if fuori else detto,
    )


def _giorno(giorno: date | None) -> str:
    return f"{giorno:%d/%m/%Y}" if giorno else "giorno non detto"


def _dei_costi(cosa: Candidatura, regole: Parametri) -> Iterator[Verifica]:
    note = {una.codice: una for una in regole.categorie_costo}
    righe = somma(una.costo for una in cosa.azioni)
    if cosa.costo_dichiarato is not None:
        differenza = cosa.costo_dichiarato - righe
        yield Verifica(
            "somma_costi",
            "Il costo complessivo dichiarato è la somma delle righe",
            PRODOTTO,
            differenza == ZERO,
            f"dichiarato {in_euro(cosa.costo_dichiarato)}, le righe fanno {in_euro(righe)}"
            + (f", differenza {in_euro(differenza)}" if differenza else ""),
        )
    else:
        yield Verifica(
            "somma_costi", "Il costo complessivo è dichiarato", PRODOTTO, False, "non è scritto"
        )
    senza = [una.titolo for una in cosa.azioni if not una.costo]
    yield Verifica(
        "costo_azioni",
        "Ogni azione ha il suo costo",
        PRODOTTO,
        not senza,
        f"senza costo: «{'», «'.join(senza)}»" if senza else f"le righe fanno {in_euro(righe)}",
    )
    for codice, importo in cosa.per_categoria.items():
        voce = note.get(codice)
        if voce is None or voce.massimo is None:
            continue
        parte = quota(importo, righe)
        yield Verifica(
            f"categoria_{codice}",
            f"«{voce.nome}» fino al {in_percento(voce.massimo)} del costo",
            voce.fonte,
            parte is None or parte <= voce.massimo,
            f"{in_euro(importo)} su {in_euro(righe)}: {in_percento(parte)}",
        )
    yield from _soglia_costo(righe, regole.valore_minimo)


def _soglia_costo(costo: Decimal, minimo: Regola) -> Iterator[Verifica]:
    if minimo.valore is not None:
        yield Verifica(
            "valore_minimo",
            f"Il progetto vale almeno {in_euro(minimo.valore)}",
            minimo.fonte,
            costo >= minimo.valore,
            f"costo {in_euro(costo)}",
        )


def _del_contributo(cosa: Candidatura, regole: Parametri) -> Iterator[Verifica]:
    costo, contributo = somma(una.costo for una in cosa.azioni), cosa.contributo
    yield Verifica(
        "contributo",
        "Il contributo richiesto è scritto, ed è più di zero",
        PRODOTTO,
        contributo is not None and contributo > ZERO,
        in_euro(contributo),
    )
    massimo = regole.contributo_massimo
    if massimo.valore is not None and contributo is not None:
        yield Verifica(
            "contributo_massimo",
            f"Il contributo è al massimo {in_euro(massimo.valore)}",
            massimo.fonte,
            contributo <= massimo.valore,
            f"richiesto {in_euro(contributo)}",
        )
    parte = quota(contributo, costo)
    if regole.quota_massima.valore is not None and contributo is not None:
        yield Verifica(
            "quota_massima",
            f"Il contributo è al massimo il {in_percento(regole.quota_massima.valore)} del costo",
            regole.quota_massima.fonte,
            parte is not None and parte <= regole.quota_massima.valore,
            f"{in_euro(contributo)} su {in_euro(costo)}: {in_percento(parte)}",
        )
    messa = quota(cosa.cofinanziamento, costo)
    minimo = regole.cofinanziamento_minimo
    if minimo.valore is not None:
        yield Verifica(
            "cofinanziamento_minimo",
            f"L'Alleanza cofinanzia almeno il {in_percento(minimo.valore)} del costo",
            minimo.fonte,
            messa is not None and messa >= minimo.valore,
            f"{in_euro(cosa.cofinanziamento)} su {in_euro(costo)}: {in_percento(messa)}",
        )
    coperto = somma((contributo, cosa.cofinanziamento))
    yield Verifica(
        "copertura",
        "Contributo e cofinanziamento fanno il costo",
        PRODOTTO,
        coperto == costo,
        f"{in_euro(contributo)} e {in_euro(cosa.cofinanziamento)} fanno {in_euro(coperto)}, "
        f"il costo è {in_euro(costo)}",
    )
