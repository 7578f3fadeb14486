# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses by which programs write the lavoro agile, and bring files in and out."""

from typing import Any

from django.utils import timezone

from piani.models import Azienda, Organigramma, Piano
from tests.factories import OrganigrammaFactory, PianoFactory, UnitaFactory
from tests.factories_lavoro_agile import CampagnaFactory, MappaturaFactory, PolaFactory
from tests.frontiere import piao
from tests.frontiere.agile import edizione_di

RADICE = "/lavoro-agile"
DEL_POLA = ("linee-guida", "indicatori")


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    pola = PolaFactory(piano__azienda=azienda)
    campagna = CampagnaFactory(azienda=azienda, anno=2099)
    scheda = MappaturaFactory(campagna=campagna, stato="trasmessa", trasmessa_il=timezone.now())
    bozza = OrganigrammaFactory(azienda=azienda, valido_dal=None)
    ricevuta = {"id": piao.chiavi(azienda)["ricevuta_file"]["pk"]}
    return {
        "/ricevute-portale/{id}": ricevuta,
        "/ricevute-portale/{id}/file": ricevuta,
        "/organigrammi/{id}/foglio": {"id": bozza.pk},
        f"{RADICE}/schede-di-mappatura/{{id}}/trasmissione": {"id": scheda.pk},
        **{f"{RADICE}/pola/{{id}}/{che}": {"id": pola.pk} for che in DEL_POLA},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    edizione_di(azienda)
    oggi = timezone.localdate()
    organigramma = Organigramma.objects.filter(azienda=azienda).in_vigore(oggi).first()
    unita = UnitaFactory(organigramma=organigramma or OrganigrammaFactory(azienda=azienda))
    return {
        f"{RADICE}/edizioni": {
            "azienda": azienda.codice, "nome": "Il nuovo", "anno_inizio": 2027, "anno_fine": 2029,
        },
        f"{RADICE}/accordi": {
            "azienda": azienda.codice, "persona": 1, "unita": unita.pk, "area": "comparto",
            "dal": oggi.isoformat(),
        },
        f"{RADICE}/pola": {
            "azienda": azienda.codice, "titolo": "POLA", "anno_inizio": 2027, "anno_fine": 2029,
        },
        f"{RADICE}/pola/apertura": {
            "piano": PianoFactory(azienda=azienda, tipo=Piano.Tipo.POLA).slug,
        },
    }  # fmt: skip
