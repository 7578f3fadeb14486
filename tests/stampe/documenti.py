# SPDX-License-Identifier: AGPL-3.0-or-later
"""A document of every kind, with something to say in each part. All invented, but the sources."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from conciliazione.azioni import adunanza, votazione
from conciliazione.azioni import verbale as verbali
from conciliazione.azioni.presenze import Detta, segna_presenze
from conciliazione.carica.progetti import carica as carica_progetti
from conciliazione.comitato import stampa as del_verbale
from conciliazione.comitato.verbale import fotografa as fotografa_verbale
from conciliazione.models import EdizioneConciliazione, Graduatoria, RigaGraduatoria
from conciliazione.valutazione import stampa as della_graduatoria
from lavoro_agile.accordi import stampa as dell_accordo
from lavoro_agile.azioni.carica import carica_lavoro_agile
from obiettivi import azioni
from obiettivi.individuale.stampa import pdf_di
from obiettivi.models import PremiAnno, RisorsaScheda, VocePremi
from obiettivi.premi.documento import DATI
from obiettivi.premi.documento import fotografa as fotografa_premi
from obiettivi.relazione.dati import fotografa as fotografa_relazione
from obiettivi.relazione.validazione import fotografa_validazione
from obiettivi.schede.stampa import da_stampare
from obiettivi.schede.stampa import rende_pdf as rende_scheda
from piani.attestazione import azioni as attestazioni
from piani.attestazione.documento import fotografa as fotografa_griglia
from piani.azioni_positive.documento import fotografa as fotografa_cug
from piani.azioni_positive.relazione import PARTI as PARTI_CUG
from piani.documenti import fotografa
from piani.documenti_ente import stampa as stampa_ente
from piani.models import Piano, Ruolo
from piani.stampa import rende_pdf
from tests.conciliazione.progetti_fonte import edizione_2017, edizione_2020
from tests.factories import (
    AziendaFactory,
    IncaricoFactory,
    PianoFactory,
    SezioneFactory,
    ValutazioneFactory,
)
from tests.factories_conciliazione import (
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PropostaFactory,
    PuntoOrdineFactory,
    SedutaFactory,
    SeggioFactory,
)
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    AreaPositivaFactory,
    AzionePositivaFactory,
    MonitoraggioAzioneFactory,
    PersonaleGenereFactory,
    PianoPositivoFactory,
    RelazioneCUGFactory,
)
from tests.obiettivi.premiati import valutazioni_chiuse
from tests.obiettivi.relazione.scena import piano_con_risultati, relazione_di, validata
from tests.obiettivi.schede.cdr import crea_cdr
from tests.piani.fotografia import fotografia
from tests.stampe.elenco import stampa

GIORNO = date(2023, 6, 28)
FIXTURES = settings.BASE / "fixtures"
PIANO = "albero/documento/1"
CONCILIAZIONE = "albero/conciliazione/1"


def di_piano(piano: Piano, versione: int = 1) -> bytes:
    """The document of a plan as it would be published that day."""
    return rende_pdf(fotografa(piano, versione=versione, giorno=GIORNO)).contenuto


# Plans ------------------------------------------------------------------------------------------


@stampa("piano con ciò che è difficile da stampare", PIANO)
def piano() -> bytes:
    return rende_pdf(fotografia()).contenuto


@stampa("piano di Milano", PIANO, fonte=True)
def piano_di_milano() -> bytes:
    return dalle_fonti("ats-milano-performance-2021-2023")


@stampa("piano di Cremona", PIANO, fonte=True)
def piano_di_cremona() -> bytes:
    return dalle_fonti("asst-cremona-performance-2022-2024")


def dalle_fonti(nome: str) -> bytes:
    azioni.carica_fonti()
    caricato = azioni.carica(FIXTURES / nome, da=None)
    azioni.carica_dimostrazione(caricato, FIXTURES / nome, da=None)
    return di_piano(caricato)


@stampa("piano integrato (PIAO)", PIANO)
def piao() -> bytes:
    integrato = piano_con_risultati(AziendaFactory())
    integrato.tipo = Piano.Tipo.PIAO
    integrato.save(update_fields=["tipo"])
    for tipo, titolo in (("presentazione", "Chi siamo"), ("altro", "Il valore pubblico")):
        SezioneFactory(piano=integrato, tipo=tipo, titolo=titolo, testo="Una **sezione**.\n\n- a")
    return di_piano(integrato)


@stampa("piano che scorre da quello di prima", PIANO)
def revisione() -> bytes:
    prima = piano_con_risultati(AziendaFactory())
    dopo = PianoFactory(
        azienda=prima.azienda, scorrimento_di=prima, anno_inizio=2023, anno_fine=2025,
        stato=Piano.Stato.ADOTTATO,
    )  # fmt: skip
    SezioneFactory(piano=dopo)
    return di_piano(dopo, versione=2)


@stampa("azioni positive", PIANO)
def azioni_positive() -> bytes:
    positivo = PianoPositivoFactory(titolo="PAP di prova")
    area = AreaPositivaFactory(piano=positivo, ordine=1, nome="Cultura di genere")
    prima = AzionePositivaFactory(area=area, ordine=1, titolo="Formare", destinatari="Tutti")
    AzionePositivaFactory(area=area, ordine=2, titolo="Ascoltare")
    MonitoraggioAzioneFactory(azione=prima, stato="realizzata", percentuale=100)
    SezioneFactory(piano=positivo, tipo="azioni_positive", titolo="Premessa", testo="Perché.")
    return di_piano(positivo)


@stampa("POLA di Cremona", PIANO)
def pola() -> bytes:
    AziendaFactory(codice="asst-cremona", dipendenti=2500)
    caricato: Any = carica_lavoro_agile(FIXTURES / "lavoro_agile_asst_cremona_2022", da=None)
    return di_piano(caricato.piano)


@stampa("relazione del CUG", "albero/relazione-cug/1")
def relazione_del_cug() -> bytes:
    positivo = PianoPositivoFactory()
    azione = AzionePositivaFactory(area=AreaPositivaFactory(piano=positivo), titolo="Sportello")
    MonitoraggioAzioneFactory(azione=azione, stato="realizzata", percentuale=100, fatto="Aperto.")
    PersonaleGenereFactory(
        azienda=positivo.azienda, anno=2022, ruolo="Sanitario", femmine=60, maschi=13
    )
    scritta = RelazioneCUGFactory(
        azienda=positivo.azienda, piano=positivo, **dict.fromkeys(PARTI_CUG, "Scritto qui.")
    )
    return rende_pdf(fotografa_cug(scritta, versione=1, giorno=GIORNO)).contenuto


# Relazione --------------------------------------------------------------------------------------


@stampa("Relazione", "albero/relazione/1")
def relazione() -> bytes:
    scritta = validata(relazione_di(AziendaFactory()))
    return rende_pdf(fotografa_relazione(scritta, versione=1, giorno=GIORNO)).contenuto


@stampa("documento di validazione", "albero/validazione/1")
def validazione() -> bytes:
    scritta = validata(relazione_di(AziendaFactory()))
    return rende_pdf(fotografa_validazione(scritta, versione=1, giorno=GIORNO)).contenuto


# Documents of the body --------------------------------------------------------------------------


@stampa("attestazione sugli obblighi", "piani.documenti_ente.stampa")
def attestazione() -> bytes:
    azienda = AziendaFactory()
    griglia = attestazioni.apri(
        azienda, anno=2023, riferimento=date(2023, 5, 31), organismo="Nucleo", da=None
    )
    for una in griglia.punteggi.all():
        una.pubblicazione, una.completezza, una.senza_uffici, una.nota = 2, 3, True, "Una nota."
        una.save()
    return stampa_ente.rende_pdf(fotografa_griglia(griglia, versione=1, giorno=GIORNO)).contenuto


@stampa("dati relativi ai premi", "piani.documenti_ente.stampa")
def premi() -> bytes:
    edizione = valutazioni_chiuse()
    tutti = PremiAnno.objects.create(
        azienda=edizione.azienda, anno=edizione.anno, criteri="Come dice il Sistema.",
        dirigenza=["dirigenza"],
    )  # fmt: skip
    VocePremi.objects.create(
        premi=tutti, gruppo="dirigenti", nome="Risultato", stanziato=Decimal("120000.50")
    )
    return stampa_ente.rende_pdf(fotografa_premi(tutti, DATI, versione=1, giorno=GIORNO)).contenuto


# Schede -----------------------------------------------------------------------------------------


@stampa("scheda budget", "obiettivi.schede.stampa.pdf")
def scheda() -> bytes:
    cdr = crea_cdr()
    RisorsaScheda.objects.create(
        scheda=cdr.scheda, ordine=1, fattore="Personale", budget="1250000.50", previsione="1200000"
    )
    versione = azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma("direzione")
    return rende_scheda(da_stampare(cdr.scheda, versione)).contenuto


@stampa("scheda di valutazione di una persona", "obiettivi.individuale.stampa")
def valutazione() -> bytes:
    firmato = {
        "persona": "Persona Inventata", "azienda": "ASST di Prova", "unita": "Unità", "anno": 2022,
        "categoria": "Dirigenza", "valutatore": "Chi Valuta", "mesi": "12",
        "risultato_scheda": "90,00", "punteggio": "80,00", "classe": "Buono", "nota": "Bene.",
        "colloquio": "2022-12-01",
        "addendi": [{"nome": "Scheda", "peso": "60", "valore": "90,00", "punti": "54,00"}],
        "obiettivi": [
            {"testo": "Un obiettivo", "atteso": "Fatto", "peso": "100", "raggiungimento": ""}
        ],
        "comportamenti": [
            {"nome": "Ascolto", "peso": "40", "livello": "Buono", "punti": "3",
             "autovalutazione": "", "nota": "Sempre."}
        ],
    }  # fmt: skip
    una = ValutazioneFactory(
        stato="firmata_valutatore", punteggio=Decimal(80), punteggio_finale=Decimal(80),
        firmata_valutatore_il=timezone.now(), firmato=firmato,
    )  # fmt: skip
    return pdf_di(una)


# Conciliazione ----------------------------------------------------------------------------------


@stampa("Piano territoriale", CONCILIAZIONE)
def piano_territoriale() -> bytes:
    edizione = edizione_2017()
    carica_progetti(edizione, FIXTURES / "conciliazione_2017_2018")
    return di_piano(riletta(edizione).piano)


@stampa("Documento di indirizzo", CONCILIAZIONE)
def documento_di_indirizzo() -> bytes:
    edizione = edizione_2020()
    carica_progetti(edizione, FIXTURES / "conciliazione_2020_2023")
    return di_piano(riletta(edizione).indirizzo)


def riletta(edizione: EdizioneConciliazione) -> Any:
    return EdizioneConciliazione.objects.get(pk=edizione.pk)


@stampa("verbale di una seduta", "conciliazione.comitato.stampa")
def verbale() -> bytes:
    edizione = EdizioneConciliazioneFactory()
    ufficio = IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    seggi = [
        SeggioFactory(edizione=edizione, ordine=n, denominazione=f"Seggio {n}", capofila=n == 1)
        for n in (1, 2)
    ]
    chi = [ComponenteFactory(seggio=uno).utente for uno in seggi]
    seduta = SedutaFactory(edizione=edizione, quando=timezone.now(), sede="Sala grande")
    punto = PuntoOrdineFactory(seduta=seduta, ordine=1, titolo="Graduatoria")
    presenti = {uno.pk: Detta(titolare=True) for uno in seggi}
    segna_presenze(seduta, seggi=presenti, da=ufficio)
    adunanza.apri_seduta(seduta, da=ufficio)
    voto = votazione.apri_votazione(punto, quesito="Si approva la graduatoria?", da=ufficio)
    for seggio, persona in zip(seggi, chi, strict=True):
        votazione.vota(voto, seggio=seggio, valore="favorevole", da=persona)
    votazione.chiudi_votazione(voto, da=ufficio)
    adunanza.scrivi_esito(punto, esito="Si approva.", da=ufficio)
    adunanza.chiudi_seduta(seduta, da=ufficio)
    scritto = verbali.proponi_verbale(seduta, da=ufficio)
    verbali.invia_verbale(scritto, da=ufficio)
    return del_verbale.rende_pdf(fotografa_verbale(scritto)).contenuto


@stampa("graduatoria", "conciliazione.valutazione.stampa")
def graduatoria() -> bytes:
    bando = ManifestazioneFactory(chiusa=True, titolo="Alleanze locali")
    formata = Graduatoria.objects.create(manifestazione=bando, numero=1, motivo="All'unanimità.")
    media = {"criterio": "Coerenza", "nome": "Coerenza", "premiale": False, "frase": "17,5, su 20"}
    for n, idonea in ((1, True), (2, False)):
        RigaGraduatoria.objects.create(
            graduatoria=formata, posto=1 if idonea else None, idonea=idonea,
            proposta=PropostaFactory(manifestazione=bando, presentata=True, numero=n),
            punti=Decimal("17.5"), premiali=Decimal(0), dettaglio=[media],
            nota="" if idonea else "Non idonea: 14 punti nei criteri ordinari, il minimo è 15.",
        )  # fmt: skip
    return della_graduatoria.rende_pdf(della_graduatoria.fotografa(formata)).contenuto


# Lavoro agile -----------------------------------------------------------------------------------


@stampa("accordo di lavoro agile", "lavoro_agile.accordi.stampa")
def accordo() -> bytes:
    fatto = AccordoAgileFactory(obiettivi="Pratiche concluse.", disconnessione="Dalle 19 alle 8.")
    return dell_accordo.rende_pdf(fatto).contenuto
