# SPDX-License-Identifier: AGPL-3.0-or-later
"""How an indicator is described and behaves: changed in one place, with the scores that follow."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from obiettivi.azioni.piani_toccati import Effetti, aggiorna_tutto, piani_con
from obiettivi.azioni.punteggi_scheda import aggiorna_schede_con
from obiettivi.models import Indicatore
from piani.azioni import registra
from piani.azioni.righe import differenze, istantanea
from piani.models import Utente
from piani.rules import esigi

# What can be changed, by the name that people read; the code and the azienda cannot.
CAMPI = {
    "nome": gettext_lazy("nome"),
    "formula": gettext_lazy("formula a parole"),
    "tipo_formula": gettext_lazy("tipo di formula"),
    "unita": gettext_lazy("unità di misura"),
    "verso": gettext_lazy("verso"),
    "fonte": gettext_lazy("fonte dei dati"),
    "frequenza": gettext_lazy("frequenza"),
    "aggregazione": gettext_lazy("aggregazione nel tempo"),
    "cumulo": gettext_lazy("risultati cumulati"),
    "eredita_target": gettext_lazy("target ereditato"),
    "decimali": gettext_lazy("decimali"),
    "rilevatore": gettext_lazy("unità che rileva"),
    "nota_qualita": gettext_lazy("nota sulla qualità del dato"),
}
# What the scores, or the reasons written beside them, depend on.
CHE_CONTANO = frozenset(
    {"nome", "tipo_formula", "unita", "verso", "aggregazione", "cumulo", "eredita_target"}
)
# What a figure already written means.
SIGNIFICATO = ("tipo_formula", "unita")
DECIMALI_MASSIMI = 6


@dataclass
class Modificato(Effetti):
    """The fields that changed, with what that did to the scores."""

    campi: tuple[str, ...] = ()


def modifica_indicatore(
    indicatore: Indicatore, *, da: Utente | None, nuovo_significato: bool = False, **campi: Any
) -> Modificato:
    """Change the fields given (those of ``CAMPI``) and bring the plans and the schede that use
    it up to date.

    Only what differs is written, whatever else someone changed meanwhile. Results already there
    are not converted: ``nuovo_significato`` says that the author knows they will be read with the
    new kind of formula or unit.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: by field: a value that is not allowed, a unit of another azienda, a
        ratio of sums without numerator and denominator, results whose meaning would change.
    """
    esigi(da, "obiettivi.modifica_indicatore", indicatore)
    if ignoti := campi.keys() - CAMPI.keys():
        raise TypeError(f"fields that cannot be changed: {', '.join(sorted(ignoti))}")
    with transaction.atomic():
        adesso = Indicatore.objects.select_for_update().get(pk=indicatore.pk)
        prima = istantanea(adesso, campi)
        cambiati = _assegna(adesso, campi)
        if not cambiati:
            return Modificato()
        _controlla(adesso, cambiati)
        if not nuovo_significato:
            _controlla_significato(adesso, cambiati)
        adesso.save(update_fields=cambiati)
        registra(
            "indicatore.modificato",
            adesso,
            azienda=indicatore.azienda,
            da=da,
            descrizione=_("Cambiato l'indicatore %(codice)s: %(campi)s")
            % {"codice": adesso.codice, "campi": ", ".join(str(CAMPI[c]) for c in cambiati)},
            dati=differenze(prima, istantanea(adesso, campi)),
        )
        esito = Modificato(campi=tuple(cambiati))
        if CHE_CONTANO.intersection(cambiati):
            for piano in piani_con(adesso):
                aggiorna_tutto(esito, piano, da)
            esito.aggiungi(aggiorna_schede_con(adesso))
    return esito


def quanti_risultati(indicatore: Indicatore) -> int:
    """How many results are there, whose meaning depends on the kind of formula and the unit."""
    return indicatore.rilevazioni.correnti().count()


def _assegna(indicatore: Indicatore, campi: dict[str, Any]) -> list[str]:
    """Set the values on the row, not saved; the fields that differ from what was there."""
    cambiati = []
    for nome in CAMPI:
        if nome not in campi:
            continue
        valore = campi[nome].strip() if isinstance(campi[nome], str) else campi[nome]
        if getattr(indicatore, nome) != valore:
            setattr(indicatore, nome, valore)
            cambiati.append(nome)
    return cambiati


def _controlla(indicatore: Indicatore, cambiati: list[str]) -> None:
    altri = {campo.name for campo in Indicatore._meta.fields} - set(cambiati)
    indicatore.clean_fields(exclude=altri)
    if "decimali" in cambiati and indicatore.decimali > DECIMALI_MASSIMI:
        raise ValidationError(
            {"decimali": _("I decimali vanno da 0 a %(n)s.") % {"n": DECIMALI_MASSIMI}}
        )
    rilevatore = indicatore.rilevatore
    if rilevatore and rilevatore.organigramma.azienda_id != indicatore.azienda_id:
        raise ValidationError({"rilevatore": _("Scegliere un'unità di questa azienda.")})
    delle_somme = indicatore.aggregazione == Indicatore.Aggregazione.RAPPORTO
    if delle_somme and indicatore.tipo_formula != Indicatore.Formula.RAPPORTO:
        raise ValidationError(
            {"aggregazione": _(
                "Il rapporto delle somme si fa con numeratori e denominatori: scegliere un'altra "
                "aggregazione, o come tipo di formula il rapporto."
            )}
        )  # fmt: skip


def _controlla_significato(indicatore: Indicatore, cambiati: list[str]) -> None:
    toccati = [nome for nome in SIGNIFICATO if nome in cambiati]
    quanti = quanti_risultati(indicatore) if toccati else 0
    if quanti:
        campi = ", ".join(str(CAMPI[nome]) for nome in toccati)
        raise ValidationError(
            {"nuovo_significato": ngettext(
                "C'è già %(n)s risultato e si sta cambiando: %(campi)s. Resta com'è scritto e si "
                "leggerà nel nuovo modo: se è ciò che si vuole, confermarlo qui.",
                "Ci sono già %(n)s risultati e si sta cambiando: %(campi)s. Restano come sono "
                "scritti e si leggeranno nel nuovo modo: se è ciò che si vuole, confermarlo qui.",
                quanti,
            ) % {"campi": campi, "n": quanti}}
        )  # fmt: skip
