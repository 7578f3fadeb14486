# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the financial plan and of the printed figures: who writes, what is refused."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from conciliazione.azioni import finanziario as azioni
from conciliazione.azioni.riscontro import prendi_atto
from conciliazione.finanziario.quadro import quadro_di
from conciliazione.models import EdizioneConciliazione, PianoFinanziario, Riscontro
from piani.models import Ruolo, Utente
from tests.conciliazione.progetti_fonte import edizione_2020
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import EnteFactory, ReferenteFactory

pytestmark = pytest.mark.django_db
CIFRE = (
    ("a", "Somma", "10", 10, 10),
    ("b", "Totale", "12", 12, 10),
    ("c", "Quota", "", None, 5),
    ("d", "Altro", "circa 7", 7, None),
)


@pytest.fixture
def del_2020() -> EdizioneConciliazione:
    return edizione_2020()


@pytest.fixture
def capofila(del_2020: EdizioneConciliazione) -> Utente:
    return IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=del_2020.azienda).utente


@pytest.fixture
def cifre(del_2020: EdizioneConciliazione) -> list[Riscontro]:
    return [
        Riscontro.objects.create(
            edizione=del_2020, ordine=n, chiave=chiave, dove=dove, stampato=stampato,
            valore_stampato=None if valore is None else Decimal(valore),
            calcolato=None if calcolato is None else Decimal(calcolato), unita="euro",
        )
        for n, (chiave, dove, stampato, valore, calcolato) in enumerate(CIFRE)
    ]  # fmt: skip


def test_la_bozza_parte_dalle_regole_dell_edizione(
    del_2020: EdizioneConciliazione, capofila: Utente
) -> None:
    piano = azioni.apri_piano_finanziario(del_2020, nome="Primo", da=capofila)
    quadro = quadro_di(piano)
    importi = {riga.voce.codice: riga.calcolato for riga in quadro.righe}
    assert importi["sistema"] == Decimal("242169.00")
    assert importi["alleanze"] == Decimal("726507.00")
    assert importi["alleanze-riserva1"] == Decimal("72650.70")
    assert quadro.quadra
    with pytest.raises(ValidationError, match="in bozza: si continua quello"):
        azioni.apri_piano_finanziario(del_2020, nome="Secondo", da=capofila)


def test_approvato_non_si_tocca_e_se_ne_apre_un_altro_uguale(
    del_2020: EdizioneConciliazione, capofila: Utente
) -> None:
    piano = azioni.apri_piano_finanziario(del_2020, nome="Primo", da=capofila)
    azioni.approva_piano_finanziario(piano, da=capofila)
    with pytest.raises(ValidationError, match="si può fare solo quando è «Bozza»"):
        azioni.scrivi_voce(piano, valori={"parte": "fonte"}, da=capofila)
    nuovo = azioni.apri_piano_finanziario(del_2020, nome="Secondo", da=capofila)
    assert nuovo.numero == 2
    assert [(v.codice, v.padre and v.padre.codice) for v in nuovo.voci.all()] == [
        (v.codice, v.padre and v.padre.codice) for v in piano.voci.all()
    ]


def test_se_le_fonti_non_bastano_non_si_approva(
    del_2020: EdizioneConciliazione, capofila: Utente
) -> None:
    piano = azioni.apri_piano_finanziario(del_2020, nome="Primo", da=capofila)
    valori: dict[str, Any] = {
        "parte": "impiego", "codice": "altro", "ordine": 90, "nome": "Altro",
        "importo": Decimal("10.00"),
    }  # fmt: skip
    voce = azioni.scrivi_voce(piano, valori=valori, da=capofila)
    with pytest.raises(ValidationError, match=r"la differenza è -10,00 €"):
        azioni.approva_piano_finanziario(piano, da=capofila)
    azioni.togli_voce(voce, da=capofila)
    totale = piano.voci.get(codice="costo-piano")
    azioni.scrivi_voce(
        piano, voce=totale, valori={"stampato": "1,00", "importo_stampato": Decimal(1)},
        da=capofila,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="Scrivi una nota"):
        azioni.approva_piano_finanziario(piano, da=capofila)
    azioni.scrivi_voce(piano, voce=totale, valori={"nota": "Errore di stampa"}, da=capofila)
    azioni.approva_piano_finanziario(piano, da=capofila)
    assert PianoFinanziario.objects.get().stato == "approvato"


@pytest.mark.parametrize(
    ("valori", "campo"),
    [
        ({"calcolo": "inventato"}, "calcolo"),
        ({"importo": Decimal(1), "calcolo": "dotazione"}, "__all__"),
        ({"codice": "residui"}, "__all__"),
        ({"nome": ""}, "nome"),
    ],
)
def test_una_voce_storta_dice_il_suo_campo(
    del_2020: EdizioneConciliazione, capofila: Utente, valori: dict[str, Any], campo: str
) -> None:
    piano = azioni.apri_piano_finanziario(del_2020, nome="Primo", da=capofila)
    prima = {"parte": "fonte", "codice": "x", "ordine": 50, "nome": "Voce"}
    with pytest.raises(ValidationError) as raccolta:
        azioni.scrivi_voce(piano, valori=prima | valori, da=capofila)
    assert campo in raccolta.value.message_dict


def test_una_voce_non_sta_sotto_se_stessa_ne_sotto_un_importo(
    del_2020: EdizioneConciliazione, capofila: Utente
) -> None:
    piano = azioni.apri_piano_finanziario(del_2020, nome="Primo", da=capofila)
    madre, figlia = piano.voci.get(codice="alleanze"), piano.voci.get(codice="alleanze-resto")
    with pytest.raises(ValidationError, match="sotto se stessa"):
        azioni.scrivi_voce(piano, voce=madre, valori={"padre": figlia}, da=capofila)
    sistema = piano.voci.get(codice="sistema")
    with pytest.raises(ValidationError, match="ha già un importo suo"):
        azioni.scrivi_voce(piano, voce=figlia, valori={"padre": sistema}, da=capofila)
    fonte = piano.voci.get(codice="residui")
    with pytest.raises(ValidationError, match="stesso piano e lato"):
        azioni.scrivi_voce(piano, voce=figlia, valori={"padre": fonte}, da=capofila)


def test_le_pagine_mostrano_stampato_calcolato_e_differenza(
    del_2020: EdizioneConciliazione, capofila: Utente, client: Client
) -> None:
    client.force_login(capofila)
    dove = reverse("conciliazione_finanziario", args=[del_2020.slug])
    assert "Il piano finanziario non c'è ancora." in client.get(dove).content.decode()
    client.post(reverse("finanze_apri", args=[del_2020.slug]), {"nome": "Primo"})
    piano = del_2020.piani_finanziari.get()
    dati = {
        "parte": "fonte", "nome": "Dono", "ordine": "80", "importo": "1.234,56",
        "stampato": "1.200,00 €", "importo_stampato": "1.200,00",
    }  # fmt: skip
    client.post(reverse("finanze_voce_nuova", args=[piano.pk]), dati)
    assert piano.voci.get(codice="dono").importo == Decimal("1234.56")
    pagina = client.get(dove).content.decode()
    assert "stampato 1.200,00 €, calcolato 1.234,56, differenza -34,56" in pagina
    assert "Fonti 969.910,56 €, impieghi 968.676,00 €, differenza 1.234,56 €." in pagina
    risposta = client.post(reverse("finanze_approva", args=[piano.pk]), follow=True)
    assert "Prima di approvare devono essere uguali." in risposta.content.decode()
    storta = client.post(reverse("finanze_voce_nuova", args=[piano.pk]), dati | {"importo": "boh"})
    assert storta.status_code == 200
    assert "Dono" in storta.content.decode()


@pytest.mark.parametrize(
    ("filtro", "chiavi"),
    [
        ("", "abcd"),
        ("esito=torna", "a"),
        ("esito=non_torna", "b"),
        ("esito=da_guardare", "b"),
        ("esito=calcolato", "c"),
        ("esito=senza", "d"),
        ("q=quota", "c"),
    ],
)
def test_le_cifre_si_filtrano_e_la_tabella_e_la_stessa(
    del_2020: EdizioneConciliazione, cifre: list[Riscontro], capofila: Utente, client: Client,
    filtro: str, chiavi: str,
) -> None:  # fmt: skip
    client.force_login(capofila)
    dove = reverse("finanze_riscontri_csv", args=[del_2020.slug])
    righe = client.get(f"{dove}?{filtro}").getvalue().decode().splitlines()[1:]
    assert "".join(riga[0] for riga in righe) == chiavi
    pagina = client.get(f"{reverse('finanze_riscontri', args=[del_2020.slug])}?{filtro}")
    assert f"{len(chiavi)} cifr" in pagina.getvalue().decode()


def test_di_una_differenza_si_prende_atto_e_le_cifre_restano(
    cifre: list[Riscontro], capofila: Utente, client: Client
) -> None:
    client.force_login(capofila)
    torna, non_torna = cifre[0], cifre[1]
    client.post(reverse("finanze_riscontro", args=[non_torna.pk]), {"motivo": "Errore di stampa"})
    non_torna.refresh_from_db()
    assert non_torna.presa_atto == "Errore di stampa"
    assert non_torna.presa_atto_da == capofila
    assert non_torna.differenza == 2
    with pytest.raises(ValidationError, match="non c'è una differenza"):
        prendi_atto(torna, motivo="Sì", da=capofila)


def test_chi_rappresenta_un_ente_vede_il_piano_approvato_e_non_la_bozza(
    del_2020: EdizioneConciliazione, cifre: list[Riscontro], capofila: Utente, client: Client
) -> None:
    ente = EnteFactory(azienda=del_2020.azienda)
    esterno = ReferenteFactory(ente=ente).utente
    piano = azioni.apri_piano_finanziario(del_2020, nome="Piano nuovo", da=capofila)
    client.force_login(esterno)
    dove = reverse("conciliazione_finanziario", args=[del_2020.slug])
    assert "Piano nuovo" not in client.get(dove).content.decode()
    azioni.approva_piano_finanziario(piano, da=capofila)
    assert "Piano nuovo" in client.get(dove).content.decode()
    cifre_viste = client.get(reverse("finanze_riscontri", args=[del_2020.slug]))
    assert "Nessuna cifra stampata" in cifre_viste.content.decode()
    with pytest.raises(PermissionDenied):
        azioni.apri_piano_finanziario(del_2020, nome="Mio", da=esterno)
