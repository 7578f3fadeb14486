# SPDX-License-Identifier: AGPL-3.0-or-later
"""The library of indicators: a new one, and what describes one."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from obiettivi.models import Indicatore
from piani.azioni import registra
from piani.azioni.righe import Superata, differenze, impronta, istantanea, scrivi
from piani.models import Azienda, Piano, Utente
from piani.rules import esigi

# What a score depends on: once a plan that uses the indicator is adopted it may be completed, not
# changed.
DI_SOSTANZA = ("tipo_formula", "unita", "verso", "aggregazione", "cumulo")


def crea_indicatore(azienda: Azienda, *, da: Utente | None, **valori: Any) -> Indicatore:
    """A new indicator of the library.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: by field, what is wrong; the code is taken.
    """
    esigi(da, "obiettivi.modifica_indicatore", azienda)
    indicatore = Indicatore(azienda=azienda, **valori)
    indicatore.clean_fields(exclude=["azienda"])
    try:
        with transaction.atomic():
            indicatore.save(force_insert=True)
            registra(
                "indicatore.aggiunto",
                indicatore,
                azienda=azienda,
                da=da,
                descrizione=_("Aggiunto l'indicatore %(codice)s: %(nome)s")
                % {"codice": indicatore.codice, "nome": indicatore.nome},
                dati={"dopo": istantanea(indicatore, indicatore.SCRITTI)},
            )
    except IntegrityError as errore:
        raise ValidationError(
            {"codice": _("Quel codice è già di un altro indicatore.")}
        ) from errore
    return indicatore


def modifica_indicatore(
    indicatore: Indicatore,
    valori: Mapping[str, Any],
    *,
    visto: str | None = None,
    da: Utente | None,
) -> bool:
    """Change what describes an indicator; whether anything changed.

    What its scores depend on (:data:`DI_SOSTANZA`) changes only while no adopted plan uses it: a
    plan means what it meant. What is not said yet may always be said.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: by field, what is wrong or cannot change any more.
    """
    esigi(da, "obiettivi.modifica_indicatore", indicatore)
    with transaction.atomic():
        adesso = Indicatore.objects.select_for_update().get(pk=indicatore.pk)
        attuale = impronta(adesso)
        if visto is not None and visto != attuale:
            raise Superata(
                _("Mentre scrivevi qualcuno ha cambiato l'indicatore. Ciò che hai scritto è qui "
                  "sotto: salvando di nuovo sostituisci il suo."), attuale,
            )  # fmt: skip
        _controlla_sostanza(adesso, valori)
        prima = istantanea(adesso, adesso.SCRITTI)
        scrivi(adesso, valori)
        dopo = istantanea(adesso, adesso.SCRITTI)
        if prima == dopo:
            return False
        registra(
            "indicatore.modificato",
            adesso,
            azienda=adesso.azienda,
            da=da,
            descrizione=_("Cambiato l'indicatore %(codice)s") % {"codice": adesso.codice},
            dati=differenze(prima, dopo),
        )
    return True


def _controlla_sostanza(adesso: Indicatore, valori: Mapping[str, Any]) -> None:
    cambiano = [
        campo
        for campo in DI_SOSTANZA
        if campo in valori and getattr(adesso, campo) and getattr(adesso, campo) != valori[campo]
    ]
    if not cambiano:
        return
    piano = piani_adottati_con(adesso).first()
    if piano is not None:
        raise ValidationError(
            {
                campo: _("Lo usa «%(piano)s», già adottato: per misurare in un altro modo si "
                         "aggiunge un altro indicatore.") % {"piano": piano}
                for campo in cambiano
            }
        )  # fmt: skip


def piani_adottati_con(indicatore: Indicatore) -> Any:
    """The plans beyond validation that use an indicator."""
    adottati = (Piano.Stato.ADOTTATO, Piano.Stato.PUBBLICATO, Piano.Stato.SUPERATO)
    return Piano.objects.filter(
        aree__obiettivi__misure__indicatore=indicatore, stato__in=adottati
    ).distinct()
