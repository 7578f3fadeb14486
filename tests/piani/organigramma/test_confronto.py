# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changed between two versions, and which unit goes on as which."""

from dataclasses import replace
from datetime import date

import pytest

from piani import azioni
from piani.azioni import Parte
from piani.models import Organigramma
from piani.organigramma.confronto import Nodo, Specie, confronta
from piani.organigramma.discendenza import corrispondente, corrispondenti
from piani.organigramma.storia import storia
from tests.factories import OrganigrammaFactory, UnitaFactory
from tests.piani.organigramma.struttura import DAL, Struttura, in_versione

DG = Nodo(1, "DG", "Direzione", "Direzione", False)
CAR = Nodo(2, "CAR", "Cardiologia", "Unità operativa complessa", True, padre=1)
PNE = Nodo(3, "PNE", "Pneumologia", "Unità operativa complessa", True, padre=1)
DG2, CAR2, PNE2 = (
    replace(nodo, chiave=nodo.chiave + 10, padre=nodo.padre and nodo.padre + 10)
    for nodo in (DG, CAR, PNE)
)
UGUALI = {11: {1}, 12: {2}, 13: {3}}


def frasi(dopo: list[Nodo], legami: dict[int, set[int]]) -> list[tuple[Specie, str, int]]:
    return [(c.specie, c.frase, c.unita) for c in confronta([DG, CAR, PNE], dopo, legami)]


def test_due_versioni_uguali_non_hanno_cambiamenti() -> None:
    assert frasi([DG2, CAR2, PNE2], UGUALI) == []
    assert confronta([], [], {}) == []


def test_aggiunte_e_soppresse() -> None:
    nuova = Nodo(20, "NEF", "Nefrologia", "UOC", True, padre=11)
    cima = Nodo(21, "X", "Altra", "UOC", False)
    assert frasi([DG2, CAR2, nuova, cima], {11: {1}, 12: {2}}) == [
        (Specie.AGGIUNTA, "«Nefrologia» (NEF), sotto «Direzione» (DG).", 20),
        (Specie.AGGIUNTA, "«Altra» (X), sotto nessuna unità.", 21),
        (Specie.TOLTA, "«Pneumologia» (PNE) non c’è più.", 3),
    ]


def test_rinominata_spostata_e_cambiata_insieme() -> None:
    dopo = replace(
        PNE2, codice="PNEUMO", nome="Malattie respiratorie", tipo="UOS", cdr=False, padre=12
    )
    assert frasi([DG2, CAR2, dopo], UGUALI) == [
        (Specie.RINOMINATA, "«Pneumologia» (PNE) ora è «Malattie respiratorie».", 13),
        (
            Specie.SPOSTATA,
            "«Malattie respiratorie» (PNEUMO) passa da «Direzione» (DG) a «Cardiologia» (CAR).",
            13,
        ),
        (
            Specie.CAMBIATA,
            "«Malattie respiratorie» (PNEUMO): il codice era PNE; da «Unità operativa complessa» "
            "a «UOS»; non è più un centro di responsabilità.",
            13,
        ),
    ]


def test_divisa_e_unita() -> None:
    emo = Nodo(20, "EMO", "Emodinamica", "UOC", True, padre=11)
    utic = Nodo(21, "UTIC", "UTIC", "UOC", True, padre=11)
    assert frasi([DG2, CAR2, emo, utic, PNE2], UGUALI | {20: {2}, 21: {2}}) == [
        (
            Specie.DIVISA,
            "«Cardiologia» (CAR) è divisa in «Cardiologia» (CAR), «Emodinamica» (EMO) e "
            "«UTIC» (UTIC).",
            2,
        ),
    ]
    insieme = Nodo(22, "CP", "Cardiopneumologia", "UOC", True, padre=11)
    assert frasi([DG2, insieme], {11: {1}, 22: {2, 3}}) == [
        (
            Specie.FUSA,
            "«Cardiopneumologia» (CP) riunisce «Cardiologia» (CAR) e «Pneumologia» (PNE).",
            22,
        ),
    ]


def test_chi_sta_sotto_un_unita_divisa_o_unita_non_e_spostato() -> None:
    prima = [DG, replace(CAR, padre=3), PNE]
    meta = Nodo(20, "PN2", "Pneumologia 2", "UOC", True, padre=11)
    divise = confronta(prima, [DG2, PNE2, meta, replace(CAR2, padre=20)], UGUALI | {20: {3}})
    assert [c.specie for c in divise] == [Specie.DIVISA]
    unite = confronta(prima, [DG2, replace(CAR2, padre=11)], {11: {1, 3}, 12: {2}})
    assert [c.specie for c in unite] == [Specie.FUSA]


def test_salire_in_cima_e_uno_spostamento() -> None:
    assert [c.frase for c in confronta([DG, CAR], [DG2, replace(CAR2, padre=None)], UGUALI)] == [
        "«Cardiologia» (CAR) passa da «Direzione» (DG) a nessuna unità."
    ]


# The links of the tables -------------------------------------------------------------------------


@pytest.fixture
def terza(struttura: Struttura, bozza: Organigramma) -> Organigramma:
    """POAS 2020 → POAS 2025, CAR split in CAR and EMO → POAS 2026, where EMO joins PNE."""
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    terza = azioni.apri_bozza(struttura.azienda, nome="POAS 2026", origine=bozza, da=None)
    azioni.unisci_unita(
        terza,
        unita=[in_versione(terza, "EMO"), in_versione(terza, "PNE")],
        codice="EP",
        nome="Emo e Pneumo",
        da=None,
    )
    return terza


@pytest.mark.django_db
@pytest.mark.due_banche
def test_i_legami_si_seguono_attraverso_le_versioni_di_mezzo(
    struttura: Struttura, bozza: Organigramma, terza: Organigramma
) -> None:
    della_storia = storia(struttura.azienda)
    trovati = della_storia.legami(struttura.versione.pk, terza.pk)
    assert trovati[in_versione(terza, "EP").pk] == {
        struttura.unita("CAR").pk,
        struttura.unita("PNE").pk,
    }
    assert trovati[in_versione(terza, "DG").pk] == {struttura.unita("DG").pk}
    assert della_storia.legami(bozza.pk, terza.pk)[in_versione(terza, "EP").pk] == {
        in_versione(bozza, "EMO").pk,
        in_versione(bozza, "PNE").pk,
    }


@pytest.mark.django_db
@pytest.mark.due_banche
def test_due_versioni_senza_legami_si_confrontano_per_codice(struttura: Struttura) -> None:
    altra = OrganigrammaFactory(azienda=struttura.azienda, valido_dal=None)
    car = UnitaFactory(organigramma=altra, codice="CAR")
    nuova = UnitaFactory(organigramma=altra, codice="NEF")
    trovati = storia(struttura.azienda).legami(struttura.versione.pk, altra.pk)
    assert trovati == {
        car.pk: {struttura.unita("CAR").pk},
        nuova.pk: set(),
    }


@pytest.mark.django_db
@pytest.mark.due_banche
def test_un_unita_ha_una_corrispondente_finche_continua_da_sola(
    struttura: Struttura, bozza: Organigramma, terza: Organigramma
) -> None:
    azioni.metti_in_vigore(terza, dal=date(2026, 1, 1), da=None)
    azienda = struttura.azienda
    anni = {2024: struttura.versione, 2025: bozza, 2026: terza}
    for partenza, codice, anno, atteso in (
        (struttura.versione, "DG", 2026, "DG"),
        (struttura.versione, "CAR", 2024, "CAR"),
        (struttura.versione, "CAR", 2025, ""),
        (struttura.versione, "PNE", 2026, "EP"),
        (bozza, "CAR", 2026, "CAR"),
        (bozza, "EMO", 2026, "EP"),
        (bozza, "EMO", 2024, "CAR"),
        (terza, "EP", 2025, ""),
        (terza, "DG", 2024, "DG"),
        (terza, "DG", 2019, ""),
    ):
        giorno = date(anno, 6, 1)
        trovata = corrispondente(in_versione(partenza, codice), giorno)
        assert (trovata.codice if trovata else "") == atteso, (codice, anno)
        if trovata:
            assert trovata.organigramma == anni[anno]
        if partenza.valido_dal and partenza.valido_dal <= giorno:
            di_tutte = corrispondenti(azienda, giorno)
            attesa = trovata.pk if trovata else None
            assert di_tutte.get(in_versione(partenza, codice).pk) == attesa, (codice, anno)
    assert corrispondenti(azienda, date(2019, 1, 1)) == {}


@pytest.mark.django_db
@pytest.mark.due_banche
def test_in_un_giorno_senza_organigramma_non_c_e_corrispondente(
    struttura: Struttura, bozza: Organigramma
) -> None:
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    Organigramma.objects.filter(pk=struttura.versione.pk).update(valido_al=date(2024, 6, 30))
    for unita in (struttura.unita("CAR"), in_versione(bozza, "CAR")):
        assert corrispondente(unita, date(2024, 9, 1)) is None


@pytest.mark.django_db
@pytest.mark.due_banche
def test_una_bozza_non_conta_come_seguito(struttura: Struttura, bozza: Organigramma) -> None:
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    azioni.apri_bozza(struttura.azienda, nome="Ipotesi", origine=bozza, da=None)
    futura = azioni.apri_bozza(struttura.azienda, nome="Altra", origine=bozza, da=None)
    oggi = date(2025, 6, 1)
    assert corrispondente(struttura.unita("CAR"), oggi) == in_versione(bozza, "CAR")
    assert corrispondente(in_versione(futura, "CAR"), oggi) == in_versione(bozza, "CAR")
    assert corrispondenti(struttura.azienda, oggi)[struttura.unita("CAR").pk] == (
        in_versione(bozza, "CAR").pk
    )
