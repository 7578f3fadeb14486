# SPDX-License-Identifier: AGPL-3.0-or-later
"""A version of a proposal brought to the rules of its edition, in a fixed number of queries."""

from datetime import date
from typing import Any

from conciliazione.calcolo.ammissibilita import Periodo, verifiche
from conciliazione.calcolo.candidatura import Azione, Candidatura, Soggetto, Verifica
from conciliazione.calcolo.edizione import Dimensione, Natura
from conciliazione.calcolo.importi import ZERO
from conciliazione.conti import Costi, costi_di
from conciliazione.models import Ente, Partner, TipoEnte, VersioneProposta


def verifiche_di(versione: VersioneProposta) -> list[Verifica]:
    """Every check of the edition on a version, with who is in the Alleanza now."""
    edizione = versione.proposta.manifestazione.edizione
    periodo = Periodo(date(edizione.anno_inizio, 1, 1), date(edizione.anno_fine, 12, 31))
    return verifiche(candidatura_di(versione), edizione.regole, periodo)


def candidatura_di(versione: VersioneProposta) -> Candidatura:
    """What a version asks, as the rules see it."""
    proposta, costi = versione.proposta, costi_di(versione)
    partner = list(proposta.partner.attuali().select_related("ente"))
    chiavi = [proposta.capofila_id, *(uno.ente_id for uno in partner)]
    membri = set(Ente.objects.membri().filter(pk__in=chiavi).values_list("pk", flat=True))
    return Candidatura(
        capofila=soggetto(proposta.capofila, membri),
        partner=tuple(
            soggetto(uno.ente, membri, confermato=uno.stato == Partner.Stato.CONFERMATO)
            for uno in partner
        ),
        finalita=tuple(versione.finalita),
        azioni=_azioni(versione, costi),
        per_categoria=costi.per_categoria,
        costo_dichiarato=versione.costo_dichiarato,
        contributo=versione.contributo,
        cofinanziamento=costi.cofinanziamento,
        dal=versione.dal,
        al=versione.al,
    )


def soggetto(ente: Ente, membri: set[int], *, confermato: bool = True) -> Soggetto:
    """A body as the rules see it."""
    return Soggetto(
        nome=ente.nome,
        natura=Natura(ente.natura),
        ente_locale=ente.ente_locale,
        ambito=ente.tipo == TipoEnte.AMBITO,
        impresa=ente.tipo == TipoEnte.PROFIT,
        dimensione=Dimensione(ente.dimensione) if ente.dimensione else None,
        nella_rete=ente.pk in membri,
        confermato=confermato,
    )


def _azioni(versione: VersioneProposta, costi: Costi) -> tuple[Azione, ...]:
    return tuple(
        Azione(
            titolo=una.titolo,
            intervento=una.intervento,
            persone=una.persone,
            imprese=una.imprese,
            dal=una.dal,
            al=una.al,
            costo=costi.per_azione.get(una.pk, ZERO),
        )
        for una in versione.azioni.all()
    )


def come_righe(tutte: list[Verifica]) -> list[dict[str, Any]]:
    """The checks as they are kept with the version."""
    return [
        {
            "codice": una.codice,
            "regola": una.regola,
            "fonte": una.fonte,
            "rispettata": una.rispettata,
            "confronto": una.confronto,
        }
        for una in tutte
    ]
