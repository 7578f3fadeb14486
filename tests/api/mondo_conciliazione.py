# SPDX-License-Identifier: AGPL-3.0-or-later
"""A row of each resource of the conciliation, with what hangs from it, in an edition."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from conciliazione import models as m
from tests.factories_conciliazione import (
    AccordoFactory,
    AdesioneFactory,
    AmbitoFactory,
    AzioneDiPianoFactory,
    AzioneProgettoFactory,
    AzionePropostaFactory,
    ComponenteFactory,
    ComuneFactory,
    CriterioFactory,
    EnteFactory,
    ManifestazioneFactory,
    MappaImpattoFactory,
    PagamentoFactory,
    PartnerFactory,
    PianoFinanziarioFactory,
    ProgettoFactory,
    PropostaFactory,
    PuntoOrdineFactory,
    QuestionarioImpattoFactory,
    ReferenteFactory,
    RendicontoFactory,
    RilevazioneProgettoFactory,
    ScenarioFactory,
    SedutaFactory,
    SeggioFactory,
    SpesaFactory,
    ValutatoreFactory,
    VerbaleFactory,
    VersioneFactory,
    VoceBudgetFactory,
    VotazioneFactory,
)

_anni = count(2100)


def una_di_ogni(edizione: m.EdizioneConciliazione) -> dict[str, Any]:
    """By the name of the resource, the row that was made."""
    return {
        "edizioni": edizione,
        "riscontri": m.Riscontro.objects.create(
            edizione=edizione, ordine=next(_anni), chiave=f"c-{next(_anni)}", dove="Tabella 1",
            stampato="10", calcolato=Decimal(11),
        ),
        **_finanziario(edizione),
        **_rete(edizione),
        **_comitato(edizione),
        **_bandi(edizione),
        **_progetti(edizione),
    }  # fmt: skip


def _finanziario(edizione: m.EdizioneConciliazione) -> dict[str, Any]:
    piano = PianoFinanziarioFactory(edizione=edizione)
    for parte in ("fonte", "impiego"):
        voce = m.VoceFinanziaria.objects.create(
            piano=piano, parte=parte, codice=parte, ordine=1, nome=parte, importo=Decimal(100)
        )
    return {"piani-finanziari": piano, "voci-finanziarie": voce}


def _rete(edizione: m.EdizioneConciliazione) -> dict[str, Any]:
    ente = EnteFactory(azienda=edizione.azienda, email="ufficio@ente.example")
    composizione = m.ComposizioneRete.objects.create(
        edizione=edizione, anno=next(_anni), semestre=1, al=date(2021, 6, 30)
    )
    m.RigaComposizione.objects.create(composizione=composizione, tipo="pubblico", calcolato=3)
    comune = ComuneFactory(ambito=AmbitoFactory(azienda=edizione.azienda))
    adesione = AdesioneFactory(ente=ente)
    return {
        "enti": ente,
        "adesioni": adesione,
        "rinunce": m.Rinuncia.objects.create(
            adesione=adesione, motivo="Ha chiuso", presentata_il=date(2021, 3, 1),
            decorre_dal=date(2021, 6, 1),
        ),
        "composizioni": composizione,
        "ambiti": comune.ambito,
        "comuni": comune,
        "referenti": ReferenteFactory(ente=ente),
        **_tempi(edizione, comune),
    }  # fmt: skip


def _tempi(edizione: m.EdizioneConciliazione, comune: m.Comune) -> dict[str, Any]:
    rilevazione = m.RilevazioneTempi.objects.create(
        edizione=edizione, ambito=comune.ambito, esito="vigente", risposta_il=date(2021, 3, 1)
    )
    m.PianoDeiTempi.objects.create(
        rilevazione=rilevazione, comune=comune, adottato=True, anno=2009, vigente=True
    )
    intervento = m.InterventoTempi.objects.create(
        azienda=edizione.azienda, ordine=next(_anni), priorita="Mobilità", descrizione="Piedibus"
    )
    intervento.comuni.add(comune)
    return {
        "rilevazioni-tempi": rilevazione,
        "progetti-tempi": m.ProgettoTempi.objects.create(
            azienda=edizione.azienda, comune=comune, titolo="Orari dei servizi"
        ),
        "interventi-tempi": intervento,
    }


def _comitato(edizione: m.EdizioneConciliazione) -> dict[str, Any]:
    seggio = SeggioFactory(edizione=edizione)
    seduta = SedutaFactory(edizione=edizione)
    votazione = VotazioneFactory(punto=PuntoOrdineFactory(seduta=seduta))
    m.Presenza.objects.create(seduta=seduta, seggio=seggio)
    m.Voto.objects.create(votazione=votazione, seggio=seggio, valore="favorevole")
    verbale = VerbaleFactory(
        seduta=seduta, stato="inviato", inviato_il=timezone.now(), fotografia={}
    )
    m.ValidazioneVerbale.objects.create(verbale=verbale, seggio=seggio, conforme=True)
    consultazione = m.RichiestaConsultazione.objects.create(
        edizione=edizione, oggetto="Orari", testo="Si chiede un parere.", proposta_da=seggio.ente
    )
    m.FirmaRichiesta.objects.create(richiesta=consultazione, ente=seggio.ente)
    return {
        "seggi": seggio,
        "componenti": ComponenteFactory(seggio=seggio),
        "sedute": seduta,
        "punti": votazione.punto,
        "votazioni": votazione,
        "verbali": verbale,
        "consultazioni": consultazione,
    }


def _bandi(edizione: m.EdizioneConciliazione) -> dict[str, Any]:
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    criterio = CriterioFactory(manifestazione=bando)
    proposta = PropostaFactory(manifestazione=bando, presentata=True, stato="ammessa")
    PartnerFactory(proposta=proposta)
    versione = VersioneFactory(proposta=proposta, chiusa_il=timezone.now())
    m.AllegatoProposta.objects.create(
        proposta=proposta, nome="l.txt", tipo="text/plain", dimensione=7, sha256="c" * 64,
        file="l.txt",
    )  # fmt: skip
    azione = AzionePropostaFactory(versione=versione)
    m.CostoAzione.objects.create(azione=azione, categoria="servizi", importo=Decimal(10))
    m.Cofinanziamento.objects.create(
        versione=versione, ente=proposta.capofila, forma="denaro", importo=Decimal(3)
    )
    scheda = m.SchedaValutazione.objects.create(
        valutatore=ValutatoreFactory(manifestazione=bando), proposta=proposta,
        consegnata_il=timezone.now(),
    )  # fmt: skip
    m.Punteggio.objects.create(scheda=scheda, criterio=criterio, punti=Decimal(15))
    graduatoria = m.Graduatoria.objects.create(manifestazione=bando, numero=1)
    m.RigaGraduatoria.objects.create(graduatoria=graduatoria, proposta=proposta, posto=1)
    scenario = ScenarioFactory(manifestazione=bando)
    m.FonteScenario.objects.create(scenario=scenario, ordine=1, descrizione="DGR", importo=5)
    m.RigaRiparto.objects.create(
        scenario=scenario, proposta=proposta, ordine=1, costo=10, richiesto=7, assegnato=5
    )
    return {
        "manifestazioni": bando,
        "proposte": proposta,
        "valutazioni": scheda,
        "graduatorie": graduatoria,
        "scenari": scenario,
    }


def _progetti(edizione: m.EdizioneConciliazione) -> dict[str, Any]:
    progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    azione = AzioneProgettoFactory(progetto=progetto)
    voce = VoceBudgetFactory(azione=azione)
    attivita = m.AttivitaAzione.objects.create(
        azione=azione, ordine=1, nome="Avvio", dal=date(2021, 1, 1), al=date(2021, 2, 1)
    )
    accordo = AccordoFactory(progetto=progetto)
    m.FirmaAccordo.objects.create(accordo=accordo, ente=progetto.capofila)
    di_piano = AzioneDiPianoFactory(edizione=edizione)
    incontro = m.IncontroAzione.objects.create(
        azione=di_piano, giorno=date(2021, 3, 1), tema="Avvio"
    )
    rilevazione = RilevazioneProgettoFactory(
        progetto=progetto, stato="trasmessa", semestre__anno=next(_anni)
    )
    m.RilevazioneAzione.objects.create(rilevazione=rilevazione, azione=azione, persone=4)
    m.RilevazioneAzionePiano.objects.create(
        semestre=rilevazione.semestre, azione=di_piano, persone=2
    )
    return {
        "progetti": progetto,
        "accordi": accordo,
        "azioni-di-progetto": azione,
        "attivita-di-progetto": attivita,
        "documenti-di-progetto": _documento(progetto),
        "azioni-di-piano": di_piano,
        "incontri": incontro,
        "semestri": rilevazione.semestre,
        "rilevazioni": rilevazione,
        "indicatori": m.ValoreIndicatore.objects.create(
            semestre=rilevazione.semestre, codice="b1", progetto=progetto
        ),
        **_denaro(progetto, voce),
        **_impatto(progetto),
    }


def _documento(progetto: m.Progetto) -> m.DocumentoProgetto:
    carta = m.DocumentoProgetto(
        progetto=progetto, nome="a.txt", tipo="text/plain", dimensione=1, sha256="0" * 64
    )
    carta.file.save("a.txt", ContentFile(b"a"))
    return carta


def _denaro(progetto: m.Progetto, voce: m.VoceBudget) -> dict[str, Any]:
    rendiconto = RendicontoFactory(
        progetto=progetto, stato="approvato", richiesto="35000.00", riconosciuto="35000.00"
    )
    spesa = SpesaFactory(voce=voce, rendiconto=rendiconto)
    m.Giustificativo.objects.create(
        spesa=spesa, nome="f.txt", tipo="text/plain", dimensione=7, sha256="a" * 64, file="f.txt"
    )
    return {
        "rendiconti": rendiconto,
        "spese": spesa,
        "apporti": m.ApportoCofinanziamento.objects.create(
            progetto=progetto, ente=progetto.capofila, rendiconto=rendiconto, forma="denaro",
            importo=Decimal(10),
        ),
        "pagamenti": PagamentoFactory(rendiconto=rendiconto, importo="10000.00"),
        "revoche": _revocato(progetto.edizione),
        "incassi": m.Incasso.objects.create(
            progetto=progetto, importo=Decimal(10), atto="Nota 1", incassato_il=date(2021, 5, 2)
        ),
    }  # fmt: skip


def _impatto(progetto: m.Progetto) -> dict[str, Any]:
    mappa = MappaImpattoFactory(progetto=progetto)
    riga = m.RigaMappa.objects.create(mappa=mappa, ordine=1, obiettivo="Meno fatica")
    kpi = m.Kpi.objects.create(riga=riga, ordine=1, nome="Iscritti", unita="persone")
    m.ValoreKpi.objects.create(kpi=kpi, giorno=date(2021, 9, 1), valore=Decimal(12))
    questionario = QuestionarioImpattoFactory(edizione=progetto.edizione, progetto=progetto)
    return {"mappe-di-impatto": mappa, "questionari": questionario}


def _revocato(edizione: m.EdizioneConciliazione) -> m.RevocaContributo:
    """Another project, with 35.000,00 paid of which 5.000,00 stay."""
    progetto = ProgettoFactory(
        proposta__manifestazione__edizione=edizione, stato="revocato", motivo="Rinuncia"
    )
    rata = RendicontoFactory(
        progetto=progetto, stato="approvato", richiesto="35000.00", riconosciuto="35000.00"
    )
    PagamentoFactory(
        rendiconto=rata, importo="35000.00", stato="eseguito", eseguito_il=date(2021, 5, 1)
    )
    return m.RevocaContributo.objects.create(
        progetto=progetto, atto="Decreto n. 1", atto_del=date(2022, 1, 10),
        trattenuto=Decimal(5000), entro=date(2022, 3, 31),
    )  # fmt: skip
