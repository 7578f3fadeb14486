# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register: who may read it, how it is filtered, what its file holds."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from piani.azioni import registra
from piani.models import Azienda, Evento, OggettoEvento, Piano, Ruolo, Utente
from piani.registro import in_riga, racconta
from tests.factories import AziendaFactory, IncaricoFactory, PianoFactory, UtenteFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
REGISTRO = "/registro/"


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda)


def evento(piano: Piano, descrizione: str = "Una cosa", **altro: Any) -> Evento:
    dati = {"tipo": "prova.fatta", "da": None} | altro
    tipo = dati.pop("tipo")
    return registra(tipo, piano, azienda=piano.azienda, descrizione=descrizione, **dati)


def descrizioni(risposta: Any) -> list[str]:
    return [racconto.evento.descrizione for racconto in risposta.context["racconti"]]


# Who may -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ruolo", Ruolo.values)
def test_lo_consultano_chi_governa_e_chi_controlla(
    piano: Piano,
    incaricato: Callable[..., Utente],
    entra: Callable[[Utente], Client],
    ruolo: str,
) -> None:
    evento(piano)
    evento(PianoFactory())
    client = entra(incaricato(Ruolo(ruolo)))
    risposta = client.get(REGISTRO)
    if ruolo in ("amministratore", "controllo_gestione", "direzione", "nucleo"):
        assert descrizioni(risposta) == ["Una cosa"]
        assert "Registro" in client.get("/").getvalue().decode()
    else:
        assert risposta.status_code == 403
        assert client.get("/registro/registro.csv").status_code == 403
        assert "Registro" not in client.get("/").getvalue().decode()


def test_il_nucleo_trova_solo_cio_che_riguarda_gli_anni_affidati(azienda: Azienda) -> None:
    suo = PianoFactory(azienda=azienda, anno_inizio=2022, anno_fine=2024)
    altrui = PianoFactory(azienda=azienda, anno_inizio=2025, anno_fine=2027)
    affidato = evento(suo)
    evento(altrui)
    registra("edizione.creata", azienda, azienda=azienda, da=None, descrizione="Senza piano")
    di_lato = registra(
        "risultato.scritto", azienda, azienda=azienda, da=None, descrizione="x", riguarda=[suo]
    )
    nucleo = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_a=2024).utente
    assert set(Evento.objects.visibili_a(nucleo)) == {affidato, di_lato}
    senza_limiti = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente
    assert Evento.objects.visibili_a(senza_limiti).count() == 4


def test_chi_installa_vede_tutto_chi_non_entra_niente(piano: Piano) -> None:
    from django.contrib.auth.models import AnonymousUser

    evento(piano)
    registra("utente.creato", piano, azienda=None, da=None, descrizione="Di nessuna azienda")
    assert Evento.objects.visibili_a(UtenteFactory(is_superuser=True)).count() == 2
    assert Evento.objects.visibili_a(AnonymousUser()).count() == 0


# What it says ------------------------------------------------------------------------------------


def test_un_evento_riguarda_la_riga_il_suo_piano_e_cio_di_cui_fa_parte(
    piano: Piano, azienda: Azienda
) -> None:
    from tests.factories import SezioneFactory

    sezione = SezioneFactory(piano=piano)
    detto = registra(
        "sezione.prova", sezione, azienda=azienda, da=None, descrizione="x", riguarda=[azienda]
    )
    chiavi = set(detto.riguarda.values_list("oggetto", flat=True))
    assert chiavi == {
        f"piani.sezione:{sezione.pk}", f"piani.piano:{piano.pk}", f"piani.azienda:{azienda.pk}",
    }  # fmt: skip
    for riga in (sezione, piano, azienda):
        assert list(Evento.objects.che_riguardano(riga)) == [detto]


def test_di_che_cosa_parla_un_evento_non_si_tocca(piano: Piano) -> None:
    evento(piano)
    with pytest.raises(ValidationError, match="non si modifica"):
        OggettoEvento.objects.update(oggetto="altro")
    with pytest.raises(ValidationError, match="non si cancella"):
        OggettoEvento.objects.all().delete()


@pytest.mark.parametrize(
    ("dati", "prima", "dopo"),
    [
        ({}, "", ""),
        ({"prima": {"peso": "30", "nome": "A"}, "dopo": {"peso": "40", "nome": "A"}}, "peso: 30",
         "peso: 40"),
        ({"prima": "40 %", "dopo": "50 %", "prima_riga": 7}, "40 %", "50 %"),
        ({"prima": {"nota": "x"}, "dopo": {}}, "nota: x", ""),
        ({"motivo": "Perché sì", "vuoto": ""}, "", "motivo: Perché sì"),
        ({"prima": None, "dopo": {"tetto": None, "cap": True}}, "", "cap: sì"),
        ({"cambiamenti": [{"nome": "A", "dopo": "1"}, {"nome": "B", "dopo": "2"}]}, "",
         "cambiamenti: nome: A; dopo: 1; nome: B; dopo: 2"),
    ],
)  # fmt: skip
def test_prima_e_dopo_dicono_solo_cio_che_cambia(
    piano: Piano, dati: dict[str, Any], prima: str, dopo: str
) -> None:
    assert in_riga(racconta(evento(piano, dati=dati))) == (prima, dopo)


# Filters, pages, file ----------------------------------------------------------------------------


def test_si_filtra_per_chi_che_cosa_quando_azienda_e_parole(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    altra = AziendaFactory(codice="asst-altra")
    IncaricoFactory(utente=controllo, azienda=altra)
    evento(piano, "Aperto", tipo="piano.aperto", da=controllo)
    evento(piano, "Chiuso", tipo="piano.chiuso")
    evento(PianoFactory(azienda=altra), "Altrove", tipo="piano.aperto")
    client = entra(controllo)
    assert descrizioni(client.get(REGISTRO)) == ["Altrove", "Chiuso", "Aperto"]
    for filtro, attesi in (
        (f"da={controllo.pk}", ["Aperto"]),
        ("tipo=piano.aperto", ["Altrove", "Aperto"]),
        ("azienda=asst-altra", ["Altrove"]),
        ("q=chius", ["Chiuso"]),
        (f"oggetto=piani.piano:{piano.pk}", ["Chiuso", "Aperto"]),
        ("dal=2000-01-01&al=2000-12-31", []),
        ("dal=01/01/2000", ["Altrove", "Chiuso", "Aperto"]),
        ("dal=ieri&oggetto=%00", ["Altrove", "Chiuso", "Aperto"]),
    ):
        assert descrizioni(client.get(f"{REGISTRO}?{filtro}")) == attesi, filtro


def test_i_filtri_offrono_solo_cio_che_si_puo_vedere(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    estranea = IncaricoFactory().utente
    evento(piano, da=controllo)
    evento(PianoFactory(), tipo="altro.segreto", da=estranea)
    modulo = entra(controllo).get(REGISTRO).context["filtro"].form
    assert list(modulo.fields["da"].queryset) == [controllo]
    assert list(modulo.fields["azienda"].queryset) == [piano.azienda]
    assert [codice for codice, _nome in modulo.fields["tipo"].choices] == ["", "prova.fatta"]


def test_la_storia_di_un_piano_lo_nomina_solo_a_chi_lo_vede(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    altrui = PianoFactory(titolo="Segreto")
    client = entra(controllo)
    assert str(piano) in client.get(f"{REGISTRO}?oggetto=piani.piano:{piano.pk}").content.decode()
    for strano in (f"piani.piano:{altrui.pk}", "piani.piano:x", "niente", "a.b:1", "x" * 300):
        risposta = client.get(f"{REGISTRO}?oggetto={strano}")
        assert risposta.status_code == 200
        assert "Segreto" not in risposta.content.decode()


def test_il_file_ha_gli_stessi_filtri_e_tutte_le_pagine(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    for numero in range(60):
        evento(piano, f"Evento {numero}", da=controllo)
    evento(piano, "=1+1; una formula", tipo="altro.tipo", dati={"prima": "a;b", "dopo": "c"})
    evento(PianoFactory(), "Di altri")
    client = entra(controllo)
    prima = client.get(REGISTRO)
    assert (len(descrizioni(prima)), prima.context["pagina"].paginator.count) == (50, 61)

    def righe(filtro: str) -> list[list[str]]:
        risposta = client.get(f"/registro/registro.csv?{filtro}")
        testo = b"".join(risposta.streaming_content).decode("utf-8-sig")
        return list(csv.reader(StringIO(testo), delimiter=";"))

    assert len(righe("")) == 62
    intestazione, riga = righe("tipo=altro.tipo")
    assert intestazione[:3] == ["quando", "chi", "per conto di"]
    assert riga[1:] == [
        "il sistema", "", str(piano.azienda), "altro: tipo", "'=1+1; una formula",
        f"piani.piano:{piano.pk}", "a;b", "c",
    ]  # fmt: skip


@pytest.mark.parametrize("quanti", [1, 3])
def test_il_registro_costa_sempre_le_stesse_interrogazioni(
    piano: Piano,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quanti: int,
) -> None:
    for _volta in range(quanti):
        agente = IncaricoFactory(azienda=piano.azienda).utente
        evento(piano, da=agente, per_conto_di=UtenteFactory())
    client = entra(agente)
    with django_assert_num_queries(11):
        client.get(REGISTRO)
