# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting is called: in time, with its agenda, each one told once; seats and who may."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from icalendar import Calendar

from conciliazione.azioni import adunanza, comitato
from conciliazione.azioni import seduta as azioni
from conciliazione.azioni.presenze import Detta, segna_presenze
from conciliazione.azioni.referente import nomina_componente
from conciliazione.calcolo.edizione_dati import come_dati, da_dati
from conciliazione.comitato import posta, tasks
from conciliazione.models import Componente, EdizioneConciliazione, PuntoOrdine, Seduta
from piani.models import Avviso
from tests.conciliazione.scene_comitato import Comitato, rifiuto
from tests.factories_conciliazione import (
    AdesioneFactory,
    EnteFactory,
    ProgettoFactory,
    ReferenteFactory,
    SedutaFactory,
    VerbaleFactory,
)

pytestmark = pytest.mark.django_db
Genere = PuntoOrdine.Genere


def in_preparazione(quattro: Comitato, giorni: int, **altro: Any) -> Seduta:
    """A draft with its agenda, in so many days."""
    dati = {"organo": "comitato", "oggetto": "Valutazione", "sede": "Sala grande"} | altro
    quando = timezone.now() + timedelta(days=giorni)
    seduta = azioni.prepara_seduta(quattro.edizione, quando=quando, da=quattro.ufficio, **dati)
    azioni.aggiungi_punto(seduta, titolo="Graduatoria", genere=Genere.DECISIONE, da=quattro.ufficio)
    return seduta


# Convocation ------------------------------------------------------------------------------------


def test_una_convocazione_tardiva_e_rifiutata_e_dice_da_quando(quattro: Comitato) -> None:
    seduta = in_preparazione(quattro, 4)
    dal = (timezone.localdate() + timedelta(days=5)).strftime("%d/%m/%Y")
    detto = rifiuto(azioni.convoca, seduta, motivo_urgenza="Scade domani", da=quattro.ufficio)
    assert "La convocazione parte troppo tardi" in detto
    assert "fra 4 giorni, e ne servono almeno 5" in detto
    assert f"si può tenere dal {dal} in poi" in detto
    seduta.refresh_from_db()
    assert seduta.stato == Seduta.Stato.BOZZA


def test_l_urgenza_vale_solo_se_l_edizione_la_ammette(quattro: Comitato) -> None:
    regole = come_dati(quattro.edizione.regole)
    regole["comitato"]["urgenza"] = True
    EdizioneConciliazione.objects.filter(pk=quattro.edizione.pk).update(parametri=regole)
    seduta = Seduta.objects.get(pk=in_preparazione(quattro, 2).pk)
    assert da_dati(regole).comitato.urgenza
    assert "scrivi perché è urgente" in rifiuto(azioni.convoca, seduta, da=quattro.ufficio)
    azioni.convoca(seduta, motivo_urgenza="Scade la domanda alla Regione", da=quattro.ufficio)
    seduta.refresh_from_db()
    assert seduta.stato == Seduta.Stato.CONVOCATA
    assert seduta.motivo_urgenza == "Scade la domanda alla Regione"


def test_la_rete_si_convoca_dieci_giorni_prima(quattro: Comitato) -> None:
    tardi = in_preparazione(quattro, 9, organo="rete")
    assert "ne servono almeno 10" in rifiuto(azioni.convoca, tardi, da=quattro.ufficio)
    azioni.convoca(in_preparazione(quattro, 10, organo="rete"), da=quattro.ufficio)


def test_senza_ordine_del_giorno_o_sede_non_si_convoca(quattro: Comitato) -> None:
    seduta = in_preparazione(quattro, 20, sede="")
    assert "Manca la sede" in rifiuto(azioni.convoca, seduta, da=quattro.ufficio)
    azioni.togli_punto(seduta.punti.get(), da=quattro.ufficio)
    assert "Manca l'ordine del giorno" in rifiuto(azioni.convoca, seduta, da=quattro.ufficio)


def test_convocata_l_ordine_del_giorno_non_cambia(quattro: Comitato) -> None:
    seduta = in_preparazione(quattro, 20)
    azioni.convoca(seduta, da=quattro.ufficio)
    altro = {"titolo": "Altro", "genere": Genere.DISCUSSIONE, "da": quattro.ufficio}
    assert "solo quando è «In preparazione»" in rifiuto(azioni.aggiungi_punto, seduta, **altro)
    assert "non può diventare «Convocata»" not in rifiuto(
        azioni.convoca, seduta, da=quattro.ufficio
    )


def test_i_punti_tolti_richiudono_l_elenco(quattro: Comitato) -> None:
    seduta = in_preparazione(quattro, 20)
    for titolo in ("Adesioni", "Varie"):
        azioni.aggiungi_punto(seduta, titolo=titolo, genere=Genere.DISCUSSIONE, da=quattro.ufficio)
    azioni.togli_punto(seduta.punti.get(ordine=1), da=quattro.ufficio)
    assert list(seduta.punti.values_list("ordine", "titolo")) == [(1, "Adesioni"), (2, "Varie")]


def test_ciascuno_riceve_la_convocazione_una_volta(
    quattro: Comitato, django_capture_on_commit_callbacks: Any
) -> None:
    seduta = in_preparazione(quattro, 20)
    with django_capture_on_commit_callbacks() as dopo:
        azioni.convoca(seduta, da=quattro.ufficio)
    assert len(dopo) == 1  # the job leaves on commit, not before
    assert posta.spedisci_seduta(seduta) == 5
    assert posta.spedisci_seduta(seduta) == 0
    assert len(mail.outbox) == 5
    messaggio = next(una for una in mail.outbox if una.to == [quattro.supplente.email])
    assert "1. Graduatoria" in messaggio.body
    assert "Dove: Sala grande" in messaggio.body
    (nome, contenuto, tipo) = messaggio.attachments[0]
    assert (nome, tipo) == ("seduta.ics", "text/calendar; method=PUBLISH; charset=utf-8")
    (evento,) = Calendar.from_ical(contenuto).walk("VEVENT")
    assert evento["LOCATION"] == "Sala grande"
    assert evento.decoded("DTSTART") == seduta.quando.replace(microsecond=0)


def test_un_server_che_rifiuta_lascia_da_spedire(
    quattro: Comitato, monkeypatch: pytest.MonkeyPatch
) -> None:
    seduta = in_preparazione(quattro, 20)
    azioni.convoca(seduta, da=quattro.ufficio)

    def guasto(_messaggio: Any) -> None:
        raise OSError("rifiutato")

    with monkeypatch.context() as rotto:
        rotto.setattr("django.core.mail.EmailMessage.send", guasto)
        assert posta.spedisci_seduta(seduta) == 0
    assert not Avviso.objects.exists()
    assert posta.spedisci_seduta(seduta) == 5


def test_l_annullamento_toglie_l_appuntamento(quattro: Comitato) -> None:
    seduta = in_preparazione(quattro, 20)
    azioni.convoca(seduta, da=quattro.ufficio)
    posta.spedisci_seduta(seduta)
    assert "Scrivi perché" in rifiuto(azioni.annulla_seduta, seduta, motivo=" ", da=quattro.ufficio)
    azioni.annulla_seduta(seduta, motivo="Sala allagata", da=quattro.ufficio)
    mail.outbox.clear()
    assert posta.spedisci_seduta(seduta) == 5
    assert "Perché: Sala allagata" in mail.outbox[0].body
    (evento,) = Calendar.from_ical(mail.outbox[0].attachments[0][1]).walk("VEVENT")
    assert (evento["STATUS"], int(evento["SEQUENCE"])) == ("CANCELLED", 1)


def test_la_rete_convoca_i_referenti_dei_soli_membri(quattro: Comitato) -> None:
    dentro = ReferenteFactory(ente=EnteFactory(azienda=quattro.edizione.azienda))
    AdesioneFactory(ente=dentro.ente)
    ReferenteFactory(ente=EnteFactory(azienda=quattro.edizione.azienda))
    seduta = in_preparazione(quattro, 20, organo="rete")
    azioni.convoca(seduta, da=quattro.ufficio)
    posta.spedisci_seduta(seduta)
    assert [una.to for una in mail.outbox] == [[dentro.utente.email]]


# Seats ------------------------------------------------------------------------------------------


def test_un_solo_capofila_e_un_posto_per_seggio(quattro: Comitato) -> None:
    ente = EnteFactory(azienda=quattro.edizione.azienda)
    nuovo = comitato.aggiungi_seggio(
        quattro.edizione, ente=ente, tipologia="OO.SS.", da=quattro.ufficio
    )
    assert nuovo.ordine == 5
    assert "Il capofila di Rete è uno solo." in rifiuto(
        comitato.modifica_seggio, nuovo, capofila=True, da=quattro.ufficio
    )
    assert "di un'altra azienda" in rifiuto(
        comitato.modifica_seggio, nuovo, ente=EnteFactory(), da=quattro.ufficio
    )


def test_chi_subentra_chiude_chi_c_era(quattro: Comitato) -> None:
    primo = quattro.seggi[0]
    nuovo = nomina_componente(
        primo, qualita="titolare", nome="Ida", cognome="Prova", email="ida@example.org",
        dal=date(2021, 5, 1), da=quattro.ufficio,
    )  # fmt: skip
    prima = Componente.objects.get(utente=quattro.titolari[0])
    assert prima.al == date(2021, 4, 30)
    comitato.fine_componente(nuovo, al=date(2022, 1, 1), da=quattro.ufficio)
    assert "ha già lasciato" in rifiuto(
        comitato.fine_componente, nuovo, al=date(2022, 1, 1), da=quattro.ufficio
    )


def test_chi_non_guida_la_rete_non_convoca_e_non_verbalizza(quattro: Comitato) -> None:
    estraneo, seduta = quattro.titolari[0], quattro.seduta()
    for azione, altro in (
        (azioni.convoca, {}),
        (azioni.annulla_seduta, {"motivo": "x"}),
        (adunanza.apri_seduta, {}),
        (adunanza.chiudi_seduta, {}),
        (segna_presenze, {"seggi": {}}),
    ):
        with pytest.raises(PermissionDenied):
            azione(seduta, da=estraneo, **altro)  # type: ignore[operator]


def test_cio_che_non_e_partito_si_ritenta(
    quattro: Comitato, monkeypatch: pytest.MonkeyPatch
) -> None:
    chiamati: list[tuple[str, int]] = []
    for nome in ("spedisci_seduta", "spedisci_verbale", "stampa_verbale"):
        monkeypatch.setattr(
            getattr(tasks, nome), "delay", lambda pk, nome=nome: chiamati.append((nome, pk))
        )
    vecchia = timezone.now() - timedelta(hours=1)
    futura = SedutaFactory(edizione=quattro.edizione, convocata_il=vecchia)
    SedutaFactory(edizione=quattro.edizione, convocata_il=timezone.now())
    SedutaFactory(
        edizione=quattro.edizione, convocata_il=vecchia, quando=timezone.now() - timedelta(days=1)
    )
    finito = VerbaleFactory(
        seduta__quando=vecchia,
        stato="validato",
        fotografia={},
        inviato_il=vecchia - timedelta(days=9),
        validato_il=vecchia,
    )
    assert tasks.riprendi_sedute() == 2
    assert chiamati == [("spedisci_seduta", futura.pk), ("stampa_verbale", finito.pk)]


def test_i_capofila_delle_alleanze_siedono_senza_contare(quattro: Comitato) -> None:
    guida = ProgettoFactory(
        proposta__manifestazione__edizione=quattro.edizione, edizione=quattro.edizione
    ).capofila
    seduta = quattro.seduta()
    detti = {seggio.pk: Detta(titolare=True) for seggio in quattro.seggi[:2]}
    altro = EnteFactory(azienda=quattro.edizione.azienda)
    assert "solo i capofila delle Alleanze" in rifiuto(
        segna_presenze, seduta, seggi=detti, consultivi={altro.pk: ""}, da=quattro.ufficio
    )
    presenti = segna_presenze(
        seduta, seggi=detti, consultivi={guida.pk: "Ida Prova"}, da=quattro.ufficio
    )
    assert presenti == 2
    assert seduta.presenze.get(consultiva=True).nome == "Ida Prova"
