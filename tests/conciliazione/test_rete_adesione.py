# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request to join: asked by anybody, confirmed by post, evaluated, left again."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conciliazione.azioni import adesione as azioni
from conciliazione.azioni import rinuncia as rinunce
from conciliazione.azioni import valutazione_adesione as valutazione
from conciliazione.models import Adesione, EdizioneConciliazione, Ente, Referente, Seduta
from conciliazione.rete import tasks
from conciliazione.rete.bacheca import cose_da_fare
from conciliazione.rete.membri import e_membro
from piani.models import Evento, Ruolo, Utente
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    AdesioneFactory,
    AssociazioneFactory,
    EnteFactory,
    SedutaFactory,
)

pytestmark = pytest.mark.django_db
Stato = Adesione.Stato
OGGI = timezone.localdate
# An invented cooperative; its codes are written right and belong to nobody we know of.
MODULO = {
    "rappresentante": "Ada Inventata", "denominazione": "Cooperativa Girandola",
    "codice_fiscale": "01234567897", "partita_iva": "IT 01234567897", "comune": "Lodi",
    "provincia": "lo", "via": "via delle Prove", "civico": "3", "email": "girandola@example.org",
    "telefono": "02 0000000", "sito": "", "tipo": "non_profit", "dimensione": "",
    "referente_nome": "Bice", "referente_cognome": "Inventata",
    "referente_telefono": "02 0000001", "referente_email": "bice@example.org",
    "motivazione": "", "interesse": "on", "regolamento_visto": "on", "informativa": "on",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _senza_limite(settings: Any) -> None:
    settings.ADESIONI_PER_ORA = 100_000


@pytest.fixture
def indirizzo(edizione: EdizioneConciliazione) -> str:
    return reverse("adesione_chiedi", args=[edizione.azienda.codice])


@pytest.fixture
def confermata(edizione: EdizioneConciliazione) -> Adesione:
    return AdesioneFactory(
        ente=None, azienda=edizione.azienda, stato=Stato.CONFERMATA, dal=None,
        denominazione="Cooperativa Girandola", tipo="non_profit", natura="privata_non_profit",
        codice_fiscale="01234567897", email="girandola@example.org", comune="Lodi",
        referente_nome="Bice", referente_cognome="Inventata", referente_email="bice@example.org",
    )  # fmt: skip


def il_collegamento() -> str:
    """The link of the last message, as a path."""
    trovato = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert trovato
    return trovato.group(1)


def test_chiunque_chiede_e_la_posta_dell_ente_conferma(
    client: Client, indirizzo: str, edizione: EdizioneConciliazione, settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with django_capture_on_commit_callbacks(execute=True):
        risposta = client.post(indirizzo, MODULO)
    assert risposta.url == reverse("adesione_chiesta", args=[edizione.azienda.codice])
    chiesta = Adesione.objects.get()
    assert (chiesta.stato, chiesta.partita_iva, chiesta.provincia, chiesta.indirizzo) == (
        Stato.RICHIESTA, "01234567897", "LO", "via delle Prove 3",
    )  # fmt: skip
    assert mail.outbox[-1].to == ["girandola@example.org"]
    gettone = il_collegamento().rstrip("/").rsplit("/", 1)[-1]
    assert gettone not in chiesta.impronta
    assert len(chiesta.impronta) == 64

    pagina = client.get(il_collegamento())
    assert pagina.status_code == 200
    chiesta.refresh_from_db()
    assert chiesta.stato == Stato.RICHIESTA  # who only opens the link confirms nothing
    assert "Richiesta confermata" in client.post(il_collegamento()).content.decode()
    chiesta.refresh_from_db()
    assert chiesta.stato == Stato.CONFERMATA
    ancora = client.post(il_collegamento())
    assert (ancora.status_code, "già confermata" in ancora.content.decode()) == (410, True)
    assert list(Evento.objects.order_by("pk").values_list("tipo", flat=True)) == [
        "conc_adesione.chiesta", "conc_adesione.confermata",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cambi", "detto"),
    [
        ({"codice_fiscale": "01234567890"}, "Il codice fiscale non è giusto"),
        ({"partita_iva": "123"}, "La partita IVA non è giusta"),
        ({"regolamento_visto": ""}, "Per aderire si dichiara di aver letto il Regolamento."),
        ({"informativa": ""}, "Prima di inviare leggi"),
        ({"tipo": "profit", "partita_iva": ""}, "obbligatoria."),
        ({"provincia": "Lodi"}, "Scrivi la sigla di due lettere"),
        ({"email": "girandola"}, "indirizzo email valido"),
    ],
)
def test_il_modulo_sbagliato_torna_con_ciò_che_si_era_scritto(
    client: Client, indirizzo: str, cambi: dict[str, str], detto: str
) -> None:
    testo = client.post(indirizzo, MODULO | cambi).content.decode()
    assert detto in testo
    assert 'value="Cooperativa Girandola"' in testo
    assert not Adesione.objects.exists()


def test_il_robot_crede_di_aver_inviato(client: Client, indirizzo: str) -> None:
    assert client.post(indirizzo, MODULO | {"fax": "02 1"}).status_code == 302
    assert not Adesione.objects.exists()


def test_oltre_il_limite_si_aspetta_e_non_si_perde_niente(
    client: Client, indirizzo: str, settings: Any
) -> None:
    settings.ADESIONI_PER_ORA = 1
    da = {"REMOTE_ADDR": f"203.0.113.{timezone.now().microsecond % 250 + 1}"}
    assert client.post(indirizzo, MODULO, **da).status_code == 302
    risposta = client.post(indirizzo, MODULO, **da)
    assert risposta.status_code == 429
    assert "riprova più tardi" in risposta.content.decode()
    assert 'value="Cooperativa Girandola"' in risposta.content.decode()
    assert Adesione.objects.count() == 1


def test_alla_stessa_posta_non_si_scrive_all_infinito(edizione: EdizioneConciliazione) -> None:
    dati = {"denominazione": "X", "tipo": "non_profit", "email": "a@example.org",
            "regolamento_visto": True}  # fmt: skip
    for _volta in range(3):
        azioni.chiedi(edizione.azienda, dati)
    with pytest.raises(ValidationError, match="abbiamo già scritto più volte"):
        azioni.chiedi(edizione.azienda, dati | {"email": "A@example.org"})


def test_senza_un_edizione_in_vigore_non_si_chiede(client: Client, indirizzo: str) -> None:
    EdizioneConciliazione.objects.update(stato="chiusa")
    assert "Adesso la Rete non raccoglie adesioni" in client.get(indirizzo).content.decode()
    assert "non raccoglie adesioni" in client.post(indirizzo, MODULO).content.decode()
    EdizioneConciliazione.objects.update(stato="bozza")
    assert client.get(indirizzo).status_code == 404


def test_il_messaggio_che_non_parte_si_riprova_con_un_altro_collegamento(
    edizione: EdizioneConciliazione, monkeypatch: pytest.MonkeyPatch
) -> None:
    chiesta = azioni.chiedi(edizione.azienda, {"denominazione": "X", "tipo": "non_profit",
                                               "email": "a@example.org",
                                               "regolamento_visto": True})  # fmt: skip

    def rotto(*_tutto: Any) -> None:
        raise OSError("il server non risponde")

    with monkeypatch.context() as finto:
        finto.setattr(azioni, "spedisci", rotto)
        assert azioni.spedisci_conferma(chiesta) is False
    Adesione.objects.update(chiesta_il=timezone.now() - timedelta(minutes=6))
    monkeypatch.setattr(tasks.spedisci_conferma, "delay", tasks.spedisci_conferma)
    assert tasks.rispedisci_conferme() == 1
    assert len(mail.outbox) == 1
    assert azioni.spedisci_conferma(chiesta) is False  # delivered twice, sent once


def test_chi_non_conferma_decade_e_le_persone_si_dimenticano(
    client: Client, edizione: EdizioneConciliazione
) -> None:
    chiesta = azioni.chiedi(
        edizione.azienda,
        {"denominazione": "X", "tipo": "non_profit", "email": "a@example.org",
         "referente_nome": "Bice", "rappresentante": "Ada", "regolamento_visto": True},
    )  # fmt: skip
    azioni.spedisci_conferma(chiesta)
    Adesione.objects.update(scade_il=timezone.now() - timedelta(minutes=1))
    assert "Il tempo per confermare è finito" in client.get(il_collegamento()).content.decode()
    assert tasks.fa_scadere_adesioni() == 1
    chiesta.refresh_from_db()
    assert (chiesta.stato, chiesta.referente_nome, chiesta.rappresentante, chiesta.email) == (
        Stato.SCADUTA, "", "", "",
    )  # fmt: skip
    assert client.post(il_collegamento()).status_code == 410


def test_accolta_diventa_un_ente_con_il_suo_referente(
    edizione: EdizioneConciliazione, ufficio: Utente, confermata: Adesione, settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    settings.CELERY_TASK_ALWAYS_EAGER = True
    seduta = SedutaFactory(edizione=edizione, stato=Seduta.Stato.CHIUSA, componenti=30,
                           numero_legale=16, quando=timezone.now() - timedelta(days=1))  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        accolta = valutazione.accogli(
            confermata, dal=OGGI(), valutata_il=OGGI(), seduta=seduta, da=ufficio
        )
    ente = accolta.ente
    assert ente is not None
    assert (ente.nome, ente.natura, ente.codice_fiscale, ente.sede) == (
        "Cooperativa Girandola", "privata_non_profit", "01234567897", "Lodi",
    )  # fmt: skip
    assert e_membro(ente)
    assert not e_membro(ente, OGGI() - timedelta(days=1))
    referente = Referente.objects.get()
    assert (referente.ente, referente.utente.email) == (ente, "bice@example.org")
    assert {tuple(uno.to) for uno in mail.outbox} == {
        ("bice@example.org",), ("girandola@example.org", "bice@example.org"),
    }  # fmt: skip


def test_accolta_si_lega_all_ente_che_c_e_gia(
    edizione: EdizioneConciliazione, ufficio: Utente, confermata: Adesione
) -> None:
    nostro = AssociazioneFactory(azienda=edizione.azienda, codice_fiscale="01234567897")
    with pytest.raises(ValidationError, match="sceglilo, invece di crearne un altro"):
        valutazione.accogli(confermata, dal=OGGI(), valutata_il=OGGI(), da=ufficio)
    valutazione.accogli(confermata, ente=nostro, dal=OGGI(), valutata_il=OGGI(), da=ufficio)
    assert list(Ente.objects.filter(azienda=edizione.azienda)) == [nostro]
    seconda = AdesioneFactory(ente=None, azienda=edizione.azienda, stato=Stato.CONFERMATA,
                              dal=None, denominazione="Altra", tipo="non_profit",
                              natura="privata_non_profit")  # fmt: skip
    with pytest.raises(ValidationError, match="fa già parte della Rete"):
        valutazione.accogli(seconda, ente=nostro, dal=OGGI(), valutata_il=OGGI(), da=ufficio)


def test_un_referente_che_non_si_puo_nominare_ferma_tutto_e_si_spiega(
    ufficio: Utente, confermata: Adesione
) -> None:
    Adesione.objects.update(referente_email=ufficio.email)
    with pytest.raises(ValidationError) as detto:
        valutazione.accogli(confermata, dal=OGGI(), valutata_il=OGGI(), da=ufficio)
    assert list(detto.value.error_dict) == ["con_referente"]
    confermata.refresh_from_db()
    assert (confermata.stato, Ente.objects.filter(nome__startswith="Coop").exists()) == (
        Stato.CONFERMATA, False,
    )  # fmt: skip
    valutazione.accogli(confermata, dal=OGGI(), valutata_il=OGGI(), con_referente=False, da=ufficio)
    assert not Referente.objects.exists()


def test_respinta_con_il_motivo_che_arriva_all_ente(
    ufficio: Utente, confermata: Adesione, entra: Callable[[Utente], Client],
    edizione: EdizioneConciliazione,
) -> None:  # fmt: skip
    with pytest.raises(ValidationError, match="Scrivi perché"):
        valutazione.respingi(confermata, motivo=" ", valutata_il=OGGI(), da=ufficio)
    dove = reverse("adesione_respingi", args=[edizione.slug, confermata.pk])
    entra(ufficio).post(dove, {"motivo": "Ha sede altrove.", "valutata_il": str(OGGI())})
    confermata.refresh_from_db()
    assert (confermata.stato, confermata.motivo) == (Stato.RESPINTA, "Ha sede altrove.")
    valutazione.spedisci_esito(confermata)
    assert "Ha sede altrove." in mail.outbox[-1].body
    with pytest.raises(ValidationError, match="adesso è «Respinta»"):
        valutazione.respingi(confermata, motivo="di nuovo", valutata_il=OGGI(), da=ufficio)


def test_la_valutazione_non_viene_prima_della_seduta_ne_domani(
    edizione: EdizioneConciliazione, ufficio: Utente, confermata: Adesione
) -> None:
    with pytest.raises(ValidationError, match="deve ancora venire"):
        valutazione.accogli(
            confermata, dal=OGGI(), valutata_il=OGGI() + timedelta(days=1), da=ufficio
        )
    seduta = SedutaFactory(edizione=edizione, quando=timezone.now())
    with pytest.raises(ValidationError, match="non può venire prima"):
        valutazione.accogli(
            confermata, dal=OGGI(), valutata_il=OGGI() - timedelta(days=1), seduta=seduta,
            da=ufficio,
        )  # fmt: skip


def test_l_ufficio_registra_il_modulo_arrivato_firmato(
    edizione: EdizioneConciliazione, ufficio: Utente, entra: Callable[[Utente], Client]
) -> None:
    dove = reverse("rete_adesione_nuova", args=[edizione.slug])
    entra(ufficio).post(dove, MODULO | {"arrivata_il": "03/02/2020"})
    registrata = Adesione.objects.get()
    assert (registrata.stato, timezone.localdate(registrata.chiesta_il)) == (
        Stato.CONFERMATA, date(2020, 2, 3),
    )  # fmt: skip


def test_la_rinuncia_vale_dalla_presa_d_atto(
    edizione: EdizioneConciliazione, ufficio: Utente, referente_di: Callable[[Ente], Utente]
) -> None:
    ente = EnteFactory(azienda=edizione.azienda)
    adesione = AdesioneFactory(ente=ente)
    suo = referente_di(ente)
    decorre = OGGI() + timedelta(days=10)
    riga = rinunce.rinuncia(
        adesione, motivo="Altre priorità.", presentata_il=OGGI(), decorre_dal=decorre, da=suo
    )
    assert e_membro(ente, decorre)  # until the note is taken
    with pytest.raises(ValidationError, match="ha già presentato"):
        rinunce.rinuncia(
            adesione, motivo="x", presentata_il=OGGI(), decorre_dal=decorre, da=ufficio
        )
    with pytest.raises(PermissionDenied):
        rinunce.prendi_atto(riga, presa_atto_il=OGGI(), da=suo)
    rinunce.prendi_atto(riga, presa_atto_il=OGGI(), da=ufficio)
    assert e_membro(ente, decorre - timedelta(days=1))
    assert not e_membro(ente, decorre)
    with pytest.raises(ValidationError, match="già preso atto"):
        rinunce.prendi_atto(riga, presa_atto_il=OGGI(), da=ufficio)
    with pytest.raises(ValidationError, match="serve una nuova adesione"):
        rinunce.ritira_rinuncia(riga, da=suo)


def test_la_rinuncia_si_ritira_prima_della_presa_d_atto(
    edizione: EdizioneConciliazione, referente_di: Callable[[Ente], Utente]
) -> None:
    ente = EnteFactory(azienda=edizione.azienda)
    adesione = AdesioneFactory(ente=ente)
    suo = referente_di(ente)
    riga = rinunce.rinuncia(
        adesione, motivo="Altro.", presentata_il=OGGI(), decorre_dal=OGGI(), da=suo
    )
    rinunce.ritira_rinuncia(riga, da=suo)
    adesione.refresh_from_db()
    assert (adesione.al, hasattr(adesione, "rinuncia")) == (None, False)


def test_ognuno_vede_e_scrive_solo_il_suo(
    edizione: EdizioneConciliazione, confermata: Adesione, client: Client,
    referente_di: Callable[[Ente], Utente], con_incarico: Callable[..., Utente],
) -> None:  # fmt: skip
    ente, altro = (EnteFactory(azienda=edizione.azienda) for _n in range(2))
    sua, altrui = AdesioneFactory(ente=ente), AdesioneFactory(ente=altro)
    suo, nucleo = referente_di(ente), con_incarico(Ruolo.NUCLEO)
    straniero = IncaricoFactory(ruolo=Ruolo.CAPOFILA).utente
    attesi = {suo: (200, 404, 404), nucleo: (200, 200, 200), straniero: (404, 404, 404)}
    for chi, codici in attesi.items():
        client.force_login(chi)
        avuti = tuple(
            client.get(reverse("rete_adesione", args=[edizione.slug, una.pk])).status_code
            for una in (sua, altrui, confermata)
        )
        assert avuti == codici, chi
    for chi in (suo, nucleo, straniero):
        with pytest.raises(PermissionDenied):
            valutazione.accogli(confermata, dal=OGGI(), valutata_il=OGGI(), da=chi)
        with pytest.raises(PermissionDenied):
            rinunce.rinuncia(altrui, motivo="x", presentata_il=OGGI(), decorre_dal=OGGI(), da=chi)


def test_le_richieste_stanno_fra_le_cose_da_fare(
    edizione: EdizioneConciliazione, ufficio: Utente, confermata: Adesione,
    con_incarico: Callable[..., Utente], django_assert_num_queries: Any,
) -> None:  # fmt: skip
    (cosa,) = cose_da_fare(ufficio)
    assert cosa.titolo == "1 richiesta di adesione da valutare"
    assert cosa.url == f"{reverse('rete_adesioni', args=[edizione.slug])}?stato=confermata"
    direzione = con_incarico(Ruolo.DIREZIONE)
    assert direzione.incarichi_di_oggi
    with django_assert_num_queries(0):
        assert list(cose_da_fare(direzione)) == []
