# SPDX-License-Identifier: AGPL-3.0-or-later
"""The writes of an edition: who may, what is refused, what freezes."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi import azioni
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.models import EdizioneSMVP
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import EdizioneFactory, IncaricoFactory


@pytest.mark.django_db
def test_una_nuova_edizione_lascia_l_evento(azienda: Azienda, controllo: Utente) -> None:
    nuova = azioni.crea_edizione(azienda, 2023, come_dati(ORDINARIA), da=controllo)
    assert (nuova.anno, nuova.nome) == (2023, ORDINARIA.nome)
    assert da_dati(nuova.parametri) == ORDINARIA
    evento = Evento.objects.get(tipo="edizione.creata")
    assert (evento.da, evento.dati) == (controllo, {"prima": None, "dopo": nuova.parametri})


@pytest.mark.django_db
def test_per_un_anno_c_e_una_sola_edizione(azienda: Azienda, controllo: Utente) -> None:
    EdizioneFactory(azienda=azienda, anno=2023)
    with pytest.raises(ValidationError) as preso:
        azioni.crea_edizione(azienda, 2023, come_dati(ORDINARIA), da=controllo)
    assert preso.value.messages == [
        "Il 2023 ha già le sue regole: per ogni anno ce n'è una sola edizione."
    ]
    assert EdizioneSMVP.objects.count() == 1
    assert Evento.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("anno", [2008, 2101])
def test_un_anno_fuori_dalla_legge_si_rifiuta(
    azienda: Azienda, controllo: Utente, anno: int
) -> None:
    with pytest.raises(ValidationError, match="va dal 2009 al 2100"):
        azioni.crea_edizione(azienda, anno, come_dati(ORDINARIA), da=controllo)


@pytest.mark.django_db
def test_una_modifica_lascia_il_prima_e_il_dopo(azienda: Azienda, controllo: Utente) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    prima, dopo = edizione.parametri, edizione.parametri | {"tetto": "120", "nome": "Altre"}
    assert azioni.modifica_edizione(edizione, dopo, da=controllo) is True
    edizione.refresh_from_db()
    assert (edizione.nome, edizione.parametri) == ("Altre", dopo)
    evento = Evento.objects.get(tipo="edizione.modificata")
    assert evento.dati == {"prima": prima, "dopo": dopo}
    assert evento.descrizione == "Cambiate le regole del 2022: Nome, Punteggio massimo"
    assert azioni.modifica_edizione(edizione, dopo, da=controllo) is False
    assert Evento.objects.count() == 1


@pytest.mark.django_db
def test_regole_sbagliate_non_si_salvano(azienda: Azienda, controllo: Utente) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    with pytest.raises(ValidationError) as preso:
        azioni.modifica_edizione(edizione, edizione.parametri | {"tetto": "0"}, da=controllo)
    assert preso.value.messages == ["tetto: deve superare il pavimento."]
    edizione.refresh_from_db()
    assert edizione.parametri["tetto"] == "100"


@pytest.mark.django_db
def test_regole_congelate_non_si_cambiano_e_non_si_ricongelano(
    azienda: Azienda, controllo: Utente
) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    azioni.congela_edizione(edizione, da=controllo)
    prima = edizione.parametri
    with pytest.raises(ValidationError, match="congelate dal"):
        azioni.modifica_edizione(edizione, prima | {"tetto": "120"}, da=controllo)
    with pytest.raises(ValidationError, match="congelate dal"):
        azioni.congela_edizione(edizione, da=controllo)
    edizione.refresh_from_db()
    assert edizione.parametri == prima
    assert list(Evento.objects.values_list("tipo", flat=True)) == ["edizione.congelata"]


@pytest.mark.django_db
def test_chi_ha_la_pagina_aperta_prima_del_congelamento_non_sovrascrive(
    azienda: Azienda, controllo: Utente
) -> None:
    aperta = EdizioneFactory(azienda=azienda)
    EdizioneSMVP.objects.update(congelata_il=timezone.now())
    with pytest.raises(ValidationError, match="congelate dal"):
        azioni.modifica_edizione(aperta, aperta.parametri | {"tetto": "120"}, da=controllo)


@pytest.mark.django_db
def test_le_scritture_chiedono_il_controllo_di_gestione(azienda: Azienda) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    for chi in (
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente,
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIREZIONE).utente,
        IncaricoFactory(ruolo=Ruolo.CONTROLLO_GESTIONE).utente,
    ):
        with pytest.raises(PermissionDenied):
            azioni.crea_edizione(azienda, 2030, edizione.parametri, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.modifica_edizione(edizione, edizione.parametri, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.congela_edizione(edizione, da=chi)
    assert Evento.objects.count() == 0
