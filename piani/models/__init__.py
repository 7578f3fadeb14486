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
from piani.models.evento import Evento, OggettoEvento
from piani.models.firma import PdfFirmato
from piani.models.incarico import Incarico, Ruolo, Utente
from piani.models.invito import Invito
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
from piani.models.segnalazione import Segnalazione

__all__ = [
    "Accesso",
    "AreaAzioniPositive",
    "Avviso",
    "Azienda",
    "AzionePositiva",
    "CellaQuadro",
    "ClienteApi",
    "Compilazione",
    "CuraObbligo",
    "Delega",
    "DocumentoPubblicato",
    "Domanda",
    "Evento",
    "Fase",
    "Incarico",
    "Invito",
    "InvitoQuestionario",
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
    "Quadratura",
    "QuadroDati",
    "Questionario",
    "RelazioneCUG",
    "RicevutaPortale",
    "RichiestaUnica",
    "Risposta",
    "Ruolo",
    "Segnalazione",
    "Sezione",
    "TermineAdozione",
    "UnitaOrganizzativa",
    "Utente",
    "ValidazioneNucleo",
    "VersioneRelazioneCUG",
]
