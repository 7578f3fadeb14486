# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last act, in the last days of June: the Relazione of the year, from the results of the plan
to the page that anybody reads.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from playwright.sync_api import Page, expect

from obiettivi import azioni
from obiettivi.importa import leggi_albero
from obiettivi.models import Relazione, SezioneRelazione
from piani.models import DocumentoPubblicato
from piani.tasks import stampa_documento
from tests.e2e.passi_pagina import apri, guarda, premi, scaricato, trova
from tests.e2e.scena_ciclo import ANNA, ANNO, BRUNO, DARIO, ELENA, FIXTURES, NORA, Scena

Stato = Relazione.Stato
GIUGNO = ANNO + 1, 6
TESTO = "Un testo di prova, abbastanza lungo da dire qualcosa dell'anno."
CAUSA = "Da settembre manca un anestesista a Oglio Po."
SORGENTE = FIXTURES / "asst-cremona-performance-2022-2024"


def rendicontato_il_piano(scena: Scena) -> None:
    """The results of the year, as invented for the source plan; not shown: one page does one.

    Two are worked by hand in the acts below. CR-24 keeps at 87,29 % in Cremona and 55,18 % in
    Oglio Po: 443/500 = 88,6 % is kept, 106/200 = 53 % is not, the mean is 50. CR-25 keeps at 42 %:
    1800/4000 = 45 %, then corrected to 1600/4000 = 40 %, that is not kept: 0.
    """
    scena.il_giorno(date(ANNO + 1, 2, 15))
    indicatori = {uno.codice: uno for uno in scena.azienda.indicatori.all()}
    for riga, cifre in _risultati():
        azioni.rileva(
            indicatori[riga["codice"]], anno=ANNO, frazione=riga["frazione"], sede=riga["sede"],
            stato=riga["stato"], testo=riga["testo"], da=scena.persona(ANNA), **cifre,
        )  # fmt: skip


def _risultati() -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """Those of the first year; a figure goes before a percentage of progress."""
    for riga in leggi_albero(SORGENTE).risultati:
        campi = [c for c in ("valore", "numeratore", "denominatore") if riga[c]]
        scritti = campi or [c for c in ("avanzamento",) if riga[c]]
        if riga["anno"] == "2022":
            yield riga, {campo: Decimal(riga[campo]) for campo in scritti}


def cominciata(scena: Scena) -> None:
    assert not scena.deve(DARIO, "Approva la relazione")
    pagina = trova(scena, ANNA, f"Comincia la Relazione sulla performance {ANNO}")
    guarda(scena, pagina)
    pagina.get_by_role("button", name="Comincia la relazione").click()
    expect(pagina.locator(".blocco-ferma")).to_contain_text("Il capitolo «Presentazione»")
    expect(pagina.locator(".blocco-ferma")).not_to_contain_text("CR-25")
    guarda(scena, pagina, "da scrivere")
    # A result corrected afterwards: the tables wait to be made again.
    azioni.rileva(
        scena.azienda.indicatori.get(codice="CR-25"), anno=ANNO, numeratore=Decimal(1600),
        denominatore=Decimal(4000), da=scena.persona(ANNA),
    )  # fmt: skip
    pagina = trova(scena, ANNA, f"Approva la relazione: Relazione sulla performance {ANNO}")
    expect(pagina.locator(".blocco-ferma")).to_contain_text("rigenera la relazione")
    premi(pagina, "Rigenera le tabelle", "Tabelle rigenerate")
    expect(pagina.locator(".blocco-ferma")).to_contain_text("CR-25")


def scritta(scena: Scena) -> None:
    """A cause and a chapter are shown; the others are written in the same way."""
    pagina, anna = scena.di(ANNA), scena.persona(ANNA)
    relazione = Relazione.objects.get()
    pagina.get_by_role("link", name="Scrivi cause e azioni correttive").click()
    riga = pagina.locator("fieldset", has_text="CR-24")
    expect(riga).to_contain_text("50")
    riga.get_by_label("Causa").fill(CAUSA)
    riga.get_by_label("Azione correttiva").fill("Concorso bandito.")
    guarda(scena, pagina)
    premi(pagina, "Salva tutto", "1")
    altre = relazione.scostamenti.filter(causa="").values_list("misura", flat=True)
    azioni.spiega_scostamenti(
        relazione, dict.fromkeys(altre, ("Manca la cifra di confronto.", "")), da=anna
    )
    pagina = apri(scena, ANNA, relazione.get_absolute_url())
    primo, *capitoli = SezioneRelazione.DA_SCRIVERE
    pagina.locator("section[aria-labelledby=capitoli]").get_by_role(
        "link", name=primo.label, exact=True
    ).click()
    guarda(scena, pagina)
    pagina.get_by_label("Testo").fill(TESTO)
    premi(pagina, "Salva il capitolo", "Capitolo salvato.")
    for tipo in capitoli:
        sezione = relazione.sezioni.get(tipo=tipo)
        azioni.scrivi_sezione_relazione(sezione, testo=TESTO, da=anna)
    apri(scena, ANNA, relazione.get_absolute_url())
    expect(pagina.locator(".blocco-ferma")).to_have_count(0)


def approvata_una_volta(scena: Scena) -> None:
    """Two windows of Dario, the same step: one winner, and a clear sentence in the other."""
    scena.il_giorno(date(*GIUGNO, 29))
    prima = trova(scena, DARIO, "Approva la relazione")
    seconda = scena.accedi(DARIO)
    seconda.goto(prima.url)
    for pagina in (prima, seconda):
        pagina.get_by_label("Numero").fill("12")
        pagina.get_by_label("Data dell'atto").fill(f"{ANNO + 1}-06-29")
        pagina.get_by_label("Organo che approva").fill("Direttore Generale")
        pagina.locator("#avvertenze").check()
    premi(prima, "Approva la relazione", "Relazione approvata")
    seconda.get_by_role("button", name="Approva la relazione").click()
    expect(seconda.locator(".messaggi")).to_contain_text(
        "La relazione è «Approvata»: ce l'ha portata Dario Direzione (dimostrazione) il 29/06/2027"
    )
    assert not scena.deve(DARIO, "Approva la relazione")


def validata(scena: Scena) -> None:
    pagina = trova(scena, ANNA, "Manda la relazione al Nucleo")
    premi(pagina, "Manda la relazione al Nucleo", "Relazione mandata al Nucleo.")
    pagina = trova(scena, NORA, "Valida la relazione")
    pagina.get_by_role("link", name="Rispondi ai criteri").click()
    criteri = pagina.locator("main fieldset")
    for n in range(criteri.count() - 1):
        criteri.nth(n).get_by_label("Esito").select_option(label="Soddisfatto")
    pagina.get_by_label("Conclusione").select_option(label="Validata")
    guarda(scena, pagina)
    pagina.get_by_role("button", name="Registra la valutazione").click()
    expect(pagina.locator("main")).to_contain_text("Non è stato registrato nulla")
    pagina.get_by_label("Motivazione complessiva").fill("Completa e chiara.")
    premi(pagina, "Registra la valutazione", "La tua valutazione è registrata.")
    assert not scena.deve(NORA, "Valida la relazione")


def pubblicata(scena: Scena) -> None:
    """On the last day, by who publishes."""
    scena.il_giorno(date(*GIUGNO, 30))
    pagina = trova(scena, BRUNO, "Pubblica la relazione")
    premi(pagina, "Pubblica la relazione", "Versione fissata")
    for documento in DocumentoPubblicato.objects.exclude(serie=""):  # the worker
        stampa_documento(documento.pk)
    assert Relazione.objects.get().stato == Stato.PUBBLICATA
    for nome in (ANNA, BRUNO, DARIO, NORA):
        assert not scena.deve(nome, "relazione"), nome


def letta_da_tutti(scena: Scena) -> None:
    """By the Regione with its login, and by nobody in particular."""
    pagina = apri(scena, ELENA, Relazione.objects.get().get_absolute_url())
    expect(pagina.locator("main")).to_contain_text("Il cammino è finito")
    expect(pagina.get_by_role("button", name="Pubblica")).to_have_count(0)
    letta(scena, scena.finestra())


def letta(scena: Scena, pagina: Page) -> None:
    pagina.goto(f"{scena.sito}{reverse('at_azienda', args=[scena.azienda.codice])}")
    pagina.get_by_role("link", name="Relazione sulla Performance", exact=True).click()
    guarda(scena, pagina)
    pagina.get_by_role("link", name=f"Relazione sulla performance {ANNO}").first.click()
    expect(pagina.get_by_role("heading", level=1).first).to_contain_text(str(ANNO))
    main = pagina.locator("main")
    expect(main).to_contain_text(CAUSA)
    expect(main).to_contain_text("Determina n. 210")  # the revision of July
    expect(main).to_contain_text(f"la prima il 09/02/{ANNO}")  # the signatures of February
    tecnico = pagina.locator("tr", has_text="Ufficio Tecnico")
    expect(tecnico.filter(has_text="95,1")).to_have_count(1)
    expect(main).to_contain_text("Valutazioni per categoria")
    for nome in ("Dino", "Paola"):
        expect(main).not_to_contain_text(nome)
    guarda(scena, pagina)
    assert scaricato(scena, pagina, "Documento (PDF").startswith(b"%PDF")
