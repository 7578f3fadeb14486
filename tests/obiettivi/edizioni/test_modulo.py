# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of an edition, made from its fields: labels, what is written in it, what is refused."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from django.http import QueryDict

from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.edizioni import etichette
from obiettivi.edizioni.campi import Specie, campi_di, campi_edizione, tutti
from obiettivi.edizioni.modulo import Voce, dati_inviati, modulo
from obiettivi.edizioni.parole import in_parole

# Labels ------------------------------------------------------------------------------------------


def test_ogni_campo_dell_edizione_ha_la_sua_etichetta_e_nessuna_e_di_troppo() -> None:
    assert {campo.chiave for campo in tutti(campi_edizione())} == set(etichette.CAMPI)


def test_ogni_scelta_ha_la_sua_etichetta_e_nessuna_e_di_troppo() -> None:
    scelte = {
        f"{type(una).__name__}.{una.value}"
        for campo in tutti(campi_edizione())
        for una in campo.scelte or ()
    }
    assert scelte == set(etichette.SCELTE)


def test_ogni_campo_dell_edizione_sta_in_una_sezione_sola() -> None:
    nomi = [nome for _titolo, campi in etichette.SEZIONI for nome in campi]
    assert sorted(nomi) == sorted(campo.nome for campo in campi_edizione())


def test_un_campo_nuovo_senza_etichetta_si_vede_con_il_suo_nome() -> None:
    @dataclass
    class Nuova:
        soglia_minima: Decimal | None = None

    (campo,) = campi_di(Nuova)
    assert (campo.specie, campo.facoltativo) == (Specie.DECIMALE, True)
    assert etichette.etichetta(campo.chiave) == "Soglia minima"
    assert etichette.aiuto(campo.chiave) == ""


# The form ----------------------------------------------------------------------------------------


def inviati(voci: list[Voce]) -> QueryDict:
    """What a browser sends of a form left as it is."""
    dati = QueryDict(mutable=True)
    for voce in voci:
        _aggiungi(voce, dati)
    return dati


def _aggiungi(voce: Voce, dati: QueryDict) -> None:
    specie = voce.campo.specie
    if specie is Specie.GRUPPO and voce.campo.facoltativo and voce.acceso:
        dati[f"{voce.nome}.acceso"] = "si"
    for figlia in (*voce.figli, *voce.righe):
        _aggiungi(figlia, dati)
    if specie is Specie.SCELTE:
        dati.setlist(voce.nome, list(voce.scelti))
    elif specie is Specie.SCELTA:
        dati[voce.nome] = next((valore for valore, _, scelta in voce.opzioni if scelta), "")
    elif not voce.campo.figli:
        dati[voce.nome] = voce.valore


@pytest.mark.parametrize("codice", sorted(TUTTE))
def test_un_modulo_lasciato_com_e_da_le_stesse_regole(codice: str) -> None:
    dati = come_dati(TUTTE[codice])
    voci = [voce for sezione in modulo(dati).sezioni for voce in sezione.voci]
    assert dati_inviati(inviati(voci)) == dati
    assert da_dati(dati_inviati(inviati(voci))) == TUTTE[codice]


def scrivi(**campi: str) -> dict[str, Any]:
    """The data of the ordinary rules with some fields written over."""
    voci = [voce for sezione in modulo(come_dati(ORDINARIA)).sezioni for voce in sezione.voci]
    dati = inviati(voci)
    for nome, valore in campi.items():
        dati[nome.replace("__", ".")] = valore
    return dati_inviati(dati)


def test_i_numeri_si_scrivono_all_italiana() -> None:
    dati = scrivi(tetto_se_mancato="99,9", tetto="120", arrotondamento__decimali="3")
    assert (dati["tetto_se_mancato"], dati["tetto"]) == ("99.9", "120")
    assert dati["arrotondamento"]["decimali"] == 3
    assert modulo(dati).edizione == da_dati(dati)


def test_una_casella_vuota_toglie_il_limite_e_le_righe_vuote_non_contano() -> None:
    dati = scrivi(tetto="", fasce__2__da="0", fasce__2__a="100", fasce__2__punti="50")
    assert dati["tetto"] is None
    assert dati["fasce"] == [{"da": "0", "a": "100", "punti": "50", "punti_a": None}]


def test_un_cancello_c_e_solo_se_e_acceso() -> None:
    spento = scrivi(prerequisiti__piano__soglia="60")
    acceso = scrivi(prerequisiti__piano__soglia="60", prerequisiti__piano__acceso="si")
    assert spento["prerequisiti"]["piano"] is None
    assert acceso["prerequisiti"]["piano"]["soglia"] == "60"
    assert acceso["prerequisiti"]["piano"]["effetto"] == "azzera"
    assert modulo(acceso).edizione is not None


def detti(dati: dict[str, Any]) -> list[tuple[str, str]]:
    return [(voce.nome if voce else "", frase) for voce, frase in modulo(dati).problemi]


def test_ogni_problema_sta_accanto_al_suo_campo() -> None:
    assert detti(scrivi(tetto="abc", arrotondamento__decimali="x")) == [
        ("tetto", "«abc» non va bene, serve un numero o niente."),
        ("arrotondamento.decimali", "«x» non va bene, serve un numero intero."),
    ]
    assert detti(scrivi(codice="", tetto="0")) == [
        ("codice", "Non può essere vuoto."),
        ("tetto", "Deve superare il pavimento."),
    ]


def test_un_vuoto_fra_le_fasce_e_una_fascia_storta_si_dicono_accanto_alle_fasce() -> None:
    dati = scrivi(
        fasce__1__da="0", fasce__1__a="50", fasce__1__punti="0",
        fasce__2__da="60", fasce__2__a="55", fasce__2__punti="100",
    )  # fmt: skip
    assert detti(dati) == [
        ("fasce.2", "L'inizio deve venire prima della fine."),
        ("fasce", "Fra le fasce 1 e 2: c'è un vuoto da 50 a 60."),
    ]
    sezione = next(s for s in modulo(dati).sezioni if s.titolo == "Fasce e tolleranze")
    assert sezione.errata


def test_le_righe_inviate_non_passano_il_massimo() -> None:
    dati = QueryDict(mutable=True)
    for n in range(1, 200):
        dati[f"fasce.{n}.da"] = str(n)
    assert len(dati_inviati(dati)["fasce"]) == 60


def test_le_regole_in_parole_dicono_ogni_campo() -> None:
    dette = dict(in_parole(TUTTE["asst-cremona-2022"]))
    assert list(dette) == [titolo for titolo, _campi in etichette.SEZIONI]
    pesi = next(
        uno for uno in dette["Dagli indicatori al piano"] if uno.etichetta == "Pesi delle aree"
    )
    assert pesi.intestazioni == ("Nome", "Codici delle aree", "Peso")
    assert pesi.righe == (
        ("Performance economica", "A1", "30"),
        ("Esiti, processi, sviluppo", "A2, A3, A4", "70"),
    )
    (metodi, *_resto) = dette["Dal risultato al punteggio"]
    assert metodi.figli[0].etichetta == "Soglia in percentuale"
    assert metodi.figli[0].valore == "In proporzione al target"
