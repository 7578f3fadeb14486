# SPDX-License-Identifier: AGPL-3.0-or-later
"""Versions: a draft is cloned, thrown away, put in force; two never hold on the same day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from importlib import import_module
from threading import Barrier

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from piani import azioni
from piani.models import Azienda, Evento, Incarico, Organigramma, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import OrganigrammaFactory, UnitaFactory
from tests.piani.organigramma.struttura import DAL, ULTIMO, Struttura, disegno, in_versione

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def test_la_bozza_e_la_copia_della_versione_e_ogni_unita_sa_che_cosa_era(
    struttura: Struttura, bozza: Organigramma
) -> None:
    assert disegno(bozza) == disegno(struttura.versione) == ["DG", "  DIP", "    CAR", "    PNE"]
    assert (bozza.in_bozza, bozza.nata_da) == (True, struttura.versione)
    for una in bozza.unita.all():
        assert list(una.precedenti.all()) == [struttura.unita(una.codice)]
    car = in_versione(bozza, "CAR")
    assert (car.nome, car.tipo, car.cdr, car.ordine) == ("Cardiologia", "uoc", True, 1)
    assert Evento.objects.get(tipo="organigramma.bozza_aperta").dati == {
        "clonata_da": struttura.versione.pk
    }


def test_la_copia_di_una_bozza_ne_copia_i_legami(struttura: Struttura, bozza: Organigramma) -> None:
    azioni.dividi_unita(
        in_versione(bozza, "CAR"),
        parti=[azioni.Parte("CAR", "Cardiologia"), azioni.Parte("UTIC", "UTIC")],
        da=None,
    )
    altra = azioni.apri_bozza(struttura.azienda, nome="Altra ipotesi", origine=bozza, da=None)
    assert altra.nata_da == struttura.versione
    assert list(in_versione(altra, "UTIC").precedenti.all()) == [struttura.unita("CAR")]
    assert disegno(altra) == ["DG", "  DIP", "    CAR", "    UTIC", "    PNE"]


def test_la_prima_bozza_di_un_azienda_e_vuota(azienda: Azienda) -> None:
    prima = azioni.apri_bozza(azienda, nome="Il primo", origine=None, da=None)
    assert (prima.unita.count(), prima.nata_da) == (0, None)
    with pytest.raises(ValidationError, match="La bozza è vuota"):
        azioni.metti_in_vigore(prima, dal=DAL, da=None)
    azioni.aggiungi_unita(prima, codice="DG", nome="Direzione", tipo="direzione", da=None)
    azioni.metti_in_vigore(prima, dal=DAL, da=None)
    assert list(azienda.organigrammi.in_vigore(DAL)) == [prima]


def test_si_clona_solo_l_ultima_versione_o_una_bozza_della_stessa_azienda(
    struttura: Struttura, bozza: Organigramma
) -> None:
    azienda = struttura.azienda
    with pytest.raises(ValidationError, match="si clona da quello"):
        azioni.apri_bozza(azienda, nome="Vuota", origine=None, da=None)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    altrui = OrganigrammaFactory(valido_dal=None)
    for origine in (struttura.versione, altrui):
        with pytest.raises(ValidationError, match="l’ultima versione"):
            azioni.apri_bozza(azienda, nome="No", origine=origine, da=None)


def test_mettere_in_vigore_chiude_la_versione_di_prima_il_giorno_prima(
    struttura: Struttura, bozza: Organigramma, controllo: Utente
) -> None:
    azioni.metti_in_vigore(bozza, dal=DAL, da=controllo)
    struttura.versione.refresh_from_db()
    bozza.refresh_from_db()
    assert struttura.versione.valido_al == ULTIMO
    assert (bozza.valido_dal, bozza.valido_al) == (DAL, None)
    organigrammi = struttura.azienda.organigrammi
    assert list(organigrammi.in_vigore(ULTIMO)) == [struttura.versione]
    assert list(organigrammi.in_vigore(DAL)) == [bozza]
    evento = Evento.objects.get(tipo="organigramma.in_vigore")
    assert (evento.da, evento.dati["chiude"]) == (controllo, struttura.versione.pk)


def test_una_versione_gia_chiusa_prima_resta_come_era(
    struttura: Struttura, bozza: Organigramma
) -> None:
    Organigramma.objects.filter(pk=struttura.versione.pk).update(valido_al=date(2023, 12, 31))
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    struttura.versione.refresh_from_db()
    assert struttura.versione.valido_al == date(2023, 12, 31)


@pytest.mark.parametrize("dal", [date(2020, 1, 1), date(2019, 5, 1)])
def test_non_si_comincia_prima_della_versione_che_c_e(
    struttura: Struttura, bozza: Organigramma, dal: date
) -> None:
    with pytest.raises(ValidationError, match="comincia il 01/01/2020") as errore:
        azioni.metti_in_vigore(bozza, dal=dal, da=None)
    assert list(errore.value.message_dict) == ["dal"]
    assert Organigramma.objects.bozze().get() == bozza


def test_una_bozza_rimasta_indietro_non_entra_in_vigore(
    struttura: Struttura, bozza: Organigramma
) -> None:
    altra = azioni.apri_bozza(struttura.azienda, nome="Altra", origine=struttura.versione, da=None)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    with pytest.raises(ValidationError, match="«POAS 2025», e questa bozza non viene da quello"):
        azioni.metti_in_vigore(altra, dal=date(2026, 1, 1), da=None)


def test_in_vigore_non_si_cambia_piu(struttura: Struttura, bozza: Organigramma) -> None:
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    car = in_versione(bozza, "CAR")
    prima, eventi = disegno(bozza), Evento.objects.count()
    for cambia in (
        lambda: azioni.metti_in_vigore(bozza, dal=date(2026, 1, 1), da=None),
        lambda: azioni.modifica_bozza(bozza, nome="X", fonte="", da=None),
        lambda: azioni.elimina_bozza(bozza, da=None),
        lambda: azioni.importa_foglio(bozza, [], da=None),
        lambda: azioni.aggiungi_unita(bozza, codice="X", nome="X", tipo="uoc", da=None),
        lambda: azioni.modifica_unita(car, codice="X", nome="X", tipo="uoc", cdr=True, da=None),
        lambda: azioni.sposta_unita(car, padre=None, da=None),
        lambda: azioni.ordina_unita(car, in_su=False, da=None),
        lambda: azioni.elimina_unita(car, da=None),
        lambda: azioni.collega_precedenti(car, precedenti=[], da=None),
        lambda: azioni.dividi_unita(car, parti=[azioni.Parte("A", "A")] * 2, da=None),
        lambda: azioni.unisci_unita(bozza, unita=[car, car], codice="A", nome="A", da=None),
    ):
        with pytest.raises(ValidationError, match="non è più una bozza"):
            cambia()
    assert (disegno(bozza), Evento.objects.count()) == (prima, eventi)


def test_una_bozza_si_rinomina_e_si_butta(bozza: Organigramma, controllo: Utente) -> None:
    azioni.modifica_bozza(bozza, nome="POAS 2026", fonte="Decreto 12/2025", da=controllo)
    bozza.refresh_from_db()
    assert (bozza.nome, bozza.fonte) == ("POAS 2026", "Decreto 12/2025")
    azioni.elimina_bozza(bozza, da=controllo)
    assert not Organigramma.objects.bozze().exists()
    evento = Evento.objects.get(tipo="organigramma.bozza_eliminata")
    assert [una["codice"] for una in evento.dati["unita"]] == ["DG", "DIP", "CAR", "PNE"]
    with pytest.raises(ValidationError, match="non è più una bozza"):
        azioni.elimina_bozza(bozza, da=controllo)


@pytest.mark.parametrize(
    "ruolo", [ruolo for ruolo in Ruolo if ruolo not in ("amministratore", "controllo_gestione")]
)
def test_cambiano_l_organigramma_solo_amministratore_e_controllo_di_gestione(
    struttura: Struttura, bozza: Organigramma, incaricato, ruolo: Ruolo
) -> None:
    altro = incaricato(ruolo)
    car, eventi = in_versione(bozza, "CAR"), Evento.objects.count()
    for cambia in (
        lambda: azioni.apri_bozza(struttura.azienda, nome="X", origine=bozza, da=altro),
        lambda: azioni.metti_in_vigore(bozza, dal=DAL, da=altro),
        lambda: azioni.modifica_bozza(bozza, nome="X", fonte="", da=altro),
        lambda: azioni.elimina_bozza(bozza, da=altro),
        lambda: azioni.importa_foglio(bozza, [], da=altro),
        lambda: azioni.aggiungi_unita(bozza, codice="X", nome="X", tipo="uoc", da=altro),
        lambda: azioni.modifica_unita(car, codice="X", nome="X", tipo="uoc", cdr=True, da=altro),
        lambda: azioni.sposta_unita(car, padre=None, da=altro),
        lambda: azioni.ordina_unita(car, in_su=False, da=altro),
        lambda: azioni.elimina_unita(car, da=altro),
        lambda: azioni.collega_precedenti(car, precedenti=[], da=altro),
        lambda: azioni.dividi_unita(car, parti=[azioni.Parte("A", "A")] * 2, da=altro),
        lambda: azioni.unisci_unita(bozza, unita=[car, car], codice="A", nome="A", da=altro),
    ):
        with pytest.raises(PermissionDenied):
            cambia()
    assert Evento.objects.count() == eventi
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    PNE"]


@pytest.mark.parametrize("ruolo", [Ruolo.AMMINISTRATORE, Ruolo.CONTROLLO_GESTIONE])
def test_chi_puo_disegna(
    struttura: Struttura, bozza: Organigramma, incaricato, ruolo: Ruolo
) -> None:
    azioni.metti_in_vigore(bozza, dal=DAL, da=incaricato(ruolo))
    assert list(struttura.azienda.organigrammi.in_vigore(DAL)) == [bozza]


# The calendar ------------------------------------------------------------------------------------


def test_la_banca_dati_non_tiene_due_versioni_aperte_ne_bozze_con_la_fine(
    azienda: Azienda,
) -> None:
    OrganigrammaFactory(azienda=azienda)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganigrammaFactory(azienda=azienda, valido_dal=date(2021, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganigrammaFactory(azienda=azienda, valido_dal=None, valido_al=date(2021, 1, 1))
    OrganigrammaFactory.create_batch(2, azienda=azienda, valido_dal=None)


def test_nessuna_unita_sta_sotto_se_stessa() -> None:
    una = UnitaFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitaOrganizzativa.objects.filter(pk=una.pk).update(parent=una)


def test_la_migrazione_chiude_le_versioni_che_si_sovrapponevano(azienda: Azienda) -> None:
    date_ = [
        (date(2019, 1, 1), date(2019, 12, 31)),
        (date(2020, 1, 1), date(2023, 6, 30)),
        (date(2022, 1, 1), date(2030, 12, 31)),
        (date(2024, 1, 1), None),
    ]
    versioni = [
        OrganigrammaFactory(azienda=azienda, valido_dal=dal, valido_al=al) for dal, al in date_
    ]
    altra = OrganigrammaFactory(valido_dal=date(2018, 1, 1))
    import_module("piani.migrations.0003_organigrammi_senza_sovrapposizioni").chiudi(apps, None)
    fini = []
    for una in [*versioni, altra]:
        una.refresh_from_db()
        fini.append(una.valido_al)
    assert fini == [date(2019, 12, 31), date(2021, 12, 31), date(2023, 12, 31), None, None]


def test_chi_carica_un_organigramma_piu_recente_chiude_quello_di_prima(
    struttura: Struttura,
) -> None:
    from piani.azioni.carica import _organigramma
    from piani.importa import PianoLetto

    dati = {"nome": "Caricato", "valido_dal": DAL}
    righe = [{"codice": "DG", "nome": "Direzione", "tipo": "direzione"}]
    resta = struttura.incarico("DG")
    letto = PianoLetto(azienda={}, piano={}, organigramma=dati, unita=righe)
    _organigramma(struttura.azienda, letto, None)
    _organigramma(struttura.azienda, letto, None)
    nuovo = struttura.azienda.organigrammi.datate().first()
    struttura.versione.refresh_from_db()
    assert struttura.versione.valido_al == ULTIMO
    assert list(in_versione(nuovo, "DG").precedenti.all()) == [struttura.unita("DG")]
    assert list(Incarico.objects.filter(utente=resta.utente).values_list("dal", "al")) == [
        (date(2020, 1, 1), ULTIMO),
        (DAL, None),
    ]
    vecchio = PianoLetto(
        azienda={},
        piano={},
        organigramma={"nome": "Di mezzo", "valido_dal": date(2022, 1, 1)},
        unita=righe,
    )
    _organigramma(struttura.azienda, vecchio, None)
    fini = struttura.azienda.organigrammi.datate().values_list("valido_dal", "valido_al")
    assert list(fini) == [
        (DAL, None),
        (date(2022, 1, 1), ULTIMO),
        (date(2020, 1, 1), date(2021, 12, 31)),
    ]


def in_vigore(bozza: Organigramma, via: Barrier) -> str:
    try:
        via.wait(timeout=20)
        azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    except ValidationError as errore:
        return errore.messages[0]
    finally:
        connection.close()
    return ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="in memoria c'è una connessione sola")
def test_di_due_bozze_messe_in_vigore_insieme_ne_entra_una_sola(
    struttura: Struttura, bozza: Organigramma
) -> None:
    altra = azioni.apri_bozza(struttura.azienda, nome="Altra", origine=struttura.versione, da=None)
    via = Barrier(2)
    with ThreadPoolExecutor(2) as due:
        esiti = sorted(due.map(in_vigore, [bozza, altra], [via, via]))
    assert esiti[0] == ""
    assert "questa bozza non viene da quello" in esiti[1]
    assert struttura.azienda.organigrammi.in_vigore(DAL).count() == 1
    assert struttura.azienda.organigrammi.in_vigore(ULTIMO).count() == 1
    assert Organigramma.objects.bozze().count() == 1
    assert Evento.objects.filter(tipo="organigramma.in_vigore").count() == 1


def riordina(codice: str, bozza: Organigramma, via: Barrier) -> str:
    """Twenty changes of the draft, as far as it is one."""
    try:
        car = in_versione(bozza, codice)
        via.wait(timeout=20)
        for giro in range(20):
            azioni.ordina_unita(car, in_su=bool(giro % 2), da=None)
    except ValidationError as errore:
        return errore.messages[0]
    finally:
        connection.close()
    return ""


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="in memoria c'è una connessione sola")
def test_disegnare_e_mettere_in_vigore_insieme_non_si_bloccano(
    struttura: Struttura, bozza: Organigramma
) -> None:
    via = Barrier(3)
    with ThreadPoolExecutor(3) as tre:
        altri = [tre.submit(riordina, codice, bozza, via) for codice in ("CAR", "PNE")]
        assert tre.submit(in_vigore, bozza, via).result() == ""
        for altro in altri:
            assert altro.result() == "" or "non è più una bozza" in altro.result()
    assert list(struttura.azienda.organigrammi.in_vigore(DAL)) == [bozza]
