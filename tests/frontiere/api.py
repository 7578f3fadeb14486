# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the API, as its description says them, with the keys of an azienda's rows.

``chiavi(azienda)``: for each path with a key, its parts. ``corpi(azienda)``: for each write whose
address names no row, what a person who may would send. ``DI_CHI_CHIEDE``: reads that give only
one's own, whatever the ruolo. ``VUOTE``: lists of which who only reads the azienda finds nothing.
"""

from decimal import Decimal
from typing import Any

from obiettivi import azioni
from piani import azioni as azioni_piani
from piani.models import Azienda, ClienteApi, DocumentoPubblicato, Piano, Ruolo
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    IncaricoFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    SchedaFactory,
    TargetFactory,
    UnitaFactory,
)

Chiavi = dict[str, dict[str, Any]]


def cliente_di(azienda: Azienda) -> ClienteApi:
    """A program of an azienda."""
    cliente, _segreto = azioni_piani.crea_cliente(
        azienda, nome="Un programma", ruolo=Ruolo.REGIONE, ambiti=["piani:leggi"], da=None
    )
    return cliente


def pubblicato(piano: Piano) -> DocumentoPubblicato:
    """A document that anybody reads."""
    return DocumentoPubblicato.objects.create(
        piano=piano, versione=1, stato="pronto", contenuto="{}", sha256_contenuto="0" * 64,
        sha256_pdf="1" * 64, pagine=3, generatore="prova", pubblicato_il="2026-01-30",
    )  # fmt: skip


def chiavi(azienda: Azienda) -> Chiavi:
    """One row of each kind, in a plan with its scores."""
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misura = MisuraFactory(obiettivo=obiettivo, indicatore__azienda=azienda)
    TargetFactory(misura=misura, stampato="≥ 80%")
    EdizioneFactory(azienda=azienda)
    rilevata = azioni.rileva(misura.indicatore, anno=2022, valore=Decimal(90), da=None).rilevazione
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    scheda = SchedaFactory(azienda=azienda, unita=unita, stato="in_monitoraggio")
    incarico = IncaricoFactory(azienda=azienda)
    del_piano = {"slug": piano.slug}
    dell_area, dell_obiettivo = {"id": obiettivo.area_id}, {"id": obiettivo.pk}
    sotto, del_calcolo, della_scheda = {"piano": piano.slug}, {"id": calcolo.pk}, {"id": scheda.pk}
    passi = ("", "/adozione", "/bozza", "/cancello", "/invio", "/pubblicazione")
    perche = {"piano": piano.slug, "livello": "I", "oggetto": misura.pk}
    return {
        **{f"/piani/{{slug}}{passo}": del_piano for passo in passi},
        **{f"/piani/{{piano}}/{una}": sotto for una in ("albero", "aree", "calcoli")},
        "/piani/{piano}/spiegazioni/{livello}/{oggetto}": perche,
        **{
            f"/aziende/{{codice}}{che}": {"codice": azienda.codice}
            for che in ("", "/verifiche-organigramma")
        },
        "/unita-organizzative/{id}": {"id": unita.pk},
        "/incarichi/{id}": {"id": incarico.pk},
        "/documenti/{id}": {"id": pubblicato(piano).pk},
        **dict.fromkeys(("/aree/{id}", "/aree/{id}/obiettivi"), dell_area),
        **dict.fromkeys(("/obiettivi/{id}", "/obiettivi/{id}/misure"), dell_obiettivo),
        "/misure/{id}": {"id": misura.pk},
        "/indicatori/{id}": {"id": misura.indicatore_id},
        "/rilevazioni/{id}": {"id": rilevata.pk},
        **dict.fromkeys(("/calcoli/{id}", "/calcoli/{id}/accettazione"), del_calcolo),
        **dict.fromkeys(("/schede-budget/{id}", "/schede-budget/{id}/contenuto"), della_scheda),
    }  # fmt: skip


def corpi(azienda: Azienda) -> Chiavi:
    """What is sent to the addresses that name no row."""
    codice = azienda.indicatori.first().codice
    risultato = {"azienda": azienda.codice, "indicatore": codice, "anno": 2022, "valore": 91}
    return {
        "/piani": {
            "azienda": azienda.codice,
            "tipo": "performance",
            "titolo": "Un piano",
            "anno_inizio": 2026,
            "anno_fine": 2028,
        },
        "/indicatori": {"azienda": azienda.codice, "codice": "NUOVO", "nome": "Uno nuovo"},
        "/rilevazioni": risultato,
        "/rilevazioni/carico": {"azienda": azienda.codice, "righe": [risultato]},
    }


# Open data: read by strangers and by who did not come in.
APERTE = {"/documenti", "/documenti/{id}", "/status"}
# Read by who sees to the people, and by each for oneself.
DI_CHI_AMMINISTRA = {"/incarichi/{id}"}
