# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chart as a sheet: out and in again, every wrong cell said, all or nothing."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from piani import azioni
from piani.azioni.foglio import Importate
from piani.esporta.testi import csv_italiano
from piani.fogli import ORGANIGRAMMA
from piani.models import Evento, Organigramma, UnitaOrganizzativa
from piani.organigramma import foglio
from piani.organigramma.foglio import RigaUnita
from tests.factories import IncaricoFactory, UnitaFactory
from tests.piani.organigramma.struttura import Struttura, disegno, in_versione

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
INTESTAZIONE = "codice;nome;tipo;codice_superiore;cdr;ordine\n"


def scritto(versione: Organigramma) -> str:
    righe = foglio.righe(UnitaOrganizzativa.objects.di_versione(versione))
    testo = "".join(csv_italiano(ORGANIGRAMMA, ORGANIGRAMMA.celle(righe)))
    return testo.removeprefix("\ufeff").replace("\r\n", "\n")


def errori(righe: str, intestazione: str = INTESTAZIONE) -> list[str]:
    with pytest.raises(ValidationError) as errore:
        foglio.leggi((intestazione + righe).encode())
    return errore.value.messages


def test_si_scrive_una_riga_per_unita(struttura: Struttura) -> None:
    assert scritto(struttura.versione) == INTESTAZIONE + (
        "DG;Direzione Generale;direzione;;no;1\n"
        "DIP;Dipartimento Medico;dipartimento;DG;no;1\n"
        "CAR;Cardiologia;uoc;DIP;sì;1\n"
        "PNE;Pneumologia;uoc;DIP;sì;2\n"
    )


def test_rileggere_cio_che_si_e_scritto_non_cambia_niente(
    struttura: Struttura, bozza: Organigramma
) -> None:
    bozza.unita.filter(codice="PNE").update(ordine=40)
    righe = foglio.leggi(scritto(bozza).encode("utf-8-sig"))
    assert azioni.importa_foglio(bozza, righe, da=None) == Importate(0, 0, 0)
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]
    assert list(in_versione(bozza, "CAR").precedenti.all()) == [struttura.unita("CAR")]


def test_il_foglio_aggiunge_cambia_sposta_e_toglie(
    struttura: Struttura, bozza: Organigramma
) -> None:
    righe = foglio.leggi(
        (
            "nome;codice;tipo;cdr;codice_superiore\n"
            "Emodinamica;EMO;UOS;x;CAR\n"
            "Cardiologia e UTIC;CAR;Unità operativa complessa;SI;TER\n"
            "Territorio;TER;distretto;;DG\n"
            "Direzione Generale;DG;direzione;no;\n"
        ).encode("cp1252")
    )
    esito = azioni.importa_foglio(bozza, righe, da=None)
    assert esito == Importate(aggiunte=2, cambiate=1, tolte=2)
    assert disegno(bozza) == ["DG", "  TER", "    CAR", "      EMO"]
    car = in_versione(bozza, "CAR")
    assert (car.nome, car.tipo, car.cdr) == ("Cardiologia e UTIC", "uoc", True)
    assert list(car.precedenti.all()) == [struttura.unita("CAR")]
    assert Evento.objects.get(tipo="organigramma.importato").dati["dopo"].keys() == {
        "EMO", "CAR", "TER", "DG",
    }  # fmt: skip


def test_l_ordine_del_foglio_e_quello_dell_albero(bozza: Organigramma) -> None:
    righe = foglio.leggi(
        (
            INTESTAZIONE + "A;A;uoc;;;\nE;E;uoc;A;;\nB;B;uoc;A;;20\nC;C;uoc;A;;3\nD;D;uoc;A;;3\n"
        ).encode()
    )
    azioni.importa_foglio(bozza, righe, da=None)
    assert disegno(bozza) == ["A", "  C", "  D", "  B", "  E"]


def test_un_unita_usata_che_il_foglio_non_ha_ferma_tutto(bozza: Organigramma) -> None:
    pne = in_versione(bozza, "PNE")
    IncaricoFactory(azienda=bozza.azienda, unita=pne)
    with pytest.raises(ValidationError, match=r"la usano incarichi \(1\)"):
        azioni.importa_foglio(bozza, [RigaUnita("DG", "Nuova", "direzione")], da=None)
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]
    assert in_versione(bozza, "DG").nome == "Direzione Generale"


def test_ogni_cella_sbagliata_e_detta_con_il_suo_posto() -> None:
    assert errori(
        "DG;;direzione;;no;1\n"
        "\n"
        "CAR;Cardiologia;reparto;DIP;forse;-1\n"
        "CAR;Doppia;uoc;;;1e3\n"
        f"{'X' * 31};Lunga;uoc;;;1000001\n"
        ";Senza;uoc;;;\n"
        "Z;Invisi\u200bbile;uoc;Z;;\n"
    ) == [
        "Riga 2, colonna nome: manca.",
        "Riga 4, colonna tipo: «reparto» non è un tipo; scrivere uno fra direzione, dipartimento, "
        "uoc, uos, distretto, presidio, ufficio, altro.",
        "Riga 4, colonna cdr: «forse» non è né sì né no.",
        "Riga 4, colonna ordine: «-1» non è un numero intero da 0 a 1000000.",
        "Riga 4, colonna codice_superiore: «DIP» non è il codice di nessuna riga.",
        "Riga 5, colonna codice: «CAR» è già alla riga 4; ogni unità ha il suo.",
        "Riga 5, colonna ordine: «1e3» non è un numero intero da 0 a 1000000.",
        "Riga 6, colonna codice: supera i 30 caratteri.",
        "Riga 6, colonna ordine: «1000001» non è un numero intero da 0 a 1000000.",
        "Riga 7, colonna codice: manca.",
        "Riga 8, colonna nome: contiene un carattere invisibile.",
        "Riga 8, colonna codice_superiore: risalendo da «Z» si torna a «Z».",
    ]


def test_un_giro_di_unita_e_troppi_livelli_si_vedono() -> None:
    assert errori("A;A;uoc;B;;\nB;B;uoc;C;;\nC;C;uoc;A;;\nD;D;uoc;A;;\n") == [
        "Riga 2, colonna codice_superiore: risalendo da «A» si torna a «A».",
        "Riga 3, colonna codice_superiore: risalendo da «B» si torna a «B».",
        "Riga 4, colonna codice_superiore: risalendo da «C» si torna a «C».",
    ]
    catena = "".join(f"L{n};L{n};uoc;{f'L{n - 1}' if n else ''};;\n" for n in range(14))
    assert errori(catena) == [
        "Riga 14, colonna codice_superiore: l’unità sta oltre il livello 12.",
        "Riga 15, colonna codice_superiore: l’unità sta oltre il livello 12.",
    ]
    assert (
        len(
            foglio.leggi(
                (INTESTAZIONE + catena).encode()[: -len("L12;L12;uoc;L11;;\nL13;L13;uoc;L12;;\n")]
            )
        )
        == 12
    )


@pytest.mark.parametrize(
    ("contenuto", "frase"),
    [
        (b"", "mancano le colonne: codice, nome, tipo"),
        (b"codice;nome\n1;2\n", "mancano le colonne: tipo"),
        (b"codice;nome;tipo;nome\n", "due volte la colonna nome"),
        (INTESTAZIONE.encode(), "solo l’intestazione"),
        (b"PK\x03\x04\x00\x00", "non è un CSV"),
        (b"codice;nome;tipo\n" + b"A;B;uoc\n" * 5001, "più di 5000 righe"),
        (b"codice;nome;tipo\nA;" + b"x" * 200_000 + b";uoc\n", "Riga 2: il file non si legge"),
    ],
)
def test_un_file_che_non_e_un_foglio_lo_dice(contenuto: bytes, frase: str) -> None:
    with pytest.raises(ValidationError, match=frase):
        foglio.leggi(contenuto)


def test_dopo_trenta_errori_si_dice_quanti_altri_sono() -> None:
    detti = errori("".join(f"U{n};N;no;;;\n" for n in range(33)))
    assert (len(detti), detti[-1]) == (31, "… e altri 3 errori.")
    detti = errori("".join(f"U{n};N;no;;;\n" for n in range(31)))
    assert detti[-1] == "… e un altro errore."


def test_le_formule_escono_innocue_e_tornano_com_erano(bozza: Organigramma) -> None:
    nomi = ["=1+1", "'=1", "@sum", "-5", "+39", "d’altro", "'semplice"]
    bozza.unita.all().delete()
    for nome in nomi:
        UnitaFactory(organigramma=bozza, nome=nome)
    testo = scritto(bozza)
    assert ";'=1+1;" in testo
    assert [riga.nome for riga in foglio.leggi(testo.encode())] == nomi


@given(st.binary(max_size=300))
def test_nessun_file_fa_cadere_la_lettura(contenuto: bytes) -> None:
    for prima in (b"", b"codice;nome;tipo\n", INTESTAZIONE.encode()):
        try:
            righe = foglio.leggi(prima + contenuto)
        except ValidationError:
            continue
        assert all(riga.codice and riga.nome and riga.tipo for riga in righe)
