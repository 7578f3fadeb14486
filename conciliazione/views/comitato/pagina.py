# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the page of a meeting shows to each: the office what to do next, a member their vote."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from conciliazione.azioni.seduta import CONVOCA, VERBALIZZA, regole_di
from conciliazione.calcolo.numero_legale import (
    numero_legale,
    primo_giorno_utile,
    spiega_numero_legale,
)
from conciliazione.comitato import posta
from conciliazione.comitato.chi import destinatari, non_raggiunti, seggi_del_giorno
from conciliazione.comitato.decisioni import decise, scelte
from conciliazione.conflitti import senza_voto
from conciliazione.forms.comitato import (
    CollegaForm,
    ConvocaForm,
    EsitoForm,
    MotivoForm,
    PuntoForm,
    VotazioneForm,
    VotoForm,
)
from conciliazione.models import Presenza, Seduta, Votazione, Voto
from conciliazione.views.comitato.comune import della_seduta, mio_seggio, rimasti
from piani.models import Avviso, Utente

Stato = Seduta.Stato
PREPARAZIONE = (Stato.BOZZA,)
SI_SEGNANO = (Stato.CONVOCATA, Stato.APERTA)


def pagina(request: HttpRequest, seduta: Seduta, **scritti: forms.BaseForm) -> HttpResponse:
    """The page; ``scritti`` are forms sent with something wrong, each by its name: those of an
    item or of a vote by ``<nome>-<pk>``.
    """
    ufficio = {
        "puo_convocare": request.user.has_perm(CONVOCA, seduta),
        "puo_verbalizzare": request.user.has_perm(VERBALIZZA, seduta),
    }
    comitato = seduta.organo == Seduta.Organo.COMITATO
    mio = mio_seggio(request, seduta.edizione_id) if comitato else None
    presenze = list(
        seduta.presenze.select_related("seggio__ente", "ente", "utente").order_by(
            "consultiva", "seggio__ordine", "ente__nome"
        )
    )
    mia = next((una for una in presenze if mio and una.seggio_id == mio.pk), None)
    voto_io = mia is not None and mia.presente and mia.utente_id in (None, request.user.pk)
    punti = _punti(seduta, presenze, mia, scritti)
    dati = della_seduta(
        seduta,
        **ufficio,
        rimasti=rimasti(scritti, _mostrati(seduta, punti, voto_io)),
        comitato=comitato,
        mio=mio,
        mia=mia,
        voto_io=voto_io,
        presenze=presenze,
        presenti=sum(una.presente and not una.consultiva for una in presenze),
        punti=punti,
        decisioni=decise(seduta) if comitato else [],
        richieste=seduta.richieste.select_related("proposta_da"),
        scritti=scritti,
        in_preparazione=seduta.stato in PREPARAZIONE,
        si_segnano=seduta.stato in SI_SEGNANO,
        oggi_o_prima=timezone.localdate(seduta.quando) <= timezone.localdate(),
    )
    if any(ufficio.values()):
        dati |= _dell_ufficio(seduta, scritti, request.user)
    return render(request, "conciliazione/comitato/seduta.html", dati)


def _mostrati(seduta: Seduta, punti: list[dict[str, Any]], voto_io: bool) -> set[str]:
    """The forms that the page shows to who may send them."""
    verbale = getattr(seduta, "verbale", None)
    da_scrivere = verbale is None or verbale.inviato_il is None
    nomi = {
        Stato.BOZZA: {"punto", "convoca", "annulla"},
        Stato.CONVOCATA: {"annulla"},
    }.get(Stato(seduta.stato), set())
    for riga in punti:
        pk = riga["punto"].pk
        if seduta.stato == Stato.APERTA:
            nomi |= {f"esito-{pk}", f"quesito-{pk}"}
        elif seduta.stato == Stato.CHIUSA and da_scrivere:
            nomi.add(f"esito-{pk}")
        for voce in riga["votazioni"]:
            if voce["votazione"].stato == Votazione.Stato.APERTA:
                nomi.add(f"ritira-{voce['votazione'].pk}")
                if voto_io and not voce["mio"] and not voce["fermo"]:
                    nomi.add(f"voto-{voce['votazione'].pk}")
    return nomi


def _dell_ufficio(
    seduta: Seduta, scritti: dict[str, forms.BaseForm], utente: Utente
) -> dict[str, Any]:
    regole = regole_di(seduta)
    dati: dict[str, Any] = {
        "regole": regole,
        "annulla": scritti.get("annulla") or MotivoForm(auto_id="annulla_%s"),
    }
    if seduta.stato == Stato.BOZZA:
        dati |= {
            "convoca": scritti.get("convoca") or ConvocaForm(urgenza=regole.urgenza),
            "punto": scritti.get("punto") or PuntoForm(seduta=seduta, utente=utente),
            "primo_giorno": primo_giorno_utile(timezone.localdate(), regole.preavviso),
            "destinatari": destinatari(seduta).count(),
            "non_raggiunti": non_raggiunti(seduta),
        }
    if seduta.stato == Stato.CONVOCATA:
        partiti = Avviso.objects.filter(chiave=posta.chiave_seduta(seduta))
        dati |= {
            "partiti": partiti.count(),
            "da_partire": destinatari(seduta).exclude(pk__in=partiti.values("utente")),
            "non_raggiunti": non_raggiunti(seduta),
        }
    if seduta.organo == Seduta.Organo.COMITATO:
        dati |= _numero_legale(seduta)
        if seduta.stato in (Stato.APERTA, Stato.CHIUSA):
            possibili = scelte(seduta)
            dati["collega"] = CollegaForm(scelte=possibili) if possibili else None
    return dati


def _numero_legale(seduta: Seduta) -> dict[str, Any]:
    """That of the opening; before, what it would be."""
    regola = seduta.edizione.regole.comitato.quorum
    componenti = seduta.componenti
    if componenti is None:
        componenti = seggi_del_giorno(seduta).count()
    return {
        "componenti": componenti,
        "numero_legale": numero_legale(componenti, regola),
        "perche": spiega_numero_legale(componenti, regola),
    }


def _punti(
    seduta: Seduta,
    presenze: list[Presenza],
    mia: Presenza | None,
    scritti: dict[str, forms.BaseForm],
) -> list[dict[str, Any]]:
    """The items, each with its votes and its forms."""
    punti = list(seduta.punti.select_related("manifestazione__edizione").order_by("ordine"))
    seggi = {una.seggio_id: una.seggio for una in presenze if una.presente}
    fermi = {uno.pk: senza_voto(uno, presenze) for uno in punti if uno.manifestazione_id}
    per_punto: dict[int, list[dict[str, Any]]] = {uno.pk: [] for uno in punti}
    votazioni = list(Votazione.objects.filter(punto__in=punti).order_by("pk"))
    voti: dict[int, list[Voto]] = {una.pk: [] for una in votazioni}
    for voto in Voto.objects.filter(votazione__in=votazioni).select_related("seggio__ente"):
        voti[voto.votazione_id].append(voto)
    for una in votazioni:
        mio_voto = next((v for v in voti[una.pk] if mia and v.seggio_id == mia.seggio_id), None)
        per_punto[una.punto_id].append(
            {
                "votazione": una,
                "voti": voti[una.pk] if una.stato == Votazione.Stato.CHIUSA else [],
                "quanti": len(voti[una.pk]),
                "mio": mio_voto,
                "fermo": fermi.get(una.punto_id, {}).get(mia.seggio_id, "") if mia else "",
                "form": scritti.get(f"voto-{una.pk}") or VotoForm(auto_id=f"voto_{una.pk}_%s"),
                "ritira": scritti.get(f"ritira-{una.pk}")
                or MotivoForm(auto_id=f"ritira_{una.pk}_%s"),
            }
        )
    return [
        {
            "punto": uno,
            "fermi": [
                {"seggio": seggi[seggio], "perche": perche}
                for seggio, perche in fermi.get(uno.pk, {}).items()
                if seggio in seggi
            ],
            "votazioni": per_punto[uno.pk],
            "esito": scritti.get(f"esito-{uno.pk}")
            or EsitoForm(initial={"esito": uno.esito}, auto_id=f"esito_{uno.pk}_%s"),
            "vota": scritti.get(f"quesito-{uno.pk}")
            or VotazioneForm(auto_id=f"quesito_{uno.pk}_%s"),
            "aperto": f"esito-{uno.pk}" in scritti or f"quesito-{uno.pk}" in scritti,
        }
        for uno in punti
    ]
