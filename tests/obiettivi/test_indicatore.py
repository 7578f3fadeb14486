# SPDX-License-Identifier: AGPL-3.0-or-later
"""An indicator changed: what is written, what is refused, the scores that follow it."""

from collections.abc import Callable
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.azioni.indicatore import CAMPI, CHE_CONTANO
from obiettivi.esempi_nel_tempo import esempi_aggregazione, esempi_cumulo
from obiettivi.models import Calcolo, FonteDati, Indicatore, Misura, Raggiungimento
from piani.models import Azienda, DocumentoPubblicato, Evento, Ruolo, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
    UnitaFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal


@pytest.fixture
def indicatore(azienda: Azienda) -> Indicatore:
    EdizioneFactory(azienda=azienda)
    return IndicatoreFactory(azienda=azienda, aggregazione=Indicatore.Aggregazione.ULTIMO)


def in_un_piano(indicatore: Indicatore, stampato: str = "≥ 80%", **altro: Any) -> Misura:
    piano = PianoFactory(azienda=indicatore.azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misura = MisuraFactory(obiettivo=obiettivo, indicatore=indicatore, **altro)
    return TargetFactory(misura=misura, stampato=stampato).misura


def calcola(misura: Misura, prospettiva: str = "consuntivo") -> None:
    calcolo = azioni.avvia_calcolo(
        misura.obiettivo.area.piano, prospettiva=prospettiva, anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)


def punteggio(misura: Misura, prospettiva: str = "consuntivo") -> Decimal | None:
    return Raggiungimento.objects.get(
        livello="I", oggetto=misura.pk, prospettiva=prospettiva, frazione=""
    ).punteggio


# The action --------------------------------------------------------------------------------------


def test_si_scrive_solo_cio_che_cambia_e_l_evento_ha_il_prima_e_il_dopo(
    indicatore: Indicatore, controllo: Utente
) -> None:
    fonte = FonteDati.objects.create(codice="sdo", nome="Flusso SDO")
    # Someone else changed the note after this row was read: it must stay.
    Indicatore.objects.filter(pk=indicatore.pk).update(nota_qualita="stima")
    esito = azioni.modifica_indicatore(
        indicatore, verso="decrescente", unita=" % ", fonte=fonte, decimali=1, da=controllo
    )
    assert esito.campi == ("verso", "fonte", "decimali")
    scritto = Indicatore.objects.get(pk=indicatore.pk)
    assert (scritto.verso, scritto.unita, scritto.fonte) == ("decrescente", "%", fonte)
    assert (scritto.decimali, scritto.nota_qualita) == (1, "stima")
    evento = Evento.objects.get()
    assert (evento.tipo, evento.da, evento.azienda) == (
        "indicatore.modificato",
        controllo,
        indicatore.azienda,
    )
    assert evento.descrizione == (
        f"Cambiato l'indicatore {indicatore.codice}: verso, fonte dei dati, decimali"
    )
    assert evento.dati == {
        "prima": {"verso": "Meglio se cresce", "fonte": "", "decimali": "2"},
        "dopo": {"verso": "Meglio se diminuisce", "fonte": "Flusso SDO", "decimali": "1"},
    }


def test_le_stesse_cose_di_nuovo_non_scrivono_niente(
    indicatore: Indicatore, controllo: Utente
) -> None:
    esito = azioni.modifica_indicatore(indicatore, verso="crescente", unita="%", da=controllo)
    assert esito.campi == ()
    assert not Evento.objects.exists()


@pytest.mark.parametrize(
    "ruolo", [Ruolo.RILEVATORE, Ruolo.NUCLEO, Ruolo.DIREZIONE, Ruolo.REGIONE, Ruolo.PUBBLICATORE]
)
def test_modifica_solo_chi_governa_la_misurazione(
    indicatore: Indicatore, incaricato: Callable[..., Utente], ruolo: Ruolo
) -> None:
    with pytest.raises(PermissionDenied):
        azioni.modifica_indicatore(indicatore, verso="decrescente", da=incaricato(ruolo))
    assert Indicatore.objects.get().verso == "crescente"
    assert not Evento.objects.exists()


def test_il_codice_non_si_cambia(indicatore: Indicatore) -> None:
    with pytest.raises(TypeError, match="codice"):
        azioni.modifica_indicatore(indicatore, codice="ALTRO", da=None)


@pytest.mark.parametrize(
    ("campi", "errati"),
    [
        ({"nome": "  "}, ["nome"]),
        ({"verso": "storto"}, ["verso"]),
        ({"tipo_formula": "magia"}, ["tipo_formula"]),
        ({"aggregazione": "prodotto"}, ["aggregazione"]),
        ({"cumulo": "boh"}, ["cumulo"]),
        ({"frequenza": "mai"}, ["frequenza"]),
        ({"unita": "x" * 31}, ["unita"]),
        ({"decimali": None}, ["decimali"]),
        ({"decimali": -1}, ["decimali"]),
        ({"decimali": 7}, ["decimali"]),
        ({"decimali": 40000}, ["decimali"]),
        ({"aggregazione": "rapporto_delle_somme"}, ["aggregazione"]),
    ],
)
def test_cio_che_non_va_si_rifiuta_con_il_suo_campo(
    indicatore: Indicatore, controllo: Utente, campi: dict[str, Any], errati: list[str]
) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni.modifica_indicatore(indicatore, **campi, da=controllo)
    assert list(errore.value.message_dict) == errati
    assert not Evento.objects.exists()


def test_il_rapporto_delle_somme_vuole_numeratore_e_denominatore(
    indicatore: Indicatore, controllo: Utente
) -> None:
    insieme = {"tipo_formula": "rapporto", "aggregazione": "rapporto_delle_somme"}
    assert azioni.modifica_indicatore(indicatore, **insieme, da=controllo).campi == tuple(insieme)
    with pytest.raises(ValidationError) as errore:
        azioni.modifica_indicatore(indicatore, tipo_formula="diretto", da=controllo)
    assert list(errore.value.message_dict) == ["aggregazione"]


def test_il_rilevatore_e_un_unita_dell_azienda(indicatore: Indicatore, controllo: Utente) -> None:
    straniera = UnitaFactory()
    with pytest.raises(ValidationError) as errore:
        azioni.modifica_indicatore(indicatore, rilevatore=straniera, da=controllo)
    assert list(errore.value.message_dict) == ["rilevatore"]
    propria = UnitaFactory(organigramma=OrganigrammaFactory(azienda=indicatore.azienda))
    assert azioni.modifica_indicatore(indicatore, rilevatore=propria, da=controllo).campi == (
        "rilevatore",
    )
    assert Evento.objects.get().dati["dopo"] == {"unità che rileva": propria.nome}


# The meaning of the results that are there -------------------------------------------------------


@pytest.mark.parametrize("campi", [{"unita": "gg"}, {"tipo_formula": "rapporto"}])
def test_il_significato_dei_risultati_non_cambia_in_silenzio(
    indicatore: Indicatore, controllo: Utente, campi: dict[str, Any]
) -> None:
    RilevazioneFactory(indicatore=indicatore)
    RilevazioneFactory(indicatore=indicatore, anno=2021)
    with pytest.raises(ValidationError) as errore:
        azioni.modifica_indicatore(indicatore, **campi, da=controllo)
    (frase,) = errore.value.message_dict["nuovo_significato"]
    assert frase.startswith(
        f"Ci sono già 2 risultati e si sta cambiando: {CAMPI[next(iter(campi))]}."
    )
    esito = azioni.modifica_indicatore(indicatore, **campi, nuovo_significato=True, da=controllo)
    assert esito.campi == tuple(campi)
    assert indicatore.rilevazioni.correnti().count() == 2


def test_senza_risultati_o_con_altri_campi_non_si_chiede_conferma(
    indicatore: Indicatore, controllo: Utente
) -> None:
    assert azioni.modifica_indicatore(indicatore, unita="gg", da=controllo).campi == ("unita",)
    RilevazioneFactory(indicatore=indicatore)
    esito = azioni.modifica_indicatore(indicatore, verso="", formula="a / b", da=controllo)
    assert esito.campi == ("formula", "verso")


# The scores that follow --------------------------------------------------------------------------


def test_i_piani_che_lo_usano_si_aggiornano(indicatore: Indicatore, controllo: Utente) -> None:
    """≥ 80 %: of four quarters 20, 40, 60, 80 the last makes 100, their mean (50) 62,5."""
    misura = in_un_piano(indicatore)
    in_un_piano(indicatore)  # with no scores yet: it stays without
    for frazione, valore in (("T1", 20), ("T2", 40), ("T3", 60), ("T4", 80)):
        RilevazioneFactory(indicatore=indicatore, frazione=frazione, valore=valore)
    calcola(misura)
    assert punteggio(misura) == D(100)
    esito = azioni.modifica_indicatore(indicatore, aggregazione="media", da=controllo)
    assert punteggio(misura) == D("62.5")
    assert esito.punteggi == 4  # indicator, objective, area, plan
    assert set(Raggiungimento.objects.values_list("piano", flat=True)) == {
        misura.obiettivo.area.piano_id
    }


def test_cio_che_non_conta_non_tocca_i_punteggi(indicatore: Indicatore, controllo: Utente) -> None:
    misura = in_un_piano(indicatore)
    RilevazioneFactory(indicatore=indicatore, valore=40)
    calcola(misura)
    RilevazioneFactory(indicatore=indicatore, anno=2022, sede="Nord", valore=80)
    Raggiungimento.objects.filter(livello="I").update(motivo="com'era")
    azioni.modifica_indicatore(
        indicatore, formula="a", decimali=0, frequenza="trimestrale", nota_qualita="b", da=controllo
    )
    assert Raggiungimento.objects.get(livello="I").motivo == "com'era"
    assert not CHE_CONTANO & {"formula", "decimali", "frequenza", "nota_qualita"}


def test_la_posizione_di_partenza_si_ricalcola_con_un_calcolo(
    indicatore: Indicatore, controllo: Utente, django_capture_on_commit_callbacks: Any
) -> None:
    from obiettivi.espressioni import leggi

    misura = in_un_piano(
        indicatore, "60%", base_stampata="66%", base_lettura=leggi("66%").come_dati()
    )
    calcola(misura, "partenza")
    assert punteggio(misura, "partenza") == D(100)
    esito = azioni.modifica_indicatore(indicatore, verso="decrescente", da=controllo)
    assert esito.in_coda == [misura.obiettivo.area.piano.titolo]
    aperto = Calcolo.objects.aperti().get()
    assert (aperto.prospettiva, aperto.da) == ("partenza", controllo)
    # Another change finds that run waiting: one is enough.
    azioni.modifica_indicatore(indicatore, nome="Un altro nome", da=controllo)
    assert Calcolo.objects.aperti().get() == aperto
    azioni.esegui(aperto.pk)
    assert punteggio(misura, "partenza") == D(90)  # mirror: 100 · (120 − 66) / 60


def test_i_punteggi_pubblicati_aspettano_un_motivo(
    indicatore: Indicatore, controllo: Utente, monkeypatch: pytest.MonkeyPatch
) -> None:
    from obiettivi.azioni import congelamento

    misura = in_un_piano(indicatore)
    RilevazioneFactory(indicatore=indicatore, frazione="T1", valore=40)
    RilevazioneFactory(indicatore=indicatore, frazione="T4", valore=80)
    calcola(misura)
    monkeypatch.setattr(congelamento, "congelato", lambda *_quale: True)
    monkeypatch.setattr(congelamento, "con_documento", set)
    esito = azioni.modifica_indicatore(indicatore, aggregazione="media", da=controllo)
    assert esito.trattenuti == [misura.obiettivo.area.piano.titolo]
    assert (punteggio(misura), esito.punteggi) == (D(100), 0)
    assert Calcolo.objects.get(stato="da_accettare").da == controllo
    assert not DocumentoPubblicato.objects.exists()


# The examples and the page -----------------------------------------------------------------------


def test_gli_esempi_sono_calcolati_come_i_risultati_veri() -> None:
    detti = [(str(uno.scelta), uno.trimestri, uno.esito, uno.come) for uno in esempi_aggregazione()]
    assert detti == [
        ("Somma dei periodi", ("120", "130", "90", "140"), "480",
         "Somma dei trimestri: 120 + 130 + 90 + 140 = 480."),
        ("Ultimo periodo", ("52", "52", "54", "56"), "56",
         "Vale l’ultimo dei trimestri, il 4° trimestre."),
        ("Media dei periodi", ("40", "44", "36", "32"), "38 gg",
         "Media dei trimestri: (40 + 44 + 36 + 32) / 4 = 38 gg."),
        ("Rapporto delle somme", ("45 / 50", "160 / 200", "60 / 80", "36 / 40"), "81,35 %",
         "Rapporto delle somme dei trimestri: numeratori 45 + 160 + 60 + 36 = 301, "
         "denominatori 50 + 200 + 80 + 40 = 370."),
    ]  # fmt: skip
    assert [(str(uno.periodo), uno.esito) for uno in esempi_cumulo()] == [
        ("Anno", "480"),
        ("Anno", "480"),
        ("2° trimestre", "130"),
    ]


def indirizzo(nome: str, indicatore: Indicatore) -> str:
    return reverse(nome, args=[indicatore.azienda.codice, indicatore.codice])


def scritti(indicatore: Indicatore, **cambiati: str) -> dict[str, str]:
    """What the form sends: each field with the value that the person saw."""
    visti = {nome: getattr(indicatore, nome) for nome in CAMPI}
    testi = {nome: "" if valore is None else str(valore) for nome, valore in visti.items()}
    return testi | {f"initial-{nome}": testo for nome, testo in testi.items()} | cambiati


def test_la_pagina_spiega_ogni_scelta_e_salva(
    indicatore: Indicatore, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    client = entra(controllo)
    misura = in_un_piano(indicatore)
    RilevazioneFactory(indicatore=indicatore, valore=72)
    calcola(misura)
    scheda = client.get(indicatore.get_absolute_url()).content.decode()
    assert indirizzo("indicatore_modifica", indicatore) in scheda
    risposta = client.get(indirizzo("indicatore_modifica", indicatore))
    pagina = unescape(risposta.content.decode())
    assert "Somma dei trimestri: 120 + 130 + 90 + 140 = 480." in pagina
    assert "C’è già 1 risultato." in pagina
    assert misura.obiettivo.area.piano.titolo in pagina
    risposta = client.post(
        indirizzo("indicatore_salva", indicatore),
        scritti(
            indicatore, nome="Copertura vaccinale", verso="decrescente", eredita_target="False"
        ),
        follow=True,
    )
    assert risposta.redirect_chain == [(indicatore.get_absolute_url(), 302)]
    indicatore.refresh_from_db()
    assert (indicatore.nome, indicatore.verso, indicatore.eredita_target) == (
        "Copertura vaccinale",
        "decrescente",
        False,
    )
    assert "Indicatore modificato: 0 punteggi sono cambiati." in risposta.content.decode()


def test_la_pagina_chiede_conferma_e_non_perde_cio_che_era_scritto(
    indicatore: Indicatore, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    client = entra(controllo)
    RilevazioneFactory(indicatore=indicatore)
    cambiati = scritti(indicatore, unita="gg", formula="giorni fra richiesta e visita")
    risposta = client.post(indirizzo("indicatore_salva", indicatore), cambiati)
    pagina = unescape(risposta.content.decode())
    assert "C'è già 1 risultato e si sta cambiando: unità di misura." in pagina
    assert "giorni fra richiesta e visita" in pagina
    assert Indicatore.objects.get().unita == "%"
    client.post(indirizzo("indicatore_salva", indicatore), cambiati | {"nuovo_significato": "on"})
    assert Indicatore.objects.get().unita == "gg"


def test_due_persone_insieme_tengono_ciascuna_la_sua_modifica(
    indicatore: Indicatore, entra: Callable[[Utente], Client], controllo: Utente
) -> None:
    visto = scritti(indicatore, decimali="0")
    azioni.modifica_indicatore(indicatore, verso="decrescente", da=None)
    entra(controllo).post(indirizzo("indicatore_salva", indicatore), visto)
    indicatore.refresh_from_db()
    assert (indicatore.decimali, indicatore.verso) == (0, "decrescente")


@pytest.mark.parametrize(
    "cambiati",
    [{"decimali": "tanti"}, {"fonte": "999999"}, {"rilevatore": "x"}, {"nome": ""}, {"verso": "?"}],
)
def test_ciò_che_non_ha_senso_torna_accanto_al_campo(
    indicatore: Indicatore,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    cambiati: dict[str, str],
) -> None:
    risposta = entra(controllo).post(
        indirizzo("indicatore_salva", indicatore), scritti(indicatore, **cambiati)
    )
    assert risposta.status_code == 200
    assert list(risposta.context["form"].errors) == list(cambiati)
    assert not Evento.objects.exists()


def test_chi_non_governa_la_misurazione_non_vede_il_bottone(
    indicatore: Indicatore, entra: Callable[[Utente], Client], incaricato: Callable[..., Utente]
) -> None:
    client = entra(incaricato(Ruolo.RILEVATORE))
    assert "/modifica/" not in client.get(indicatore.get_absolute_url()).content.decode()
    assert client.get(indirizzo("indicatore_modifica", indicatore)).status_code == 403


@pytest.mark.parametrize("quanti", [1, 3])
def test_la_pagina_di_modifica_fa_sempre_le_stesse_domande(
    indicatore: Indicatore,
    entra: Callable[[Utente], Client],
    controllo: Utente,
    django_assert_num_queries: Any,
    quanti: int,
) -> None:
    organigramma = OrganigrammaFactory(azienda=indicatore.azienda)
    for n in range(quanti):
        in_un_piano(indicatore)
        UnitaFactory(organigramma=organigramma)
        FonteDati.objects.create(codice=f"f{n}", nome=f"Fonte {n}")
        RilevazioneFactory(indicatore=indicatore, anno=2020 + n)
    client = entra(controllo)
    with django_assert_num_queries(9):
        client.get(indirizzo("indicatore_modifica", indicatore))


def test_l_amministratore_legge_cio_che_conta_e_non_lo_cambia_da_li(
    indicatore: Indicatore, client: Client
) -> None:
    client.force_login(UtenteFactory(is_superuser=True, is_staff=True))
    risposta = client.get(f"/gestione/obiettivi/indicatore/{indicatore.pk}/change/")
    assert not CHE_CONTANO & set(risposta.context["adminform"].form.fields)
