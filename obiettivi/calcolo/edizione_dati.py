# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition to and from plain JSON data (``albero/edizione/1``).

Decimals are written as text, exactly; absent values are ``null``. Fields that are not there take
the default of ``Edizione``; a field that is not known is refused, so that a misspelling never
passes for a rule. Reading checks the shape and then the edition as a whole, and says everything
that is wrong at once (``EdizioneNonValida``).
"""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

from .arrotondamento import Arrotondamento, Livello, Modo
from .edizione import (
    Cancelli,
    Cancello,
    Classe,
    Decrescente,
    Edizione,
    EdizioneNonValida,
    Effetto,
    FasceLivello,
    FasceUnita,
    GruppoAree,
    Insieme,
    Mesi,
    MetodiPredefiniti,
    Metodo,
    PariMerito,
    Pesi,
    Politica,
    PoliticaLivello,
    ProRata,
    Sintesi,
    SintesiLivelli,
    SintesiPeriodi,
    convalida,
)
from .fasce import Fascia
from .lettore import Lettore, semplice

SCHEMA = "albero/edizione/1"


def come_dati(edizione: Edizione) -> dict[str, Any]:
    """Plain data, ready for ``json.dumps``; ``da_dati`` gives the same edition back."""
    return {"schema": SCHEMA} | {
        campo.name: semplice(getattr(edizione, campo.name)) for campo in fields(edizione)
    }


def da_dati(dati: Mapping[str, Any]) -> Edizione:
    """Read and check an edition; ``EdizioneNonValida`` with every problem found."""
    lettore = Lettore(dati)
    edizione = _leggi(lettore)
    lettore.resto()
    if lettore.problemi:
        raise EdizioneNonValida(lettore.problemi)
    return convalida(edizione)


def _leggi(lettore: Lettore) -> Edizione:
    base = Edizione(codice="", nome="")
    if lettore.testo("schema", SCHEMA) != SCHEMA:
        lettore.problemi.append(f"schema: serve «{SCHEMA}».")
    return Edizione(
        codice=lettore.testo("codice"),
        nome=lettore.testo("nome"),
        fonte=lettore.testo("fonte"),
        metodi=lettore.oggetto("metodi", _metodi, base.metodi),
        decrescente=lettore.scelta("decrescente", Decrescente(base.decrescente)),
        minimo_parziale=lettore.decimale_o_nulla("minimo_parziale", base.minimo_parziale),
        tetto_se_mancato=lettore.decimale("tetto_se_mancato", base.tetto_se_mancato),
        fasce=lettore.lista("fasce", _fascia),
        fasce_giorni=lettore.lista("fasce_giorni", _fascia),
        tolleranza_intervallo=lettore.decimale("tolleranza_intervallo", base.tolleranza_intervallo),
        tolleranza_uguaglianza=lettore.decimale(
            "tolleranza_uguaglianza", base.tolleranza_uguaglianza
        ),
        tolleranza_mantenimento=lettore.decimale(
            "tolleranza_mantenimento", base.tolleranza_mantenimento
        ),
        pavimento=lettore.decimale("pavimento", base.pavimento),
        tetto=lettore.decimale_o_nulla("tetto", base.tetto),
        arrotondamento=lettore.oggetto("arrotondamento", _arrotondamento, base.arrotondamento),
        mancanti=lettore.scelta("mancanti", Politica(base.mancanti)),
        non_valutabili=lettore.scelta("non_valutabili", Politica(base.non_valutabili)),
        sintesi=lettore.oggetto("sintesi", _sintesi, base.sintesi),
        sintesi_periodi=lettore.scelta("sintesi_periodi", SintesiPeriodi(base.sintesi_periodi)),
        pesi=lettore.scelta("pesi", Pesi(base.pesi)),
        soglia_raggiunto=lettore.decimale("soglia_raggiunto", base.soglia_raggiunto),
        gruppi_aree=lettore.lista("gruppi_aree", _gruppo),
        classi=lettore.lista("classi", leggi_classe),
        fasce_unita=lettore.lista("fasce_unita", _fasce_unita),
        moltiplicatori=lettore.lista("moltiplicatori", _fascia),
        recupero_massimo=lettore.decimale("recupero_massimo", base.recupero_massimo),
        politiche=lettore.lista("politiche", _politica),
        fasce_conteggio=lettore.lista("fasce_conteggio", _fascia),
        fasce_livelli=lettore.lista("fasce_livelli", _fasce_livello),
        migliore_con_superiore=lettore.scelte("migliore_con_superiore", Livello, ()),
        prerequisiti=lettore.oggetto("prerequisiti", _cancelli, base.prerequisiti),
        minimi=lettore.oggetto("minimi", _cancelli, base.minimi),
        mesi=lettore.oggetto("mesi", _mesi, base.mesi),
        pari_merito=lettore.scelta("pari_merito", PariMerito(base.pari_merito)),
    )


def _metodi(lettore: Lettore) -> MetodiPredefiniti:
    base = MetodiPredefiniti()
    scelti: dict[str, Metodo] = {
        campo.name: lettore.scelta(campo.name, getattr(base, campo.name)) for campo in fields(base)
    }
    return MetodiPredefiniti(**scelti)


def _sintesi(lettore: Lettore) -> SintesiLivelli:
    base = SintesiLivelli()
    scelte: dict[str, Sintesi] = {
        campo.name: lettore.scelta(campo.name, getattr(base, campo.name)) for campo in fields(base)
    }
    return SintesiLivelli(**scelte)


def _arrotondamento(lettore: Lettore) -> Arrotondamento:
    base = Arrotondamento()
    return Arrotondamento(
        modo=lettore.scelta("modo", Modo(base.modo)),
        decimali=lettore.intero("decimali", base.decimali),
        livelli=lettore.scelte("livelli", Livello, base.livelli),
    )


def _fascia(lettore: Lettore) -> Fascia:
    return Fascia(
        da=lettore.decimale_o_nulla("da", None),
        a=lettore.decimale_o_nulla("a", None),
        punti=lettore.decimale("punti", Decimal(0)),
        punti_a=lettore.decimale_o_nulla("punti_a", None),
    )


def _gruppo(lettore: Lettore) -> GruppoAree:
    return GruppoAree(
        nome=lettore.testo("nome"),
        aree=lettore.testi("aree"),
        peso=lettore.decimale("peso", Decimal(0)),
    )


def leggi_classe(lettore: Lettore) -> Classe:
    return Classe(
        etichetta=lettore.testo("etichetta"),
        da=lettore.decimale("da", Decimal(0)),
        premio=lettore.decimale_o_nulla("premio", None),
        premio_a=lettore.decimale_o_nulla("premio_a", None),
        massimo_numero=lettore.intero_o_nulla("massimo_numero"),
        massimo_quota=lettore.decimale_o_nulla("massimo_quota", None),
    )


def _fasce_unita(lettore: Lettore) -> FasceUnita:
    return FasceUnita(unita=lettore.testo("unita"), fasce=lettore.lista("fasce", _fascia))


def _fasce_livello(lettore: Lettore) -> FasceLivello:
    return FasceLivello(
        livello=lettore.scelta_dovuta("livello", Livello.PIANO),
        fasce=lettore.lista("fasce", _fascia),
    )


def _politica(lettore: Lettore) -> PoliticaLivello:
    return PoliticaLivello(
        livello=lettore.scelta_dovuta("livello", Livello.PIANO),
        mancanti=lettore.scelta_o_nulla("mancanti", Politica),
        non_valutabili=lettore.scelta_o_nulla("non_valutabili", Politica),
    )


def _cancelli(lettore: Lettore) -> Cancelli:
    trovati: dict[str, Cancello | None] = {
        campo.name: lettore.oggetto_o_nulla(campo.name, _cancello) for campo in fields(Cancelli)
    }
    return Cancelli(**trovati)


def _cancello(lettore: Lettore) -> Cancello:
    base = Cancello()
    return Cancello(
        effetto=lettore.scelta("effetto", Effetto(base.effetto)),
        soglia=lettore.decimale("soglia", base.soglia),
        insieme=lettore.scelta("insieme", Insieme(base.insieme)),
        fattori=lettore.lista("fattori", _fascia),
        limite=lettore.decimale_o_nulla("limite", None),
    )


def _mesi(lettore: Lettore) -> Mesi:
    base = Mesi()
    return Mesi(
        pro_rata=lettore.scelta("pro_rata", ProRata(base.pro_rata)),
        minimo=lettore.decimale("minimo", base.minimo),
    )
