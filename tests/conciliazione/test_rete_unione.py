# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two rows of the same body made one: everything moves, or nothing does."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from conciliazione.azioni.unione import legami, perche_no, unisci_enti
from conciliazione.models import (
    Accordo,
    ApportoCofinanziamento,
    Cofinanziamento,
    EdizioneConciliazione,
    Ente,
    FirmaAccordo,
    FirmaRichiesta,
    Presenza,
    RichiestaConsultazione,
)
from piani.models import Evento, Ruolo, Utente
from tests.factories_conciliazione import (
    AdesioneFactory,
    EnteFactory,
    PartnerFactory,
    ProgettoFactory,
    PropostaFactory,
    ReferenteFactory,
    SedutaFactory,
    SeggioFactory,
    SpesaFactory,
    VersioneFactory,
    VoceBudgetFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ente(edizione: EdizioneConciliazione) -> Ente:
    return EnteFactory(azienda=edizione.azienda, nome="Pia Casa Inventata", codice_fiscale="")


@pytest.fixture
def doppione(ente: Ente) -> Ente:
    return EnteFactory(
        azienda=ente.azienda, nome="ASP Pia Casa", tipo=ente.tipo, natura=ente.natura,
        codice_fiscale="80012345678", sede="Via Inventata 1", riga_fonte="412",
    )  # fmt: skip


def con_ogni_legame(ente: Ente, edizione: EdizioneConciliazione) -> None:
    """A row of each kind that names the body."""
    AdesioneFactory(ente=ente, dal=date(2017, 1, 1), al=date(2018, 1, 1))
    ReferenteFactory(ente=ente)
    SeggioFactory(edizione=edizione, ente=ente, ordine=9)
    Presenza.objects.create(seduta=SedutaFactory(edizione=edizione), ente=ente)
    richiesta = RichiestaConsultazione.objects.create(
        edizione=edizione, oggetto="Orari", testo="Un parere", proposta_da=ente
    )
    FirmaRichiesta.objects.create(richiesta=richiesta, ente=ente)
    proposta = PropostaFactory(manifestazione__edizione=edizione, capofila=ente)
    PartnerFactory(ente=ente)
    Cofinanziamento.objects.create(
        versione=VersioneFactory(proposta=proposta), ente=ente, forma="denaro", importo="10.00"
    )
    progetto = ProgettoFactory(proposta=proposta, capofila=ente)
    SpesaFactory(voce=VoceBudgetFactory(azione__progetto=progetto), ente=ente)
    ApportoCofinanziamento.objects.create(
        progetto=progetto, ente=ente, forma="denaro", importo="10.00"
    )
    accordo = Accordo.objects.create(progetto=progetto, genere="partenariato")
    FirmaAccordo.objects.create(accordo=accordo, ente=ente)


def rifiuto(*args: Any, **kwargs: Any) -> list[str]:
    with pytest.raises(ValidationError) as raccolto:
        unisci_enti(*args, **kwargs)
    return raccolto.value.messages


def test_tutto_passa_all_ente_che_resta_e_il_registro_ricorda_l_altro(
    ente: Ente, doppione: Ente, edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    con_ogni_legame(doppione, edizione)
    prima = {(m, c): m.objects.filter(**{c: doppione}).count() for m, c in legami()}
    assert 0 not in prima.values()  # a new table that names a body belongs in con_ogni_legame
    chiave = doppione.pk
    spostate = unisci_enti(ente, doppione=doppione, da=ufficio)
    assert sum(spostate.values()) == sum(prima.values())
    for (modello, campo), quante in prima.items():
        assert modello.objects.filter(**{campo: ente}).count() == quante
    assert not Ente.objects.filter(pk=chiave).exists()
    ente.refresh_from_db()
    assert (ente.nome, ente.codice_fiscale, ente.sede, ente.riga_fonte) == (
        "Pia Casa Inventata", "80012345678", "Via Inventata 1", "412",
    )  # fmt: skip
    evento = Evento.objects.get(tipo="conc_ente.unito")
    assert evento.da == ufficio
    assert evento.descrizione == "«ASP Pia Casa» è ora «Pia Casa Inventata»"
    assert evento.dati["era"]["chiave"] == chiave
    assert evento.dati["era"]["codice fiscale"] == "80012345678"


@pytest.mark.parametrize(
    ("dal", "al", "detto"),
    [
        (date(2019, 1, 1), date(2019, 12, 31), []),
        (date(2020, 6, 1), date(2021, 1, 1),
         ["Tutti e due sono nella Rete dal 01/01/2021: sono stati contati due volte. Registra "
          "prima la rinuncia di uno dei due, da una data che viene prima."]),
    ],
)  # fmt: skip
def test_due_adesioni_che_si_sovrappongono_lo_impediscono(
    ente: Ente, doppione: Ente, ufficio: Utente, dal: date, al: date, detto: list[str]
) -> None:
    AdesioneFactory(ente=ente, dal=date(2021, 1, 1))
    AdesioneFactory(ente=doppione, dal=dal, al=al)
    assert perche_no(ente, doppione) == detto
    if detto:
        assert rifiuto(ente, doppione=doppione, da=ufficio) == detto
        assert doppione.adesioni.count() == 1
    else:
        unisci_enti(ente, doppione=doppione, da=ufficio)
        assert ente.adesioni.count() == 2


def test_due_seggi_o_la_stessa_proposta_lo_impediscono_e_niente_si_muove(
    ente: Ente, doppione: Ente, edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    SeggioFactory(edizione=edizione, ente=ente, ordine=1)
    SeggioFactory(edizione=edizione, ente=doppione, ordine=2)
    proposta = PropostaFactory(capofila=ente, titolo="Cura")
    PartnerFactory(proposta=proposta, ente=doppione)
    referente = ReferenteFactory(ente=doppione)
    assert rifiuto(ente, doppione=doppione, da=ufficio) == [
        f"Tutti e due hanno un seggio nel Comitato di «{edizione}»: chiudi prima uno dei due.",
        "Sono tutti e due nella proposta «Cura»: togli prima uno dei partner.",
    ]
    referente.refresh_from_db()
    assert referente.ente == doppione
    assert not Evento.objects.filter(tipo="conc_ente.unito").exists()


def test_una_riga_che_non_puo_passare_ferma_tutto(
    ente: Ente, doppione: Ente, edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    seduta = SedutaFactory(edizione=edizione)
    Presenza.objects.create(seduta=seduta, ente=ente)
    Presenza.objects.create(seduta=seduta, ente=doppione)
    AdesioneFactory(ente=doppione, dal=date(2017, 1, 1))
    (detto,) = rifiuto(ente, doppione=doppione, da=ufficio)
    assert detto.startswith("Presenza «")
    assert detto.endswith("La presenza di quell'ente è già segnata.")
    assert Ente.objects.filter(pk=doppione.pk).exists()
    assert doppione.adesioni.count() == 1


def test_enti_diversi_non_si_uniscono(ente: Ente, doppione: Ente, ufficio: Utente) -> None:
    assert rifiuto(ente, doppione=ente, da=ufficio) == ["È lo stesso ente: scegline un altro."]
    Ente.objects.filter(pk=ente.pk).update(codice_fiscale="80098765432", tipo="ambito")
    assert rifiuto(ente, doppione=doppione, da=ufficio) == [
        "Le tipologie sono diverse (Soggetti pubblici (ambiti dei Piani di Zona) e "
        f"{doppione.get_tipo_display()}): correggi prima quella sbagliata.",
        "I codici fiscali sono diversi: non sono lo stesso ente.",
    ]


def test_chi_rappresenta_tutti_e_due_resta_referente_una_volta_sola(
    ente: Ente, doppione: Ente, ufficio: Utente
) -> None:
    mio = ReferenteFactory(ente=ente, dal=date(2021, 5, 1))
    ReferenteFactory(ente=doppione, utente=mio.utente, dal=date(2020, 1, 1))
    unisci_enti(ente, doppione=doppione, da=ufficio)
    assert list(ente.referenti.values_list("utente", "dal")) == [(mio.utente_id, date(2020, 1, 1))]


def test_solo_l_ufficio_unisce(
    client: Client, ente: Ente, doppione: Ente, edizione: EdizioneConciliazione, con_incarico: Any
) -> None:
    suo = ReferenteFactory(ente=ente).utente
    for chi in (suo, con_incarico(Ruolo.DIREZIONE), con_incarico(Ruolo.NUCLEO)):
        with pytest.raises(PermissionDenied):
            unisci_enti(ente, doppione=doppione, da=chi)
    client.force_login(suo)
    dove = reverse("rete_ente_unisci", args=[edizione.slug, ente.pk])
    assert client.get(dove).status_code == 403


def test_la_pagina_unisce_e_chi_sbaglia_ritrova_la_scelta(
    client: Client, ente: Ente, doppione: Ente, edizione: EdizioneConciliazione, ufficio: Utente
) -> None:
    client.force_login(ufficio)
    dove = reverse("rete_ente_unisci", args=[edizione.slug, ente.pk])
    assert "Non si torna indietro." in client.get(dove).content.decode()
    assert "errore" in client.post(dove, {}).content.decode()
    AdesioneFactory(ente=ente, dal=date(2021, 1, 1))
    sua = AdesioneFactory(ente=doppione, dal=date(2021, 1, 1))
    testo = client.post(dove, {"doppione": doppione.pk}).content.decode()
    assert "sono stati contati due volte" in testo
    assert f'<option value="{doppione.pk}" selected>' in testo
    sua.delete()
    client.post(dove, {"doppione": doppione.pk})
    assert not Ente.objects.filter(nome="ASP Pia Casa").exists()
