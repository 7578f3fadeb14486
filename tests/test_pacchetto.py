# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said twice about the package agrees: versions, licence, locks, containers."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.versione import VERSIONE
from strumenti.voce import RADICE

BLOCCHI = ["requirements.txt", "requirements-dev.txt", "strumenti/postgresql.txt"]
SERVIZI = ["web", "worker", "beat", "postgres", "redis"]


def leggi(nome: str) -> str:
    return (RADICE / nome).read_text(encoding="utf-8")


def fissate(nome: str) -> dict[str, str]:
    """The name==version lines of a requirements file."""
    return dict(re.findall(r"^([\w.-]+)(?:\[[^]]*\])?==([\w.]+)", leggi(nome), re.MULTILINE))


@pytest.fixture(scope="module")
def progetto() -> dict[str, Any]:
    return tomllib.loads(leggi("pyproject.toml"))


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return yaml.safe_load(leggi("docker-compose.yml"))


@pytest.fixture(scope="module")
def publiccode() -> dict[str, Any]:
    return yaml.safe_load(leggi("publiccode.yml"))


def test_la_versione_e_una_sola(
    progetto: dict[str, Any], compose: dict[str, Any], publiccode: dict[str, Any]
) -> None:
    dette = {
        "pyproject.toml": progetto["project"]["version"],
        "publiccode.yml": publiccode["softwareVersion"],
        "CHANGELOG.md": re.findall(r"^## \[([\d.]+)\]", leggi("CHANGELOG.md"), re.MULTILINE)[0],
        **{
            f"servizio {nome}": compose["services"][nome]["image"].removeprefix("albero:")
            for nome in ("web", "worker", "beat")
        },
    }
    assert dette == dict.fromkeys(dette, VERSIONE)


def test_la_data_della_versione_e_una_sola(publiccode: dict[str, Any]) -> None:
    prima = re.findall(r"^## \[[\d.]+\] - (\S+)", leggi("CHANGELOG.md"), re.MULTILINE)[0]
    assert prima == publiccode["releaseDate"]


def test_il_python_minimo_e_lo_stesso_ovunque(progetto: dict[str, Any]) -> None:
    immagine = re.search(r"^FROM python:(\d+\.\d+)\.\d+-slim-bookworm$", leggi("Dockerfile"), re.M)
    assert immagine
    minimo = immagine[1]
    assert progetto["project"]["requires-python"] == f">={minimo}"
    assert progetto["tool"]["ruff"]["target-version"] == f"py{minimo.replace('.', '')}"
    assert progetto["tool"]["mypy"]["python_version"] == minimo
    assert f"sys.version_info < ({minimo.replace('.', ', ')})" in leggi("strumenti/python.sh")
    assert f"--python-version {minimo} " in leggi("requirements.in")


@pytest.mark.parametrize(
    ("richieste", "blocco"),
    [("requirements.in", BLOCCHI[0]), ("requirements-dev.in", BLOCCHI[1])],
)
def test_il_blocco_tiene_le_versioni_chieste(richieste: str, blocco: str) -> None:
    tenute = fissate(blocco)
    assert {nome: tenute.get(nome) for nome in fissate(richieste)} == fissate(richieste)


def test_il_blocco_delle_prove_contiene_quello_d_uso() -> None:
    uso, prove = fissate("requirements.txt"), fissate("requirements-dev.txt")
    assert {nome: prove.get(nome) for nome in uso} == uso


@pytest.mark.parametrize("richieste", ["requirements.in", "requirements-dev.in"])
def test_ogni_dipendenza_ha_la_sua_ragione(richieste: str) -> None:
    nude = [riga for riga in leggi(richieste).splitlines() if "==" in riga and "#" not in riga]
    assert nude == []


@pytest.mark.parametrize("blocco", BLOCCHI)
def test_i_blocchi_non_nominano_indirizzi_e_hanno_le_impronte(blocco: str) -> None:
    testo = leggi(blocco)
    assert "://" not in testo
    senza = [
        nome
        for nome, resto in re.findall(r"^([\w.-]+)==(.*(?:\n    .*)*)", testo, re.MULTILINE)
        if "--hash=sha256:" not in resto
    ]
    assert senza == []


def test_ogni_servizio_ha_il_suo_controllo_di_salute(compose: dict[str, Any]) -> None:
    assert list(compose["services"]) == SERVIZI
    assert [
        n for n, s in compose["services"].items() if not s.get("healthcheck", {}).get("test")
    ] == []


def test_le_immagini_altrui_sono_fissate(compose: dict[str, Any]) -> None:
    altrui = [compose["services"][nome]["image"] for nome in ("postgres", "redis")]
    assert [i for i in altrui if not re.fullmatch(r"[a-z]+:\d+(\.\d+)+-bookworm", i)] == []


def test_nessun_segreto_sta_nei_file_di_produzione(compose: dict[str, Any]) -> None:
    """A password or key is a variable: required, with its sentence, or empty if not said."""
    scritti = {
        (servizio, nome): valore
        for servizio, parti in compose["services"].items()
        for nome, valore in parti.get("environment", {}).items()
        if re.search("SECRET|PASSWORD|TOKEN", nome)
    }
    assert scritti
    assert [c for c, v in scritti.items() if not re.fullmatch(r"\$\{\w+:(\?.+|-)\}", v)] == []
    indirizzo = compose["services"]["web"]["environment"]["DATABASE_URL"]
    assert re.match(r"postgres://albero:\$\{POSTGRES_PASSWORD:\?[^}]+\}@postgres/", indirizzo)


def test_l_esempio_di_env_elenca_le_variabili_del_compose_senza_segreti() -> None:
    chieste = set(re.findall(r"\$\{(\w+)", leggi("docker-compose.yml")))
    esempio = dict(re.findall(r"^(\w+)=(.*)$", leggi(".env.esempio"), re.MULTILINE))
    assert set(esempio) == chieste
    assert {nome: valore for nome, valore in esempio.items() if valore} == {"PORTA": "8000"}


def test_la_licenza_c_e_ed_e_la_stessa_ovunque(
    progetto: dict[str, Any], publiccode: dict[str, Any]
) -> None:
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in leggi("LICENSE").splitlines()[0]
    assert leggi("LICENSES/AGPL-3.0-or-later.txt") == leggi("LICENSE")
    assert progetto["project"]["license"] == publiccode["legal"]["license"] == "AGPL-3.0-or-later"


def test_ogni_sorgente_python_dice_la_sua_licenza() -> None:
    """Migrations, written by Django, are covered by REUSE.toml alone."""
    sorgenti = [file for file in RADICE.glob("[!.]*/**/*.py") if "migrations" not in file.parts]
    muti = [f for f in sorgenti if "SPDX-License-Identifier: AGPL-3.0-or-later" not in _testa(f)]
    assert sorgenti
    assert muti == []


def _testa(file: Path) -> str:
    return file.read_text(encoding="utf-8")[:200]


def test_publiccode_ha_le_chiavi_obbligatorie(publiccode: dict[str, Any]) -> None:
    """The mandatory keys of publiccode.yml 0.5, with the lengths that it sets."""
    assert publiccode["publiccodeYmlVersion"] == "0.5"
    assert publiccode["IT"]["countryExtensionVersion"] == "1.0"
    obbligatorie = {
        "name", "url", "platforms", "developmentStatus", "softwareType", "organisation",
        "description", "legal", "maintenance", "localisation",
    }  # fmt: skip
    assert obbligatorie - set(publiccode) == set()
    for lingua in ("it", "en"):
        testi = publiccode["description"][lingua]
        assert len(testi["shortDescription"]) <= 150
        assert 150 <= len(testi["longDescription"]) <= 10_000
        assert len(testi["genericName"]) <= 35
        assert len(testi["features"]) >= 5
