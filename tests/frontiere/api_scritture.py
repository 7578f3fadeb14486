# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses that write what the pages write, with the keys of an azienda's rows."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from obiettivi import azioni
from obiettivi.models import (
    Controdeduzione,
    EdizioneSMVP,
    PeriodoChiuso,
    RisorsaScheda,
    SchedaBudget,
)
from piani.models import (
    Azienda,
    DocumentoPubblicato,
    Evento,
    Organigramma,
    Parere,
    PdfFirmato,
    Piano,
    PubblicazioneAltrove,
    Quadratura,
    Segnalazione,
    UnitaOrganizzativa,
)
from tests.factories import (
    AreaSchedaFactory,
    EdizioneIndividualeFactory,
    FinestraFactory,
    OsservazioneFactory,
    PianoFactory,
    ProrogaFactory,
    ProvaFactory,
    RendicontazioneFactory,
    RigaSchedaFactory,
    SezioneFactory,
    ValutazioneFactory,
    regole_individuali,
)
from tests.factories_lavoro_agile import AreaPositivaFactory, AzionePositivaFactory

CODICE = "smvp"
DELLA_SCHEDA = (
    "aree", "chiusura", "controdeduzioni", "divulgazione", "firma", "invio", "messaggi",
    "negoziazione", "presa-visione", "revisione", "revisione/abbandono", "risorse", "validazione",
    "valutazione",
)  # fmt: skip
DELLA_RELAZIONE = (
    "approvazione", "bozza", "cancello", "fasi", "invio", "pubblicazione", "rigenerazione",
    "scostamenti", "tabelle", "validazione",
)  # fmt: skip
DEL_PIANO = (
    "aree-positive", "atti", "atto", "osservazioni", "pareri", "pesi", "portale", "scorrimento",
    "sezioni", "validazione",
)  # fmt: skip
DEGLI_ALTRI: dict[str, tuple[str, ...]] = {
    "aree-positive": ("azioni", "spostamento"),
    "aree-scheda": ("righe", "spostamento"),
    "azioni-positive": ("monitoraggio", "spostamento"),
    "controdeduzioni": ("risposta",),
    "finestre": ("proroghe",),
    "modelli-scheda": ("aree", "contenuto", "risorse"),
    "organigrammi": ("in-vigore", "unita"),
    "osservazioni": ("chiusura", "risposta"),
    "periodi-chiusi": ("riapertura",),
    "quadrature": ("presa-atto",),
    "regole": ("congelamento",),
    "regole-individuali": ("aggregati", "assegnazione", "chiusura"),
    "relazioni": DELLA_RELAZIONE,
    "rendicontazioni": ("prove", "riapertura", "trasmissione", "validazione"),
    "righe-scheda": ("spostamento",),
    "risorse-scheda": ("spostamento",),
    "schede-budget": DELLA_SCHEDA,
    "segnalazioni": ("chiusura", "presa-in-carico"),
    "sezioni": ("spostamento",),
    "target": ("conferma",),
    "valutazioni-individuali": ("chiusura",),
}
# Of who publishes, of who consults the register, of two people.
NASCOSTI = ("segnalazioni", "eventi", "valutazioni-individuali")
NASCOSTE = {
    f"/{nome}/{{id}}{passo}"
    for nome in NASCOSTI
    for passo in ("", *(f"/{uno}" for uno in DEGLI_ALTRI.get(nome, ())))
}
VUOTE = {f"/{nome}" for nome in NASCOSTI}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    piano = Piano.objects.filter(azienda=azienda, aree__obiettivi__misure__isnull=False).first()
    assert piano is not None
    righe = {**_del_piano(azienda, piano), **_delle_schede(azienda), **_dell_azienda(azienda)}
    area = piano.aree.get()
    obiettivo = area.obiettivi.get()
    unita = UnitaOrganizzativa.objects.filter(organigramma__azienda=azienda).first()
    assert unita is not None
    dell_obbligo = {"azienda": azienda.codice, "codice": CODICE}
    del_documento = {"documento": _firmato(azienda).pk}
    return {
        **{f"/{nome}/{{id}}": {"id": riga.pk} for nome, riga in righe.items()},
        **{
            f"/{nome}/{{id}}/{passo}": {"id": righe[nome].pk}
            for nome, passi in DEGLI_ALTRI.items()
            for passo in passi
        },
        **{f"/piani/{{piano}}/{passo}": {"piano": piano.slug} for passo in DEL_PIANO},
        "/aree/{id}/spostamento": {"id": area.pk},
        **{
            f"/unita-organizzative/{{id}}/{passo}": {"id": unita.pk}
            for passo in ("divisione", "precedenti", "spostamento", "unione")
        },
        "/obiettivi/{id}/spostamento": {"id": obiettivo.pk},
        "/misure/{id}/spostamento": {"id": obiettivo.misure.get().pk},
        "/aziende/{azienda}/obblighi": {"azienda": azienda.codice},
        **{
            f"/aziende/{{azienda}}/obblighi/{{codice}}{passo}": dell_obbligo
            for passo in ("", "/affidamento", "/altrove", "/non-si-applica", "/si-applica")
        },
        **{
            f"/documenti/{{documento}}/firma{passo}": del_documento
            for passo in ("", "/ritiro", "/sigillo")
        },
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    dell_anno = {"azienda": azienda.codice, "anno": 2023}
    riga = SchedaBudget.objects.dei_cdr().filter(azienda=azienda, aree__righe__isnull=False).first()
    assert riga is not None
    adottato = PianoFactory(azienda=azienda, stato="adottato")
    unita = UnitaOrganizzativa.objects.filter(organigramma__azienda=azienda).first()
    return {
        "/finestre": dell_anno
        | {"tipo": "negoziazione", "apre": "2023-01-01", "scade": "2023-03-31"},
        "/finestre/solite": dell_anno,
        "/periodi-chiusi": dell_anno,
        "/regole": dell_anno | {"parametri": {"nome": "Regole"}},
        "/regole-individuali": dell_anno | {"parametri": regole_individuali()},
        "/modelli-scheda": dell_anno
        | {"nome": "Un modello", "origine": "schema:asst-cremona-2022"},
        "/schede-budget": dell_anno
        | {"unita": [unita.pk if unita else 0], "origine": "anno_prima"},
        "/relazioni": {"piano": adottato.slug, "anno": 2022},
        "/rendicontazioni": {"riga": riga.aree.first().righe.first().pk, "frazione": "T2"},
        "/organigrammi": {"azienda": azienda.codice, "nome": "Una bozza"},
    }


def _del_piano(azienda: Azienda, piano: Piano) -> dict[str, Any]:
    adottato = PianoFactory(azienda=azienda, stato="adottato")
    relazione = azioni.comincia_relazione(adottato, anno=2022, da=None)
    azione = AzionePositivaFactory(area=AreaPositivaFactory(piano=piano))
    return {
        "sezioni": SezioneFactory(piano=piano),
        "quadrature": Quadratura.objects.create(
            piano=piano, ordine=1, dove="Tavola 1", stampato="10", calcolato=9, differenza=1
        ),
        "pareri": Parere.objects.create(piano=piano, ruolo="DA", esito="favorevole"),
        "osservazioni": OsservazioneFactory(piano=piano),
        "target": piano.aree.get().obiettivi.get().misure.get().target.get(),
        "aree-positive": azione.area,
        "azioni-positive": azione,
        "relazioni": relazione,
        "sezioni-relazione": relazione.sezioni.first(),
    }


def _delle_schede(azienda: Azienda) -> dict[str, Any]:
    scheda = SchedaBudget.objects.dei_cdr().get(azienda=azienda)
    area = AreaSchedaFactory(scheda=scheda)
    riga = RigaSchedaFactory(area=area, indicatore=azienda.indicatori.first())
    rendicontazione = RendicontazioneFactory(riga=riga, stato="trasmessa")
    autore = rendicontazione.scritta_da or azienda.incarichi.first().utente
    finestra = FinestraFactory(azienda=azienda)
    return {
        "schede-budget": scheda,
        "modelli-scheda": SchedaBudget.objects.create(azienda=azienda, anno=2022, nome="Modello"),
        "aree-scheda": area,
        "righe-scheda": riga,
        "risorse-scheda": RisorsaScheda.objects.create(scheda=scheda, ordine=1, fattore="Farmaci"),
        "rendicontazioni": rendicontazione,
        "prove": ProvaFactory(rendicontazione=rendicontazione),
        "controdeduzioni": Controdeduzione.objects.create(
            scheda=scheda, testo="Una controdeduzione.", presentata_da=autore
        ),
        "finestre": finestra,
        "proroghe": ProrogaFactory(finestra=finestra, unita=scheda.unita),
    }


def _dell_azienda(azienda: Azienda) -> dict[str, Any]:
    edizione = EdizioneIndividualeFactory(azienda=azienda)
    unita = UnitaOrganizzativa.objects.filter(organigramma__azienda=azienda).first()
    return {
        "organigrammi": Organigramma.objects.create(azienda=azienda, nome="Bozza di prova"),
        "periodi-chiusi": PeriodoChiuso.objects.create(azienda=azienda, anno=2021),
        "regole": EdizioneSMVP.objects.filter(azienda=azienda).first(),
        "regole-individuali": edizione,
        "valutazioni-individuali": ValutazioneFactory(edizione=edizione, unita=unita),
        "pubblicazioni-altrove": PubblicazioneAltrove.objects.create(
            azienda=azienda, codice=CODICE, titolo="Sistema di prova", anno=2022,
            indirizzo="https://example.org/smvp.pdf", pubblicato_il=date(2022, 2, 1),
        ),
        "segnalazioni": Segnalazione.objects.create(azienda=azienda, testo="Un errore di prova."),
        "eventi": Evento.objects.filter(azienda=azienda).first(),
    }  # fmt: skip


def _firmato(azienda: Azienda) -> DocumentoPubblicato:
    documento = DocumentoPubblicato.objects.create(
        piano=PianoFactory(azienda=azienda, stato="pubblicato"), versione=1, stato="pronto",
        contenuto="{}", sha256_contenuto="0", sha256_pdf="0", generatore="Albero",
        pubblicato_il=timezone.localdate(),
    )  # fmt: skip
    PdfFirmato.objects.create(
        documento=documento, origine="caricato", file=ContentFile(b"%PDF", name="firmato.pdf"),
        sha256="1" * 64, dimensione=4, firme=[{"chi": "Prova"}], catena_verificata=False,
    )  # fmt: skip
    return documento
