# SPDX-License-Identifier: AGPL-3.0-or-later
"""What competes for the envelope of a call, read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from conciliazione.calcolo.edizione import Parametri
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.metodo import Metodo, MetodoNonValido
from conciliazione.calcolo.parole import in_basso
from conciliazione.calcolo.richiesta import Richiesta
from conciliazione.calcolo.riparto import Esito, riparti
from conciliazione.conti import Costi, costi_delle, versione_di
from conciliazione.models import (
    Graduatoria,
    ManifestazioneInteresse,
    Proposta,
    RigaGraduatoria,
    VersioneProposta,
)

Stato = Proposta.Stato
CONCORRONO = (Stato.AMMESSA, Stato.IN_COPROGETTAZIONE, Stato.FINANZIATA, Stato.NON_FINANZIATA)


@dataclass(frozen=True)
class InGara:
    """A proposal with the version that counts and what it asks."""

    proposta: Proposta
    versione: VersioneProposta
    richiesta: Richiesta


def graduatoria_decisa(manifestazione: ManifestazioneInteresse) -> Graduatoria | None:
    """The ranking that counts: the last one decided."""
    return (
        manifestazione.graduatorie.filter(decisa_il__isnull=False)
        .select_related("seduta")
        .order_by("-numero")
        .first()
    )


def in_gara(manifestazione: ManifestazioneInteresse) -> list[InGara]:
    """The proposals that compete, by number: not those that the ranking says are not suitable.

    :raises ValidationError: one of them does not say how much it asks.
    """
    decisa = graduatoria_decisa(manifestazione)
    righe = RigaGraduatoria.objects.filter(graduatoria=decisa) if decisa else []
    posti = {riga.proposta_id: riga for riga in righe}
    proposte = (
        Proposta.objects.filter(manifestazione=manifestazione, stato__in=CONCORRONO)
        .select_related("capofila", "manifestazione__edizione__azienda")
        .prefetch_related("versioni__azioni")
        .order_by("numero", "pk")
    )
    idonee = [una for una in proposte if una.pk not in posti or posti[una.pk].idonea]
    versioni = {una.pk: versione_di(una) for una in idonee}
    costi = costi_delle(una for una in versioni.values() if una is not None)
    regole = manifestazione.edizione.regole
    trovate = []
    for una in idonee:
        versione = versioni[una.pk]
        if versione is None or versione.contributo is None:
            raise ValidationError(
                _("«%(proposta)s» non dice quale contributo chiede: va completata prima.")
                % {"proposta": una}
            )
        suoi = costi[versione.pk]
        riga = posti.get(una.pk)
        richiesta = Richiesta(
            chiave=str(una.pk),
            nome=una.titolo,
            richiesto=versione.contributo,
            costo=suoi.totale or ZERO,
            posto=riga.posto if riga else None,
            riservabile=_riservabile(versione, suoi, regole),
        )
        trovate.append(InGara(una, versione, richiesta))
    return trovate


def _riservabile(versione: VersioneProposta, costi: Costi, regole: Parametri) -> dict[str, Decimal]:
    """By reserve, the part of the contribution that goes to its interventions: the same share that
    they have of the cost, down to the cent.
    """
    if not costi.totale or not costi.per_azione:
        return {}
    parti = {}
    for riserva in regole.riserve:
        suo = sum(
            (
                costi.per_azione.get(azione.pk, ZERO)
                for azione in versione.azioni.all()
                if (categoria := regole.categoria(azione.intervento))
                and categoria.codice in riserva.categorie
            ),
            ZERO,
        )
        if suo:
            quota = Fraction(suo) / Fraction(costi.totale)
            parti[riserva.codice] = in_basso(Fraction(versione.contributo or ZERO) * quota)
    return parti


def calcola(dotazione: Decimal, concorrenti: Iterable[InGara], metodo: Metodo) -> Esito:
    """Share the envelope among the proposals.

    :raises ValidationError: the method does not hold, with every reason.
    """
    try:
        return riparti(dotazione, [uno.richiesta for uno in concorrenti], metodo)
    except MetodoNonValido as errore:
        raise ValidationError(errore.problemi) from errore
