# SPDX-License-Identifier: AGPL-3.0-or-later
"""People from a sheet: everything, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.incarico import PERMESSO, Dove, assegna_incarico
from piani.azioni.persona import crea_persona
from piani.importa_persone import RigaPersona
from piani.models import Azienda, Incarico, UnitaOrganizzativa, Utente
from piani.rules import esigi

Unita = dict[str, UnitaOrganizzativa]


@dataclass(frozen=True)
class Esito:
    """What an import did."""

    persone: int
    incarichi: int


def prova_importazione(
    azienda: Azienda, righe: Sequence[RigaPersona], *, da: Utente | None
) -> None:
    """Add to the rows what is wrong of them for this azienda; nothing is written.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    """
    esigi(da, PERMESSO, azienda)
    unita = _unita(azienda)
    registrate = _registrate(righe)
    incarichi = _incarichi(azienda, registrate)
    for riga in righe:
        _trova_unita(riga, unita)
        persona = registrate.get(riga.email)
        if persona is not None:
            _confronta(riga, persona, incarichi.get(persona.pk, []), unita)


def importa_persone(
    azienda: Azienda, righe: Sequence[RigaPersona], *, spedisci: bool, da: Utente | None
) -> Esito:
    """Write all the rows: new people with their incarichi, and incarichi of people already here.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: some row cannot be written; then none is. The rows carry the errors.
    """
    with transaction.atomic():
        prova_importazione(azienda, righe, da=da)
        if sbagliate := [riga.numero for riga in righe if riga.errori]:
            raise ValidationError(
                _("Nessuna riga è stata scritta: sono da correggere le righe %(righe)s.")
                % {"righe": ", ".join(map(str, sbagliate))}
            )
        unita = _unita(azienda)
        persone = _registrate(righe)
        nuove = 0
        for riga in righe:
            nuove += _scrivi(azienda, riga, persone, unita, spedisci=spedisci, da=da)
        registra(
            "persone.importate",
            azienda,
            azienda=azienda,
            da=da,
            descrizione=_("Importate %(persone)s persone nuove e %(incarichi)s incarichi da foglio")
            % {"persone": nuove, "incarichi": len(righe)},
        )
    return Esito(persone=nuove, incarichi=len(righe))


def _scrivi(
    azienda: Azienda,
    riga: RigaPersona,
    persone: dict[str, Utente],
    unita: Unita,
    *,
    spedisci: bool,
    da: Utente | None,
) -> int:
    """One row; 1 if its person is new. What only the database can refuse names the row."""
    assert riga.dal is not None  # noqa: S101 -- rows with errors do not come here
    dove = Dove(dal=riga.dal, al=riga.al, unita=unita.get(riga.celle["unita"].casefold()))
    try:
        if persona := persone.get(riga.email):
            assegna_incarico(persona, azienda, riga.ruolo, dove, da=da)
            return 0
        persone[riga.email] = crea_persona(
            azienda,
            nome=riga.celle["nome"],
            cognome=riga.celle["cognome"],
            email=riga.email,
            ruolo=riga.ruolo,
            dove=dove,
            spedisci=spedisci,
            da=da,
        )
    except ValidationError as errore:
        raise ValidationError(
            _("Nessuna riga è stata scritta. Riga %(n)s: %(errore)s")
            % {"n": riga.numero, "errore": " ".join(errore.messages)}
        ) from errore
    return 1


def _unita(azienda: Azienda) -> Unita:
    """The units of the chart in force today, by code and by name."""
    unita: Unita = {}
    for una in UnitaOrganizzativa.objects.alla_data(azienda, timezone.localdate()):
        unita.setdefault(una.nome.casefold(), una)
    for una in list(unita.values()):
        unita[una.codice.casefold()] = una
    return unita


def _registrate(righe: Sequence[RigaPersona]) -> dict[str, Utente]:
    """The people that some row is about, by their e-mail address."""
    poste = {riga.email for riga in righe}
    trovate = Utente.objects.annotate(posta=Lower("email")).filter(posta__in=poste)
    return {persona.email.lower(): persona for persona in trovate}


def _incarichi(azienda: Azienda, persone: dict[str, Utente]) -> dict[int, list[Incarico]]:
    trovati: dict[int, list[Incarico]] = {}
    for incarico in azienda.incarichi.filter(utente__in=persone.values()):
        trovati.setdefault(incarico.utente_id, []).append(incarico)
    return trovati


def _trova_unita(riga: RigaPersona, unita: Unita) -> None:
    scritta = riga.celle["unita"]
    if scritta and scritta.casefold() not in unita:
        riga.errori["unita"] = _("Non è nell'organigramma in vigore, né come codice né come nome.")


def _confronta(riga: RigaPersona, persona: Utente, incarichi: list[Incarico], unita: Unita) -> None:
    if not persona.is_active:
        riga.errori["email"] = _("La persona è disattivata: va prima riattivata.")
    if persona.last_name.casefold() != riga.celle["cognome"].casefold():
        riga.errori["cognome"] = _("La posta è di una persona registrata con un altro cognome.")
    una = unita.get(riga.celle["unita"].casefold())
    for incarico in incarichi:
        stesso = incarico.ruolo == riga.ruolo and incarico.unita_id == (una.pk if una else None)
        if stesso and _si_toccano(incarico, riga):
            riga.errori.setdefault("dal", _("Ha già questo incarico in quei giorni."))


def _si_toccano(incarico: Incarico, riga: RigaPersona) -> bool:
    if riga.dal is None:
        return False
    comincia_prima = riga.al is None or incarico.dal <= riga.al
    return comincia_prima and (incarico.al is None or incarico.al >= riga.dal)
