# SPDX-License-Identifier: AGPL-3.0-or-later
"""The evaluation of a scheda, step by step: who, when, in which state, and one winner."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import (
    AreaScheda,
    EdizioneSMVP,
    Finestra,
    Proroga,
    PunteggioScheda,
    Rendicontazione,
    SchedaBudget,
)
from obiettivi.schede.punteggio import risultato_finale
from obiettivi.schede.valutazione import differenze_da_oggi, impronta_valutazione, non_rendicontati
from piani.azioni.righe import Superata
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import (
    AreaSchedaFactory,
    FinestraFactory,
    IncaricoFactory,
    RigaSchedaFactory,
    UtenteFactory,
)
from tests.obiettivi.schede.cremona import PUNTEGGIO, D, righe_di, rileva_tutto, scheda_cremona
from tests.obiettivi.schede.valutata import in_valutazione, valida

pytestmark = pytest.mark.django_db
Stato = SchedaBudget.Stato
OGGI = timezone.localdate


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    """Monitored, with the results of the year."""
    scheda = scheda_cremona(azienda)
    rileva_tutto(scheda)
    return scheda


def capo_di(scheda: SchedaBudget) -> Utente:
    return IncaricoFactory(
        azienda=scheda.azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=scheda.unita
    ).utente


def finestra(azienda: Azienda, tipo: str, apre: int, scade: int) -> Finestra:
    """A window from and to so many days from today."""
    return FinestraFactory(
        azienda=azienda,
        tipo=tipo,
        frazione="",
        apre=OGGI() + timedelta(apre),
        scade=OGGI() + timedelta(scade),
    )


def tutto_rendicontato(scheda: SchedaBudget) -> None:
    for riga in righe_di(scheda):
        for frazione in ("T1", "T2", "T3", "T4"):
            Rendicontazione.objects.create(riga=riga, frazione=frazione, stato="trasmessa")


# --- begin --------------------------------------------------------------------------------


def test_si_comincia_a_valutare_quando_tutto_e_rendicontato(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    tutto_rendicontato(scheda)
    azioni.avvia_valutazione(scheda, da=controllo)
    assert SchedaBudget.objects.get().stato == Stato.IN_VALUTAZIONE
    assert Evento.objects.get(tipo="scheda.in_valutazione").da == controllo


def test_senza_rendicontazione_serve_un_motivo_che_resta(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    tutto_rendicontato(scheda)
    Rendicontazione.objects.filter(frazione="T3").delete()
    Rendicontazione.objects.filter(frazione="T4")[0].delete()
    with pytest.raises(ValidationError) as errore:
        azioni.avvia_valutazione(scheda, motivo=" ", da=controllo)
    assert errore.value.message_dict["motivo"] == [
        "Non è ancora rendicontato: 3° trimestre (5 righe), 4° trimestre (1 riga). Scrivi perché "
        "la valutazione comincia lo stesso."
    ]
    azioni.avvia_valutazione(scheda, motivo="Dati dai flussi", da=controllo)
    assert Evento.objects.get(tipo="scheda.in_valutazione").dati["motivo"] == "Dati dai flussi"


def test_i_periodi_chiesti_sono_quelli_delle_finestre(scheda: SchedaBudget) -> None:
    FinestraFactory(azienda=scheda.azienda, frazione="T4")
    detti = non_rendicontati(scheda.azienda, 2022, [scheda])
    assert detti == {scheda.pk: ["4° trimestre (5 righe)"]}


def test_cio_che_il_cdr_non_rendiconta_non_manca(scheda: SchedaBudget) -> None:
    tutto_rendicontato(scheda)
    area = AreaScheda.objects.filter(scheda=scheda, tipo="area")[0]
    RigaSchedaFactory(area=area, aziendale=True)
    RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda, tipo="adempimenti"))
    assert non_rendicontati(scheda.azienda, 2022, [scheda]) == {scheda.pk: []}


@pytest.mark.parametrize("quante", [1, 3])
def test_che_cosa_manca_si_sa_con_le_stesse_domande(
    azienda: Azienda, quante: int, django_assert_num_queries: Any
) -> None:
    schede = [scheda_cremona(azienda) for _una in range(quante)]
    with django_assert_num_queries(3):
        assert len(non_rendicontati(azienda, 2022, schede)) == quante


def test_i_punteggi_sono_al_giorno_quando_si_comincia(scheda: SchedaBudget) -> None:
    PunteggioScheda.objects.update(punteggio=1, stato="C")
    in_valutazione(scheda)
    assert PunteggioScheda.objects.get(livello="S").punteggio == PUNTEGGIO


def test_senza_regole_non_si_valuta(scheda: SchedaBudget) -> None:
    EdizioneSMVP.objects.all().delete()
    with pytest.raises(ValidationError, match="Mancano le regole di misurazione del 2022"):
        in_valutazione(scheda)
    assert SchedaBudget.objects.get().stato == Stato.IN_MONITORAGGIO


def test_si_valuta_solo_cio_che_e_in_monitoraggio(azienda: Azienda) -> None:
    scheda = scheda_cremona(azienda, stato=Stato.SOTTOSCRITTA)
    with pytest.raises(ValidationError) as errore:
        in_valutazione(scheda)
    assert errore.value.messages == [
        "La scheda è «Sottoscritta»: prima deve essere «In monitoraggio»."
    ]


def test_di_molte_si_avviano_quelle_che_possono(azienda: Azienda, controllo: Utente) -> None:
    pronta, altra = scheda_cremona(azienda), scheda_cremona(azienda, stato=Stato.SOTTOSCRITTA)
    fatte = azioni.avvia_valutazioni([pronta, altra], motivo="Prova", da=controllo)
    assert fatte.fatte == [pronta]
    assert [una for una, _perche in fatte.scartate] == [altra]


# --- objections -----------------------------------------------------------------------------


def test_il_responsabile_controdeduce_e_il_controllo_risponde(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    in_valutazione(scheda)
    capo = capo_di(scheda)
    riga = righe_di(scheda)[0]
    una = azioni.controdeduci(scheda, riga=riga, testo="Erano 72.", da=capo)
    azioni.rispondi_controdeduzione(
        una, esito="respinta", risposta="Il flusso dice 60.", da=controllo
    )
    una.refresh_from_db()
    assert (una.esito, una.risposta_da) == ("respinta", controllo)
    assert SchedaBudget.objects.get().stato == Stato.CONTRODEDOTTA


def test_accolta_cambia_il_risultato_e_i_punteggi_con_la_sua_origine(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    in_valutazione(scheda)
    riga = righe_di(scheda)[0]
    una = azioni.controdeduci(scheda, riga=riga, testo="Erano 72.", da=capo_di(scheda))
    azioni.rispondi_controdeduzione(
        una, esito="accolta", risposta="È vero.", risultato={"valore": D(72)}, da=controllo
    )
    nuovo = riga.indicatore.rilevazioni.correnti().get()
    assert (nuovo.valore, nuovo.unita) == (72, scheda.unita)
    assert nuovo.origine.startswith("Controdeduzione accolta, presentata il ")
    assert PunteggioScheda.objects.get(livello="S").punteggio == D("76.5")


def test_con_piu_controdeduzioni_conta_l_ultima_risposta(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    in_valutazione(scheda)
    capo = capo_di(scheda)
    prima = azioni.controdeduci(scheda, testo="Tutto.", da=capo)
    azioni.controdeduci(scheda, riga=righe_di(scheda)[0], testo="Questa.", da=capo)
    azioni.rispondi_controdeduzione(prima, esito="respinta", risposta="No.", da=controllo)
    assert SchedaBudget.objects.get().stato == Stato.IN_VALUTAZIONE


def test_sullo_stesso_punto_se_ne_presenta_una_alla_volta(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    capo = capo_di(scheda)
    azioni.controdeduci(scheda, testo="Tutto.", da=capo)
    with pytest.raises(ValidationError, match="c'è già una controdeduzione che aspetta"):
        azioni.controdeduci(scheda, testo="Ancora.", da=capo)


def test_le_controdeduzioni_hanno_un_termine_che_la_proroga_allunga(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    capo = capo_di(scheda)
    chiusa = finestra(scheda.azienda, "controdeduzioni", -10, -1)
    with pytest.raises(ValidationError, match="il termine è scaduto il"):
        azioni.controdeduci(scheda, testo="Tardi.", da=capo)
    Proroga.objects.create(finestra=chiusa, unita=scheda.unita, fino_al=OGGI(), motivo="Ferie")
    assert azioni.controdeduci(scheda, testo="In tempo.", da=capo).esito == "in_attesa"


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        ({"testo": " "}, "testo"),
        ({"testo": "x", "riga": "altrui"}, "riga"),
    ],
)
def test_la_controdeduzione_dice_che_cosa_non_va(
    scheda: SchedaBudget, dati: dict[str, Any], campo: str
) -> None:
    in_valutazione(scheda)
    if "riga" in dati:
        dati = dati | {"riga": righe_di(scheda_cremona(scheda.azienda))[0]}
    with pytest.raises(ValidationError) as errore:
        azioni.controdeduci(scheda, **dati, da=capo_di(scheda))
    assert list(errore.value.message_dict) == [campo]


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        ({"esito": "respinta", "risposta": " "}, "risposta"),
        ({"esito": "in_attesa", "risposta": "x"}, "esito"),
        ({"esito": "respinta", "risposta": "x", "risultato": {"valore": D(1)}}, "esito"),
        ({"esito": "accolta", "risposta": "x", "risultato": {"numeratore": D(1)}}, "numeratore"),
    ],
)
def test_la_risposta_dice_che_cosa_non_va_e_non_scrive(
    scheda: SchedaBudget, dati: dict[str, Any], campo: str
) -> None:
    in_valutazione(scheda)
    una = azioni.controdeduci(
        scheda, riga=righe_di(scheda)[0], testo="Erano 72.", da=capo_di(scheda)
    )
    with pytest.raises(ValidationError) as errore:
        azioni.rispondi_controdeduzione(una, **dati, da=None)
    assert list(errore.value.message_dict) == [campo]
    una.refresh_from_db()
    assert una.esito == "in_attesa"


def test_il_risultato_di_tutta_la_scheda_non_si_cambia_da_li(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    una = azioni.controdeduci(scheda, testo="Tutto.", da=capo_di(scheda))
    with pytest.raises(ValidationError, match="si corregge dall'indicatore"):
        azioni.rispondi_controdeduzione(
            una, esito="accolta", risposta="Sì", risultato={"valore": D(1)}, da=None
        )


# --- Nucleo -------------------------------------------------------------------------------


def test_il_nucleo_valida_il_punteggio_e_il_controllo_chiude(
    scheda: SchedaBudget, controllo: Utente, incaricato: Callable[..., Utente]
) -> None:
    in_valutazione(scheda)
    nucleo = incaricato(Ruolo.NUCLEO)
    detta = valida(scheda, visto=impronta_valutazione(scheda), da=nucleo)
    assert (detta.punteggio, detta.da) == (PUNTEGGIO, nucleo)
    assert risultato_finale(SchedaBudget.objects.get()) is None
    azioni.chiudi_scheda(scheda, da=controllo)
    scheda = SchedaBudget.objects.get()
    assert scheda.stato == Stato.CHIUSA
    assert risultato_finale(scheda) == PUNTEGGIO


def test_non_si_valida_con_una_controdeduzione_in_attesa(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    azioni.controdeduci(scheda, testo="Tutto.", da=capo_di(scheda))
    with pytest.raises(ValidationError, match="una controdeduzione senza risposta"):
        valida(scheda)
    valida(scheda, esito="rinviata")
    assert SchedaBudget.objects.get().stato == Stato.IN_VALUTAZIONE


def test_non_si_valida_fuori_dalla_finestra(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    finestra(scheda.azienda, "validazione_schede", 1, 9)
    with pytest.raises(ValidationError, match="la finestra si apre il"):
        valida(scheda)


def test_si_valida_cio_che_si_e_visto(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    visto = impronta_valutazione(scheda)
    riga = righe_di(scheda)[0]
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(72), da=None)
    with pytest.raises(Superata) as errore:
        valida(scheda, visto=visto)
    assert valida(scheda, visto=errore.value.visto).punteggio == D("76.5")


@pytest.mark.parametrize(
    ("dati", "campo"),
    [
        ({"motivazione": " "}, "motivazione"),
        ({"esito": "forse"}, "esito"),
        ({"data": date(2099, 1, 1)}, "data"),
    ],
)
def test_la_validazione_dice_che_cosa_non_va(
    scheda: SchedaBudget, dati: dict[str, Any], campo: str
) -> None:
    in_valutazione(scheda)
    with pytest.raises(ValidationError) as errore:
        valida(scheda, **dati)
    assert list(errore.value.message_dict) == [campo]


def test_un_dato_nuovo_dopo_la_validazione_si_vede_e_ferma_la_chiusura(
    scheda: SchedaBudget,
) -> None:
    in_valutazione(scheda)
    valida(scheda)
    riga = righe_di(scheda)[0]
    azioni.rileva(riga.indicatore, anno=2022, unita=scheda.unita, valore=D(72), da=None)
    prima = differenze_da_oggi(scheda)[0]
    assert (prima.livello, prima.prima, prima.dopo, prima.differenza) == (
        "Scheda", "73,80", "76,50", "+2,70",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="sarebbe 76,50 invece di 73,80"):
        azioni.chiudi_scheda(scheda, da=None)
    valida(scheda, esito="rinviata", motivazione="Guardate il dato nuovo")
    assert PunteggioScheda.objects.get(livello="S").punteggio == D("76.5")
    valida(scheda)
    azioni.chiudi_scheda(scheda, da=None)
    assert risultato_finale(SchedaBudget.objects.get()) == D("76.5")


def test_una_scheda_chiusa_non_si_riapre(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    valida(scheda)
    azioni.chiudi_scheda(scheda, da=None)
    with pytest.raises(ValidationError, match="La scheda è già «Chiusa»: lo ha fatto il sistema"):
        valida(scheda, esito="rinviata")


def test_una_scheda_senza_punteggio_si_valida_e_non_dice_zero(azienda: Azienda) -> None:
    scheda = in_valutazione(scheda_cremona(azienda))
    assert valida(scheda).punteggio is None
    azioni.chiudi_scheda(scheda, da=None)
    assert risultato_finale(scheda) is None


# --- who ----------------------------------------------------------------------------------


def test_ognuno_fa_la_sua_parte(
    scheda: SchedaBudget, controllo: Utente, incaricato: Callable[..., Utente]
) -> None:
    nucleo, direzione = incaricato(Ruolo.NUCLEO), incaricato(Ruolo.DIREZIONE)
    capo = capo_di(scheda)
    for chi in (nucleo, direzione, capo, UtenteFactory()):
        with pytest.raises(PermissionDenied):
            azioni.avvia_valutazione(scheda, motivo="x", da=chi)
        with pytest.raises(PermissionDenied):
            azioni.chiudi_scheda(scheda, da=chi)
    in_valutazione(scheda)
    for chi in (nucleo, direzione, controllo):
        with pytest.raises(PermissionDenied):
            azioni.controdeduci(scheda, testo="x", da=chi)
    una = azioni.controdeduci(scheda, testo="x", da=capo)
    for chi in (nucleo, direzione, capo):
        with pytest.raises(PermissionDenied):
            azioni.rispondi_controdeduzione(una, esito="respinta", risposta="x", da=chi)
    for chi in (controllo, direzione, capo):
        with pytest.raises(PermissionDenied):
            valida(scheda, da=chi)


def test_il_nucleo_di_altri_anni_non_valida(scheda: SchedaBudget) -> None:
    in_valutazione(scheda)
    altro = IncaricoFactory(azienda=scheda.azienda, ruolo=Ruolo.NUCLEO, anno_da=2025).utente
    with pytest.raises(PermissionDenied):
        valida(scheda, da=altro)
