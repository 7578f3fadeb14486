# SPDX-License-Identifier: AGPL-3.0-or-later
"""The azioni positive in a revision «a scorrimento»: what goes on, what is proposed again."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from obiettivi.azioni import scorri
from piani.azioni_positive.verifiche import del_piano
from piani.documenti import fotografa
from piani.models import AreaAzioniPositive, Azienda, AzionePositiva, Piano, Ruolo, Utente
from tests.factories import OrganigrammaFactory, PianoFactory, UnitaFactory
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    MonitoraggioAzioneFactory,
    PianoPositivoFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]


@pytest.fixture
def cug(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.CUG)


@pytest.fixture
def vecchio(azienda: Azienda) -> Piano:
    """2022-2024, with an action for all its years, one for the first, one for the last."""
    piano = PianoPositivoFactory(azienda=azienda, titolo="PAP 2022-2024", stato="pubblicato")
    organigramma = OrganigrammaFactory(azienda=azienda, valido_dal=date(2020, 1, 1))
    area = AreaPositivaFactory(piano=piano, ordine=1, nome="Benessere", riga_fonte="10-12")
    anni = {"Sportello": (2022, 2024), "Avvio": (2022, 2022), "Bilancio": (2024, 2024)}
    for ordine, (titolo, (primo, ultimo)) in enumerate(anni.items(), start=1):
        azione = AzionePositivaFactory(
            area=area, ordine=ordine, titolo=titolo, anno_inizio=primo, anno_fine=ultimo,
            destinatari="Tutto il personale", responsabile=UnitaFactory(organigramma=organigramma),
            responsabile_stampato="Il CUG", indicatore="Incontri", atteso="≥ 3", riga_fonte="11",
        )  # fmt: skip
        MonitoraggioAzioneFactory(azione=azione, anno=primo)
    AreaPositivaFactory(piano=piano, ordine=2, nome="Formazione")
    return piano


def anni_di(piano: Piano) -> dict[str, tuple[int, int]]:
    azioni = AzionePositiva.objects.filter(area__piano=piano)
    return {una.titolo: (una.anno_inizio, una.anno_fine) for una in azioni}


def test_aree_e_azioni_passano_con_tutto_cio_che_dicono(cug: Utente, vecchio: Piano) -> None:
    nuovo = scorri(vecchio, titolo="PAP 2023-2025", da=cug)
    aree = list(AreaAzioniPositive.objects.filter(piano=nuovo).order_by("ordine"))
    assert [(a.nome, a.precedente.piano_id, a.riga_fonte) for a in aree] == [
        ("Benessere", vecchio.pk, ""), ("Formazione", vecchio.pk, ""),
    ]  # fmt: skip
    for copia in AzionePositiva.objects.filter(area=aree[0]):
        prima = copia.precedente
        for campo in (
            "titolo", "descrizione", "destinatari", "responsabile", "responsabile_stampato",
            "indicatore", "atteso", "ordine",
        ):  # fmt: skip
            assert getattr(copia, campo) == getattr(prima, campo)
        assert not copia.monitoraggi.exists()
        assert prima.monitoraggi.count() == 1
    assert AreaAzioniPositive.objects.filter(piano=vecchio).count() == 2


def test_un_anno_avanti_va_avanti_cio_che_dura_e_si_ripropone_cio_che_e_finito(
    cug: Utente, vecchio: Piano
) -> None:
    nuovo = scorri(vecchio, titolo="PAP 2023-2025", da=cug)
    assert anni_di(nuovo) == {
        "Sportello": (2023, 2025), "Avvio": (2023, 2023), "Bilancio": (2024, 2025),
    }  # fmt: skip


def test_un_triennio_avanti_ogni_azione_si_ripropone_al_suo_posto(
    cug: Utente, vecchio: Piano
) -> None:
    nuovo = scorri(vecchio, titolo="PAP 2025-2027", anno_inizio=2025, da=cug)
    assert anni_di(nuovo) == {
        "Sportello": (2025, 2027), "Avvio": (2025, 2025), "Bilancio": (2027, 2027),
    }  # fmt: skip


def test_lo_fa_il_cug_dalla_pagina_e_vede_che_cosa_viene_da_prima(
    cug: Utente, vecchio: Piano, entra: Entra
) -> None:
    client = entra(cug)
    casa = client.get(reverse("positive_piano", args=[vecchio.slug])).content.decode()
    assert "Prepara il piano degli anni dopo" in casa
    client.post(
        reverse("scorri", args=[vecchio.slug]), {"titolo": "PAP 2023-2025", "anno_inizio": 2023}
    )
    nuovo = Piano.objects.get(scorrimento_di=vecchio)
    AzionePositiva.objects.get(area__piano=nuovo, titolo="Avvio").delete()
    area = AreaAzioniPositive.objects.get(piano=nuovo, nome="Formazione")
    AzionePositivaFactory(area=area, titolo="Corso nuovo", anno_inizio=2023)
    testo = client.get(reverse("positive_piano", args=[nuovo.slug])).content.decode()
    assert testo.count("Dal piano di prima") == 4  # two areas, two actions
    assert testo.count('<span class="stato">Nuova</span>') == 1
    tolte = testo[testo.index("qui non ci sono") :]
    assert "Avvio" in tolte
    assert "Sportello" not in tolte
    assert "Revisione a scorrimento di" in testo


def test_chi_legge_non_fa_scorrere_e_una_bozza_non_scorre(
    incaricato: Persona, cug: Utente, vecchio: Piano
) -> None:
    with pytest.raises(PermissionDenied):
        scorri(vecchio, titolo="PAP", da=incaricato(Ruolo.NUCLEO))
    Piano.objects.filter(pk=vecchio.pk).update(stato="bozza")
    with pytest.raises(ValidationError, match="si fa scorrere un piano adottato"):
        scorri(vecchio, titolo="PAP", da=cug)
    assert AreaAzioniPositive.objects.count() == 2


def test_scorrere_costa_le_stesse_letture_con_una_azione_o_con_tre(
    cug: Utente, azienda: Azienda
) -> None:
    conti = []
    for quante in (1, 3):
        piano = PianoPositivoFactory(azienda=azienda, slug=f"pap-{quante}", stato="adottato")
        area = AreaPositivaFactory(piano=piano)
        for _n in range(quante):
            AzionePositivaFactory(area=area)
        with CaptureQueriesContext(connection) as lette:
            scorri(piano, titolo=f"PAP {quante}", da=cug)
        conti.append(len(lette))
    assert conti[0] == conti[1]


# --- con il Piano della performance -------------------------------------------------------------


@pytest.mark.parametrize("tipo", ["performance", "piao"])
def test_il_piano_della_performance_che_scorre_porta_con_se_le_azioni_positive(
    incaricato: Persona, cug: Utente, vecchio: Piano, tipo: str
) -> None:
    """The chapter of 2023-2025 prints the plan that holds for 2023: the old one, until the new
    one is adopted; that of 2022 goes on printing the old one, superseded too.
    """
    performance = PianoFactory(azienda=vecchio.azienda, tipo=tipo, stato="adottato")
    controllo = incaricato(Ruolo.CONTROLLO_GESTIONE)
    dopo = scorri(performance, titolo="Piano 2023-2025", da=controllo)

    def stampato(piano: Piano) -> tuple[str, int, int]:
        detto = fotografa(piano, versione=1, giorno=date(2023, 1, 31))["azioni_positive"]
        azioni = sum(len(area["azioni"]) for area in detto["aree"])
        return detto["titolo"], len(detto["aree"]), azioni

    assert stampato(dopo) == ("PAP 2022-2024", 2, 3)
    nuovo = scorri(vecchio, titolo="PAP 2023-2025", da=cug)
    assert stampato(dopo) == ("PAP 2022-2024", 2, 3)
    Piano.objects.filter(pk=nuovo.pk).update(stato="pubblicato")
    Piano.objects.filter(pk=vecchio.pk).update(stato="superato")
    assert stampato(dopo) == ("PAP 2023-2025", 2, 3)
    assert stampato(performance) == ("PAP 2022-2024", 2, 3)


def test_le_aree_di_un_altro_piano_passano_con_lui(incaricato: Persona, azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda, tipo="piao", stato="adottato")
    AzionePositivaFactory(area=AreaPositivaFactory(piano=piano), titolo="Del PIAO")
    nuovo = scorri(piano, titolo="PIAO 2023-2025", da=incaricato(Ruolo.CONTROLLO_GESTIONE))
    assert anni_di(nuovo) == {"Del PIAO": (2023, 2025)}


# --- che cosa manca -----------------------------------------------------------------------------


def test_il_piano_dice_che_cosa_manca_prima_dell_invio(cug: Utente, vecchio: Piano) -> None:
    nuovo = scorri(vecchio, titolo="PAP 2023-2025", da=cug)
    vuota = next(iter(del_piano(nuovo)))
    assert vuota.testo == "L'area «Formazione» non ha azioni."
    assert vuota.rimedio.endswith("/azione/")
    sportello = AzionePositiva.objects.get(area__piano=nuovo, titolo="Sportello")
    sportello.responsabile, sportello.responsabile_stampato = None, ""
    sportello.save()
    altrove = UnitaFactory(organigramma=OrganigrammaFactory(valido_dal=date(2020, 1, 1)))
    AzionePositiva.objects.filter(area__piano=nuovo, titolo="Avvio").update(responsabile=altrove)
    assert [una.testo for una in del_piano(nuovo)][1:] == [
        "«Sportello»: nessuno ne risponde.",
        "«Avvio»: l'unità responsabile non è più nell'organigramma.",
    ]
    AreaAzioniPositive.objects.filter(piano=nuovo).delete()
    assert [una.testo for una in del_piano(nuovo)] == ["Il piano non ha ancora aree di intervento."]
    assert list(del_piano(PianoFactory(azienda=vecchio.azienda))) == []
