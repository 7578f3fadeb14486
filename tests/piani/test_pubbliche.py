# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public pages: kept by who reads them until they change, light, plain, said to the machines;
and what is said of a document whose years are over.
"""

import gzip
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import brotli
import pytest
from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date, parse_http_date

from obiettivi.azioni import carica
from piani import azioni, stampa
from piani.azioni.documento import congela
from piani.documenti import fotografa
from piani.models import Azienda, DocumentoPubblicato, Piano, Utente
from piani.pubbliche import conserva, impronte
from piani.tasks import prepara_pagine
from piani.trasparenza import PER_SLUG
from strumenti import foglio_pubblico
from tests.conftest import RADICE
from tests.factories import PianoFactory, piano_pronto
from tests.pagina import leggi

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
LIMITE = 150 * 1024
"""Bytes of a first visit without fonts: the figure to reach."""
STATICO = re.compile(r'(?:href|src)="/static/([^"#]+)(?:#[^"]*)?"')


@pytest.fixture(autouse=True)
def _nessuna_pagina_ricordata() -> None:
    """What other tests read at the same addresses is forgotten."""
    caches["pagine"].clear()


def pubblicato(piano: Piano, **campi: Any) -> DocumentoPubblicato:
    """A version of a plan that came out, with its real photograph and tables; no PDF."""
    Piano.objects.filter(pk=piano.pk).update(stato="pubblicato")
    versione = campi.pop("versione", 1)
    foto = fotografa(piano, versione=versione, giorno=date(2022, 1, 31))
    documento = congela(piano, foto, motivo=campi.pop("motivo", ""))
    for nome, dati in stampa.rende_csv(foto).items():
        conserva.scrivi_intero(documento.cartella / "csv" / nome, dati)
    (documento.cartella / "documento.json").write_text(documento.contenuto)
    DocumentoPubblicato.objects.filter(pk=documento.pk).update(
        **{"stato": "pronto", "sha256_pdf": "1" * 64, "pubblicato_il": timezone.localdate()} | campi
    )
    documento.refresh_from_db()
    piano.documenti.filter(versione__lt=versione, sostituito_da=None).update(
        sostituito_da=documento
    )
    azioni.indicizza(documento)
    return documento


@pytest.fixture
def documento(azienda: Azienda) -> DocumentoPubblicato:
    return pubblicato(piano_pronto(azienda, titolo="Piano di prova", slug="piano-uno"))


def finito(documento: DocumentoPubblicato) -> DocumentoPubblicato:
    """The same, five years later."""
    documento.pubblicato_il = date(timezone.localdate().year - 6, 3, 2)
    documento.save(update_fields=["pubblicato_il"])
    return documento


# --- conservate da chi le legge ----------------------------------------------------------------


def test_la_pagina_dice_a_chi_la_legge_come_tenerla(
    documento: DocumentoPubblicato, client: Client
) -> None:
    risposta = client.get(documento.get_absolute_url())
    assert risposta["Cache-Control"] == "public, max-age=60, stale-while-revalidate=86400"
    assert risposta["ETag"].startswith('W/"')
    assert {"Cookie", "Accept-Encoding"} <= set(risposta["Vary"].replace(" ", "").split(","))
    assert abs(parse_http_date(risposta["Last-Modified"]) - timezone.now().timestamp()) < 60
    assert not risposta.cookies


@pytest.mark.parametrize("metodo", ["get", "head"])
@pytest.mark.parametrize(
    ("chiede", "dice"), [("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")]
)
def test_chi_ce_l_ha_gia_non_la_riceve_di_nuovo(
    documento: DocumentoPubblicato, client: Client, metodo: str, chiede: str, dice: str
) -> None:
    for indirizzo in (
        documento.get_absolute_url(),
        reverse("at_azienda", args=[documento.piano.azienda.codice]),
        reverse("sitemap"),
        "/privacy/",
    ):
        prima = getattr(client, metodo)(indirizzo)
        assert prima.status_code == 200
        seconda = getattr(client, metodo)(indirizzo, headers={chiede: prima[dice]})
        assert (seconda.status_code, seconda.content) == (304, b"")
        assert seconda["ETag"] == prima["ETag"]
        assert seconda["Cache-Control"] == prima["Cache-Control"]
        vecchia = {"ETag": 'W/"altra"', "Last-Modified": http_date(0)}[dice]
        assert getattr(client, metodo)(indirizzo, headers={chiede: vecchia}).status_code == 200


@pytest.mark.parametrize(
    ("chiesta", "letta", "apri"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("", "", bytes),
    ],
)
def test_viaggia_compressa_ed_e_sempre_la_stessa(
    documento: DocumentoPubblicato,
    client: Client,
    chiesta: str,
    letta: str,
    apri: Callable[[bytes], bytes],
) -> None:
    for indirizzo in (documento.get_absolute_url(), "/amministrazione-trasparente/"):
        intera = client.get(indirizzo)
        risposta = client.get(indirizzo, headers={"Accept-Encoding": chiesta})
        assert risposta.get("Content-Encoding", "") == letta
        assert apri(risposta.content) == intera.content
        assert risposta["ETag"] == intera["ETag"]


@pytest.mark.parametrize(
    ("che_cosa", "campi"),
    [
        (Azienda, {"nome": "ASST dal nome nuovo"}),
        (Piano, {"titolo": "Titolo nuovo"}),
        (DocumentoPubblicato, {"motivo": "Motivo nuovo"}),
        (DocumentoPubblicato, {"pagine": 77}),
    ],
)
def test_cio_che_cambia_nella_pagina_cambia_il_suo_etag(
    documento: DocumentoPubblicato, client: Client, che_cosa: Any, campi: dict[str, Any]
) -> None:
    indirizzo = documento.get_absolute_url()
    prima = client.get(indirizzo)
    assert client.get(indirizzo)["ETag"] == prima["ETag"]
    che_cosa.objects.update(**campi)
    dopo = client.get(indirizzo, headers={"If-Modified-Since": prima["Last-Modified"]})
    assert dopo.status_code == 200
    assert dopo["ETag"] != prima["ETag"]
    assert parse_http_date(dopo["Last-Modified"]) > parse_http_date(prima["Last-Modified"])
    assert str(*campi.values()) in dopo.content.decode()


def test_cio_che_cambia_mentre_la_pagina_si_fa_non_si_conserva(
    documento: DocumentoPubblicato, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read between its mark and its rows, a page would stay under the mark of what it is not."""
    vera = conserva.pagina_di

    def intanto(questo: DocumentoPubblicato) -> str:
        Azienda.objects.update(sede="Altrove")
        return vera(questo)

    monkeypatch.setattr(conserva, "pagina_di", intanto)
    prima = client.get(documento.get_absolute_url())
    assert prima.status_code == 200
    assert "ETag" not in prima
    assert prima["Cache-Control"] == "private, no-cache"
    monkeypatch.undo()
    dopo = client.get(documento.get_absolute_url())
    assert client.get(documento.get_absolute_url())["ETag"] == dopo["ETag"]


def test_una_nuova_versione_si_vede_anche_in_quella_di_prima(
    documento: DocumentoPubblicato, client: Client
) -> None:
    prima = client.get(documento.get_absolute_url())
    nuovo = pubblicato(documento.piano, versione=2, motivo="Corretto un target")
    dopo = leggi(client.get(documento.get_absolute_url()))
    assert "Stai leggendo la versione 1, superata." in dopo.uno(".alert").testo
    assert dopo.uno("link[rel=canonical]")["href"].endswith(nuovo.get_absolute_url())
    versioni = [uno.testo for uno in leggi(client.get(nuovo.get_absolute_url())).tutti("aside li")]
    oggi = [testo for testo in versioni if testo.startswith("Versione")]
    assert oggi[0].startswith("Versione 2, questa, pubblicata il")
    assert oggi[0].endswith("in vigore: Corretto un target")
    assert oggi[1].startswith("Versione 1, pubblicata il")
    assert client.get(documento.get_absolute_url())["ETag"] != prima["ETag"]


def test_per_qualche_secondo_non_si_chiede_alle_tabelle(
    documento: DocumentoPubblicato,
    client: Client,
    settings: Any,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    indirizzo = documento.get_absolute_url()
    settings.PAGINE_SECONDI = 600
    prima = client.get(indirizzo)
    with django_assert_num_queries(0):
        assert client.get(indirizzo).content == prima.content
        uguale = client.get(indirizzo, headers={"If-None-Match": prima["ETag"]})
    assert uguale.status_code == 304
    settings.PAGINE_SECONDI = 0
    with django_assert_num_queries(2):
        assert client.get(indirizzo).content == prima.content


@pytest.mark.parametrize("quante", [1, 3])
def test_le_interrogazioni_non_crescono_con_le_versioni(
    documento: DocumentoPubblicato,
    client: Client,
    quante: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for versione in range(2, quante + 1):
        documento = pubblicato(documento.piano, versione=versione, motivo="Ancora")
    conserva.pagina_di(documento)
    # The two that say whether it changed, the rows, the header, and the same two once it is made.
    with django_assert_num_queries(6):
        client.get(documento.get_absolute_url())
    with django_assert_num_queries(2):
        client.get(documento.get_absolute_url())


def test_la_parte_che_non_cambia_si_fa_una_volta_sola(
    documento: DocumentoPubblicato, client: Client
) -> None:
    assert conserva.da_rifare(documento)
    client.get(documento.get_absolute_url())
    assert not conserva.da_rifare(documento)
    (pagina,) = documento.cartella.glob("derivati/*/pagina.html")
    assert pagina.parent.name == impronte.della_stampa()
    pagina.write_text("<h1>Già fatta</h1>")
    Azienda.objects.update(sede="Altrove")  # the page is another, its frozen part is not
    assert "<h1>Già fatta</h1>" in client.get(documento.get_absolute_url()).content.decode()


def test_dopo_un_aggiornamento_le_pagine_si_rifanno_prima_che_qualcuno_le_chieda(
    documento: DocumentoPubblicato,
) -> None:
    vecchia = documento.cartella / "derivati" / "programma-di-prima" / "pagina.html"
    conserva.scrivi_intero(vecchia, b"vecchia")
    assert prepara_pagine() == 1
    assert not vecchia.exists()
    assert prepara_pagine() == 0


def test_di_chi_e_entrato_non_si_conserva_niente(
    documento: DocumentoPubblicato, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    for indirizzo in (documento.get_absolute_url(), "/privacy/", "/amministrazione-trasparente/"):
        risposta = client.get(indirizzo, headers={"Accept-Encoding": "br"})
        assert risposta["Cache-Control"] == "private, no-cache"
        assert "ETag" not in risposta
        assert str(controllo) in risposta.content.decode()
        assert str(controllo) not in Client().get(indirizzo).content.decode()


# --- leggere e semplici ------------------------------------------------------------------------


def pagine_di(documento: DocumentoPubblicato) -> list[str]:
    codice = documento.piano.azienda.codice
    fisse = ("home", "privacy", "note_legali", "accessibilita", "segnala")
    return [
        *(reverse(nome) for nome in (*fisse, "amministrazione_trasparente")),
        reverse("at_azienda", args=[codice]),
        *(reverse("at_sezione", args=[codice, slug]) for slug in PER_SLUG),
        f"{reverse('at_cerca', args=[codice])}?q=prova",
        reverse("dati_aperti", args=[codice]),
        reverse("segnala_in", args=[codice]),
        documento.get_absolute_url(),
    ]


def test_la_prima_visita_di_ogni_pagina_pesa_poco(client: Client) -> None:
    milano = RADICE / "fixtures" / "ats-milano-performance-2021-2023"
    documento = pubblicato(carica(milano, da=None))
    for indirizzo in pagine_di(documento):
        risposta = client.get(indirizzo, headers={"Accept-Encoding": "gzip"})
        assert risposta.status_code == 200
        testo = risposta.content
        if risposta.get("Content-Encoding") == "gzip":
            testo = gzip.decompress(testo)
        # As they are on disk: compressed they weigh a quarter.
        statici = {
            nome: RADICE.joinpath(finders.find(nome)).stat().st_size
            for nome in STATICO.findall(testo.decode())
        }
        assert set(statici) <= {
            "css/pubblico.css", "css/tinte.css", "css/albero.css", "css/documento.css",
            "js/albero.js", "img/segni.svg", "img/albero.svg",
        }  # fmt: skip
        assert len(risposta.content) + sum(statici.values()) <= LIMITE, (indirizzo, statici)


def test_il_foglio_di_stile_delle_pagine_pubbliche_e_quello_che_serve() -> None:
    scritto = foglio_pubblico.USCITA.read_text(encoding="utf-8")
    assert scritto == foglio_pubblico.foglio(), "python -m strumenti.foglio_pubblico"
    assert ".btn-primary{" in scritto
    assert "carousel" not in scritto


def test_le_pagine_si_leggono_senza_fogli_di_stile_e_senza_programmi(
    documento: DocumentoPubblicato, client: Client
) -> None:
    for indirizzo in pagine_di(documento):
        pagina = leggi(client.get(indirizzo))
        assert len(pagina.tutti("h1")) == 1, indirizzo
        livelli = [int(uno.nodo.local_name[1]) for uno in pagina.tutti("h1, h2, h3, h4, h5, h6")]
        assert all(dopo - prima <= 1 for prima, dopo in pairwise(livelli))
        assert pagina.tutti("[hidden], [style], noscript") == []
        for script in pagina.tutti("script"):
            attributi = script.nodo.etree_element.attrib
            assert attributi.get("type") == "application/ld+json" or "src" in attributi
        ancore = {uno["href"][1:] for uno in pagina.tutti('a[href^="#"]')}
        nomi = [uno["id"] for uno in pagina.tutti("[id]")]
        assert ancore <= set(nomi)
        assert len(nomi) == len(set(nomi)), indirizzo


def test_i_dati_sociali_e_strutturati_dicono_il_documento(
    documento: DocumentoPubblicato, client: Client, azienda: Azienda
) -> None:
    Azienda.objects.update(nome='ASST "Nuova" </script> & Figli', email="dati@example.org")
    pagina = leggi(client.get(documento.get_absolute_url()))
    indirizzo = f"http://testserver{documento.get_absolute_url()}"
    assert pagina.uno("link[rel=canonical]")["href"] == indirizzo
    sociali = {uno["property"]: uno["content"] for uno in pagina.tutti("meta[property]")}
    assert sociali["og:title"] == documento.nome
    assert sociali["og:type"] == "article"
    assert sociali["og:url"] == indirizzo
    assert sociali["og:locale"] == "it_IT"
    assert documento.nome in pagina.uno("meta[name=description]")["content"]
    dati = json.loads(pagina.uno('script[type="application/ld+json"]').testo)
    assert (dati["@context"], dati["@type"]) == ("https://schema.org", "Report")
    assert dati["publisher"]["name"] == 'ASST "Nuova" </script> & Figli'
    assert dati["publisher"]["email"] == "dati@example.org"
    assert dati["datePublished"] == documento.pubblicato_il.isoformat()
    assert dati["encoding"][0]["sha256"] == documento.sha256_pdf
    sezione = leggi(client.get(reverse("at_azienda", args=[azienda.codice])))
    assert json.loads(sezione.uno('script[type="application/ld+json"]').testo)["@type"] == (
        "CollectionPage"
    )


# --- non più in pubblicazione -----------------------------------------------------------------


@pytest.mark.parametrize("resto", ["v1/", "", "v1/documento.json", "v1/documento.xlsx"])
def test_un_documento_finito_lo_dice_e_dice_come_si_chiede(
    documento: DocumentoPubblicato, client: Client, azienda: Azienda, resto: str
) -> None:
    Azienda.objects.update(email="trasparenza@example.org")
    scaduto = finito(documento)
    risposta = client.get(f"/documenti/piano-uno/{resto}")
    assert risposta.status_code == 410
    risposta.status_code = 200
    pagina = leggi(risposta)
    assert pagina.uno("h1").testo == "Piano di prova"
    testo = pagina.uno("main").testo
    assert "non è più in pubblicazione" in testo
    assert "accesso civico (art. 5), gratuita e senza motivazione" in testo
    assert f"1º gennaio {scaduto.pubblicato_il.year + 6}" in testo
    assert "Area di prova" not in testo
    assert pagina.uno('a[href^="mailto:"]').testo == "trasparenza@example.org"
    assert reverse("at_sezione", args=[azienda.codice, documento.sezione_at]) in (
        [uno["href"] for uno in pagina.tutti("main a")]
    )


def test_un_documento_finito_esce_da_mappe_home_e_ricerca(
    documento: DocumentoPubblicato, client: Client, azienda: Azienda
) -> None:
    finito(documento)
    indirizzo = documento.get_absolute_url()
    for dove in (
        "/", "/sitemap.xml", "/at_map.json", reverse("dati_aperti", args=[azienda.codice]),
        reverse("catalogo_dcat", args=[azienda.codice]), "/api/v1/documenti",
        f"{reverse('at_cerca', args=[azienda.codice])}?q=prova",
    ):  # fmt: skip
        assert indirizzo not in client.get(dove).content.decode(), dove
    sezione = reverse("at_sezione", args=[azienda.codice, documento.sezione_at])
    assert [uno["href"] for uno in leggi(client.get(sezione)).tutti(f'a[href="{indirizzo}"]')] == [
        indirizzo
    ]


def test_della_versione_finita_si_va_a_quella_in_vigore(
    documento: DocumentoPubblicato, client: Client
) -> None:
    finito(documento)
    nuovo = pubblicato(documento.piano, versione=2, motivo="Aggiornato")
    risposta = client.get(documento.get_absolute_url())
    assert risposta.status_code == 410
    assert f'href="{nuovo.get_absolute_url()}"' in risposta.content.decode()
    assert client.get("/documenti/piano-uno/").url == nuovo.get_absolute_url()


def test_cio_che_non_c_e_mai_stato_resta_un_404(
    documento: DocumentoPubblicato, client: Client, azienda: Azienda
) -> None:
    congela(
        PianoFactory(azienda=azienda, slug="in-stampa"),
        fotografa(documento.piano, versione=1, giorno=date(2022, 1, 1)),
        motivo="",
    )
    for resto in ("piano-uno/v2/", "piano-uno/relazione-2022/v1/", "altro/", "in-stampa/v1/",
                  "piano-uno/v1/portale-piao.json"):  # fmt: skip
        assert client.get(f"/documenti/{resto}").status_code == 404, resto


def test_la_data_di_domani_chiude_la_pubblicazione(
    documento: DocumentoPubblicato, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    documento.pubblicato_il = date(2020, 5, 1)
    documento.save(update_fields=["pubblicato_il"])
    ultimo = documento.scade_il - timedelta(days=1)
    for oggi, stato in ((ultimo, 200), (ultimo + timedelta(days=1), 410)):
        monkeypatch.setattr(timezone, "localdate", lambda oggi=oggi: oggi)
        assert client.get(documento.get_absolute_url()).status_code == stato
