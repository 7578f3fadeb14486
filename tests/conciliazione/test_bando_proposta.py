# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal: written in sections, its Alleanza, sent with a receipt; sealed until the closing."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import partner as azioni_partner
from conciliazione.azioni import presentazione
from conciliazione.azioni import proposta as azioni
from conciliazione.models import (
    AllegatoProposta,
    EdizioneConciliazione,
    Ente,
    ManifestazioneInteresse,
    Proposta,
    VersioneProposta,
)
from piani.azioni.righe import Superata
from piani.models import Evento, Ruolo, Utente
from tests.conciliazione.scene_bando import membro, scritta
from tests.factories import IncaricoFactory, UtenteFactory
from tests.factories_conciliazione import (
    AssociazioneFactory,
    EnteFactory,
    ManifestazioneFactory,
    PropostaFactory,
    ReferenteFactory,
    VersioneFactory,
    fa,
)

pytestmark = pytest.mark.django_db
Stato = Proposta.Stato
D = Decimal


@pytest.fixture
def bando(edizione: EdizioneConciliazione) -> ManifestazioneInteresse:
    return ManifestazioneFactory(edizione=edizione, apre_il=fa(days=1))


@pytest.fixture
def comune(edizione: EdizioneConciliazione) -> Ente:
    return membro(edizione, nome="Comune di Prova Alta")


@pytest.fixture
def rita(comune: Ente) -> Utente:
    """She represents the municipality that leads."""
    return ReferenteFactory(ente=comune).utente


def test_dalla_bozza_alla_ricevuta_nelle_pagine(
    client: Client,
    bando: ManifestazioneInteresse,
    comune: Ente,
    rita: Utente,
    settings: Any,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    client.force_login(rita)
    nuova = reverse("proposta_nuova", args=[bando.pk])
    risposta = client.post(nuova, {"ente": comune.pk, "titolo": "Tempi felici"})
    proposta = Proposta.objects.get()
    assert risposta.url == reverse("proposta_contenuto", args=[proposta.pk])
    finalita = bando.edizione.regole.finalita[0].codice
    contenuto = {
        "visto": "0", "titolo": "Tempi felici", "finalita": finalita,
        "bisogni": "Molti pendolari", "dal": "2021-01-01", "al": "2022-12-31",
    }  # fmt: skip
    client.post(risposta.url, contenuto)
    azione = {
        "visto": "1", "titolo": "Centro estivo", "intervento": "b2", "persone": "100",
        "imprese": "3", "costo_personale": "80.000", "costo_servizi": "70.000,00",
    }  # fmt: skip
    client.post(reverse("proposta_azione_nuova", args=[proposta.pk]), azione)
    risorse = reverse("proposta_risorse", args=[proposta.pk])
    form = client.get(risorse).context["form"]
    assert form["costo_dichiarato"].value() == "150.000,00"
    dati = {
        "visto": "2", "contributo": "105.000", "costo_dichiarato": "149.000",
        f"apporto_{comune.pk}_denaro": "45.000",
    }  # fmt: skip
    client.post(risorse, dati)
    pagina = client.get(reverse("proposta", args=[proposta.pk])).content.decode()
    assert "Molti pendolari" in pagina
    assert "Non rispettata" in pagina

    presenta = reverse("proposta_presenta", args=[proposta.pk])
    pagina = client.post(presenta, {"visto": "3"}).content.decode()
    assert (
        "Il costo complessivo dichiarato è la somma delle righe: dichiarato 149.000,00 €, le righe "
        "fanno 150.000,00 €, differenza -1.000,00 €" in pagina
    )
    client.post(risorse, dati | {"visto": "3", "costo_dichiarato": "150.000"})
    pagina = client.get(reverse("proposta", args=[proposta.pk])).content.decode()
    assert "Non rispettata" not in pagina
    with django_capture_on_commit_callbacks(execute=True):
        risposta = client.post(presenta, {"visto": "4"})
    assert risposta.url == reverse("proposta_ricevuta", args=[proposta.pk])

    proposta.refresh_from_db()
    assert (proposta.stato, proposta.numero, proposta.presentata_da) == ("presentata", 1, rita)
    fotografia = client.get(reverse("proposta_fotografia", args=[proposta.pk])).content
    sha256 = hashlib.sha256(fotografia).hexdigest()
    assert sha256 in client.get(risposta.url).content.decode()
    detta = json.loads(fotografia)
    assert detta["azioni"][0]["costi"] == {"personale": "80000.00", "servizi": "70000.00"}
    assert detta["contributo"] == "105000.00"
    (posta,) = mail.outbox
    assert posta.to == [rita.email]
    assert sha256 in posta.body
    assert "Numero: 1" in posta.body


SEGRETO = "Tempi felici"


@pytest.mark.parametrize("stato", ["bozza", "presentata"])
def test_fino_alla_chiusura_non_la_legge_nessuno(
    client: Client,
    bando: ManifestazioneInteresse,
    comune: Ente,
    rita: Utente,
    stato: str,
) -> None:
    """Neither the office, nor who directs, nor the Region, nor other bodies, nor the superuser."""
    proposta = scritta(bando, comune, rita)
    if stato == "presentata":
        presentazione.presenta(proposta, da=rita)
        allegato = AllegatoProposta.objects.create(
            proposta=proposta, nome="mappa.txt", tipo="text/plain", dimensione=1, sha256="0" * 64
        )
    altri = [
        UtenteFactory(is_superuser=True, is_staff=True),
        ReferenteFactory(ente=EnteFactory(azienda=comune.azienda)).utente,
        *(
            IncaricoFactory(azienda=comune.azienda, ruolo=ruolo).utente
            for ruolo in (Ruolo.CAPOFILA, Ruolo.DIREZIONE, Ruolo.NUCLEO, Ruolo.REGIONE,
                          Ruolo.AMMINISTRATORE, Ruolo.CONTROLLO_GESTIONE)
        ),
    ]  # fmt: skip
    for altro in altri:
        assert not Proposta.objects.visibili_a(altro).exists()
        assert not VersioneProposta.objects.visibili_a(altro).exists()
        assert not AllegatoProposta.objects.visibili_a(altro).exists()
        client.force_login(altro)
        for nome in ("proposta", "proposta_ricevuta", "proposta_fotografia", "proposta_versioni"):
            assert client.get(reverse(nome, args=[proposta.pk])).status_code == 404
        if stato == "presentata":
            assert client.get(reverse("proposta_allegato", args=[allegato.pk])).status_code == 404
        for indirizzo in (
            reverse("bando_avviso", args=[bando.pk]),
            reverse("conciliazione_bando", args=[bando.edizione.slug]),
            reverse("bando_pubblico", args=[bando.pk]),
            reverse("home"),
        ):
            assert SEGRETO not in client.get(indirizzo).content.decode()
    for evento in Evento.objects.filter(tipo__startswith="conc_"):
        assert SEGRETO not in f"{evento.descrizione} {evento.dati}"

    bando.chiude_il = timezone.now() - timedelta(seconds=1)
    bando.save(update_fields=["chiude_il"])
    attesi = [proposta] if stato == "presentata" else []
    ufficio = altri[2]
    assert list(Proposta.objects.visibili_a(ufficio)) == attesi
    assert list(Proposta.objects.visibili_a(altri[1])) == []


def test_salvare_sopra_un_salvataggio_piu_nuovo_no_e_niente_va_perso(
    client: Client, bando: ManifestazioneInteresse, comune: Ente, rita: Utente
) -> None:
    proposta = azioni.comincia_proposta(bando, comune, titolo="Una", da=rita)
    versione = proposta.versioni.get()
    azioni.scrivi_contenuto(versione, visto=0, titolo="Di un'altra", da=rita)
    with pytest.raises(Superata):
        azioni.scrivi_contenuto(versione, visto=0, titolo="Mia", da=rita)
    client.force_login(rita)
    indirizzo = reverse("proposta_contenuto", args=[proposta.pk])
    dati = {"visto": "0", "titolo": "Mia", "descrizione": "Ore di lavoro"}
    form = client.post(indirizzo, dati).context["form"]
    assert "Qualcuno ha salvato la proposta" in form.non_field_errors()[0]
    assert form["descrizione"].value() == "Ore di lavoro"
    client.post(indirizzo, dati | {"visto": form["visto"].value()})
    proposta.refresh_from_db()
    assert proposta.titolo == "Mia"


def test_le_date_al_contrario_si_dicono_accanto_al_campo(
    client: Client, bando: ManifestazioneInteresse, comune: Ente, rita: Utente
) -> None:
    proposta = scritta(bando, comune, rita)
    client.force_login(rita)
    visto = proposta.versioni.get().modifiche
    date_sbagliate = {"visto": visto, "titolo": "Una", "dal": "2021-02-01", "al": "2021-01-01"}
    for pagina in ("proposta_contenuto", "proposta_azione_nuova"):
        form = client.post(reverse(pagina, args=[proposta.pk]), date_sbagliate).context["form"]
        assert form.errors == {"al": ["Finisce prima di cominciare."]}, pagina
    assert proposta.versioni.get().azioni.count() == 1


def test_fuori_dalla_finestra_una_frase_e_niente_va_perso(
    client: Client, bando: ManifestazioneInteresse, comune: Ente, rita: Utente
) -> None:
    proposta = scritta(bando, comune, rita)
    ManifestazioneInteresse.objects.update(chiude_il=timezone.now() - timedelta(minutes=1))
    client.force_login(rita)
    pagina = client.post(reverse("proposta_presenta", args=[proposta.pk])).content.decode()
    assert "il termine è passato. Quello che hai scritto resta qui." in pagina
    proposta.refresh_from_db()
    assert proposta.stato == Stato.BOZZA
    assert proposta.versioni.get().contributo == D("105000.00")
    form = client.post(
        reverse("proposta_nuova", args=[bando.pk]), {"ente": comune.pk, "titolo": "Tardi"}
    ).context["form"]
    assert "il termine è passato" in form.non_field_errors()[0]
    assert form["titolo"].value() == "Tardi"


def test_un_capofila_privato_senza_un_partner_pubblico_no(
    bando: ManifestazioneInteresse, comune: Ente, rita: Utente, edizione: EdizioneConciliazione
) -> None:
    cooperativa = membro(edizione, AssociazioneFactory, nome="Cooperativa Prova")
    carlo = ReferenteFactory(ente=cooperativa).utente
    proposta = scritta(bando, cooperativa, carlo)
    with pytest.raises(ValidationError) as rifiuto:
        presentazione.presenta(proposta, da=carlo)
    (frase,) = rifiuto.value.messages
    assert frase.startswith("Un capofila privato ha fra i partner un ente pubblico locale")
    partner = azioni_partner.invita_partner(proposta, comune, da=carlo)
    with pytest.raises(ValidationError, match="non ha ancora risposto: Comune di Prova Alta"):
        presentazione.presenta(proposta, da=carlo)
    azioni_partner.rispondi(partner, accetta=True, da=rita)
    assert presentazione.presenta(proposta, da=carlo)["numero"] == 1


def test_tutte_le_regole_mancate_in_una_volta(
    bando: ManifestazioneInteresse, comune: Ente, rita: Utente
) -> None:
    proposta = scritta(bando, comune, rita, contributo=D(120000), costo_dichiarato=D(140000))
    with pytest.raises(ValidationError) as rifiuto:
        presentazione.presenta(proposta, da=rita)
    inizi = [frase.split(":")[0] for frase in rifiuto.value.messages]
    assert inizi == [
        "Il costo complessivo dichiarato è la somma delle righe",
        "Il contributo è al massimo 110.000,00 €",
        "Il contributo è al massimo il 70 % del costo",
        "Contributo e cofinanziamento fanno il costo",
    ]


def test_nessuno_scrive_al_posto_del_capofila(
    bando: ManifestazioneInteresse, comune: Ente, rita: Utente, ufficio: Utente
) -> None:
    proposta = azioni.comincia_proposta(bando, comune, titolo="Una", da=rita)
    for altro in (ufficio, UtenteFactory(is_superuser=True)):
        with pytest.raises(PermissionDenied):
            azioni.scrivi_contenuto(proposta.versioni.get(), visto=0, titolo="Mia", da=altro)
        with pytest.raises(PermissionDenied):
            presentazione.presenta(proposta, da=altro)
        with pytest.raises(PermissionDenied):
            azioni.comincia_proposta(bando, comune, titolo="Altra", da=altro)


def test_presentata_non_si_scrive_ma_si_riprende_finche_e_aperta(
    bando: ManifestazioneInteresse, comune: Ente, rita: Utente
) -> None:
    proposta = scritta(bando, comune, rita)
    prima = presentazione.presenta(proposta, da=rita)
    versione = proposta.versioni.get()
    with pytest.raises(ValidationError, match="«Presentata»: non si scrive più"):
        azioni.scrivi_contenuto(versione, visto=None, titolo="Mia", da=rita)
    with pytest.raises(ValidationError):
        presentazione.presenta(proposta, da=rita)
    seconda = presentazione.riprendi(proposta, da=rita)
    assert (seconda.numero, seconda.contributo) == (2, D("105000.00"))
    assert seconda.azioni.get().costi.count() == 2
    azioni.scrivi_contenuto(seconda, visto=None, titolo="Tempi migliori", da=rita)
    dopo = presentazione.presenta(proposta, da=rita)
    assert dopo["numero"] == prima["numero"] == 1
    assert dopo["sha256"] != prima["sha256"]
    versione.refresh_from_db()
    assert versione.titolo == "Tempi felici"
    ManifestazioneInteresse.objects.update(chiude_il=timezone.now())
    with pytest.raises(ValidationError, match="il termine è passato"):
        presentazione.riprendi(proposta, da=rita)


def test_si_ritira_dicendo_perche(
    client: Client, bando: ManifestazioneInteresse, comune: Ente, rita: Utente
) -> None:
    proposta = scritta(bando, comune, rita)
    presentazione.presenta(proposta, da=rita)
    client.force_login(rita)
    indirizzo = reverse("proposta_ritira", args=[proposta.pk])
    assert client.post(indirizzo, {"motivo": ""}).context["form"].errors["motivo"]
    client.post(indirizzo, {"motivo": "Il partner principale è uscito"})
    proposta.refresh_from_db()
    assert (proposta.stato, proposta.motivo) == (
        Stato.RITIRATA, "Il partner principale è uscito"
    )  # fmt: skip


@pytest.mark.parametrize("quante", [1, 3])
def test_l_elenco_costa_sempre_le_stesse_query(
    client: Client,
    ufficio: Utente,
    edizione: EdizioneConciliazione,
    quante: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    for numero in range(1, quante + 1):
        proposta = PropostaFactory(manifestazione=bando, presentata=True, numero=numero)
        VersioneFactory(proposta=proposta, contributo=D(70), costo_dichiarato=D(100))
    client.force_login(ufficio)
    indirizzo = reverse("conciliazione_bando", args=[edizione.slug])
    client.get(indirizzo)
    with django_assert_num_queries(10):
        pagina = client.get(indirizzo).content.decode()
    assert f"{70 * quante},00 €" in pagina
