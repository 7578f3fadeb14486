# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of a unit of the draft, of its heads, of the incarichi left behind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from piani import azioni
from piani.azioni import Parte
from piani.models import Incarico, Organigramma, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import IncaricoFactory
from tests.piani.organigramma.pagine import messaggi, scritto
from tests.piani.organigramma.struttura import DAL, Struttura, disegno, in_versione

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]


# Unit --------------------------------------------------------------------------------------------


def test_la_pagina_di_un_unita_dice_da_dove_viene_e_che_cosa_e_diventata(
    struttura: Struttura, bozza: Organigramma, lettore: Utente, entra: Entra
) -> None:
    client, vecchia = entra(lettore), struttura.unita("CAR")
    assert "È diventata" not in scritto(client.get(vecchia.get_absolute_url()))
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    pagina = scritto(client.get(vecchia.get_absolute_url()))
    assert "È diventata" in pagina
    assert "Direzione Generale</a>" in pagina
    assert "Oggi nessuno risponde di ciò che faceva" in pagina
    IncaricoFactory(
        azienda=struttura.azienda,
        ruolo=Ruolo.RESPONSABILE_CDR,
        unita=in_versione(bozza, "DIP"),
        utente__first_name="Livia",
        utente__last_name="Alta",
    )
    pagina = scritto(client.get(vecchia.get_absolute_url()))
    assert "Oggi di ciò che faceva risponde Livia Alta (Dipartimento Medico)." in pagina
    nuova = scritto(client.get(in_versione(bozza, "CAR").get_absolute_url()))
    assert "Viene da" in nuova
    assert "Nessuno è stato nominato in questa unità." in nuova


def test_si_cambia_un_unita_dalla_sua_pagina(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, car = entra(controllo), in_versione(bozza, "CAR")
    indirizzo = car.get_absolute_url()
    assert f'name="vista" value="{car.impronta}"' in scritto(client.get(indirizzo))
    dati = {"codice": "CAR", "nome": "Cardio", "tipo": "uos", "nota": "", "vista": car.impronta}
    risposta = client.post(f"{indirizzo}modifica/", dati, follow=True)
    assert messaggi(risposta) == ["Unità salvata."]
    car.refresh_from_db()
    assert (car.nome, car.tipo, car.cdr) == ("Cardio", "uos", False)
    tardi = scritto(client.post(f"{indirizzo}modifica/", dati | {"nome": "Tardi"}))
    assert "Mentre scrivevi qualcuno ha cambiato «Cardio»" in tardi
    assert 'value="Tardi"' in tardi
    assert 'class="errore"' in scritto(client.post(f"{indirizzo}modifica/", {"nome": ""}))


def test_si_sposta_un_unita_dalla_sua_pagina(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, dipartimento = entra(controllo), in_versione(bozza, "DIP")
    indirizzo = dipartimento.get_absolute_url()
    risposta = client.post(f"{indirizzo}sposta/", {"padre": in_versione(bozza, "CAR").pk})
    assert "Un’unità non può stare sotto se stessa" in scritto(risposta)
    client.post(f"{indirizzo}sposta/", {"padre": ""})
    assert disegno(bozza) == ["DG", "DIP", "  CAR", "  PNE"]
    assert 'class="errore"' in scritto(client.post(f"{indirizzo}sposta/", {"padre": "0"}))


def parti(*coppie: tuple[str, str]) -> dict[str, str]:
    dati = {"parti-TOTAL_FORMS": "5", "parti-INITIAL_FORMS": "1"}
    for posto, (codice, nome) in enumerate(coppie):
        dati |= {f"parti-{posto}-codice": codice, f"parti-{posto}-nome": nome}
    return dati


def test_si_divide_un_unita_dalla_sua_pagina(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, car = entra(controllo), in_versione(bozza, "CAR")
    indirizzo = f"{car.get_absolute_url()}dividi/"
    for sbagliate, frase in (
        (parti(("CAR", "Cardiologia")), "almeno due unità"),
        (parti(("CAR", "Cardiologia"), ("EMO", "")), "Servono tutti e due"),
        (parti(("CAR", "Cardiologia"), ("PNE", "Altra")), "già di «Pneumologia»"),
        ({}, 'role="alert"'),
    ):
        assert frase in scritto(client.post(indirizzo, sbagliate))
    giuste = parti(("CAR", "Cardiologia"), ("", ""), ("EMO", "Emodinamica"))
    risposta = client.post(indirizzo, giuste, follow=True)
    assert messaggi(risposta) == ["Divisa in «Cardiologia», «Emodinamica»."]
    assert disegno(bozza) == ["DG", "  DIP", "    CAR", "    EMO", "    PNE"]


def test_si_uniscono_unita_dalla_pagina_di_una(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, pne = entra(controllo), in_versione(bozza, "PNE")
    indirizzo = f"{pne.get_absolute_url()}unisci/"
    dati = {"codice": "CP", "nome": "Cardiopneumologia"}
    assert "almeno due unità di questa bozza" in scritto(client.post(indirizzo, dati))
    dati |= {"altre": [in_versione(bozza, "CAR").pk]}
    risposta = client.post(indirizzo, dati, follow=True)
    assert messaggi(risposta) == ["Unite in «Cardiopneumologia»."]
    assert disegno(bozza) == ["DG", "  DIP", "    CP"]
    # The page of a unit that is no more.
    assert client.post(indirizzo, dati).status_code == 404


def test_si_dice_che_cosa_era_e_si_toglie(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    client, pne = entra(controllo), in_versione(bozza, "PNE")
    indirizzo = pne.get_absolute_url()
    client.post(f"{indirizzo}collega/", {"precedenti": [struttura.unita("CAR").pk]})
    assert list(pne.precedenti.all()) == [struttura.unita("CAR")]
    client.post(f"{indirizzo}collega/", {})
    assert not pne.precedenti.exists()
    assert "nessuna unità di prima: è nuova" in scritto(client.get(indirizzo))
    risposta = client.post(f"{indirizzo}elimina/", follow=True)
    assert messaggi(risposta) == ["Tolta «Pneumologia»."]
    dipartimento = in_versione(bozza, "DIP")
    risposta = client.post(f"{dipartimento.get_absolute_url()}elimina/", follow=True)
    assert "ci sono altre unità (1)" in messaggi(risposta)[0]


def test_in_vigore_le_scritture_dicono_che_non_e_piu_una_bozza(
    struttura: Struttura, controllo: Utente, entra: Entra
) -> None:
    client, car = entra(controllo), struttura.unita("CAR")
    indirizzo = car.get_absolute_url()
    for azione, dati in (
        ("modifica/", {"codice": "X", "nome": "X", "tipo": "uoc"}),
        ("sposta/", {"padre": ""}),
        ("ordina/", {"verso": "giu"}),
        ("dividi/", parti(("A", "A"), ("B", "B"))),
        ("unisci/", {"altre": [struttura.unita("PNE").pk], "codice": "X", "nome": "X"}),
        ("collega/", {}),
        ("elimina/", {}),
    ):
        risposta = client.post(f"{indirizzo}{azione}", dati, follow=True)
        assert "non è più una bozza" in scritto(risposta), azione
    assert UnitaOrganizzativa.objects.count() == 4


# Heads, deputies, incarichi to mend --------------------------------------------------------------


def test_l_amministratore_nomina_e_termina_dalla_pagina_dell_unita(
    struttura: Struttura, amministratore: Utente, entra: Entra
) -> None:
    client, car = entra(amministratore), struttura.unita("CAR")
    persona = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE).utente
    estranea = IncaricoFactory().utente
    indirizzo = car.get_absolute_url()
    assert str(estranea.pk) not in [
        str(valore)
        for valore, _nome in client.get(indirizzo).context["nomina"]["persona"].field.choices
    ]
    dati = {"ruolo": "responsabile_cdr", "persona": persona.pk, "dal": "2024-01-01", "al": ""}
    risposta = client.post(f"{indirizzo}nomina/", dati)
    assert risposta.url == f"{indirizzo}#responsabili"
    incarico = Incarico.objects.get(unita=car)
    assert "Responsabile: Persona Inventata" in scritto(client.get(indirizzo))
    for sbagliati in (dati, dati | {"persona": estranea.pk}, dati | {"dal": "1900-01-01"}, {}):
        assert 'class="errore"' in scritto(client.post(f"{indirizzo}nomina/", sbagliati))
    base = indirizzo.partition("unita/")[0]
    termina = f"{base}incarichi/{incarico.pk}/termina/"
    for giorno, frase in (("", "obbligatorio"), ("2023-01-01", "comincia il 01/01/2024")):
        risposta = client.post(termina, {"al": giorno}, follow=True)
        assert frase in messaggi(risposta)[0]
    client.post(termina, {"al": "2024-12-31"})
    incarico.refresh_from_db()
    assert incarico.al == date(2024, 12, 31)


def test_il_controllo_di_gestione_sistema_gli_incarichi_rimasti_indietro(
    struttura: Struttura, bozza: Organigramma, controllo: Utente, entra: Entra, base: str
) -> None:
    capo = struttura.incarico("CAR", utente__last_name="Da Sistemare")
    senza = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE)
    azioni.dividi_unita(
        in_versione(bozza, "CAR"), parti=[Parte("CAR", "Cardiologia"), Parte("EMO", "Emo")], da=None
    )
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    client = entra(controllo)
    assert "1 incarico da sistemare" in scritto(client.get("/"))
    risposta = client.get(f"{base}incarichi/")
    assert risposta.context["voci"][0]["incarico"] == capo
    assert "Nate dalla sua unità" in scritto(risposta)
    assert "L’unità gliela dà l’amministratore." in scritto(risposta)
    indirizzo = f"{base}incarichi/{capo.pk}/riassegna/"
    assert 'class="errore"' in scritto(client.post(indirizzo, {"unita": ""}))
    occupante = IncaricoFactory(
        azienda=struttura.azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=in_versione(bozza, "CAR")
    )
    occupata = client.post(indirizzo, {"unita": in_versione(bozza, "CAR").pk})
    assert f"«Cardiologia» ha già {occupante.utente}" in scritto(occupata)
    client.post(indirizzo, {"unita": in_versione(bozza, "EMO").pk})
    assert Incarico.objects.get(utente=capo.utente, al__isnull=True).unita == in_versione(
        bozza, "EMO"
    )
    # Who had no unit is for the amministratore.
    vietato = client.post(
        f"{base}incarichi/{senza.pk}/riassegna/", {"unita": in_versione(bozza, "EMO").pk}
    )
    assert vietato.status_code == 403
    assert "incarico da sistemare" not in scritto(client.get("/"))


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_degli_incarichi_da_sistemare_non_crescono(
    struttura: Struttura,
    bozza: Organigramma,
    controllo: Utente,
    entra: Entra,
    base: str,
    quanti: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    azioni.elimina_unita(in_versione(bozza, "PNE"), da=None)
    for _una in range(quanti):
        struttura.incarico("PNE")
        IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.RILEVATORE)
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    client = entra(controllo)
    with django_assert_num_queries(10):
        client.get(f"{base}incarichi/")


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_delle_cose_da_fare_non_crescono_con_gli_incarichi(
    struttura: Struttura,
    bozza: Organigramma,
    controllo: Utente,
    quanti: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    from piani.organigramma.bacheca import cose_da_fare

    azioni.elimina_unita(in_versione(bozza, "PNE"), da=None)
    for _una in range(quanti):
        struttura.incarico("PNE")
    azioni.metti_in_vigore(bozza, dal=DAL, da=None)
    with django_assert_num_queries(2):
        (cosa,) = cose_da_fare(controllo)
    assert cosa.titolo.startswith(f"{quanti} incaric")
    lettore = IncaricoFactory(azienda=struttura.azienda, ruolo=Ruolo.NUCLEO).utente
    assert list(cose_da_fare(lettore)) == []


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_query_della_pagina_di_un_unita_non_crescono_con_gli_incarichi(
    struttura: Struttura,
    amministratore: Utente,
    entra: Entra,
    quanti: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for anno in range(2021, 2021 + quanti):
        struttura.incarico("CAR", dal=date(anno, 1, 1), al=date(anno, 12, 31))
    client, indirizzo = entra(amministratore), struttura.unita("CAR").get_absolute_url()
    with django_assert_num_queries(13):
        client.get(indirizzo)


def test_oggi_e_il_giorno_dell_anteprima_quando_non_se_ne_chiede_un_altro(
    bozza: Organigramma, controllo: Utente, entra: Entra
) -> None:
    risposta = entra(controllo).get(f"{bozza.get_absolute_url()}in-vigore/")
    assert (risposta.context["dal"] - timezone.localdate()).days == 1
