# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PIAO: its order, its short form, its sheet for the Portale, its receipt.

The figures of the two plans are counted by hand in the sources.
"""

import csv
import json
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from obiettivi.azioni import carica
from piani import azioni, bacheca, stampa
from piani.documenti import fotografa
from piani.forms import PianoForm
from piani.models import Azienda, DocumentoPubblicato, Evento, Piano, RicevutaPortale, Ruolo, Utente
from piani.stampa.capitoli import Capitolo, capitoli
from piani.stampa.generi import contesto_di
from tests.conftest import RADICE
from tests.factories import PianoFactory, SezioneFactory, piano_pronto

pytestmark = pytest.mark.django_db
SCHEMA = RADICE / "static" / "schemi" / "documento-1.schema.json"
TUTTE = [
    ("1", "Scheda anagrafica dell’amministrazione"),
    ("2", "Valore pubblico, performance e anticorruzione"),
    ("2.1", "Valore pubblico"),
    ("2.2", "Performance"),
    ("2.3", "Rischi corruttivi e trasparenza"),
    ("3", "Organizzazione e capitale umano"),
    ("3.1", "Struttura organizzativa"),
    ("3.2", "Organizzazione del lavoro agile"),
    ("3.3", "Piano triennale dei fabbisogni di personale"),
    ("4", "Monitoraggio"),
]
MANCA = "Questa sottosezione non è ancora scritta."


def foto_di(piano: Piano) -> dict[str, Any]:
    return fotografa(piano, versione=1, giorno=date(2023, 1, 31))


def stampati(foto: dict[str, Any]) -> list[Capitolo]:
    tutti: list[Capitolo] = contesto_di(foto)["capitoli"]
    return tutti


def del_portale(foto: dict[str, Any]) -> list[dict[str, str]]:
    testo = stampa.rende_csv(foto)["portale-piao.csv"].decode()
    return list(csv.DictReader(StringIO(testo)))


@pytest.fixture
def piao(azienda: Azienda) -> Piano:
    piano = piano_pronto(azienda, tipo="piao", titolo="PIAO di prova")
    SezioneFactory(piano=piano, ordine=90, tipo="trasparenza", titolo="Rischi", testo="Vedi [x].")
    SezioneFactory(piano=piano, ordine=91, tipo="formazione", titolo="Formazione", testo="Corsi.")
    SezioneFactory(piano=piano, ordine=92, tipo="fabbisogni", titolo="Fabbisogni", testo="")
    return piano


def test_le_sezioni_sono_nell_ordine_del_decreto_e_quelle_mancanti_lo_dicono(piao: Piano) -> None:
    foto = foto_di(piao)
    testate = [(c.numero, c.titolo) for c in stampati(foto) if c.livello < 3]
    assert testate == [*TUTTE, (5, "Nota metodologica")]
    assert [s["numero"] for s in foto["piao"]["sezioni"] if s["manca"]] == ["3.1", "3.2", "4"]
    assert [c.numero for c in stampati(foto) if c.detto == MANCA] == ["3.1", "3.2", "4"]
    dentro = [(c.numero, c.chiave) for c in stampati(foto) if c.livello == 3 or c.numero == "3.3.1"]
    assert dentro == [
        ("2.1.1", "missione"), ("2.2.1", "albero"), ("2.2.2", "aree"), ("2.2.3", "obiettivi"),
        ("3.3.1", "formazione"),
    ]  # fmt: skip
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [e.message for e in schema.iter_errors(json.loads(stampa.rende_json(foto)))] == []


def test_la_pagina_e_il_pdf_hanno_lo_stesso_ordine_e_i_segnalibri(piao: Piano) -> None:
    foto = foto_di(piao)
    pagina = stampa.rende_html(foto)
    posti = [pagina.index(f'<span class="numero">{n}</span> {titolo}</h2>') for n, titolo in TUTTE]
    assert posti == sorted(posti)
    segnalibri = PdfReader(BytesIO(stampa.rende_pdf(foto).contenuto)).outline
    primi = [voce["/Title"] for voce in segnalibri if not isinstance(voce, list)]
    assert [voce.split()[0] for voce in primi] == ["Indice", "1", "2", "3", "4", "5"]
    sotto = next(voce for voce in segnalibri if isinstance(voce, list))
    assert [v["/Title"].split()[0] for v in sotto if not isinstance(v, list)] == [
        "2.1", "2.2", "2.3",
    ]  # fmt: skip


def test_un_piano_della_performance_tiene_il_suo_ordine(azienda: Azienda) -> None:
    foto = foto_di(piano_pronto(azienda))
    assert "piao" not in foto
    assert "portale-piao.csv" not in stampa.rende_csv(foto)
    assert stampati(foto) == capitoli(foto)
    assert [c.numero for c in stampati(foto)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("dipendenti", "scelto", "breve"),
    [(49, False, True), (50, True, False), (None, True, True), (None, False, False)],
)
def test_la_forma_semplificata_viene_dai_dipendenti_o_dalla_scelta(
    piao: Piano, dipendenti: int | None, scelto: bool, breve: bool
) -> None:
    piao.azienda.dipendenti, piao.meno_di_50 = dipendenti, scelto
    assert foto_di(piao)["piao"]["semplificato"] is breve


def test_la_forma_semplificata_lascia_fuori_le_sezioni_non_dovute_e_lo_dice_una_volta(
    piao: Piano,
) -> None:
    piao.azienda.dipendenti = 49
    foto = foto_di(piao)
    assert [c.numero for c in stampati(foto) if c.livello < 3] == [
        "1", "2", "2.3", "3", "3.1", "3.2", "3.3", 5,
    ]  # fmt: skip
    pagina = stampa.rende_html(foto)
    assert pagina.count("sono dovute, e qui non ci sono, le sezioni 2.1 Valore pubblico; "
                        "2.2 Performance; 4 Monitoraggio.") == 1  # fmt: skip
    assert [s["numero"] for s in foto["piao"]["sezioni"] if not s["dovuta"]] == ["2.1", "2.2", "4"]


def test_la_scelta_si_fa_sulla_bozza_solo_dove_manca_il_numero(
    piao: Piano, controllo: Utente, azienda: Azienda
) -> None:
    assert list(PianoForm(instance=piao).fields) == ["titolo", "nota", "meno_di_50"]
    azioni.modifica_piano(piao, titolo="P", nota="", meno_di_50=True, da=controllo)
    piao.refresh_from_db()
    assert piao.meno_di_50
    azioni.modifica_piano(piao, titolo="P", nota="", da=controllo)
    assert Piano.objects.get(pk=piao.pk).meno_di_50
    azienda.dipendenti = 1200
    azienda.save()
    piao.refresh_from_db()
    assert "meno_di_50" not in PianoForm(instance=piao).fields
    with pytest.raises(ValidationError, match="1200 dipendenti"):
        azioni.modifica_piano(piao, titolo="P", nota="", meno_di_50=False, da=controllo)
    altro = piano_pronto(azienda)
    with pytest.raises(ValidationError, match="solo del PIAO"):
        azioni.modifica_piano(altro, titolo="P", nota="", meno_di_50=True, da=controllo)


def test_il_foglio_per_il_portale_ha_una_riga_per_indicatore(piao: Piano) -> None:
    (riga,) = del_portale(foto_di(piao))
    misura = piao.aree.get().obiettivi.get().misure.get()
    assert riga["indicatore_codice"] == misura.indicatore.codice
    assert riga["fonte"] == misura.indicatore.fonte.nome
    assert (riga["anno_1"], riga["anno_2"], riga["anno_3"]) == ("2022", "2023", "2024")
    assert [riga[f"target_{n}"] for n in (1, 2, 3)] == [t.stampato for t in misura.target.all()]


@pytest.mark.parametrize(
    ("fonte", "righe", "obiettivi", "mancano", "una"),
    [
        (
            "asst-cremona-performance-2022-2024", 39, 16, ["3.3"],
            {
                "indicatore_codice": "CR-02", "obiettivo_codice": "A1.2", "unita_di_misura": "€",
                "polarita": "crescente", "baseline_anno": "2021", "baseline": "€ 137.746.000",
                "anno_1": "2022",
                "target_1": "Raggiungimento dei target previsti dal piano di ripresa 2022",
                "target_2": "Mantenimento", "anno_3": "2024", "target_3": "Mantenimento",
            },
        ),
        (
            "ats-milano-performance-2021-2023", 45, 45, ["2.3", "3.3"],
            {
                "indicatore_codice": "MI-45", "obiettivo_codice": "9.11", "unita_di_misura": "%",
                "polarita": "crescente", "baseline": "", "anno_1": "2021", "target_1": "100%",
                "anno_2": "2022", "target_2": "", "anno_3": "2023", "target_3": "",
            },
        ),
    ],
)  # fmt: skip
def test_i_due_piani_veri_come_piao(
    fonte: str, righe: int, obiettivi: int, mancano: list[str], una: dict[str, str]
) -> None:
    carica(RADICE / "fixtures" / fonte, da=None)
    piano = Piano.objects.get(slug=fonte)
    piano.tipo = "piao"
    foto = foto_di(piano)
    foglio = del_portale(foto)
    assert (len(foglio), len({riga["obiettivo_codice"] for riga in foglio})) == (righe, obiettivi)
    assert [s["numero"] for s in foto["piao"]["sezioni"] if s["manca"]] == mancano
    (trovata,) = [r for r in foglio if r["indicatore_codice"] == una["indicatore_codice"]]
    assert una.items() <= trovata.items()
    # Nothing that a Piano della performance prints is lost.
    assert {c.chiave for c in capitoli(foto)} <= {c.chiave for c in stampati(foto)}


@pytest.fixture
def pubblicato(piao: Piano) -> Piano:
    oggi = timezone.localdate()
    Piano.objects.filter(pk=piao.pk).update(
        stato="pubblicato", anno_inizio=oggi.year, anno_fine=oggi.year + 2
    )
    DocumentoPubblicato.objects.create(
        piano=piao, versione=1, stato="pronto", contenuto="{}", sha256_contenuto="0" * 64,
        sha256_pdf="0" * 64, pagine=1, generatore="prova", pubblicato_il=oggi,
    )  # fmt: skip
    piao.refresh_from_db()
    return piao


def test_la_ricevuta_si_registra_e_toglie_la_cosa_da_fare(
    pubblicato: Piano, controllo: Utente
) -> None:
    oggi = timezone.localdate()
    (cosa,) = [c for c in bacheca.cose_da_fare(controllo) if "Portale" in c.titolo]
    assert cosa.scadenza == date(oggi.year, 1, 31)
    assert cosa.url.endswith("/stato/#portale")
    azioni.registra_ricevuta(pubblicato, data=oggi, protocollo=" 123/2026 ", da=controllo)
    ricevuta = RicevutaPortale.objects.get()
    assert (ricevuta.protocollo, ricevuta.versione, ricevuta.registrata_da) == (
        "123/2026", 1, controllo,
    )  # fmt: skip
    assert Evento.objects.filter(tipo="piano.portale", da=controllo).count() == 1
    assert [c for c in bacheca.cose_da_fare(controllo) if "Portale" in c.titolo] == []
    with pytest.raises(ValidationError, match="già registrata"):
        azioni.registra_ricevuta(pubblicato, data=oggi, protocollo="123/2026", da=controllo)


def test_la_ricevuta_e_di_chi_pubblica_e_di_un_piao_pubblicato(
    pubblicato: Piano, controllo: Utente, incaricato: Callable[..., Utente], azienda: Azienda
) -> None:
    oggi = timezone.localdate()
    with pytest.raises(PermissionDenied):
        azioni.registra_ricevuta(pubblicato, data=oggi, protocollo="1", da=incaricato(Ruolo.NUCLEO))
    with pytest.raises(ValidationError, match="futuro"):
        azioni.registra_ricevuta(
            pubblicato, data=oggi + timedelta(days=1), protocollo="1", da=controllo
        )
    with pytest.raises(ValidationError, match="pubblicata il"):
        azioni.registra_ricevuta(
            pubblicato, data=date(oggi.year - 1, 1, 1), protocollo="1", da=controllo
        )
    for altro in (PianoFactory(azienda=azienda, stato="pubblicato"),
                  PianoFactory(azienda=azienda, tipo="piao", stato="adottato")):  # fmt: skip
        with pytest.raises(ValidationError, match="un PIAO pubblicato"):
            azioni.registra_ricevuta(altro, data=oggi, protocollo="1", da=controllo)
    assert RicevutaPortale.objects.count() == 0


def test_la_pagina_dello_stato_mostra_e_registra_la_ricevuta(
    pubblicato: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    client = entra(controllo)
    dove = f"/piani/{pubblicato.slug}/stato/"
    assert "Nessun caricamento registrato." in client.get(dove).content.decode()
    rifiutata = client.post(f"{dove}portale/", {"data": "ieri", "protocollo": "77"})
    assert rifiutata.status_code == 200
    assert 'value="77"' in rifiutata.content.decode()
    oggi = timezone.localdate()
    fatta = client.post(f"{dove}portale/", {"data": oggi.isoformat(), "protocollo": "77"})
    assert fatta.status_code == 302
    testo = client.get(dove).content.decode()
    assert "ricevuta 77" in testo
    assert "Caricata sul Portale PIAO la versione 1: ricevuta 77" in testo
