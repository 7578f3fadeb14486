# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of a plan's tree, ready to be looped over: one query per level, whatever the size."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KT
from django.urls import reverse

from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.filters import INCERTE, Scelto
from obiettivi.models import AreaStrategica, Misura, Obiettivo, Raggiungimento, Target
from obiettivi.voti import CAMPI, da_calcolare, voto, voto_di
from piani.models import Piano

Riga = dict[str, Any]
Livello = Raggiungimento.Livello


TANTE = 400  # rows beyond which an area is read when it is opened


@dataclass(frozen=True)
class Albero:
    """Areas and linee strategiche with what hangs from them.

    ``quante`` counts the indicators; with ``pigro`` the areas come without their rows, which are
    read one area at a time.
    """

    anni: list[int]
    aree: list[Riga]
    linee: list[Riga]
    quante: int
    pigro: bool


def aree_di(piano: Piano) -> list[Riga]:
    """Areas and linee of the plan, in order."""
    righe = AreaStrategica.objects.filter(piano=piano).order_by("tipo", "ordine")
    return list(righe.values("pk", "codice", "tipo", "nome", "descrizione", "peso"))


def costruisci(
    piano: Piano,
    aree: list[Riga],
    misure: QuerySet[Misura],
    scelto: Scelto | None,
    *,
    tutte: bool,
    noti: Iterable[Raggiungimento] | None = None,
    al: str = "",
) -> Albero:
    """The tree of the given misure.

    :param scelto: (prospettiva, anno, frazione) of the scores to show.
    :param noti: those scores as they were known on the day ``al``, instead of the stored ones.
    :param tutte: also the areas and objectives that have none of these misure.
    """
    conti = dict(misure.order_by().values_list("obiettivo__area").annotate(quante=Count("pk")))
    quante = sum(conti.values())
    pigro = quante > TANTE and len(conti) > 1
    voti = _voti(piano, scelto, solo_aree=pigro) if noti is None else _voti_di(noti)
    foglie = {} if pigro else _foglie(piano, misure, voti, scelto, al)
    rami = {} if pigro else _rami(piano, foglie, voti, tutte=tutte)
    piene = [
        area
        | _peso(area)
        | _voto(piano, voti, Livello.AREA, area["pk"], scelto, al)
        | {"obiettivi": rami.get(area["pk"], []), "quante": conti.get(area["pk"], 0)}
        for area in aree
        if tutte or area["pk"] in conti
    ]
    return Albero(
        anni=list(piano.anni),
        aree=[a for a in piene if a["tipo"] == AreaStrategica.Tipo.AREA],
        linee=[a for a in piene if a["tipo"] == AreaStrategica.Tipo.LINEA],
        quante=quante,
        pigro=pigro,
    )


def _voti(piano: Piano, scelto: Scelto | None, *, solo_aree: bool) -> dict[tuple[str, int], Any]:
    if scelto is None:
        return {}
    prospettiva, anno, frazione = scelto
    righe = Raggiungimento.objects.filter(
        piano=piano, prospettiva=prospettiva, anno=anno, frazione=frazione
    ).values_list("livello", "oggetto", *CAMPI)
    if solo_aree:
        righe = righe.filter(livello=Livello.AREA)
    return {(livello, oggetto): voto(*esito) for livello, oggetto, *esito in righe}


def _voti_di(righe: Iterable[Raggiungimento]) -> dict[tuple[str, int], Any]:
    return {(riga.livello, riga.oggetto): voto_di(riga) for riga in righe}


def _voto(
    piano: Piano,
    voti: dict[tuple[str, int], Any],
    livello: str,
    oggetto: int,
    scelto: Scelto | None,
    al: str,
) -> Riga:
    suo = voti.get((livello, oggetto))
    if suo is None or scelto is None:
        return {"voto": da_calcolare(), "perche": ""}
    return {"voto": suo, "perche": indirizzo_perche(piano.slug, livello, oggetto, *scelto, al)}


def indirizzo_perche(
    slug: str,
    livello: str,
    oggetto: int,
    prospettiva: str,
    anno: int,
    frazione: str = "",
    al: str = "",
) -> str:
    """Where a score is explained, as it is or as it was on a day."""
    indirizzo = reverse("spiegazione", args=[slug, livello, oggetto])
    quale = f"{indirizzo}?prospettiva={prospettiva}&anno={anno}&frazione={frazione}"
    return f"{quale}&al={al}" if al else quale


def _foglie(
    piano: Piano,
    misure: QuerySet[Misura],
    voti: dict[tuple[str, int], Any],
    scelto: Scelto | None,
    al: str,
) -> dict[int, list[Riga]]:
    """The misure of each objective, each with the targets of every year as printed."""
    target = _target(misure)
    indirizzo = reverse("indicatore", args=[piano.azienda.codice, "-"])[:-2]
    righe = misure.order_by("obiettivo_id", "ordine", "pk").values(
        "pk", "obiettivo_id", "peso", "base_stampata", "base_anno",
        "indicatore__codice", "indicatore__nome",
    )  # fmt: skip
    perche, senza = _modello_perche(piano, scelto, al), da_calcolare()
    foglie = defaultdict(list)
    for riga in righe:
        chiave = riga["pk"]
        suo = voti.get((Livello.INDICATORE, chiave))
        foglie[riga["obiettivo_id"]].append(
            {
                "codice": riga["indicatore__codice"],
                "nome": riga["indicatore__nome"],
                "url": f"{indirizzo}{quote(riga['indicatore__codice'])}/",
                "base": riga["base_stampata"],
                "base_anno": riga["base_anno"],
                "target": [target.get((chiave, anno)) for anno in piano.anni],
                "voto": suo or senza,
                "perche": perche.replace("/0/", f"/{chiave}/") if suo else "",
            }
            | _peso(riga)
        )
    return foglie


def _modello_perche(piano: Piano, scelto: Scelto | None, al: str) -> str:
    """The address of an explanation with key 0: resolving it once is enough for all rows."""
    return indirizzo_perche(piano.slug, Livello.INDICATORE, 0, *scelto, al) if scelto else ""


def _target(misure: QuerySet[Misura]) -> dict[tuple[int, int], Riga]:
    righe = (
        Target.objects.filter(misura__in=misure.order_by().values("pk"))
        .annotate(certezza=KT("lettura__certezza"))
        .values_list("misura_id", "anno", "stampato", "certezza", "confermato_il")
    )
    return {
        (misura, anno): {
            "nome": f"Atteso {anno}",
            "stampato": stampato,
            "dubbio": certezza in INCERTE and confermato is None,
        }
        for misura, anno, stampato, certezza, confermato in righe
    }


def _rami(
    piano: Piano,
    foglie: dict[int, list[Riga]],
    voti: dict[tuple[str, int], Any],
    *,
    tutte: bool,
) -> dict[int, list[Riga]]:
    """The objectives of each area, operative ones right after their strategic one."""
    obiettivi = Obiettivo.objects.di_piano(piano)
    if not tutte:
        obiettivi = obiettivi.filter(pk__in=list(foglie))
    righe = obiettivi.order_by("area_id", "ordine", "pk").values(
        "pk", "area_id", "parent_id", "codice", "titolo", "peso", "responsabile__nome"
    )
    rami = defaultdict(list)
    modello = reverse("obiettivo", args=[0])
    for riga in in_ordine(list(righe)):
        chiave = riga["pk"]
        misure = foglie.get(chiave, [])
        rami[riga["area_id"]].append(
            riga
            | {
                "url": modello.replace("/0/", f"/{chiave}/"),
                "responsabile": riga["responsabile__nome"] or "",
                "misure": misure,
                # The score of an objective with one indicator is that of the indicator.
                "voto": voti.get((Livello.OBIETTIVO, chiave)) if len(misure) > 1 else None,
            }
            | _peso(riga)
        )
    return rami


def in_ordine(righe: list[Riga]) -> Iterable[Riga]:
    """Parents before their children, children in their order, with their depth."""
    figli = defaultdict(list)
    chiavi = {riga["pk"] for riga in righe}
    for riga in righe:
        padre = riga["parent_id"]
        figli[padre if padre in chiavi else None].append(riga)
    da_visitare = [(riga, 0) for riga in reversed(figli[None])]
    while da_visitare:
        riga, livello = da_visitare.pop()
        yield riga | {"livello": livello}
        da_visitare += [(figlio, livello + 1) for figlio in reversed(figli[riga["pk"]])]


def _peso(riga: Riga) -> Riga:
    peso: Decimal | None = riga["peso"]
    return {"peso": "" if peso is None else f"{italiano(peso.normalize() + 0)}%"}
