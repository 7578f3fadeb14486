# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reasons of health and of family: where they never are."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lavoro_agile.azioni.conservazione import (
    cancella_scaduti,
)
from lavoro_agile.models import (
    AccordoIndividuale,
    BandoLavoroAgile,
    DomandaLavoroAgile,
    MotivoDomanda,
    TutelaAccordo,
)
from piani.azioni.avviso import avvisa
from piani.models import Azienda, Evento, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import UtenteFactory
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    BandoAgileFactory,
    DomandaAgileFactory,
    MotivoFactory,
    RecessoFactory,
    TutelaFactory,
)
from tests.frontiere import (
    agile,
    agile_accordi,
    agile_cifre,
    agile_domande,
    agile_mappatura,
    agile_pola,
)

pytestmark = pytest.mark.django_db
SEGRETO = "cardiopatia-di-prova"
PARTI: tuple[Any, ...] = (
    agile, agile_domande, agile_accordi, agile_cifre, agile_mappatura, agile_pola,
)  # fmt: skip
# One request, one agreement: who may reads them there.
DOVE_SI_LEGGONO = {"agile_domanda", "agile_accordo"}
FOGLI_DI_CONTEGGI = {
    "agile_bando_cifre_csv", "campagna_persone_csv", "cifre_rilevazione_csv", "cifre_giornate_csv",
}  # fmt: skip
FOGLI_SENZA_PERSONE = {"campagna_attivita_csv", "pola_csv"}
FOGLI_DI_NOMI = {"agile_comunicazione_csv"}
IERI = timezone.localdate() - timedelta(days=1)


@pytest.fixture
def storia(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente
) -> AccordoIndividuale:
    """Somebody of the unit asked for their health, is protected, and left for a reason of theirs:
    what is reserved of it says SEGRETO, or that they are disabled.
    """
    dipendente.last_name = "Nomeraro"
    dipendente.save()
    domanda = DomandaAgileFactory(
        bando=bando, unita=unita, persona=dipendente, stato="ammessa", ammessa_il=IERI
    )
    MotivoFactory(domanda=domanda, dettaglio=SEGRETO)
    accordo = AccordoAgileFactory(
        edizione=bando.edizione, domanda=domanda, unita=unita, persona=dipendente,
        stato="cessato", cessa_il=timezone.localdate(), comunicato_il=IERI,
    )  # fmt: skip
    TutelaFactory(accordo=accordo, tipo="disabile")
    RecessoFactory(
        accordo=accordo, giustificato=True, motivo=SEGRETO, decorre_dal=timezone.localdate()
    )
    return accordo


def rotte_di(azienda: Azienda, storia: AccordoIndividuale) -> dict[str, dict[str, Any]]:
    """Every route of the lavoro agile, with the keys of the story where it is of a request, of an
    agreement or of its call.
    """
    mie = {"agile_domanda": storia.domanda_id, "agile_accordo": storia.pk}
    assert storia.domanda is not None
    mie["agile_bando"] = storia.domanda.bando_id
    rotte = {nome: chiave for parte in PARTI for nome, chiave in parte.chiavi(azienda).items()}
    for nome, chiave in rotte.items():
        suo = next((pk for inizio, pk in mie.items() if nome.startswith(inizio)), None)
        if suo is not None and set(chiave) == {"pk"}:
            rotte[nome] = {"pk": suo}
    rotte["agile_domanda_accordo"] = {"pk": storia.domanda_id}
    return rotte


def test_nessuna_pagina_dice_perche_una_persona_chiede_o_e_tutelata(
    azienda: Azienda, storia: AccordoIndividuale, capo: Utente,
    con_incarico: Callable[..., Utente], entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    rotte = rotte_di(azienda, storia)
    lettori = [con_incarico(r) for r in (Ruolo.CUG, Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE)]
    collega = con_incarico(Ruolo.DIPENDENTE)
    lette: dict[str, int] = {}
    for chi in (*lettori, capo, collega, UtenteFactory(is_superuser=True)):
        client = entra(chi)
        for nome, chiave in rotte.items():
            visto = client.get(reverse(nome, kwargs=chiave))
            detto = visto.getvalue().decode(errors="ignore")
            assert SEGRETO not in detto, nome
            if nome.startswith("agile_accordo"):
                assert "disabile (L. 68" not in detto, nome
            lette[nome] = lette.get(nome, 0) + (visto.status_code == 200)
    # The walk went through them: the head reads the request, the agreement and the mapping.
    for nome in ("agile_domanda", "agile_accordo", "campagna", "mappatura_scheda", "agile_bando"):
        assert lette[nome], nome


def test_negli_elenchi_e_nei_fogli_non_li_trovano_nemmeno_le_risorse_umane(
    azienda: Azienda, storia: AccordoIndividuale, ufficio: Utente,
    entra: Callable[[Utente], Client],
) -> None:  # fmt: skip
    """Who reads them opens the one request, or the one agreement."""
    client = entra(ufficio)
    for nome, chiave in rotte_di(azienda, storia).items():
        visto = client.get(reverse(nome, kwargs=chiave)).getvalue().decode(errors="ignore")
        if nome not in DOVE_SI_LEGGONO:
            assert SEGRETO not in visto, nome
            assert "disabile (L. 68" not in visto, nome
    uno = client.get(reverse("agile_domanda", args=[storia.domanda_id])).content.decode()
    assert SEGRETO in uno
    altro = client.get(reverse("agile_accordo", args=[storia.pk])).content.decode()
    assert SEGRETO in altro
    assert "disabile (L. 68" in altro


def test_ogni_foglio_tace_i_gruppi_piccoli_o_e_solo_delle_risorse_umane(azienda: Azienda) -> None:
    """A new sheet says here which it is; each kind has its test beside its figures."""
    fogli = {
        nome for parte in PARTI for nome in parte.chiavi(azienda) if nome.endswith("_csv")
    }  # fmt: skip
    assert fogli == FOGLI_DI_CONTEGGI | FOGLI_SENZA_PERSONE | FOGLI_DI_NOMI
    assert FOGLI_DI_NOMI <= agile_accordi.NASCOSTE


def test_i_messaggi_non_dicono_di_chi_ne_perche(
    storia: AccordoIndividuale, ufficio: Utente, capo: Utente, mailoutbox: list[EmailMessage]
) -> None:  # fmt: skip
    nuova = DomandaAgileFactory(
        bando=BandoAgileFactory(edizione=storia.edizione), unita=storia.unita,
        persona=storia.persona,
    )  # fmt: skip
    MotivoFactory(domanda=nuova, dettaglio=SEGRETO)
    for chi in (ufficio, capo):
        avvisa(chi)
    testi = [f"{messaggio.subject} {messaggio.body}" for messaggio in mailoutbox]
    assert any("cessazione anticipata" in testo for testo in testi)
    for testo in testi:
        assert SEGRETO not in testo
        assert "salute" not in testo
        assert "disabile" not in testo
        assert "Nomeraro" not in testo


def test_eventi_e_registro_tecnico_non_dicono_perche(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente, ufficio: Utente,
    entra: Callable[[Utente], Client], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    """The whole story written from the pages."""
    caplog.set_level(logging.DEBUG)
    oggi = timezone.localdate().isoformat()
    client = entra(dipendente)
    client.post(reverse("agile_domanda_nuova", args=[bando.pk]), {
        "area": "comparto", "unita": unita.pk, "giorni_chiesti": 6, "attivita": "Pratiche.",
        "motivo_salute": "on", "dettaglio_salute": SEGRETO,
    })  # fmt: skip
    domanda = DomandaLavoroAgile.objects.get()
    assert MotivoDomanda.objects.get().dettaglio == SEGRETO
    client.post(reverse("agile_domanda_presenta", args=[domanda.pk]))
    accordo = AccordoAgileFactory(edizione=bando.edizione, unita=unita, persona=dipendente, al=None)
    entra(ufficio).post(
        reverse("agile_accordo_tutela", args=[accordo.pk]),
        {"tutela-tipo": "disabile", "tutela-dal": oggi},
    )
    assert TutelaAccordo.objects.filter(accordo=accordo).exists()
    entra(dipendente).post(
        reverse("agile_accordo_recesso", args=[accordo.pk]),
        {"giustificato": "on", "motivo": SEGRETO},
    )
    accordo.refresh_from_db()
    assert accordo.stato == "cessato"
    eventi = list(Evento.objects.all())
    assert len(eventi) >= 4
    for evento in eventi:
        detto = f"{evento.tipo} {evento.descrizione} {evento.dati} {evento.oggetto}"
        assert SEGRETO not in detto
        assert "disabile" not in detto
        assert "salute" not in detto
        assert dipendente.last_name not in detto
    assert SEGRETO not in caplog.text


def test_nessun_evento_dice_perche_una_persona_chiede(bando: BandoLavoroAgile) -> None:
    MotivoFactory(domanda__bando=bando, dettaglio=SEGRETO, conserva_fino_al=IERI)
    cancella_scaduti()
    evento = Evento.objects.get(tipo="agile_conservazione.eseguita")
    assert evento.dati == {"quanti": 1}
    assert "salute" not in evento.descrizione
    assert SEGRETO not in evento.descrizione
