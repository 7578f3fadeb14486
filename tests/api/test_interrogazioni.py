# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries composed once: the same answers as before on both databases, and rights that change
from one request to the next.
"""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from obiettivi.api.indicatori import misure_di
from obiettivi.models import Indicatore, Misura, Raggiungimento
from piani import azioni, interrogazioni
from piani.conteggi import conta
from piani.interrogazioni import Interrogazione, Posto, UnoDi, diritti_di
from piani.models import Azienda, Incarico, Piano, Ruolo, Utente
from tests.api.passi import RADICE
from tests.factories import (
    AreaFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
ELENCO = f"{RADICE}/indicatori"


@pytest.fixture
def misura(azienda: Azienda) -> Misura:
    """An indicator with names that JSON must take care of, two targets, scores of two years."""
    piano = PianoFactory(azienda=azienda, stato=Piano.Stato.ADOTTATO)
    indicatore = IndicatoreFactory(
        azienda=azienda, codice="I-1", nome='Attesa «media» in "PS" \\ notte\n', formula="à/b"
    )
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    questa = MisuraFactory(
        obiettivo=obiettivo, indicatore=indicatore, peso=Decimal("12.5"), base_anno=2021
    )
    confermato = datetime(2022, 3, 1, 9, 30, 0, 123_000, tzinfo=UTC)
    TargetFactory(misura=questa, anno=2023, stampato="≥ 96%")
    TargetFactory(misura=questa, anno=2022, confermato_il=confermato)
    for anno, punteggio in ((2021, Decimal("11")), (2022, Decimal("96.84"))):
        _punteggio(questa, "consuntivo", anno, stato="C", punteggio=punteggio)
    _punteggio(questa, "partenza", 2021, stato="N", motivo="Manca il risultato.")
    return questa


def _punteggio(misura: Misura, prospettiva: str, anno: int, **esito: Any) -> None:
    Raggiungimento.objects.create(
        piano=misura.piano,
        prospettiva=prospettiva,
        anno=anno,
        livello=Raggiungimento.Livello.INDICATORE,
        oggetto=misura.pk,
        copertura=Decimal(100),
        **esito,
    )


def test_le_due_banche_dati_danno_gli_stessi_byte(
    api: Client, misura: Misura, azienda: Azienda
) -> None:
    dopo, prima = misura.target.order_by("-anno")
    assert api.get(ELENCO).content.decode() == (
        '{"totale":1,"successiva":null,"precedente":null,"risultati":['
        f'{{"id":{misura.indicatore_id},"azienda":"{azienda.codice}","codice":"I-1",'
        '"nome":"Attesa «media» in \\"PS\\" \\\\ notte\\n","formula":"à/b",'
        '"tipo_formula":"diretto","unita":"%","verso":"crescente","fonte":null,'
        '"frequenza":"annuale","aggregazione":"ultimo","cumulo":"","eredita_target":null,'
        '"decimali":2,"rilevatore":null,"nota_qualita":"","misure":['
        f'{{"id":{misura.pk},"piano":"{misura.piano.slug}","obiettivo":{misura.obiettivo_id},'
        '"peso":12.50,"base_anno":2021,"base_stampata":"","target":['
        f'{{"id":{prima.pk},"anno":2022,"stampato":"≥ 95%","certezza":"alta",'
        '"confermato_il":"2022-03-01T09:30:00.123000Z"},'
        f'{{"id":{dopo.pk},"anno":2023,"stampato":"≥ 96%","certezza":"alta",'
        '"confermato_il":null}],"punteggi":['
        '{"prospettiva":"consuntivo","anno":2022,"stato":"C","punteggio":96.84000000,'
        '"copertura":100.0000,"motivo":"","dimostrativo":false},'
        '{"prospettiva":"partenza","anno":2021,"stato":"N","punteggio":null,'
        '"copertura":100.0000,"motivo":"Manca il risultato.","dimostrativo":false}]}]}]}'
    )


@pytest.mark.parametrize("quanti", [0, 1, 3])
def test_si_leggono_le_righe_di_quante_chiavi_si_vuole(azienda: Azienda, quanti: int) -> None:
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misure = MisuraFactory.create_batch(4, obiettivo=obiettivo)
    chieste = {una.indicatore_id: una.pk for una in misure[:quanti]}
    lette = misure_di(chieste, {piano.pk: piano.slug})
    assert {chi: [una["id"] for una in sue] for chi, sue in lette.items()} == {
        chi: [chiave] for chi, chiave in chieste.items()
    }
    assert misure_di(chieste, {}) == {}


def test_il_testo_si_compone_una_volta_e_si_domanda_ogni_volta(azienda: Azienda) -> None:
    composte = []

    def scrivi() -> Any:
        composte.append(1)
        return (
            Indicatore.objects.filter(UnoDi("pk", "chiavi"), codice=Posto("codice"))
            .order_by("pk")
            .values_list("pk", "nome")
        )

    domanda = Interrogazione(scrivi)
    uno, due = IndicatoreFactory(codice="A"), IndicatoreFactory(codice="B")
    chiavi = [uno.pk, due.pk]
    for codice, atteso in (("A", [uno.pk]), ("B", [due.pk]), ("C", [])):
        assert [riga[0] for riga in domanda.righe(chiavi=chiavi, codice=codice)] == atteso
    Indicatore.objects.filter(pk=due.pk).delete()
    assert domanda.righe(chiavi=chiavi, codice="B") == []
    assert len(composte) == 1


def test_si_tengono_le_forme_usate_da_meno(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    monkeypatch.setattr(interrogazioni, "TENUTE", 2)
    composte: list[str] = []

    def scrivi(codice: str) -> Any:
        composte.append(codice)
        return Azienda.objects.filter(codice=codice).values_list("pk")

    domanda = Interrogazione(scrivi)
    for codice in ("a", "b", "a", "c", "a", "b"):
        assert domanda.forma(codice, codice).righe() == []
    assert composte == ["a", "b", "c", "b"]


def test_due_persone_e_due_giorni_non_hanno_la_stessa_forma(
    azienda: Azienda, controllo: Utente, incaricato: Callable[..., Utente], monkeypatch: Any
) -> None:
    altra = incaricato(Ruolo.NUCLEO)
    forme = {diritti_di(controllo), diritti_di(altra)}
    controllo.is_superuser = True
    forme.add(diritti_di(controllo))
    domani = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(interrogazioni.timezone, "localdate", lambda: domani)
    forme.add(diritti_di(controllo))
    assert len(forme) == 4


def test_cio_che_si_vede_cambia_alla_richiesta_dopo(
    api: Client, azienda: Azienda, misura: Misura
) -> None:
    def misure() -> list[int]:
        return [len(uno["misure"]) for uno in api.get(ELENCO).json()["risultati"]]

    assert misure() == [1]
    adesso = Incarico.objects.filter(azienda=azienda)
    adesso.update(anno_da=2030, anno_a=2031)  # entrusted with other years: neither plan nor library
    assert misure() == []
    adesso.update(anno_da=None, anno_a=None)
    assert misure() == [1]
    adesso.update(ruolo=Ruolo.DIPENDENTE)
    Piano.objects.filter(pk=misura.piano.pk).update(stato=Piano.Stato.BOZZA)
    assert misure() == [0]
    adesso.update(dal=date(2020, 1, 1), al=date(2020, 12, 31))
    assert misure() == []


def test_un_gettone_smette_di_valere_subito(
    api: Client, azienda: Azienda, programma: Callable[..., Client]
) -> None:
    cliente, gettoni = azienda.clienti_api.get(), get_access_token_model().objects
    assert api.get(ELENCO).status_code == 200
    fra_un_ora = gettoni.get().expires
    for spegni, riaccendi in (
        (
            lambda: gettoni.update(expires=timezone.now()),
            lambda: gettoni.update(expires=fra_un_ora),
        ),
        (
            lambda: Utente.objects.filter(pk=cliente.user_id).update(is_active=False),
            lambda: Utente.objects.filter(pk=cliente.user_id).update(is_active=True),
        ),
        (
            lambda: type(cliente).objects.update(revocato_il=timezone.now()),
            lambda: type(cliente).objects.update(revocato_il=None),
        ),
    ):
        spegni()
        assert api.get(ELENCO).status_code == 401
        riaccendi()
        assert api.get(ELENCO).status_code == 200
    gettoni.update(scope="piani:leggi")
    assert api.get(ELENCO).status_code == 403
    gettoni.all().delete()
    assert api.get(ELENCO).status_code == 401


def test_anche_chi_ha_l_etag_e_fermato_subito(api: Client, azienda: Azienda) -> None:
    letta = api.get(ELENCO)
    in_mano = {"If-None-Match": letta["ETag"]}
    assert api.get(ELENCO, headers=in_mano).status_code == 304
    azioni.revoca_cliente(azienda.clienti_api.get(), da=None)
    assert api.get(ELENCO, headers=in_mano).status_code == 401


def test_chi_chiede_si_legge_in_una_volta(api: Client, azienda: Azienda) -> None:
    api.get(ELENCO)
    with CaptureQueriesContext(connection) as chieste:
        api.get(ELENCO)
    del_gettone = [una["sql"] for una in chieste if "accesstoken" in una["sql"]]
    delle_persone = [una["sql"] for una in chieste if '"piani_utente"' in una["sql"]]
    assert (len(del_gettone), delle_persone) == (1, del_gettone)


def test_si_conta_fino_alla_fine_del_tempo() -> None:
    assert [conta("prova:conta", 60) for _volta in range(3)] == [1, 2, 3]
    cache.delete("prova:conta")
    assert conta("prova:conta", 60) == 1
    cache.touch("prova:conta", 0)
    assert conta("prova:conta", 60) == 1


def test_il_tempo_di_un_conteggio_comincia_dalla_prima_volta() -> None:
    """Who goes on asking does not push the end away."""
    inizio, volte = time.monotonic(), [conta("prova:tempo", 1)]
    while time.monotonic() < inizio + 1.5:
        volte.append(conta("prova:tempo", 1))
        time.sleep(0.05)
    assert volte.count(1) == 2
