# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who represents a body: named, and no longer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.azioni.referente import fine_referente, nomina_referente
from conciliazione.forms.rete import FineReferenteForm, ReferenteForm
from conciliazione.models import Referente
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.cornice import modulo
from conciliazione.views.rete.enti import ente_di
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

PERMESSO = "conciliazione.nomina_referente"


@legge_e_scrive
def nuovo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    ente = ente_di(request, edizione, pk)
    esigi(request.user, PERMESSO, ente)
    form = ReferenteForm(inviato(request))
    dopo = reverse("rete_ente", args=[slug, pk])
    return modulo(
        request, edizione, form, (ente.nome, dopo),
        azione=lambda: nomina_referente(ente, da=request.user, **form.cleaned_data),
        fatto=_("Referente nominato. Se non era già qui, riceve un invito per posta."), dopo=dopo,
        titolo=_("Nomina un referente"), invia=_("Nomina"), sottotitolo=ente.nome,
    )  # fmt: skip


@legge_e_scrive
def fine(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    visibili = Referente.objects.visibili_a(request.user).filter(ente__azienda=edizione.azienda)
    referente = get_object_or_404(visibili.select_related("ente__azienda", "utente"), pk=pk)
    esigi(request.user, PERMESSO, referente)
    form = FineReferenteForm(inviato(request))
    dopo = reverse("rete_ente", args=[slug, referente.ente_id])
    return modulo(
        request, edizione, form, (referente.ente.nome, dopo),
        azione=lambda: fine_referente(referente, da=request.user, **form.cleaned_data),
        fatto=_("%(chi)s non rappresenta più l'ente da quel giorno.") % {"chi": referente.utente},
        dopo=dopo, titolo=_("Fine dell'incarico di %(chi)s") % {"chi": referente.utente},
    )  # fmt: skip
