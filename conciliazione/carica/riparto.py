# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the envelope was shared: not copied from the document, but computed again from its requests,
with what it printed beside. Where no allocation is printed, the parts that the rules make of the
resources are set beside the printed ones.
"""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.scelta_scenario import scegli_scenario
from conciliazione.azioni.scenario import crea_scenario
from conciliazione.calcolo.dotazione import dividi
from conciliazione.calcolo.metodo import Importo, Metodo, Regola
from conciliazione.models import EdizioneConciliazione, Proposta, Riscontro, Scenario
from conciliazione.riparto.tabelle import somme_di
from piani.importa import leggi_toml
from piani.models import Utente

Dati = Mapping[str, Any]
ROMA = timezone.get_default_timezone()
NOME = "Riparto deciso dal Comitato"
PRIMO = 300
"""The place of the first figure of this part among those of the edition."""
FIGURE = "quadrature.toml"
PARTI = {
    "sistema": "azioni-sistema", "alleanze": "alleanze", "consulenza": "riserva-consulenza",
    "lr28": "riserva-tempi",
}  # fmt: skip
"""The printed figure of each part of the resources."""


def carica(edizione: EdizioneConciliazione, cartella: Path, da: Utente | None = None) -> None:
    """Compute the printed allocation from its method and put it in force; nothing is done twice.

    :raises ValidationError: the proposals that it speaks of were not loaded before.
    """
    file = cartella / "finanziario.toml"
    if not file.exists():
        return
    dati = leggi_toml(file)
    if "riparto" in dati:
        _riparto(edizione, cartella, dati, da)
    elif "riserve" in dati:
        _risorse(edizione, cartella)


def _riparto(
    edizione: EdizioneConciliazione, cartella: Path, dati: Dati, da: Utente | None
) -> None:
    proposte = _per_progetto(edizione, leggi_toml(cartella / "proposte.toml"))
    mancano = [riga["progetto"] for riga in dati["riparto"] if riga["progetto"] not in proposte]
    if mancano:
        raise ValidationError(
            _("Il riparto parla di progetti che non ci sono fra le proposte: %(quali)s.")
            % {"quali": ", ".join(mancano)}
        )
    manifestazione = next(iter(proposte.values())).manifestazione
    if manifestazione.scenari.filter(in_vigore=True).exists():
        return
    scenario = crea_scenario(
        manifestazione,
        nome=NOME,
        fonti=[(f["nome"], Decimal(f["importo"]["valore"])) for f in dati["riparto_fonti"]],
        metodo=Metodo(
            regola=Regola.PROPORZIONALE,
            tagli=tuple(
                Importo(
                    str(proposte[riga["progetto"]].pk),
                    Decimal(riga["riduzione"]),
                    _("la fonte non ne dice il motivo"),
                )
                for riga in dati["riparto"]
                if Decimal(riga["riduzione"])
            ),
        ),
        da=da,
    )
    scegli_scenario(
        scenario,
        motivo=_("Il Comitato aggiunge risorse alla dotazione per realizzare tutti i progetti."),
        da=da,
    )
    giorno = datetime.combine(dati["riparto_decisione"]["data"], time(), tzinfo=ROMA)
    Scenario.objects.filter(pk=scenario.pk).update(
        scelto_il=giorno, riga_fonte=f"557-570, {dati['riparto_decisione']['riga']}"
    )
    righe = {riga.proposta_id: riga for riga in scenario.righe.all()}
    for posto, riga in enumerate(dati["tabella_4_1"]):
        proposta = proposte[riga["progetto"]]
        stampata = {
            "codice": f"assegnato-{riga['progetto']}",
            "dove": _("Tabella 4.1, contributo assegnato a «%(progetto)s»")
            % {"progetto": proposta},
            "riga": riga["riga"],
            **riga["assegnato"],
        }
        _riscontro(edizione, PRIMO + posto, stampata, righe[proposta.pk].assegnato)
    somme = somme_di(righe.values())
    _stampati(
        edizione,
        cartella,
        {
            "richiesto-sei-progetti": somme.richiesto,
            "assegnato-sei-progetti": somme.assegnato,
            "assegnato-fonti": scenario.dotazione,
        },
        PRIMO + len(righe),
    )


def _per_progetto(edizione: EdizioneConciliazione, dati: Dati) -> dict[str, Proposta]:
    """The proposal that became each project: of those merged, the one that the others went into."""
    resta = {
        uno["progetto"]: uno["capofila_proposta"]
        for uno in dati.get("coprogettazione", ())
        if "capofila_proposta" in uno
    }
    numeri = {uno["progetto"]: uno["numero"] for uno in reversed(dati["proposte"])} | resta
    caricate = {
        una.numero: una
        for una in Proposta.objects.filter(manifestazione__edizione=edizione).select_related(
            "manifestazione__edizione__azienda"
        )
    }
    return {codice: caricate[n] for codice, n in numeri.items() if n in caricate}


def _risorse(edizione: EdizioneConciliazione, cartella: Path) -> None:
    """The parts that the rules of the edition make of its resources."""
    if edizione.dotazione is None:
        return
    parti = {una.codice: una.importo for una in dividi(edizione.dotazione, edizione.regole)}
    nostri = {PARTI[codice]: quanto for codice, quanto in parti.items() if codice in PARTI}
    _stampati(edizione, cartella, nostri, PRIMO)


def _stampati(
    edizione: EdizioneConciliazione, cartella: Path, nostri: Mapping[str, Decimal], da_qui: int
) -> None:
    """Our amounts beside the printed ones of the same code."""
    stampate = {riga["codice"]: riga for riga in leggi_toml(cartella / FIGURE)["quadrature"]}
    for posto, (codice, quanto) in enumerate(nostri.items(), da_qui):
        _riscontro(edizione, posto, stampate[codice], quanto)


def _riscontro(
    edizione: EdizioneConciliazione, ordine: int, stampata: Dati, calcolato: Decimal
) -> None:
    Riscontro.objects.update_or_create(
        edizione=edizione,
        chiave=stampata["codice"],
        defaults={
            "ordine": ordine,
            "dove": stampata["dove"],
            "stampato": stampata["stampato"],
            "valore_stampato": Decimal(stampata["valore"]),
            "calcolato": calcolato,
            "unita": "euro",
            "riga_fonte": str(stampata["riga"]),
        },
    )
