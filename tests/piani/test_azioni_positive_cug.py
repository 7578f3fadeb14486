# SPDX-License-Identifier: AGPL-3.0-or-later
"""The yearly report of the CUG, and the staff by gender that it comments on."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani.azioni_positive import bacheca, personale, relazione, trasmissione
from piani.models import Azienda, Evento, PersonalePerGenere, Piano, RelazioneCUG, Ruolo, Utente
from tests.factories_lavoro_agile import (
    AreaPositivaFactory,
    AzionePositivaFactory,
    MonitoraggioAzioneFactory,
    PersonaleGenereFactory,
    PianoPositivoFactory,
    RelazioneCUGFactory,
)

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
Entra = Callable[[Utente], Client]
TESTI = dict.fromkeys(relazione.PARTI, "Scritto per la prova.")


@pytest.fixture
def cug(incaricato: Persona) -> Utente:
    return incaricato(Ruolo.CUG)


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    piano = PianoPositivoFactory(azienda=azienda, titolo="PAP di prova")
    azione = AzionePositivaFactory(area=AreaPositivaFactory(piano=piano), titolo="Sportello")
    MonitoraggioAzioneFactory(azione=azione, stato="realizzata", percentuale=100, fatto="Aperto.")
    return piano


# --- la relazione -------------------------------------------------------------------------------


def test_il_cug_comincia_scrive_e_trasmette_con_le_cifre_di_quel_giorno(
    cug: Utente, piano: Piano, azienda: Azienda, entra: Entra
) -> None:
    PersonaleGenereFactory(azienda=azienda, anno=2022, ruolo="Sanitario", femmine=60, maschi=13)
    client = entra(cug)
    client.post(reverse("cug_nuova"), {"azienda": azienda.codice, "anno": 2022})
    questa = RelazioneCUG.objects.get()
    assert (questa.piano, questa.scade_il, questa.stato) == (piano, date(2023, 3, 30), "bozza")
    client.post(reverse("cug_scrivi", args=[questa.pk]), {**TESTI, "visto": 0})
    client.post(reverse("cug_trasmetti", args=[questa.pk]))
    questa.refresh_from_db()
    assert (questa.stato, questa.trasmessa_il, questa.trasmessa_da) == (
        "trasmessa", timezone.localdate(), cug,
    )  # fmt: skip
    assert questa.in_ritardo
    assert questa.fotografia["azioni"]["quota"] == "100.00"
    assert questa.fotografia["personale"]["somma"] == {"femmine": 60, "maschi": 13, "totale": 73}
    PersonalePerGenere.objects.all().delete()
    piano.aree_positive.all().delete()
    testo = client.get(reverse("cug_relazione", args=[questa.pk])).content.decode()
    assert "azioni realizzate: 1 su 1 previste (100,00 %)" in " ".join(testo.split())
    assert "<td>60</td><td>13</td><td>73</td>" in testo
    tipi = list(
        Evento.objects.filter(tipo__startswith="relazione_cug").values_list("tipo", flat=True)
    )
    assert sorted(tipi) == [f"relazione_cug.{x}" for x in ("cominciata", "scritta", "trasmessa")]


def test_non_si_trasmette_con_parti_vuote_ne_due_volte_ne_prima_che_finisca_l_anno(
    cug: Utente, azienda: Azienda
) -> None:
    questa = RelazioneCUGFactory(azienda=azienda, **{**TESTI, "attivita": " "})
    with pytest.raises(ValidationError, match="Da scrivere prima di trasmettere: attività del CUG"):
        trasmissione.trasmetti(questa, da=cug)
    intera = RelazioneCUGFactory(azienda=azienda, anno=2021, **TESTI)
    trasmissione.trasmetti(intera, da=cug)
    with pytest.raises(ValidationError, match="è «Trasmessa»"):
        trasmissione.trasmetti(intera, da=cug)
    di_adesso = RelazioneCUGFactory(azienda=azienda, anno=timezone.localdate().year, **TESTI)
    with pytest.raises(ValidationError, match="non è finito"):
        trasmissione.trasmetti(di_adesso, da=cug)


def test_chi_scrive_dopo_un_altro_non_lo_copre(cug: Utente, azienda: Azienda, entra: Entra) -> None:
    questa = RelazioneCUGFactory(azienda=azienda)
    relazione.scrivi(questa, visto=0, da=cug, dati="Il primo.")
    url = reverse("cug_scrivi", args=[questa.pk])
    testo = entra(cug).post(url, {"dati": "Il secondo.", "visto": 0}).content.decode()
    assert "qualcun altro ha salvato la relazione" in testo
    assert "Il secondo." in testo
    questa.refresh_from_db()
    assert questa.dati == "Il primo."


def test_la_bozza_la_leggono_cug_e_risorse_umane_gli_altri_quando_e_trasmessa(
    incaricato: Persona, azienda: Azienda, entra: Entra
) -> None:
    bozza = RelazioneCUGFactory(azienda=azienda)
    url = reverse("cug_relazione", args=[bozza.pk])
    attesi = {Ruolo.CUG: 200, Ruolo.RISORSE_UMANE: 200, Ruolo.NUCLEO: 404, Ruolo.DIREZIONE: 404}
    persone = {ruolo: incaricato(ruolo) for ruolo in attesi}
    assert {r: entra(chi).get(url).status_code for r, chi in persone.items()} == attesi
    RelazioneCUG.objects.update(stato="trasmessa", trasmessa_il=date(2023, 3, 1))
    assert {entra(chi).get(url).status_code for chi in persone.values()} == {200}
    with pytest.raises(PermissionDenied):
        relazione.scrivi(bozza, visto=0, da=persone[Ruolo.RISORSE_UMANE], dati="No")


def test_l_invio_al_dipartimento_viene_dopo_la_trasmissione(cug: Utente, azienda: Azienda) -> None:
    oggi = timezone.localdate()
    questa = RelazioneCUGFactory(azienda=azienda, stato="trasmessa", trasmessa_il=oggi)
    with pytest.raises(ValidationError) as errore:
        trasmissione.al_dipartimento(questa, giorno=oggi - timedelta(days=1), da=cug)
    assert "giorno" in errore.value.message_dict
    trasmissione.al_dipartimento(questa, giorno=oggi, da=cug)
    questa.refresh_from_db()
    assert questa.al_dipartimento_il == oggi


def test_il_promemoria_dice_che_cosa_manca_al_cug(
    incaricato: Persona, cug: Utente, azienda: Azienda
) -> None:
    scorso = timezone.localdate().year - 1
    PianoPositivoFactory(azienda=azienda, anno_inizio=scorso, anno_fine=scorso + 2)
    da_cominciare = list(bacheca.cose_da_fare(cug))
    assert [(c.titolo, c.scadenza) for c in da_cominciare] == [
        (f"Relazione del CUG {scorso} da cominciare", date(scorso + 1, 3, 30))
    ]
    questa = RelazioneCUGFactory(azienda=azienda, anno=scorso)
    assert [c.titolo for c in bacheca.cose_da_fare(cug)] == [
        f"Relazione del CUG {scorso} da trasmettere"
    ]
    risorse = incaricato(Ruolo.RISORSE_UMANE)
    assert list(bacheca.cose_da_fare(risorse)) == []
    assert [una.il for una in bacheca.scadenze(risorse)] == [questa.scade_il]
    assert list(bacheca.scadenze(cug)) == []


# --- il personale -------------------------------------------------------------------------------


@pytest.fixture
def piccoli(azienda: Azienda) -> None:
    for ordine, (ruolo, donne, uomini) in enumerate(
        [("Sanitario", 60, 17), ("Amministrativo", 41, 3), ("Tecnico", 22, 29)], start=1
    ):
        PersonaleGenereFactory(
            azienda=azienda, anno=2022, ordine=ordine, ruolo=ruolo, femmine=donne, maschi=uomini
        )


@pytest.mark.usefixtures("piccoli")
def test_i_gruppi_piccoli_tacciono_per_gli_altri_e_nel_foglio_per_tutti(
    incaricato: Persona, cug: Utente, azienda: Azienda, entra: Entra
) -> None:
    url = reverse("positive_personale", args=[azienda.codice])
    riga = '<th scope="row">Amministrativo</th><td>41</td><td>3</td><td>44</td>'
    assert riga in entra(cug).get(url).getvalue().decode()
    altro = entra(incaricato(Ruolo.NUCLEO)).get(url).getvalue().decode()
    assert "<td>3</td>" not in altro
    assert "Righe scritte" not in altro
    foglio = entra(cug).get(reverse("positive_personale_csv", args=[azienda.codice]))
    righe = foglio.getvalue().decode("utf-8-sig").splitlines()
    assert righe == [
        "anno;area;ruolo;donne;uomini;totale",
        "2022;;Sanitario;60;17;77",
        "2022;;Amministrativo;•;•;44",
        "2022;;Tecnico;•;•;51",
        "2022;;Totale;123;49;172",
    ]


def test_il_cug_scrive_e_toglie_un_ruolo(cug: Utente, azienda: Azienda, entra: Entra) -> None:
    client = entra(cug)
    dati = {"anno": 2022, "ruolo": "Sanitario", "femmine": 3, "maschi": 2}
    url = reverse("positive_conta", args=[azienda.codice])
    client.post(url, dati)
    testo = client.post(url, dati).content.decode()
    assert "Quel ruolo c&#x27;è già fra il personale dell&#x27;anno." in testo
    riga = PersonalePerGenere.objects.get()
    assert Evento.objects.get(tipo="personale_genere.scritto").dati == {}
    client.post(reverse("positive_personale_togli", args=[riga.pk]))
    assert not PersonalePerGenere.objects.exists()


def test_chi_legge_soltanto_non_scrive_il_personale(incaricato: Persona, azienda: Azienda) -> None:
    with pytest.raises(PermissionDenied):
        personale.conta(
            azienda, anno=2022, area="", ruolo="Sanitario", femmine=1, maschi=1,
            da=incaricato(Ruolo.DIREZIONE),
        )  # fmt: skip
