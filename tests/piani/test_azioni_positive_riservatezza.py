# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff by gender in every page and file of the azioni positive: no group under five is read
by who does not count it, neither alone nor by subtraction among everything that is given.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from lavoro_agile.cifre.autorizzati import minimo
from piani.azioni_positive import trasmissione
from piani.documenti import fotografa
from piani.models import Azienda, PersonalePerGenere, Piano, RelazioneCUG, Ruolo, Utente
from piani.stampa import rende_csv, rende_json
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    PersonaleGenereFactory,
    PianoPositivoFactory,
    RelazioneCUGFactory,
)
from tests.frontiere import azioni_positive as rotte

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
Incognita = tuple[str, str, str]
"""Role, gender, and which count of it: a role that was corrected is another unknown."""
Tavola = list[tuple[str, list[int | None]]]
LEGGONO = (
    Ruolo.NUCLEO, Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE, Ruolo.REGIONE, Ruolo.PUBBLICATORE,
    Ruolo.AMMINISTRATORE,
)  # fmt: skip
ANNO = 2021
TESTI = dict.fromkeys(RelazioneCUG.PARTI, "Scritto per la prova.")


def scrivi(azienda: Azienda, **ruoli: tuple[int, int]) -> None:
    PersonalePerGenere.objects.filter(azienda=azienda, anno=ANNO).delete()
    for ordine, (ruolo, (donne, uomini)) in enumerate(ruoli.items(), start=1):
        PersonaleGenereFactory(
            azienda=azienda, anno=ANNO, ordine=ordine, ruolo=ruolo, femmine=donne, maschi=uomini
        )


def numero(testo: str) -> int | None:
    """A count as it is written; None if what is written is not one."""
    testo = testo.replace(".", "").strip()
    return int(testo) if testo.isdigit() else None


def tavole_html(testo: str) -> Iterator[Tavola]:
    for tavola in re.findall(r"<table.*?</table>", testo, flags=re.S):
        if "Donne e uomini al 31 dicembre" in tavola:
            righe = re.findall(r"<tr[^>]*><th scope=\"row\">(.*?)</tr>", tavola, flags=re.S)
            yield [_riga(riga) for riga in righe]


def _riga(riga: str) -> tuple[str, list[int | None]]:
    nome, *celle = re.split(r"</th>|</td>", riga)
    puliti = [unescape(re.sub(r"<[^>]*>", "", una)).strip() for una in (nome, *celle)]
    return puliti[0], [numero(una) for una in puliti[1:4]]


def tavola_csv(testo: str) -> Tavola:
    righe = list(csv.reader(StringIO(testo), delimiter=";" if ";" in testo else ","))
    quali = [riga for riga in righe[1:] if riga[0] == str(ANNO)]
    return [(riga[2], [numero(una) for una in riga[3:6]]) for riga in quali]


def tavola_json(foto: Mapping[str, Any]) -> Tavola:
    detta = foto["personale"]
    righe = [*detta["righe"], {"ruolo": "Totale", **detta["somma"]}]
    return [(r["ruolo"], [r[quale] for quale in ("femmine", "maschi", "totale")]) for r in righe]


def equazioni(tavola: Tavola, veri: Mapping[str, tuple[int, int]]) -> Iterator[Any]:
    """What a table says: each printed figure is a sum of counts."""
    ruoli = [nome for nome, _celle in tavola if nome != "Totale"]
    for nome, (donne, uomini, tutti) in tavola:
        quali = ruoli if nome == "Totale" else [nome]
        for detto, generi in ((donne, "F"), (uomini, "M"), (tutti, "FM")):
            if detto is not None:
                yield (
                    {
                        (r, g, str(veri[r]["FM".index(g)])): Fraction(1)
                        for r in quali
                        for g in generi
                    },
                    detto,
                )


def ricavate(tutte: list[tuple[dict[Incognita, Fraction], int]]) -> dict[Incognita, Fraction]:
    """The counts that somebody with a pencil finds: by elimination over all the equations."""
    sistema = [(dict(parti), Fraction(somma)) for parti, somma in tutte]
    fatte: list[tuple[dict[Incognita, Fraction], Fraction]] = []
    while sistema:
        parti, somma = sistema.pop()
        if not parti:
            assert somma == 0, "le tavole si contraddicono"
            continue
        perno, fattore = next(iter(parti.items()))
        parti = {chiave: valore / fattore for chiave, valore in parti.items()}
        somma /= fattore

        def senza(altra: Any, perno: Any = perno, parti: Any = parti, somma: Any = somma) -> Any:
            sue, sua = altra
            quanto = sue.get(perno, 0)
            nuove = {
                chiave: sue.get(chiave, 0) - quanto * parti.get(chiave, 0)
                for chiave in {**sue, **parti}
            }
            return {c: v for c, v in nuove.items() if v}, sua - quanto * somma

        sistema = [senza(una) for una in sistema]
        fatte = [*(senza(una) for una in fatte), (parti, somma)]
    return {next(iter(p)): s for p, s in fatte if len(p) == 1}


def viste_da(client: Client, azienda: Azienda, relazione: RelazioneCUG) -> Iterator[Tavola]:
    """Every table of the staff of that year in pages, files and PDF."""
    pagine = [
        reverse("positive_personale", args=[azienda.codice]),
        reverse("cug_relazione", args=[relazione.pk]),
    ]
    fogli = [reverse("positive_personale_csv", args=[azienda.codice])]
    for versione in relazione.versioni.all():
        casa = reverse("cug_versione", args=[relazione.pk, versione.numero])
        pagine.append(casa)
        fogli.append(f"{casa}csv/personale.csv")
        yield tavola_json(json.loads(client.get(f"{casa}documento.json").getvalue()))
        letto = PdfReader(BytesIO(client.get(f"{casa}documento.pdf").getvalue()))
        detto = " ".join(pagina.extract_text() for pagina in letto.pages)
        for nome, celle in tavola_json(versione.fotografia):
            scritte = ["non mostrato" if una is None else str(una) for una in celle]
            assert " ".join([nome, *scritte]) in " ".join(detto.split())
    for url in pagine:
        trovate = list(tavole_html(client.get(url).getvalue().decode()))
        assert trovate, url
        yield from trovate
    for url in fogli:
        yield tavola_csv(client.get(url).getvalue().decode("utf-8-sig"))


def silenzio(
    tavole: list[tuple[Tavola, Mapping[str, tuple[int, int]]]],
) -> dict[Incognita, Fraction]:
    """The small groups that those tables give away, alone or together."""
    tutte = [una for tavola, veri in tavole for una in equazioni(tavola, veri)]
    return {chi: quanti for chi, quanti in ricavate(tutte).items() if 0 < quanti < minimo()}


@pytest.fixture
def cug(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.CUG)


@pytest.fixture
def relazione(azienda: Azienda) -> RelazioneCUG:
    return RelazioneCUGFactory(azienda=azienda, anno=ANNO, **TESTI)


PRIMA = {"Sanitario": (60, 17), "Amministrativo": (41, 3), "Tecnico": (22, 29)}
POI: list[dict[str, tuple[int, int]]] = [
    PRIMA,
    PRIMA | {"Professionale": (6, 8)},
    PRIMA | {"Professionale": (2, 1)},
    {"Sanitario": (60, 17), "Amministrativo": (41, 3), "Professionale": (30, 40)},
    {"Amministrativo": (41, 3), "Tecnico": (22, 29)},
    PRIMA | {"Tecnico": (22, 4)},
    PRIMA | {"Amministrativo": (41, 9)},
    {"Sanitario": (2, 1), "Amministrativo": (41, 3)},
]  # fmt: skip


@pytest.mark.parametrize("poi", POI)
def test_nessun_gruppo_piccolo_si_ricava_nemmeno_da_due_relazioni_insieme(
    incaricato: Persona, cug: Utente, azienda: Azienda, relazione: RelazioneCUG, entra: Entra,
    poi: dict[str, tuple[int, int]],
) -> None:  # fmt: skip
    """The staff is sent, corrected, sent again: who keeps both, and the page of today, finds
    nobody.
    """
    client = entra(incaricato(Ruolo.NUCLEO))
    scrivi(azienda, **PRIMA)
    trasmissione.trasmetti(relazione, da=cug)
    tavole = [(una, PRIMA) for una in viste_da(client, azienda, relazione)]
    assert len(tavole) == 6
    assert silenzio(tavole) == {}
    scrivi(azienda, **poi)
    oggi = client.get(reverse("positive_personale_csv", args=[azienda.codice]))
    tavole.append((tavola_csv(oggi.getvalue().decode("utf-8-sig")), poi))
    trasmissione.riapri(relazione, motivo="Contato di nuovo.", da=cug)
    trasmissione.trasmetti(relazione, da=cug)
    seconda = relazione.versioni.get(numero=2)
    tavole.append((tavola_json(seconda.fotografia), poi))
    pagina = client.get(reverse("cug_versione", args=[relazione.pk, 2])).getvalue().decode()
    tavole += [(una, poi) for una in tavole_html(pagina)]
    assert silenzio(tavole) == {}


def test_chi_cerca_trova_dove_non_si_tace() -> None:
    """The walk would find them: the same counts with only the small cell hidden."""
    aperta: Tavola = [
        ("Sanitario", [60, 17, 77]), ("Amministrativo", [41, None, 44]), ("Totale", [101, 20, 121]),
    ]  # fmt: skip
    veri = {"Sanitario": (60, 17), "Amministrativo": (41, 3)}
    assert set(silenzio([(aperta, veri)]).values()) == {Fraction(3)}


@pytest.mark.parametrize("ruolo", LEGGONO)
def test_ogni_rotta_delle_azioni_positive_tace_a_chi_legge(
    incaricato: Persona, azienda: Azienda, entra: Entra, ruolo: Ruolo
) -> None:
    """Every page that a reader opens, with a staff where the small groups are unmistakable."""
    scrivi(azienda, Sanitario=(60, 17), Rarissimo=(3, 2), Tecnico=(22, 29))
    client = entra(incaricato(ruolo))
    aperte = 0
    for nome, chiave in rotte.chiavi(azienda).items():
        if nome in rotte.SCRITTURE:
            continue
        visto = client.get(reverse(nome, kwargs=chiave))
        aperte += visto.status_code == 200
        testo = visto.getvalue().decode(errors="ignore")
        for tavola in tavole_html(testo):
            righe = dict(tavola)
            if "Rarissimo" in righe:
                assert all(una is None or una >= minimo() for una in righe["Rarissimo"]), nome
                assert silenzio([(tavola, _veri(azienda))]) == {}, nome
    assert aperte >= 8


def test_chi_conta_il_personale_lo_legge_intero_ma_ogni_foglio_tace(
    incaricato: Persona, azienda: Azienda, relazione: RelazioneCUG, entra: Entra
) -> None:
    scrivi(azienda, **PRIMA)
    for ruolo in (Ruolo.CUG, Ruolo.RISORSE_UMANE):
        client = entra(incaricato(ruolo))
        pagina = client.get(reverse("positive_personale", args=[azienda.codice]))
        (intera,) = tavole_html(pagina.getvalue().decode())
        assert dict(intera)["Amministrativo"] == [41, 3, 44]
        foglio = client.get(reverse("positive_personale_csv", args=[azienda.codice]))
        anteprima = client.get(reverse("cug_anteprima", args=[relazione.pk])).getvalue().decode()
        bozza = client.get(reverse("cug_relazione", args=[relazione.pk])).getvalue().decode()
        escono = [tavola_csv(foglio.getvalue().decode("utf-8-sig"))]
        escono += [*tavole_html(anteprima), *tavole_html(bozza)]
        assert len(escono) == 3
        assert silenzio([(una, PRIMA) for una in escono]) == {}


def test_il_documento_del_piano_non_dice_il_personale(azienda: Azienda) -> None:
    scrivi(azienda, **PRIMA)
    piano = PianoPositivoFactory(azienda=azienda, stato=Piano.Stato.ADOTTATO)
    AzionePositivaFactory(area=AreaPositivaFactory(piano=piano))
    foto = fotografa(piano, versione=1, giorno=date(2022, 1, 31))
    assert "personale" not in foto
    uscite = [rende_json(foto), *rende_csv(foto).values()]
    assert not any(b"Amministrativo" in una for una in uscite)


def _veri(azienda: Azienda) -> dict[str, tuple[int, int]]:
    righe = PersonalePerGenere.objects.filter(azienda=azienda)
    return {riga.ruolo: (riga.femmine, riga.maschi) for riga in righe}
