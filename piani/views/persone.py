# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people of an azienda, for its amministratore."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from piani import azioni, esporta, fogli
from piani.azioni.persona import altre_aziende
from piani.filters import PersonaFilter
from piani.forms_persone import NuovaPersonaForm, PersonaForm
from piani.models import Azienda, Delega, Incarico, Invito, Ruolo, Utente
from piani.models.incarico import UtenteQuerySet
from piani.rules import esigi
from piani.views.inviti import da_consegnare

PER_PAGINA = 50
PERMESSO = "piani.gestisce_persone"
CHI_CONSULTA = {"persone": (Ruolo.AMMINISTRATORE,)}
CHI_CONSULTA["accessi"] = (Ruolo.AMMINISTRATORE, Ruolo.DIREZIONE)


def azienda_di(request: HttpRequest, codice: str) -> Azienda:
    """The azienda of the address, if the person sees to its people."""
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)
    esigi(request.user, PERMESSO, ente)
    return ente


def persona_di(ente: Azienda, pk: int) -> Utente:
    return get_object_or_404(Utente.objects.di(ente), pk=pk)


def briciole(ente: Azienda, *altre: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Persone"), reverse("persone", args=[ente.codice])), *altre]


@require_safe
def scegli(request: HttpRequest, pagina: str) -> HttpResponse:
    """From the menu to the azienda: at once if there is one, else a choice."""
    aziende = _mie(request.user, CHI_CONSULTA[pagina])
    if len(aziende) == 1:
        return redirect(pagina, aziende[0].codice)
    titolo = _("Persone") if pagina == "persone" else _("Accessi del Nucleo")
    contesto = {"aziende": aziende, "pagina": pagina, "titolo": titolo}
    return render(request, "piani/scegli_azienda.html", contesto | {"briciole": [(titolo, "")]})


def _mie(utente: Utente, ruoli: tuple[Ruolo, ...]) -> list[Azienda]:
    if utente.puo_tutto:
        return list(Azienda.objects.all())
    mie = {i.azienda_id: i.azienda for i in utente.incarichi_di_oggi if i.ruolo in ruoli}
    return sorted(mie.values(), key=lambda azienda: azienda.nome)


@require_safe
def persone(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = azienda_di(request, azienda)
    filtro = PersonaFilter(request.GET, queryset=_per_elenco(ente), azienda=ente)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.PERSONE, filtro.qs, azienda=ente, di=azienda)
    pagina = Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {
        "azienda": ente,
        "filtro": filtro,
        "pagina": pagina,
        "briciole": [(_("Persone"), "")],
    }
    return render(request, "piani/persone/elenco.html", contesto)


def _per_elenco(ente: Azienda) -> UtenteQuerySet:
    """With ``qui`` (the incarichi in this azienda) and ``invitata`` (its open invitation)."""
    qui = ente.incarichi.select_related("unita").order_by("-dal")
    aperti = Invito.objects.aperti()
    return Utente.objects.di(ente).prefetch_related(
        Prefetch("incarichi", queryset=qui, to_attr="qui"),
        Prefetch("inviti", queryset=aperti, to_attr="invitata"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def nuova(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = azienda_di(request, azienda)
    form = NuovaPersonaForm(request.POST or None, azienda=ente)
    if form.is_valid():
        try:
            creata = _crea(ente, form, request.user)
        except ValidationError as errore:
            form.riporta(errore)
        else:
            messages.success(request, _("%(persona)s è fra le persone.") % {"persona": creata})
            return redirect("persona", ente.codice, creata.pk)
    contesto = {"azienda": ente, "form": form, "briciole": briciole(ente, (_("Nuova"), ""))}
    return render(request, "piani/persone/nuova.html", contesto)


def _crea(ente: Azienda, form: NuovaPersonaForm, da: Utente) -> Utente:
    dati = form.cleaned_data
    comuni: dict[str, Any] = {
        "cognome": dati["cognome"],
        "email": dati["email"],
        "ruolo": dati["ruolo"],
        "dove": form.dove,
        "da": da,
    }
    if dati["registrata"]:
        return azioni.accogli_persona(ente, **comuni)
    return azioni.crea_persona(
        ente,
        nome=dati["nome"],
        username=dati["username"],
        spedisci=dati["spedisci"],
        **comuni,
    )


@require_safe
def persona(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente = azienda_di(request, azienda)
    questa = persona_di(ente, pk)
    inviti = list(questa.inviti.filter(azienda=ente).select_related("da"))
    altrove = altre_aziende(questa, request.user)
    contesto = {
        "azienda": ente,
        "questa": questa,
        "incarichi": _incarichi(ente, questa),
        "deleghe": _deleghe(ente, questa),
        "inviti": inviti,
        "invitata": [invito for invito in inviti if invito.aperto],
        "da_consegnare": "" if altrove else da_consegnare(inviti),
        "altrove": altrove,
        "secondo_fattore": is_mfa_enabled(questa),
        "briciole": briciole(ente, (str(questa), "")),
    }
    return render(request, "piani/persone/persona.html", contesto)


def _deleghe(ente: Azienda, questa: Utente) -> Any:
    """Given and received in this azienda."""
    dell_ente = Delega.objects.filter(incarico__azienda=ente)
    return dell_ente.filter(Q(incarico__utente=questa) | Q(delegato=questa)).per_intero()


def _incarichi(ente: Azienda, questa: Utente) -> list[Incarico]:
    miei = ente.incarichi.filter(utente=questa).select_related("unita")
    return sorted(miei, key=lambda i: (i.finito, -i.dal.toordinal()))


@require_http_methods(["GET", "HEAD", "POST"])
def modifica(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    ente = azienda_di(request, azienda)
    questa = persona_di(ente, pk)
    adesso = {"nome": questa.first_name, "cognome": questa.last_name, "email": questa.email}
    form = PersonaForm(request.POST or None, initial=adesso)
    if form.is_valid():
        try:
            cambiata = azioni.modifica_persona(questa, ente, **form.cleaned_data, da=request.user)
        except ValidationError as errore:
            form.riporta(errore)
        else:
            detto = _("Dati corretti.") if cambiata else _("I dati erano già così.")
            messages.success(request, detto)
            return redirect("persona", ente.codice, questa.pk)
    contesto = {
        "titolo": _("Correggi i dati di %(persona)s") % {"persona": questa},
        "form": form,
        "invia": _("Salva"),
        "torna": reverse("persona", args=[ente.codice, questa.pk]),
        "briciole": briciole(
            ente,
            (str(questa), reverse("persona", args=[ente.codice, questa.pk])),
            (_("Dati"), ""),
        ),
    }
    return render(request, "piani/persone/modulo.html", contesto)


@require_POST
def disattiva(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    return _fai(request, azienda, pk, azioni.disattiva_persona, _("Disattivata: è già fuori."))


@require_POST
def riattiva(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    detto = _("Riattivata. Se non ha una password, mandale un invito.")
    return _fai(request, azienda, pk, azioni.riattiva_persona, detto)


@require_POST
def togli_secondo_fattore(request: HttpRequest, azienda: str, pk: int) -> HttpResponse:
    detto = _("Tolto: al prossimo accesso basta la password.")
    return _fai(request, azienda, pk, azioni.togli_secondo_fattore, detto)


def _fai(request: HttpRequest, azienda: str, pk: int, azione: Any, detto: str) -> HttpResponse:
    ente = azienda_di(request, azienda)
    questa = persona_di(ente, pk)
    try:
        azione(questa, ente, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, detto)
    return redirect("persona", ente.codice, questa.pk)
