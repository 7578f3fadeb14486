# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of the evaluating body of a year in the fields of the A.N.AC. publication schema for
art. 31 D.Lgs. 33/2013 (JSON, version 1.0.0).

The schema asks two acts of an OIV by name (the validation of the Relazione and the report on how
the system works) and any number of acts of a body that does the work of one. Each act is a date
and an address. ``annoDiRiferimanto`` is spelt as the schema spells it.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from piani import trasparenza as at
from piani.aperti.atti_oiv import Atto

VERSIONE = "1.0.0"
VALIDAZIONE, FUNZIONAMENTO = at.OIV.etichetta, at.RELAZIONE_OIV.etichetta
DELL_OIV = {
    VALIDAZIONE: "documentoDiValidazioneDellaRelazioneSullaPerformance",
    FUNZIONAMENTO: "relazioneSulFunzionamentoDelSistemaDiValutazione",
}
DI_PERSONA_GIURIDICA = re.compile(r"[0-9]{11}")
OIV = re.compile(r"\bO\.?I\.?V\b|organismo indipendente", re.IGNORECASE)


def anni(atti: Sequence[Atto]) -> list[int]:
    """The years that some act is of, the newest first."""
    return sorted({uno.anno for uno in atti}, reverse=True)


def manca(atti: Sequence[Atto], anno: int) -> str:
    """What the schema of a year asks and is not there; "" if it can be made."""
    suoi = [uno for uno in atti if uno.anno == anno]
    if not suoi:
        return _("nessun atto in pubblicazione")
    if not DI_PERSONA_GIURIDICA.fullmatch(suoi[0].codice_fiscale):
        return _("il codice fiscale dell'ente, undici cifre")
    if _di_un_oiv(suoi):
        mancanti = [nome for nome in DELL_OIV if nome not in {uno.tipologia for uno in suoi}]
        return "; ".join(f"«{nome}»" for nome in mancanti)
    return ""


def scheda(atti: Sequence[Atto], anno: int) -> dict[str, Any]:
    """The schema of a year, filled in.

    :param atti: the acts of an azienda, with addresses that begin with the site.
    :raises ValueError: something is missing (see :func:`manca`).
    """
    if cosa := manca(atti, anno):
        raise ValueError(cosa)
    suoi = [uno for uno in atti if uno.anno == anno]
    return {
        "intestazione": {
            "amministrazione": {
                "codiceFiscale": suoi[0].codice_fiscale,
                "denominazione": suoi[0].ente[:256],
            },
            "dataPubblicazione": _giorno(max(uno.pubblicato_il for uno in suoi)),
        },
        "annoDiRiferimanto": anno,
        "controlliERilievi": _dell_oiv(suoi) if _di_un_oiv(suoi) else _analoghi(suoi),
    }


def _di_un_oiv(atti: Sequence[Atto]) -> bool:
    """Whether the body that signs calls itself so; a Nucleo is a body that does the same work."""
    return any(OIV.search(uno.organismo) for uno in atti)


def _dell_oiv(atti: Sequence[Atto]) -> dict[str, Any]:
    """The newest of each kind."""
    per_tipo = {uno.tipologia: uno for uno in sorted(atti, key=lambda uno: uno.pubblicato_il)}
    return {
        "attiOrganoIndipendenteDiValidazione": {
            campo: _dove(per_tipo[nome]) for nome, campo in DELL_OIV.items()
        }
    }


def _analoghi(atti: Sequence[Atto]) -> dict[str, Any]:
    return {"attiOrganismiDiValutazioneAnaloghi": {"attiPubblicati": [_dove(uno) for uno in atti]}}


def _dove(atto: Atto) -> dict[str, str]:
    return {"dataPubblicazione": _giorno(atto.pubblicato_il), "URLPubblicazione": atto.link}


def _giorno(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"
