# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs taken: each by one worker only, behind who is writing of their plans."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from obiettivi.models import Calcolo, EdizioneSMVP
from piani.models import Azienda, Piano

Stato = Calcolo.Stato
_CAMPI_PIANO = [campo.attname for campo in Piano._meta.concrete_fields]
_CAMPI_AZIENDA = [campo.attname for campo in Azienda._meta.concrete_fields]
_PIANI = f"""SELECT {", ".join(f"p.{nome}" for nome in _CAMPI_PIANO)},
           {", ".join(f"a.{nome}" for nome in _CAMPI_AZIENDA)}
    FROM {Piano._meta.db_table} p JOIN {Azienda._meta.db_table} a ON a.id = p.azienda_id
    WHERE p.id IN (SELECT piano_id FROM {Calcolo._meta.db_table} WHERE id IN %s)
    ORDER BY p.id"""  # noqa: S608 -- names of tables and columns


def prendi(chiavi: Sequence[int], presi_il: datetime | None = None) -> list[Calcolo]:
    """Take the runs that wait, each for one worker only.

    Behind who is writing of those plans: a new result either is there to be read, or finds the
    run under way and sends it back to wait. ``presi_il``: they were taken as they were asked, at
    that moment; those sent back to wait since are taken again.
    """
    adesso = presi_il or timezone.now()
    with transaction.atomic():
        piani = _piani(chiavi)
        liberi = list(
            Calcolo.objects.filter(pk__in=chiavi, stato=Stato.IN_ATTESA)
            .select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        if liberi:
            Calcolo.objects.filter(pk__in=liberi).update(
                stato=Stato.IN_CORSO, iniziato_il=adesso, fatti=0, errore=""
            )
        quali = chiavi if presi_il else liberi
        miei = list(
            Calcolo.objects.filter(pk__in=quali, stato=Stato.IN_CORSO, iniziato_il=adesso)
            .select_related("da", "per_conto_di")
            .order_by("pk")
        )
    # Once each, as the plans, not once for every run.
    edizioni = EdizioneSMVP.objects.in_bulk({uno.edizione_id for uno in miei})
    for uno in miei:
        uno.piano, uno.edizione = piani[uno.piano_id], edizioni[uno.edizione_id]
    return miei


def _piani(chiavi: Sequence[int]) -> dict[int, Piano]:
    """The plans of some runs with their azienda, once nobody is writing of them.

    No ORM: it can only lock against everybody, and two workers take runs of one plan.
    """
    quali = ", ".join(str(int(una)) for una in chiavi) or "NULL"
    attesa = " FOR SHARE OF p" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursore:
        cursore.execute(_PIANI.replace("%s", f"({quali})") + attesa)
        righe = cursore.fetchall()
    trovati = {}
    for riga in righe:
        piano = Piano.from_db(connection.alias, _CAMPI_PIANO, riga[: len(_CAMPI_PIANO)])
        piano.azienda = Azienda.from_db(connection.alias, _CAMPI_AZIENDA, riga[len(_CAMPI_PIANO) :])
        trovati[piano.pk] = piano
    return trovati
