# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two tables of art. 20 D.Lgs. 33/2013 as documents of the body: their photographs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.calcolo.arrotondamento import Modo, arrotonda
from obiettivi.models import EdizioneIndividuale, PremiAnno, VocePremi
from obiettivi.premi.selettivita import GruppoValutato, Selettivita, selettivita
from piani.documenti_ente.forma import (
    Colonna,
    Dati,
    Parte,
    Tabella,
    Testata,
    Tipo,
    fotografia,
    in_parole,
)

Gruppo = VocePremi.Gruppo
TACIUTO = "non mostrato"
PERCHE = {
    "senza": gettext_lazy(
        "Le valutazioni individuali di quest'anno non sono state fatte con Albero: la "
        "distribuzione e il grado di differenziazione non si calcolano qui."
    ),
    "aperte": gettext_lazy(
        "La distribuzione e il grado di differenziazione ci sono quando tutte le valutazioni "
        "individuali dell'anno sono chiuse."
    ),
    "poche": gettext_lazy(
        "Le persone valutate, o quelle di uno dei due gruppi, sono troppo poche: mostrare delle "
        "cifre farebbe riconoscere qualcuno."
    ),
}


@dataclass(frozen=True)
class Genere:
    """One of the two tables: its address here, its obligation and its section."""

    quale: str
    obbligo: str
    sezione: str
    titolo: str | Promise
    norma: str
    parti: Callable[[PremiAnno], list[Parte]]
    coppie: Callable[[PremiAnno], list[tuple[str, str]]]

    def serie(self, premi: PremiAnno) -> str:
        return f"{self.obbligo}-{premi.anno}"


def fotografa(
    premi: PremiAnno, genere: Genere, *, versione: int, giorno: date, motivo: str = ""
) -> Dati:
    """The document as it would be published that day."""
    testata = Testata(
        titolo=f"{genere.titolo}, {premi.anno}",
        norma=genere.norma,
        anno=premi.anno,
        serie=genere.serie(premi),
        motivo=motivo,
        dimostrativo=premi.dimostrativo,
        coppie=genere.coppie(premi),
    )
    return fotografia(premi.azienda, testata, genere.parti(premi), versione=versione, giorno=giorno)


def edizione_di(premi: PremiAnno) -> EdizioneIndividuale | None:
    """The rules of the individual evaluation of that year."""
    return EdizioneIndividuale.objects.filter(azienda=premi.azienda_id, anno=premi.anno).first()


# Amounts ------------------------------------------------------------------------------------------


def somme(voci: Sequence[VocePremi]) -> tuple[Decimal, Decimal | None]:
    """What was set aside; what was given out, None while some of it still has to be."""
    dati = [una.distribuito for una in voci]
    distribuito = None if None in dati else sum((uno or Decimal(0) for uno in dati), Decimal(0))
    return sum((una.stanziato for una in voci), Decimal(0)), distribuito


def _ammontare(premi: PremiAnno) -> list[Parte]:
    righe: list[list[Any]] = [
        [
            una.get_gruppo_display(), una.nome, una.stanziato, una.distribuito,
            quota_di(una.distribuito, una.stanziato),
        ]
        for una in premi.voci.all()
    ]  # fmt: skip
    tabella = Tabella(
        "ammontare",
        _("Ammontare complessivo dei premi"),
        [
            Colonna("a_chi", _("A chi va"), larghezza=15),
            Colonna("voce", _("Fondo o voce"), larghezza=35),
            Colonna("stanziato", _("Stanziato"), Tipo.EURO, 18),
            Colonna("distribuito", _("Effettivamente distribuito"), Tipo.EURO, 18),
            Colonna("quota", _("Distribuito su stanziato"), Tipo.PERCENTO, 14),
        ],
        righe,
        vuoto=_("non ancora distribuito"),
    )
    return [
        Parte(
            _("Premi stanziati e distribuiti"),
            (_("I premi collegati alla performance dell'anno, voce per voce: quanto è stato messo "
               "da parte e quanto è stato dato."),),
            tabella=tabella,
        )
    ]  # fmt: skip


def quota_di(parte: Decimal | None, tutto: Decimal) -> Decimal | None:
    """A share in percent, to the hundredth; none of nothing."""
    if parte is None or not tutto:
        return None
    return arrotonda(Decimal(100) * parte / tutto, Modo.META_SU, 2)


def _coppie_ammontare(premi: PremiAnno) -> list[tuple[str, str]]:
    stanziato, distribuito = somme(list(premi.voci.all()))
    non_ancora = _("non ancora tutto")
    return [
        (_("Stanziato in tutto"), in_parole(stanziato, Tipo.EURO)),
        (_("Distribuito in tutto"), in_parole(distribuito, Tipo.EURO, non_ancora)),
    ]


# How they are distributed -------------------------------------------------------------------------


def _dati(premi: PremiAnno) -> list[Parte]:
    edizione = edizione_di(premi)
    figure = selettivita(edizione, premi.dirigenza)
    paragrafi = [premi.criteri] if premi.criteri else []
    parti = [
        Parte(
            _("Criteri di distribuzione"), paragrafi,
            tabella=_classi(edizione) if edizione else None,
        )
    ]  # fmt: skip
    if not figure.gruppi:
        return [*parti, Parte(_("Distribuzione"), (str(PERCHE[figure.perche]),))]
    return [
        *parti,
        Parte(
            _("Distribuzione in forma aggregata"),
            (_("Quante persone in ogni classe di valutazione. Nessun gruppo di meno di %(n)s "
               "persone compare, né si ricava per differenza.") % {"n": settings.CELLA_MINIMA},),
            tabella=_distribuzione(figure),
        ),
        Parte(
            _("Grado di differenziazione"),
            (_("L'indice va da 0, tutti nella stessa classe, a 1, in parti uguali fra tutte."),),
            tabella=_differenziazione(figure),
        ),
    ]  # fmt: skip


def _classi(edizione: EdizioneIndividuale) -> Tabella | None:
    classi = edizione.regole.classi
    if not classi:
        return None
    return Tabella(
        "criteri",
        _("Classi di valutazione e premio"),
        [
            Colonna("classe", _("Classe"), larghezza=40),
            Colonna("da_punti", _("Da punti"), Tipo.NUMERO, 20),
            Colonna("premio", _("Quota di premio"), Tipo.PERCENTO, 20),
            Colonna("premio_a", _("Quota di premio in cima alla classe"), Tipo.PERCENTO, 20),
        ],
        [[una.etichetta, una.da, una.premio, una.premio_a] for una in classi],
    )


def _distribuzione(figure: Selettivita) -> Tabella:
    return Tabella(
        "distribuzione",
        _("Persone per classe"),
        [
            Colonna("a_chi", _("Chi"), larghezza=25),
            Colonna("classe", _("Classe"), larghezza=35),
            Colonna("persone", _("Persone"), Tipo.NUMERO, 20),
            Colonna("quota", _("Quota"), Tipo.PERCENTO, 20),
        ],
        [
            [_nome(uno), classe, quanti, _cifra(uno.quota(classe))]
            for uno in figure.gruppi
            for classe, quanti in uno.classi.items()
        ],
        vuoto=TACIUTO,
    )


def _differenziazione(figure: Selettivita) -> Tabella:
    return Tabella(
        "differenziazione",
        _("Grado di differenziazione"),
        [
            Colonna("a_chi", _("Chi"), larghezza=28),
            Colonna("persone", _("Persone valutate"), Tipo.NUMERO, 18),
            Colonna("media", _("Punteggio medio"), Tipo.NUMERO, 18),
            Colonna("scarto", _("Scarto quadratico medio"), Tipo.NUMERO, 18),
            Colonna("indice", _("Indice di differenziazione"), Tipo.NUMERO, 18),
        ],
        [
            [_nome(uno), uno.quanti, _cifra(uno.media), _cifra(uno.scarto), _cifra(uno.indice)]
            for uno in figure.gruppi
        ],
    )


def _nome(gruppo: GruppoValutato) -> str:
    return str(Gruppo(gruppo.gruppo).label)


def _cifra(valore: Decimal | None) -> Decimal | None:
    return None if valore is None else arrotonda(valore, Modo.META_SU, 2)


def _coppie_dati(premi: PremiAnno) -> list[tuple[str, str]]:
    edizione = edizione_di(premi)
    return [(_("Regole della valutazione"), edizione.nome)] if edizione else []


AMMONTARE = Genere(
    "ammontare", "premi-ammontare", "ammontare-complessivo-dei-premi",
    gettext_lazy("Ammontare complessivo dei premi"), "Art. 20, c. 1, d.lgs. n. 33/2013",
    _ammontare, _coppie_ammontare,
)  # fmt: skip
DATI = Genere(
    "dati", "premi-dati", "dati-relativi-ai-premi", gettext_lazy("Dati relativi ai premi"),
    "Art. 20, c. 2, d.lgs. n. 33/2013", _dati, _coppie_dati,
)  # fmt: skip
GENERI = {uno.quale: uno for uno in (AMMONTARE, DATI)}
