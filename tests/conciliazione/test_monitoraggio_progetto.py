# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole project in money, from the advance to the balance: every figure by hand, to the cent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from conciliazione.azioni import rendiconto as chiede
from conciliazione.azioni import verifica_rendiconto as verifica
from conciliazione.azioni.apporto import come_si_calcola, inserisci_apporto
from conciliazione.azioni.giustificativo import carica_giustificativo
from conciliazione.azioni.pagamento import annulla_pagamento, disponi_rata, esegui_pagamento
from conciliazione.azioni.rendiconto import DatiRendiconto
from conciliazione.azioni.spesa import DatiSpesa, cambia_spesa, inserisci_spesa, togli_spesa
from conciliazione.azioni.verifica_rendiconto import Ammesso
from conciliazione.models import EdizioneConciliazione, Progetto, Rendiconto, Spesa
from conciliazione.models.azioni import VoceBudget
from conciliazione.monitoraggio.conto import situazioni, totali
from piani.models import Evento, Utente
from tests.factories_conciliazione import (
    AzioneProgettoFactory,
    PartnerFactory,
    ProgettoFactory,
    ReferenteFactory,
    SpesaFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def progetto(edizione: EdizioneConciliazione) -> Progetto:
    return ProgettoFactory(proposta__manifestazione__edizione=edizione)


@pytest.fixture
def voce(progetto: Progetto) -> VoceBudget:
    return VoceBudgetFactory(azione=AzioneProgettoFactory(progetto=progetto), importo=D("90000.00"))


@pytest.fixture
def capofila(progetto: Progetto) -> Utente:
    return ReferenteFactory(ente=progetto.capofila).utente


def dati(voce: VoceBudget, importo: str, **altro: object) -> DatiSpesa:
    base = {
        "voce": voce,
        "ente": voce.azione.progetto.capofila,
        "descrizione": "Educatori",
        "documento": f"Fattura {importo}",
        "documento_del": date(2021, 7, 31),
        "importo": D(importo),
        "fornitore": "Cooperativa inventata",
        "pagata_il": date(2021, 8, 31),
    }
    return DatiSpesa(**(base | altro))  # type: ignore[arg-type]


def spendi(voce: VoceBudget, importo: str, da: Utente, **altro: object) -> Spesa:
    spesa = inserisci_spesa(voce.azione.progetto, dati=dati(voce, importo, **altro), da=da)
    prova = SimpleUploadedFile("fattura.txt", f"Fattura {importo}".encode())
    carica_giustificativo(spesa, file=prova, da=da)
    return spesa


def chiedi(progetto: Progetto, rata: str, importo: str, da: Utente) -> Rendiconto:
    """Open, write and send the request of an instalment with all that is free."""
    nuovo = chiede.apri_rendiconto(progetto, rata=rata, da=da)
    scelte = DatiRendiconto(
        dal=nuovo.dal,
        al=nuovo.al,
        richiesto=D(importo),
        spese=frozenset(nuovo.spese.values_list("pk", flat=True)),
        apporti=frozenset(nuovo.apporti.values_list("pk", flat=True)),
    )
    chiede.scrivi_rendiconto(nuovo, dati=scelte, da=da)
    chiede.trasmetti_rendiconto(nuovo, da=da)
    return nuovo


def ammetti_tutto(rendiconto: Rendiconto, da: Utente, **tagli: Ammesso) -> None:
    """Recognise every row in full, but those of ``tagli`` (``spesa_7``)."""
    verifica.ammetti(
        rendiconto,
        spese={
            una.pk: tagli.get(f"spesa_{una.pk}", Ammesso(una.importo))
            for una in rendiconto.spese.all()
        },
        apporti={uno.pk: Ammesso(uno.importo) for uno in rendiconto.apporti.all()},
        da=da,
    )


def paga(rendiconto: Rendiconto, da: Utente) -> None:
    rendiconto.refresh_from_db()
    pagamento = disponi_rata(
        rendiconto, atto="Determina di prova", disposto_il=date(2021, 3, 1), da=da
    )
    esegui_pagamento(pagamento, eseguito_il=date(2021, 3, 10), mandato="12", da=da)


def anticipo(progetto: Progetto, capofila: Utente, ufficio: Utente) -> None:
    richiesta = chiedi(progetto, "anticipo", "35000.00", capofila)
    verifica.approva_rendiconto(richiesta, riconosciuto=D("35000.00"), da=ufficio)
    paga(richiesta, ufficio)


def test_tre_rate_con_un_taglio_sulla_seconda_e_il_saldo_al_centesimo(
    progetto: Progetto, voce: VoceBudget, capofila: Utente, ufficio: Utente
) -> None:
    anticipo(progetto, capofila, ufficio)

    spendi(voce, "12345.67", capofila)
    spendi(voce, "9876.54", capofila)
    tagliata = spendi(voce, "8765.43", capofila)
    seconda = chiedi(progetto, "intermedia", "21000.00", capofila)
    taglio = Ammesso(D("7000.00"), "Il buffet non è ammissibile.")
    ammetti_tutto(seconda, ufficio, **{f"spesa_{tagliata.pk}": taglio})
    with pytest.raises(ValidationError) as senza_nota:
        verifica.approva_rendiconto(seconda, riconosciuto=D("19234.57"), da=ufficio)
    assert senza_nota.value.message_dict == {
        "nota": ["Scrivi perché si riconoscono 19.234,57 € su 21.000,00 €."]
    }
    # 21.000,00 − 1.765,43 di spesa non ammessa.
    verifica.approva_rendiconto(
        seconda, riconosciuto=D("19234.57"), nota="Meno la spesa tagliata.", da=ufficio
    )
    paga(seconda, ufficio)

    spendi(voce, "31111.11", capofila)
    spendi(voce, "15432.10", capofila)
    ore = inserisci_apporto(
        progetto, ente=progetto.capofila, forma="personale", ore=D("320.50"),
        costo_orario=D("31.25"), da=capofila,
    )  # fmt: skip
    assert come_si_calcola(ore) == "320,5 ore × 31,25 € = 10.015,63 €"
    inserisci_apporto(
        progetto, ente=progetto.capofila, forma="denaro", importo=D("15000.00"), da=capofila
    )
    with pytest.raises(ValidationError) as troppo:
        chiedi(progetto, "saldo", "5812.18", capofila)
    assert troppo.value.messages == [
        "5.812,18 € supera il massimo di 5.812,17 € (0,01 € in più). Quota massima del costo "
        "rendicontato: 70 % di 85.781,05 € = 60.046,74 €; 60.046,74 € − 54.234,57 € già pagati = "
        "5.812,17 €."
    ]
    terza = Rendiconto.objects.get(rata="saldo")
    assert terza.stato == Rendiconto.Stato.BOZZA  # niente si è perso
    Rendiconto.objects.filter(pk=terza.pk).update(richiesto=D("5812.17"))
    chiede.trasmetti_rendiconto(terza, da=capofila)
    ammetti_tutto(terza, ufficio)
    verifica.approva_rendiconto(terza, riconosciuto=D("5812.17"), da=ufficio)
    paga(terza, ufficio)

    (una,) = situazioni([progetto])
    assert (una.riconosciuto, una.liquidato, una.finale) == (
        D("60046.74"), D("60046.74"), D("60046.74"),
    )  # fmt: skip
    assert (una.residuo, una.da_liquidare, una.da_recuperare) == (D("9953.26"), D(0), D(0))
    assert totali(progetto.edizione, [una]).residuo_del_piano == D("9953.26")
    terza.refresh_from_db()
    assert terza.verifiche["massimo"] == "5812.17"
    assert [uno["nome"] for uno in terza.verifiche["limiti"]] == [
        "Contributo assegnato", "Contributo massimo per progetto",
        "Quota massima del costo rendicontato", "Costo non coperto da altri",
    ]  # fmt: skip
    assert Evento.objects.filter(tipo="conc_pagamento.eseguito").count() == 3


def test_un_saldo_sotto_il_pagato_si_chiude_a_zero_e_si_recupera(
    progetto: Progetto, voce: VoceBudget, capofila: Utente, ufficio: Utente
) -> None:
    anticipo(progetto, capofila, ufficio)
    spendi(voce, "20000.01", capofila)
    saldo = chiedi(progetto, "saldo", "0.00", capofila)
    ammetti_tutto(saldo, ufficio)
    verifica.approva_rendiconto(saldo, riconosciuto=D(0), da=ufficio)
    (una,) = situazioni([progetto])
    # 70 % di 20.000,01 = 14.000,01 (14.000,007); 35.000,00 − 14.000,01.
    assert (una.finale, una.da_recuperare, una.residuo) == (
        D("14000.01"), D("20999.99"), D("55999.99"),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Non è riconosciuto nulla"):
        disponi_rata(saldo, atto="x", disposto_il=date(2021, 3, 1), da=ufficio)


@pytest.mark.parametrize(
    ("altro", "campo", "frase"),
    [
        ({"importo": D("90000.01")}, "importo",
         "Sulla voce restano 90.000,00 € (90.000,00 € di budget − 0,00 € già inseriti): "
         "90.000,01 € la superano di 0,01 €."),
        ({"documento_del": date(2020, 12, 31)}, "documento_del",
         "Il 31/12/2020 è fuori dal periodo ammesso del progetto, dal 01/01/2021 al 30/06/2023."),
        ({"documento_del": date(2023, 7, 1)}, "documento_del",
         "Il 01/07/2023 è fuori dal periodo ammesso del progetto, dal 01/01/2021 al 30/06/2023."),
        ({"pagata_il": date(2999, 1, 1)}, "pagata_il", "È un giorno che deve ancora venire."),
        ({"importo": D("0.00")}, "__all__", "Una spesa è maggiore di zero."),
    ],
)  # fmt: skip
def test_una_spesa_che_non_va_e_rifiutata_con_i_suoi_numeri(
    progetto: Progetto, voce: VoceBudget, capofila: Utente,
    altro: dict[str, object], campo: str, frase: str,
) -> None:  # fmt: skip
    with pytest.raises(ValidationError) as raccolti:
        inserisci_spesa(progetto, dati=replace(dati(voce, "10.00"), **altro), da=capofila)
    assert raccolti.value.message_dict == {campo: [frase]}
    assert not Spesa.objects.exists()


def test_lo_stesso_documento_non_si_usa_due_volte(
    progetto: Progetto, voce: VoceBudget, capofila: Utente
) -> None:
    prima = spendi(voce, "10.00", capofila)
    con_altre_maiuscole = dati(voce, "20.00", documento="FATTURA  10.00")
    with pytest.raises(ValidationError) as raccolti:
        inserisci_spesa(progetto, dati=con_altre_maiuscole, da=capofila)
    assert raccolti.value.message_dict == {"documento": ["Questo documento è già in quella voce."]}
    altra = inserisci_spesa(progetto, dati=dati(voce, "20.00"), da=capofila)
    with pytest.raises(ValidationError, match="prova già un'altra spesa"):
        carica_giustificativo(
            altra, file=SimpleUploadedFile("copia.txt", b"Fattura 10.00"), da=capofila
        )
    altrove = ProgettoFactory(
        proposta__manifestazione__edizione=progetto.edizione, proposta__capofila=progetto.capofila,
        titolo="Un altro progetto",
    )  # fmt: skip
    sua_voce = VoceBudgetFactory(azione__progetto=altrove)
    with pytest.raises(ValidationError, match="fra le spese di un altro progetto"):
        inserisci_spesa(
            altrove, dati=dati(sua_voce, "10.00", documento=prima.documento), da=capofila
        )


def test_la_capienza_conta_cio_che_e_gia_inserito_e_non_la_spesa_che_si_cambia(
    progetto: Progetto, voce: VoceBudget, capofila: Utente
) -> None:
    spesa = inserisci_spesa(progetto, dati=dati(voce, "60000.00"), da=capofila)
    with pytest.raises(ValidationError, match=r"restano 30\.000,00 €"):
        inserisci_spesa(progetto, dati=dati(voce, "30000.01"), da=capofila)
    cambia_spesa(spesa, dati=dati(voce, "90000.00"), da=capofila)
    assert Spesa.objects.get().importo == D("90000.00")


def test_cio_che_e_trasmesso_non_si_cambia_piu(
    progetto: Progetto, voce: VoceBudget, capofila: Utente, ufficio: Utente
) -> None:
    anticipo(progetto, capofila, ufficio)
    spesa = spendi(voce, "30000.00", capofila)
    rendiconto = chiedi(progetto, "intermedia", "21000.00", capofila)
    spesa.refresh_from_db()
    for gesto in (
        lambda: togli_spesa(spesa, da=capofila),
        lambda: cambia_spesa(spesa, dati=dati(voce, "1.00"), da=capofila),
        lambda: chiede.togli_rendiconto(rendiconto, da=capofila),
    ):
        with pytest.raises(ValidationError, match=r"[Tt]rasmesso"):
            gesto()
    verifica.chiedi_integrazione(rendiconto, nota="Manca il bonifico.", da=ufficio)
    cambia_spesa(spesa, dati=dati(voce, "30000.01"), da=capofila)
    verifica_di_nuovo = Rendiconto.objects.get(pk=rendiconto.pk)
    chiede.trasmetti_rendiconto(verifica_di_nuovo, da=capofila)
    with pytest.raises(ValidationError, match="Righe ancora da esaminare: 1"):
        verifica.approva_rendiconto(rendiconto, riconosciuto=D("21000.00"), da=ufficio)
    verifica.respingi_rendiconto(rendiconto, nota="Fuori tema.", da=ufficio)
    assert Spesa.objects.get().rendiconto is None  # libera per un'altra richiesta
    assert chiede.si_puo_chiedere(progetto) == "intermedia"


def test_senza_documento_o_senza_pagamento_il_rendiconto_non_parte(
    progetto: Progetto, voce: VoceBudget, capofila: Utente, ufficio: Utente
) -> None:
    anticipo(progetto, capofila, ufficio)
    inserisci_spesa(progetto, dati=dati(voce, "30000.00", pagata_il=None), da=capofila)
    with pytest.raises(ValidationError) as raccolti:
        chiedi(progetto, "intermedia", "21000.00", capofila)
    assert raccolti.value.messages == [
        "«Educatori: 30000.00»: manca il documento di spesa.",
        "«Educatori: 30000.00»: manca il giorno del pagamento.",
    ]


def test_le_rate_vanno_in_ordine_e_una_alla_volta(
    progetto: Progetto, capofila: Utente, ufficio: Utente
) -> None:
    assert chiede.si_puo_chiedere(progetto) == "anticipo"
    prima = chiedi(progetto, "anticipo", "35000.00", capofila)
    with pytest.raises(ValidationError, match="Prima si chiude «Anticipo all’avvio»"):
        chiede.apri_rendiconto(progetto, rata="intermedia", da=capofila)
    with pytest.raises(ValidationError, match="è già chiesta"):
        chiede.apri_rendiconto(progetto, rata="anticipo", da=capofila)
    verifica.approva_rendiconto(prima, riconosciuto=D("35000.00"), da=ufficio)
    prima.refresh_from_db()
    pagamento = disponi_rata(prima, atto="D1", disposto_il=date(2021, 3, 1), da=ufficio)
    with pytest.raises(ValidationError, match="già stato pagato"):
        disponi_rata(prima, atto="D2", disposto_il=date(2021, 3, 1), da=ufficio)
    annulla_pagamento(pagamento, motivo="IBAN sbagliato", da=ufficio)
    paga(prima, ufficio)
    with pytest.raises(ValidationError, match="non può diventare"):
        annulla_pagamento(prima.pagamenti.get(stato="eseguito"), motivo="x", da=ufficio)
    assert chiede.si_puo_chiedere(progetto) == "intermedia"


def test_ciascuno_scrive_solo_del_suo(
    progetto: Progetto, voce: VoceBudget, capofila: Utente, ufficio: Utente
) -> None:
    partner = PartnerFactory(proposta=progetto.proposta).ente
    suo = ReferenteFactory(ente=partner).utente
    estraneo = ReferenteFactory().utente
    inserisci_spesa(progetto, dati=dati(voce, "10.00", ente=partner), da=suo)
    inserisci_spesa(progetto, dati=dati(voce, "20.00", ente=partner), da=capofila)
    inserisci_spesa(progetto, dati=dati(voce, "30.00"), da=capofila)
    for chi, ente in ((suo, progetto.capofila), (estraneo, partner), (ufficio, partner)):
        with pytest.raises(PermissionDenied):
            inserisci_spesa(progetto, dati=dati(voce, "40.00", ente=ente), da=chi)
    for chi in (suo, ufficio, estraneo):
        with pytest.raises(PermissionDenied):
            chiede.apri_rendiconto(progetto, rata="anticipo", da=chi)
    assert [s.importo for s in Spesa.objects.visibili_a(suo)] == [D("10.00"), D("20.00")]
    assert Spesa.objects.visibili_a(capofila).count() == 3
    assert not Spesa.objects.visibili_a(ufficio).exists()  # finché non è trasmesso
    assert not Spesa.objects.visibili_a(estraneo).exists()
    richiesta = chiedi(progetto, "anticipo", "35000.00", capofila)
    for chi in (capofila, suo):
        with pytest.raises(PermissionDenied):
            verifica.approva_rendiconto(richiesta, riconosciuto=D(1), da=chi)


def test_un_ente_fuori_dall_alleanza_non_spende(
    progetto: Progetto, voce: VoceBudget, capofila: Utente
) -> None:
    altro = SpesaFactory().ente
    with pytest.raises(ValidationError) as raccolti:
        inserisci_spesa(progetto, dati=dati(voce, "10.00", ente=altro), da=capofila)
    assert raccolti.value.message_dict == {
        "ente": [f"{altro} non è né capofila né partner del progetto."]
    }
