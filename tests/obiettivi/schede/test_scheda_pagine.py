# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the schede: list, content, outline, parts, proposals, templates."""

import re
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from obiettivi import azioni
from obiettivi.models import AreaScheda, RigaScheda, RisorsaScheda, SchedaBudget
from obiettivi.schede.pannello_contenuto import pannello
from obiettivi.schede.schemi import schemi_del
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import (
    AreaSchedaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RigaSchedaFactory,
    SchedaFactory,
    TargetFactory,
    UnitaFactory,
)
from tests.pagina import leggi, modulo

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
D = Decimal


@pytest.fixture
def client(entra: Callable[[Utente], Client], controllo: Utente) -> Client:
    return entra(controllo)


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    return fai_schede(azienda, 1)[0]


def fai_schede(azienda: Azienda, quante: int) -> list[SchedaBudget]:
    """Schede of CdR of a dipartimento, as the scheme has them, with a row each."""
    organigramma = OrganigrammaFactory(azienda=azienda)
    sopra = UnitaFactory(organigramma=organigramma, tipo="dipartimento", nome="Area medica")
    fatte = []
    for posto in range(quante):
        unita = UnitaFactory(
            organigramma=organigramma, cdr=True, parent=sopra, nome=f"Reparto {posto}"
        )
        scheda = SchedaFactory(azienda=azienda, unita=unita)
        prima = AreaSchedaFactory(scheda=scheda, nome="P. Economica", peso=D(30))
        RigaSchedaFactory(
            area=prima, obiettivo=f"Spesa del reparto {posto}", peso=D(100),
            storico_anno=2019, storico="12", dato_anno=2020, dato="10",
        )  # fmt: skip
        esito = AreaSchedaFactory(scheda=scheda, nome="Esito", peso=D(70))
        altra = AreaSchedaFactory(scheda=scheda, nome="Sviluppo", con_la_precedente=True)
        RigaSchedaFactory(area=esito, peso=D(60))
        RigaSchedaFactory(area=altra, peso=D(40))
        fatte.append(scheda)
    return fatte


# List --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filtro", "attesi"),
    [
        ({}, ["Reparto 0", "Reparto 1"]),
        ({"ordina": "-cdr"}, ["Reparto 1", "Reparto 0"]),
        ({"q": "reparto 1"}, ["Reparto 1"]),
        ({"q": "spesa del reparto 0"}, ["Reparto 0"]),
        ({"anno": "2021"}, []),
        ({"anno": "duemila", "stato": "boh"}, ["Reparto 0", "Reparto 1"]),
        ({"stato": "sottoscritta"}, ["Reparto 1"]),
    ],
)
def test_l_elenco_si_filtra_e_si_ordina(
    azienda: Azienda, client: Client, filtro: dict[str, str], attesi: list[str]
) -> None:
    schede = fai_schede(azienda, 2)
    SchedaBudget.objects.filter(pk=schede[1].pk).update(stato="sottoscritta")
    html = leggi(client.get(reverse("schede"), filtro))
    assert [cella.testo for cella in html.tutti("tbody th")] == attesi


def test_l_elenco_di_un_dipartimento(
    azienda: Azienda, client: Client, scheda: SchedaBudget
) -> None:
    altro = UnitaFactory(organigramma=scheda.unita.organigramma, tipo="dipartimento")
    for dipartimento, quante in ((scheda.unita.parent, 1), (altro, 0)):
        html = leggi(client.get(reverse("schede"), {"dipartimento": dipartimento.pk}))
        assert len(html.tutti("tbody tr")) == quante


def test_l_elenco_segna_i_pesi_che_non_fanno_100(
    azienda: Azienda, client: Client, scheda: SchedaBudget
) -> None:
    celle = leggi(client.get(reverse("schede"))).tutti('td[data-nome="Pesi"]')
    assert [cella.testo for cella in celle] == ["fanno 100"]
    RigaScheda.objects.filter(area__nome="Esito").update(peso=D(50))
    celle = leggi(client.get(reverse("schede"))).tutti('td[data-nome="Pesi"]')
    assert [cella.testo for cella in celle] == ["non fanno 100"]


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_costa_uguale_per_una_o_tre_schede(
    azienda: Azienda, client: Client, quante: int, django_assert_num_queries: Any
) -> None:
    fai_schede(azienda, quante)
    client.get(reverse("schede"))
    with django_assert_num_queries(ELENCO):
        client.get(reverse("schede"))


# Content -----------------------------------------------------------------------------------------


def test_la_scheda_si_stampa_come_nello_schema_del_piano(
    client: Client, scheda: SchedaBudget
) -> None:
    tabella = leggi(client.get(scheda.get_absolute_url())).uno("table.schema-scheda")
    assert [th.testo for th in tabella.tutti("thead th")] == [
        "Area performance", "Peso area", "Obiettivo", "Indicatore", "Peso obiettivo",
        "Storico 2019", "Dato 2020", "Valore atteso",
    ]  # fmt: skip
    pesi = [(td.testo, td["rowspan"]) for td in tabella.tutti(".schema-peso")]
    assert pesi == [("30%", "1"), ("70%", "2")]


@pytest.mark.parametrize("quante", [1, 3])
def test_il_contenuto_costa_uguale_con_una_o_tre_righe(
    controllo: Utente, scheda: SchedaBudget, quante: int, django_assert_num_queries: Any
) -> None:
    area = scheda.aree.get(nome="P. Economica")
    for _n in range(quante):
        RigaSchedaFactory(area=area)
    letta = SchedaBudget.objects.per_elenco().get()
    with django_assert_num_queries(CONTENUTO):
        mostrato = pannello(letta, controllo)
        render_to_string(mostrato.template, {"p": mostrato.contesto})
    assert len(mostrato.contesto["letto"].righe) == 3 + quante


def test_il_menu_della_pagina_porta_alle_sue_parti(client: Client, scheda: SchedaBudget) -> None:
    testo = client.get(scheda.get_absolute_url()).content.decode()
    ids = re.findall(r' id="([^"]+)"', testo)
    assert [uno for uno, quanti in Counter(ids).items() if quanti > 1] == []
    assert set(re.findall(r'<li><a href="#([a-z]+)">', testo)) <= set(ids)


def test_chi_guida_il_cdr_legge_e_non_vede_i_comandi(client: Client, scheda: SchedaBudget) -> None:
    capo = IncaricoFactory(
        azienda=scheda.azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=scheda.unita
    ).utente
    client.force_login(capo)
    html = client.get(scheda.get_absolute_url()).content.decode()
    assert "Spesa del reparto 0" in html
    assert "Scrivi la scheda" not in html
    assert "Prima di inviarla al CdR" not in html
    assert client.get(reverse("scheda_modifica", args=[scheda.pk])).status_code == 403


def test_le_risorse_mostrano_gli_scarti(client: Client, scheda: SchedaBudget) -> None:
    risorsa = RisorsaScheda.objects.create(
        scheda=scheda, ordine=1, fattore="Farmaci", budget=D(1200), consuntivo=D("1150.5")
    )
    html = leggi(client.get(scheda.get_absolute_url()))
    scarto = html.uno('td[data-nome="Scarto del consuntivo"]')
    assert scarto.testo == "-49,5 (95,9% del budget)"
    SchedaBudget.objects.update(stato="in_monitoraggio")
    indirizzo = reverse("scheda_parte_modifica", args=["risorsa", risorsa.pk])
    campi = modulo(leggi(client.get(indirizzo)))
    assert campi["consuntivo"] == "1.150,50"
    assert set(campi) == {"visto", "previsione", "consuntivo", "commento"}
    client.post(indirizzo, campi | {"consuntivo": "1.300,00", "budget": "1"})
    risorsa.refresh_from_db()
    assert (risorsa.consuntivo, risorsa.budget) == (D(1300), D(1200))


# Outline and parts -------------------------------------------------------------------------------


def test_la_bozza_ha_i_comandi_di_ogni_parte_e_dice_che_cosa_manca(
    client: Client, scheda: SchedaBudget
) -> None:
    html = leggi(client.get(reverse("scheda_modifica", args=[scheda.pk])))
    assert len(html.tutti(".comandi")) == 6
    assert "non dice la fonte dei dati" in html.testo
    SchedaBudget.objects.update(stato="sottoscritta")
    risposta = client.get(reverse("scheda_modifica", args=[scheda.pk]), follow=True)
    assert "serve una revisione" in risposta.content.decode()
    assert risposta.redirect_chain[0][0] == scheda.get_absolute_url()


def test_un_area_nuova_si_aggiunge_in_fondo(client: Client, scheda: SchedaBudget) -> None:
    indirizzo = reverse("scheda_area_nuova", args=[scheda.pk])
    dati = {"tipo": "area", "nome": "Nuova", "peso": "12,5", "con_la_precedente": ""}
    risposta = client.post(indirizzo, dati)
    nuova = AreaScheda.objects.get(nome="Nuova")
    assert risposta.url.endswith(f"/modifica/#area-{nuova.pk}")
    assert nuova.peso == D("12.5")
    doppio = client.post(indirizzo, dati | {"con_la_precedente": "on"})
    assert "quelle in comune pesano una volta" in doppio.content.decode()


def test_una_riga_si_aggiunge_con_il_codice_dell_indicatore(
    client: Client, scheda: SchedaBudget
) -> None:
    area = scheda.aree.get(nome="Esito")
    IndicatoreFactory(azienda=scheda.azienda, codice="ATTESE")
    indirizzo = reverse("scheda_riga_nuova", args=[area.pk])
    html = leggi(client.get(indirizzo))
    assert 'datalist option[value="ATTESE"]' in html
    dati = modulo(html) | {"obiettivo": "Attese", "indicatore": "ATTESE", "atteso": "circa 60"}
    incerta = client.post(indirizzo, dati | {"indicatore": "NIENTE"})
    assert "scegline uno dall" in incerta.content.decode()
    assert "conferma-atteso" in incerta.content.decode()
    client.post(indirizzo, dati | {"conferma-atteso": "circa 60"})
    nuova = RigaScheda.objects.get(obiettivo="Attese")
    assert (nuova.area, nuova.indicatore.codice) == (area, "ATTESE")
    assert not nuova.da_confermare
    pagina = client.get(reverse("scheda_parte_modifica", args=["riga", nuova.pk]))
    assert "Confermata" in pagina.content.decode()


def test_dal_piano_la_riga_prende_obiettivo_indicatore_base_e_target(
    client: Client, scheda: SchedaBudget
) -> None:
    piano = PianoFactory(azienda=scheda.azienda)
    misura = MisuraFactory(
        obiettivo=ObiettivoFactory(area__piano=piano, titolo="Del piano"),
        base_stampata="88%", base_anno=2021,
    )  # fmt: skip
    TargetFactory(misura=misura, anno=2022, stampato="≥ 91%")
    TargetFactory(misura=misura, anno=2023, stampato="≥ 92%")
    area = scheda.aree.get(nome="Esito")
    indirizzo = reverse("scheda_riga_nuova", args=[area.pk])
    dati = modulo(leggi(client.get(indirizzo))) | {"misura": str(misura.pk), "peso": "15"}
    riempita = leggi(client.post(indirizzo, dati | {"riempi": "1"}))
    assert not RigaScheda.objects.filter(misura=misura).exists()
    pronta = modulo(riempita)
    assert (pronta["obiettivo"], pronta["indicatore"]) == ("Del piano", misura.indicatore.codice)
    assert (pronta["atteso"], pronta["dato"], pronta["peso"]) == ("≥ 91%", "88%", "15")
    pronta.pop("riempi", None)
    client.post(indirizzo, pronta)
    riga = RigaScheda.objects.get(misura=misura)
    assert (riga.obiettivo, riga.dato_anno, riga.peso) == ("Del piano", 2021, D(15))


def test_un_salvataggio_sopra_uno_piu_nuovo_si_ferma_nella_pagina(
    client: Client, scheda: SchedaBudget
) -> None:
    riga = RigaScheda.objects.get(area__nome="Esito")
    indirizzo = reverse("scheda_parte_modifica", args=["riga", riga.pk])
    dati = modulo(leggi(client.get(indirizzo))) | {"nota": "mia"}
    azioni.modifica_nella_scheda(riga, {"nota": "di un altro"}, da=None)
    risposta = client.post(indirizzo, dati)
    html = leggi(risposta)
    assert "nota «di un altro»" in html.testo
    assert modulo(html)["nota"] == "mia"
    client.post(indirizzo, modulo(html))
    riga.refresh_from_db()
    assert riga.nota == "mia"


def test_si_sposta_e_si_toglie_dalla_bozza(client: Client, scheda: SchedaBudget) -> None:
    area = scheda.aree.get(nome="Esito")
    client.post(reverse("scheda_parte_sposta", args=["area", area.pk]), {"verso": "su"})
    assert scheda.aree.order_by("ordine").first() == area
    indirizzo = reverse("scheda_parte_togli", args=["area", area.pk])
    assert "1 obiettivo" in client.get(indirizzo).content.decode()
    client.post(indirizzo)
    assert not scheda.aree.filter(nome="Esito").exists()
    assert client.get(indirizzo).status_code == 404
    assert client.get(reverse("scheda_parte_togli", args=["boh", 1])).status_code == 404


def test_l_anteprima_della_lettura_vale_anche_per_le_schede(client: Client) -> None:
    risposta = client.get(reverse("lettura"), {"campo": "atteso", "atteso": "≥ 95%"})
    assert "certezza alta" in risposta.content.decode()


# Proposals and templates -------------------------------------------------------------------------


def test_le_schede_si_propongono_tutte_insieme(
    azienda: Azienda, client: Client, scheda: SchedaBudget
) -> None:
    UnitaFactory(organigramma=scheda.unita.organigramma, cdr=True, nome="Senza scheda")
    indirizzo = f"{reverse('schede_proponi')}?azienda={azienda.codice}&anno=2022"
    html = leggi(client.get(indirizzo))
    assert "ha già la scheda" in html.testo
    spuntate = [str(uno["value"]) for uno in html.tutti("input[name=unita]")]
    assert len(spuntate) == 1
    dati = {"unita": spuntate, "origine": "schema:asst-cremona-2022"}
    fallita = client.post(indirizzo, dati | {"origine": "anno_prima"})
    assert "Senza scheda non ha una scheda del 2021" in fallita.content.decode()
    assert SchedaBudget.objects.count() == 1
    riuscita = client.post(indirizzo, dati, follow=True)
    assert "Proposta 1 scheda." in riuscita.content.decode()
    assert SchedaBudget.objects.get(unita__nome="Senza scheda").aree.count() == 6


def test_chi_ha_la_scheda_dell_anno_prima_e_gia_spuntato(
    azienda: Azienda, client: Client, scheda: SchedaBudget
) -> None:
    nuova = UnitaFactory(organigramma=scheda.unita.organigramma, cdr=True)
    indirizzo = f"{reverse('schede_proponi')}?azienda={azienda.codice}&anno="
    continua = leggi(client.get(f"{indirizzo}2023"))
    spuntate = [uno.valore() for uno in continua.tutti("input[name=unita][checked]")]
    assert spuntate == [str(scheda.unita_id)]
    assert modulo(continua)["origine"] in ("", "anno_prima")
    da_capo = leggi(client.get(f"{indirizzo}2024"))
    assert len(da_capo.tutti("input[name=unita][checked]")) == 2
    assert modulo(da_capo)["origine"] == "schema:asst-cremona-2022"
    assert nuova.cdr


def test_proporre_e_del_controllo_di_gestione(
    client: Client, incaricato: Callable[..., Utente], azienda: Azienda
) -> None:
    client.force_login(incaricato(Ruolo.DIREZIONE))
    for nome in ("schede_proponi", "modello_nuovo"):
        assert client.get(reverse(nome)).status_code == 403
        assert client.post(reverse(nome)).status_code == 403
    assert client.get(reverse("schede_modelli")).status_code == 200


def test_un_modello_si_crea_si_scrive_e_si_toglie(
    client: Client, scheda: SchedaBudget, azienda: Azienda
) -> None:
    indirizzo = f"{reverse('modello_nuovo')}?azienda={azienda.codice}&anno=2022"
    dati = {"nome": "Reparti", "origine": f"scheda:{scheda.pk}"}
    risposta = client.post(indirizzo, dati, follow=True)
    modello = SchedaBudget.objects.modelli().get()
    assert risposta.redirect_chain[0][0] == reverse("scheda_modifica", args=[modello.pk])
    assert modello.aree.count() == 3
    assert "già un modello con quel nome" in client.post(indirizzo, dati).content.decode()
    assert "Reparti" in client.get(reverse("schede_modelli")).content.decode()
    assert "Modello di scheda budget" in client.get(modello.get_absolute_url()).content.decode()
    client.post(reverse("scheda_togli", args=[modello.pk]))
    assert not SchedaBudget.objects.modelli().exists()


def test_senza_cdr_lo_dice_e_porta_all_organigramma(azienda: Azienda, client: Client) -> None:
    assert schemi_del(2022)
    html = leggi(client.get(f"{reverse('schede_proponi')}?azienda={azienda.codice}&anno=2022"))
    assert "nessuna unità è segnata come CdR" in html.testo
    sbagliato = client.get(f"{reverse('schede_proponi')}?azienda=altra&anno=boh")
    assert sbagliato.status_code == 200


ELENCO, CONTENUTO = 11, 4


# Name and note -----------------------------------------------------------------------------------


def test_un_modello_cambia_nome_e_nota_e_il_registro_dice_come_si_chiamava(
    client: Client, azienda: Azienda
) -> None:
    modello = SchedaFactory(azienda=azienda, unita=None, nome="Reparti")
    indirizzo = reverse("scheda_intestazione", args=[modello.pk])
    assert (
        f'href="{indirizzo}"'
        in client.get(reverse("scheda_modifica", args=[modello.pk])).content.decode()
    )
    dati = modulo(leggi(client.get(indirizzo))) | {"nome": "Reparti medici", "nota": "Di prova"}
    risposta = client.post(indirizzo, dati)
    assert risposta.url == reverse("scheda_modifica", args=[modello.pk])
    modello.refresh_from_db()
    assert (modello.nome, modello.nota) == ("Reparti medici", "Di prova")
    evento = Evento.objects.get(tipo="scheda.modificata")
    assert evento.dati["prima"] == {"nome del modello": "Reparti", "nota": ""}


def test_un_modello_ha_un_nome_solo_suo(client: Client, azienda: Azienda) -> None:
    SchedaFactory(azienda=azienda, unita=None, nome="Servizi")
    modello = SchedaFactory(azienda=azienda, unita=None, nome="Reparti")
    indirizzo = reverse("scheda_intestazione", args=[modello.pk])
    dati = modulo(leggi(client.get(indirizzo)))
    for nome, frase in ((" ", "obbligatorio"), ("Servizi", "C'è già un modello con quel nome.")):
        pagina = leggi(client.post(indirizzo, dati | {"nome": nome, "nota": "Resta qui"}))
        assert frase in pagina.uno("form.modulo .errore, form.modulo .alert-danger").testo
        assert pagina.uno("textarea").testo == "Resta qui"
    modello.refresh_from_db()
    assert modello.nome == "Reparti"


def test_di_una_scheda_si_scrive_la_nota_e_chi_salva_sopra_lo_sa(
    client: Client, scheda: SchedaBudget, controllo: Utente
) -> None:
    indirizzo = reverse("scheda_intestazione", args=[scheda.pk])
    dati = modulo(leggi(client.get(indirizzo)))
    assert set(dati) == {"nota", "visto"}
    azioni.intesta_scheda(scheda, nota="Di un altro", da=controllo)
    pagina = leggi(client.post(indirizzo, dati | {"nota": "La mia"}))
    assert "ha salvato questa stessa riga" in pagina.uno(".alert-danger").testo
    client.post(indirizzo, modulo(pagina) | {"nota": "La mia"})
    scheda.refresh_from_db()
    assert scheda.nota == "La mia"
    with pytest.raises(ValidationError, match="porta il nome del CdR"):
        azioni.intesta_scheda(scheda, nota="", nome="Altro", da=controllo)


def test_la_nota_di_una_scheda_firmata_non_si_tocca(client: Client, scheda: SchedaBudget) -> None:
    SchedaBudget.objects.filter(pk=scheda.pk).update(stato="in_monitoraggio")
    indirizzo = reverse("scheda_intestazione", args=[scheda.pk])
    risposta = client.post(indirizzo, {"nota": "Tardi"}, follow=True)
    assert "serve una revisione" in risposta.content.decode()
    scheda.refresh_from_db()
    assert scheda.nota == ""
