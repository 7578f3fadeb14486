# SPDX-License-Identifier: AGPL-3.0-or-later
"""The yearly report of the CUG: begun, written, sent by the 30th of March with its figures."""

from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.righe import differenze, istantanea
from piani.azioni.scritture import bloccata, esigi_stato, passa_da, salva
from piani.azioni_positive.personale import tavola_di
from piani.azioni_positive.quadro import aree_di, quadro_anno
from piani.models import Azienda, Piano, RelazioneCUG, Utente
from piani.models.azione_positiva import termine_relazione
from piani.rules import esigi

PERMESSO = "piani.relaziona_cug"
Stato = RelazioneCUG.Stato
PARTI = ("dati", "azioni", "benessere", "attivita", "conclusioni")
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
        _annota("cominciata", nuova, _("%(chi)s: cominciata"), da)
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
        _annota("scritta", mia, _("%(chi)s: scritta"), da, dati)
    return mia


def trasmetti(relazione: RelazioneCUG, *, da: Utente | None) -> None:
    """Send the report to the Direzione and to the Nucleo, with its figures as they are today.

    :raises PermissionDenied: the author is not of the CUG.
    :raises ValidationError: the year is not over; a part is empty; it was sent already.
    """
    esigi(da, PERMESSO, relazione)
    oggi = timezone.localdate()
    with transaction.atomic():
        mia = bloccata(relazione)
        if oggi.year <= mia.anno:
            raise ValidationError(
                _("Il %(anno)s non è finito: la relazione si trasmette dal 1º gennaio dopo.")
                % {"anno": mia.anno}
            )
        if mancano := vuote(mia):
            raise ValidationError(
                _("Da scrivere prima di trasmettere: %(parti)s.") % {"parti": ", ".join(mancano)}
            )
        passa_da(
            mia, [Stato.BOZZA], Stato.TRASMESSA,
            trasmessa_il=oggi, trasmessa_da=da, fotografia=cifre(mia),
        )  # fmt: skip
        _annota("trasmessa", mia, _("%(chi)s: trasmessa alla Direzione e al Nucleo"), da)


def al_dipartimento(relazione: RelazioneCUG, *, giorno: date, da: Utente | None) -> None:
    """Record when it was sent to the Dipartimento della Funzione Pubblica.

    :raises PermissionDenied: the author is not of the CUG.
    :raises ValidationError: it is still a draft; that day is before it was sent, or to come.
    """
    esigi(da, PERMESSO, relazione)
    with transaction.atomic():
        mia = bloccata(relazione)
        esigi_stato(mia, Stato.TRASMESSA)
        if mia.trasmessa_il and not mia.trasmessa_il <= giorno <= timezone.localdate():
            raise ValidationError(
                {"giorno": _("Scrivi un giorno dal %(primo)s a oggi.")
                 % {"primo": mia.trasmessa_il.strftime("%d/%m/%Y")}}
            )  # fmt: skip
        mia.al_dipartimento_il = giorno
        salva(mia, "al_dipartimento_il")
        _annota("al_dipartimento", mia, _("%(chi)s: inviata al Dipartimento"), da)


def vuote(relazione: RelazioneCUG) -> list[str]:
    """The parts with nothing written, by name."""
    nomi = {parte: str(RelazioneCUG._meta.get_field(parte).verbose_name) for parte in PARTI}  # type: ignore[union-attr]
    return [nomi[parte] for parte in PARTI if not getattr(relazione, parte).strip()]


def cifre(relazione: RelazioneCUG) -> dict[str, Any]:
    """What the data say of the year: the actions of the plan, the staff with small groups silent.

    Once sent, those that were sent.
    """
    if relazione.stato == Stato.TRASMESSA:
        return dict(relazione.fotografia)
    return {
        "azioni": _azioni(relazione.piano, relazione.anno),
        "personale": tavola_di(relazione.azienda, relazione.anno),
    }


def _azioni(piano: Piano | None, anno: int) -> dict[str, Any] | None:
    if piano is None:
        return None
    quadro = quadro_anno(aree_di(piano), anno)
    quota = quadro.quota
    return {
        "piano": piano.titolo,
        "previste": quadro.dovute,
        "realizzate": quadro.realizzate,
        "quota": None if quota is None else quota.quantize(Decimal("0.01"), ROUND_HALF_UP),
        "voci": [
            {
                "area": gruppo.area.nome,
                "azione": voce.azione.titolo,
                "stato": voce.riga.get_stato_display() if voce.scritta else _("Senza monitoraggio"),
                "fatto": voce.riga.fatto,
            }
            for gruppo in quadro.gruppi
            for voce in gruppo.voci
        ],
    }


def _piano_di(azienda: Azienda, anno: int) -> Piano | None:
    adottati = Piano.objects.filter(
        azienda=azienda, tipo=Piano.Tipo.AZIONI_POSITIVE, stato__in=Piano.ADOTTATI,
        anno_inizio__lte=anno, anno_fine__gte=anno,
    )  # fmt: skip
    return adottati.order_by("-anno_inizio", "-pk").first()


def _annota(
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
