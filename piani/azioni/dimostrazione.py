# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented people, one for each ruolo, to try the program with. Their surname says so."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.incarico import Dove, assegna_incarico
from piani.models import Azienda, UnitaOrganizzativa, Utente

SEGNO = "(dimostrazione)"
INIZIO = date(2021, 1, 1)


def crea_dimostrative(persone: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Make the people that are not there yet; the user name and the password, born here, of each.

    The system alone does it. All or nothing.

    :raises ValidationError: a surname does not say that the person is invented, or an incarico
        names an azienda or a unit that is not there.
    """
    with transaction.atomic():
        return [
            _crea(dati)
            for dati in persone
            if not Utente.objects.filter(username=dati["username"]).exists()
        ]


def _crea(dati: Mapping[str, Any]) -> tuple[str, str]:
    if not dati["cognome"].endswith(SEGNO):
        raise ValidationError(
            _("«%(nome)s»: il cognome di una persona inventata finisce con %(segno)s.")
            % {"nome": dati["username"], "segno": SEGNO}
        )
    password = secrets.token_urlsafe(9)
    persona = Utente.objects.create_user(
        username=dati["username"],
        email=f"{dati['username']}@example.org",
        password=password,
        first_name=dati["nome"],
        last_name=dati["cognome"],
    )
    registra(
        "utente.creato",
        persona,
        azienda=None,
        da=None,
        descrizione=_("Creata la persona dimostrativa %(nome)s") % {"nome": persona.username},
    )
    for incarico in dati["incarichi"]:
        _incarica(persona, incarico)
    return persona.username, password


def _incarica(persona: Utente, dati: Mapping[str, Any]) -> None:
    azienda = Azienda.objects.filter(codice=dati["azienda"]).first()
    codice = dati.get("unita")
    unita = UnitaOrganizzativa.objects.filter(organigramma__azienda=azienda, codice=codice).first()
    if azienda is None or (codice and unita is None):
        raise ValidationError(
            _("«%(nome)s»: non ci sono l'azienda «%(azienda)s» o la sua unità «%(unita)s».")
            % {"nome": persona.username, "azienda": dati["azienda"], "unita": codice or "–"}
        )
    dove = Dove(dal=INIZIO, unita=unita, anno_da=dati.get("anno_da"), anno_a=dati.get("anno_a"))
    assegna_incarico(persona, azienda, dati["ruolo"], dove, da=None)
