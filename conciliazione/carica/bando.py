# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call of 2017 as it was: nine proposals, what the co-progettazione made of them, six projects.

The source prints no dates of the call, no points, no partners by name, no costs by heading: what it
does not print stays empty, and the days are said to be ours.
"""

from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, salva
from conciliazione.calcolo.importi import in_centesimi, quota, somma
from conciliazione.carica.fogli import foglio, quadrature, riscontra
from conciliazione.models import (
    AzioneProposta,
    EdizioneConciliazione,
    Ente,
    ManifestazioneInteresse,
    Natura,
    Proposta,
    TipoEnte,
    VersioneProposta,
)
from piani.models import Utente

# Two days that the source prints: the act of the one network, and the evaluation of the projects.
ROMA = timezone.get_default_timezone()
APRE, CHIUDE = (datetime(2017, *giorno, 9, tzinfo=ROMA) for giorno in ((1, 27), (5, 26)))
LOCALI = ("Comune di", "Provincia di")


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Write the call with its proposals and their versions, and our figures beside the printed
    ones. All or nothing; a call that is there already is left as it is.
    """
    dati = foglio(cartella, "proposte")
    if dati is None:
        return
    with transaction.atomic():
        bando, nuovo = _manifestazione(edizione, dati["manifestazione"])
        if nuovo:
            proposte = {una["numero"]: _proposta(bando, una) for una in dati["proposte"]}
            _coprogettazione(proposte, dati, foglio(cartella, "progetti") or {}, _finalita(
                edizione, foglio(cartella, "edizione") or {}
            ))  # fmt: skip
            annota(
                "conc_bando.caricato",
                bando,
                _("Caricate %(quante)s proposte di «%(bando)s» dalla fonte")
                % {"quante": len(proposte), "bando": bando},
                da=da,
            )
        _riscontri(edizione, bando, quadrature(cartella))


def _manifestazione(
    edizione: EdizioneConciliazione, dati: dict[str, Any]
) -> tuple[ManifestazioneInteresse, bool]:
    return ManifestazioneInteresse.objects.get_or_create(
        edizione=edizione,
        numero=1,
        defaults={
            "titolo": dati["nome"],
            "testo": _(
                "%(nota)s Qui va dal giorno della delibera della Rete unificata al giorno in cui "
                "il Comitato ha valutato i progetti, che la fonte stampa."
            )
            % {"nota": dati["nota"]},
            "dotazione": Decimal(dati["dotazione"]["valore"]),
            "apre_il": APRE,
            "chiude_il": CHIUDE,
            "stato": ManifestazioneInteresse.Stato.IN_VALUTAZIONE,
            "riga_fonte": str(dati["riga"]),
        },
    )  # fmt: skip


def _proposta(bando: ManifestazioneInteresse, dati: dict[str, Any]) -> Proposta:
    """A line of the table of the nine, with the version that was sent."""
    proposta = salva(
        Proposta(
            manifestazione=bando,
            capofila=ente_pubblico(bando.edizione, dati["capofila"], dati["riga"]),
            numero=dati["numero"],
            titolo=dati["titolo_stampato"],
            stato=Proposta.Stato.AMMESSA,
            presentata_il=bando.chiude_il,
            riga_fonte=str(dati["riga"]),
        )
    )
    _versione(
        proposta, 1, dati["titolo_stampato"], dati["riga"],
        contributo=dati["richiesto"]["valore"], costo=dati["costo"]["valore"],
    )  # fmt: skip
    return proposta


def ente_pubblico(edizione: EdizioneConciliazione, nome: str, riga: int) -> Ente:
    """The body that the source names, entered if no other sheet did: all the capofila of the plan
    are public (art. 9 of the Regolamento).
    """
    gia = Ente.objects.filter(azienda=edizione.azienda, nome__iexact=nome).first()
    return gia or salva(
        Ente(
            azienda=edizione.azienda,
            nome=nome,
            tipo=TipoEnte.PUBBLICO,
            natura=Natura.PUBBLICA,
            ente_locale=nome.startswith(LOCALI),
            riga_fonte=str(riga),
        )
    )


def _versione(
    proposta: Proposta, numero: int, titolo: str, riga: object, *, contributo: str, costo: str,
    **altro: Any,
) -> VersioneProposta:  # fmt: skip
    return salva(
        VersioneProposta(
            proposta=proposta,
            numero=numero,
            titolo=titolo,
            contributo=Decimal(contributo),
            costo_dichiarato=Decimal(costo),
            chiusa_il=proposta.manifestazione.chiude_il,
            riga_fonte=str(riga),
            **altro,
        )
    )


def _finalita(edizione: EdizioneConciliazione, dati: dict[str, Any]) -> dict[str, str]:
    """The code of ours for each purpose of the sheet: both are in the order of the source."""
    loro = [una["codice"] for una in dati.get("finalita", [])]
    nostre = [una.codice for una in edizione.regole.finalita]
    return dict(zip(loro, nostre, strict=True)) if len(loro) == len(nostre) else {}


def _coprogettazione(
    proposte: dict[int, Proposta],
    dati: dict[str, Any],
    progetti: dict[str, Any],
    finalita: dict[str, str],
) -> None:
    """The second version of those that stay; the others end in the one that took them in."""
    schede = {una["codice"]: una for una in progetti.get("progetti", [])}
    motivi: dict[str, list[str]] = {}
    for passo in dati["coprogettazione"]:
        motivi.setdefault(passo["progetto"], []).append(passo.get("nome") or _accorpa(passo))
    for dopo in dati["prima_dopo"]:
        rimane = _guida(proposte, dati, dopo)
        scheda = schede.get(dopo["progetto"], {})
        versione = _versione(
            rimane, 2, scheda.get("titolo", rimane.titolo), dopo["riga"],
            contributo=dopo["richiesto_dopo"], costo=dopo["costo_dopo"],
            motivo="; ".join(motivi.get(dopo["progetto"], []))[:300],
            finalita=_scelte(scheda, finalita),
            partner_stampati=_stampato(scheda, "partner"),
            azioni_stampate=_stampato(scheda, "numero_azioni"),
        )  # fmt: skip
        for posto, azione in enumerate(scheda.get("azioni", []), 1):
            salva(AzioneProposta(versione=versione, ordine=posto, titolo=azione["nome"][:200]))
        rimane.titolo = versione.titolo
        salva(rimane, "titolo")
        for numero in dopo["proposte"]:
            if proposte[numero] != rimane:
                proposte[numero].stato = Proposta.Stato.FUSA
                proposte[numero].confluita_in = rimane
                salva(proposte[numero], "stato", "confluita_in")


def _accorpa(passo: dict[str, Any]) -> str:
    return _("Accorpamento di %(territori)s") % {"territori": ", ".join(passo["territori"])}


def _guida(proposte: dict[int, Proposta], dati: dict[str, Any], dopo: dict[str, Any]) -> Proposta:
    """The proposal in which the others end: the one that the merge names, else the only one."""
    for passo in dati["coprogettazione"]:
        if passo["progetto"] == dopo["progetto"] and "capofila_proposta" in passo:
            return proposte[passo["capofila_proposta"]]
    return proposte[dopo["proposte"][0]]


def _scelte(scheda: dict[str, Any], finalita: dict[str, str]) -> list[str]:
    return [
        finalita[una["codice"]] for una in scheda.get("finalita", []) if una["codice"] in finalita
    ]


def _stampato(scheda: dict[str, Any], campo: str) -> int | None:
    return int(scheda[campo]["valore"]) if campo in scheda else None


def _riscontri(
    edizione: EdizioneConciliazione,
    bando: ManifestazioneInteresse,
    voci: dict[str, dict[str, Any]],
) -> None:
    """The printed figures of the call, beside the sums of the rows."""
    prime = VersioneProposta.objects.filter(proposta__manifestazione=bando, numero=1)
    seconde = VersioneProposta.objects.filter(proposta__manifestazione=bando, numero=2)
    richiesto = somma(prime.values_list("contributo", flat=True))
    dopo = somma(seconde.values_list("contributo", flat=True))
    oltre = quota(richiesto - bando.dotazione, bando.dotazione) or Decimal(0)
    oltre_dopo = quota(dopo - bando.dotazione, bando.dotazione) or Decimal(0)
    calcolati = {
        "costo-nove-proposte": somma(prime.values_list("costo_dichiarato", flat=True)),
        "richiesto-nove-proposte": richiesto,
        "richiesto-introduzione": richiesto,
        "eccedenza-introduzione": in_centesimi(oltre),
        "numero-proposte": Decimal(prime.count()),
        "richiesto-sei-progetti": dopo,
        "eccedenza-importo": dopo - bando.dotazione,
        "eccedenza-percentuale": in_centesimi(oltre_dopo),
    }
    for codice, calcolato in calcolati.items():
        if codice in voci:
            riscontra(edizione, voci[codice], calcolato)
