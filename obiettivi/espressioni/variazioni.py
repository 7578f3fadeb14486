# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures that move from a past value or towards one that others publish."""

from dataclasses import replace

from obiettivi.calcolo.letture import Certezza, Tipo, Verso

from .cella import Bozza, Cella
from .confronti import GIU, data_e_periodo, lettura, unita_da_parole, verso_di
from .fatti import Base, Fascia, Riferimento, Tendenza, Valore


def variazione(cella: Cella) -> Bozza | None:
    """``-5% rispetto al 2021``, ``Riduzione del 10%``, ``Incremento medio annuo di circa 5%``."""
    valori = cella.di(Valore)
    if len(valori) != 1 or cella.ha(Fascia, Riferimento):
        return None
    posto, valore = valori[0]
    tendenza = _tendenza_prima(cella, posto)
    relativa = valore.unita in ("%", "punti percentuali") or valore.segno == "+"
    relativa = relativa or valore.movimento
    con_segno = bool(valore.segno) and valore.nudo and relativa
    if tendenza and _e_livello(cella, *tendenza, posto, valore):
        return _livello(cella, *tendenza, posto, valore)
    if not (tendenza or con_segno or cella.ha(Base)):
        return None
    bozza = Bozza(Tipo.TENDENZA, usate={posto}, letture=[lettura(valore)])
    bozza.dubita(Certezza.MEDIA, *valore.dubbi)
    _rispetto_alla_base(cella, bozza, valore)
    if con_segno and not tendenza and not cella.ha(Base):
        bozza.dubita(Certezza.MEDIA, "non è stampato il valore di partenza della variazione")
    data_e_periodo(cella, bozza)
    _verso_variazione(bozza, tendenza, valore)
    return bozza


def _tendenza_prima(cella: Cella, posto: int) -> tuple[int, Tendenza] | None:
    """The trend that opens the cell, if it comes before the figure."""
    trovate = cella.di(Tendenza)
    if trovate and trovate[0][0] < posto and cella.in_testa(trovate[0][0]):
        return trovate[0]
    return None


def _rispetto_alla_base(cella: Cella, bozza: Bozza, valore: Valore) -> None:
    for posto, base in cella.di(Base)[:1]:
        bozza.usate.add(posto)
        una = replace(bozza.letture[0], riferimento=base.nome)
        if valore.nudo and base.comparatore:
            una = replace(una, comparatore=base.comparatore)
        bozza.letture = [una]


def _verso_variazione(bozza: Bozza, tendenza: tuple[int, Tendenza] | None, valore: Valore) -> None:
    segno = {"-": Verso.DECRESCENTE, "+": Verso.CRESCENTE}.get(valore.segno)
    if tendenza:
        bozza.usate.add(tendenza[0])
        bozza.verso = tendenza[1].verso
        if segno and bozza.verso and segno is not bozza.verso:
            bozza.dubita(Certezza.BASSA, "la parola e il segno dicono versi opposti")
        return
    bozza.verso = segno if valore.nudo and segno else verso_di(bozza.letture[0].comparatore)
    if bozza.verso is None:
        bozza.dubita(Certezza.BASSA, "non è detto se la variazione è in aumento o in diminuzione")
    elif segno and not valore.nudo:
        bozza.dubita(Certezza.MEDIA, "il confronto è sulla variazione, con il suo segno")


def _e_livello(
    cella: Cella, posto_tendenza: int, tendenza: Tendenza, posto: int, valore: Valore
) -> bool:
    """Whether the figure is the level to reach ("riduzione a 30 gg") and not how much it moves."""
    in_mezzo = range(posto_tendenza + 1, posto)
    ultimo = cella.voci[posto - 1].tipi[-1:] if in_mezzo else ()
    if ultimo == ("A",) or tendenza.verso is Verso.MANTENIMENTO or valore.entro:
        return True
    return not valore.nudo and tendenza.verso is not Verso.CRESCENTE and valore.comparatore in GIU


def _livello(
    cella: Cella, posto_tendenza: int, tendenza: Tendenza, posto: int, valore: Valore
) -> Bozza:
    bozza = Bozza(Tipo.SOGLIA, usate={posto_tendenza, posto})
    unita = unita_da_parole(cella, bozza, posto, valore)
    bozza.letture = [replace(lettura(valore), unita=unita)]
    bozza.verso = verso_di(valore.comparatore) or tendenza.verso
    bozza.dubita(Certezza.MEDIA, *valore.dubbi)
    bozza.dubita(
        Certezza.MEDIA, f"«{tendenza.parola}» con un valore è letto come il livello da raggiungere"
    )
    _rispetto_alla_base(cella, bozza, valore)
    data_e_periodo(cella, bozza)
    return bozza


def con_riferimento(cella: Cella) -> Bozza | None:
    """A benchmark with a figure: ``100% del valore target regionale``, ``≤ media (5,3)``."""
    valori, riferimenti = cella.di(Valore), cella.di(Riferimento)
    if len(valori) != 1 or len(riferimenti) != 1 or cella.ha(Fascia):
        return None
    (posto, valore), (altro, riferimento) = valori[0], riferimenti[0]
    comparatore = valore.comparatore
    if valore.nudo and riferimento.comparatore:
        comparatore = riferimento.comparatore
    bozza = Bozza(Tipo.RIFERIMENTO, usate={posto, altro}, verso=verso_di(comparatore))
    bozza.letture = [
        replace(lettura(valore), comparatore=comparatore, riferimento=riferimento.nome)
    ]
    bozza.dubita(Certezza.MEDIA, *valore.dubbi)
    if posto < altro and valore.unita == "%" and cella.contigui(posto, altro):
        bozza.dubita(Certezza.MEDIA, f"il valore è una parte di «{riferimento.nome}»")
    else:
        bozza.dubita(
            Certezza.BASSA, f"confermare se il valore stampato è quello di «{riferimento.nome}»"
        )
    return bozza
