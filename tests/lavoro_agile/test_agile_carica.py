# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lavoro agile of the two printed plans, loaded: every printed figure beside ours.

The numbers are copied by hand from the two documents (lines of the sources in the fixtures).
"""

import shutil
from collections import Counter
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from lavoro_agile.azioni.carica import carica_lavoro_agile
from lavoro_agile.azioni.conservazione import cancella_scaduti
from lavoro_agile.models import (
    AutorizzatiUnita,
    BandoLavoroAgile,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    MotivoDomanda,
    ParereDomanda,
    Pola,
    RilevazioneAgile,
    SogliaDiLegge,
    Tranche,
)
from obiettivi.azioni import carica
from obiettivi.models import Calcolo, Indicatore, Misura
from piani.importa import leggi_toml
from piani.models import (
    AreaAzioniPositive,
    Azienda,
    AzionePositiva,
    Evento,
    Piano,
    Quadratura,
    Ruolo,
)
from tests.conftest import RADICE
from tests.factories import AziendaFactory, IncaricoFactory

pytestmark = pytest.mark.django_db
MILANO = RADICE / "fixtures" / "lavoro_agile_ats_milano_2021"
CREMONA = RADICE / "fixtures" / "lavoro_agile_asst_cremona_2022"
PIANO_CREMONA = RADICE / "fixtures" / "asst-cremona-performance-2022-2024"


@pytest.fixture
def milano(db: None) -> Pola:
    AziendaFactory(codice="ats-milano", dipendenti=1722)
    pola = carica_lavoro_agile(MILANO, da=None)
    assert pola is not None
    return pola


@pytest.fixture
def cremona(db: None) -> Pola:
    AziendaFactory(codice="asst-cremona", dipendenti=2500)
    pola = carica_lavoro_agile(CREMONA, da=None)
    assert pola is not None
    return pola


def quadrature(pola: Pola) -> list[tuple[str, Decimal, Decimal]]:
    righe = Quadratura.objects.filter(piano=pola.piano)
    return list(righe.values_list("stampato", "calcolato", "differenza"))


def test_le_domande_di_milano_sono_117_e_i_dinieghi_9(milano: Pola) -> None:
    domande = DomandaLavoroAgile.objects.presentate()
    assert domande.count() == 117
    assert domande.filter(area="comparto").count() == 97
    assert domande.filter(area="dirigenza").count() == 20
    contrari = ParereDomanda.objects.filter(esito="contrario", causa="presenza")
    assert contrari.count() == 9
    assert contrari.filter(domanda__area="dirigenza").count() == 3
    assert contrari.filter(domanda__area="comparto").count() == 6
    assert set(domande.values_list("stato", flat=True)) == {"ammessa", "negata"}
    assert ParereDomanda.objects.filter(domanda__seconda_istanza__isnull=False).count() == 0


def test_i_motivi_di_milano_sono_quelli_della_tabella(milano: Pola) -> None:
    codici = ["salute", "gravidanza", "figli_minori", "figli_12", "caregiver", "distanza"]
    quanti = Counter(MotivoDomanda.objects.values_list("codice", flat=True))
    assert [quanti[codice] for codice in codici] == [12, 3, 55, 55, 29, 25]
    assert quanti["senza_agevolazioni"] == 92
    assert sum(quanti.values()) == 271
    regole = EdizioneLavoroAgile.objects.get().regole
    assert all(regole.motivo(codice) for codice in quanti)


def test_il_cronoprogramma_di_milano_e_40_piu_quattro_volte_35(milano: Pola) -> None:
    assert list(Tranche.objects.values_list("entro", "posti")) == [
        (date(2019, 1, 1), 40),
        (date(2019, 3, 31), 35),
        (date(2019, 6, 30), 35),
        (date(2019, 9, 30), 35),
        (date(2019, 12, 31), 35),
    ]
    # 108 without a contrary opinion: 97 + 20 - 9.
    assert [una.domande.count() for una in Tranche.objects.all()] == [40, 35, 33, 0, 0]


def test_le_regole_di_milano_sono_sei_giorni_al_mese_e_due_alla_settimana(milano: Pola) -> None:
    edizione = EdizioneLavoroAgile.objects.get()
    assert edizione.regole.giorni_mese.valore == 6
    assert edizione.regole.giorni_settimana.valore == 2
    assert edizione.regole.area("comparto").colloquio is True
    assert edizione.regole.area("dirigenza").colloquio is False
    assert edizione.stato == "chiusa"
    assert (edizione.anno_inizio, edizione.anno_fine) == (2018, 2019)
    bando = BandoLavoroAgile.objects.get()
    assert (bando.stato, bando.chiude_il) == ("concluso", date(2018, 10, 31))


def test_le_domande_ricostruite_non_sono_di_nessuno(milano: Pola) -> None:
    domande = DomandaLavoroAgile.objects.all()
    assert not domande.filter(persona__isnull=False).exists()
    assert domande.filter(riga_fonte="1554-1601, ricostruita").count() == 117
    assert domande.first().codice == "MI18-001"
    assert domande.last().codice == "MI18-117"
    # Nobody's: the schedule that deletes reasons and names has nothing to do.
    assert cancella_scaduti(date(2026, 11, 22)) == 0
    assert MotivoDomanda.objects.count() == 271


def test_le_quadrature_di_milano_tacciono_i_gruppi_piccoli(milano: Pola) -> None:
    zero = Decimal(0)
    assert quadrature(milano) == [
        ("117", Decimal(117), zero),
        ("97", Decimal(97), zero),
        ("20", Decimal(20), zero),
        ("9", Decimal(9), zero),
        ("180", Decimal(180), zero),
        ("12", Decimal(12), zero),
        ("55", Decimal(55), zero),
        ("55", Decimal(55), zero),
        ("29", Decimal(29), zero),
        ("25", Decimal(25), zero),
        ("92", Decimal(92), zero),
        ("10%", Decimal("10.45"), Decimal("-0.45")),
    ]


def test_gli_autorizzati_di_cremona_sono_73_in_14_unita(cremona: Pola) -> None:
    rilevazione = RilevazioneAgile.objects.get()
    assert (rilevazione.giorno, rilevazione.stampata) == (date(2021, 4, 30), True)
    assert (rilevazione.dipendenti, rilevazione.potenziali) == (2426, 223)
    assert rilevazione.effettivi == 61  # 83,56% of 73, as printed
    righe = AutorizzatiUnita.objects.all()
    per_unita = {
        nome: (
            sum(r.quanti for r in righe if r.unita_stampata == nome and r.genere == "F"),
            sum(r.quanti for r in righe if r.unita_stampata == nome and r.genere == "M"),
        )
        for nome in righe.values_list("unita_stampata", flat=True)
    }
    assert per_unita == {
        "UOS FORMAZIONE": (3, 0),
        "UOC UFFICIO TECNICO": (1, 0),
        "UOC CONTROLLO DIREZIONALE": (2, 2),
        "UOC ECONOMICA FINANZIARIA": (11, 0),
        "UOC ACQUISTI E SERVIZI": (4, 0),
        "UOC MEDICINA LEGALE, RM, QUALITA’": (1, 0),
        "UOS COMUNICAZIONE": (1, 0),
        "UOC DIREZIONE MEDICA": (2, 0),
        "UOS AGL": (6, 0),
        "R.I.M.I.": (1, 0),
        "UOC SSST": (9, 1),
        "UOC CONTROLLO DIREZIONALE SIA": (5, 7),
        "UOC RISORSE UMANE": (13, 3),
        "UOS GESTIONE OPERATIVA": (1, 0),
    }
    assert len(per_unita) == 14
    assert [sum(coppia[i] for coppia in per_unita.values()) for i in (0, 1)] == [60, 13]


def test_le_quadrature_di_cremona_mostrano_le_due_quote_e_le_due_differenze(
    cremona: Pola,
) -> None:
    zero = Decimal(0)
    assert quadrature(cremona) == [
        ("73", Decimal(73), zero),
        ("73", Decimal(73), zero),
        ("13", Decimal(13), zero),
        ("3,01%", Decimal("3.01"), zero),
        ("32,74%", Decimal("32.74"), zero),
        ("2426", Decimal(2500), Decimal(-74)),
        ("83,56%", Decimal("83.56"), zero),
        ("83,56%", Decimal("32.74"), Decimal("50.82")),
    ]


def test_il_programma_di_cremona_ha_sedici_indicatori_e_tre_di_attuazione(cremona: Pola) -> None:
    assert Counter(cremona.indicatori.values_list("dimensione", flat=True)) == {
        "organizzativa": 4,
        "professionale": 3,
        "economico_finanziaria": 3,
        "digitale": 6,
        "implementazione_quantita": 2,
        "implementazione_qualita": 1,
    }
    assert list(cremona.fasi.values_list("genere", "anno")) == [
        ("emergenziale", 2020),
        ("avvio", 2021),
        ("intermedio", 2022),
        ("avanzato", 2023),
    ]
    assert Misura.objects.filter(base_anno=2020).count() == 2


def test_i_livelli_di_cremona_sono_quelli_stampati_e_quelli_letti(cremona: Pola) -> None:
    effettivi = Misura.objects.get(indicatore__codice="CR-AGILE-17")
    assert effettivi.base_stampata == "83,56% ha svolto almeno 1 giorno in lavoro agile"
    assert effettivi.base.letture[0].valore == Decimal("83.56")
    assert list(effettivi.target.values_list("anno", "stampato")) == [
        (2021, "Dato disponibile dopo mappatura attività svolgibili in lavoro agile"),
        (2022, "Mantenimento/Incremento della % raggiunta nella fase di avvio"),
        (2023, "almeno il 60% delle attività svolgibili in lavoro agile"),
    ]
    finale = effettivi.target.get(anno=2023).letto
    assert (finale.letture[0].comparatore, finale.letture[0].valore) == (">=", Decimal(60))
    ore = Misura.objects.get(indicatore__codice="CR-AGILE-18")
    assert (ore.base_stampata, ore.base.letture[0].valore) == ("Media 16%", Decimal(16))
    dirigenti = Misura.objects.get(indicatore__codice="CR-AGILE-05")
    assert [(t.anno, t.letto.letture[0].valore) for t in dirigenti.target.all()] == [
        (2021, Decimal(70)),
        (2023, Decimal(100)),
    ]
    assert "Colonna incerta" in dirigenti.indicatore_pola.nota


def test_le_azioni_positive_di_milano_hanno_sei_aree(milano: Pola) -> None:
    piano = Piano.objects.get(tipo="azioni_positive")
    assert (piano.slug, piano.anno_inizio, piano.anno_fine) == (
        "azioni-positive-ats-milano-2021",
        2021,
        2023,
    )
    aree = AreaAzioniPositive.objects.filter(piano=piano)
    assert [(area.nome, area.azioni.count()) for area in aree] == [
        ("Formazione", 5),
        ("Tavolo interno per il WHP aziendale", 3),
        ("Cultura di genere", 4),
        ("Benessere organizzativo", 7),
        ("Politiche di conciliazione", 4),
        ("Azioni di rete", 2),
    ]


def test_le_azioni_positive_di_cremona_sono_sette_in_due_aree(cremona: Pola) -> None:
    azioni = AzionePositiva.objects.filter(area__piano__slug="azioni-positive-asst-cremona-2022")
    assert Counter(azioni.values_list("area__nome", flat=True)) == {
        "Formazione e aggiornamento sul contrasto alle discriminazioni": 4,
        "Benessere organizzativo": 3,
    }
    assert set(azioni.values_list("anno_inizio", "anno_fine")) == {(2022, 2024)}
    # The source prints neither of them for any action.
    assert not azioni.exclude(indicatore="").exists()
    assert not azioni.exclude(responsabile_stampato="").exists()
    assert azioni.get(area__ordine=1, ordine=3).destinatari == "Componenti del CUG"
    assert azioni.get(area__ordine=1, ordine=4).descrizione == (
        "In collaborazione con: Ufficio Comunicazione Aziendale"
    )


def test_le_soglie_trascritte_sono_quelle_di_legge(db: None) -> None:
    for cartella in (MILANO, CREMONA):
        for soglia in leggi_toml(cartella / "soglie.toml")["soglie"]:
            if soglia["codice"] == "10-direttiva":
                continue  # the same ten per cent, asked again by a directive
            riga = SogliaDiLegge.objects.get(codice=soglia["codice"])
            assert (riga.percentuale, riga.dal, riga.al) == (
                Decimal(soglia["valore"]),
                soglia["dal"],
                soglia.get("al"),
            )


def test_con_il_piano_di_cremona_le_unita_sono_quelle_dell_organigramma() -> None:
    piano = carica(PIANO_CREMONA, da=None)
    pola = carica_lavoro_agile(CREMONA, da=None)
    assert pola.sezione_di == piano
    righe = AutorizzatiUnita.objects.select_related("unita")
    assert not righe.filter(unita__isnull=True).exists()
    assert righe.get(unita__codice="ECO-FIN").quanti == 11
    assert {sezione.tipo for sezione in pola.piano.sezioni.all()} == {
        "pola_attuazione",
        "pola_modalita",
        "pola_soggetti",
        "pola_programma",
    }


def test_caricare_due_volte_non_cambia_niente(cremona: Pola) -> None:
    eventi, indicatori = Evento.objects.count(), Indicatore.objects.count()
    assert carica_lavoro_agile(CREMONA, da=None) is None
    assert (Evento.objects.count(), Indicatore.objects.count()) == (eventi, indicatori)


def test_un_file_sbagliato_non_lascia_niente(tmp_path: Path) -> None:
    AziendaFactory(codice="ats-milano")
    cartella = Path(shutil.copytree(MILANO, tmp_path / "copia"))
    testo = (cartella / "azioni_positive.toml").read_text(encoding="utf-8")
    (cartella / "azioni_positive.toml").write_text(
        testo.replace("anno_fine = 2023", "anno_fine = 2019", 1), encoding="utf-8"
    )
    with pytest.raises(ValidationError, match="ultimo anno"):
        carica_lavoro_agile(cartella, da=None)
    assert not Piano.objects.exists()
    assert not DomandaLavoroAgile.objects.exists()


def test_carica_solo_chi_tiene_il_pola() -> None:
    azienda = AziendaFactory(codice="ats-milano", dipendenti=1722)
    cug = IncaricoFactory(ruolo=Ruolo.CUG, azienda=azienda).utente
    with pytest.raises(PermissionDenied):
        carica_lavoro_agile(MILANO, da=cug)
    ufficio = IncaricoFactory(ruolo=Ruolo.RISORSE_UMANE, azienda=azienda).utente
    pola = carica_lavoro_agile(MILANO, da=ufficio)
    assert Evento.objects.filter(tipo="piano.caricato", da=ufficio).count() == 2
    assert pola.azienda == azienda


def test_senza_l_azienda_si_dice_che_manca() -> None:
    with pytest.raises(ValidationError, match="Manca l'azienda «ats-milano»"):
        carica_lavoro_agile(MILANO, da=None)
    assert not Azienda.objects.exists()


def test_il_comando_carica_le_cartelle_e_dice_che_cosa_manca(tmp_path: Path) -> None:
    AziendaFactory(codice="ats-milano", nome="ATS Milano", dipendenti=1722)
    uscita = StringIO()
    call_command("carica_lavoro_agile", str(MILANO), stdout=uscita)
    assert uscita.getvalue() == (
        "Caricato: Piano organizzativo del lavoro agile (POLA), ATS Milano\n"
    )
    with pytest.raises(CommandError, match=r"Manca il file .*pola\.toml"):
        call_command("carica_lavoro_agile", str(tmp_path))


def test_chi_non_ha_obiettivi_non_si_calcola(milano: Pola) -> None:
    call_command("calcola", stdout=StringIO())
    assert not Calcolo.objects.exists()
