# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows for the tests: plain, complete, without surprises. People and bodies are invented."""

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ORDINARIA
from obiettivi.espressioni import leggi
from obiettivi.models import (
    AreaScheda,
    AreaStrategica,
    EdizioneIndividuale,
    EdizioneSMVP,
    Finestra,
    FonteDati,
    Indicatore,
    Misura,
    Obiettivo,
    Osservazione,
    Proroga,
    Prova,
    Rendicontazione,
    RigaScheda,
    Rilevazione,
    SchedaBudget,
    Target,
    ValutazioneIndividuale,
)
from piani.documenti_ente.forma import Colonna, Parte, Tabella, Testata, Tipo, fotografia
from piani.models import (
    Azienda,
    Delega,
    DocumentoEnte,
    Incarico,
    Invito,
    Organigramma,
    Piano,
    Ruolo,
    Sezione,
    UnitaOrganizzativa,
    Utente,
)
from piani.stampa import rende_json

REGOLE_INDIVIDUALI = (
    Path(__file__).resolve().parent.parent
    / "fixtures"
    / "edizioni_individuali"
    / "asst-cremona-2022.json"
)
PASSWORD = "una-frase-di-prova"


class AziendaFactory(DjangoModelFactory):
    class Meta:
        model = Azienda

    codice = factory.Sequence(lambda n: f"asst-prova-{n}")
    tipo = Azienda.Tipo.ASST
    nome = factory.Sequence(lambda n: f"ASST di prova {n}")


class UtenteFactory(DjangoModelFactory):
    class Meta:
        model = Utente
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"persona{n}")
    email = factory.LazyAttribute(lambda o: f"{o.username}@example.org")
    first_name = "Persona"
    last_name = "Inventata"

    @classmethod
    def _create(cls, model_class: type[Utente], *args: Any, **kwargs: Any) -> Utente:
        return model_class.objects.create_user(*args, password=PASSWORD, **kwargs)


class IncaricoFactory(DjangoModelFactory):
    class Meta:
        model = Incarico

    utente = factory.SubFactory(UtenteFactory)
    azienda = factory.SubFactory(AziendaFactory)
    ruolo = Ruolo.CONTROLLO_GESTIONE
    dal = date(2020, 1, 1)


class InvitoFactory(DjangoModelFactory):
    class Meta:
        model = Invito

    utente = factory.SubFactory(UtenteFactory)
    azienda = factory.SubFactory(AziendaFactory)
    scade_il = factory.LazyFunction(lambda: timezone.now() + timedelta(days=7))


class DelegaFactory(DjangoModelFactory):
    class Meta:
        model = Delega

    incarico = factory.SubFactory(IncaricoFactory)
    delegato = factory.SubFactory(UtenteFactory)
    dal = date(2020, 1, 1)
    al = date(2099, 12, 31)
    motivo = "Congedo di prova"


class DocumentoEnteFactory(DjangoModelFactory):
    """A version of a document of the body that says almost nothing, not public."""

    class Meta:
        model = DocumentoEnte

    azienda = factory.SubFactory(AziendaFactory)
    sezione_at = "attestazione-dell-oiv-sugli-obblighi-di-pubblicazione"
    serie = "attestazione-2022-05-31"
    titolo = "Attestazione di prova"
    anno = 2022
    data_atto = date(2022, 6, 20)
    versione = 1
    contenuto = factory.LazyAttribute(
        lambda o: rende_json(
            fotografia(
                o.azienda,
                Testata(
                    titolo=o.titolo, norma="Norma di prova", anno=o.anno, serie=o.serie,
                    data_atto=o.data_atto, coppie=[("Organismo", "Nucleo di prova")],
                ),
                [
                    Parte(
                        "Cifre", ("Una frase.",), ("Una voce.",),
                        Tabella(
                            "cifre", "Cifre di prova",
                            [
                                Colonna("nome", "Nome"),
                                Colonna("euro", "Importo", Tipo.EURO),
                            ],
                            [["=cattiva", Decimal("1205.30")], ["Senza", None]],
                        ),
                    )
                ],
                versione=o.versione, giorno=o.data_atto,
            )
        ).decode()
    )  # fmt: skip
    sha256_contenuto = factory.LazyAttribute(
        lambda o: hashlib.sha256(o.contenuto.encode()).hexdigest()
    )


class OrganigrammaFactory(DjangoModelFactory):
    class Meta:
        model = Organigramma

    azienda = factory.SubFactory(AziendaFactory)
    nome = "Organigramma di prova"
    valido_dal = date(2020, 1, 1)


class UnitaFactory(DjangoModelFactory):
    class Meta:
        model = UnitaOrganizzativa

    organigramma = factory.SubFactory(OrganigrammaFactory)
    codice = factory.Sequence(lambda n: f"U{n}")
    nome = factory.Sequence(lambda n: f"Unità di prova {n}")
    tipo = UnitaOrganizzativa.Tipo.UOC
    ordine = factory.Sequence(lambda n: n)


class PianoFactory(DjangoModelFactory):
    class Meta:
        model = Piano

    azienda = factory.SubFactory(AziendaFactory)
    slug = factory.Sequence(lambda n: f"piano-di-prova-{n}")
    titolo = factory.Sequence(lambda n: f"Piano della performance di prova {n}")
    anno_inizio = 2022
    anno_fine = 2024
    stato = Piano.Stato.ADOTTATO
    atto_tipo = "decreto"


class SezioneFactory(DjangoModelFactory):
    class Meta:
        model = Sezione

    piano = factory.SubFactory(PianoFactory)
    ordine = factory.LazyAttribute(lambda sezione: sezione.piano.sezioni.count() + 1)
    tipo = Sezione.Tipo.MISSIONE
    titolo = "Missione"
    testo = "Una frase di **prova**."


class AreaFactory(DjangoModelFactory):
    class Meta:
        model = AreaStrategica

    piano = factory.SubFactory(PianoFactory)
    codice = factory.Sequence(lambda n: f"A{n}")
    ordine = factory.Sequence(lambda n: n)
    nome = factory.Sequence(lambda n: f"Area di prova {n}")


class ObiettivoFactory(DjangoModelFactory):
    class Meta:
        model = Obiettivo

    area = factory.SubFactory(AreaFactory)
    codice = factory.Sequence(lambda n: f"O{n}")
    ordine = factory.Sequence(lambda n: n)
    titolo = factory.Sequence(lambda n: f"Obiettivo di prova {n}")


class IndicatoreFactory(DjangoModelFactory):
    class Meta:
        model = Indicatore

    azienda = factory.SubFactory(AziendaFactory)
    codice = factory.Sequence(lambda n: f"IND-{n}")
    nome = factory.Sequence(lambda n: f"Indicatore di prova {n}")
    unita = "%"
    verso = Indicatore.Verso.CRESCENTE


class FonteFactory(DjangoModelFactory):
    class Meta:
        model = FonteDati

    codice = factory.Sequence(lambda n: f"fonte-{n}")
    nome = factory.Sequence(lambda n: f"Flusso di prova {n}")


class MisuraFactory(DjangoModelFactory):
    class Meta:
        model = Misura

    obiettivo = factory.SubFactory(ObiettivoFactory)
    indicatore = factory.SubFactory(
        IndicatoreFactory, azienda=factory.SelfAttribute("..obiettivo.area.piano.azienda")
    )


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    misura = factory.SubFactory(MisuraFactory)
    anno = 2022
    stampato = "≥ 95%"
    lettura = factory.LazyAttribute(lambda o: leggi(o.stampato).come_dati())


class OsservazioneFactory(DjangoModelFactory):
    class Meta:
        model = Osservazione

    piano = factory.SubFactory(PianoFactory)
    autore = factory.SubFactory(UtenteFactory)
    testo = "Un'osservazione di prova."


class RilevazioneFactory(DjangoModelFactory):
    class Meta:
        model = Rilevazione

    indicatore = factory.SubFactory(IndicatoreFactory)
    anno = 2022
    valore = factory.Sequence(lambda n: 90)


class EdizioneFactory(DjangoModelFactory):
    class Meta:
        model = EdizioneSMVP

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2022
    nome = "Regole di prova"
    parametri = factory.LazyFunction(lambda: come_dati(ORDINARIA))


class SchedaFactory(DjangoModelFactory):
    class Meta:
        model = SchedaBudget

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2022
    unita = factory.SubFactory(
        UnitaFactory,
        cdr=True,
        organigramma=factory.SubFactory(
            OrganigrammaFactory, azienda=factory.SelfAttribute("...azienda")
        ),
    )


class AreaSchedaFactory(DjangoModelFactory):
    class Meta:
        model = AreaScheda

    scheda = factory.SubFactory(SchedaFactory)
    ordine = factory.Sequence(lambda n: n + 1)
    nome = factory.Sequence(lambda n: f"Area della scheda {n}")


class RigaSchedaFactory(DjangoModelFactory):
    class Meta:
        model = RigaScheda

    area = factory.SubFactory(AreaSchedaFactory)
    ordine = factory.Sequence(lambda n: n + 1)
    obiettivo = factory.Sequence(lambda n: f"Obiettivo del CdR {n}")
    indicatore = factory.SubFactory(
        IndicatoreFactory, azienda=factory.SelfAttribute("..area.scheda.azienda")
    )
    atteso = "≥ 95%"
    lettura = factory.LazyAttribute(lambda o: leggi(o.atteso).come_dati())


class FinestraFactory(DjangoModelFactory):
    class Meta:
        model = Finestra

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2022
    tipo = Finestra.Tipo.RENDICONTAZIONE
    frazione = "T1"
    apre = date(2020, 1, 1)
    scade = date(2099, 12, 31)


class ProrogaFactory(DjangoModelFactory):
    class Meta:
        model = Proroga

    finestra = factory.SubFactory(FinestraFactory)
    unita = factory.SubFactory(
        UnitaFactory,
        cdr=True,
        organigramma=factory.SubFactory(
            OrganigrammaFactory, azienda=factory.SelfAttribute("...finestra.azienda")
        ),
    )
    fino_al = date(2100, 12, 31)
    motivo = "Un motivo di prova"


class RendicontazioneFactory(DjangoModelFactory):
    class Meta:
        model = Rendicontazione

    riga = factory.SubFactory(RigaSchedaFactory)
    frazione = "T1"
    cifre = factory.LazyFunction(lambda: {"stato": "numero", "valore": "96"})
    azioni = "Azioni di prova"
    raggiungibile = True
    dichiarato = Decimal(80)


class ProvaFactory(DjangoModelFactory):
    class Meta:
        model = Prova

    rendicontazione = factory.SubFactory(RendicontazioneFactory)
    file = factory.django.FileField(filename="verbale.txt", data=b"Un verbale di prova.")
    nome = "verbale.txt"
    tipo = "text/plain"
    dimensione = 20
    sha256 = factory.Sequence(lambda n: f"{n:064x}")


def regole_individuali() -> dict[str, Any]:
    """The preset of the product: 70 results, 30 contribution."""
    return json.loads(REGOLE_INDIVIDUALI.read_text(encoding="utf-8"))


class EdizioneIndividualeFactory(DjangoModelFactory):
    class Meta:
        model = EdizioneIndividuale

    azienda = factory.SubFactory(AziendaFactory)
    anno = 2022
    nome = "Regole di prova"
    parametri = factory.LazyFunction(regole_individuali)


class ValutazioneFactory(DjangoModelFactory):
    """A sheet just assigned, with an evaluator who heads the unit."""

    class Meta:
        model = ValutazioneIndividuale

    edizione = factory.SubFactory(EdizioneIndividualeFactory)
    azienda = factory.SelfAttribute("edizione.azienda")
    anno = factory.SelfAttribute("edizione.anno")
    persona = factory.SubFactory(UtenteFactory)
    categoria = "dirigenza"
    unita = factory.SubFactory(
        UnitaFactory,
        cdr=True,
        organigramma=factory.SubFactory(
            OrganigrammaFactory, azienda=factory.SelfAttribute("...edizione.azienda")
        ),
    )
    valutatore = factory.LazyAttribute(
        lambda o: (
            IncaricoFactory(
                azienda=o.edizione.azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=o.unita
            ).utente
        )
    )


def piano_pronto(azienda: Azienda, **campi: Any) -> Piano:
    """A draft of which nothing is missing, with the rules of its first year: one indicator."""
    piano = PianoFactory(azienda=azienda, **{"stato": Piano.Stato.BOZZA, "atto_tipo": ""} | campi)
    SezioneFactory(piano=piano, testo="La missione dell'azienda, in una frase di prova.")
    if not azienda.edizioni_smvp.filter(anno=piano.anno_inizio).exists():
        EdizioneFactory(azienda=azienda, anno=piano.anno_inizio)
    misura = MisuraFactory(
        obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)),
        indicatore=IndicatoreFactory(azienda=azienda, fonte=FonteFactory()),
    )
    for anno in piano.anni:
        TargetFactory(misura=misura, anno=anno)
    return piano
