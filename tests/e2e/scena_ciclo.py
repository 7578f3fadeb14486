# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scene of the cycle: an invented body, its people, a plan of last year, and the calendar.

The year told is the last one, so that each of its steps can be done today: between one act and the
next the windows move (``Scena.adesso``), as they would with the months.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect

from obiettivi import azioni
from obiettivi.models import (
    CriterioValidazione,
    Finestra,
    Rendicontazione,
    RigaScheda,
    SchedaBudget,
)
from piani.models import Azienda, Piano, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    PASSWORD,
    AreaFactory,
    AreaSchedaFactory,
    AziendaFactory,
    EdizioneFactory,
    FinestraFactory,
    FonteFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    SchedaFactory,
    TargetFactory,
    UnitaFactory,
)

ANNO = timezone.localdate().year - 1
LARGA = {"width": 1280, "height": 900}
STRETTA = {"width": 375, "height": 800}
# A label of a field whose id is given twice leads to the wrong one.
DOPPIONI = """() => [...document.querySelectorAll("[id]")].map(e => e.id)
  .filter((id, n, tutti) => tutti.indexOf(id) !== n)"""
Tipo = Finestra.Tipo
# Of the template: area, indicator, objective, expected value, weight in the area.
RIGHE = (
    ("P. Economica", "COSTI", "Contenere i costi", "≥ 50%", 100),
    ("Esito e appropriatezza", "ATTESE", "Ridurre le attese", "≥ 90%", 60),
    ("Esito e appropriatezza", "CARTELLE", "Chiudere le cartelle", "100%", 30),
)


@dataclass
class Scena:
    """What the acts share."""

    sito: str
    azienda: Azienda
    piano: Piano
    cdr: UnitaOrganizzativa
    sessioni: dict[str, Any] = field(default_factory=dict)
    """The cookies of who has logged in."""

    @property
    def scheda(self) -> SchedaBudget:
        return SchedaBudget.objects.get(unita=self.cdr, anno=ANNO)

    def riga(self, codice: str) -> RigaScheda:
        return RigaScheda.objects.get(area__scheda=self.scheda, indicatore__codice=codice)

    def persona(self, nome: str) -> Utente:
        return Utente.objects.get(username=nome)

    def adesso(self, tipo: str, frazione: str = "") -> None:
        """It is the time of that step: its window opens, the reporting ones before it close."""
        oggi = timezone.localdate()
        Finestra.objects.filter(azienda=self.azienda, tipo=Tipo.RENDICONTAZIONE).update(
            apre=oggi - timedelta(days=90), scade=oggi - timedelta(days=1)
        )
        Finestra.objects.update_or_create(
            azienda=self.azienda, anno=ANNO, tipo=tipo, frazione=frazione,
            defaults={"apre": oggi - timedelta(days=10), "scade": oggi + timedelta(days=20)},
        )  # fmt: skip

    def scaduta(self, frazione: str) -> date:
        """The window of a quarter ended yesterday."""
        ieri = timezone.localdate() - timedelta(days=1)
        Finestra.objects.filter(azienda=self.azienda, frazione=frazione).update(scade=ieri)
        return ieri

    def trasmessa(self, codice: str, frazione: str, dichiarato: int, **cifre: str) -> None:
        """A report of the head that the story does not show."""
        resoconto = azioni.Resoconto(
            cifre=cifre, azioni="Come da programma.", raggiungibile=True,
            dichiarato=Decimal(dichiarato),
        )  # fmt: skip
        bozza = azioni.salva_rendicontazione(
            self.riga(codice), frazione=frazione, resoconto=resoconto, da=self.persona("elena")
        )
        azioni.trasmetti(bozza, da=self.persona("elena"))

    def rendicontazione(self, codice: str, frazione: str) -> Rendicontazione:
        return Rendicontazione.objects.get(riga=self.riga(codice), frazione=frazione)


def prepara(sito: str) -> Scena:
    """The body before the year is negotiated: people, plan, rules, template of the scheda."""
    azienda = AziendaFactory(codice="asst-prova", nome="ASST di prova")
    carta = OrganigrammaFactory(azienda=azienda)
    dipartimento = UnitaFactory(
        organigramma=carta, tipo="dipartimento", nome="Dipartimento cardiovascolare"
    )
    cdr = UnitaFactory(organigramma=carta, parent=dipartimento, nome="Cardiologia", cdr=True)
    certifica = UnitaFactory(organigramma=carta, nome="Direzione medica")
    for nome, ruolo, dove in (
        ("anna", Ruolo.CONTROLLO_GESTIONE, None),
        ("dario", Ruolo.DIREZIONE, None),
        ("franca", Ruolo.RESPONSABILE_CDR, dipartimento),
        ("elena", Ruolo.RESPONSABILE_CDR, cdr),
        ("rita", Ruolo.RILEVATORE, certifica),
        ("gino", Ruolo.DIPENDENTE, cdr),
        ("carla", Ruolo.NUCLEO, None),
        ("ilaria", Ruolo.RISORSE_UMANE, None),
    ):
        IncaricoFactory(
            azienda=azienda, ruolo=ruolo, unita=dove, utente__username=nome,
            utente__first_name=nome.title(),
        )  # fmt: skip
    EdizioneFactory(azienda=azienda, anno=ANNO)
    if not CriterioValidazione.objects.per(ANNO).exists():  # emptied between the tests
        for n, nome in enumerate(("Coerenza con il Piano", "Comprensibilità"), start=1):
            CriterioValidazione.objects.create(
                codice=f"c{n}", ordine=n, nome=nome, domanda="Di prova", norma="Prova",
                anno_dal=2018,
            )  # fmt: skip
    scena = Scena(sito, azienda, _piano(azienda), cdr)
    _modello(azienda, certifica)
    return scena


def _piano(azienda: Azienda) -> Piano:
    """Two indicators, one of which the CdR carries down."""
    piano = PianoFactory(
        azienda=azienda, slug="prova", titolo=f"Piano della performance {ANNO}-{ANNO + 2}",
        anno_inizio=ANNO, anno_fine=ANNO + 2, stato=Piano.Stato.PUBBLICATO,
    )  # fmt: skip
    obiettivo = ObiettivoFactory(
        area=AreaFactory(piano=piano, codice="A1", nome="Accesso alle cure"),
        codice="O1", titolo="Ridurre le attese",
    )  # fmt: skip
    fonte = FonteFactory()
    for codice, nome in (("ATTESE", "Visite entro lo standard"), ("PS", "Pazienti visti in 4 ore")):
        misura = MisuraFactory(
            obiettivo=obiettivo, indicatore__codice=codice, indicatore__nome=nome,
            indicatore__tipo_formula="rapporto", indicatore__aggregazione="rapporto_delle_somme",
            indicatore__fonte=fonte, indicatore__azienda=azienda,
        )  # fmt: skip
        TargetFactory(misura=misura, anno=ANNO, stampato="≥ 90%")
    return piano


def _modello(azienda: Azienda, certifica: UnitaOrganizzativa) -> None:
    modello = SchedaFactory(azienda=azienda, anno=ANNO, unita=None, nome="Reparto medico")
    aree = {
        nome: AreaSchedaFactory(scheda=modello, ordine=n, nome=nome, peso=peso)
        for n, (nome, peso) in enumerate((("P. Economica", 30), ("Esito e appropriatezza", 70)), 1)
    }
    fonte = FonteFactory()
    for ordine, (area, codice, obiettivo, atteso, peso) in enumerate(RIGHE, start=1):
        indicatore = azienda.indicatori.filter(codice=codice).first() or IndicatoreFactory(
            azienda=azienda, codice=codice, nome=f"Indicatore di «{obiettivo.lower()}»",
            fonte=fonte, rilevatore=certifica if codice == "CARTELLE" else None,
        )  # fmt: skip
        RigaSchedaFactory(
            area=aree[area], ordine=ordine, obiettivo=obiettivo, indicatore=indicatore,
            atteso=atteso, peso=peso,
        )  # fmt: skip


def negoziata(scena: Scena) -> SchedaBudget:
    """The scheda with right weights, sent to negotiation: where the races begin."""
    anna = scena.persona("anna")
    modello = SchedaBudget.objects.modelli().get()
    [scheda] = azioni.proponi(scena.azienda, ANNO, [scena.cdr], origine=modello, da=anna)
    RigaScheda.objects.filter(area__scheda=scheda, peso=30).update(peso=40)
    FinestraFactory(azienda=scena.azienda, anno=ANNO, tipo=Tipo.NEGOZIAZIONE, frazione="")
    azioni.invia_scheda(scheda, da=anna)
    return scheda


# --- in the browser -----------------------------------------------------------------------


def entra(pagina: Page, scena: Scena, nome: str) -> None:
    """A person logs in, and is before their own list of things to do; who did already comes back
    with the same session.
    """
    pagina.set_default_timeout(10_000)
    pagina.context.clear_cookies()
    if nome in scena.sessioni:
        pagina.context.add_cookies(scena.sessioni[nome])
        pagina.goto(f"{scena.sito}/")
        return
    pagina.goto(f"{scena.sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(nome)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{scena.sito}/")
    scena.sessioni[nome] = pagina.context.cookies()


def trova(pagina: Page, scena: Scena, nome: str, cosa: str) -> None:
    """A person logs in, finds something to do and opens it."""
    entra(pagina, scena, nome)
    pagina.locator(".cose").get_by_role("link", name=re.compile(re.escape(cosa))).first.click()


def premi(pagina: Page, bottone: str | re.Pattern[str], detto: str) -> None:
    """Press a button, and read what the page says."""
    pagina.get_by_role("button", name=bottone).first.click()
    expect(pagina.locator(".messaggi")).to_contain_text(detto)


def guarda(pagina: Page) -> None:
    """The page as it is: nothing that axe finds, no id given twice, and on a phone nothing wider
    than the screen.
    """
    trovati = Axe().run(pagina).response["violations"]
    dove = [(v["id"], v["nodes"][0]["html"][:120]) for v in trovati]
    assert not dove, f"{pagina.url}: {dove}"
    assert not (doppi := pagina.evaluate(DOPPIONI)), f"{pagina.url}: {doppi}"
    pagina.set_viewport_size(STRETTA)
    larghezze = pagina.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert larghezze[0] <= larghezze[1], pagina.url
    pagina.set_viewport_size(LARGA)


def scaricato(pagina: Page, scena: Scena, collegamento: str) -> bytes:
    """The bytes behind a link, asked for with the session of the page."""
    dove = pagina.get_by_role("link", name=collegamento).first.get_attribute("href")
    risposta = pagina.request.get(f"{scena.sito}{dove}")
    assert risposta.status == 200, dove
    return risposta.body()


def file_di_prova(nome: str) -> list[Any]:
    return [{"name": nome, "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nprova"}]
