# SPDX-License-Identifier: AGPL-3.0-or-later
"""A round done by this process: each block is asked when its turn comes, and done at once."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from obiettivi import azioni
from obiettivi.azioni import Svolgimento
from obiettivi.models import Calcolo, GiroDiCalcolo, Raggiungimento
from obiettivi.tasks import riprendi_in_attesa
from piani.models import Azienda, Evento
from tests.factories import AziendaFactory, PianoFactory
from tests.obiettivi.giri import in_un_altra_connessione, piano_con

Stato = Calcolo.Stato
insieme = pytest.mark.django_db(transaction=True)


def svolgi(*piani: int) -> Svolgimento:
    return Svolgimento(list(piani), prospettiva="consuntivo", anno=2022, frazioni=["", "T1"])


@pytest.mark.django_db
@pytest.mark.due_banche
def test_ogni_piano_è_calcolato_e_il_registro_lo_dice(ente: Azienda) -> None:
    piani = [piano_con(valore, ente) for valore in (80, 40)]
    svolto = svolgi(*(piano.pk for piano in piani))
    assert not Calcolo.objects.exists()
    ((chiavi, resoconto),) = list(svolto)
    assert (sorted(chiavi), resoconto.risultati, resoconto.falliti) == (
        sorted(svolto.giro.calcoli.values_list("pk", flat=True)), 4, [],
    )  # fmt: skip
    assert set(svolto.giro.calcoli.values_list("piano", "frazione", "stato")) == {
        (piano.pk, frazione, Stato.FATTO) for piano in piani for frazione in ("", "T1")
    }
    del_piano = Raggiungimento.objects.filter(livello="P", frazione="")
    assert set(del_piano.values_list("piano", "punteggio")) == {
        (piani[0].pk, Decimal(80)), (piani[1].pk, Decimal(40)),
    }  # fmt: skip
    chiesto = Evento.objects.get(tipo="giro.chiesto")
    assert (chiesto.azienda, chiesto.descrizione) == (
        ente, "Chiesto il calcolo di 2 piani: Risultati dell'anno 2022",
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.due_banche
def test_chi_non_si_può_calcolare_è_detto_e_gli_altri_vanno(ente: Azienda) -> None:
    buono, senza_regole = piano_con(80, ente), piano_con(70, AziendaFactory())
    svolto = svolgi(senza_regole.pk, buono.pk)
    assert [len(chiavi) for chiavi, _resoconto in svolto] == [2]
    assert [uno["piano"] for uno in GiroDiCalcolo.objects.get().scartati] == [senza_regole.pk]


@pytest.mark.django_db
@pytest.mark.due_banche
def test_se_nessuno_si_può_calcolare_non_resta_niente() -> None:
    piano = PianoFactory()
    with pytest.raises(ValidationError, match="Mancano le regole di misurazione del 2022"):
        list(svolgi(piano.pk))
    assert not GiroDiCalcolo.objects.exists()
    assert not Evento.objects.filter(tipo="giro.chiesto").exists()


@pytest.mark.django_db
def test_un_risultato_arrivato_dopo_la_domanda_rimette_il_calcolo_in_attesa_e_lo_si_fa(
    ente: Azienda, monkeypatch: pytest.MonkeyPatch
) -> None:
    piano = piano_con(80, ente)
    esegui = azioni.esegui_blocco

    def dopo_un_risultato(chiavi: list[int], presi_il: object) -> object:
        misura = piano.aree.get().obiettivi.get().misure.get()
        azioni.rileva(misura.indicatore, anno=2022, valore=Decimal(60), da=None)
        assert set(Calcolo.objects.values_list("stato", flat=True)) == {Stato.IN_ATTESA}
        return esegui(chiavi, presi_il)

    monkeypatch.setattr("obiettivi.azioni.svolgimento.esegui_blocco", dopo_un_risultato)
    list(svolgi(piano.pk))
    assert set(Calcolo.objects.values_list("stato", flat=True)) == {Stato.FATTO}
    assert Raggiungimento.objects.get(livello="P", frazione="").punteggio == 60


@insieme
def test_chi_muore_a_metà_lascia_agli_altri_ciò_che_aveva_chiesto(
    ente: Azienda, monkeypatch: pytest.MonkeyPatch
) -> None:
    piani = [piano_con(valore, ente) for valore in (80, 40)]
    monkeypatch.setattr("obiettivi.azioni.massivo.INDICATORI_PER_BLOCCO", 1)
    monkeypatch.setattr("obiettivi.azioni.corsie.CORSIE", 10)
    fatti = iter(svolgi(*(piano.pk for piano in piani)))
    next(fatti)

    def muori(*_quali: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("obiettivi.azioni.esecuzione._in_blocco", muori)
    with pytest.raises(KeyboardInterrupt):
        next(fatti)
    assert list(Calcolo.objects.order_by("pk").values_list("stato", flat=True)) == [
        Stato.FATTO, Stato.FATTO, Stato.IN_CORSO, Stato.IN_CORSO,
    ]  # fmt: skip
    monkeypatch.undo()
    assert riprendi_in_attesa(minuti=0) == 2
    aperti = [uno.pk for uno in Calcolo.objects.aperti()]
    in_un_altra_connessione(lambda: azioni.esegui_blocco(aperti))
    assert set(Calcolo.objects.values_list("stato", flat=True)) == {Stato.FATTO}


@insieme
def test_due_corsie_fanno_ogni_piano_una_volta_sola(
    ente: Azienda, monkeypatch: pytest.MonkeyPatch
) -> None:
    piani = [piano_con(10 * n, ente) for n in range(1, 8)]
    monkeypatch.setattr("obiettivi.azioni.massivo.INDICATORI_PER_BLOCCO", 2)
    fatti = list(svolgi(*(piano.pk for piano in piani)))
    assert (len(fatti), sum(resoconto.risultati for _chiavi, resoconto in fatti)) == (4, 14)
    punteggi = Raggiungimento.objects.filter(livello="P", frazione="")
    assert sorted(punteggi.values_list("punteggio", flat=True)) == [10 * n for n in range(1, 8)]
