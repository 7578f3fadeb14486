# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda revised during the year by an act, and two versions of it side by side."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Finestra, PunteggioScheda, SchedaBudget
from obiettivi.relazione.momenti import momenti_di
from obiettivi.schede.confronto import Campo, Confronto, confronta, quote
from obiettivi.schede.contenuto import fotografia_scheda
from obiettivi.schede.punteggi_noti import punteggi_noti
from obiettivi.schede.versioni import versione_in_vigore
from tests.factories import (
    AreaSchedaFactory,
    FinestraFactory,
    IndicatoreFactory,
    PianoFactory,
    RigaSchedaFactory,
)
from tests.obiettivi.schede.cdr import Cdr, crea_cdr, pesa

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = SchedaBudget.Stato
ATTO: dict[str, Any] = {
    "motivo": "Il reparto ha perso dieci letti.",
    "atto_tipo": "Decreto",
    "atto_numero": "12",
    "atto_data": date(2022, 7, 1),
}


@pytest.fixture
def cdr(db: None) -> Cdr:
    return crea_cdr().in_monitoraggio()


def confronto(prima: dict[str, Any], cdr: Cdr) -> Confronto:
    return confronta(prima, fotografia_scheda(cdr.scheda), punteggi_noti(cdr.scheda))


def test_una_revisione_torna_in_negoziazione_e_vuole_di_nuovo_le_firme(cdr: Cdr) -> None:
    revisione = azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.controllo)
    assert cdr.scheda.stato == Stato.IN_NEGOZIAZIONE
    assert revisione.dalla == versione_in_vigore(cdr.scheda)
    with pytest.raises(ValidationError) as errore:
        cdr.firma("direzione")
    assert "la nuova versione non è ancora stata inviata" in errore.value.messages[0]
    pesa(cdr.scheda, 50, 50)
    seconda = azioni.invia_scheda(cdr.scheda, motivo="Meno letti", da=cdr.controllo)
    assert versione_in_vigore(cdr.scheda) == revisione.dalla
    cdr.firma()
    revisione.refresh_from_db()
    assert (cdr.scheda.stato, revisione.alla) == (Stato.SOTTOSCRITTA, seconda)
    assert versione_in_vigore(cdr.scheda) == seconda
    azioni.divulga(cdr.scheda, da=cdr.responsabile)
    assert cdr.scheda.stato == Stato.IN_MONITORAGGIO
    azioni.prendi_visione(cdr.scheda, da=cdr.dipendente)
    assert seconda.prese_visione.count() == 1


def test_la_relazione_dice_quando_le_schede_furono_firmate_la_prima_volta() -> None:
    piano = PianoFactory(anno_inizio=2022, anno_fine=2024)
    with time_machine.travel("2022-02-09 10:00 +0100", tick=False):
        cdr = crea_cdr(piano.azienda).in_monitoraggio()
        crea_cdr(piano.azienda)
    with time_machine.travel("2022-07-21 10:00 +0200", tick=False):
        azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.controllo)
        pesa(cdr.scheda, 50, 50)
        azioni.invia_scheda(cdr.scheda, motivo="Meno letti", da=cdr.controllo)
        cdr.firma()
    [firme] = [uno for uno in momenti_di(piano, 2022) if uno["nome"].startswith("Sottoscriz")]
    assert (firme["quando"], firme["nota"]) == (
        "2022-02-09", "schede sottoscritte: 1 su 2; la prima il 09/02/2022",
    )  # fmt: skip


def test_la_revisione_con_un_atto_non_aspetta_la_finestra(cdr: Cdr) -> None:
    ieri = timezone.localdate() - timedelta(days=1)
    FinestraFactory(azienda=cdr.azienda, tipo=Finestra.Tipo.NEGOZIAZIONE, frazione="", scade=ieri)
    azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.controllo)
    pesa(cdr.scheda, 50, 50)
    azioni.invia_scheda(cdr.scheda, motivo="Meno letti", da=cdr.controllo)
    cdr.firma()
    assert cdr.scheda.stato == Stato.SOTTOSCRITTA


@pytest.mark.parametrize(
    ("cambia", "campo"),
    [
        ({"motivo": " "}, "motivo"),
        ({"atto_tipo": ""}, "atto_tipo"),
        ({"atto_numero": "9" * 31}, "atto_numero"),
        ({"atto_data": date(2999, 1, 1)}, "atto_data"),
    ],
)
def test_una_revisione_dice_atto_e_motivo(cdr: Cdr, cambia: dict[str, Any], campo: str) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni.apri_revisione(cdr.scheda, **ATTO | cambia, da=cdr.controllo)
    assert list(errore.value.message_dict) == [campo]
    assert SchedaBudget.objects.get(pk=cdr.scheda.pk).stato == Stato.IN_MONITORAGGIO


def test_si_rivede_solo_una_scheda_in_monitoraggio(cdr: Cdr) -> None:
    with pytest.raises(PermissionDenied):
        azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.responsabile)
    azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.controllo)
    with pytest.raises(ValidationError) as errore:
        azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.controllo)
    assert errore.value.messages == [
        "Si rivede una scheda in monitoraggio. La scheda è «In negoziazione»: prima deve essere "
        "«In monitoraggio»."
    ]


def test_una_revisione_si_abbandona_solo_con_il_contenuto_firmato(cdr: Cdr) -> None:
    revisione = azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.controllo)
    pesa(cdr.scheda, 50, 50)
    azioni.invia_scheda(cdr.scheda, motivo="Meno letti", da=cdr.controllo)
    with pytest.raises(ValidationError) as errore:
        azioni.abbandona_revisione(cdr.scheda, motivo="Ritirato", da=cdr.controllo)
    assert errore.value.messages[0].startswith("Il contenuto non è più quello della versione 1:")
    pesa(cdr.scheda, 40, 60)
    azioni.abbandona_revisione(cdr.scheda, motivo="Ritirato", da=cdr.controllo)
    revisione.refresh_from_db()
    assert revisione.abbandonata
    assert (cdr.scheda.stato, cdr.scheda.versione) == (Stato.IN_MONITORAGGIO, 1)
    with pytest.raises(ValidationError):
        azioni.abbandona_revisione(cdr.scheda, motivo="Ancora", da=cdr.controllo)


def test_dopo_un_abbandono_la_versione_che_segue_ha_un_numero_nuovo(cdr: Cdr) -> None:
    for peso in (50, 30):
        azioni.apri_revisione(cdr.scheda, **ATTO, da=cdr.controllo)
        pesa(cdr.scheda, peso, 100 - peso)
        inviata = azioni.invia_scheda(cdr.scheda, motivo="Meno letti", da=cdr.controllo)
        if peso == 50:
            pesa(cdr.scheda, 40, 60)
            azioni.abbandona_revisione(cdr.scheda, motivo="Ritirato", da=cdr.controllo)
    assert inviata.numero == 3
    cdr.firma()
    assert [r.abbandonata for r in cdr.scheda.revisioni.order_by("pk")] == [True, False]


# Two versions ------------------------------------------------------------------------------------


def test_i_pesi_moltiplicano(cdr: Cdr) -> None:
    """30 % of 100 %; 70 % of 40 % and of 60 %."""
    assert list(quote(fotografia_scheda(cdr.scheda)).values()) == [
        Decimal(30), Decimal(28), Decimal(42),
    ]  # fmt: skip


def test_un_peso_in_comune_vale_per_tutte_le_sue_aree(cdr: Cdr) -> None:
    pesa(cdr.scheda, 40, 50)
    comune = AreaSchedaFactory(scheda=cdr.scheda, con_la_precedente=True, nome="Sviluppo")
    riga = RigaSchedaFactory(area=comune, peso=10)
    assert quote(fotografia_scheda(cdr.scheda))[riga.pk] == Decimal(7)


def test_il_confronto_dice_che_cosa_cambia_e_quanto_pesa(cdr: Cdr) -> None:
    prima = fotografia_scheda(cdr.scheda)
    _costi, attese, cartelle = (
        riga for area in cdr.scheda.aree.order_by("ordine") for riga in area.righe.all()
    )
    attese.delete()
    cartelle.peso, cartelle.atteso = Decimal(70), "≥ 98%"
    cartelle.save(update_fields=["peso", "atteso"])
    nuova = RigaSchedaFactory(
        area=cartelle.area,
        peso=30,
        obiettivo="Aprire il day hospital",
        indicatore=IndicatoreFactory(azienda=cdr.azienda),
    )
    detto = confronto(prima, cdr)
    assert [(voce.verbo, voce.titolo) for voce in detto.righe] == [
        ("cambiata", "Completare le cartelle"),
        ("aggiunta", "Aprire il day hospital"),
        ("tolta", "Ridurre i tempi di attesa"),
    ]
    assert detto.righe[0].campi == [
        Campo("Peso nell'area", "60,00", "70,00"),
        Campo("Valore atteso", "≥ 95%", "≥ 98%"),
    ]
    assert [(uno.titolo, uno.prima, uno.dopo, uno.differenza) for uno in detto.pesi] == [
        ("Completare le cartelle", Decimal(42), Decimal(49), Decimal(7)),
        (nuova.obiettivo, None, Decimal(21), Decimal(21)),
        ("Ridurre i tempi di attesa", Decimal(28), None, Decimal(-28)),
    ]
    assert (detto.aree, detto.risorse, detto.campi, detto.effetto) == ([], [], [], None)


def test_una_riga_riscritta_uguale_e_la_stessa(cdr: Cdr) -> None:
    prima = fotografia_scheda(cdr.scheda)
    riga = cdr.scheda.aree.order_by("ordine").first().righe.get()  # type: ignore[union-attr]
    riga.delete()
    riga.pk = None
    riga.save(force_insert=True)
    assert confronto(prima, cdr).uguali


def test_l_effetto_sul_punteggio_usa_i_punteggi_noti(cdr: Cdr) -> None:
    """Before 30, 28, 42 with scores 100, 50, 0: 44. After 30, 49, 21: 54,5."""
    prima = fotografia_scheda(cdr.scheda)
    for riga, punteggio in zip(quote(prima), (100, 50, 0), strict=True):
        for frazione, quanto in (("T1", 1), ("", punteggio)):
            PunteggioScheda.objects.create(
                scheda=cdr.scheda, livello="R", oggetto=riga, stato="C",
                frazione=frazione, punteggio=quanto,
            )  # fmt: skip
    pesa(cdr.scheda, 70, 30)
    effetto = confronto(prima, cdr).effetto
    assert effetto is not None
    assert (effetto.prima, effetto.dopo) == (Decimal(44), Decimal("54.5"))
