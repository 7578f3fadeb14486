# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``./avvia`` adds to the transcribed editions: one to fill in, and people from outside."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction

from conciliazione.azioni.dimostrazione_seduta import scrivi_seduta
from conciliazione.azioni.edizione import crea_edizione
from conciliazione.azioni.referente import nomina_componente, nomina_referente
from conciliazione.models import Componente, EdizioneConciliazione, Ente, Seggio
from conciliazione.predefinite import dati_predefiniti
from piani.importa import leggi_toml
from piani.models import Azienda, Utente

DATI = settings.BASE / "fixtures" / "conciliazione_dimostrativa.toml"
DAL = date(2017, 1, 1)
"""From when the invented people represent their bodies: since the first edition."""


def completa_dimostrazione() -> list[str]:
    """Add what is not there yet; what was added, in words. Only the system does it.

    People who were not invented (``crea_dimostrative``), bodies and seats that were not loaded are
    left out.
    """
    dati = leggi_toml(DATI)
    with transaction.atomic():
        return [
            *_edizione(dati["da_riempire"]),
            *_referenti(dati["referenti"]),
            *_componenti(dati["componenti"]),
            *_seduta(dati["da_riempire"], dati["seduta"]),
        ]


def _edizione(dati: Mapping[str, Any]) -> Iterable[str]:
    azienda = Azienda.objects.filter(codice=dati["azienda"]).first()
    anni = {"anno_inizio": dati["anno_inizio"], "anno_fine": dati["anno_fine"]}
    if azienda is None or EdizioneConciliazione.objects.filter(azienda=azienda, **anni).exists():
        return
    parametri = dati_predefiniti(dati["regole"])
    yield str(crea_edizione(azienda, nome=dati["nome"], **anni, parametri=parametri, da=None))


def _referenti(righe: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for riga in righe:
        persona = Utente.objects.filter(username=riga["username"]).first()
        ente = Ente.objects.filter(nome=riga["ente"]).first()
        if persona and ente and not persona.rappresenta_enti:
            yield str(nomina_referente(ente, dal=DAL, da=None, **_anagrafica(persona)))


def _componenti(righe: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for riga in righe:
        persona = Utente.objects.filter(username=riga["username"]).first()
        seggio = Seggio.objects.filter(
            edizione__slug=riga["edizione"], ordine=riga["seggio"]
        ).first()
        if persona and seggio and not persona.rappresenta_enti:
            qualita = Componente.Qualita.TITOLARE
            yield str(
                nomina_componente(seggio, **_anagrafica(persona), qualita=qualita, dal=DAL, da=None)
            )


def _seduta(quale: Mapping[str, Any], dati: Mapping[str, Any]) -> Iterable[str]:
    """The first meeting of the edition to fill in, if nobody has begun to fill it in."""
    edizione = EdizioneConciliazione.objects.filter(
        azienda__codice=quale["azienda"], anno_inizio=quale["anno_inizio"],
        anno_fine=quale["anno_fine"],
    ).first()  # fmt: skip
    if edizione and not edizione.seggi.exists() and (seduta := scrivi_seduta(edizione, dati)):
        yield str(seduta)


def _anagrafica(persona: Utente) -> dict[str, Any]:
    return {
        "nome": persona.first_name,
        "cognome": persona.last_name,
        "email": persona.email,
    }
