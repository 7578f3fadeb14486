# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every route, walked from the URL resolver: nobody sees or writes what is not theirs.

A new route with a key fails here until it is listed, with the key of a row of an azienda that the
stranger does not serve.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from obiettivi import azioni
from obiettivi.models import Calcolo, Indicatore, Misura, Obiettivo, Prospettiva, Target
from piani import azioni as azioni_piani
from piani.models import Azienda, Evento, Parere, Piano, Quadratura, Ruolo, Sezione, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IncaricoFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    SezioneFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]

# Open to anyone, logged in or not.
PUBBLICHE = {
    "home", "status", "accedi", "privacy", "note_legali", "accessibilita", "segnala",
    "password_dimenticata", "password_richiesta", "password_nuova", "password_rifatta",
    "amministrazione_trasparente", "at_azienda", "at_sezione",
    "documento", "documento_corrente", "documento_file",
}  # fmt: skip
# For whoever is logged in: they show only one's own things.
PERSONALI = {
    "esci", "cambia_password", "password_cambiata", "piani", "simulatore", "simulatore_csv",
    "piano_nuovo", "registro", "registro_csv", "lettura",
}  # fmt: skip
# A form and its sending, at the same address: for whoever writes.
MODULI = {
    "piano_dati", "piano_elimina", "sezione_nuova", "sezione_modifica", "sezione_togli",
    "quadratura", "pesi", "area_nuova", "area_modifica", "obiettivo_nuovo", "obiettivo_modifica",
    "misura_nuova", "misura_modifica", "riga_togli", "indicatore_modifica",
}  # fmt: skip
# Only by POST.
SCRITTURE = {
    "calcola", "accetta_calcolo", "rileva", "pubblica", "ristampa", "conferma_lettura",
    "edizione_crea", "edizione_salva", "edizione_congela", "invia", "riporta_in_bozza", "valida",
    "adotta", "completa_atto", "esprimi_parere", "togli_parere", "sezione_sposta", "riga_sposta",
    "scorri",
}  # fmt: skip
# The only thing that the Nucleo writes: here the plan does not await it, and it is told so.
DEL_NUCLEO = {"valida"}


@dataclass
class Scena:
    """A plan of an azienda, with one row of each kind."""

    azienda: Azienda
    piano: Piano
    obiettivo: Obiettivo
    misura: Misura
    indicatore: Indicatore
    target: Target
    calcolo: Calcolo
    sezione: Sezione
    quadratura: Quadratura
    parere: Parere


@pytest.fixture
def scena(azienda: Azienda) -> Scena:
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misura = MisuraFactory(obiettivo=obiettivo)
    target = TargetFactory(misura=misura, stampato="100%")
    EdizioneFactory(azienda=azienda)
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva=Prospettiva.CONSUNTIVO, anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    return Scena(
        azienda=azienda,
        piano=piano,
        obiettivo=obiettivo,
        misura=misura,
        indicatore=misura.indicatore,
        target=target,
        calcolo=calcolo,
        sezione=SezioneFactory(piano=piano),
        quadratura=Quadratura.objects.create(
            piano=piano, ordine=1, dove="Tavola 1", stampato="10", calcolato=9, differenza=1
        ),
        parere=Parere.objects.create(piano=piano, ruolo="DA", esito="favorevole"),
    )


def chiavi(scena: Scena) -> dict[str, dict[str, Any]]:
    """For each private route with a key, the keys of the scene's rows."""
    perche = {"slug": scena.piano.slug, "livello": "I", "oggetto": scena.misura.pk}
    regole = {"azienda": scena.azienda.codice, "anno": 2022}
    indicatore = {"azienda": scena.azienda.codice, "codice": scena.indicatore.codice}
    riga = {"tipo": "misura", "pk": scena.misura.pk}
    con_lo_slug = (
        "piano_dati", "piano_elimina", "stato_piano", "invia", "riporta_in_bozza", "valida",
        "adotta", "completa_atto", "esprimi_parere", "sezioni", "sezione_nuova", "scorri",
        "revisione", "albero_modifica", "pesi", "area_nuova",
    )  # fmt: skip
    del_piano = {nome: {"slug": scena.piano.slug} for nome in con_lo_slug}
    return del_piano | {
        "togli_parere": {"pk": scena.parere.pk},
        "sezione_modifica": {"pk": scena.sezione.pk},
        "sezione_togli": {"pk": scena.sezione.pk},
        "sezione_sposta": {"pk": scena.sezione.pk},
        "quadratura": {"pk": scena.quadratura.pk},
        "area_modifica": {"pk": scena.obiettivo.area_id},
        "obiettivo_nuovo": {"pk": scena.obiettivo.area_id},
        "obiettivo_modifica": {"pk": scena.obiettivo.pk},
        "misura_nuova": {"pk": scena.obiettivo.pk},
        "misura_modifica": {"pk": scena.misura.pk},
        "riga_togli": riga,
        "riga_sposta": riga,
        "indicatore_modifica": indicatore,
        "edizioni": {"azienda": scena.azienda.codice},
        "edizione_crea": {"azienda": scena.azienda.codice},
        "edizione": regole,
        "edizione_json": regole,
        "edizione_modifica": regole,
        "edizione_prova": regole,
        "edizione_salva": regole,
        "edizione_congela": regole,
        "piano": {"slug": scena.piano.slug},
        "da_completare": {"slug": scena.piano.slug},
        "ipotesi": {"slug": scena.piano.slug},
        "anteprima": {"slug": scena.piano.slug},
        "pubblica": {"slug": scena.piano.slug},
        "ristampa": {"slug": scena.piano.slug},
        "calcola": {"slug": scena.piano.slug},
        "spiegazione": perche,
        "spiegazione_json": perche,
        "calcolo": {"pk": scena.calcolo.pk},
        "accetta_calcolo": {"pk": scena.calcolo.pk},
        "obiettivo": {"pk": scena.obiettivo.pk},
        "indicatore": {"azienda": scena.azienda.codice, "codice": scena.indicatore.codice},
        "rileva": {"azienda": scena.azienda.codice, "codice": scena.indicatore.codice},
        "conferma_lettura": {"pk": scena.target.pk},
        "organigramma": {"azienda": scena.azienda.codice},
    }


def rotte(schemi: list[Any], prefisso: str = "") -> Iterator[str]:
    """The names of all routes but those of Django's own administration."""
    for schema in schemi:
        if isinstance(schema, URLResolver):
            if schema.app_name != "admin":
                yield from rotte(schema.url_patterns, prefisso)
        elif isinstance(schema, URLPattern):
            yield schema.name or str(schema.pattern)


def nomi() -> list[str]:
    return sorted(set(rotte(get_resolver().url_patterns)))


def chiama(client: Client, nome: str, chiave: dict[str, Any]) -> Any:
    metodo = client.post if nome in SCRITTURE else client.get
    return metodo(
        reverse(nome, kwargs=chiave),
        {"prospettiva": Prospettiva.CONSUNTIVO, "anno": "2022", "motivo": "prova"},
    )


def test_ogni_rotta_e_in_un_elenco(scena: Scena) -> None:
    assert set(nomi()) - PUBBLICHE - PERSONALI == set(chiavi(scena))


def test_chi_non_entra_viene_mandato_ad_accedere(scena: Scena, client: Client) -> None:
    for nome, chiave in chiavi(scena).items():
        risposta = chiama(client, nome, chiave)
        assert risposta.status_code == 302, nome
        assert risposta.url.startswith(reverse("accedi")), nome


def test_lo_straniero_non_trova_niente(scena: Scena, client: Client) -> None:
    client.force_login(IncaricoFactory(ruolo=Ruolo.CONTROLLO_GESTIONE).utente)
    for nome, chiave in chiavi(scena).items():
        assert chiama(client, nome, chiave).status_code == 404, nome


def test_chi_ha_finito_l_incarico_non_trova_niente(scena: Scena, client: Client) -> None:
    incarico = IncaricoFactory(azienda=scena.azienda)
    incarico.al = incarico.dal
    incarico.save(update_fields=["al"])
    client.force_login(incarico.utente)
    for nome, chiave in chiavi(scena).items():
        assert chiama(client, nome, chiave).status_code == 404, nome


@pytest.mark.parametrize("ruolo", [Ruolo.NUCLEO, Ruolo.REGIONE])
def test_chi_legge_soltanto_vede_tutto_e_non_scrive_niente(
    scena: Scena, client: Client, ruolo: Ruolo
) -> None:
    client.force_login(IncaricoFactory(azienda=scena.azienda, ruolo=ruolo).utente)
    eventi = Evento.objects.count()
    sue = DEL_NUCLEO if ruolo == Ruolo.NUCLEO else set()
    for nome, chiave in chiavi(scena).items():
        atteso = 302 if nome in sue else 403 if nome in SCRITTURE | MODULI else 200
        assert chiama(client, nome, chiave).status_code == atteso, nome
        if nome in MODULI:
            assert client.post(reverse(nome, kwargs=chiave)).status_code == 403, nome
    scena.target.refresh_from_db()
    scena.piano.refresh_from_db()
    assert scena.target.confermato_il is None
    assert scena.piano.stato == Piano.Stato.ADOTTATO
    assert Calcolo.objects.count() == 1
    assert Evento.objects.count() == eventi


def test_il_nucleo_vede_solo_gli_anni_affidati(scena: Scena, client: Client) -> None:
    incarico = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.NUCLEO, anno_da=2025)
    client.force_login(incarico.utente)
    assert client.get(reverse("piano", args=[scena.piano.slug])).status_code == 404
    assert client.get(reverse("obiettivo", args=[scena.obiettivo.pk])).status_code == 404


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
        azioni.conferma_lettura(scena.target, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.rileva(scena.indicatore, anno=2022, valore=Decimal(1), da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.pubblica(scena.piano, da=lettore)
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
        azioni.modifica_indicatore(scena.indicatore, {"unita": "gg"}, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.scorri(scena.piano, titolo="Altro", da=lettore)


def test_chi_adotta_e_chi_compila_non_valida(scena: Scena, controllo: Utente) -> None:
    direzione = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.DIREZIONE).utente
    for persona in (controllo, direzione):
        with pytest.raises(PermissionDenied):
            azioni_piani.valida(
                scena.piano, esito="validato", data=date(2022, 2, 1), motivazione="x", da=persona
            )
