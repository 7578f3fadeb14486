# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Alleanza of a proposal: who is invited answers for itself; papers; what awaits each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import allegato as azioni_allegato
from conciliazione.azioni import partner as azioni_partner
from conciliazione.azioni import proposta as azioni
from conciliazione.bando.bacheca import cose_da_fare, scadenze
from conciliazione.models import (
    AllegatoProposta,
    EdizioneConciliazione,
    Ente,
    ManifestazioneInteresse,
    Partner,
    Proposta,
)
from piani.models import Ruolo, Utente
from tests.conciliazione.scene_bando import membro
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AssociazioneFactory,
    ManifestazioneFactory,
    PartnerFactory,
    PropostaFactory,
    ReferenteFactory,
    fa,
)

pytestmark = pytest.mark.django_db
Stato = Proposta.Stato


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


def test_ciascun_partner_risponde_per_se_e_vede_solo_il_suo(
    client: Client,
    bando: ManifestazioneInteresse,
    comune: Ente,
    rita: Utente,
    edizione: EdizioneConciliazione,
    settings: Any,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    proposta = azioni.comincia_proposta(bando, comune, titolo="Una", da=rita)
    bottega, fabbrica = (
        membro(edizione, AssociazioneFactory), membro(edizione, AssociazioneFactory)
    )  # fmt: skip
    anna, bruno = (ReferenteFactory(ente=uno).utente for uno in (bottega, fabbrica))
    client.force_login(rita)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("proposta_partner", args=[proposta.pk]), {"ente": bottega.pk})
    assert [uno.to for uno in mail.outbox] == [[anna.email]]
    suo = Partner.objects.get()
    with pytest.raises(PermissionDenied):
        azioni_partner.rispondi(suo, accetta=True, da=bruno)
    with pytest.raises(PermissionDenied):
        azioni_partner.invita_partner(proposta, fabbrica, da=anna)
    assert [cosa.titolo for cosa in cose_da_fare(anna)] == [f"{bottega} è invitato in un'Alleanza"]
    assert not list(cose_da_fare(bruno))
    client.force_login(bruno)
    assert client.get(reverse("proposta", args=[proposta.pk])).status_code == 404
    client.force_login(anna)
    assert "Conferma la partecipazione" in (
        client.get(reverse("proposta", args=[proposta.pk])).content.decode()
    )
    assert client.get(reverse("proposta_contenuto", args=[proposta.pk])).status_code == 403
    client.post(reverse("proposta_partner_risposta", args=[suo.pk]), {"risposta": "si"})
    suo.refresh_from_db()
    assert (suo.stato, suo.risposto_da) == (Partner.Stato.CONFERMATO, anna)
    azioni_partner.togli_partner(suo, da=rita)
    assert client.get(reverse("proposta", args=[proposta.pk])).status_code == 404


def test_chi_rifiuta_non_la_vede_piu(
    client: Client, bando: ManifestazioneInteresse, comune: Ente
) -> None:
    suo = PartnerFactory(
        proposta=PropostaFactory(manifestazione=bando, capofila=comune), stato="invitato"
    )
    client.force_login(ReferenteFactory(ente=suo.ente).utente)
    risposta = client.post(
        reverse("proposta_partner_risposta", args=[suo.pk]), {"risposta": "no", "nota": "Troppi"}
    )
    assert risposta.url == reverse("bando_avviso", args=[bando.pk])
    suo.refresh_from_db()
    assert (suo.stato, suo.nota) == ("rifiutato", "Troppi")


def test_gli_allegati_si_tengono_una_volta_e_si_tolgono(
    client: Client, bando: ManifestazioneInteresse, comune: Ente, rita: Utente
) -> None:
    proposta = azioni.comincia_proposta(bando, comune, titolo="Una", da=rita)
    client.force_login(rita)
    indirizzo = reverse("proposta_allega", args=[proposta.pk])
    lettera = lambda: SimpleUploadedFile("lettera.txt", b"Aderiamo")  # noqa: E731
    client.post(indirizzo, {"file": lettera()})
    (allegato,) = AllegatoProposta.objects.all()
    assert client.get(reverse("proposta_allegato", args=[allegato.pk])).content == b"Aderiamo"
    form = client.post(indirizzo, {"file": lettera()}).context["form"]
    assert form.errors["file"] == ["lettera.txt: questo documento c'è già."]
    programma = SimpleUploadedFile("conti.exe", b"MZ\x00")
    form = client.post(indirizzo, {"file": programma}).context["form"]
    assert form.errors["file"][0].startswith("conti.exe: Di questo tipo non si accettano")
    azioni_allegato.togli_allegato(allegato, da=rita)
    assert not AllegatoProposta.objects.exists()


def test_la_scrivania_dice_che_cosa_manca_e_quando(
    bando: ManifestazioneInteresse, comune: Ente, rita: Utente, ufficio: Utente
) -> None:
    proposta = azioni.comincia_proposta(bando, comune, titolo="Una", da=rita)
    (cosa,) = cose_da_fare(rita)
    chiude = timezone.localtime(bando.chiude_il).date()
    assert (cosa.titolo, cosa.scadenza) == ("Presenta la proposta «Una»", chiude)
    assert [(una.il, una.titolo) for una in scadenze(rita)] == [(chiude, f"Si chiude «{bando}»")]
    assert not list(cose_da_fare(ufficio))
    Proposta.objects.filter(pk=proposta.pk).update(
        stato=Stato.PRESENTATA, presentata_il=timezone.now(), numero=1
    )
    ManifestazioneInteresse.objects.update(chiude_il=timezone.now())
    assert not list(cose_da_fare(rita))
    assert [una.titolo for una in cose_da_fare(ufficio)] == [f"Apri le proposte di «{bando}»"]
    ManifestazioneInteresse.objects.update(stato="in_valutazione")
    assert [una.titolo for una in cose_da_fare(ufficio)] == [f"1 proposta da istruire: «{bando}»"]


def test_la_scrivania_non_chiede_niente_a_chi_non_c_entra(
    django_assert_num_queries: Callable[..., Any],
) -> None:
    persona = IncaricoFactory(ruolo=Ruolo.CONTROLLO_GESTIONE).utente
    assert persona.incarichi_di_oggi
    with django_assert_num_queries(0):
        assert not list(cose_da_fare(persona))
        assert not list(scadenze(persona))
