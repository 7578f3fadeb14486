# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is at a meeting: for each seat the titolare or the supplente; in the Rete, each body."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conciliazione.azioni.passi import annota, bloccata, esigi_stato
from conciliazione.azioni.seduta import VERBALIZZA
from conciliazione.comitato.chi import (
    consultabili,
    seggi_del_giorno,
    titolari_e_supplenti,
)
from conciliazione.models import Componente, Ente, Presenza, Seduta, Seggio, Voto
from piani.models import Utente
from piani.rules import esigi

Qualita = Componente.Qualita


@dataclass(frozen=True)
class Detta:
    """What is said of a seat: the titolare is there, the supplente is, or somebody by name."""

    titolare: bool = False
    supplente: bool = False
    nome: str = ""

    @property
    def presente(self) -> bool:
        return self.titolare or self.supplente or bool(self.nome.strip())


def segna_presenze(
    seduta: Seduta,
    *,
    seggi: Mapping[int, Detta],
    consultivi: Mapping[int, str] | None = None,
    da: Utente | None,
) -> int:
    """Write who is at a meeting of the Comitato; a seat that is not named is absent. How many
    seats are present.

    :param consultivi: bodies that lead an Alleanza, heard without a vote, each with who came.
    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by seat (``seggio-<pk>``): both titolare and supplente; nobody is
        appointed and no name is given; it voted already and cannot be absent. Or a seat present is
        not in office that day, or the meeting is neither called nor open.
    """
    esigi(da, VERBALIZZA, seduta)
    with transaction.atomic():
        _aggiornabile(seduta, Seduta.Organo.COMITATO)
        giorno = timezone.localdate(seduta.quando)
        in_carica = list(seggi_del_giorno(seduta))
        _solo_in_carica(in_carica, seggi)
        chi = titolari_e_supplenti(in_carica, giorno)
        votanti = _hanno_votato(seduta)
        errori: dict[str, str] = {}
        righe = []
        for seggio in in_carica:
            detta = seggi.get(seggio.pk, Detta())
            persone = chi.get(seggio.pk, {})
            if sbaglio := _sbaglio(seggio, detta, persone, votanti):
                errori[f"seggio-{seggio.pk}"] = sbaglio
            else:
                righe.append(_presenza(seduta, seggio, detta, persone))
        if errori:
            raise ValidationError(errori)
        righe += _consultivi(seduta, consultivi or {})
        return _riscrivi(seduta, righe, da)


def segna_presenze_rete(seduta: Seduta, *, presenti: Mapping[int, str], da: Utente | None) -> int:
    """Write which bodies are at a meeting of the Rete, each with who came; how many.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: one of them is not in the network that day; the meeting is neither
        called nor open.
    """
    esigi(da, VERBALIZZA, seduta)
    with transaction.atomic():
        _aggiornabile(seduta, Seduta.Organo.RETE)
        giorno = timezone.localdate(seduta.quando)
        membri = Ente.objects.filter(azienda=seduta.azienda).membri(giorno).in_bulk(presenti)
        if presenti.keys() - membri.keys():
            raise ValidationError(
                _("Fra i presenti c'è un ente che quel giorno non fa parte della Rete: ricarica.")
            )
        righe = [
            Presenza(seduta=seduta, ente=membri[pk], nome=nome.strip()[:120])
            for pk, nome in presenti.items()
        ]
        return _riscrivi(seduta, righe, da)


def _aggiornabile(seduta: Seduta, organo: str) -> None:
    esigi_stato(bloccata(seduta), Seduta.Stato.CONVOCATA, Seduta.Stato.APERTA)
    if seduta.organo != organo:
        raise ValidationError(_("Queste presenze sono dell'altro organo."))


def _solo_in_carica(in_carica: Iterable[Seggio], detti: Mapping[int, Detta]) -> None:
    presenti = {pk for pk, detta in detti.items() if detta.presente}
    if presenti - {seggio.pk for seggio in in_carica}:
        raise ValidationError(
            _("Fra i presenti c'è un seggio che quel giorno non è in carica: ricarica.")
        )


def _hanno_votato(seduta: Seduta) -> set[int]:
    voti = Voto.objects.filter(votazione__punto__seduta=seduta, votazione__stato="aperta")
    return set(voti.values_list("seggio", flat=True))


def _sbaglio(seggio: Seggio, detta: Detta, persone: Mapping[str, Utente], votanti: set[int]) -> str:
    if detta.titolare and detta.supplente:
        return _(
            "%(seggio)s: il supplente partecipa se il titolare manca. Segna chi dei due siede."
        ) % {"seggio": seggio}
    for qualita, segnato in (
        (Qualita.TITOLARE, detta.titolare), (Qualita.SUPPLENTE, detta.supplente),
    ):  # fmt: skip
        if segnato and qualita not in persone:
            return _("%(seggio)s: quel giorno non ha un %(qualita)s nominato.") % {
                "seggio": seggio,
                "qualita": qualita.label.lower(),
            }
    if not detta.presente and seggio.pk in votanti:
        return _(
            "%(seggio)s ha già votato in una votazione aperta: chiudila prima di segnarlo assente."
        ) % {"seggio": seggio}
    return ""


def _presenza(
    seduta: Seduta, seggio: Seggio, detta: Detta, persone: Mapping[str, Utente]
) -> Presenza:
    come = Qualita.SUPPLENTE if detta.supplente else Qualita.TITOLARE
    siede = detta.titolare or detta.supplente
    return Presenza(
        seduta=seduta,
        seggio=seggio,
        utente=persone[come] if siede else None,
        nome="" if siede else detta.nome.strip()[:120],
        presente=detta.presente,
        supplente=detta.supplente,
    )


def _consultivi(seduta: Seduta, detti: Mapping[int, str]) -> list[Presenza]:
    ammessi = {uno.pk: uno for uno in consultabili(seduta).filter(pk__in=detti)}
    if detti.keys() - ammessi.keys():
        raise ValidationError(
            _("In forma consultiva partecipano solo i capofila delle Alleanze dell'edizione.")
        )
    return [
        Presenza(seduta=seduta, ente=ammessi[pk], nome=nome.strip()[:120], consultiva=True)
        for pk, nome in detti.items()
    ]


def _riscrivi(seduta: Seduta, righe: Iterable[Presenza], da: Utente | None) -> int:
    nuove = list(righe)
    seduta.presenze.all().delete()
    Presenza.objects.bulk_create(nuove)
    presenti = sum(una.presente and not una.consultiva for una in nuove)
    annota(
        "conc_seduta.presenze",
        seduta,
        ngettext("Segnata %(n)s presenza: %(seduta)s", "Segnate %(n)s presenze: %(seduta)s",
                 presenti)
        % {"n": presenti, "seduta": seduta},
        da=da,
        dati={"presenti": [str(una.seggio or una.ente) for una in nuove if una.presente]},
    )  # fmt: skip
    return presenti
