# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios of an allocation: made, copied, changed, removed, and scrolled after a withdrawal."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from conciliazione.assegnazione import CONCORRONO, InGara, calcola, in_gara
from conciliazione.azioni.passi import annota, bloccata, esigi_stato, salva
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.metodo import (
    Importo,
    Metodo,
    Regola,
    metodo_come_dati,
    metodo_da_dati,
)
from conciliazione.calcolo.riparto import Esito
from conciliazione.models import (
    FonteScenario,
    ManifestazioneInteresse,
    Proposta,
    RigaRiparto,
    Scenario,
)
from piani.models import Utente
from piani.rules import esigi

Fonti = Sequence[tuple[str, Decimal]]
SI_RIPARTE = (
    ManifestazioneInteresse.Stato.IN_VALUTAZIONE,
    ManifestazioneInteresse.Stato.CONCLUSA,
)


def crea_scenario(
    manifestazione: ManifestazioneInteresse,
    *,
    nome: str,
    fonti: Fonti,
    metodo: Metodo,
    deriva_da: Scenario | None = None,
    da: Utente | None,
) -> Scenario:
    """A new scenario, computed at once on the proposals as they are.

    :param fonti: where the money comes from, with its amount; their sum is the envelope.
    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; no source; nothing competes; the method does not hold.
    """
    esigi(da, "conciliazione.riparte", manifestazione)
    with transaction.atomic():
        esigi_stato(bloccata(manifestazione), *SI_RIPARTE)
        scenario = Scenario(
            manifestazione=manifestazione, nome=nome.strip(), deriva_da=deriva_da, creato_da=da
        )
        _scrivi(scenario, fonti, metodo)
        annota(
            "conc_scenario.creato",
            scenario,
            _("Scenario «%(nome)s» di «%(bando)s»") % {"nome": scenario, "bando": manifestazione},
            da=da,
            riguarda=[manifestazione],
        )
    return scenario


def cambia_scenario(
    scenario: Scenario, *, nome: str, fonti: Fonti, metodo: Metodo, da: Utente | None
) -> Scenario:
    """Other parameters for a scenario not chosen yet: it is computed again.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it was chosen; as ``crea_scenario``.
    """
    esigi(da, "conciliazione.riparte", scenario)
    with transaction.atomic():
        questo = _modificabile(scenario)
        questo.nome = nome.strip()
        tenuti = metodo_da_dati(questo.parametri).garantiti
        _scrivi(questo, fonti, replace(metodo, garantiti=tenuti))
        annota(
            "conc_scenario.cambiato",
            questo,
            _("Scenario «%(nome)s» ricalcolato") % {"nome": questo},
            da=da,
            riguarda=[questo.manifestazione],
        )
    return questo


def copia_scenario(scenario: Scenario, *, da: Utente | None) -> Scenario:
    """The same scenario under another name, to be changed and compared.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the call is annulled.
    """
    return crea_scenario(
        scenario.manifestazione,
        nome=_nome_libero(scenario.manifestazione, scenario.nome),
        fonti=fonti_di(scenario),
        metodo=metodo_da_dati(scenario.parametri),
        da=da,
    )


def elimina_scenario(scenario: Scenario, *, da: Utente | None) -> None:
    """Remove a scenario that was never chosen and that no other derives from.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it was chosen, or another derives from it.
    """
    esigi(da, "conciliazione.riparte", scenario)
    with transaction.atomic():
        questo = _modificabile(scenario)
        if questo.derivati.exists():
            raise ValidationError(
                _("Da questo scenario ne deriva un altro: si elimina prima quello.")
            )
        annota(
            "conc_scenario.eliminato",
            questo,
            _("Eliminato lo scenario «%(nome)s»") % {"nome": questo},
            da=da,
            riguarda=[questo.manifestazione],
        )
        questo.delete()


class Scorrimento(models.TextChoices):
    """What is done with what a withdrawal frees."""

    GRADUATORIA = (
        "graduatoria",
        _l(
            "Chi resta tiene quello che ha; il liberato completa gli altri in ordine di graduatoria"
        ),
    )
    PROPORZIONALE = (
        "proporzionale",
        _l("Chi resta tiene quello che ha; il liberato va in proporzione a ciò che manca"),
    )
    DA_CAPO = "da_capo", _l("Si rifà il riparto da capo fra chi resta")


def scorri(scenario: Scenario, *, come: str, da: Utente | None) -> Scenario:
    """A scenario from the one in force, after a financed project withdrew: who stays keeps what it
    has and the rest goes to who has less than it asks (by rank, or in proportion); or everything
    is shared again from the start (``da_capo``).

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: the scenario is not in force; nobody withdrew.
    """
    esigi(da, "conciliazione.riparte", scenario)
    if not scenario.in_vigore:
        raise ValidationError(_("Si scorre lo scenario in vigore."))
    righe = list(scenario.righe.select_related("proposta"))
    if not any(uno.assegnato and uno.proposta.stato == Proposta.Stato.RITIRATA for uno in righe):
        raise ValidationError(
            _("Nessun progetto finanziato si è ritirato: non c'è niente da scorrere.")
        )
    metodo = replace(metodo_da_dati(scenario.parametri), garantiti=())
    if come != Scorrimento.DA_CAPO:
        restano = [uno for uno in righe if uno.assegnato and uno.proposta.stato in CONCORRONO]
        metodo = replace(
            metodo,
            regola=Regola(come),
            garantiti=tuple(Importo(str(uno.proposta_id), uno.assegnato) for uno in restano),
        )
    return crea_scenario(
        scenario.manifestazione,
        nome=_nome_libero(scenario.manifestazione, _("%(nome)s, scorrimento") % {"nome": scenario}),
        fonti=fonti_di(scenario),
        metodo=metodo,
        deriva_da=scenario,
        da=da,
    )


def fonti_proposte(manifestazione: ManifestazioneInteresse) -> list[tuple[str, Decimal]]:
    """The sources that a new scenario begins with."""
    return [(_("Dotazione della manifestazione"), manifestazione.dotazione)]


def fonti_di(scenario: Scenario) -> list[tuple[str, Decimal]]:
    return [(una.descrizione, una.importo) for una in scenario.fonti.all()]


def _modificabile(scenario: Scenario) -> Scenario:
    questo = bloccata(scenario)
    if questo.scelto_il is not None:
        raise ValidationError(
            _("Lo scenario è stato scelto e resta com'è: copialo, e cambia la copia.")
        )
    return questo


def _nome_libero(manifestazione: ManifestazioneInteresse, nome: str) -> str:
    """That name, with the first number that makes it new."""
    presi = set(manifestazione.scenari.values_list("nome", flat=True))
    corto = nome[:110]
    numero = 2
    libero = corto
    while libero in presi:
        libero = f"{corto} ({numero})"
        numero += 1
    return libero


def _scrivi(scenario: Scenario, fonti: Fonti, metodo: Metodo) -> None:
    """Compute and write a scenario whole: sources, rows, steps."""
    if not fonti:
        raise ValidationError({"fonti": _("Scrivi almeno una fonte con il suo importo.")})
    concorrenti = in_gara(scenario.manifestazione)
    if not concorrenti:
        raise ValidationError(_("Nessuna proposta è ammessa: non c'è fra chi ripartire."))
    dotazione = sum((quanto for _nome, quanto in fonti), ZERO)
    esito = calcola(dotazione, concorrenti, metodo)
    scenario.dotazione = dotazione
    scenario.residuo = esito.residuo
    scenario.parametri = metodo_come_dati(metodo)
    scenario.passi = list(esito.passi)
    salva(scenario)
    scenario.fonti.all().delete()
    for ordine, (descrizione, quanto) in enumerate(fonti, 1):
        salva(
            FonteScenario(scenario=scenario, ordine=ordine, descrizione=descrizione, importo=quanto)
        )
    scenario.righe.all().delete()
    RigaRiparto.objects.bulk_create(righe_di(scenario, concorrenti, esito))


def righe_di(scenario: Scenario, concorrenti: list[InGara], esito: Esito) -> list[RigaRiparto]:
    """The rows of an allocation, not saved."""
    return [
        RigaRiparto(
            scenario=scenario,
            proposta=uno.proposta,
            versione=uno.versione,
            ordine=ordine,
            costo=dato.richiesta.costo,
            richiesto=dato.richiesta.richiesto,
            assegnato=dato.assegnato,
            passi=list(dato.passi),
            nota=_("Sotto il minimo: si ritira.") if dato.ritirata else "",
        )
        for ordine, (uno, dato) in enumerate(zip(concorrenti, esito.assegnazioni, strict=True), 1)
    ]
