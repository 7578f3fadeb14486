# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a measure and an edition to a compiled rule: the choices of ``scelta``, made once.

Whatever the judgement does not depend on the figure for (no target, another unit, a benchmark that
is not known) is not decided here: the reference says it, once, on a sample (``Modo.CAMPIONE``).
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction

from .. import metodi, tempo
from ..edizione import METODI_AMMESSI, Metodo
from ..giudizio import SENZA_GIUDIZIO, tipo_di
from ..letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from ..misura import Misura, Periodo
from ..scelta import ANNO_PRIMA
from ..unita import unita_comune
from .catene import Catene, SenzaFasce, Specie
from .forme import CENTO, UNO, ZERO, Forme, Zone
from .regola import (
    Classe,
    Modo,
    NonCompilabile,
    Quantita,
    Regola,
    limite,
)
from .spezzate import NonSpezzata


class Parametro(Enum):
    """The figures of a measure that its rule may leave open: the last is y, the others x."""

    __hash__ = object.__hash__

    VALORE = auto()
    QUOTA = auto()
    BASE = auto()
    RIFERIMENTO = auto()
    MASSIMO = auto()


Aperte = frozenset[Parametro]
"""The figures that a rule leaves open."""


SENZA_CIFRA = dict.fromkeys(
    (Classe.ASSENTE, Classe.MANCANTE, Classe.NON_APPLICABILE, Classe.DENOMINATORE_ZERO),
    Modo.CAMPIONE,
)


class _Costante(Exception):
    """Every figure has the same outcome: the reference says which."""


Scelta = tuple[str, tuple[Lettura, ...]]
"""A part of the year whose result is judged, and the comparisons of the target that hold for it."""


def scegli(misura: Misura, periodo: Periodo) -> tuple[Scelta, ...] | None:
    """Which comparisons judge a measure in a period; ``None``: no result can change the outcome.

    Several only for a target by period judged in a whole year.
    """
    target = misura.target
    if target is None or target.tipo in SENZA_GIUDIZIO:
        return None
    if target.tipo is Tipo.PER_PERIODO:
        return _per_periodo(misura, target, periodo)
    if periodo.frazione and not tempo.eredita(misura):
        return None
    return ((periodo.frazione, target.letture or (Lettura(),)),)


def _per_periodo(
    misura: Misura, target: LetturaTarget, periodo: Periodo
) -> tuple[Scelta, ...] | None:
    per_frazione = tempo.letture_del_periodo(target.letture, periodo)
    ereditate = tempo.letture_ereditate(target.letture, periodo) if tempo.eredita(misura) else None
    if per_frazione:
        return tuple((frazione, tuple(letture)) for frazione, letture in per_frazione.items())
    return None if ereditate is None else ((periodo.frazione, tuple(ereditate[1])),)


def sempre_uguale(misura: Misura) -> Regola:
    """The rule of a measure that has the same outcome whatever its results."""
    return Regola(misura, dict.fromkeys(Classe, Modo.CAMPIONE), dice_quando=True)


def compila(
    misura: Misura, letture: Sequence[Lettura], catene: Catene, aperte: Aperte = frozenset()
) -> Regola:
    """The rule of a measure against some comparisons of its target.

    What it cannot express is judged one by one: several comparisons, one for a site, bands of
    one's own. ``misura`` brings no results: only its target, direction, unit, baseline and
    benchmark count. The figures that are left open (``aperte``) are there only as samples with the
    right signs: those of each measure are given with its result.
    """
    propria = misura.fasce or misura.recupero or misura.fattore is not None
    if len(letture) != 1 or letture[0].sede or propria:
        return Regola(misura)
    try:
        return _Compilatore(misura, letture[0], catene, aperte).regola()
    except (NonCompilabile, NonSpezzata):
        return Regola(misura)


class _Compilatore:
    """One measure against one comparison; each method is the twin of a judge of ``scelta``."""

    def __init__(self, misura: Misura, lettura: Lettura, catene: Catene, aperte: Aperte) -> None:
        self.misura, self.lettura, self.catene = misura, lettura, catene
        self.aperte = aperte
        self.come_tutte = True
        self.edizione = catene.edizione
        self.verso = misura.target.verso if misura.target else None
        self.tipo = tipo_di(misura.target, lettura)
        self.unita = unita_comune(lettura.unita) or unita_comune(misura.unita)
        self.modi: dict[Classe, Modo] = {
            Classe.VALORE: Modo.CIFRA,
            Classe.RAPPORTO: Modo.CIFRA,
            # The progress counts as the figure only where the unit is %.
            Classe.AVANZAMENTO: Modo.UNO_PER_UNO if self.unita == "%" else Modo.CAMPIONE,
        }
        self.forme = Forme(catene, self.unita)
        self.fattore = 100 if unita_comune(misura.unita) == "%" else 1

    def regola(self) -> Regola:
        try:
            zone, sotto, sopra = _GIUDICI[self.tipo](self)
        except (_Costante, SenzaFasce):
            return Regola(self.misura, modi=SENZA_CIFRA | self._costanti())
        return Regola(
            self.misura,
            modi=SENZA_CIFRA | self.modi,
            zone=zone,
            sotto=sotto,
            sopra=sopra,
            fattore=self.fattore,
            come_tutte=self.come_tutte,
        )

    def _costanti(self) -> dict[Classe, Modo]:
        return {c: Modo.CAMPIONE if m is Modo.CIFRA else m for c, m in self.modi.items()}

    # --- the judges -----------------------------------------------------------------------

    def soglia(self) -> Zone:
        if self.lettura.data:
            self.modi[Classe.AVANZAMENTO] = Modo.CAMPIONE
            raise _Costante
        if self.lettura.valore_max is not None:
            return self.intervallo()
        if self.lettura.quota is not None:
            return self.quota()
        t = self._aperta(_finito(self.lettura.valore), Parametro.VALORE)
        self._stesse_unita()
        return self._numerico("percentuale" if self.unita == "%" else "valore", t)

    def intervallo(self) -> Zone:
        minimo, massimo = _finito(self.lettura.valore), _finito(self.lettura.valore_max)
        self._stesse_unita()
        if self._metodo("intervallo") is Metodo.FASCE:
            return self.forme.tutto(self.catene.numero(Specie.FASCE, self.unita))
        if minimo > massimo:
            raise _Costante
        sotto = self._aperta(minimo, Parametro.VALORE)
        sopra = self._aperta(massimo, Parametro.MASSIMO)
        return (
            (self.forme.fuori(sotto, UNO), self.forme.punti(CENTO), self.forme.fuori(sopra, -UNO)),
            limite(sotto, verso_fuori=False),
            limite(sopra, verso_fuori=False),
        )

    def quota(self) -> Zone:
        richiesta = self._aperta(_finito(self.lettura.quota), Parametro.QUOTA)
        self.fattore = 100
        if unita_comune(self.misura.unita) not in ("%", ""):
            self.modi[Classe.VALORE] = Modo.CAMPIONE
            self.come_tutte = False  # the unit is looked at before the result
        self.modi[Classe.AVANZAMENTO] = Modo.UNO_PER_UNO
        metodo, almeno = self._metodo("quota_di_casi"), Comparatore.MAGGIORE_UGUALE
        if metodo is Metodo.SOGLIA:
            return self.forme.gradino(almeno, richiesta)
        if metodo is Metodo.FASCE:
            return self._a_fasce(almeno, richiesta)
        return self.forme.rapporto(almeno, richiesta, Specie.TALE, Specie.MANCATO)

    def riferimento(self) -> Zone:
        if self.misura.riferimento is None:
            raise _Costante
        valore = Fraction(self.misura.riferimento)
        return self._numerico("riferimento", self._aperta(valore, Parametro.RIFERIMENTO))

    def _aperta(self, valore: Fraction, quale: Parametro) -> Quantita:
        """A figure of the measure: itself, or left open if the rule leaves it so."""
        if quale not in self.aperte:
            return Quantita(valore)
        segno = (valore > 0) - (valore < 0)
        if quale is Parametro.MASSIMO:
            return Quantita(ZERO, per_y=UNO, segno_y=segno)
        return Quantita(ZERO, per_x=UNO, segno_x=segno)

    def tendenza(self) -> Zone:
        nome, edizione = self.lettura.riferimento, self.edizione
        if nome and nome not in ANNO_PRIMA and not nome.isdecimal():
            self.modi[Classe.AVANZAMENTO] = Modo.UNO_PER_UNO
            return self.riferimento()
        b = self._base()
        self._metodo("tendenza")
        if self.verso is Verso.MANTENIMENTO:
            return self._mantenimento(b, Fraction(edizione.tolleranza_mantenimento))
        verso = self.verso or self.misura.verso
        if verso is None or verso is Verso.MANTENIMENTO:
            raise _Costante
        cresce = verso is Verso.CRESCENTE
        if self.lettura.valore is None:
            stretto = Comparatore.MAGGIORE if cresce else Comparatore.MINORE
            return self.forme.gradino(stretto, b)
        if self.lettura.comparatore in (Comparatore.MINORE_UGUALE, Comparatore.MINORE):
            raise _Costante
        quanto = abs(_finito(self.lettura.valore))
        percento = unita_comune(self.lettura.unita) == "%"
        avanti = abs(b).per(quanto / 100) if percento else Quantita(quanto)
        largo = Comparatore.MAGGIORE_UGUALE if cresce else Comparatore.MINORE_UGUALE
        return self.forme.gradino(largo, b + avanti if cresce else b - avanti)

    def _mantenimento(self, b: Quantita, tolleranza: Fraction) -> Zone:
        ammesso = abs(b).per(tolleranza / 100)
        if self.misura.verso is Verso.CRESCENTE:
            return self.forme.gradino(Comparatore.MAGGIORE_UGUALE, b - ammesso)
        if self.misura.verso is Verso.DECRESCENTE:
            return self.forme.gradino(Comparatore.MINORE_UGUALE, b + ammesso)
        return self.forme.intorno(b, ammesso)

    def traguardo(self) -> Zone:
        self.modi |= {
            Classe.VALORE: Modo.CAMPIONE,
            Classe.RAPPORTO: Modo.CAMPIONE,
            Classe.AVANZAMENTO: Modo.CIFRA,
        }
        if self._metodo("traguardo") is Metodo.SI_NO:
            return self.forme.gradino(Comparatore.MAGGIORE_UGUALE, Quantita(CENTO))
        return self.forme.tutto(self.catene.numero(Specie.TALE))

    def si_no(self) -> Zone:
        self.modi = {
            Classe.VALORE: Modo.SI_NO,
            Classe.AVANZAMENTO: Modo.CIFRA,
            Classe.TESTO: Modo.CAMPIONE,
        }
        self._metodo("si_no")
        atteso = self.lettura.valore is None or self.lettura.valore != 0
        comparatore = Comparatore.MAGGIORE_UGUALE if atteso else Comparatore.MINORE
        return self.forme.gradino(comparatore, Quantita(CENTO))

    # --- the numeric methods --------------------------------------------------------------

    def _numerico(self, caso: str, t: Quantita) -> Zone:
        metodo, edizione = self._metodo(caso), self.edizione
        if metodo is Metodo.AVANZAMENTO:
            return self.forme.tutto(self.catene.numero(Specie.TALE))
        if metodo is Metodo.UGUAGLIANZA or self._verso_indicatore is Verso.MANTENIMENTO:
            return self.forme.intorno(
                t, abs(t).per(Fraction(edizione.tolleranza_uguaglianza) / 100)
            )
        comparatore = self._comparatore()
        if metodo is Metodo.SOGLIA:
            return self.forme.gradino(comparatore, t)
        if metodo is Metodo.INTERPOLAZIONE:
            return self.forme.interpolazione(comparatore, t, Quantita(self._partenza()))
        if metodo is Metodo.FASCE:
            return self._a_fasce(comparatore, t)
        return self.forme.rapporto(comparatore, t, Specie.TALE, Specie.MANCATO)

    def _a_fasce(self, comparatore: Comparatore, t: Quantita) -> Zone:
        return self.forme.rapporto(comparatore, t, Specie.FASCE, Specie.FASCE_MANCATO)

    # --- inputs ---------------------------------------------------------------------------

    @property
    def _verso_indicatore(self) -> Verso | None:
        return self.misura.verso or self.verso

    def _comparatore(self) -> Comparatore:
        utile = self.verso or self.misura.verso
        # A movement towards a level with a name is judged as a benchmark, but keeps its kind.
        verso = utile if self.tipo is Tipo.RIFERIMENTO else self._verso_indicatore
        comparatore = metodi.comparatore_effettivo(self.lettura.comparatore, verso)
        if comparatore is None:
            raise _Costante
        return comparatore

    def _metodo(self, caso: str) -> Metodo:
        del_caso: Metodo = getattr(self.edizione.metodi, caso)
        metodo = self.misura.metodo or del_caso
        if metodo not in METODI_AMMESSI[caso]:
            raise _Costante
        return metodo

    def _stesse_unita(self) -> None:
        nostra, sua = unita_comune(self.misura.unita), unita_comune(self.lettura.unita)
        if nostra and sua and nostra != sua:
            raise _Costante

    def _partenza(self) -> Fraction:
        valore = self.misura.base.per_sede("") if self.misura.base else None
        if valore is None:
            raise _Costante
        return Fraction(valore)

    def _base(self) -> Quantita:
        """The baseline, if it is in the unit of the results and of the year that is named."""
        b, base, anno = self._partenza(), self.misura.base, self.lettura.riferimento
        if base and base.lettura and base.lettura.letture:
            nostra, sua = (
                unita_comune(self.misura.unita),
                unita_comune(base.lettura.letture[0].unita),
            )
            if nostra and sua and nostra != sua:
                raise _Costante
        if anno.isdecimal() and base and base.anno is not None and int(anno) != base.anno:
            raise _Costante
        return self._aperta(b, Parametro.BASE)


def _finito(valore: Decimal | None) -> Fraction:
    """The number as a fraction; a target without one has the same outcome for every figure."""
    if valore is None or not valore.is_finite():
        raise _Costante
    return Fraction(valore)


_GIUDICI: dict[Tipo, Callable[[_Compilatore], Zone]] = {
    Tipo.SOGLIA: _Compilatore.soglia,
    Tipo.INTERVALLO: _Compilatore.intervallo,
    Tipo.QUOTA_DI_CASI: _Compilatore.quota,
    Tipo.RIFERIMENTO: _Compilatore.riferimento,
    Tipo.TENDENZA: _Compilatore.tendenza,
    Tipo.TRAGUARDO: _Compilatore.traguardo,
    Tipo.SI_NO: _Compilatore.si_no,
}
