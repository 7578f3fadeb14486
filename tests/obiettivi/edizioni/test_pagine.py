# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of an edition: read, changed, copied, tried on the results already gathered."""

import json
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from obiettivi import effetto as modulo_effetto
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.edizioni.campi import campi_edizione
from obiettivi.effetto import effetti
from obiettivi.models import EdizioneSMVP, Raggiungimento
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IncaricoFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
)


def indirizzo(nome: str, edizione: EdizioneSMVP) -> str:
    return reverse(nome, args=[edizione.azienda.codice, edizione.anno])


class Campi(HTMLParser):
    """The controls of a page as a browser would send them, untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.dati = QueryDict(mutable=True)
        self.aperta = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        suoi = dict(attrs)
        nome = suoi.get("name") or ""
        if tag == "input" and nome and (suoi.get("type") != "checkbox" or "checked" in suoi):
            self.dati.appendlist(nome, suoi.get("value") or "")
        elif tag == "select":
            self.aperta = nome
        elif tag == "option" and self.aperta and "selected" in suoi:
            self.dati[self.aperta] = suoi.get("value") or ""


def inviato_da(risposta: Any) -> dict[str, Any]:
    campi = Campi()
    campi.feed(risposta.content.decode())
    return {nome: valori for nome, valori in campi.dati.lists() if "." in nome or nome in NOMI}


NOMI = {campo.nome for campo in campi_edizione()}


@pytest.mark.parametrize("codice", sorted(TUTTE))
def test_la_pagina_di_modifica_inviata_com_e_non_cambia_niente(
    azienda: Azienda, client_controllo: Client, codice: str
) -> None:
    edizione = EdizioneFactory(azienda=azienda, parametri=come_dati(TUTTE[codice]))
    pagina = client_controllo.get(indirizzo("edizione_modifica", edizione))
    risposta = client_controllo.post(
        indirizzo("edizione_salva", edizione), inviato_da(pagina), follow=True
    )
    assert "Le regole erano già così." in risposta.content.decode()
    edizione.refresh_from_db()
    assert edizione.parametri == come_dati(TUTTE[codice])


def test_si_salva_una_modifica_dalla_pagina(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    dati = inviato_da(client_controllo.get(indirizzo("edizione_modifica", edizione)))
    dati |= {"tetto": "120", "metodi.valore": "rapporto"}
    risposta = client_controllo.post(indirizzo("edizione_salva", edizione), dati, follow=True)
    testo = risposta.content.decode()
    assert "Regole salvate." in testo
    assert "120" in testo
    edizione.refresh_from_db()
    assert edizione.parametri["tetto"] == "120"
    assert edizione.parametri["metodi"]["valore"] == "rapporto"


def test_una_modifica_sbagliata_torna_con_la_frase_accanto_al_campo(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    dati = inviato_da(client_controllo.get(indirizzo("edizione_modifica", edizione)))
    risposta = client_controllo.post(indirizzo("edizione_salva", edizione), dati | {"tetto": "boh"})
    testo = risposta.content.decode()
    assert 'value="boh"' in testo
    assert 'id="campo-tetto_errore">«boh» non va bene, serve un numero o niente.' in testo
    edizione.refresh_from_db()
    assert edizione.parametri["tetto"] == "100"


def test_gli_esempi_si_ricalcolano_con_le_regole_non_salvate(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    dati = inviato_da(client_controllo.get(indirizzo("edizione_modifica", edizione)))
    dati |= {"esempio.1.target": "≥ 80%", "esempio.1.risultato": "40%"}
    dov_e = indirizzo("edizione_prova", edizione)
    frammento = client_controllo.post(dov_e, dati, headers={"HX-Request": "true"})
    testo = frammento.content.decode()
    assert "<html" not in testo
    assert "50,00" in testo
    con_soglia = client_controllo.post(
        dov_e, dati | {"metodi.percentuale": "soglia"}, headers={"HX-Request": "true"}
    )
    assert "50,00" not in con_soglia.content.decode()
    edizione.refresh_from_db()
    assert edizione.parametri["metodi"]["percentuale"] == "rapporto"
    assert Evento.objects.count() == 0


def test_senza_javascript_prova_rimanda_la_pagina_con_cio_che_si_e_scritto(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    dati = inviato_da(client_controllo.get(indirizzo("edizione_modifica", edizione)))
    dati |= {"pavimento": "12,5", "fasce.1.da": "0", "fasce.1.a": "1", "fasce.1.punti": "7"}
    testo = client_controllo.post(indirizzo("edizione_prova", edizione), dati).content.decode()
    assert "<html" in testo
    assert 'name="pavimento" id="campo-pavimento" value="12,5"' in testo
    assert 'name="fasce.4.da"' in testo


def test_gli_esempi_sbagliati_si_nominano(edizione: EdizioneSMVP, client_controllo: Client) -> None:
    dati = inviato_da(client_controllo.get(indirizzo("edizione_modifica", edizione)))
    risposta = client_controllo.post(
        indirizzo("edizione_prova", edizione),
        dati | {"esempio.2.risultato": "boh"},
        headers={"HX-Request": "true"},
    )
    assert "Esempio 2, colonna «risultato»: «boh»" in risposta.content.decode()


def test_si_copia_da_un_altro_anno_o_da_regole_pronte(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    edizione.parametri |= {"tetto": "130"}
    edizione.save()
    dove = reverse("edizione_crea", args=[edizione.azienda.codice])
    client_controllo.post(dove, {"anno": "2023", "copia_da": f"e{edizione.pk}"})
    client_controllo.post(dove, {"anno": "2024", "copia_da": "p:ordinaria"})
    tetti = {una.anno: una.parametri["tetto"] for una in EdizioneSMVP.objects.all()}
    assert tetti == {2022: "130", 2023: "130", 2024: "100"}
    doppia = client_controllo.post(dove, {"anno": "2023", "copia_da": "p:ordinaria"})
    assert "Il 2023 ha già le sue regole" in doppia.content.decode()
    assert EdizioneSMVP.objects.count() == 3


def test_non_si_copia_dalle_regole_di_un_altra_azienda(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    altra = EdizioneFactory(anno=2022)
    dove = reverse("edizione_crea", args=[edizione.azienda.codice])
    risposta = client_controllo.post(dove, {"anno": "2023", "copia_da": f"e{altra.pk}"})
    assert risposta.status_code == 200
    assert EdizioneSMVP.objects.filter(anno=2023).count() == 0


def test_regole_congelate_si_leggono_con_il_motivo_e_non_si_modificano(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    client_controllo.post(indirizzo("edizione_congela", edizione))
    testo = client_controllo.get(indirizzo("edizione", edizione)).content.decode()
    assert "Le regole del 2022 sono congelate dal" in testo
    assert indirizzo("edizione_modifica", edizione) not in testo
    assert indirizzo("edizione_congela", edizione) not in testo
    modifica = client_controllo.get(indirizzo("edizione_modifica", edizione))
    assert modifica.url == indirizzo("edizione", edizione)
    salvata = client_controllo.post(
        indirizzo("edizione_salva", edizione), {"codice": "x"}, follow=True
    )
    assert "Deve" in salvata.content.decode() or "congelate" in salvata.content.decode()
    edizione.refresh_from_db()
    assert edizione.parametri == come_dati(ORDINARIA)


def test_chi_legge_vede_e_prova_ma_non_trova_il_bottone_per_salvare(
    edizione: EdizioneSMVP, azienda: Azienda, entra: Callable[[Utente], Client]
) -> None:
    lettore = entra(IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente)
    testo = lettore.get(indirizzo("edizione_modifica", edizione)).content.decode()
    assert indirizzo("edizione_salva", edizione) not in testo
    assert indirizzo("edizione_prova", edizione) in testo
    elenco = lettore.get(reverse("edizioni", args=[azienda.codice])).content.decode()
    assert reverse("edizione_crea", args=[azienda.codice]) not in elenco


def test_le_regole_si_scaricano_come_le_vuole_il_comando(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    risposta = client_controllo.get(indirizzo("edizione_json", edizione))
    assert da_dati(json.loads(risposta.content)) == ORDINARIA


def test_regole_salvate_che_non_si_possono_usare_si_mostrano_con_il_motivo(
    edizione: EdizioneSMVP, client_controllo: Client
) -> None:
    edizione.parametri |= {"tetto": "-1"}
    edizione.save()
    testo = client_controllo.get(indirizzo("edizione", edizione)).content.decode()
    assert "tetto: deve superare il pavimento." in testo


@pytest.fixture
def piano_misurato(azienda: Azienda) -> Any:
    """Two indicators of 2022 against ≥ 95%: 76 (80 in proportion) and 95 (met)."""
    piano = PianoFactory(azienda=azienda, titolo="Piano misurato")
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    for valore in (76, 95):
        misura = MisuraFactory(obiettivo=obiettivo)
        TargetFactory(misura=misura, anno=2022)
        TargetFactory(misura=misura, anno=2023)
        RilevazioneFactory(indicatore=misura.indicatore, valore=valore)
    return piano


def test_le_regole_non_salvate_si_provano_sui_risultati_gia_raccolti(
    edizione: EdizioneSMVP, piano_misurato: Any, client_controllo: Client
) -> None:
    dati = inviato_da(client_controllo.get(indirizzo("edizione_modifica", edizione)))
    risposta = client_controllo.post(
        indirizzo("edizione_prova", edizione),
        dati | {"metodi.percentuale": "soglia"},
        headers={"HX-Request": "true"},
    )
    (effetto,) = risposta.context["effetti"]
    assert (effetto.piano, effetto.anno) == (piano_misurato, 2022)
    assert (effetto.adesso, effetto.sarebbe) == ("90,00", "50,00")
    assert (effetto.cambiano, effetto.indicatori) == (1, 2)
    assert "Cambia 1 punteggio su 2." in risposta.content.decode()
    assert Raggiungimento.objects.count() == 0


def test_le_regole_di_un_anno_senza_risultati_si_provano_su_quelli_dell_anno_prima(
    azienda: Azienda, piano_misurato: Any
) -> None:
    def anni(anno: int) -> list[int]:
        regole = EdizioneFactory(azienda=azienda, anno=anno)
        return [uno.anno for uno in effetti(regole, ORDINARIA, [piano_misurato])]

    assert (anni(2023), anni(2024), anni(2021)) == ([2022], [], [])


def test_un_piano_grande_non_si_prova_a_ogni_tasto(
    edizione: EdizioneSMVP, piano_misurato: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(modulo_effetto, "MISURE_MASSIME", 1)
    assert list(effetti(edizione, ORDINARIA, [piano_misurato])) == []
