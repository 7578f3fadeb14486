# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented region of the benches, and the rivals: what is timed must also be right."""

import pytest

from bench.bersagli import PERIODI
from bench.regione import Regione, genera
from bench.rivali import Pavimento, in_blocco, riga_per_riga
from obiettivi import azioni
from obiettivi.calcolo.letture import Tipo
from obiettivi.espressioni import leggi
from obiettivi.models import Calcolo, Indicatore, Misura, Raggiungimento, Rilevazione, Target
from piani.models import Piano

pytestmark = pytest.mark.django_db

ANNO = 2024
DEL_RISULTATO = ("frazione", "sede", "stato", "valore", "numeratore", "denominatore", "testo")


@pytest.fixture
def regione() -> Regione:
    return genera(3, 70, anno=ANNO)


def contenuto(piani: list[int]) -> list[list[tuple[object, ...]]]:
    """What was generated of those plans, without the keys."""
    misure = Misura.objects.filter(obiettivo__area__piano__in=piani).order_by("pk")
    rilevazioni = Rilevazione.objects.filter(indicatore__misure__in=misure).order_by("pk")
    return [
        list(misure.values_list("peso", "base_stampata", "target__stampato", "indicatore__unita")),
        list(rilevazioni.values_list(*DEL_RISULTATO, "creata_il", "sostituita_il")),
    ]


def punteggi() -> list[tuple[object, ...]]:
    campi = ("piano", "frazione", "livello", "oggetto", *Raggiungimento.ESITO)
    return sorted(Raggiungimento.objects.values_list(*campi))


def test_la_regione_ha_target_di_tutti_i_tipi(regione: Regione) -> None:
    tipi = set(Target.objects.values_list("lettura__tipo", flat=True))
    assert tipi == {tipo.value for tipo in Tipo}
    assert Target.objects.filter(misura__obiettivo__area__piano__in=regione.piani).count() == 210


def test_le_letture_sono_quelle_di_chi_legge_i_target(regione: Regione) -> None:
    for target in Target.objects.all():
        assert target.letto == leggi(target.stampato)
    con_base = Misura.objects.exclude(base_stampata="")
    assert con_base.exists()
    for misura in con_base:
        assert misura.base == leggi(misura.base_stampata)
        assert misura.base_anno == ANNO - 1


def test_lo_stesso_seme_fa_la_stessa_regione() -> None:
    prima, seconda, altra = (genera(2, 60, seme=seme) for seme in (7, 7, 8))
    assert contenuto(prima.piani) == contenuto(seconda.piani)
    assert contenuto(prima.piani) != contenuto(altra.piani)
    assert list(prima.indicatori.values()) == list(seconda.indicatori.values())
    assert not set(prima.piani) & set(seconda.piani)


def test_i_piani_hanno_grandezze_diverse_e_il_totale_torna(regione: Regione) -> None:
    diverse, uguali = list(regione.indicatori.values()), genera(2, 50, uguali=True)
    assert sum(diverse) == 210
    assert len(set(diverse)) > 1
    assert list(uguali.indicatori.values()) == [50, 50]
    for piano, quanti in regione.indicatori.items():
        assert Misura.objects.filter(obiettivo__area__piano=piano).count() == quanti


def test_ogni_indicatore_ha_quattro_trimestri_e_i_casi_difficili_ci_sono(regione: Regione) -> None:
    rilevazioni = Rilevazione.objects.correnti().filter(anno=ANNO)
    aziendali = rilevazioni.filter(sede="")
    per_sede = Indicatore.objects.filter(rilevazioni__sede="Ospedale Nord").distinct().count()
    assert aziendali.count() == (210 - per_sede) * 4
    assert per_sede > 0
    assert rilevazioni.filter(denominatore=0).exists()
    assert rilevazioni.filter(stato=Rilevazione.Stato.MANCANTE).exists()
    senza = rilevazioni.filter(stato=Rilevazione.Stato.NON_APPLICABILE)
    assert senza.exists()
    assert not senza.filter(testo="").exists()
    assert Rilevazione.objects.filter(sostituita_il__isnull=False).exists()


def test_tre_anni_hanno_target_e_risultati_loro() -> None:
    genera(1, 30, anno=ANNO, anni=3)
    for anno in (2022, 2023, 2024):
        assert Target.objects.filter(anno=anno).count() == 30
        assert Rilevazione.objects.correnti().filter(anno=anno, sede="").count() >= 29 * 4


def test_i_piani_inventati_si_calcolano_e_qualche_target_è_centrato(regione: Regione) -> None:
    for piano in Piano.objects.filter(pk__in=regione.piani):
        calcolo = azioni.avvia_calcolo(
            piano, prospettiva="consuntivo", anno=ANNO, frazione="T1", da=None, in_coda=False
        )
        azioni.esegui(calcolo.pk)
        calcolo.refresh_from_db()
        assert calcolo.stato == Calcolo.Stato.FATTO
    foglie = Raggiungimento.objects.filter(livello=Raggiungimento.Livello.INDICATORE)
    assert foglie.count() == 210
    assert foglie.filter(punteggio=100).exists()
    assert foglie.filter(punteggio__gt=0, punteggio__lt=100).exists()


def test_i_due_rivali_scrivono_le_stesse_righe(regione: Regione) -> None:
    piani = regione.piani[:1]
    foglie = regione.indicatori[piani[0]] * len(PERIODI)
    assert in_blocco(piani, ANNO, PERIODI) == foglie
    dopo = punteggi()
    assert riga_per_riga(piani, ANNO, PERIODI) == foglie
    assert punteggi() == dopo
    assert in_blocco(piani, ANNO, PERIODI) == foglie
    assert punteggi() == dopo


def test_il_pavimento_rimette_le_righe_che_c_erano(regione: Regione) -> None:
    in_blocco(regione.piani[:1], ANNO, PERIODI[:1])
    prima = punteggi()
    with Pavimento(ANNO) as pavimento:
        pavimento.salva()
        Raggiungimento.objects.update(motivo="diverso")
        pavimento.fai()
    assert punteggi() == prima
    assert len(pavimento.letture) == len(pavimento.scritture) == 1
