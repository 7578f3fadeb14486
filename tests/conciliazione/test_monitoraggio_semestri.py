# SPDX-License-Identifier: AGPL-3.0-or-later
"""Semesters and reports: windows, saves that cross, what is frozen, what was printed."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conciliazione.azioni import rilevazione as rileva
from conciliazione.azioni import semestre as guida
from conciliazione.azioni.rilevazione import Raggiunti
from conciliazione.carica.monitoraggio import carica
from conciliazione.models import (
    AzioneProgetto,
    EdizioneConciliazione,
    Progetto,
    RilevazioneProgetto,
    Riscontro,
    SemestreMonitoraggio,
    ValoreIndicatore,
)
from conciliazione.monitoraggio.bacheca import cose_da_fare, scadenze
from conciliazione.monitoraggio.tavole import righe_di, stampati
from conciliazione.predefinite import dati_predefiniti
from piani.azioni.righe import Superata
from piani.models import Evento, Utente
from strumenti.voce import RADICE
from tests.factories_conciliazione import (
    AdesioneFactory,
    AzioneDiPianoFactory,
    AzioneProgettoFactory,
    ProgettoFactory,
    ReferenteFactory,
    SemestreFactory,
)

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


@pytest.fixture
def azione(edizione: EdizioneConciliazione) -> AzioneProgetto:
    return AzioneProgettoFactory(
        progetto=ProgettoFactory(proposta__manifestazione__edizione=edizione)
    )


@pytest.fixture
def progetto(azione: AzioneProgetto) -> Progetto:
    return azione.progetto


@pytest.fixture
def semestre(edizione: EdizioneConciliazione) -> SemestreMonitoraggio:
    return SemestreFactory(edizione=edizione)


@pytest.fixture
def capofila(progetto: Progetto) -> Utente:
    return ReferenteFactory(ente=progetto.capofila).utente


def scritta(
    semestre: SemestreMonitoraggio,
    azione: AzioneProgetto,
    da: Utente,
    *,
    persone: int | None = 40,
    imprese: int | None = 3,
    visto: str = "0",
) -> RilevazioneProgetto:
    return rileva.salva_rilevazione(
        semestre,
        azione.progetto,
        avanzamento="Aperti due centri.",
        criticita="",
        raggiunti={azione.pk: Raggiunti(persone, imprese)},
        visto=visto,
        da=da,
    )


def validata(
    semestre: SemestreMonitoraggio,
    azione: AzioneProgetto,
    da: Utente,
    ufficio: Utente,
    **altro: int,
) -> None:
    questa = scritta(semestre, azione, da, **altro)
    rileva.trasmetti_rilevazione(questa, da=da)
    rileva.valida_rilevazione(questa, da=ufficio)


def test_il_capofila_trova_la_rilevazione_con_il_suo_termine(
    semestre: SemestreMonitoraggio, azione: AzioneProgetto, capofila: Utente, ufficio: Utente
) -> None:
    (cosa,) = cose_da_fare(capofila)
    assert cosa.titolo == "Rileva il 1° semestre 2021: «Progetto di prova»"
    assert cosa.scadenza == date(2099, 12, 31)
    assert [una.il for una in scadenze(ufficio)] == [date(2099, 12, 31)]
    questa = scritta(semestre, azione, capofila)
    rileva.trasmetti_rilevazione(questa, da=capofila)
    assert list(cose_da_fare(capofila)) == []
    assert [una.titolo for una in cose_da_fare(ufficio)] == [
        "Guarda la rilevazione: «Progetto di prova, 1° semestre 2021»"
    ]


def test_chi_non_c_entra_non_fa_domande_alla_banca_dati(
    django_assert_num_queries, con_incarico
) -> None:  # type: ignore[no-untyped-def]
    from piani.models import Ruolo

    nucleo = con_incarico(Ruolo.NUCLEO)
    assert nucleo.incarichi_di_oggi
    with django_assert_num_queries(0):
        assert list(cose_da_fare(nucleo)) + list(scadenze(nucleo)) == []


def test_il_semestre_e_dell_edizione_e_ce_n_e_uno(
    edizione: EdizioneConciliazione, ufficio: Utente, capofila: Utente
) -> None:
    date_sue = {"apre": date(2021, 7, 1), "scade": date(2021, 7, 31)}
    with pytest.raises(PermissionDenied):
        guida.apri_semestre(edizione, anno=2021, semestre=1, da=capofila, **date_sue)
    guida.apri_semestre(edizione, anno=2021, semestre=1, da=ufficio, **date_sue)
    with pytest.raises(ValidationError, match=r"Quel semestre c'è già\."):
        guida.apri_semestre(edizione, anno=2021, semestre=1, da=ufficio, **date_sue)
    with pytest.raises(ValidationError, match="dal 2020 al 2024"):
        guida.apri_semestre(edizione, anno=2025, semestre=1, da=ufficio, **date_sue)
    with pytest.raises(ValidationError, match="scade prima di aprirsi"):
        guida.apri_semestre(
            edizione, anno=2022, semestre=1, apre=date(2022, 2, 1), scade=date(2022, 1, 1),
            da=ufficio,
        )  # fmt: skip


def test_un_salvataggio_non_ne_copre_uno_piu_nuovo(
    semestre: SemestreMonitoraggio, azione: AzioneProgetto, capofila: Utente
) -> None:
    scritta(semestre, azione, capofila)
    with pytest.raises(Superata) as raccolto:
        scritta(semestre, azione, capofila, persone=99)
    assert raccolto.value.visto == "1"
    assert RilevazioneProgetto.objects.get().azioni.get().persone == 40
    scritta(semestre, azione, capofila, persone=99, visto="1")
    assert RilevazioneProgetto.objects.get().azioni.get().persone == 99


def test_fuori_dalla_finestra_si_salva_e_non_si_trasmette(
    semestre: SemestreMonitoraggio, azione: AzioneProgetto, capofila: Utente, ufficio: Utente
) -> None:
    questa = scritta(semestre, azione, capofila)
    ieri = OGGI() - timedelta(days=1)
    guida.cambia_finestra(semestre, apre=ieri, scade=ieri, da=ufficio)
    with pytest.raises(ValidationError, match="La finestra è scaduta"):
        rileva.trasmetti_rilevazione(questa, da=capofila)
    guida.cambia_finestra(semestre, apre=ieri, scade=OGGI(), da=ufficio)
    rileva.trasmetti_rilevazione(questa, da=capofila)


def test_ogni_cosa_che_manca_e_detta_prima_di_trasmettere(
    semestre: SemestreMonitoraggio, azione: AzioneProgetto, capofila: Utente
) -> None:
    questa = scritta(semestre, azione, capofila, imprese=None)
    with pytest.raises(ValidationError) as raccolti:
        rileva.trasmetti_rilevazione(questa, da=capofila)
    assert raccolti.value.messages == [
        "«Centro estivo»: scrivi quante imprese ed enti ha raggiunto, anche 0."
    ]


def test_l_ats_rimanda_con_una_nota_e_la_bozza_si_riapre(
    semestre: SemestreMonitoraggio, azione: AzioneProgetto, capofila: Utente, ufficio: Utente
) -> None:
    questa = scritta(semestre, azione, capofila)
    rileva.trasmetti_rilevazione(questa, da=capofila)
    with pytest.raises(ValidationError, match="è «Trasmessa»"):
        scritta(semestre, azione, capofila, visto="1")
    with pytest.raises(ValidationError, match="Scrivi che cosa va corretto"):
        rileva.rimanda_rilevazione(questa, nota=" ", da=ufficio)
    with pytest.raises(PermissionDenied):
        rileva.valida_rilevazione(questa, da=capofila)
    rileva.rimanda_rilevazione(questa, nota="Le imprese sono troppe.", da=ufficio)
    scritta(semestre, azione, capofila, visto="1")
    questa.refresh_from_db()
    assert (questa.stato, questa.nota) == ("bozza", "Le imprese sono troppe.")


def test_alla_chiusura_gli_indicatori_si_fissano_con_i_due_termini(
    edizione: EdizioneConciliazione,
    azione: AzioneProgetto,
    semestre: SemestreMonitoraggio,
    capofila: Utente,
    ufficio: Utente,
) -> None:
    AdesioneFactory(ente=azione.progetto.capofila)
    sistema = AzioneDiPianoFactory(edizione=edizione, persone=200)
    validata(semestre, azione, capofila, ufficio)
    secondo = SemestreFactory(edizione=edizione, semestre=2)
    sportello = AzioneProgettoFactory(
        progetto=azione.progetto, titolo="Sportello", persone=50, imprese=None
    )
    rileva.rileva_azioni(
        secondo, raggiunti={sistema.pk: Raggiunti(90, None, avviata=True)}, da=ufficio
    )
    questa = scritta(secondo, azione, capofila, persone=25, imprese=0)
    rileva.salva_rilevazione(
        secondo, azione.progetto, avanzamento="x", criticita="",
        raggiunti={sportello.pk: Raggiunti(10, None)}, visto="1", da=capofila,
    )  # fmt: skip
    rileva.trasmetti_rilevazione(questa, da=capofila)
    with pytest.raises(ValidationError, match="Prima valida o rimanda"):
        guida.chiudi_semestre(secondo, da=ufficio)
    rileva.valida_rilevazione(questa, da=ufficio)
    guida.chiudi_semestre(secondo, da=ufficio)

    fissati = {
        (v.codice, v.azione.titolo if v.azione else "", v.dettaglio): (v.numeratore, v.denominatore)
        for v in ValoreIndicatore.objects.filter(semestre=secondo).select_related("azione")
    }
    assert fissati["a5", "", ""] == (Decimal(165), Decimal(350))  # 40 + 25 + 10 + 90
    assert fissati["a3", "", ""] == (Decimal(90), Decimal(200))
    assert fissati["b2", "Centro estivo", ""] == (Decimal(65), Decimal(100))
    assert fissati["b3", "Centro estivo", ""] == (Decimal(3), Decimal(10))
    assert fissati["b5", "", ""] == (Decimal("30000.0000"), Decimal("100000.0000"))
    assert fissati["a1", "", "pubblico"] == (Decimal(1), None)
    righe = {una.codice: una for una in righe_di(secondo, capofila)}
    assert (righe["b5"].mostrato, righe["b5"].numeratore) == ("30,00 %", "30.000,00 €")
    assert (
        righe["b6"].motivo == "Mancano le cifre di cofinanziamento privato di «Progetto di prova»."
    )

    # Chi cambia dopo non cambia ciò che è fissato.
    azione.persone = 1
    azione.save()
    assert {u.codice: u for u in righe_di(secondo, ufficio)}["a5"].numeratore == "165"
    secondo.refresh_from_db()
    with pytest.raises(ValidationError, match="Scrivi perché si riapre"):
        guida.riapri_semestre(secondo, motivo="", da=ufficio)
    guida.riapri_semestre(secondo, motivo="Una cifra sbagliata", da=ufficio)
    assert not ValoreIndicatore.objects.filter(semestre=secondo).exists()
    assert Evento.objects.get(tipo="conc_semestre.riaperto").dati["valori"]


def test_le_bozze_e_i_semestri_dopo_non_contano(
    edizione: EdizioneConciliazione,
    azione: AzioneProgetto,
    semestre: SemestreMonitoraggio,
    capofila: Utente,
    ufficio: Utente,
) -> None:
    dopo = SemestreFactory(edizione=edizione, anno=2022)
    validata(dopo, azione, capofila, ufficio)
    scritta(semestre, azione, capofila)
    righe = {una.codice: una for una in righe_di(semestre, ufficio)}
    assert righe["a5"].numeratore == "–"
    assert "persone raggiunte" in righe["a5"].motivo
    assert righe["a5"].mostrato == ""


def test_gli_indicatori_del_piano_in_corso_li_vede_l_ufficio(
    edizione: EdizioneConciliazione, semestre: SemestreMonitoraggio, capofila: Utente
) -> None:
    ProgettoFactory(proposta__manifestazione__edizione=edizione, titolo="Di altri")
    assert {una.gruppo for una in righe_di(semestre, capofila)} == {"b"}
    assert not [una for una in righe_di(semestre, capofila) if "Di altri" in una.dove]


def test_gli_indicatori_stampati_stanno_accanto_ai_nostri(
    edizione: EdizioneConciliazione, ufficio: Utente, capofila: Utente
) -> None:
    edizione.parametri = dati_predefiniti("2017-2018")
    edizione.save()
    cartella = RADICE / "fixtures" / "conciliazione_2017_2018"
    for _volta in range(2):
        carica(edizione, cartella)
    assert Riscontro.objects.filter(edizione=edizione).count() == 19  # a1-a9, b1-b7, c1-c3
    a8 = stampati(edizione, ufficio)["a8"]
    assert a8.testo == (
        "Risorse a cofinanziamento per azioni della rete territoriale/totale risorse a "
        "cofinanziamento per azioni della rete territoriale"
    )
    assert "numeratore e denominatore sono la stessa grandezza" in a8.nota
    assert a8.riga == "590"
    assert {uno.codice for uno in edizione.regole.indicatori} == set(stampati(edizione, ufficio))
    assert stampati(edizione, capofila) == {}
    carica(edizione, Path("non-c-e"))
    with pytest.raises(PermissionDenied):
        carica(edizione, cartella, da=capofila)
