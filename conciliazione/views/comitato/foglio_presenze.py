# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of the presences: its rows as they are kept or as they were sent, and what was ticked.

Fields: ``t-<seggio>`` titolare, ``s-<seggio>`` supplente, ``n-<seggio>`` a name; ``e-<ente>`` a
body of the Rete and ``c-<ente>`` a capofila that is heard, each with who came in ``ne-``/``nc-``.
"""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from conciliazione.azioni.presenze import Detta
from conciliazione.comitato.chi import (
    consultabili,
    giorno_di,
    membri_del_giorno,
    seggi_del_giorno,
    titolari_e_supplenti,
)
from conciliazione.models import Componente, Presenza, Seduta

Riga = dict[str, Any]
Qualita = Componente.Qualita


def righe_comitato(seduta: Seduta, detti: QueryDict | None) -> list[Riga]:
    """One row for each seat, with who may sit in it."""
    seggi = list(seggi_del_giorno(seduta))
    chi = titolari_e_supplenti(seggi, giorno_di(seduta))
    segnate = {una.seggio_id: una for una in seduta.presenze.filter(seggio__isnull=False)}
    righe = []
    for seggio in seggi:
        persone = chi.get(seggio.pk, {})
        detta = _detta(detti, seggio.pk) if detti is not None else _com_e(segnate.get(seggio.pk))
        righe.append(
            {
                "seggio": seggio,
                "titolare": persone.get(Qualita.TITOLARE),
                "supplente": persone.get(Qualita.SUPPLENTE),
                "detta": detta,
            }
        )
    return righe


def righe_rete(seduta: Seduta, detti: QueryDict | None) -> list[Riga]:
    """One row for each body that is in the network that day."""
    return _righe_enti(membri_del_giorno(seduta).order_by("nome"), seduta, detti, "e")


def righe_consultivi(seduta: Seduta, detti: QueryDict | None) -> list[Riga]:
    """One row for each body that leads an Alleanza of the edition."""
    return _righe_enti(consultabili(seduta).order_by("nome"), seduta, detti, "c")


def seggi_detti(detti: QueryDict) -> dict[int, Detta]:
    chiavi = {pk for segno in ("t", "s", "n") for pk in _chiavi(detti, segno)}
    return {pk: _detta(detti, pk) for pk in chiavi}


def presenti_detti(detti: QueryDict) -> dict[int, str]:
    return {pk: detti.get(f"ne-{pk}", "") for pk in _chiavi(detti, "e")}


def consultivi_detti(detti: QueryDict) -> dict[int, str]:
    return {pk: detti.get(f"nc-{pk}", "") for pk in _chiavi(detti, "c")}


def _chiavi(detti: QueryDict, segno: str) -> Iterator[int]:
    for campo in detti:
        prima, _trattino, pk = campo.partition("-")
        if prima == segno and pk.isascii() and pk.isdigit() and len(pk) < 10:
            yield int(pk)


def _detta(detti: QueryDict, pk: int) -> Detta:
    return Detta(
        titolare=f"t-{pk}" in detti,
        supplente=f"s-{pk}" in detti,
        nome=detti.get(f"n-{pk}", ""),
    )


def _com_e(presenza: Presenza | None) -> Detta:
    if presenza is None or not presenza.presente:
        return Detta()
    siede = presenza.utente_id is not None
    return Detta(
        titolare=siede and not presenza.supplente,
        supplente=siede and presenza.supplente,
        nome=presenza.nome,
    )


def _righe_enti(enti: Any, seduta: Seduta, detti: QueryDict | None, segno: str) -> list[Riga]:
    segnate = {una.ente_id: una.nome for una in seduta.presenze.filter(ente__isnull=False)}
    righe = []
    for ente in enti:
        if detti is None:
            presente, nome = ente.pk in segnate, segnate.get(ente.pk, "")
        else:
            presente, nome = f"{segno}-{ente.pk}" in detti, detti.get(f"n{segno}-{ente.pk}", "")
        righe.append({"ente": ente, "presente": presente, "nome": nome})
    return righe
