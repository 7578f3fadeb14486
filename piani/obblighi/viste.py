# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of obligations: the page of the azienda, its sheet, an obligation, what is written
of it.
"""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani import esporta
from piani.forms import tenta
from piani.models import Azienda, PubblicazioneAltrove
from piani.obblighi import azioni
from piani.obblighi.azioni import PERMESSO
from piani.obblighi.moduli import AffidaForm, AltroveForm, FiltroForm, NonApplicabileForm
from piani.obblighi.stato import Stato, Uscita, Voce, quadro
from piani.rules import esigi
from piani.views.moduli import conferma, inviato, legge_e_scrive, modulo

IN_ROSSO = (Stato.IN_RITARDO, Stato.MAI)


@require_safe
def scegli(request: HttpRequest) -> HttpResponse:
    """The register of the azienda of the person; the list, for who serves more than one."""
    aziende = list(Azienda.objects.visibili_a(request.user).order_by("nome"))
    if len(aziende) == 1:
        return redirect("obblighi_di", aziende[0].codice)
    voci = quadro(aziende, timezone.localdate(), con_tabelle=True)
    contesto = {
        "aziende": [
            (azienda, sum(voce.stato in IN_ROSSO for voce in voci[azienda.pk]))
            for azienda in aziende
        ],
        "briciole": [(_("Obblighi di pubblicazione"), "")],
    }
    return render(request, "obblighi/scegli.html", contesto)


@require_safe
def obblighi(request: HttpRequest, azienda: str) -> HttpResponseBase:
    if esporta.chiesto(request):
        return foglio(request, azienda)
    ente = _azienda(request, azienda)
    tutte = _voci(ente)
    form, mostrate = _filtrate(request, tutte)
    conti = [(stato, sum(voce.stato == stato for voce in tutte)) for stato in Stato]
    contesto = {
        "azienda": ente,
        "filtro": {"form": form},
        "voci": mostrate,
        "conti": [(stato, quante) for stato, quante in conti if quante],
        "tiene": request.user.has_perm(PERMESSO, ente),
        "briciole": [*_briciole(ente)[:-1], (ente.nome, "")],
    }
    return render(request, "obblighi/elenco.html", contesto)


@require_safe
def foglio(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """The rows that the page shows, with the same filters."""
    ente = _azienda(request, azienda)
    _form, mostrate = _filtrate(request, _voci(ente))
    nome = f"obblighi-di-pubblicazione-{ente.codice}"
    return esporta.tabella(request, nome, _("Obblighi di pubblicazione"), _righe(mostrate))


@require_safe
def obbligo(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    voce = _voce(request, azienda, codice)
    contesto = {
        "voce": voce,
        "azienda": voce.azienda,
        "tiene": request.user.has_perm(PERMESSO, voce.azienda),
        "briciole": [*_briciole(voce.azienda), (voce.obbligo.etichetta, "")],
    }
    return render(request, "obblighi/obbligo.html", contesto)


@legge_e_scrive
def affida(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    voce = _da_scrivere(request, azienda, codice)
    unita = voce.cura.unita_id if voce.cura else None
    form = AffidaForm(
        inviato(request), azienda=voce.azienda, detta=unita,
        initial={"ruolo": voce.ruolo, "unita": unita},
    )  # fmt: skip
    return _modulo(
        request, voce, form, _("Chi se ne occupa"), _("Scritto chi se ne occupa."), azioni.affida
    )


@legge_e_scrive
def non_applicabile(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    voce = _da_scrivere(request, azienda, codice)
    form = NonApplicabileForm(
        inviato(request), initial={"motivo": voce.cura.motivo if voce.cura else ""}
    )
    return _modulo(
        request, voce, form, _("Non si applica"),
        _("L'obbligo non si applica: la pagina pubblica dice perché."),
        azioni.dichiara_non_applicabile,
    )  # fmt: skip


@legge_e_scrive
def riprendi(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    voce = _da_scrivere(request, azienda, codice)
    return conferma(
        request,
        titolo=_("Si applica di nuovo"),
        domanda=_("Vuoi togliere il motivo per cui l'obbligo non si applicava?"),
        azione=lambda: azioni.riprendi(voce.azienda, voce.obbligo, da=request.user),
        fatto=_("L'obbligo si applica di nuovo."),
        dopo=_casa(voce),
        annulla=_casa(voce),
        briciole=[*_briciole(voce.azienda), (voce.obbligo.etichetta, _casa(voce))],
    )


@legge_e_scrive
def altrove(request: HttpRequest, azienda: str, codice: str) -> HttpResponse:
    voce = _da_scrivere(request, azienda, codice)
    return _modulo(
        request, voce, AltroveForm(inviato(request)), _("Documento pubblicato altrove"),
        _("Registrato: compare anche nella pagina pubblica."), azioni.registra_altrove,
    )  # fmt: skip


@legge_e_scrive
def altrove_togli(request: HttpRequest, pk: int) -> HttpResponse:
    visibili = PubblicazioneAltrove.objects.visibili_a(request.user).select_related("azienda")
    riga = get_object_or_404(visibili, pk=pk)
    esigi(request.user, PERMESSO, riga)
    dopo = reverse("obbligo", args=[riga.azienda.codice, riga.codice])
    return conferma(
        request,
        titolo=_("Togli il documento"),
        domanda=_("Vuoi togliere «%(riga)s» dal registro e dalla pagina pubblica?")
        % {"riga": riga},
        azione=lambda: azioni.togli_altrove(riga, da=request.user),
        fatto=_("Tolto."),
        dopo=dopo,
        annulla=dopo,
        briciole=[*_briciole(riga.azienda), (_("Togli il documento"), "")],
    )


def _azienda(request: HttpRequest, codice: str) -> Azienda:
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)


def _voci(azienda: Azienda) -> list[Voce]:
    return quadro([azienda], timezone.localdate(), con_tabelle=True)[azienda.pk]


def _voce(request: HttpRequest, azienda: str, codice: str) -> Voce:
    trovate = [una for una in _voci(_azienda(request, azienda)) if una.obbligo.codice == codice]
    if not trovate:
        raise Http404
    return trovate[0]


def _da_scrivere(request: HttpRequest, azienda: str, codice: str) -> Voce:
    esigi(request.user, PERMESSO, _azienda(request, azienda))
    return _voce(request, azienda, codice)


def _filtrate(request: HttpRequest, voci: list[Voce]) -> tuple[FiltroForm, list[Voce]]:
    """What the address asks for; an unknown choice asks for nothing."""
    form = FiltroForm(request.GET)
    form.is_valid()
    chieste = form.cleaned_data
    testo = chieste.get("q", "").casefold()
    return form, [
        voce
        for voce in voci
        if chieste.get("stato", "") in ("", voce.stato)
        and chieste.get("ruolo", "") in ("", voce.ruolo)
        and testo in f"{voce.obbligo.percorso} {voce.obbligo.etichetta}".casefold()
    ]


def _righe(voci: list[Voce]) -> Iterator[list[object]]:
    yield [
        "sotto-sezione", "obbligo", "norma", "schema", "chi se ne occupa", "aggiornamento",
        "stato", "ultima pubblicazione", "documento", "indirizzo", "prossimo termine",
        "norma del termine", "in pubblicazione fino al", "perché non si applica",
    ]  # fmt: skip
    for voce in voci:
        obbligo, ultima = voce.obbligo, voce.ultima or Uscita("", "")
        yield [
            obbligo.percorso, obbligo.etichetta, obbligo.norma, obbligo.schema, voce.chi,
            obbligo.get_frequenza_display(), voce.stato.label, ultima.il, ultima.titolo,
            ultima.url, voce.prossima, obbligo.norma_termine, ultima.scade_il,
            voce.cura.motivo if voce.cura else "",
        ]  # fmt: skip


def _casa(voce: Voce) -> str:
    return reverse("obbligo", args=[voce.azienda.codice, voce.obbligo.codice])


def _briciole(azienda: Azienda) -> list[tuple[str, Any]]:
    return [
        (_("Obblighi di pubblicazione"), reverse("obblighi")),
        (azienda.nome, reverse("obblighi_di", args=[azienda.codice])),
    ]


def _modulo(
    request: HttpRequest, voce: Voce, form: forms.Form, titolo: str, fatto: str, azione: Any
) -> HttpResponse:
    """A page with one form, that goes back to the obligation when it is done."""
    if request.method == "POST" and tenta(
        form, lambda: azione(voce.azienda, voce.obbligo, **form.cleaned_data, da=request.user)
    ):
        messages.success(request, fatto)
        return redirect(_casa(voce))
    return modulo(
        request,
        form,
        titolo=titolo,
        sopratitolo=voce.obbligo.etichetta,
        invia=_("Salva"),
        annulla=_casa(voce),
        briciole=[*_briciole(voce.azienda), (voce.obbligo.etichetta, _casa(voce)), (titolo, "")],
    )
