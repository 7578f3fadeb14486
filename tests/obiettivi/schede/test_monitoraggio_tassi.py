# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who has reported, when and how late; the panel of a scheda; what each finds in the inbox."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Finestra, Rendicontazione, RigaScheda, SchedaBudget
from obiettivi.schede.bacheca_monitoraggio import cose_da_fare
from obiettivi.schede.monitoraggio import dei_cdr, per_dipartimento, totale
from obiettivi.schede.pannello_monitoraggio import pannello
from obiettivi.templatetags.voti import percentuale
from piani.models import Azienda, Evento, Organigramma, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaSchedaFactory,
    FinestraFactory,
    IncaricoFactory,
    OrganigrammaFactory,
    ProrogaFactory,
    RendicontazioneFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    SchedaFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    il_giorno(monkeypatch, date(2023, 4, 22))


def il_giorno(monkeypatch: pytest.MonkeyPatch, giorno: date) -> None:
    vero = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda *quando: vero(*quando) if quando else giorno)


@pytest.fixture
def finestra(azienda: Azienda) -> Finestra:
    return FinestraFactory(
        azienda=azienda, anno=2023, apre=date(2023, 4, 1), scade=date(2023, 4, 20)
    )


@pytest.fixture
def organigramma(azienda: Azienda) -> Organigramma:
    return OrganigrammaFactory(azienda=azienda)


def scheda_con(
    organigramma: Organigramma, righe: int, sopra: UnitaOrganizzativa | None = None, **campi: Any
) -> SchedaBudget:
    unita = UnitaFactory(organigramma=organigramma, parent=sopra, cdr=True)
    valori = {"anno": 2023, "stato": SchedaBudget.Stato.IN_MONITORAGGIO} | campi
    scheda = SchedaFactory(azienda=organigramma.azienda, unita=unita, **valori)
    area = AreaSchedaFactory(scheda=scheda)
    for _n in range(righe):
        RigaSchedaFactory(area=area)
    return scheda


def righe_di(scheda: SchedaBudget) -> list[RigaScheda]:
    return list(RigaScheda.objects.filter(area__scheda=scheda).order_by("pk"))


def trasmetti(riga: RigaScheda, giorno: date, frazione: str = "T1") -> Rendicontazione:
    quando = timezone.make_aware(datetime(giorno.year, giorno.month, giorno.day, 12))  # noqa: DTZ001
    return RendicontazioneFactory(
        riga=riga, frazione=frazione, stato="trasmessa", trasmessa_il=quando
    )


def indirizzo(azienda: Azienda, nome: str = "monitoraggio") -> str:
    return f"{reverse(nome)}?azienda={azienda.codice}&anno=2023&frazione=T1"


def test_completezza_e_puntualita_per_cdr_dipartimento_e_azienda(
    azienda: Azienda, organigramma: Organigramma, finestra: Finestra
) -> None:
    dipartimento = UnitaFactory(
        organigramma=organigramma, tipo="dipartimento", nome="Dipartimento chirurgico"
    )
    prima = scheda_con(organigramma, 3, dipartimento)
    RigaSchedaFactory(area=righe_di(prima)[0].area, aziendale=True)
    RigaSchedaFactory(area=AreaSchedaFactory(scheda=prima, tipo="adempimenti"))
    seconda = scheda_con(organigramma, 1)
    ProrogaFactory(finestra=finestra, unita=prima.unita, fino_al=date(2023, 4, 30))
    trasmetti(righe_di(prima)[0], date(2023, 4, 20))
    trasmetti(righe_di(prima)[1], date(2023, 4, 21))
    RendicontazioneFactory(riga=righe_di(prima)[2])
    trasmetti(righe_di(seconda)[0], date(2023, 4, 2), "T2")
    cdr = dei_cdr([prima, seconda], "T1")
    uno, due = cdr
    conto = uno.conto
    assert (conto.dovute, conto.trasmesse, conto.puntuali, conto.bozze) == (3, 2, 1, 1)
    assert (conto.mancano, conto.dopo_il_termine) == (1, 1)
    assert percentuale(conto.completezza or Decimal(0)) == "66,7"
    assert uno.ultima == date(2023, 4, 21)
    assert not uno.in_ritardo(date(2023, 4, 22))
    assert uno.in_ritardo(date(2023, 5, 1))
    assert (due.conto.trasmesse, due.conto.completezza, due.in_ritardo(date(2023, 4, 22))) == (
        0, 0, True,
    )  # fmt: skip
    gruppi = per_dipartimento(cdr)
    assert [(g.nome, g.conto.dovute) for g in gruppi] == [("Dipartimento chirurgico", 3), ("", 1)]
    assert (totale(cdr).completezza, totale(cdr).puntualita) == (50, 25)


def test_la_pagina_e_il_csv_dicono_le_stesse_cose(
    azienda: Azienda,
    organigramma: Organigramma,
    finestra: Finestra,
    entra: Callable[[Utente], Client],
    controllo: Utente,
) -> None:
    scheda = scheda_con(organigramma, 2)
    trasmetti(righe_di(scheda)[0], date(2023, 4, 20))
    scheda_con(organigramma, 2, stato=SchedaBudget.Stato.SOTTOSCRITTA)
    client = entra(controllo)
    risposta = client.get(indirizzo(azienda))
    assert (risposta.context["quanti"], risposta.context["in_ritardo"]) == (1, 1)
    assert "In ritardo" in risposta.getvalue().decode()
    righe = client.get(indirizzo(azienda, "monitoraggio_csv")).getvalue().decode("utf-8-sig")
    testata, riga = righe.splitlines()
    assert testata.startswith("azienda;anno;trimestre;dipartimento;centro")
    assert riga == (
        f"{azienda};2023;T1;;{scheda.unita};In monitoraggio;2;1;1;0;0;1;50;50;20/04/2023;"
        "20/04/2023;In ritardo"
    )


def test_ciascuno_vede_i_tassi_dei_cdr_che_sono_suoi(
    azienda: Azienda,
    organigramma: Organigramma,
    finestra: Finestra,
    entra: Callable[[Utente], Client],
) -> None:
    mia, altra = scheda_con(organigramma, 1), scheda_con(organigramma, 1)
    capo = IncaricoFactory(azienda=azienda, unita=mia.unita, ruolo=Ruolo.RESPONSABILE_CDR).utente
    client = entra(capo)
    assert client.get(indirizzo(azienda)).context["quanti"] == 1
    testo = client.get(indirizzo(azienda, "monitoraggio_csv")).getvalue().decode()
    assert str(mia.unita) in testo
    assert str(altra.unita) not in testo


@pytest.mark.parametrize("domanda", ["", "?anno=abc", "?azienda=altra&anno=1&frazione=T9"])
def test_cio_che_non_c_e_e_l_ultimo_anno_e_l_ultimo_trimestre_finito(
    organigramma: Organigramma,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    domanda: str,
) -> None:
    scheda_con(organigramma, 1, anno=2022)
    scheda_con(organigramma, 1)
    scelto = entra(controllo).get(f"{reverse('monitoraggio')}{domanda}").context["scelto"]
    assert (scelto.anno, scelto.frazione) == (2023, "T1")


def test_senza_schede_la_pagina_lo_dice(
    entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    client = entra(controllo)
    assert (
        "Nessuna scheda in monitoraggio." in client.get(reverse("monitoraggio")).getvalue().decode()
    )
    assert len(client.get(reverse("monitoraggio_csv")).getvalue().splitlines()) == 1


@pytest.mark.parametrize("quante", [1, 3])
def test_i_tassi_costano_sempre_uguale(
    azienda: Azienda,
    organigramma: Organigramma,
    finestra: Finestra,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    django_assert_num_queries: Callable[[int], Any],
    quante: int,
) -> None:
    for _n in range(quante):
        scheda = scheda_con(organigramma, quante)
        ProrogaFactory(finestra=finestra, unita=scheda.unita)
        trasmetti(righe_di(scheda)[0], date(2023, 4, 20))
    client = entra(controllo)
    client.get(indirizzo(azienda))
    with django_assert_num_queries(12):
        assert client.get(indirizzo(azienda)).context["quanti"] == quante


def test_il_pannello_dice_a_che_punto_e_ogni_riga(
    azienda: Azienda,
    organigramma: Organigramma,
    finestra: Finestra,
    entra: Callable[[Utente], Client],
    controllo: Utente,
) -> None:
    scheda = scheda_con(organigramma, 2)
    una, altra = righe_di(scheda)
    aziendale = RigaSchedaFactory(area=una.area, aziendale=True)
    RilevazioneFactory(indicatore=aziendale.indicatore, anno=2023, frazione="T1", valore=88)
    trasmetti(una, date(2023, 4, 20))
    FinestraFactory(
        azienda=azienda, anno=2023, frazione="T2", apre=date(2023, 7, 1), scade=date(2023, 7, 20)
    )
    risposta = entra(controllo).get(scheda.get_absolute_url())
    (questo,) = [p for p in risposta.context["pannelli"] if p.ancora == "monitoraggio"]
    parole = [[cella.parola for cella in celle] for _riga, celle in questo.contesto["righe"]]
    senza = "finestra non fissata"
    assert parole == [
        ["trasmessa", "non ancora aperta", senza, senza],
        ["in ritardo", "non ancora aperta", senza, senza],
        ["dell'azienda"] * 4,
    ]
    assert next((t.trasmesse, t.dovute) for t in questo.contesto["trimestri"]) == (1, 2)
    testo = risposta.content.decode()
    assert "88 %" in testo
    assert reverse("rendicontazione", args=[altra.pk, "T1"]) in testo


def test_prima_della_divulgazione_non_c_e_pannello(
    organigramma: Organigramma, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    scheda = scheda_con(organigramma, 1, stato=SchedaBudget.Stato.SOTTOSCRITTA)
    risposta = entra(controllo).get(scheda.get_absolute_url())
    assert "monitoraggio" not in [p.ancora for p in risposta.context["pannelli"]]


@pytest.mark.parametrize("quante", [1, 3])
def test_il_pannello_costa_sempre_uguale(
    organigramma: Organigramma,
    finestra: Finestra,
    controllo: Utente,
    django_assert_num_queries: Callable[[int], Any],
    quante: int,
) -> None:
    scheda = scheda_con(organigramma, quante)
    for riga in righe_di(scheda):
        trasmetti(riga, date(2023, 4, 20))
    scheda = SchedaBudget.objects.per_elenco().get(pk=scheda.pk)
    with django_assert_num_queries(7):
        assert pannello(scheda, controllo) is not None


def test_il_responsabile_trova_cio_che_deve_con_la_scadenza(
    azienda: Azienda, organigramma: Organigramma, finestra: Finestra
) -> None:
    scheda = scheda_con(organigramma, 3)
    figlia = scheda_con(organigramma, 1, scheda.unita)
    guida(figlia.unita)
    trasmetti(righe_di(scheda)[0], date(2023, 4, 20))
    capo = IncaricoFactory(azienda=azienda, unita=scheda.unita, ruolo=Ruolo.RESPONSABILE_CDR).utente
    (cosa,) = cose_da_fare(capo)
    assert cosa.titolo == f"Rendiconta il 1° trimestre 2023: {scheda.unita}"
    assert cosa.testo.startswith("Mancano 2 righe su 3. Il termine è scaduto")
    assert (cosa.scadenza, cosa.urgente) == (date(2023, 4, 20), True)
    ProrogaFactory(finestra=finestra, unita=scheda.unita, fino_al=date(2023, 4, 30))
    (cosa,) = cose_da_fare(capo)
    assert (cosa.testo, cosa.scadenza, cosa.urgente) == (
        "Mancano 2 righe su 3.", date(2023, 4, 30), False,
    )  # fmt: skip
    azioni.chiudi_periodo(azienda, anno=2023, frazione="S1", da=None)
    assert list(cose_da_fare(capo)) == []
    assert figlia.unita != scheda.unita


def test_di_un_cdr_senza_responsabile_rendiconta_il_piu_vicino_in_alto(
    organigramma: Organigramma, finestra: Finestra
) -> None:
    dipartimento = UnitaFactory(organigramma=organigramma, tipo="dipartimento")
    mezzo = UnitaFactory(organigramma=organigramma, parent=dipartimento)
    cdr = scheda_con(organigramma, 1, mezzo)
    direttore, vicario = guida(dipartimento), guida(dipartimento, Ruolo.VICARIO)
    attesa = [f"Rendiconta il 1° trimestre 2023: {cdr.unita}"]
    assert titoli(direttore) == titoli(vicario) == attesa
    in_mezzo = guida(mezzo)
    assert (titoli(direttore), titoli(in_mezzo)) == ([], attesa)
    suo_vicario = guida(cdr.unita, Ruolo.VICARIO)  # a deputy alone is not a head
    assert titoli(in_mezzo) == titoli(suo_vicario) == attesa
    proprio = guida(cdr.unita)
    assert (titoli(in_mezzo), titoli(proprio)) == ([], attesa)


def guida(unita: UnitaOrganizzativa | None, ruolo: Ruolo = Ruolo.RESPONSABILE_CDR) -> Utente:
    assert unita is not None
    return IncaricoFactory(azienda=unita.azienda, unita=unita, ruolo=ruolo).utente


def titoli(utente: Utente) -> list[str]:
    return [cosa.titolo for cosa in cose_da_fare(Utente.objects.get(pk=utente.pk))]


def test_il_rilevatore_trova_gli_indicatori_che_mancano(
    azienda: Azienda, organigramma: Organigramma, finestra: Finestra,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    certificatrice = UnitaFactory(organigramma=organigramma)
    una, altra = (righe_di(scheda_con(organigramma, 1))[0] for _n in range(2))
    for riga in (una, altra):
        riga.indicatore = una.indicatore
        riga.save(update_fields=["indicatore"])
    una.indicatore.rilevatore = certificatrice
    una.indicatore.save(update_fields=["rilevatore"])
    chi = IncaricoFactory(azienda=azienda, unita=certificatrice, ruolo=Ruolo.RILEVATORE).utente
    assert list(cose_da_fare(chi)) == []  # the window is over
    il_giorno(monkeypatch, date(2023, 4, 20))
    (cosa,) = cose_da_fare(chi)
    assert cosa.titolo == f"Rileva {una.indicatore.codice}, 1° trimestre 2023"
    assert cosa.testo.endswith("manca per 2 CdR.")
    assert cosa.url.endswith("/griglia/?anno=2023&frazione=T1")
    for riga in (una, altra):
        RilevazioneFactory(
            indicatore=una.indicatore, unita=riga.area.scheda.unita, anno=2023, frazione="T1"
        )
    assert list(cose_da_fare(chi)) == []


def test_il_controllo_di_gestione_trova_chi_e_in_ritardo(
    azienda: Azienda, organigramma: Organigramma, finestra: Finestra, controllo: Utente
) -> None:
    tardi = scheda_con(organigramma, 2)
    scheda_con(organigramma, 1)
    for riga in righe_di(scheda_con(organigramma, 1)):
        trasmetti(riga, date(2023, 4, 20))
    ProrogaFactory(finestra=finestra, unita=tardi.unita, fino_al=date(2023, 4, 30))
    (cosa,) = cose_da_fare(controllo)
    assert cosa.titolo == "1 CdR in ritardo con la rendicontazione"
    assert cosa.url == indirizzo(azienda)


def test_il_nucleo_trova_cio_che_e_stato_trasmesso_e_non_ha_ancora_visto(
    azienda: Azienda, organigramma: Organigramma, finestra: Finestra
) -> None:
    righe = righe_di(scheda_con(organigramma, 3))
    nucleo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente
    altrove = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_a=2022).utente
    for riga in righe[:2]:
        trasmetti(riga, date(2023, 4, 20))
    (cosa,) = cose_da_fare(nucleo)
    assert cosa.titolo == "Guarda 2 righe rendicontate: 1° trimestre 2023"
    assert cosa.url == indirizzo(azienda)
    assert list(cose_da_fare(altrove)) == []
    Rendicontazione.objects.update(validato=Decimal(70))
    assert list(cose_da_fare(nucleo)) == []


@pytest.mark.parametrize("quante", [1, 3])
def test_la_bacheca_costa_sempre_uguale(
    azienda: Azienda,
    organigramma: Organigramma,
    finestra: Finestra,
    django_assert_num_queries: Callable[[int], Any],
    quante: int,
) -> None:
    chi = IncaricoFactory(azienda=azienda).utente
    for _n in range(quante):
        scheda = scheda_con(organigramma, quante)
        IncaricoFactory(
            azienda=azienda, utente=chi, unita=scheda.unita, ruolo=Ruolo.RESPONSABILE_CDR
        )
    certificatrice = UnitaFactory(organigramma=organigramma)
    IncaricoFactory(azienda=azienda, utente=chi, unita=certificatrice, ruolo=Ruolo.RILEVATORE)
    chi = Utente.objects.get(pk=chi.pk)
    with django_assert_num_queries(20):
        assert len(list(cose_da_fare(chi))) == quante + 1


def test_chiudere_un_trimestre_dice_quante_rendicontazioni_mancano(
    azienda: Azienda,
    organigramma: Organigramma,
    finestra: Finestra,
    entra: Callable[[Utente], Client],
    controllo: Utente,
) -> None:
    scheda = scheda_con(organigramma, 3)
    trasmetti(righe_di(scheda)[0], date(2023, 4, 20))
    client = entra(controllo)
    pagina = reverse("periodi", args=[azienda.codice])
    assert "rendicontazioni: 1 su 3" in client.get(pagina).content.decode()
    chiudi = reverse("periodo_chiudi", args=[azienda.codice])
    risposta = client.post(chiudi, {"anno": "2023", "frazione": "T1"}, follow=True)
    assert "2 rendicontazioni delle schede mancano" in risposta.content.decode()
    assert "Mancavano 2 rendicontazioni." in risposta.content.decode()
    assert Evento.objects.get(tipo="periodo.chiuso").dati == {"rendicontazioni_mancanti": 2}
    riapri = reverse("periodo_riapri", args=[azienda.codice])
    risposta = client.post(riapri, {"anno": "2023", "frazione": "T1", "motivo": ""})
    assert "Scrivere perché il periodo si riapre." in risposta.content.decode()
