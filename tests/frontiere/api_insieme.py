# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses that do many rows together, with the keys of an azienda's rows."""

from typing import Any

from obiettivi.models import ArchivioSchede, Calcolo, GiroDiCalcolo, PunteggioScheda, SchedaBudget
from piani.models import Azienda, Piano
from tests.factories import IncaricoFactory

# Of who asked for them.
VUOTE = {"/archivi-schede"}
NASCOSTE = {"/archivi-schede/{id}", "/archivi-schede/{id}/contenuto"}


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    archivio = ArchivioSchede.objects.create(
        azienda=azienda, anno=2022, da=IncaricoFactory(azienda=azienda).utente
    )
    giro = GiroDiCalcolo.objects.create(prospettiva="consuntivo", anno=2022, frazioni=[""])
    Calcolo.objects.filter(piano__azienda=azienda).update(giro=giro)
    scheda = SchedaBudget.objects.dei_cdr().filter(azienda=azienda).first()
    PunteggioScheda.objects.create(scheda=scheda, livello="S", oggetto=scheda.pk, stato="N")
    perche = {"scheda": scheda.pk, "livello": "S", "oggetto": scheda.pk}
    return {
        "/schede-budget/{scheda}/spiegazioni/{livello}/{oggetto}": perche,
        **{percorso: {"id": archivio.pk} for percorso in NASCOSTE},
        "/giri-di-calcolo/{id}": {"id": giro.pk},
        "/aziende/{azienda}/matrici-pesi/{anno}": {"azienda": azienda.codice, "anno": 2022},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    piano = Piano.objects.filter(azienda=azienda, calcoli__isnull=False).first()
    assert piano is not None
    return {
        "/giri-di-calcolo": {"anno": 2022, "piani": [piano.slug]},
        "/archivi-schede": {"azienda": azienda.codice, "anno": 2022},
    }
