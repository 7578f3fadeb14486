# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of the OIV in one table (art. 31 D.Lgs. 33/2013): which act, of what year, by whom,
when, where it is; a row for each that is in publication.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from piani import trasparenza as at
from piani.models import (
    Azienda,
    DocumentoEnte,
    DocumentoPubblicato,
    ObbligoDiPubblicazione,
    PubblicazioneAltrove,
)
from piani.obblighi.stato import anno_di

TITOLO = "Atti degli organismi indipendenti di valutazione"
NORMA = "Art. 31, d.lgs. n. 33/2013"
SEZIONI = {sezione.slug: sezione for sezione in at.ATTI_OIV}
HTML, ALTRO = "HTML, PDF, JSON, CSV", "altro"


@dataclass(frozen=True)
class Atto:
    """A row. ``link`` is the page; ``pdf`` the file to keep, if Albero has it."""

    ente: str
    codice_fiscale: str
    codice_ipa: str
    tipologia: str
    norma: str
    titolo: str
    anno: int
    organismo: str
    data_atto: str
    pubblicato_il: str
    in_pubblicazione_fino_al: str
    versione: int | None
    formato: str
    link: str
    pdf: str


CAMPI = tuple(uno.name for uno in fields(Atto))


def nomi_dei_campi() -> list[str]:
    """The headings, in the order of the columns."""
    return [
        _("Ente"), _("Codice fiscale"), _("Codice IPA"), _("Tipologia di atto"),
        _("Riferimento normativo"), _("Atto"), _("Anno di riferimento"),
        _("Organismo"), _("Data dell'atto"), _("Pubblicato il"),
        _("In pubblicazione fino al"), _("Versione"), _("Formato"), _("Collegamento"), _("PDF"),
    ]  # fmt: skip


def atti_di(azienda: Azienda, oggi: date, sito: str = "") -> list[Atto]:
    """The acts in force, by kind and then newest first, in four queries.

    :param sito: how every address begins.
    """
    ordine = {sezione.etichetta: posto for posto, sezione in enumerate(at.ATTI_OIV)}
    trovati = [
        *_dei_piani(azienda, oggi, sito),
        *_dell_ente(azienda, oggi, sito),
        *_altrove(azienda, oggi),
    ]
    trovati.sort(key=lambda uno: (uno.anno, uno.pubblicato_il), reverse=True)
    return sorted(trovati, key=lambda uno: ordine[uno.tipologia])


def _dei_piani(azienda: Azienda, oggi: date, sito: str) -> Iterator[Atto]:
    """The documents that go with a plan: the validation of a Relazione says who and when."""
    documenti = DocumentoPubblicato.objects.in_mostra(oggi).correnti()
    for uno in documenti.filter(piano__azienda=azienda, sezione_at__in=SEZIONI):
        detto = uno.fotografia.get("validazione") or {}
        link = f"{sito}{uno.get_absolute_url()}"
        yield Atto(
            **_di(azienda, uno.sezione_at), titolo=uno.nome, anno=anno_di(uno),
            organismo=detto.get("organo", ""), data_atto=detto.get("data", ""),
            **_giorni(uno), versione=uno.versione, formato=HTML, link=link,
            pdf=f"{link}documento.pdf",
        )  # fmt: skip


def _dell_ente(azienda: Azienda, oggi: date, sito: str) -> Iterator[Atto]:
    documenti = DocumentoEnte.objects.in_mostra(oggi).correnti()
    for uno in documenti.filter(azienda=azienda, sezione_at__in=SEZIONI):
        coppie = uno.fotografia["documento"]["coppie"]
        link = f"{sito}{uno.get_absolute_url()}"
        yield Atto(
            **_di(azienda, uno.sezione_at), titolo=uno.titolo, anno=uno.anno,
            organismo=coppie[0]["valore"] if coppie else "",
            data_atto=f"{uno.data_atto:%Y-%m-%d}" if uno.data_atto else "",
            **_giorni(uno), versione=uno.versione, formato=f"{HTML}, XLSX", link=link,
            pdf=f"{link}documento.pdf",
        )  # fmt: skip


def _altrove(azienda: Azienda, oggi: date) -> Iterator[Atto]:
    """What the azienda registered of its own site; its act is read there."""
    codici = dict(
        ObbligoDiPubblicazione.objects.in_vigore(oggi)
        .filter(sezione__in=SEZIONI)
        .values_list("codice", "sezione")
    )
    righe = PubblicazioneAltrove.objects.in_mostra(oggi)
    for una in righe.filter(azienda=azienda, codice__in=codici):
        yield Atto(
            **_di(azienda, codici[una.codice]), titolo=una.titolo, anno=una.anno, organismo="",
            data_atto="", **_giorni(una), versione=None, formato=ALTRO, link=una.indirizzo,
            pdf="",
        )  # fmt: skip


def _di(azienda: Azienda, slug: str) -> dict[str, str]:
    return {
        "ente": azienda.nome,
        "codice_fiscale": azienda.codice_fiscale,
        "codice_ipa": azienda.codice_ipa,
        "tipologia": SEZIONI[slug].etichetta,
        "norma": SEZIONI[slug].norma,
    }


def _giorni(documento: Any) -> dict[str, str]:
    return {
        "pubblicato_il": f"{documento.pubblicato_il:%Y-%m-%d}",
        "in_pubblicazione_fino_al": f"{documento.scade_il:%Y-%m-%d}",
    }
