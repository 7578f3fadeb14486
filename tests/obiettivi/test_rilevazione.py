# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new result: what it replaces, what it refuses, the scores that follow it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from obiettivi import azioni, tasks
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.models import (
    Calcolo,
    Indicatore,
    Misura,
    PeriodoChiuso,
    Raggiungimento,
    Rilevazione,
)
from piani.models import Azienda, Evento, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    AziendaFactory,
    EdizioneFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal


@pytest.fixture
def indicatore(azienda: Azienda) -> Indicatore:
    EdizioneFactory(azienda=azienda)
    return IndicatoreFactory(azienda=azienda)


def in_un_piano(indicatore: Indicatore, stampato: str = "≥ 80%") -> Misura:
    piano = PianoFactory(azienda=indicatore.azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misura = MisuraFactory(obiettivo=obiettivo, indicatore=indicatore)
    return TargetFactory(misura=misura, stampato=stampato).misura


def punteggi(piano: Piano | None = None) -> dict[tuple[str, str], Decimal | None]:
    righe = Raggiungimento.objects.filter(piano=piano) if piano else Raggiungimento.objects.all()
    return {(riga.livello, riga.frazione): riga.punteggio for riga in righe}


def test_un_risultato_si_sostituisce_e_quello_di_prima_resta(
    indicatore: Indicatore, controllo: Utente
) -> None:
    prima = azioni.rileva(indicatore, anno=2022, valore=D(40), da=controllo).rilevazione
    dopo = azioni.rileva(indicatore, anno=2022, valore=D(50), da=controllo).rilevazione
    prima.refresh_from_db()
    dopo.refresh_from_db()
    assert (prima.valore, prima.sostituita_il) == (D(40), dopo.creata_il)
    assert (dopo.valore, dopo.sostituita_il, dopo.dichiarata_da) == (D(50), None, controllo)
    un_attimo = timedelta(microseconds=1)
    note = Rilevazione.objects.conosciute_al
    assert list(note(dopo.creata_il - un_attimo)) == [prima]
    assert list(note(dopo.creata_il)) == [dopo]
    assert list(Evento.objects.order_by("pk").values_list("tipo", "da", "descrizione")) == [
        ("rilevazione.inserita", controllo.pk,
         f"Risultato di {indicatore.codice}, 2022 Anno: 40 %"),
        ("rilevazione.sostituita", controllo.pk,
         f"Risultato di {indicatore.codice}, 2022 Anno: 50 %"),
    ]  # fmt: skip
    assert Evento.objects.latest("pk").dati == {
        "prima": "40 %",
        "dopo": "50 %",
        "prima_riga": prima.pk,
    }


def test_lo_stesso_risultato_non_scrive_niente(indicatore: Indicatore, controllo: Utente) -> None:
    dati: dict[str, Any] = {"anno": 2022, "valore": D(40), "origine": "foglio", "da": controllo}
    prima = azioni.rileva(indicatore, **dati)
    dopo = azioni.rileva(indicatore, **dati | {"valore": D("40.0000"), "sede": "  "})
    assert (prima.cambiata, dopo.cambiata, dopo.rilevazione) == (True, False, prima.rilevazione)
    assert (Rilevazione.objects.count(), Evento.objects.count()) == (1, 1)


def test_periodi_e_sedi_diversi_convivono(indicatore: Indicatore, controllo: Utente) -> None:
    for frazione in ("", "T1", "S2"):
        for sede in ("", "Crema"):
            azioni.rileva(
                indicatore, anno=2022, frazione=frazione, sede=sede, valore=D(1), da=controllo
            )
    assert Rilevazione.objects.correnti().count() == 6


def test_i_punteggi_di_tutti_i_piani_che_usano_l_indicatore_seguono_subito(
    indicatore: Indicatore, controllo: Utente
) -> None:
    misure = [in_un_piano(indicatore), in_un_piano(indicatore, "≥ 50%")]
    altra = in_un_piano(IndicatoreFactory(azienda=indicatore.azienda))
    esito = azioni.rileva(indicatore, anno=2022, valore=D(40), da=controllo)
    assert esito.punteggi == 8
    piani = [misura.obiettivo.area.piano for misura in misure]
    assert [punteggi(piano)["P", ""] for piano in piani] == [D(50), D(80)]
    assert not Raggiungimento.objects.filter(piano=altra.obiettivo.area.piano).exists()
    assert not Calcolo.objects.exists()
    assert azioni.rileva(indicatore, anno=2022, valore=D(60), da=controllo).punteggi == 8
    assert [punteggi(piano)["P", ""] for piano in piani] == [D(75), D(100)]


def test_si_scrive_solo_ciò_che_cambia(indicatore: Indicatore, controllo: Utente) -> None:
    in_un_piano(indicatore)
    azioni.rileva(indicatore, anno=2022, valore=D(80), da=controllo)
    assert azioni.rileva(indicatore, anno=2022, valore=D(90), da=controllo).punteggi == 0
    assert Rilevazione.objects.count() == 2


def test_seguono_anche_i_trimestri_già_calcolati(indicatore: Indicatore, controllo: Utente) -> None:
    piano = in_un_piano(indicatore).obiettivo.area.piano
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, frazione="T1", da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    azioni.rileva(indicatore, anno=2022, frazione="T1", valore=D(40), da=controllo)
    fatti = punteggi()
    assert (fatti["P", "T1"], fatti["P", ""]) == (D(50), D(50))
    assert ("P", "T2") not in fatti


def test_è_lo_stesso_di_un_calcolo_intero(indicatore: Indicatore, controllo: Utente) -> None:
    piano = in_un_piano(indicatore).obiettivo.area.piano
    azioni.rileva(indicatore, anno=2022, valore=D(37), da=controllo)
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    assert (calcolo.stato, calcolo.scritti) == (Calcolo.Stato.FATTO, 0)


def test_senza_regole_o_con_regole_storte_il_risultato_si_scrive_lo_stesso(
    indicatore: Indicatore, controllo: Utente
) -> None:
    piano = in_un_piano(indicatore).obiettivo.area.piano
    edizione = indicatore.azienda.edizioni_smvp.get()
    edizione.parametri = come_dati(ORDINARIA) | {"tetto": "-1"}
    edizione.save(update_fields=["parametri"])
    storte = azioni.rileva(indicatore, anno=2022, valore=D(40), da=controllo)
    assert (storte.non_aggiornati, storte.punteggi) == ([piano.titolo], 0)
    edizione.delete()
    senza = azioni.rileva(indicatore, anno=2022, valore=D(41), da=controllo)
    assert (senza.non_aggiornati, senza.punteggi) == ([], 0)
    assert Rilevazione.objects.correnti().get().valore == D(41)
    assert not Raggiungimento.objects.exists()


def test_un_calcolo_a_metà_riparte_dopo_il_nuovo_risultato(
    indicatore: Indicatore,
    controllo: Utente,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    piano = in_un_piano(indicatore).obiettivo.area.piano
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    inizio = timezone.now()
    Calcolo.objects.update(stato=Calcolo.Stato.IN_CORSO, iniziato_il=inizio)
    mandati: list[int] = []
    monkeypatch.setattr(tasks.calcola, "delay", mandati.append)
    with django_capture_on_commit_callbacks(execute=True):
        azioni.rileva(indicatore, anno=2022, valore=D(40), da=controllo)
    calcolo.refresh_from_db()
    assert (calcolo.stato, calcolo.iniziato_il) == (Calcolo.Stato.IN_ATTESA, None)
    assert mandati == [calcolo.pk]


def test_un_lavoro_superato_non_scrive_i_punteggi_vecchi(
    indicatore: Indicatore, controllo: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run reads, a new result comes, another worker takes the run: the first must not write."""
    from obiettivi.azioni import esecuzione as modulo

    piano = in_un_piano(indicatore).obiettivo.area.piano
    azioni.rileva(indicatore, anno=2022, valore=D(40), da=controllo)
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    giudica = modulo.giudica_insieme

    def interrotto(*cosa: Any) -> Any:
        monkeypatch.setattr(modulo, "giudica_insieme", giudica)
        righe = giudica(*cosa)
        azioni.rileva(indicatore, anno=2022, valore=D(80), da=controllo)
        Calcolo.objects.filter(pk=calcolo.pk).update(
            stato=Calcolo.Stato.IN_CORSO, iniziato_il=timezone.now()
        )
        return righe

    monkeypatch.setattr(modulo, "giudica_insieme", interrotto)
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    assert calcolo.stato == Calcolo.Stato.IN_CORSO
    assert punteggi()["P", ""] == D(100)


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tipo", "dati", "campi"),
    [
        ("diretto", {}, ["valore"]),
        ("diretto", {"valore": D(1), "avanzamento": D(1)}, ["avanzamento"]),
        ("diretto", {"numeratore": D(1), "denominatore": D(2)}, ["denominatore", "numeratore"]),
        ("rapporto", {"numeratore": D(1)}, ["denominatore"]),
        ("rapporto", {}, ["denominatore", "numeratore"]),
        ("rapporto", {"numeratore": D(-1), "denominatore": D(2)}, ["numeratore"]),
        ("rapporto", {"avanzamento": D(2)}, ["avanzamento"]),
        ("si_no", {"valore": D(2)}, ["valore"]),
        ("avanzamento", {"avanzamento": D("100.01")}, ["avanzamento"]),
        ("avanzamento", {"valore": D(3)}, ["valore"]),
        ("data", {"valore": D(3)}, ["valore"]),
        ("data", {}, ["data"]),
        ("data", {"data": date(2022, 6, 30), "stato": "mancante"}, ["data"]),
        ("data", {"data": date(1999, 12, 31)}, ["data"]),
        ("data", {"data": date(2099, 1, 1)}, ["data"]),
        ("diretto", {"data": date(2022, 6, 30)}, ["data"]),
        ("diretto", {"valore": D("NaN")}, ["valore"]),
        ("diretto", {"valore": D("1e20")}, ["valore"]),
        ("diretto", {"valore": D(1), "stato": "mancante"}, ["valore"]),
        ("diretto", {"stato": "non_applicabile"}, ["testo"]),
        ("diretto", {"valore": D(1), "stato": "boh"}, ["stato"]),
        ("diretto", {"valore": D(1), "frazione": "T5"}, ["frazione"]),
        ("diretto", {"valore": D(1), "sede": "x" * 61}, ["sede"]),
        ("diretto", {"valore": D(1), "anno": 1999}, ["anno"]),
    ],
)
def test_ciò_che_non_va_si_rifiuta_con_il_suo_campo(
    indicatore: Indicatore, controllo: Utente, tipo: str, dati: dict[str, Any], campi: list[str]
) -> None:
    indicatore.tipo_formula = tipo
    with pytest.raises(ValidationError) as errore:
        azioni.rileva(indicatore, **{"anno": 2022} | dati, da=controllo)
    assert sorted(errore.value.message_dict) == campi
    assert not Rilevazione.objects.exists()


@pytest.mark.parametrize(
    ("tipo", "dati"),
    [
        ("diretto", {"valore": D("-3.5")}),
        ("diretto", {"avanzamento": D(80)}),
        ("rapporto", {"numeratore": D(0), "denominatore": D(0)}),
        ("rapporto", {"valore": D("96.6")}),
        ("si_no", {"valore": D(0)}),
        ("scala", {"valore": D(3)}),
        ("avanzamento", {"avanzamento": D(100)}),
        ("diretto", {"stato": "mancante"}),
        ("data", {"data": date(2022, 6, 30)}),
        ("data", {"stato": "non_applicabile", "testo": "servizio sospeso"}),
    ],
)
def test_ciò_che_va_si_scrive(
    indicatore: Indicatore, controllo: Utente, tipo: str, dati: dict[str, Any]
) -> None:
    indicatore.tipo_formula = tipo
    scritta = azioni.rileva(indicatore, anno=2022, **dati, da=controllo).rilevazione
    assert {nome: getattr(scritta, nome) for nome in dati} == dati
    assert not scritta.provvisoria


def test_un_periodo_futuro_si_rifiuta_e_uno_in_corso_è_provvisorio(
    indicatore: Indicatore, controllo: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2022, 5, 10))

    def campi(anno: int, frazione: str) -> list[str]:
        with pytest.raises(ValidationError) as errore:
            azioni.rileva(indicatore, anno=anno, frazione=frazione, valore=D(1), da=controllo)
        return list(errore.value.message_dict)

    assert campi(2023, "") == ["anno"]
    assert campi(2022, "T3") == ["frazione"]
    assert campi(2022, "S2") == ["frazione"]
    provvisorie = {
        frazione: azioni.rileva(
            indicatore, anno=2022, frazione=frazione, valore=D(1), da=None
        ).rilevazione.provvisoria
        for frazione in ("", "T1", "T2", "S1")
    }
    assert provvisorie == {"": True, "T1": False, "T2": True, "S1": True}


@pytest.mark.parametrize(
    ("ruolo", "può"),
    [
        (Ruolo.CONTROLLO_GESTIONE, True),
        (Ruolo.RILEVATORE, True),
        (Ruolo.NUCLEO, False),
        (Ruolo.DIREZIONE, False),
        (Ruolo.REGIONE, False),
    ],
)
def test_rileva_solo_chi_ne_ha_l_incarico(
    indicatore: Indicatore, incaricato: Callable[..., Utente], ruolo: Ruolo, può: bool
) -> None:
    utente = incaricato(ruolo)
    assert utente.has_perm("obiettivi.rileva", indicatore) is può
    if not può:
        with pytest.raises(PermissionDenied):
            azioni.rileva(indicatore, anno=2022, valore=D(1), da=utente)


def test_il_rilevatore_di_un_altra_azienda_non_rileva(
    indicatore: Indicatore, incaricato: Callable[..., Utente]
) -> None:
    straniero = incaricato(Ruolo.RILEVATORE, AziendaFactory())
    with pytest.raises(PermissionDenied):
        azioni.rileva(indicatore, anno=2022, valore=D(1), da=straniero)
    assert not Rilevazione.objects.exists()


# Closed periods ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("chiusa", "rifiutate"),
    [
        ("", ["", "T1", "T3", "S1", "S2"]),
        ("S1", ["T1", "S1"]),
        ("T1", ["T1"]),
    ],
)
def test_di_un_periodo_chiuso_non_si_prendono_risultati(
    indicatore: Indicatore, controllo: Utente, chiusa: str, rifiutate: list[str]
) -> None:
    azioni.chiudi_periodo(indicatore.azienda, anno=2022, frazione=chiusa, da=controllo)
    for frazione in ("", "T1", "T3", "S1", "S2"):
        dati: dict[str, Any] = {"anno": 2022, "frazione": frazione, "valore": D(1), "da": controllo}
        if frazione not in rifiutate:
            assert azioni.rileva(indicatore, **dati).cambiata
            continue
        with pytest.raises(ValidationError) as errore:
            azioni.rileva(indicatore, **dati)
        assert list(errore.value.message_dict) == ["frazione"]
    altrove = IndicatoreFactory()
    for uno, anno in ((indicatore, 2021), (altrove, 2022)):
        assert azioni.rileva(uno, anno=anno, valore=D(1), da=None).cambiata


def test_un_periodo_si_riapre_con_un_motivo(indicatore: Indicatore, controllo: Utente) -> None:
    quale: dict[str, Any] = {"anno": 2022, "frazione": "T1", "da": controllo}
    azioni.chiudi_periodo(indicatore.azienda, **quale)
    with pytest.raises(ValidationError, match="già chiuso"):
        azioni.chiudi_periodo(indicatore.azienda, **quale)
    with pytest.raises(ValidationError, match="perché"):
        azioni.riapri_periodo(indicatore.azienda, **quale, motivo=" ")
    azioni.riapri_periodo(indicatore.azienda, **quale, motivo="flusso rettificato")
    with pytest.raises(ValidationError, match="non è chiuso"):
        azioni.riapri_periodo(indicatore.azienda, **quale, motivo="di nuovo")
    assert azioni.rileva(indicatore, valore=D(1), **quale).cambiata
    assert Evento.objects.get(tipo="periodo.riaperto").dati == {"motivo": "flusso rettificato"}


def test_chiude_e_riapre_solo_chi_governa_la_misurazione(
    indicatore: Indicatore, incaricato: Callable[..., Utente]
) -> None:
    rilevatore = incaricato(Ruolo.RILEVATORE)
    with pytest.raises(PermissionDenied):
        azioni.chiudi_periodo(indicatore.azienda, anno=2022, da=rilevatore)
    with pytest.raises(PermissionDenied):
        azioni.riapri_periodo(indicatore.azienda, anno=2022, motivo="x", da=rilevatore)


def test_il_comando_chiude_e_riapre(azienda: Azienda) -> None:
    call_command("chiudi_periodo", azienda.codice, "2022", "--frazione", "T1")
    assert [str(uno) for uno in PeriodoChiuso.objects.all()] == ["1° trimestre 2022"]
    with pytest.raises(CommandError, match="già chiuso"):
        call_command("chiudi_periodo", azienda.codice, "2022", "--frazione", "T1")
    call_command("chiudi_periodo", azienda.codice, "2022", "--frazione", "T1", "--riapri", "errore")
    assert not PeriodoChiuso.objects.exists()
    with pytest.raises(CommandError, match="mai-vista"):
        call_command("chiudi_periodo", "mai-vista", "2022")
