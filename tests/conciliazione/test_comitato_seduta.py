# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting is held: presences, quorum, votes."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conciliazione.azioni import adunanza, comitato, votazione
from conciliazione.azioni.presenze import Detta, segna_presenze, segna_presenze_rete
from conciliazione.models import Votazione, Voto
from piani.models import Evento
from tests.conciliazione.scene_comitato import Comitato, rifiuto
from tests.factories import UtenteFactory
from tests.factories_conciliazione import AdesioneFactory, EnteFactory, SeggioFactory

pytestmark = pytest.mark.django_db


# Presences and quorum ---------------------------------------------------------------------------


def test_senza_numero_legale_non_si_apre_e_la_seduta_va_deserta(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    quattro.presenti(seduta, 2)
    detto = rifiuto(adunanza.apri_seduta, seduta, da=quattro.ufficio)
    assert "Manca il numero legale: presenti 2 su 4, ne servono 3." in detto
    assert "Metà di 4 più uno: 2 + 1 = 3." in detto
    adunanza.dichiara_deserta(seduta, da=quattro.ufficio)
    seduta.refresh_from_db()
    assert (seduta.stato, seduta.componenti, seduta.numero_legale) == ("deserta", 4, 3)


def test_con_il_numero_legale_non_e_deserta(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    quattro.presenti(seduta, 3)
    assert "Il numero legale c'è" in rifiuto(adunanza.dichiara_deserta, seduta, da=quattro.ufficio)


def test_il_numero_legale_resta_quello_dell_apertura(quattro: Comitato) -> None:
    seduta = quattro.aperta(3)
    SeggioFactory.create_batch(6, edizione=quattro.edizione)
    seduta.refresh_from_db()
    assert (seduta.componenti, seduta.numero_legale) == (4, 3)


def test_un_seggio_finito_non_conta(quattro: Comitato) -> None:
    comitato.modifica_seggio(
        quattro.seggi[3], al=timezone.localdate() - timedelta(days=1), da=quattro.ufficio
    )
    seduta = quattro.aperta(3)
    assert (seduta.componenti, seduta.numero_legale) == (3, 2)


def test_la_seduta_si_apre_nel_suo_giorno(quattro: Comitato) -> None:
    seduta = quattro.seduta(quando=timezone.now() + timedelta(days=3))
    quattro.presenti(seduta, 4)
    assert "si apre quel giorno" in rifiuto(adunanza.apri_seduta, seduta, da=quattro.ufficio)


def test_il_supplente_non_siede_con_il_titolare(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    primo = quattro.seggi[0]
    with pytest.raises(ValidationError) as raccolto:
        segna_presenze(
            seduta, seggi={primo.pk: Detta(titolare=True, supplente=True)}, da=quattro.ufficio
        )
    assert raccolto.value.message_dict == {
        f"seggio-{primo.pk}": [
            "Seggio 1: il supplente partecipa se il titolare manca. Segna chi dei due siede."
        ]
    }
    assert not seduta.presenze.exists()


def test_un_seggio_senza_nominati_si_segna_con_un_nome(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    secondo = quattro.seggi[1]
    detto = rifiuto(
        segna_presenze, seduta, seggi={secondo.pk: Detta(supplente=True)}, da=quattro.ufficio
    )
    assert detto == "Seggio 2: quel giorno non ha un supplente nominato."
    segna_presenze(seduta, seggi={secondo.pk: Detta(nome="Ida Prova")}, da=quattro.ufficio)
    assert seduta.presenze.get(presente=True).nome == "Ida Prova"


def test_nella_rete_siedono_i_membri_e_non_serve_un_numero(quattro: Comitato) -> None:
    membro, altro = EnteFactory.create_batch(2, azienda=quattro.edizione.azienda)
    AdesioneFactory(ente=membro)
    seduta = quattro.seduta(organo="rete")
    assert "Non c'è nessuno" in rifiuto(adunanza.apri_seduta, seduta, da=quattro.ufficio)
    assert "non fa parte della Rete" in rifiuto(
        segna_presenze_rete, seduta, presenti={altro.pk: ""}, da=quattro.ufficio
    )
    segna_presenze_rete(seduta, presenti={membro.pk: "Ida Prova"}, da=quattro.ufficio)
    adunanza.apri_seduta(seduta, da=quattro.ufficio)
    assert "La Rete non vota" in rifiuto(
        votazione.apri_votazione, seduta.punti.get(), quesito="Sì?", da=quattro.ufficio
    )


# Votes ------------------------------------------------------------------------------------------


def test_un_secondo_voto_e_rifiutato(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole")
    detto = rifiuto(
        votazione.vota, questa, seggio=quattro.seggi[0], valore="contrario", da=quattro.titolari[0]
    )
    assert "Seggio 1 ha già votato alle" in detto
    assert "il voto è uno per seggio e non si cambia." in detto
    assert Voto.objects.get().valore == "favorevole"
    detto = rifiuto(
        votazione.raccogli_voti, questa, voti={quattro.seggi[0].pk: "contrario"},
        da=quattro.ufficio,
    )  # fmt: skip
    assert "Seggio 1 ha già votato" in detto


def test_vota_chi_siede_non_il_supplente_del_presente(quattro: Comitato) -> None:
    questa = quattro.votazione()
    detto = rifiuto(
        votazione.vota, questa, seggio=quattro.seggi[0], valore="favorevole", da=quattro.supplente
    )
    assert detto == f"In questa seduta siede {quattro.titolari[0]} (titolare): il voto è suo."


def test_un_seggio_assente_non_vota(quattro: Comitato) -> None:
    questa = quattro.votazione(quanti=3)
    detto = rifiuto(
        votazione.vota, questa, seggio=quattro.seggi[3], valore="favorevole",
        da=quattro.titolari[3],
    )  # fmt: skip
    assert detto == "Seggio 4 risulta assente: per votare fatti segnare presente."


def test_nessuno_vota_per_un_altro_nemmeno_chi_amministra(quattro: Comitato) -> None:
    questa = quattro.votazione()
    estranei = [quattro.ufficio, quattro.titolari[1], UtenteFactory(is_superuser=True)]
    for estraneo in estranei:
        with pytest.raises(PermissionDenied):
            votazione.vota(questa, seggio=quattro.seggi[0], valore="favorevole", da=estraneo)


def test_in_parita_decide_il_capofila(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole", "contrario", "contrario", "favorevole")
    votazione.chiudi_votazione(questa, da=quattro.ufficio)
    questa.refresh_from_db()
    assert questa.esito == "approvata"
    assert questa.conteggio["parita"] is True
    assert questa.conteggio["spiegazione"].endswith(
        "Parità: prevale il voto del capofila di Rete, favorevole. La proposta è approvata."
    )


def test_l_ufficio_raccoglie_i_voti_per_alzata_di_mano(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "contrario")
    resto = {seggio.pk: "favorevole" for seggio in quattro.seggi[1:]}
    assert votazione.raccogli_voti(questa, voti=resto, da=quattro.ufficio) == 3
    votazione.chiudi_votazione(questa, da=quattro.ufficio)
    assert (questa.esito, questa.conteggio["favorevoli"]) == ("approvata", 3)


def test_se_il_numero_legale_viene_meno_il_voto_non_si_chiude(quattro: Comitato) -> None:
    questa = quattro.votazione(quanti=3)
    votazione.vota(questa, seggio=quattro.seggi[0], valore="favorevole", da=quattro.titolari[0])
    quattro.presenti(questa.punto.seduta, 2)
    assert "Il numero legale è venuto meno: presenti 2, ne servono 3." in rifiuto(
        votazione.chiudi_votazione, questa, da=quattro.ufficio
    )


def test_chi_ha_votato_non_diventa_assente(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole")
    detto = rifiuto(segna_presenze, questa.punto.seduta, seggi={}, da=quattro.ufficio)
    assert detto.startswith("Seggio 1 ha già votato in una votazione aperta")


def test_una_votazione_vuota_o_chiusa_non_si_chiude(quattro: Comitato) -> None:
    questa = quattro.votazione()
    assert "Non ha ancora votato nessuno." in rifiuto(
        votazione.chiudi_votazione, questa, da=quattro.ufficio
    )
    assert "è ancora aperta" in rifiuto(
        adunanza.chiudi_seduta, questa.punto.seduta, da=quattro.ufficio
    )
    quattro.vota(questa, "favorevole", "favorevole", "favorevole")
    votazione.chiudi_votazione(questa, da=quattro.ufficio)
    with pytest.raises(ValidationError, match="solo quando è «Aperta»"):
        votazione.vota(questa, seggio=quattro.seggi[3], valore="contrario",
                       da=quattro.titolari[3])  # fmt: skip
    adunanza.chiudi_seduta(questa.punto.seduta, da=quattro.ufficio)


def test_una_votazione_mal_posta_si_ritira_dicendo_perche(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole")
    votazione.annulla_votazione(questa, motivo="Quesito incompleto", da=quattro.ufficio)
    assert not Votazione.objects.exists()
    evento = Evento.objects.filter(tipo="conc_votazione.ritirata").get()
    assert evento.dati == {"motivo": "Quesito incompleto", "voti": 1}


# Seats ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quanti", [1, 3])
def test_segnare_la_rete_costa_lo_stesso_per_uno_o_per_molti(
    quattro: Comitato, quanti: int, django_assert_max_num_queries: Any
) -> None:
    enti = EnteFactory.create_batch(quanti, azienda=quattro.edizione.azienda)
    for ente in enti:
        AdesioneFactory(ente=ente)
    seduta = quattro.seduta(organo="rete")
    presenti = {ente.pk: "" for ente in enti}
    with django_assert_max_num_queries(14):
        segna_presenze_rete(seduta, presenti=presenti, da=quattro.ufficio)
