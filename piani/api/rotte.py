# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resources of the ground floor: address, view, name."""

from piani.api.attestazioni import (
    DELL_ATTESTAZIONE,
    AttestazioneRisorsa,
    VersioneAttestataRisorsa,
)
from piani.api.atti import AttiDelPiano, ParereRisorsa, RicevutaRisorsa
from piani.api.aziende import AziendaRisorsa, IncaricoRisorsa, UnitaRisorsa
from piani.api.azioni_positive import (
    AreaPositivaRisorsa,
    AreePositiveDelPiano,
    AzionePositivaRisorsa,
)
from piani.api.cug import DELLA_RELAZIONE, RelazioneCUGRisorsa, VersioneCUGRisorsa
from piani.api.del_piano import SOTTO_IL_PIANO
from piani.api.documenti import DocumentoRisorsa
from piani.api.documenti_ente import DocumentoEnteRisorsa
from piani.api.eventi import EventoRisorsa
from piani.api.firme import (
    DEL_DOCUMENTO,
    DEL_DOCUMENTO_ENTE,
    FirmaDelDocumento,
    FirmaDelDocumentoEnte,
)
from piani.api.importazioni import ImportazioneRisorsa, RigheImportate
from piani.api.obblighi import DELL_AZIENDA, AltroveRisorsa, ObbligoRisorsa
from piani.api.organigrammi import OrganigrammaRisorsa
from piani.api.personale import DELL_AZIENDA as PERSONALE_DELL_AZIENDA
from piani.api.personale import PersonaleRisorsa, TavoleDelPersonale
from piani.api.piani import PianoRisorsa
from piani.api.questionari import DomandaRisorsa, QuestionarioRisorsa
from piani.api.segnalazioni import SegnalazioneRisorsa
from piani.api.sezioni import QuadraturaRisorsa, SezioneRisorsa, SezioniDelPiano
from piani.api.webhook import ConsegnaRisorsa, WebhookRisorsa

ROTTE = [
    ("aziende", AziendaRisorsa, "aziende"),
    (DELL_AZIENDA, ObbligoRisorsa, "obblighi"),
    ("organigrammi", OrganigrammaRisorsa, "organigrammi"),
    ("unita-organizzative", UnitaRisorsa, "unita"),
    ("incarichi", IncaricoRisorsa, "incarichi"),
    ("piani", PianoRisorsa, "piani"),
    (SOTTO_IL_PIANO, AttiDelPiano, "piani-atti"),
    (f"{SOTTO_IL_PIANO}/sezioni", SezioniDelPiano, "piani-sezioni"),
    (f"{SOTTO_IL_PIANO}/aree-positive", AreePositiveDelPiano, "piani-aree-positive"),
    ("pareri", ParereRisorsa, "pareri"),
    ("ricevute-portale", RicevutaRisorsa, "ricevute-portale"),
    ("sezioni", SezioneRisorsa, "sezioni"),
    ("quadrature", QuadraturaRisorsa, "quadrature"),
    ("aree-positive", AreaPositivaRisorsa, "aree-positive"),
    ("azioni-positive", AzionePositivaRisorsa, "azioni-positive"),
    (PERSONALE_DELL_AZIENDA, TavoleDelPersonale, "aziende-personale"),
    ("personale-per-genere", PersonaleRisorsa, "personale-per-genere"),
    ("relazioni-cug", RelazioneCUGRisorsa, "relazioni-cug"),
    (DELLA_RELAZIONE, VersioneCUGRisorsa, "relazioni-cug-versioni"),
    ("questionari", QuestionarioRisorsa, "questionari"),
    ("domande-questionario", DomandaRisorsa, "domande-questionario"),
    ("documenti", DocumentoRisorsa, "documenti"),
    (DEL_DOCUMENTO, FirmaDelDocumento, "documenti-firma"),
    (DEL_DOCUMENTO_ENTE, FirmaDelDocumentoEnte, "documenti-ente-firma"),
    ("documenti-ente", DocumentoEnteRisorsa, "documenti-ente"),
    ("attestazioni", AttestazioneRisorsa, "attestazioni"),
    (DELL_ATTESTAZIONE, VersioneAttestataRisorsa, "attestazioni-versioni"),
    ("pubblicazioni-altrove", AltroveRisorsa, "pubblicazioni-altrove"),
    ("segnalazioni", SegnalazioneRisorsa, "segnalazioni"),
    ("eventi", EventoRisorsa, "eventi"),
    ("webhook", WebhookRisorsa, "webhook"),
    ("consegne-webhook", ConsegnaRisorsa, "consegne-webhook"),
    ("importazioni", ImportazioneRisorsa, "importazioni"),
    (r"importazioni/(?P<importazione>[0-9]{1,18})/righe", RigheImportate, "importazioni-righe"),
]
