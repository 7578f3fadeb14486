# SPDX-License-Identifier: AGPL-3.0-or-later
"""Published scores change only when somebody accepts the differences, with a reason."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.models import Calcolo, Misura, Raggiungimento, Rilevazione
from piani import azioni as azioni_piani
from piani.models import Azienda, DocumentoPubblicato, Evento, Piano, Utente
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RilevazioneFactory,
    SezioneFactory,
    TargetFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = Calcolo.Stato


@pytest.fixture
def misura(azienda: Azienda) -> Misura:
    """An indicator at half of its target, in a computed and published plan."""
    piano = PianoFactory(azienda=azienda)
    SezioneFactory(piano=piano)
    EdizioneFactory(azienda=azienda)
    misura = MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)))
    TargetFactory(misura=misura, stampato="≥ 80%")
    RilevazioneFactory(indicatore=misura.indicatore, valore=40)
    calcola(piano)
    documento = azioni_piani.pubblica(piano, da=None)
    # As the print would leave it: what is frozen is in the photograph, not in the PDF.
    DocumentoPubblicato.objects.filter(pk=documento.pk).update(
        stato=DocumentoPubblicato.Stato.PRONTO, sha256_pdf="0" * 64
    )
    return misura


@pytest.fixture
def piano(misura: Misura) -> Piano:
    return misura.obiettivo.area.piano


def calcola(piano: Piano, anno: int = 2022) -> Calcolo:
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=anno, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    return calcolo


def del_piano() -> Decimal | None:
    return Raggiungimento.objects.get(livello=Raggiungimento.Livello.PIANO, anno=2022).punteggio


def test_se_nulla_cambia_il_calcolo_finisce(piano: Piano) -> None:
    calcolo = calcola(piano)
    assert (calcolo.stato, calcolo.scritti, calcolo.cambiamenti) == (Stato.FATTO, 0, [])


def test_un_cambiamento_aspetta_e_i_punteggi_pubblicati_restano(piano: Piano) -> None:
    Rilevazione.objects.update(valore=60)
    calcolo = calcola(piano)
    assert calcolo.stato == Stato.DA_ACCETTARE
    assert [
        (c["livello"], c["prima"], c["dopo"], c["differenza"]) for c in calcolo.cambiamenti
    ] == [
        (livello, "50,00", "75,00", "+25,00")
        for livello in ("Piano", "Area", "Obiettivo", "Indicatore")
    ]
    assert del_piano() == Decimal(50)


def test_accettare_chiede_un_motivo_che_resta_agli_atti(piano: Piano, controllo: Utente) -> None:
    Rilevazione.objects.update(valore=60)
    calcolo = calcola(piano)
    with pytest.raises(ValidationError, match="Scrivi perché"):
        azioni.accetta_calcolo(calcolo, motivo="  ", da=controllo)
    azioni.accetta_calcolo(calcolo, motivo="Dato definitivo", da=controllo)
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    assert (calcolo.stato, calcolo.scritti, calcolo.motivo) == (Stato.FATTO, 4, "Dato definitivo")
    assert del_piano() == Decimal(75)
    evento = Evento.objects.get(tipo="calcolo.accettato")
    assert (evento.da, len(evento.dati["cambiamenti"])) == (controllo, 4)


def test_se_intanto_i_dati_cambiano_si_aspetta_di_nuovo(piano: Piano, controllo: Utente) -> None:
    Rilevazione.objects.update(valore=60)
    calcolo = calcola(piano)
    azioni.accetta_calcolo(calcolo, motivo="Dato definitivo", da=controllo)
    Rilevazione.objects.update(valore=20)
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    assert (calcolo.stato, calcolo.motivo) == (Stato.DA_ACCETTARE, "")
    assert calcolo.cambiamenti[0]["dopo"] == "25,00"
    assert del_piano() == Decimal(50)


def test_non_si_accetta_due_volte(piano: Piano, controllo: Utente) -> None:
    Rilevazione.objects.update(valore=60)
    calcolo = calcola(piano)
    azioni.accetta_calcolo(calcolo, motivo="Dato definitivo", da=controllo)
    with pytest.raises(ValidationError, match="non aspetta più"):
        azioni.accetta_calcolo(calcolo, motivo="Dato definitivo", da=controllo)


def test_un_periodo_che_il_documento_non_mostra_si_calcola_senza_chiedere(piano: Piano) -> None:
    EdizioneFactory(azienda=piano.azienda, anno=2023)
    assert calcola(piano, 2023).stato == Stato.FATTO


def test_la_pagina_mostra_le_differenze_e_accetta(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    Rilevazione.objects.update(valore=60)
    calcolo = calcola(piano)
    client = entra(controllo)
    assert "Punteggi pubblicati che cambierebbero" in client.get(reverse("home")).content.decode()
    testo = client.get(calcolo.get_absolute_url()).content.decode()
    assert "+25,00" in testo
    accetta = reverse("accetta_calcolo", args=[calcolo.pk])
    vuoto = client.post(accetta, {"motivo": ""}, follow=True)
    assert "Scrivi perché i punteggi pubblicati devono cambiare" in vuoto.content.decode()
    client.post(accetta, {"motivo": "Dato definitivo"})
    calcolo.refresh_from_db()
    assert (calcolo.stato, calcolo.motivo) == (Stato.IN_ATTESA, "Dato definitivo")


def test_un_risultato_nuovo_non_tocca_i_punteggi_pubblicati(
    misura: Misura, piano: Piano, controllo: Utente
) -> None:
    prima = azioni.rileva(misura.indicatore, anno=2022, valore=Decimal(60), da=controllo)
    assert (prima.punteggi, prima.trattenuti) == (0, [str(piano)])
    azioni.rileva(misura.indicatore, anno=2022, valore=Decimal(72), da=controllo)
    fermo = Calcolo.objects.get(stato=Stato.DA_ACCETTARE)
    assert fermo.cambiamenti[0]["dopo"] == "90,00"
    assert del_piano() == Decimal(50)
    azioni.accetta_calcolo(fermo, motivo="Dato definitivo", da=controllo)
    azioni.esegui(fermo.pk)
    assert del_piano() == Decimal(90)


def test_un_obiettivo_pre_requisito_non_conta_nella_media(piano: Piano) -> None:
    altro = ObiettivoFactory(area=AreaFactory(piano=piano), prerequisito=True)
    misura = MisuraFactory(obiettivo=altro)
    TargetFactory(misura=misura, stampato="≥ 80%", anno=2023)
    EdizioneFactory(azienda=piano.azienda, anno=2023)
    RilevazioneFactory(indicatore=misura.indicatore, anno=2023, valore=80)
    primo = piano.aree.first().obiettivi.first().misure.first()
    TargetFactory(misura=primo, stampato="≥ 80%", anno=2023)
    RilevazioneFactory(indicatore=primo.indicatore, anno=2023, valore=40)
    calcola(piano, 2023)
    righe = Raggiungimento.objects.filter(livello=Raggiungimento.Livello.PIANO, anno=2023)
    assert righe.get().punteggio == Decimal(50)
