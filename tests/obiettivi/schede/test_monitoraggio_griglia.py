# SPDX-License-Identifier: AGPL-3.0-or-later
"""One indicator for all the CdR: all the results or none, errors in their cells."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import Indicatore, RigaScheda, Rilevazione, SchedaBudget
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaSchedaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    OrganigrammaFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    SchedaFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: date(2023, 4, 10))


@pytest.fixture
def certificatrice(azienda: Azienda) -> UnitaOrganizzativa:
    return UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))


@pytest.fixture
def indicatore(azienda: Azienda, certificatrice: UnitaOrganizzativa) -> Indicatore:
    return IndicatoreFactory(azienda=azienda, rilevatore=certificatrice, codice="SDO/1")


@pytest.fixture
def rilevatore(certificatrice: UnitaOrganizzativa) -> Utente:
    return IncaricoFactory(
        azienda=certificatrice.azienda, unita=certificatrice, ruolo=Ruolo.RILEVATORE
    ).utente


def del_cdr(
    indicatore: Indicatore, organigramma: Any, stato: str = "in_monitoraggio", **campi: Any
) -> RigaScheda:
    unita = UnitaFactory(organigramma=organigramma, cdr=True)
    scheda = SchedaFactory(azienda=indicatore.azienda, anno=2023, unita=unita, stato=stato)
    return RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=indicatore, **campi)


def indirizzo(indicatore: Indicatore, periodo: str = "?anno=2023&frazione=T1") -> str:
    chiave = [indicatore.azienda.codice, indicatore.codice]
    return f"{reverse('griglia', args=chiave)}{periodo}"


def unita_di(riga: RigaScheda) -> UnitaOrganizzativa:
    unita = riga.area.scheda.unita
    assert unita is not None
    return unita


def test_la_griglia_ha_un_cdr_per_riga_con_atteso_e_ultimo_risultato(
    indicatore: Indicatore,
    certificatrice: UnitaOrganizzativa,
    entra: Callable[[Utente], Client],
    rilevatore: Utente,
) -> None:
    organigramma = certificatrice.organigramma
    prima = del_cdr(indicatore, organigramma, atteso="≥ 90%")
    seconda = del_cdr(indicatore, organigramma)
    del_cdr(indicatore, organigramma, aziendale=True)
    del_cdr(indicatore, organigramma, stato=SchedaBudget.Stato.SOTTOSCRITTA)
    RigaSchedaFactory(area=prima.area, indicatore=indicatore, obiettivo="Un altro")
    for anno, frazione, valore in ((2022, "T3", 1), (2022, "", 2), (2023, "T2", 3)):
        RilevazioneFactory(
            indicatore=indicatore, unita=unita_di(prima), anno=anno, frazione=frazione,
            valore=valore,
        )  # fmt: skip
    risposta = entra(rilevatore).get(indirizzo(indicatore))
    righe = risposta.context["form"].righe
    assert [riga.unita for riga in righe] == [unita_di(prima), unita_di(seconda)]
    assert righe[0].atteso == "≥ 90%"
    assert (righe[0].prima.valore, righe[0].adesso) == (2, None)
    assert righe[1].prima is None
    assert "data-griglia" in risposta.content.decode()


def test_tutti_i_risultati_o_nessuno_con_l_errore_nella_sua_cella(
    indicatore: Indicatore,
    certificatrice: UnitaOrganizzativa,
    entra: Callable[[Utente], Client],
    rilevatore: Utente,
) -> None:
    Indicatore.objects.filter(pk=indicatore.pk).update(tipo_formula="rapporto")
    una, altra, terza = (del_cdr(indicatore, certificatrice.organigramma) for _n in range(3))
    a, b, _c = (unita_di(riga).pk for riga in (una, altra, terza))
    client = entra(rilevatore)
    dati = {f"numeratore-{a}": "9", f"denominatore-{a}": "12", f"numeratore-{b}": "3"}
    risposta = client.post(indirizzo(indicatore), dati)
    assert risposta.status_code == 200
    assert risposta.context["form"].errors == {f"denominatore-{b}": ["Manca questo valore."]}
    assert 'value="9"' in risposta.content.decode()
    assert not Rilevazione.objects.exists()
    risposta = client.post(indirizzo(indicatore), {**dati, f"denominatore-{b}": "boh"})
    assert set(risposta.context["form"].errors) == {f"denominatore-{b}"}
    risposta = client.post(indirizzo(indicatore), {**dati, f"denominatore-{b}": "4"})
    assert risposta.url == indirizzo(indicatore)
    scritti = Rilevazione.objects.values_list("unita", "numeratore", "denominatore")
    assert set(scritti) == {(a, 9, 12), (b, 3, 4)}
    risposta = client.post(indirizzo(indicatore), {f"numeratore-{b}": "3"})
    assert risposta.context["form"].errors == {
        campo: ["Un risultato non si cancella: scrivi quello giusto."]
        for campo in (f"numeratore-{a}", f"denominatore-{a}")
    }
    assert Rilevazione.objects.count() == 2


def test_gli_stessi_risultati_non_si_riscrivono(
    indicatore: Indicatore, certificatrice: UnitaOrganizzativa, rilevatore: Utente
) -> None:
    unita = unita_di(del_cdr(indicatore, certificatrice.organigramma))
    risultati = {unita: {"valore": Decimal(9)}}
    for attesi in (1, 0):
        cambiati = azioni.rileva_griglia(
            indicatore, anno=2023, frazione="T1", risultati=risultati, da=rilevatore
        )
        assert cambiati == attesi
    assert Rilevazione.objects.get().dichiarata_da == rilevatore


def test_un_periodo_chiuso_ferma_la_griglia_e_lo_dice(
    indicatore: Indicatore,
    certificatrice: UnitaOrganizzativa,
    entra: Callable[[Utente], Client],
    rilevatore: Utente,
) -> None:
    unita = unita_di(del_cdr(indicatore, certificatrice.organigramma))
    azioni.chiudi_periodo(indicatore.azienda, anno=2023, frazione="T1", da=None)
    risposta = entra(rilevatore).post(indirizzo(indicatore), {f"valore-{unita.pk}": "9"})
    assert "Il periodo è chiuso ai nuovi risultati: 1° trimestre 2023." in (
        risposta.content.decode()
    )
    assert not Rilevazione.objects.exists()


@pytest.mark.parametrize("periodo", ["", "?anno=abc&frazione=T9", "?anno=99999999999"])
def test_un_periodo_che_non_e_tale_e_il_trimestre_in_corso(
    indicatore: Indicatore, entra: Callable[[Utente], Client], controllo: Utente, periodo: str
) -> None:
    risposta = entra(controllo).get(indirizzo(indicatore, periodo))
    assert (risposta.context["anno"], risposta.context["periodo"]) == (2023, "2° trimestre")


def test_rileva_solo_l_unita_che_certifica_o_chi_governa(
    indicatore: Indicatore,
    certificatrice: UnitaOrganizzativa,
    entra: Callable[[Utente], Client],
    controllo: Utente,
) -> None:
    unita = unita_di(del_cdr(indicatore, certificatrice.organigramma))
    altro = IncaricoFactory(azienda=unita.azienda, unita=unita, ruolo=Ruolo.RILEVATORE).utente
    assert entra(altro).get(indirizzo(indicatore)).status_code == 403
    with pytest.raises(PermissionDenied):
        azioni.rileva(indicatore, anno=2023, valore=Decimal(1), unita=unita, da=altro)
    assert entra(controllo).get(indirizzo(indicatore)).status_code == 200


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_griglia_costa_sempre_uguale(
    indicatore: Indicatore,
    certificatrice: UnitaOrganizzativa,
    entra: Callable[[Utente], Client],
    rilevatore: Utente,
    django_assert_num_queries: Callable[[int], Any],
    quanti: int,
) -> None:
    for _n in range(quanti):
        riga = del_cdr(indicatore, certificatrice.organigramma)
        RilevazioneFactory(indicatore=indicatore, unita=unita_di(riga), anno=2023, frazione="T1")
    client = entra(rilevatore)
    client.get(indirizzo(indicatore))
    with django_assert_num_queries(11):
        assert len(client.get(indirizzo(indicatore)).context["form"].righe) == quanti
