# SPDX-License-Identifier: AGPL-3.0-or-later
"""A CdR reports a row of its scheda: draft, sending, correction; deadlines are enforced."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi import azioni
from obiettivi.azioni import Resoconto
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
from piani.models import Azienda, Evento, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaSchedaFactory,
    DelegaFactory,
    FinestraFactory,
    IncaricoFactory,
    IndicatoreFactory,
    ProrogaFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    SchedaFactory,
    UnitaFactory,
    piano_pronto,
)
from tests.pagina import leggi

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
OGGI = date(2023, 4, 10)
RESOCONTO = Resoconto(
    cifre={"stato": "numero", "valore": "96.5"},
    azioni="Aperto un ambulatorio in più.",
    criticita="Un medico in meno.",
    raggiungibile=True,
    dichiarato=Decimal("80.5"),
)


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    il_giorno(monkeypatch, OGGI)


def il_giorno(monkeypatch: pytest.MonkeyPatch, giorno: date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_quando: giorno)


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    FinestraFactory(azienda=azienda, anno=2023, apre=date(2023, 4, 1), scade=date(2023, 4, 20))
    return SchedaFactory(azienda=azienda, anno=2023, stato=SchedaBudget.Stato.IN_MONITORAGGIO)


@pytest.fixture
def riga(scheda: SchedaBudget) -> RigaScheda:
    return RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda))


@pytest.fixture
def capo(scheda: SchedaBudget) -> Utente:
    return guida(scheda.unita)


def guida(unita: UnitaOrganizzativa | None, ruolo: Ruolo = Ruolo.RESPONSABILE_CDR) -> Utente:
    assert unita is not None
    return IncaricoFactory(azienda=unita.azienda, unita=unita, ruolo=ruolo).utente


def bozza(riga: RigaScheda, da: Utente | None = None, **campi: Any) -> Rendicontazione:
    return azioni.salva_rendicontazione(
        riga, frazione="T1", resoconto=replace(RESOCONTO, **campi), da=da
    )


def trasmessa(riga: RigaScheda) -> Rendicontazione:
    return azioni.trasmetti(bozza(riga), da=None)


def dati(**campi: str) -> dict[str, str]:
    return {
        "stato": "numero",
        "valore": "96,5",
        "azioni": "Aperto un ambulatorio in più.",
        "raggiungibile": "si",
        "dichiarato": "80,5",
        "fai": "trasmetti",
        **campi,
    }


def invia(client: Client, riga: RigaScheda, frazione: str = "T1", **campi: Any) -> Any:
    return client.post(reverse("rendicontazione_salva", args=[riga.pk, frazione]), dati(**campi))


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


def test_il_responsabile_riapre_finche_la_finestra_e_aperta(
    riga: RigaScheda, capo: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    questa = trasmessa(riga)
    azioni.riapri_rendicontazione(questa, da=capo)
    questa.refresh_from_db()
    assert (questa.stato, questa.trasmessa_il, questa.azioni) == ("bozza", None, RESOCONTO.azioni)
    azioni.trasmetti(questa, da=capo)
    il_giorno(monkeypatch, date(2023, 4, 21))
    with pytest.raises(ValidationError, match="il termine è scaduto"):
        azioni.riapri_rendicontazione(questa, motivo="Un errore", da=capo)


def test_il_controllo_di_gestione_riapre_sempre_ma_scrive_perche(
    riga: RigaScheda,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    questa = trasmessa(riga)
    il_giorno(monkeypatch, date(2023, 6, 1))
    client = entra(controllo)
    indirizzo = reverse("rendicontazione_riapri", args=[questa.pk])
    risposta = client.post(indirizzo, {"motivo": " "})
    assert set(risposta.context["riapri"].errors) == {"motivo"}
    assert client.post(indirizzo, {"motivo": "Dato rettificato"}).status_code == 302
    questa.refresh_from_db()
    assert questa.stato == "bozza"
    evento = Evento.objects.get(tipo="rendicontazione.riaperta")
    assert evento.dati == {"motivo": "Dato rettificato"}


def test_correggere_sostituisce_il_risultato_e_tiene_quello_di_prima(riga: RigaScheda) -> None:
    questa = trasmessa(riga)
    azioni.riapri_rendicontazione(questa, motivo="Un errore", da=None)
    questa.refresh_from_db()
    questa = azioni.salva_rendicontazione(
        riga,
        frazione="T1",
        resoconto=replace(RESOCONTO, cifre={"stato": "numero", "valore": "97"}),
        visto=questa.impronta,
        da=None,
    )
    azioni.trasmetti(questa, da=None)
    assert [r.valore for r in Rilevazione.objects.order_by("pk")] == [Decimal("96.5"), Decimal(97)]
    assert Rilevazione.objects.correnti().get().valore == 97


def test_il_nucleo_scrive_la_sua_percentuale_accanto_a_quella_dichiarata(
    riga: RigaScheda,
    azienda: Azienda,
    entra: Callable[[Utente], Client],
    incaricato: Callable[..., Utente],
    capo: Utente,
) -> None:
    questa, nucleo = trasmessa(riga), incaricato(Ruolo.NUCLEO)
    client = entra(nucleo)
    indirizzo = reverse("rendicontazione_valida", args=[questa.pk])
    assert set(client.post(indirizzo, {"validato": "70"}).context["valida"].errors) == {"nota"}
    for sbagliata in ("170", "-1", "33,333", "boh", ""):
        form = client.post(indirizzo, {"validato": sbagliata, "nota": "x"}).context["valida"]
        assert set(form.errors) == {"validato"}
    assert client.post(indirizzo, {"validato": "70", "nota": "Manca l'atto."}).status_code == 302
    questa.refresh_from_db()
    assert (questa.dichiarato, questa.validato, questa.scarto, questa.validato_da) == (
        Decimal("80.50"), Decimal(70), Decimal("-10.50"), nucleo,
    )  # fmt: skip
    pagina = client.get(reverse("rendicontazione", args=[riga.pk, "T1"])).content.decode()
    assert "80,5%" in pagina
    assert "70%" in pagina
    assert "-10,5" in pagina
    with pytest.raises(ValidationError, match="Il Nucleo l'ha già validata"):
        azioni.riapri_rendicontazione(questa, da=capo)
    azioni.riapri_rendicontazione(questa, motivo="Nuovo dato", da=None)
    questa.refresh_from_db()
    assert (questa.validato, questa.nota_nucleo, questa.validato_da) == (None, "", None)


def test_il_nucleo_di_altri_anni_e_chi_non_lo_e_non_validano(
    riga: RigaScheda, azienda: Azienda, controllo: Utente, capo: Utente
) -> None:
    questa = trasmessa(riga)
    altro = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2024).utente
    for chi in (altro, controllo, capo):
        with pytest.raises(PermissionDenied):
            azioni.valida_rendicontazione(questa, validato=Decimal(80), da=chi)


def test_una_bozza_non_si_valida(riga: RigaScheda) -> None:
    with pytest.raises(ValidationError, match="non è trasmessa"):
        azioni.valida_rendicontazione(bozza(riga), validato=Decimal("80.5"), da=None)


def test_la_bozza_la_vede_solo_chi_guida_il_cdr(
    riga: RigaScheda, controllo: Utente, capo: Utente
) -> None:
    questa = bozza(riga)
    assert list(Rendicontazione.objects.visibili_a(capo)) == [questa]
    assert list(Rendicontazione.objects.visibili_a(controllo)) == []
    azioni.trasmetti(questa, da=None)
    assert list(Rendicontazione.objects.visibili_a(controllo)) == [questa]


def test_il_risultato_di_un_cdr_lo_legge_chi_vede_la_sua_scheda(
    riga: RigaScheda, scheda: SchedaBudget, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    trasmessa(riga)
    assert scheda.unita is not None
    altro = guida(UnitaFactory(organigramma=scheda.unita.organigramma))
    dove = {
        chi: [
            una["dove"]
            for una in entra(chi).get(riga.indicatore.get_absolute_url()).context["rilevazioni"]
        ]
        for chi in (capo, altro)
    }
    assert dove == {capo: [scheda.unita.nome], altro: []}


def test_chi_scrive_dopo_la_trasmissione_legge_perche_no_e_ritrova_cio_che_ha_scritto(
    riga: RigaScheda, entra: Callable[[Utente], Client], capo: Utente
) -> None:
    trasmessa(riga)
    pagina = leggi(invia(entra(capo), riga, azioni="Scritto in un'altra finestra", fai="salva"))
    assert "è già stata trasmessa: per correggerla va riaperta" in pagina.uno(".alert-danger").testo
    assert "Scritto in un'altra finestra" in pagina.uno("details").testo
    sbagliata = leggi(invia(entra(capo), riga, dichiarato="boh"))
    assert "Percentuale raggiunta" in sbagliata.uno(".alert-danger").testo
    assert Rendicontazione.objects.get().azioni == "Aperto un ambulatorio in più."


def test_fuori_dal_monitoraggio_chi_riapre_legge_perche_no(
    riga: RigaScheda, scheda: SchedaBudget, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    questa = trasmessa(riga)
    SchedaBudget.objects.filter(pk=scheda.pk).update(stato="in_valutazione")
    indirizzo = reverse("rendicontazione_riapri", args=[questa.pk])
    pagina = leggi(entra(controllo).post(indirizzo, {"motivo": "Cifra sbagliata"}))
    assert "non è in monitoraggio" in pagina.uno(".alert-danger").testo
    assert "Cifra sbagliata" in pagina.uno("details").testo
