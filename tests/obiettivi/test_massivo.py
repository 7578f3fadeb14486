# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of many plans: asked together, done in blocks, each plan whole or not at all."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from obiettivi import azioni
from obiettivi.azioni import massivo
from obiettivi.azioni.massivo import blocchi, blocchi_di_piani
from obiettivi.models import Calcolo, EdizioneSMVP, GiroDiCalcolo, Raggiungimento, Target
from piani.models import Azienda, Evento, Piano, Ruolo, Utente
from tests.factories import (
    AziendaFactory,
    EdizioneFactory,
    PianoFactory,
)
from tests.obiettivi.giri import (
    chiedi,
    fai,
    piano_con,
    punteggi_dei_piani,
    stati,
)

Stato = Calcolo.Stato
insieme = pytest.mark.django_db(transaction=True)
IMPREVISTO = r"Il programma si è fermato per un errore .* cercando «([0-9a-f]{8})»: .*"


def rompi(piano: Piano) -> None:
    """A row that no page can write, and that cannot be read back."""
    Target.objects.filter(misura__obiettivo__area__piano=piano).update(lettura={})


# Asked -------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.due_banche
def test_un_piano_che_non_si_può_chiedere_è_scartato_con_il_motivo(ente: Azienda) -> None:
    buono, aperto = piano_con(80, ente), piano_con(80, ente)
    di_altri_anni = piano_con(80, ente, anno_inizio=2025, anno_fine=2027)
    senza_regole = piano_con(80, AziendaFactory())
    gia_chiesto = chiedi(aperto, frazioni=["", "T1"])
    giro = chiedi(buono, aperto, di_altri_anni, senza_regole, frazioni=["", "T2"])
    assert stati(giro) == {
        (buono.pk, ""): Stato.IN_ATTESA,
        (buono.pk, "T2"): Stato.IN_ATTESA,
        (aperto.pk, "T2"): Stato.IN_ATTESA,
    }
    assert {uno["piano"]: uno["motivo"] for uno in giro.scartati} == {
        aperto.pk: "Un calcolo è già in corso: anno.",
        di_altri_anni.pk: "Il piano va dal 2025 al 2027: il 2022 ne è fuori.",
        senza_regole.pk: "Mancano le regole di misurazione del 2022.",
    }
    assert gia_chiesto.scartati == []


@pytest.mark.django_db
@pytest.mark.due_banche
def test_se_nessun_piano_si_può_chiedere_non_resta_niente(ente: Azienda) -> None:
    piani = [PianoFactory(azienda=ente, anno_inizio=2025, anno_fine=2027) for _una in range(2)]
    with pytest.raises(ValidationError) as errore:
        chiedi(*piani)
    nomi = "; ".join(f"{piano} ({ente})" for piano in piani)
    assert errore.value.messages == [
        "Nessun piano si può calcolare.",
        f"Il piano va dal 2025 al 2027: il 2022 ne è fuori. {nomi}.",
    ]
    assert (GiroDiCalcolo.objects.count(), Evento.objects.count()) == (0, 0)


@pytest.mark.django_db
@pytest.mark.due_banche
def test_ogni_azienda_ha_nel_registro_solo_i_suoi_piani(ente: Azienda) -> None:
    altra = EdizioneFactory().azienda
    chiedi(piano_con(80, ente), piano_con(80, ente), piano_con(80, altra))
    eventi = Evento.objects.filter(tipo="giro.chiesto").values_list("azienda", "descrizione")
    assert dict(eventi) == {
        ente.pk: "Chiesto il calcolo di 2 piani: Risultati dell'anno 2022",
        altra.pk: "Chiesto il calcolo di 1 piano: Risultati dell'anno 2022",
    }


@pytest.mark.django_db
@pytest.mark.due_banche
def test_serve_il_permesso_in_ogni_azienda(
    ente: Azienda, incaricato: Callable[..., Utente]
) -> None:
    altra = EdizioneFactory().azienda
    persona = incaricato(Ruolo.CONTROLLO_GESTIONE)
    with pytest.raises(PermissionDenied):
        chiedi(piano_con(80, ente), piano_con(80, altra), da=persona)
    assert not Calcolo.objects.exists()
    assert chiedi(*ente.piani.all(), da=persona).da == persona


@pytest.mark.django_db
@pytest.mark.due_banche
def test_i_calcoli_di_un_piano_stanno_nello_stesso_blocco(
    ente: Azienda, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(massivo, "INDICATORI_PER_BLOCCO", 8)
    piani = [piano_con(80, ente, misure=quante) for quante in (2, 2, 3, 1, 4, 4)]
    giro = chiedi(*piani, frazioni=["", "T1"])
    assert [
        {giro.calcoli.get(pk=chiave).piano_id for chiave in blocco}
        for blocco in blocchi(giro.calcoli.all())
    ] == [{uno.pk for uno in piani[:4]}, {uno.pk for uno in piani[4:]}]
    assert sorted(chiave for blocco in blocchi(giro.calcoli.all()) for chiave in blocco) == sorted(
        giro.calcoli.values_list("pk", flat=True)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("misure", "insieme", "attesi"),
    [
        ([1, 1], 2, [2]),
        ([1, 1, 1, 1, 1, 1], 2, [1, 1, 2, 2]),
        ([9, 1, 1, 1], 6, [9, 3]),
        ([1, 9, 1, 1], 6, [3, 9]),
        ([4, 3, 2, 1], 5, [5, 5]),
        ([2, 2, 0], 2, [2, 2]),
        ([0], 2, [0]),
    ],
    ids=[
        "uno basta",
        "tre diventano quattro",
        "grande",
        "grande in mezzo",
        "uno più avanti riempie",
        "vuoto",
        "solo vuoto",
    ],
)
def test_i_blocchi_sono_pari_fra_le_corsie(
    ente: Azienda,
    monkeypatch: pytest.MonkeyPatch,
    misure: list[int],
    insieme: int,
    attesi: list[int],
) -> None:
    monkeypatch.setattr(massivo, "INDICATORI_PER_BLOCCO", insieme)
    piani = {piano_con(80, ente, misure=quante).pk: quante for quante in misure}
    edizione = EdizioneSMVP.objects.get(azienda=ente)
    fatti = blocchi_di_piani(dict.fromkeys(piani, edizione.pk))
    assert [sum(piani[piano] for piano in blocco) for blocco in fatti] == attesi
    assert sorted(piano for blocco in fatti for piano in blocco) == sorted(piani)


# Done --------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.due_banche
def test_un_piano_guasto_fallisce_da_solo_con_la_sua_frase(
    ente: Azienda, caplog: pytest.LogCaptureFixture
) -> None:
    primo, guasto, ultimo = (piano_con(valore, ente) for valore in (80, 50, 40))
    rompi(guasto)
    giro = chiedi(primo, guasto, ultimo)
    assert len(blocchi(giro.calcoli.all())) == 1
    fai(giro)
    assert stati(giro) == {
        (primo.pk, ""): Stato.FATTO,
        (guasto.pk, ""): Stato.FALLITO,
        (ultimo.pk, ""): Stato.FATTO,
    }
    frase = giro.calcoli.get(piano=guasto).errore
    riferimento = re.fullmatch(IMPREVISTO, frase)
    assert riferimento, frase
    assert "KeyError" not in frase
    (nel_log,) = [uno for uno in caplog.records if riferimento[1] in uno.getMessage()]
    assert (nel_log.exc_info or [None])[0] is KeyError
    assert punteggi_dei_piani() == {primo.pk: Decimal(80), ultimo.pk: Decimal(40)}


@pytest.mark.django_db
@pytest.mark.due_banche
def test_le_regole_inutilizzabili_di_un_azienda_non_fermano_le_altre(ente: Azienda) -> None:
    edizione = EdizioneFactory()
    edizione.parametri = edizione.parametri | {"tetto": "-1"}
    edizione.save(update_fields=["parametri"])
    buono, guasto = piano_con(80, ente), piano_con(50, edizione.azienda)
    giro = fai(chiedi(guasto, buono))
    fallito = giro.calcoli.get(piano=guasto)
    assert (fallito.stato, giro.calcoli.get(piano=buono).stato) == (Stato.FALLITO, Stato.FATTO)
    assert fallito.errore.startswith("Le regole di misurazione non si possono usare: ")
    assert punteggi_dei_piani() == {buono.pk: Decimal(80)}


def righe_fisiche() -> set[tuple[Any, ...]]:
    """Where PostgreSQL keeps each score, and the transaction that wrote it."""
    with connection.cursor() as cursore:
        cursore.execute(
            f"SELECT ctid::text, xmin::text, piano_id, livello, oggetto, frazione "  # noqa: S608 -- constant
            f"FROM {Raggiungimento._meta.db_table}"
        )
        return set(cursore.fetchall())


@insieme
def test_se_niente_è_cambiato_non_si_scrive_una_riga(ente: Azienda) -> None:
    piani = [piano_con(valore, ente, misure=3) for valore in (10, 20, 30)]
    frazioni = ["", "T1", "S1"]
    fai(chiedi(*piani, frazioni=frazioni))
    prima = righe_fisiche()
    assert len(prima) == 3 * 3 * (3 + 1 + 1 + 1)
    giro = fai(chiedi(*piani, frazioni=frazioni))
    assert {uno.scritti for uno in giro.calcoli.all()} == {0}
    assert righe_fisiche() == prima


@pytest.mark.django_db
def test_le_query_di_un_blocco_non_crescono_con_i_piani(ente: Azienda) -> None:
    def query(quanti: int) -> int:
        giro = chiedi(*(piano_con(80, ente) for _una in range(quanti)))
        chiavi = [uno.pk for uno in giro.calcoli.all()]
        with CaptureQueriesContext(connection) as fatte:
            azioni.esegui_blocco(chiavi)
        return len(fatte)

    query(1)  # the first time a process meets a target it reads its text
    assert query(1) == query(3) <= 21


# The command -------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.due_banche
def test_il_comando_fa_tutti_i_piani_e_dice_alla_fine_quelli_guasti(
    ente: Azienda, capsys: pytest.CaptureFixture[str]
) -> None:
    primo, guasto, ultimo = (piano_con(valore, ente) for valore in (80, 50, 40))
    senza_regole = piano_con(70, AziendaFactory())
    rompi(guasto)
    with pytest.raises(CommandError) as errore:
        call_command("calcola")
    assert str(errore.value).splitlines() == [
        f"Mancano le regole di misurazione del 2022. {senza_regole} ({senza_regole.azienda}).",
        f"{guasto}: {guasto.calcoli.get().errore}",
    ]
    assert capsys.readouterr().out.splitlines() == [
        f"{primo}, Risultati dell'anno 2022: fatto, 1 indicatori, 4 punteggi nuovi",
        f"{guasto}, Risultati dell'anno 2022: non riuscito, 0 indicatori, 0 punteggi nuovi",
        f"{ultimo}, Risultati dell'anno 2022: fatto, 1 indicatori, 4 punteggi nuovi",
    ]
    assert punteggi_dei_piani() == {primo.pk: Decimal(80), ultimo.pk: Decimal(40)}


@pytest.mark.django_db
@pytest.mark.due_banche
def test_il_comando_fa_ogni_piano_nel_suo_primo_anno(azienda: Azienda) -> None:
    piani = []
    for anno in (2021, 2022):
        EdizioneFactory(azienda=azienda, anno=anno)
        piani.append(PianoFactory(azienda=azienda, anno_inizio=anno, anno_fine=anno + 2))
    call_command("calcola")
    assert set(Calcolo.objects.values_list("piano", "anno", "stato")) == {
        (piani[0].pk, 2021, Stato.FATTO),
        (piani[1].pk, 2022, Stato.FATTO),
    }
    call_command("calcola", piani[0].slug, "--anno", "2022", "--frazione", "T1")
    ultimo = Calcolo.objects.latest("pk")
    assert (ultimo.piano, ultimo.anno, ultimo.frazione) == (piani[0], 2022, "T1")
