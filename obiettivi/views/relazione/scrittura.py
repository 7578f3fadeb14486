# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages where a Relazione is written: a chapter, the causes, the dates of the process."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi import azioni
from obiettivi.forms.relazione import CapitoloForm, CauseForm, FasiForm
from obiettivi.models import Relazione, SezioneRelazione
from obiettivi.relazione.momenti import prevista
from obiettivi.views.relazione.stato import briciole_relazione, relazione_visibile
from piani.forms import tenta
from piani.models import Sezione
from piani.rules import esigi
from piani.testo import html_da_markdown
from piani.views.moduli import inviato, legge_e_scrive

PERMESSO = "obiettivi.prepara_relazione"
# What the plan said where the Relazione now says how it went.
NEL_PIANO = {
    SezioneRelazione.Tipo.PRESENTAZIONE: Sezione.Tipo.PRESENTAZIONE,
    SezioneRelazione.Tipo.CONTESTO: Sezione.Tipo.ANALISI_CONTESTO,
    SezioneRelazione.Tipo.SCHEDE: Sezione.Tipo.ORGANIZZATIVA,
    SezioneRelazione.Tipo.INDIVIDUALE: Sezione.Tipo.INDIVIDUALE,
    SezioneRelazione.Tipo.PARI_OPPORTUNITA: Sezione.Tipo.AZIONI_POSITIVE,
    SezioneRelazione.Tipo.PROCESSO: Sezione.Tipo.CICLO,
}


@legge_e_scrive
def sezione(request: HttpRequest, slug: str, anno: int, tipo: str) -> HttpResponse:
    questa = _da_scrivere(request, slug, anno)
    if chiusa := _se_chiusa(request, questa):
        return chiusa
    capitolo = get_object_or_404(questa.sezioni, tipo=tipo)
    form = CapitoloForm(inviato(request), sezione=capitolo)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.scrivi_sezione_relazione(capitolo, **form.cleaned_data, da=request.user),
    ):
        messages.success(request, _("Capitolo salvato."))
        return redirect(f"{questa.get_absolute_url()}#capitoli")
    contesto = {
        "relazione": questa,
        "capitolo": capitolo,
        "form": form,
        "nel_piano": _nel_piano(questa, capitolo),
        "briciole": [*briciole_relazione(questa, dentro=True), (str(capitolo), "")],
    }
    return render(request, "obiettivi/relazione/sezione.html", contesto)


@legge_e_scrive
def cause(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    questa = _da_scrivere(request, slug, anno)
    if chiusa := _se_chiusa(request, questa):
        return chiusa
    righe = questa.generati.get("scostamenti", [])
    scritti = {uno.misura_id: uno for uno in questa.scostamenti.all()}
    form = CauseForm(
        inviato(request), scritti=[scritti[r["misura"]] for r in righe if r["misura"] in scritti]
    )
    if request.method == "POST" and form.is_valid():
        try:
            quanti = azioni.spiega_scostamenti(
                questa, form.detto(), visti=form.detto("prima-"), da=request.user
            )
        except ValidationError as errore:
            if not hasattr(errore, "error_dict"):
                messages.error(request, " ".join(errore.messages))
                return redirect(questa)
            form.contesa(errore, {uno.misura_id: uno for uno in questa.scostamenti.all()})
        else:
            messages.success(request, _salvati(quanti))
            return redirect(f"{questa.get_absolute_url()}#scostamenti")
    contesto = {
        "relazione": questa,
        "form": form,
        "righe": [
            {
                "dati": riga,
                "campi": [form[f"causa-{riga['misura']}"], form[f"azione-{riga['misura']}"]],
                "prima": [
                    form[f"prima-causa-{riga['misura']}"],
                    form[f"prima-azione-{riga['misura']}"],
                ],
            }
            for riga in righe
        ],
        "briciole": [*briciole_relazione(questa, dentro=True), (_("Scostamenti"), "")],
    }
    return render(request, "obiettivi/relazione/cause.html", contesto)


@legge_e_scrive
def fasi(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    questa = _da_scrivere(request, slug, anno)
    if chiusa := _se_chiusa(request, questa):
        return chiusa
    svolte = list(questa.fasi.select_related("fase"))
    form = FasiForm(inviato(request), fasi=svolte)
    if request.method == "POST" and form.is_valid():
        try:
            azioni.segna_fasi(questa, form.dette(), da=request.user)
        except ValidationError as errore:
            if not hasattr(errore, "error_dict"):
                messages.error(request, " ".join(errore.messages))
                return redirect(questa)
            for chiave, messaggi in errore.message_dict.items():
                form.add_error(f"conclusa-{chiave}", messaggi)
        else:
            messages.success(request, _("Date salvate."))
            return redirect(f"{questa.get_absolute_url()}#capitoli")
    contesto = {
        "relazione": questa,
        "form": form,
        "righe": [
            {
                "fase": una.fase,
                "prevista": prevista(una.fase, anno),
                "campi": [form[f"conclusa-{una.fase_id}"], form[f"nota-{una.fase_id}"]],
            }
            for una in svolte
        ],
        "briciole": [*briciole_relazione(questa, dentro=True), (_("Date del processo"), "")],
    }
    return render(request, "obiettivi/relazione/fasi.html", contesto)


def _da_scrivere(request: HttpRequest, slug: str, anno: int) -> Relazione:
    questa = relazione_visibile(request, slug, anno)
    esigi(request.user, PERMESSO, questa)
    return questa


def _se_chiusa(request: HttpRequest, questa: Relazione) -> HttpResponse | None:
    """Back to its page, with why, if it is no draft."""
    if questa.stato == Relazione.Stato.BOZZA:
        return None
    messages.error(
        request,
        _("La relazione è «%(stato)s»: per cambiarla va prima riportata in bozza.")
        % {"stato": questa.get_stato_display()},
    )
    return redirect(questa)


def _nel_piano(questa: Relazione, capitolo: SezioneRelazione) -> dict[str, str] | None:
    tipo = NEL_PIANO.get(SezioneRelazione.Tipo(capitolo.tipo))
    detto = questa.piano.sezioni.filter(tipo=tipo).first() if tipo else None
    return {"titolo": detto.titolo, "html": html_da_markdown(detto.testo)} if detto else None


def _salvati(quanti: int) -> str:
    if not quanti:
        return _("Non è cambiato niente.")
    return ngettext(
        "Salvato: %(n)s indicatore cambiato.", "Salvato: %(n)s indicatori cambiati.", quanti
    ) % {"n": quanti}
