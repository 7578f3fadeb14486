# SPDX-License-Identifier: AGPL-3.0-or-later
"""The classes of a sheet's groups: the worked case of ``test_modelli``, through the simulator."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from obiettivi.calcolo.edizione import Edizione, GruppoAree
from obiettivi.calcolo.modelli import CLASSI_PREMIO, PROPORZIONALE
from obiettivi.simulazione import CasiNonValidi, Simulazione, in_csv, in_dati, leggi_casi, simula
from piani.models import Utente

RADICE = Path(__file__).resolve().parents[2]
FOGLIO = RADICE / "fixtures/esempi/simulazione-classi.csv"
EDIZIONE = RADICE / "fixtures/edizioni/classi-premio.json"
D = Decimal
SCENDE = "Con 96 punti la classe sarebbe Eccellente, ma i posti sono finiti: si scende."
# Eight schede, the cap of the top class is 25 % of 8 = 2: 96 goes down to «Buona».
ATTESE = [
    ("Scheda 1", "98.00", "Eccellente", D(100)),
    ("Scheda 2", "59.99", "Non adeguata", D(0)),
    ("Scheda 3", "96.00", "Buona", D(80)),
    ("Scheda 4", "80.00", "Buona", D(80)),
    ("Scheda 5", "97.00", "Eccellente", D(100)),
    ("Scheda 6", "79.99", "Adeguata", D("79.99")),
    ("Scheda 7", "75.00", "Adeguata", D(75)),
    ("Scheda 8", "60.00", "Adeguata", D(60)),
]


def prova(righe: str, edizione: Edizione = CLASSI_PREMIO) -> Simulazione:
    return simula(
        leggi_casi(f"id,gruppo,valore,operatore,risultato,prerequisito\n{righe}"), edizione
    )


def classi(simulazione: Simulazione) -> list[tuple[str, str | None]]:
    return [
        (riga.celle["gruppo"], riga.classe and riga.classe.etichetta) for riga in simulazione.gruppi
    ]


def test_i_gruppi_hanno_classe_e_premio_dopo_i_tetti() -> None:
    esito = simula(leggi_casi(FOGLIO.read_text(encoding="utf-8")), CLASSI_PREMIO)
    assert esito.classificati
    assert [
        (riga.celle["gruppo"], riga.punteggio, riga.classe and riga.classe.etichetta, riga.premio)
        for riga in esito.gruppi
    ] == ATTESE
    assert [(riga.celle["gruppo"], riga.scende) for riga in esito.gruppi if riga.scende] == [
        ("Scheda 3", SCENDE)
    ]
    assert esito.gruppi[2].frasi[-2:] == (
        SCENDE,
        "Classe finale: Buona (da 80 punti), premio 80 %.",
    )
    assert (esito.totale.punteggio, esito.totale.premio) == ("80.75", D(80))


def test_il_csv_del_comando_ha_classe_e_premio_prima_della_spiegazione() -> None:
    uscita = StringIO()
    call_command("simula", edizione=EDIZIONE, casi=FOGLIO, stdout=uscita)
    righe = list(csv.DictReader(StringIO(uscita.getvalue())))
    assert list(righe[0])[-5:] == ["punteggio", "stato", "classe", "premio", "spiegazione"]
    assert {(riga["classe"], riga["premio"]) for riga in righe[:8]} == {("", "")}
    assert [
        (riga["gruppo"], riga["punteggio"], riga["classe"], D(riga["premio"]))
        for riga in righe[8:16]
    ] == ATTESE
    assert SCENDE in righe[10]["spiegazione"]
    assert (righe[16]["id"], righe[16]["classe"], righe[16]["premio"]) == ("totale", "Buona", "80")


def test_il_json_del_comando_dice_anche_la_classe_che_spettava() -> None:
    uscita = StringIO()
    call_command("simula", edizione=EDIZIONE, casi=FOGLIO, formato="json", stdout=uscita)
    dati = json.loads(uscita.getvalue())
    assert [
        (riga["gruppo"], riga["classe"], riga["premio"], riga["spettava"])
        for riga in dati["gruppi"]
        if riga["spettava"]
    ] == [("Scheda 3", "Buona", "80", "Eccellente")]
    assert (dati["totale"]["classe"], dati["totale"]["premio"]) == ("Buona", "80")


def test_senza_classi_l_esito_resta_com_era() -> None:
    esito = simula(leggi_casi(FOGLIO.read_text(encoding="utf-8")), PROPORZIONALE)
    assert not esito.classificati
    assert in_csv(esito).splitlines()[0].endswith("risultato,punteggio,stato,spiegazione")
    assert {riga["classe"] for riga in in_dati(esito)["gruppi"]} == {None}


def test_chi_non_ha_punteggio_non_conta_nel_tetto_e_non_ha_classe() -> None:
    """Seven with a score: 25 % of 7 = 1,75 → one place."""
    righe = "".join(f"i,G{n},100,>=,{99 - n},\n" for n in range(7))
    esito = prova(f"{righe}i,H,100,>=,n.d.,\n")
    assert classi(esito)[:2] == [("G0", "Eccellente"), ("G1", "Buona")]
    assert classi(esito)[-1] == ("H", None)
    assert esito.gruppi[-1].premio is None


def test_i_prerequisiti_non_si_classificano() -> None:
    esito = prova("i,A,100,>=,70,\np,Prerequisiti,100,>=,100,sì\n")
    assert classi(esito) == [("A", "Adeguata"), ("Prerequisiti", None)]


def test_le_aree_pesate_dalle_regole_non_sono_persone() -> None:
    pesate = (GruppoAree("Tutte", ("A", "B"), D(100)),)
    esito = prova("i,A,100,>=,70,\ni,B,100,>=,90,\n", replace(CLASSI_PREMIO, gruppi_aree=pesate))
    assert classi(esito) == [("A", None), ("B", None)]
    assert esito.totale.classe is not None


def test_il_premio_in_linea_si_scrive_con_tutte_le_cifre_e_si_mostra_con_due() -> None:
    """100 · 2 / 3 = 66,67 after rounding: 60 + 20 · 6,67 / 20 = 66,67."""
    assert prova("i,A,3,>=,2,\n").gruppi[0].premio == D("66.67")


def test_le_colonne_delle_classi_non_si_sovrascrivono() -> None:
    tabella = leggi_casi("id,valore,operatore,risultato,classe\na,100,>=,90,dirigenti\n")
    assert simula(tabella, PROPORZIONALE).casi[0].celle["classe"] == "dirigenti"
    with pytest.raises(CasiNonValidi) as preso:
        simula(tabella, CLASSI_PREMIO)
    assert list(preso.value.problemi) == [
        "Intestazione: con queste regole la colonna «classe» la scrive il simulatore; toglierla "
        "o rinominarla."
    ]


def test_il_comando_rifiuta_una_colonna_che_scriverebbe(tmp_path: Path) -> None:
    casi = tmp_path / "casi.csv"
    casi.write_text("id,valore,operatore,risultato,premio\na,100,>=,90,1\n", encoding="utf-8")
    with pytest.raises(CommandError, match="«premio» la scrive il simulatore"):
        call_command("simula", edizione=EDIZIONE, casi=casi, stdout=StringIO())


@pytest.mark.django_db
def test_la_pagina_mostra_classe_premio_e_perche_si_scende(
    entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    client = entra(controllo)
    righe = FOGLIO.read_text(encoding="utf-8")
    risposta = client.post("/simulatore/", {"edizione": "p:classi-premio", "righe": righe})
    pagina = risposta.content.decode()
    assert '<th scope="col">Classe</th>' in pagina
    assert f'Buona<span class="riga piccolo">{SCENDE}</span>' in pagina
    assert "79,99%" in pagina
    assert "classe «Buona» (premio 80%)" in pagina
    senza = client.post("/simulatore/", {"edizione": "p:proporzionale", "righe": righe})
    assert '<th scope="col">Classe</th>' not in senza.content.decode()
