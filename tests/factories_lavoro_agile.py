# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of the lavoro agile and of the azioni positive for the tests. People are invented."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from lavoro_agile import models
from lavoro_agile.predefinite import dati_predefiniti
from piani.models import (
    AreaAzioniPositive,
    AzionePositiva,
    MonitoraggioAzione,
    PersonalePerGenere,
    Piano,
    RelazioneCUG,
)
from piani.models.relazione_cug import termine_relazione
from tests.factories import (
    AreaFactory,
    AziendaFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    UtenteFactory,
)


def oggi(**quanto: int) -> object:
    """A lazy day: today, or so many days before."""
    return factory.LazyFunction(lambda: timezone.localdate() - timedelta(**quanto))


class EdizioneAgileFactory(DjangoModelFactory):
    class Meta:
        model = models.EdizioneLavoroAgile

    azienda = factory.SubFactory(AziendaFactory)
    slug = factory.Sequence(lambda n: f"lavoro-agile-di-prova-{n}")
    nome = factory.Sequence(lambda n: f"Lavoro agile di prova {n}")
    anno_inizio = 2021
    anno_fine = 2023
    stato = models.EdizioneLavoroAgile.Stato.IN_VIGORE
    parametri = factory.LazyFunction(lambda: dati_predefiniti("ats-milano-2018"))


class BandoAgileFactory(DjangoModelFactory):
    """An open call."""

    class Meta:
        model = models.BandoLavoroAgile

    edizione = factory.SubFactory(EdizioneAgileFactory)
    numero = factory.Sequence(lambda n: n % 30_000 + 1)
    titolo = "Bando di prova"
    apre_il = oggi(days=10)
    chiude_il = oggi(days=-20)
    stato = models.BandoLavoroAgile.Stato.PUBBLICATO


class TrancheFactory(DjangoModelFactory):
    class Meta:
        model = models.Tranche

    bando = factory.SubFactory(BandoAgileFactory)
    ordine = factory.Sequence(lambda n: n % 30_000 + 1)
    entro = date(2019, 3, 31)
    posti = 35


class DomandaAgileFactory(DjangoModelFactory):
    """A request waiting for the head's opinion. Its unit is printed, unless one is given."""

    class Meta:
        model = models.DomandaLavoroAgile

    bando = factory.SubFactory(BandoAgileFactory)
    numero = factory.Sequence(lambda n: n + 1)
    persona = factory.SubFactory(UtenteFactory)
    area = models.Area.COMPARTO
    genere = models.Genere.F
    unita_stampata = "Unità di prova"
    stato = models.DomandaLavoroAgile.Stato.PRESENTATA
    giorni_chiesti = 6
    giorni_settimana = 2
    attivita = "Istruttoria delle pratiche."
    presentata_il = date(2022, 3, 1)


class MotivoFactory(DjangoModelFactory):
    class Meta:
        model = models.MotivoDomanda

    domanda = factory.SubFactory(DomandaAgileFactory)
    codice = "salute"
    dettaglio = "Dettaglio riservato di prova."
    conserva_fino_al = oggi(days=-365)


class AccordoAgileFactory(DjangoModelFactory):
    """An agreement signed and in force."""

    class Meta:
        model = models.AccordoIndividuale

    edizione = factory.SubFactory(EdizioneAgileFactory)
    numero = factory.Sequence(lambda n: n + 1)
    persona = factory.SubFactory(UtenteFactory)
    area = models.Area.COMPARTO
    genere = models.Genere.F
    unita_stampata = "Unità di prova"
    stato = models.AccordoIndividuale.Stato.SOTTOSCRITTO
    dal = oggi(days=30)
    al = oggi(days=-335)
    sottoscritto_il = oggi(days=31)
    giorni_mese = 6
    giorni_settimana = 2


class TutelaFactory(DjangoModelFactory):
    class Meta:
        model = models.TutelaAccordo

    accordo = factory.SubFactory(AccordoAgileFactory)
    tipo = models.TutelaAccordo.Tipo.FRAGILE
    dal = oggi(days=30)
    conserva_fino_al = oggi(days=-365)


class RecessoFactory(DjangoModelFactory):
    class Meta:
        model = models.RecessoAccordo

    accordo = factory.SubFactory(AccordoAgileFactory)
    parte = models.RecessoAccordo.Parte.PERSONA
    comunicato_il = oggi(days=5)
    decorre_dal = oggi(days=-25)


class CampagnaFactory(DjangoModelFactory):
    """A mapping open today."""

    class Meta:
        model = models.CampagnaMappatura

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2022
    titolo = "Mappatura di prova"
    stato = models.CampagnaMappatura.Stato.APERTA
    apre_il = oggi(days=10)
    chiude_il = oggi(days=-20)


class MappaturaFactory(DjangoModelFactory):
    class Meta:
        model = models.MappaturaAttivita

    campagna = factory.SubFactory(CampagnaFactory)
    unita_stampata = "Unità di prova"


class AttivitaFactory(DjangoModelFactory):
    class Meta:
        model = models.AttivitaMappata

    mappatura = factory.SubFactory(MappaturaFactory)
    ordine = factory.Sequence(lambda n: n % 30_000 + 1)
    nome = "Istruttoria delle pratiche"
    autonomia = models.Livello.ALTO
    interdipendenza = models.Livello.BASSO
    misurabilita = models.Livello.MEDIO
    smartabile = models.Smartabile.SI


class ProfiloFactory(DjangoModelFactory):
    class Meta:
        model = models.ProfiloMappato

    mappatura = factory.SubFactory(MappaturaFactory)
    ordine = factory.Sequence(lambda n: n % 30_000 + 1)
    area = models.Area.COMPARTO
    profilo = factory.Sequence(lambda n: f"Profilo di prova {n}")
    in_servizio = 10
    potenziali = 6


class PolaFactory(DjangoModelFactory):
    class Meta:
        model = models.Pola

    piano = factory.SubFactory(PianoFactory, tipo=Piano.Tipo.POLA, anno_inizio=2021, anno_fine=2023)


class FaseSviluppoFactory(DjangoModelFactory):
    class Meta:
        model = models.FaseSviluppo

    pola = factory.SubFactory(PolaFactory)
    genere = models.FaseSviluppo.Genere.AVVIO
    anno = 2021


class IndicatorePolaFactory(DjangoModelFactory):
    class Meta:
        model = models.IndicatorePola

    pola = factory.SubFactory(PolaFactory)
    misura = factory.LazyAttribute(
        lambda o: MisuraFactory(obiettivo=ObiettivoFactory(area=AreaFactory(piano=o.pola.piano)))
    )
    ordine = factory.Sequence(lambda n: n % 30_000 + 1)
    dimensione = models.Dimensione.DIGITALE


class RilevazioneAgileFactory(DjangoModelFactory):
    class Meta:
        model = models.RilevazioneAgile

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2021
    giorno = date(2021, 4, 30)
    titolo = "Autorizzati al 30 aprile 2021"
    dipendenti = 2426
    potenziali = 223


class AutorizzatiFactory(DjangoModelFactory):
    class Meta:
        model = models.AutorizzatiUnita

    rilevazione = factory.SubFactory(RilevazioneAgileFactory)
    ordine = factory.Sequence(lambda n: n % 30_000 + 1)
    unita_stampata = factory.Sequence(lambda n: f"Unità di prova {n}")
    genere = models.Genere.F
    quanti = 6


class GiornateFactory(DjangoModelFactory):
    """A month of a unit."""

    class Meta:
        model = models.GiornateAgili

    azienda = factory.SubFactory(AziendaFactory)
    unita_stampata = factory.Sequence(lambda n: f"Unità di prova {n}")
    anno = 2021
    mese = 3
    persone = 8
    giorni = 40
    giorni_lavorabili = 160
    ore = 288
    ore_lavorabili = 1152


class PianoPositivoFactory(PianoFactory):
    tipo = Piano.Tipo.AZIONI_POSITIVE


class AreaPositivaFactory(DjangoModelFactory):
    class Meta:
        model = AreaAzioniPositive

    piano = factory.SubFactory(PianoPositivoFactory)
    ordine = factory.Sequence(lambda n: n % 30_000 + 1)
    nome = "Benessere organizzativo"


class AzionePositivaFactory(DjangoModelFactory):
    class Meta:
        model = AzionePositiva

    area = factory.SubFactory(AreaPositivaFactory)
    ordine = factory.Sequence(lambda n: n % 30_000 + 1)
    titolo = "Indagine sul benessere"
    anno_inizio = 2022
    anno_fine = 2024


class MonitoraggioAzioneFactory(DjangoModelFactory):
    class Meta:
        model = MonitoraggioAzione

    azione = factory.SubFactory(AzionePositivaFactory)
    anno = 2022
    stato = MonitoraggioAzione.Stato.IN_CORSO
    percentuale = 50


class PersonaleGenereFactory(DjangoModelFactory):
    class Meta:
        model = PersonalePerGenere

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2021
    ruolo = factory.Sequence(lambda n: f"Ruolo di prova {n}")
    femmine = 60
    maschi = 13


class RelazioneCUGFactory(DjangoModelFactory):
    class Meta:
        model = RelazioneCUG

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2022
    scade_il = factory.LazyAttribute(lambda o: termine_relazione(o.anno))
