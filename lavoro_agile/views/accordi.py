# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual agreements: those that one sees, one of them, a new one, what a draft says."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lavoro_agile import fogli
from lavoro_agile.accordi.comunicazioni import fine_comunicata_il
from lavoro_agile.accordi.contenuto import che_cosa_manca, condizioni_di
from lavoro_agile.accordi.elenco import in_scadenza, senza_accordo
from lavoro_agile.accordi.stampa import contatto_di, in_parole, testi_di
from lavoro_agile.azioni import accordo as azioni
from lavoro_agile.azioni.accordo_controlli import APERTI, LEGGE_MOTIVI
from lavoro_agile.azioni.accordo_fine import RECEDE, RECEDE_AZIENDA
from lavoro_agile.azioni.comunicazione import COMUNICA
from lavoro_agile.calcolo.condizioni import entro_quando
from lavoro_agile.forms.accordi import (
    AccordoForm,
    InformativaForm,
    NuovoAccordoForm,
    TutelaForm,
    VerificaForm,
)
from lavoro_agile.models import AccordoIndividuale, TutelaAccordo
from lavoro_agile.rules import puo_di_persona
from lavoro_agile.views.ingresso import azienda_visibile, di_azienda
from piani import esporta
from piani.forms import tenta
from piani.models import Azienda
from piani.rules import esigi
from piani.views.moduli import inviato, legge_e_scrive
from piani.views.richiesta import Richiesta

QUI = "accordi"
PER_PAGINA = 50
Stato = AccordoIndividuale.Stato


@require_safe
def casa(request: Richiesta, azienda: str) -> HttpResponseBase:
    questa = azienda_visibile(request, azienda)
    ufficio = request.user.has_perm(COMUNICA, questa)
    tutti = visibili(request).filter(edizione__azienda=questa).select_related("rinnovo")
    stato = request.GET.get("stato", "")
    scelti = tutti.filter(stato=stato) if stato in Stato.values else tutti
    scelti = scelti.order_by("-edizione__anno_inizio", "-numero")
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.ACCORDI, scelti, azienda=questa, di=azienda)
    vicini = tutti.filter(stato=Stato.SOTTOSCRITTO, al__gte=timezone.localdate())
    contesto = di_azienda(
        questa, QUI,
        pagina=Paginator(scelti, PER_PAGINA).get_page(request.GET.get("pagina")),
        stati=Stato.choices,
        stato=stato,
        in_scadenza=in_scadenza(vicini),
        domande=senza_accordo(questa) if ufficio else [],
        ufficio=ufficio,
    )  # fmt: skip
    return render(request, "lavoro_agile/accordi/casa.html", contesto)


@legge_e_scrive
def nuovo(request: Richiesta, azienda: str) -> HttpResponse:
    questa = azienda_visibile(request, azienda)
    esigi(request.user, COMUNICA, questa)
    form = NuovoAccordoForm(inviato(request), azienda=questa)
    fatti: list[AccordoIndividuale] = []
    if request.method == "POST" and tenta(
        form, lambda: fatti.append(azioni.prepara(questa, da=request.user, **form.cleaned_data))
    ):
        messages.success(request, _("Bozza preparata: adesso scrivi che cosa dice."))
        return redirect("agile_accordo_modifica", fatti[0].pk)
    testo = _("Con una persona, senza una domanda. Da una domanda ammessa si prepara dall'elenco.")
    indietro = reverse("lavoro_agile_accordi", args=[questa.codice])
    return modulo(request, questa, form, titolo=_("Nuovo accordo"), testo=testo,
                  invia=_("Prepara la bozza"), annulla=indietro)  # fmt: skip


@require_safe
def accordo(request: Richiesta, pk: int) -> HttpResponse:
    return pagina(request, accordo_visibile(request, pk))


@legge_e_scrive
def modifica(request: Richiesta, pk: int) -> HttpResponse:
    questo = accordo_visibile(request, pk)
    esigi(request.user, azioni.PREPARA, questo)
    form = AccordoForm(inviato(request), instance=questo)

    def scrivi() -> None:
        azioni.scrivi(questo, da=request.user, **form.cleaned_data)

    if request.method == "POST" and tenta(form, scrivi):
        messages.success(request, _("Accordo salvato."))
        return redirect("agile_accordo", pk)
    testo, indietro = f"{questo.chi}, {questo.nome_unita}", reverse("agile_accordo", args=[pk])
    return modulo(request, questo.azienda, form, titolo=str(questo), testo=testo,
                  invia=_("Salva"), annulla=indietro)  # fmt: skip


def pagina(request: Richiesta, questo: AccordoIndividuale, **scritti: forms.Form) -> HttpResponse:
    """An agreement, with its checks; the forms that were refused (``scritti``) as they were."""
    utente = request.user
    prepara = utente.has_perm(azioni.PREPARA, questo)
    legge = puo_di_persona(utente, LEGGE_MOTIVI, questo)
    condizioni = condizioni_di(questo)
    a_mano = [una.condizione.pk for una in condizioni if una.verifica.a_mano]
    aperto, recesso = questo.stato in APERTI, getattr(questo, "recesso", None)
    alla_firma, fatto = questo.stato == Stato.ALLA_FIRMA, questo.stato == Stato.SOTTOSCRITTO
    di_persona = puo_di_persona(utente, azioni.FIRMA, questo)
    recede_azienda = utente.has_perm(RECEDE_AZIENDA, questo) and legge
    contesto = di_azienda(
        questo.azienda, QUI,
        accordo=questo,
        testi=testi_di(questo),
        giorni=in_parole(questo),
        contatto=contatto_di(questo),
        condizioni=condizioni,
        manca=_frasi(questo) if prepara and questo.stato == Stato.BOZZA else [],
        tutele=_tutele(request, questo),
        riservato=legge and prepara and aperto,
        recesso=recesso,
        fine=_fine_comunicata(questo) if recesso is not None else None,
        legge_recesso=recesso is not None and (legge or di_persona),
        prepara=prepara,
        firma=alla_firma and di_persona and questo.firma_persona_il is None,
        firma_azienda=alla_firma and questo.firma_azienda_il is None
        and utente.has_perm(azioni.FIRMA_AZIENDA, questo),
        recede=fatto and (puo_di_persona(utente, RECEDE, questo) or recede_azienda),
        rinnova=fatto and prepara and questo.al is not None and not hasattr(questo, "rinnovo"),
        finito=fatto and questo.al is not None and questo.al < timezone.localdate(),
        aperto=aperto,
        a_mano=bool(a_mano),
        tutela=scritti.get("tutela") or TutelaForm(prefix="tutela"),
        verifica=scritti.get("verifica") or VerificaForm(prefix="verifica", a_mano=a_mano),
        informativa=scritti.get("informativa") or InformativaForm(prefix="informativa"),
        scritti=scritti,
    )  # fmt: skip
    return render(request, "lavoro_agile/accordi/accordo.html", contesto)


def _frasi(questo: AccordoIndividuale) -> list[str]:
    return [frase for del_campo in che_cosa_manca(questo).values() for frase in del_campo]


def _fine_comunicata(questo: AccordoIndividuale) -> dict[str, Any]:
    """When the early end was communicated to the Ministry; by when it is due."""
    il = fine_comunicata_il(questo)
    dovuta = il is None and questo.comunicato_il is not None and questo.cessa_il is not None
    return {"il": il, "entro": entro_quando(questo.cessa_il or questo.dal) if dovuta else None}


def _tutele(request: Richiesta, questo: AccordoIndividuale) -> list[TutelaAccordo]:
    """For the risorse umane, and one's own."""
    tutte: Any = TutelaAccordo.objects.filter(accordo=questo)
    lette = tutte.visibili_a(request.user)
    return list((lette | tutte.della_persona(request.user)).distinct())


def visibili(request: Richiesta) -> Any:
    """The agreements that the person sees, with what every page of theirs says."""
    return AccordoIndividuale.objects.visibili_a(request.user).select_related(
        "edizione__azienda", "persona", "unita", "firma_azienda_da", "rinnova", "recesso", "rinnovo"
    )


def accordo_visibile(request: Richiesta, pk: int) -> AccordoIndividuale:
    return get_object_or_404(visibili(request), pk=pk)


def modulo(
    request: Richiesta, azienda: Azienda, form: forms.BaseForm, **contesto: Any
) -> HttpResponse:
    """A page with one form: ``titolo``, ``testo``, ``invia``, ``annulla``."""
    dati = di_azienda(azienda, QUI, form=form, **contesto)
    return render(request, "lavoro_agile/accordi/modulo.html", dati)
