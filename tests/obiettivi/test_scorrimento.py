# SPDX-License-Identifier: AGPL-3.0-or-later
"""The revision «a scorrimento»: what it copies, what it compares with the plan before."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.azioni.albero import Atteso
from obiettivi.models import AreaStrategica, Misura, Obiettivo, Rilevazione
from obiettivi.revisione import Gruppo, confronta
from piani import azioni as azioni_piani
from piani.models import Azienda, Evento, Fase, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    SezioneFactory,
    TargetFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def vecchio(azienda: Azienda) -> Piano:
    """2022-2024, published: an area, an objective with a child, a misura in each."""
    piano = PianoFactory(
        azienda=azienda,
        slug="asst-prova-performance-2022-2024",
        titolo="Piano 2022-2024",
        stato=Piano.Stato.PUBBLICATO,
    )
    SezioneFactory(piano=piano, riga_fonte="1-2")
    Fase.objects.create(piano=piano, ordine=1, nome="Piano", scadenza="Entro gennaio")
    area = AreaFactory(piano=piano, codice="A1", nome="Prevenzione", peso=100)
    padre = ObiettivoFactory(area=area, codice="A1.1", titolo="Invitare", ordine=2)
    figlio = ObiettivoFactory(
        area=area, codice="A1.1.1", titolo="Per posta", parent=padre, ordine=1,
        responsabile=UnitaFactory(),
    )  # fmt: skip
    padre.contributrici.set(UnitaFactory.create_batch(2))
    for obiettivo, codice in ((padre, "X-1"), (figlio, "X-2")):
        misura = MisuraFactory(
            obiettivo=obiettivo,
            indicatore=IndicatoreFactory(azienda=azienda, codice=codice),
            base_anno=2021,
            base_stampata="80%",
        )
        for anno, testo in ((2022, "≥ 90%"), (2023, "60%"), (2024, "≥ 95%")):
            TargetFactory(misura=misura, anno=anno, stampato=testo)
    return piano


def scorri(piano: Piano, **altro: Any) -> Piano:
    return azioni.scorri(piano, **{"titolo": "Piano 2023-2025", "da": None} | altro)


def misura_di(piano: Piano, codice: str = "X-1") -> Misura:
    return Misura.objects.get(obiettivo__area__piano=piano, indicatore__codice=codice)


def attesi(misura: Misura) -> dict[int, str]:
    return dict(misura.target.values_list("anno", "stampato"))


# What is copied ----------------------------------------------------------------------------------


def test_nasce_una_bozza_per_gli_anni_dopo_con_sezioni_albero_e_target_comuni(
    vecchio: Piano, controllo: Utente
) -> None:
    nuovo = scorri(vecchio, da=controllo)
    assert (nuovo.slug, nuovo.stato, list(nuovo.anni), nuovo.scorrimento_di) == (
        "asst-prova-performance-2023-2025", "bozza", [2023, 2024, 2025], vecchio,
    )  # fmt: skip
    assert [(s.titolo, s.riga_fonte) for s in nuovo.sezioni.all()] == [("Missione", "")]
    assert [fase.scadenza for fase in nuovo.fasi.all()] == ["Entro gennaio"]
    assert attesi(misura_di(nuovo)) == {2023: "60%", 2024: "≥ 95%"}
    figlio, padre = Obiettivo.objects.di_piano(nuovo).order_by("ordine")
    assert (figlio.parent, padre.parent) == (padre, None)
    vecchio_padre = Obiettivo.objects.di_piano(vecchio).get(codice="A1.1")
    assert padre.precedente == vecchio_padre
    assert set(padre.contributrici.all()) == set(vecchio_padre.contributrici.all())
    assert misura_di(nuovo).precedente == misura_di(vecchio)
    assert AreaStrategica.objects.get(piano=nuovo).precedente.piano == vecchio
    evento = Evento.objects.get()
    assert (evento.tipo, evento.da, evento.dati) == (
        "piano.scorso", controllo, {"aree": 1, "obiettivi": 2, "indicatori": 2},
    )  # fmt: skip
    assert evento in Evento.objects.che_riguardano(vecchio)


def test_il_piano_di_prima_resta_com_e(vecchio: Piano) -> None:
    prima = attesi(misura_di(vecchio))
    nuovo = scorri(vecchio)
    azioni_piani.elimina(AreaStrategica.objects.get(piano=nuovo), da=None)
    vecchio.refresh_from_db()
    assert vecchio.stato == Piano.Stato.PUBBLICATO
    assert attesi(misura_di(vecchio)) == prima


def test_la_conferma_di_una_lettura_vale_per_lo_stesso_anno(
    vecchio: Piano, controllo: Utente
) -> None:
    azioni.conferma_lettura(misura_di(vecchio).target.get(anno=2023), da=controllo)
    azioni.conferma_lettura(misura_di(vecchio, "X-2").target.get(anno=2023), da=controllo)
    misura_di(vecchio, "X-2").target.filter(anno=2024).delete()
    nuovo = scorri(vecchio, proponi=True)
    stesso = misura_di(nuovo).target.get(anno=2023)
    assert (stesso.confermato_da, stesso.da_confermare) == (controllo, False)
    proposto = misura_di(nuovo, "X-2").target.get(anno=2025)
    assert (proposto.stampato, proposto.da_confermare) == ("60%", True)


def test_agli_anni_nuovi_si_propone_l_ultimo_target_solo_se_chiesto(vecchio: Piano) -> None:
    nuovo = scorri(vecchio, proponi=True)
    assert attesi(misura_di(nuovo)) == {2023: "60%", 2024: "≥ 95%", 2025: "≥ 95%"}
    lontano = scorri(vecchio, anno_inizio=2026, titolo="Piano 2026-2028")
    assert (list(lontano.anni), attesi(misura_di(lontano))) == ([2026, 2027, 2028], {})
    tutto = scorri(vecchio, anno_inizio=2030, titolo="Piano 2030-2032", proponi=True)
    assert attesi(misura_di(tutto)) == dict.fromkeys((2030, 2031, 2032), "≥ 95%")


def test_il_consuntivo_dell_anno_prima_diventa_la_partenza_se_non_e_inventato(
    vecchio: Piano,
) -> None:
    primo, secondo = misura_di(vecchio).indicatore, misura_di(vecchio, "X-2").indicatore
    RilevazioneFactory(indicatore=primo, anno=2022, valore=None, numeratore=2, denominatore=3)
    RilevazioneFactory(indicatore=primo, anno=2022, frazione="T1", valore=Decimal(10))
    RilevazioneFactory(indicatore=secondo, anno=2022, valore=Decimal(50), dimostrativa=True)
    nuovo = scorri(vecchio)
    misura = misura_di(nuovo)
    assert (misura.base_anno, misura.base_stampata) == (2022, "66,67 %")
    assert misura.base.cifra == Decimal("66.67")
    assert (misura_di(nuovo, "X-2").base_anno, misura_di(nuovo, "X-2").base_stampata) == (
        2021,
        "80%",
    )
    assert Rilevazione.objects.count() == 3


@pytest.mark.parametrize(
    "stato", [Piano.Stato.BOZZA, Piano.Stato.IN_VALIDAZIONE, Piano.Stato.VALIDATO]
)
def test_si_fa_scorrere_solo_un_piano_adottato(vecchio: Piano, stato: str) -> None:
    Piano.objects.update(stato=stato)
    with pytest.raises(ValidationError, match="si fa scorrere un piano adottato"):
        scorri(vecchio)
    assert Piano.objects.count() == 1


def test_una_revisione_si_comincia_una_volta_per_triennio(vecchio: Piano) -> None:
    scorri(vecchio)
    with pytest.raises(ValidationError, match="Lo scorrimento di quel piano c'è già"):
        scorri(vecchio)
    assert Piano.objects.count() == 2


@pytest.mark.parametrize(("anno", "campo"), [(2022, "anno_inizio"), (2101, "anno_inizio")])
def test_gli_anni_della_revisione(vecchio: Piano, anno: int, campo: str) -> None:
    with pytest.raises(ValidationError) as errore:
        scorri(vecchio, anno_inizio=anno)
    assert list(errore.value.message_dict) == [campo]


def test_chi_non_compila_non_fa_scorrere(vecchio: Piano) -> None:
    with pytest.raises(PermissionDenied):
        scorri(vecchio, da=IncaricoFactory(azienda=vecchio.azienda, ruolo=Ruolo.DIREZIONE).utente)


# The comparison ----------------------------------------------------------------------------------


def detti(gruppo: Gruppo) -> dict[str, Any]:
    return {
        "aggiunte": [voce.codice for voce in gruppo.aggiunte],
        "tolte": [voce.codice for voce in gruppo.tolte],
        "cambiate": {voce.codice: voce.cambiamenti for voce in gruppo.cambiate},
        "uguali": gruppo.uguali,
    }


def test_appena_nata_la_revisione_e_uguale(vecchio: Piano) -> None:
    confronto = confronta(scorri(vecchio), vecchio)
    assert (confronto.comuni, confronto.nuovi) == ([2023, 2024], [2025])
    assert [gruppo.diverse for gruppo in confronto.gruppi] == [0, 0, 0]
    assert [gruppo.uguali for gruppo in confronto.gruppi] == [1, 2, 2]


def test_il_confronto_dice_cio_che_e_aggiunto_tolto_e_cambiato(vecchio: Piano) -> None:
    nuovo = scorri(vecchio)
    padre = Obiettivo.objects.di_piano(nuovo).get(codice="A1.1")
    azioni_piani.modifica(
        padre, {"codice": "A1.9", "titolo": "Invitare tutti", "peso": Decimal(40)}, da=None
    )
    misura = misura_di(nuovo)
    azioni.modifica_misura(
        misura,
        attesi={2023: Atteso("≥ 70%"), 2025: Atteso("≥ 99%")},
        base="80%", base_anno=2021, peso=Decimal(100), nota="", da=None,
    )  # fmt: skip
    azioni_piani.elimina(misura_di(nuovo, "X-2"), da=None)
    azioni_piani.aggiungi(AreaStrategica(piano=nuovo, codice="A2", nome="Ricerca"), da=None)
    aree, obiettivi, misure = map(detti, confronta(nuovo, vecchio).gruppi)
    assert aree == {"aggiunte": ["A2"], "tolte": [], "cambiate": {}, "uguali": 1}
    assert obiettivi["cambiate"] == {
        "A1.9": (("obiettivo", "Invitare", "Invitare tutti"), ("peso %", "", "40"))
    }
    assert (obiettivi["aggiunte"], obiettivi["tolte"], obiettivi["uguali"]) == ([], [], 1)
    assert misure == {
        "aggiunte": [],
        "tolte": ["X-2"],
        "cambiate": {"X-1": (("peso %", "", "100"), ("atteso 2023", "60%", "≥ 70%"))},
        "uguali": 0,
    }


def test_due_piani_trascritti_si_confrontano_per_codice(vecchio: Piano, azienda: Azienda) -> None:
    nuovo = PianoFactory(azienda=azienda, anno_inizio=2023, anno_fine=2025, scorrimento_di=vecchio)
    area = AreaFactory(piano=nuovo, codice="A1", nome="Prevenzione", peso=100)
    altro = ObiettivoFactory(area=area, codice="A1.2", titolo="Altro")
    MisuraFactory(obiettivo=altro, indicatore=misura_di(vecchio).indicatore)
    aree, obiettivi, misure = map(detti, confronta(nuovo, vecchio).gruppi)
    assert aree["uguali"] == 1
    assert (obiettivi["aggiunte"], obiettivi["tolte"]) == (["A1.2"], ["A1.1.1", "A1.1"])
    assert (misure["aggiunte"], misure["tolte"]) == (["X-1"], ["X-2", "X-1"])


def test_un_indicatore_passato_a_un_altro_obiettivo_lo_dice(vecchio: Piano) -> None:
    nuovo = scorri(vecchio)
    misura = misura_di(nuovo)
    misura.obiettivo = Obiettivo.objects.di_piano(nuovo).get(codice="A1.1.1")
    misura.save(update_fields=["obiettivo"])
    _aree, _obiettivi, misure = map(detti, confronta(nuovo, vecchio).gruppi)
    assert misure["cambiate"] == {"X-1": (("sotto l'obiettivo", "", "A1.1.1 Per posta"),)}


@pytest.mark.parametrize("quante", [1, 3])
def test_il_confronto_costa_sempre_le_stesse_interrogazioni(
    vecchio: Piano, django_assert_num_queries: Any, quante: int
) -> None:
    area = AreaStrategica.objects.get()
    for obiettivo in ObiettivoFactory.create_batch(quante, area=area):
        TargetFactory(misura=MisuraFactory(obiettivo=obiettivo), anno=2023)
    nuovo = scorri(vecchio)
    with django_assert_num_queries(10):
        confronta(nuovo, vecchio)


# The pages ---------------------------------------------------------------------------------------


def test_la_revisione_si_comincia_dalla_pagina_dello_stato_e_si_confronta(
    vecchio: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    pagina = client.get(reverse("stato_piano", args=[vecchio.slug])).content.decode()
    assert 'value="Piano 2023-2025"' in pagina
    dati = {"titolo": "Piano 2023-2025", "anno_inizio": "2023", "proponi": "on"}
    risposta = client.post(reverse("scorri", args=[vecchio.slug]), dati)
    nuovo = Piano.objects.get(scorrimento_di=vecchio)
    assert risposta.url == reverse("stato_piano", args=[nuovo.slug])
    di_nuovo = client.post(reverse("scorri", args=[vecchio.slug]), dati)
    assert "c&#x27;è già" in di_nuovo.content.decode()
    confronto = client.get(reverse("revisione", args=[nuovo.slug])).content.decode()
    assert "2023, 2024" in confronto
    assert "Anni nuovi: 2025" in confronto


def test_chi_non_vede_il_piano_di_prima_non_lo_confronta(
    vecchio: Piano, entra: Callable[[Utente], Client]
) -> None:
    nuovo = scorri(vecchio, anno_inizio=2026, titolo="Piano 2026-2028")
    nucleo = IncaricoFactory(azienda=vecchio.azienda, ruolo=Ruolo.NUCLEO, anno_da=2026).utente
    pagina = entra(nucleo).get(reverse("revisione", args=[nuovo.slug])).content.decode()
    assert "Non c’è un piano di prima" in pagina
    assert vecchio.titolo not in pagina
