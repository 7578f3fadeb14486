# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programs of an azienda: made, given another secret, revoked, from the page and by the actions."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from oauth2_provider.models import get_access_token_model

from piani import azioni
from piani.models import Azienda, ClienteApi, Evento, Incarico, Ruolo, Utente
from tests.factories import AziendaFactory, IncaricoFactory

pytestmark = pytest.mark.django_db
NUOVO = {
    "nome": "Cruscotto regionale",
    "ruolo": Ruolo.REGIONE,
    "ambiti": ["piani:leggi", "obiettivi:leggi"],
}


@pytest.fixture
def amministratore(azienda: Azienda) -> Utente:
    return IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente


def test_dalla_pagina_nasce_con_il_segreto_mostrato_una_volta(
    azienda: Azienda, amministratore: Utente, entra: Callable[[Utente], Client]
) -> None:
    client, pagina = entra(amministratore), reverse("clienti_api", args=[azienda.codice])
    risposta = client.post(pagina, NUOVO)
    segreto = risposta.context["segreto"]
    assert segreto in risposta.content.decode()
    assert "no-store" in risposta["Cache-Control"]
    cliente = ClienteApi.objects.get()
    assert segreto not in cliente.client_secret
    incarico = Incarico.objects.get(utente=cliente.user)
    assert (incarico.azienda, incarico.ruolo) == (azienda, Ruolo.REGIONE)
    assert not cliente.user.has_usable_password()
    assert Evento.objects.get(tipo="cliente_api.creato").da == amministratore
    dopo = client.get(pagina).content.decode()
    assert cliente.client_id in dopo
    assert segreto not in dopo


@pytest.mark.parametrize(
    ("cambia", "campo"),
    [
        ({"nome": " "}, "nome"),
        ({"ruolo": Ruolo.NUCLEO}, "ruolo"),
        ({"ruolo": Ruolo.AMMINISTRATORE}, "ruolo"),
        ({"ambiti": []}, "ambiti"),
        ({"ambiti": ["tutto"]}, "ambiti"),
    ],
)
def test_cio_che_non_va_e_detto_accanto(
    azienda: Azienda, cambia: dict[str, Any], campo: str
) -> None:
    with pytest.raises(ValidationError) as rifiuto:
        azioni.crea_cliente(azienda, **(NUOVO | cambia), da=None)
    assert list(rifiuto.value.message_dict) == [campo]
    assert not Utente.objects.exists()


def test_due_programmi_attivi_non_hanno_lo_stesso_nome(azienda: Azienda) -> None:
    primo, _segreto = azioni.crea_cliente(azienda, **NUOVO, da=None)
    with pytest.raises(ValidationError, match="C'è già un cliente con questo nome"):
        azioni.crea_cliente(azienda, **NUOVO, da=None)
    azioni.revoca_cliente(primo, da=None)
    azioni.crea_cliente(azienda, **NUOVO, da=None)
    assert azienda.clienti_api.count() == 2


def test_solo_l_amministratore_li_tiene(azienda: Azienda, controllo: Utente) -> None:
    cliente, _segreto = azioni.crea_cliente(azienda, **NUOVO, da=None)
    with pytest.raises(PermissionDenied):
        azioni.crea_cliente(azienda, **NUOVO, da=controllo)
    with pytest.raises(PermissionDenied):
        azioni.rinnova_segreto(cliente, da=controllo)
    with pytest.raises(PermissionDenied):
        azioni.revoca_cliente(cliente, da=controllo)


def test_dalla_pagina_si_rinnova_e_si_revoca(
    azienda: Azienda, amministratore: Utente, entra: Callable[[Utente], Client]
) -> None:
    cliente, segreto = azioni.crea_cliente(azienda, **NUOVO, da=None)
    client, chiavi = entra(amministratore), [azienda.codice, cliente.pk]
    risposta = client.post(reverse("cliente_api_rinnova", args=chiavi), {"giorni": 3})
    assert risposta.context["segreto"] != segreto
    cliente.refresh_from_db()
    assert cliente.ha_due_segreti
    assert "vale fino al" in client.get(reverse("clienti_api", args=chiavi[:1])).content.decode()
    client.post(reverse("cliente_api_rinnova", args=chiavi), {"giorni": 99})
    client.post(reverse("cliente_api_revoca", args=chiavi))
    cliente.refresh_from_db()
    assert cliente.revocato_il is not None
    assert not cliente.user.is_active
    tipi = Evento.objects.filter(tipo__startswith="cliente_api").values_list("tipo", flat=True)
    assert sorted(tipi) == [
        "cliente_api.creato", "cliente_api.revocato", "cliente_api.segreto_rinnovato",
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="già revocato"):
        azioni.revoca_cliente(cliente, da=None)


def test_nemmeno_la_gestione_li_scrive() -> None:
    assert not admin.site.is_registered(ClienteApi)
    assert not admin.site.is_registered(get_access_token_model())


def test_un_programma_non_riceve_messaggi(azienda: Azienda) -> None:
    cliente, _segreto = azioni.crea_cliente(azienda, **NUOVO, da=None)
    assert cliente.user not in azioni.persone_da_avvisare()
    with pytest.raises(ValidationError, match="È un programma"):
        azioni.invita(cliente.user, azienda, da=None)


def test_un_programma_resta_della_sua_azienda(azienda: Azienda) -> None:
    cliente, _segreto = azioni.crea_cliente(azienda, **NUOVO, da=None)
    oggi = azioni.Dove(dal=timezone.localdate())
    with pytest.raises(ValidationError, match="di un'altra azienda"):
        azioni.assegna_incarico(cliente.user, AziendaFactory(), Ruolo.REGIONE, oggi, da=None)
    with pytest.raises(ValidationError, match="è di una persona"):
        azioni.assegna_incarico(cliente.user, azienda, Ruolo.AMMINISTRATORE, oggi, da=None)
    azioni.assegna_incarico(cliente.user, azienda, Ruolo.PUBBLICATORE, oggi, da=None)
    assert cliente.user.incarichi.count() == 2
