# SPDX-License-Identifier: AGPL-3.0-or-later
"""New schede: templates, and the proposals of a year for many CdR at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from obiettivi.azioni.scheda import PREPARA
from obiettivi.models import AreaScheda, RigaScheda, Rilevazione, RisorsaScheda, SchedaBudget
from obiettivi.schede.lettura import Contenuto, contenuto
from obiettivi.schede.proposte import Cdr, cdr_di, origini_di, piano_dell_anno, risultati_noti
from obiettivi.schede.schemi import Schema
from piani.azioni import registra
from piani.models import Azienda, Piano, UnitaOrganizzativa, Utente
from piani.rules import esigi


@dataclass(frozen=True)
class AnnoPrima:
    """Each scheda comes from that of the year before of the same CdR."""


Origine = Schema | SchedaBudget | AnnoPrima


def crea_modello(
    azienda: Azienda, *, anno: int, nome: str, origine: Schema | SchedaBudget, da: Utente | None
) -> SchedaBudget:
    """A template, from a scheme or from the content of another scheda.

    :raises ValidationError: there is already one with that name.
    """
    esigi(da, PREPARA, azienda)
    modello = SchedaBudget(
        azienda=azienda, anno=anno, nome=nome.strip(), piano=piano_dell_anno(azienda, anno)
    )
    modello.full_clean()
    with transaction.atomic():
        modello.save(force_insert=True)
        _riempi(modello, _da_origine(origine, azienda))
        _registra(modello, origine, da=da)
    return modello


def proponi(
    azienda: Azienda,
    anno: int,
    unita: Iterable[UnitaOrganizzativa],
    *,
    origine: Origine,
    da: Utente | None,
) -> list[SchedaBudget]:
    """The schede of a year for some CdR of the chart in force: all of them, or none.

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: one sentence for each CdR that cannot have one now, and why.
    """
    esigi(da, PREPARA, azienda)
    chieste = {una.pk for una in unita}
    if not chieste:
        raise ValidationError(_("Scegli almeno un centro di responsabilità."))
    with transaction.atomic():
        Azienda.objects.select_for_update().get(pk=azienda.pk)
        noti = {uno.unita.pk: uno for uno in cdr_di(azienda, anno)}
        scelti = [noti[chiave] for chiave in noti if chiave in chieste]
        if ostacoli := [*_estranee(chieste - noti.keys()), *_ostacoli(scelti, anno, origine)]:
            raise ValidationError(ostacoli)
        piano = piano_dell_anno(azienda, anno)
        comune = None if isinstance(origine, AnnoPrima) else _da_origine(origine, azienda)
        try:
            return [_proposta(uno, azienda, anno, piano, origine, comune, da=da) for uno in scelti]
        except IntegrityError as errore:
            raise ValidationError(
                _("Nel frattempo qualcuno ha proposto una di queste schede: ricarica la pagina.")
            ) from errore


def _estranee(chiavi: set[int]) -> list[str]:
    nomi = UnitaOrganizzativa.objects.filter(pk__in=chiavi).order_by("nome")
    return [
        _("%(unita)s non è un centro di responsabilità dell'organigramma in vigore.")
        % {"unita": una}
        for una in nomi
    ]


def _ostacoli(scelti: Iterable[Cdr], anno: int, origine: Origine) -> list[str]:
    frasi = []
    for uno in scelti:
        chi = {"unita": uno.unita, "anno": anno, "prima": anno - 1}
        if uno.gia:
            frasi.append(_("%(unita)s ha già la scheda del %(anno)s.") % chi)
        elif isinstance(origine, AnnoPrima) and not uno.dell_anno_prima:
            frasi.append(_("%(unita)s non ha una scheda del %(prima)s da cui partire.") % chi)
        elif isinstance(origine, AnnoPrima) and len(uno.dell_anno_prima) > 1:
            da_chi = ", ".join(str(scheda.unita) for scheda in uno.dell_anno_prima)
            frasi.append(
                _("%(unita)s viene da più CdR (%(da_chi)s): parti da un modello, che si può "
                  "fare da una delle loro schede.")
                % {**chi, "da_chi": da_chi}
            )  # fmt: skip
    return frasi


def _proposta(
    cdr: Cdr,
    azienda: Azienda,
    anno: int,
    piano: Piano | None,
    origine: Origine,
    comune: "Pezzi | None",
    *,
    da: Utente | None,
) -> SchedaBudget:
    scheda = SchedaBudget(azienda=azienda, anno=anno, unita=cdr.unita, piano=piano)
    if comune is not None:
        pezzi = comune
        scheda.nata_da = origine if isinstance(origine, SchedaBudget) else None
    else:
        scheda.nata_da = cdr.dell_anno_prima[0]
        pezzi = _dell_anno_prima(scheda.nata_da, cdr.unita)
    scheda.save(force_insert=True)
    _riempi(scheda, pezzi)
    _registra(scheda, scheda.nata_da or origine, da=da)
    return scheda


@dataclass(frozen=True)
class Pezzi:
    """What a new scheda is filled with: areas, each with its rows, and resources."""

    aree: tuple[tuple[dict[str, Any], tuple[dict[str, Any], ...]], ...]
    risorse: tuple[dict[str, Any], ...] = ()


def _da_origine(origine: Schema | SchedaBudget, azienda: Azienda) -> Pezzi:
    """The pieces of a scheme, or those of a scheda as they are."""
    if isinstance(origine, Schema):
        return Pezzi(tuple((vars(area), ()) for area in origine.aree))
    if origine.azienda_id != azienda.pk:
        raise ValidationError(_("Il modello è di un'altra azienda."))
    return _pezzi(contenuto(origine))


def _dell_anno_prima(scheda: SchedaBudget, unita: UnitaOrganizzativa) -> Pezzi:
    """The pieces of last year's scheda: the dato becomes the storico, the result known of the year
    becomes the dato. The budget of the resources is kept as a first proposal.
    """
    letto = contenuto(scheda)
    di_chi = origini_di(scheda.azienda, [unita.pk])[unita.pk]
    noti = risultati_noti(letto.righe, scheda.anno, di_chi)
    spostati = {
        riga.pk: {
            "storico_anno": riga.dato_anno,
            "storico": riga.dato,
            **_dato(noti.get(riga.pk), scheda.anno),
        }
        for riga in letto.righe
    }
    return _pezzi(letto, spostati)


def _dato(risultato: Rilevazione | None, anno: int) -> dict[str, Any]:
    if risultato is None:
        return {"dato_anno": None, "dato": ""}
    detti = [risultato.get_frazione_display()] if risultato.frazione else []
    if risultato.dimostrativa:
        detti.append(_("dato dimostrativo"))
    nota = f" ({', '.join(detti)})" if detti else ""
    return {"dato_anno": anno, "dato": f"{risultato.mostrata}{nota}"[:200]}


COPIATI = (
    "obiettivo", "indicatore", "misura", "aziendale", "peso", "storico_anno", "storico",
    "dato_anno", "dato", "atteso", "lettura", "nota",
)  # fmt: skip


def _pezzi(letto: Contenuto, cambi: Mapping[int, dict[str, Any]] | None = None) -> Pezzi:
    aree = tuple(
        (
            {campo: getattr(una.area, campo) for campo in AreaScheda.SCRITTI},
            tuple(
                {campo: getattr(riga, campo) for campo in COPIATI} | (cambi or {}).get(riga.pk, {})
                for riga in una.righe
            ),
        )
        for una in letto.aree
    )
    risorse = tuple(
        {campo: getattr(una.risorsa, campo) for campo in ("fattore", "unita_misura", "budget")}
        for una in letto.risorse
    )
    return Pezzi(aree, risorse)


def _riempi(scheda: SchedaBudget, pezzi: Pezzi) -> None:
    """Write the pieces of a new scheda, in three queries."""
    aree = AreaScheda.objects.bulk_create(
        AreaScheda(scheda=scheda, ordine=posto, **area)
        for posto, (area, _righe) in enumerate(pezzi.aree, start=1)
    )
    RigaScheda.objects.bulk_create(
        RigaScheda(area=area, ordine=posto, **_nel_piano(riga, scheda.anno))
        for area, (_detti, righe) in zip(aree, pezzi.aree, strict=True)
        for posto, riga in enumerate(righe, start=1)
    )
    RisorsaScheda.objects.bulk_create(
        RisorsaScheda(scheda=scheda, ordine=posto, **risorsa)
        for posto, risorsa in enumerate(pezzi.risorse, start=1)
    )


def _nel_piano(riga: dict[str, Any], anno: int) -> dict[str, Any]:
    """The row without its place in the plan, if that plan does not cover the year."""
    misura = riga["misura"]
    if misura is None or anno in misura.obiettivo.area.piano.anni:
        return riga
    return riga | {"misura": None}


def _registra(scheda: SchedaBudget, origine: Origine, *, da: Utente | None) -> None:
    """One audit line: what was made, and from what."""
    if isinstance(origine, Schema):
        detta = origine.nome
    elif isinstance(origine, SchedaBudget):
        detta = str(origine)
    else:
        detta = ""
    creato = _("Creato il modello «%(scheda)s»")
    frase = creato if scheda.modello else _("Proposta la scheda di %(scheda)s")
    registra(
        "scheda.modello" if scheda.modello else "scheda.proposta",
        scheda,
        azienda=scheda.azienda,
        da=da,
        descrizione=frase % {"scheda": scheda},
        dati={"dopo": {_("da"): detta}},
    )
