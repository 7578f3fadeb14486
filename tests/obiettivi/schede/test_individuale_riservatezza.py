# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who reads a person's evaluation, and what of it; what groups tell, and to whom."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from obiettivi.azioni.individuale import contenuto
from obiettivi.azioni.individuale.contenuto import Esito, Giudizio, Proposto
from obiettivi.forms.conciliazione import PASSI
from obiettivi.individuale.per_relazione import tavole
from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import (
    EdizioneIndividualeFactory,
    IncaricoFactory,
    OrganigrammaFactory,
    UnitaFactory,
    UtenteFactory,
    ValutazioneFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Entra = Callable[[Utente], Client]
Stato = ValutazioneIndividuale.Stato
D = Decimal
TERZI = [ruolo for ruolo in Ruolo if ruolo not in (Ruolo.DIREZIONE, Ruolo.RISORSE_UMANE)]


@pytest.fixture
def valutazione(azienda: Azienda) -> ValutazioneIndividuale:
    una: ValutazioneIndividuale = ValutazioneFactory(
        edizione=EdizioneIndividualeFactory(azienda=azienda)
    )
    return una


def visibili(utente: Utente) -> list[ValutazioneIndividuale]:
    return list(ValutazioneIndividuale.objects.visibili_a(utente))


def test_la_leggono_la_persona_chi_valuta_la_direzione_e_il_personale(
    valutazione: ValutazioneIndividuale, incaricato: Callable[..., Utente]
) -> None:
    lettori = [
        valutazione.persona, valutazione.valutatore, incaricato(Ruolo.DIREZIONE),
        incaricato(Ruolo.RISORSE_UMANE),
    ]  # fmt: skip
    assert [visibili(uno) for uno in lettori] == [[valutazione]] * 4


@pytest.mark.parametrize("ruolo", TERZI)
def test_nessun_altro_ruolo_la_trova(
    valutazione: ValutazioneIndividuale, entra: Entra, ruolo: Ruolo
) -> None:
    chi = IncaricoFactory(azienda=valutazione.azienda, ruolo=ruolo, unita=valutazione.unita).utente
    client, sua = entra(chi), {"pk": valutazione.pk}
    assert visibili(chi) == []
    assert client.get(reverse("valutazione", kwargs=sua)).status_code == 404
    assert client.get(reverse("valutazione_pdf", kwargs=sua)).status_code == 404
    for passo in PASSI:
        indirizzo = reverse("valutazione_passo", kwargs=sua | {"passo": passo})
        assert client.post(indirizzo, {"motivo": "x"}).status_code == 404, passo


def test_neanche_l_utenza_di_emergenza(valutazione: ValutazioneIndividuale, entra: Entra) -> None:
    chi = UtenteFactory(is_superuser=True, is_staff=True)
    assert visibili(chi) == []
    assert entra(chi).get(valutazione.get_absolute_url()).status_code == 404


def test_chi_amministra_il_programma_non_valuta_e_non_firma_per_altri(
    valutazione: ValutazioneIndividuale, entra: Entra
) -> None:
    """Even when an incarico lets them open the sheet."""
    chi = UtenteFactory(is_superuser=True)
    IncaricoFactory(azienda=valutazione.azienda, ruolo=Ruolo.RISORSE_UMANE, utente=chi)
    in_corso(valutazione)
    client = entra(chi)
    assert "una bozza" not in client.get(valutazione.get_absolute_url()).content.decode()
    for passo in ("valuta", "colloquio", "firma", "firma-persona", "autovaluta", "decidi"):
        indirizzo = reverse("valutazione_passo", args=[valutazione.pk, passo])
        assert client.post(indirizzo, {}).status_code == 403, passo


def test_la_direzione_e_il_personale_di_un_altra_azienda_non_la_trovano(
    valutazione: ValutazioneIndividuale,
) -> None:
    for ruolo in (Ruolo.DIREZIONE, Ruolo.RISORSE_UMANE):
        assert visibili(IncaricoFactory(ruolo=ruolo).utente) == []


def in_corso(valutazione: ValutazioneIndividuale) -> None:
    """The evaluator has written and not signed; the person had sent their self-evaluation."""
    contenuto.assegna_obiettivi(
        valutazione, [Proposto("Ridurre le attese", "", D(100))], da=valutazione.valutatore
    )
    contenuto.autovaluta(
        valutazione,
        giudizi={c.codice: Giudizio("5", "penso bene") for c in
                 valutazione.regola_categoria.comportamenti},
        invia=True,
        da=valutazione.persona,
    )  # fmt: skip
    contenuto.valuta_persona(
        valutazione,
        esiti={valutazione.obiettivi.get().pk: Esito(D("33.33"))},
        giudizi={"persone": Giudizio("2", "da seguire")},
        nota="una bozza",
        da=valutazione.valutatore,
    )


def test_la_bozza_di_chi_valuta_la_legge_solo_lui(
    valutazione: ValutazioneIndividuale, entra: Entra, incaricato: Callable[..., Utente]
) -> None:
    in_corso(valutazione)
    for chi, legge in (
        (valutazione.valutatore, True),
        (valutazione.persona, False),
        (incaricato(Ruolo.DIREZIONE), False),
        (incaricato(Ruolo.RISORSE_UMANE), False),
    ):
        pagina = entra(chi).get(valutazione.get_absolute_url()).content.decode()
        for parola in ("33,33", "da seguire", "una bozza"):
            assert (parola in pagina) is legge, (chi, parola)


def test_l_autovalutazione_non_inviata_la_legge_solo_la_persona(
    valutazione: ValutazioneIndividuale, entra: Entra
) -> None:
    contenuto.autovaluta(
        valutazione, giudizi={"persone": Giudizio("5", "penso bene")}, nota="ancora una bozza",
        da=valutazione.persona,
    )  # fmt: skip
    for chi, legge in ((valutazione.persona, True), (valutazione.valutatore, False)):
        pagina = entra(chi).get(valutazione.get_absolute_url()).content.decode()
        assert ("penso bene" in pagina) is legge
        assert ("ancora una bozza" in pagina) is legge


# --- aggregates ---------------------------------------------------------------------------


@pytest.fixture
def anno(azienda: Azienda) -> Callable[..., EdizioneIndividuale]:
    """A year with so many closed sheets in each unit, all scored 80 but for those told."""

    def crea(*quante: int, stato: str = Stato.CHIUSA) -> EdizioneIndividuale:
        edizione: EdizioneIndividuale = EdizioneIndividualeFactory(azienda=azienda)
        organigramma = OrganigrammaFactory(azienda=azienda)
        valutatore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.DIREZIONE).utente
        for n, numero in enumerate(quante):
            unita: UnitaOrganizzativa = UnitaFactory(organigramma=organigramma, nome=f"Unità {n}")
            for posto in range(numero):
                ValutazioneFactory(
                    edizione=edizione, unita=unita, valutatore=valutatore, stato=stato,
                    punteggio=D(80), punteggio_finale=D(80 + posto), classe="Buona",
                )  # fmt: skip
        return edizione

    return crea


def pagina(client: Client, nome: str, edizione: EdizioneIndividuale) -> Any:
    return client.get(reverse(nome, args=[edizione.azienda.codice, edizione.anno]))


def test_gli_aggregati_dicono_media_e_scarto_e_tacciono_i_piccoli(
    anno: Callable[..., EdizioneIndividuale], entra: Entra, incaricato: Callable[..., Utente]
) -> None:
    edizione = anno(5, 6, 3)
    dati = pagina(entra(incaricato(Ruolo.NUCLEO)), "aggregati", edizione).context["dati"]
    assert dati.totale.quanti == 14
    detti = {uno.nome: (uno.quanti, uno.media) for uno in dati.unita}
    # Three alone would come out of the total: the smallest of the others is silent with them.
    assert detti == {"Unità 0": (None, None), "Unità 1": (6, D("82.5")), "Unità 2": (None, None)}
    assert [(una.nome, una.quanti) for una in dati.classi] == [
        ("Insufficiente", 0), ("Sufficiente", 0), ("Buona", 14), ("Eccellente", 0),
    ]  # fmt: skip
    assert dati.indice == D(0)
    assert [uno.quanti for uno in dati.valutatori] == [14]


def test_il_csv_dice_le_stesse_cose_della_pagina(
    anno: Callable[..., EdizioneIndividuale], entra: Entra, incaricato: Callable[..., Utente]
) -> None:
    edizione = anno(5, 6, 3)
    testo = pagina(entra(incaricato(Ruolo.NUCLEO)), "aggregati_csv", edizione).getvalue().decode()
    righe = testo.removeprefix("\ufeff").splitlines()
    assert righe[0] == "per;voce;persone;media;scarto;quota %"
    assert "unità;Unità 1;6;82,50;1,71;" in righe
    assert "unità;Unità 0;;;;" in righe
    assert "unità;Unità 2;;;;" in righe


def test_finche_una_e_aperta_solo_chi_legge_le_schede_vede_le_cifre(
    anno: Callable[..., EdizioneIndividuale], entra: Entra, incaricato: Callable[..., Utente]
) -> None:
    edizione = anno(6)
    una = edizione.valutazioni.all()[0]
    una.stato = Stato.NON_CONDIVISA
    una.save(update_fields=["stato"])
    for ruolo, vede in (
        (Ruolo.NUCLEO, False), (Ruolo.CONTROLLO_GESTIONE, False), (Ruolo.DIPENDENTE, False),
        (Ruolo.DIREZIONE, True), (Ruolo.RISORSE_UMANE, True),
    ):  # fmt: skip
        dati = pagina(entra(incaricato(ruolo)), "aggregati", edizione).context["dati"]
        assert (dati.aperte, not dati.totale.taciuto) == (1, vede), ruolo


def test_i_valutatori_non_li_vede_tutta_l_azienda(
    anno: Callable[..., EdizioneIndividuale], entra: Entra, incaricato: Callable[..., Utente]
) -> None:
    edizione = anno(6)
    dati = pagina(entra(incaricato(Ruolo.DIPENDENTE)), "aggregati", edizione).context["dati"]
    assert (dati.totale.quanti, dati.valutatori) == (6, ())


def test_la_regola_di_differenziazione_si_mostra(
    anno: Callable[..., EdizioneIndividuale], entra: Entra, incaricato: Callable[..., Utente]
) -> None:
    edizione = anno(10)
    edizione.valutazioni.filter(punteggio_finale__gte=85).update(punteggio_finale=D(96))
    dati = pagina(entra(incaricato(Ruolo.NUCLEO)), "aggregati", edizione).context["dati"]
    assert (dati.regola.trovata, dati.regola.rispettata) == (D(50), False)


def test_il_nucleo_legge_gli_anni_affidati(
    anno: Callable[..., EdizioneIndividuale], entra: Entra, azienda: Azienda
) -> None:
    edizione = anno(6)
    altro = IncaricoFactory(azienda=azienda, ruolo=Ruolo.NUCLEO, anno_da=2023).utente
    assert pagina(entra(altro), "aggregati", edizione).status_code == 404


def test_gli_aggregati_non_crescono_di_interrogazioni(
    anno: Callable[..., EdizioneIndividuale],
    entra: Entra,
    incaricato: Callable[..., Utente],
) -> None:
    client = entra(incaricato(Ruolo.NUCLEO))
    edizione = anno(5)
    pagina(client, "aggregati", edizione)
    contate = []
    for _volta in range(2):
        with CaptureQueriesContext(connection) as fatte:
            pagina(client, "aggregati", edizione)
        contate.append(len(fatte))
        unita = edizione.valutazioni.all()[0].unita
        for _n in range(4):
            ValutazioneFactory(
                edizione=edizione, unita=unita, valutatore=None, stato=Stato.CHIUSA,
                punteggio=D(1), punteggio_finale=D(1), firmata_valutatore_il=timezone.now(),
            )  # fmt: skip
    assert contate[0] == contate[1]


def test_la_relazione_ne_dice_le_figure_solo_a_schede_chiuse(
    azienda: Azienda, anno: Callable[..., EdizioneIndividuale]
) -> None:
    assert list(tavole(azienda, 2022)) == []
    edizione = anno(6, 6)
    categorie, classi = tavole(azienda, edizione.anno)
    assert [(nome, [una.valore for una in celle]) for nome, celle in categorie.righe] == [
        ("Dirigenza", [12, D("82.5")])
    ]
    assert dict(classi.righe)["Buona"][0].valore == 12
    ValutazioneIndividuale.objects.filter(edizione=edizione).update(stato=Stato.COLLOQUIO)
    assert list(tavole(azienda, edizione.anno)) == []


def test_la_soglia_dei_gruppi_piccoli_e_quella_dell_installazione(
    azienda: Azienda, anno: Callable[..., EdizioneIndividuale], settings: Any
) -> None:
    edizione = anno(6, 7)
    settings.CELLA_MINIMA = 14
    assert list(tavole(azienda, edizione.anno)) == []
