# SPDX-License-Identifier: AGPL-3.0-or-later
"""A meeting from its convocation to its minutes, with everything that is refused on the way."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from icalendar import Calendar

from conciliazione import tasks
from conciliazione.azioni import adunanza, comitato, votazione
from conciliazione.azioni import seduta as azioni
from conciliazione.azioni.presenze import Detta, segna_presenze, segna_presenze_rete
from conciliazione.azioni.referente import nomina_componente
from conciliazione.calcolo.edizione_dati import come_dati, da_dati
from conciliazione.comitato import posta
from conciliazione.models import (
    Componente,
    EdizioneConciliazione,
    PuntoOrdine,
    Seduta,
    Seggio,
    Votazione,
    Voto,
)
from piani.models import Avviso, Evento, Utente
from tests.factories import UtenteFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    ComponenteFactory,
    EnteFactory,
    ProgettoFactory,
    PuntoOrdineFactory,
    ReferenteFactory,
    SedutaFactory,
    SeggioFactory,
    VerbaleFactory,
)

pytestmark = pytest.mark.django_db
Genere = PuntoOrdine.Genere


@dataclass
class Comitato:
    """Four seats (the quorum is three), the first is the capofila's; each has its titolare."""

    edizione: EdizioneConciliazione
    ufficio: Utente
    seggi: list[Seggio]
    titolari: list[Utente]
    supplente: Utente

    def seduta(self, quando: Any = None, **altro: Any) -> Seduta:
        """Called, of today."""
        seduta = SedutaFactory(
            edizione=self.edizione, sede="Sala grande", quando=quando or timezone.now(), **altro
        )
        PuntoOrdineFactory(seduta=seduta, ordine=1)
        return seduta

    def presenti(self, seduta: Seduta, quanti: int) -> None:
        detti = {seggio.pk: Detta(titolare=True) for seggio in self.seggi[:quanti]}
        segna_presenze(seduta, seggi=detti, da=self.ufficio)

    def aperta(self, quanti: int = 4) -> Seduta:
        seduta = self.seduta()
        self.presenti(seduta, quanti)
        adunanza.apri_seduta(seduta, da=self.ufficio)
        return seduta

    def votazione(self, quanti: int = 4) -> Votazione:
        punto = self.aperta(quanti).punti.get()
        return votazione.apri_votazione(punto, quesito="Si approva?", da=self.ufficio)

    def vota(self, questa: Votazione, *valori: str) -> Votazione:
        for seggio, titolare, valore in zip(self.seggi, self.titolari, valori, strict=False):
            votazione.vota(questa, seggio=seggio, valore=valore, da=titolare)
        return questa


@pytest.fixture
def quattro(edizione: EdizioneConciliazione, ufficio: Utente) -> Comitato:
    seggi = [
        SeggioFactory(edizione=edizione, ordine=n, denominazione=f"Seggio {n}", capofila=n == 1)
        for n in range(1, 5)
    ]
    titolari = [ComponenteFactory(seggio=seggio).utente for seggio in seggi]
    supplente = ComponenteFactory(seggio=seggi[0], qualita=Componente.Qualita.SUPPLENTE).utente
    return Comitato(edizione, ufficio, seggi, titolari, supplente)


def rifiuto(azione: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(ValidationError) as raccolto:
        azione(*args, **kwargs)
    return " ".join(raccolto.value.messages)


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


# Presences and quorum ---------------------------------------------------------------------------


def test_senza_numero_legale_non_si_apre_e_la_seduta_va_deserta(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    quattro.presenti(seduta, 2)
    detto = rifiuto(adunanza.apri_seduta, seduta, da=quattro.ufficio)
    assert "Manca il numero legale: presenti 2 su 4, ne servono 3." in detto
    assert "Metà di 4 più uno: 2 + 1 = 3." in detto
    adunanza.dichiara_deserta(seduta, da=quattro.ufficio)
    seduta.refresh_from_db()
    assert (seduta.stato, seduta.componenti, seduta.numero_legale) == ("deserta", 4, 3)


def test_con_il_numero_legale_non_e_deserta(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    quattro.presenti(seduta, 3)
    assert "Il numero legale c'è" in rifiuto(adunanza.dichiara_deserta, seduta, da=quattro.ufficio)


def test_il_numero_legale_resta_quello_dell_apertura(quattro: Comitato) -> None:
    seduta = quattro.aperta(3)
    SeggioFactory.create_batch(6, edizione=quattro.edizione)
    seduta.refresh_from_db()
    assert (seduta.componenti, seduta.numero_legale) == (4, 3)


def test_un_seggio_finito_non_conta(quattro: Comitato) -> None:
    comitato.modifica_seggio(
        quattro.seggi[3], al=timezone.localdate() - timedelta(days=1), da=quattro.ufficio
    )
    seduta = quattro.aperta(3)
    assert (seduta.componenti, seduta.numero_legale) == (3, 2)


def test_la_seduta_si_apre_nel_suo_giorno(quattro: Comitato) -> None:
    seduta = quattro.seduta(quando=timezone.now() + timedelta(days=3))
    quattro.presenti(seduta, 4)
    assert "si apre quel giorno" in rifiuto(adunanza.apri_seduta, seduta, da=quattro.ufficio)


def test_il_supplente_non_siede_con_il_titolare(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    primo = quattro.seggi[0]
    with pytest.raises(ValidationError) as raccolto:
        segna_presenze(
            seduta, seggi={primo.pk: Detta(titolare=True, supplente=True)}, da=quattro.ufficio
        )
    assert raccolto.value.message_dict == {
        f"seggio-{primo.pk}": [
            "Seggio 1: il supplente partecipa se il titolare manca. Segna chi dei due siede."
        ]
    }
    assert not seduta.presenze.exists()


def test_un_seggio_senza_nominati_si_segna_con_un_nome(quattro: Comitato) -> None:
    seduta = quattro.seduta()
    secondo = quattro.seggi[1]
    detto = rifiuto(
        segna_presenze, seduta, seggi={secondo.pk: Detta(supplente=True)}, da=quattro.ufficio
    )
    assert detto == "Seggio 2: quel giorno non ha un supplente nominato."
    segna_presenze(seduta, seggi={secondo.pk: Detta(nome="Ida Prova")}, da=quattro.ufficio)
    assert seduta.presenze.get(presente=True).nome == "Ida Prova"


def test_nella_rete_siedono_i_membri_e_non_serve_un_numero(quattro: Comitato) -> None:
    membro, altro = EnteFactory.create_batch(2, azienda=quattro.edizione.azienda)
    AdesioneFactory(ente=membro)
    seduta = quattro.seduta(organo="rete")
    assert "Non c'è nessuno" in rifiuto(adunanza.apri_seduta, seduta, da=quattro.ufficio)
    assert "non fa parte della Rete" in rifiuto(
        segna_presenze_rete, seduta, presenti={altro.pk: ""}, da=quattro.ufficio
    )
    segna_presenze_rete(seduta, presenti={membro.pk: "Ida Prova"}, da=quattro.ufficio)
    adunanza.apri_seduta(seduta, da=quattro.ufficio)
    assert "La Rete non vota" in rifiuto(
        votazione.apri_votazione, seduta.punti.get(), quesito="Sì?", da=quattro.ufficio
    )


# Votes ------------------------------------------------------------------------------------------


def test_un_secondo_voto_e_rifiutato(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole")
    detto = rifiuto(
        votazione.vota, questa, seggio=quattro.seggi[0], valore="contrario", da=quattro.titolari[0]
    )
    assert "Seggio 1 ha già votato alle" in detto
    assert "il voto è uno per seggio e non si cambia." in detto
    assert Voto.objects.get().valore == "favorevole"
    detto = rifiuto(
        votazione.raccogli_voti, questa, voti={quattro.seggi[0].pk: "contrario"},
        da=quattro.ufficio,
    )  # fmt: skip
    assert "Seggio 1 ha già votato" in detto


def test_vota_chi_siede_non_il_supplente_del_presente(quattro: Comitato) -> None:
    questa = quattro.votazione()
    detto = rifiuto(
        votazione.vota, questa, seggio=quattro.seggi[0], valore="favorevole", da=quattro.supplente
    )
    assert detto == f"In questa seduta siede {quattro.titolari[0]} (titolare): il voto è suo."


def test_un_seggio_assente_non_vota(quattro: Comitato) -> None:
    questa = quattro.votazione(quanti=3)
    detto = rifiuto(
        votazione.vota, questa, seggio=quattro.seggi[3], valore="favorevole",
        da=quattro.titolari[3],
    )  # fmt: skip
    assert detto == "Seggio 4 risulta assente: per votare fatti segnare presente."


def test_nessuno_vota_per_un_altro_nemmeno_chi_amministra(quattro: Comitato) -> None:
    questa = quattro.votazione()
    estranei = [quattro.ufficio, quattro.titolari[1], UtenteFactory(is_superuser=True)]
    for estraneo in estranei:
        with pytest.raises(PermissionDenied):
            votazione.vota(questa, seggio=quattro.seggi[0], valore="favorevole", da=estraneo)


def test_in_parita_decide_il_capofila(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole", "contrario", "contrario", "favorevole")
    votazione.chiudi_votazione(questa, da=quattro.ufficio)
    questa.refresh_from_db()
    assert questa.esito == "approvata"
    assert questa.conteggio["parita"] is True
    assert questa.conteggio["spiegazione"].endswith(
        "Parità: prevale il voto del capofila di Rete, favorevole. La proposta è approvata."
    )


def test_l_ufficio_raccoglie_i_voti_per_alzata_di_mano(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "contrario")
    resto = {seggio.pk: "favorevole" for seggio in quattro.seggi[1:]}
    assert votazione.raccogli_voti(questa, voti=resto, da=quattro.ufficio) == 3
    votazione.chiudi_votazione(questa, da=quattro.ufficio)
    assert (questa.esito, questa.conteggio["favorevoli"]) == ("approvata", 3)


def test_se_il_numero_legale_viene_meno_il_voto_non_si_chiude(quattro: Comitato) -> None:
    questa = quattro.votazione(quanti=3)
    votazione.vota(questa, seggio=quattro.seggi[0], valore="favorevole", da=quattro.titolari[0])
    quattro.presenti(questa.punto.seduta, 2)
    assert "Il numero legale è venuto meno: presenti 2, ne servono 3." in rifiuto(
        votazione.chiudi_votazione, questa, da=quattro.ufficio
    )


def test_chi_ha_votato_non_diventa_assente(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole")
    detto = rifiuto(segna_presenze, questa.punto.seduta, seggi={}, da=quattro.ufficio)
    assert detto.startswith("Seggio 1 ha già votato in una votazione aperta")


def test_una_votazione_vuota_o_chiusa_non_si_chiude(quattro: Comitato) -> None:
    questa = quattro.votazione()
    assert "Non ha ancora votato nessuno." in rifiuto(
        votazione.chiudi_votazione, questa, da=quattro.ufficio
    )
    assert "è ancora aperta" in rifiuto(
        adunanza.chiudi_seduta, questa.punto.seduta, da=quattro.ufficio
    )
    quattro.vota(questa, "favorevole", "favorevole", "favorevole")
    votazione.chiudi_votazione(questa, da=quattro.ufficio)
    with pytest.raises(ValidationError, match="solo quando è «Aperta»"):
        votazione.vota(questa, seggio=quattro.seggi[3], valore="contrario",
                       da=quattro.titolari[3])  # fmt: skip
    adunanza.chiudi_seduta(questa.punto.seduta, da=quattro.ufficio)


def test_una_votazione_mal_posta_si_ritira_dicendo_perche(quattro: Comitato) -> None:
    questa = quattro.vota(quattro.votazione(), "favorevole")
    votazione.annulla_votazione(questa, motivo="Quesito incompleto", da=quattro.ufficio)
    assert not Votazione.objects.exists()
    evento = Evento.objects.filter(tipo="conc_votazione.ritirata").get()
    assert evento.dati == {"motivo": "Quesito incompleto", "voti": 1}


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
        stato="validato", fotografia={}, inviato_il=vecchia - timedelta(days=9), validato_il=vecchia
    )
    assert tasks.riprendi_sedute() == 2
    assert chiamati == [("spedisci_seduta", futura.pk), ("stampa_verbale", finito.pk)]


@pytest.mark.parametrize("quanti", [1, 3])
def test_segnare_la_rete_costa_lo_stesso_per_uno_o_per_molti(
    quattro: Comitato, quanti: int, django_assert_max_num_queries: Any
) -> None:
    enti = EnteFactory.create_batch(quanti, azienda=quattro.edizione.azienda)
    for ente in enti:
        AdesioneFactory(ente=ente)
    seduta = quattro.seduta(organo="rete")
    presenti = {ente.pk: "" for ente in enti}
    with django_assert_max_num_queries(14):
        segna_presenze_rete(seduta, presenti=presenti, da=quattro.ufficio)


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
