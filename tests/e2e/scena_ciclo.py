# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scene of the cycle: ASST Cremona as ``./avvia`` leaves it in January, its invented people
each with their own browser, and the calendar.

The server of the tests shares their process, so the whole product lives the day that
``Scena.il_giorno`` says: between one act and the next the months go by, and each window opens and
closes on its own. The browser keeps the real clock, and is never asked what day it is.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import time_machine
from django.contrib.staticfiles.handlers import StaticFilesHandlerMixin
from django.contrib.staticfiles.views import serve
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import http_date
from playwright.sync_api import Browser, BrowserContext, Page

from obiettivi import azioni
from obiettivi.azioni.ciclo_dimostrativo import carica_ciclo
from obiettivi.models import (
    Rendicontazione,
    RigaScheda,
    SchedaBudget,
    ValutazioneIndividuale,
)
from piani import bacheca
from piani.azioni import crea_dimostrative
from piani.importa import leggi_toml
from piani.models import Azienda, Piano, Utente
from tests.conftest import RADICE

FIXTURES = RADICE / "fixtures"
ROMA = ZoneInfo("Europe/Rome")
ANNO = 2026
INIZIO = date(ANNO, 1, 12)
LARGA = {"width": 1280, "height": 900}
# Who does what, as the demonstration has them.
ANNA, BRUNO, DARIO = "anna.controllo", "bruno.trasparenza", "dario.direzione"
ELENA, GAIA, ILARIA = "elena.regione", "gaia.rilevatrice", "ilaria.personale"
NINO, NORA, PAOLA, DINO = "nino.amministratore", "nora.nucleo", "paola.tecnico", "dino.dipendente"
REMO, TULLIO, VERA = "remo.economica", "tullio.dipartimento", "vera.vicaria"
FABIO = "fabio.responsabile"


@dataclass
class Scena:
    """What the acts share."""

    sito: str
    orologio: time_machine.Traveller
    browser: Browser
    azienda: Azienda
    piano: Piano
    password: dict[str, str]
    pagine: dict[str, Page] = field(default_factory=dict)
    contesti: list[BrowserContext] = field(default_factory=list)
    lamenti: list[str] = field(default_factory=list)
    """What the console of any browser complained of."""
    guardate: set[str] = field(default_factory=set)
    """The pages that were looked at already."""
    a_casa: set[str] = field(default_factory=set)
    """Who has opened something from the page of their own home already."""

    # --- the calendar ---------------------------------------------------------------------

    def il_giorno(self, giorno: date) -> None:
        """It is nine in the morning of that day, for everybody."""
        assert giorno >= timezone.localdate(), "il tempo va avanti"
        self.orologio.move_to(datetime.combine(giorno, time(9), ROMA))

    @property
    def oggi(self) -> date:
        return timezone.localdate()

    # --- the people -----------------------------------------------------------------------

    def finestra(self) -> Page:
        """A new browser, of nobody yet."""
        contesto = self.browser.new_context(viewport=LARGA, locale="it-IT")
        self.contesti.append(contesto)
        pagina = contesto.new_page()
        pagina.set_default_timeout(10_000)
        pagina.on(
            "console",
            lambda m: self.lamenti.append(m.text) if m.type in ("error", "warning") else None,
        )
        pagina.on("pageerror", lambda errore: self.lamenti.append(str(errore)))
        return pagina

    def di(self, nome: str) -> Page:
        """The browser of a person, who logged in the first time that they needed it."""
        if nome not in self.pagine:
            self.pagine[nome] = self.accedi(nome)
        return self.pagine[nome]

    def accedi(self, nome: str) -> Page:
        """A new browser in which a person logs in. The page where one does has its own tests: here
        what it sends is sent, with the cookies of this browser.
        """
        pagina, dove = self.finestra(), f"{self.sito}/accedi/"
        pagina.request.get(dove)
        [gettone] = [c["value"] for c in pagina.context.cookies() if c["name"] == "csrftoken"]
        dati = {"login": nome, "password": self.password[nome], "csrfmiddlewaretoken": gettone}
        risposta = pagina.request.post(dove, form=dati, headers={"Referer": dove}, max_redirects=0)
        assert (risposta.status, risposta.headers["location"]) == (302, "/"), nome
        return pagina

    def persona(self, nome: str) -> Utente:
        return Utente.objects.get(username=nome)

    def da_fare(self, nome: str) -> list[bacheca.Cosa]:
        """What a person has to do, read without a browser."""
        return bacheca.raccogli(self.persona(nome))

    def cose(self, nome: str) -> list[str]:
        return [cosa.titolo for cosa in self.da_fare(nome)]

    def deve(self, nome: str, cosa: str) -> bool:
        """Whether that is among the things that a person has to do today."""
        return any(cosa in titolo for titolo in self.cose(nome))

    # --- what they work on ----------------------------------------------------------------

    @property
    def scheda(self) -> SchedaBudget:
        """That of the Ufficio Tecnico, the one told whole."""
        return SchedaBudget.objects.get(unita__codice="UFF-TEC", anno=ANNO)

    def riga(self, codice: str) -> RigaScheda:
        return RigaScheda.objects.get(area__scheda=self.scheda, indicatore__codice=codice)

    def rendicontazione(self, codice: str, frazione: str) -> Rendicontazione:
        return Rendicontazione.objects.get(riga=self.riga(codice), frazione=frazione)

    def valutazione(self, nome: str) -> ValutazioneIndividuale:
        return ValutazioneIndividuale.objects.get(persona__username=nome, anno=ANNO)

    def riferisce(self, codice: str, frazione: str, **cifre: str) -> None:
        """A report of the head that the story does not show."""
        resoconto = azioni.Resoconto(
            cifre={"stato": "numero", **cifre} if cifre else {},
            azioni="Come da programma.", raggiungibile=True, dichiarato=Decimal(90),
        )  # fmt: skip
        paola = self.persona(PAOLA)
        bozza = azioni.salva_rendicontazione(
            self.riga(codice), frazione=frazione, resoconto=resoconto, da=paola
        )
        azioni.trasmetti(bozza, da=paola)


@contextmanager
def a_gennaio(sito: str, browser: Browser, settings: Any) -> Iterator[Scena]:
    """ASST Cremona on a day of January: the source plans as history, the invented cycle of the
    year, the demonstration people. At the end no console may have complained.
    """
    # A day of work lasts eight hours; here each logs in once, and the story lasts eighteen months.
    settings.SESSION_COOKIE_AGE = 2 * 365 * 24 * 60 * 60
    partenza = datetime.combine(INIZIO, time(9), ROMA)
    with (
        mock.patch.object(StaticFilesHandlerMixin, "serve", _sempre_freschi),
        time_machine.travel(partenza) as orologio,
    ):
        piano, password = _carica()
        scena = Scena(sito, orologio, browser, piano.azienda, piano, password)
        yield scena
        for contesto in scena.contesti:
            contesto.close()
    assert scena.lamenti == []


def _sempre_freschi(gestore: Any, richiesta: HttpRequest) -> HttpResponseBase:
    """A static file with the hour of the browser's own clock: one that comes from another year is
    asked for again at each page.
    """
    risposta = serve(richiesta, gestore.file_path(richiesta.path), insecure=True)
    risposta["Date"] = http_date(time_machine.escape_hatch.time.time())
    risposta["Cache-Control"] = "max-age=3600"
    return risposta


def _carica() -> tuple[Piano, dict[str, str]]:
    """What ``./avvia`` loads, but the results and the documents of the source plans."""
    azioni.carica_fonti()
    for cartella in sorted(FIXTURES.glob("*/piano.toml")):
        azioni.carica(cartella.parent, da=None)
    password = dict(crea_dimostrative(leggi_toml(FIXTURES / "utenti_dimostrativi.toml")["utenti"]))
    piano = carica_ciclo(timezone.localdate())
    assert piano is not None
    return piano, password
