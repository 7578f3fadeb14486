# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measurable targets: how the figures of a cell make one reading.

Each rule looks for one shape and returns a draft, or None to let the next one try. What a rule
does not account for stays unread and is named in the reason (``Bozza.chiudi``).
"""

import re
from dataclasses import replace

from obiettivi.calcolo.letture import Certezza, Comparatore, Lettura, Tipo, Verso

from .cella import Bozza, Cella
from .confronti import (
    GIU,
    SU,
    data_e_periodo,
    lettura,
    misura_letta,
    unita_da_parole,
    verso_di,
    verso_proposto,
)
from .fatti import Base, Fascia, Riferimento, Risposta, Tendenza, Termine, Valore
from .ripartiti import per_periodo, per_scadenze, per_sede
from .variazioni import con_riferimento, variazione


def quota_di_casi(cella: Cella) -> Bozza | None:
    """``≤ 21 gg nel 90% dei casi``, ``90% delle pratiche entro 30 gg``: the direction is that of
    the limit; the share is the least required."""
    valori = cella.di(Valore)
    if len(valori) != 2 or cella.ha(Fascia, Base, Riferimento, Tendenza):
        return None
    for (posto_quota, quota), (posto_limite, limite) in (valori, valori[::-1]):
        if _e_quota(cella, posto_quota, quota) and _e_limite(cella, posto_limite, limite):
            break
    else:
        return None
    bozza = Bozza(Tipo.QUOTA_DI_CASI, usate={posto_quota, posto_limite})
    if limite.nudo:
        bozza.dubita(Certezza.MEDIA, "il tempo senza confronto è letto come limite massimo")
        limite = replace(limite, comparatore=Comparatore.MINORE_UGUALE)
    bozza.letture = [replace(lettura(limite), quota=quota.valore)]
    bozza.verso = verso_di(limite.comparatore)
    bozza.dubita(Certezza.MEDIA, *limite.dubbi, *quota.dubbi)
    if not (limite.entro or limite.nudo or _preceduto_da_nel(cella, posto_quota)):
        bozza.dubita(Certezza.MEDIA, "il valore in % è letto come la quota di casi nel limite")
    if limite.unita in ("settimane", "mesi", "anni"):
        bozza.dubita(Certezza.MEDIA, "il tempo può essere il termine per raggiungere la quota")
    if quota.valore > 100:
        bozza.dubita(Certezza.BASSA, "la quota di casi è superiore al 100%")
    _salta_i_casi(cella, bozza, posto_quota)
    return bozza


def _preceduto_da_nel(cella: Cella, posto: int) -> bool:
    return posto > 0 and cella.voci[posto - 1].tipi[-1:] == ("NEL",)


def _e_quota(cella: Cella, posto: int, valore: Valore) -> bool:
    return valore.unita == "%" and not valore.segno and (valore.nudo or valore.comparatore in SU)


def _e_limite(cella: Cella, posto: int, valore: Valore) -> bool:
    if valore.a_tempo:
        return valore.comparatore in GIU or (valore.nudo and _preceduto_da_nel(cella, posto))
    altro = next(uno for uno, _ in cella.di(Valore) if uno != posto)
    return not valore.nudo and valore.unita != "%" and _preceduto_da_nel(cella, altro)


def _salta_i_casi(cella: Cella, bozza: Bozza, posto_quota: int) -> None:
    """The words that say of what the share is (``dei casi``, ``delle pratiche evase``)."""
    dopo = posto_quota + 1
    if dopo < len(cella.voci) and cella.voci[dopo].fatto is None:
        tipi = cella.voci[dopo].tipi
        if len(tipi) <= 6 and tipi[0] in ("DI", "PAROLA") and "SEGNO" not in tipi:
            bozza.usate.add(dopo)


def intervallo(cella: Cella) -> Bozza | None:
    """``tra 40 e 60``, ``40-60%``, ``≥ 40 e ≤ 60``."""
    fasce, valori = cella.di(Fascia), cella.di(Valore)
    if len(fasce) == 1 and not valori:
        posto, fascia = fasce[0]
        bozza = Bozza(Tipo.INTERVALLO, usate={posto})
        bozza.letture = [misura_letta(bozza, fascia)]
        if not fascia.unita and re.fullmatch(r"[\d.,]+\s?-\s?[\d.,]+", cella.stampa(posto)):
            bozza.dubita(Certezza.MEDIA, "due numeri uniti da un trattino sono letti come estremi")
        data_e_periodo(cella, bozza)
        return bozza
    if len(valori) != 2 or fasce or not cella.contigui(valori[0][0], valori[1][0]):
        return None
    (primo, uno), (secondo, due) = sorted(valori, key=lambda coppia: coppia[1].valore)
    opposti = uno.comparatore in SU and due.comparatore in GIU
    if not opposti or len({uno.unita, due.unita} - {""}) > 1:
        return None
    bozza = Bozza(Tipo.INTERVALLO, usate={primo, secondo})
    bozza.letture = [
        Lettura(valore=uno.valore, valore_max=due.valore, unita=due.unita or uno.unita)
    ]
    bozza.dubita(Certezza.MEDIA, *uno.dubbi, *due.dubbi)
    if Comparatore.MAGGIORE is uno.comparatore or Comparatore.MINORE is due.comparatore:
        bozza.dubita(Certezza.MEDIA, "almeno un estremo è escluso")
    return bozza


def soglia(cella: Cella) -> Bozza | None:
    """One figure to reach or not to pass, with its deadline if printed."""
    valori = cella.di(Valore)
    if len(valori) != 1 or cella.ha(Fascia) or len(cella.di(Termine)) > 1:
        return None
    posto, valore = valori[0]
    bozza = Bozza(Tipo.SOGLIA, usate={posto})
    unita = unita_da_parole(cella, bozza, posto, valore)
    bozza.letture = [replace(lettura(valore), unita=unita)]
    bozza.dubita(Certezza.MEDIA, *valore.dubbi)
    data_e_periodo(cella, bozza)
    bozza.verso = verso_proposto(cella, bozza, valore)
    if valore.segno and valore.nudo:
        bozza.dubita(Certezza.MEDIA, "il segno è letto come parte del valore")
    if valore.nudo and valore.unita in ("", "n.") and not cella.in_testa(posto):
        bozza.dubita(Certezza.BASSA, "il numero è dentro una frase")
    if unita.startswith("su "):
        bozza.dubita(Certezza.MEDIA, f"il valore è contato «{unita}»")
    if valore.entro and not unita:
        bozza.dubita(Certezza.BASSA, "non è stampata l'unità del limite (giorni, ore, …)")
    _risposta(cella, bozza)
    return bozza


def _risposta(cella: Cella, bozza: Bozza) -> None:
    trovate = cella.di(Risposta)
    # An unaccented "si" is a pronoun more often than an answer.
    if any(cella.stampa(posto).lower() not in ("si", "no", "on") for posto, _ in trovate):
        bozza.dubita(Certezza.BASSA, "il testo dice anche sì o no")


def scadenza(cella: Cella) -> Bozza | None:
    """Only deadlines: ``entro il 31/12/2022``, ``Adozione del piano entro il 30 giugno``."""
    termini = cella.di(Termine)
    if not termini or any(cella.in_testa(posto) for posto, _ in cella.di(Risposta)):
        return None
    bozza = Bozza(Tipo.SOGLIA, verso=Verso.DECRESCENTE)
    for posto, termine in termini:
        bozza.usate.add(posto)
        bozza.dubita(Certezza.MEDIA, *termine.dubbi)
        bozza.letture.append(
            Lettura(comparatore=Comparatore.MINORE_UGUALE, unita="data", data=termine.data)
        )
    if len(termini) > 1:
        bozza.dubita(Certezza.BASSA, "sono stampate più scadenze: confermare quale conta")
    return bozza


def piu_valori(cella: Cella) -> Bozza | None:
    """Several figures with no known shape: all are kept, a person chooses."""
    if not cella.misure():
        return None
    bozza = Bozza(Tipo.SOGLIA)
    for posto, misura in cella.misure():
        bozza.usate.add(posto)
        una = misura_letta(bozza, misura)
        if isinstance(misura, Valore):
            una = replace(una, unita=unita_da_parole(cella, bozza, posto, misura))
        bozza.letture.append(una)
    versi = {verso_di(una.comparatore) for una in bozza.letture}
    bozza.verso = versi.pop() if len(versi) == 1 else None
    bozza.dubita(Certezza.BASSA, "sono stampati più valori: confermare quali contano")
    return bozza


REGOLE = (
    con_riferimento,
    per_periodo,
    per_scadenze,
    quota_di_casi,
    intervallo,
    variazione,
    per_sede,
    soglia,
    piu_valori,
)
