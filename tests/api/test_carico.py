# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many results in one request: all or none, once, with the scores that follow."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from obiettivi import azioni
from obiettivi.models import Raggiungimento, Rilevazione
from piani.models import Azienda, Evento, Ruolo
from tests.factories import (
    AreaFactory,
    EdizioneFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
CARICO = "/api/v1/rilevazioni/carico"


@pytest.fixture
def codici(azienda: Azienda) -> list[str]:
    """Three indicators of a computed plan, with «≥ 80%» in 2022."""
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    EdizioneFactory(azienda=azienda)
    misure = [MisuraFactory(obiettivo=obiettivo, indicatore__azienda=azienda) for _n in range(3)]
    for misura in misure:
        TargetFactory(misura=misura, stampato="≥ 80%")
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    return [misura.indicatore.codice for misura in misure]


def carica(
    client: Client, azienda: Azienda, righe: list[Any], chiave: str = "prima", altro: Any = None
) -> Any:
    corpo = json.dumps({"azienda": azienda.codice, "righe": righe} | (altro or {}))
    return client.post(
        CARICO, corpo, content_type="application/json", headers={"Idempotency-Key": chiave}
    )


def righe_di(codici: list[str], valore: Any = 90) -> list[dict[str, Any]]:
    return [{"indicatore": codice, "anno": 2022, "valore": valore} for codice in codici]


def test_si_scrive_tutto_e_i_punteggi_seguono(
    api: Client, azienda: Azienda, codici: list[str]
) -> None:
    risposta = carica(api, azienda, righe_di(codici, "91.25"))
    assert risposta.status_code == 200, risposta.content
    dati = risposta.json()
    assert (dati["inserite"], dati["sostituite"], dati["uguali"]) == (3, 0, 0)
    assert dati["effetti"]["punteggi"] == 6  # three leaves, objective, area, plan
    assert set(Rilevazione.objects.values_list("valore", flat=True)) == {Decimal("91.25")}
    del_piano = Raggiungimento.objects.get(livello="P")
    assert del_piano.punteggio == 100
    eventi = Evento.objects.filter(tipo="rilevazioni.caricate")
    assert eventi.count() == 3
    assert eventi[0].dati["risultati"][0]["dopo"] == "91,25 %"


def test_lo_stesso_carico_si_fa_una_volta(api: Client, azienda: Azienda, codici: list[str]) -> None:
    prima = carica(api, azienda, righe_di(codici))
    ancora = carica(api, azienda, righe_di(codici))
    assert ancora.json() == prima.json()
    assert ancora["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in prima
    altro = carica(api, azienda, righe_di(codici, 50))
    assert altro.status_code == 422
    assert "è già servita" in altro.json()["detail"]
    nuova = carica(api, azienda, righe_di(codici), "seconda").json()
    assert (nuova["inserite"], nuova["uguali"]) == (0, 3)


def test_cio_che_cambia_sostituisce_e_il_resto_resta(
    api: Client, azienda: Azienda, codici: list[str]
) -> None:
    carica(api, azienda, righe_di(codici))
    cambiate = [*righe_di(codici[:2]), *righe_di(codici[2:], 40)]
    dati = carica(api, azienda, cambiate, "seconda").json()
    assert (dati["inserite"], dati["sostituite"], dati["uguali"]) == (0, 1, 2)
    vecchia = Rilevazione.objects.get(sostituita_il__isnull=False)
    nuova = Rilevazione.objects.correnti().get(indicatore=vecchia.indicatore_id)
    assert (vecchia.valore, nuova.valore) == (90, 40)
    assert vecchia.sostituita_il == nuova.creata_il


def test_le_cifre_sono_quelle_che_scriverebbe_la_pagina(
    azienda: Azienda, codici: list[str], api: Client
) -> None:
    """The scores of a load are those of the same results written one by one."""
    carica(api, azienda, righe_di(codici, 75))
    insieme = list(Raggiungimento.objects.order_by("livello", "oggetto").values())
    for indicatore in azienda.indicatori.all():
        azioni.rileva(indicatore, anno=2022, valore=Decimal(10), da=None)
        azioni.rileva(indicatore, anno=2022, valore=Decimal(75), da=None)
    assert list(Raggiungimento.objects.order_by("livello", "oggetto").values()) == insieme


def test_una_riga_sbagliata_non_scrive_niente_e_dice_quale(
    api: Client, azienda: Azienda, codici: list[str]
) -> None:
    righe = [
        *righe_di(codici[:1]),
        {"indicatore": "NON-C-E", "anno": 2022, "valore": 1},
        {"indicatore": codici[1], "anno": "2022", "valore": "uno", "colore": "rosso"},
        {"indicatore": codici[2], "anno": 2022, "valore": 1.23456},
        "una frase",
    ]
    risposta = carica(api, azienda, righe)
    assert risposta.status_code == 422
    assert {(uno["riga"], uno["campo"]) for uno in risposta.json()["errori"]} == {
        (2, "indicatore"), (3, "anno"), (3, "valore"), (3, "colore"), (4, "valore"), (5, ""),
    }  # fmt: skip
    assert not Rilevazione.objects.exists()
    senso = [*righe_di(codici[:1]), *righe_di(codici[:1]), {"indicatore": codici[1], "anno": 2022}]
    detti = {(u["riga"], u["campo"]) for u in carica(api, azienda, senso).json()["errori"]}
    assert detti == {(2, ""), (3, "valore")}
    assert not Rilevazione.objects.exists()
    # the key of what was refused is still free
    assert carica(api, azienda, righe_di(codici)).status_code == 200


def test_un_periodo_chiuso_ferma_il_carico(
    api: Client, azienda: Azienda, codici: list[str]
) -> None:
    azioni.chiudi_periodo(azienda, anno=2022, da=None)
    risposta = carica(api, azienda, [righe_di(codici)[0] | {"frazione": "T1"}])
    assert risposta.status_code == 422
    assert risposta.json()["errori"] == [
        {"riga": 1, "campo": "frazione", "messaggio": "Il periodo è chiuso ai nuovi risultati."}
    ]


@pytest.mark.parametrize(
    ("altro", "campo"),
    [
        ({"righe": []}, "righe"),
        ({"righe": "x"}, "righe"),
        ({"azienda": "di-altri"}, "azienda"),
        ({"in_piu": 1}, "in_piu"),
    ],
)
def test_il_corpo_del_carico_ha_la_sua_forma(
    api: Client, azienda: Azienda, altro: dict[str, Any], campo: str
) -> None:
    risposta = carica(api, azienda, [{}], altro=altro)
    assert risposta.status_code == 400
    assert [uno["campo"] for uno in risposta.json()["errori"]] == [campo]


def test_senza_chiave_il_carico_non_parte(api: Client, azienda: Azienda) -> None:
    risposta = carica(api, azienda, [{}], "")
    assert [uno["campo"] for uno in risposta.json()["errori"]] == ["Idempotency-Key"]


def test_il_risultato_di_un_cdr_lo_scrive_chi_governa(
    programma: Callable[..., Client], azienda: Azienda, codici: list[str]
) -> None:
    unita = UnitaFactory(organigramma__azienda=azienda)
    riga = righe_di(codici)[0] | {"unita": unita.pk}
    rilevatore = programma(Ruolo.RILEVATORE)
    assert carica(rilevatore, azienda, [riga]).status_code == 403
    assert carica(rilevatore, azienda, righe_di(codici)).status_code == 200
    assert carica(programma(), azienda, [riga]).json()["inserite"] == 1
    assert Rilevazione.objects.get(unita=unita).valore == 90


@pytest.mark.parametrize("quanti", [1, 3])
def test_il_carico_costa_un_numero_fisso_di_domande(
    api: Client,
    azienda: Azienda,
    codici: list[str],
    quanti: int,
    django_assert_max_num_queries: Any,
) -> None:
    with django_assert_max_num_queries(48):
        assert carica(api, azienda, righe_di(codici[:quanti])).status_code == 200
