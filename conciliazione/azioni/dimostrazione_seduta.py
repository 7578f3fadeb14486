# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented Comitato of the edition to fill in, and its first meeting with validated minutes.

Nobody is written to: the invented people are not active.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from conciliazione.azioni import adunanza, verbale, votazione
from conciliazione.azioni.passi import salva
from conciliazione.azioni.presenze import Detta, segna_presenze
from conciliazione.models import (
    Componente,
    EdizioneConciliazione,
    Ente,
    Natura,
    PuntoOrdine,
    Seduta,
    Seggio,
    TipoEnte,
    ValidazioneVerbale,
    Voto,
)
from piani.azioni.dimostrazione import SEGNO
from piani.models import Utente

Dati = Mapping[str, Any]
Qualita = Componente.Qualita
NATURE = {
    TipoEnte.PUBBLICO: Natura.PUBBLICA,
    TipoEnte.AMBITO: Natura.PUBBLICA,
}
"""The legal form of a body by its kind; of the others, no profit."""


def scrivi_seduta(edizione: EdizioneConciliazione, dati: Dati) -> Seduta | None:
    """The meeting as it went, and its minutes validated; None if the edition has one already."""
    if edizione.sedute.exists():
        return None
    seggi = {}
    for ordine, riga in enumerate(dati["seggi"], start=1):
        seggi[ordine] = _seggio(edizione, ordine, riga, dati["quando"])
    seduta = salva(
        Seduta(
            edizione=edizione,
            organo=Seduta.Organo.COMITATO,
            stato=Seduta.Stato.CONVOCATA,
            oggetto=dati["oggetto"],
            quando=_qui(dati["quando"]),
            convocata_il=_qui(dati["convocata_il"]),
            sede=dati["sede"],
        )
    )
    detti = {
        seggi[ordine].pk: Detta(
            titolare=riga["siede"] == Qualita.TITOLARE, supplente=riga["siede"] == Qualita.SUPPLENTE
        )
        for ordine, riga in enumerate(dati["seggi"], start=1)
        if "siede" in riga
    }
    segna_presenze(seduta, seggi=detti, da=None)
    adunanza.apri_seduta(seduta, da=None)
    for ordine, riga in enumerate(dati["punti"], start=1):
        _punto(seduta, ordine, riga, dati["seggi"], seggi)
    adunanza.chiudi_seduta(seduta, da=None)
    ore = {nome: _qui(dati[nome]) for nome in ("aperta_il", "chiusa_il")}
    Seduta.objects.filter(pk=seduta.pk).update(**ore)
    _verbale(Seduta.objects.get(pk=seduta.pk), dati["seggi"], seggi)
    return seduta


def _seggio(edizione: EdizioneConciliazione, ordine: int, riga: Dati, dal: datetime) -> Seggio:
    tipo = TipoEnte(riga["tipo"])
    ente = Ente.objects.filter(azienda=edizione.azienda_id, nome=riga["ente"]).first()
    if ente is None:
        natura = NATURE.get(tipo, Natura.NON_PROFIT)
        ente = salva(Ente(azienda=edizione.azienda, nome=riga["ente"], tipo=tipo, natura=natura))
    seggio = salva(
        Seggio(
            edizione=edizione, ordine=ordine, tipologia=riga["tipologia"], ente=ente,
            capofila=ordine == 1,
        )
    )  # fmt: skip
    for qualita in Qualita:
        if qualita in riga:
            persona = _persona(riga[qualita])
            salva(Componente(seggio=seggio, qualita=qualita, utente=persona, dal=dal.date()))
    return seggio


def _persona(nome: str) -> Utente:
    """An invented person, not active: nobody writes to them and they cannot come in."""
    proprio, cognome = nome.split(" ", 1)
    username = slugify(nome).replace("-", ".")
    persona, nuova = Utente.objects.get_or_create(
        username=username,
        defaults={
            "first_name": proprio,
            "last_name": f"{cognome} {SEGNO}",
            "email": f"{username}@inventati.invalid",
            "is_active": False,
        },
    )
    if nuova:
        persona.set_unusable_password()
        persona.save(update_fields=["password"])
    return persona


def _punto(
    seduta: Seduta, ordine: int, riga: Dati, dette: list[Dati], seggi: Mapping[int, Seggio]
) -> None:
    punto = salva(
        PuntoOrdine(seduta=seduta, ordine=ordine, genere=riga["genere"], titolo=riga["titolo"])
    )
    adunanza.scrivi_esito(punto, esito=riga["esito"], da=None)
    if "quesito" in riga:
        questa = votazione.apri_votazione(punto, quesito=riga["quesito"], da=None)
        for posto, detta in enumerate(dette, start=1):
            if "voto" in detta:
                chi = _chi_siede(seggi[posto], detta)
                salva(
                    Voto(votazione=questa, seggio=seggi[posto], valore=detta["voto"], dato_da=chi)
                )
        votazione.chiudi_votazione(questa, da=None)


def _verbale(seduta: Seduta, dette: list[Dati], seggi: Mapping[int, Seggio]) -> None:
    questo = verbale.proponi_verbale(seduta, da=None)
    verbale.invia_verbale(questo, da=None)
    for posto, detta in enumerate(dette, start=1):
        if "verbale" in detta:
            chi = _chi_siede(seggi[posto], detta)
            salva(
                ValidazioneVerbale(
                    verbale=questo,
                    seggio=seggi[posto],
                    conforme=detta["verbale"] == "conforme",
                    osservazione=detta.get("osservazione", ""),
                    data_da=chi,
                )
            )
    verbale.concludi_validazione(questo, da=None)


def _chi_siede(seggio: Seggio, detta: Dati) -> Utente:
    return seggio.componenti.get(qualita=detta["siede"]).utente


def _qui(momento: datetime) -> datetime:
    """The hour that the fixture says, as the clock on the wall."""
    return timezone.make_aware(momento)
