# SPDX-License-Identifier: AGPL-3.0-or-later
"""New schede: from a scheme, a template, or the one of the year before."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.models import AreaScheda, RigaScheda, RisorsaScheda, SchedaBudget
from obiettivi.schede.proposte import cdr_di
from obiettivi.schede.schemi import Schema, schemi_del
from piani.models import Azienda, Evento, Organigramma, UnitaOrganizzativa, Utente
from tests.factories import (
    AreaSchedaFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    RilevazioneFactory,
    SchedaFactory,
    UnitaFactory,
)
from tests.pagina import leggi

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal
PRIMA = azioni.AnnoPrima()


@pytest.fixture
def organigramma(azienda: Azienda) -> Organigramma:
    return OrganigrammaFactory(azienda=azienda)


@pytest.fixture
def schema() -> Schema:
    return schemi_del(2023)[0]


def cdr(organigramma: Organigramma, **campi: Any) -> UnitaOrganizzativa:
    return UnitaFactory(organigramma=organigramma, cdr=True, **campi)


def scheda_del_2022(unita: UnitaOrganizzativa) -> RigaScheda:
    """With one row: dato 80% of 2021, weight 60, a resource with its actual figure."""
    azienda = unita.organigramma.azienda
    scheda = SchedaFactory(azienda=azienda, unita=unita, anno=2022, stato="chiusa")
    RisorsaScheda.objects.create(
        scheda=scheda, ordine=1, fattore="Farmaci", budget=D(100), consuntivo=D(90)
    )
    return RigaSchedaFactory(
        area=AreaSchedaFactory(scheda=scheda, nome="Esito", peso=D(70)),
        indicatore=IndicatoreFactory(azienda=azienda),
        peso=D(60), storico_anno=2020, storico="75%", dato_anno=2021, dato="80%",
    )  # fmt: skip


def proponi(azienda: Azienda, *unita: UnitaOrganizzativa, da: Any, origine: Any) -> Any:
    return azioni.proponi(azienda, 2023, unita, origine=origine, da=da)


def test_lo_schema_di_cremona_e_un_file_con_la_sua_data(schema: Schema) -> None:
    assert (schema.codice, schema.dal, schema.al) == ("asst-cremona-2022", 2022, None)
    assert schemi_del(2021) == []
    assert [(a.nome, a.tipo, a.peso, a.con_la_precedente) for a in schema.aree] == [
        ("Obiettivi istituzionali", "istituzionale", None, False),
        ("P. Economica", "area", D(30), False),
        ("Esito e appropriatezza", "area", D(70), False),
        ("Processi ed efficienza", "area", None, True),
        ("Sviluppo all'organizzazione", "area", None, True),
        ("Adempimenti istituzionali", "adempimenti", None, False),
    ]


def test_le_schede_vuote_hanno_le_aree_dello_schema_e_il_piano_dell_anno(
    azienda: Azienda, organigramma: Organigramma, schema: Schema, controllo: Utente
) -> None:
    piano = PianoFactory(azienda=azienda)
    uno, due = cdr(organigramma), cdr(organigramma)
    schede = proponi(azienda, uno, due, origine=schema, da=controllo)
    assert [(s.unita, s.anno, s.stato, s.piano) for s in schede] == [
        (uno, 2023, "proposta", piano),
        (due, 2023, "proposta", piano),
    ]
    for scheda in schede:
        aree = scheda.aree.order_by("ordine")
        assert [(a.nome, a.peso) for a in aree] == [(a.nome, a.peso) for a in schema.aree]
    assert Evento.objects.filter(tipo="scheda.proposta").count() == 2


def test_da_quella_dell_anno_prima_il_dato_diventa_storico(
    azienda: Azienda, organigramma: Organigramma, controllo: Utente
) -> None:
    unita = cdr(organigramma)
    vecchia = scheda_del_2022(unita)
    RilevazioneFactory(indicatore=vecchia.indicatore, anno=2022, valore=D(99))
    RilevazioneFactory(indicatore=vecchia.indicatore, anno=2022, valore=D("87.5"), unita=unita)
    RilevazioneFactory(
        indicatore=vecchia.indicatore, anno=2022, frazione="T4", valore=D(1), unita=unita
    )
    (scheda,) = proponi(azienda, unita, origine=PRIMA, da=controllo)
    nuova = RigaScheda.objects.get(area__scheda=scheda)
    assert scheda.nata_da == vecchia.area.scheda
    assert (nuova.storico_anno, nuova.storico) == (2021, "80%")
    assert (nuova.dato_anno, nuova.dato) == (2022, "87,5 %")
    vecchia.refresh_from_db()
    assert (nuova.peso, nuova.atteso, nuova.lettura) == (D(60), vecchia.atteso, vecchia.lettura)
    assert (nuova.area.nome, nuova.area.peso) == ("Esito", D(70))
    risorsa = scheda.risorse.get()
    assert (risorsa.budget, risorsa.consuntivo) == (D(100), None)


@pytest.mark.parametrize(
    ("aziendale", "frazione", "atteso"),
    [
        (True, "", (2022, "90 %")),
        (True, "T3", (2022, "90 % (3° trimestre)")),
        (False, "", (None, "")),
    ],
)
def test_il_dato_e_l_ultimo_risultato_conosciuto(
    azienda: Azienda,
    organigramma: Organigramma,
    controllo: Utente,
    *,
    aziendale: bool,
    frazione: str,
    atteso: Any,
) -> None:
    """Of the whole azienda only for a row that is judged on it; with its period, if partial."""
    unita = cdr(organigramma)
    vecchia = scheda_del_2022(unita)
    RigaScheda.objects.update(aziendale=aziendale)
    RilevazioneFactory(indicatore=vecchia.indicatore, anno=2022, frazione=frazione, valore=D(90))
    (scheda,) = proponi(azienda, unita, origine=PRIMA, da=controllo)
    nuova = RigaScheda.objects.get(area__scheda=scheda)
    assert (nuova.dato_anno, nuova.dato) == atteso


def test_un_dato_dimostrativo_lo_resta_anche_nella_scheda(
    azienda: Azienda, organigramma: Organigramma, controllo: Utente
) -> None:
    unita = cdr(organigramma)
    RilevazioneFactory(
        indicatore=scheda_del_2022(unita).indicatore, anno=2022, unita=unita, dimostrativa=True
    )
    (scheda,) = proponi(azienda, unita, origine=PRIMA, da=controllo)
    assert RigaScheda.objects.get(area__scheda=scheda).dato == "90 % (dato dimostrativo)"


def test_l_unita_rinominata_prende_la_scheda_di_quella_da_cui_viene(
    azienda: Azienda, controllo: Utente
) -> None:
    vecchio = OrganigrammaFactory(
        azienda=azienda, valido_dal=date(2018, 1, 1), valido_al=date(2022, 12, 31)
    )
    prima = cdr(vecchio)
    vecchia = scheda_del_2022(prima)
    dopo = cdr(OrganigrammaFactory(azienda=azienda, valido_dal=date(2023, 1, 1)))
    dopo.precedenti.add(prima)
    (scheda,) = proponi(azienda, dopo, origine=PRIMA, da=controllo)
    assert scheda.nata_da == vecchia.area.scheda
    with pytest.raises(ValidationError, match="non è un centro di responsabilità"):
        proponi(azienda, prima, origine=PRIMA, da=controllo)


def test_l_unita_nata_da_due_cdr_non_sceglie_da_sola(azienda: Azienda, controllo: Utente) -> None:
    vecchio = OrganigrammaFactory(
        azienda=azienda, valido_dal=date(2018, 1, 1), valido_al=date(2022, 12, 31)
    )
    due = [cdr(vecchio, nome="Cardiologia"), cdr(vecchio, nome="Emodinamica")]
    for una in due:
        scheda_del_2022(una)
    unita = cdr(OrganigrammaFactory(azienda=azienda, valido_dal=date(2023, 1, 1)))
    unita.precedenti.add(*due)
    with pytest.raises(ValidationError, match=r"viene da più CdR \(Cardiologia, Emodinamica\)"):
        proponi(azienda, unita, origine=PRIMA, da=controllo)


def test_tutte_o_nessuna_e_dice_chi_ce_l_ha_gia(
    azienda: Azienda, organigramma: Organigramma, schema: Schema, controllo: Utente
) -> None:
    con, senza = cdr(organigramma, nome="Con scheda"), cdr(organigramma, nome="Senza")
    SchedaFactory(azienda=azienda, unita=con, anno=2023)
    with pytest.raises(ValidationError) as errore:
        proponi(azienda, con, senza, origine=schema, da=controllo)
    assert errore.value.messages == ["Con scheda ha già la scheda del 2023."]
    with pytest.raises(ValidationError) as errore:
        proponi(azienda, senza, origine=PRIMA, da=controllo)
    assert errore.value.messages == ["Senza non ha una scheda del 2022 da cui partire."]
    assert SchedaBudget.objects.count() == 1
    assert not Evento.objects.exists()


def test_un_unita_che_non_e_cdr_o_di_un_altra_azienda_non_ha_scheda(
    azienda: Azienda, organigramma: Organigramma, schema: Schema, controllo: Utente
) -> None:
    altra = cdr(OrganigrammaFactory())
    for unita in (UnitaFactory(organigramma=organigramma, cdr=False), altra):
        with pytest.raises(ValidationError, match="non è un centro di responsabilità"):
            proponi(azienda, unita, origine=schema, da=controllo)
    with pytest.raises(ValidationError, match="Scegli almeno un centro"):
        proponi(azienda, origine=schema, da=controllo)


def test_un_modello_porta_le_sue_righe_a_molti_cdr(
    azienda: Azienda, organigramma: Organigramma, schema: Schema, controllo: Utente
) -> None:
    modello = azioni.crea_modello(
        azienda, anno=2023, nome=" Reparti ", origine=schema, da=controllo
    )
    area = modello.aree.get(nome="P. Economica")
    vecchia = MisuraFactory(obiettivo=ObiettivoFactory(area__piano__azienda=azienda))
    piano = vecchia.piano
    piano.anno_inizio, piano.anno_fine = 2016, 2018
    piano.save()
    RigaSchedaFactory(
        area=area, peso=D(100), obiettivo="Costi", dato="5", misura=vecchia,
        indicatore=vecchia.indicatore,
    )  # fmt: skip
    schede = proponi(azienda, cdr(organigramma), cdr(organigramma), origine=modello, da=controllo)
    assert (modello.nome, modello.modello) == ("Reparti", True)
    assert [s.nata_da for s in schede] == [modello, modello]
    righe = RigaScheda.objects.filter(area__scheda__in=schede)
    assert [(r.obiettivo, r.peso, r.dato, r.misura) for r in righe] == [
        ("Costi", D(100), "5", None),
        ("Costi", D(100), "5", None),
    ]


def test_un_modello_nasce_da_una_scheda_e_ha_un_nome_solo_suo(
    azienda: Azienda, organigramma: Organigramma, controllo: Utente
) -> None:
    vecchia = scheda_del_2022(cdr(organigramma))
    origine = vecchia.area.scheda
    modello = azioni.crea_modello(azienda, anno=2023, nome="Reparti", origine=origine, da=controllo)
    assert AreaScheda.objects.get(scheda=modello).righe.get().obiettivo == vecchia.obiettivo
    with pytest.raises(ValidationError, match="già un modello con quel nome"):
        azioni.crea_modello(azienda, anno=2023, nome="Reparti", origine=origine, da=controllo)
    with pytest.raises(ValidationError, match="di un'altra azienda"):
        proponi(azienda, cdr(organigramma), origine=SchedaFactory(), da=controllo)


def test_si_toglie_solo_cio_che_non_e_stato_inviato(
    azienda: Azienda, organigramma: Organigramma, schema: Schema, controllo: Utente
) -> None:
    uno, due = proponi(azienda, cdr(organigramma), cdr(organigramma), origine=schema, da=controllo)
    SchedaBudget.objects.filter(pk=due.pk).update(stato=SchedaBudget.Stato.IN_NEGOZIAZIONE)
    azioni.elimina_scheda(uno, da=controllo)
    with pytest.raises(ValidationError, match="già stata inviata"):
        azioni.elimina_scheda(due, da=controllo)
    assert list(SchedaBudget.objects.all()) == [due]
    assert Evento.objects.filter(tipo="scheda.tolta").count() == 1


@pytest.mark.parametrize("quanti", [1, 3])
def test_sapere_chi_ha_la_scheda_costa_uguale_per_uno_o_tre_cdr(
    azienda: Azienda, organigramma: Organigramma, quanti: int, django_assert_num_queries: Any
) -> None:
    dipartimento = UnitaFactory(organigramma=organigramma, tipo="dipartimento", nome="Medico")
    for _n in range(quanti):
        scheda_del_2022(cdr(organigramma, parent=dipartimento))
    with django_assert_num_queries(3):
        trovati = cdr_di(azienda, 2023)
    assert [(t.dipartimento, t.gia, len(t.dell_anno_prima)) for t in trovati] == [
        ("Medico", None, 1)
    ] * quanti


@pytest.mark.parametrize("pagina", ["schede_proponi", "modello_nuovo"])
def test_un_anno_che_non_e_un_anno_si_dice_accanto_al_campo(
    azienda: Azienda, controllo: Utente, client: Client, pagina: str
) -> None:
    client.force_login(controllo)
    risposta = client.post(reverse(pagina), {"azienda": azienda.codice, "anno": "x"})
    assert [uno.testo for uno in leggi(risposta).tutti(".errore")] == [
        "Inserisci un numero intero."
    ]
    risposta = client.post(reverse(pagina), {"anno": "2023"})
    assert leggi(risposta).uno(".errore").testo == "Campo obbligatorio."
    assert not SchedaBudget.objects.exists()
