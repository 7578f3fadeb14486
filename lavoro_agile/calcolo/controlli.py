# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with the rules of an edition, and what is still missing to put it in force."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from lavoro_agile.calcolo.edizione import Parametri, Prevalenza

MASSIMI = {"giorni_mese": 31, "giorni_settimana": 7, "durata_mesi": 120}
MESI_CONSERVAZIONE = 120
LUNGA = 300
MOLTI = 30_000
RIGHE_AL_PIU = 100
DECIMALI_QUOTA = 6
CODICE = re.compile(r"[-a-zA-Z0-9_]{1,40}")


def problemi(regole: Parametri) -> list[str]:
    """Everything that contradicts something, one Italian sentence each, with its field."""
    trovati = [] if regole.nome.strip() else ["nome: manca."]
    trovati += _dei_limiti(regole)
    trovati += _degli_elenchi(regole)
    trovati += _delle_aree(regole)
    trovati += _dei_tempi(regole)
    if regole.cella_minima < 3:
        trovati.append("cella_minima: almeno 3, altrimenti le persone si riconoscono.")
    gia = {campo_e_frase(uno)[0] for uno in trovati}
    return trovati + [uno for uno in _fuori_misura("", regole) if campo_e_frase(uno)[0] not in gia]


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
            elif not CODICE.fullmatch(voce.codice):
                yield f"{campo}[{posto}].codice: lettere, cifre, - e _, al più 40."
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
        elif una.quota is not None and -int(una.quota.as_tuple().exponent) > DECIMALI_QUOTA:
            yield f"aree[{posto}].quota: al più {DECIMALI_QUOTA} cifre decimali."


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


def _fuori_misura(dove: str, valore: Any) -> Iterator[str]:
    """Texts too long, numbers too large, too many rows, wherever they are."""
    if is_dataclass(valore):
        for campo in fields(valore):
            nome = f"{dove}.{campo.name}" if dove else campo.name
            yield from _fuori_misura(nome, getattr(valore, campo.name))
    elif isinstance(valore, tuple):
        if len(valore) > RIGHE_AL_PIU:
            yield f"{dove}: al più {RIGHE_AL_PIU} righe."
        for posto, voce in enumerate(valore, 1):
            yield from _fuori_misura(f"{dove}[{posto}]", voce)
    elif isinstance(valore, str) and not isinstance(valore, StrEnum) and len(valore) > LUNGA:
        yield f"{dove}: al più {LUNGA} caratteri."
    elif isinstance(valore, int) and not 0 <= valore <= MOLTI:
        yield f"{dove}: va da 0 a {MOLTI}."
