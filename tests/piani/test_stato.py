# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a plan: who takes them, what stops them, what stays on record."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from obiettivi.models import EdizioneSMVP, Misura
from piani import azioni
from piani.bacheca import cose_da_fare
from piani.models import (
    Azienda,
    Evento,
    Parere,
    PareriDovuti,
    Piano,
    Quadratura,
    Ruolo,
    TermineAdozione,
    Utente,
    ValidazioneNucleo,
)
from piani.passaggi import Passo
from piani.tasks import stampa_documento
from piani.verifiche import Mancanza, cancello, fuori_termine
from tests.factories import IncaricoFactory, PianoFactory, SezioneFactory, piano_pronto

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = Piano.Stato
ATTO = {
    "atto_tipo": "decreto",
    "atto_numero": "12",
    "atto_data": date(2022, 1, 28),
    "atto_organo": "Direttore Generale",
}
PARERE = {"esito": Parere.Esito.FAVOREVOLE, "data": date(2022, 1, 27)}


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return piano_pronto(azienda)


@pytest.fixture
def nucleo(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.NUCLEO)


@pytest.fixture
def direzione(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.DIREZIONE)


def valida(piano: Piano, da: Utente | None, esito: str = "validato", **altro: Any) -> Any:
    dati = {"data": date(2022, 1, 20), "motivazione": "Coerente con le linee guida."} | altro
    return azioni.valida(piano, esito=esito, **dati, da=da)


def validato(piano: Piano, *, con_pareri: bool = True) -> Piano:
    """The plan brought to be adopted by the system, which sees no warnings."""
    azioni.invia(piano, da=None)
    valida(piano, None)
    if con_pareri:
        for ruolo in ("DA", "DS", "DSS"):
            azioni.esprimi_parere(piano, ruolo=ruolo, **PARERE, da=None)
    return piano


# The whole way -----------------------------------------------------------------------------------


def test_dalla_bozza_al_pubblicato_ogni_passo_ha_chi_lo_fa_e_il_suo_evento(
    piano: Piano, controllo: Utente, nucleo: Utente, direzione: Utente
) -> None:
    azioni.invia(piano, da=controllo)
    assert piano.stato == Stato.IN_VALIDAZIONE
    valida(piano, nucleo)
    assert (piano.stato, piano.nucleo_data) == (Stato.VALIDATO, date(2022, 1, 20))
    assert piano.nucleo_esito == "Validato. Coerente con le linee guida."
    for ruolo in ("DA", "DS", "DSS"):
        azioni.esprimi_parere(piano, ruolo=ruolo, **PARERE, da=direzione)
    azioni.adotta(piano, **ATTO, da=direzione)
    assert (piano.stato, piano.atto_numero) == (Stato.ADOTTATO, "12")
    azioni.pubblica(piano, da=controllo)
    passi = Evento.objects.filter(tipo__startswith="piano.").order_by("pk")
    assert list(passi.values_list("tipo", "da")) == [
        ("piano.inviato", controllo.pk),
        ("piano.validato", nucleo.pk),
        ("piano.adottato", direzione.pk),
        ("piano.pubblicato", controllo.pk),
    ]


def test_i_passi_si_fanno_in_ordine(piano: Piano) -> None:
    with pytest.raises(ValidationError, match=r"è «Bozza»: prima deve essere «In validazione»"):
        valida(piano, None)
    with pytest.raises(ValidationError, match=r"è «Bozza»: prima deve essere «Validato»"):
        azioni.adotta(piano, **ATTO, da=None)
    with pytest.raises(ValidationError, match=r"è «Bozza»: prima deve essere «Validato»"):
        azioni.esprimi_parere(piano, ruolo="DA", **PARERE, da=None)
    assert Evento.objects.count() == 0


def test_chi_arriva_secondo_legge_chi_l_ha_gia_fatto(piano: Piano, controllo: Utente) -> None:
    altro = Piano.objects.get(pk=piano.pk)
    azioni.invia(piano, da=controllo)
    with pytest.raises(ValidationError) as detto:
        azioni.invia(altro, da=None)
    assert detto.value.messages[0].startswith(
        f"Il piano è già «In validazione»: lo ha fatto {controllo} il "
    )
    assert Evento.objects.filter(tipo="piano.inviato").count() == 1


@pytest.mark.parametrize("ruolo", [Ruolo.NUCLEO, Ruolo.DIREZIONE, Ruolo.PUBBLICATORE])
def test_al_nucleo_lo_manda_solo_il_controllo_di_gestione(
    piano: Piano, incaricato: Callable[..., Utente], ruolo: Ruolo
) -> None:
    with pytest.raises(PermissionDenied):
        azioni.invia(piano, da=incaricato(ruolo))
    piano.refresh_from_db()
    assert piano.stato == Stato.BOZZA


# The Nucleo --------------------------------------------------------------------------------------


def test_il_nucleo_valida_solo_gli_anni_che_gli_sono_affidati(piano: Piano) -> None:
    azioni.invia(piano, da=None)
    for anni, puo in (
        ({"anno_da": 2025}, False),
        ({"anno_a": 2021}, False),
        ({"anno_da": 2024}, True),
    ):
        utente = IncaricoFactory(azienda=piano.azienda, ruolo=Ruolo.NUCLEO, **anni).utente
        assert utente.has_perm("piani.valida", piano) is puo


def test_il_nucleo_di_un_altra_azienda_non_valida(piano: Piano) -> None:
    azioni.invia(piano, da=None)
    with pytest.raises(PermissionDenied):
        valida(piano, IncaricoFactory(ruolo=Ruolo.NUCLEO).utente)


def test_il_rifiuto_riporta_in_bozza_con_le_osservazioni(piano: Piano, nucleo: Utente) -> None:
    azioni.invia(piano, da=None)
    detta = valida(piano, nucleo, esito="non_validato", motivazione="Mancano gli impatti.")
    assert (piano.stato, piano.nucleo_esito) == (Stato.BOZZA, "")
    assert not detta.positiva
    evento = Evento.objects.latest("pk")
    assert (evento.tipo, evento.da) == ("piano.respinto", nucleo)
    assert evento.dati["motivazione"] == "Mancano gli impatti."
    azioni.invia(piano, da=None)
    valida(piano, nucleo)
    assert [v.esito for v in piano.validazioni.all()] == ["validato", "non_validato"]


@pytest.mark.parametrize(
    ("campo", "valore", "frase"),
    [
        ("motivazione", "  ", "sempre una motivazione"),
        ("data", timezone.localdate() + timedelta(days=1), "nel futuro"),
        ("esito", "forse", "sconosciuto"),
    ],
)
def test_la_validazione_incompleta_dice_che_cosa_manca(
    piano: Piano, campo: str, valore: Any, frase: str
) -> None:
    azioni.invia(piano, da=None)
    with pytest.raises(ValidationError) as errore:
        valida(piano, None, **{campo: valore})
    assert frase in errore.value.message_dict[campo][0]
    assert ValidazioneNucleo.objects.count() == 0


# Back to draft -----------------------------------------------------------------------------------


def test_riportare_in_bozza_fa_decadere_validazione_e_pareri(
    piano: Piano, controllo: Utente
) -> None:
    validato(piano)
    azioni.riporta_in_bozza(piano, motivo="Un target sbagliato", da=controllo)
    assert (piano.stato, piano.nucleo_data) == (Stato.BOZZA, None)
    assert not piano.pareri.exists()
    dati = Evento.objects.latest("pk").dati
    assert dati["motivo"] == "Un target sbagliato"
    assert dati["pareri decaduti"].count("favorevole") == 3


def test_in_bozza_non_torna_un_piano_adottato_e_serve_un_motivo(piano: Piano) -> None:
    with pytest.raises(ValidationError, match="Scrivi perché"):
        azioni.riporta_in_bozza(piano, motivo=" ", da=None)
    with pytest.raises(ValidationError, match="solo se è in validazione o validato"):
        azioni.riporta_in_bozza(piano, motivo="x", da=None)
    azioni.adotta(validato(piano), **ATTO, da=None)
    with pytest.raises(ValidationError, match="«Adottato»"):
        azioni.riporta_in_bozza(piano, motivo="x", da=None)


# Opinions and act --------------------------------------------------------------------------------


def test_senza_i_pareri_dovuti_non_si_adotta(piano: Piano, direzione: Utente) -> None:
    validato(piano, con_pareri=False)
    azioni.esprimi_parere(piano, ruolo="DA", **PARERE, da=direzione)
    with pytest.raises(ValidationError) as errore:
        azioni.adotta(piano, **ATTO, da=direzione)
    assert errore.value.messages == [
        "Non ancora: prima va rimediato a quanto segue.",
        "Manca il parere del direttore sanitario (art. 3 c. 1-quinquies D.Lgs. 502/1992; L.r. "
        "Lombardia 33/2009).",
        "Manca il parere del direttore sociosanitario (art. 3 c. 1-quinquies D.Lgs. 502/1992; "
        "L.r. Lombardia 33/2009).",
    ]


def test_i_pareri_dovuti_sono_quelli_dell_ente_e_dell_anno(azienda: Azienda) -> None:
    assert PareriDovuti.objects.per(PianoFactory(azienda=azienda)).ruoli == ["DA", "DS", "DSS"]
    assert PareriDovuti.objects.per(PianoFactory(azienda__tipo="AO")).ruoli == ["DA", "DS"]
    assert PareriDovuti.objects.per(PianoFactory(azienda__tipo="COMUNE")) is None
    assert PareriDovuti.objects.per(PianoFactory(anno_inizio=2012, azienda=azienda)) is None


def test_un_parere_contrario_ha_un_motivo_e_avverte(piano: Piano, direzione: Utente) -> None:
    validato(piano)
    azioni.togli_parere(piano.pareri.get(ruolo="DS"), da=direzione)
    contrario = PARERE | {"esito": Parere.Esito.CONTRARIO}
    with pytest.raises(ValidationError, match="sempre una motivazione"):
        azioni.esprimi_parere(piano, ruolo="DS", **contrario, da=direzione)
    azioni.esprimi_parere(piano, ruolo="DS", **contrario, testo="Target irreali", da=direzione)
    trovato = cancello(piano, Passo.ADOZIONE)
    assert [una.testo for una in trovato.avvertono] == [
        "Il parere del direttore sanitario è contrario: l'atto deve motivare perché se ne discosta."
    ]
    with pytest.raises(ValidationError, match="conferma di averle viste"):
        azioni.adotta(piano, **ATTO, da=direzione)
    azioni.adotta(piano, **ATTO, avvertenze_viste=trovato.impronta, da=direzione)
    assert piano.stato == Stato.ADOTTATO


def test_un_parere_non_si_da_due_volte_e_tolto_resta_nel_registro(
    piano: Piano, direzione: Utente
) -> None:
    validato(piano)
    with pytest.raises(ValidationError, match="va prima tolto"):
        azioni.esprimi_parere(piano, ruolo="DA", **PARERE, da=direzione)
    parere = piano.pareri.get(ruolo="DA")
    azioni.togli_parere(parere, da=direzione)
    assert Evento.objects.latest("pk").dati == {
        "prima": "Direttore amministrativo: favorevole, 27/01/2022"
    }
    with pytest.raises(ValidationError, match="già stato tolto"):
        azioni.togli_parere(parere, da=direzione)


def test_l_atto_vuole_tutti_i_suoi_dati(piano: Piano) -> None:
    validato(piano)
    with pytest.raises(ValidationError) as errore:
        azioni.adotta(piano, **ATTO | {"atto_numero": " ", "atto_organo": ""}, da=None)
    assert errore.value.message_dict == {"atto_numero": ["Manca."], "atto_organo": ["Manca."]}
    with pytest.raises(ValidationError, match="prima della validazione del Nucleo, del 20/01/2022"):
        azioni.adotta(piano, **ATTO | {"atto_data": date(2022, 1, 19)}, da=None)


def test_dell_atto_trascritto_si_completa_solo_cio_che_manca(
    azienda: Azienda, direzione: Utente
) -> None:
    piano = PianoFactory(azienda=azienda, atto_tipo="decreto")
    azioni.completa_atto(
        piano, atto_tipo="delibera", atto_numero="7", atto_data=date(2022, 3, 1), da=direzione
    )
    assert (piano.atto_tipo, piano.atto_numero, piano.atto_organo) == ("decreto", "7", "")
    with pytest.raises(ValidationError, match="non manca niente"):
        azioni.completa_atto(piano, atto_numero="8", da=direzione)
    with pytest.raises(ValidationError, match="si scrive adottando"):
        azioni.completa_atto(piano_pronto(azienda), atto_numero="8", da=direzione)


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


# The page and the inbox --------------------------------------------------------------------------


def test_la_pagina_dice_il_prossimo_passo_chi_lo_fa_e_che_cosa_lo_ferma(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    SezioneFactory(piano=piano, titolo="Mandato", testo="")
    client = entra(controllo)
    pagina = client.get(reverse("stato_piano", args=[piano.slug])).content.decode()
    for atteso in (
        "Il prossimo passo: Invia al Nucleo di valutazione",
        "1 cosa ferma il passo",
        "La sezione «Mandato» è vuota.",
        "31 gennaio 2022",
    ):
        assert atteso in pagina
    assert reverse("sezione_modifica", args=[piano.sezioni.get(titolo="Mandato").pk]) in pagina
    assert f'action="{reverse("invia", args=[piano.slug])}"' not in pagina


def test_il_modulo_rifiutato_torna_con_cio_che_c_era_scritto(
    piano: Piano, direzione: Utente, entra: Callable[[Utente], Client]
) -> None:
    validato(piano)
    risposta = entra(direzione).post(
        reverse("adotta", args=[piano.slug]),
        ATTO | {"atto_data": "31/03/2022", "atto_numero": "77/2022"},
    )
    pagina = risposta.content.decode()
    assert risposta.status_code == 200
    assert "scrivi il motivo" in pagina
    assert 'value="77/2022"' in pagina


def test_chi_arriva_secondo_dalla_pagina_legge_la_frase_e_non_il_modulo(
    piano: Piano, controllo: Utente, direzione: Utente, entra: Callable[[Utente], Client]
) -> None:
    validato(piano)
    azioni.adotta(piano, **ATTO, da=controllo)
    risposta = entra(direzione).post(reverse("adotta", args=[piano.slug]), ATTO, follow=True)
    assert f"Il piano è già «Adottato»: lo ha fatto {controllo}" in risposta.content.decode()


@pytest.mark.parametrize("quante", [1, 3])
def test_la_pagina_dello_stato_costa_sempre_le_stesse_interrogazioni(
    piano: Piano,
    controllo: Utente,
    entra: Callable[[Utente], Client],
    django_assert_num_queries: Any,
    quante: int,
) -> None:
    for _volta in range(quante):
        SezioneFactory(piano=piano, testo="")
        azioni.invia(piano_pronto(piano.azienda), da=None)
        azioni.modifica_piano(piano, titolo=f"Titolo {quante} {_volta}", nota="", da=controllo)
    client = entra(controllo)
    with django_assert_num_queries(25):
        client.get(reverse("stato_piano", args=[piano.slug]))


def test_ognuno_trova_fra_le_cose_da_fare_il_passo_che_gli_tocca(
    piano: Piano, controllo: Utente, nucleo: Utente, direzione: Utente
) -> None:
    def titoli(utente: Utente) -> list[tuple[str, date | None]]:
        return [(cosa.titolo, cosa.scadenza) for cosa in cose_da_fare(utente)]

    termine = date(2022, 1, 31)
    invia, valida_, adotta = (
        (f"{passo}: «{piano}»", termine)
        for passo in ("Invia al Nucleo di valutazione", "Valida il piano", "Adotta il piano")
    )
    assert (titoli(controllo), titoli(nucleo), titoli(direzione)) == ([invia], [], [])
    azioni.invia(piano, da=None)
    assert (titoli(controllo), titoli(nucleo), titoli(direzione)) == ([], [valida_], [])
    valida(piano, nucleo, esito="non_validato", motivazione="Manca l'impatto.")
    assert [cosa.testo for cosa in cose_da_fare(controllo)] == [
        "Il Nucleo non l'ha validato: Manca l'impatto."
    ]
    azioni.invia(piano, da=None)
    valida(piano, nucleo)
    assert (titoli(controllo), titoli(nucleo), titoli(direzione)) == ([adotta], [], [adotta])


@pytest.mark.parametrize("quanti", [1, 3])
def test_le_cose_da_fare_costano_lo_stesso_con_piu_piani(
    azienda: Azienda, controllo: Utente, quanti: int, django_assert_num_queries: Any
) -> None:
    for _volta in range(quanti):
        piano_pronto(azienda)
    with django_assert_num_queries(8):
        assert len(list(cose_da_fare(controllo))) == quanti
