# SPDX-License-Identifier: AGPL-3.0-or-later
"""The answer that carries a list as a file, and the line that it leaves in the register."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from piani.azioni.esportazione import annota_esportazione
from piani.esporta import ods, testi, xlsx
from piani.esporta.foglio import Cella, Foglio, Testo, di_celle
from piani.models import Azienda

Righe = Iterable[list[Cella]]
Scrivi = Callable[[Foglio, Righe, IO[bytes]], None]
PARAMETRI = ("formato", "foglio", "pagina")
"""What of an address chooses the file, or the part shown, and filters nothing."""


@dataclass(frozen=True)
class Formato:
    """A way to write a sheet: as lines of text (``linee``) or as one file (``file``)."""

    etichetta: Testo
    estensione: str
    tipo: str
    linee: Callable[[Foglio, Righe], Iterator[str]] | None = None
    file: Scrivi | None = None


FORMATI = {
    "csv": Formato("CSV", "csv", "text/csv; charset=utf-8", linee=testi.csv_italiano),
    "xlsx": Formato(
        "Excel (xlsx)", "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", file=xlsx.scrivi,
    ),
    "ods": Formato(
        "LibreOffice (ods)", "ods", "application/vnd.oasis.opendocument.spreadsheet",
        file=ods.scrivi,
    ),
    "json": Formato("JSON", "json", "application/json", linee=testi.json),
    "csv-programmi": Formato(
        _("CSV per programmi"), "csv", "text/csv; charset=utf-8", linee=testi.csv_per_programmi
    ),
}  # fmt: skip


def chiesto(request: HttpRequest, foglio: str = "") -> bool:
    """Whether the address asks for a list as a file: the one with that name, on a page of many.

    A format that there is not asks for nothing: the page is shown.
    """
    formato = request.GET.get("formato")
    return (
        request.method in ("GET", "HEAD")
        and formato in FORMATI
        and request.GET.get("foglio", "") == foglio
    )


def scarica(
    request: HttpRequest,
    foglio: Foglio,
    righe: Iterable[Any],
    *,
    azienda: Azienda | None = None,
    di: object = "",
) -> HttpResponseBase:
    """The rows as a file to save, in the format of the address; CSV if it says none.

    :param righe: those that the page shows, of all its pages; a QuerySet is read some at a time.
    :param azienda: of which the rows are, for the register.
    :param di: what they are of, for the name of the file.
    """
    formato = FORMATI.get(request.GET.get("formato", ""), FORMATI["csv"])
    if foglio.personali and request.user.is_authenticated:
        righe = righe if isinstance(righe, QuerySet) else list(righe)
        _annota(request, foglio, formato, righe, azienda)
    nome = "-".join(filter(None, (foglio.nome, slugify(str(di)))))
    testata = content_disposition_header(True, f"{nome}.{formato.estensione}")
    celle = foglio.celle(righe)
    risposta: HttpResponseBase
    if formato.file is not None:
        risposta = FileResponse(_file(formato.file, foglio, celle), content_type=formato.tipo)
    else:
        linee = (formato.linee or testi.csv_italiano)(foglio, celle)
        risposta = StreamingHttpResponse(linee, content_type=formato.tipo)
    risposta["Content-Disposition"] = testata
    if request.user.is_authenticated:
        risposta["Cache-Control"] = "private, no-store"
    return risposta


def tabella(
    request: HttpRequest,
    nome: str,
    titolo: Testo,
    righe: Iterable[Sequence[Any]],
    *,
    personali: bool = False,
    azienda: Azienda | None = None,
) -> HttpResponseBase:
    """The same for rows of cells that begin with their headings; what is computed is shown with
    two decimals, as on the page.
    """
    scorse = iter(righe)
    foglio = di_celle(nome, titolo, list(next(scorse)), personali=personali, decimali=2)
    tonde = ([_tonda(cella) for cella in riga] for riga in scorse)
    return scarica(request, foglio, tonde, azienda=azienda)


def _tonda(cella: Any) -> Any:
    if isinstance(cella, Decimal) and cella.is_finite():
        return cella.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return cella


def _file(scrivi: Scrivi, foglio: Foglio, celle: Righe) -> IO[bytes]:
    """On disk, not in memory: an archive is known only when it is whole."""
    uscita = TemporaryFile()  # noqa: SIM115 -- FileResponse closes it
    scrivi(foglio, celle, uscita)
    uscita.seek(0)
    return uscita


def _annota(
    request: HttpRequest,
    foglio: Foglio,
    formato: Formato,
    righe: Any,
    azienda: Azienda | None,
) -> None:
    filtri = request.GET.copy()
    for nome in PARAMETRI:
        filtri.pop(nome, None)
    annota_esportazione(
        azienda,
        elenco=str(foglio.titolo),
        formato=formato.estensione,
        righe=righe.count() if isinstance(righe, QuerySet) else len(righe),
        filtri=filtri.urlencode(),
        da=request.user,
    )
