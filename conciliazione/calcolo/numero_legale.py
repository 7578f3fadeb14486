# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notice, quorum, majority and ties of the meetings, by the rules of an edition.

Each answer comes with the sentence that explains it: the pages and the minutes print it as it is.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from conciliazione.calcolo.edizione import Maggioranza, Parita, Quorum, RegoleComitato
from conciliazione.calcolo.importi import CENTO

FAVOREVOLE, CONTRARIO, ASTENUTO = "favorevole", "contrario", "astenuto"


@dataclass(frozen=True)
class Conta:
    """The votes of a question. ``capofila``: how the Capofila di Rete voted, "" if it did not."""

    componenti: int
    presenti: int
    favorevoli: int
    contrari: int
    astenuti: int
    capofila: str = ""

    @property
    def votanti(self) -> int:
        return self.favorevoli + self.contrari + self.astenuti


@dataclass(frozen=True)
class Decisione:
    """What came of a question: ``servivano`` are the votes of the majority."""

    approvata: bool
    servivano: int
    parita: bool
    spiegazione: str


def giorni_di_preavviso(convocata: date, riunione: date) -> int:
    """The days between the two: the first does not count, that of the meeting does."""
    return (riunione - convocata).days


def primo_giorno_utile(convocata: date, minimo: int) -> date:
    """The first day for which a meeting may be called on ``convocata``."""
    return convocata + timedelta(days=minimo)


def numero_legale(componenti: int, regola: Quorum) -> int:
    """How many members make a meeting valid: half of them plus one, or more than half.

    Of an odd number the half is that of the even number below, so both rules give the same: 16 of
    30, 15 of 28 and of 29. Nobody makes a meeting of no members valid.
    """
    if regola not in (Quorum.META_PIU_UNO, Quorum.MAGGIORANZA):
        raise ValueError(regola)
    return componenti // 2 + 1


def spiega_numero_legale(componenti: int, regola: Quorum) -> str:
    serve, meta = numero_legale(componenti, regola), componenti // 2
    if regola == Quorum.MAGGIORANZA:
        return f"Più della metà di {componenti}: {serve}."
    pari = "" if componenti % 2 == 0 else f" (di {componenti - 1}, il numero pari che precede)"
    return f"Metà di {componenti}{pari} più uno: {meta} + 1 = {serve}."


def firme_necessarie(membri: int, percento: Decimal) -> int:
    """How many members ask for a consultation: at least that percentage, and at least one."""
    quante = (membri * percento / CENTO).to_integral_value(ROUND_CEILING)
    return max(int(quante), 1)


def decide(conta: Conta, regole: RegoleComitato) -> Decisione:
    """Approved by the majority of those present (or of the members, if the edition says so).

    Votes are equal when those for are as many as those against, and somebody took sides: then the
    vote of the Capofila di Rete prevails, or the question is rejected, as the edition says. Who
    abstains or does not vote is present all the same.
    """
    base = conta.presenti if regole.maggioranza == Maggioranza.PRESENTI else conta.componenti
    servivano = base // 2 + 1
    testo = _conteggio(conta, base, servivano, regole.maggioranza)
    if conta.favorevoli >= servivano:
        return Decisione(True, servivano, False, f"{testo} La proposta è approvata.")
    if not (conta.favorevoli == conta.contrari > 0):
        return Decisione(False, servivano, False, f"{testo} La proposta è respinta.")
    if regole.parita == Parita.RESPINTA:
        return Decisione(False, servivano, True, f"{testo} In parità la proposta è respinta.")
    return _col_capofila(conta, servivano, testo)


def _col_capofila(conta: Conta, servivano: int, testo: str) -> Decisione:
    parole = {
        FAVOREVOLE: "Parità: prevale il voto del capofila di Rete, favorevole. "
        "La proposta è approvata.",
        CONTRARIO: "Parità: prevale il voto del capofila di Rete, contrario. "
        "La proposta è respinta.",
    }
    altrimenti = "Parità, e il capofila di Rete non ha preso parte: la proposta è respinta."
    detto = parole.get(conta.capofila, altrimenti)
    return Decisione(conta.capofila == FAVOREVOLE, servivano, True, f"{testo} {detto}")


def _conteggio(conta: Conta, base: int, servivano: int, regola: Maggioranza) -> str:
    di_chi = "presenti" if regola == Maggioranza.PRESENTI else "componenti"
    senza = conta.presenti - conta.votanti
    muti = f", {senza} senza voto" if senza else ""
    voti = ", ".join(
        (
            _quanti(conta.favorevoli, "favorevole", "favorevoli"),
            _quanti(conta.contrari, "contrario", "contrari"),
            _quanti(conta.astenuti, "astenuto", "astenuti"),
        )
    )
    return (
        f"Su {_quanti(conta.presenti, 'presente', 'presenti')}: {voti}{muti}. La maggioranza di "
        f"{base} {di_chi} è {servivano}."
    )


def _quanti(numero: int, uno: str, molti: str) -> str:
    return f"{numero} {uno if numero == 1 else molti}"
