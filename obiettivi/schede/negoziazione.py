# SPDX-License-Identifier: AGPL-3.0-or-later
"""The panel of the negotiation: steps, versions, signatures, messages, who has read, revisions."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.forms.negoziazione import (
    AbbandonaForm,
    InviaSchedaForm,
    MessaggioForm,
    RevisioneForm,
)
from obiettivi.models import Finestra, FirmaScheda, SchedaBudget, VersioneScheda
from obiettivi.schede.finestre import Tempo, tempo_di
from obiettivi.schede.firme import Firmatari, Posto
from obiettivi.schede.pannelli import Pannello
from obiettivi.schede.personale import divulgare_entro, prese_visione
from obiettivi.schede.versioni import (
    cambiato,
    divulgata,
    revisione_aperta,
    ultima_versione,
    versione_in_vigore,
    versioni_leggibili,
)
from piani.models import Utente

Stato = SchedaBudget.Stato
TEMPLATE = "obiettivi/schede/_negoziazione.html"


@dataclass(frozen=True)
class Tappa:
    """A step of the negotiation: done, or where the scheda is now."""

    nome: str
    quando: datetime | None = None
    fatta: bool = False
    adesso: bool = False


@dataclass(frozen=True)
class PostoLetto:
    """A place to sign as the page shows it: who signed, or whether it is up to who looks."""

    posto: Posto
    firma: FirmaScheda | None
    mia: bool


def pannello(scheda: SchedaBudget, utente: Utente) -> Pannello | None:
    """What a person sees of how a scheda is agreed on; a template is not negotiated."""
    if scheda.modello:
        return None
    permessi = {
        nome: utente.has_perm(f"obiettivi.{nome}_scheda", scheda)
        for nome in ("prepara", "negozia", "guida")
    }
    legge = utente.has_perm("obiettivi.legge_negoziazione", scheda)
    versione, aperta = ultima_versione(scheda), revisione_aperta(scheda)
    in_vigore = versione_in_vigore(scheda)
    contesto: dict[str, Any] = {
        "scheda": scheda,
        "puo": permessi,
        "legge": legge,
        "versione": versione,
        "in_vigore": in_vigore,
        "revisione": aperta,
        "tappe": tappe(scheda, versione),
        "tempo": _tempo(scheda) if aperta is None else None,
        "versioni": versioni_leggibili(scheda, utente)
        .annotate(quante_firme=Count("firme"))
        .select_related("inviata_da")
        .order_by("-numero"),
        **_della_visione(scheda, utente, in_vigore, vede_tutti=permessi["guida"] or legge),
    }
    if legge:
        contesto |= _della_negoziazione(scheda, utente, versione, permessi)
    if permessi["guida"] and scheda.stato == Stato.SOTTOSCRITTA:
        entro = divulgare_entro(scheda)
        contesto |= {"entro": entro, "in_ritardo": entro is not None and entro < _oggi()}
    return Pannello("negoziazione", _("Negoziazione e firme"), TEMPLATE, contesto)


def tappe(scheda: SchedaBudget, versione: VersioneScheda | None) -> list[Tappa]:
    """The steps up to the monitoring; what comes after is told by the other panels."""
    inviata = versione.inviata_il if versione else None
    ordine = (Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE, Stato.SOTTOSCRITTA, Stato.IN_MONITORAGGIO)
    adesso = ordine.index(scheda.stato) if scheda.stato in ordine else len(ordine)
    nomi = (_("Proposta"), _("In negoziazione"), _("Sottoscritta"), _("Divulgata"))
    quando = (None, inviata, scheda.sottoscritta_il, scheda.divulgata_il)
    return [
        Tappa(
            nome,
            giorno if posto <= adesso else None,
            fatta=posto < adesso or posto == adesso == len(ordine) - 1,
            adesso=posto == adesso < len(ordine) - 1,
        )
        for posto, (nome, giorno) in enumerate(zip(nomi, quando, strict=True))
    ]


def posti_letti(scheda: SchedaBudget, utente: Utente, versione: VersioneScheda) -> list[PostoLetto]:
    """The three places of a version, with what stands in each."""
    firme = {
        firma.ruolo: firma
        for firma in versione.firme.select_related("utente", "per_conto_di", "versione")
    }
    da_firmare = scheda.stato == Stato.IN_NEGOZIAZIONE
    return [
        PostoLetto(
            posto,
            firme.get(posto.ruolo),
            mia=da_firmare
            and posto.dovuta
            and posto.ruolo not in firme
            and posto.spetta_a(utente, scheda.azienda_id),
        )
        for posto in Firmatari(scheda.azienda).posti(scheda)
    ]


def _della_negoziazione(
    scheda: SchedaBudget,
    utente: Utente,
    versione: VersioneScheda | None,
    permessi: dict[str, bool],
) -> dict[str, Any]:
    """What who negotiates or governs sees: signatures, messages, revisions and the forms."""
    aperta = scheda.stato == Stato.IN_NEGOZIAZIONE
    posti = posti_letti(scheda, utente, versione) if versione else []
    nuovo = bool(versione and aperta and cambiato(scheda, versione))
    in_revisione = revisione_aperta(scheda)
    ferma = in_revisione is not None and versione is not None and (
        in_revisione.dalla_id == versione.pk
    )  # fmt: skip
    return {
        "posti": [replace(uno, mia=uno.mia and not nuovo and not ferma) for uno in posti],
        "cambiata": nuovo,
        "ferma": ferma,
        "messaggi": scheda.messaggi.select_related("autore", "per_conto_di"),
        "revisioni": scheda.revisioni.select_related("dalla", "alla", "aperta_da"),
        "form_messaggio": MessaggioForm(prefix="messaggio"),
        "form_invia": InviaSchedaForm(prefix="invia"),
        "form_revisione": RevisioneForm(prefix="revisione") if permessi["prepara"] else None,
        "form_abbandona": AbbandonaForm(prefix="abbandona") if permessi["prepara"] else None,
    }


def _della_visione(
    scheda: SchedaBudget, utente: Utente, versione: VersioneScheda | None, *, vede_tutti: bool
) -> dict[str, Any]:
    """Who of the staff has read; the person's own, or the whole list for who leads."""
    if versione is None or not divulgata(scheda):
        return {}
    mia = None
    if utente.per_conto_di is None and utente.has_perm("obiettivi.prende_visione", scheda):
        mia = versione.prese_visione.filter(utente=utente).first()
        da_dare = mia is None and not utente.puo_tutto
    else:
        da_dare = False
    contesto: dict[str, Any] = {"mia_visione": mia, "visione_da_dare": da_dare}
    if vede_tutti:
        tutte = prese_visione(scheda, versione)
        contesto |= {
            "visioni": tutte,
            "viste": sum(una.vista_il is not None for una in tutte),
        }
    return contesto


def _tempo(scheda: SchedaBudget) -> Tempo | None:
    if scheda.stato not in (Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE):
        return None
    return tempo_di(
        scheda.azienda, scheda.anno, Finestra.Tipo.NEGOZIAZIONE, unita=scheda.unita
    )  # fmt: skip


def _oggi() -> date:
    return timezone.localdate()
