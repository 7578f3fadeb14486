# SPDX-License-Identifier: AGPL-3.0-or-later
"""Minutes: proposed from what was kept, sent as they are, validated, printed once and for good."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from conciliazione.azioni import adunanza, consultazione, votazione
from conciliazione.azioni import seduta as sedute
from conciliazione.azioni import verbale as azioni
from conciliazione.azioni.presenze import Detta, segna_presenze, segna_presenze_rete
from conciliazione.comitato import posta, tasks
from conciliazione.comitato.firme import firme_di
from conciliazione.comitato.stampa import rende_pdf
from conciliazione.comitato.verbale import fotografa
from conciliazione.models import (
    Adesione,
    EdizioneConciliazione,
    Ente,
    FirmaRichiesta,
    RichiestaConsultazione,
    Seduta,
    Seggio,
    Verbale,
)
from piani.models import Evento, Utente
from tests.factories_conciliazione import (
    AdesioneFactory,
    ComponenteFactory,
    EnteFactory,
    PuntoOrdineFactory,
    ReferenteFactory,
    SedutaFactory,
    SeggioFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def seggi(edizione: EdizioneConciliazione) -> list[Seggio]:
    """Three seats with their titolare: the quorum is two; the first is the capofila's."""
    tutti = [
        SeggioFactory(edizione=edizione, ordine=n, denominazione=f"Seggio {n}", capofila=n == 1)
        for n in range(1, 4)
    ]
    for uno in tutti:
        ComponenteFactory(seggio=uno)
    return tutti


def titolare(seggio: Seggio) -> Utente:
    return seggio.componenti.get().utente


@pytest.fixture
def chiusa(edizione: EdizioneConciliazione, ufficio: Utente, seggi: list[Seggio]) -> Seduta:
    """Held by two of three, that approved a question by the vote of the capofila."""
    seduta = SedutaFactory(edizione=edizione, quando=timezone.now(), sede="Sala grande")
    punto = PuntoOrdineFactory(seduta=seduta, ordine=1, titolo="Graduatoria")
    detti = {uno.pk: Detta(titolare=True) for uno in seggi[:2]}
    segna_presenze(seduta, seggi=detti, da=ufficio)
    adunanza.apri_seduta(seduta, da=ufficio)
    questa = votazione.apri_votazione(punto, quesito="Si approva la graduatoria?", da=ufficio)
    for uno, valore in zip(seggi, ("favorevole", "contrario"), strict=False):
        votazione.vota(questa, seggio=uno, valore=valore, da=titolare(uno))
    votazione.chiudi_votazione(questa, da=ufficio)
    adunanza.scrivi_esito(punto, esito="Si discute la graduatoria.", da=ufficio)
    adunanza.chiudi_seduta(seduta, da=ufficio)
    return Seduta.objects.get(pk=seduta.pk)


@pytest.fixture
def inviato(chiusa: Seduta, ufficio: Utente) -> Verbale:
    verbale = azioni.proponi_verbale(chiusa, da=ufficio)
    azioni.invia_verbale(verbale, da=ufficio)
    return verbale


def rifiuto(azione: Callable[..., Any], *args: Any, **kwargs: Any) -> str:
    with pytest.raises(ValidationError) as raccolto:
        azione(*args, **kwargs)
    return " ".join(raccolto.value.messages)


def test_il_testo_e_proposto_da_presenze_punti_e_voti(chiusa: Seduta, ufficio: Utente) -> None:
    verbale = azioni.proponi_verbale(chiusa, da=ufficio)
    assert "presso Sala grande, si riunisce il Comitato" in verbale.testo
    assert "Sono presenti 2 componenti su 3; il numero legale è 2." in verbale.testo
    assert "### 1. Graduatoria\n\nSi discute la graduatoria." in verbale.testo
    assert (
        "**Si approva la graduatoria?** Su 2 presenti: 1 favorevole, 1 contrario, 0 astenuti. La "
        "maggioranza di 2 presenti è 2. Parità: prevale il voto del capofila di Rete, favorevole. "
        "La proposta è approvata." in verbale.testo
    )
    azioni.scrivi_verbale(verbale, testo="Un altro testo.", da=ufficio)
    assert Verbale.objects.get().testo == "Un altro testo."


def test_di_una_seduta_aperta_non_c_e_verbale(edizione: EdizioneConciliazione) -> None:
    seduta = SedutaFactory(edizione=edizione)
    assert "solo quando è «Chiusa»" in rifiuto(azioni.proponi_verbale, seduta, da=None)


def test_inviato_resta_com_e(inviato: Verbale, ufficio: Utente, seggi: list[Seggio]) -> None:
    foto = Verbale.objects.get().fotografia
    assert [(una["di_chi"], una["come"]) for una in foto["presenze"]] == [
        ("Seggio 1", "titolare"), ("Seggio 2", "titolare"), ("Seggio 3", "assente"),
    ]  # fmt: skip
    assert foto["punti"][0]["votazioni"][0]["voti"] == [
        {"seggio": "Seggio 1", "voto": "Favorevole"},
        {"seggio": "Seggio 2", "voto": "Contrario"},
    ]
    punto = inviato.seduta.punti.get()
    assert "Il verbale è già inviato" in rifiuto(
        adunanza.scrivi_esito, punto, esito="Altro", da=ufficio
    )
    assert "solo quando è «Bozza»" in rifiuto(azioni.scrivi_verbale, inviato, testo="x", da=ufficio)
    assert posta.spedisci_verbale(inviato) == 3
    assert posta.spedisci_verbale(inviato) == 0
    assert "per la validazione" in mail.outbox[0].body


def test_i_componenti_validano_una_volta(
    inviato: Verbale, ufficio: Utente, seggi: list[Seggio]
) -> None:
    primo, secondo, terzo = seggi
    assert "Nessun componente si è ancora espresso" in rifiuto(
        azioni.concludi_validazione, inviato, da=ufficio
    )
    azioni.valida_verbale(inviato, seggio=primo, conforme=True, da=titolare(primo))
    assert "si è già espresso" in rifiuto(
        azioni.valida_verbale, inviato, seggio=primo, conforme=True, da=titolare(primo)
    )
    assert "Scrivi che cosa va corretto." in rifiuto(
        azioni.valida_verbale, inviato, seggio=secondo, conforme=False, da=titolare(secondo)
    )
    azioni.valida_verbale(
        inviato, seggio=secondo, conforme=False, osservazione="Ero assente al punto 1.",
        da=titolare(secondo),
    )  # fmt: skip
    with pytest.raises(PermissionDenied):
        azioni.valida_verbale(inviato, seggio=terzo, conforme=True, da=ufficio)


def test_riportato_in_bozza_si_chiede_di_nuovo_e_niente_si_perde(
    inviato: Verbale, ufficio: Utente, seggi: list[Seggio]
) -> None:
    posta.spedisci_verbale(inviato)
    azioni.valida_verbale(
        inviato, seggio=seggi[0], conforme=False, osservazione="L'ora è sbagliata.",
        da=titolare(seggi[0]),
    )  # fmt: skip
    azioni.riprendi_verbale(inviato, motivo="Si corregge l'ora", da=ufficio)
    evento = Evento.objects.get(tipo="conc_verbale.ripreso")
    assert evento.dati["validazioni"] == [
        {"seggio": "Seggio 1", "conforme": False, "osservazione": "L'ora è sbagliata."}
    ]
    azioni.invia_verbale(inviato, da=ufficio)
    assert posta.spedisci_verbale(Verbale.objects.get()) == 3
    azioni.valida_verbale(inviato, seggio=seggi[0], conforme=True, da=titolare(seggi[0]))


def test_il_definitivo_ha_il_pdf_con_la_sua_impronta(
    inviato: Verbale, ufficio: Utente, seggi: list[Seggio]
) -> None:
    azioni.valida_verbale(inviato, seggio=seggi[0], conforme=True, da=titolare(seggi[0]))
    azioni.concludi_validazione(inviato, da=ufficio)
    tasks.stampa_verbale(inviato.pk)
    verbale = Verbale.objects.get()
    with verbale.file.open("rb") as aperto:
        contenuto = aperto.read()
    assert verbale.stato == Verbale.Stato.VALIDATO
    assert verbale.sha256 == hashlib.sha256(contenuto).hexdigest()
    assert rende_pdf(verbale.fotografia).contenuto == contenuto  # the same bytes
    assert b"pdfuaid" in contenuto
    assert not azioni.stampa_verbale(verbale)
    assert Evento.objects.filter(tipo="conc_verbale.stampato").count() == 1
    assert "non può diventare «Bozza»" in rifiuto(
        azioni.riprendi_verbale, verbale, motivo="x", da=ufficio
    )


def test_la_fotografia_ha_un_impronta_che_non_cambia(chiusa: Seduta, ufficio: Utente) -> None:
    verbale = azioni.proponi_verbale(chiusa, da=ufficio)
    assert fotografa(verbale)["impronta"] == fotografa(verbale)["impronta"]


def test_una_decisione_si_collega_alla_sua_seduta(chiusa: Seduta, ufficio: Utente) -> None:
    ente = EnteFactory(azienda=chiusa.azienda, nome="Comune di prova")
    adesione = AdesioneFactory(ente=ente)
    adunanza.collega(chiusa, genere="adesione", chiave=adesione.pk, da=ufficio)
    adesione.refresh_from_db()
    assert adesione.seduta == chiusa
    assert "già collegata" in rifiuto(
        adunanza.collega, chiusa, genere="adesione", chiave=adesione.pk, da=ufficio
    )
    altrove = AdesioneFactory()
    assert "non c'è più" in rifiuto(
        adunanza.collega, chiusa, genere="adesione", chiave=altrove.pk, da=ufficio
    )
    testo = azioni.proponi_verbale(chiusa, da=ufficio).testo
    assert "- Adesione valutata: Comune di prova (accolta)" in testo


def test_il_verbale_della_rete_e_definitivo_appena_inviato(
    edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    membro = EnteFactory(azienda=edizione.azienda)
    AdesioneFactory(ente=membro)
    seduta = SedutaFactory(edizione=edizione, organo="rete", quando=timezone.now())
    segna_presenze_rete(seduta, presenti={membro.pk: "Ida Prova"}, da=ufficio)
    adunanza.apri_seduta(seduta, da=ufficio)
    adunanza.chiudi_seduta(seduta, da=ufficio)
    verbale = azioni.proponi_verbale(seduta, da=ufficio)
    assert "Sono presenti 1 enti." in verbale.testo
    azioni.invia_verbale(verbale, da=ufficio)
    assert Verbale.objects.get().stato == Verbale.Stato.VALIDATO


# Requests of consultation -----------------------------------------------------------------------


@pytest.fixture
def membri(edizione: EdizioneConciliazione) -> list[Ente]:
    """Five bodies of the network: a quarter of them are two."""
    enti = EnteFactory.create_batch(5, azienda=edizione.azienda)
    for ente in enti:
        AdesioneFactory(ente=ente)
    return enti


def chiesta(edizione: EdizioneConciliazione, ente: Ente) -> RichiestaConsultazione:
    da = ReferenteFactory(ente=ente).utente
    return consultazione.chiedi_consultazione(
        edizione, ente=ente, oggetto="Orari dei nidi", testo="Un parere.", da=da
    )


def della_rete(edizione: EdizioneConciliazione, ufficio: Utente) -> Seduta:
    return sedute.prepara_seduta(
        edizione, organo="rete", oggetto="Consultazione", sede="Aula",
        quando=timezone.now() + timedelta(days=20), da=ufficio,
    )  # fmt: skip


def test_un_quarto_dei_membri_porta_la_richiesta_in_seduta(
    edizione: EdizioneConciliazione, ufficio: Utente, membri: list[Ente]
) -> None:
    richiesta, seduta = chiesta(edizione, membri[0]), della_rete(edizione, ufficio)
    detto = rifiuto(consultazione.porta_in_seduta, richiesta, seduta=seduta, da=ufficio)
    assert "Hanno firmato 1 enti su 5: ne servono 2" in detto
    altro = ReferenteFactory(ente=membri[1]).utente
    consultazione.firma_richiesta(richiesta, ente=membri[1], da=altro)
    assert firme_di(richiesta).bastano
    consultazione.porta_in_seduta(richiesta, seduta=seduta, da=ufficio)
    assert [(uno.titolo, uno.genere) for uno in seduta.punti.all()] == [
        ("Orari dei nidi", "parere")
    ]
    detto = rifiuto(sedute.convoca, seduta, da=ufficio)
    assert "va al Capofila almeno 15 giorni prima della convocazione" in detto
    FirmaRichiesta.objects.update(firmata_il=timezone.now() - timedelta(days=15))
    sedute.convoca(seduta, da=ufficio)


def test_firma_una_volta_chi_rappresenta_un_membro(
    edizione: EdizioneConciliazione, ufficio: Utente, membri: list[Ente]
) -> None:
    richiesta = chiesta(edizione, membri[0])
    assert "già firmat" in rifiuto(
        consultazione.firma_richiesta, richiesta, ente=membri[0], da=None
    )
    with pytest.raises(PermissionDenied):
        consultazione.firma_richiesta(richiesta, ente=membri[1], da=ufficio)
    Adesione.objects.filter(ente=membri[2]).update(al=timezone.localdate() - timedelta(days=1))
    uscito = ReferenteFactory(ente=membri[2]).utente
    assert "oggi non fa parte della Rete" in rifiuto(
        consultazione.firma_richiesta, richiesta, ente=membri[2], da=uscito
    )
