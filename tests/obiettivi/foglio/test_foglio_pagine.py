# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet goes out of a page and comes back to it: preview, confirmation, undoing."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from obiettivi.foglio.colonne import COLONNE
from obiettivi.models import Indicatore, Rilevazione
from piani.models import Azienda, Importazione, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    AreaSchedaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)
from tests.piani.importazioni.fogli import csv_, svolta

pytestmark = pytest.mark.django_db
POSTI = {colonna.nome: posto for posto, colonna in enumerate(COLONNE, start=1)}


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: date(2023, 4, 10))


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda)


def indicatore(piano: Piano, codice: str) -> Indicatore:
    return MisuraFactory(
        obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)),
        indicatore=IndicatoreFactory(azienda=piano.azienda, codice=codice),
    ).indicatore


def compila(contenuto: bytes, valore: Any) -> SimpleUploadedFile:
    cartella = load_workbook(BytesIO(contenuto))
    cartella.worksheets[0].cell(2, POSTI["valore"]).value = valore
    uscita = BytesIO()
    cartella.save(uscita)
    return SimpleUploadedFile("risultati.xlsx", uscita.getvalue())


def test_si_scarica_si_compila_si_ricarica_si_conferma_e_si_annulla(
    piano: Piano,
    entra: Callable[[Utente], Client],
    controllo: Utente,
) -> None:
    indicatore(piano, "A")
    client = entra(controllo)
    pagina = reverse("foglio_piano", args=[piano.slug])
    assert "Scarica il foglio (xlsx)" in client.get(pagina).content.decode()
    partito = client.get(reverse("foglio_piano_xlsx", args=[piano.slug])).content
    risposta = client.post(pagina, {"file": compila(partito, 96.5)})
    questa = Importazione.objects.get()
    assert risposta.url == questa.get_absolute_url()
    svolta(questa)
    anteprima = client.get(risposta.url).content.decode()
    assert "A, 2023 1° trimestre" in anteprima
    assert "96,5" in anteprima
    chiave = [piano.azienda.codice, questa.pk]
    client.post(reverse("importazione_conferma", args=chiave))
    svolta(questa)
    assert Rilevazione.objects.correnti().get().valore == 96.5
    client.post(reverse("importazione_annulla", args=chiave))
    svolta(questa)
    assert not Rilevazione.objects.correnti().exists()


def test_un_altro_foglio_si_rifiuta_accanto_al_campo_e_non_resta(
    piano: Piano, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    indicatore(piano, "A")
    altro = SimpleUploadedFile("altro.csv", csv_([("Codice", "Valore"), ("A", "3")]))
    pagina = entra(controllo).post(reverse("foglio_piano", args=[piano.slug]), {"file": altro})
    assert pagina.status_code == 200
    assert pagina.context["ricarica"].errors["file"] == [
        "Questo non è un foglio scaricato da qui: mancano le colonne nascoste «Chiave» e "
        "«Versione». Un altro foglio si porta dalle importazioni."
    ]
    assert Importazione.objects.get().stato == "scartata"


def test_chi_guida_un_cdr_trova_le_sue_importazioni_e_non_quelle_degli_altri(
    azienda: Azienda,
    entra: Callable[[Utente], Client],
) -> None:
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda), cdr=True)
    scheda = SchedaFactory(azienda=azienda, anno=2023, unita=unita, stato="in_monitoraggio")
    RigaSchedaFactory(
        area=AreaSchedaFactory(scheda=scheda), indicatore=IndicatoreFactory(azienda=azienda)
    )
    guida, altra = (
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=dove).utente
        for dove in (unita, UnitaFactory(organigramma=unita.organigramma))
    )
    client = entra(guida)
    partito = client.get(reverse("foglio_cdr_xlsx", args=[azienda.codice])).content
    risposta = client.post(
        reverse("foglio_cdr", args=[azienda.codice]), {"file": compila(partito, 91)}
    )
    questa = svolta(Importazione.objects.get())
    assert client.get(risposta.url).status_code == 200
    assert entra(altra).get(risposta.url).status_code == 404
    conferma = reverse("importazione_conferma", args=[azienda.codice, questa.pk])
    assert entra(altra).post(conferma).status_code == 404
    entra(guida).post(conferma)
    svolta(questa)
    assert Rilevazione.objects.get().unita == unita
