# SPDX-License-Identifier: AGPL-3.0-or-later
"""The revision «a scorrimento»: a draft for the next years, begun from the plan in force."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi.calcolo.arrotondamento import Modo, arrotonda
from obiettivi.calcolo.parole import con_unita
from obiettivi.espressioni import leggi
from obiettivi.models import AreaStrategica, Misura, Obiettivo, Rilevazione, Target
from piani.azioni import registra
from piani.azioni.piano import scorri_terra
from piani.azioni.righe import con_riga_bloccata
from piani.models import Piano, Utente
from piani.rules import esigi


@dataclass(frozen=True)
class Copiate:
    """The rows of the new plan by the key of the row that each was copied from."""

    aree: dict[int, AreaStrategica]
    obiettivi: dict[int, Obiettivo]
    misure: dict[int, Misura]


def scorri(
    piano: Piano,
    *,
    titolo: str,
    anno_inizio: int | None = None,
    proponi: bool = False,
    da: Utente | None,
) -> Piano:
    """Begin the revision of an adopted plan: its sections, its tree, the targets of common years.

    Each row remembers the one that it comes from. A misura starts from the consuntivo of the year
    before the new plan, if it is known and not invented; otherwise from what the old plan printed.

    :param anno_inizio: the first year of the new plan; the one after the old plan's if not said.
    :param proponi: give the years that the old plan does not have the target of its last year, to
        be changed; the reading of a doubtful one is to be confirmed anew.
    :raises PermissionDenied: the person does not fill in the plans of this azienda.
    :raises ValidationError: by field; the plan is not adopted; that revision is there already.
    """
    esigi(da, "piani.modifica", piano)
    with transaction.atomic():
        vecchio = con_riga_bloccata(piano)
        nuovo = scorri_terra(
            vecchio,
            titolo=titolo,
            anno_inizio=anno_inizio or vecchio.anno_inizio + 1,
            stato_ammesso=Piano.ADOTTATI,
            da=da,
        )
        copiate = _copia_albero(vecchio, nuovo)
        _copia_target(nuovo, copiate.misure, proponi=proponi)
        registra(
            "piano.scorso",
            nuovo,
            azienda=nuovo.azienda,
            da=da,
            descrizione=_("Cominciato «%(nuovo)s», a scorrimento di «%(vecchio)s»")
            % {"nuovo": nuovo, "vecchio": vecchio},
            dati={
                _("aree"): len(copiate.aree),
                _("obiettivi"): len(copiate.obiettivi),
                _("indicatori"): len(copiate.misure),
            },
            riguarda=[vecchio],
        )
    return nuovo


def _copia_albero(vecchio: Piano, nuovo: Piano) -> Copiate:
    aree = _copia(AreaStrategica.objects.filter(piano=vecchio), lambda una: {"piano": nuovo})
    obiettivi = _copia_obiettivi(vecchio, aree)
    _copia_contributrici(obiettivi)
    misure = _copia(
        Misura.objects.filter(obiettivo__in=obiettivi).select_related("indicatore"),
        lambda una: {"obiettivo": obiettivi[una.obiettivo_id]},
    )
    _consuntivi(nuovo, misure)
    return Copiate(aree, obiettivi, misure)


def _copia_obiettivi(vecchio: Piano, aree: dict[int, AreaStrategica]) -> dict[int, Obiettivo]:
    """A level at a time: a child needs the key of its parent."""
    obiettivi: dict[int, Obiettivo] = {}

    def di_chi(uno: Obiettivo) -> dict[str, Any]:
        return {"area": aree[uno.area_id], "parent": obiettivi.get(uno.parent_id)}

    da_copiare = list(Obiettivo.objects.di_piano(vecchio).order_by("area", "ordine", "pk"))
    non_ancora = {uno.pk for uno in da_copiare}
    while da_copiare:
        pronti = [uno for uno in da_copiare if uno.parent_id not in non_ancora]
        obiettivi |= _copia(pronti, di_chi)
        non_ancora -= obiettivi.keys()
        da_copiare = [uno for uno in da_copiare if uno.pk in non_ancora]
    return obiettivi


def _copia(righe: Any, di_chi: Any) -> dict[int, Any]:
    """Copies of the rows, saved, by the key of the row that each comes from."""
    copie = {}
    for riga in righe:
        copia = type(riga)(
            **{
                campo.attname: getattr(riga, campo.attname)
                for campo in riga._meta.concrete_fields
                if not campo.primary_key and not campo.generated
            }
        )
        copia.precedente_id, copia.riga_fonte = riga.pk, ""
        for campo, valore in di_chi(riga).items():
            setattr(copia, campo, valore)
        copie[riga.pk] = copia
    if copie:
        type(next(iter(copie.values()))).objects.bulk_create(copie.values())
    return copie


def _copia_contributrici(obiettivi: dict[int, Obiettivo]) -> None:
    legame = Obiettivo.contributrici.through
    vecchi = legame.objects.filter(obiettivo__in=obiettivi)
    legame.objects.bulk_create(
        legame(
            obiettivo=obiettivi[uno.obiettivo_id], unitaorganizzativa_id=uno.unitaorganizzativa_id
        )
        for uno in vecchi
    )


def _consuntivi(nuovo: Piano, misure: dict[int, Misura]) -> None:
    """The results of the year before the new plan become its starting points."""
    anno = nuovo.anno_inizio - 1
    noti = {
        una.indicatore_id: una
        for una in Rilevazione.objects.correnti()
        .filter(
            indicatore__in=[misura.indicatore_id for misura in misure.values()],
            anno=anno,
            frazione="",
            sede="",
            unita__isnull=True,
            dimostrativa=False,
        )
        .select_related("indicatore")
        if una.cifra is not None
    }
    cambiate = []
    for misura in misure.values():
        nota = noti.get(misura.indicatore_id)
        if nota is None or nota.cifra is None:
            continue
        misura.base_anno = anno
        misura.base_stampata = con_unita(
            arrotonda(nota.cifra, Modo.META_SU, nota.indicatore.decimali), nota.indicatore.unita
        )
        misura.base_lettura = leggi(misura.base_stampata).come_dati()
        cambiate.append(misura)
    Misura.objects.bulk_update(cambiate, ["base_anno", "base_stampata", "base_lettura"])


def _copia_target(nuovo: Piano, misure: dict[int, Misura], *, proponi: bool) -> None:
    """The targets of the common years as they are; for the others, if asked, the last one."""
    vecchi: dict[int, dict[int, Target]] = {}
    for target in Target.objects.filter(misura__in=misure).order_by("anno"):
        vecchi.setdefault(target.misura_id, {})[target.anno] = target
    nuovi = []
    for chiave, per_anno in vecchi.items():
        ultimo = per_anno[max(per_anno)]
        for anno in nuovo.anni:
            modello = per_anno.get(anno) or (ultimo if proponi and anno > ultimo.anno else None)
            if modello is not None:
                nuovi.append(_copia_di(modello, misure[chiave], anno))
    Target.objects.bulk_create(nuovi)


def _copia_di(modello: Target, misura: Misura, anno: int) -> Target:
    """A confirmation holds for the year and the plan that it was given for: here, the same year."""
    confermato = modello.confermato_il is not None and modello.anno == anno
    return Target(
        misura=misura,
        anno=anno,
        stampato=modello.stampato,
        lettura=modello.lettura,
        confermato_da_id=modello.confermato_da_id if confermato else None,
        confermato_il=modello.confermato_il if confermato else None,
    )
