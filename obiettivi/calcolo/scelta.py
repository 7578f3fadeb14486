# SPDX-License-Identifier: AGPL-3.0-or-later
"""From one prova to a method: one judge for each kind of target.

A judge gathers the inputs it needs (``prova``), picks the method (the indicator's own, otherwise
the edition's for that kind), and applies it (``metodi``).
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from . import metodi
from .arrotondamento import CENTO, ZERO
from .edizione import METODI_AMMESSI, Metodo
from .fasce import Fascia
from .letture import Comparatore, Tipo, Verso
from .misura import non_applicabile, unita_comune
from .passi import Codice, Esito
from .prova import (
    Ostacolo,
    Prova,
    annota_testo,
    avvisi,
    base_di_prova,
    dove,
    finito,
    origine,
    senza_numero,
    stesse_unita,
    valore_di_prova,
)
from .valori import Calcolato, Escluso, Motivo, Numero

_SI = frozenset({"sì", "si", "s", "yes", "on", "1", "fatto", "vero", "true"})
ANNO_PRIMA = ("anno precedente", "esercizio precedente")
_NO = frozenset({"no", "n", "off", "0", "non fatto", "falso", "false"})


def esegui(prova: Prova) -> Esito:
    """Judge a prova: score before floor, cap and rounding, with all its steps."""
    if motivo := non_applicabile(prova.risultato):
        return Esito(Escluso(motivo), tuple(prova.passi))
    try:
        esito = _GIUDICI[prova.tipo](prova)
    except Ostacolo as ostacolo:
        return Esito(ostacolo.punteggio, tuple(prova.passi))
    return Esito(esito.punteggio, (*prova.passi, *esito.passi))


def _metodo(prova: Prova, caso: str) -> Metodo:
    del_caso: Metodo = getattr(prova.edizione.metodi, caso)
    metodo = prova.misura.metodo or del_caso
    if metodo not in METODI_AMMESSI[caso]:
        raise Ostacolo(Motivo.METODO_NON_ADATTO, metodo.value)
    prova.annota(Codice.METODO, metodo=metodo.value)
    return metodo


def _comparatore(prova: Prova, stampato: Comparatore | None) -> Comparatore:
    verso = prova.verso_utile if prova.tipo is Tipo.RIFERIMENTO else prova.verso_indicatore
    comparatore = metodi.comparatore_effettivo(stampato, verso)
    if comparatore is None:
        raise Ostacolo(Motivo.VERSO_SCONOSCIUTO)
    indicato, letto = prova.misura.verso, metodi.verso_di(comparatore)
    if indicato in (Verso.CRESCENTE, Verso.DECRESCENTE) and letto is not indicato:
        prova.annota(Codice.VERSO_DISCORDE, indicatore=indicato.value, target=comparatore.value)
    return comparatore


def _giudica_soglia(prova: Prova) -> Esito:
    if prova.lettura.data:
        return _giudica_data(prova)
    if prova.lettura.valore_max is not None:
        return _giudica_intervallo(prova)
    if prova.lettura.quota is not None:
        return _giudica_quota(prova)
    t = finito(prova.lettura.valore)
    a = valore_di_prova(prova)
    if not _da_avanzamento(prova):
        stesse_unita(prova, prova.lettura.unita)
    return _numerico(prova, "percentuale" if prova.unita == "%" else "valore", a, t)


def _da_avanzamento(prova: Prova) -> bool:
    return any(uno.codice is Codice.RISULTATO_AVANZAMENTO for uno in prova.passi)


def _numerico(prova: Prova, caso: str, a: Decimal, t: Decimal) -> Esito:
    """Apply one of the numeric methods of result against target."""
    metodo, edizione = _metodo(prova, caso), prova.edizione
    if metodo is Metodo.AVANZAMENTO:
        return metodi.avanzamento(a)
    if metodo is Metodo.FASCE and prova.misura.fasce:
        return metodi.fasce(a, prova.misura.fasce)
    if metodo is Metodo.UGUAGLIANZA or prova.verso_indicatore is Verso.MANTENIMENTO:
        return metodi.uguaglianza(a, t, edizione.tolleranza_uguaglianza)
    comparatore = _comparatore(prova, prova.lettura.comparatore)
    if metodo is Metodo.SOGLIA:
        return metodi.soglia(a, comparatore, t)
    if metodo is Metodo.INTERPOLAZIONE:
        return metodi.interpolazione(
            a,
            comparatore,
            t,
            base_di_prova(prova),
            minimo=edizione.minimo_parziale,
            se_mancato=edizione.tetto_se_mancato,
        )
    if metodo is Metodo.FASCE:
        return _a_fasce(prova, a, comparatore, t)
    return _rapporto(prova, a, comparatore, t, edizione.minimo_parziale)


def _rapporto(
    prova: Prova, a: Decimal, comparatore: Comparatore, t: Decimal, minimo: Decimal | None
) -> Esito:
    return metodi.rapporto(
        a,
        comparatore,
        t,
        decrescente=prova.edizione.decrescente,
        massimo=prova.edizione.tetto,
        minimo=minimo,
        se_mancato=prova.edizione.tetto_se_mancato,
    )


def _a_fasce(prova: Prova, a: Decimal, comparatore: Comparatore, t: Decimal) -> Esito:
    """Bands of the edition on the attainment given by ``rapporto``."""
    grado = _rapporto(prova, a, comparatore, t, None)
    if not isinstance(grado.punteggio, Calcolato):
        return grado
    esito = metodi.fasce(grado.punteggio.valore, _fasce_edizione(prova))
    return Esito(esito.punteggio, (*grado.passi, *esito.passi))


def _fasce_edizione(prova: Prova) -> tuple[Fascia, ...]:
    """The bands for the unit of measure of the target, the general ones for every other."""
    for una in prova.edizione.fasce_unita:
        if unita_comune(una.unita) == prova.unita:
            return una.fasce
    return prova.edizione.fasce


def _giudica_data(prova: Prova) -> Esito:
    entro = _scadenza(prova)
    fatto = prova.risultato.data
    if fatto is None:
        raise _senza_data(prova)
    prova.annota(
        Codice.RISULTATO_DATA,
        dove=dove(prova.risultato),
        data=fatto.isoformat(),
        origine=origine(prova),
    )
    avvisi(prova)
    if _metodo(prova, "data") is Metodo.SOGLIA:
        return metodi.scostamento_data(fatto, entro)
    if not prova.edizione.fasce_giorni:
        raise Ostacolo(Motivo.PARAMETRO_MANCANTE, "fasce dei giorni di ritardo")
    return metodi.scostamento_data(fatto, entro, prova.edizione.fasce_giorni)


def _scadenza(prova: Prova) -> date:
    """The day of the target; one printed without a year falls in the year judged."""
    testo = prova.lettura.data
    if testo.startswith("--"):
        testo = f"{prova.risultato.periodo.anno:04}-{testo[2:]}"
    try:
        return date.fromisoformat(testo)
    except ValueError:
        raise Ostacolo(Motivo.TARGET_NON_INTERPRETABILE, prova.lettura.data) from None


def _senza_data(prova: Prova) -> Ostacolo:
    if isinstance(prova.risultato.valore, Numero):
        return Ostacolo(Motivo.UNITA_DIVERSA, "il target è una data, il risultato un numero")
    return senza_numero(prova)


def _giudica_intervallo(prova: Prova) -> Esito:
    minimo, massimo = finito(prova.lettura.valore), finito(prova.lettura.valore_max)
    a = valore_di_prova(prova)
    stesse_unita(prova, prova.lettura.unita)
    if _metodo(prova, "intervallo") is Metodo.FASCE:
        bande = prova.misura.fasce or _fasce_edizione(prova)
        return metodi.fasce(a, bande)
    return metodi.intervallo(a, minimo, massimo, prova.edizione.tolleranza_intervallo)


def _giudica_quota(prova: Prova) -> Esito:
    """The result is the share of cases within the limit, in %; the target the required share."""
    richiesta = finito(prova.lettura.quota)
    quota = _quota_rilevata(prova)
    prova.annota(
        Codice.QUOTA_DI_CASI,
        quota=quota,
        richiesta=richiesta,
        limite="" if prova.lettura.valore is None else prova.lettura.valore,
        unita=prova.lettura.unita,
    )
    metodo = _metodo(prova, "quota_di_casi")
    almeno = Comparatore.MAGGIORE_UGUALE
    if metodo is Metodo.SOGLIA:
        return metodi.soglia(quota, almeno, richiesta)
    if metodo is Metodo.FASCE:
        return _a_fasce(prova, quota, almeno, richiesta)
    return _rapporto(prova, quota, almeno, richiesta, prova.edizione.minimo_parziale)


def _quota_rilevata(prova: Prova) -> Decimal:
    """Cases within the limit over all cases, ×100 whatever the unit of the indicator."""
    risultato = prova.risultato
    if risultato.numeratore is None or risultato.denominatore is None:
        if unita_comune(risultato.unita or prova.misura.unita) not in ("%", ""):
            raise Ostacolo(
                Motivo.UNITA_DIVERSA, "serve la quota di casi entro il limite, in percentuale"
            )
        return valore_di_prova(prova)
    if risultato.denominatore == 0:
        return valore_di_prova(prova)
    quota = CENTO * risultato.numeratore / risultato.denominatore
    prova.annota(
        Codice.RISULTATO_RAPPORTO,
        dove=dove(risultato),
        numeratore=risultato.numeratore,
        denominatore=risultato.denominatore,
        fattore=CENTO,
        valore=quota,
        unita="%",
        origine=origine(prova),
    )
    avvisi(prova)
    return quota


def _giudica_riferimento(prova: Prova) -> Esito:
    a = valore_di_prova(prova)
    riferimento = prova.misura.riferimento
    if riferimento is None:
        raise Ostacolo(Motivo.RIFERIMENTO_SCONOSCIUTO, _nome_riferimento(prova))
    fonte = prova.misura.riferimento_fonte or "fonte non indicata"
    prova.annota(Codice.RIFERIMENTO, valore=riferimento, unita=prova.misura.unita, fonte=fonte)
    return _numerico(prova, "riferimento", a, riferimento)


def _nome_riferimento(prova: Prova) -> str:
    nome = prova.lettura.riferimento
    return f"«{nome}»" if nome else ""


def _giudica_tendenza(prova: Prova) -> Esito:
    nome = prova.lettura.riferimento
    if nome and nome not in ANNO_PRIMA and not nome.isdecimal():
        return _verso_un_livello(prova, nome)
    a = valore_di_prova(prova)
    b = _base_giusta(prova)
    _metodo(prova, "tendenza")
    verso = prova.verso_utile
    if prova.verso is Verso.MANTENIMENTO:
        return metodi.mantenimento(a, b, prova.misura.verso, prova.edizione.tolleranza_mantenimento)
    if verso is None or verso is Verso.MANTENIMENTO:
        raise Ostacolo(Motivo.VERSO_SCONOSCIUTO)
    if prova.lettura.valore is not None:
        return _tendenza_quantificata(prova, a, b, verso)
    return metodi.tendenza(a, b, verso)


def _verso_un_livello(prova: Prova, nome: str) -> Esito:
    """A movement towards a level that the plan names without its value (``livelli pre-covid``).

    The declared progress, if there is one; otherwise the level must be known, like a benchmark.
    """
    if prova.misura.riferimento is None and prova.risultato.avanzamento is not None:
        return _giudica_traguardo(prova)
    if prova.misura.riferimento is None:
        valore_di_prova(prova)
        raise Ostacolo(Motivo.RIFERIMENTO_SCONOSCIUTO, f"«{nome}»")
    return _giudica_riferimento(prova)


def _base_giusta(prova: Prova) -> Decimal:
    """The baseline in the unit of the result and, if the target names a year, of that year."""
    b = base_di_prova(prova)
    base, anno = prova.misura.base, prova.lettura.riferimento
    if base and base.lettura and base.lettura.letture:
        stesse_unita(prova, base.lettura.letture[0].unita)
    if anno.isdecimal() and base and base.anno is not None and int(anno) != base.anno:
        raise Ostacolo(Motivo.BASE_MANCANTE, f"serve quella del {anno}, c’è quella del {base.anno}")
    return b


def _tendenza_quantificata(prova: Prova, a: Decimal, b: Decimal, verso: Verso) -> Esito:
    """At least the printed change, whatever its sign: the direction is that of the reading."""
    if prova.lettura.comparatore in (Comparatore.MINORE_UGUALE, Comparatore.MINORE):
        raise Ostacolo(Motivo.TARGET_NON_INTERPRETABILE, "la variazione è indicata come un massimo")
    quanto = abs(finito(prova.lettura.valore))
    percento = unita_comune(prova.lettura.unita) == "%"
    t = metodi.obiettivo_di_tendenza(b, quanto, verso, percento=percento)
    prova.annota(Codice.TENDENZA_QUANTIFICATA, b=b, quanto=quanto, unita=prova.lettura.unita, t=t)
    cresce = verso is Verso.CRESCENTE
    return metodi.soglia(a, Comparatore.MAGGIORE_UGUALE if cresce else Comparatore.MINORE_UGUALE, t)


def _giudica_traguardo(prova: Prova) -> Esito:
    """A qualitative goal: the declared progress or the completed steps, never a measured number.

    A number such as 18,51 % is not the progress of "recupero dei livelli pre-covid".
    """
    risultato = prova.risultato
    if risultato.passi_completati is None and risultato.avanzamento is None:
        raise _senza_avanzamento(prova)
    if _metodo(prova, "traguardo") is Metodo.SI_NO:
        return metodi.si_no(_compiuto(prova))
    if risultato.avanzamento is not None:
        return metodi.avanzamento(_avanzamento(prova))
    avvisi(prova)
    return metodi.avanzamento_a_passi(_pesi_passi(prova), risultato.passi_completati or ())


def _avanzamento(prova: Prova) -> Decimal:
    percento = prova.risultato.avanzamento
    if percento is None:
        raise Ostacolo(Motivo.AVANZAMENTO_MANCANTE)
    prova.annota(
        Codice.RISULTATO_AVANZAMENTO,
        dove=dove(prova.risultato),
        valore=percento,
        unita="%",
        origine=origine(prova),
    )
    avvisi(prova)
    return percento


def _compiuto(prova: Prova) -> bool:
    if prova.risultato.avanzamento is not None:
        return _avanzamento(prova) >= CENTO
    esito = metodi.avanzamento_a_passi(_pesi_passi(prova), prova.risultato.passi_completati or ())
    return isinstance(esito.punteggio, Calcolato) and esito.punteggio.valore == CENTO


def _pesi_passi(prova: Prova) -> tuple[Decimal, ...]:
    target = prova.misura.target
    quanti = len(target.passi) if target else 0
    return prova.misura.pesi_passi or (Decimal(1),) * quanti


def _senza_avanzamento(prova: Prova) -> Ostacolo:
    risultato = prova.risultato
    if risultato.esito:
        annota_testo(prova)
        return Ostacolo(
            Motivo.AVANZAMENTO_MANCANTE, f"il risultato è un testo: «{risultato.esito}»"
        )
    if isinstance(risultato.valore, Numero) or risultato.numeratore is not None:
        valore_di_prova(prova)
        return Ostacolo(
            Motivo.AVANZAMENTO_MANCANTE, "un valore misurato non dice quanto del traguardo è fatto"
        )
    return senza_numero(prova)


def _giudica_si_no(prova: Prova) -> Esito:
    """The answer is a yes/no text, the number 1 or 0, or a progress of 100 %."""
    fatto = _risposta(prova)
    _metodo(prova, "si_no")
    return metodi.si_no(fatto, prova.lettura.valore != ZERO)


def _risposta(prova: Prova) -> bool:
    risultato = prova.risultato
    if risultato.esito:
        annota_testo(prova)
        parola = risultato.esito.strip().casefold()
        if parola in _SI | _NO:
            return parola in _SI
        raise Ostacolo(Motivo.VALORE_NON_NUMERICO, f"«{risultato.esito}» non è né sì né no")
    if risultato.avanzamento is not None:
        return _avanzamento(prova) >= CENTO
    valore = valore_di_prova(prova)
    if valore in (ZERO, Decimal(1)):
        return valore == 1
    raise Ostacolo(Motivo.METODO_NON_ADATTO, "per un sì/no il valore è 1 o 0")


_GIUDICI: dict[Tipo, Callable[[Prova], Esito]] = {
    Tipo.SOGLIA: _giudica_soglia,
    Tipo.INTERVALLO: _giudica_intervallo,
    Tipo.QUOTA_DI_CASI: _giudica_quota,
    Tipo.RIFERIMENTO: _giudica_riferimento,
    Tipo.TENDENZA: _giudica_tendenza,
    Tipo.TRAGUARDO: _giudica_traguardo,
    Tipo.SI_NO: _giudica_si_no,
}
