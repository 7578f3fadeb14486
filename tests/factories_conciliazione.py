# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows of the conciliation for the tests. People and bodies are invented."""

from datetime import date, timedelta
from decimal import Decimal

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from conciliazione import models
from conciliazione.predefinite import dati_predefiniti
from piani.models import Azienda, Domanda, InvitoQuestionario, Questionario
from piani.models.questionario import impronta_gettone
from tests.factories import AziendaFactory, UtenteFactory


def fa(**quanto: int) -> object:
    """A lazy moment in the past (or, with a minus, in the future)."""
    return factory.LazyFunction(lambda: timezone.now() - timedelta(**quanto))


class AtsFactory(AziendaFactory):
    """An ATS: the only bodies that lead a network."""

    codice = factory.Sequence(lambda n: f"ats-prova-{n}")
    tipo = Azienda.Tipo.ATS
    nome = factory.Sequence(lambda n: f"ATS di prova {n}")


class EdizioneConciliazioneFactory(DjangoModelFactory):
    class Meta:
        model = models.EdizioneConciliazione

    azienda = factory.SubFactory(AtsFactory)
    slug = factory.Sequence(lambda n: f"conciliazione-di-prova-{n}")
    nome = factory.Sequence(lambda n: f"Piano di conciliazione di prova {n}")
    anno_inizio = 2020
    anno_fine = 2023
    stato = models.EdizioneConciliazione.Stato.IN_VIGORE
    parametri = factory.LazyFunction(lambda: dati_predefiniti("2020-2023"))


class AmbitoFactory(DjangoModelFactory):
    class Meta:
        model = models.Ambito

    azienda = factory.SubFactory(AtsFactory)
    codice = factory.Sequence(lambda n: f"ambito-{n}")
    nome = factory.Sequence(lambda n: f"Ambito di prova {n}")


class ComuneFactory(DjangoModelFactory):
    class Meta:
        model = models.Comune

    azienda = factory.SelfAttribute("ambito.azienda")
    ambito = factory.SubFactory(AmbitoFactory)
    nome = factory.Sequence(lambda n: f"Comune di prova {n}")


class EnteFactory(DjangoModelFactory):
    """A municipality, unless another ``tipo`` and ``natura`` are given."""

    class Meta:
        model = models.Ente

    azienda = factory.SubFactory(AtsFactory)
    nome = factory.Sequence(lambda n: f"Ente di prova {n}")
    tipo = "pubblico"
    natura = "pubblica"
    ente_locale = factory.LazyAttribute(lambda o: o.tipo == "pubblico")


class ImpresaFactory(EnteFactory):
    tipo = "profit"
    natura = "privata_profit"
    dimensione = "piccola"


class AssociazioneFactory(EnteFactory):
    tipo = "non_profit"
    natura = "privata_non_profit"


class AdesioneFactory(DjangoModelFactory):
    """An accepted adhesion, of a body that is in the network."""

    class Meta:
        model = models.Adesione

    ente = factory.SubFactory(EnteFactory)
    azienda = factory.SelfAttribute("ente.azienda")
    stato = models.Adesione.Stato.ACCOLTA
    denominazione = factory.SelfAttribute("ente.nome")
    tipo = factory.SelfAttribute("ente.tipo")
    natura = factory.SelfAttribute("ente.natura")
    referente_email = "referente@example.org"
    regolamento_visto = True
    dal = date(2017, 1, 27)


class ReferenteFactory(DjangoModelFactory):
    class Meta:
        model = models.Referente

    ente = factory.SubFactory(EnteFactory)
    utente = factory.SubFactory(UtenteFactory, rappresenta_enti=True)
    dal = date(2017, 1, 1)


class SeggioFactory(DjangoModelFactory):
    class Meta:
        model = models.Seggio

    edizione = factory.SubFactory(EdizioneConciliazioneFactory)
    ordine = factory.Sequence(lambda n: n % 30_000)
    tipologia = "OO.SS."
    ente = factory.SubFactory(EnteFactory, azienda=factory.SelfAttribute("..edizione.azienda"))


class ComponenteFactory(DjangoModelFactory):
    class Meta:
        model = models.Componente

    seggio = factory.SubFactory(SeggioFactory)
    qualita = models.Componente.Qualita.TITOLARE
    utente = factory.SubFactory(UtenteFactory, rappresenta_enti=True)
    dal = date(2017, 1, 1)


class SedutaFactory(DjangoModelFactory):
    class Meta:
        model = models.Seduta

    edizione = factory.SubFactory(EdizioneConciliazioneFactory)
    organo = models.Seduta.Organo.COMITATO
    stato = models.Seduta.Stato.CONVOCATA
    oggetto = "Valutazione dei progetti"
    quando = fa(days=-10)
    convocata_il = fa(days=1)


class PuntoOrdineFactory(DjangoModelFactory):
    class Meta:
        model = models.PuntoOrdine

    seduta = factory.SubFactory(SedutaFactory)
    ordine = factory.Sequence(lambda n: n % 30_000)
    titolo = "Graduatoria delle proposte"


class VotazioneFactory(DjangoModelFactory):
    class Meta:
        model = models.Votazione

    punto = factory.SubFactory(PuntoOrdineFactory)
    quesito = "Si approva la graduatoria?"


class VerbaleFactory(DjangoModelFactory):
    class Meta:
        model = models.Verbale

    seduta = factory.SubFactory(SedutaFactory)


class ManifestazioneFactory(DjangoModelFactory):
    """An open call; ``chiusa=True``: closed yesterday, under evaluation."""

    class Meta:
        model = models.ManifestazioneInteresse

    class Params:
        chiusa = factory.Trait(
            chiude_il=fa(days=1),
            stato=models.ManifestazioneInteresse.Stato.IN_VALUTAZIONE,
        )

    edizione = factory.SubFactory(EdizioneConciliazioneFactory)
    numero = factory.Sequence(lambda n: n % 30_000)
    titolo = "Manifestazione di interesse di prova"
    dotazione = Decimal("726507.00")
    apre_il = fa(days=30)
    chiude_il = fa(days=-30)
    stato = models.ManifestazioneInteresse.Stato.PUBBLICATA


class CriterioFactory(DjangoModelFactory):
    class Meta:
        model = models.Criterio

    manifestazione = factory.SubFactory(ManifestazioneFactory)
    ordine = factory.Sequence(lambda n: n % 30_000)
    codice = factory.Sequence(lambda n: f"criterio-{n}")
    nome = "Coerenza"
    punti = Decimal(20)


class PropostaFactory(DjangoModelFactory):
    """A draft; ``presentata=True`` for one that was sent."""

    class Meta:
        model = models.Proposta

    class Params:
        presentata = factory.Trait(stato=models.Proposta.Stato.PRESENTATA, presentata_il=fa(days=2))

    manifestazione = factory.SubFactory(ManifestazioneFactory)
    capofila = factory.SubFactory(
        EnteFactory, azienda=factory.SelfAttribute("..manifestazione.edizione.azienda")
    )
    titolo = "Proposta di prova"


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = models.Partner

    proposta = factory.SubFactory(PropostaFactory)
    ente = factory.SubFactory(
        ImpresaFactory,
        azienda=factory.SelfAttribute("..proposta.manifestazione.edizione.azienda"),
    )
    stato = models.Partner.Stato.CONFERMATO


class VersioneFactory(DjangoModelFactory):
    class Meta:
        model = models.VersioneProposta

    proposta = factory.SubFactory(PropostaFactory)
    numero = 1
    titolo = "Proposta di prova"


class AzionePropostaFactory(DjangoModelFactory):
    class Meta:
        model = models.AzioneProposta

    versione = factory.SubFactory(VersioneFactory)
    ordine = factory.Sequence(lambda n: n % 30_000)
    titolo = "Centro estivo"
    intervento = "b2"


class ValutatoreFactory(DjangoModelFactory):
    class Meta:
        model = models.Valutatore

    manifestazione = factory.SubFactory(ManifestazioneFactory, chiusa=True)
    seggio = factory.SubFactory(
        SeggioFactory, edizione=factory.SelfAttribute("..manifestazione.edizione")
    )
    stato = models.Valutatore.Stato.ATTIVO


class ScenarioFactory(DjangoModelFactory):
    class Meta:
        model = models.Scenario

    manifestazione = factory.SubFactory(ManifestazioneFactory, chiusa=True)
    nome = factory.Sequence(lambda n: f"Scenario {n}")
    dotazione = Decimal("726507.00")


class PianoFinanziarioFactory(DjangoModelFactory):
    class Meta:
        model = models.PianoFinanziario

    edizione = factory.SubFactory(EdizioneConciliazioneFactory)
    numero = factory.Sequence(lambda n: n % 30_000)
    nome = "Piano finanziario di prova"


class ProgettoFactory(DjangoModelFactory):
    """A project under way, of a financed proposal of a concluded call."""

    class Meta:
        model = models.Progetto

    proposta = factory.SubFactory(
        PropostaFactory,
        manifestazione=factory.SubFactory(ManifestazioneFactory, chiusa=True),
        stato=models.Proposta.Stato.FINANZIATA,
        presentata_il=fa(days=2),
    )
    edizione = factory.SelfAttribute("proposta.manifestazione.edizione")
    capofila = factory.SelfAttribute("proposta.capofila")
    numero = factory.Sequence(lambda n: n % 30_000)
    titolo = "Progetto di prova"
    stato = models.Progetto.Stato.IN_CORSO
    costo = Decimal("100000.00")
    contributo = Decimal("70000.00")
    dal = date(2021, 1, 1)
    al = date(2023, 6, 30)


class AzioneProgettoFactory(DjangoModelFactory):
    class Meta:
        model = models.AzioneProgetto

    progetto = factory.SubFactory(ProgettoFactory)
    ordine = factory.Sequence(lambda n: n % 30_000)
    titolo = "Centro estivo"
    persone = 100
    imprese = 10


class VoceBudgetFactory(DjangoModelFactory):
    class Meta:
        model = models.VoceBudget

    azione = factory.SubFactory(AzioneProgettoFactory)
    categoria = "servizi"
    importo = Decimal("10000.00")


class AzioneDiPianoFactory(DjangoModelFactory):
    class Meta:
        model = models.AzioneDiPiano

    edizione = factory.SubFactory(EdizioneConciliazioneFactory)
    genere = models.AzioneDiPiano.Genere.SISTEMA
    ordine = factory.Sequence(lambda n: n % 30_000)
    titolo = "Comunicazione"


class AccordoFactory(DjangoModelFactory):
    class Meta:
        model = models.Accordo

    progetto = factory.SubFactory(ProgettoFactory)
    genere = models.Accordo.Genere.PARTENARIATO


class SemestreFactory(DjangoModelFactory):
    class Meta:
        model = models.SemestreMonitoraggio

    edizione = factory.SubFactory(EdizioneConciliazioneFactory)
    anno = 2021
    semestre = 1
    apre = date(2021, 7, 1)
    scade = date(2099, 12, 31)


class RilevazioneProgettoFactory(DjangoModelFactory):
    class Meta:
        model = models.RilevazioneProgetto

    progetto = factory.SubFactory(ProgettoFactory)
    semestre = factory.SubFactory(
        SemestreFactory, edizione=factory.SelfAttribute("..progetto.edizione")
    )


class RendicontoFactory(DjangoModelFactory):
    class Meta:
        model = models.Rendiconto

    progetto = factory.SubFactory(ProgettoFactory)
    rata = "anticipo"


class SpesaFactory(DjangoModelFactory):
    class Meta:
        model = models.Spesa

    voce = factory.SubFactory(VoceBudgetFactory)
    progetto = factory.SelfAttribute("voce.azione.progetto")
    ente = factory.SelfAttribute("progetto.capofila")
    descrizione = "Educatori del centro estivo"
    documento = factory.Sequence(lambda n: f"Fattura {n}")
    documento_del = date(2021, 7, 31)
    importo = Decimal("1000.00")


class PagamentoFactory(DjangoModelFactory):
    class Meta:
        model = models.Pagamento

    rendiconto = factory.SubFactory(RendicontoFactory, stato="approvato")
    edizione = factory.SelfAttribute("rendiconto.progetto.edizione")
    importo = Decimal("35000.00")
    atto = "Determina di prova"
    disposto_il = date(2021, 3, 1)


class MappaImpattoFactory(DjangoModelFactory):
    class Meta:
        model = models.MappaImpatto

    progetto = factory.SubFactory(ProgettoFactory)
    edizione = factory.SelfAttribute("progetto.edizione")


class QuestionarioFactory(DjangoModelFactory):
    """An open questionnaire."""

    class Meta:
        model = Questionario

    azienda = factory.SubFactory(AtsFactory)
    titolo = "Questionario di prova"
    stato = Questionario.Stato.APERTO
    apre = date(2020, 1, 1)
    chiude = date(2099, 12, 31)


class DomandaFactory(DjangoModelFactory):
    class Meta:
        model = Domanda

    questionario = factory.SubFactory(QuestionarioFactory)
    ordine = factory.Sequence(lambda n: n % 30_000)
    dimensione = "Relazione con il tempo"
    testo = "Quanto è migliorata la gestione del tuo tempo?"


class InvitoQuestionarioFactory(DjangoModelFactory):
    class Meta:
        model = InvitoQuestionario

    questionario = factory.SubFactory(QuestionarioFactory)
    impronta = factory.Sequence(lambda n: impronta_gettone(f"gettone-{n}"))


class QuestionarioImpattoFactory(DjangoModelFactory):
    class Meta:
        model = models.QuestionarioImpatto

    progetto = factory.SubFactory(ProgettoFactory)
    edizione = factory.SelfAttribute("progetto.edizione")
    questionario = factory.SubFactory(
        QuestionarioFactory, azienda=factory.SelfAttribute("..edizione.azienda")
    )
    rivolto = models.QuestionarioImpatto.Rivolto.BENEFICIARI
