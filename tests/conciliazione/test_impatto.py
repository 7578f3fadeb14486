# SPDX-License-Identifier: AGPL-3.0-or-later
"""The impact: the map, the KPI against their baseline, the questionnaires, the printed figures."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import impatto as azioni
from conciliazione.azioni import questionari
from conciliazione.azioni.carica import FONTI
from conciliazione.calcolo import kpi as calcolo
from conciliazione.carica.impatto import carica
from conciliazione.models import (
    EdizioneConciliazione,
    Kpi,
    MappaImpatto,
    Progetto,
    QuestionarioImpatto,
    RigaMappa,
    ValoreKpi,
)
from piani.models import Ruolo, Utente
from piani.questionari import azioni as del_piano_terra
from piani.questionari.risposte import rispondi
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AzioneDiPianoFactory,
    EnteFactory,
    PartnerFactory,
    ProgettoFactory,
    ReferenteFactory,
)

pytestmark = pytest.mark.django_db
RIGA = {
    "obiettivo": "Più tempo per chi lavora", "beneficiari": "Dipendenti con figli",
    "risorse": "Due educatrici", "attivita": "Centro estivo", "prodotti": "120 posti",
    "cambiamenti": "Meno stress",
}  # fmt: skip


@pytest.fixture
def progetto(edizione: EdizioneConciliazione) -> Progetto:
    return ProgettoFactory(proposta__manifestazione__edizione=edizione, titolo="Tempo prezioso")


@pytest.fixture
def mappa(progetto: Progetto) -> MappaImpatto:
    return azioni.scrivi_mappa(progetto, premessa="", righe=[RIGA], visto="", da=None)


@pytest.fixture
def kpi(mappa: MappaImpatto) -> Kpi:
    return azioni.scrivi_kpi(
        mappa.righe.get(),
        valori={"nome": "Ore perse", "unita": "ore", "verso": Kpi.Verso.DIMINUISCE,
                "base": Decimal(40), "base_il": date(2021, 1, 1), "atteso": Decimal(30)},
        da=None,
    )  # fmt: skip


def tavola(*righe: dict[str, Any], visto: str = "", iniziali: int = 0) -> dict[str, Any]:
    """The map as its page sends it."""
    dati: dict[str, Any] = {
        "premessa": "Da dove si parte", "visto": visto,
        "righe-TOTAL_FORMS": len(righe), "righe-INITIAL_FORMS": iniziali,
    }  # fmt: skip
    for posto, riga in enumerate(righe):
        dati |= {f"righe-{posto}-{nome}": valore for nome, valore in riga.items()}
    return dati


def test_il_cammino_di_un_kpi_che_deve_scendere() -> None:
    # da 40 a 30 ne mancano dieci: a 34 se ne sono fatti sei
    assert calcolo.cammino(Decimal(40), Decimal(30), Decimal(34)) == Decimal(60)
    assert calcolo.variazione(Decimal(40), Decimal(34)) == Decimal(-6)
    assert calcolo.variazione_percento(Decimal(40), Decimal(34)) == Decimal(-15)
    assert calcolo.migliora(Decimal(40), Decimal(34), cresce=False) is True
    assert calcolo.migliora(Decimal(40), Decimal(34), cresce=True) is False
    assert calcolo.migliora(Decimal(40), Decimal(40), cresce=True) is None
    assert calcolo.cammino(Decimal(40), Decimal(40), Decimal(34)) is None
    assert calcolo.variazione_percento(Decimal(0), Decimal(3)) is None


def test_il_capofila_scrive_la_mappa_come_una_tabella(
    entra: Callable[[Utente], Client], progetto: Progetto, referente_di: Callable[..., Utente]
) -> None:
    client = entra(referente_di(progetto.capofila))
    pagina = reverse("impatto_mappa", args=["progetto", progetto.pk])
    modifica = reverse("impatto_mappa_modifica", args=["progetto", progetto.pk])
    assert "La mappa non è ancora scritta." in client.get(pagina).getvalue().decode()
    vuota = dict.fromkeys(RIGA, "")
    assert client.post(modifica, tavola(RIGA, vuota)).url == pagina
    testo = client.get(pagina).getvalue().decode()
    for cella in RIGA.values():
        assert cella in testo
    riga = RigaMappa.objects.get()
    visto = azioni.segno_di(MappaImpatto.objects.get())
    altra = RIGA | {"obiettivo": "Più posti al nido"}
    client.post(
        modifica,
        tavola({"pk": riga.pk, "togli": "on", **RIGA}, altra, visto=visto, iniziali=1),
    )
    assert list(RigaMappa.objects.values_list("obiettivo", flat=True)) == ["Più posti al nido"]


def test_una_riga_senza_obiettivo_non_si_perde(
    entra: Callable[[Utente], Client], ufficio: Utente, progetto: Progetto
) -> None:
    modifica = reverse("impatto_mappa_modifica", args=["progetto", progetto.pk])
    pagina = entra(ufficio).post(modifica, tavola(RIGA | {"obiettivo": ""}))
    assert "Da quale obiettivo comincia la riga?" in pagina.content.decode()
    assert "Due educatrici" in pagina.content.decode()
    assert not MappaImpatto.objects.exists()


def test_chi_salva_su_una_mappa_piu_nuova_viene_fermato(mappa: MappaImpatto) -> None:
    vecchio = azioni.segno_di(mappa)
    azioni.scrivi_mappa(mappa.progetto, premessa="Nuova", righe=[], visto=vecchio, da=None)
    with pytest.raises(ValidationError, match="Nel frattempo"):
        azioni.scrivi_mappa(mappa.progetto, premessa="Mia", righe=[], visto=vecchio, da=None)
    mappa.refresh_from_db()
    assert mappa.premessa == "Nuova"


def test_una_riga_con_valori_rilevati_non_si_toglie(kpi: Kpi) -> None:
    azioni.scrivi_valore(kpi, giorno=date(2022, 1, 1), valore=Decimal(34), da=None)
    mappa = kpi.riga.mappa
    with pytest.raises(ValidationError, match="ha KPI con valori"):
        azioni.scrivi_mappa(
            mappa.progetto, premessa="", righe=[{"pk": kpi.riga_id, "togli": True}],
            visto=azioni.segno_di(MappaImpatto.objects.get()), da=None,
        )  # fmt: skip
    assert RigaMappa.objects.count() == 1


def test_il_kpi_si_confronta_con_la_partenza(
    entra: Callable[[Utente], Client], ufficio: Utente, kpi: Kpi
) -> None:
    client = entra(ufficio)
    scrive = reverse("impatto_valore", args=[kpi.pk])
    client.post(scrive, {"giorno": "2022-06-30", "valore": "37,5"})
    client.post(scrive, {"giorno": "2022-12-31", "valore": "35"})
    client.post(scrive, {"giorno": "2022-12-31", "valore": "34"})
    assert list(kpi.valori.values_list("valore", flat=True)) == [Decimal("37.5"), Decimal(34)]
    testo = client.get(reverse("impatto_kpi", args=[kpi.pk])).content.decode()
    assert "(−15,00 %)" in testo or "(-15,00 %)" in testo
    assert "meglio della partenza" in testo
    assert "60,00" in testo
    assert "<svg" in testo
    della_mappa = client.get(
        reverse("impatto_mappa", args=["progetto", kpi.riga.mappa.progetto_id])
    )
    assert "31/12/2022" in della_mappa.content.decode()


@pytest.mark.parametrize(
    ("giorno", "frase"),
    [(date(2020, 12, 31), "prima della partenza"), (date(2090, 1, 1), "nel futuro")],
)
def test_un_valore_fuori_tempo_non_entra(kpi: Kpi, giorno: date, frase: str) -> None:
    with pytest.raises(ValidationError, match=frase):
        azioni.scrivi_valore(kpi, giorno=giorno, valore=Decimal(1), da=None)
    assert not ValoreKpi.objects.exists()


def test_un_atteso_dalla_parte_sbagliata_si_dice(kpi: Kpi) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni.scrivi_kpi(kpi.riga, valori={"atteso": Decimal(50)}, kpi=kpi, da=None)
    assert "controlla il verso" in errore.value.message_dict["atteso"][0]


def test_chi_viene_da_fuori_vede_e_scrive_solo_il_suo(
    entra: Callable[[Utente], Client], edizione: EdizioneConciliazione, kpi: Kpi,
    referente_di: Callable[..., Utente],
) -> None:  # fmt: skip
    progetto = kpi.riga.mappa.progetto
    partner = PartnerFactory(proposta=progetto.proposta)
    indirizzi = [
        reverse("impatto_mappa", args=["progetto", progetto.pk]),
        reverse("impatto_kpi", args=[kpi.pk]),
    ]
    estraneo = referente_di(EnteFactory(azienda=edizione.azienda))
    straniero = ReferenteFactory().utente
    for chi, atteso in ((partner.ente, 200), (progetto.capofila, 200)):
        client = entra(referente_di(chi))
        assert [client.get(uno).status_code for uno in indirizzi] == [atteso, atteso]
    for chi in (estraneo, straniero):
        client = entra(chi)
        assert [client.get(uno).status_code for uno in indirizzi] == [404, 404]
    nucleo = IncaricoFactory(azienda=edizione.azienda, ruolo=Ruolo.NUCLEO).utente
    for chi in (referente_di(partner.ente), estraneo, nucleo):
        with pytest.raises(PermissionDenied):
            azioni.scrivi_valore(kpi, giorno=date(2022, 1, 1), valore=Decimal(1), da=chi)
    with pytest.raises(PermissionDenied):
        questionari.prepara(
            edizione, titolo="x", rivolto="beneficiari", momento="dopo",
            da=referente_di(progetto.capofila),
        )  # fmt: skip


def test_la_mappa_di_un_azione_della_rete_e_dell_ufficio(
    ufficio: Utente, edizione: EdizioneConciliazione, referente_di: Callable[..., Utente]
) -> None:
    azione = AzioneDiPianoFactory(edizione=edizione)
    ente = EnteFactory(azienda=edizione.azienda)
    with pytest.raises(PermissionDenied):
        azioni.scrivi_mappa(azione, premessa="", righe=[RIGA], visto="", da=referente_di(ente))
    azioni.scrivi_mappa(azione, premessa="", righe=[RIGA], visto="", da=ufficio)
    assert azione.mappa_impatto.righe.get().prodotti == "120 posti"


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_dell_impatto_fa_sempre_le_stesse_domande(
    entra: Callable[[Utente], Client],
    edizione: EdizioneConciliazione,
    ufficio: Utente,
    django_assert_max_num_queries: Any,
    quanti: int,
) -> None:
    for posto in range(quanti):
        uno = ProgettoFactory(proposta__manifestazione__edizione=edizione)
        azioni.scrivi_mappa(uno, premessa="", righe=[RIGA] * (posto + 1), visto="", da=None)
        questionari.prepara(
            edizione, titolo=f"Q{posto}", rivolto="beneficiari", momento="dopo", progetto=uno,
            da=None,
        )  # fmt: skip
    client = entra(ufficio)
    with django_assert_max_num_queries(14):
        pagina = client.get(reverse("conciliazione_impatto", args=[edizione.slug]))
    assert len(pagina.context["progetti"]) == quanti
    assert len(pagina.context["questionari"]) == quanti


def prepara(edizione: EdizioneConciliazione, **altro: Any) -> QuestionarioImpatto:
    return questionari.prepara(
        edizione,
        **{"titolo": "Prima", "rivolto": "beneficiari", "momento": "prima", "da": None} | altro,
    )


def rispondono(questo: QuestionarioImpatto, valore: int, quanti: int) -> None:
    """Everybody gives the same value to each question on a scale, and yes to the others."""
    oggi = timezone.localdate()
    questionario = questo.questionario
    del_piano_terra.apri(questionario, apre=oggi, chiude=oggi + timedelta(days=1), da=None)
    domande = list(questionario.domande.all())
    valori = {
        una.pk: valore if una.tipo == "scala" else None if una.tipo == "testo" else 1
        for una in domande
    }
    for uno in del_piano_terra.prepara_collegamenti(questionario, quanti=quanti, da=None):
        rispondi(uno.rstrip("/").rsplit("/", 1)[1], valori)
    del_piano_terra.chiudi(questionario, da=None)


def test_le_domande_proposte_sono_le_dimensioni_della_fonte(
    edizione: EdizioneConciliazione,
) -> None:
    beneficiari = prepara(edizione).questionario.domande
    assert beneficiari.exclude(dimensione="").count() == 11
    assert beneficiari.get(dimensione="Consiglierebbe ad altri il servizio").tipo == "si_no"
    organizzazioni = prepara(edizione, rivolto="organizzazioni").questionario.domande
    assert organizzazioni.exclude(dimensione="").count() == 4
    assert len(organizzazioni.get(tipo="scelta").scelte) == 5


def test_prima_e_dopo_si_confrontano_sulle_stesse_domande(
    entra: Callable[[Utente], Client], edizione: EdizioneConciliazione, progetto: Progetto,
    ufficio: Utente, referente_di: Callable[..., Utente],
) -> None:  # fmt: skip
    prima = prepara(edizione, progetto=progetto)
    rispondono(prima, 2, 6)
    client = entra(ufficio)
    creato = client.post(
        reverse("impatto_questionario_nuovo", args=[edizione.slug]),
        {"titolo": "Dopo", "rivolto": "beneficiari", "momento": "dopo", "progetto": progetto.pk,
         "confronto": prima.pk},
    )  # fmt: skip
    dopo = QuestionarioImpatto.objects.get(momento="dopo")
    assert creato.url == reverse("questionario", args=[dopo.questionario_id])
    assert list(dopo.questionario.domande.values_list("testo", flat=True)) == list(
        prima.questionario.domande.values_list("testo", flat=True)
    )
    rispondono(dopo, 4, 8)
    client = entra(referente_di(progetto.capofila))
    pagina = client.get(reverse("impatto_questionario", args=[dopo.pk]))
    coppie = pagina.context["coppie"]
    assert {(una.prima, una.dopo, una.differenza) for una in coppie} == {
        (Decimal(2), Decimal(4), Decimal(2))
    }
    assert "Prima e dopo" in pagina.getvalue().decode()
    assert client.get(reverse("questionario", args=[dopo.questionario_id])).status_code == 404
    foglio = client.get(reverse("impatto_questionario_csv", args=[dopo.pk])).getvalue().decode()
    assert "media della dimensione;Relazione con il tempo;;;8;4,00" in foglio


def test_non_si_confronta_con_chi_e_altro(edizione: EdizioneConciliazione) -> None:
    prima = prepara(edizione)
    with pytest.raises(ValidationError, match="per beneficiari"):
        prepara(edizione, rivolto="organizzazioni", confronto=prima)


def test_il_documento_stampato_si_legge_accanto_a_cio_che_si_calcola(
    edizione: EdizioneConciliazione,
) -> None:
    carica(edizione, FONTI / "conciliazione_2020_2023")
    carica(edizione, FONTI / "conciliazione_2020_2023")
    carica(edizione, FONTI / "conciliazione_2017_2018")
    righe = {uno.chiave: uno for uno in edizione.riscontri.all()}
    assert len(righe) == 16
    campione = righe["impatto-campione"]
    assert (campione.stampato, campione.valore_stampato, campione.calcolato) == (
        "32%", Decimal(32), None,
    )  # fmt: skip
    assert campione.riga_fonte == "680"
    assert righe["impatto-utilita-media"].valore_stampato == Decimal("3.8")
    assert righe["impatto-consiglierebbe"].stampato == "57%"
    assert righe["impatto-beneficiari-totali"].stampato == "oltre 4.000"
    assert righe["impatto-scala-massimo"].quadra
    assert righe["impatto-alleanze-piano"].calcolato is None
