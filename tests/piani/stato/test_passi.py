# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of a plan: who makes them, in which order, what opinions and which act they want."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from piani import azioni
from piani.models import (
    Azienda,
    Evento,
    Parere,
    PareriDovuti,
    Piano,
    Ruolo,
    Utente,
    ValidazioneNucleo,
)
from piani.passaggi import Passo
from piani.verifiche import cancello
from tests.factories import IncaricoFactory, PianoFactory, piano_pronto
from tests.piani.stato.passi import ATTO, PARERE, valida, validato

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = Piano.Stato


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
