# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drawing the tree of a draft: add, change, move, order, remove, split, merge."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from piani import azioni
from piani.azioni import Parte
from piani.models import Evento, Incarico, Organigramma, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaFactory,
    IncaricoFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    UnitaFactory,
)
from tests.piani.organigramma.struttura import Struttura, disegno, in_versione

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Prepara = Callable[..., UnitaOrganizzativa]


def aggiungi(bozza: Organigramma, codice: str, padre: str = "", **altro: Any) -> UnitaOrganizzativa:
    return azioni.aggiungi_unita(
        bozza,
        **{"codice": codice, "nome": f"Unità {codice}", "tipo": "uoc", "da": None} | altro,
        padre=in_versione(bozza, padre) if padre else None,
    )


def test_si_aggiunge_in_fondo_sotto_l_unita_scelta(bozza: Organigramma, controllo: Utente) -> None:
    nuova = aggiungi(bozza, "NEF", "DIP", cdr=True, nota="Dal decreto 12", da=controllo)
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE", "    NEF"]
    assert (nuova.cdr, nuova.nota, nuova.precedenti.count()) == (True, "Dal decreto 12", 0)
    evento = Evento.objects.get(tipo="unita.aggiunta")
    assert (evento.da, evento.dati["dopo"]["codice"]) == (controllo, "NEF")


@pytest.mark.parametrize(
    ("campo", "valore", "frase"),
    [
        ("codice", "CAR", "già di «Cardiologia»"),
        ("codice", "", "non può essere vuoto"),
        ("codice", "X" * 31, "più di 30 caratteri"),
        ("nome", "N" * 201, "più di 200 caratteri"),
        ("tipo", "reparto", "non è una scelta valida"),
    ],
)
def test_un_campo_sbagliato_si_dice_accanto_al_campo(
    bozza: Organigramma, campo: str, valore: str, frase: str
) -> None:
    with pytest.raises(ValidationError) as errore:
        aggiungi(bozza, **{"codice": "NEF"} | {campo: valore})
    assert list(errore.value.message_dict) == [campo]
    assert frase in errore.value.message_dict[campo][0]
    assert bozza.unita.count() == 4


def test_non_si_aggiunge_sotto_un_unita_di_un_altra_versione(
    struttura: Struttura, bozza: Organigramma
) -> None:
    with pytest.raises(ValidationError, match="non è in questa bozza"):
        azioni.aggiungi_unita(
            bozza, codice="X", nome="X", tipo="uoc", padre=struttura.unita("DIP"), da=None
        )


def test_i_livelli_hanno_un_limite(bozza: Organigramma) -> None:
    sopra = "PNE"
    for livello in range(4, 13):
        aggiungi(bozza, f"L{livello}", sopra)
        sopra = f"L{livello}"
    with pytest.raises(ValidationError, match="avrebbe 13 livelli: al massimo sono 12"):
        aggiungi(bozza, "TROPPO", sopra)
    with pytest.raises(ValidationError, match="avrebbe 13 livelli"):
        azioni.sposta_unita(in_versione(bozza, "PNE"), padre=in_versione(bozza, "CAR"), da=None)


def test_si_cambiano_codice_nome_tipo_e_segno_di_cdr(
    struttura: Struttura, bozza: Organigramma, controllo: Utente
) -> None:
    car = in_versione(bozza, "CAR")
    nuovi = {"codice": "UTIC", "nome": "Cardiologia e UTIC", "tipo": "uos", "cdr": False}
    assert azioni.modifica_unita(car, **nuovi, nota="Decreto 3", da=controllo)
    car.refresh_from_db()
    assert {campo: getattr(car, campo) for campo in nuovi} == nuovi
    assert list(car.precedenti.all()) == [struttura.unita("CAR")]
    evento = Evento.objects.get(tipo="unita.modificata")
    assert evento.dati["prima"]["nome"] == "Cardiologia"
    assert evento.dati["dopo"]["nome"] == "Cardiologia e UTIC"
    assert not azioni.modifica_unita(car, **nuovi, nota="Decreto 3", da=controllo)
    assert Evento.objects.filter(tipo="unita.modificata").count() == 1


def test_non_si_salva_sopra_un_salvataggio_piu_nuovo(bozza: Organigramma) -> None:
    mia, sua = in_versione(bozza, "CAR"), in_versione(bozza, "CAR")
    dati = {"codice": "CAR", "tipo": "uoc", "cdr": True, "da": None}
    azioni.modifica_unita(sua, nome="Cardiologia nuova", vista=sua.impronta, **dati)
    with pytest.raises(ValidationError, match="qualcuno ha cambiato «Cardiologia nuova»"):
        azioni.modifica_unita(mia, nome="Cardiologia mia", vista=mia.impronta, **dati)
    assert in_versione(bozza, "CAR").nome == "Cardiologia nuova"


def rinomina(unita: UnitaOrganizzativa, nome: str, via: Barrier) -> str:
    try:
        via.wait(timeout=20)
        azioni.modifica_unita(
            unita, codice="CAR", nome=nome, tipo="uoc", cdr=True, vista=unita.impronta, da=None
        )
    except ValidationError as errore:
        return errore.messages[0]
    finally:
        connection.close()
    return nome


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="in memoria c'è una connessione sola")
def test_di_due_salvataggi_insieme_uno_vince_e_l_altro_lo_sa(bozza: Organigramma) -> None:
    car, via = in_versione(bozza, "CAR"), Barrier(2)
    with ThreadPoolExecutor(2) as due:
        esiti = list(due.map(rinomina, [car, car], ["Prima", "Seconda"], [via, via]))
    nome = in_versione(bozza, "CAR").nome
    assert nome in esiti
    (perde,) = set(esiti) - {nome}
    assert perde.startswith(f"Mentre scrivevi qualcuno ha cambiato «{nome}»")


def test_spostare_porta_con_se_cio_che_sta_sotto(bozza: Organigramma, controllo: Utente) -> None:
    aggiungi(bozza, "TER", "DG")
    azioni.sposta_unita(in_versione(bozza, "DIP"), padre=in_versione(bozza, "TER"), da=controllo)
    assert disegno(bozza) == ["DG", "  TER", "    DIP", "      CAR", "      PNE"]
    azioni.sposta_unita(in_versione(bozza, "PNE"), padre=None, da=controllo)
    assert disegno(bozza) == ["DG", "  TER", "    DIP", "      CAR", "PNE"]
    assert Evento.objects.filter(tipo="unita.spostata", da=controllo).count() == 2
    azioni.sposta_unita(in_versione(bozza, "PNE"), padre=None, da=controllo)
    assert Evento.objects.filter(tipo="unita.spostata").count() == 2


@pytest.mark.parametrize("sotto", ["DG", "DIP", "CAR"])
def test_non_ci_si_sposta_sotto_se_stessi(bozza: Organigramma, sotto: str) -> None:
    with pytest.raises(ValidationError, match="non può stare sotto se stessa"):
        azioni.sposta_unita(in_versione(bozza, "DG"), padre=in_versione(bozza, sotto), da=None)
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]


def test_si_cambia_l_ordine_fra_sorelle(bozza: Organigramma) -> None:
    pne = in_versione(bozza, "PNE")
    assert azioni.ordina_unita(pne, in_su=True, da=None)
    assert disegno(bozza) == ["DG", "  DIP", "    PNE", "    CAR"]
    assert not azioni.ordina_unita(pne, in_su=True, da=None)
    assert azioni.ordina_unita(pne, in_su=False, da=None)
    assert not azioni.ordina_unita(pne, in_su=False, da=None)
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]
    assert Evento.objects.filter(tipo="unita.ordinata").count() == 2


def test_anche_sorelle_con_lo_stesso_ordine_si_scambiano(bozza: Organigramma) -> None:
    bozza.unita.update(ordine=7)
    azioni.ordina_unita(in_versione(bozza, "PNE"), in_su=True, da=None)
    assert disegno(bozza) == ["DG", "  DIP", "    PNE", "    CAR"]


def test_si_toglie_un_unita_che_nessuno_usa(bozza: Organigramma, controllo: Utente) -> None:
    azioni.elimina_unita(in_versione(bozza, "PNE"), da=controllo)
    assert disegno(bozza) == ["DG", "  DIP", "    CAR"]
    assert Evento.objects.get(tipo="unita.eliminata").dati["prima"]["nome"] == "Pneumologia"


def test_non_si_toglie_un_unita_che_ne_ha_altre_sotto(bozza: Organigramma) -> None:
    with pytest.raises(ValidationError, match=r"ci sono altre unità \(2\)"):
        azioni.elimina_unita(in_versione(bozza, "DIP"), da=None)


def obiettivo(unita: UnitaOrganizzativa) -> None:
    piano = PianoFactory(azienda=unita.azienda)
    ObiettivoFactory(area=AreaFactory(piano=piano), responsabile=unita)


def contributo(unita: UnitaOrganizzativa) -> None:
    area = AreaFactory(piano=PianoFactory(azienda=unita.azienda))
    ObiettivoFactory(area=area).contributrici.add(unita)


def incarico(unita: UnitaOrganizzativa) -> None:
    IncaricoFactory(azienda=unita.azienda, unita=unita)


@pytest.mark.parametrize(
    ("usa", "chi"),
    [(obiettivo, "obiettivi"), (contributo, "obiettivi"), (incarico, "incarichi")],
)
def test_non_si_toglie_un_unita_usata(
    bozza: Organigramma, usa: Callable[[UnitaOrganizzativa], None], chi: str
) -> None:
    pne = in_versione(bozza, "PNE")
    usa(pne)
    for togli in (
        lambda: azioni.elimina_unita(pne, da=None),
        lambda: azioni.elimina_bozza(bozza, da=None),
        lambda: azioni.unisci_unita(
            bozza, unita=[in_versione(bozza, "CAR"), pne], codice="C", nome="C", da=None
        ),
    ):
        with pytest.raises(ValidationError, match=rf"la usano {chi} \(1\)"):
            togli()
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]


def test_un_unita_tolta_da_un_altro_si_dice(bozza: Organigramma) -> None:
    pne = in_versione(bozza, "PNE")
    azioni.elimina_unita(in_versione(bozza, "PNE"), da=None)
    with pytest.raises(ValidationError, match="«Pneumologia» non c’è più"):
        azioni.elimina_unita(pne, da=None)


def test_si_dice_da_che_cosa_viene_un_unita(struttura: Struttura, bozza: Organigramma) -> None:
    nuova = aggiungi(bozza, "NEF")
    vecchie = [struttura.unita("CAR"), struttura.unita("PNE")]
    azioni.collega_precedenti(nuova, precedenti=vecchie, da=None)
    assert set(nuova.precedenti.all()) == set(vecchie)
    azioni.collega_precedenti(nuova, precedenti=vecchie[:1], da=None)
    assert list(nuova.precedenti.all()) == vecchie[:1]
    azioni.collega_precedenti(nuova, precedenti=vecchie[:1], da=None)
    assert Evento.objects.filter(tipo="unita.collegata").count() == 2
    with pytest.raises(ValidationError, match="della versione da cui la bozza è clonata"):
        azioni.collega_precedenti(nuova, precedenti=[in_versione(bozza, "CAR")], da=None)
    with pytest.raises(ValidationError, match="della versione da cui la bozza è clonata"):
        azioni.collega_precedenti(nuova, precedenti=[UnitaFactory()], da=None)


# Split and merge ---------------------------------------------------------------------------------


def test_dividere_fa_piu_unita_che_vengono_dalla_stessa(
    struttura: Struttura, bozza: Organigramma, controllo: Utente
) -> None:
    aggiungi(bozza, "AMB", "CAR")
    nate = azioni.dividi_unita(
        in_versione(bozza, "CAR"),
        parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emodinamica"), Parte("UTIC", "UTIC")],
        da=controllo,
    )
    assert disegno(bozza) == [
        "DG",
        "  DIP",
        "    CAR",
        "      AMB",
        "    EMO",
        "    UTIC",
        "    PNE",
    ]
    for una in nate:
        assert list(una.precedenti.all()) == [struttura.unita("CAR")]
        assert (una.tipo, una.cdr) == ("uoc", True)
    evento = Evento.objects.get(tipo="unita.divisa")
    assert evento.dati["prima"] == {"codice": "CAR", "nome": "Cardiologia"}


def test_le_parti_possono_scambiarsi_il_codice(bozza: Organigramma) -> None:
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("NEW", "Nuova"), Parte("CAR", "Vecchia")], da=None
    )
    assert disegno(bozza) == ["DG", "  DIP", "    NEW", "    CAR", "    PNE"]


@pytest.mark.parametrize(
    ("parti", "frase"),
    [
        ([Parte("CAR", "Cardiologia")], "almeno due unità"),
        ([Parte("CAR", "Cardiologia"), Parte("PNE", "Doppia")], "già di «Pneumologia»"),
        ([Parte("A", "Uno"), Parte("A", "Due")], "già di «Uno»"),
        ([Parte("A", "Uno"), Parte("B", "")], "non può essere vuoto"),
    ],
)
def test_una_divisione_sbagliata_non_lascia_niente(
    bozza: Organigramma, parti: list[Parte], frase: str
) -> None:
    with pytest.raises(ValidationError, match=frase):
        azioni.dividi_unita(in_versione(bozza, "CAR"), parti=parti, da=None)
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]


def test_unire_fa_un_unita_sola_che_viene_da_tutte(
    struttura: Struttura, bozza: Organigramma, controllo: Utente
) -> None:
    aggiungi(bozza, "AMB", "PNE")
    bozza.unita.filter(codice="CAR").update(cdr=False)
    unita = azioni.unisci_unita(
        bozza,
        unita=[in_versione(bozza, "PNE"), in_versione(bozza, "CAR")],
        codice="CP",
        nome="Cardiopneumologia",
        da=controllo,
    )
    assert disegno(bozza) == ["DG", "  DIP", "    CP", "      AMB"]
    assert set(unita.precedenti.all()) == {struttura.unita("CAR"), struttura.unita("PNE")}
    assert unita.cdr
    evento = Evento.objects.get(tipo="unita.unite")
    assert [una["codice"] for una in evento.dati["prima"]] == ["CAR", "PNE"]


def test_unire_una_con_quella_che_le_sta_sotto(bozza: Organigramma) -> None:
    aggiungi(bozza, "AMB", "PNE")
    azioni.unisci_unita(
        bozza,
        unita=[in_versione(bozza, codice) for codice in ("PNE", "DIP", "AMB")],
        codice="DIP",
        nome="Dipartimento unico",
        da=None,
    )
    assert disegno(bozza) == ["DG", "  DIP", "    CAR"]


def test_per_unire_ce_ne_vogliono_due_della_bozza(
    struttura: Struttura, bozza: Organigramma
) -> None:
    car = in_versione(bozza, "CAR")
    for scelte in ([], [car], [car, car], [car, struttura.unita("PNE")]):
        with pytest.raises(ValidationError, match="almeno due unità di questa bozza"):
            azioni.unisci_unita(bozza, unita=scelte, codice="X", nome="X", da=None)
    with pytest.raises(ValidationError, match="già di «Direzione Generale»"):
        azioni.unisci_unita(
            bozza, unita=[car, in_versione(bozza, "PNE")], codice="DG", nome="X", da=None
        )
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]


def test_dividere_e_poi_unire_ricorda_da_dove_si_viene(
    struttura: Struttura, bozza: Organigramma
) -> None:
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    unita = azioni.unisci_unita(
        bozza,
        unita=[in_versione(bozza, "EMO"), in_versione(bozza, "PNE")],
        codice="EP",
        nome="Emo e Pneumo",
        da=None,
    )
    assert set(unita.precedenti.all()) == {struttura.unita("CAR"), struttura.unita("PNE")}
    assert not Incarico.objects.exists()


def test_la_bozza_di_un_altra_azienda_non_si_mescola(bozza: Organigramma) -> None:
    altrui = UnitaFactory(organigramma=OrganigrammaFactory(valido_dal=None))
    with pytest.raises(ValidationError, match="non è in questa bozza"):
        azioni.sposta_unita(in_versione(bozza, "CAR"), padre=altrui, da=None)
