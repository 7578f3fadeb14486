# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call: written, published, open by its dates, extended, cancelled; its public page."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import bando as azioni
from conciliazione.azioni.bando import CriterioScritto
from conciliazione.models import EdizioneConciliazione, Ente, ManifestazioneInteresse
from piani.models import Evento, Ruolo, Utente
from tests.factories_conciliazione import (
    CriterioFactory,
    EnteFactory,
    ManifestazioneFactory,
    PropostaFactory,
    fa,
)

pytestmark = pytest.mark.django_db
Stato = ManifestazioneInteresse.Stato


def bozza(edizione: EdizioneConciliazione, **altro: object) -> ManifestazioneInteresse:
    return ManifestazioneFactory(edizione=edizione, stato=Stato.BOZZA, **altro)


def test_l_ufficio_la_scrive_la_pubblica_e_tutti_la_leggono(
    client: Client, ufficio: Utente, edizione: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    risposta = client.post(
        reverse("bando_nuovo", args=[edizione.slug]),
        {
            "titolo": "Bando 2020", "dotazione": "726.507", "atto": "Determina 1",
            "apre_il": "2020-03-01T09:00", "chiude_il": "31/03/2099 12:00", "testo": "",
        },
    )  # fmt: skip
    bando = ManifestazioneInteresse.objects.get()
    assert risposta.url == reverse("bando_criteri", args=[bando.pk])
    assert bando.dotazione == Decimal("726507.00")
    pubblica = reverse("bando_pubblica", args=[bando.pk])
    detto = client.post(pubblica, follow=True).content.decode()
    assert "Il testo è vuoto" in detto
    assert "Non c&#x27;è nessun criterio di valutazione con i suoi punti." in detto
    assert client.get(reverse("bando_pubblico", args=[bando.pk])).status_code == 404

    criteri = reverse("bando_criteri", args=[bando.pk])
    proposti = client.get(criteri).context["form"]["criteri"].value()
    assert proposti.startswith("coerenza;Coerenza con il Documento di indirizzo")
    form = client.post(criteri, {"criteri": proposti}).context["form"]
    assert "scrivi quanti punti vale" in form.errors["criteri"][0]
    client.post(criteri, {"criteri": "coerenza;Coerenza;60;no;Art. 1\ntempi;Tempi;10;sì;"})
    assert list(bando.criteri.values_list("codice", "punti", "premiale")) == [
        ("coerenza", Decimal("60.00"), False),
        ("tempi", Decimal("10.00"), True),
    ]
    azioni.modifica_manifestazione(bando, testo="## Chi partecipa\n\nGli enti.", da=ufficio)
    assert "Pubblicata" in client.post(pubblica, follow=True).content.decode()
    client.logout()
    pagina = client.get(reverse("bando_pubblico", args=[bando.pk])).content.decode()
    assert "<h3>Chi partecipa</h3>" in pagina
    assert "726.507,00 €" in pagina
    assert "Aperta" in pagina
    assert "Bando 2020" in client.get(reverse("bando_pubblici")).content.decode()


def test_cio_che_non_va_e_accanto_al_campo(
    client: Client, ufficio: Utente, edizione: EdizioneConciliazione
) -> None:
    client.force_login(ufficio)
    dati = {
        "titolo": "Bando", "dotazione": "10", "apre_il": "2031-03-31T09:00",
        "chiude_il": "2031-03-01T09:00", "testo": "",
    }  # fmt: skip
    form = client.post(reverse("bando_nuovo", args=[edizione.slug]), dati).context["form"]
    assert form.errors == {"chiude_il": ["Si chiude prima di aprirsi."]}
    questo = bozza(edizione)
    CriterioFactory(manifestazione=questo)
    criteri = reverse("bando_criteri", args=[questo.pk])
    doppi = "coerenza;Coerenza;60;no;\ncoerenza;Ancora;10;no;"
    form = client.post(criteri, {"criteri": doppi}).context["form"]
    assert form.errors["criteri"] == ["«Ancora»: La manifestazione ha già quel criterio."]
    assert questo.criteri.count() == 1


def test_si_apre_e_si_chiude_da_se(edizione: EdizioneConciliazione) -> None:
    prima = ManifestazioneFactory(edizione=edizione, apre_il=fa(days=-1))
    adesso = ManifestazioneFactory(edizione=edizione)
    dopo = ManifestazioneFactory(edizione=edizione, chiude_il=fa(seconds=1))
    assert [una.aperta for una in (prima, adesso, dopo)] == [False, True, False]
    assert list(ManifestazioneInteresse.objects.aperte()) == [adesso]


def test_si_proroga_solo_prima_della_chiusura_e_in_avanti(
    ufficio: Utente, edizione: EdizioneConciliazione
) -> None:
    bando = ManifestazioneFactory(edizione=edizione)
    poi = bando.chiude_il + timedelta(days=7)
    with pytest.raises(ValidationError, match="viene dopo quello di adesso"):
        azioni.proroga(bando, chiude_il=timezone.now(), motivo="Richieste", da=ufficio)
    with pytest.raises(ValidationError, match="Scrivi perché si proroga"):
        azioni.proroga(bando, chiude_il=poi, motivo=" ", da=ufficio)
    azioni.proroga(bando, chiude_il=poi, motivo="Richieste", da=ufficio)
    bando.refresh_from_db()
    assert bando.chiude_il == poi
    chiusa = ManifestazioneFactory(edizione=edizione, chiude_il=fa(hours=1))
    with pytest.raises(ValidationError, match="il termine non si sposta più"):
        azioni.proroga(chiusa, chiude_il=poi, motivo="Richieste", da=ufficio)


def test_annullata_resta_scritto_perche(ufficio: Utente, edizione: EdizioneConciliazione) -> None:
    bando = ManifestazioneFactory(edizione=edizione)
    azioni.annulla(bando, motivo="Risorse revocate", da=ufficio)
    bando.refresh_from_db()
    assert (bando.stato, bando.aperta) == (Stato.ANNULLATA, False)
    evento = Evento.objects.get(tipo="conc_bando.annullato")
    assert evento.dati == {"motivo": "Risorse revocate"}


def test_le_buste_si_aprono_solo_dopo_la_chiusura(
    ufficio: Utente, edizione: EdizioneConciliazione
) -> None:
    aperta = ManifestazioneFactory(edizione=edizione)
    with pytest.raises(ValidationError, match="sigillate fino al"):
        azioni.apri_buste(aperta, da=ufficio)
    chiusa = ManifestazioneFactory(edizione=edizione, chiude_il=fa(hours=1))
    PropostaFactory(manifestazione=chiusa, presentata=True)
    PropostaFactory(manifestazione=chiusa)
    assert azioni.apri_buste(chiusa, da=ufficio) == 1


def test_solo_chi_guida_la_rete_bandisce(
    con_incarico: Callable[..., Utente], edizione: EdizioneConciliazione
) -> None:
    bando = bozza(edizione)
    for ruolo in (Ruolo.DIREZIONE, Ruolo.REGIONE):
        altro = con_incarico(ruolo)
        with pytest.raises(PermissionDenied):
            azioni.pubblica_manifestazione(bando, da=altro)
        with pytest.raises(PermissionDenied):
            azioni.scrivi_criteri(bando, [CriterioScritto("a", "A", Decimal(1))], da=altro)


def test_il_referente_vede_le_pubblicate_e_non_le_bozze(
    client: Client, referente_di: Callable[[Ente], Utente], edizione: EdizioneConciliazione
) -> None:
    pubblicata, nascosta = ManifestazioneFactory(edizione=edizione), bozza(edizione)
    CriterioFactory(manifestazione=pubblicata)
    client.force_login(referente_di(EnteFactory(azienda=edizione.azienda)))
    pagina = client.get(reverse("bando_avviso", args=[pubblicata.pk])).content.decode()
    assert "Comincia una proposta" in pagina
    assert "Proroga" not in pagina
    assert client.get(reverse("bando_avviso", args=[nascosta.pk])).status_code == 404
    assert client.get(reverse("conciliazione_bando", args=[edizione.slug])).status_code == 200
