# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every route, walked from the URL resolver: nobody sees or writes what is not theirs.

A new route with a key fails here until it is listed, with the key of a row of an azienda that the
stranger does not serve.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from obiettivi import azioni
from obiettivi.models import Calcolo, Prospettiva
from piani import azioni as azioni_piani
from piani.models import Azienda, Evento, Organigramma, Piano, Ruolo, Utente
from tests.factories import IncaricoFactory
from tests.frontiere.chiavi import chiavi
from tests.frontiere.elenchi import (
    DEL_NUCLEO,
    DEL_PERSONALE,
    DI_CHI_LI_HA_CHIESTI,
    DI_CHI_SCRIVE,
    DI_UNA_PERSONA,
    MODULI,
    NASCOSTE,
    PERSONALI,
    PUBBLICHE,
    RISERVATE,
    SCRITTURE,
)
from tests.frontiere.scena import Scena, componi

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def scena(azienda: Azienda) -> Scena:
    return componi(azienda)


def rotte(schemi: list[Any], prefisso: str = "") -> Iterator[str]:
    """The names of all routes but those of Django's own administration, and of the API (walked in
    tests/api/test_frontiere_api.py)."""
    for schema in schemi:
        if isinstance(schema, URLResolver):
            if schema.app_name not in ("admin", "api"):
                yield from rotte(schema.url_patterns, prefisso)
        elif isinstance(schema, URLPattern):
            yield schema.name or str(schema.pattern)


def nomi() -> list[str]:
    return sorted(set(rotte(get_resolver().url_patterns)))


def chiama(client: Client, nome: str, chiave: dict[str, Any]) -> Any:
    metodo = client.post if nome in SCRITTURE else client.get
    risposta: Any = metodo(
        reverse(nome, kwargs=chiave),
        {"prospettiva": Prospettiva.CONSUNTIVO, "anno": "2022", "motivo": "prova"},
    )
    if risposta.streaming:
        risposta.getvalue()  # a file is open until it is read
    return risposta


def test_ogni_rotta_e_in_un_elenco(scena: Scena) -> None:
    assert set(nomi()) - PUBBLICHE - PERSONALI == set(chiavi(scena))


def test_chi_non_entra_viene_mandato_ad_accedere(scena: Scena, client: Client) -> None:
    for nome, chiave in chiavi(scena).items():
        risposta = chiama(client, nome, chiave)
        assert risposta.status_code == 302, nome
        assert risposta.url.startswith(reverse("account_login")), nome


def test_lo_straniero_non_trova_niente(scena: Scena, client: Client) -> None:
    client.force_login(IncaricoFactory(ruolo=Ruolo.CONTROLLO_GESTIONE).utente)
    for nome, chiave in chiavi(scena).items():
        assert chiama(client, nome, chiave).status_code == 404, nome


@pytest.mark.lunga
def test_chi_ha_finito_l_incarico_non_trova_niente(scena: Scena, client: Client) -> None:
    incarico = IncaricoFactory(azienda=scena.azienda)
    incarico.al = incarico.dal
    incarico.save(update_fields=["al"])
    client.force_login(incarico.utente)
    for nome, chiave in chiavi(scena).items():
        assert chiama(client, nome, chiave).status_code == 404, nome


@pytest.mark.lunga
@pytest.mark.parametrize("ruolo", [Ruolo.NUCLEO, Ruolo.REGIONE])
def test_chi_legge_soltanto_vede_tutto_e_non_scrive_niente(
    scena: Scena, client: Client, ruolo: Ruolo
) -> None:
    client.force_login(IncaricoFactory(azienda=scena.azienda, ruolo=ruolo).utente)
    eventi = Evento.objects.count()
    for nome, chiave in chiavi(scena).items():
        if ruolo == Ruolo.NUCLEO and nome in DEL_NUCLEO:
            continue
        atteso = 403 if nome in SCRITTURE | DI_CHI_SCRIVE | RISERVATE else 200
        if nome == "delega_revoca" or nome in DI_CHI_LI_HA_CHIESTI:
            atteso = 404  # neither given, nor received, nor of people that they see to
        if nome in DEL_PERSONALE:
            atteso = 403
        if nome in DI_UNA_PERSONA | NASCOSTE:
            atteso = 404
        assert chiama(client, nome, chiave).status_code == atteso, nome
        if nome in MODULI - NASCOSTE:
            assert client.post(reverse(nome, kwargs=chiave)).status_code == 403, nome
    scena.target.refresh_from_db()
    scena.piano.refresh_from_db()
    assert scena.target.confermato_il is None
    assert scena.piano.stato == Piano.Stato.ADOTTATO
    assert Calcolo.objects.count() == 1
    assert Evento.objects.exclude(tipo="esportazione.scaricata").count() == eventi
    scena.incarico.refresh_from_db()
    assert scena.incarico.al is None
    assert list(scena.bozza.unita.all()) == [scena.unita]
    assert Organigramma.objects.bozze().get() == scena.bozza


def test_chi_non_vede_alle_persone_non_le_apre(
    scena: Scena, client: Client, controllo: Utente
) -> None:
    client.force_login(controllo)
    for nome in RISERVATE:
        assert chiama(client, nome, chiavi(scena)[nome]).status_code == 403, nome


def test_l_amministratore_apre_le_pagine_delle_persone(scena: Scena, client: Client) -> None:
    client.force_login(IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.AMMINISTRATORE).utente)
    for nome in RISERVATE:
        assert chiama(client, nome, chiavi(scena)[nome]).status_code == 200, nome


def test_il_nucleo_vede_solo_gli_anni_affidati(scena: Scena, client: Client) -> None:
    incarico = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.NUCLEO, anno_da=2025)
    client.force_login(incarico.utente)
    assert client.get(reverse("piano", args=[scena.piano.slug])).status_code == 404
    assert client.get(reverse("obiettivo", args=[scena.obiettivo.pk])).status_code == 404
    assert client.get(scena.indicatore.get_absolute_url()).status_code == 404
    assert client.get(reverse("osservazioni", args=[scena.piano.slug])).status_code == 404


def test_le_scritture_non_passano_da_get(scena: Scena, client: Client, controllo: Utente) -> None:
    client.force_login(controllo)
    for nome in SCRITTURE:
        indirizzo = reverse(nome, kwargs=chiavi(scena)[nome])
        assert client.get(indirizzo).status_code == 405, nome


def test_le_azioni_chiedono_il_permesso_anche_senza_pagina(scena: Scena) -> None:
    lettore = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.NUCLEO).utente
    with pytest.raises(PermissionDenied):
        azioni.avvia_calcolo(scena.piano, prospettiva="consuntivo", anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.avvia_giro([scena.piano], prospettiva="consuntivo", anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.conferma_lettura(scena.target, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.rileva(scena.indicatore, anno=2022, valore=Decimal(1), da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.modifica_indicatore(scena.indicatore, verso="decrescente", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.chiudi_periodo(scena.azienda, anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.pubblica(scena.piano, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.rispondi(scena.osservazione, testo="no", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.invita(scena.incarico.utente, scena.azienda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.chiudi_incarico(scena.incarico, al=date(2026, 1, 1), da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.invia(scena.piano, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.riporta_in_bozza(scena.piano, motivo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.modifica(scena.obiettivo, {"titolo": "altro"}, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.elimina(scena.misura, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.elimina_piano(scena.piano, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.togli_parere(scena.parere, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.pesa(scena.piano, {("misura", scena.misura.pk): Decimal(1)}, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.scorri(scena.piano, titolo="Altro", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.invia_scheda(scena.scheda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.scrivi_messaggio(scena.scheda, testo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.firma(scena.scheda, ruolo="direzione", versione_vista=1, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.divulga(scena.scheda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.prendi_visione(scena.scheda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.chiedi_archivio(scena.azienda, anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.avvia_valutazione(scena.scheda, motivo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.controdeduci(scena.scheda, testo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.rispondi_controdeduzione(
            scena.controdeduzione, esito="respinta", risposta="prova", da=lettore
        )
    with pytest.raises(PermissionDenied):
        azioni.chiudi_scheda(scena.scheda, da=lettore)


def test_chi_adotta_e_chi_compila_non_valida(scena: Scena, controllo: Utente) -> None:
    direzione = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.DIREZIONE).utente
    for persona in (controllo, direzione):
        with pytest.raises(PermissionDenied):
            azioni_piani.valida(
                scena.piano, esito="validato", data=date(2022, 2, 1), motivazione="x", da=persona
            )
