# SPDX-License-Identifier: AGPL-3.0-or-later
"""The yearly report of the CUG: begun and written."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.righe import differenze, istantanea
from piani.azioni.scritture import bloccata, esigi_stato, salva
from piani.models import Azienda, Piano, RelazioneCUG, Utente
from piani.models.relazione_cug import termine_relazione
from piani.rules import esigi

PERMESSO = "piani.relaziona_cug"
Stato = RelazioneCUG.Stato
PARTI = RelazioneCUG.PARTI
PRIMO_ANNO = 2010
"""The CUG are of the L. 183/2010."""


def comincia(azienda: Azienda, *, anno: int, da: Utente | None) -> RelazioneCUG:
    """The draft of the report on a year, with the plan of that year.

    :raises PermissionDenied: the author is not of the CUG.
    :raises ValidationError: the year is still to come; its report is there already.
    """
    esigi(da, PERMESSO, azienda)
    if not PRIMO_ANNO <= anno <= timezone.localdate().year:
        raise ValidationError(
            {"anno": _("Si riferisce di un anno cominciato, dal %(primo)s in poi.")
             % {"primo": PRIMO_ANNO}}
        )  # fmt: skip
    nuova = RelazioneCUG(
        azienda=azienda,
        anno=anno,
        piano=_piano_di(azienda, anno),
        scade_il=termine_relazione(anno),
    )
    with transaction.atomic():
        salva(nuova)
        annota("cominciata", nuova, _("%(chi)s: cominciata"), da)
    return nuova


def scrivi(relazione: RelazioneCUG, *, visto: int, da: Utente | None, **testi: str) -> RelazioneCUG:
    """Rewrite the parts of a draft.

    :param visto: how many times it had been written when the person read it.
    :raises PermissionDenied: the author is not of the CUG.
    :raises ValidationError: it was sent; somebody wrote it meanwhile.
    """
    esigi(da, PERMESSO, relazione)
    with transaction.atomic():
        mia = bloccata(relazione)
        esigi_stato(mia, Stato.BOZZA)
        if mia.modifiche != visto:
            raise ValidationError(
                _("Mentre scrivevi qualcun altro ha salvato la relazione: riaprila in un'altra "
                  "pagina, leggi ciò che ha scritto e aggiungi il tuo.")
            )  # fmt: skip
        prima = istantanea(mia, PARTI)
        for parte, testo in testi.items():
            setattr(mia, parte, testo.strip())
        mia.modifiche += 1
        salva(mia, *testi, "modifiche")
        dati = differenze(prima, istantanea(mia, PARTI))
        annota("scritta", mia, _("%(chi)s: scritta"), da, dati)
    return mia


def vuote(relazione: RelazioneCUG) -> list[str]:
    """The parts with nothing written, by name."""
    nomi = {parte: str(RelazioneCUG._meta.get_field(parte).verbose_name) for parte in PARTI}  # type: ignore[union-attr]
    return [nomi[parte] for parte in PARTI if not getattr(relazione, parte).strip()]


def _piano_di(azienda: Azienda, anno: int) -> Piano | None:
    adottati = Piano.objects.filter(
        azienda=azienda, tipo=Piano.Tipo.AZIONI_POSITIVE, stato__in=Piano.ADOTTATI,
        anno_inizio__lte=anno, anno_fine__gte=anno,
    )  # fmt: skip
    return adottati.order_by("-anno_inizio", "-pk").first()


def annota(
    verbo: str,
    relazione: RelazioneCUG,
    frase: str,
    da: Utente | None,
    dati: Mapping[str, Any] | None = None,
) -> None:
    registra(
        f"relazione_cug.{verbo}",
        relazione,
        azienda=relazione.azienda,
        da=da,
        descrizione=frase % {"chi": relazione},
        dati=dict(dati or {}),
    )
