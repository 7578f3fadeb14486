# SPDX-License-Identifier: AGPL-3.0-or-later
"""A POLA begun, tied to the plan of which it is a section; the phases of its development."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, salva
from lavoro_agile.models import FaseSviluppo, IndicatorePola, Pola
from obiettivi.models import Misura
from piani.azioni import crea_piano
from piani.azioni.righe import differenze, in_bozza
from piani.models import Azienda, Piano, Utente
from piani.rules import esigi

PERMESSO = "lavoro_agile.tiene_pola"
SI_ALLEGA_A = (Piano.Tipo.PERFORMANCE, Piano.Tipo.PIAO)
"""The plans of which a POLA is a section (art. 10 D.Lgs. 150/2009; art. 6 D.L. 80/2021)."""
Genere = FaseSviluppo.Genere
ORDINE = tuple(Genere.values)


@dataclass(frozen=True)
class Fase:
    """When a phase falls, and what is done in it."""

    anno: int
    descrizione: str = ""


def comincia_pola(
    azienda: Azienda,
    *,
    titolo: str,
    anno_inizio: int,
    anno_fine: int,
    sezione_di: Piano | None = None,
    da: Utente | None,
) -> Pola:
    """A new POLA in draft: its four parts to write, a phase proposed for each of its first years.

    :raises PermissionDenied: the author does not keep the POLA of that azienda.
    :raises ValidationError: by field, what is wrong.
    """
    esigi(da, PERMESSO, azienda)
    with transaction.atomic():
        piano = crea_piano(
            azienda, tipo=Piano.Tipo.POLA, titolo=titolo,
            anno_inizio=anno_inizio, anno_fine=anno_fine, da=da,
        )  # fmt: skip
        return _apri(piano, sezione_di, da)


def apri_programma(piano: Piano, *, da: Utente | None) -> Pola:
    """Open the programme of a POLA that was begun elsewhere, or that rolls on from another: this
    one then keeps its dimensions and where its indicators come from.

    :raises PermissionDenied: the author does not keep the POLA of that azienda.
    :raises ValidationError: it is not a POLA, is no draft any more, or its programme is there.
    """
    esigi(da, PERMESSO, piano)
    with in_bozza(piano, da=da) as bloccato:
        if bloccato.tipo != Piano.Tipo.POLA:
            raise ValidationError(_("Quel piano non è un POLA."))
        if Pola.objects.filter(piano=bloccato).exists():
            raise ValidationError(_("Il programma di questo POLA è già aperto."))
        pola = _apri(bloccato, None, da)
        _riprendi(pola)
    return pola


def _apri(piano: Piano, sezione_di: Piano | None, da: Utente | None) -> Pola:
    _esigi_allegabile(piano.azienda, sezione_di)
    pola = salva(Pola(piano=piano, sezione_di=sezione_di))
    for genere, anno in zip(ORDINE[1:], piano.anni, strict=False):
        salva(FaseSviluppo(pola=pola, genere=genere, anno=anno))
    annota("agile_pola.aperto", pola, _("Aperto il programma di «%s»") % pola, da=da,
           riguarda=[piano])  # fmt: skip
    return pola


def _riprendi(pola: Pola) -> None:
    """What the POLA before said of the indicators that this one copied from it."""
    copiate = Misura.objects.filter(
        obiettivo__area__piano=pola.piano, precedente__indicatore_pola__isnull=False
    ).select_related("precedente__indicatore_pola")
    for posto, misura in enumerate(
        copiate.order_by("precedente__indicatore_pola__ordine", "pk"), start=1
    ):
        prima = misura.precedente.indicatore_pola
        salva(
            IndicatorePola(
                pola=pola, misura=misura, ordine=posto, dimensione=prima.dimensione,
                natura=prima.natura, modello=prima.modello,
            )
        )  # fmt: skip


def scrivi_fasi(
    pola: Pola,
    *,
    fasi: Mapping[str, Fase],
    sezione_di: Piano | None,
    da: Utente | None,
) -> None:
    """The phases of the POLA, each in its year, and the plan of which it is a section; a phase that
    is not given is not of this POLA.

    :raises PermissionDenied: the author does not keep the POLA of that azienda.
    :raises ValidationError: by phase: a year outside the plan, or not after the phase before; or
        the plan is no longer a draft.
    """
    esigi(da, PERMESSO, pola)
    with in_bozza(pola.piano, da=da) as bloccato:
        mio = Pola.objects.select_for_update(of=("self",)).get(piano=bloccato)
        _esigi_allegabile(bloccato.azienda, sezione_di)
        _esigi_in_ordine(bloccato, fasi)
        prima = _dette(mio)
        mio.sezione_di = sezione_di
        mio.full_clean()
        mio.save(update_fields=["sezione_di"])
        mio.fasi.all().delete()
        for genere, fase in fasi.items():
            salva(FaseSviluppo(pola=mio, genere=genere, anno=fase.anno,
                               descrizione=fase.descrizione.strip()))  # fmt: skip
        dopo = _dette(mio)
        if prima != dopo:
            annota("agile_pola.fasi", mio, _("Cambiate le fasi di «%s»") % mio, da=da,
                   dati=differenze(prima, dopo), riguarda=[bloccato])  # fmt: skip


def _esigi_allegabile(azienda: Azienda, sezione_di: Piano | None) -> None:
    if sezione_di is None:
        return
    if sezione_di.azienda_id != azienda.pk or sezione_di.tipo not in SI_ALLEGA_A:
        raise ValidationError(
            {"sezione_di": _("Scegli un Piano della performance o un PIAO della stessa azienda.")}
        )


def _esigi_in_ordine(piano: Piano, fasi: Mapping[str, Fase]) -> None:
    """The emergency before the plan, the others inside it, each after the one before."""
    errori: dict[str, str] = {}
    ultimo = 0
    for genere in ORDINE:
        fase = fasi.get(genere)
        if fase is None:
            continue
        motivo = _fuori_posto(piano, genere, fase.anno)
        if not motivo and fase.anno <= ultimo:
            motivo = _("Questa fase viene dopo quella di prima: scrivi un anno dopo il %(anno)s.")
            motivo %= {"anno": ultimo}
        if motivo:
            errori[f"anno_{genere}"] = motivo
        else:
            ultimo = fase.anno
    if errori:
        raise ValidationError(errori)


def _fuori_posto(piano: Piano, genere: str, anno: int) -> str:
    """Why a phase cannot fall in that year; "" if it can."""
    if genere == Genere.EMERGENZIALE:
        if anno < piano.anno_inizio:
            return ""
        return _("La fase emergenziale è il punto di partenza: viene prima del %(anno)s.") % {
            "anno": piano.anno_inizio
        }
    if anno in piano.anni:
        return ""
    return _("Il piano va dal %(da)s al %(a)s.") % {"da": piano.anno_inizio, "a": piano.anno_fine}


def _dette(pola: Pola) -> dict[str, str]:
    """The phases and the tie as the register tells them."""
    return {_("sezione di"): str(pola.sezione_di or "")} | {
        fase.get_genere_display(): f"{fase.anno}. {fase.descrizione}".rstrip(". ")
        for fase in FaseSviluppo.objects.filter(pola=pola)
    }
