# SPDX-License-Identifier: AGPL-3.0-or-later
"""Phrase trees of ``grammatica.lark`` → facts (``fatti``): one method for each rule."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from lark import Token, Transformer, Tree
from lark.exceptions import VisitError

from obiettivi.calcolo.letture import Comparatore, Verso

from . import numeri
from .fatti import (
    Assente,
    Base,
    DaDefinire,
    Fascia,
    Fatto,
    Guasto,
    Periodo,
    Riferimento,
    Risposta,
    Tendenza,
    Termine,
    Valore,
)

_COMPARATORI = {
    "MAGGIORE_UGUALE": Comparatore.MAGGIORE_UGUALE,
    "MAGGIORE": Comparatore.MAGGIORE,
    "MINORE_UGUALE": Comparatore.MINORE_UGUALE,
    "MINORE": Comparatore.MINORE,
    "UGUALE": Comparatore.UGUALE,
    "ENTRO": Comparatore.MINORE_UGUALE,
    "E_OLTRE": Comparatore.MAGGIORE_UGUALE,
    "E_MENO": Comparatore.MINORE_UGUALE,
}
_VERSI = {
    "RIDUZIONE": Verso.DECRESCENTE,
    "INCREMENTO": Verso.CRESCENTE,
    "MANTENIMENTO": Verso.MANTENIMENTO,
}


@dataclass(frozen=True)
class _Quantita:
    valore: Decimal
    unita: str
    stampato: str
    dubbi: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Confronto:
    comparatore: Comparatore
    entro: bool
    dubbi: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Frazione:
    """``30/6`` or ``4/5``: a day only after "entro", "al" or where it can be one at most."""

    primo: str
    secondo: str

    def e_data(self, confronto: "_Confronto | Token") -> bool:
        if not isinstance(confronto, _Confronto) or confronto.entro:
            return True
        massimo = confronto.comparatore in (Comparatore.MINORE_UGUALE, Comparatore.MINORE)
        return massimo and 1 <= int(self.secondo) <= 12


_CIRCA = "il valore è indicato come approssimato"


class _Traduttore(Transformer[Token, Fatto]):
    """Phrase trees → facts; an untrustworthy figure raises ``Illeggibile``."""

    def confronto(self, figli: list[Token]) -> _Confronto:
        circa = any(figlio.type == "CIRCA" for figlio in figli)
        primo = figli[0].type
        return _Confronto(_COMPARATORI[primo], primo == "ENTRO", (_CIRCA,) if circa else ())

    def suffisso(self, figli: list[Token]) -> _Confronto:
        return _Confronto(_COMPARATORI[figli[0].type], False)

    def segno(self, figli: list[Token]) -> Token:
        return figli[0]

    def unita(self, figli: list[Token | str]) -> str:
        return figli[0] if type(figli[0]) is str else numeri.unita(str(figli[0]))

    def tempo(self, figli: list[Token]) -> str:
        nome = numeri.unita(figli[0])
        lavorativi = len(figli) > 1 and re.match(r"lav|fer", figli[1].lower())
        return f"{nome} lavorativi" if nome == "gg" and lavorativi else nome

    def quantita(self, figli: list[Token | str]) -> _Quantita:
        unita, fattore, letto, stampato = "", Decimal(1), numeri.Numero(Decimal(0)), ""
        for figlio in figli:
            tipo = getattr(figlio, "type", "unita")
            if tipo == "NUMERO":
                letto, stampato = numeri.numero(figlio), str(figlio)
            elif tipo == "MULTIPLO":
                fattore = numeri.multiplo(figlio)
            elif tipo not in ("DI", "RIPETUTO"):
                unita = str(figlio) if tipo == "unita" else numeri.unita(figlio)
        # "€ 1.205" can only be thousands: nobody prints money with three decimals.
        dubbi = (letto.dubbio,) if letto.dubbio and unita != "€" else ()
        return _Quantita(numeri.per(letto.valore, fattore), unita, stampato, dubbi)

    def confrontato(self, figli: list) -> Fatto:
        confronto, quantita = figli[0], figli[-1]
        meno = len(figli) == 3 and figli[1] == "-"
        if confronto.entro and not quantita.unita and (data := _giorno_puntato(quantita.stampato)):
            return Termine(data.iso, (*_dubbi(data), f"«{quantita.stampato}» è letto come data"))
        return Valore(
            confronto.comparatore,
            -quantita.valore if meno else quantita.valore,
            quantita.unita,
            nudo=confronto.comparatore is Comparatore.UGUALE,
            entro=confronto.entro,
            segno=str(figli[1]) if len(figli) == 3 else "",
            a_tempo=quantita.unita in numeri.TEMPI,
            dubbi=confronto.dubbi + quantita.dubbi,
        )

    def nudo(self, figli: list) -> Fatto:
        circa = (_CIRCA,) if len(figli) == 2 else ()
        uguale = _Confronto(Comparatore.UGUALE, False, circa)
        return self.confrontato([uguale, *(f for f in figli if isinstance(f, _Quantita))])

    def seguito(self, figli: list) -> Fatto:
        return self.confrontato([figli[1], figli[0]])

    def in_lettere(self, figli: list) -> Fatto:
        confronto = figli[0]
        if not isinstance(confronto, _Confronto):
            confronto, figli = _Confronto(Comparatore.UGUALE, False), [None, *figli]
        unita = self.unita(figli[2:]) if len(figli) > 2 else ""
        quantita = _Quantita(numeri.numero(figli[1]).valore, unita, str(figli[1]))
        return self.confrontato([confronto, quantita])

    def variazione(self, figli: list) -> Fatto:
        uguale = _Confronto(Comparatore.UGUALE, False)
        return self.confrontato([uguale, *figli])

    def variazione_dopo(self, figli: list) -> Fatto:
        quantita, parola = figli
        uguale = _Confronto(Comparatore.UGUALE, False)
        segno = "+" if parola.type == "IN_PIU" else "-"
        letto = self.confrontato([uguale, segno, quantita])
        return replace(letto, movimento=True) if isinstance(letto, Valore) else letto

    def fascia(self, figli: list) -> Fascia:
        primo, ultimo = (figlio for figlio in figli if isinstance(figlio, _Quantita))
        da_a = any(getattr(figlio, "type", "") == "DA" for figlio in figli)
        dubbi = ("«da … a …» può indicare un passaggio e non un intervallo",) if da_a else ()
        return _fascia(primo, ultimo, dubbi + primo.dubbi + ultimo.dubbi)

    def fascia_incognita(self, figli: list) -> Fascia:
        stretti = {figli[1], figli[3]} != {Comparatore.MINORE_UGUALE}
        dubbi = ("almeno un estremo è escluso",) if stretti else ()
        return _fascia(figli[0], figli[-1], dubbi)

    def confine(self, figli: list[Token]) -> Comparatore:
        return _COMPARATORI[figli[0].type]

    def tolleranza(self, figli: list) -> Fatto:
        quantita = [figlio for figlio in figli if isinstance(figlio, _Quantita)]
        if len(quantita) == 1:
            solo = quantita[0]
            dubbi = ("la tolleranza ± non dice rispetto a quale valore", *solo.dubbi)
            return Fascia(-solo.valore, solo.valore, solo.unita, dubbi)
        centro, scarto = quantita
        ampiezza, dubbi = scarto.valore, centro.dubbi + scarto.dubbi
        if scarto.unita == "%" and centro.unita != "%":
            ampiezza = centro.valore * scarto.valore / 100
            dubbi = (*dubbi, "la tolleranza in % è letta come parte del valore centrale")
        elif scarto.unita == "%":
            dubbi = (*dubbi, "la tolleranza in % è letta in punti percentuali")
        return Fascia(
            centro.valore - ampiezza, centro.valore + ampiezza, centro.unita or scarto.unita, dubbi
        )

    def frazione(self, figli: list) -> Guasto:
        return Guasto(f"«{figli[0]}» può essere una frazione, una data o due valori", grave=False)

    def data_certa(self, figli: list[Token]) -> numeri.Giorno:
        token = figli[0]
        if token.type == "DATA":
            quanto, quale_mese, anno = re.findall(r"\d+", token)
            return numeri.giorno(int(quanto), int(quale_mese), anno)
        parti = re.fullmatch(r"(\d+)\D*?([^\W\d_]{3,})\D*(\d{4})?", token)
        quanto, nome, anno = parti.groups() if parti else ("0", "gennaio", None)
        return numeri.giorno(int(quanto), numeri.mese(nome), anno)

    def data(self, figli: list) -> numeri.Giorno | Periodo | _Frazione:
        figlio = figli[0]
        if not isinstance(figlio, Token):
            return figlio
        anno = (re.findall(r"\d{4}", figlio) or [None])[0]
        return numeri.giorno(31, 12, anno)

    def data_breve(self, figli: list[Token]) -> _Frazione:
        return _Frazione(*re.findall(r"\d+", figli[0]))

    def zero(self, _figli: list[Token]) -> Valore:
        return Valore(Comparatore.UGUALE, Decimal(0), nudo=True)

    def scadenza(self, figli: list) -> Fatto:
        confronto, quando = figli[0], figli[-1]
        if isinstance(quando, Periodo):
            anno_solo = re.fullmatch(r"\d{4}", quando.codice)
            if anno_solo and isinstance(confronto, _Confronto) and not confronto.entro:
                return Base(quando.codice, confronto.comparatore)
            quando = numeri.fine_periodo(quando.codice)
        if isinstance(quando, _Frazione):
            if not quando.e_data(confronto):
                su = f"su {quando.secondo}"
                return Valore(confronto.comparatore, numeri.numero(quando.primo).valore, su)
            quando = numeri.giorno(int(quando.primo), int(quando.secondo), None)
        dubbi = _dubbi(quando)
        comparatore = getattr(confronto, "comparatore", Comparatore.MINORE_UGUALE)
        if comparatore in (Comparatore.MAGGIORE, Comparatore.MAGGIORE_UGUALE):
            dubbi = (*dubbi, "la data è indicata come inizio e non come scadenza")
        return Termine(quando.iso, dubbi)

    def data_nuda(self, figli: list[numeri.Giorno]) -> Termine:
        return Termine(figli[0].iso, (*_dubbi(figli[0]), "la data è letta come scadenza"))

    def periodo(self, figli: list[Token]) -> Periodo:
        anno = next((cifre[0] for f in figli if (cifre := re.findall(r"\d{4}", f))), "")
        mese = next((f for f in figli if f.type == "MESE"), "")
        parte = next((_parte(f) for f in figli if f.type == "PERIODO"), "")
        if mese:
            parte = f"M{_numero_mese(mese):02}"
        return Periodo("-".join(filter(None, (anno, parte))), " ".join(figli))

    def base(self, figli: list) -> Base:
        confronto = figli[0] if isinstance(figli[0], _Confronto) else None
        in_linea = any(str(figlio).lower().startswith("in linea") for figlio in figli)
        nome = re.sub(r"^(?:anno|esercizio)\s+(?=\d)", "", str(figli[-1]), flags=re.IGNORECASE)
        return Base(nome, confronto.comparatore if confronto else None, in_linea)

    def riferimento(self, figli: list) -> Riferimento:
        confronto = figli[0] if isinstance(figli[0], _Confronto) else None
        return Riferimento(str(figli[-1]), confronto.comparatore if confronto else None)

    def tendenza(self, figli: list) -> Tendenza:
        return next(figlio for figlio in figli if isinstance(figlio, Tendenza))

    def direzione(self, figli: list[Token]) -> Tendenza:
        return Tendenza(str(figli[0]), _VERSI.get(figli[0].type))

    def risposta(self, figli: list[Token]) -> Risposta:
        return Risposta({"SI": True, "NO": False}.get(figli[0].type))

    def da_definire(self, _figli: list[Token]) -> DaDefinire:
        return DaDefinire()

    def assente(self, _figli: list[Token]) -> Assente:
        return Assente()


def _dubbi(data: numeri.Giorno) -> tuple[str, ...]:
    return (data.dubbio,) if data.dubbio else ()


def _giorno_puntato(stampato: str) -> numeri.Giorno | None:
    """``30.06`` after "entro" is a day, not thirty and six hundredths."""
    if not re.fullmatch(r"\d{1,2}\.(?:0[1-9]|1[0-2])", stampato):
        return None
    quanto, quale_mese = stampato.split(".")
    return numeri.giorno(int(quanto), int(quale_mese), None)


def _fascia(primo: _Quantita, ultimo: _Quantita, dubbi: tuple[str, ...]) -> Fascia:
    if primo.unita and ultimo.unita and primo.unita != ultimo.unita:
        raise numeri.Illeggibile(
            f"gli estremi dell'intervallo hanno unità diverse ({primo.unita}, {ultimo.unita})"
        )
    if primo.valore > ultimo.valore:
        raise numeri.Illeggibile(
            f"gli estremi dell'intervallo sono invertiti ({primo.stampato}, {ultimo.stampato})"
        )
    return Fascia(primo.valore, ultimo.valore, ultimo.unita or primo.unita, dubbi)


def _numero_mese(token: str) -> int:
    """1-12 from ``fine giugno 2023`` or ``06/2023``."""
    if numerico := re.match(r"(\d{1,2})\s?/", token):
        return int(numerico[1])
    return numeri.mese(re.sub(r"\d|\b(?:fine|mese|di|del|il)\b", " ", token.lower()))


def _parte(token: str) -> str:
    """The code of a printed period: ``2° trim.`` → T2, ``I semestre`` → S1, ``T3`` → T3."""
    testo = token.lower()
    parola = re.search(r"trim|sem|quad|^[tqs]", testo)
    lettera = parola[0][0].upper() if parola else "T"
    resto = re.sub(r"trim\w*\.?|sem\w*\.?|quad\w*\.?|^[tqs]\.?", "", testo)
    if lettera == "Q" and "quad" not in testo:
        lettera = "T"
    quale = numeri.ordinale(resto)
    if quale > numeri.PARTI_DELL_ANNO[lettera]:
        raise numeri.Illeggibile(f"«{token}» non esiste nell'anno")
    return f"{lettera}{quale}"


_TRADUTTORE = _Traduttore()


def traduci(albero: Tree[Token]) -> Fatto:
    """The fact that a phrase states; a figure that cannot be trusted becomes a ``Guasto``."""
    try:
        return _TRADUTTORE.transform(albero)
    except VisitError as errore:
        if isinstance(errore.orig_exc, numeri.Illeggibile):
            return Guasto(str(errore.orig_exc))
        raise
