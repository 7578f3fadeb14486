# SPDX-License-Identifier: AGPL-3.0-or-later
"""The content of a scheda: sums of the weights, what is missing, the parts as they are written."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from obiettivi import azioni
from obiettivi.azioni.scheda import lettura_di
from obiettivi.models import AreaScheda, RigaScheda, RisorsaScheda, SchedaBudget
from obiettivi.schede.contenuto import contenuto, fotografia_scheda, impronta_di, manca
from obiettivi.schede.lettura import RisorsaLetta, contenuti
from obiettivi.schede.proposte import piano_dell_anno
from piani.azioni.righe import Superata, impronta
from piani.models import Azienda, Evento, Piano, Ruolo, Utente
from tests.factories import (
    AreaSchedaFactory,
    FonteFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    PianoFactory,
    RigaSchedaFactory,
    SchedaFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal
Tipo = AreaScheda.Tipo


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    return SchedaFactory(azienda=azienda)


def area(scheda: SchedaBudget, nome: str, **campi: Any) -> AreaScheda:
    return AreaSchedaFactory(scheda=scheda, nome=nome, **campi)


def riga(area: AreaScheda, peso: str | None, **campi: Any) -> RigaScheda:
    if "indicatore" not in campi:
        campi["indicatore"] = IndicatoreFactory(azienda=area.scheda.azienda, fonte=FonteFactory())
    return RigaSchedaFactory(area=area, peso=peso and D(peso), **campi)


def completa(scheda: SchedaBudget) -> SchedaBudget:
    """As ASST Cremona has it: 30 to the economica, 70 to the other three together."""
    riga(area(scheda, "Obiettivi istituzionali", tipo=Tipo.ISTITUZIONALE), None)
    riga(area(scheda, "P. Economica", peso=D(30)), "100")
    riga(area(scheda, "Esito e appropriatezza", peso=D(70)), "50")
    riga(area(scheda, "Processi ed efficienza", con_la_precedente=True), "30.5")
    riga(area(scheda, "Sviluppo", con_la_precedente=True), "19.5")
    area(scheda, "Adempimenti", tipo=Tipo.ADEMPIMENTI)
    return scheda


def frasi(scheda: SchedaBudget) -> list[str]:
    return [una.testo for una in manca(scheda)]


# Sums and checks ---------------------------------------------------------------------------------


def test_i_pesi_in_comune_si_contano_una_volta(scheda: SchedaBudget) -> None:
    letto = contenuto(completa(scheda))
    assert [(g.peso, g.somma, len(g.aree)) for g in letto.gruppi] == [
        (D(30), D(100), 1),
        (D(70), D(100), 3),
    ]
    assert (letto.somma_aree, letto.pesi_giusti) == (D(100), True)
    assert manca(scheda) == []


def test_un_area_che_non_pesa_spezza_il_peso_in_comune(scheda: SchedaBudget) -> None:
    riga(area(scheda, "Prima", peso=D(100)), "100")
    area(scheda, "Adempimenti", tipo=Tipo.ADEMPIMENTI)
    orfana = area(scheda, "Dopo", con_la_precedente=True)
    riga(orfana, "100")
    (mancanza,) = manca(scheda)
    assert mancanza.testo == (
        "L'area «Dopo» ha il peso in comune con quella che precede, ma prima non c'è un'area che "
        "pesa."
    )
    assert mancanza.rimedio == f"/schede/parti/area/{orfana.pk}/modifica/"
    assert not contenuto(scheda).pesi_giusti


def test_i_pesi_che_non_fanno_100_si_dicono_con_la_somma(scheda: SchedaBudget) -> None:
    riga(area(scheda, "A", peso=D(30)), "33.33")
    riga(area(scheda, "B", peso=D("60.5")), "100")
    assert frasi(scheda) == [
        "I pesi delle aree fanno 90,5 e non 100.",
        "«A»: i pesi degli obiettivi fanno 33,33 e non 100.",
    ]


def test_ogni_voce_che_manca_a_una_riga_ha_la_sua_frase(scheda: SchedaBudget) -> None:
    sua = area(scheda, "A", peso=D(100))
    indicatore = IndicatoreFactory(azienda=scheda.azienda, codice="I1", unita="")
    una = riga(sua, None, obiettivo="O1", indicatore=indicatore, atteso="", lettura=None)
    dubbio = lettura_di("circa 60")
    riga(sua, "100", obiettivo="O2", atteso="circa 60", lettura=dubbio)
    assert dubbio is not None
    assert dubbio["certezza"] != "alta"
    codice = RigaScheda.objects.get(obiettivo="O2").indicatore.codice
    assert frasi(scheda) == [
        "I1 «O1»: manca il peso.",
        "I1 «O1»: manca il valore atteso.",
        "I1 «O1»: l'indicatore non ha unità di misura.",
        "I1 «O1»: l'indicatore non dice la fonte dei dati.",
        f"{codice} «O2»: la lettura di «circa 60» è incerta e va confermata.",
    ]
    assert manca(scheda)[1].rimedio == f"/schede/parti/riga/{una.pk}/modifica/"


@pytest.mark.parametrize("vuota", ["nessuna area", "nessun obiettivo"])
def test_una_scheda_vuota_non_si_invia(scheda: SchedaBudget, vuota: str) -> None:
    if vuota == "nessun obiettivo":
        area(scheda, "A", peso=D(100))
        assert frasi(scheda) == ["«A»: nessun obiettivo."]
    else:
        assert frasi(scheda) == ["La scheda non ha nessuna area di performance."]


def test_firmata_la_scheda_non_ha_dove_rimediare(scheda: SchedaBudget) -> None:
    area(scheda, "A", peso=D(100))
    scheda.stato = SchedaBudget.Stato.SOTTOSCRITTA
    assert [una.rimedio for una in manca(scheda)] == [""]


@pytest.mark.parametrize("quante", [1, 3])
def test_leggere_una_scheda_o_tre_costa_uguale(
    azienda: Azienda, scheda: SchedaBudget, quante: int, django_assert_num_queries: Any
) -> None:
    schede = [scheda]
    for _n in range(quante - 1):
        schede.append(SchedaFactory(azienda=azienda, unita=None, nome=f"Modello {_n}"))
    for una in schede:
        completa(una)
    with django_assert_num_queries(2):
        assert all(letto.pesi_giusti for letto in contenuti(schede).values())


# The photograph ----------------------------------------------------------------------------------


def test_la_fotografia_cambia_con_cio_che_si_firma_e_non_con_il_consuntivo(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    completa(scheda)
    risorsa = RisorsaScheda(scheda=scheda, fattore="Farmaci", budget=D(1000))
    azioni.aggiungi_alla_scheda(risorsa, da=controllo)
    prima = impronta_di(fotografia_scheda(scheda))
    azioni.aggiorna_risorsa(risorsa, {"consuntivo": D(990)}, da=controllo)
    assert impronta_di(fotografia_scheda(scheda)) == prima
    sua = RigaScheda.objects.filter(area__scheda=scheda).first()
    azioni.modifica_nella_scheda(sua, {"atteso": "≥ 99%"}, da=controllo)
    dopo = fotografia_scheda(scheda)
    assert impronta_di(dopo) != prima
    assert len(impronta_di(dopo)) == 64
    assert dopo["aree"][0]["righe"][0]["atteso"] == "≥ 99%"
    assert dopo["aree"][1]["peso"] == "30.00"


# Writing -----------------------------------------------------------------------------------------


def test_una_riga_nuova_si_legge_e_si_registra(scheda: SchedaBudget, controllo: Utente) -> None:
    sua = area(scheda, "A", peso=D(100))
    indicatore = IndicatoreFactory(azienda=scheda.azienda)
    nuova = RigaScheda(
        area=sua, obiettivo="Ridurre le attese", indicatore=indicatore, peso=D(40), atteso="≥ 95%"
    )
    azioni.aggiungi_alla_scheda(nuova, da=controllo)
    nuova = RigaScheda.objects.get()
    assert nuova.letto is not None
    assert (nuova.letto.cifra, nuova.da_confermare) == (D(95), False)
    evento = Evento.objects.get()
    assert (evento.tipo, evento.dati["dopo"]["peso %"]) == ("riga_di_scheda.aggiunta", "40")
    for di in (nuova, sua, scheda, indicatore):
        assert evento in Evento.objects.che_riguardano(di)


def test_una_lettura_incerta_si_conferma_e_un_testo_nuovo_la_perde(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    sua = riga(area(scheda, "A"), "100", atteso="circa 60", lettura=None)
    azioni.modifica_nella_scheda(sua, {"atteso": "circa 60"}, da=controllo)
    sua = RigaScheda.objects.get()
    assert sua.da_confermare
    azioni.modifica_nella_scheda(sua, {"atteso": "circa 60"}, confermato=True, da=controllo)
    sua = RigaScheda.objects.get()
    assert not sua.da_confermare
    assert Evento.objects.latest("pk").tipo == "riga_di_scheda.confermata"
    azioni.modifica_nella_scheda(sua, {"atteso": "circa 60", "nota": "x"}, da=controllo)
    assert not RigaScheda.objects.get().da_confermare
    azioni.modifica_nella_scheda(sua, {"atteso": "circa 70"}, da=controllo)
    assert RigaScheda.objects.get().da_confermare


def test_un_salvataggio_sopra_uno_piu_nuovo_si_rifiuta_con_cio_che_dice_adesso(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    sua = riga(area(scheda, "A"), "10", nota="prima")
    visto = impronta(RigaScheda.objects.get())
    azioni.modifica_nella_scheda(sua, {"nota": "di un altro"}, visto=visto, da=controllo)
    with pytest.raises(Superata, match="nota «di un altro»") as errore:
        azioni.modifica_nella_scheda(sua, {"nota": "mia"}, visto=visto, da=controllo)
    assert RigaScheda.objects.get().nota == "di un altro"
    azioni.modifica_nella_scheda(sua, {"nota": "mia"}, visto=errore.value.visto, da=controllo)
    assert RigaScheda.objects.get().nota == "mia"


def test_la_voce_del_piano_e_dell_azienda_dell_anno_e_del_suo_indicatore(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    sua = riga(area(scheda, "A"), "10")
    piano = PianoFactory(azienda=scheda.azienda, anno_inizio=2022, anno_fine=2024)
    vecchio = PianoFactory(azienda=scheda.azienda, anno_inizio=2016, anno_fine=2018)
    giusta = MisuraFactory(obiettivo=ObiettivoFactory(area__piano=piano), indicatore=sua.indicatore)
    for misura, frase in (
        (MisuraFactory(indicatore=sua.indicatore), "Non è di un piano dell'azienda"),
        (MisuraFactory(obiettivo=ObiettivoFactory(area__piano=vecchio)), "comprende il 2022"),
        (MisuraFactory(obiettivo=ObiettivoFactory(area__piano=piano)), "ha un altro indicatore"),
    ):
        with pytest.raises(ValidationError, match=frase):
            azioni.modifica_nella_scheda(sua, {"misura": misura}, da=controllo)
        assert RigaScheda.objects.get().misura is None
    assert azioni.modifica_nella_scheda(sua, {"misura": giusta}, da=controllo)
    with pytest.raises(ValidationError, match="di un'altra azienda"):
        azioni.modifica_nella_scheda(sua, {"indicatore": IndicatoreFactory()}, da=controllo)


def test_le_parti_si_spostano_e_si_tolgono(scheda: SchedaBudget, controllo: Utente) -> None:
    prima, dopo = area(scheda, "A"), area(scheda, "B")
    riga(dopo, "10")
    assert azioni.sposta_nella_scheda(dopo, verso=-1, da=controllo)
    assert [una.area.nome for una in contenuto(scheda).aree] == ["B", "A"]
    assert not azioni.sposta_nella_scheda(dopo, verso=-1, da=controllo)
    azioni.togli_dalla_scheda(dopo, da=controllo)
    assert list(scheda.aree.all()) == [prima]
    assert not RigaScheda.objects.exists()
    assert Evento.objects.latest("pk").dati["prima"]["area"] == "B"
    with pytest.raises(ValidationError, match="è stata tolta"):
        azioni.modifica_nella_scheda(dopo, {"nome": "C"}, da=controllo)


def test_solo_le_aree_di_performance_pesano(scheda: SchedaBudget, controllo: Utente) -> None:
    with pytest.raises(ValidationError, match="Pesano solo le aree di performance"):
        azioni.aggiungi_alla_scheda(
            AreaScheda(scheda=scheda, tipo=Tipo.ADEMPIMENTI, nome="A", peso=D(10)), da=controllo
        )
    assert not scheda.aree.exists()


CHIUSE = [s for s in SchedaBudget.Stato if s not in ("proposta", "in_negoziazione")]


@pytest.mark.parametrize("stato", CHIUSE)
def test_firmata_la_scheda_non_si_scrive(
    scheda: SchedaBudget, controllo: Utente, stato: str
) -> None:
    sua = riga(area(scheda, "A"), "10")
    SchedaBudget.objects.update(stato=stato)
    sua = RigaScheda.objects.get()
    for scrive in (
        lambda: azioni.aggiungi_alla_scheda(AreaScheda(scheda=scheda, nome="B"), da=controllo),
        lambda: azioni.modifica_nella_scheda(sua, {"nota": "x"}, da=controllo),
        lambda: azioni.togli_dalla_scheda(sua, da=controllo),
        lambda: azioni.sposta_nella_scheda(sua, verso=1, da=controllo),
        lambda: azioni.elimina_scheda(scheda, da=controllo),
    ):
        with pytest.raises(ValidationError, match="non si modifica"):
            scrive()
    assert (RigaScheda.objects.get().nota, AreaScheda.objects.count()) == ("", 1)


@pytest.mark.parametrize(
    "ruolo", [r for r in Ruolo if r != Ruolo.CONTROLLO_GESTIONE], ids=lambda r: r.value
)
def test_solo_il_controllo_di_gestione_scrive(
    scheda: SchedaBudget, incaricato: Callable[..., Utente], ruolo: Ruolo
) -> None:
    sua = riga(area(scheda, "A"), "10")
    chi = incaricato(ruolo)
    for scrive in (
        lambda: azioni.aggiungi_alla_scheda(AreaScheda(scheda=scheda, nome="B"), da=chi),
        lambda: azioni.modifica_nella_scheda(sua, {"nota": "x"}, da=chi),
        lambda: azioni.togli_dalla_scheda(sua, da=chi),
        lambda: azioni.elimina_scheda(scheda, da=chi),
        lambda: azioni.pesa_schede(scheda.azienda, 2022, {f"riga-{sua.pk}": D(1)}, da=chi),
        lambda: azioni.proponi(
            scheda.azienda, 2023, [scheda.unita], origine=azioni.AnnoPrima(), da=chi
        ),
        lambda: azioni.crea_modello(scheda.azienda, anno=2022, nome="M", origine=scheda, da=chi),
    ):
        with pytest.raises(PermissionDenied):
            scrive()
    assert (RigaScheda.objects.get().nota, SchedaBudget.objects.count()) == ("", 1)
    assert not Evento.objects.exists()


# Resources ---------------------------------------------------------------------------------------


def test_gli_scarti_delle_risorse() -> None:
    letta = RisorsaLetta(RisorsaScheda(budget=D(1200), previsione=D(1300), consuntivo=D("1150.50")))
    assert (letta.scarto_previsione, letta.scarto_consuntivo) == (D(100), D("-49.50"))
    assert letta.usato_mostrato == "95,9%"
    senza = RisorsaLetta(RisorsaScheda(budget=D(0), consuntivo=D(10)))
    assert (senza.scarto_previsione, senza.scarto_consuntivo, senza.usato) == (None, D(10), None)


def test_firmata_la_scheda_si_aggiornano_previsione_e_consuntivo_ma_non_il_budget(
    scheda: SchedaBudget, controllo: Utente
) -> None:
    risorsa = RisorsaScheda(scheda=scheda, fattore="Farmaci", budget=D(1000))
    azioni.aggiungi_alla_scheda(risorsa, da=controllo)
    SchedaBudget.objects.update(stato=SchedaBudget.Stato.IN_MONITORAGGIO)
    assert azioni.aggiorna_risorsa(
        risorsa, {"consuntivo": D(900), "commento": "Gara"}, da=controllo
    )
    with pytest.raises(ValidationError, match="si decide con la scheda"):
        azioni.aggiorna_risorsa(risorsa, {"budget": D(1)}, da=controllo)
    SchedaBudget.objects.update(stato=SchedaBudget.Stato.CHIUSA)
    with pytest.raises(ValidationError, match="La scheda è chiusa"):
        azioni.aggiorna_risorsa(risorsa, {"consuntivo": D(1)}, da=controllo)
    risorsa.refresh_from_db()
    assert (risorsa.budget, risorsa.consuntivo, risorsa.commento) == (D(1000), D(900), "Gara")


def test_il_piano_della_scheda_e_quello_adottato_dell_anno(azienda: Azienda) -> None:
    PianoFactory(azienda=azienda, anno_inizio=2023, anno_fine=2025, stato=Piano.Stato.BOZZA)
    adottato = PianoFactory(azienda=azienda, anno_inizio=2022, anno_fine=2024)
    PianoFactory(azienda=azienda, stato=Piano.Stato.SUPERATO)
    PianoFactory()
    assert piano_dell_anno(azienda, 2023) == adottato
    assert piano_dell_anno(azienda, 2030) is None
