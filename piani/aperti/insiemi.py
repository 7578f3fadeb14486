# SPDX-License-Identifier: AGPL-3.0-or-later
"""The datasets of an azienda: each document in force with its files, whatever it is a document
of, told in one way to the catalogue and to people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from piani.documenti_ente.forma import tabelle
from piani.models import Azienda, DocumentoEnte, DocumentoPubblicato
from piani.models.documento import DocumentoQuerySet
from piani.pubbliche.conserva import FOGLIO
from piani.views.trasparenza import nomi_csv

DATI = "documento.json"


@dataclass(frozen=True)
class Insieme:
    """A dataset. ``pagina`` is an address without the site; a file's is that with its name after
    it, of a table with ``csv/`` between.
    """

    codice: str
    nome: str
    descrizione: str
    pagina: str
    pubblicato_il: date | None
    primo_anno: int
    ultimo_anno: int
    versione: int
    csv: tuple[str, ...]

    @property
    def anni(self) -> str:
        if self.primo_anno == self.ultimo_anno:
            return str(self.primo_anno)
        return f"{self.primo_anno}–{self.ultimo_anno}"

    @property
    def file(self) -> tuple[str, ...]:
        """The files that hold every table together."""
        return DATI, FOGLIO


def insiemi_di(azienda: Azienda, oggi: date) -> list[Insieme]:
    """Those in publication, newest first; two queries."""
    dei_piani: DocumentoQuerySet = DocumentoPubblicato.objects.in_mostra(oggi).correnti()
    dell_ente = DocumentoEnte.objects.in_mostra(oggi).correnti().filter(azienda=azienda)
    trovati = [
        *map(_del_piano, dei_piani.filter(piano__azienda=azienda).defer("contenuto")),
        *map(_dell_ente, dell_ente),
    ]
    trovati.sort(key=lambda uno: uno.codice)
    return sorted(trovati, key=lambda uno: uno.pubblicato_il or date.min, reverse=True)


def _del_piano(documento: DocumentoPubblicato) -> Insieme:
    piano = documento.piano
    serie = f"/{documento.serie}" if documento.serie else ""
    frase = _(
        "%(nome)s di %(ente)s, anni %(da)s-%(a)s: obiettivi, indicatori, risultati e ogni "
        "altra tabella del documento pubblicato."
    )
    return Insieme(
        codice=f"{piano.azienda.codice}:{piano.slug}{serie}",
        nome=documento.nome,
        descrizione=frase % {
            "nome": documento.nome, "ente": piano.azienda.nome, "da": piano.anno_inizio,
            "a": piano.anno_fine,
        },
        pagina=documento.get_absolute_url(),
        pubblicato_il=documento.pubblicato_il,
        primo_anno=piano.anno_inizio,
        ultimo_anno=piano.anno_fine,
        versione=documento.versione,
        csv=tuple(nomi_csv(documento)),
    )  # fmt: skip


def _dell_ente(documento: DocumentoEnte) -> Insieme:
    frase = _("%(nome)s di %(ente)s, anno %(anno)s: ogni tabella del documento pubblicato.")
    return Insieme(
        codice=f"{documento.azienda.codice}:{documento.serie}",
        nome=documento.nome,
        descrizione=frase % {
            "nome": documento.nome, "ente": documento.azienda.nome, "anno": documento.anno,
        },
        pagina=documento.get_absolute_url(),
        pubblicato_il=documento.pubblicato_il,
        primo_anno=documento.anno,
        ultimo_anno=documento.anno,
        versione=documento.versione,
        csv=tuple(f"{una['nome']}.csv" for una in tabelle(documento.fotografia)),
    )  # fmt: skip


def giorni_di(insiemi: Iterable[Insieme]) -> list[date]:
    """When each was published."""
    return [uno.pubblicato_il for uno in insiemi if uno.pubblicato_il]
