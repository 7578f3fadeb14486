# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a capofila gives back of a project: written with its act, or cancelled."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.azioni import recupero as azioni
from conciliazione.azioni.pagamento import PAGA
from conciliazione.azioni.progetto import PERMESSO
from conciliazione.azioni.revoca import scrivi_revoca
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from conciliazione.forms.progetti import AttoDiRevocaForm
from conciliazione.forms.recupero import IncassoForm
from conciliazione.forms.rendiconto import AnnullaForm
from conciliazione.models import Incasso, Progetto, RevocaContributo
from conciliazione.monitoraggio.conto import situazioni
from conciliazione.views.spese import briciole_del, progetto_visibile
from piani.forms import tenta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive, modulo


@legge_e_scrive
def nuovo(request: HttpRequest, pk: int) -> HttpResponse:
    progetto = progetto_visibile(request, pk)
    esigi(request.user, PAGA, progetto)
    resta = situazioni([progetto])[0].da_recuperare
    form = IncassoForm(inviato(request), initial={"importo": resta or None})
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.registra_incasso(progetto, da=request.user, **form.cleaned_data),
    ):
        messages.success(request, _("Incasso registrato."))
        return redirect("rendiconti_progetto", pk)
    return modulo(
        request,
        form,
        titolo=_("Registra un incasso"),
        sopratitolo=str(progetto),
        testo=_("Da recuperare da %(chi)s: %(resta)s.")
        % {"chi": progetto.capofila, "resta": euro(resta)},
        invia=_("Registra"),
        annulla=reverse("rendiconti_progetto", args=[pk]),
        briciole=briciole_del(progetto, (_("Incasso"), "")),
    )


@legge_e_scrive
def revoca(request: HttpRequest, pk: int) -> HttpResponse:
    """What the act of a revoked project says: completed, extended, corrected."""
    progetto = progetto_visibile(request, pk)
    esigi(request.user, PERMESSO, progetto)
    casa = reverse("rendiconti_progetto", args=[pk])
    if progetto.stato != Progetto.Stato.REVOCATO:
        messages.error(request, _("Il contributo non è revocato: si revoca dal progetto."))
        return redirect(casa)
    riga = RevocaContributo.objects.filter(progetto=progetto).first()
    scritta = {nome: getattr(riga, nome) for nome in AttoDiRevocaForm.base_fields} if riga else {}
    form = AttoDiRevocaForm(inviato(request), initial=scritta)
    if request.method == "POST" and tenta(
        form, lambda: scrivi_revoca(progetto, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Revoca salvata."))
        return redirect(casa)
    return modulo(
        request,
        form,
        titolo=_("La revoca del contributo"),
        sopratitolo=str(progetto),
        testo=_("Pagati al capofila: %(pagato)s. Da recuperare ora: %(resta)s.") % _cifre(progetto),
        invia=_("Salva la revoca"),
        annulla=casa,
        briciole=briciole_del(progetto, (_("Revoca"), "")),
    )


def _cifre(progetto: Progetto) -> dict[str, str]:
    una = situazioni([progetto])[0]
    return {"pagato": euro(una.liquidato or ZERO), "resta": euro(una.da_recuperare)}


@legge_e_scrive
def annulla(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = Incasso.objects.visibili_a(request.user).select_related(
        "progetto__edizione__azienda", "progetto__capofila"
    )
    questo = get_object_or_404(visibili, pk=pk)
    esigi(request.user, PAGA, questo)
    form = AnnullaForm(inviato(request))
    progetto = questo.progetto
    if request.method == "POST" and tenta(
        form, lambda: azioni.annulla_incasso(questo, da=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("Incasso annullato: la somma torna da recuperare."))
        return redirect("rendiconti_progetto", progetto.pk)
    return modulo(
        request,
        form,
        titolo=_("Annulla l'incasso"),
        sopratitolo=str(progetto),
        testo=_("%(importo)s del %(giorno)s, %(atto)s.")
        % {
            "importo": euro(questo.importo),
            "giorno": questo.incassato_il.strftime("%d/%m/%Y"),
            "atto": questo.atto,
        },
        invia=_("Annulla l'incasso"),
        annulla=reverse("rendiconti_progetto", args=[progetto.pk]),
        briciole=briciole_del(progetto, (_("Incasso"), "")),
    )
