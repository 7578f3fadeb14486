# SPDX-License-Identifier: AGPL-3.0-or-later
"""The content of a scheda as it is written: its outline, and its parts one at a time."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.azioni.scheda import PREPARA, Parte, perche_chiusa
from obiettivi.forms.scheda import AreaSchedaForm, ConsuntivoForm, IntestazioneForm, RisorsaForm
from obiettivi.models import AreaScheda, RigaScheda, RisorsaScheda, SchedaBudget
from obiettivi.schede.lettura import contenuto
from obiettivi.schede.manca import manca_a
from obiettivi.views.schede import riga
from obiettivi.views.schede.scheda import briciole_di, scheda_di
from piani.forms import RigaForm, tenta
from piani.rules import esigi
from piani.verifiche import per_gruppo
from piani.views.moduli import conferma, inviato, legge_e_scrive, modulo


@require_safe
def scheda_modifica(request: HttpRequest, pk: int) -> HttpResponse:
    """The outline: every part with its commands, the sums, what is missing."""
    scheda = scheda_di(request, pk)
    if chiusa := se_chiusa(request, scheda):
        return chiusa
    letto = contenuto(scheda)
    contesto = {
        "scheda": scheda,
        "letto": letto,
        "aree": [(una, letto.gruppo_di(una.area)) for una in letto.aree],
        "mancanze": per_gruppo(manca_a(letto)),
        "briciole": [*briciole_di(scheda, dentro=True), (_("Modifica"), "")],
    }
    return render(request, "obiettivi/schede/modifica.html", contesto)


@legge_e_scrive
def intestazione(request: HttpRequest, pk: int) -> HttpResponse:
    """The note of a scheda; of a template, also its name."""
    scheda = scheda_di(request, pk)
    if chiusa := se_chiusa(request, scheda):
        return chiusa
    form = IntestazioneForm(inviato(request), instance=scheda)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.intesta_scheda(scheda, visto=form.mostrata, da=request.user, **form.valori),
    ):
        messages.success(request, _("Salvato."))
        return redirect("scheda_modifica", pk)
    titolo = _("Nome e nota del modello") if scheda.modello else _("Nota della scheda")
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=str(scheda),
        invia=_("Salva"),
        annulla=reverse("scheda_modifica", args=[pk]),
        briciole=[*briciole_di(scheda, dentro=True), (titolo, "")],
    )


@legge_e_scrive
def area_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    if chiusa := se_chiusa(request, scheda):
        return chiusa
    return _pagina(request, AreaSchedaForm, AreaScheda(scheda=scheda), _("Nuova area"))


@legge_e_scrive
def riga_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    area = parte_visibile(request, "area", pk)
    if chiusa := se_chiusa(request, area.scheda):
        return chiusa
    return riga.riga_nuova(request, area)


@legge_e_scrive
def risorsa_nuova(request: HttpRequest, pk: int) -> HttpResponse:
    scheda = scheda_di(request, pk)
    if chiusa := se_chiusa(request, scheda):
        return chiusa
    return _pagina(request, RisorsaForm, RisorsaScheda(scheda=scheda), _("Nuova risorsa"))


@legge_e_scrive
def modifica(request: HttpRequest, tipo: str, pk: int) -> HttpResponse:
    """The form of an area, a row or a resource; of a resource, once signed, its actual figures."""
    parte = parte_visibile(request, tipo, pk)
    if isinstance(parte, RisorsaScheda) and not parte.scheda.in_preparazione:
        return _consuntivo(request, parte)
    if chiusa := se_chiusa(request, parte.scheda):
        return chiusa
    if isinstance(parte, RigaScheda):
        return riga.riga_modifica(request, parte)
    if isinstance(parte, AreaScheda):
        return _pagina(request, AreaSchedaForm, parte, _("Area «%(area)s»") % {"area": parte})
    return _pagina(request, RisorsaForm, parte, _("Risorsa «%(risorsa)s»") % {"risorsa": parte})


def _pagina(
    request: HttpRequest, tipo_form: type[RigaForm], parte: Parte, titolo: str
) -> HttpResponse:
    form = tipo_form(inviato(request), instance=parte)
    if request.method == "POST" and tenta(form, lambda: _scrivi(request, form)):
        messages.success(request, _("Salvato."))
        return redirect(torna_a(parte))
    return _modulo(request, form, parte, titolo)


def _scrivi(request: HttpRequest, form: RigaForm) -> None:
    """Write what the form of a part says: the part as it is then, or a new one."""
    parte = form.instance
    if parte.pk:
        azioni.modifica_nella_scheda(parte, form.valori, visto=form.mostrata, da=request.user)
        return
    for campo, valore in form.valori.items():
        setattr(parte, campo, valore)
    azioni.aggiungi_alla_scheda(parte, da=request.user)


def _consuntivo(request: HttpRequest, risorsa: RisorsaScheda) -> HttpResponse:
    esigi(request.user, PREPARA, risorsa.scheda)
    form = ConsuntivoForm(inviato(request), instance=risorsa)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.aggiorna_risorsa(risorsa, form.valori, visto=form.mostrata, da=request.user),
    ):
        messages.success(request, _("Salvato."))
        return redirect(f"{risorsa.scheda.get_absolute_url()}#obiettivi")
    return _modulo(request, form, risorsa, _("Risorsa «%(risorsa)s»") % {"risorsa": risorsa})


def _modulo(request: HttpRequest, form: RigaForm, parte: Parte, titolo: str) -> HttpResponse:
    scheda = parte.scheda
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=str(scheda),
        invia=_("Salva"),
        annulla=torna_a(parte) if scheda.in_preparazione else scheda.get_absolute_url(),
        briciole=[*briciole_di(scheda, dentro=True), (titolo, "")],
    )


@legge_e_scrive
def togli(request: HttpRequest, tipo: str, pk: int) -> HttpResponse:
    parte = parte_visibile(request, tipo, pk)
    scheda = parte.scheda
    if chiusa := se_chiusa(request, scheda):
        return chiusa
    quante = parte.righe.count() if isinstance(parte, AreaScheda) else 0
    cose = [ngettext("%(n)s obiettivo", "%(n)s obiettivi", quante) % {"n": quante}]
    return conferma(
        request,
        titolo=_("Togli dalla scheda"),
        domanda=_("Vuoi togliere dalla scheda «%(parte)s»?") % {"parte": parte},
        cose=cose if quante else [],
        azione=lambda: azioni.togli_dalla_scheda(parte, da=request.user),
        fatto=_("Tolto dalla scheda: il registro ricorda che cosa diceva."),
        dopo=reverse("scheda_modifica", args=[scheda.pk]),
        annulla=torna_a(parte),
        briciole=[*briciole_di(scheda, dentro=True), (_("Togli"), "")],
    )


@require_POST
def muovi(request: HttpRequest, tipo: str, pk: int) -> HttpResponse:
    parte = parte_visibile(request, tipo, pk)
    verso = -1 if request.POST.get("verso") == "su" else 1
    try:
        azioni.sposta_nella_scheda(parte, verso=verso, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    return redirect(torna_a(parte))


@legge_e_scrive
def elimina(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a template, or a scheda that was never sent."""
    scheda = scheda_di(request, pk)
    if chiusa := se_chiusa(request, scheda):
        return chiusa
    return conferma(
        request,
        titolo=_("Togli il modello") if scheda.modello else _("Togli la scheda"),
        domanda=_("Vuoi togliere «%(scheda)s» con tutto ciò che contiene?") % {"scheda": scheda},
        azione=lambda: azioni.elimina_scheda(scheda, da=request.user),
        fatto=_("Tolta: il registro ricorda che c'era."),
        dopo=reverse("schede_modelli" if scheda.modello else "schede"),
        annulla=scheda.get_absolute_url(),
        briciole=[*briciole_di(scheda, dentro=True), (_("Togli"), "")],
    )


def se_chiusa(request: HttpRequest, scheda: SchedaBudget) -> HttpResponse | None:
    """403 for who does not prepare schede; back to the page, with why, if it cannot be changed."""
    esigi(request.user, PREPARA, scheda)
    motivo = perche_chiusa(scheda)
    if not motivo:
        return None
    messages.error(request, motivo)
    return redirect(scheda)


def torna_a(parte: Parte) -> str:
    """The outline, at the area of the part."""
    indirizzo = reverse("scheda_modifica", args=[parte.scheda.pk])
    if isinstance(parte, RisorsaScheda):
        return f"{indirizzo}#risorse"
    area = parte.area_id if isinstance(parte, RigaScheda) else parte.pk
    return f"{indirizzo}#area-{area}" if area else indirizzo


def _area_visibile(request: HttpRequest, pk: int) -> AreaScheda:
    visibili = SchedaBudget.objects.visibili_a(request.user)
    aree = AreaScheda.objects.filter(scheda__in=visibili)
    return get_object_or_404(aree.select_related(*_CON_SCHEDA), pk=pk)


def _riga_visibile(request: HttpRequest, pk: int) -> RigaScheda:
    visibili = SchedaBudget.objects.visibili_a(request.user)
    righe = RigaScheda.objects.filter(area__scheda__in=visibili)
    con_area = [f"area__{nome}" for nome in _CON_SCHEDA]
    return get_object_or_404(righe.select_related("indicatore__azienda", *con_area), pk=pk)


def _risorsa_visibile(request: HttpRequest, pk: int) -> RisorsaScheda:
    visibili = SchedaBudget.objects.visibili_a(request.user)
    risorse = RisorsaScheda.objects.filter(scheda__in=visibili)
    return get_object_or_404(risorse.select_related(*_CON_SCHEDA), pk=pk)


_CON_SCHEDA = ("scheda__azienda", "scheda__unita", "scheda__piano")
TROVA: dict[str, Callable[[HttpRequest, int], Any]] = {
    "area": _area_visibile,
    "riga": _riga_visibile,
    "risorsa": _risorsa_visibile,
}


def parte_visibile(request: HttpRequest, tipo: str, pk: int) -> Any:
    """An area, a row or a resource of a scheda that the person may see; 404 otherwise."""
    if tipo not in TROVA:
        raise Http404
    return TROVA[tipo](request, pk)
