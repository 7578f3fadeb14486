# SPDX-License-Identifier: AGPL-3.0-or-later
"""Many rows done together by a program: runs of many plans, archives, the matrix of the weights."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from obiettivi import azioni
from obiettivi.models import ArchivioSchede, Calcolo, GiroDiCalcolo, RigaScheda, SchedaBudget
from piani.models import Azienda, Piano, Ruolo, UnitaOrganizzativa
from tests.api.passi import cambia, detto, leggi, manda
from tests.factories import (
    AreaSchedaFactory,
    AziendaFactory,
    EdizioneFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)

pytestmark = pytest.mark.django_db


# Runs of many plans


@pytest.fixture
def piani(azienda: Azienda) -> list[Piano]:
    EdizioneFactory(azienda=azienda)
    return [PianoFactory(azienda=azienda) for _n in range(3)]


def test_un_giro_si_chiede_si_segue_e_finisce(api: Client, piani: list[Piano]) -> None:
    slug = [piano.slug for piano in piani[:2]]
    risposta = manda(api, "giri-di-calcolo", {"anno": 2022, "frazioni": ["", "S1"], "piani": slug})
    assert risposta.status_code == 202, risposta.content
    giro = risposta.json()
    assert (giro["totale"], giro["aperti"], giro["percentuale"]) == (4, 4, 0)
    assert risposta["Location"] == f"/api/v1/giri-di-calcolo/{giro['id']}"
    suoi = leggi(api, f"calcoli?giro={giro['id']}")
    assert {uno["piano"] for uno in suoi["risultati"]} == set(slug)
    for uno in suoi["risultati"]:
        azioni.esegui(uno["id"])
    finito = leggi(api, f"giri-di-calcolo/{giro['id']}")
    assert (finito["aperti"], finito["finiti"], finito["percentuale"]) == (0, 4, 100)


def test_senza_piani_sono_tutti_quelli_dell_anno(api: Client, piani: list[Piano]) -> None:
    Piano.objects.filter(pk=piani[0].pk).update(anno_inizio=2030, anno_fine=2032)
    giro = manda(api, "giri-di-calcolo", {"anno": 2022}).json()
    assert (giro["totale"], giro["frazioni"], giro["scartati"]) == (2, [""], [])


def test_chi_non_si_puo_calcolare_e_detto_con_il_motivo(api: Client, piani: list[Piano]) -> None:
    corpo = {"anno": 2022, "piani": [piano.slug for piano in piani]}
    Piano.objects.filter(pk=piani[0].pk).update(anno_inizio=2030, anno_fine=2032)
    giro = manda(api, "giri-di-calcolo", corpo).json()
    assert [uno["piano"] for uno in giro["scartati"]] == [piani[0].slug]
    assert "2022" in giro["scartati"][0]["motivo"]
    assert "Un calcolo è già in corso" in detto(manda(api, "giri-di-calcolo", corpo), 422)


@pytest.mark.parametrize(
    ("corpo", "frase"),
    [
        ({"anno": 2022, "piani": ["non-c-e"]}, "«non-c-e» non c'è."),
        ({"anno": 2022, "piani": []}, "troppo corto"),
        ({"anno": 2022, "frazioni": ["X9"]}, "X9"),
        ({"anno": 2022, "prospettiva": "preventivo"}, "Questo campo non esiste."),
    ],
)
def test_un_giro_scritto_male_si_rifiuta(
    api: Client, piani: list[Piano], corpo: dict[str, object], frase: str
) -> None:
    assert frase in detto(manda(api, "giri-di-calcolo", corpo), 400)
    assert not GiroDiCalcolo.objects.exists()


def test_di_un_giro_si_vede_solo_cio_che_e_proprio(
    programma: Callable[..., Client], piani: list[Piano]
) -> None:
    altro = AziendaFactory()
    EdizioneFactory(azienda=altro)
    tutti = [*piani, PianoFactory(azienda=altro), PianoFactory(azienda=altro)]
    Piano.objects.filter(pk=tutti[4].pk).update(anno_inizio=2030, anno_fine=2032)
    tutti[4].refresh_from_db()
    giro = azioni.avvia_giro(tutti, prospettiva="consuntivo", anno=2022, da=None)
    assert leggi(programma(), f"giri-di-calcolo/{giro.pk}")["totale"] == len(piani)
    suo = leggi(programma(Ruolo.CONTROLLO_GESTIONE, altro), f"giri-di-calcolo/{giro.pk}")
    assert (suo["totale"], len(suo["scartati"])) == (1, 1)
    titolo = tutti[3].titolo
    assert leggi(programma(), f"giri-di-calcolo?q={titolo}")["totale"] == 0


def test_tanti_giri_costano_quanto_uno(api: Client, piani: list[Piano]) -> None:
    def conta() -> int:
        with CaptureQueriesContext(connection) as chieste:
            assert leggi(api, "giri-di-calcolo")["totale"] > 0
        return len(chieste)

    manda(api, "giri-di-calcolo", {"anno": 2022, "piani": [piani[0].slug]})
    leggi(api, "giri-di-calcolo")
    con_uno = conta()
    for piano in piani[1:]:
        manda(api, "giri-di-calcolo", {"anno": 2022, "piani": [piano.slug]})
    assert conta() == con_uno


# Archives


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    fatta: SchedaBudget = SchedaFactory(azienda=azienda, unita=unita, anno=2022)
    return fatta


def test_un_archivio_si_chiede_e_si_scarica(
    api: Client, programma: Callable[..., Client], azienda: Azienda, scheda: SchedaBudget
) -> None:
    chiesto = {"azienda": azienda.codice, "anno": 2022}
    risposta = manda(api, "archivi-schede", chiesto)
    assert risposta.status_code == 202, risposta.content
    chiave = risposta.json()["id"]
    assert risposta.json()["schede"] == [scheda.pk]
    assert manda(api, "archivi-schede", chiesto).json()["id"] == chiave, "è lo stesso"
    assert api.get(f"/api/v1/archivi-schede/{chiave}/contenuto").status_code == 404
    azioni.prepara_archivio(chiave)
    pronto = leggi(api, f"archivi-schede/{chiave}")
    assert (pronto["stato"], pronto["fatte"], pronto["totale"]) == ("pronto", 1, 1)

    file = api.get(f"/api/v1/archivi-schede/{chiave}/contenuto", headers={"Accept": "*/*"})
    assert (file.status_code, file["Content-Type"]) == (200, "application/zip")
    assert len(ZipFile(BytesIO(file.getvalue())).namelist()) == 3
    ancora = api.get(
        f"/api/v1/archivi-schede/{chiave}/contenuto",
        headers={"If-None-Match": file["ETag"], "Accept": "application/zip"},
    )
    assert ancora.status_code == 304
    altri = programma(Ruolo.REGIONE)
    assert altri.get(f"/api/v1/archivi-schede/{chiave}/contenuto").status_code == 404
    assert leggi(altri, "archivi-schede")["totale"] == 0


def test_senza_schede_non_c_e_archivio(api: Client, azienda: Azienda) -> None:
    corpo = {"azienda": azienda.codice, "anno": 2021}
    assert "nessuna scheda" in detto(manda(api, "archivi-schede", corpo), 422)
    assert not ArchivioSchede.objects.exists()


# The matrix of the weights


@pytest.fixture
def righe(azienda: Azienda) -> list[RigaScheda]:
    """The same objective in two schede, and another only in the first."""
    unita = [
        UnitaFactory(organigramma=organigramma)
        for organigramma in [OrganigrammaFactory(azienda=azienda)]
        for _n in range(2)
    ]
    prima, seconda = (
        AreaSchedaFactory(
            scheda=SchedaFactory(azienda=azienda, unita=una, anno=2023, stato="proposta"),
            nome="Processi", peso=Decimal(100),
        )
        for una in unita
    )  # fmt: skip
    comune = RigaSchedaFactory(area=prima, obiettivo="Liste d'attesa", peso=Decimal(40))
    sola = RigaSchedaFactory(area=prima, obiettivo="Farmaci", peso=Decimal(60))
    uguale = RigaSchedaFactory(
        area=seconda, obiettivo="Liste d'attesa", indicatore=comune.indicatore, peso=Decimal(100)
    )
    return [comune, sola, uguale]


def dove(azienda: Azienda) -> str:
    return f"aziende/{azienda.codice}/matrici-pesi/2023"


def test_la_matrice_si_legge_e_si_scrive(
    api: Client, azienda: Azienda, righe: list[RigaScheda]
) -> None:
    comune, sola, uguale = righe
    letta = leggi(api, dove(azienda))
    (area,) = letta["aree"]
    assert [riga["obiettivo"] for riga in area["righe"]] == ["Liste d'attesa", "Farmaci"]
    vuota = area["righe"][1]["celle"][1]
    assert (vuota["peso"], vuota["presente"]) == (None, False)

    celle = {f"riga-{comune.pk}": 30, f"riga-{sola.pk}": 70, vuota["cella"]: 12.5}
    risposta = cambia(api, dove(azienda), {"celle": celle})
    assert risposta.status_code == 200, risposta.content
    pesi = [[c["peso"] for c in riga["celle"]] for riga in risposta.json()["aree"][0]["righe"]]
    assert pesi == [[30, 100], [70, 12.5]]
    assert RigaScheda.objects.filter(area=uguale.area, obiettivo="Farmaci").exists()


def test_nella_matrice_tutto_o_niente(
    api: Client, azienda: Azienda, righe: list[RigaScheda]
) -> None:
    comune, sola, uguale = righe
    SchedaBudget.objects.filter(pk=uguale.area.scheda_id).update(stato="in_monitoraggio")
    celle = {f"riga-{comune.pk}": 30, f"riga-{uguale.pk}": 70, "riga-0": 1}
    risposta = cambia(api, dove(azienda), {"celle": celle})
    assert {uno["campo"] for uno in risposta.json()["errori"]} <= set(celle)
    assert risposta.status_code == 422
    comune.refresh_from_db()
    assert comune.peso == 40
    troppo = cambia(api, dove(azienda), {"celle": {f"riga-{sola.pk}": 101}})
    assert troppo.json()["errori"][0]["campo"] == f"celle.riga-{sola.pk}"


def test_la_matrice_cambiata_da_altri_non_si_scrive(
    api: Client, azienda: Azienda, righe: list[RigaScheda]
) -> None:
    qui, celle = dove(azienda), {"celle": {f"riga-{righe[0].pk}": 30}}
    etag = api.get(f"/api/v1/{qui}")["ETag"]
    assert "If-Match" in detto(manda(api, qui, celle, "patch"), 428)
    RigaScheda.objects.filter(pk=righe[1].pk).update(peso=55)
    detto(manda(api, qui, celle, "patch", headers={"If-Match": etag}), 412)
    righe[0].refresh_from_db()
    assert righe[0].peso == 40


def test_chi_legge_soltanto_non_ha_celle_da_scrivere(
    programma: Callable[..., Client], azienda: Azienda, righe: list[RigaScheda]
) -> None:
    lettore = programma(Ruolo.REGIONE)
    letta = leggi(lettore, dove(azienda))
    celle = [c["cella"] for riga in letta["aree"][0]["righe"] for c in riga["celle"]]
    assert not any(celle)
    detto(manda(lettore, dove(azienda), {"celle": {f"riga-{righe[0].pk}": 1}}, "patch"), 403)


def test_tante_schede_costano_quanto_una(
    api: Client, azienda: Azienda, righe: list[RigaScheda]
) -> None:
    def conta() -> int:
        with CaptureQueriesContext(connection) as chieste:
            leggi(api, dove(azienda))
        return len(chieste)

    leggi(api, dove(azienda))
    con_due = conta()
    organigramma = UnitaOrganizzativa.objects.latest("pk").organigramma
    for _n in range(3):
        unita = UnitaFactory(organigramma=organigramma)
        area = AreaSchedaFactory(scheda=SchedaFactory(azienda=azienda, unita=unita, anno=2023))
        RigaSchedaFactory(area=area)
    assert conta() == con_due
    assert Calcolo.objects.count() == 0
