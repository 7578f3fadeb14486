# SPDX-License-Identifier: AGPL-3.0-or-later
"""A questionnaire from the draft to the results: one answer per link, nobody behind it."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani.models import (
    Accesso,
    Azienda,
    Compilazione,
    Domanda,
    Evento,
    InvitoQuestionario,
    Questionario,
    Risposta,
    Ruolo,
    Utente,
)
from piani.models.questionario import impronta_gettone
from piani.questionari import azioni, domande
from piani.questionari.foglio import righe_dei_risultati
from piani.questionari.risposte import rispondi, scarta, spedisci
from piani.questionari.risultati import risultati_di
from tests.factories import IncaricoFactory

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
SCALA = {"tipo": "scala", "dimensione": "Tempo", "minimo": 1, "massimo": 5}


@pytest.fixture
def ufficio(azienda: Azienda) -> Utente:
    return IncaricoFactory(azienda=azienda, ruolo=Ruolo.CAPOFILA).utente


@pytest.fixture
def bozza(azienda: Azienda) -> Questionario:
    return azioni.crea_questionario(
        azienda,
        titolo="Il tempo di chi lavora",
        domande=[
            {**SCALA, "testo": "Quanto tempo hai risparmiato?"},
            {**SCALA, "testo": "Lo gestisci meglio?", "obbligatoria": False},
            {"tipo": "si_no", "testo": "Lo consiglieresti?"},
            {"tipo": "testo", "testo": "Altro?", "obbligatoria": False},
        ],
        da=None,
    )


@pytest.fixture
def aperto(bozza: Questionario) -> Questionario:
    azioni.apri(bozza, apre=OGGI(), chiude=OGGI() + timedelta(days=10), da=None)
    bozza.refresh_from_db()
    return bozza


def collegamenti(questionario: Questionario, quanti: int = 1, gruppo: str = "") -> list[str]:
    """The paths of new links."""
    pronti = azioni.prepara_collegamenti(questionario, quanti=quanti, gruppo=gruppo, da=None)
    return [uno[uno.index("/q/") :] for uno in pronti]


def gettone(percorso: str) -> str:
    return percorso.removeprefix("/q/").removesuffix("/")


def risposta(questionario: Questionario, *valori: object) -> dict[int, object]:
    chiavi = questionario.domande.values_list("pk", flat=True)
    return dict(zip(chiavi, valori, strict=False))


def rispondono(
    questionario: Questionario, righe: list[tuple[object, ...]], gruppo: str = ""
) -> None:
    for percorso, valori in zip(collegamenti(questionario, len(righe), gruppo), righe, strict=True):
        rispondi(gettone(percorso), risposta(questionario, *valori))


def manda(questionario: Questionario, *valori: object) -> dict[str, object]:
    """The same, as a form sends it."""
    return {str(k): v for k, v in risposta(questionario, *valori).items()}


def test_un_collegamento_vale_una_volta(client: Client, aperto: Questionario) -> None:
    (percorso,) = collegamenti(aperto)
    assert client.get(percorso).status_code == 200
    inviata = client.post(percorso, manda(aperto, 4, "", 1, ""))
    assert inviata.status_code == 302
    assert inviata.url == reverse("questionario_fatto")
    assert client.get(inviata.url).status_code == 200
    assert Compilazione.objects.count() == 1
    assert list(Risposta.objects.values_list("valore", flat=True).order_by("valore")) == [1, 4]
    ancora = client.post(percorso, manda(aperto, 5, "", 0, ""))
    assert ancora.status_code == 410
    assert "si è già risposto" in ancora.content.decode()
    assert Compilazione.objects.count() == 1


def test_chi_dimentica_una_risposta_ritrova_le_altre(client: Client, aperto: Questionario) -> None:
    (percorso,) = collegamenti(aperto)
    pagina = client.post(percorso, manda(aperto, 4, "", "", "Grazie dei centri estivi"))
    testo = pagina.content.decode()
    assert "A questa domanda serve una risposta." in testo
    assert "Grazie dei centri estivi" in testo
    assert testo.count("checked") == 2  # the four, and who prefers not to answer the second
    assert Compilazione.objects.count() == 0
    assert not InvitoQuestionario.objects.get().usato


@pytest.mark.parametrize("valore", ["6", "0", "x", "-1"])
def test_una_risposta_fuori_scala_non_entra(
    client: Client, aperto: Questionario, valore: str
) -> None:
    (percorso,) = collegamenti(aperto)
    pagina = client.post(percorso, manda(aperto, valore, "", 1, ""))
    assert "Scegli una delle risposte proposte." in pagina.content.decode()
    assert not Risposta.objects.exists()


def test_un_collegamento_inventato_o_di_un_questionario_finito_lo_dice(
    client: Client, aperto: Questionario
) -> None:
    assert "non è intero" in client.get("/q/inventato/").content.decode()
    (percorso,) = collegamenti(aperto)
    ieri = OGGI() - timedelta(days=1)
    Questionario.objects.update(apre=ieri, chiude=ieri)
    pagina = client.post(percorso, manda(aperto, 4, "", 1, ""))
    assert pagina.status_code == 410
    assert "Il questionario è chiuso" in pagina.content.decode()
    domani = OGGI() + timedelta(days=1)
    Questionario.objects.update(apre=domani, chiude=domani)
    assert "si apre il" in client.get(percorso).content.decode()


def test_niente_lega_la_risposta_al_collegamento() -> None:
    """No column of an answer names an invitation, a person, a moment; and the other way."""
    legami = {
        modello: {campo.related_model for campo in modello._meta.get_fields() if campo.is_relation}
        for modello in (InvitoQuestionario, Compilazione, Risposta)
    }
    assert legami[InvitoQuestionario] == {Questionario}
    assert legami[Compilazione] == {Questionario, Risposta}
    assert legami[Risposta] == {Compilazione, Domanda}
    for modello in legami:
        for campo in modello._meta.get_fields():
            assert not isinstance(
                campo, models.DateField | models.TimeField | models.GenericIPAddressField
            ), campo


def test_rispondere_non_lascia_tracce(client: Client, aperto: Questionario) -> None:
    nucleo = IncaricoFactory(azienda=aperto.azienda, ruolo=Ruolo.NUCLEO).utente
    (percorso,) = collegamenti(aperto)
    client.force_login(nucleo)
    eventi, accessi = Evento.objects.count(), Accesso.objects.count()
    client.get(percorso)
    client.post(percorso, manda(aperto, 3, 3, 0, ""))
    assert Compilazione.objects.exists()
    assert Evento.objects.count() == eventi
    assert Accesso.objects.count() == accessi
    assert impronta_gettone(gettone(percorso)) not in str(list(Evento.objects.values("dati")))


def test_per_posta_parte_un_collegamento_e_l_indirizzo_non_resta(
    aperto: Questionario, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = True
    with django_capture_on_commit_callbacks(execute=True):
        quanti = azioni.invita_per_posta(
            aperto,
            indirizzi=["a@esempio.it", " B@esempio.it ", "a@esempio.it"],
            gruppo="Nido",
            da=None,
        )
    assert quanti == 2
    assert sorted(m.to[0] for m in mail.outbox) == ["a@esempio.it", "b@esempio.it"]
    testo = mail.outbox[0].body
    suo = testo[testo.index("/q/") + 3 :].split("/")[0]
    rispondi(suo, risposta(aperto, 5, None, 1, ""))
    assert list(InvitoQuestionario.objects.order_by("usato").values_list("gruppo", "usato")) == [
        ("Nido", False), ("Nido", True),
    ]  # fmt: skip
    assert "esempio.it" not in str(list(Evento.objects.values()))


def test_un_invito_si_spedisce_una_volta_e_quello_mai_partito_non_conta(
    aperto: Questionario,
) -> None:
    attesa = impronta_gettone("attesa")
    InvitoQuestionario.objects.create(questionario=aperto, impronta=attesa)
    assert spedisci(attesa, "a@esempio.it")
    assert not spedisci(attesa, "a@esempio.it")
    assert len(mail.outbox) == 1
    InvitoQuestionario.objects.create(questionario=aperto, impronta=attesa)
    scarta(attesa)
    assert InvitoQuestionario.objects.count() == 1


def test_un_indirizzo_sbagliato_si_dice_e_non_parte_niente(aperto: Questionario) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni.invita_per_posta(aperto, indirizzi=["a@esempio.it", "senza chiocciola"], da=None)
    assert "«senza chiocciola» non è un indirizzo di posta." in errore.value.messages
    assert not InvitoQuestionario.objects.exists()


def test_da_aperto_le_domande_restano_come_sono(aperto: Questionario) -> None:
    prima = aperto.domande.get(ordine=1)
    for scrive in (
        lambda: domande.togli_domanda(prima, da=None),
        lambda: domande.sposta_domanda(prima, su=False, da=None),
        lambda: domande.scrivi_domanda(aperto, valori={"testo": "x"}, domanda=prima, da=None),
        lambda: azioni.modifica_questionario(aperto, valori={"titolo": "x"}, da=None),
    ):
        with pytest.raises(ValidationError, match="solo in bozza"):
            scrive()


def test_le_domande_si_spostano_e_si_tolgono(bozza: Questionario) -> None:
    seconda = bozza.domande.get(ordine=2)
    domande.sposta_domanda(seconda, su=True, da=None)
    assert bozza.domande.first() == seconda
    domande.sposta_domanda(bozza.domande.first(), su=True, da=None)
    domande.togli_domanda(bozza.domande.first(), da=None)
    assert list(bozza.domande.values_list("ordine", "testo")) == [
        (1, "Quanto tempo hai risparmiato?"), (2, "Lo consiglieresti?"), (3, "Altro?"),
    ]  # fmt: skip


def test_in_una_dimensione_la_scala_e_una_sola(bozza: Questionario) -> None:
    with pytest.raises(ValidationError) as errore:
        domande.scrivi_domanda(bozza, valori={**SCALA, "testo": "E poi?", "massimo": 10}, da=None)
    assert "stessa scala" in errore.value.message_dict["massimo"][0]


def test_senza_domande_non_si_apre(azienda: Azienda) -> None:
    vuoto = azioni.crea_questionario(azienda, titolo="Vuoto", da=None)
    with pytest.raises(ValidationError, match="non ha domande"):
        azioni.apri(vuoto, apre=OGGI(), chiude=OGGI(), da=None)
    with pytest.raises(ValidationError, match="già passato"):
        azioni.apri(vuoto, apre=date(2020, 1, 1), chiude=date(2020, 2, 1), da=None)


def test_la_soglia_non_scende_sotto_quella_della_casa(bozza: Questionario) -> None:
    with pytest.raises(ValidationError, match="soglia di tutto il programma"):
        azioni.modifica_questionario(bozza, valori={"soglia": 2}, da=None)


def test_i_risultati_si_leggono_da_chiuso_e_gli_inviti_si_cancellano(
    aperto: Questionario,
) -> None:
    # tempo: 4×5 + 8×4 + 4×3 = 64 in sedici, cioè 4; alla seconda rispondono solo in quattro
    righe = [(5, 5, 1)] * 4 + [(4, None, 1)] * 4 + [(4, None, 0)] * 4 + [(3, None, 0)] * 4
    rispondono(aperto, righe)
    collegamenti(aperto, 4)
    ancora = risultati_di(aperto)
    assert (ancora.totale.inviti, ancora.totale.risposte) == (20, 16)
    assert ancora.totale.quota == Decimal(80)
    assert ancora.domande == ()
    azioni.chiudi(aperto, da=None)
    assert not InvitoQuestionario.objects.exists()
    chiuso = risultati_di(aperto)
    assert chiuso.totale == ancora.totale
    tempo, gestione, consiglia, _altro = chiuso.domande
    assert (tempo.quanti, tempo.media) == (16, Decimal(4))
    assert gestione.taciuta
    assert gestione.media is None
    # la dimensione è fatta della sola domanda che si mostra: l'altra non si ricava
    (dimensione,) = chiuso.dimensioni
    assert (dimensione.media, dimensione.risposte, dimensione.domande) == (Decimal(4), 16, 1)
    assert [(g.nome, g.quanti) for g in consiglia.gradi] == [("Sì", 8), ("No", 8)]
    # 0 0 4 8 4: i quattro tacciono, e con loro una terza cella, o la media li direbbe
    assert [g.quanti for g in tempo.gradi] == [None, 0, None, 8, None]


def test_un_gruppo_piccolo_tace_e_non_si_ricava(aperto: Questionario) -> None:
    rispondono(aperto, [(5, 5, 1)] * 8, "Comune")
    rispondono(aperto, [(1, 1, 0)] * 2, "Cooperativa")
    rispondono(aperto, [(3, 3, 1)] * 6, "Azienda")
    azioni.chiudi(aperto, da=None)
    (dimensione,) = risultati_di(aperto).dimensioni
    # 8×5 + 2×1 + 6×3 = 60, in sedici
    assert dimensione.media == Decimal("3.75")
    assert dict(dimensione.gruppi) == {"Azienda": None, "Comune": Decimal(5), "Cooperativa": None}


def test_con_poche_risposte_non_si_mostra_niente(aperto: Questionario) -> None:
    rispondono(aperto, [(5, 5, 1, "Parole mie")] * 4)
    azioni.chiudi(aperto, da=None)
    risultati = risultati_di(aperto)
    assert risultati.pochi
    assert (risultati.domande, risultati.dimensioni) == ((), ())
    assert "Parole mie" not in str(list(righe_dei_risultati(risultati)))


def test_il_foglio_dice_le_stesse_cifre_e_tace_le_stesse(
    entra: Callable[[Utente], Client], ufficio: Utente, aperto: Questionario
) -> None:
    rispondono(aperto, [(4, None, 1, "=SOMMA(A1)")] * 6 + [(5, None, 0, "")])
    azioni.chiudi(aperto, da=None)
    testo = entra(ufficio).get(reverse("questionario_csv", args=[aperto.pk])).getvalue().decode()
    assert "media della dimensione;Tempo;;;7;4,14" in testo
    assert "Lo consiglieresti?;No;non mostrato;" in testo
    assert "Lo consiglieresti?;Sì;non mostrato;" in testo
    assert ";'=SOMMA(A1);" in testo


def test_chi_prepara_porta_il_questionario_dalla_bozza_ai_risultati(
    entra: Callable[[Utente], Client], ufficio: Utente, bozza: Questionario
) -> None:
    client = entra(ufficio)
    pagina = reverse("questionario", args=[bozza.pk])
    client.post(
        reverse("questionario_domanda_nuova", args=[bozza.pk]),
        {"testo": "Quale aiuto?", "tipo": "scelta", "minimo": 1, "massimo": 5,
         "scelte": "Nido\n\nSpesa\nNido", "obbligatoria": "on"},
    )  # fmt: skip
    assert bozza.domande.get(ordine=5).scelte == ["Nido", "Spesa"]
    assert "Quale aiuto?" in client.get(pagina).getvalue().decode()
    oggi = OGGI().isoformat()
    aperta = client.post(
        reverse("questionario_apri", args=[bozza.pk]), {"apre": oggi, "chiude": oggi}
    )
    assert aperta.url == pagina
    inviti = reverse("questionario_inviti", args=[bozza.pk])
    da_stampare = client.post(inviti, {"quanti": 6, "gruppo": "Nido"}).getvalue().decode()
    assert da_stampare.count('<li><a href="http') == 6
    assert "/q/" not in client.get(pagina).getvalue().decode()
    foglio = client.post(inviti, {"quanti": 2, "csv": "1"}).getvalue().decode()
    assert foglio.count("/q/") == 2
    insieme = client.post(inviti, {"quanti": 2, "indirizzi": "a@esempio.it"})
    assert "una delle due cose" in insieme.getvalue().decode()
    client.post(reverse("questionario_chiudi", args=[bozza.pk]))
    assert "meno di 5 persone" in client.get(pagina).getvalue().decode()


def test_chi_legge_non_prepara(aperto: Questionario) -> None:
    nucleo = IncaricoFactory(azienda=aperto.azienda, ruolo=Ruolo.NUCLEO).utente
    for scrive in (
        lambda: azioni.crea_questionario(aperto.azienda, titolo="x", da=nucleo),
        lambda: azioni.prepara_collegamenti(aperto, quanti=1, da=nucleo),
        lambda: azioni.chiudi(aperto, da=nucleo),
    ):
        with pytest.raises(PermissionDenied):
            scrive()


def test_i_questionari_scaduti_si_chiudono_da_se(aperto: Questionario) -> None:
    assert azioni.chiudi_scaduti() == 0
    ieri = OGGI() - timedelta(days=1)
    Questionario.objects.update(apre=ieri, chiude=ieri)
    assert azioni.chiudi_scaduti() == 1
    aperto.refresh_from_db()
    assert aperto.stato == Questionario.Stato.CHIUSO
