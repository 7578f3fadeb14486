# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the objectives' floor: the tree, an indicator, a run, an explanation."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.forms import NumeroItaliano, RilevaForm
from obiettivi.models import Calcolo, Misura, Obiettivo, Raggiungimento, Rilevazione
from obiettivi.views import albero as modulo_albero
from obiettivi.views.andamento import andamento
from obiettivi.voti import percentuale, voto
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    SezioneFactory,
    TargetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    """Two areas; in the first a met, a missed and an unmeasured indicator."""
    piano = PianoFactory(azienda=azienda, slug="piano-uno")
    SezioneFactory(piano=piano)
    EdizioneFactory(azienda=azienda)
    prima = AreaFactory(piano=piano, codice="A1", nome="Prevenzione")
    obiettivo = ObiettivoFactory(area=prima, codice="A1.1", titolo="Invitare allo screening")
    for codice, valore in (("X-1", 97), ("X-2", 10), ("X-3", None)):
        misura = MisuraFactory(
            obiettivo=obiettivo,
            indicatore=IndicatoreFactory(azienda=azienda, codice=codice, nome=f"Inviti {codice}"),
        )
        TargetFactory(misura=misura)
        if valore is not None:
            RilevazioneFactory(indicatore=misura.indicatore, valore=valore, dimostrativa=True)
    seconda = AreaFactory(piano=piano, codice="A2", nome="Bilancio")
    altra = MisuraFactory(
        obiettivo=ObiettivoFactory(area=seconda, titolo="Pagare in tempo"),
        indicatore=IndicatoreFactory(azienda=azienda, codice="Y-1", nome="Tempo di pagamento"),
    )
    TargetFactory(misura=altra, stampato="Tendenziale recupero dei livelli pre-covid")
    return piano


def calcola(piano: Piano) -> Calcolo:
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    return calcolo


def codici(risposta: Any) -> list[str]:
    """The indicators that a tree shows, in order."""
    return [
        misura["codice"]
        for area in risposta.context["albero"].aree
        for obiettivo in area["obiettivi"]
        for misura in obiettivo["misure"]
    ]


# The tree ----------------------------------------------------------------------------------------


def test_l_albero_va_dalla_missione_agli_indicatori_con_i_target_come_stampati(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    risposta = entra(controllo).get(piano.get_absolute_url())
    assert codici(risposta) == ["X-1", "X-2", "X-3", "Y-1"]
    pagina = risposta.content.decode()
    for atteso in ("<strong>prova</strong>", "Prevenzione", "Invitare allo screening", "≥ 95%"):
        assert atteso in pagina
    assert "Da calcolare" in pagina
    assert 'class="dubbio">da confermare' in pagina
    assert "2.022" not in pagina


def test_i_punteggi_hanno_cifra_parola_e_segno_dei_dati_dimostrativi(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    risposta = entra(controllo).get(piano.get_absolute_url())
    obiettivo = risposta.context["albero"].aree[0]["obiettivi"][0]
    voti = [misura["voto"] for misura in obiettivo["misure"]]
    assert [(v.cifra, v.parola, v.dimostrativo) for v in voti] == [
        ("100,00", "Raggiunto", True),
        ("10,53", "Sotto 60", True),
        ("–", "Non calcolabile", False),
    ]
    assert "dati dimostrativi" in risposta.content.decode()
    assert "Perché questo punteggio" in risposta.content.decode()


@pytest.mark.parametrize(
    ("filtro", "atteso"),
    [
        ("", ["X-1", "X-2", "X-3", "Y-1"]),
        ("area=A2", ["Y-1"]),
        ("q=screening", ["X-1", "X-2", "X-3"]),
        ("q=x-2", ["X-2"]),
        ("stato=calcolato", ["X-1", "X-2"]),
        ("stato=sotto_60", ["X-2"]),
        ("stato=non_calcolabile", ["X-3", "Y-1"]),
        ("stato=da_confermare", ["Y-1"]),
        ("stato=sotto_60&area=A2", []),
        ("stato=sotto_60&punteggio=consuntivo-2022", ["X-2"]),
    ],
)
def test_l_albero_si_filtra_per_area_testo_e_situazione(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    filtro: str,
    atteso: list[str],
) -> None:
    calcola(piano)
    risposta = entra(controllo).get(f"{piano.get_absolute_url()}?{filtro}")
    assert codici(risposta) == atteso
    assert risposta.context["albero"].quante == len(atteso)
    assert ("Nessun indicatore corrisponde." in risposta.content.decode()) is (atteso == [])


def test_con_htmx_arriva_solo_l_albero(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    risposta = entra(controllo).get(
        f"{piano.get_absolute_url()}?q=screening", headers={"HX-Request": "true"}
    )
    assert codici(risposta) == ["X-1", "X-2", "X-3"]
    assert "<header" not in risposta.content.decode()
    assert "HX-Request" in risposta["Vary"]


def test_tornando_indietro_la_pagina_e_intera(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    intestazioni = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    risposta = entra(controllo).get(piano.get_absolute_url(), headers=intestazioni)
    assert "<header" in risposta.content.decode()


def test_un_albero_grande_arriva_chiuso_e_si_apre_un_area_alla_volta(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(modulo_albero, "TANTE", 2)
    client = entra(controllo)
    intero = client.get(piano.get_absolute_url())
    assert codici(intero) == []
    assert [area["quante"] for area in intero.context["albero"].aree] == [3, 1]
    assert 'href="?area=A1#area-' in intero.content.decode()
    assert codici(client.get(f"{piano.get_absolute_url()}?area=A1")) == ["X-1", "X-2", "X-3"]


def test_gli_obiettivi_operativi_stanno_sotto_il_loro_strategico(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    strategico = Obiettivo.objects.get(codice="A1.1")
    ObiettivoFactory(area=strategico.area, codice="A1.9", ordine=strategico.ordine + 50)
    ObiettivoFactory(
        area=strategico.area, codice="A1.1.1", ordine=strategico.ordine + 90, parent=strategico
    )
    risposta = entra(controllo).get(piano.get_absolute_url())
    righe = [(o["codice"], o["livello"]) for o in risposta.context["albero"].aree[0]["obiettivi"]]
    assert righe == [("A1.1", 0), ("A1.1.1", 1), ("A1.9", 0)]


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_del_piano_costa_sempre_le_stesse_interrogazioni(
    azienda: Azienda,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    piano = PianoFactory(azienda=azienda)
    EdizioneFactory(azienda=azienda)
    for _una in range(quante):
        area = AreaFactory(piano=piano)
        for obiettivo in ObiettivoFactory.create_batch(quante, area=area):
            for misura in MisuraFactory.create_batch(quante, obiettivo=obiettivo):
                TargetFactory(misura=misura)
                RilevazioneFactory(indicatore=misura.indicatore)
    calcola(piano)
    client = entra(controllo)
    with django_assert_num_queries(21):
        client.get(piano.get_absolute_url())


def test_i_bottoni_si_vedono_solo_se_si_possono_usare(
    piano: Piano, azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    assert "/calcola/" in entra(controllo).get(piano.get_absolute_url()).content.decode()
    lettore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO).utente
    pagina = entra(lettore).get(piano.get_absolute_url()).content.decode()
    assert "/calcola/" not in pagina
    assert "/pubblica/" not in pagina


def test_che_cosa_manca_elenca_una_cosa_alla_volta(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    MisuraFactory(
        obiettivo=Obiettivo.objects.get(codice="A1.1"),
        indicatore=IndicatoreFactory(azienda=piano.azienda, codice="Z-9"),
    )
    pagina = entra(controllo).get(f"/piani/{piano.slug}/che-cosa-manca/").content.decode()
    assert "L&#x27;indicatore Z-9 non ha target." in pagina


# Objective and indicator -------------------------------------------------------------------------


def test_la_pagina_dell_indicatore_mostra_stampato_letto_risultati_e_origine(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    Rilevazione.objects.filter(indicatore__codice="X-1").update(origine="Foglio del trimestre")
    pagina = (
        entra(controllo).get(f"/aziende/{piano.azienda.codice}/indicatori/X-1/").content.decode()
    )
    for atteso in ("≥ 95%", "almeno 95 %", "Soglia", "97 %", "Foglio del trimestre"):
        assert atteso in pagina
    assert "dati dimostrativi" in pagina


def test_la_pagina_dell_obiettivo_elenca_i_suoi_indicatori(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    obiettivo = Obiettivo.objects.get(codice="A1.1")
    risposta = entra(controllo).get(obiettivo.get_absolute_url())
    assert [voce["misura"].indicatore.codice for voce in risposta.context["misure"]] == [
        "X-1", "X-2", "X-3",
    ]  # fmt: skip
    assert [riga["voto"].cifra for riga in risposta.context["voti"]] == ["55,27"]


def test_una_lettura_dubbia_si_conferma_una_volta_sola(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    misura = Misura.objects.get(indicatore__codice="Y-1")
    target = TargetFactory(misura=misura, anno=2023, stampato="≥ 95%")
    target.lettura |= {"certezza": "media", "motivo": "da guardare"}
    target.save(update_fields=["lettura"])
    client = entra(controllo)
    indirizzo = reverse("conferma_lettura", args=[target.pk])
    assert indirizzo in client.get(misura.indicatore.get_absolute_url()).content.decode()
    risposta = client.post(indirizzo, follow=True)
    assert "Lettura di «≥ 95%» confermata." in risposta.content.decode()
    assert indirizzo not in risposta.content.decode()
    target.refresh_from_db()
    assert target.confermato_da == controllo
    ripetuta = client.post(indirizzo, follow=True)
    assert "La lettura è già stata confermata." in ripetuta.content.decode()


def test_l_andamento_unisce_partenza_risultati_e_target() -> None:
    misura = MisuraFactory(
        base_anno=2021,
        base_stampata="80%",
        base_lettura=TargetFactory.build(misura=None, stampato="80%").lettura,
    )
    TargetFactory(misura=misura, anno=2022, stampato="≥ 95%")
    una = RilevazioneFactory(indicatore=misura.indicatore, valore=Decimal(90), dimostrativa=True)
    disegno = andamento(misura.indicatore, misura, [una])
    assert disegno is not None
    assert disegno.righe == [("2021", "80", "", False), ("2022", "90", "95", True)]
    assert disegno.dimostrativo
    assert "<title" in disegno.disegno


def test_senza_due_anni_non_c_e_andamento() -> None:
    una = RilevazioneFactory(valore=Decimal(90))
    assert andamento(una.indicatore, None, [una]) is None


@pytest.mark.parametrize(
    ("colonne", "atteso"),
    [
        ({"valore": Decimal("7.5")}, Decimal("7.5")),
        ({"valore": None, "numeratore": Decimal(9), "denominatore": Decimal(120)}, Decimal("7.5")),
        ({"valore": None, "numeratore": Decimal(9), "denominatore": Decimal(0)}, None),
        ({"valore": None, "avanzamento": Decimal(40)}, Decimal(40)),
        ({"valore": None, "stato": Rilevazione.Stato.MANCANTE}, None),
    ],
)
def test_il_valore_di_un_risultato(colonne: dict[str, Any], atteso: Decimal | None) -> None:
    una = RilevazioneFactory.build(indicatore=IndicatoreFactory(), **colonne)
    assert una.cifra == atteso


# Runs and explanations ---------------------------------------------------------------------------


def test_calcola_avvia_il_calcolo_e_porta_al_suo_stato(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    risposta = client.post(
        f"/piani/{piano.slug}/calcola/", {"prospettiva": "consuntivo", "anno": "2022"}
    )
    calcolo = Calcolo.objects.get()
    assert calcolo.da == controllo
    assert risposta.url == calcolo.get_absolute_url()
    pagina = client.get(risposta.url).content.decode()
    assert 'hx-trigger="every 1s"' in pagina
    assert '<meta http-equiv="refresh"' in pagina


def test_a_calcolo_finito_la_pagina_conta_e_non_si_aggiorna_piu(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcolo = calcola(piano)
    risposta = entra(controllo).get(calcolo.get_absolute_url(), headers={"HX-Request": "true"})
    assert [quanti for _nome, quanti in risposta.context["esito"]["conti"]] == [2, 2, 0]
    pagina = risposta.content.decode()
    assert "4 di 4" in pagina
    assert "every 1s" not in pagina
    assert "<header" not in pagina


@pytest.mark.parametrize(
    ("dati", "frase"),
    [
        ({"prospettiva": "consuntivo", "anno": "1999"}, "Scegli che cosa calcolare"),
        ({"prospettiva": "inventata", "anno": "2022"}, "Scegli che cosa calcolare"),
        ({"prospettiva": "consuntivo", "anno": "2023"}, "Manca l&#x27;edizione"),
    ],
)
def test_un_calcolo_impossibile_dice_perche(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    dati: dict[str, str],
    frase: str,
) -> None:
    risposta = entra(controllo).post(f"/piani/{piano.slug}/calcola/", dati, follow=True)
    assert frase in risposta.content.decode()
    assert not Calcolo.objects.exists()


def test_perche_questo_punteggio_racconta_i_passaggi_anche_in_json(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    misura = Misura.objects.get(indicatore__codice="X-2")
    client = entra(controllo)
    indirizzo = reverse("spiegazione", args=[piano.slug, "I", misura.pk])
    domanda = "prospettiva=consuntivo&anno=2022&frazione="
    pagina = client.get(f"{indirizzo}?{domanda}").content.decode()
    assert "Target stampato «≥ 95%»" in pagina
    assert "10,53" in pagina
    json = reverse("spiegazione_json", args=[piano.slug, "I", misura.pk])
    assert client.get(f"{json}?{domanda}").json()["mostrato"] == "10,53"


@pytest.mark.parametrize("domanda", ["", "anno=duemila", "anno=2022&prospettiva=inventata"])
def test_un_punteggio_che_non_c_e_non_si_spiega(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client], domanda: str
) -> None:
    calcola(piano)
    indirizzo = reverse("spiegazione", args=[piano.slug, "P", piano.pk])
    assert entra(controllo).get(f"{indirizzo}?{domanda}").status_code == 404


# Periods, results as known, new results --------------------------------------------------------


def test_si_calcola_un_trimestre_dalla_pagina_e_si_guardano_i_suoi_punteggi(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    uno = Misura.objects.get(indicatore__codice="X-1").indicatore
    RilevazioneFactory(indicatore=uno, frazione="T1", valore=19)
    calcola(piano)
    client = entra(controllo)
    dati = {"prospettiva": "consuntivo", "anno": "2022", "frazione": "T1"}
    client.post(f"/piani/{piano.slug}/calcola/", dati)
    calcolo = Calcolo.objects.get(frazione="T1")
    azioni.esegui(calcolo.pk)
    indirizzo = f"{piano.get_absolute_url()}?punteggio=consuntivo-2022"
    anno, trimestre = client.get(indirizzo), client.get(f"{indirizzo}-T1")
    voti = [
        [m["voto"].cifra for m in risposta.context["albero"].aree[0]["obiettivi"][0]["misure"]]
        for risposta in (anno, trimestre)
    ]
    assert voti == [["100,00", "10,53", "–"], ["20,00", "–", "–"]]
    assert [riga["voto"].cifra for riga in trimestre.context["voti"] if riga["voto"]] == ["20,00"]
    pagina = trimestre.content.decode()
    assert "Risultati dell&#x27;anno 2022, 1° trimestre" in pagina
    assert "anno=2022&amp;frazione=T1" in pagina
    assert client.get(piano.get_absolute_url()).context["scelto"] == "Risultati dell'anno 2022"
    scelti = client.get(f"{indirizzo}-T1&stato=sotto_60")
    assert codici(scelti) == ["X-1"]


@pytest.mark.parametrize(
    ("al", "attesi"),
    [("", ["97 %"]), ("2022-10-31", ["50 %"]), ("2022-09-30", []), ("ieri", ["97 %"])],
)
def test_l_indicatore_come_si_conosceva_a_una_data(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    al: str,
    attesi: list[str],
) -> None:
    uno = Misura.objects.get(indicatore__codice="X-1").indicatore
    # Half past eleven at night in Rome: still the 31st of October there.
    fine = datetime(2022, 10, 31, 22, 30, tzinfo=UTC)
    Rilevazione.objects.filter(indicatore=uno).update(creata_il=fine + timedelta(hours=1))
    vecchia = RilevazioneFactory(indicatore=uno, valore=50, frazione="", sede="", anno=2022,
                                 sostituita_il=fine + timedelta(hours=1))  # fmt: skip
    Rilevazione.objects.filter(pk=vecchia.pk).update(creata_il=datetime(2022, 10, 1, tzinfo=UTC))
    risposta = entra(controllo).get(uno.get_absolute_url(), {"al": al})
    assert [riga["valore"] for riga in risposta.context["rilevazioni"]] == attesi
    detto = "Si vedono i risultati come si conoscevano al" in risposta.content.decode()
    assert detto is (al.startswith("2022"))


def test_la_spiegazione_a_una_data_lo_dice_e_tiene_la_scelta(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    indirizzo = reverse("spiegazione", args=[piano.slug, "P", piano.pk])
    dati = {"prospettiva": "consuntivo", "anno": "2022", "frazione": "", "al": "2022-03-01"}
    risposta = entra(controllo).get(indirizzo, dati)
    pagina = risposta.content.decode()
    assert "come si conoscevano al 1 marzo 2022" in pagina
    assert "Il punteggio salvato oggi è diverso: 55,27." in pagina
    assert risposta.context["voto"].parola == "Non calcolabile"
    assert '<input type="hidden" name="anno" value="2022">' in pagina
    assert client_json(entra(controllo), piano, dati)["mostrato"] == ""


def client_json(client: Client, piano: Piano, dati: dict[str, str]) -> dict[str, Any]:
    return client.get(reverse("spiegazione_json", args=[piano.slug, "P", piano.pk]), dati).json()


def test_un_risultato_nuovo_si_inserisce_e_i_punteggi_si_aggiornano_subito(
    piano: Piano, azienda: Azienda, entra: Callable[[Utente], Client]
) -> None:
    calcola(piano)
    rilevatore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RILEVATORE).utente
    due = Misura.objects.get(indicatore__codice="X-2").indicatore
    client = entra(rilevatore)
    assert "/rileva/" in client.get(due.get_absolute_url()).content.decode()
    dati = {"anno": "2022", "frazione": "", "sede": "", "stato": "numero", "valore": "47,5",
            "origine": "Flusso 28/SAN"}  # fmt: skip
    indirizzo = reverse("rileva", args=[azienda.codice, due.codice])
    risposta = client.post(indirizzo, dati, follow=True)
    assert "Risultato registrato: 4 punteggi sono cambiati." in risposta.content.decode()
    nuova = Rilevazione.objects.correnti().get(indicatore=due)
    assert (nuova.valore, nuova.dichiarata_da, nuova.origine) == (
        Decimal("47.5"), rilevatore, "Flusso 28/SAN",
    )  # fmt: skip
    misura = Raggiungimento.objects.get(livello="I", oggetto=due.misure.get().pk)
    assert misura.punteggio == Decimal(50)
    ripetuta = client.post(indirizzo, dati, follow=True)
    assert "non è cambiato niente" in ripetuta.content.decode()


@pytest.mark.parametrize(
    ("dati", "campo", "frase"),
    [
        ({"valore": "1.205"}, "valore", "potrebbe essere 1,205: scriverlo senza il punto."),
        ({"valore": "tanto"}, "valore", "non è un numero scritto all&#x27;italiana."),
        ({"valore": ""}, "valore", "Manca questo valore."),
        ({"anno": "2999"}, "anno", "un risultato futuro non c&#x27;è ancora."),
        ({"anno": ""}, "anno", "Campo obbligatorio."),
        ({"frazione": "T9"}, "frazione", "Scegli un&#x27;opzione valida."),
        ({"stato": "non_applicabile", "valore": ""}, "testo", "Scrivere il motivo"),
    ],
)
def test_gli_errori_di_un_risultato_stanno_accanto_al_campo(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    dati: dict[str, str],
    campo: str,
    frase: str,
) -> None:
    due = Misura.objects.get(indicatore__codice="X-2").indicatore
    base = {"anno": "2022", "frazione": "", "stato": "numero", "valore": "1"}
    risposta = entra(controllo).post(
        reverse("rileva", args=[piano.azienda.codice, due.codice]), base | dati
    )
    assert list(risposta.context["rileva_form"].errors) == [campo]
    pagina = risposta.content.decode()
    assert frase in pagina
    assert f'id="id_{campo}_error"' in pagina
    assert '<details class="tendina" id="rileva" open>' in pagina
    assert Rilevazione.objects.filter(indicatore=due).count() == 1


@pytest.mark.parametrize(
    ("scritto", "atteso"),
    [
        ("96,65", Decimal("96.65")), ("1.205,3", Decimal("1205.3")), ("-4", Decimal(-4)),
        ("12 %", Decimal(12)), ("1.000.000", Decimal(1000000)), ("", None), (" 0 ", Decimal(0)),
    ],
)  # fmt: skip
def test_i_numeri_si_scrivono_all_italiana(scritto: str, atteso: Decimal | None) -> None:
    assert NumeroItaliano().clean(scritto) == atteso


def test_il_modulo_chiede_solo_le_cifre_dell_indicatore(db: None) -> None:
    chieste = {
        tipo: [
            nome
            for nome in RilevaForm.CIFRE
            if nome in RilevaForm(indicatore=IndicatoreFactory(tipo_formula=tipo)).fields
        ]
        for tipo in ("diretto", "rapporto", "si_no", "avanzamento", "data")
    }
    assert chieste == {
        "diretto": ["valore", "avanzamento"],
        "rapporto": ["valore", "numeratore", "denominatore"],
        "si_no": ["valore"],
        "avanzamento": ["avanzamento"],
        "data": [],
    }


# Scores in words ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stato", "punteggio", "atteso"),
    [
        ("C", Decimal(100), ("100,00", "Raggiunto", "verde")),
        ("C", Decimal("99.99999999"), ("99,99", "In parte", "giallo")),
        ("C", Decimal(60), ("60,00", "In parte", "giallo")),
        ("C", Decimal("59.99"), ("59,99", "Sotto 60", "rosso")),
        ("N", None, ("–", "Non calcolabile", "senza")),
        ("E", None, ("–", "Escluso", "escluso")),
    ],
)
def test_il_semaforo_ha_sempre_una_parola(
    stato: str, punteggio: Decimal | None, atteso: tuple[str, str, str]
) -> None:
    suo = voto(Raggiungimento.Stato(stato), punteggio)
    assert (suo.cifra, suo.parola, suo.colore) == atteso


@pytest.mark.parametrize(
    ("quota", "atteso"),
    [("100", "100%"), ("99.9999", "99,9%"), ("31.45", "31,5%"), ("80", "80%"), ("0", "0%")],
)
def test_una_copertura_incompleta_non_sembra_intera(quota: str, atteso: str) -> None:
    assert percentuale(Decimal(quota)) == atteso
