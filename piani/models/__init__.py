# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the ground floor, one module per noun."""

from piani.models.accesso import Accesso
from piani.models.atti import Parere, PareriDovuti, TermineAdozione, ValidazioneNucleo
from piani.models.avviso import Avviso, PreferenzeAvvisi
from piani.models.azienda import Azienda
from piani.models.azione_positiva import (
    AreaAzioniPositive,
    AzionePositiva,
    MonitoraggioAzione,
)
from piani.models.cliente import ClienteApi, RichiestaUnica
from piani.models.delega import Delega
from piani.models.documento import DocumentoPubblicato
from piani.models.documento_ente import DocumentoEnte
from piani.models.evento import Evento, OggettoEvento
from piani.models.firma import PdfFirmato
from piani.models.importazione import CorrispondenzaColonne, Importazione, RigaImportata
from piani.models.incarico import Incarico, Ruolo, Utente
from piani.models.invito import Invito
from piani.models.logo import LogoAzienda
from piani.models.obbligo import CuraObbligo, ObbligoDiPubblicazione, PubblicazioneAltrove
from piani.models.organigramma import Organigramma, UnitaOrganizzativa
from piani.models.personale_genere import PersonalePerGenere
from piani.models.piano import Fase, Piano, Sezione
from piani.models.piao import RicevutaPortale
from piani.models.quadro import CellaQuadro, Quadratura, QuadroDati
from piani.models.questionario import (
    Compilazione,
    Domanda,
    InvitoQuestionario,
    Questionario,
    Risposta,
)
from piani.models.relazione_cug import RelazioneCUG, VersioneRelazioneCUG
from piani.models.ricerca import VoceRicerca
from piani.models.rilevazione_obblighi import PunteggioObbligo, RilevazioneObblighi
from piani.models.segnalazione import Segnalazione
from piani.models.webhook import Annuncio, Consegna, Tentativo, TipoAnnuncio, Webhook

__all__ = [
    "Accesso",
    "Annuncio",
    "AreaAzioniPositive",
    "Avviso",
    "Azienda",
    "AzionePositiva",
    "CellaQuadro",
    "ClienteApi",
    "Compilazione",
    "Consegna",
    "CorrispondenzaColonne",
    "CuraObbligo",
    "Delega",
    "DocumentoEnte",
    "DocumentoPubblicato",
    "Domanda",
    "Evento",
    "Fase",
    "Importazione",
    "Incarico",
    "Invito",
    "InvitoQuestionario",
    "LogoAzienda",
    "MonitoraggioAzione",
    "ObbligoDiPubblicazione",
    "OggettoEvento",
    "Organigramma",
    "Parere",
    "PareriDovuti",
    "PdfFirmato",
    "PersonalePerGenere",
    "Piano",
    "PreferenzeAvvisi",
    "PubblicazioneAltrove",
    "PunteggioObbligo",
    "Quadratura",
    "QuadroDati",
    "Questionario",
    "RelazioneCUG",
    "RicevutaPortale",
    "RichiestaUnica",
    "RigaImportata",
    "RilevazioneObblighi",
    "Risposta",
    "Ruolo",
    "Segnalazione",
    "Sezione",
    "Tentativo",
    "TermineAdozione",
    "TipoAnnuncio",
    "UnitaOrganizzativa",
    "Utente",
    "ValidazioneNucleo",
    "VersioneRelazioneCUG",
    "VoceRicerca",
    "Webhook",
]
