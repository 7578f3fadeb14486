# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scenario chosen: put in force, the proposals financed or not, the call concluded."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.assegnazione import calcola, in_gara
from conciliazione.azioni.graduatoria import esigi_seduta
from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa
from conciliazione.azioni.scenario import SI_RIPARTE, righe_di
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.metodo import metodo_da_dati
from conciliazione.calcolo.parole import euro
from conciliazione.models import (
    ManifestazioneInteresse,
    Proposta,
    RigaRiparto,
    Scenario,
    Seduta,
)
from piani.models import Utente
from piani.rules import esigi

Stato = Proposta.Stato


def scegli_scenario(
    scenario: Scenario, *, motivo: str, seduta: Seduta | None = None, da: Utente | None
) -> None:
    """Put a scenario in force in the place of the one that was. Who gets something is financed, who
    gets nothing is not; the call is concluded.

    :param seduta: the meeting of the Comitato that approved it; it can be said with the reason.
    :raises PermissionDenied: the author neither leads the network nor directs the ATS.
    :raises ValidationError: no reason; it gives more than there is; the proposals changed after it
        was computed, or are still being written; it would take everything from who is financed.
    """
    esigi(da, "conciliazione.sceglie_scenario", scenario)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché si sceglie questo scenario.")})
    with transaction.atomic():
        manifestazione = bloccata(scenario.manifestazione)
        esigi_stato(manifestazione, *SI_RIPARTE)
        if seduta is not None:
            esigi_seduta(seduta, manifestazione)
        questo = bloccata(scenario)
        if questo.scelto_il is not None:
            raise ValidationError(_("Lo scenario è già stato scelto."))
        righe = list(questo.righe.select_related("proposta"))
        _controlla(questo, righe)
        manifestazione.scenari.filter(in_vigore=True).update(in_vigore=False)
        Scenario.objects.filter(pk=questo.pk).update(
            in_vigore=True,
            scelto_il=timezone.now(),
            scelto_da=da,
            seduta=seduta,
            motivo=motivo.strip(),
        )
        _finanzia(manifestazione, righe)
        if manifestazione.stato == ManifestazioneInteresse.Stato.IN_VALUTAZIONE:
            passa(manifestazione, ManifestazioneInteresse.Stato.CONCLUSA)
        annota(
            "conc_scenario.scelto",
            questo,
            _("Scelto lo scenario «%(nome)s»: assegnati %(quanto)s. %(motivo)s")
            % {
                "nome": questo,
                "quanto": euro(sum((riga.assegnato for riga in righe), ZERO)),
                "motivo": motivo.strip(),
            },
            da=da,
            riguarda=[manifestazione],
        )
    scenario.refresh_from_db()


def _controlla(scenario: Scenario, righe: list[RigaRiparto]) -> None:
    assegnato = sum((riga.assegnato for riga in righe), ZERO)
    if assegnato > scenario.dotazione:
        raise ValidationError(
            _("Lo scenario assegna %(assegnato)s, più dei %(dotazione)s a disposizione: riduci "
              "gli importi o aggiungi una fonte per %(differenza)s.")
            % {
                "assegnato": euro(assegnato),
                "dotazione": euro(scenario.dotazione),
                "differenza": euro(assegnato - scenario.dotazione),
            }
        )  # fmt: skip
    concorrenti = in_gara(scenario.manifestazione)
    for uno in concorrenti:
        if uno.proposta.stato == Stato.IN_COPROGETTAZIONE:
            raise ValidationError(
                _("«%(proposta)s» è ancora in co-progettazione: prima se ne chiude la versione.")
                % {"proposta": uno.proposta}
            )
    esito = calcola(scenario.dotazione, concorrenti, metodo_da_dati(scenario.parametri))
    if _in_breve(righe) != _in_breve(righe_di(scenario, concorrenti, esito)):
        raise ValidationError(
            _("Da quando lo scenario è stato calcolato le proposte o la graduatoria sono cambiate: "
              "ricalcolalo, o copialo, e guarda gli importi nuovi.")
        )  # fmt: skip
    for riga in righe:
        if not riga.assegnato and riga.proposta.stato == Stato.FINANZIATA:
            raise ValidationError(
                _("«%(proposta)s» è già finanziata e qui non avrebbe niente: prima si ritira.")
                % {"proposta": riga.proposta}
            )


def _in_breve(righe: list[RigaRiparto]) -> set[tuple[object, ...]]:
    return {
        (riga.proposta_id, riga.versione_id, riga.costo, riga.richiesto, riga.assegnato)
        for riga in righe
    }


def _finanzia(manifestazione: ManifestazioneInteresse, righe: list[RigaRiparto]) -> None:
    """The states that follow from the amounts; who is not in the scenario was not suitable."""
    for riga in righe:
        proposta = riga.proposta
        if riga.assegnato and proposta.stato != Stato.FINANZIATA:
            passa(proposta, Stato.FINANZIATA, motivo="")
        elif not riga.assegnato and proposta.stato == Stato.AMMESSA:
            motivo = riga.nota or _("Le risorse non bastano.")
            passa(proposta, Stato.NON_FINANZIATA, motivo=motivo)
    fuori = Proposta.objects.filter(manifestazione=manifestazione, stato=Stato.AMMESSA)
    for proposta in fuori:
        passa(proposta, Stato.NON_FINANZIATA, motivo=_("Non idonea nella graduatoria."))
