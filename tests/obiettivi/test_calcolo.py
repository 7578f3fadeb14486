# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main job: what it writes, what it says when it cannot, and that twice is once."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from kombu.exceptions import OperationalError

from obiettivi import azioni, tasks
from obiettivi.espressioni import leggi
from obiettivi.models import Calcolo, Indicatore, Misura, Raggiungimento, Rilevazione
from obiettivi.spiega import spiega
from obiettivi.tasks import riprendi_in_attesa
from piani.models import Azienda, Evento, Piano, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Livello = Raggiungimento.Livello
Stato = Raggiungimento.Stato


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    EdizioneFactory(azienda=azienda)
    return PianoFactory(azienda=azienda)


def misura(piano: Piano, stampato: str = "≥ 80%", **altro: Any) -> Misura:
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    return TargetFactory(
        misura=MisuraFactory(obiettivo=obiettivo, **altro), stampato=stampato
    ).misura


def calcola(piano: Piano, prospettiva: str = "consuntivo", frazione: str = "") -> Calcolo:
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva=prospettiva, anno=2022, frazione=frazione, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    return calcolo


def punteggio(livello: str, oggetto: int) -> tuple[str, Decimal | None, str]:
    riga = Raggiungimento.objects.get(livello=livello, oggetto=oggetto)
    return riga.stato, riga.punteggio, riga.motivo


def test_i_punteggi_salgono_dall_indicatore_al_piano(piano: Piano) -> None:
    prima, seconda = misura(piano), misura(piano)
    RilevazioneFactory(indicatore=prima.indicatore, valore=80)
    RilevazioneFactory(indicatore=seconda.indicatore, valore=40)
    calcolo = calcola(piano)
    assert (calcolo.stato, calcolo.errore) == (Calcolo.Stato.FATTO, "")
    assert (calcolo.totale, calcolo.fatti, calcolo.percentuale) == (2, 2, 100)
    assert punteggio(Livello.INDICATORE, prima.pk) == (Stato.CALCOLATO, Decimal(100), "")
    assert punteggio(Livello.OBIETTIVO, seconda.obiettivo_id) == (Stato.CALCOLATO, Decimal(50), "")
    assert punteggio(Livello.AREA, prima.obiettivo.area_id) == (Stato.CALCOLATO, Decimal(100), "")
    assert punteggio(Livello.PIANO, piano.pk) == (Stato.CALCOLATO, Decimal(75), "")


def test_i_pesi_delle_aree_contano(piano: Piano) -> None:
    prima, seconda = misura(piano), misura(piano)
    for una, peso, valore in ((prima, 30, 80), (seconda, 70, 40)):
        area = una.obiettivo.area
        area.peso = peso
        area.save(update_fields=["peso"])
        RilevazioneFactory(indicatore=una.indicatore, valore=valore)
    calcola(piano)
    assert punteggio(Livello.PIANO, piano.pk) == (Stato.CALCOLATO, Decimal(65), "")


def test_calcolare_due_volte_non_scrive_niente_la_seconda(piano: Piano) -> None:
    RilevazioneFactory(indicatore=misura(piano).indicatore, valore=80)
    assert calcola(piano).scritti == 4
    assert calcola(piano).scritti == 0


def test_un_risultato_cambiato_riscrive_solo_il_suo_ramo(piano: Piano) -> None:
    prima, seconda = misura(piano), misura(piano)
    RilevazioneFactory(indicatore=prima.indicatore, valore=80)
    RilevazioneFactory(indicatore=seconda.indicatore, valore=40)
    calcola(piano)
    Rilevazione.objects.filter(indicatore=seconda.indicatore).update(valore=80)
    assert calcola(piano).scritti == 4


def test_una_misura_tolta_porta_via_il_suo_punteggio(piano: Piano) -> None:
    resta, tolta = misura(piano), misura(piano)
    for una in (resta, tolta):
        RilevazioneFactory(indicatore=una.indicatore, valore=80)
    calcola(piano)
    tolta.obiettivo.area.delete()
    assert calcola(piano).scritti == 3
    assert not Raggiungimento.objects.filter(livello=Livello.INDICATORE, oggetto=tolta.pk).exists()


def test_ciò_che_manca_non_diventa_zero(piano: Piano) -> None:
    presente, mancante = misura(piano), misura(piano)
    RilevazioneFactory(indicatore=presente.indicatore, valore=80)
    RilevazioneFactory(
        indicatore=mancante.indicatore, valore=None, stato=Rilevazione.Stato.MANCANTE
    )
    calcola(piano)
    stato, valore, motivo = punteggio(Livello.INDICATORE, mancante.pk)
    assert (stato, valore) == (Stato.NON_CALCOLABILE, None)
    assert motivo.startswith("manca il risultato")
    del_piano = Raggiungimento.objects.get(livello=Livello.PIANO)
    assert (del_piano.punteggio, del_piano.copertura) == (Decimal(100), Decimal(50))


def test_un_denominatore_zero_ha_la_sua_frase(piano: Piano) -> None:
    una = misura(piano)
    RilevazioneFactory(
        indicatore=una.indicatore, valore=None, numeratore=Decimal(3), denominatore=Decimal(0)
    )
    assert calcola(piano).stato == Calcolo.Stato.FATTO
    stato, _valore, motivo = punteggio(Livello.INDICATORE, una.pk)
    assert stato == Stato.NON_CALCOLABILE
    assert motivo.startswith("il denominatore è zero")


def test_la_posizione_di_partenza_non_usa_risultati_inventati(piano: Piano) -> None:
    base = {"base_stampata": "90%", "base_lettura": leggi("90%").come_dati()}
    una = misura(piano, "Mantenimento", base_anno=2021, **base)
    RilevazioneFactory(indicatore=una.indicatore, valore=10, dimostrativa=True)
    calcola(piano, "partenza")
    riga = Raggiungimento.objects.get(livello=Livello.INDICATORE)
    assert (riga.punteggio, riga.dimostrativo) == (Decimal(100), False)


def test_un_dato_inventato_segna_tutto_ciò_che_gli_sta_sopra(piano: Piano) -> None:
    vera, finta = misura(piano), misura(piano)
    RilevazioneFactory(indicatore=vera.indicatore, valore=80)
    RilevazioneFactory(indicatore=finta.indicatore, valore=80, dimostrativa=True)
    calcola(piano)
    segnati = Raggiungimento.objects.filter(dimostrativo=True)
    assert set(segnati.values_list("livello", "oggetto")) == {
        (Livello.INDICATORE, finta.pk),
        (Livello.OBIETTIVO, finta.obiettivo_id),
        (Livello.AREA, finta.obiettivo.area_id),
        (Livello.PIANO, piano.pk),
    }


def test_senza_le_regole_dell_anno_non_si_calcola(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)
    with pytest.raises(ValidationError, match=r"Manca l'edizione .* per il 2022"):
        azioni.avvia_calcolo(piano, prospettiva="consuntivo", anno=2022, da=None)


def test_un_anno_fuori_dal_piano_si_rifiuta(piano: Piano) -> None:
    with pytest.raises(ValidationError, match="dal 2022 al 2024: il 2030 ne è fuori"):
        azioni.avvia_calcolo(piano, prospettiva="consuntivo", anno=2030, da=None)


def test_due_calcoli_uguali_aperti_insieme_no(piano: Piano, controllo: Utente) -> None:
    azioni.avvia_calcolo(piano, prospettiva="consuntivo", anno=2022, da=controllo)
    with pytest.raises(ValidationError, match="già in corso"):
        azioni.avvia_calcolo(piano, prospettiva="consuntivo", anno=2022, da=controllo)
    assert Calcolo.objects.count() == 1
    assert Evento.objects.filter(tipo="calcolo.chiesto").count() == 1


def test_un_lavoro_consegnato_due_volte_calcola_una_volta(piano: Piano) -> None:
    misura(piano)
    calcolo = calcola(piano)
    azioni.esegui(calcolo.pk)
    assert Evento.objects.filter(tipo="calcolo.fatto").count() == 1


def test_regole_inutilizzabili_si_dicono_e_non_lasciano_punteggi(piano: Piano) -> None:
    misura(piano)
    edizione = piano.azienda.edizioni_smvp.get()
    edizione.parametri = edizione.parametri | {"tetto": "-1"}
    edizione.save(update_fields=["parametri"])
    calcolo = calcola(piano)
    assert calcolo.stato == Calcolo.Stato.FALLITO
    assert "tetto: deve superare il pavimento" in calcolo.errore
    assert not Raggiungimento.objects.exists()


def test_i_calcoli_interrotti_riprendono(piano: Piano, monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    from django.utils import timezone

    misura(piano)
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    vecchio = timezone.now() - timedelta(minutes=11)
    Calcolo.objects.filter(pk=calcolo.pk).update(
        stato=Calcolo.Stato.IN_CORSO, iniziato_il=vecchio, creato_il=vecchio
    )
    monkeypatch.setattr(tasks.calcola, "apply_async", lambda dati, **_altro: tasks.calcola(*dati))
    assert riprendi_in_attesa() == 1
    calcolo.refresh_from_db()
    assert calcolo.stato == Calcolo.Stato.FATTO


def test_la_spiegazione_dice_i_numeri_e_si_accorge_dei_cambiamenti(piano: Piano) -> None:
    una = misura(piano)
    RilevazioneFactory(indicatore=una.indicatore, valore=40)
    calcola(piano)
    chiave: dict[str, Any] = {
        "prospettiva": "consuntivo",
        "anno": 2022,
        "frazione": "",
        "livello": Livello.INDICATORE,
        "oggetto": una.pk,
    }
    detto = spiega(piano, **chiave)
    assert (detto["mostrato"], detto["avviso"]) == ("50,00", "")
    assert any("40" in frase and "80" in frase for frase in detto["frasi"])
    Rilevazione.objects.update(valore=60)
    detto = spiega(piano, **chiave)
    assert detto["mostrato"] == "75,00"
    assert "il punteggio salvato è 50,00" in detto["avviso"]


def test_il_comando_calcola_le_prospettive_che_il_piano_ha(piano: Piano) -> None:
    misura(piano)
    call_command("calcola", piano.slug)
    assert set(Calcolo.objects.values_list("prospettiva", flat=True)) == {"consuntivo"}
    misura(piano, base_stampata="90%", base_lettura=leggi("90%").come_dati())
    call_command("calcola", piano.slug)
    assert set(Calcolo.objects.values_list("prospettiva", "stato")) == {
        ("partenza", Calcolo.Stato.FATTO),
        ("consuntivo", Calcolo.Stato.FATTO),
    }


def test_il_comando_dice_quale_piano_non_c_è(db: None) -> None:
    with pytest.raises(CommandError, match="Non ci sono questi piani: mai-visto"):
        call_command("calcola", "mai-visto")


def test_senza_valori_stampati_non_c_è_posizione_di_partenza(piano: Piano) -> None:
    misura(piano)
    with pytest.raises(ValidationError, match="non stampa valori di partenza"):
        calcola(piano, "partenza")


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_di_un_calcolo_non_crescono(
    piano: Piano, quanti: int, django_assert_max_num_queries: Any
) -> None:
    for _volta in range(quanti):
        RilevazioneFactory(indicatore=misura(piano).indicatore, valore=80)
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    with django_assert_max_num_queries(21):
        azioni.esegui(calcolo.pk)
    assert Indicatore.objects.count() == quanti


def test_se_la_coda_non_risponde_la_richiesta_resta_in_attesa(
    piano: Piano,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def irraggiungibile(*_argomenti: object) -> None:
        raise OperationalError("Redis non risponde")

    monkeypatch.setattr(tasks.calcola, "delay", irraggiungibile)
    with django_capture_on_commit_callbacks(execute=True):
        calcolo = azioni.avvia_calcolo(piano, prospettiva="consuntivo", anno=2022, da=None)
    calcolo.refresh_from_db()
    assert calcolo.stato == Calcolo.Stato.IN_ATTESA
    assert "Redis non risponde" in caplog.text


# Time --------------------------------------------------------------------------------------------


def trimestri(una: Misura, *valori: int) -> None:
    for n, valore in enumerate(valori, 1):
        RilevazioneFactory(indicatore=una.indicatore, frazione=f"T{n}", valore=valore)


@pytest.mark.parametrize(
    ("aggregazione", "frazione", "atteso", "copertura"),
    [
        ("somma", "", 75, 75),
        ("media", "", 25, 75),
        ("media", "S1", "18.75", 100),
        ("media", "S2", "37.5", 50),
        ("ultimo", "T2", 25, 100),
        ("ultimo", "S1", 25, 100),
    ],
)
def test_si_calcola_un_trimestre_un_semestre_o_l_anno(
    piano: Piano, aggregazione: str, frazione: str, atteso: Any, copertura: int
) -> None:
    una = misura(piano)
    Indicatore.objects.update(aggregazione=aggregazione)
    trimestri(una, 10, 20, 30)
    calcolo = calcola(piano, frazione=frazione)
    assert (calcolo.stato, calcolo.scritti) == (Calcolo.Stato.FATTO, 4)
    righe = Raggiungimento.objects.filter(frazione=frazione)
    assert set(righe.values_list("livello", "punteggio", "copertura")) == {
        (livello, Decimal(atteso), Decimal(copertura)) for livello in "IOAP"
    }
    assert Raggiungimento.objects.count() == 4


def test_i_periodi_non_si_toccano_fra_loro(piano: Piano) -> None:
    trimestri(misura(piano), 40, 80)
    for frazione in ("", "T1", "T2"):
        calcola(piano, frazione=frazione)
    del_piano = Raggiungimento.objects.filter(livello=Livello.PIANO)
    assert dict(del_piano.values_list("frazione", "punteggio")) == {
        "": Decimal(100),
        "T1": Decimal(50),
        "T2": Decimal(100),
    }
    assert calcola(piano, frazione="T1").scritti == 0


def test_un_trimestre_con_il_solo_risultato_dell_anno_non_si_calcola(piano: Piano) -> None:
    una = misura(piano)
    RilevazioneFactory(indicatore=una.indicatore, valore=80)
    calcola(piano, frazione="T1")
    stato, _valore, motivo = punteggio(Livello.INDICATORE, una.pk)
    assert stato == Stato.NON_CALCOLABILE
    assert motivo == "manca il risultato: c’è solo il risultato dell’anno 2022"


def test_il_modo_di_cumulare_e_il_target_del_trimestre_vengono_dall_indicatore(
    piano: Piano,
) -> None:
    una = misura(piano)
    Indicatore.objects.update(aggregazione="somma", cumulo="da_scorporare")
    trimestri(una, 10, 50)
    calcola(piano, frazione="T2")
    assert punteggio(Livello.INDICATORE, una.pk) == (
        Stato.ESCLUSO, None, "il piano non ha un target per 2022-T2",
    )  # fmt: skip
    Indicatore.objects.update(eredita_target=True)
    calcola(piano, frazione="T2")
    assert punteggio(Livello.INDICATORE, una.pk) == (Stato.CALCOLATO, Decimal(50), "")


def test_la_posizione_di_partenza_non_ha_trimestri(piano: Piano) -> None:
    misura(piano, base_stampata="90%", base_lettura=leggi("90%").come_dati())
    with pytest.raises(ValidationError) as errore:
        calcola(piano, "partenza", "T1")
    assert list(errore.value.message_dict) == ["frazione"]


def test_il_comando_calcola_un_periodo(piano: Piano) -> None:
    trimestri(misura(piano, base_stampata="90%", base_lettura=leggi("90%").come_dati()), 40)
    call_command("calcola", piano.slug, "--frazione", "S1")
    assert list(Calcolo.objects.values_list("prospettiva", "frazione", "stato")) == [
        ("consuntivo", "S1", Calcolo.Stato.FATTO)
    ]


def test_i_risultati_come_si_conoscevano(piano: Piano) -> None:
    from datetime import UTC, datetime

    una = misura(piano)
    vecchia = RilevazioneFactory(indicatore=una.indicatore, valore=40)
    inserita, sostituita = datetime(2022, 10, 1, tzinfo=UTC), datetime(2022, 11, 1, tzinfo=UTC)
    Rilevazione.objects.update(creata_il=inserita, sostituita_il=sostituita)
    nuova = RilevazioneFactory(indicatore=una.indicatore, valore=80)
    Rilevazione.objects.filter(pk=nuova.pk).update(creata_il=sostituita)
    note = {
        datetime(2022, 9, 30, 23, 59, 59, tzinfo=UTC): [],
        inserita: [vecchia],
        datetime(2022, 10, 31, 23, 59, 59, 999999, tzinfo=UTC): [vecchia],
        sostituita: [nuova],
        datetime(2030, 1, 1, tzinfo=UTC): [nuova],
    }
    for istante, attese in note.items():
        assert list(Rilevazione.objects.conosciute_al(istante)) == attese
    calcola(piano)
    chiave: dict[str, Any] = {
        "prospettiva": "consuntivo",
        "anno": 2022,
        "frazione": "",
        "livello": Livello.PIANO,
        "oggetto": piano.pk,
    }
    allora = spiega(piano, **chiave, al=inserita)
    assert allora["mostrato"] == "50,00"
    assert allora["avviso"] == "Il punteggio salvato oggi è diverso: 100,00."
    assert spiega(piano, **chiave, al=sostituita)["avviso"] == ""
    assert spiega(piano, **chiave)["mostrato"] == "100,00"
