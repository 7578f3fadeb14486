# SPDX-License-Identifier: AGPL-3.0-or-later
"""The remarks of the Nucleo: who leaves them, who answers, who closes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from obiettivi import azioni
from obiettivi.bacheca import cose_da_fare
from obiettivi.models import Misura, Osservazione
from piani.models import Azienda, Evento, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    IncaricoFactory,
    MisuraFactory,
    ObiettivoFactory,
    OsservazioneFactory,
    PianoFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda)


@pytest.fixture
def misura(piano: Piano) -> Misura:
    return MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)))


@pytest.fixture
def nucleo(azienda: Azienda) -> Utente:
    return IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2023, anno_a=2023).utente


def test_il_nucleo_osserva_il_piano_o_una_sua_parte(
    piano: Piano, misura: Misura, nucleo: Utente
) -> None:
    obiettivo = misura.obiettivo
    for su in (None, obiettivo.area, obiettivo, misura.indicatore):
        azioni.osserva(piano, su=su, testo=" Da chiarire. ", da=nucleo)
    assert [(una.oggetto, una.testo) for una in Osservazione.objects.order_by("pk")] == [
        (su, "Da chiarire.") for su in (None, obiettivo.area, obiettivo, misura.indicatore)
    ]
    assert Osservazione.objects.order_by("pk")[2].su_che_cosa == (
        f"Obiettivo {obiettivo.codice} – {obiettivo.titolo}"
    )
    assert {(e.tipo, e.da) for e in Evento.objects.all()} == {("osservazione.scritta", nucleo)}


def test_su_cio_che_e_di_un_altro_piano_non_si_osserva(piano: Piano, nucleo: Utente) -> None:
    altrui = MisuraFactory()
    for su in (altrui.obiettivo.area, altrui.obiettivo, altrui.indicatore):
        with pytest.raises(ValidationError, match="non è di questo piano"):
            azioni.osserva(piano, su=su, testo="No.", da=nucleo)
    with pytest.raises(ValidationError, match="Scrivi l'osservazione"):
        azioni.osserva(piano, testo="  ", da=nucleo)


def test_solo_il_nucleo_di_quegli_anni(azienda: Azienda, piano: Piano) -> None:
    for ruolo in Ruolo:
        anni = {"anno_da": 2025} if ruolo == Ruolo.NUCLEO else {}
        altro = IncaricoFactory(azienda=azienda, ruolo=ruolo, **anni).utente
        with pytest.raises(PermissionDenied):
            azioni.osserva(piano, testo="No.", da=altro)
    assert Evento.objects.count() == 0


def test_la_banca_dati_tiene_una_cosa_sola_per_osservazione(piano: Piano, misura: Misura) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OsservazioneFactory(piano=piano, obiettivo=misura.obiettivo, indicatore=misura.indicatore)


def test_il_controllo_di_gestione_risponde_una_volta(
    piano: Piano, nucleo: Utente, controllo: Utente
) -> None:
    osservazione = OsservazioneFactory(piano=piano, autore=nucleo)
    with pytest.raises(ValidationError, match="Scrivi la risposta"):
        azioni.rispondi(osservazione, testo=" ", da=controllo)
    azioni.rispondi(osservazione, testo="Corretto.", da=controllo)
    with pytest.raises(ValidationError, match="Con risposta"):
        azioni.rispondi(osservazione, testo="Di nuovo.", da=controllo)
    osservazione.refresh_from_db()
    assert (osservazione.risposta, osservazione.risposta_da) == ("Corretto.", controllo)


def test_la_chiude_il_nucleo_con_o_senza_risposta(
    piano: Piano, nucleo: Utente, controllo: Utente
) -> None:
    osservazione = OsservazioneFactory(piano=piano, autore=nucleo)
    with pytest.raises(PermissionDenied):
        azioni.chiudi_osservazione(osservazione, da=controllo)
    azioni.chiudi_osservazione(osservazione, da=nucleo)
    with pytest.raises(ValidationError, match="Chiusa"):
        azioni.chiudi_osservazione(osservazione, da=nucleo)
    with pytest.raises(ValidationError, match="Chiusa"):
        azioni.rispondi(osservazione, testo="Tardi.", da=controllo)
    osservazione.refresh_from_db()
    assert (osservazione.stato, osservazione.chiusa_da, osservazione.risposta) == (
        "chiusa",
        nucleo,
        "",
    )


def test_dalla_pagina_dall_osservazione_alla_chiusura(
    piano: Piano, misura: Misura, nucleo: Utente, controllo: Utente
) -> None:
    pagina, su = f"/piani/{piano.slug}/osservazioni/", f"indicatore:{misura.indicatore_id}"
    del_nucleo, del_controllo = Client(), Client()
    del_nucleo.force_login(nucleo)
    del_controllo.force_login(controllo)
    assert f'value="{su}" selected' in del_nucleo.get(f"{pagina}?su={su}").content.decode()
    dati = {"su": su, "testo": "Manca la <i>fonte</i>."}
    assert del_nucleo.post(f"{pagina}nuova/", dati).url == pagina
    osservazione = Osservazione.objects.get()
    letta = del_controllo.get(pagina).content.decode()
    assert "Manca la &lt;i&gt;fonte&lt;/i&gt;." in letta
    assert "Lascia un’osservazione" not in letta
    risposta = {f"{osservazione.pk}-testo": "È il flusso SDO."}
    rispondi = f"/osservazioni/{osservazione.pk}/rispondi/"
    assert del_controllo.post(rispondi, {}).status_code == 200
    assert del_controllo.post(rispondi, risposta).url == pagina
    tardi = del_controllo.post(rispondi, risposta)
    assert "ricarica la pagina" in tardi.content.decode()
    assert "È il flusso SDO.</textarea>" in tardi.content.decode()
    assert del_nucleo.post(f"/osservazioni/{osservazione.pk}/chiudi/").url == pagina
    assert "Chiusa da" in del_nucleo.get(pagina).content.decode()


@pytest.mark.parametrize(
    "dati", [{}, {"testo": ""}, {"testo": "x", "su": "obiettivo:999999"}, {"testo": "x" * 5001}]
)
def test_un_modulo_sbagliato_torna_con_cio_che_si_e_scritto(
    piano: Piano, nucleo: Utente, entra: Callable[[Utente], Client], dati: dict[str, str]
) -> None:
    risposta = entra(nucleo).post(f"/piani/{piano.slug}/osservazioni/nuova/", dati)
    assert risposta.status_code == 200
    assert "campo-errato" in risposta.content.decode()
    assert Osservazione.objects.count() == 0


def test_sono_fra_le_cose_da_fare_di_chi_deve_muoversi(
    piano: Piano, nucleo: Utente, controllo: Utente
) -> None:
    osservazione = OsservazioneFactory(piano=piano, autore=nucleo)
    titoli = [cosa.titolo for cosa in cose_da_fare(controllo)]
    assert titoli == ["Rispondi a 1 osservazione del Nucleo"]
    assert list(cose_da_fare(nucleo)) == []
    azioni.rispondi(osservazione, testo="Fatto.", da=controllo)
    assert list(cose_da_fare(controllo)) == []
    assert [cosa.titolo for cosa in cose_da_fare(nucleo)] == ["Leggi 1 risposta a un’osservazione"]
    azioni.chiudi_osservazione(osservazione, da=nucleo)
    assert list(cose_da_fare(Utente.objects.get(pk=nucleo.pk))) == []


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_costa_sempre_le_stesse_interrogazioni(
    piano: Piano,
    misura: Misura,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    OsservazioneFactory.create_batch(quante, piano=piano, obiettivo=misura.obiettivo)
    client = entra(controllo)
    with django_assert_num_queries(10):
        client.get(f"/piani/{piano.slug}/osservazioni/")
