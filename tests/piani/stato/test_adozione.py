# SPDX-License-Identifier: AGPL-3.0-or-later
"""The adoption: terms, rules frozen, warnings confirmed; what a revision supersedes."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from obiettivi.models import EdizioneSMVP, Misura
from piani import azioni
from piani.models import Azienda, Evento, Piano, Quadratura, Ruolo, TermineAdozione, Utente
from piani.passaggi import Passo
from piani.tasks import stampa_documento
from piani.verifiche import Mancanza, cancello, fuori_termine
from tests.factories import PianoFactory, SezioneFactory
from tests.piani.stato.passi import ATTO, validato

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = Piano.Stato


# Terms, late adoptions, rules ---------------------------------------------------------------------


def test_il_termine_e_quello_dell_anno_con_le_sue_eccezioni(azienda: Azienda) -> None:
    TermineAdozione.objects.create(
        tipo="performance", anno_dal=2030, anno_al=2030, mese=4, giorno=30, norma="proroga"
    )
    giorni = {
        anno: TermineAdozione.objects.per(
            PianoFactory(azienda=azienda, anno_inizio=anno, anno_fine=anno)
        ).nel(anno)
        for anno in (2029, 2030, 2031)
    }
    assert giorni == {2029: date(2029, 1, 31), 2030: date(2030, 4, 30), 2031: date(2031, 1, 31)}


@pytest.mark.parametrize(("giorno", "in_ritardo"), [(31, False), (1, True)])
def test_il_giorno_del_termine_e_compreso(azienda: Azienda, giorno: int, in_ritardo: bool) -> None:
    piano = PianoFactory(azienda=azienda)
    adozione = date(2022, 1 if giorno == 31 else 2, giorno)
    assert bool(fuori_termine(piano, adozione)) is in_ritardo


def test_l_adozione_in_ritardo_non_si_ferma_ma_vuole_il_motivo(piano: Piano) -> None:
    validato(piano)
    tardi = ATTO | {"atto_data": date(2022, 3, 31)}
    with pytest.raises(ValidationError) as errore:
        azioni.adotta(piano, **tardi, da=None)
    assert errore.value.message_dict["motivo_ritardo"] == [
        "L'adozione è in ritardo, il termine era il 31/01/2022 (art. 10 c. 1 lett. a) D.Lgs. "
        "150/2009): scrivi il motivo."
    ]
    azioni.adotta(piano, **tardi, motivo_ritardo="Regole regionali tardive", da=None)
    assert piano.motivo_ritardo == "Regole regionali tardive"
    assert Evento.objects.get(tipo="piano.adottato").dati["motivo"] == "Regole regionali tardive"


def test_un_motivo_senza_ritardo_non_si_tiene(piano: Piano) -> None:
    azioni.adotta(validato(piano), **ATTO, motivo_ritardo="Chissà", da=None)
    assert piano.motivo_ritardo == ""


def test_adottando_si_congelano_le_regole_del_primo_anno(piano: Piano, direzione: Utente) -> None:
    seguente = EdizioneSMVP.objects.create(
        azienda=piano.azienda,
        anno=2023,
        nome="Regole",
        parametri=piano.azienda.edizioni_smvp.get().parametri,
    )
    azioni.adotta(validato(piano), **ATTO, da=direzione)
    assert piano.azienda.edizioni_smvp.get(anno=2022).congelata_il is not None
    seguente.refresh_from_db()
    assert seguente.congelata_il is None
    evento = Evento.objects.get(tipo="edizione.congelata")
    assert evento in Evento.objects.che_riguardano(piano)


def test_senza_le_regole_dell_anno_non_si_adotta(piano: Piano) -> None:
    validato(piano)
    piano.azienda.edizioni_smvp.all().delete()
    with pytest.raises(ValidationError, match="Mancano le regole di misurazione e valutazione"):
        azioni.adotta(piano, **ATTO, da=None)


# Warnings ----------------------------------------------------------------------------------------


def test_le_avvertenze_si_confermano_proprio_quelle_viste(piano: Piano, controllo: Utente) -> None:
    misura = Misura.objects.get()
    misura.indicatore.verso = ""
    misura.indicatore.save(update_fields=["verso"])
    prima = cancello(piano, Passo.INVIO)
    assert (len(prima.bloccano), len(prima.avvertono)) == (0, 1)
    with pytest.raises(ValidationError, match="conferma di averle viste"):
        azioni.invia(piano, da=controllo)
    misura.indicatore.fonte = None
    misura.indicatore.save(update_fields=["fonte"])
    with pytest.raises(ValidationError, match="sono cambiate da quando le hai viste"):
        azioni.invia(piano, avvertenze_viste=prima.impronta, da=controllo)
    azioni.invia(piano, avvertenze_viste=cancello(piano, Passo.INVIO).impronta, da=controllo)
    assert piano.stato == Stato.IN_VALIDAZIONE


def test_cio_che_ferma_un_passo_ferma_anche_i_seguenti_ma_non_la_pubblicazione() -> None:
    una = Mancanza("x", blocca_da=Passo.VALIDAZIONE)
    assert [una.blocca(passo) for passo in Passo] == [False, True, True, False]
    assert [una.avverte(passo) for passo in Passo] == [True, False, False, True]
    dopo = Mancanza("x", avverte_da=Passo.ADOZIONE)
    assert [dopo.avverte(passo) for passo in Passo] == [False, False, True, True]


def test_un_totale_che_non_torna_si_prende_in_carico_prima_di_adottare(
    piano: Piano, controllo: Utente
) -> None:
    quadratura = Quadratura.objects.create(
        piano=piano, ordine=1, dove="Tavola 3", stampato="10", calcolato=9, differenza=1
    )
    assert [una.testo for una in cancello(piano, Passo.INVIO).avvertono] == [
        "Tavola 3: stampato 10, ricalcolato 9."
    ]
    validato(piano)
    with pytest.raises(ValidationError, match="Tavola 3"):
        azioni.adotta(piano, **ATTO, da=None)
    with pytest.raises(ValidationError, match="Scrivi perché"):
        azioni.prendi_atto(quadratura, motivo="", da=controllo)
    azioni.prendi_atto(quadratura, motivo="Errore della fonte", da=controllo)
    with pytest.raises(ValidationError, match="niente da prendere in carico"):
        azioni.prendi_atto(quadratura, motivo="Di nuovo", da=controllo)
    azioni.adotta(piano, **ATTO, da=None)
    assert piano.stato == Stato.ADOTTATO


@pytest.mark.parametrize(("testo", "manca"), [("", True), ("breve", True), ("x" * 20, False)])
def test_una_sezione_vuota_ferma_l_invio(piano: Piano, testo: str, manca: bool) -> None:
    SezioneFactory(piano=piano, titolo="Mandato", testo=testo)
    testi = [una.testo for una in cancello(piano, Passo.INVIO).bloccano]
    assert testi == (["La sezione «Mandato» è vuota."] if manca else [])


# Published and superseded ------------------------------------------------------------------------


def test_la_prima_pubblicazione_dalle_pagine_conferma_le_avvertenze(
    azienda: Azienda, incaricato: Callable[..., Utente]
) -> None:
    rpct = incaricato(Ruolo.PUBBLICATORE)
    piano = SezioneFactory(piano=PianoFactory(azienda=azienda)).piano
    with pytest.raises(ValidationError, match="conferma di averle viste"):
        azioni.pubblica(piano, avvertenze_viste="", da=rpct)
    viste = cancello(piano, Passo.PUBBLICAZIONE)
    assert viste.bloccano == ()
    azioni.pubblica(piano, avvertenze_viste=viste.impronta, da=rpct)
    assert piano.stato == Stato.PUBBLICATO


def test_pubblicare_la_revisione_supera_i_piani_di_prima(
    azienda: Azienda, incaricato: Callable[..., Utente]
) -> None:
    nonno = PianoFactory(azienda=azienda, stato=Stato.PUBBLICATO)
    padre = PianoFactory(azienda=azienda, scorrimento_di=nonno, anno_inizio=2023, anno_fine=2025)
    nuovo = PianoFactory(azienda=azienda, scorrimento_di=padre, anno_inizio=2024, anno_fine=2026)
    stampa_documento(azioni.pubblica(nuovo, da=incaricato(Ruolo.PUBBLICATORE)).pk)
    for vecchio in (nonno, padre):
        vecchio.refresh_from_db()
        assert vecchio.stato == Stato.SUPERATO
    assert Evento.objects.filter(tipo="piano.superato").count() == 2
    with pytest.raises(ValidationError, match="solo un piano adottato: questo è «Superato»"):
        azioni.pubblica(padre, da=None)
