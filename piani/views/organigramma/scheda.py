# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a unit: what it is, who answers for it, where it comes from, what may be changed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from piani.models import Azienda, Incarico, Organigramma, UnitaOrganizzativa, Utente
from piani.organigramma.albero import discendenti
from piani.organigramma.moduli import (
    NominaForm,
    PartiFormSet,
    PrecedentiForm,
    SpostaForm,
    TerminaForm,
    UnisciForm,
    UnitaForm,
    scelte,
)
from piani.organigramma.responsabili import DI_GUIDA, guide, responsabile_di
from piani.views.organigramma.pezzi import PERMESSO, PERMESSO_NOMINA, briciole, unita_di


@require_safe
@never_cache
def unita(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    return pagina(request, unita_di(request, azienda, pk))


def pagina(request: HttpRequest, questa: UnitaOrganizzativa, **moduli: Any) -> HttpResponse:
    """The page of a unit; ``moduli`` brings back a form with its errors."""
    versione = questa.organigramma
    catena = list(UnitaOrganizzativa.objects.ancestors(questa, include_self=True))
    contesto = {
        "azienda": versione.azienda,
        "organigramma": versione,
        "unita": questa,
        "sopra": catena[:-1],
        "sotto": list(questa.children.order_by("ordine", "pk")),
        "precedenti": list(questa.precedenti.select_related("organigramma").order_by("pk")),
        "successive": list(
            questa.successive.filter(organigramma__valido_dal__isnull=False)
            .select_related("organigramma")
            .order_by("pk")
        ),
        "puo_modificare": versione.in_bozza and request.user.has_perm(PERMESSO, versione),
        "briciole": briciole(versione.azienda, *_risalita(versione), (questa.nome, "")),
    }
    if versione.in_bozza:
        contesto |= _moduli(questa) if contesto["puo_modificare"] else {}
    else:
        oggi = timezone.localdate()
        giorno = _giorno(versione, oggi)
        contesto |= {
            "giorno": giorno,
            "passata": giorno < oggi,
            "risponde_oggi": responsabile_di(questa, oggi) if giorno < oggi else None,
            "guida": guide(catena, giorno)[questa.pk],
            "incarichi": responsabili_nel_tempo(questa),
            "puo_nominare": request.user.has_perm(PERMESSO_NOMINA, versione),
            "nomina": modulo_nomina(versione.azienda, giorno),
        }
    return render(request, "piani/organigramma/unita.html", contesto | moduli)


def _risalita(versione: Organigramma) -> list[tuple[Any, str]]:
    if not versione.in_bozza:
        return []
    elenco = reverse("versioni_organigramma", args=[versione.azienda.codice])
    return [(_("Versioni"), elenco), (versione.nome, versione.get_absolute_url())]


def _giorno(versione: Organigramma, oggi: date) -> date:
    """Today, or the day of the version nearest to it."""
    ultimo = oggi if versione.valido_al is None else min(oggi, versione.valido_al)
    return max(ultimo, versione.valido_dal or ultimo)


def _moduli(questa: UnitaOrganizzativa) -> dict[str, Any]:
    """The forms of a unit of a draft, as it is now."""
    tutte = list(UnitaOrganizzativa.objects.di_versione(questa.organigramma))
    padri = {una.pk: una.parent_id for una in tutte}
    sue = {questa.pk, *discendenti(questa.pk, padri)}
    campi = ("codice", "nome", "tipo", "cdr", "nota")
    come_e = {campo: getattr(questa, campo) for campo in campi} | {"vista": questa.impronta}
    di_prima = questa.organigramma.nata_da
    vecchie = UnitaOrganizzativa.objects.di_versione(di_prima) if di_prima else []
    return {
        "modifica": UnitaForm(initial=come_e),
        "sposta": SpostaForm(
            initial={"padre": questa.parent_id},
            unita=scelte(una for una in tutte if una.pk not in sue),
        ),
        "parti": PartiFormSet(
            prefix="parti", initial=[{"codice": questa.codice, "nome": questa.nome}]
        ),
        "unisci": UnisciForm(
            initial={"codice": questa.codice, "nome": questa.nome},
            auto_id="unisci_%s",
            unita=da_unire(questa, tutte),
        ),
        "collega": PrecedentiForm(
            initial={"precedenti": [una.pk for una in questa.precedenti.all()]},
            unita=scelte(vecchie),
        ),
    }


def da_unire(questa: UnitaOrganizzativa, tutte: list[UnitaOrganizzativa]) -> list[tuple[int, str]]:
    """The other units, those beside this one first."""
    altre = [una for una in tutte if una.pk != questa.pk]
    altre.sort(key=lambda una: una.parent_id != questa.parent_id)
    return [(una.pk, f"{una.nome} ({una.codice})") for una in altre]


def modulo_nomina(azienda: Azienda, giorno: date, dati: Any = None) -> NominaForm:
    """The form of an appointment, with the people of the azienda."""
    persone = Utente.objects.filter(is_active=True, incarichi__azienda=azienda).distinct()
    return NominaForm(dati, initial={"dal": giorno}, auto_id="nomina_%s", persone=persone)


def responsabili_nel_tempo(unita: UnitaOrganizzativa) -> list[tuple[Incarico, TerminaForm]]:
    """Heads and deputies of the unit, the last first, each with the form that ends it."""
    incarichi = (
        Incarico.objects.filter(unita=unita, ruolo__in=DI_GUIDA)
        .select_related("utente")
        .order_by("-dal", "ruolo", "-pk")
    )
    return [(uno, TerminaForm(auto_id=f"termina_{uno.pk}_%s")) for uno in incarichi]


def rifiutata(
    request: HttpRequest,
    questa: UnitaOrganizzativa,
    errore: ValidationError | None,
    *,
    di_bozza: bool = True,
    **moduli: Any,
) -> HttpResponse:
    """The page again with the form as it was; elsewhere, and why, if it may no longer be sent.

    ``di_bozza``: the form is one of those that only a draft has.
    """
    ancora = UnitaOrganizzativa.objects.filter(pk=questa.pk).exists()
    bozze = Organigramma.objects.bozze().filter(pk=questa.organigramma_id)
    if ancora and bozze.exists() == di_bozza:
        return pagina(request, questa, **moduli)
    for frase in errore.messages if errore else [_("Nel frattempo la bozza è cambiata: riprova.")]:
        messages.error(request, frase)
    if ancora:
        return redirect(questa)
    versione = Organigramma.objects.filter(pk=questa.organigramma_id).first()
    return redirect(versione or reverse("versioni_organigramma", args=[questa.azienda.codice]))
