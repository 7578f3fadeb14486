# SPDX-License-Identifier: AGPL-3.0-or-later
"""The azioni positive as they are read: the plans, a plan, a year of it, the sheet."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani import esporta, fogli
from piani.azioni.righe import perche_chiuso
from piani.azioni_positive.azioni import PERMESSO
from piani.azioni_positive.quadro import ATTESA, aree_di, quadro_anno, righe_csv, tolte_da
from piani.azioni_positive.scrittura import briciole_positive
from piani.models import Azienda, Piano, RelazioneCUG, Ruolo
from piani.models.personale_genere import TENGONO


@require_safe
def ingresso(request: HttpRequest) -> HttpResponseBase:
    piani = Piano.objects.visibili_a(request.user).per_elenco()
    relazioni = RelazioneCUG.objects.visibili_a(request.user).select_related("azienda")
    piani = piani.filter(tipo=Piano.Tipo.AZIONI_POSITIVE)
    relazioni = relazioni.order_by("azienda__nome", "-anno")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.PIANI_BREVI, piani)
    if esporta.chiesto(request, "relazioni"):
        return esporta.scarica(request, fogli.RELAZIONI_CUG, relazioni)
    contesto = {
        "piani": piani,
        "relazioni": relazioni,
        "tiene": request.user.puo_tutto or request.user.ha_ruolo(*TENGONO),
        "relaziona": request.user.puo_tutto or request.user.ha_ruolo(Ruolo.CUG),
        "aziende": Azienda.objects.visibili_a(request.user).order_by("nome"),
        "briciole": [(_("Azioni positive"), "")],
    }
    return render(request, "azioni_positive/ingresso.html", contesto)


@require_safe
def piano(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Areas and actions; how each year went."""
    if esporta.chiesto(request):
        return foglio(request, slug)
    questo = positivo_visibile(request, slug)
    aree = aree_di(questo)
    adottato = questo.stato in Piano.ADOTTATI
    contesto = {
        "piano": questo,
        "aree": aree,
        "anni": [quadro_anno(aree, anno) for anno in questo.anni] if adottato else [],
        "attesa": ATTESA,
        "oggi": timezone.localdate().year,
        "modificabile": request.user.has_perm("piani.modifica", questo)
        and not perche_chiuso(questo),
        "tolte": tolte_da(questo).visibili_a(request.user) if questo.scorrimento_di_id else [],
        "scorre": adottato and request.user.has_perm("piani.modifica", questo),
        "briciole": briciole_positive(),
    }
    return render(request, "azioni_positive/piano.html", contesto)


@require_safe
def anno(request: HttpRequest, slug: str, anno: int) -> HttpResponseBase:
    """What was done in a year, action by action."""
    questo = positivo_visibile(request, slug)
    if anno not in questo.anni or questo.stato not in Piano.ADOTTATI:
        raise Http404
    if esporta.chiesto(request):
        nome = f"azioni-positive-{questo.slug}-{anno}"
        return esporta.tabella(request, nome, _("Azioni positive"), righe_csv(questo, anno))
    contesto = {
        "piano": questo,
        "quadro": quadro_anno(aree_di(questo), anno),
        "attesa": ATTESA,
        "scrive": request.user.has_perm(PERMESSO, questo) and anno <= timezone.localdate().year,
        "briciole": briciole_positive(questo),
    }
    return render(request, "azioni_positive/anno.html", contesto)


@require_safe
def foglio(request: HttpRequest, slug: str) -> HttpResponseBase:
    questo = positivo_visibile(request, slug)
    nome = f"azioni-positive-{questo.slug}"
    return esporta.tabella(request, nome, _("Azioni positive"), righe_csv(questo))


def positivo_visibile(request: HttpRequest, slug: str) -> Piano:
    """A plan of the azioni positive among those of the person, or 404."""
    visibili = Piano.objects.visibili_a(request.user).per_elenco().select_related("scorrimento_di")
    return get_object_or_404(visibili, slug=slug, tipo=Piano.Tipo.AZIONI_POSITIVE)
