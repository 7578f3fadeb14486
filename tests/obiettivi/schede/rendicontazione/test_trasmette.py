# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report of a row: who writes it, when, what lacks; the result that it becomes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.models import (
    AreaScheda,
    Finestra,
    Indicatore,
    Raggiungimento,
    Rendicontazione,
    RigaScheda,
    Rilevazione,
    SchedaBudget,
)
from piani.azioni.righe import Superata
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import (
    AreaSchedaFactory,
    DelegaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    ProrogaFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    UnitaFactory,
    piano_pronto,
)
from tests.obiettivi.schede.rendicontazione.passi import (
    RESOCONTO,
    bozza,
    guida,
    il_giorno,
    invia,
    trasmessa,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def test_il_responsabile_trasmette_e_il_risultato_e_del_suo_cdr(
    riga: RigaScheda, scheda: SchedaBudget, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    risposta = invia(entra(capo), riga)
    assert risposta.url == f"{scheda.get_absolute_url()}#monitoraggio"
    questa = Rendicontazione.objects.get()
    assert (questa.stato, questa.dichiarato, questa.scritta_da) == (
        "trasmessa", Decimal("80.50"), capo,
    )  # fmt: skip
    assert isinstance(questa.trasmessa_il, datetime)
    risultato = Rilevazione.objects.get()
    assert questa.rilevazione == risultato
    assert (risultato.unita, risultato.anno, risultato.frazione, risultato.valore) == (
        scheda.unita, 2023, "T1", Decimal("96.5000"),
    )  # fmt: skip
    assert risultato.dichiarata_da == capo
    tipi = Evento.objects.order_by("pk").values_list("tipo", flat=True)
    assert list(tipi) == [
        "rendicontazione.salvata", "rilevazione.inserita", "rendicontazione.trasmessa",
    ]  # fmt: skip


def test_il_risultato_di_un_cdr_non_muove_i_punteggi_del_piano(
    azienda: Azienda, scheda: SchedaBudget
) -> None:
    piano = piano_pronto(azienda, anno_inizio=2023, anno_fine=2025)
    indicatore = Indicatore.objects.get()
    RilevazioneFactory(indicatore=indicatore, anno=2023, valore=100)
    giro = azioni.avvia_giro([piano], prospettiva="consuntivo", anno=2023, da=None)
    azioni.esegui(giro.calcoli.get().pk)
    prima = list(Raggiungimento.objects.order_by("pk").values())
    riga = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=indicatore)
    trasmessa(riga)
    assert list(Raggiungimento.objects.order_by("pk").values()) == prima
    assert Rilevazione.objects.correnti().count() == 2


@pytest.mark.parametrize(
    ("giorno", "frase"),
    [
        (date(2023, 3, 31), "la finestra si apre il 01/04/2023"),
        (date(2023, 4, 21), "il termine è scaduto il 20/04/2023"),
    ],
)
def test_fuori_dalla_finestra_si_salva_la_bozza_ma_non_si_trasmette(
    riga: RigaScheda,
    entra: Callable[[Utente], Client],
    capo: Utente,
    monkeypatch: pytest.MonkeyPatch,
    giorno: date,
    frase: str,
) -> None:
    il_giorno(monkeypatch, giorno)
    risposta = invia(entra(capo), riga)
    assert risposta.status_code == 200
    assert frase in risposta.content.decode()
    questa = Rendicontazione.objects.get()
    assert (questa.stato, questa.azioni) == ("bozza", "Aperto un ambulatorio in più.")
    assert not Rilevazione.objects.exists()


def test_senza_finestra_non_si_trasmette(riga: RigaScheda) -> None:
    Finestra.objects.all().delete()
    with pytest.raises(ValidationError, match="non ha ancora fissato la finestra"):
        trasmessa(riga)


def test_chi_ha_una_proroga_trasmette_dopo_il_termine_degli_altri(
    riga: RigaScheda, scheda: SchedaBudget, monkeypatch: pytest.MonkeyPatch
) -> None:
    questa = bozza(riga)
    data = ProrogaFactory(
        finestra=Finestra.objects.get(), unita=scheda.unita, fino_al=date(2023, 4, 25)
    )
    il_giorno(monkeypatch, date(2023, 4, 26))
    with pytest.raises(ValidationError, match="il termine è scaduto il 25/04/2023"):
        azioni.trasmetti(questa, da=None)
    il_giorno(monkeypatch, data.fino_al)
    assert azioni.trasmetti(questa, da=None).trasmessa


@pytest.mark.parametrize("frazione", ["T1", "S1", ""])
def test_in_un_periodo_chiuso_non_si_trasmette(riga: RigaScheda, frazione: str) -> None:
    questa = bozza(riga)
    azioni.chiudi_periodo(riga.indicatore.azienda, anno=2023, frazione=frazione, da=None)
    with pytest.raises(ValidationError, match="Il periodo è chiuso"):
        azioni.trasmetti(questa, da=None)
    assert not Rilevazione.objects.exists()


@pytest.mark.parametrize("stato", ["sottoscritta", "in_valutazione", "chiusa", "proposta"])
def test_fuori_dal_monitoraggio_non_si_scrive(
    riga: RigaScheda, scheda: SchedaBudget, stato: str
) -> None:
    SchedaBudget.objects.filter(pk=scheda.pk).update(stato=stato)
    with pytest.raises(ValidationError, match="non è in monitoraggio"):
        bozza(riga)
    assert not Rendicontazione.objects.exists()


def test_cio_che_manca_e_detto_campo_per_campo_e_la_bozza_resta(
    riga: RigaScheda, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    vuoti = {"azioni": " ", "raggiungibile": "", "dichiarato": "", "valore": ""}
    risposta = invia(entra(capo), riga, **vuoti, criticita="Una sola cosa")
    assert set(risposta.context["form"].errors) == {"azioni", "raggiungibile", "dichiarato"}
    assert Rendicontazione.objects.get().criticita == "Una sola cosa"
    visto = risposta.context["form"]["visto"].value()
    risposta = invia(entra(capo), riga, valore="", visto=visto)
    assert set(risposta.context["form"].errors) == {"valore"}
    visto = risposta.context["form"]["visto"].value()
    risposta = invia(entra(capo), riga, raggiungibile="no", visto=visto)
    assert set(risposta.context["form"].errors) == {"motivo"}
    assert Rendicontazione.objects.get().stato == "bozza"


@pytest.mark.parametrize(
    ("campo", "scritto"),
    [("valore", "boh"), ("dichiarato", "101"), ("dichiarato", "80,555"), ("valore", "1.205")],
)
def test_una_cifra_sbagliata_si_dice_e_cio_che_e_scritto_resta_nella_pagina(
    riga: RigaScheda, entra: Callable[[Utente], Client], capo: Utente, campo: str, scritto: str
) -> None:
    risposta = invia(entra(capo), riga, **{campo: scritto}, fai="salva")
    assert list(risposta.context["form"].errors) == [campo]
    testo = risposta.content.decode()
    assert scritto in testo
    assert "Aperto un ambulatorio in più." in testo


def test_due_persone_sulla_stessa_bozza_la_seconda_legge_che_e_cambiata(
    riga: RigaScheda, scheda: SchedaBudget, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    prima = bozza(riga, azioni="Prima")
    visto = prima.impronta
    azioni.salva_rendicontazione(
        riga, frazione="T1", resoconto=replace(RESOCONTO, azioni="Il vicario"), visto=visto, da=None
    )
    with pytest.raises(Superata):
        azioni.salva_rendicontazione(riga, frazione="T1", resoconto=RESOCONTO, visto=visto, da=capo)
    assert Rendicontazione.objects.get().azioni == "Il vicario"
    risposta = invia(entra(capo), riga, azioni="Il mio", visto=visto, fai="salva")
    assert "un'altra persona ha salvato questa bozza" in risposta.content.decode().replace(
        "&#x27;", "'"
    )
    nuovo = risposta.context["form"]["visto"].value()
    assert invia(entra(capo), riga, azioni="Il mio", visto=nuovo, fai="salva").status_code == 302
    assert Rendicontazione.objects.get().azioni == "Il mio"


def test_due_trasmissioni_insieme_una_sola_vale(riga: RigaScheda) -> None:
    questa = bozza(riga)
    azioni.trasmetti(questa, da=None)
    with pytest.raises(ValidationError, match="già stata trasmessa"):
        azioni.trasmetti(questa, da=None)
    with pytest.raises(ValidationError, match="già stata trasmessa"):
        azioni.salva_rendicontazione(
            riga, frazione="T1", resoconto=RESOCONTO, visto=questa.impronta, da=None
        )
    assert Rilevazione.objects.count() == 1


def test_la_riga_che_vale_per_l_azienda_non_si_rendiconta(
    scheda: SchedaBudget, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    riga = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), aziendale=True)
    RilevazioneFactory(indicatore=riga.indicatore, anno=2023, frazione="T1", valore=Decimal(91))
    client = entra(capo)
    risposta = invia(client, riga)
    assert "vale il risultato dell&#x27;azienda" in risposta.content.decode()
    pagina = client.get(reverse("rendicontazione", args=[riga.pk, "T1"])).content.decode()
    assert "91 %" in pagina
    assert "Trasmetti</button>" not in pagina
    assert not Rendicontazione.objects.exists()


def test_gli_adempimenti_e_i_trimestri_a_venire_non_si_rendicontano(
    riga: RigaScheda, scheda: SchedaBudget
) -> None:
    area = AreaSchedaFactory(scheda=scheda, tipo=AreaScheda.Tipo.ADEMPIMENTI)
    with pytest.raises(ValidationError, match="alla fine dell'anno"):
        bozza(RigaSchedaFactory(area=area))
    for frazione in ("T3", "S1", ""):
        with pytest.raises(ValidationError):
            azioni.salva_rendicontazione(riga, frazione=frazione, resoconto=RESOCONTO, da=None)


def test_il_dato_gia_scritto_da_chi_certifica_basta(riga: RigaScheda, scheda: SchedaBudget) -> None:
    gia = RilevazioneFactory(
        indicatore=riga.indicatore, unita=scheda.unita, anno=2023, frazione="T1", valore=Decimal(77)
    )
    questa = azioni.trasmetti(bozza(riga, cifre={"stato": "numero"}), da=None)
    assert questa.rilevazione == gia
    assert Rilevazione.objects.count() == 1


def test_il_rapporto_si_rendiconta_con_i_suoi_due_termini(scheda: SchedaBudget) -> None:
    indicatore = IndicatoreFactory(azienda=scheda.azienda, tipo_formula="rapporto")
    riga = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=indicatore)
    questa = bozza(riga, cifre={"stato": "numero", "numeratore": "9"})
    with pytest.raises(ValidationError) as errore:
        azioni.trasmetti(questa, da=None)
    assert list(errore.value.message_dict) == ["denominatore"]
    cifre = {"stato": "numero", "numeratore": "9", "denominatore": "12"}
    questa = azioni.salva_rendicontazione(
        riga,
        frazione="T1",
        resoconto=replace(RESOCONTO, cifre=cifre),
        visto=questa.impronta,
        da=None,
    )
    azioni.trasmetti(questa, da=None)
    assert Rilevazione.objects.get().cifra == 75


def test_scrivono_responsabile_vicario_e_chi_e_delegato_e_nessun_altro(
    riga: RigaScheda, scheda: SchedaBudget, controllo: Utente
) -> None:
    incarico = IncaricoFactory(
        azienda=scheda.azienda, unita=scheda.unita, ruolo=Ruolo.RESPONSABILE_CDR
    )
    delega = DelegaFactory(incarico=incarico)
    altrove = UnitaFactory(organigramma=scheda.unita.organigramma)
    vietati = [
        controllo,
        delega.delegato,
        guida(altrove),
        guida(scheda.unita, Ruolo.DIPENDENTE),
        guida(scheda.unita, Ruolo.RILEVATORE),
    ]
    for chi in vietati:
        with pytest.raises(PermissionDenied):
            bozza(riga, chi)
    vicario = guida(scheda.unita, Ruolo.VICARIO)
    questa = bozza(riga, vicario)
    delegato = Utente.objects.get(pk=delega.delegato_id)
    delegato.delega = delega
    azioni.trasmetti(questa, da=delegato)
    evento = Evento.objects.get(tipo="rendicontazione.trasmessa")
    assert (evento.da, evento.per_conto_di) == (delegato, incarico.utente)


def test_il_capo_non_scrive_risultati_di_indicatori_fuori_dalla_sua_scheda(
    scheda: SchedaBudget, capo: Utente
) -> None:
    estraneo = IndicatoreFactory(azienda=scheda.azienda)
    with pytest.raises(PermissionDenied):
        azioni.rileva(estraneo, anno=2023, valore=Decimal(1), unita=scheda.unita, da=capo)
