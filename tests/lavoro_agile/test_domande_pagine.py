# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of calls and requests: the whole story, who sees what, the figures of the source."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lavoro_agile.domande.bacheca import cose_da_fare, scadenze
from lavoro_agile.models import (
    BandoLavoroAgile,
    DomandaLavoroAgile,
    EdizioneLavoroAgile,
    SecondaIstanza,
)
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import DelegaFactory
from tests.factories_lavoro_agile import (
    BandoAgileFactory,
    DomandaAgileFactory,
    MotivoFactory,
    TrancheFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
OGGI = timezone.localdate()


def html(risposta: Any) -> str:
    return risposta.content.decode()


def nella_unita(bando: BandoLavoroAgile, unita: UnitaOrganizzativa, **altro: Any) -> Any:
    return DomandaAgileFactory(bando=bando, unita=unita, unita_stampata="", **altro)


def test_il_testo_del_bando_si_legge_con_i_suoi_segni(
    bando: BandoLavoroAgile, dipendente: Utente, entra: Entra
) -> None:
    BandoLavoroAgile.objects.filter(pk=bando.pk).update(testo="Si chiede **dal portale**.")
    pagina = html(entra(dipendente).get(reverse("agile_bando", args=[bando.pk])))
    assert "<p>Si chiede <strong>dal portale</strong>.</p>" in pagina


def test_dal_bando_all_ammissione_ognuno_fa_la_sua_parte(
    azienda: Azienda, edizione: EdizioneLavoroAgile, unita: UnitaOrganizzativa, ufficio: Utente,
    capo: Utente, dipendente: Utente, entra: Entra,
) -> None:  # fmt: skip
    client = entra(ufficio)
    client.post(
        reverse("agile_bando_nuovo", args=[azienda.codice]),
        {"titolo": "Bando di primavera", "apre_il": f"{OGGI}", "chiude_il": f"{OGGI:%d/%m/%Y}"},
    )
    bando = BandoLavoroAgile.objects.get()
    client.post(
        reverse("agile_bando_tranche", args=[bando.pk]),
        {"tranche": "31/03/2027; 1\n30/06/2027; 2"},
    )
    client.post(reverse("agile_bando_pubblica", args=[bando.pk]))

    client = entra(dipendente)
    assert "Bando di primavera" in html(
        client.get(reverse("lavoro_agile_domande", args=[azienda.codice]))
    )
    dati = {
        "area": "comparto", "unita": unita.pk, "giorni_chiesti": "6", "giorni_settimana": "2",
        "attivita": "Istruttoria delle pratiche.", "motivo_salute": "on",
        "dettaglio_salute": "Parole riservate.",
    }  # fmt: skip
    troppi = client.post(
        reverse("agile_domanda_nuova", args=[bando.pk]), dati | {"giorni_chiesti": "7"}
    )
    assert "Il regolamento concede da 1 a 6 giorni." in html(troppi)
    assert "Parole riservate." in html(troppi)  # nothing is lost
    client.post(reverse("agile_domanda_nuova", args=[bando.pk]), dati)
    domanda = DomandaLavoroAgile.objects.get()
    pagina = reverse("agile_domanda", args=[domanda.pk])
    vista = html(client.get(pagina))
    assert "Parole riservate." in vista
    assert "Presenta la domanda" in vista
    client.post(reverse("agile_domanda_presenta", args=[domanda.pk]))

    client = entra(capo)
    vista = html(client.get(pagina))
    assert "Parole riservate." not in vista
    assert "Stato di salute" not in vista
    parere = reverse("agile_domanda_parere", args=[domanda.pk])
    favorevole = {"esito": "favorevole", "giorni": "4", "motivazione": "Le attività lo permettono."}
    assert "il colloquio" in html(client.post(parere, favorevole))
    client.post(
        reverse("agile_domanda_colloquio", args=[domanda.pk]),
        {"giorno": f"{OGGI}", "sintesi": "Due giorni a settimana."},
    )
    assert client.post(parere, favorevole)["Location"] == pagina
    assert "già" in html(client.post(parere, favorevole))

    client = entra(ufficio)
    assert "Parole riservate." in html(client.get(pagina))
    ammissione = reverse("agile_bando_ammissione", args=[bando.pk])
    vista = html(client.get(ammissione))
    assert '<td data-nome="Precedenza">1</td>' in vista
    assert "Stato di salute" not in vista  # a list never says a reason
    prima = bando.tranche.first()
    client.post(ammissione, {"tranche": prima.pk, "domande": [domanda.pk]})
    domanda.refresh_from_db()
    assert (domanda.stato, domanda.tranche, domanda.giorni_concessi) == ("ammessa", prima, 4)
    assert "ammesse 1 su 1" not in html(client.get(ammissione))  # nobody is left to admit


def test_negata_chiesta_di_nuovo_e_decisa_dalle_pagine(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente, capo: Utente,
    con_incarico: Persona, entra: Entra,
) -> None:  # fmt: skip
    domanda = nella_unita(bando, unita, persona=dipendente, area="dirigenza")
    pagina = reverse("agile_domanda", args=[domanda.pk])
    client = entra(capo)
    parere = reverse("agile_domanda_parere", args=[domanda.pk])
    detto = {"esito": "contrario", "giorni": "6", "motivazione": "Serve in sede."}
    assert "Scegli il motivo del diniego" in html(client.post(parere, detto))
    client.post(parere, detto | {"causa": "presenza"})
    direzione = con_incarico(Ruolo.DIREZIONE)
    client = entra(direzione)
    assert client.get(pagina).status_code == 404  # until it is asked again
    client = entra(dipendente)
    assert "Chiedi la seconda istanza" in html(client.get(pagina))
    client.post(reverse("agile_domanda_riesame", args=[domanda.pk]), {"motivazione": "Di nuovo."})
    client = entra(direzione)
    assert "Decidi la seconda istanza" in html(client.get(pagina))
    client.post(
        reverse("agile_domanda_decisione", args=[domanda.pk]),
        {"esito": "confermata", "decisione": "Resta la presenza."},
    )
    domanda.refresh_from_db()
    assert domanda.stato == "respinta"
    assert "Resta la presenza." in html(entra(dipendente).get(pagina))


def test_ognuno_vede_le_sue_domande_e_nessun_altra(
    azienda: Azienda, bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente,
    capo: Utente, ufficio: Utente, con_incarico: Persona, entra: Entra,
) -> None:  # fmt: skip
    sua = nella_unita(bando, unita, persona=dipendente)
    altra = DomandaAgileFactory(bando=bando)
    bozza = nella_unita(bando, unita, stato="bozza", presentata_il=None)
    riesame = DomandaAgileFactory(bando=bando, stato="in_riesame")
    SecondaIstanza.objects.create(domanda=riesame, motivazione="Di nuovo.", chiesta_il=OGGI)
    MotivoFactory(domanda=sua, dettaglio="cardiopatia")
    tutte = {sua, altra, bozza, riesame}
    for chi, viste in (
        (dipendente, {sua}),
        (capo, {sua}),
        (ufficio, {sua, altra, riesame}),
        (con_incarico(Ruolo.DIREZIONE), {riesame}),
        (con_incarico(Ruolo.CUG), set()),
        (con_incarico(Ruolo.DIPENDENTE, unita=unita), set()),
    ):
        client = entra(chi)
        elenco = html(client.get(reverse("agile_bando", args=[bando.pk])))
        for una in tutte:
            indirizzo = reverse("agile_domanda", args=[una.pk])
            assert (f'href="{indirizzo}"' in elenco) == (una in viste), chi
            assert (client.get(indirizzo).status_code == 200) == (una in viste), chi
        assert "cardiopatia" not in elenco
        assert "Stato di salute" not in elenco
        assert client.get(reverse("lavoro_agile_domande", args=[azienda.codice])).status_code == 200


def test_le_bozze_altrui_non_si_modificano_e_una_finestra_vecchia_non_copre(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente, ufficio: Utente,
    entra: Entra,
) -> None:  # fmt: skip
    bozza = nella_unita(bando, unita, persona=dipendente, stato="bozza", presentata_il=None)
    indirizzo = reverse("agile_domanda_modifica", args=[bozza.pk])
    assert entra(ufficio).get(indirizzo).status_code == 404
    client = entra(dipendente)
    dati = {"area": "comparto", "unita": unita.pk, "attivita": "Prima.", "visto": "0"}
    client.post(indirizzo, dati)
    vecchia = html(client.post(indirizzo, dati | {"attivita": "Seconda."}))
    assert "un&#x27;altra finestra" in vecchia
    assert "Seconda." in vecchia
    bozza.refresh_from_db()
    assert (bozza.attivita, bozza.modifiche) == ("Prima.", 1)
    client.post(indirizzo, dati | {"dettaglio_salute": "senza spunta", "visto": "1"})
    bozza.refresh_from_db()
    assert bozza.modifiche == 1
    nuova = client.get(reverse("agile_domanda_nuova", args=[bando.pk]))
    assert nuova["Location"] == reverse("agile_domanda", args=[bozza.pk])


@pytest.mark.parametrize("scritte", ["31/02/2027; 3", "31/03/2027", "31/03/2027; 0", "x; y", "; 4"])
def test_tranche_illeggibili_si_dicono_e_restano_nel_modulo(
    bando: BandoLavoroAgile, ufficio: Utente, entra: Entra, scritte: str
) -> None:
    vista = html(
        entra(ufficio).post(reverse("agile_bando_tranche", args=[bando.pk]), {"tranche": scritte})
    )
    assert f"«{scritte}»" in vista
    assert not bando.tranche.exists()


def test_dati_sbagliati_all_ammissione_non_rompono_niente(
    bando: BandoLavoroAgile, ufficio: Utente, entra: Entra
) -> None:
    TrancheFactory(bando=bando, posti=1)
    domanda = DomandaAgileFactory(bando=bando, stato="favorevole")
    indirizzo = reverse("agile_bando_ammissione", args=[bando.pk])
    client = entra(ufficio)
    for dati in (
        {}, {"tranche": "x", "domande": ["y"]}, {"tranche": TrancheFactory().pk},
        {"domande": [DomandaAgileFactory(bando=bando).pk]},
    ):  # fmt: skip
        risposta = client.post(indirizzo, dati)
        assert risposta.status_code == 200
        assert 'role="alert"' in html(risposta)
    domanda.refresh_from_db()
    assert domanda.stato == "favorevole"


@pytest.mark.parametrize("quante", [1, 3])
def test_le_query_non_crescono_con_le_domande(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, ufficio: Utente, capo: Utente,
    entra: Entra, django_assert_num_queries: Any, quante: int,
) -> None:  # fmt: skip
    TrancheFactory(bando=bando)
    for _volta in range(quante):
        nella_unita(bando, unita, stato="favorevole")
        nella_unita(bando, unita)
    for nome, chi, query in (
        ("agile_bando", ufficio, QUERY_BANDO),
        ("agile_bando_ammissione", ufficio, QUERY_AMMISSIONE),
        ("agile_bando_cifre", ufficio, QUERY_CIFRE),
    ):
        client = entra(chi)
        client.get(reverse(nome, args=[bando.pk]))
        with django_assert_num_queries(query):
            client.get(reverse(nome, args=[bando.pk]))
    with django_assert_num_queries(QUERY_CAPO):
        assert len(list(cose_da_fare(Utente.objects.get(pk=capo.pk)))) == 1


QUERY_BANDO, QUERY_AMMISSIONE, QUERY_CIFRE, QUERY_CAPO = 13, 11, 12, 8


# Inbox and calendar -------------------------------------------------------------------------------


def test_ognuno_trova_fra_le_cose_da_fare_cio_che_gli_tocca(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente, capo: Utente,
    ufficio: Utente, con_incarico: Persona,
) -> None:  # fmt: skip
    def titoli(chi: Utente) -> list[str]:
        return [cosa.titolo for cosa in cose_da_fare(Utente.objects.get(pk=chi.pk))]

    direzione = con_incarico(Ruolo.DIREZIONE)
    tutti = (dipendente, capo, ufficio, direzione)
    assert [titoli(chi) for chi in tutti] == [[], [], [], []]
    nella_unita(bando, unita, persona=dipendente, stato="bozza", presentata_il=None)
    nella_unita(bando, unita)
    nella_unita(bando, unita, persona=capo)
    DomandaAgileFactory(bando=bando, stato="favorevole")
    DomandaAgileFactory(bando=bando, stato="in_riesame")
    BandoAgileFactory(
        edizione=bando.edizione, titolo="Bando vecchio", chiude_il=OGGI - timedelta(days=1)
    )
    assert [titoli(chi) for chi in tutti] == [
        ["Presenta la domanda di lavoro agile"],
        ["1 domanda di lavoro agile aspetta il tuo parere"],
        ["1 domanda di lavoro agile da ammettere", "Concludi «Bando vecchio»"],
        ["1 seconda istanza di lavoro agile da decidere"],
    ]
    TrancheFactory(bando=bando, ordine=1, entro=OGGI)
    assert [(una.il, una.titolo) for una in scadenze(ufficio)] == [
        (bando.chiude_il, "Lavoro agile: si chiude «Bando di prova»"),
        (OGGI, "Lavoro agile: 1ª tranche di «Bando di prova»"),
    ]
    assert [una.il for una in scadenze(dipendente)] == [bando.chiude_il]
    assert list(scadenze(direzione)) == []


def test_chi_agisce_per_un_altro_non_ne_trova_la_bozza(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente
) -> None:
    nella_unita(bando, unita, persona=dipendente, stato="bozza", presentata_il=None)
    delega = DelegaFactory(incarico=dipendente.incarichi.get())
    altro = delega.delegato
    altro.delega = delega
    assert list(cose_da_fare(altro)) == []
