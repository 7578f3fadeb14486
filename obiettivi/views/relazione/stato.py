# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of a Relazione: where it is, what stands before the next step; and the steps."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from obiettivi import azioni
from obiettivi.forms.relazione import ApprovaForm, PubblicaRelazioneForm, ValidaRelazioneForm
from obiettivi.models import Relazione
from obiettivi.relazione.dati import fotografa
from obiettivi.relazione.passaggi import ARRIVI, CAMMINO, SI_RENDICONTA, SI_RIAPRE, prossimo
from obiettivi.relazione.termini import scadenza_di
from obiettivi.relazione.verifiche import cancello, fuori_termine
from piani import azioni as azioni_piani
from piani import verifiche
from piani.forms import MotivoForm, tenta
from piani.models import Evento, Piano
from piani.models.evento import chiave_di
from piani.registro import raccontati
from piani.rules import esigi
from piani.stampa.generi import contesto_di
from piani.views.moduli import briciole_di, inviato, legge_e_scrive
from piani.views.stato import piano_visibile, viste

Stato = Relazione.Stato


@require_safe
def relazione(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    piano = piano_visibile(request, slug)
    if not piano.relazioni.filter(anno=anno).exists():
        return _non_cominciata(request, piano, anno)
    return pagina(request, relazione_visibile(request, slug, anno))


@require_POST
def comincia(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    piano = piano_visibile(request, slug)
    try:
        azioni.comincia_relazione(piano, anno=anno, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("Relazione cominciata: le tabelle ci sono già, ora si scrive."))
    return redirect("relazione", slug, anno)


@require_POST
def rigenera(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    questa = relazione_visibile(request, slug, anno)
    try:
        cambiata = azioni.rigenera_relazione(questa, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(
            request,
            _("Tabelle rigenerate: ciò che avevi scritto è rimasto.")
            if cambiata
            else _("Le tabelle erano già quelle di oggi."),
        )
    return redirect(questa)


@require_POST
def approva(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    questa = relazione_visibile(request, slug, anno)
    esigi(request.user, "obiettivi.approva_relazione", questa)
    form = ApprovaForm(request.POST)
    return _fai(
        request, questa, "approva", form,
        lambda: azioni.approva_relazione(
            questa, **form.cleaned_data, avvertenze_viste=viste(request), da=request.user
        ),
        _("Relazione approvata: da qui in poi non si modifica."),
    )  # fmt: skip


@require_POST
def invia(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    questa = relazione_visibile(request, slug, anno)
    esigi(request.user, "obiettivi.prepara_relazione", questa)
    return _fai(
        request, questa, "invia", forms.Form(request.POST),
        lambda: azioni.invia_relazione(questa, da=request.user),
        _("Relazione mandata al Nucleo."),
    )  # fmt: skip


@require_POST
def riapri(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    questa = relazione_visibile(request, slug, anno)
    esigi(request.user, "obiettivi.prepara_relazione", questa)
    form = MotivoForm(request.POST)
    return _fai(
        request, questa, "riapri", form,
        lambda: azioni.riapri_relazione(questa, **form.cleaned_data, da=request.user),
        _("La relazione è di nuovo in bozza."),
    )  # fmt: skip


@require_POST
def pubblica(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    questa = relazione_visibile(request, slug, anno)
    esigi(request.user, "piani.pubblica", questa)
    form = _form_pubblica(questa, request.POST)
    return _fai(
        request, questa, "pubblica", form,
        lambda: azioni.pubblica_relazione(questa, **form.cleaned_data, da=request.user),
        _("Versione fissata: sarà pubblica appena finita la stampa."),
    )  # fmt: skip


@require_POST
def ristampa(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    """Try again the prints that failed, of the Relazione or of the paper of its validation."""
    questa = relazione_visibile(request, slug, anno)
    esigi(request.user, "piani.pubblica", questa)
    serie = request.POST.get("serie", "")
    try:
        if not questa.carte.filter(serie=serie).exists():
            raise ValidationError(_("La relazione non ha stampe da ripetere."))
        azioni_piani.ristampa(questa.piano, serie=serie, da=request.user)
    except ValidationError as errore:
        messages.error(request, " ".join(errore.messages))
    else:
        messages.success(request, _("La stampa è stata rimandata in coda."))
    return redirect(questa)


@legge_e_scrive
def valida(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    """The criteria of the Nucleo: an outcome for each, then the whole."""
    questa = relazione_visibile(request, slug, anno)
    esigi(request.user, "obiettivi.valida_relazione", questa)
    form = ValidaRelazioneForm(inviato(request), relazione=questa)
    if request.method == "POST" and tenta(
        form,
        lambda: azioni.valida_relazione(
            questa,
            **{n: form.cleaned_data[n] for n in ("esito", "data", "organo", "motivazione")},
            criteri=form.risposte,
            da=request.user,
        ),
    ):
        messages.success(request, _("La tua valutazione è registrata."))
        return redirect(questa)
    if questa.stato != Stato.IN_VALIDAZIONE and request.method != "POST":
        messages.info(request, _("La relazione non aspetta la tua valutazione."))
        return redirect(questa)
    contesto = {
        "relazione": questa,
        "form": form,
        "briciole": [*briciole_relazione(questa, dentro=True), (_("Validazione"), "")],
    }
    return render(request, "obiettivi/relazione/valida.html", contesto)


@require_safe
def anteprima(request: HttpRequest, slug: str, anno: int) -> HttpResponse:
    """The document as it would be published now; nothing is kept."""
    questa = relazione_visibile(request, slug, anno)
    prossima = questa.documenti.count() + 1
    foto = fotografa(questa, versione=prossima, giorno=timezone.localdate())
    contesto = {
        **contesto_di(foto),
        "indirizzo_piano": questa.get_absolute_url(),
        "torna": _("Torna alla relazione"),
        "briciole": [*briciole_relazione(questa, dentro=True), (_("Anteprima"), "")],
    }
    return render(request, "piani/anteprima.html", contesto)


def relazione_visibile(request: HttpRequest, slug: str, anno: int) -> Relazione:
    """The Relazione, if the person may see its plan; 404 otherwise."""
    visibili = Relazione.objects.visibili_a(request.user).select_related("piano__azienda")
    return get_object_or_404(visibili, piano__slug=slug, anno=anno)


def briciole_relazione(questa: Relazione, *, dentro: bool = False) -> list[tuple[str, Any]]:
    """Where it is found; ``dentro`` a page of it, whose name the caller adds."""
    indirizzo = questa.get_absolute_url() if dentro else ""
    return [*briciole_di(questa.piano), (f"{_('Relazione')} {questa.anno}", indirizzo)]


def pagina(request: HttpRequest, questa: Relazione, **rifiutati: forms.BaseForm) -> HttpResponse:
    """The page of the state, with the forms that were refused in place of the new ones."""
    passaggio, eventi = prossimo(questa), list(_eventi(questa))
    trovato = cancello(questa)
    contesto = {
        "relazione": questa,
        "piano": questa.piano,
        "passaggio": passaggio,
        "puo": passaggio is not None and request.user.has_perm(passaggio.permesso, questa),
        "tappe": _tappe(questa, eventi),
        "eventi": raccontati(reversed(eventi)),
        "cancello": trovato,
        "bloccano": verifiche.per_gruppo(trovato.bloccano),
        "avvertono": verifiche.per_gruppo(trovato.avvertono),
        "scadenza": scadenza_di(questa.azienda, questa.anno),
        "sezioni": list(questa.sezioni.all()),
        "scostamenti": _quanti_scostamenti(questa),
        "carte": list(questa.carte),
        "validazioni": list(
            questa.validazioni.select_related("da").prefetch_related("criteri__criterio")
        ),
        "si_riapre": questa.stato in SI_RIAPRE,
        "form_approva": ApprovaForm(initial={"atto_organo": questa.azienda.vertice}),
        "form_riapri": MotivoForm(),
        "form_pubblica": _form_pubblica(questa),
        "briciole": briciole_relazione(questa),
    }
    return render(request, "obiettivi/relazione/relazione.html", contesto | {
        f"form_{nome}": form for nome, form in rifiutati.items()
    })  # fmt: skip


def _non_cominciata(request: HttpRequest, piano: Piano, anno: int) -> HttpResponse:
    if anno not in piano.anni:
        raise Http404
    contesto = {
        "piano": piano,
        "anno": anno,
        "scadenza": scadenza_di(piano.azienda, anno),
        "si_puo": piano.stato in SI_RENDICONTA and anno <= timezone.localdate().year,
        "briciole": [*briciole_di(piano), (f"{_('Relazione')} {anno}", "")],
    }
    return render(request, "obiettivi/relazione/comincia.html", contesto)


def _quanti_scostamenti(questa: Relazione) -> dict[str, int]:
    """How many indicators are to be explained, and how many are."""
    righe = questa.generati.get("scostamenti", [])
    spiegati = {uno.misura_id for uno in questa.scostamenti.all() if uno.causa.strip()}
    return {"tutti": len(righe), "spiegati": sum(r["misura"] in spiegati for r in righe)}


def _form_pubblica(questa: Relazione, dati: Any = None) -> PubblicaRelazioneForm:
    return PubblicaRelazioneForm(
        dati, in_ritardo=bool(fuori_termine(questa)), nuova=questa.documenti.exists()
    )


def _fai(
    request: HttpRequest,
    questa: Relazione,
    nome: str,
    form: forms.Form,
    azione: Any,
    fatto: str,
) -> HttpResponse:
    """Do an action and go back to the page, or show there why it was refused."""
    if tenta(form, azione):
        messages.success(request, fatto)
        return redirect(questa)
    questa.refresh_from_db()
    passaggio = prossimo(questa)
    ancora_li = nome == "riapri" or (
        passaggio and request.user.has_perm(passaggio.permesso, questa)
    )
    if not ancora_li or not form.fields:
        for errori in form.errors.values():
            for errore in errori:
                messages.error(request, errore)
        return redirect(questa)
    return pagina(request, questa, **{nome: form})


def _eventi(questa: Relazione) -> QuerySet[Evento]:
    """The steps of the Relazione and its prints, the first thing first.

    What was written of it, word by word, is in the register.
    """
    suoi = Q(oggetto=chiave_di(questa), tipo__in=(*ARRIVI, "relazione.rigenerata"))
    for carta in questa.carte:
        suoi |= Q(oggetto=chiave_di(carta))
    tutti = Evento.objects.filter(suoi).select_related("da", "per_conto_di")
    return tutti.order_by("quando", "pk")


def _tappe(questa: Relazione, eventi: list[Evento]) -> list[dict[str, Any]]:
    """The states in order, with who brought it to those behind, and when.

    A Relazione that was not validated stands where it was being examined.
    """
    ferma = questa.stato == Stato.NON_VALIDATA
    adesso = Stato.IN_VALIDAZIONE if ferma else Stato(questa.stato)
    arrivo = {ARRIVI[uno.tipo]: uno for uno in eventi if uno.tipo in ARRIVI}
    qui = CAMMINO.index(adesso)
    return [
        {
            "nome": _("Non validata") if ferma and posto == qui else stato.label,
            "fatta": posto < qui,
            "adesso": posto == qui,
            "evento": arrivo.get(Stato.NON_VALIDATA if ferma and posto == qui else stato)
            if posto <= qui
            else None,
        }
        for posto, stato in enumerate(CAMMINO)
    ]
