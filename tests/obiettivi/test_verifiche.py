# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the checks find missing in a tree, one item at a time, with where it is mended."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from obiettivi.espressioni import leggi
from obiettivi.models import AreaStrategica, Indicatore, Misura, Target
from obiettivi.verifiche import del_piano, peggiora
from piani.models import Azienda, Piano, Ruolo, Utente
from piani.passaggi import Passo
from piani.verifiche import Mancanza, cancello
from tests.factories import (
    AreaFactory,
    FonteFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    TargetFactory,
    piano_pronto,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return piano_pronto(azienda)


@pytest.fixture
def misura(piano: Piano) -> Misura:
    return Misura.objects.get()


def trovate(piano: Piano) -> list[str]:
    return [una.testo for una in del_piano(piano)]


def sola(piano: Piano) -> Mancanza:
    (una,) = del_piano(piano)
    return una


def test_di_un_piano_pronto_non_manca_niente(piano: Piano) -> None:
    assert trovate(piano) == []


def test_rami_vuoti(piano: Piano) -> None:
    area = AreaFactory(piano=piano, nome="Ricerca")
    assert (sola(piano).testo, sola(piano).blocca_da) == (
        "L'area «Ricerca» non ha obiettivi.",
        Passo.INVIO,
    )
    assert sola(piano).rimedio == reverse("obiettivo_nuovo", args=[area.pk]) + "?torna=stato"
    obiettivo = ObiettivoFactory(area=area, codice="R.1", titolo="Pubblicare")
    assert sola(piano).testo == "L'obiettivo R.1 «Pubblicare» non ha indicatori."
    assert sola(piano).rimedio == reverse("misura_nuova", args=[obiettivo.pk]) + "?torna=stato"


def test_un_obiettivo_con_figli_misurati_non_e_vuoto(piano: Piano, misura: Misura) -> None:
    padre = ObiettivoFactory(area=misura.obiettivo.area)
    misura.obiettivo.parent = padre
    misura.obiettivo.save(update_fields=["parent"])
    assert trovate(piano) == []


def test_un_piano_senza_albero(azienda: Azienda) -> None:
    vuoto = PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)
    assert trovate(vuoto) == ["Il piano non ha nessuna area."]
    assert trovate(PianoFactory(azienda=azienda, tipo=Piano.Tipo.POLA)) == []


@pytest.mark.parametrize(
    ("campi", "frase", "blocca"),
    [
        ({"unita": ""}, "non ha unità di misura.", Passo.INVIO),
        ({"verso": ""}, "non dice se è meglio che cresca o che diminuisca.", None),
        ({"fonte": None}, "non dice la fonte dei dati.", None),
    ],
)
def test_cio_che_la_biblioteca_non_dice(
    piano: Piano, misura: Misura, campi: dict[str, Any], frase: str, blocca: Passo | None
) -> None:
    Indicatore.objects.update(**campi)
    codice = misura.indicatore.codice
    assert sola(piano).testo == f"L'indicatore {codice} {frase}"
    assert sola(piano).blocca_da == blocca
    pagina = reverse("indicatore_modifica", args=[piano.azienda.codice, codice])
    assert sola(piano).rimedio == pagina


@pytest.mark.parametrize("formula", ["si_no", "avanzamento", "data"])
def test_di_un_si_no_non_si_chiede_l_unita(piano: Piano, formula: str) -> None:
    Indicatore.objects.update(tipo_formula=formula, unita="", verso="")
    assert trovate(piano) == []


def test_un_indicatore_usato_due_volte_si_dice_una_volta(piano: Piano, misura: Misura) -> None:
    Indicatore.objects.update(fonte=None)
    altra = MisuraFactory(
        obiettivo=ObiettivoFactory(area=misura.obiettivo.area), indicatore=misura.indicatore
    )
    for anno in piano.anni:
        TargetFactory(misura=altra, anno=anno)
    assert len(trovate(piano)) == 1


def test_target_che_mancano_anno_per_anno(piano: Piano, misura: Misura) -> None:
    codice = misura.indicatore.codice
    misura.target.exclude(anno=2023).delete()
    assert [(una.testo, una.blocca_da) for una in del_piano(piano)] == [
        (f"L'indicatore {codice} non ha il target del 2022.", Passo.INVIO),
        (f"L'indicatore {codice} non ha il target del 2024.", None),
    ]
    misura.target.all().delete()
    assert sola(piano).testo == f"L'indicatore {codice} non ha target."
    assert sola(piano).rimedio == reverse("misura_modifica", args=[misura.pk]) + "?torna=stato"


@pytest.mark.parametrize(
    ("testo", "frase", "blocca"),
    [
        ("≥ XX%", "il target 2022 non si interpreta: «≥ XX%».", Passo.INVIO),
        ("Da definire", "il target 2022 è da definire: «Da definire».", None),
        ("60%", "la lettura del target 2022 è da confermare: «60%».", None),
    ],
)
def test_target_dubbi(
    piano: Piano, misura: Misura, testo: str, frase: str, blocca: Passo | None
) -> None:
    target = misura.target.get(anno=2022)
    target.stampato, target.lettura = testo, leggi(testo).come_dati()
    target.save(update_fields=["stampato", "lettura"])
    assert (sola(piano).testo, sola(piano).blocca_da) == (
        f"{misura.indicatore.codice}: {frase}",
        blocca,
    )


@pytest.mark.parametrize(
    ("base", "target", "verso", "atteso"),
    [
        ("90%", "≥ 85%", "crescente", True),
        ("90%", "≥ 90%", "crescente", False),
        ("90%", "≥ 95%", "crescente", False),
        ("10 gg", "≤ 12 gg", "decrescente", True),
        ("10 gg", "≤ 9 gg", "decrescente", False),
        ("10 gg", "≤ 12 gg", "", True),  # the text itself says the way
        ("90%", "85%", "", False),  # neither says it
        ("90%", "≥ 85 gg", "crescente", False),  # another unit
        (">90%", "≥ 85%", "crescente", False),  # not a figure to start from
        ("90%", "Riduzione", "crescente", False),
        ("90%", "1° trim: 80% 2° trim: 85%", "crescente", False),
        ("90%", "entro il 31/12/2022", "crescente", False),
        ("", "≥ 85%", "crescente", False),
    ],
)
def test_un_target_peggiore_della_partenza(
    base: str, target: str, verso: str, atteso: bool
) -> None:
    misura = Misura(
        indicatore=IndicatoreFactory.build(verso=verso, azienda=None),
        base_stampata=base,
        base_lettura=leggi(base).come_dati() if base else None,
    )
    assert peggiora(misura, leggi(target)) is atteso


def test_il_target_peggiore_avverte_e_dice_da_dove_si_partiva(piano: Piano, misura: Misura) -> None:
    misura.base_stampata, misura.base_lettura = "97%", leggi("97%").come_dati()
    misura.save(update_fields=["base_stampata", "base_lettura"])
    frasi = trovate(piano)
    assert len(frasi) == 3
    assert frasi[0] == (
        f"{misura.indicatore.codice}: il target 2022, «≥ 95%», è peggiore della partenza, «97%»."
    )


def test_i_pesi_fanno_cento_a_ogni_livello(piano: Piano, misura: Misura) -> None:
    obiettivo, area = misura.obiettivo, misura.obiettivo.area
    for nodo, peso in ((area, 40), (obiettivo, 60), (misura, 99)):
        nodo.peso = peso
        nodo.save(update_fields=["peso"])
    assert trovate(piano) == [
        "Le aree del piano hanno pesi che sommano a 40 invece che a 100.",
        f"Gli obiettivi dell'area «{area}» hanno pesi che sommano a 60 invece che a 100.",
        f"Gli indicatori dell'obiettivo «{obiettivo}» hanno pesi che sommano a 99 invece che a "
        "100.",
    ]
    AreaStrategica.objects.update(tipo=AreaStrategica.Tipo.LINEA)
    assert len(trovate(piano)) == 2
    ObiettivoFactory(area=area, prerequisito=True, parent=obiettivo)
    obiettivo.peso = 100
    obiettivo.save(update_fields=["peso"])
    assert [testo for testo in trovate(piano) if "pesi" in testo or "peso" in testo] == [
        f"Gli indicatori dell'obiettivo «{obiettivo}» hanno pesi che sommano a 99 invece che a 100."
    ]


def test_un_gruppo_pesato_a_meta(piano: Piano, misura: Misura) -> None:
    misura.peso = 100
    misura.save(update_fields=["peso"])
    altra = MisuraFactory(
        obiettivo=misura.obiettivo,
        indicatore=IndicatoreFactory(azienda=piano.azienda, fonte=FonteFactory()),
    )
    for anno in piano.anni:
        TargetFactory(misura=altra, anno=anno)
    assert sola(piano).testo.endswith("hanno un peso solo in parte.")
    assert sola(piano).rimedio == reverse("pesi", args=[piano.slug]) + "?torna=stato"


def test_senza_le_regole_del_primo_anno_non_si_misura(piano: Piano) -> None:
    piano.azienda.edizioni_smvp.all().delete()
    assert (sola(piano).testo, sola(piano).blocca_da) == (
        "Mancano le regole di misurazione e valutazione del 2022.",
        Passo.ADOZIONE,
    )


def test_fuori_dalla_bozza_i_rimedi_dell_albero_non_ci_sono(piano: Piano) -> None:
    Target.objects.filter(anno=2022).delete()
    Piano.objects.update(stato=Piano.Stato.ADOTTATO)
    piano.refresh_from_db()
    (una,) = (m for m in del_piano(piano) if "2022" in m.testo)
    assert una.rimedio == ""
    assert una.url == Misura.objects.get().obiettivo.get_absolute_url()
    assert una in cancello(piano, Passo.PUBBLICAZIONE).avvertono


@pytest.mark.parametrize("quante", [1, 3])
def test_i_controlli_costano_sempre_le_stesse_interrogazioni(
    azienda: Azienda, quante: int, django_assert_num_queries: Any
) -> None:
    piano = PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)
    for _una in range(quante):
        area = AreaFactory(piano=piano)
        for obiettivo in ObiettivoFactory.create_batch(quante, area=area):
            for misura in MisuraFactory.create_batch(quante, obiettivo=obiettivo):
                TargetFactory(misura=misura)
    with django_assert_num_queries(5):
        assert len(list(del_piano(piano))) == 3 * quante**3 + 1


def test_i_rimedi_si_offrono_solo_a_chi_compila(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    area = AreaFactory(piano=piano)
    rimedio = reverse("obiettivo_nuovo", args=[area.pk])
    for nome in ("stato_piano", "da_completare"):
        indirizzo = reverse(nome, args=[piano.slug])
        assert rimedio in entra(controllo).get(indirizzo).content.decode()
        lettore = IncaricoFactory(azienda=piano.azienda, ruolo=Ruolo.REGIONE).utente
        pagina = entra(lettore).get(indirizzo).content.decode()
        assert rimedio not in pagina
        assert "non ha obiettivi" in pagina
