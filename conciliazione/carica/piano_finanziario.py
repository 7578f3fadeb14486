# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan of a plan of the past: what it prints, tied to what computes it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from conciliazione.models import EdizioneConciliazione, PianoFinanziario, VoceFinanziaria

Dati = dict[str, Any]
Parte = VoceFinanziaria.Parte

# Which of our computations gives an item, by the code of the source; the others are written.
CALCOLI = {
    "cofinanziamento": "cofinanziamento_progetti",
    "alleanze-contributo": "contributi_progetti",
    "alleanze-cofinanziamento": "cofinanziamento_progetti",
    "sistema": "azioni_sistema",
    "dirette": "azioni_dirette",
    "azioni-sistema": "quota_sistema",
}


@dataclass
class Scrittore:
    """Writes the items of a plan one after the other, each in its place."""

    piano: PianoFinanziario
    ordine: int = 0

    def voce(
        self,
        parte: str,
        riga: Dati,
        *,
        codice: str = "",
        nome: str = "",
        padre: VoceFinanziaria | None = None,
        calcolo: str = "",
        importo: Dati | None = None,
        somma: bool = False,
        nota: str | None = None,
    ) -> VoceFinanziaria:
        """``somma``: it has others under it, and no amount of its own. ``nota``: that of the row,
        if not said.
        """
        self.ordine += 1
        scritto = riga.get("importo", {}) if importo is None else importo
        codice = codice or riga["codice"]
        calcolo = calcolo or CALCOLI.get(codice, "")
        valore = scritto.get("valore")
        stampato = scritto.get("stampato", "")
        a_mano = Decimal(valore) if valore and not calcolo and not somma else None
        return VoceFinanziaria.objects.create(
            piano=self.piano,
            parte=parte,
            codice=codice,
            padre=padre,
            ordine=self.ordine,
            nome=nome or riga["nome"],
            importo=a_mano,
            calcolo="" if somma else calcolo,
            stampato=stampato,
            importo_stampato=Decimal(valore) if stampato else None,
            nota=riga.get("nota", "") if nota is None else nota,
            riga_fonte=str(riga["riga"]),
        )

    def albero(self, parte: str, righe: Iterable[Dati]) -> None:
        """The rows of a side as the file has them: ``padre`` names the code of the father."""
        elenco = list(righe)
        padri = {riga["padre"] for riga in elenco if "padre" in riga}
        scritte: dict[str, VoceFinanziaria] = {}
        for riga in elenco:
            scritte[riga["codice"]] = self.voce(
                parte,
                riga,
                padre=scritte.get(riga.get("padre", "")),
                somma=riga["codice"] in padri,
            )


def carica_piano_finanziario(edizione: EdizioneConciliazione, dati: Dati) -> None:
    """Create the plan as the file prints it; approved, for a document of the past is closed."""
    if not dati or edizione.piani_finanziari.exists():
        return
    piano = PianoFinanziario.objects.create(
        edizione=edizione, numero=1, nome=f"Piano finanziario di {edizione.nome}"[:200]
    )
    scrittore = Scrittore(piano)
    if "risorse_per_anno" in dati:
        _per_anno(scrittore, dati)
    else:
        scrittore.albero(Parte.FONTE, dati.get("fonti", []))
        scrittore.albero(Parte.IMPIEGO, dati.get("impieghi", []))
        _totali(scrittore, dati)
    piano.stato, piano.approvato_il = PianoFinanziario.Stato.APPROVATO, timezone.now()
    piano.save(update_fields=["stato", "approvato_il"])


def _totali(scrittore: Scrittore, dati: Dati) -> None:
    """The totals and ratios that the 2017-2018 plan prints, each tied to its computation."""
    piano, tabella = dati["piano"], dati["totale_tabella_4_1"]
    citate = {una["codice"]: una for una in dati["citazioni"]}
    eccedenza = citate["eccedenza"]
    righe = (
        ("costo-piano", "Costo complessivo del Piano", "totale_impieghi", piano, "costo", ""),
        ("costo-progetti", "Tabella 4.1: costo totale dei sei progetti", "costo_progetti",
         tabella, "costo", tabella["nota"]),
        ("richiesto", "Tabella 4.1: contributo richiesto", "richiesti", tabella, "richiesto", ""),
        ("assegnato", "Tabella 4.1: contributo assegnato", "contributi_progetti", tabella,
         "assegnato", ""),
        ("eccedenza", eccedenza["nome"], "eccedenza", eccedenza, "importo",
         "La dotazione è 834.713,25: con quella la differenza è un'altra."),
        ("eccedenza-percentuale", f"{eccedenza['nome']}, in percentuale", "eccedenza_percentuale",
         eccedenza, "percentuale", "La fonte tronca, noi arrotondiamo."),
    )  # fmt: skip
    for codice, nome, calcolo, riga, campo, nota in righe:
        scrittore.voce(
            Parte.TOTALE, riga, codice=codice, nome=nome, calcolo=calcolo, importo=riga[campo],
            nota=nota,
        )  # fmt: skip


def _per_anno(scrittore: Scrittore, dati: Dati) -> None:
    """The 2020-2023 document: resources by year, a share to ATS, reserves inside the other."""
    totale = dati["risorse_totale"]
    dotazione = scrittore.voce(
        Parte.FONTE, totale, codice="dotazione-ats", nome="Risorse regionali assegnate ad ATS",
        importo=totale["ats"], somma=True,
    )  # fmt: skip
    for riga in dati["risorse_per_anno"]:
        anno = riga["anno"]
        scrittore.voce(
            Parte.FONTE, riga, codice=f"anno-{anno}", nome=f"Anno {anno}", padre=dotazione,
            importo=riga["ats"],
        )  # fmt: skip
    for riga in dati["altre_fonti"]:
        scrittore.voce(
            Parte.FONTE, riga, nota=riga.get("nota", "La fonte non ne stampa l'importo.")
        )
    sistema, alleanze = dati["impieghi"]
    scrittore.voce(Parte.IMPIEGO, sistema)
    madre = scrittore.voce(Parte.IMPIEGO, alleanze, somma=True)
    codici = [una.codice for una in scrittore.piano.edizione.regole.riserve]
    for riga, codice in zip(dati["riserve"], codici, strict=True):
        scrittore.voce(
            Parte.IMPIEGO, riga, nome=f"Riserva: {riga['nome']}", padre=madre,
            calcolo=f"riserva_{codice}",
        )  # fmt: skip
    scrittore.voce(
        Parte.IMPIEGO, alleanze, codice="alleanze-libere", nome="Senza riserva", padre=madre,
        calcolo="quota_libera", importo={},
    )  # fmt: skip
    scrittore.voce(
        Parte.IMPIEGO, dati["altre_fonti"][1], codice="alleanze-cofinanziamento",
        nome="Cofinanziamento dei progetti", padre=madre, calcolo="cofinanziamento_progetti",
        importo={}, nota="La fonte non ne stampa l'importo.",
    )  # fmt: skip
    scrittore.voce(
        Parte.TOTALE, totale, codice="risorse-ats", nome="Risorse di ATS nei tre anni",
        calcolo="dotazione", importo=totale["ats"],
    )  # fmt: skip
