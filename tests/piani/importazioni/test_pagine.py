# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of an import, from the file to the undoing, without JavaScript."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from obiettivi.models import Rilevazione
from piani.importazioni.genere import generi
from piani.models import Azienda, CorrispondenzaColonne, Importazione, Ruolo, Utente
from tests.factories import IndicatoreFactory
from tests.piani.importazioni.fogli import csv_, importa, svolta, xlsx

pytestmark = pytest.mark.django_db
Entra = Callable[[Utente], Client]
FOGLIO = [("Cod. Ind.", "Descrizione indicatore", "Valore atteso", "Actual"),
          ("IND-01", "Tempo di attesa", "≥ 95%", "87,5")]  # fmt: skip


@pytest.fixture
def client_suo(azienda: Azienda, controllo: Utente, entra: Entra) -> Client:
    IndicatoreFactory(azienda=azienda, codice="IND-01", nome="Tempo di attesa")
    return entra(controllo)


def caricata(client: Client, azienda: Azienda, contenuto: bytes, nome: str) -> Importazione:
    indirizzo = reverse("importazione_nuova", args=[azienda.codice, "rilevazioni"])
    risposta = client.post(
        indirizzo, {"file": SimpleUploadedFile(nome, contenuto), "percentuali": "cento"}
    )
    assert risposta.status_code == 302, risposta.content.decode()
    return Importazione.objects.latest("pk")


def test_dal_foglio_alla_scrittura_all_annullo(client_suo: Client, azienda: Azienda) -> None:
    questa = caricata(client_suo, azienda, xlsx(FOGLIO), "consuntivi_2024_T2.xlsx")
    pagina = client_suo.get(questa.get_absolute_url())
    form = pagina.context["form"]
    assert form["campo_0"].value() == "codice"
    assert form["campo_1"].value() == "nome"
    assert form["campo_2"].value() is None  # the target is not a result
    assert form["campo_3"].value() == "valore"
    assert form["costante_anno"].value() == "2024"
    assert form["costante_periodo"].value() == "T2"
    dati: dict[str, Any] = {uno.html_name: uno.value() or "" for uno in form}
    abbina = reverse("importazione_abbina", args=[azienda.codice, questa.pk])
    client_suo.post(abbina, dati | {"fonte": "Estrazione di prova"})
    assert (
        "La pagina si aggiorna da sola"
        in client_suo.get(questa.get_absolute_url()).content.decode()
    )
    svolta(questa)
    anteprima = client_suo.get(questa.get_absolute_url()).content.decode()
    assert "tutte o nessuna: 1 nuove, 0 al posto" in anteprima
    assert "IND-01, 2024 2° trimestre" in anteprima
    client_suo.post(reverse("importazione_conferma", args=[azienda.codice, questa.pk]))
    svolta(questa)
    assert Rilevazione.objects.correnti().get().cifra == Decimal("87.5")
    annulla = reverse("importazione_annulla", args=[azienda.codice, questa.pk])
    assert "torna com’era prima" in client_suo.get(annulla).content.decode()
    client_suo.post(annulla)
    svolta(questa)
    assert questa.stato == Importazione.Stato.ANNULLATA
    assert not Rilevazione.objects.correnti().exists()


def test_la_stessa_fonte_torna_gia_abbinata(client_suo: Client, azienda: Azienda) -> None:
    CorrispondenzaColonne.objects.create(
        azienda=azienda, genere="rilevazioni", fonte="Mensile",
        intestazioni={"sigla": {"campo": "codice", "fissi": {}},
                      "quanto": {"campo": "valore", "fissi": {"anno": "2023"}}},
    )  # fmt: skip
    foglio = csv_([("Altro", "Quanto", "Sigla"), ("x", "3", "IND-01")])
    questa = caricata(client_suo, azienda, foglio, "a.csv")
    form = client_suo.get(questa.get_absolute_url()).context["form"]
    assert form["campo_1"].value() == "valore"
    assert form["fisso_1_anno"].value() == "2023"
    assert form["campo_2"].value() == "codice"
    assert form["fonte"].value() == "Mensile"


def test_un_file_che_non_si_legge_dice_che_cosa_fare(client_suo: Client, azienda: Azienda) -> None:
    indirizzo = reverse("importazione_nuova", args=[azienda.codice, "rilevazioni"])
    risposta = client_suo.post(
        indirizzo, {"file": SimpleUploadedFile("a.xlsx", b"non un foglio"), "percentuali": "cento"}
    )
    assert risposta.context["carica"].errors["file"] == [
        "Il file non è un foglio di calcolo, anche se il nome lo dice."
    ]
    assert not Importazione.objects.exists()


def test_chi_non_prende_risultati_non_trova_niente(
    azienda: Azienda, incaricato: Callable[..., Utente], entra: Entra
) -> None:
    IndicatoreFactory(azienda=azienda, codice="IND-01")
    questa = importa("rilevazioni", azienda, xlsx(FOGLIO), nome="2024.xlsx")
    lettore = entra(incaricato(Ruolo.DIREZIONE))
    assert lettore.get(questa.get_absolute_url()).status_code == 404
    elenco = lettore.get(reverse("importazioni", args=[azienda.codice]))
    assert list(elenco.context["pagina"]) == []
    assert elenco.context["generi"] == []


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_costa_sempre_le_stesse_domande(
    client_suo: Client, azienda: Azienda, quante: int, django_assert_num_queries: Any
) -> None:
    for _volta in range(quante):
        importa("rilevazioni", azienda, xlsx(FOGLIO), nome="2024.xlsx")
    client_suo.get(reverse("importazioni", args=[azienda.codice]))
    with django_assert_num_queries(6 + len(generi())):
        client_suo.get(reverse("importazioni", args=[azienda.codice]))
