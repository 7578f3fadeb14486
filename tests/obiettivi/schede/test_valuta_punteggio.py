# SPDX-License-Identifier: AGPL-3.0-or-later
"""The score of a scheda: by hand, kept up to date, and only as much as it changes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from obiettivi import azioni, tasks
from obiettivi.azioni.punteggi_scheda import aggiorna_schede, ricalcola_schede
from obiettivi.calcolo.edizione import Cancelli, Cancello, Effetto, Politica
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.models import (
    AreaScheda,
    EdizioneSMVP,
    PunteggioScheda,
    RigaScheda,
    SchedaBudget,
)
from obiettivi.schede.raccolta import raccogli_schede
from piani.models import Azienda, Evento
from tests.factories import (
    AreaSchedaFactory,
    AziendaFactory,
    EdizioneFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    SchedaFactory,
    UnitaFactory,
)
from tests.obiettivi.schede.cremona import (
    ECONOMICA,
    LE_ALTRE_TRE,
    PUNTEGGIO,
    RIGHE,
    D,
    righe_di,
    rileva_tutto,
    scheda_cremona,
)

pytestmark = pytest.mark.django_db
Stato = SchedaBudget.Stato


def punteggi(scheda: SchedaBudget, livello: str, frazione: str = "") -> list[Decimal | None]:
    righe = PunteggioScheda.objects.filter(scheda=scheda, livello=livello, frazione=frazione)
    return list(righe.order_by("oggetto").values_list("punteggio", flat=True))


def del_cdr(scheda: SchedaBudget, frazione: str = "") -> PunteggioScheda:
    return PunteggioScheda.objects.get(scheda=scheda, livello="S", frazione=frazione)


def regole(azienda: Azienda, **campi: Any) -> None:
    """The ordinary rules of 2022 with something changed."""
    EdizioneSMVP.objects.filter(azienda=azienda, anno=2022).delete()
    EdizioneFactory(azienda=azienda, parametri=come_dati(replace(ORDINARIA, **campi)))


def conta(azienda: Azienda) -> int:
    return ricalcola_schede(azienda, 2022)


# --- by hand ------------------------------------------------------------------------------


@pytest.mark.due_banche
def test_i_pesi_moltiplicano_i_raggiungimenti_come_a_mano(azienda: Azienda) -> None:
    """PP&C's fault: there the weights did not multiply the attainments. 30/70 as the scheme."""
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    assert punteggi(scheda, "R") == [D(75), D(100), D(50), D(80), D(100)]
    assert punteggi(scheda, "A") == [ECONOMICA, LE_ALTRE_TRE]
    assert punteggi(scheda, "S") == [PUNTEGGIO]
    assert del_cdr(scheda).copertura == 100


def test_le_aree_con_un_peso_solo_hanno_un_punteggio_solo(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    prime = AreaScheda.objects.filter(scheda=scheda, con_la_precedente=False)
    delle_aree = PunteggioScheda.objects.filter(scheda=scheda, livello="A")
    assert {uno.oggetto for uno in delle_aree} == {area.pk for area in prime}


def test_un_obiettivo_pesa_quanto_e_scritto(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    prima, seconda = righe_di(scheda)[:2]
    RigaScheda.objects.filter(pk=prima.pk).update(peso=D(10))
    RigaScheda.objects.filter(pk=seconda.pk).update(peso=D(90))
    assert conta(azienda) == 2  # the economica and the scheda
    assert punteggi(scheda, "A")[0] == D("97.5")  # 0,10 × 75 + 0,90 × 100
    assert punteggi(scheda, "S") == [D("77.55")]  # 0,30 × 97,5 + 0,70 × 69


def test_gli_obiettivi_istituzionali_sbarrano_come_dice_l_edizione(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    istituzionale = AreaSchedaFactory(scheda=scheda, ordine=0, tipo="istituzionale", nome="PTPCT")
    riga = RigaSchedaFactory(area=istituzionale, atteso="≥ 80%")
    rileva_tutto(scheda)
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(40), da=None)
    # No gate: shown, and no share of the score.
    assert del_cdr(scheda).punteggio == PUNTEGGIO
    regole(azienda, prerequisiti=Cancelli(scheda=Cancello(Effetto.LIMITA, D(100), limite=D(50))))
    conta(azienda)
    assert del_cdr(scheda).punteggio == 50
    regole(azienda, prerequisiti=Cancelli(scheda=Cancello(Effetto.SBARRA, D(100))))
    conta(azienda)
    sbarrata = del_cdr(scheda)
    assert (sbarrata.stato, sbarrata.punteggio) == ("N", None)
    assert "PTPCT" in sbarrata.motivo
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(80), da=None)
    assert del_cdr(scheda).punteggio == PUNTEGGIO


def test_gli_obiettivi_istituzionali_non_ancora_definiti_non_fermano(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    AreaSchedaFactory(scheda=scheda, ordine=0, tipo="istituzionale")
    regole(azienda, prerequisiti=Cancelli(scheda=Cancello(Effetto.SBARRA)))
    rileva_tutto(scheda)
    assert del_cdr(scheda).punteggio == PUNTEGGIO


def test_gli_adempimenti_si_giudicano_e_non_pesano(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    area = AreaSchedaFactory(scheda=scheda, ordine=9, tipo="adempimenti", nome="Cartelle cliniche")
    riga = RigaSchedaFactory(area=area, atteso="≥ 80%")
    rileva_tutto(scheda)
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(20), da=None)
    sua = PunteggioScheda.objects.get(scheda=scheda, livello="A", oggetto=area.pk)
    assert sua.punteggio == 25
    assert del_cdr(scheda).punteggio == PUNTEGGIO


@pytest.mark.parametrize(
    ("politica", "punteggio", "stato"),
    [
        # Without the row of 50 the three areas are (80 × 30 + 100 × 20) / 50 = 88.
        (Politica.ESCLUDI, D("87.1"), "C"),
        (Politica.ZERO, D("56.3"), "C"),  # 0,30 × 85 + 0,70 × 44
        (Politica.BLOCCA, None, "N"),
    ],
)
def test_cio_che_manca_segue_l_edizione_e_si_vede_nella_copertura(
    azienda: Azienda, politica: Politica, punteggio: Decimal | None, stato: str
) -> None:
    scheda = scheda_cremona(azienda)
    regole(azienda, mancanti=politica)
    for posto, riga in enumerate(righe_di(scheda)):
        if posto != 2:
            azioni.rileva(
                riga.indicatore, anno=2022, unita=scheda.unita, valore=D(RIGHE[posto][3]), da=None
            )
    esito = del_cdr(scheda)
    assert (esito.punteggio, esito.stato) == (punteggio, stato)
    assert esito.copertura == 65  # 100 − 70 × 50 %


def test_un_dato_inventato_segna_tutto_cio_che_ne_viene(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    prima = righe_di(scheda)[0]
    RilevazioneFactory(
        indicatore=prima.indicatore, unita=scheda.unita, valore=60, dimostrativa=True
    )
    conta(azienda)
    segnati = PunteggioScheda.objects.filter(scheda=scheda, dimostrativo=True)
    assert sorted(segnati.values_list("livello", flat=True)) == ["A", "R", "S"]


# --- whose results ------------------------------------------------------------------------


def test_una_riga_si_giudica_sul_risultato_del_cdr_e_non_su_quello_dell_azienda(
    azienda: Azienda,
) -> None:
    scheda = scheda_cremona(azienda)
    riga = righe_di(scheda)[0]
    azioni.rileva(riga.indicatore, anno=2022, valore=D(80), da=None)
    assert not PunteggioScheda.objects.filter(scheda=scheda).exists()
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(60), da=None)
    assert punteggi(scheda, "R")[0] == 75


def test_una_riga_aziendale_si_giudica_sul_risultato_dell_azienda(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    riga = righe_di(scheda)[0]
    RigaScheda.objects.filter(pk=riga.pk).update(aziendale=True)
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(80), da=None)
    assert not PunteggioScheda.objects.filter(scheda=scheda).exists()
    esito = azioni.rileva(riga.indicatore, anno=2022, valore=D(60), da=None)
    assert punteggi(scheda, "R")[0] == 75
    assert esito.punteggi == 8  # five rows, two areas, the scheda


def test_il_risultato_di_un_cdr_non_tocca_la_scheda_di_un_altro(azienda: Azienda) -> None:
    una, altra = scheda_cremona(azienda), scheda_cremona(azienda)
    riga = righe_di(una)[0]
    RigaScheda.objects.filter(pk=righe_di(altra)[0].pk).update(indicatore=riga.indicatore)
    azioni.rileva(riga.indicatore, anno=2022, unita=una.unita, valore=D(60), da=None)
    assert not PunteggioScheda.objects.filter(scheda=altra).exists()


def test_valgono_i_risultati_di_cio_che_il_cdr_era_prima(azienda: Azienda) -> None:
    vecchia = UnitaFactory(
        organigramma=OrganigrammaFactory(azienda=azienda, valido_al="2022-06-30")
    )
    scheda = scheda_cremona(azienda)
    scheda.unita.precedenti.add(vecchia)
    riga = righe_di(scheda)[0]
    esito = azioni.rileva(riga.indicatore, anno=2022, unita=vecchia, valore=D(60), da=None)
    assert esito.punteggi == 8
    assert punteggi(scheda, "R")[0] == 75
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(80), da=None)
    assert punteggi(scheda, "R")[0] == 100  # its own comes first


def test_di_due_unita_riunite_nessuna_e_il_risultato_di_tutte_e_due(azienda: Azienda) -> None:
    prima = OrganigrammaFactory(azienda=azienda, valido_al="2022-06-30")
    scheda = scheda_cremona(azienda)
    riga = righe_di(scheda)[0]
    for valore in (60, 70):
        vecchia = UnitaFactory(organigramma=prima)
        scheda.unita.precedenti.add(vecchia)
        azioni.rileva(riga.indicatore, anno=2022, unita=vecchia, valore=D(valore), da=None)
    assert punteggi(scheda, "R")[0] is None


# --- kept -------------------------------------------------------------------------------


def test_ricalcolare_senza_novita_non_scrive_niente(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    rileva_tutto(scheda, "T1")
    assert conta(azienda) == 0


def test_un_risultato_nuovo_cambia_solo_i_punteggi_che_ne_dipendono(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    riga = righe_di(scheda)[0]
    esito = azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(72), da=None)
    assert esito.punteggi == 3  # the row, its area, the scheda
    assert punteggi(scheda, "S") == [D("76.5")]  # 0,30 × (0,60 × 90 + 40) + 0,70 × 69


def test_ogni_trimestre_con_risultati_ha_il_suo_punteggio(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda, "T2")
    assert del_cdr(scheda, "T2").punteggio == PUNTEGGIO
    assert del_cdr(scheda).punteggio == PUNTEGGIO  # the last of the parts makes the year
    periodi = PunteggioScheda.objects.filter(scheda=scheda).values_list("frazione", flat=True)
    assert set(periodi) == {"", "T2"}


def test_una_riga_tolta_porta_via_il_suo_punteggio(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    righe_di(scheda)[1].delete()
    assert conta(azienda) == 3
    assert punteggi(scheda, "A")[0] == 75


def test_una_proposta_e_un_modello_non_hanno_punteggi(azienda: Azienda) -> None:
    proposta = scheda_cremona(azienda, stato=Stato.PROPOSTA)
    SchedaFactory(azienda=azienda, unita=None, nome="Modello", stato=Stato.IN_MONITORAGGIO)
    rileva_tutto(proposta)
    assert conta(azienda) == 0
    assert not PunteggioScheda.objects.exists()


def test_senza_le_regole_dell_anno_non_si_calcola(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda, edizione=False)
    rileva_tutto(scheda)
    assert not PunteggioScheda.objects.exists()
    EdizioneFactory(azienda=azienda)
    assert conta(azienda) == 8


def test_regole_che_non_si_possono_usare_sono_dette_e_il_risultato_resta(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    EdizioneSMVP.objects.update(parametri={"codice": "x", "nome": "x", "tetto": "meno uno"})
    riga = righe_di(scheda)[0]
    esito = azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(60), da=None)
    assert esito.cambiata
    assert esito.non_aggiornati == [str(scheda)]


@pytest.mark.parametrize("stato", [Stato.VALIDATA, Stato.CHIUSA])
def test_i_punteggi_validati_non_cambiano_in_silenzio(azienda: Azienda, stato: str) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    SchedaBudget.objects.filter(pk=scheda.pk).update(stato=stato)
    riga = righe_di(scheda)[0]
    esito = azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(80), da=None)
    assert (esito.punteggi, esito.ferme) == (0, [str(scheda)])
    assert conta(azienda) == 0
    assert del_cdr(scheda).punteggio == PUNTEGGIO
    assert Evento.objects.get(tipo="scheda.punteggi_fermi").oggetto.endswith(str(scheda.pk))


@pytest.mark.parametrize("quante", [1, 3])
def test_si_leggono_tutte_con_le_stesse_domande(
    azienda: Azienda, quante: int, django_assert_num_queries: Any
) -> None:
    schede = [scheda_cremona(azienda) for _una in range(quante)]
    for scheda in schede:
        rileva_tutto(scheda)
    with django_assert_num_queries(6):
        lette = raccogli_schede(azienda.pk, 2022, [una.pk for una in schede])
    assert len(lette) == quante


@pytest.mark.parametrize("quante", [1, 3])
def test_un_risultato_aziendale_aggiorna_tutte_le_schede_con_le_stesse_domande(
    azienda: Azienda, quante: int, django_assert_num_queries: Any
) -> None:
    schede = [scheda_cremona(azienda) for _una in range(quante)]
    indicatore = righe_di(schede[0])[0].indicatore
    RigaScheda.objects.filter(area__peso=30, ordine=1).update(indicatore=indicatore, aziendale=True)
    RilevazioneFactory(indicatore=indicatore, valore=60)
    with django_assert_num_queries(12):  # the keys first: most results touch no scheda
        esito = aggiorna_schede(indicatore, anno=2022, frazioni=[""], unita=None, da=None)
    assert esito.punteggi == 8 * quante


# --- what else brings them up to date -----------------------------------------------------


@pytest.fixture
def lavori_subito(monkeypatch: pytest.MonkeyPatch) -> None:
    """The jobs are done by who sends them."""
    for compito in (tasks.calcola_blocco, tasks.calcola_schede):
        monkeypatch.setattr(compito, "delay", compito.run)


def test_le_regole_nuove_rifanno_le_schede_dell_anno(
    azienda: Azienda, lavori_subito: None, django_capture_on_commit_callbacks: Any
) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    altre = come_dati(replace(ORDINARIA, soglia_raggiunto=D(80), tetto=D(80)))
    with django_capture_on_commit_callbacks(execute=True):
        azioni.modifica_edizione(EdizioneSMVP.objects.get(), altre, da=None)
    # 75 and 80; 50, 80 and 80: 0,30 × 77 + 0,70 × 65
    assert del_cdr(scheda).punteggio == D("68.6")


def test_un_indicatore_che_cambia_rifa_le_schede_che_lo_usano(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda, "T1")
    riga = righe_di(scheda)[0]
    azioni.rileva(
        riga.indicatore, anno=2022, frazione="T2", unita=scheda.unita, valore=D(80), da=None
    )
    assert punteggi(scheda, "R")[0] == 100  # the last of the two
    esito = azioni.modifica_indicatore(riga.indicatore, aggregazione="media", da=None)
    assert esito.punteggi == 3
    assert punteggi(scheda, "R")[0] == D("87.5")  # the mean of 60 and 80, out of 80


def test_il_giro_e_il_comando_rifanno_le_schede_dell_azienda_e_dell_anno(
    azienda: Azienda,
    lavori_subito: None,
    django_capture_on_commit_callbacks: Any,
    capsys: Any,
) -> None:
    piano, scheda = PianoFactory(azienda=azienda), scheda_cremona(azienda)
    rileva_tutto(scheda)
    PunteggioScheda.objects.update(copertura=1)
    with django_capture_on_commit_callbacks(execute=True):
        azioni.avvia_giro([piano], prospettiva="consuntivo", anno=2022, da=None)
    assert del_cdr(scheda).copertura == 100
    PunteggioScheda.objects.update(copertura=1)
    call_command("calcola", piano.slug, prospettiva="consuntivo")
    assert del_cdr(scheda).copertura == 100
    assert f"Schede budget di {azienda}, 2022: 8 punteggi nuovi" in capsys.readouterr().out


def scrivi(posto: int, scheda: SchedaBudget) -> None:
    """Fifteen results by one client, over the same rows in another order each time."""
    righe = righe_di(scheda)
    try:
        for giro in range(15):
            riga = righe[(giro * (posto + 1) + posto) % len(righe)]
            frazione = ("", "T1", "T2")[giro % 3]
            azioni.rileva(
                riga.indicatore,
                anno=2022,
                frazione=frazione,
                unita=scheda.unita,
                valore=D(posto * 30 + giro),
                da=None,
            )
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_tre_persone_insieme_non_lasciano_indietro_nessun_punteggio() -> None:
    azienda = AziendaFactory()
    scheda = scheda_cremona(azienda)
    with ThreadPoolExecutor(3) as tre:
        for fatto in [tre.submit(scrivi, posto, scheda) for posto in range(3)]:
            fatto.result()
    assert PunteggioScheda.objects.filter(scheda=scheda, livello="S").count() == 3
    assert conta(azienda) == 0
