# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Nucleo reads and remarks, and changes nothing else: every route, by every method.

The walk sends with each request what the forms of the house would need to write something, so
that only the person's rights stand in the way; the same walk by who may write does write.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from obiettivi.models import Osservazione, Prospettiva, Rendicontazione
from piani.models import (
    Accesso,
    Azienda,
    Delega,
    Evento,
    Incarico,
    OggettoEvento,
    Piano,
    PreferenzeAvvisi,
    PunteggioObbligo,
    RilevazioneObblighi,
    Ruolo,
    Utente,
)
from tests.factories import (
    DelegaFactory,
    IncaricoFactory,
    InvitoFactory,
    OsservazioneFactory,
    UtenteFactory,
)
from tests.frontiere.chiavi import chiavi
from tests.frontiere.elenchi import RISERVATE, SCRITTURE
from tests.frontiere.scena import Scena, componi

pytestmark = [pytest.mark.lunga, pytest.mark.django_db]
METODI = ("get", "post", "put", "patch", "delete")
LIBERE = (
    Accesso, Session, Osservazione, PreferenzeAvvisi, RilevazioneObblighi, PunteggioObbligo,
)  # fmt: skip
"""What the Nucleo's visits may change: their own log, session, remarks, the notices they get, the
grid of the obligations of publication.
"""
SUE = ("validato", "nota_nucleo", "validato_da_id", "validato_il")
"""The columns of a report that are the Nucleo's; all the others are the CdR's."""
PROPRI = (
    r"^(osservazione|avvisi|calendario|attestazione|esportazione)\.|^rendicontazione\.validata$"
)
"""The events of those changes."""

Tabelle = dict[str, list[tuple[Any, ...]]]


def schemi(radice: list[Any], spazio: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the site, /gestione/ too, with its full name."""
    for schema in radice:
        if isinstance(schema, URLResolver):
            nome = f"{schema.namespace}:" if schema.namespace else ""
            yield from schemi(schema.url_patterns, spazio + nome)
        elif isinstance(schema, URLPattern):
            yield f"{spazio}{schema.name or ''}", schema


def indirizzi(scena: Scena) -> dict[str, str]:
    """An address for each route: with the keys of the scene's rows, or with any that fit."""
    note = chiavi(scena)
    note["api:schede-spiegazioni-list"] = {"scheda": "1", "livello": "S", "oggetto": "1"}
    altre = {
        "object_id": str(scena.incarico.pk),
        "app_label": "piani",
        "content_type_id": "1",
        "pk": "1",
        "importazione": "1",
        "documento": "1",
        "anno": "2022",
        "scheda": "1",
        "relazione": "1",
        "attestazione": "1",
        "uidb36": "1",
        "key": "abc-def",
        "chiave": scena.invito.chiave,
        "gettone": "non-e-di-nessuno",
        "numero": 1,
        "quale": "ammontare",
        "provider_id": "ente",
        "azienda": scena.azienda.codice,
        "sezione": "piano-della-performance",
        "slug": scena.piano.slug,
        "serie": "relazione-2022",
        "versione": 1,
        "nome": "documento.pdf",
        "id": str(scena.incarico.utente_id),
        "codice": scena.azienda.codice,
        "piano": scena.piano.slug,
        "livello": "P",
        "oggetto": str(scena.piano.pk),
        "resto": "da-nessuna-parte",
    }
    trovati = {}
    for nome, schema in schemi(get_resolver().url_patterns):
        if nome.endswith(":"):
            trovati[nome] = f"/gestione/{scena.piano.pk}/"  # the administration's own catch-all
            continue
        chieste = {*schema.pattern.converters, *schema.pattern.regex.groupindex}
        pagina = nome in ("privacy", "note_legali", "accessibilita", "segnala")
        chiave = note.get(nome) or {uno: altre[uno] for uno in chieste if not pagina}
        trovati[nome] = reverse(nome, kwargs=chiave)
    return trovati


def dati(scena: Scena) -> dict[str, Any]:
    """What the forms of the house ask for, all together."""
    return {
        "prospettiva": Prospettiva.CONSUNTIVO,
        "anno": "2022",
        "motivo": "prova",
        "validato": "70",
        "nota": "prova",
        "valore": "1",
        "stato": "numero",
        "su": f"obiettivo:{scena.obiettivo.pk}",
        "testo": "prova",
        f"{scena.osservazione.pk}-testo": "prova",
        "nome": "Ada",
        "cognome": "Prova",
        "email": "ada@example.org",
        "ruolo": "nucleo",
        "dal": "2026-01-01",
        "al": "2027-01-01",
        "visto": scena.incarico.impronta,
        "delegato": str(scena.delega.delegato_id),
        "incarico": str(scena.incarico.pk),
        "delega": str(scena.delega.pk),
        "righe": "nome;cognome;email;ruolo;unita;dal;al\nA;B;a@example.org;cug;;01/01/2026;\n",
        "copia_da": "p:ordinaria",
        "first_name": "X",
        "username": "nuovo",
        "password": "una-frase-qualunque",
        "password1": "una-frase-qualunque",
        "password2": "una-frase-qualunque",
        "code": "123456",
        "action": "delete_selected",
        "_selected_action": str(scena.incarico.pk),
        "post": "yes",
    }


def fotografia(cartella: Path) -> Tabelle:
    """Every row of every table, but for what the Nucleo may change, and every file."""
    tabelle: Tabelle = {}
    for modello in apps.get_models():
        if modello in LIBERE:
            continue
        righe = modello._default_manager.order_by("pk")
        if modello is Evento:
            righe = righe.exclude(tipo__regex=PROPRI)
        elif modello is OggettoEvento:
            righe = righe.exclude(evento__tipo__regex=PROPRI)
        campi = [c.attname for c in modello._meta.concrete_fields if c.name != "last_login"]
        if modello is Rendicontazione:
            campi = [campo for campo in campi if campo not in SUE]
        tabelle[modello._meta.label] = list(righe.values_list(*campi))
    tabelle["file"] = [(str(uno),) for uno in sorted(cartella.rglob("*"))]
    return tabelle


def cambiate(prima: Tabelle, dopo: Tabelle) -> list[str]:
    return [nome for nome in prima if prima[nome] != dopo[nome]]


@pytest.fixture
def piena(azienda: Azienda) -> Scena:
    """The scene with a received delega that does not hold, and a remark of somebody else."""
    scena = componi(azienda)
    DelegaFactory(incarico=IncaricoFactory(azienda=azienda))
    OsservazioneFactory(piano=scena.piano, stato="risposta", risposta="Sì.")
    InvitoFactory(azienda=azienda, utente=UtenteFactory())
    return scena


def visita(client: Client, chi: Utente, indirizzo: str, inviati: dict[str, Any]) -> None:
    """An address by every method; whoever was let out comes in again."""
    for metodo in METODI:
        if "_auth_user_id" not in client.session:
            client.force_login(chi)
        risposta = getattr(client, metodo)(indirizzo, inviati)
        assert risposta.status_code < 500, (indirizzo, metodo)
        if risposta.streaming:
            risposta.getvalue()  # a file is open until it is read


def test_il_nucleo_non_cambia_niente_da_nessuna_parte(piena: Scena, settings: Any) -> None:
    nucleo = IncaricoFactory(azienda=piena.azienda, ruolo=Ruolo.NUCLEO).utente
    OsservazioneFactory(piano=piena.piano, autore=nucleo)
    # The link of an invitation belongs to who holds it, whoever is logged in.
    piena.invito.revocato_il = piena.invito.scade_il
    piena.invito.save(update_fields=["revocato_il"])
    cartella, rotte, client = Path(settings.DOCUMENTI).parent, indirizzi(piena), Client()
    inviati, prima = dati(piena), fotografia(cartella)
    assert len(rotte) > 120
    for indirizzo in rotte.values():
        visita(client, nucleo, indirizzo, inviati)
    assert cambiate(prima, fotografia(cartella)) == []
    anonime = [una for una in rotte.values() if getattr(resolve(una).func, "anonima", False)]
    assert Accesso.objects.filter(utente=nucleo).count() == len(rotte) - len(anonime)
    assert Osservazione.objects.filter(autore=nucleo, testo="prova").count() == 1
    assert set(PreferenzeAvvisi.objects.values_list("utente", flat=True)) <= {nucleo.pk}
    validata = Rendicontazione.objects.get()
    assert (validata.validato, validata.validato_da, validata.dichiarato) == (70, nucleo, 80)
    risposte = Osservazione.objects.exclude(risposta_da=None)
    assert not risposte.exists()


def test_lo_stesso_giro_di_chi_puo_scrivere_scrive(piena: Scena, settings: Any) -> None:
    """The walk is a proof only if it would write, given the rights."""
    chi = UtenteFactory()
    for ruolo in (Ruolo.CONTROLLO_GESTIONE, Ruolo.AMMINISTRATORE, Ruolo.PUBBLICATORE):
        IncaricoFactory(azienda=piena.azienda, utente=chi, ruolo=ruolo)
    cartella, rotte, client = Path(settings.DOCUMENTI).parent, indirizzi(piena), Client()
    inviati, scritto = dati(piena), set()
    prima = fotografia(cartella)
    for nome in sorted(SCRITTURE | RISERVATE):
        visita(client, chi, rotte[nome], inviati)
        dopo = fotografia(cartella)
        if cambiate(prima, dopo):
            scritto.add(nome)
        prima = dopo
    assert scritto >= {
        "calcola", "conferma_lettura", "delega_revoca", "finestra_togli", "finestre_proponi",
        "incarico", "incarico_nuovo", "invito_revoca", "persona_disattiva", "persona_modifica",
        "rileva",
    }  # fmt: skip


def test_fuori_dagli_anni_affidati_il_nucleo_non_apre_niente_del_piano(piena: Scena) -> None:
    nucleo = IncaricoFactory(azienda=piena.azienda, ruolo=Ruolo.NUCLEO, anno_da=2030).utente
    client = Client()
    client.force_login(nucleo)
    del_piano = [nome for nome, chiave in chiavi(piena).items() if "slug" in chiave]
    del_piano += ["obiettivo", "indicatore", "calcolo", "osservazione_chiudi", "conferma_lettura"]
    for nome in del_piano:
        indirizzo = reverse(nome, kwargs=chiavi(piena)[nome])
        stati = {getattr(client, metodo)(indirizzo, dati(piena)).status_code for metodo in METODI}
        assert stati <= {404, 405}, nome
    assert list(Piano.objects.visibili_a(nucleo)) == []


def test_finito_l_incarico_il_nucleo_non_apre_piu_niente(piena: Scena) -> None:
    incarico = IncaricoFactory(azienda=piena.azienda, ruolo=Ruolo.NUCLEO, al="2021-12-31")
    client = Client()
    client.force_login(incarico.utente)
    for nome, chiave in chiavi(piena).items():
        assert client.get(reverse(nome, kwargs=chiave)).status_code in (404, 405), nome
    assert list(Azienda.objects.visibili_a(incarico.utente)) == []
    assert not Delega.objects.visibili_a(incarico.utente).exists()
    assert Incarico.objects.visibili_a(incarico.utente).count() == 0
