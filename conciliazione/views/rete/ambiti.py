# SPDX-License-Identifier: AGPL-3.0-or-later
"""The territory: ambiti and municipalities, and what they say of their Piani dei Tempi."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli
from conciliazione.azioni.righe import scrivi_riga
from conciliazione.azioni.tempi import chiedi_tempi, rispondi_tempi
from conciliazione.forms.territorio import (
    AmbitoForm,
    ChiediTempiForm,
    ComuneForm,
    TempiForm,
    moduli_dei_comuni,
)
from conciliazione.models import (
    Ambito,
    Comune,
    EdizioneConciliazione,
    PianoDeiTempi,
    RilevazioneTempi,
)
from conciliazione.rete.territorio import DiAmbito, degli_ambiti, per_esito
from conciliazione.views.edizioni import edizione_visibile
from conciliazione.views.rete.cornice import modulo, pagina
from piani import esporta
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive

GESTISCE, RILEVA = "conciliazione.gestisce_rete", "conciliazione.rileva_tempi"


@require_safe
def ambiti(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    if esporta.chiesto(request):
        return ambiti_csv(request, slug)
    righe = _visti(request, edizione)
    return pagina(
        request, edizione, "ambiti", (_("Ambiti e Piano dei Tempi"), ""), righe=righe,
        esiti=per_esito(righe), stampati=sum(uno.ambito.comuni_stampati or 0 for uno in righe),
        elencati=sum(uno.elencati for uno in righe),
        differenza=sum(uno.differenza or 0 for uno in righe),
        da_chiedere=any(uno.risposta is None for uno in righe),
        puo_gestire=request.user.has_perm(GESTISCE, edizione),
    )  # fmt: skip


@require_safe
def ambiti_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    righe = (uno.celle() for uno in _visti(request, edizione_visibile(request, slug)))
    return esporta.scarica(request, fogli.AMBITI, righe, di=slug)


@require_safe
def ambito(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    questo = ambito_di(request, edizione, pk)
    risposta = (
        RilevazioneTempi.objects.visibili_a(request.user)
        .filter(edizione=edizione, ambito=questo)
        .first()
    )
    detti = PianoDeiTempi.objects.filter(rilevazione=risposta) if risposta else ()
    piani = {piano.comune_id: piano for piano in detti}
    comuni = [(comune, piani.get(comune.pk)) for comune in questo.comuni.all()]
    return pagina(
        request, edizione, "ambito", _elenco(edizione), (questo.nome, ""),
        riga=DiAmbito(questo, len(comuni), risposta), comuni=comuni,
        puo_gestire=request.user.has_perm(GESTISCE, edizione),
    )  # fmt: skip


@legge_e_scrive
def ambito_nuovo(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    return _ambito(request, edizione, Ambito(azienda=edizione.azienda), _("Aggiungi un ambito"))


@legge_e_scrive
def ambito_modifica(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    return _ambito(request, edizione, ambito_di(request, edizione, pk), _("Modifica l'ambito"))


def _ambito(
    request: HttpRequest, edizione: EdizioneConciliazione, riga: Ambito, titolo: str
) -> HttpResponse:
    esigi(request.user, GESTISCE, edizione)
    form = AmbitoForm(inviato(request), instance=riga)
    dopo = reverse("rete_ambiti", args=[edizione.slug])
    return modulo(
        request, edizione, form, _elenco(edizione), titolo=titolo, dopo=dopo,
        azione=lambda: _scrivi(request, form, riga, "conc_ambito"), fatto=_("Ambito salvato."),
    )  # fmt: skip


@legge_e_scrive
def comune_nuovo(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    questo = ambito_di(request, edizione, pk)
    riga = Comune(azienda=edizione.azienda, ambito=questo)
    return _comune(request, edizione, riga, questo, _("Aggiungi un comune"))


@legge_e_scrive
def comune_modifica(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    visibili = Comune.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    riga = get_object_or_404(visibili.select_related("ambito", "azienda"), pk=pk)
    return _comune(request, edizione, riga, riga.ambito, _("Modifica il comune"))


def _comune(
    request: HttpRequest, edizione: EdizioneConciliazione, riga: Comune, di: Ambito | None,
    titolo: str,
) -> HttpResponse:  # fmt: skip
    esigi(request.user, GESTISCE, edizione)
    form = ComuneForm(inviato(request), instance=riga, azienda=edizione.azienda)
    dopo = reverse("rete_ambiti", args=[edizione.slug])
    if di is not None:
        dopo = reverse("rete_ambito", args=[edizione.slug, di.pk])
    return modulo(
        request, edizione, form, _elenco(edizione), titolo=titolo, dopo=dopo,
        azione=lambda: _scrivi(request, form, riga, "conc_comune"), fatto=_("Comune salvato."),
    )  # fmt: skip


@legge_e_scrive
def tempi_chiedi(request: HttpRequest, slug: str) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    esigi(request.user, RILEVA, edizione)
    form = ChiediTempiForm(inviato(request))
    return modulo(
        request, edizione, form, _elenco(edizione),
        azione=lambda: chiedi_tempi(edizione, da=request.user, **form.cleaned_data),
        fatto=_("La rilevazione è cominciata: ogni ambito ha la sua risposta da scrivere."),
        dopo=reverse("rete_ambiti", args=[slug]), titolo=_("Comincia la rilevazione"),
        testo=_("Ogni ambito che non ha ancora una risposta ne riceve una, vuota: «Dato non "
                "pervenuto»."), invia=_("Comincia"),
    )  # fmt: skip


@legge_e_scrive
def tempi_rispondi(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    edizione = edizione_visibile(request, slug)
    visibili = RilevazioneTempi.objects.visibili_a(request.user).filter(edizione=edizione)
    riga = get_object_or_404(visibili.select_related("ambito", "edizione__azienda"), pk=pk)
    esigi(request.user, RILEVA, riga)
    dati = inviato(request)
    form = TempiForm(dati, instance=riga)
    comuni = moduli_dei_comuni(riga.ambito.comuni.all(), riga, dati)
    dopo = reverse("rete_ambito", args=[slug, riga.ambito_id])
    # One answer: a mistake in a municipality keeps the whole of it from being saved.
    giusti = dati is None or all(uno.is_valid() for _comune, uno in comuni)
    if not giusti:
        form.add_error(None, _("Qualcosa non va in uno dei comuni: guarda più sotto."))
    return modulo(
        request, edizione, form, _elenco(edizione), (riga.ambito.nome, dopo),
        azione=lambda: rispondi_tempi(
            riga, form.valori, {comune.pk: uno.detto for comune, uno in comuni},
            visto=form.mostrata, da=request.user,
        ),
        fatto=_("Risposta salvata."), dopo=dopo, modello="tempi_rispondi", comuni=comuni,
        titolo=_("Piano dei Tempi: risposta di %(ambito)s") % {"ambito": riga.ambito},
    )  # fmt: skip


def ambito_di(request: HttpRequest, edizione: EdizioneConciliazione, pk: int) -> Ambito:
    visibili = Ambito.objects.visibili_a(request.user).filter(azienda=edizione.azienda)
    return get_object_or_404(visibili.select_related("azienda"), pk=pk)


def _visti(request: HttpRequest, edizione: EdizioneConciliazione) -> list[DiAmbito]:
    chi = request.user
    return degli_ambiti(
        Ambito.objects.visibili_a(chi).filter(azienda=edizione.azienda),
        RilevazioneTempi.objects.visibili_a(chi).filter(edizione=edizione),
    )


def _scrivi(request: HttpRequest, form: Any, riga: Any, tipo: str) -> bool:
    return scrivi_riga(
        riga, form.valori, permesso=GESTISCE, tipo=tipo, visto=form.mostrata, da=request.user
    )


def _elenco(edizione: EdizioneConciliazione) -> tuple[str, str]:
    return _("Ambiti e Piano dei Tempi"), reverse("rete_ambiti", args=[edizione.slug])
