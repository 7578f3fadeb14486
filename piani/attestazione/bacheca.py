# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grid among the things to do: to the Nucleo that fills it in, to who publishes it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from piani.attestazione.azioni import ATTESTA
from piani.bacheca import Cosa
from piani.models import DocumentoEnte, RilevazioneObblighi, Ruolo, Utente

PUBBLICANO = (Ruolo.PUBBLICATORE, Ruolo.CONTROLLO_GESTIONE)


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """What is open, for the Nucleo of that year; what is closed and not public yet, for who
    publishes.
    """
    if not utente.ha_ruolo(Ruolo.NUCLEO, *PUBBLICANO):
        return
    mie = list(RilevazioneObblighi.objects.visibili_a(utente).select_related("azienda"))
    in_attesa = _da_pubblicare(mie)
    pubblica = {uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo in PUBBLICANO}
    for una in mie:
        if una.aperta and utente.has_perm(ATTESTA, una):
            yield Cosa(
                titolo=_("Da completare: %(griglia)s") % {"griglia": una},
                testo=str(una.azienda),
                url=una.get_absolute_url(),
            )
        elif una.pk in in_attesa and una.azienda_id in pubblica:
            yield Cosa(
                titolo=_("Da pubblicare: %(griglia)s") % {"griglia": una},
                testo=_("%(azienda)s. Il Nucleo l'ha chiusa.") % {"azienda": una.azienda},
                url=una.get_absolute_url(),
            )


def _da_pubblicare(rilevazioni: list[RilevazioneObblighi]) -> set[int]:
    """Those closed whose last version is not public, in one query."""
    chiuse = [una for una in rilevazioni if not una.aperta]
    versioni = DocumentoEnte.objects.filter(
        azienda__in={una.azienda_id for una in chiuse}, serie__in={una.serie for una in chiuse}
    ).order_by("versione")
    ultime = {
        (azienda, serie): pubblicato
        for azienda, serie, pubblicato in versioni.values_list("azienda", "serie", "pubblicato_il")
    }
    return {una.pk for una in chiuse if ultime.get((una.azienda_id, una.serie)) is None}
