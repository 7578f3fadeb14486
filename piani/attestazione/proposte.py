# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the register knows of an obligation on a day: shown beside the scores, never taken.

Of completeness it knows nothing: that is for who reads what is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from piani.models import RilevazioneObblighi
from piani.obblighi.stato import Stato, Uscita, Voce, quadro

APERTI = {".csv", ".json", ".jsonld", ".xml", ".ods", ".odt", ".xlsx", ".txt", ".rdf"}
CHIUSI = {".doc", ".docx", ".xls", ".ppt", ".pptx", ".jpg", ".jpeg", ".png", ".tif", ".tiff"}
"""Neither open, nor to be worked on as it is. Of a PDF or of a page only a reader can say."""


@dataclass(frozen=True)
class Proposta:
    """The scores that what is known would give, and the sentences that say why."""

    punteggi: Mapping[str, int] = field(default_factory=dict)
    perche: tuple[str, ...] = ()


def proposte(rilevazione: RilevazioneObblighi) -> dict[str, Proposta]:
    """By obligation, as the section was on the day of reference."""
    return {voce.obbligo.codice: proposta_di(voce) for voce in voci_di(rilevazione)}


def voci_di(rilevazione: RilevazioneObblighi) -> list[Voce]:
    """The obligations as they were on the day of reference."""
    azienda = rilevazione.azienda
    giorno = rilevazione.riferimento
    return quadro([azienda], giorno, con_tabelle=True, come_allora=True)[azienda.pk]


def proposta_di(voce: Voce) -> Proposta:
    """What the state of an obligation suggests."""
    ultima = voce.ultima
    if ultima is None:
        niente = _("Niente di pubblicato a quella data.")
        return Proposta(dict.fromkeys(("pubblicazione", "aggiornamento", "formato"), 0), (niente,))
    punteggi, perche = {"pubblicazione": 2}, [_pubblicata(ultima)]
    if voce.stato == Stato.IN_RITARDO and voce.prossima is not None:
        punteggi["aggiornamento"] = 1
        perche.append(
            _("Il termine del %(giorno)s è passato.") % {"giorno": f"{voce.prossima:%d/%m/%Y}"}
        )
    else:
        punteggi["aggiornamento"] = 3
        perche.append(_("Nessun termine è passato."))
    formato, detto = _formato(ultima)
    if formato is not None:
        punteggi["formato"] = formato
    return Proposta(punteggi, (*perche, detto))


def _pubblicata(ultima: Uscita) -> str:
    if ultima.il is None:
        return _("«%(che)s»: tabella che si aggiorna da sé.") % {"che": ultima.titolo}
    return _("«%(che)s», pubblicato il %(giorno)s.") % {
        "che": ultima.titolo, "giorno": f"{ultima.il:%d/%m/%Y}",
    }  # fmt: skip


def _formato(ultima: Uscita) -> tuple[int | None, str]:
    """The openness of the format, by the ending of the address; none where that does not tell."""
    if ultima.altrove is None:
        return 3, _("Pubblicato con Albero: c'è anche in formati aperti.")
    coda = PurePosixPath(urlsplit(ultima.url).path).suffix.lower()
    if coda in APERTI:
        return 3, _("Il file è %(coda)s, un formato aperto.") % {"coda": coda}
    if coda in CHIUSI:
        return 0, _("Il file è %(coda)s, che non è un formato aperto.") % {"coda": coda}
    return None, _("È nel sito istituzionale: se il formato è aperto si vede aprendolo.")
