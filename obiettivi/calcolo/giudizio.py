# SPDX-License-Identifier: AGPL-3.0-or-later
"""The judgement of one indicator for one period: a score, and why.

The target decides how many *prove* there are: one for each quarter of a target by period, one for
each site when target or results are by site. Each is judged by itself (``scelta``), limited by
floor and cap, and shown; then the sites make a mean, and the quarters a mean or the last, as the
edition says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from . import tempo
from .aggregazione import Foglia
from .arrotondamento import CENTO, ZERO, Livello, esatto
from .correzioni import dopo_il_metodo
from .edizione import Edizione, SintesiPeriodi
from .letture import Certezza, Lettura, LetturaTarget, Tipo
from .limiti import arrotonda_al_livello
from .misura import Misura, Periodo, chiave
from .parole import lettura_in_parole
from .passi import Codice, Passo, esito_di, passo
from .politiche import blocca, contato, passo_politica, senza_valutati
from .prova import Prova
from .scelta import esegui
from .tempo import Composto
from .valori import (
    Calcolato,
    Escluso,
    Motivo,
    NonCalcolabile,
    Punteggio,
)


@dataclass(frozen=True)
class Parziale:
    """The judgement of a quarter or of a site, or of the whole when it is not split."""

    nome: str
    punteggio: Punteggio
    passi: tuple[Passo, ...]
    copertura: Decimal
    dimostrativo: bool
    parziali: tuple["Parziale", ...] = ()


@dataclass(frozen=True)
class Giudizio:
    """The score of an indicator for a period.

    ``copertura`` (0-100) is the share of quarters and sites that were evaluated; ``dimostrativo``
    says that an invented result was used; ``parziali`` are the quarters and the sites, empty when
    there is only one judgement.
    """

    codice: str
    nome: str
    periodo: Periodo
    edizione: str
    punteggio: Punteggio
    passi: tuple[Passo, ...]
    copertura: Decimal
    dimostrativo: bool
    parziali: tuple[Parziale, ...] = ()

    def foglia(self, peso: Decimal | None = None) -> Foglia:
        """The leaf of the tree for ``aggregazione.aggrega``."""
        return Foglia(
            self.codice, self.nome, self.punteggio, peso, self.copertura, self.dimostrativo
        )


SENZA_GIUDIZIO = {
    Tipo.DA_DEFINIRE: Motivo.TARGET_DA_DEFINIRE,
    Tipo.NON_INTERPRETABILE: Motivo.TARGET_NON_INTERPRETABILE,
    Tipo.NON_DISPONIBILE: Motivo.NESSUN_TARGET,
}


@esatto
def giudica(misura: Misura, edizione: Edizione, periodo: Periodo) -> Giudizio:
    """Judge an indicator in a period by the rules of an edition (without problems).

    ``periodo`` chooses the results and, for a target by quarter, the quarter: a whole year takes
    all its quarters. A missing result stays "not computable" here, whatever the edition does with
    it in the roll-up: the steps say what will happen. Never raises for finite inputs.
    """
    apertura = _apertura(misura, edizione)
    uno = _giudica_target(misura, edizione, periodo)
    punteggio, dopo = uno.punteggio, uno.passi
    if isinstance(punteggio, Calcolato):
        punti, fine = arrotonda_al_livello(punteggio.valore, Livello.INDICATORE, edizione)
        punteggio, dopo = Calcolato(punti), (*dopo, *fine)
    else:
        dopo = (*dopo, passo_politica("Questo indicatore", punteggio, edizione, Livello.OBIETTIVO))
    return Giudizio(
        codice=misura.codice,
        nome=misura.nome,
        periodo=periodo,
        edizione=edizione.codice,
        punteggio=punteggio,
        passi=(*apertura, *dopo, esito_di(punteggio)),
        copertura=uno.copertura,
        dimostrativo=uno.dimostrativo,
        parziali=uno.parziali,
    )


def _apertura(misura: Misura, edizione: Edizione) -> tuple[Passo, ...]:
    nome = passo(Codice.EDIZIONE, nome=edizione.nome)
    if misura.target is None:
        return (nome,)
    letto = lettura_in_parole(misura.target)
    stampato = passo(Codice.TARGET, testo=misura.target.testo, letto=letto)
    if misura.target.certezza is Certezza.ALTA or not misura.target.motivo:
        return nome, stampato
    return nome, stampato, passo(Codice.LETTURA_DA_CONFERMARE, motivo=misura.target.motivo)


def _giudica_target(misura: Misura, edizione: Edizione, periodo: Periodo) -> Parziale:
    target = misura.target
    if target is None:
        return _senza(NonCalcolabile(Motivo.NESSUN_TARGET))
    if target.tipo in SENZA_GIUDIZIO:
        dettaglio = target.motivo or f"«{target.testo}»"
        return _senza(NonCalcolabile(SENZA_GIUDIZIO[target.tipo], dettaglio))
    if target.tipo is Tipo.PER_PERIODO:
        return _per_periodo(misura, target, edizione, periodo)
    return _dell_anno(misura, target, edizione, periodo)


def _senza(punteggio: Punteggio) -> Parziale:
    return Parziale("", punteggio, (), ZERO, False)


# --- quarters -----------------------------------------------------------------------------


def _per_periodo(
    misura: Misura, target: LetturaTarget, edizione: Edizione, periodo: Periodo
) -> Parziale:
    """The target of the period; for a year without its own, each part with its own result."""
    per_frazione = tempo.letture_del_periodo(target.letture, periodo)
    ereditate = tempo.letture_ereditate(target.letture, periodo) if tempo.eredita(misura) else None
    if not per_frazione and ereditate:
        lungo, letture = ereditate
        uno = _nel_periodo(misura, letture, edizione, periodo, periodo.frazione)
        return replace(uno, passi=(tempo.passo_ereditato(periodo, lungo), *uno.passi))
    if not per_frazione:
        return _senza(Escluso(f"il piano non ha un target per {periodo}"))
    parti = [
        _nel_periodo(misura, letture, edizione, Periodo(periodo.anno, frazione), frazione)
        for frazione, letture in per_frazione.items()
    ]
    if len(parti) == 1:
        return parti[0]
    return _insieme("", parti, edizione, edizione.sintesi_periodi)


def _dell_anno(
    misura: Misura, target: LetturaTarget, edizione: Edizione, periodo: Periodo
) -> Parziale:
    """A target of the whole year, judged in it or in a part that takes it over."""
    letture = target.letture or (Lettura(),)
    if periodo.frazione and not tempo.eredita(misura):
        return _senza(Escluso(f"il piano non ha un target per {periodo}"))
    uno = _nel_periodo(misura, letture, edizione, periodo, "")
    if not periodo.frazione:
        return uno
    return replace(uno, passi=(tempo.passo_ereditato(periodo, ""), *uno.passi))


# --- sites --------------------------------------------------------------------------------


def _nel_periodo(
    misura: Misura, letture: Sequence[Lettura], edizione: Edizione, periodo: Periodo, nome: str
) -> Parziale:
    """One prova for each site, or a single one; several are put together by their mean."""
    coppie = [
        (lettura, composto)
        for lettura in letture
        for composto in _risultati(misura, lettura, periodo, edizione)
    ]
    if len(coppie) == 1 and not coppie[0][0].sede:
        return _prova(misura, *coppie[0], edizione, nome)
    parti = [
        _prova(misura, lettura, composto, edizione, composto.risultato.sede)
        for lettura, composto in coppie
    ]
    return _insieme(nome, parti, edizione, SintesiPeriodi.MEDIA)


def _risultati(
    misura: Misura, lettura: Lettura, periodo: Periodo, edizione: Edizione
) -> tuple[Composto, ...]:
    """The results for a comparison: those of its site, or the whole azienda's, or all the sites'.

    If a period and site have several results, the last one given is the valid one.
    """
    misurata = _come_quota(misura) if lettura.quota is not None else misura
    trovati = {
        sede: composto
        for sede, suoi in tempo.per_sede(misura.risultati).items()
        if (composto := tempo.nel_periodo(misurata, suoi, periodo, edizione)) is not None
    }
    if lettura.sede:
        suo = trovati.get(chiave(lettura.sede))
        trovati = {} if suo is None else {lettura.sede: suo}
    generale = trovati.pop("", None)
    if generale is not None and (generale.presente or not trovati):
        return (generale,)
    senza = tempo.senza_risultato
    return tuple(trovati.values()) or (senza(misura.risultati, periodo, lettura.sede),)


def _come_quota(misura: Misura) -> Misura:
    """For a share of cases the ratios of the parts are percentages, whatever the unit."""
    rapporti = all(uno.denominatore is not None for uno in misura.risultati)
    return replace(misura, unita="%", fattore=CENTO) if rapporti else misura


def _prova(
    misura: Misura, lettura: Lettura, composto: Composto, edizione: Edizione, nome: str
) -> Parziale:
    risultato, demo = composto.risultato, composto.risultato.dimostrativo
    if composto.ostacolo is not None:
        return Parziale(nome, composto.ostacolo, composto.passi, ZERO, demo)
    target = misura.target
    prova = Prova(
        misura=misura,
        edizione=edizione,
        tipo=tipo_di(target, lettura),
        lettura=lettura,
        risultato=risultato,
        verso=target.verso if target else None,
    )
    esito = esegui(prova)
    punteggio, passi = esito.punteggio, esito.passi
    if isinstance(punteggio, Calcolato):
        punti, dopo = dopo_il_metodo(punteggio.valore, misura, risultato, edizione)
        punteggio, passi = Calcolato(punti), (*passi, *dopo)
    valutato = isinstance(punteggio, Calcolato)
    passi = (*composto.passi, *passi)
    return Parziale(nome, punteggio, passi, composto.copertura if valutato else ZERO, demo)


def tipo_di(target: LetturaTarget | None, lettura: Lettura) -> Tipo:
    """The kind of a single comparison; the parts of a composite target are thresholds or goals."""
    tipo = target.tipo if target else Tipo.NON_DISPONIBILE
    if tipo not in (Tipo.PER_PERIODO, Tipo.PER_SEDE):
        return tipo
    return Tipo.SOGLIA if lettura.valore is not None or lettura.data else Tipo.TRAGUARDO


# --- together -----------------------------------------------------------------------------


def _insieme(
    nome: str, parti: Sequence[Parziale], edizione: Edizione, come: SintesiPeriodi
) -> Parziale:
    """Put parts together: who has no score is treated as the edition says, and it is said."""
    passi = tuple(_passo_parte(parte, edizione) for parte in parti)
    dovute = [parte for parte in parti if not isinstance(parte.punteggio, Escluso)]
    copertura = ZERO
    if dovute:
        copertura = sum((parte.copertura for parte in dovute), ZERO) / len(dovute)
    punteggio, fatti = _punteggio_insieme(parti, edizione, come)
    dimostrativo = any(parte.dimostrativo for parte in parti)
    return Parziale(nome, punteggio, (*passi, *fatti), copertura, dimostrativo, tuple(parti))


def _punteggio_insieme(
    parti: Sequence[Parziale], edizione: Edizione, come: SintesiPeriodi
) -> tuple[Punteggio, tuple[Passo, ...]]:
    livello = Livello.INDICATORE
    bloccanti = [parte.nome for parte in parti if blocca(parte.punteggio, edizione, livello)]
    if bloccanti:
        return NonCalcolabile(Motivo.BLOCCATO, "; ".join(bloccanti)), ()
    contate = [
        (parte.nome, punti)
        for parte in parti
        if (punti := contato(parte.punteggio, edizione, livello)) is not None
    ]
    if not contate:
        return senza_valutati([parte.punteggio for parte in parti]), ()
    if come is SintesiPeriodi.ULTIMO:
        nome, punti = contate[-1]
        return Calcolato(punti), (passo(Codice.PARTI_ULTIMA, nome=nome, punti=punti),)
    somma, quanti = sum((punti for _, punti in contate), ZERO), Decimal(len(contate))
    media = somma / quanti
    return Calcolato(media), (passo(Codice.PARTI_MEDIA, somma=somma, quanti=quanti, punti=media),)


def _passo_parte(parte: Parziale, edizione: Edizione) -> Passo:
    if isinstance(parte.punteggio, Calcolato):
        return passo(Codice.PARTE, nome=parte.nome, punti=parte.punteggio.valore)
    return passo_politica(parte.nome, parte.punteggio, edizione, Livello.INDICATORE)
