# SPDX-License-Identifier: AGPL-3.0-or-later
"""An objective of a scheda: from the plan or not, with how what is expected is read beside it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from obiettivi import azioni
from obiettivi.forms.scheda import RigaSchedaForm, dal_piano
from obiettivi.models import AreaScheda, Indicatore, RigaScheda, SchedaBudget
from obiettivi.views.modifica.misura import lettura_di
from obiettivi.views.schede.scheda import briciole_di
from piani.forms import tenta
from piani.views.moduli import inviato


def riga_nuova(request: HttpRequest, area: AreaScheda) -> HttpResponse:
    scheda = area.scheda
    proposti = {"storico_anno": scheda.anno - 3, "dato_anno": scheda.anno - 2}
    form = _modulo(request, RigaScheda(area=area), proposti)
    if _salva(request, form):
        messages.success(request, _("Obiettivo aggiunto alla scheda."))
        return redirect(_torna(form.instance))
    return _pagina(request, form, _("Nuovo obiettivo"))


def riga_modifica(request: HttpRequest, riga: RigaScheda) -> HttpResponse:
    form = _modulo(request, riga, {})
    if _salva(request, form):
        messages.success(request, _("Salvato."))
        return redirect(_torna(riga))
    return _pagina(request, form, _("%(codice)s nella scheda") % {"codice": riga.indicatore.codice})


def _riempie(request: HttpRequest) -> bool:
    """Whether one asked only to take the row from the plan, not to save it."""
    return request.method == "POST" and "riempi" in request.POST


def _modulo(request: HttpRequest, riga: RigaScheda, proposti: dict[str, Any]) -> RigaSchedaForm:
    """The form of a row. Who asks to take it from the plan finds it filled, and saves it after."""
    scheda = riga.area.scheda
    if not _riempie(request):
        return RigaSchedaForm(inviato(request), instance=riga, initial=proposti, scheda=scheda)
    vuoto = RigaSchedaForm(instance=riga, scheda=scheda)
    chiesta = request.POST.get("misura", "")
    scelte = vuoto.fields["misura"].queryset
    misura = scelte.filter(pk=int(chiesta)).first() if chiesta.isdecimal() else None
    scritti = {nome: request.POST.get(nome, "") for nome in vuoto.fields if nome != "visto"}
    form = RigaSchedaForm(
        instance=riga,
        initial=scritti | (dal_piano(misura, scheda.anno) if misura else {}),
        scheda=scheda,
    )
    form.initial["indicatore"] = (
        misura.indicatore.codice if misura else request.POST.get("indicatore", "")
    )
    form.initial["aziendale"] = "aziendale" in request.POST
    # The mark stays that of the page: a save of somebody else is still told.
    form.fields["visto"].initial = request.POST.get("visto", "")
    return form


def _salva(request: HttpRequest, form: RigaSchedaForm) -> bool:
    if request.method != "POST" or _riempie(request):
        return False
    return tenta(form, lambda: _scrivi(request, form))


def _scrivi(request: HttpRequest, form: RigaSchedaForm) -> None:
    riga: RigaScheda = form.instance
    if riga.pk:
        azioni.modifica_nella_scheda(
            riga,
            form.valori,
            confermato=form.confermato,
            visto=form.mostrata,
            da=request.user,
        )
        return
    for campo, valore in form.valori.items():
        setattr(riga, campo, valore)
    azioni.aggiungi_alla_scheda(riga, confermato=form.confermato, da=request.user)


def _pagina(request: HttpRequest, form: RigaSchedaForm, titolo: str) -> HttpResponse:
    riga: RigaScheda = form.instance
    scheda: SchedaBudget = riga.area.scheda
    testo = str(form["atteso"].value() or "")
    biblioteca = Indicatore.objects.filter(azienda=scheda.azienda).order_by("codice")
    return render(
        request,
        "obiettivi/schede/riga.html",
        {
            "form": form,
            "titolo": titolo,
            "sopratitolo": f"{scheda} · {riga.area}",
            "biblioteca": biblioteca.values_list("codice", "nome"),
            "lettura": lettura_di("atteso", testo, _confermata(riga, testo)),
            "dal_piano": form.fields["misura"].queryset.exists(),
            "annulla": _torna(riga),
            "briciole": [*briciole_di(scheda, dentro=True), (titolo, "")],
        },
    )


def _confermata(riga: RigaScheda, testo: str) -> RigaScheda | None:
    """The row, if somebody confirmed how this very text is read."""
    salvata = bool(riga.pk) and riga.letto is not None and riga.letto.testo == testo.strip()
    return riga if salvata and not riga.da_confermare else None


def _torna(riga: RigaScheda) -> str:
    indirizzo = reverse("scheda_modifica", args=[riga.area.scheda_id])
    return f"{indirizzo}#area-{riga.area_id}"
