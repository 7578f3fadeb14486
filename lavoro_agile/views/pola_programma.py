# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages that write the development programme: what it takes, its levels, what it leaves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lavoro_agile.azioni import programma as azioni
from lavoro_agile.forms.pola import IndicatoreForm, LineeGuidaForm, LivelliForm
from lavoro_agile.models import IndicatorePola
from lavoro_agile.pola.linee_guida import presi, proposte
from lavoro_agile.views.ingresso import di_azienda
from lavoro_agile.views.pola import QUI, pola_visibile
from lavoro_agile.views.pola_scrittura import se_chiuso
from obiettivi.views.modifica.misura import lettura_di
from piani.forms import tenta
from piani.views.moduli import conferma, inviato, legge_e_scrive
from piani.views.richiesta import Richiesta


@legge_e_scrive
def linee_guida(request: Richiesta, slug: str) -> HttpResponse:
    """The 40 indicators of the guideline to tick; those of the programme are shown as such."""
    pola = pola_visibile(request, slug)
    if chiuso := se_chiuso(request, pola):
        return chiuso
    offerte = proposte(presi(pola))
    form = LineeGuidaForm(inviato(request), proposte=offerte)
    nuovi: list[IndicatorePola] = []
    if request.method == "POST" and tenta(
        form,
        lambda: nuovi.extend(
            azioni.prendi_dalle_linee_guida(
                pola, codici=form.cleaned_data["codici"], da=request.user
            )
        ),
    ):
        messages.success(
            request,
            ngettext(
                "Preso %(n)s indicatore: adesso scrivi i suoi livelli.",
                "Presi %(n)s indicatori: adesso scrivi i loro livelli.",
                len(nuovi),
            )
            % {"n": len(nuovi)},
        )
        return redirect("pola_piano", slug)
    contesto = di_azienda(
        pola.azienda, QUI, pola=pola, piano=pola.piano, form=form, offerte=offerte
    )
    return render(request, "lavoro_agile/pola/linee_guida.html", contesto)


@legge_e_scrive
def indicatore_nuovo(request: Richiesta, slug: str) -> HttpResponse:
    pola = pola_visibile(request, slug)
    if chiuso := se_chiuso(request, pola):
        return chiuso
    form = IndicatoreForm(inviato(request))
    nuovi: list[IndicatorePola] = []
    if request.method == "POST" and tenta(
        form,
        lambda: nuovi.append(
            azioni.aggiungi_indicatore(pola, da=request.user, **form.cleaned_data)
        ),
    ):
        messages.success(request, _("Indicatore aggiunto: adesso scrivi i suoi livelli."))
        return redirect("pola_livelli", nuovi[0].pk)
    contesto = di_azienda(
        pola.azienda, QUI, form=form, titolo=_("Un indicatore vostro"),
        testo=_("Per ciò che la linea guida non misura: entra anche nella biblioteca degli "
                "indicatori."),
        invia=_("Aggiungi"), annulla=reverse("pola_piano", args=[slug]),
    )  # fmt: skip
    return render(request, "lavoro_agile/pola/modulo.html", contesto)


@legge_e_scrive
def livelli(request: Richiesta, pk: int) -> HttpResponse:
    """What is expected phase by phase, with the reading of each text beside it."""
    questo = _indicatore(request, pk)
    if chiuso := se_chiuso(request, questo.pola):
        return chiuso
    form = LivelliForm(inviato(request), indicatore=questo)
    if request.method == "POST" and tenta(
        form, lambda: azioni.scrivi_livelli(questo, da=request.user, **form.scritti)
    ):
        messages.success(request, _("Livelli salvati."))
        return redirect("pola_piano", questo.pola.piano.slug)
    salvati = {uno.anno: uno for uno in questo.misura.target.select_related("confermato_da")}
    attesi = []
    for anno in questo.pola.piano.anni:
        campo, target = form[f"atteso_{anno}"], salvati.get(anno)
        testo = str(campo.value() or "")
        uguale = target is not None and target.confermato_il and target.stampato == testo.strip()
        confermato = target if uguale else None
        attesi.append({"campo": campo, "lettura": lettura_di(campo.name, testo, confermato)})
    base = str(form["base_stampata"].value() or "")
    contesto = di_azienda(
        questo.azienda, QUI, pola=questo.pola, piano=questo.pola.piano, questo=questo,
        indicatore=questo.misura.indicatore, form=form, attesi=attesi,
        lettura_base=lettura_di("base_stampata", base),
    )  # fmt: skip
    return render(request, "lavoro_agile/pola/livelli.html", contesto)


@legge_e_scrive
def togli(request: Richiesta, pk: int) -> HttpResponse:
    questo = _indicatore(request, pk)
    if chiuso := se_chiuso(request, questo.pola):
        return chiuso
    dopo = reverse("pola_piano", args=[questo.pola.piano.slug])
    return conferma(
        request,
        titolo=_("Togli l'indicatore"),
        domanda=_("Vuoi togliere dal programma «%(nome)s» con i suoi livelli? La biblioteca tiene "
                  "l'indicatore e i suoi risultati.") % {"nome": questo},
        azione=lambda: azioni.togli_indicatore(questo, da=request.user),
        fatto=_("Indicatore tolto dal programma."),
        dopo=dopo,
        annulla=dopo,
        briciole=[(_("Lavoro agile"), reverse("lavoro_agile")), (questo.pola.piano.titolo, dopo),
                  (_("Togli"), "")],
    )  # fmt: skip


def _indicatore(request: Richiesta, pk: int) -> IndicatorePola:
    tutti: Any = IndicatorePola.objects.select_related(
        "pola__piano__azienda", "misura__indicatore__azienda", "misura__obiettivo__area__piano"
    )
    trovato: IndicatorePola = get_object_or_404(tutti.visibili_a(request.user), pk=pk)
    return trovato
