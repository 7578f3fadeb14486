# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the evaluation of the proposals."""

from typing import Any

from conciliazione.models import Graduatoria
from piani.models import Azienda
from tests.factories_conciliazione import (
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    PropostaFactory,
    ValutatoreFactory,
)

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"graduatoria_forma"}
MODULI: set[str] = {
    "valutatori_nomina", "valutatore_dichiara", "valutatore_astieni", "valuta_proposta",
    "graduatoria_decidi",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2009, anno_fine=2009)
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    proposta = PropostaFactory(manifestazione=bando, presentata=True, stato="ammessa")
    valutatore = {"pk": ValutatoreFactory(manifestazione=bando).pk}
    graduatoria = {"pk": Graduatoria.objects.create(manifestazione=bando, numero=1).pk}
    del_bando = ("valutazione_bando", "valutatori_nomina", "graduatoria_forma")
    della_graduatoria = ("graduatoria", "graduatoria_csv", "graduatoria_pdf", "graduatoria_decidi")
    return {
        "conciliazione_valutazione": {"slug": edizione.slug},
        **{nome: {"pk": bando.pk} for nome in del_bando},
        **dict.fromkeys(("valutatore_dichiara", "valutatore_astieni"), valutatore),
        "valuta_proposta": valutatore | {"proposta": proposta.pk},
        "valuta_schede": {"pk": proposta.pk},
        **dict.fromkeys(della_graduatoria, graduatoria),
    }
