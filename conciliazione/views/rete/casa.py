# SPDX-License-Identifier: AGPL-3.0-or-later
"""The home of the network in an edition."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from conciliazione.azioni.adesione import rete_aperta
from conciliazione.models import Adesione, ComposizioneRete, Ente, Rinuncia
from conciliazione.models.visibilita import enti_di
from conciliazione.rete.composizione import di_oggi, grafico
from conciliazione.rete.membri import membri_per_tipo
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.cornice import pagina


@require_safe
def casa(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    chi, azienda = request.user, edizione.azienda
    oggi = di_oggi(membri_per_tipo(azienda))
    richieste = Adesione.objects.visibili_a(chi).filter(azienda=azienda)
    rinunce = Rinuncia.objects.visibili_a(chi).filter(adesione__azienda=azienda)
    composizioni = ComposizioneRete.objects.visibili_a(chi).filter(edizione=edizione)
    return pagina(
        request, edizione, "casa", oggi=oggi,
        disegno=grafico("rete-oggi", oggi) if oggi.totale.contato else "",
        miei=Ente.objects.filter(azienda=azienda, pk__in=enti_di(chi)),
        da_valutare=richieste.filter(stato=Adesione.Stato.CONFERMATA).count(),
        da_prendere_atto=rinunce.filter(presa_atto_il__isnull=True).count(),
        ultima=composizioni.order_by("-anno", "-semestre").first(),
        puo_gestire=chi.has_perm("conciliazione.gestisce_rete", edizione),
        modulo_pubblico=settings.INDIRIZZO_SITO + reverse("adesione_chiedi", args=[azienda.codice])
        if rete_aperta(azienda) else "",
    )  # fmt: skip
