# SPDX-License-Identifier: AGPL-3.0-or-later
"""Heads and deputies by date, and what becomes of incarichi when the chart changes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from piani import azioni
from piani.azioni import Parte
from piani.models import Evento, Incarico, Organigramma, Ruolo, UnitaOrganizzativa, Utente
from piani.organigramma.responsabili import affidate, guide, responsabile_di
from piani.organigramma.sospesi import rimasti_indietro, senza_unita
from tests.factories import IncaricoFactory, UtenteFactory
from tests.piani.organigramma.struttura import DAL, ULTIMO, Struttura, in_versione

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
OGGI = date(2024, 6, 1)
DOPO = date(2025, 6, 1)


def giorni(persona: Utente) -> list[tuple[str, date, date | None]]:
    """Where the person was, from when to when."""
    return [
        (incarico.unita.codice if incarico.unita else "", incarico.dal, incarico.al)
        for incarico in Incarico.objects.filter(utente=persona).order_by("dal")
    ]


# Who answers -------------------------------------------------------------------------------------


def test_chi_manca_e_sostituito_dal_responsabile_piu_vicino_in_alto(struttura: Struttura) -> None:
    car = struttura.unita("CAR")
    assert responsabile_di(car, OGGI) is None
    generale = struttura.incarico("DG")
    assert responsabile_di(car, OGGI) == generale
    dipartimento = struttura.incarico("DIP", dal=date(2024, 1, 1), al=date(2024, 12, 31))
    assert responsabile_di(car, OGGI) == dipartimento
    assert responsabile_di(car, date(2023, 12, 31)) == generale
    struttura.incarico("CAR", ruolo=Ruolo.VICARIO)
    struttura.incarico("PNE")
    assert responsabile_di(car, OGGI) == dipartimento
    proprio = struttura.incarico("CAR")
    assert responsabile_di(car, OGGI) == proprio


def test_chi_guida_un_unita_risponde_di_quelle_sotto_fino_a_chi_ha_un_suo_responsabile(
    struttura: Struttura,
) -> None:
    alto, dip, car = (struttura.unita(codice) for codice in ("DG", "DIP", "CAR"))
    assert {dip.pk, car.pk} < affidate([alto.pk], OGGI)
    struttura.incarico("CAR", ruolo=Ruolo.VICARIO)
    struttura.incarico("DIP", dal=date(2024, 1, 1), al=date(2024, 12, 31))
    assert not {dip.pk, car.pk} & affidate([alto.pk], OGGI)
    assert car.pk in affidate([dip.pk], OGGI)
    assert car.pk in affidate([alto.pk], date(2023, 12, 31))
    assert affidate([], OGGI) == set()


def test_di_due_responsabili_vale_l_ultimo_nominato(struttura: Struttura) -> None:
    primo = struttura.incarico("CAR", dal=date(2021, 1, 1))
    secondo = struttura.incarico("CAR", dal=date(2022, 1, 1))
    car = struttura.unita("CAR")
    assert responsabile_di(car, date(2021, 6, 1)) == primo
    assert responsabile_di(car, OGGI) == secondo
    assert guide([car], OGGI)[car.pk].propri == [secondo, primo]


def test_il_responsabile_si_chiede_anche_di_un_unita_di_un_altra_versione(
    struttura: Struttura, bozza: Organigramma
) -> None:
    prima = struttura.incarico("CAR")
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    vecchia, nuova = struttura.unita("CAR"), in_versione(bozza, "CAR")
    poi = Incarico.objects.get(unita=nuova)
    assert responsabile_di(vecchia, DOPO) == responsabile_di(nuova, DOPO) == poi
    assert responsabile_di(nuova, OGGI) == responsabile_di(vecchia, OGGI) == prima
    assert responsabile_di(vecchia, date(2019, 1, 1)) is None


@pytest.mark.parametrize("quante", [1, 3])
def test_i_responsabili_di_tutte_le_unita_si_leggono_in_una_query(
    struttura: Struttura, quante: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    for codice in ("DG", "CAR", "PNE")[:quante]:
        struttura.incarico(codice)
    unita = list(UnitaOrganizzativa.objects.di_versione(struttura.versione))
    with django_assert_num_queries(1):
        trovate = guide(unita, OGGI)
        assert [str(trovate[una.pk].responsabile) for una in unita]


# Appointments ------------------------------------------------------------------------------------


def nomina(struttura: Struttura, codice: str = "CAR", **altro: Any) -> Incarico:
    persona = altro.pop("persona", None)
    if persona is None:
        persona = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE).utente
    dati = {"ruolo": Ruolo.RESPONSABILE_CDR, "dal": OGGI, "da": None} | altro
    return azioni.nomina(struttura.unita(codice), persona=persona, **dati)


def test_nominare_chiude_l_incarico_di_chi_c_era_il_giorno_prima(
    struttura: Struttura, amministratore: Utente
) -> None:
    prima = struttura.incarico("CAR")
    vicario = struttura.incarico("CAR", ruolo=Ruolo.VICARIO)
    nuovo = nomina(struttura, da=amministratore)
    prima.refresh_from_db()
    vicario.refresh_from_db()
    assert (prima.al, vicario.al) == (date(2024, 5, 31), None)
    assert (nuovo.ruolo, nuovo.dal, nuovo.al) == (Ruolo.RESPONSABILE_CDR, OGGI, None)
    evento = Evento.objects.get(tipo="incarico.nominato")
    assert (evento.da, evento.dati["lasciano"]) == (amministratore, [prima.pk])
    altro_vicario = nomina(struttura, ruolo=Ruolo.VICARIO)
    vicario.refresh_from_db()
    assert vicario.al == date(2024, 5, 31)
    car = struttura.unita("CAR")
    guida = guide([car], OGGI)[car.pk]
    assert (guida.responsabile, guida.vicari) == (nuovo, [altro_vicario])


def test_chi_comincia_in_quei_giorni_non_si_scavalca(struttura: Struttura) -> None:
    nomina(struttura, dal=date(2024, 9, 1))
    with pytest.raises(ValidationError, match="ha già questo incarico dal 01/09/2024") as errore:
        nomina(struttura)
    assert list(errore.value.message_dict) == ["dal"]
    breve = nomina(struttura, al=date(2024, 8, 31))
    assert (breve.dal, breve.al) == (OGGI, date(2024, 8, 31))
    with pytest.raises(ValidationError, match="dal 01/06/2024"):
        nomina(struttura, al=OGGI)


@pytest.mark.parametrize(
    ("dati", "campo", "frase"),
    [
        ({"dal": date(2019, 12, 31)}, "dal", "Quel giorno «POAS 2020» non è in vigore"),
        ({"al": date(2024, 5, 1)}, "al", "finisce prima di cominciare"),
        ({"ruolo": Ruolo.NUCLEO}, "ruolo", "il responsabile o il vicario"),
    ],
)
def test_una_nomina_impossibile_dice_perche(
    struttura: Struttura, dati: dict[str, Any], campo: str, frase: str
) -> None:
    with pytest.raises(ValidationError, match=frase) as errore:
        nomina(struttura, **dati)
    assert list(errore.value.message_dict) == [campo]


def test_si_nomina_solo_chi_ha_un_incarico_nell_azienda(struttura: Struttura) -> None:
    spento = IncaricoFactory(azienda=struttura.azienda, utente__is_active=False).utente
    for persona in (UtenteFactory(), IncaricoFactory().utente, spento):
        with pytest.raises(ValidationError, match="nessun incarico in questa azienda"):
            nomina(struttura, persona=persona)


def test_in_una_bozza_e_oltre_la_fine_della_versione_non_si_nomina(
    struttura: Struttura, bozza: Organigramma
) -> None:
    persona = struttura.incarico("DG").utente
    dati = {"persona": persona, "ruolo": Ruolo.RESPONSABILE_CDR, "dal": OGGI, "da": None}
    with pytest.raises(ValidationError, match="è di una bozza"):
        azioni.nomina(in_versione(bozza, "CAR"), **dati)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    with pytest.raises(ValidationError, match="Questo organigramma finisce il 31/12/2024"):
        azioni.nomina(struttura.unita("CAR"), **dati)
    assert azioni.nomina(struttura.unita("CAR"), **dati, al=ULTIMO).al == ULTIMO


def test_un_incarico_si_termina_una_volta(struttura: Struttura, amministratore: Utente) -> None:
    incarico = struttura.incarico("CAR")
    azioni.termina(incarico, al=OGGI, da=amministratore)
    incarico.refresh_from_db()
    assert incarico.al == OGGI
    assert Evento.objects.get(tipo="incarico.terminato").dati == {
        "prima": None,
        "dopo": OGGI.isoformat(),
    }
    for giorno, frase in (
        (OGGI, "finisce già il 01/06/2024"),
        (DOPO, "finisce già il 01/06/2024"),
        (date(2019, 1, 1), "comincia il 01/01/2020"),
    ):
        with pytest.raises(ValidationError, match=frase):
            azioni.termina(incarico, al=giorno, da=None)
    altro = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.NUCLEO)
    with pytest.raises(ValidationError, match="solo gli incarichi di responsabile e di vicario"):
        azioni.termina(altro, al=OGGI, da=None)


def test_nomina_e_termina_solo_l_amministratore(
    struttura: Struttura, controllo: Utente, lettore: Utente, amministratore: Utente
) -> None:
    incarico = struttura.incarico("CAR")
    for persona in (controllo, lettore):
        with pytest.raises(PermissionDenied):
            nomina(struttura, da=persona)
        with pytest.raises(PermissionDenied):
            azioni.termina(incarico, al=OGGI, da=persona)
    assert Incarico.objects.filter(unita__isnull=False, al__isnull=True).get() == incarico


# A new version -----------------------------------------------------------------------------------


def test_gli_incarichi_seguono_l_unita_che_continua(
    struttura: Struttura, bozza: Organigramma, controllo: Utente
) -> None:
    capo = struttura.incarico("CAR")
    breve = struttura.incarico("CAR", ruolo=Ruolo.VICARIO, al=date(2026, 6, 30))
    futuro = struttura.incarico("PNE", dal=date(2025, 3, 1))
    finito = struttura.incarico("PNE", al=date(2023, 1, 1))
    azioni.modifica_unita(
        in_versione(bozza, "CAR"), codice="UTIC", nome="UTIC", tipo="uoc", cdr=True, da=None
    )
    esito = azioni.metti_in_vigore(bozza, dal=DAL, da=controllo)
    assert giorni(capo.utente) == [("CAR", date(2020, 1, 1), ULTIMO), ("UTIC", DAL, None)]
    assert giorni(breve.utente) == [
        ("CAR", date(2020, 1, 1), ULTIMO),
        ("UTIC", DAL, date(2026, 6, 30)),
    ]
    assert giorni(futuro.utente) == [("PNE", date(2025, 3, 1), None)]
    futuro.refresh_from_db()
    assert futuro.unita == in_versione(bozza, "PNE")
    assert giorni(finito.utente) == [("PNE", date(2020, 1, 1), date(2023, 1, 1))]
    assert ([i.pk for i, _u in esito.seguono], esito.restano) == (
        [capo.pk, breve.pk, futuro.pk],
        [],
    )
    assert Evento.objects.filter(tipo="incarico.trasferito", da=controllo).count() == 3


def test_gli_incarichi_di_unita_divise_o_tolte_restano_da_sistemare(
    struttura: Struttura, bozza: Organigramma, controllo: Utente
) -> None:
    diviso, tolto = struttura.incarico("CAR"), struttura.incarico("PNE")
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.elimina_unita(in_versione(bozza, "PNE"), da=None)
    esito = azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    assert set(esito.restano) == {diviso, tolto}
    assert list(rimasti_indietro(struttura.azienda, OGGI)) == []
    assert set(rimasti_indietro(struttura.azienda, DOPO)) == {diviso, tolto}
    assert responsabile_di(struttura.unita("CAR"), DOPO) is None

    nuovo = azioni.riassegna(diviso, unita=in_versione(bozza, "EMO"), da=controllo)
    assert giorni(diviso.utente) == [("CAR", date(2020, 1, 1), ULTIMO), ("EMO", DAL, None)]
    assert list(rimasti_indietro(struttura.azienda, DOPO)) == [tolto]
    with pytest.raises(ValidationError, match="non hanno giorni in comune"):
        azioni.riassegna(diviso, unita=in_versione(bozza, "CAR"), da=controllo)
    with pytest.raises(ValidationError, match="è già al suo posto"):
        azioni.riassegna(nuovo, unita=in_versione(bozza, "CAR"), da=controllo)
    with pytest.raises(ValidationError, match="«Emo» ha già"):
        azioni.riassegna(tolto, unita=in_versione(bozza, "EMO"), da=controllo)


def test_chi_toglie_un_legame_decide_chi_segue(struttura: Struttura, bozza: Organigramma) -> None:
    capo = struttura.incarico("CAR")
    _resta, nuova = azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.collega_precedenti(nuova, precedenti=[], da=None)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    assert giorni(capo.utente)[1] == ("CAR", DAL, None)


def test_due_unita_unite_portano_due_responsabili(
    struttura: Struttura, bozza: Organigramma
) -> None:
    primo = struttura.incarico("CAR", dal=date(2021, 1, 1))
    secondo = struttura.incarico("PNE", dal=date(2022, 1, 1))
    unita = azioni.unisci_unita(
        bozza,
        unita=[in_versione(bozza, "CAR"), in_versione(bozza, "PNE")],
        codice="CP",
        nome="Cardiopneumologia",
        da=None,
    )
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    propri = guide([unita], DOPO)[unita.pk].propri
    assert {incarico.utente for incarico in propri} == {primo.utente, secondo.utente}


def test_chi_non_ha_unita_la_riceve_solo_dall_amministratore(
    struttura: Struttura, controllo: Utente, amministratore: Utente
) -> None:
    incarico = IncaricoFactory(
        azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE, dal=date(2018, 1, 1)
    )
    with pytest.raises(PermissionDenied):
        azioni.riassegna(incarico, unita=struttura.unita("CAR"), da=controllo)
    azioni.riassegna(incarico, unita=struttura.unita("CAR"), da=amministratore)
    assert giorni(incarico.utente) == [
        ("", date(2018, 1, 1), date(2019, 12, 31)),
        ("CAR", date(2020, 1, 1), None),
    ]


def test_non_si_riassegna_a_una_bozza_o_a_un_altra_azienda(
    struttura: Struttura, bozza: Organigramma
) -> None:
    incarico = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE)
    altrui = IncaricoFactory(ruolo=Ruolo.RILEVATORE)
    for chi, dove in ((incarico, in_versione(bozza, "CAR")), (altrui, struttura.unita("CAR"))):
        with pytest.raises(ValidationError, match="dell’organigramma in vigore dell’azienda"):
            azioni.riassegna(chi, unita=dove, da=None)


def test_le_persone_senza_unita_sono_quelle_che_dovrebbero_averla(struttura: Struttura) -> None:
    azienda = struttura.azienda
    for ruolo in (Ruolo.NUCLEO, Ruolo.REGIONE, Ruolo.AMMINISTRATORE):
        IncaricoFactory(azienda=azienda, ruolo=ruolo)
    struttura.incarico("CAR")
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.RILEVATORE, al=date(2021, 1, 1))
    a_posto = struttura.incarico("PNE", ruolo=Ruolo.RILEVATORE).utente
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG, utente=a_posto)
    senza = [
        IncaricoFactory(azienda=azienda, ruolo=ruolo, utente__last_name=cognome)
        for ruolo, cognome in ((Ruolo.DIREZIONE, "A"), (Ruolo.RESPONSABILE_CDR, "B"))
    ]
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.RISORSE_UMANE, utente=senza[0].utente)
    manca = IncaricoFactory(azienda=azienda, ruolo=Ruolo.VICARIO, utente=a_posto)
    trovati = senza_unita(azienda, OGGI)
    assert {incarico.utente for incarico in trovati} == {senza[0].utente, senza[1].utente, a_posto}
    assert manca in trovati
    assert len(trovati) == 3
