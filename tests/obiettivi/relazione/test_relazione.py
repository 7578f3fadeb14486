# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Relazione of a year: generated, written, and generated again without losing a word."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Relazione, RisorsaScheda, SezioneRelazione
from obiettivi.relazione.dati import fotografa, superati
from obiettivi.relazione.verifiche import cancello
from piani.azioni.righe import Superata, impronta
from piani.models import Azienda, Evento, Piano, Ruolo, Utente
from tests.factories import PianoFactory, SchedaFactory, UnitaFactory
from tests.obiettivi.relazione.scena import (
    calcola,
    misura_di,
    piano_con_risultati,
    relazione_di,
    scrivi_tutto,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def relazione(azienda: Azienda) -> Relazione:
    return relazione_di(azienda)


def foto(relazione: Relazione) -> dict[str, Any]:
    return fotografa(relazione, versione=1, giorno=date(2023, 6, 28))


def test_comincia_con_le_tabelle_e_i_capitoli(azienda: Azienda, controllo: Utente) -> None:
    piano = piano_con_risultati(azienda)
    nuova = azioni.comincia_relazione(piano, anno=2022, da=controllo)
    assert [s.tipo for s in nuova.sezioni.all()] == SezioneRelazione.Tipo.values
    assert [(r["codice"], r["target"], r["mostrato"]) for r in nuova.generati["scostamenti"]] == [
        ("IND-2", "≥ 95%", "84,21")
    ]
    assert Evento.objects.get(tipo="relazione.cominciata").da == controllo
    assert not superati(nuova)


def test_si_comincia_una_volta_sola_e_solo_di_un_piano_adottato(
    relazione: Relazione, azienda: Azienda
) -> None:
    with pytest.raises(ValidationError, match="già cominciata"):
        azioni.comincia_relazione(relazione.piano, anno=2022, da=None)
    bozza = PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)
    with pytest.raises(ValidationError, match="solo di un piano adottato: questo è «Bozza»"):
        azioni.comincia_relazione(bozza, anno=2022, da=None)
    with pytest.raises(ValidationError, match="2030 non è un anno del piano"):
        azioni.comincia_relazione(relazione.piano, anno=2030, da=None)
    futuro = PianoFactory(
        azienda=azienda, anno_inizio=timezone.localdate().year + 1, anno_fine=2099
    )
    with pytest.raises(ValidationError, match="non è un anno del piano già cominciato"):
        azioni.comincia_relazione(futuro, anno=futuro.anno_inizio, da=None)


def test_solo_il_controllo_di_gestione_la_prepara(
    relazione: Relazione, incaricato: Callable[..., Utente]
) -> None:
    for ruolo in (Ruolo.DIREZIONE, Ruolo.NUCLEO, Ruolo.PUBBLICATORE):
        chi = incaricato(ruolo)
        with pytest.raises(PermissionDenied):
            azioni.rigenera_relazione(relazione, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.spiega_scostamenti(relazione, {}, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.segna_fasi(relazione, {}, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.scrivi_sezione_relazione(relazione.sezioni.all()[0], testo="x", da=chi)


def test_rigenerare_tiene_cio_che_e_scritto(relazione: Relazione, controllo: Utente) -> None:
    scrivi_tutto(relazione)
    indicatore = misura_di(relazione, "IND-1").indicatore
    azioni.rileva(indicatore, anno=2022, valore=Decimal(50), da=None)
    calcola(relazione.piano)
    assert superati(relazione)
    assert azioni.rigenera_relazione(relazione, da=controllo)
    assert not superati(relazione)
    scostamenti = foto(relazione)["scostamenti"]
    assert [(r["codice"], r["risultato"], r["causa"]) for r in scostamenti] == [
        ("IND-1", "50 %", ""),
        ("IND-2", "80 %", "Causa di prova"),
    ]
    assert len(foto(relazione)["sezioni"]) == 5
    assert not azioni.rigenera_relazione(relazione, da=controllo)
    assert Evento.objects.filter(tipo="relazione.rigenerata").count() == 1


def test_la_causa_resta_anche_se_l_indicatore_poi_raggiunge_il_target(
    relazione: Relazione,
) -> None:
    scrivi_tutto(relazione)
    azioni.rileva(misura_di(relazione, "IND-2").indicatore, anno=2022, valore=Decimal(99), da=None)
    calcola(relazione.piano)
    azioni.rigenera_relazione(relazione, da=None)
    assert foto(relazione)["scostamenti"] == []
    assert relazione.scostamenti.get().causa == "Causa di prova"


def test_chi_salva_sopra_un_capitolo_piu_nuovo_lo_legge(relazione: Relazione) -> None:
    sezione = relazione.sezioni.get(tipo="presentazione")
    visto = impronta(sezione)
    assert azioni.scrivi_sezione_relazione(sezione, testo="Il primo testo.", visto=visto, da=None)
    with pytest.raises(Superata, match=r"che ora dice: «Il primo testo\.»") as errore:
        azioni.scrivi_sezione_relazione(sezione, testo="Il secondo.", visto=visto, da=None)
    sezione.refresh_from_db()
    assert sezione.testo == "Il primo testo."
    nuovo = errore.value.visto
    assert azioni.scrivi_sezione_relazione(sezione, testo="Il secondo.", visto=nuovo, da=None)
    sezione.refresh_from_db()
    assert sezione.testo == "Il secondo."


def test_chi_salva_sopra_una_causa_di_altri_non_salva_niente(relazione: Relazione) -> None:
    misura = misura_di(relazione, "IND-2").pk
    azioni.spiega_scostamenti(relazione, {misura: ("Prima", "")}, da=None)
    with pytest.raises(ValidationError) as errore:
        azioni.spiega_scostamenti(
            relazione, {misura: ("Seconda", "")}, visti={misura: ("", "")}, da=None
        )
    assert list(errore.value.message_dict) == [str(misura)]
    assert "«Prima»" in errore.value.messages[0]
    assert relazione.scostamenti.get().causa == "Prima"
    visti = {misura: ("Prima", "")}
    assert azioni.spiega_scostamenti(relazione, {misura: ("Terza", "")}, visti=visti, da=None) == 1


def test_una_fase_non_finisce_domani(relazione: Relazione) -> None:
    fase = relazione.fasi.get().fase_id
    with pytest.raises(ValidationError) as errore:
        azioni.segna_fasi(relazione, {fase: (date(2099, 1, 1), "")}, da=None)
    assert errore.value.message_dict == {str(fase): ["La data è nel futuro."]}
    assert azioni.segna_fasi(relazione, {fase: (date(2023, 6, 28), "in tempo")}, da=None) == 1
    assert foto(relazione)["fasi"] == [
        {
            "ordine": 1,
            "nome": "Relazione",
            "scadenza": "entro giugno",
            "prevista": "2023-06-30",
            "conclusa": "2023-06-28",
            "nota": "in tempo",
        }
    ]


def test_il_cancello_elenca_ogni_mancanza_con_dove_si_rimedia(relazione: Relazione) -> None:
    misura = misura_di(relazione, "IND-2").pk
    bloccano = {una.testo: una.rimedio for una in cancello(relazione).bloccano}
    pagina = relazione.get_absolute_url()
    assert bloccano == {
        "Il capitolo «Presentazione» è da scrivere.": f"{pagina}presentazione/modifica/",
        "Il capitolo «Sintesi dei risultati» è da scrivere.": f"{pagina}sintesi/modifica/",
        "Il capitolo «Risorse, efficienza ed economicità» è da scrivere.": (
            f"{pagina}risorse/modifica/"
        ),
        "Il capitolo «Pari opportunità» è da scrivere.": f"{pagina}pari_opportunita/modifica/",
        "Il capitolo «Il processo seguito» è da scrivere.": f"{pagina}processo/modifica/",
        f"IND-2 {misura_di(relazione, 'IND-2').indicatore.nome}: manca la causa dello "
        "scostamento.": f"{pagina}cause/#misura-{misura}",
    }
    assert [una.testo for una in cancello(relazione).avvertono] == [
        "Della fase «Relazione» non è scritto quando si è conclusa."
    ]
    scrivi_tutto(relazione)
    assert cancello(relazione).bloccano == ()
    assert cancello(relazione).avvertono == ()


def test_senza_punteggi_o_con_punteggi_nuovi_non_si_approva(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)
    relazione = azioni.comincia_relazione(piano, anno=2022, da=None)
    testi = [una.testo for una in cancello(relazione).bloccano]
    assert "I risultati del 2022 non sono stati calcolati." in testi
    relazione.dati = "{}\n"
    assert any("rigenera la relazione" in una.testo for una in cancello(relazione).bloccano)


def test_le_schede_stanno_sotto_il_loro_dipartimento(relazione: Relazione) -> None:
    dipartimento = UnitaFactory(
        organigramma__azienda=relazione.azienda, tipo="dipartimento", nome="Dipartimento medico"
    )
    uoc = UnitaFactory(organigramma=dipartimento.organigramma, parent=dipartimento, cdr=True)
    scheda = SchedaFactory(azienda=relazione.azienda, unita=uoc)
    RisorsaScheda.objects.create(
        scheda=scheda, ordine=1, fattore="Farmaci", budget=Decimal(100), consuntivo=Decimal(120)
    )
    RisorsaScheda.objects.create(scheda=scheda, ordine=2, fattore="Personale", budget=Decimal(10))
    azioni.rigenera_relazione(relazione, da=None)
    dati = relazione.generati
    assert [(r["dipartimento"], [s["unita"] for s in r["schede"]]) for r in dati["schede"]] == [
        ("Dipartimento medico", [uoc.nome])
    ]
    assert [(r["fattore"], r["differenza"], r["senza_consuntivo"]) for r in dati["risorse"]] == [
        ("Farmaci", 20, 0),
        ("Personale", None, 1),
    ]
