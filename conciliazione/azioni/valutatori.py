# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who evaluates a call: named among the seats, declaring, abstaining."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from conciliazione import conflitti
from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.models import (
    DichiarazioneConflitto,
    ManifestazioneInteresse,
    Seggio,
    Valutatore,
)
from conciliazione.rules import esigi_referente
from piani.models import Utente
from piani.rules import esigi

Stato = Valutatore.Stato


def nomina_valutatori(
    manifestazione: ManifestazioneInteresse, *, seggi: Collection[Seggio], da: Utente | None
) -> list[Valutatore]:
    """Call some seats of the Comitato to evaluate; who is in conflict enters already abstaining.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the call is not under evaluation, a seat is of another Comitato or not
        in office, or no seat is given.
    """
    esigi(da, "conciliazione.nomina_valutatori", manifestazione)
    if not seggi:
        raise ValidationError({"seggi": _("Scegli almeno un seggio.")})
    with transaction.atomic():
        questa = bloccata(manifestazione)
        esigi_stato(questa, ManifestazioneInteresse.Stato.IN_VALUTAZIONE)
        in_carica = set(
            Seggio.objects.in_carica().filter(edizione=questa.edizione).values_list("pk", flat=True)
        )
        perche = conflitti.proponenti(questa)
        nominati = []
        for seggio in seggi:
            if seggio.pk not in in_carica:
                raise ValidationError(
                    {"seggi": _("%(seggio)s non è un seggio in carica di questo Comitato.")
                     % {"seggio": seggio}}
                )  # fmt: skip
            motivo = perche.get(seggio.ente_id, "")
            nominati.append(
                salva(
                    Valutatore(
                        manifestazione=questa,
                        seggio=seggio,
                        stato=Stato.ASTENUTO if motivo else Stato.NOMINATO,
                        motivo=motivo,
                    )
                )
            )
        annota(
            "conc_valutatore.nominato",
            questa,
            _("Valutatori nominati: %(chi)s")
            % {"chi": ", ".join(_con_stato(uno) for uno in nominati)},
            da=da,
        )
    return nominati


def _con_stato(valutatore: Valutatore) -> str:
    if valutatore.stato == Stato.ASTENUTO:
        return _("%(chi)s (si astiene)") % {"chi": valutatore}
    return str(valutatore)


def dichiara(
    valutatore: Valutatore, *, in_conflitto: bool, motivo: str = "", da: Utente | None
) -> DichiarazioneConflitto:
    """The evaluator says whether a conflict exists, once. Who is in conflict by the proposals
    abstains all the same, and the declaration stays on record.

    :raises PermissionDenied: the author does not hold the seat today.
    :raises ValidationError: declared already; abstaining already; or the person represents a body
        that proposes, and the seat is then of the other component.
    """
    esigi_referente(da, "conciliazione.dichiara_conflitto", valutatore)
    with transaction.atomic():
        questo = bloccata(valutatore)
        esigi_stato(questo, Stato.NOMINATO)
        esigi_stato(questo.manifestazione, ManifestazioneInteresse.Stato.IN_VALUTAZIONE)
        suo = conflitti.della_persona(da, questo.manifestazione)
        if suo and not in_conflitto:
            raise ValidationError(
                _("%(perche)s Rappresenti quell'ente: dichiara il conflitto, o lascia che valuti "
                  "l'altro componente del seggio.") % {"perche": suo}
            )  # fmt: skip
        dichiarazione = salva(
            DichiarazioneConflitto(
                valutatore=questo,
                in_conflitto=in_conflitto,
                motivo=motivo.strip() if in_conflitto else "",
                dichiarata_da=da,
            )
        )
        dal_prodotto = conflitti.del_seggio(questo.seggio, questo.manifestazione)
        if in_conflitto or dal_prodotto:
            _astiene(questo, dal_prodotto or _("Conflitto dichiarato: %(motivo)s")
                     % {"motivo": motivo.strip()}, da)  # fmt: skip
        else:
            passa(questo, Stato.ATTIVO)
            annota(
                "conc_valutatore.dichiarato",
                questo,
                _("%(chi)s dichiara di non essere in conflitto") % {"chi": questo},
                da=da,
                riguarda=[questo.manifestazione],
            )
    valutatore.refresh_from_db()
    return dichiarazione


def astieni(valutatore: Valutatore, *, motivo: str, da: Utente | None) -> None:
    """The office takes an evaluator off, saying why; their sheets no longer count.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason; abstaining already; the ranking is decided.
    """
    esigi(da, "conciliazione.nomina_valutatori", valutatore)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché il valutatore si astiene.")})
    with transaction.atomic():
        questo = bloccata(valutatore)
        esigi_stato(questo.manifestazione, ManifestazioneInteresse.Stato.IN_VALUTAZIONE)
        _astiene(questo, motivo.strip(), da)
    valutatore.refresh_from_db()


def astieni_in_conflitto(manifestazione: ManifestazioneInteresse, *, da: Utente | None) -> int:
    """Who is in conflict by the proposals as they are now abstains: a partner may have come after.

    Asks for no permission: it states what the proposals say. Call it wherever they change.
    """
    with transaction.atomic():
        perche = conflitti.proponenti(manifestazione)
        ancora = manifestazione.valutatori.exclude(stato=Stato.ASTENUTO).filter(
            seggio__ente__in=perche
        )
        trovati = list(ancora.select_related("seggio__ente").select_for_update(of=("self",)))
        for uno in trovati:
            _astiene(uno, perche[uno.seggio.ente_id], da)
    return len(trovati)


def _astiene(valutatore: Valutatore, motivo: str, da: Utente | None) -> None:
    passa(valutatore, Stato.ASTENUTO, motivo=motivo[:300])
    annota(
        "conc_valutatore.astenuto",
        valutatore,
        _("%(chi)s si astiene: %(motivo)s") % {"chi": valutatore, "motivo": motivo},
        da=da,
        riguarda=[valutatore.manifestazione],
    )
