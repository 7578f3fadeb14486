# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of a draft, written from the pages: sections here, the tree in its own tests."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from piani import azioni
from piani.azioni.righe import Superata, impronta
from piani.models import Azienda, Evento, Piano, Quadratura, Ruolo, Sezione, Utente
from tests.factories import IncaricoFactory, PianoFactory, SezioneFactory, piano_pronto

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return PianoFactory(azienda=azienda, stato=Piano.Stato.BOZZA)


def sezioni(piano: Piano) -> list[str]:
    return [una.titolo for una in piano.sezioni.order_by("ordine")]


def nuova(piano: Piano, titolo: str) -> Sezione:
    return Sezione(piano=piano, tipo="mandato", titolo=titolo, testo="Testo di prova")


# The actions -------------------------------------------------------------------------------------


def test_una_riga_nuova_va_in_fondo_e_il_registro_la_racconta(
    piano: Piano, controllo: Utente
) -> None:
    for titolo in ("Prima", "Seconda"):
        azioni.aggiungi(nuova(piano, titolo), da=controllo)
    assert sezioni(piano) == ["Prima", "Seconda"]
    evento = Evento.objects.latest("pk")
    assert (evento.tipo, evento.da) == ("sezione.aggiunta", controllo)
    assert evento.dati == {
        "dopo": {
            "capitolo": "Mandato istituzionale",
            "titolo": "Seconda",
            "testo": "Testo di prova",
        }
    }
    assert evento in Evento.objects.che_riguardano(piano)


def test_di_una_modifica_il_registro_tiene_solo_cio_che_cambia(
    piano: Piano, controllo: Utente
) -> None:
    sezione = SezioneFactory(piano=piano, titolo="Missione", testo="Prima")
    assert azioni.modifica(sezione, {"titolo": "Missione", "testo": "Dopo"}, da=controllo)
    assert Evento.objects.get().dati == {"prima": {"testo": "Prima"}, "dopo": {"testo": "Dopo"}}
    assert not azioni.modifica(sezione, {"testo": "Dopo"}, da=controllo)
    assert Evento.objects.count() == 1


def test_chi_salva_su_una_riga_salvata_nel_frattempo_legge_da_chi(
    piano: Piano, controllo: Utente
) -> None:
    sezione = SezioneFactory(piano=piano, testo="Prima")
    visto = impronta(sezione)
    azioni.modifica(sezione, {"testo": "Di lei"}, visto=visto, da=controllo)
    with pytest.raises(Superata) as detto:
        azioni.modifica(sezione, {"testo": "Mio"}, visto=visto, da=None)
    frase = detto.value.messages[0]
    assert frase.startswith(f"Mentre scrivevi {controllo} ha salvato questa stessa riga.")
    assert "testo «Di lei»" in frase
    sezione.refresh_from_db()
    assert sezione.testo == "Di lei"
    azioni.modifica(sezione, {"testo": "Mio"}, visto=detto.value.visto, da=None)
    sezione.refresh_from_db()
    assert sezione.testo == "Mio"


def test_una_riga_tolta_nel_frattempo_lo_dice(piano: Piano) -> None:
    sezione = SezioneFactory(piano=piano, testo="Che cosa diceva")
    azioni.elimina(sezione, da=None)
    assert Evento.objects.get().dati["prima"]["testo"] == "Che cosa diceva"
    sua = Sezione(pk=sezione.pk or 1, piano=piano)
    for azione in (
        lambda: azioni.modifica(sua, {"testo": "x"}, da=None),
        lambda: azioni.elimina(sua, da=None),
        lambda: azioni.sposta(sua, verso=1, da=None),
    ):
        with pytest.raises(ValidationError, match="è stata tolta"):
            azione()


def test_si_sposta_di_un_posto_e_agli_estremi_resta(piano: Piano) -> None:
    prima, seconda, terza = (
        SezioneFactory(piano=piano, titolo=titolo, ordine=posto)
        for titolo, posto in (("A", 3), ("B", 7), ("C", 40))
    )
    assert azioni.sposta(terza, verso=-1, da=None)
    assert sezioni(piano) == ["A", "C", "B"]
    assert azioni.sposta(prima, verso=1, da=None)
    assert sezioni(piano) == ["C", "A", "B"]
    assert not azioni.sposta(seconda, verso=1, da=None)
    assert list(piano.sezioni.values_list("ordine", flat=True)) == [1, 2, 3]


@pytest.mark.parametrize(
    ("stato", "rimedio"),
    [
        (Piano.Stato.IN_VALIDAZIONE, "riportato in bozza"),
        (Piano.Stato.ADOTTATO, "revisione a scorrimento"),
    ],
)
def test_fuori_dalla_bozza_niente_si_modifica(
    azienda: Azienda, stato: Piano.Stato, rimedio: str
) -> None:
    sezione = SezioneFactory(piano=PianoFactory(azienda=azienda, stato=stato), testo="Com'era")
    for azione in (
        lambda: azioni.modifica(sezione, {"testo": "x"}, da=None),
        lambda: azioni.elimina(sezione, da=None),
        lambda: azioni.sposta(sezione, verso=1, da=None),
        lambda: azioni.aggiungi(nuova(sezione.piano, "Altra"), da=None),
        lambda: azioni.modifica_piano(sezione.piano, titolo="x", nota="", da=None),
        lambda: azioni.elimina_piano(sezione.piano, da=None),
    ):
        with pytest.raises(ValidationError, match=rimedio):
            azione()
    assert [una.testo for una in Sezione.objects.all()] == ["Com'era"]


def test_un_piano_si_comincia_con_i_capitoli_della_linea_guida(
    azienda: Azienda, controllo: Utente
) -> None:
    dati = {"tipo": "performance", "anno_inizio": 2025, "anno_fine": 2027, "da": controllo}
    piano = azioni.crea_piano(azienda, titolo="Piano nuovo", **dati)
    assert (piano.slug, piano.stato) == (f"{azienda.codice}-performance-2025-2027", "bozza")
    assert sezioni(piano)[:3] == ["Presentazione", "Chi siamo", "Analisi del contesto"]
    gemello = azioni.crea_piano(azienda, titolo="Piano nuovo", **dati)
    assert gemello.slug == f"{azienda.codice}-performance-2025-2027-2"


@pytest.mark.parametrize(
    ("primo", "ultimo", "campo"),
    [(2024, 2022, "anno_fine"), (2024, 2040, "anno_fine"), (1999, 2001, "anno_inizio")],
)
def test_gli_anni_di_un_piano_sono_da_uno_a_cinque(
    azienda: Azienda, primo: int, ultimo: int, campo: str
) -> None:
    with pytest.raises(ValidationError) as errore:
        azioni.crea_piano(
            azienda, tipo="performance", titolo="x", anno_inizio=primo, anno_fine=ultimo, da=None
        )
    assert list(errore.value.message_dict) == [campo]


def test_una_bozza_si_elimina_finche_il_nucleo_non_si_e_espresso(
    azienda: Azienda, controllo: Utente
) -> None:
    from datetime import date

    piano = piano_pronto(azienda)
    azioni.invia(piano, da=None)
    azioni.valida(
        piano, esito="non_validato", data=date(2022, 1, 1), motivazione="Da rifare", da=None
    )
    with pytest.raises(ValidationError, match="resta agli atti"):
        azioni.elimina_piano(piano, da=controllo)
    altro = piano_pronto(azienda, titolo="Da buttare")
    azioni.elimina_piano(altro, da=controllo)
    assert not Piano.objects.filter(titolo="Da buttare").exists()
    assert Evento.objects.latest("pk").dati["prima"]["titolo"] == "Da buttare"


# The pages ---------------------------------------------------------------------------------------


def test_la_sezione_si_scrive_dalla_pagina_e_un_salvataggio_superato_non_perde_niente(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    sezione = SezioneFactory(piano=piano, titolo="Missione", testo="Prima")
    client = entra(controllo)
    indirizzo = reverse("sezione_modifica", args=[sezione.pk])
    pagina = client.get(indirizzo).content.decode()
    visto = impronta(sezione)
    assert visto in pagina
    azioni.modifica(sezione, {"testo": "Di un altro"}, da=None)
    dati = {"tipo": "missione", "titolo": "Missione", "testo": "Mio testo", "visto": visto}
    risposta = client.post(indirizzo, dati)
    pagina = risposta.content.decode()
    assert "qualcun altro ha salvato" in pagina
    assert "Mio testo" in pagina
    assert 'name="visto"' in pagina
    assert visto not in pagina
    nuovo_visto = risposta.context["form"].data["visto"]
    assert client.post(indirizzo, dati | {"visto": nuovo_visto}).status_code == 302
    sezione.refresh_from_db()
    assert sezione.testo == "Mio testo"


def test_dai_controlli_si_torna_ai_controlli(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    sezione = SezioneFactory(piano=piano)
    indirizzo = reverse("sezione_modifica", args=[sezione.pk])
    dati = {"tipo": "missione", "titolo": "Missione", "testo": "Un testo abbastanza lungo"}
    dati["visto"] = impronta(sezione)
    risposta = entra(controllo).post(f"{indirizzo}?torna=stato", dati)
    assert risposta.url == reverse("stato_piano", args=[piano.slug])


def test_togliere_chiede_prima_e_nomina_che_cosa(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    sezione = SezioneFactory(piano=piano, titolo="Missione")
    client = entra(controllo)
    indirizzo = reverse("sezione_togli", args=[sezione.pk])
    assert "«Missione»" in client.get(indirizzo).content.decode()
    assert Sezione.objects.count() == 1
    assert client.post(indirizzo).url == reverse("sezioni", args=[piano.slug])
    assert Sezione.objects.count() == 0


def test_le_pagine_di_scrittura_di_un_piano_chiuso_rimandano_allo_stato(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda)
    risposta = entra(controllo).get(reverse("sezione_nuova", args=[piano.slug]), follow=True)
    assert risposta.redirect_chain[0][0] == reverse("stato_piano", args=[piano.slug])
    assert "non si modifica" in risposta.content.decode()


def test_un_piano_si_comincia_dalla_pagina_solo_dove_si_governa(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    altra = IncaricoFactory().azienda
    client = entra(controllo)
    dati: dict[str, Any] = {
        "azienda": azienda.codice,
        "tipo": "performance",
        "titolo": "Piano nuovo",
        "anno_inizio": "2030",
        "anno_fine": "2032",
    }
    risposta = client.post(reverse("piano_nuovo"), dati | {"azienda": altra.codice})
    assert risposta.status_code == 200
    assert not Piano.objects.exists()
    assert client.post(reverse("piano_nuovo"), dati).url == Piano.objects.get().get_absolute_url()
    lettore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.REGIONE).utente
    assert entra(lettore).get(reverse("piano_nuovo")).status_code == 403


def test_chi_non_compila_non_scrive(piano: Piano) -> None:
    sezione = SezioneFactory(piano=piano)
    estraneo = IncaricoFactory(azienda=piano.azienda, ruolo=Ruolo.DIREZIONE).utente
    with pytest.raises(PermissionDenied):
        azioni.modifica(sezione, {"testo": "x"}, da=estraneo)


def test_i_dati_del_piano_si_cambiano_e_la_bozza_si_elimina_dalla_pagina(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    from obiettivi import azioni as azioni_obiettivi

    piano = piano_pronto(azienda, titolo="Prima")
    calcolo = azioni_obiettivi.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni_obiettivi.esegui(calcolo.pk)
    client = entra(controllo)
    client.post(reverse("piano_dati", args=[piano.slug]), {"titolo": "Dopo", "nota": ""})
    piano.refresh_from_db()
    assert piano.titolo == "Dopo"
    assert Evento.objects.get(tipo="piano.modificato").dati == {
        "prima": {"titolo": "Prima"}, "dopo": {"titolo": "Dopo"},
    }  # fmt: skip
    elimina = reverse("piano_elimina", args=[piano.slug])
    assert "«Dopo»" in client.get(elimina).content.decode()
    assert client.post(elimina).url == reverse("piani")
    assert not Piano.objects.exists()


def test_un_totale_che_non_torna_si_prende_in_carico_dalla_sua_pagina(
    azienda: Azienda, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    piano = PianoFactory(azienda=azienda)
    quadratura = Quadratura.objects.create(
        piano=piano, ordine=1, dove="Tavola 3", stampato="10", calcolato=9, differenza=1
    )
    client, indirizzo = entra(controllo), reverse("quadratura", args=[quadratura.pk])
    assert "Tavola 3" in client.get(indirizzo).content.decode()
    assert client.post(indirizzo, {"motivo": " "}).status_code == 200
    risposta = client.post(indirizzo, {"motivo": "Errore della fonte"}, follow=True)
    pagina = risposta.content.decode()
    assert "presa in carico: Errore della fonte" in pagina
    assert indirizzo not in pagina
