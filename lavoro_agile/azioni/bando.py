# SPDX-License-Identifier: AGPL-3.0-or-later
"""A call: written with its tranches, published, concluded, opened again, annulled."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from lavoro_agile.models import BandoLavoroAgile, EdizioneLavoroAgile, Tranche
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "lavoro_agile.bandisce"
Stato = BandoLavoroAgile.Stato
POSTI_MASSIMI = 32_767
TRANCHE_MASSIME = 100


@dataclass(frozen=True)
class TrancheScritta:
    """How many are admitted by a day."""

    entro: date
    posti: int


def crea_bando(
    edizione: EdizioneLavoroAgile, *, titolo: str, testo: str, atto: str, apre_il: date,
    chiude_il: date, da: Utente | None,
) -> BandoLavoroAgile:  # fmt: skip
    """A draft with the tranches that the edition foresees.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; the edition is not in force.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        esigi_stato(mia, EdizioneLavoroAgile.Stato.IN_VIGORE)
        ultimo = mia.bandi.aggregate(ultimo=Max("numero"))["ultimo"] or 0
        nuovo = salva(
            BandoLavoroAgile(
                edizione=mia, numero=ultimo + 1, titolo=titolo, testo=testo, atto=atto,
                apre_il=apre_il, chiude_il=chiude_il,
            )
        )  # fmt: skip
        for ordine, prevista in enumerate(mia.regole.tranche, start=1):
            salva(Tranche(bando=nuovo, ordine=ordine, entro=prevista.entro, posti=prevista.posti))
        _annota("scritto", nuovo, _("Scritta la bozza del bando «%(bando)s»"), da=da)
    return nuovo


def modifica_bando(
    bando: BandoLavoroAgile, *, titolo: str, testo: str, atto: str, apre_il: date,
    chiude_il: date, da: Utente | None,
) -> None:  # fmt: skip
    """Write a draft again.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: by field; it is no longer a draft.
    """
    esigi(da, PERMESSO, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_stato(mio, Stato.BOZZA)
        mio.titolo, mio.testo, mio.atto = titolo, testo, atto
        mio.apre_il, mio.chiude_il = apre_il, chiude_il
        salva(mio, "titolo", "testo", "atto", "apre_il", "chiude_il")
        _annota("modificato", mio, _("Modificata la bozza del bando «%(bando)s»"), da=da)


def scrivi_tranche(
    bando: BandoLavoroAgile, *, tranche: Sequence[TrancheScritta], da: Utente | None
) -> None:
    """Say the tranches of a call, in order. Days and places of those begun may still change, never
    under the people already admitted.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: on ``tranche``.
    """
    esigi(da, PERMESSO, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_stato(mio, Stato.BOZZA, Stato.PUBBLICATO, Stato.CONCLUSO)
        giorni = [una.entro for una in tranche]
        if giorni != sorted(set(giorni)):
            raise ValidationError(
                {"tranche": _("Le tranche vanno in ordine di data, ciascuna con la sua.")}
            )
        vecchie = list(mio.tranche.annotate(ammesse=ammesse(), legate=Count("domande")))
        for ordine, scritta in enumerate(tranche, start=1):
            questa = next((una for una in vecchie if una.ordine == ordine), None)
            _scrivi(mio, ordine, scritta, questa)
        _togli([una for una in vecchie if una.ordine > len(tranche)])
        _annota("tranche", mio, _("Scritte le tranche del bando «%(bando)s»"), da=da)


def pubblica_bando(bando: BandoLavoroAgile, *, da: Utente | None) -> None:
    """Everybody in the azienda reads it, and asks from the day it opens.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: it is over already, or its edition is not in force.
    """
    esigi(da, PERMESSO, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_stato(bloccata(mio.edizione), EdizioneLavoroAgile.Stato.IN_VIGORE)
        _ancora_aperto(mio.chiude_il)
        passa(bando, Stato.PUBBLICATO, da_stati=[Stato.BOZZA])
        _annota("pubblicato", bando, _("Pubblicato il bando «%(bando)s»"), da=da)


def concludi_bando(bando: BandoLavoroAgile, *, da: Utente | None) -> None:
    """Its window is over; opinions and admissions go on.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: people may still ask, or it was not published.
    """
    esigi(da, PERMESSO, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        if mio.chiude_il >= timezone.localdate():
            raise ValidationError(
                _("Il bando prende domande fino al %(giorno)s: si conclude dopo.")
                % {"giorno": f"{mio.chiude_il:%d/%m/%Y}"}
            )
        passa(bando, Stato.CONCLUSO)
        _annota("concluso", bando, _("Concluso il bando «%(bando)s»"), da=da)


def riapri_bando(bando: BandoLavoroAgile, *, chiude_il: date, da: Utente | None) -> None:
    """Take requests again, until another day.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: on ``chiude_il``; it is not concluded.
    """
    esigi(da, PERMESSO, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_stato(bloccata(mio.edizione), EdizioneLavoroAgile.Stato.IN_VIGORE)
        _ancora_aperto(chiude_il)
        passa(bando, Stato.PUBBLICATO, da_stati=[Stato.CONCLUSO], chiude_il=chiude_il)
        _annota("riaperto", bando, _("Riaperti i termini del bando «%(bando)s»"), da=da)


def annulla_bando(bando: BandoLavoroAgile, *, motivo: str, da: Utente | None) -> None:
    """Take back a published call that nobody has answered yet.

    :raises PermissionDenied: the author is not of the risorse umane.
    :raises ValidationError: somebody has asked already, or it is not published.
    """
    esigi(da, PERMESSO, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        if mio.domande.presentate().exists():
            raise ValidationError(
                _("Ci sono già domande presentate: aspetta la chiusura e concludi il bando.")
            )
        passa(bando, Stato.ANNULLATO)
        descrizione = _("Annullato il bando «%(bando)s»")
        _annota("annullato", bando, descrizione, da=da, dati={"motivo": motivo})


def ammesse() -> Count:
    """How many are admitted today in a tranche."""
    return Count("domande", filter=Q(domande__stato="ammessa"))


def _ancora_aperto(chiude_il: date) -> None:
    if chiude_il < timezone.localdate():
        raise ValidationError(
            {"chiude_il": _("Il giorno di chiusura è passato: scrivine uno da oggi in poi.")}
        )


def _scrivi(bando: BandoLavoroAgile, ordine: int, scritta: TrancheScritta, questa: Any) -> None:
    """Write a tranche over ``questa``, that says how many are admitted in it, or a new one."""
    if questa is None:
        salva(Tranche(bando=bando, ordine=ordine, entro=scritta.entro, posti=scritta.posti))
        return
    presi = questa.ammesse
    if scritta.posti < presi:
        raise ValidationError(
            {
                "tranche": _("Nella %(ordine)sª tranche sono già ammesse %(presi)s domande: i "
                             "posti non possono essere di meno.")
                % {"ordine": ordine, "presi": presi}
            }
        )  # fmt: skip
    questa.entro, questa.posti = scritta.entro, scritta.posti
    salva(questa, "entro", "posti")


def _togli(avanzate: Sequence[Any]) -> None:
    """Take away the tranches, each of which says how many requests it holds."""
    for una in avanzate:
        if una.legate:
            raise ValidationError(
                {
                    "tranche": _("La %(ordine)sª tranche ha già delle domande: non si toglie.")
                    % {"ordine": una.ordine}
                }
            )
        una.delete()


def _annota(
    che: str, bando: BandoLavoroAgile, frase: str, *, da: Utente | None,
    dati: dict[str, str] | None = None,
) -> None:  # fmt: skip
    annota(
        f"agile_bando.{che}", bando, frase % {"bando": bando}, da=da, dati=dati,
        riguarda=[bando.edizione],
    )  # fmt: skip
