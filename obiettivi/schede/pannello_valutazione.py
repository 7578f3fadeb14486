# SPDX-License-Identifier: AGPL-3.0-or-later
"""The panel «valutazione» of a scheda: scores, objections, what the Nucleo said, what is next."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from obiettivi.models import (
    AreaScheda,
    Controdeduzione,
    EdizioneSMVP,
    Finestra,
    Frazione,
    PunteggioScheda,
    Rendicontazione,
    RigaScheda,
    SchedaBudget,
)
from obiettivi.schede.finestre import tempo_di
from obiettivi.schede.pannelli import Pannello
from obiettivi.schede.spiega import COLONNE
from obiettivi.schede.valutazione import SI_VALUTA, differenze_da_oggi, non_rendicontati
from obiettivi.voti import Voto, da_calcolare, voto
from piani.models import Evento, Utente

Livello = PunteggioScheda.Livello
Stato = SchedaBudget.Stato
PRIMA = (Stato.PROPOSTA, Stato.IN_NEGOZIAZIONE, Stato.SOTTOSCRITTA)
"""Nothing to evaluate yet, unless the scheda is back from the year for a revision."""
Chiave = tuple[str, int]


@dataclass(frozen=True)
class Cella:
    """A score in a period, with the address of its explanation ("" when there is none)."""

    periodo: str
    sigla: str
    voto: Voto
    perche: str = ""


@dataclass(frozen=True)
class RigaValutata:
    """A row with its scores: the year, then the periods that have one."""

    riga: RigaScheda
    anno: Cella
    periodi: list[Cella]
    rendicontata: Rendicontazione | None


@dataclass(frozen=True)
class GruppoValutato:
    """The areas that share a weight, with their rows and the score that they have together."""

    nome: str
    tipo: str
    peso: Any
    insieme: bool
    anno: Cella
    periodi: list[Cella]
    righe: list[RigaValutata]

    @property
    def pesa(self) -> bool:
        """Whether it has a share of the scheda's score."""
        return self.tipo == AreaScheda.Tipo.AREA

    @property
    def che_cosa(self) -> str:
        """What it is, when it does not weigh."""
        return "" if self.pesa else str(AreaScheda.Tipo(self.tipo).label)


class Celle:
    """The stored scores of a scheda, by period, level and key."""

    def __init__(self, scheda: SchedaBudget) -> None:
        self.scheda = scheda
        salvati = PunteggioScheda.objects.filter(scheda=scheda)
        self.salvati = {(uno.frazione, uno.livello, uno.oggetto): uno for uno in salvati}
        presenti = {frazione for frazione, *_altro in self.salvati}
        self.frazioni = [una for una in Frazione if una and una in presenti]

    def cella(self, livello: str, oggetto: int, frazione: str = "") -> Cella:
        """The score of something in a period."""
        nome = str(Frazione(frazione).label)
        salvato = self.salvati.get((frazione, livello, oggetto))
        if salvato is None:
            return Cella(nome, frazione, da_calcolare())
        perche = reverse("scheda_perche", args=[self.scheda.pk, livello, oggetto])
        suo = voto(*(getattr(salvato, campo) for campo in COLONNE))
        return Cella(nome, frazione, suo, f"{perche}?frazione={frazione}" if frazione else perche)

    def periodi(self, livello: str, oggetto: int) -> list[Cella]:
        """The scores of something in the parts of the year."""
        return [self.cella(livello, oggetto, frazione) for frazione in self.frazioni]


def pannello(scheda: SchedaBudget, utente: Utente) -> Pannello | None:
    """Scores to all who see the scheda; what is said of them to who leads, governs, evaluates."""
    if scheda.modello:
        return None
    celle = Celle(scheda)
    if scheda.stato in PRIMA and not celle.salvati:
        return None
    righe = list(
        RigaScheda.objects.filter(area__scheda=scheda)
        .select_related("indicatore", "area")
        .order_by("area__ordine", "area", "ordine", "pk")
    )
    prepara = utente.has_perm("obiettivi.prepara_scheda", scheda)
    valida = utente.has_perm("obiettivi.valida_scheda", scheda)
    discute = prepara or valida or utente.has_perm("obiettivi.negozia_scheda", scheda)
    gruppi = _gruppi(scheda, righe, celle)
    contesto = {
        "scheda": scheda,
        "totale": celle.cella(Livello.SCHEDA, scheda.pk),
        "periodi": celle.periodi(Livello.SCHEDA, scheda.pk),
        "gruppi": gruppi,
        "rendicontate": any(r.rendicontata for gruppo in gruppi for r in gruppo.righe),
        "senza_regole": not EdizioneSMVP.objects.filter(
            azienda=scheda.azienda_id, anno=scheda.anno
        ).exists(),
        "discute": discute,
        "puo_avviare": prepara and scheda.stato == Stato.IN_MONITORAGGIO,
        "puo_chiudere": prepara and scheda.stato == Stato.VALIDATA,
        "puo_validare": valida and scheda.stato in SI_VALUTA,
        "puo_rinviare": valida and scheda.stato == Stato.VALIDATA,
    }
    if discute:
        contesto |= _discussione(scheda, utente, prepara=prepara)
    return Pannello("valutazione", _("Valutazione"), "obiettivi/schede/_valutazione.html", contesto)


def _discussione(scheda: SchedaBudget, utente: Utente, *, prepara: bool) -> dict[str, Any]:
    """Objections, validations, deadlines, and what the scores would be today."""
    obiezioni = list(
        Controdeduzione.objects.filter(scheda=scheda).select_related(
            "riga", "presentata_da", "per_conto_di", "risposta_da"
        )
    )
    tempo = tempo_di(scheda.azienda, scheda.anno, Finestra.Tipo.CONTRODEDUZIONI, unita=scheda.unita)
    manca: list[str] = []
    if prepara and scheda.stato == Stato.IN_MONITORAGGIO:
        manca = non_rendicontati(scheda.azienda, scheda.anno, [scheda])[scheda.pk]
    return {
        "controdeduzioni": obiezioni,
        "puo_rispondere": prepara and scheda.stato in SI_VALUTA,
        "puo_controdedurre": scheda.stato in SI_VALUTA
        and utente.has_perm("obiettivi.guida_scheda", scheda),
        "termine_controdeduzioni": tempo,
        "termine_validazione": tempo_di(
            scheda.azienda, scheda.anno, Finestra.Tipo.VALIDAZIONE_SCHEDE, unita=scheda.unita
        ),
        "validazioni": list(scheda.validazioni.select_related("da")),
        "avvio": Evento.objects.che_riguardano(scheda)
        .filter(tipo="scheda.in_valutazione")
        .select_related("da")
        .first(),
        "manca": manca,
        "differenze": differenze_da_oggi(scheda),
    }


def _gruppi(
    scheda: SchedaBudget, righe: Collection[RigaScheda], celle: Celle
) -> list[GruppoValutato]:
    """The areas by the weight they share, as they are judged."""
    dette = _rendicontate(righe)
    insieme: list[list[AreaScheda]] = []
    for area in AreaScheda.objects.filter(scheda=scheda).order_by("ordine", "pk"):
        if area.con_la_precedente and insieme and insieme[-1][0].tipo == area.tipo:
            insieme[-1].append(area)
        else:
            insieme.append([area])
    gruppi = []
    for aree in insieme:
        chiavi = {area.pk for area in aree}
        gruppi.append(
            GruppoValutato(
                nome=" · ".join(area.nome for area in aree),
                tipo=aree[0].tipo,
                peso=aree[0].peso,
                insieme=len(aree) > 1,
                anno=celle.cella(Livello.AREA, aree[0].pk),
                periodi=celle.periodi(Livello.AREA, aree[0].pk),
                righe=[
                    RigaValutata(
                        riga=riga,
                        anno=celle.cella(Livello.RIGA, riga.pk),
                        periodi=celle.periodi(Livello.RIGA, riga.pk),
                        rendicontata=dette.get(riga.pk),
                    )
                    for riga in righe
                    if riga.area_id in chiavi
                ],
            )
        )
    return [gruppo for gruppo in gruppi if gruppo.pesa or gruppo.righe]


def _rendicontate(righe: Iterable[RigaScheda]) -> dict[int, Rendicontazione]:
    """The last report of each row that declares or validates a percentage."""
    in_ordine = {frazione.value: posto for posto, frazione in enumerate(Frazione)}
    ultime: dict[int, Rendicontazione] = {}
    for una in Rendicontazione.objects.filter(
        riga__in=list(righe), stato=Rendicontazione.Stato.TRASMESSA
    ):
        if una.dichiarato is None and una.validato is None:
            continue
        altra = ultime.get(una.riga_id)
        if altra is None or in_ordine[una.frazione] > in_ordine[altra.frazione]:
            ultime[una.riga_id] = una
    return ultime
