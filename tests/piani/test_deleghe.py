# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acting for somebody: one incarico, for some days, and both names on what is done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from obiettivi import azioni as azioni_obiettivi
from obiettivi.models import Calcolo
from piani import azioni
from piani.models import Azienda, Delega, Evento, Incarico, Piano, Ruolo, Utente
from piani.passaggi import Passo
from piani.verifiche import cancello
from tests.factories import (
    DelegaFactory,
    EdizioneFactory,
    IncaricoFactory,
    PianoFactory,
    SezioneFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def oggi() -> date:
    return timezone.localdate()


@pytest.fixture
def incarico(azienda: Azienda) -> Incarico:
    """The controllo di gestione who goes away."""
    return IncaricoFactory(azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE)


@pytest.fixture
def sostituto(azienda: Azienda) -> Utente:
    """A colleague of the azienda, who by themselves only reads."""
    return IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG).utente


def presta(incarico: Incarico, a: Utente, oggi: date, **altro: Any) -> Delega:
    dati: dict[str, Any] = {"dal": oggi, "al": oggi + timedelta(days=7), "motivo": "Congedo"}
    return azioni.delega(incarico, a=a, **{"da": incarico.utente} | dati | altro)


def come(utente: Utente, delega: Delega) -> Utente:
    """The same person while acting with a delega, as the middleware makes them."""
    altra_volta = Utente.objects.get(pk=utente.pk)
    altra_volta.delega = Delega.objects.per_intero().get(pk=delega.pk)
    return altra_volta


# Giving and taking back --------------------------------------------------------------------------


def test_chi_ha_l_incarico_lo_presta_e_resta_nel_registro(
    azienda: Azienda, incarico: Incarico, sostituto: Utente, oggi: date
) -> None:
    delega = presta(incarico, sostituto, oggi)
    assert (delega.delegante, delega.delegato, delega.stato) == (
        incarico.utente,
        sostituto,
        "in vigore",
    )
    evento = Evento.objects.get()
    assert (evento.tipo, evento.da, evento.azienda) == ("delega.data", incarico.utente, azienda)
    assert evento.dati == {"motivo": "Congedo"}


def test_la_presta_anche_l_amministratore_per_chi_e_via(
    azienda: Azienda, incarico: Incarico, sostituto: Utente, oggi: date
) -> None:
    amministratore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente
    delega = presta(incarico, sostituto, oggi, da=amministratore)
    assert delega.creata_da == amministratore


def test_un_collega_non_presta_l_incarico_altrui(
    incarico: Incarico, sostituto: Utente, oggi: date
) -> None:
    with pytest.raises(PermissionDenied):
        presta(incarico, sostituto, oggi, da=sostituto)
    assert Delega.objects.count() == 0


@pytest.mark.parametrize(
    ("campi", "campo", "frase"),
    [
        ({"dal": -9, "al": -2}, "al", "già finita"),
        ({"dal": 5, "al": 4}, "al", "prima di cominciare"),
        ({"dal": -9999}, "dal", "prima dell'incarico"),
        ({"al": 40}, "al", "non può durare di più"),
        ({"motivo": "  "}, "motivo", "motivo"),
    ],
)
def test_una_delega_sta_dentro_l_incarico_e_dice_perche(
    incarico: Incarico,
    sostituto: Utente,
    oggi: date,
    campi: dict[str, Any],
    campo: str,
    frase: str,
) -> None:
    incarico.al = oggi + timedelta(days=30)
    incarico.save(update_fields=["al"])
    giorni = {n: oggi + timedelta(days=g) for n, g in campi.items() if n != "motivo"}
    with pytest.raises(ValidationError) as errore:
        presta(incarico, sostituto, oggi, **campi | giorni)
    assert frase in " ".join(errore.value.message_dict[campo])
    assert Delega.objects.count() == 0


def test_non_si_delega_a_chi_non_puo_riceverla(
    azienda: Azienda, incarico: Incarico, oggi: date
) -> None:
    spento = IncaricoFactory(azienda=azienda, utente__is_active=False).utente
    nucleo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente
    passato = IncaricoFactory(azienda=azienda, al=date(2021, 1, 1)).utente
    for chi, frase in [
        (incarico.utente, "sé stessi"),
        (spento, "disattivata"),
        (UtenteFactory(), "non ha incarichi"),
        (passato, "non ha incarichi"),
        (nucleo, "valuta"),
    ]:
        with pytest.raises(ValidationError, match=frase):
            presta(incarico, chi, oggi)


def test_la_stessa_delega_non_si_da_due_volte(
    incarico: Incarico, sostituto: Utente, oggi: date
) -> None:
    delega = presta(incarico, sostituto, oggi)
    with pytest.raises(ValidationError, match="già questa delega"):
        presta(incarico, sostituto, oggi + timedelta(days=7))
    dopo = oggi + timedelta(days=8)
    presta(incarico, sostituto, dopo, dal=dopo, al=dopo)
    azioni.revoca_delega(delega, da=incarico.utente)
    presta(incarico, sostituto, oggi)


def test_il_nucleo_non_si_delega(azienda: Azienda, sostituto: Utente, oggi: date) -> None:
    with pytest.raises(ValidationError, match="risponde in proprio"):
        presta(IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO), sostituto, oggi)


def test_chi_ha_un_incarico_in_prestito_non_lo_presta(
    azienda: Azienda, sostituto: Utente, oggi: date
) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE)
    agente = come(sostituto, presta(incarico, sostituto, oggi))
    with pytest.raises(ValidationError, match="non si delega ad altri"):
        presta(incarico, IncaricoFactory(azienda=azienda).utente, oggi, da=agente)


def test_la_delega_si_revoca_una_volta(incarico: Incarico, sostituto: Utente, oggi: date) -> None:
    delega = presta(incarico, sostituto, oggi)
    with pytest.raises(PermissionDenied):
        azioni.revoca_delega(delega, da=sostituto)
    azioni.revoca_delega(delega, da=incarico.utente)
    with pytest.raises(ValidationError, match="già revocata"):
        azioni.revoca_delega(delega, da=incarico.utente)
    assert [e.tipo for e in Evento.objects.all()] == ["delega.revocata", "delega.data"]


# What it is worth --------------------------------------------------------------------------------


def test_mentre_agisce_ha_i_diritti_dell_incarico_prestato_e_solo_quelli(
    azienda: Azienda, incarico: Incarico, oggi: date
) -> None:
    altrove = IncaricoFactory(ruolo=Ruolo.AMMINISTRATORE)
    sostituto = altrove.utente
    IncaricoFactory(azienda=azienda, utente=sostituto, ruolo=Ruolo.AMMINISTRATORE)
    qui, la = PianoFactory(azienda=azienda), PianoFactory(azienda=altrove.azienda)
    assert set(Piano.objects.visibili_a(sostituto)) == {qui, la}
    agente = come(sostituto, presta(incarico, sostituto, oggi))
    assert agente.has_perm("piani.pubblica", qui)
    assert list(Piano.objects.visibili_a(agente)) == [qui]
    assert list(Azienda.objects.visibili_a(agente)) == [azienda]
    assert not agente.has_perm("piani.gestisce_persone", azienda)
    assert not agente.has_perm("piani.gestisce_persone", altrove.azienda)
    assert [uno.pk for uno in agente.incarichi_di_oggi] == [incarico.pk]


def test_nemmeno_il_conto_di_emergenza_porta_i_suoi_diritti(azienda: Azienda, oggi: date) -> None:
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG)
    radice = UtenteFactory(is_superuser=True, is_staff=True)
    IncaricoFactory(azienda=azienda, utente=radice)
    agente = come(radice, presta(incarico, radice, oggi))
    PianoFactory()
    assert radice.has_perm("piani.pubblica", azienda)
    assert not agente.has_perm("piani.pubblica", azienda)
    assert not agente.has_perm("piani.change_utente")
    assert not agente.has_module_perms("piani")
    assert list(Azienda.objects.visibili_a(agente)) == [azienda]


def test_cio_che_fa_ha_tutti_e_due_i_nomi(
    azienda: Azienda, incarico: Incarico, sostituto: Utente, oggi: date
) -> None:
    agente = come(sostituto, presta(incarico, sostituto, oggi))
    piano = PianoFactory(azienda=azienda)
    EdizioneFactory(azienda=azienda)
    calcolo = azioni_obiettivi.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=agente, in_coda=False
    )
    azioni_obiettivi.esegui(calcolo.pk)
    assert Calcolo.objects.get().stato == Calcolo.Stato.FATTO
    eventi = Evento.objects.filter(tipo__startswith="calcolo.").order_by("pk")
    assert [(e.tipo, e.da, e.per_conto_di) for e in eventi] == [
        ("calcolo.chiesto", sostituto, incarico.utente),
        ("calcolo.fatto", sostituto, incarico.utente),
    ]


def test_chi_agisce_per_se_firma_da_solo(azienda: Azienda, incarico: Incarico) -> None:
    azioni.registra("prova.fatta", azienda, azienda=azienda, da=incarico.utente, descrizione="x")
    assert Evento.objects.get().per_conto_di is None


@pytest.mark.parametrize(
    ("cambia", "vale"),
    [
        ({}, True),
        ({"al": date(2021, 1, 1)}, False),
        ({"dal": date(2090, 1, 1)}, False),
        ({"revocata_il": timezone.now()}, False),
        ({"incarico__al": date(2021, 1, 1)}, False),
        ({"incarico__dal": date(2090, 1, 1)}, False),
        ({"incarico__utente__is_active": False}, False),
    ],
)
def test_la_delega_vale_nei_suoi_giorni_e_finche_vale_l_incarico(
    azienda: Azienda,
    sostituto: Utente,
    entra: Callable[[Utente], Client],
    cambia: dict[str, Any],
    vale: bool,
) -> None:
    delega = DelegaFactory(delegato=sostituto, incarico__azienda=azienda, **cambia)
    client = entra(sostituto)
    assert Delega.objects.in_vigore().filter(pk=delega.pk).exists() is vale
    assert (sostituto.incarichi_prestati != []) is vale
    risposta = client.post("/profilo/agisci/", {"delega": delega.pk})
    assert risposta.status_code == (302 if vale else 404)


# In the pages ------------------------------------------------------------------------------------


@pytest.fixture
def delega(incarico: Incarico, sostituto: Utente, oggi: date) -> Delega:
    return presta(incarico, sostituto, oggi)


def test_dalla_testata_si_passa_ad_agire_per_un_altro_e_si_torna(
    azienda: Azienda, sostituto: Utente, delega: Delega, entra: Callable[[Utente], Client]
) -> None:
    piano = SezioneFactory(piano__azienda=azienda).piano
    client = entra(sostituto)
    assert f'<option value="{delega.pk}">' in client.get("/").content.decode()
    assert client.post(f"/piani/{piano.slug}/pubblica/").status_code == 403
    client.post("/profilo/agisci/", {"delega": delega.pk})
    pagina = client.get("/").content.decode()
    assert "Agisci per conto di <strong>Persona Inventata</strong>" in pagina
    viste = {"avvertenze": cancello(piano, Passo.PUBBLICAZIONE).impronta}
    assert client.post(f"/piani/{piano.slug}/pubblica/", viste).status_code == 302
    evento = Evento.objects.get(tipo="piano.pubblicato")
    assert (evento.da, evento.per_conto_di) == (sostituto, delega.delegante)
    client.post("/profilo/agisci/", {})
    assert "Agisci per conto di <strong>" not in client.get("/").content.decode()
    assert client.post(f"/piani/{piano.slug}/ristampa/").status_code == 403


def test_revocata_a_meta_si_torna_a_se_e_la_pagina_lo_dice(
    azienda: Azienda,
    incarico: Incarico,
    sostituto: Utente,
    delega: Delega,
    entra: Callable[[Utente], Client],
) -> None:
    piano = PianoFactory(azienda=azienda)
    client = entra(sostituto)
    client.post("/profilo/agisci/", {"delega": delega.pk})
    azioni.revoca_delega(delega, da=incarico.utente)
    risposta = client.post(f"/piani/{piano.slug}/pubblica/")
    assert risposta.status_code == 403
    assert "La delega è finita" in risposta.content.decode()


def test_non_si_usa_la_delega_di_un_altro(
    azienda: Azienda, delega: Delega, entra: Callable[[Utente], Client]
) -> None:
    estraneo = IncaricoFactory(azienda=azienda).utente
    client = entra(estraneo)
    assert client.post("/profilo/agisci/", {"delega": delega.pk}).status_code == 404
    assert client.post("/profilo/agisci/", {"delega": "x"}).status_code == 404
    sessione = client.session
    sessione["delega"] = delega.pk
    sessione.save()
    assert "Agisci per conto di <strong>" not in client.get("/").content.decode()


def test_dal_profilo_si_presta_e_si_revoca(
    incarico: Incarico, sostituto: Utente, oggi: date, entra: Callable[[Utente], Client]
) -> None:
    client = entra(incarico.utente)
    dati = {
        "incarico": incarico.pk,
        "delegato": sostituto.pk,
        "dal": oggi.isoformat(),
        "al": oggi.isoformat(),
        "motivo": "Ferie",
    }
    assert (
        "prima di cominciare"
        in client.post(
            "/profilo/deleghe/nuova/", dati | {"dal": (oggi + timedelta(days=1)).isoformat()}
        ).content.decode()
    )
    assert client.post("/profilo/deleghe/nuova/", dati).url == "/profilo/"
    delega = Delega.objects.get()
    assert client.post(f"/deleghe/{delega.pk}/revoca/").url == "/profilo/"
    delega.refresh_from_db()
    assert delega.stato == "revocata"


@pytest.mark.parametrize("chiave", ["", "x", "999999"])
def test_non_si_presta_cio_che_non_si_ha(
    incarico: Incarico, sostituto: Utente, entra: Callable[[Utente], Client], chiave: str
) -> None:
    client = entra(sostituto)
    assert client.post("/profilo/deleghe/nuova/", {"incarico": chiave}).status_code == 404
    altrui = {"incarico": incarico.pk}
    assert client.post("/profilo/deleghe/nuova/", altrui).status_code == 404


def test_l_amministratore_presta_e_revoca_per_chi_e_via(
    azienda: Azienda,
    incarico: Incarico,
    sostituto: Utente,
    oggi: date,
    entra: Callable[[Utente], Client],
) -> None:
    client = entra(IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente)
    persona = f"/aziende/{azienda.codice}/persone/{incarico.utente_id}/"
    dati = {"delegato": sostituto.pk, "dal": oggi.isoformat(), "al": oggi.isoformat()}
    indirizzo = f"/aziende/{azienda.codice}/incarichi/{incarico.pk}/delega/"
    assert client.post(indirizzo, dati).status_code == 200
    assert client.post(indirizzo, dati | {"motivo": "Malattia"}).url == persona
    assert "Malattia" in client.get(persona).content.decode()
    delega = Delega.objects.get()
    assert client.post(f"/deleghe/{delega.pk}/revoca/").url == persona


def test_uscendo_non_si_agisce_piu_per_nessuno(
    sostituto: Utente, delega: Delega, entra: Callable[[Utente], Client]
) -> None:
    client = entra(sostituto)
    client.post("/profilo/agisci/", {"delega": delega.pk})
    client.post("/esci/")
    client.force_login(sostituto)
    assert "Agisci per conto di <strong>" not in client.get("/").content.decode()


def test_chi_agisce_per_un_amministratore_vuole_il_secondo_fattore(
    azienda: Azienda,
    sostituto: Utente,
    oggi: date,
    entra: Callable[[Utente], Client],
    settings: Any,
) -> None:
    settings.SECONDO_FATTORE_PER = ["amministratore"]
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE)
    delega = presta(incarico, sostituto, oggi)
    client = entra(sostituto)
    assert client.get("/piani/").status_code == 200
    client.post("/profilo/agisci/", {"delega": delega.pk})
    assert client.get("/persone/").url == "/secondo-fattore/"
