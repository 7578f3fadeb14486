# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the rules of an edition, and what is still missing to put it in force."""

from collections import Counter
from collections.abc import Iterable, Iterator

from lavoro_agile.calcolo.edizione import Parametri, Prevalenza

MASSIMI = {"giorni_mese": 31, "giorni_settimana": 7, "durata_mesi": 120}
MESI_CONSERVAZIONE = 120


def problemi(regole: Parametri) -> list[str]:
    """Everything that contradicts something, one Italian sentence each, with its field."""
    trovati = [] if regole.nome.strip() else ["nome: manca."]
    trovati += _dei_limiti(regole)
    trovati += _degli_elenchi(regole)
    trovati += _delle_aree(regole)
    trovati += _dei_tempi(regole)
    if regole.cella_minima < 3:
        trovati.append("cella_minima: almeno 3, altrimenti le persone si riconoscono.")
    return trovati


def campo_e_frase(problema: str) -> tuple[str, str]:
    """A problem taken apart: the rule that it names («motivi[2].priorita»), and the sentence."""
    campo, detto = problema.split(": ", 1)
    return campo, detto[:1].upper() + detto[1:]


def mancanze(regole: Parametri) -> list[str]:
    """What an edition needs before it is in force; a draft may lack it."""
    dovuti = {
        "aree": (regole.aree, "non si dice chi può chiedere: comparto, dirigenza."),
        "motivi": (regole.motivi, "non c'è nessun motivo fra cui scegliere."),
        "dinieghi": (regole.dinieghi, "non c'è nessuna causa di diniego fra cui scegliere."),
        "giorni_mese": (
            regole.giorni_mese.valore or regole.giorni_settimana.valore,
            "non si dice quanti giorni al massimo, al mese o alla settimana.",
        ),
    }
    return [f"{campo}: {detto}" for campo, (valore, detto) in dovuti.items() if not valore]


def _dei_limiti(regole: Parametri) -> Iterator[str]:
    for campo, massimo in MASSIMI.items():
        limite = getattr(regole, campo)
        if limite.valore is not None and not 1 <= limite.valore <= massimo:
            yield f"{campo}.valore: va da 1 a {massimo}."
    mese, settimana = regole.giorni_mese.valore, regole.giorni_settimana.valore
    if mese is not None and settimana is not None and settimana > mese:
        yield "giorni_settimana.valore: sono più dei giorni al mese."


def _degli_elenchi(regole: Parametri) -> Iterator[str]:
    for campo in ("motivi", "dinieghi"):
        voci = getattr(regole, campo)
        yield from _doppi(campo, (voce.codice for voce in voci))
        for posto, voce in enumerate(voci, 1):
            if not voce.codice.strip() or not voce.nome.strip():
                yield f"{campo}[{posto}]: servono codice e nome."
    for posto, motivo in enumerate(regole.motivi, 1):
        if motivo.priorita < 0:
            yield f"motivi[{posto}].priorita: 0 se non ne dà, altrimenti da 1 in su."
    for posto, tranche in enumerate(regole.tranche, 1):
        if tranche.posti < 1:
            yield f"tranche[{posto}].posti: almeno 1."
    giorni = [tranche.entro for tranche in regole.tranche]
    if giorni != sorted(giorni):
        yield "tranche: vanno in ordine di data."


def _delle_aree(regole: Parametri) -> Iterator[str]:
    yield from _doppi("aree", (una.area.value for una in regole.aree))
    for posto, una in enumerate(regole.aree, 1):
        if una.quota is not None and not 0 <= una.quota <= 100:
            yield f"aree[{posto}].quota: va da 0 a 100."


def _dei_tempi(regole: Parametri) -> Iterator[str]:
    piu_mesi = regole.prevalenza.periodo == Prevalenza.PLURIMENSILE
    if piu_mesi and not 2 <= regole.prevalenza.mesi <= 12:
        yield "prevalenza.mesi: su più mesi, da 2 a 12."
    if not piu_mesi and regole.prevalenza.mesi != 1:
        yield "prevalenza.mesi: 1, se non è su più mesi."
    if regole.termini.recesso < 30:
        yield "termini.recesso: almeno 30 giorni (art. 19 c. 2 L. 81/2017)."
    if regole.termini.recesso_disabili < 90:
        yield "termini.recesso_disabili: almeno 90 giorni (art. 19 c. 2 L. 81/2017)."
    if regole.termini.avviso_scadenza < 1:
        yield "termini.avviso_scadenza: almeno un giorno."
    for campo in ("motivi", "nomi"):
        if not 1 <= getattr(regole.conservazione, campo) <= MESI_CONSERVAZIONE:
            yield f"conservazione.{campo}: va da 1 a {MESI_CONSERVAZIONE} mesi."


def _doppi(campo: str, codici: Iterable[str]) -> Iterator[str]:
    for codice, volte in Counter(codici).items():
        if volte > 1:
            yield f"{campo}: «{codice}» c'è {volte} volte."
