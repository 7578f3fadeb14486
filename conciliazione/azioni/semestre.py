# SPDX-License-Identifier: AGPL-3.0-or-later
"""Semesters of monitoring: opened by the office, closed with their indicators, opened again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.models import (
    EdizioneConciliazione,
    RilevazioneProgetto,
    SemestreMonitoraggio,
    ValoreIndicatore,
)
from conciliazione.monitoraggio.raccolta import valori_di
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.apre_semestri"


def apri_semestre(
    edizione: EdizioneConciliazione,
    *,
    anno: int,
    semestre: int,
    apre: date,
    scade: date,
    da: Utente | None,
) -> SemestreMonitoraggio:
    """Open a semester: from ``apre`` to ``scade``, both included, the capofila send their report.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the edition is not in force, or the year is not one of its.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        adesso = bloccata(edizione)
        esigi_stato(adesso, EdizioneConciliazione.Stato.IN_VIGORE)
        ultimo = adesso.anno_fine + 1  # projects end, and are reported, in the year after the last
        if not adesso.anno_inizio <= anno <= ultimo:
            raise ValidationError(
                {
                    "anno": _("L'edizione si monitora dal %(primo)s al %(ultimo)s.")
                    % {"primo": adesso.anno_inizio, "ultimo": ultimo}
                }
            )
        nuovo = salva(
            SemestreMonitoraggio(
                edizione=adesso, anno=anno, semestre=semestre, apre=apre, scade=scade
            )
        )
        annota(
            "conc_semestre.aperto", nuovo, _finestra(nuovo), da=da, riguarda=[adesso]
        )  # fmt: skip
    return nuovo


def cambia_finestra(
    semestre: SemestreMonitoraggio, *, apre: date, scade: date, da: Utente | None
) -> None:
    """Move the window of a semester that is open: who is late has until the new day.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the semester is closed.
    """
    esigi(da, PERMESSO, semestre)
    with transaction.atomic():
        adesso = bloccata(semestre)
        esigi_stato(adesso, SemestreMonitoraggio.Stato.APERTO)
        prima = {"apre": adesso.apre, "scade": adesso.scade}
        adesso.apre, adesso.scade = apre, scade
        salva(adesso, "apre", "scade")
        annota(
            "conc_semestre.finestra",
            adesso,
            _finestra(adesso),
            da=da,
            dati={nome: giorno.isoformat() for nome, giorno in prima.items()},
            riguarda=[adesso.edizione],
        )


def chiudi_semestre(semestre: SemestreMonitoraggio, *, da: Utente | None) -> None:
    """Close a semester and freeze its indicators, as they come out of what was validated.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: a report that was sent waits to be looked at; or it is closed.
    """
    esigi(da, PERMESSO, semestre)
    with transaction.atomic():
        adesso = bloccata(semestre)
        esigi_stato(adesso, SemestreMonitoraggio.Stato.APERTO)
        in_attesa = adesso.rilevazioni.filter(stato=RilevazioneProgetto.Stato.TRASMESSA)
        nomi = [str(una.progetto) for una in in_attesa.select_related("progetto")]
        if nomi:
            raise ValidationError(
                _("Prima valida o rimanda le rilevazioni trasmesse: «%(nomi)s».")
                % {"nomi": "», «".join(nomi)}
            )
        valori = valori_di(adesso)
        ValoreIndicatore.objects.bulk_create(valori)
        passa(adesso, SemestreMonitoraggio.Stato.CHIUSO, chiuso_il=timezone.now())
        annota(
            "conc_semestre.chiuso",
            adesso,
            _("Chiuso il %(semestre)s: %(n)s valori di indicatori fissati")
            % {"semestre": adesso, "n": len(valori)},
            da=da,
            riguarda=[adesso.edizione],
        )


def riapri_semestre(semestre: SemestreMonitoraggio, *, motivo: str, da: Utente | None) -> None:
    """Open a closed semester again: the values that were frozen go, and are computed anew.

    What they were stays in the register.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: no reason, or it is not closed.
    """
    esigi(da, PERMESSO, semestre)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché si riapre.")})
    with transaction.atomic():
        adesso = bloccata(semestre)
        passa(adesso, SemestreMonitoraggio.Stato.APERTO, chiuso_il=None)
        erano = adesso.valori.order_by("pk").values_list(
            "codice", "progetto", "azione", "dettaglio", "numeratore", "denominatore"
        )
        annota(
            "conc_semestre.riaperto",
            adesso,
            _("Riaperto il %(semestre)s: %(motivo)s") % {"semestre": adesso, "motivo": motivo},
            da=da,
            dati={"valori": [[str(cella) for cella in riga] for riga in erano]},
            riguarda=[adesso.edizione],
        )
        adesso.valori.all().delete()


def _finestra(semestre: SemestreMonitoraggio) -> str:
    return _("%(semestre)s: si rileva dal %(apre)s al %(scade)s") % {
        "semestre": semestre,
        "apre": semestre.apre.strftime("%d/%m/%Y"),
        "scade": semestre.scade.strftime("%d/%m/%Y"),
    }
