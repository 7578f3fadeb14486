# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the versions: history, a draft opened, filled, previewed and put in force."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from piani import azioni
from piani.azioni import Parte
from piani.models import Azienda, Incarico, Organigramma, Utente
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.piani.organigramma.pagine import messaggi, scritto
from tests.piani.organigramma.struttura import DAL, Struttura, disegno, in_versione

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]


# Versions ----------------------------------------------------------------------------------------


def test_la_storia_dice_che_cosa_e_cambiato(
    struttura: Struttura, bozza: Organigramma, lettore: Utente, entra: Entra, base: str
) -> None:
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.sposta_unita(in_versione(bozza, "PNE"), padre=in_versione(bozza, "DG"), da=None)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    altra = azioni.apri_bozza(struttura.azienda, nome="POAS 2027", origine=bozza, da=None)
    azioni.elimina_unita(in_versione(altra, "EMO"), da=None)
    client = entra(lettore)
    risposta = client.get(f"{base}versioni/")
    pagina = scritto(risposta)
    assert [riga.get("cambiamenti") for riga in risposta.context["versioni"]] == [2, None]
    assert "dal 1 gennaio 2020 al 31 dicembre 2024" in pagina
    assert "«Cardiologia» (CAR) è divisa in «Cardiologia» (CAR) e «Emo» (EMO)." in pagina
    assert "«Pneumologia» (PNE) passa da" in pagina
    assert "POAS 2027" in pagina
    assert "Apri una bozza" not in pagina
    confronto = scritto(client.get(f"{base}versioni/?prima={bozza.pk}&dopo={altra.pk}"))
    assert "«Emo» (EMO) non c’è più." in confronto
    al_contrario = scritto(client.get(f"{base}versioni/?prima={altra.pk}&dopo={bozza.pk}"))
    assert "«Emo» (EMO) non c’è più." in al_contrario
    uguali = scritto(client.get(f"{base}versioni/?prima={bozza.pk}&dopo={bozza.pk}"))
    assert "Nessuna differenza fra le unità." in uguali
    sbagliato = scritto(client.get(f"{base}versioni/?prima=0&dopo=x"))
    assert 'class="errore"' in sbagliato


@pytest.mark.parametrize("quante", [1, 3])
def test_le_query_della_storia_non_crescono_con_le_versioni(
    azienda: Azienda,
    lettore: Utente,
    entra: Entra,
    base: str,
    quante: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for anno in range(2020, 2020 + quante):
        UnitaFactory(
            organigramma=OrganigrammaFactory(
                azienda=azienda, valido_dal=date(anno, 1, 1), valido_al=date(anno, 12, 31)
            )
        )
        UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda, valido_dal=None))
    client = entra(lettore)
    with django_assert_num_queries(8):
        client.get(f"{base}versioni/")


def test_si_apre_una_bozza_dalla_pagina(
    struttura: Struttura, controllo: Utente, entra: Entra, base: str
) -> None:
    client = entra(controllo)
    dati = {"nome": " Organizzazione  dal 2027 ", "origine": struttura.versione.pk}
    risposta = client.post(f"{base}bozze/apri/", dati)
    bozza = Organigramma.objects.bozze().get()
    assert (bozza.nome, bozza.nata_da) == ("Organizzazione dal 2027", struttura.versione)
    assert risposta.url == bozza.get_absolute_url() == f"{base}bozze/{bozza.pk}/"
    for sbagliati in ({"nome": "X", "origine": "0"}, {"nome": "", "origine": bozza.pk}):
        risposta = client.post(f"{base}bozze/apri/", sbagliati, follow=True)
        assert messaggi(risposta)
    assert Organigramma.objects.bozze().count() == 1


def test_un_azienda_senza_organigramma_ne_comincia_uno(
    azienda: Azienda, controllo: Utente, entra: Entra, base: str
) -> None:
    client = entra(controllo)
    assert "Il primo organigramma si disegna in una bozza" in scritto(client.get(base))
    assert "Parte da" not in scritto(client.get(f"{base}versioni/"))
    risposta = client.post(f"{base}bozze/apri/", {"nome": "Il primo"}, follow=True)
    assert "La bozza è vuota." in scritto(risposta)
    bozza = azienda.organigrammi.get()
    anteprima = scritto(client.get(f"{base}bozze/{bozza.pk}/in-vigore/"))
    assert "Metti in vigore dal" in anteprima
    risposta = client.post(
        f"{base}bozze/{bozza.pk}/metti-in-vigore/", {"dal": "2027-01-01"}, follow=True
    )
    assert messaggi(risposta) == ["La bozza è vuota: prima si aggiungono le unità."]


# Draft -------------------------------------------------------------------------------------------


def test_chi_legge_vede_la_bozza_senza_bottoni(
    bozza: Organigramma, lettore: Utente, entra: Entra
) -> None:
    pagina = scritto(entra(lettore).get(bozza.get_absolute_url()))
    assert "Cardiologia" in pagina
    assert "formaction" not in pagina
    assert "Aggiungi un’unità" not in pagina
    unita = scritto(entra(lettore).get(in_versione(bozza, "CAR").get_absolute_url()))
    assert "Cambia l’unità" not in unita


def test_si_aggiunge_e_si_ordina_dalla_bozza(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, indirizzo = entra(controllo), bozza.get_absolute_url()
    dipartimento = in_versione(bozza, "DIP")
    assert f'value="{dipartimento.pk}" selected' in scritto(
        client.get(f"{indirizzo}?sotto={dipartimento.pk}")
    )
    dati = {"codice": "NEF", "nome": "Nefrologia", "tipo": "uoc", "padre": dipartimento.pk}
    risposta = client.post(f"{indirizzo}aggiungi/", dati)
    nuova = in_versione(bozza, "NEF")
    assert risposta.url == f"{indirizzo}#u-{nuova.pk}"
    doppia = client.post(f"{indirizzo}aggiungi/", dati | {"nome": "Altra"})
    assert "Il codice è già di «Nefrologia»: sceglierne un altro." in scritto(doppia)
    assert 'value="Altra"' in scritto(doppia)
    risposta = client.post(f"{nuova.get_absolute_url()}ordina/", {"verso": "su"})
    assert risposta.url == f"{indirizzo}?mossa={nuova.pk}&verso=su"
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    NEF", "    PNE"]
    assert "autofocus" in scritto(client.get(f"{indirizzo}?mossa={nuova.pk}&verso=su"))
    assert scritto(client.get(f"{indirizzo}?mossa=²&verso=su&sotto=x"))


def carica(client: Client, bozza: Organigramma, contenuto: bytes) -> Any:
    file = SimpleUploadedFile("foglio.csv", contenuto, content_type="text/csv")
    return client.post(f"{bozza.get_absolute_url()}importa/", {"file": file}, follow=True)


def test_si_importa_un_foglio_dalla_bozza(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client = entra(controllo)
    risposta = carica(client, bozza, b"codice;nome;tipo\nDG;Direzione;direzione\n")
    assert messaggi(risposta) == ["Foglio importato. Unità aggiunte 0, cambiate 1, tolte 3."]
    assert disegno(bozza) == ["DG"]
    risposta = carica(client, bozza, b"codice;nome;tipo\nDG;;direzione\nX;X;boh\n")
    pagina = scritto(risposta)
    assert "Riga 2, colonna nome: manca." in pagina
    assert "Riga 3, colonna tipo: «boh» non è un tipo" in pagina
    assert disegno(bozza) == ["DG"]
    grande = b"codice;nome;tipo\n" + b"x" * (2 * 1024 * 1024)
    assert "Il file supera i 2 MB." in scritto(carica(client, bozza, grande))
    vuoto = client.post(f"{bozza.get_absolute_url()}importa/", {})
    assert 'class="errore"' in scritto(vuoto)


def test_intestazione_ed_eliminazione_della_bozza(
    bozza: Organigramma, controllo: Utente, entra: Entra, base: str
) -> None:
    client, indirizzo = entra(controllo), bozza.get_absolute_url()
    client.post(f"{indirizzo}modifica/", {"nome": "POAS 2026", "fonte": "Delibera 1"})
    bozza.refresh_from_db()
    assert (bozza.nome, bozza.fonte) == ("POAS 2026", "Delibera 1")
    assert 'class="errore"' in scritto(client.post(f"{indirizzo}modifica/", {"nome": ""}))
    IncaricoFactory(azienda=bozza.azienda, unita=in_versione(bozza, "CAR"))
    risposta = client.post(f"{indirizzo}elimina/", follow=True)
    assert "la usano incarichi (1)" in messaggi(risposta)[0]
    Incarico.objects.filter(unita__isnull=False).delete()
    risposta = client.post(f"{indirizzo}elimina/")
    assert risposta.url == f"{base}versioni/"
    assert not Organigramma.objects.bozze().exists()


def test_l_anteprima_dice_che_cosa_succede_e_poi_succede(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra, base: str
) -> None:
    struttura.incarico("PNE", utente__first_name="Piero", utente__last_name="Segue")
    struttura.incarico("CAR", utente__first_name="Carla", utente__last_name="Resta")
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    client, indirizzo = entra(controllo), bozza.get_absolute_url()
    pagina = scritto(client.get(f"{indirizzo}in-vigore/?dal=2025-01-01"))
    assert "1 incarico segue la sua unità." in pagina
    assert "1 incarico resta da sistemare." in pagina
    assert "Carla Resta" in pagina
    assert "è divisa in" in pagina
    assert "Metti in vigore dal 1 gennaio 2025" in pagina
    assert 'class="errore"' in scritto(client.get(f"{indirizzo}in-vigore/?dal=9999-01-01"))
    for giorno, frase in (("mai", "data valida"), ("2020-01-01", "comincia il 01/01/2020")):
        risposta = client.post(f"{indirizzo}metti-in-vigore/", {"dal": giorno}, follow=True)
        assert frase in messaggi(risposta)[0]
    risposta = client.post(f"{indirizzo}metti-in-vigore/", {"dal": "2025-01-01"}, follow=True)
    assert messaggi(risposta) == [
        "«POAS 2025» è in vigore dal 01/01/2025.",
        "1 incarico non ha seguito la sua unità: da allora è da sistemare.",
    ]
    assert risposta.request["QUERY_STRING"] == "data=2025-01-01"
    # What was a draft sends to the chart, and what was being changed says why it cannot be.
    for pagina in (indirizzo, f"{indirizzo}in-vigore/"):
        assert client.get(pagina).url == f"{base}?data=2025-01-01"
    for azione, dati in (
        ("modifica/", {"nome": "X"}),
        ("elimina/", {}),
        ("metti-in-vigore/", {"dal": "2026-01-01"}),
    ):
        risposta = client.post(f"{indirizzo}{azione}", dati, follow=True)
        assert "non è più una bozza" in " ".join(messaggi(risposta)), azione
    nuova = {"codice": "X", "nome": "X", "tipo": "uoc", "padre": ""}
    assert client.post(f"{indirizzo}aggiungi/", nuova).url == f"{base}?data=2025-01-01"
    assert carica(client, bozza, b"codice;nome;tipo\nA;A;uoc\n").status_code == 200
    assert bozza.unita.count() == 5


def test_una_bozza_superata_lo_dice_nell_anteprima(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    altra = azioni.apri_bozza(struttura.azienda, nome="Altra", origine=struttura.versione, da=None)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    pagina = scritto(entra(controllo).get(f"{altra.get_absolute_url()}in-vigore/"))
    assert "si clona «POAS 2025» in una bozza nuova" in pagina
    assert "Metti in vigore dal" not in pagina
