# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the rules of an edition, and what is still missing to put it in force."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from conciliazione.calcolo.edizione import Natura, Parametri, Regola
from conciliazione.calcolo.importi import CENTO, ZERO

GIORNI_MASSIMI = 365
PERCENTUALI = ("quota_sistema", "quota_massima", "cofinanziamento_minimo")
IMPORTI = ("contributo_massimo", "valore_minimo", "punteggio_minimo")


def problemi(regole: Parametri) -> list[str]:
    """Everything that contradicts something, one Italian sentence each, with its field."""
    trovati = [] if regole.nome.strip() else ["nome: manca."]
    for campo in PERCENTUALI:
        trovati += _soglia(campo, getattr(regole, campo), CENTO)
    for campo in IMPORTI:
        trovati += _soglia(campo, getattr(regole, campo), None)
    trovati += _delle_quote(regole)
    trovati += _del_capofila(regole)
    trovati += _del_catalogo(regole)
    trovati += _delle_riserve(regole)
    trovati += _delle_dimensioni(regole)
    trovati += _dei_criteri(regole)
    trovati += _degli_elenchi(regole)
    trovati += _delle_riunioni(regole)
    trovati += _delle_rate(regole)
    return trovati


def mancanze(regole: Parametri) -> list[str]:
    """What an edition needs before it is in force; a draft may lack it."""
    dovuti = {
        "catalogo": "Il catalogo degli interventi è vuoto.",
        "finalita": "Non c'è nessuna finalità.",
        "criteri": "Non c'è nessun criterio di valutazione.",
        "indicatori": "Non c'è nessun indicatore di monitoraggio.",
        "rate": "Non si dice in quante rate si paga il contributo.",
        "categorie_costo": "Non si dice in quali categorie si scrivono i costi.",
    }
    return [detto for campo, detto in dovuti.items() if not getattr(regole, campo)]


def _soglia(campo: str, regola: Regola, massimo: Decimal | None) -> Iterable[str]:
    if regola.valore is None:
        return
    if regola.valore < ZERO or (massimo is not None and regola.valore > massimo):
        fino = f" a {massimo}" if massimo is not None else " in su"
        yield f"{campo}.valore: va da 0{fino}."
    if not regola.fonte.strip():
        yield f"{campo}.fonte: scrivi da quale articolo viene."


def _delle_quote(regole: Parametri) -> Iterable[str]:
    massima, minimo = regole.quota_massima.valore, regole.cofinanziamento_minimo.valore
    if massima is not None and minimo is not None and massima + minimo > CENTO:
        yield (
            f"cofinanziamento_minimo.valore: con un contributo fino al {massima} % non può esserci "
            f"sempre un cofinanziamento del {minimo} %, insieme superano 100."
        )


def _del_capofila(regole: Parametri) -> Iterable[str]:
    if not regole.capofila.nature:
        yield "capofila.nature: qualcuno deve poter essere capofila."
    private = {Natura.NON_PROFIT, Natura.PROFIT} & set(regole.capofila.nature)
    if regole.capofila.garanti and not private:
        yield "capofila.garanti: servono solo se anche un privato può essere capofila."


def _del_catalogo(regole: Parametri) -> Iterable[str]:
    codici = [una.codice for una in regole.catalogo]
    codici += [voce.codice for una in regole.catalogo for voce in una.interventi]
    yield from _ripetuti("catalogo", codici)
    for una in regole.catalogo:
        nomi = [(una.codice, una.nome), *((voce.codice, voce.nome) for voce in una.interventi)]
        if any(not codice or not nome.strip() for codice, nome in nomi):
            yield f"catalogo «{una.nome or una.codice}»: ogni voce ha codice e nome."


def _delle_riserve(regole: Parametri) -> Iterable[str]:
    yield from _ripetuti("riserve", [una.codice for una in regole.riserve])
    note = {una.codice for una in regole.catalogo}
    for una in regole.riserve:
        dove = f"riserve «{una.nome or una.codice}»"
        if not una.codice.strip() or not una.nome.strip():
            yield "riserve: ogni riserva ha codice e nome."
        if not ZERO < una.quota <= CENTO:
            yield f"{dove}: la quota va da più di 0 a 100."
        if not una.categorie:
            yield f"{dove}: non dice per quali categorie è."
        yield from _sconosciute(dove, una.categorie, note)
        if not una.fonte.strip():
            yield f"{dove}: scrivi da quale articolo viene."
    if sum((una.quota for una in regole.riserve), ZERO) > CENTO:
        yield "riserve: insieme superano il 100 %."


def _delle_dimensioni(regole: Parametri) -> Iterable[str]:
    note = {una.codice for una in regole.catalogo}
    for posto, una in enumerate(regole.dimensioni, 1):
        dove = f"dimensioni[{posto}]"
        if not una.categorie or not una.dimensioni:
            yield f"{dove}: servono le categorie di intervento e le dimensioni d'impresa."
        if not ZERO <= una.quota <= CENTO:
            yield f"{dove}.quota: va da 0 a 100."
        yield from _sconosciute(dove, una.categorie, note)


def _dei_criteri(regole: Parametri) -> Iterable[str]:
    yield from _ripetuti("criteri", [uno.codice for uno in regole.criteri])
    for uno in regole.criteri:
        if not uno.codice or not uno.nome.strip():
            yield "criteri: ogni criterio ha codice e nome."
        if uno.punti is not None and uno.punti <= ZERO:
            yield f"criteri «{uno.nome}»: i punti sono più di zero."
    minimo = regole.punteggio_minimo.valore
    ordinari = [uno.punti for uno in regole.criteri if not uno.premiale]
    if minimo is not None and None not in ordinari:
        massimo = sum((punti for punti in ordinari if punti is not None), ZERO)
        if minimo > massimo:
            yield (f"punteggio_minimo.valore: i criteri ordinari danno al massimo {massimo} "
                   "punti.")  # fmt: skip


def _degli_elenchi(regole: Parametri) -> Iterable[str]:
    for campo in ("finalita", "indicatori", "scadenze", "categorie_costo"):
        voci = getattr(regole, campo)
        yield from _ripetuti(campo, [una.codice for una in voci])
        if any(not una.codice or not una.nome.strip() for una in voci):
            yield f"{campo}: ogni voce ha codice e nome."
    for una in regole.categorie_costo:
        if una.massimo is not None and not ZERO <= una.massimo <= CENTO:
            yield f"categorie_costo «{una.nome}»: il massimo va da 0 a 100."


def _delle_riunioni(regole: Parametri) -> Iterable[str]:
    for organo in ("comitato", "rete"):
        sue = getattr(regole, organo)
        for campo in ("preavviso", "riunioni"):
            if not 0 <= getattr(sue, campo) <= GIORNI_MASSIMI:
                yield f"{organo}.{campo}: da 0 a {GIORNI_MASSIMI}."
    if not ZERO < regole.rete.richiedenti <= CENTO:
        yield "rete.richiedenti: da più di 0 a 100."
    if not 0 <= regole.rete.anticipo <= GIORNI_MASSIMI:
        yield f"rete.anticipo: da 0 a {GIORNI_MASSIMI}."
    if not 1 <= regole.rete.mesi_composizione <= 12:
        yield "rete.mesi_composizione: da 1 a 12."


def _delle_rate(regole: Parametri) -> Iterable[str]:
    if not regole.rate:
        return
    yield from _ripetuti("rate", [una.codice for una in regole.rate])
    for una in regole.rate:
        if not una.codice or not una.nome.strip():
            yield "rate: ogni rata ha codice e nome."
        if not ZERO < una.quota <= CENTO or not ZERO <= una.spesa <= CENTO:
            yield f"rate «{una.nome}»: quota e spesa vanno da 0 a 100, la quota più di 0."
    totale = sum((una.quota for una in regole.rate), ZERO)
    if totale != CENTO:
        yield f"rate: le quote fanno {totale}, non 100."


def _sconosciute(dove: str, categorie: Sequence[str], note: set[str]) -> Iterable[str]:
    for codice in categorie:
        if codice not in note:
            yield f"{dove}: la categoria «{codice}» non è nel catalogo."


def _ripetuti(dove: str, codici: Sequence[str]) -> list[str]:
    ripetuti = sorted({uno for uno in codici if codici.count(uno) > 1})
    return [f"{dove}: il codice «{uno}» è ripetuto." for uno in ripetuti]
