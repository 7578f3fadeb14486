# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the ground floor, as people and citizens get them."""

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from piani.models import Azienda, DocumentoPubblicato, Piano, Ruolo, Utente
from piani.views import casa
from tests.factories import (
    AziendaFactory,
    IncaricoFactory,
    PianoFactory,
)

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 prova"


def pubblicato(
    piano: Piano, versione: int = 1, quando: date | None = None, **altro: Any
) -> DocumentoPubblicato:
    """A published version with its files, without printing."""
    documento = DocumentoPubblicato.objects.create(
        piano=piano,
        versione=versione,
        stato=DocumentoPubblicato.Stato.PRONTO,
        contenuto="{}",
        sha256_contenuto="c" * 64,
        sha256_pdf=hashlib.sha256(PDF).hexdigest(),
        generatore="Albero",
        pubblicato_il=quando or date(2026, 3, 1),
        **altro,
    )
    (documento.cartella / "csv").mkdir(parents=True)
    (documento.cartella / "documento.pdf").write_bytes(PDF)
    (documento.cartella / "documento.json").write_text("{}")
    (documento.cartella / "csv" / "aree.csv").write_text("codice\n")
    return documento


def indirizzo_file(nome: str, versione: int = 1, slug: str = "piano-uno") -> str:
    return f"/documenti/{slug}/v{versione}/{nome}"


# Home -----------------------------------------------------------------------------------------


def test_chi_non_e_entrato_trova_i_documenti_pubblicati(client: Client, azienda: Azienda) -> None:
    documento = pubblicato(PianoFactory(azienda=azienda))
    pagina = client.get("/").content.decode()
    assert documento.get_absolute_url() in pagina
    assert reverse("account_login") in pagina


def test_la_home_di_chi_lavora_elenca_cose_da_fare_e_piani(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda)
    pagina = entra(controllo).get("/").content.decode()
    assert f"Pubblica il documento: «{piano}»" in pagina
    assert "I tuoi piani" in pagina
    assert "non ancora calcolato" in pagina


def test_chi_non_ha_incarichi_legge_perche_non_vede_piani(
    entra: Callable[[Utente], Client], incaricato: Callable[..., Utente]
) -> None:
    PianoFactory()
    pagina = entra(incaricato(Ruolo.NUCLEO)).get("/").content.decode()
    assert "Nessun piano affidato a te." in pagina


def test_la_gestione_e_nel_menu_solo_di_chi_la_usa(
    controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    assert "/gestione/" not in entra(controllo).get("/").content.decode()
    controllo.is_staff = True
    controllo.save(update_fields=["is_staff"])
    assert "/gestione/" in entra(controllo).get("/").content.decode()


# List of plans -----------------------------------------------------------------------------------


def test_l_elenco_mostra_solo_i_piani_delle_proprie_aziende(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    mio = PianoFactory(azienda=azienda)
    altrui = PianoFactory()
    risposta = entra(controllo).get("/piani/")
    assert list(risposta.context["pagina"]) == [mio]
    assert altrui.titolo not in risposta.content.decode()


@pytest.mark.parametrize(
    ("filtro", "atteso"),
    [
        ("q=salute", ["piano-salute"]),
        ("anno=2024", ["piano-salute"]),
        ("anno=2021", ["piano-vecchio"]),
        ("stato=bozza", ["piano-vecchio"]),
        ("q=niente", []),
        ("ordina=-anni", ["piano-salute", "piano-vecchio"]),
        ("ordina=anni", ["piano-vecchio", "piano-salute"]),
    ],
)
def test_i_filtri_dell_elenco_restano_nell_indirizzo(
    azienda: Azienda,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    filtro: str,
    atteso: list[str],
) -> None:
    PianoFactory(azienda=azienda, slug="piano-salute", titolo="Salute", anno_inizio=2022)
    PianoFactory(
        azienda=azienda,
        slug="piano-vecchio",
        titolo="Vecchio",
        anno_inizio=2019,
        anno_fine=2021,
        stato=Piano.Stato.BOZZA,
    )
    risposta = entra(controllo).get(f"/piani/?{filtro}")
    assert [piano.slug for piano in risposta.context["pagina"]] == atteso
    assert ("Nessun piano corrisponde." in risposta.content.decode()) is (atteso == [])


def test_nel_filtro_ci_sono_solo_le_proprie_aziende(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    AziendaFactory()
    campo = entra(controllo).get("/piani/").context["filtro"].form.fields["azienda"]
    assert list(campo.queryset) == [azienda]


@pytest.mark.parametrize("quanti", [1, 3])
def test_l_elenco_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quanti: int,
) -> None:
    PianoFactory.create_batch(quanti, azienda=azienda)
    client = entra(controllo)
    with django_assert_num_queries(7):
        client.get("/piani/")


# Amministrazione Trasparente ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "etichetta",
    [
        "Sistema di misurazione e valutazione della Performance",
        "Piano della Performance",
        "Relazione sulla Performance",
        "Ammontare complessivo dei premi",
        "Dati relativi ai premi",
    ],
)
def test_le_etichette_sono_quelle_di_legge(
    client: Client, azienda: Azienda, etichetta: str
) -> None:
    pubblicato(PianoFactory(azienda=azienda))
    pagina = client.get(f"/amministrazione-trasparente/{azienda.codice}/").content.decode()
    assert f">{etichetta}</a>" in pagina


def test_anche_il_documento_dell_oiv_ha_il_suo_posto(client: Client, azienda: Azienda) -> None:
    pubblicato(PianoFactory(azienda=azienda))
    risposta = client.get(f"/amministrazione-trasparente/{azienda.codice}/")
    etichetta = "Documento dell'OIV di validazione della Relazione sulla Performance"
    assert etichetta in [sezione.etichetta for sezione, *_altro in risposta.context["oiv"]]


def test_una_sezione_vuota_dice_perche(client: Client, azienda: Azienda) -> None:
    pubblicato(PianoFactory(azienda=azienda))
    base = f"/amministrazione-trasparente/{azienda.codice}/performance"
    pagina = client.get(f"{base}/dati-relativi-ai-premi/").content.decode()
    assert "Nessun documento in questa sezione." in pagina
    assert client.get(f"{base}/inventata/").status_code == 404


def test_chi_non_ha_pubblicato_niente_non_compare(client: Client, azienda: Azienda) -> None:
    pagina = client.get("/amministrazione-trasparente/").content.decode()
    assert azienda.nome not in pagina
    indirizzo = f"/amministrazione-trasparente/{azienda.codice}/"
    assert client.get(indirizzo).status_code == 404


def test_la_sezione_mostra_formati_impronte_licenza_e_versioni(
    client: Client, azienda: Azienda
) -> None:
    piano = PianoFactory(azienda=azienda, slug="piano-uno")
    nuovo = pubblicato(piano, 2, motivo="Corretto un totale")
    pubblicato(piano, 1, sostituito_da=nuovo)
    pagina = client.get(
        f"/amministrazione-trasparente/{azienda.codice}/performance/piano-della-performance/"
    ).content.decode()
    for atteso in (
        indirizzo_file("documento.pdf", 2),
        indirizzo_file("documento.json", 2),
        indirizzo_file("csv/aree.csv", 2),
        nuovo.sha256_pdf,
        "CC BY 4.0",
        "Corretto un totale",
        "/documenti/piano-uno/v1/",
        "1º gennaio 2032",
        reverse("segnala"),
    ):
        assert atteso in pagina
    assert indirizzo_file("documento.pdf", 1) not in pagina


def test_dopo_cinque_anni_il_documento_non_e_piu_in_elenco(
    client: Client, azienda: Azienda, monkeypatch: pytest.MonkeyPatch
) -> None:
    pubblicato(PianoFactory(azienda=azienda), quando=date(2020, 12, 31))
    indirizzo = (
        f"/amministrazione-trasparente/{azienda.codice}/performance/piano-della-performance/"
    )
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2025, 12, 31))
    assert len(client.get(indirizzo).context["documenti"]) == 1
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: date(2026, 1, 1))
    assert client.get(indirizzo).context["documenti"] == []


# Files of a document -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nome", "tipo"),
    [
        ("documento.pdf", "application/pdf"),
        ("documento.json", "application/json"),
        ("csv/aree.csv", "text/csv; charset=utf-8"),
    ],
)
def test_i_file_si_scaricano_senza_entrare(
    client: Client, azienda: Azienda, nome: str, tipo: str
) -> None:
    documento = pubblicato(PianoFactory(azienda=azienda, slug="piano-uno"))
    risposta = client.get(indirizzo_file(nome))
    assert risposta["Content-Type"] == tipo
    assert b"".join(risposta.streaming_content) == (documento.cartella / nome).read_bytes()


def test_un_file_gia_scaricato_non_si_scarica_di_nuovo(client: Client, azienda: Azienda) -> None:
    documento = pubblicato(PianoFactory(azienda=azienda, slug="piano-uno"))
    risposta = client.get(indirizzo_file("documento.pdf"))
    assert b"".join(risposta.streaming_content) == PDF
    assert risposta["ETag"] == f'"{documento.sha256_pdf}"'
    seconda = client.get(
        indirizzo_file("documento.pdf"), headers={"If-None-Match": risposta["ETag"]}
    )
    assert seconda.status_code == 304


@pytest.mark.parametrize(
    "nome",
    ["../2/documento.pdf", "..%2f..%2f..%2fsegreto.pdf", "csv", "csv/altro.csv", "/etc/passwd",
     "nota.txt", "csv/../../2/documento.pdf"],
)  # fmt: skip
def test_fuori_dalla_cartella_della_versione_non_c_e_niente(
    client: Client, azienda: Azienda, nome: str
) -> None:
    documento = pubblicato(PianoFactory(azienda=azienda, slug="piano-uno"))
    (documento.cartella / "nota.txt").write_text("appunti")
    (documento.cartella.parent / "2").mkdir()
    (documento.cartella.parent / "2" / "documento.pdf").write_bytes(PDF)
    (documento.cartella.parent.parent.parent / "segreto.pdf").write_bytes(PDF)
    assert client.get(indirizzo_file(nome)).status_code == 404


def test_cio_che_non_e_pubblicato_non_si_legge(client: Client, azienda: Azienda) -> None:
    documento = pubblicato(PianoFactory(azienda=azienda, slug="piano-uno"))
    documento.pubblicato_il = None
    documento.save(update_fields=["pubblicato_il"])
    assert client.get(indirizzo_file("documento.pdf")).status_code == 404
    assert client.get("/documenti/piano-uno/").status_code == 404
    assert client.get("/documenti/piano-uno/v1/").status_code == 404


def test_il_documento_senza_numero_porta_alla_versione_in_vigore(
    client: Client, azienda: Azienda
) -> None:
    piano = PianoFactory(azienda=azienda, slug="piano-uno")
    nuovo = pubblicato(piano, 2)
    pubblicato(piano, 1, sostituito_da=nuovo)
    assert client.get("/documenti/piano-uno/").url == "/documenti/piano-uno/v2/"


# Publication, state of the service, errors -------------------------------------------------------


def test_pubblicare_un_piano_in_bozza_spiega_perche_no(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)
    risposta = entra(controllo).post(f"/piani/{piano.slug}/pubblica/", follow=True)
    assert "Si pubblica solo un piano adottato" in risposta.content.decode()
    assert piano.documenti.count() == 0


def test_chi_non_pubblica_legge_una_pagina_che_lo_dice(
    azienda: Azienda, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda)
    lettore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente
    risposta = entra(lettore).post(f"/piani/{piano.slug}/pubblica/")
    assert risposta.status_code == 403
    assert "Operazione non consentita" in risposta.content.decode()


def test_l_anteprima_mostra_la_fotografia_e_non_conserva_niente(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda)
    risposta = entra(controllo).get(f"/piani/{piano.slug}/anteprima/")
    assert risposta.context["foto"]["piano"]["slug"] == piano.slug
    assert "Non è ancora pubblico" in risposta.content.decode()
    assert piano.documenti.count() == 0


def test_lo_stato_del_servizio_dice_che_tutto_risponde(client: Client) -> None:
    risposta = client.get("/status")
    assert risposta.status_code == 200
    assert risposta.json()["controlli"] == {"banca_dati": "ok", "coda": "ok"}


def test_lo_stato_del_servizio_dice_che_cosa_non_risponde(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def guasta() -> Any:
        raise OperationalError

    monkeypatch.setattr(casa.connection, "cursor", guasta)
    risposta = client.get("/status")
    assert risposta.status_code == 503
    assert risposta["Content-Type"] == "application/problem+json"
    assert risposta.json()["controlli"]["banca_dati"] == "la banca dati non risponde"


def test_una_pagina_che_non_c_e_lo_dice_nella_veste_del_sito(client: Client) -> None:
    risposta = client.get("/non-esiste/")
    assert risposta.status_code == 404
    pagina = risposta.content.decode()
    assert "Pagina non trovata" in pagina
    assert "Dichiarazione di accessibilità" in pagina


@pytest.mark.parametrize("indirizzo", ["/", "/accedi/", "/amministrazione-trasparente/"])
def test_le_pagine_non_hanno_script_ne_stili_in_linea(client: Client, indirizzo: str) -> None:
    risposta = client.get(indirizzo)
    pagina = risposta.content.decode()
    assert "style=" not in pagina
    assert "<style" not in pagina
    assert "<script>" not in pagina
    assert "unsafe-inline" not in risposta["Content-Security-Policy"]


def test_le_pagine_di_sole_parole_si_leggono_senza_entrare(client: Client) -> None:
    for nome in ("privacy", "note_legali", "accessibilita", "segnala"):
        risposta = client.get(reverse(nome))
        assert str(risposta.context["pagina_nome"]) in risposta.content.decode(), nome


def test_se_la_banca_dati_non_risponde_la_pagina_lo_dice(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def muta(*_argomenti: object, **_altri: object) -> None:
        raise OperationalError("connessione rifiutata")

    monkeypatch.setattr(casa, "render", muta)
    client.raise_request_exception = False
    risposta = client.get("/")
    assert risposta.status_code == 503
    assert "La banca dati non risponde" in risposta.content.decode()


def test_un_errore_imprevisto_ha_la_sua_pagina(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rotta(*_argomenti: object, **_altri: object) -> None:
        raise RuntimeError("guasto di prova")

    monkeypatch.setattr(casa, "render", rotta)
    client.raise_request_exception = False
    risposta = client.get("/")
    assert risposta.status_code == 500
    assert "Qualcosa non ha funzionato" in risposta.content.decode()
