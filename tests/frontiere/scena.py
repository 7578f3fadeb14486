# SPDX-License-Identifier: AGPL-3.0-or-later
"""An azienda with a row of each kind, for the walks over every route."""

from dataclasses import dataclass
from typing import Any

from obiettivi import azioni
from obiettivi.models import (
    ArchivioSchede,
    Calcolo,
    Controdeduzione,
    GiroDiCalcolo,
    Indicatore,
    Misura,
    Obiettivo,
    Osservazione,
    Proroga,
    Prospettiva,
    Prova,
    PunteggioScheda,
    Relazione,
    Rendicontazione,
    RigaScheda,
    SchedaBudget,
    Target,
    ValutazioneIndividuale,
)
from piani.models import (
    Azienda,
    ClienteApi,
    Delega,
    Incarico,
    Invito,
    Organigramma,
    Parere,
    Piano,
    Quadratura,
    Ruolo,
    Sezione,
    UnitaOrganizzativa,
)
from tests.factories import (
    AreaFactory,
    AreaSchedaFactory,
    DelegaFactory,
    EdizioneFactory,
    EdizioneIndividualeFactory,
    FinestraFactory,
    IncaricoFactory,
    InvitoFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    OsservazioneFactory,
    PianoFactory,
    ProrogaFactory,
    ProvaFactory,
    RendicontazioneFactory,
    RigaSchedaFactory,
    SchedaFactory,
    SezioneFactory,
    TargetFactory,
    UnitaFactory,
    ValutazioneFactory,
)
from tests.frontiere import chiavi_conciliazione
from tests.frontiere.api import cliente_di


@dataclass
class Scena:
    """A plan of an azienda, with one row of each kind."""

    azienda: Azienda
    piano: Piano
    obiettivo: Obiettivo
    misura: Misura
    indicatore: Indicatore
    target: Target
    calcolo: Calcolo
    giro: GiroDiCalcolo
    bozza: Organigramma
    unita: UnitaOrganizzativa
    incarico: Incarico
    osservazione: Osservazione
    invito: Invito
    delega: Delega
    sezione: Sezione
    quadratura: Quadratura
    parere: Parere
    riga: RigaScheda
    archivio: ArchivioSchede
    controdeduzione: Controdeduzione
    proroga: Proroga
    prova: Prova
    relazione: Relazione
    valutazione: ValutazioneIndividuale
    cliente: ClienteApi
    conciliazione: dict[str, dict[str, Any]]

    @property
    def scheda(self) -> SchedaBudget:
        return self.riga.area.scheda


def componi(azienda: Azienda) -> Scena:
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misura = MisuraFactory(obiettivo=obiettivo)
    target = TargetFactory(misura=misura, stampato="100%")
    EdizioneFactory(azienda=azienda)
    giro = azioni.avvia_giro([piano], prospettiva=Prospettiva.CONSUNTIVO, anno=2022, da=None)
    calcolo = giro.calcoli.get()
    azioni.esegui(calcolo.pk)
    in_vigore = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    scheda = SchedaFactory(azienda=azienda, unita=in_vigore)
    PunteggioScheda.objects.create(scheda=scheda, livello="S", oggetto=scheda.pk, stato="N")
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda, valido_dal=None))
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=in_vigore)
    riga = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=misura.indicatore)
    return Scena(
        azienda=azienda,
        piano=piano,
        obiettivo=obiettivo,
        misura=misura,
        indicatore=misura.indicatore,
        target=target,
        calcolo=calcolo,
        giro=giro,
        bozza=unita.organigramma,
        unita=unita,
        incarico=incarico,
        osservazione=OsservazioneFactory(piano=piano),
        invito=InvitoFactory(azienda=azienda),
        delega=DelegaFactory(incarico=incarico),
        sezione=SezioneFactory(piano=piano),
        quadratura=Quadratura.objects.create(
            piano=piano, ordine=1, dove="Tavola 1", stampato="10", calcolato=9, differenza=1
        ),
        parere=Parere.objects.create(piano=piano, ruolo="DA", esito="favorevole"),
        riga=riga,
        controdeduzione=Controdeduzione.objects.create(
            scheda=scheda, testo="Una controdeduzione.", presentata_da=incarico.utente
        ),
        archivio=ArchivioSchede.objects.create(
            azienda=azienda, anno=2022, da=IncaricoFactory(azienda=azienda).utente
        ),
        proroga=ProrogaFactory(finestra=FinestraFactory(azienda=azienda), unita=in_vigore),
        prova=ProvaFactory(
            rendicontazione=RendicontazioneFactory(riga=riga, stato=Rendicontazione.Stato.TRASMESSA)
        ),
        relazione=azioni.comincia_relazione(piano, anno=2022, da=None),
        valutazione=ValutazioneFactory(
            edizione=EdizioneIndividualeFactory(azienda=azienda), unita=in_vigore
        ),
        cliente=cliente_di(azienda),
        conciliazione=chiavi_conciliazione(azienda),
    )
