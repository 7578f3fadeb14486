# SPDX-License-Identifier: AGPL-3.0-or-later
"""The editions of the SMVP: the form made from their fields, the writes, the pages."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi import effetto as modulo_effetto
from obiettivi.calcolo.edizione_dati import come_dati, da_dati
from obiettivi.calcolo.predefinite import ORDINARIA, TUTTE
from obiettivi.edizioni import etichette
from obiettivi.edizioni.campi import Specie, campi_di, campi_edizione, tutti
from obiettivi.edizioni.modulo import Voce, dati_inviati, modulo
from obiettivi.edizioni.parole import in_parole
from obiettivi.effetto import effetti
from obiettivi.models import EdizioneSMVP, Raggiungimento
from obiettivi.views import simulatore as modulo_simulatore
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

# Labels ------------------------------------------------------------------------------------------


def test_ogni_campo_dell_edizione_ha_la_sua_etichetta_e_nessuna_e_di_troppo() -> None:
    assert {campo.chiave for campo in tutti(campi_edizione())} == set(etichette.CAMPI)


def test_ogni_scelta_ha_la_sua_etichetta_e_nessuna_e_di_troppo() -> None:
    scelte = {
        f"{type(una).__name__}.{una.value}"
        for campo in tutti(campi_edizione())
        for una in campo.scelte or ()
    }
    assert scelte == set(etichette.SCELTE)


def test_ogni_campo_dell_edizione_sta_in_una_sezione_sola() -> None:
    nomi = [nome for _titolo, campi in etichette.SEZIONI for nome in campi]
    assert sorted(nomi) == sorted(campo.nome for campo in campi_edizione())


def test_un_campo_nuovo_senza_etichetta_si_vede_con_il_suo_nome() -> None:
    @dataclass
    class Nuova:
        soglia_minima: Decimal | None = None

    (campo,) = campi_di(Nuova)
    assert (campo.specie, campo.facoltativo) == (Specie.DECIMALE, True)
    assert etichette.etichetta(campo.chiave) == "Soglia minima"
    assert etichette.aiuto(campo.chiave) == ""


# The form ----------------------------------------------------------------------------------------


def inviati(voci: list[Voce]) -> QueryDict:
    """What a browser sends of a form left as it is."""
    dati = QueryDict(mutable=True)
    for voce in voci:
        _aggiungi(voce, dati)
    return dati


def _aggiungi(voce: Voce, dati: QueryDict) -> None:
    specie = voce.campo.specie
    if specie is Specie.GRUPPO and voce.campo.facoltativo and voce.acceso:
        dati[f"{voce.nome}.acceso"] = "si"
    for figlia in (*voce.figli, *voce.righe):
        _aggiungi(figlia, dati)
    if specie is Specie.SCELTE:
        dati.setlist(voce.nome, list(voce.scelti))
    elif specie is Specie.SCELTA:
        dati[voce.nome] = next((valore for valore, _, scelta in voce.opzioni if scelta), "")
    elif not voce.campo.figli:
        dati[voce.nome] = voce.valore


@pytest.mark.parametrize("codice", sorted(TUTTE))
def test_un_modulo_lasciato_com_e_da_le_stesse_regole(codice: str) -> None:
    dati = come_dati(TUTTE[codice])
    voci = [voce for sezione in modulo(dati).sezioni for voce in sezione.voci]
    assert dati_inviati(inviati(voci)) == dati
    assert da_dati(dati_inviati(inviati(voci))) == TUTTE[codice]


def scrivi(**campi: str) -> dict[str, Any]:
    """The data of the ordinary rules with some fields written over."""
    voci = [voce for sezione in modulo(come_dati(ORDINARIA)).sezioni for voce in sezione.voci]
    dati = inviati(voci)
    for nome, valore in campi.items():
        dati[nome.replace("__", ".")] = valore
    return dati_inviati(dati)


def test_i_numeri_si_scrivono_all_italiana() -> None:
    dati = scrivi(tetto_se_mancato="99,9", tetto="120", arrotondamento__decimali="3")
    assert (dati["tetto_se_mancato"], dati["tetto"]) == ("99.9", "120")
    assert dati["arrotondamento"]["decimali"] == 3
    assert modulo(dati).edizione == da_dati(dati)


def test_una_casella_vuota_toglie_il_limite_e_le_righe_vuote_non_contano() -> None:
    dati = scrivi(tetto="", fasce__2__da="0", fasce__2__a="100", fasce__2__punti="50")
    assert dati["tetto"] is None
    assert dati["fasce"] == [{"da": "0", "a": "100", "punti": "50", "punti_a": None}]


def test_un_cancello_c_e_solo_se_e_acceso() -> None:
    spento = scrivi(prerequisiti__piano__soglia="60")
    acceso = scrivi(prerequisiti__piano__soglia="60", prerequisiti__piano__acceso="si")
    assert spento["prerequisiti"]["piano"] is None
    assert acceso["prerequisiti"]["piano"]["soglia"] == "60"
    assert acceso["prerequisiti"]["piano"]["effetto"] == "azzera"
    assert modulo(acceso).edizione is not None


def detti(dati: dict[str, Any]) -> list[tuple[str, str]]:
    return [(voce.nome if voce else "", frase) for voce, frase in modulo(dati).problemi]


def test_ogni_problema_sta_accanto_al_suo_campo() -> None:
    assert detti(scrivi(tetto="abc", arrotondamento__decimali="x")) == [
        ("tetto", "«abc» non va bene, serve un numero o niente."),
        ("arrotondamento.decimali", "«x» non va bene, serve un numero intero."),
    ]
    assert detti(scrivi(codice="", tetto="0")) == [
        ("codice", "Non può essere vuoto."),
        ("tetto", "Deve superare il pavimento."),
    ]


def test_un_vuoto_fra_le_fasce_e_una_fascia_storta_si_dicono_accanto_alle_fasce() -> None:
    dati = scrivi(
        fasce__1__da="0", fasce__1__a="50", fasce__1__punti="0",
        fasce__2__da="60", fasce__2__a="55", fasce__2__punti="100",
    )  # fmt: skip
    assert detti(dati) == [
        ("fasce.2", "L'inizio deve venire prima della fine."),
        ("fasce", "Fra le fasce 1 e 2: c'è un vuoto da 50 a 60."),
    ]
    sezione = next(s for s in modulo(dati).sezioni if s.titolo == "Fasce e tolleranze")
    assert sezione.errata


def test_le_righe_inviate_non_passano_il_massimo() -> None:
    dati = QueryDict(mutable=True)
    for n in range(1, 200):
        dati[f"fasce.{n}.da"] = str(n)
    assert len(dati_inviati(dati)["fasce"]) == 60


def test_le_regole_in_parole_dicono_ogni_campo() -> None:
    dette = dict(in_parole(TUTTE["asst-cremona-2022"]))
    assert list(dette) == [titolo for titolo, _campi in etichette.SEZIONI]
    pesi = next(
        uno for uno in dette["Dagli indicatori al piano"] if uno.etichetta == "Pesi delle aree"
    )
    assert pesi.intestazioni == ("Nome", "Codici delle aree", "Peso")
    assert pesi.righe == (
        ("Performance economica", "A1", "30"),
        ("Esiti, processi, sviluppo", "A2, A3, A4", "70"),
    )
    (metodi, *_resto) = dette["Dal risultato al punteggio"]
    assert metodi.figli[0].etichetta == "Soglia in percentuale"
    assert metodi.figli[0].valore == "In proporzione al target"


# The writes --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_una_nuova_edizione_lascia_l_evento(azienda: Azienda, controllo: Utente) -> None:
    nuova = azioni.crea_edizione(azienda, 2023, come_dati(ORDINARIA), da=controllo)
    assert (nuova.anno, nuova.nome) == (2023, ORDINARIA.nome)
    assert da_dati(nuova.parametri) == ORDINARIA
    evento = Evento.objects.get(tipo="edizione.creata")
    assert (evento.da, evento.dati) == (controllo, {"prima": None, "dopo": nuova.parametri})


@pytest.mark.django_db
def test_per_un_anno_c_e_una_sola_edizione(azienda: Azienda, controllo: Utente) -> None:
    EdizioneFactory(azienda=azienda, anno=2023)
    with pytest.raises(ValidationError) as preso:
        azioni.crea_edizione(azienda, 2023, come_dati(ORDINARIA), da=controllo)
    assert preso.value.messages == [
        "Il 2023 ha già le sue regole: per ogni anno ce n'è una sola edizione."
    ]
    assert EdizioneSMVP.objects.count() == 1
    assert Evento.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("anno", [2008, 2101])
def test_un_anno_fuori_dalla_legge_si_rifiuta(
    azienda: Azienda, controllo: Utente, anno: int
) -> None:
    with pytest.raises(ValidationError, match="va dal 2009 al 2100"):
        azioni.crea_edizione(azienda, anno, come_dati(ORDINARIA), da=controllo)


@pytest.mark.django_db
def test_una_modifica_lascia_il_prima_e_il_dopo(azienda: Azienda, controllo: Utente) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    prima, dopo = edizione.parametri, edizione.parametri | {"tetto": "120", "nome": "Altre"}
    assert azioni.modifica_edizione(edizione, dopo, da=controllo) is True
    edizione.refresh_from_db()
    assert (edizione.nome, edizione.parametri) == ("Altre", dopo)
    evento = Evento.objects.get(tipo="edizione.modificata")
    assert evento.dati == {"prima": prima, "dopo": dopo}
    assert evento.descrizione == "Cambiate le regole del 2022: Nome, Punteggio massimo"
    assert azioni.modifica_edizione(edizione, dopo, da=controllo) is False
    assert Evento.objects.count() == 1


@pytest.mark.django_db
def test_regole_sbagliate_non_si_salvano(azienda: Azienda, controllo: Utente) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    with pytest.raises(ValidationError) as preso:
        azioni.modifica_edizione(edizione, edizione.parametri | {"tetto": "0"}, da=controllo)
    assert preso.value.messages == ["tetto: deve superare il pavimento."]
    edizione.refresh_from_db()
    assert edizione.parametri["tetto"] == "100"


@pytest.mark.django_db
def test_regole_congelate_non_si_cambiano_e_non_si_ricongelano(
    azienda: Azienda, controllo: Utente
) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    azioni.congela_edizione(edizione, da=controllo)
    prima = edizione.parametri
    with pytest.raises(ValidationError, match="congelate dal"):
        azioni.modifica_edizione(edizione, prima | {"tetto": "120"}, da=controllo)
    with pytest.raises(ValidationError, match="congelate dal"):
        azioni.congela_edizione(edizione, da=controllo)
    edizione.refresh_from_db()
    assert edizione.parametri == prima
    assert list(Evento.objects.values_list("tipo", flat=True)) == ["edizione.congelata"]


@pytest.mark.django_db
def test_chi_ha_la_pagina_aperta_prima_del_congelamento_non_sovrascrive(
    azienda: Azienda, controllo: Utente
) -> None:
    aperta = EdizioneFactory(azienda=azienda)
    EdizioneSMVP.objects.update(congelata_il=timezone.now())
    with pytest.raises(ValidationError, match="congelate dal"):
        azioni.modifica_edizione(aperta, aperta.parametri | {"tetto": "120"}, da=controllo)


@pytest.mark.django_db
def test_le_scritture_chiedono_il_controllo_di_gestione(azienda: Azienda) -> None:
    edizione = EdizioneFactory(azienda=azienda)
    for chi in (
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente,
        IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIREZIONE).utente,
        IncaricoFactory(ruolo=Ruolo.CONTROLLO_GESTIONE).utente,
    ):
        with pytest.raises(PermissionDenied):
            azioni.crea_edizione(azienda, 2030, edizione.parametri, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.modifica_edizione(edizione, edizione.parametri, da=chi)
        with pytest.raises(PermissionDenied):
            azioni.congela_edizione(edizione, da=chi)
    assert Evento.objects.count() == 0


# The pages ---------------------------------------------------------------------------------------


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneSMVP:
    return EdizioneFactory(azienda=azienda, anno=2022)


@pytest.fixture
def client_controllo(controllo: Utente, entra: Callable[[Utente], Client]) -> Client:
    return entra(controllo)


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


# The simulator -----------------------------------------------------------------------------------

FOGLIO = "id;gruppo;target;risultato\na;G;≥ 95%;92,3%\nb;G;≥ 80%;n.d.\n"


@pytest.fixture
def simulatore() -> str:
    return reverse("simulatore")


def test_il_simulatore_prova_le_righe_incollate(client_controllo: Client, simulatore: str) -> None:
    risposta = client_controllo.post(simulatore, {"edizione": "p:ordinaria", "righe": FOGLIO})
    testo = risposta.content.decode()
    assert risposta.context["esito"].totale.punteggio == "97.16"
    assert "97,16" in testo
    assert "manca il risultato" in testo


def test_il_simulatore_prova_un_file_con_le_regole_di_un_azienda(
    edizione: EdizioneSMVP, client_controllo: Client, simulatore: str
) -> None:
    edizione.parametri = edizione.parametri | {"tetto_se_mancato": "50"}
    edizione.save()
    caricato = SimpleUploadedFile("casi.csv", ("\ufeff" + FOGLIO).encode())
    risposta = client_controllo.post(
        simulatore, {"edizione": f"e{edizione.pk}", "file": caricato, "righe": "non serve"}
    )
    assert risposta.context["esito"].totale.punteggio == "50.00"


def test_l_esito_si_scarica_uguale_a_quello_mostrato(
    client_controllo: Client, simulatore: str
) -> None:
    mostrato = client_controllo.post(simulatore, {"edizione": "p:ordinaria", "righe": FOGLIO})
    assert mostrato.context["foglio"] == FOGLIO
    risposta = client_controllo.post(
        reverse("simulatore_csv"),
        {"edizione": "p:ordinaria", "righe": mostrato.context["foglio"]},
    )
    assert risposta["Content-Type"] == "text/csv; charset=utf-8"
    righe = risposta.content.decode("utf-8-sig").splitlines()
    assert righe[0] == "id;gruppo;target;risultato;punteggio;stato;spiegazione"
    assert [riga.split(";")[:6] for riga in righe[1:]] == [
        ["a", "G", "≥ 95%", "92,3%", "97.16", "calcolato"],
        ["b", "G", "≥ 80%", "n.d.", "", "non_calcolabile"],
        ["gruppo:G", "G", "", "", "97.16", "calcolato"],
        ["totale", "", "", "", "97.16", "calcolato"],
    ]


@pytest.mark.parametrize("nome", ["simulatore", "simulatore_csv"])
def test_un_foglio_sbagliato_torna_con_tutte_le_frasi(client_controllo: Client, nome: str) -> None:
    sbagliato = FOGLIO.replace("92,3%", "boh").replace("n.d.", "bah")
    risposta = client_controllo.post(reverse(nome), {"edizione": "p:ordinaria", "righe": sbagliato})
    testo = risposta.content.decode()
    assert "Riga 2, colonna «risultato»: «boh»" in testo
    assert "Riga 3, colonna «risultato»: «bah»" in testo


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({}, "Scegliere un file o incollare le righe da provare."),
        ({"file": b"x" * (2 * 1024 * 1024 + 1)}, "Il file supera i 2 MB."),
        ({"file": "è".encode("latin-1")}, "Il file non è in UTF-8 (byte 1)"),
        ({"righe": "id\n" * 5002}, "Le righe sono più di 5000"),
    ],
)
def test_cio_che_non_si_puo_provare_si_dice(
    client_controllo: Client, simulatore: str, dati: dict[str, Any], frase: str
) -> None:
    if isinstance(dati.get("file"), bytes):
        dati = {"file": SimpleUploadedFile("casi.csv", dati["file"])}
    risposta = client_controllo.post(simulatore, {"edizione": "p:ordinaria"} | dati)
    assert frase in risposta.content.decode()


def test_non_si_provano_le_regole_di_un_azienda_che_non_si_vede(
    client_controllo: Client, simulatore: str
) -> None:
    altrui = EdizioneFactory()
    risposta = client_controllo.post(simulatore, {"edizione": f"e{altrui.pk}", "righe": FOGLIO})
    assert "edizione" in risposta.context["form"].errors
    assert altrui.azienda.nome not in risposta.content.decode()


def test_niente_di_cio_che_si_prova_viene_conservato(
    edizione: EdizioneSMVP, client_controllo: Client, simulatore: str
) -> None:
    prima = list(EdizioneSMVP.objects.values())
    client_controllo.post(simulatore, {"edizione": f"e{edizione.pk}", "righe": FOGLIO})
    assert list(EdizioneSMVP.objects.values()) == prima
    assert Evento.objects.count() == 0


def test_l_esempio_della_pagina_si_puo_provare_cosi_com_e(
    client_controllo: Client, simulatore: str
) -> None:
    risposta = client_controllo.post(
        simulatore, {"edizione": "p:ordinaria", "righe": modulo_simulatore.ESEMPIO}
    )
    assert len(risposta.context["esito"].casi) == 7
