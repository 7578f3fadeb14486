# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page that shows a list gives it as a file: walked from the URL resolver."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from piani.esporta.risposta import FORMATI
from piani.models import Azienda, Evento, Ruolo
from tests.esporta.eccezioni import NON_SONO_ELENCHI
from tests.factories import IncaricoFactory, UtenteFactory
from tests.frontiere.chiavi import chiavi
from tests.frontiere.elenchi import MODULI, PERSONALI, PUBBLICHE, SCRITTURE
from tests.frontiere.scena import Scena, componi
from tests.test_frontiere import nomi

pytestmark = pytest.mark.django_db
FOGLIO = re.compile(r'href="(\?formato=csv(?:&amp;[^"]*)?)"')


@pytest.fixture
def scena(azienda: Azienda) -> Scena:
    return componi(azienda)


def pagine(scena: Scena) -> dict[str, str]:
    """The address of each page that is only read."""
    note, trovate = chiavi(scena), {}
    for nome in nomi():
        if nome not in SCRITTURE | MODULI:
            try:
                trovate[nome] = reverse(nome, kwargs=note.get(nome, {}))
            except NoReverseMatch:
                assert nome in PUBBLICHE | PERSONALI, nome
    return trovate


def entra(**chi: Any) -> Client:
    client = Client()
    utente = UtenteFactory(**chi) if "ruolo" not in chi else IncaricoFactory(**chi).utente
    client.force_login(utente)
    return client


def letta(client: Client, indirizzo: str) -> str:
    risposta = client.get(indirizzo)
    if risposta.streaming:
        risposta.getvalue()  # a file is open until it is read
        return ""
    if risposta.status_code != 200:
        return ""
    html = risposta["Content-Type"].startswith("text/html")
    return risposta.content.decode() if html else ""


def contenuto(risposta: Any) -> bytes:
    return b"".join(risposta.streaming_content) if risposta.streaming else risposta.content


@pytest.mark.lunga
def test_ogni_elenco_si_scarica_con_i_diritti_della_sua_pagina(scena: Scena) -> None:
    """A new list fails here until it has its file, or a reason in NON_SONO_ELENCHI."""
    tutto = entra(is_superuser=True, is_staff=True)
    fogli: list[tuple[str, str, str]] = []
    senza = set()
    for nome, indirizzo in pagine(scena).items():
        pagina = letta(tutto, indirizzo)
        trovati = FOGLIO.findall(pagina)
        fogli += [(nome, indirizzo, uno.replace("&amp;", "&")) for uno in trovati]
        if not trovati and ("<table" in pagina or '<ul class="schede"' in pagina):
            senza.add(nome)
    assert senza - NON_SONO_ELENCHI.keys() == set()
    assert {nome for nome, _pagina, _foglio in fogli} & NON_SONO_ELENCHI.keys() == set()
    si_scrivono(tutto, fogli)
    lo_straniero_non_li_ha(scena, fogli)
    for ruolo in (Ruolo.NUCLEO, Ruolo.REGIONE):
        chi_legge_ha_quelli_delle_sue_pagine(scena, ruolo, fogli)


def si_scrivono(client: Client, fogli: list[tuple[str, str, str]]) -> None:
    for nome, indirizzo, foglio in fogli:
        for formato in ("csv", "xlsx"):
            come = foglio.replace("formato=csv", f"formato={formato}")
            risposta = client.get(indirizzo + come)
            assert risposta["Content-Type"] == FORMATI[formato].tipo, nome
            assert f'.{formato}"' in risposta["Content-Disposition"], nome
            assert contenuto(risposta), nome


def lo_straniero_non_li_ha(scena: Scena, fogli: list[tuple[str, str, str]]) -> None:
    straniero = entra(ruolo=Ruolo.CONTROLLO_GESTIONE)
    private = chiavi(scena)
    for nome, indirizzo, foglio in fogli:
        risposta = straniero.get(indirizzo + foglio)
        if nome in private:
            assert risposta.status_code == 404, nome
        elif nome not in PUBBLICHE and risposta.status_code == 200:
            assert scena.azienda.nome not in contenuto(risposta).decode(), nome


def chi_legge_ha_quelli_delle_sue_pagine(
    scena: Scena, ruolo: Ruolo, fogli: list[tuple[str, str, str]]
) -> None:
    """Where the page is refused the file is too; and nothing is written but who took it."""
    lettore = entra(azienda=scena.azienda, ruolo=ruolo)
    prima = set(Evento.objects.values_list("pk", flat=True))
    for nome, indirizzo, foglio in fogli:
        pagina, file = lettore.get(indirizzo), lettore.get(indirizzo + foglio)
        assert file.status_code in (pagina.status_code, 403), nome
        contenuto(file)
    fatti = Evento.objects.exclude(pk__in=prima)
    assert set(fatti.values_list("tipo", flat=True)) == {"esportazione.scaricata"}
