# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a meeting of the Comitato decided: adhesions, renunciations, rankings, scenarios."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conciliazione.models import Adesione, Graduatoria, Rinuncia, Scenario, Seduta

Righe = QuerySet[Any]


def _adesioni(seduta: Seduta) -> Righe:
    return Adesione.objects.filter(azienda=seduta.azienda, stato__in=("accolta", "respinta"))


def _rinunce(seduta: Seduta) -> Righe:
    return Rinuncia.objects.filter(adesione__azienda=seduta.azienda).select_related("adesione")


def _graduatorie(seduta: Seduta) -> Righe:
    return Graduatoria.objects.filter(
        manifestazione__edizione=seduta.edizione_id, decisa_il__isnull=False
    ).select_related("manifestazione")


def _scenari(seduta: Seduta) -> Righe:
    return Scenario.objects.filter(
        manifestazione__edizione=seduta.edizione_id, scelto_il__isnull=False
    )


DA_COLLEGARE: dict[str, tuple[str | Promise, Callable[[Seduta], Righe]]] = {
    "adesione": (_("Adesione valutata"), _adesioni),
    "rinuncia": (_("Rinuncia di cui si è preso atto"), _rinunce),
    "graduatoria": (_("Graduatoria decisa"), _graduatorie),
    "scenario": (_("Scenario di riparto scelto"), _scenari),
}


def da_collegare(seduta: Seduta, genere: str) -> Righe:
    """The things of a kind that were decided and do not say in which meeting."""
    return DA_COLLEGARE[genere][1](seduta).filter(seduta=None)


def sedute_che_decidono(adesione: Adesione) -> QuerySet[Seduta]:
    """Those where a request to join may have been evaluated, or the body's leaving noted."""
    return Seduta.objects.filter(
        edizione__azienda=adesione.azienda_id, organo=Seduta.Organo.COMITATO,
        stato__in=(Seduta.Stato.APERTA, Seduta.Stato.CHIUSA),
    ).order_by("-quando")  # fmt: skip


def esigi_che_decida(adesione: Adesione, seduta: Seduta | None) -> None:
    """Stop if what was decided of a body is said of another meeting.

    :raises ValidationError: in ``seduta``.
    """
    if seduta is not None and not sedute_che_decidono(adesione).filter(pk=seduta.pk).exists():
        raise ValidationError(
            {"seduta": _("Serve una seduta del Comitato della stessa ATS, aperta o chiusa.")}
        )


def scelte(seduta: Seduta) -> list[tuple[str, str]]:
    """Those of all kinds, as the choices of a form: ``adesione:12`` and its name."""
    return [
        (f"{genere}:{riga.pk}", f"{nome}: {riga}")
        for genere, (nome, _righe) in DA_COLLEGARE.items()
        for riga in da_collegare(seduta, genere)
    ]


def decise(seduta: Seduta) -> list[dict[str, str]]:
    """What this meeting decided, as plain data: the page shows it, the minutes freeze it."""
    return [
        {"genere": str(nome), "che_cosa": str(riga), "esito": _esito(riga)}
        for nome, righe in DA_COLLEGARE.values()
        for riga in righe(seduta).filter(seduta=seduta)
    ]


def _esito(riga: Any) -> str:
    return str(riga.get_stato_display()) if isinstance(riga, Adesione) else ""
