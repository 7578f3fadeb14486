# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the risorse umane write of a POLA: begun, its phases, the guideline's indicators, levels."""

from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from lavoro_agile.azioni.pola import Fase, apri_programma, comincia_pola, scrivi_fasi
from lavoro_agile.azioni.programma import (
    aggiungi_indicatore,
    impronta_livelli,
    prendi_dalle_linee_guida,
    scrivi_livelli,
    togli_indicatore,
)
from lavoro_agile.models import IndicatorePola, Pola
from lavoro_agile.pola.linee_guida import modelli
from lavoro_agile.verifiche import del_piano
from obiettivi.azioni.albero import Atteso
from obiettivi.models import AreaStrategica, Indicatore, Misura, Obiettivo
from piani.azioni.righe import Superata
from piani.models import Azienda, Evento, Ruolo, Utente
from tests.factories import PianoFactory
from tests.factories_lavoro_agile import IndicatorePolaFactory, PolaFactory

pytestmark = pytest.mark.django_db
Persona = Callable[..., Utente]
ALTRI = (Ruolo.CUG, Ruolo.NUCLEO, Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE)


@pytest.fixture
def pola(azienda: Azienda, ufficio: Utente) -> Pola:
    return comincia_pola(
        azienda, titolo="POLA di prova", anno_inizio=2025, anno_fine=2027, da=ufficio
    )


def livelli(indicatore: IndicatorePola, da: Utente, **testi: str) -> bool:
    """Write the levels given as ``a2025="Sì"``, and nothing else."""
    return scrivi_livelli(
        indicatore, attesi={int(anno[1:]): Atteso(testo) for anno, testo in testi.items()},
        base="", base_anno=None, natura=indicatore.natura, nota=indicatore.nota, da=da,
    )  # fmt: skip


def test_un_pola_nasce_in_bozza_con_quattro_parti_e_tre_fasi(pola: Pola) -> None:
    assert (pola.piano.stato, pola.piano.tipo) == ("bozza", "pola")
    assert [una.tipo for una in pola.piano.sezioni.all()] == [
        "pola_attuazione", "pola_modalita", "pola_soggetti", "pola_programma",
    ]  # fmt: skip
    assert list(pola.fasi.values_list("genere", "anno")) == [
        ("avvio", 2025), ("intermedio", 2026), ("avanzato", 2027),
    ]  # fmt: skip
    assert Evento.objects.filter(tipo="agile_pola.aperto").count() == 1


def test_un_pola_di_due_anni_ha_due_fasi(azienda: Azienda, ufficio: Utente) -> None:
    breve = comincia_pola(azienda, titolo="Breve", anno_inizio=2025, anno_fine=2026, da=ufficio)
    assert list(breve.fasi.values_list("genere", flat=True)) == ["avvio", "intermedio"]


@pytest.mark.parametrize(
    "ruolo", [Ruolo.CUG, Ruolo.NUCLEO, Ruolo.DIREZIONE, Ruolo.CONTROLLO_GESTIONE]
)
def test_gli_altri_non_lo_scrivono(pola: Pola, con_incarico: Persona, ruolo: Ruolo) -> None:
    altro = con_incarico(ruolo)
    indicatore = IndicatorePolaFactory(pola=pola)
    with pytest.raises(PermissionDenied):
        comincia_pola(pola.azienda, titolo="X", anno_inizio=2028, anno_fine=2028, da=altro)
    with pytest.raises(PermissionDenied):
        scrivi_fasi(pola, fasi={}, sezione_di=None, da=altro)
    with pytest.raises(PermissionDenied):
        prendi_dalle_linee_guida(pola, codici=["org-monitoraggio"], da=altro)
    with pytest.raises(PermissionDenied):
        livelli(indicatore, altro, a2025="Sì")
    with pytest.raises(PermissionDenied):
        togli_indicatore(indicatore, da=altro)


def test_le_fasi_si_scrivono_in_ordine_e_il_registro_dice_che_cosa_cambia(
    pola: Pola, ufficio: Utente
) -> None:
    piano = PianoFactory(azienda=pola.azienda, tipo="piao", titolo="PIAO 2025")
    nuove = {
        "emergenziale": Fase(2020, "Da casa per decreto."),
        "avvio": Fase(2025),
        "avanzato": Fase(2027),
    }
    scrivi_fasi(pola, fasi=nuove, sezione_di=piano, da=ufficio)
    pola.refresh_from_db()
    assert pola.sezione_di == piano
    assert list(pola.fasi.values_list("genere", "anno", "descrizione")) == [
        ("emergenziale", 2020, "Da casa per decreto."), ("avvio", 2025, ""),
        ("avanzato", 2027, ""),
    ]  # fmt: skip
    evento = Evento.objects.get(tipo="agile_pola.fasi")
    assert evento.dati["dopo"]["Fase emergenziale"] == "2020. Da casa per decreto"
    assert evento.dati["prima"]["Fase di sviluppo intermedio"] == "2026"
    scrivi_fasi(pola, fasi=nuove, sezione_di=piano, da=ufficio)
    assert Evento.objects.filter(tipo="agile_pola.fasi").count() == 1


@pytest.mark.parametrize(
    ("fasi", "campo"),
    [
        ({"avvio": Fase(2024)}, "anno_avvio"),
        ({"emergenziale": Fase(2025)}, "anno_emergenziale"),
        ({"avvio": Fase(2026), "intermedio": Fase(2026)}, "anno_intermedio"),
        ({"intermedio": Fase(2027), "avanzato": Fase(2026)}, "anno_avanzato"),
    ],
)
def test_una_fase_fuori_posto_si_rifiuta_e_le_altre_restano(
    pola: Pola, ufficio: Utente, fasi: dict[str, Fase], campo: str
) -> None:
    with pytest.raises(ValidationError) as rifiuto:
        scrivi_fasi(pola, fasi=fasi, sezione_di=None, da=ufficio)
    assert list(rifiuto.value.message_dict) == [campo]
    assert pola.fasi.count() == 3


def test_la_sezione_e_di_un_piano_della_stessa_azienda(pola: Pola, ufficio: Utente) -> None:
    for altro in (PianoFactory(), PianoFactory(azienda=pola.azienda, tipo="azioni_positive")):
        with pytest.raises(ValidationError, match="stessa azienda"):
            scrivi_fasi(pola, fasi={}, sezione_di=altro, da=ufficio)


def test_le_linee_guida_sono_quaranta_e_ogni_codice_entra_nella_biblioteca() -> None:
    tutti = modelli()
    assert len(tutti) == 40
    codici = {uno.codice_biblioteca for uno in tutti.values()}
    assert len(codici) == 40
    assert max(map(len, codici)) <= 30


def test_si_prendono_insieme_con_la_loro_dimensione(pola: Pola, ufficio: Utente) -> None:
    presi = prendi_dalle_linee_guida(
        pola, codici=["dig-vpn", "org-monitoraggio", "dig-pc", "att-lavoratori"], da=ufficio
    )
    # In the order of the guideline, whatever the order of the choice.
    assert [uno.modello for uno in presi] == [
        "org-monitoraggio", "dig-pc", "dig-vpn", "att-lavoratori",
    ]  # fmt: skip
    assert [uno.natura for uno in presi] == [
        "qualitativo", "quantitativo", "qualitativo", "quantitativo",
    ]  # fmt: skip
    assert list(
        AreaStrategica.objects.filter(piano=pola.piano).values_list("codice", "nome")
    ) == [
        ("D1", "Salute organizzativa"), ("D4", "Salute digitale"),
        ("D5", "Attuazione: quantità"),
    ]  # fmt: skip
    vpn = Misura.objects.get(indicatore__codice="LA-DIG-VPN")
    assert (vpn.indicatore.tipo_formula, vpn.obiettivo.codice) == ("si_no", "D4.1")
    assert Evento.objects.filter(tipo="misura.aggiunta", da=ufficio).count() == 4


def test_si_prendono_tutti_o_nessuno(pola: Pola, ufficio: Utente) -> None:
    prendi_dalle_linee_guida(pola, codici=["dig-vpn"], da=ufficio)
    with pytest.raises(ValidationError, match="già nel programma: Accesso sicuro alla rete"):
        prendi_dalle_linee_guida(pola, codici=["dig-pc", "dig-vpn"], da=ufficio)
    with pytest.raises(ValidationError, match="Non sono fra gli indicatori"):
        prendi_dalle_linee_guida(pola, codici=["dig-pc", "inventato"], da=ufficio)
    with pytest.raises(ValidationError, match="almeno un indicatore"):
        prendi_dalle_linee_guida(pola, codici=[], da=ufficio)
    assert list(pola.indicatori.values_list("modello", flat=True)) == ["dig-vpn"]
    assert not Indicatore.objects.filter(codice="LA-DIG-PC").exists()


def test_il_pola_dopo_misura_lo_stesso_indicatore(pola: Pola, ufficio: Utente) -> None:
    prendi_dalle_linee_guida(pola, codici=["dig-vpn"], da=ufficio)
    dopo = comincia_pola(pola.azienda, titolo="Dopo", anno_inizio=2028, anno_fine=2030, da=ufficio)
    prendi_dalle_linee_guida(dopo, codici=["dig-vpn"], da=ufficio)
    assert Indicatore.objects.filter(codice="LA-DIG-VPN").count() == 1
    assert Misura.objects.filter(indicatore__codice="LA-DIG-VPN").count() == 2


def test_un_indicatore_dell_azienda_entra_anche_nella_biblioteca(
    pola: Pola, ufficio: Utente
) -> None:
    detto = {
        "dimensione": "digitale", "natura": "quantitativo", "codice": "FIRMA",
        "nome": "Firme digitali attive", "tipo_formula": "diretto", "unita": "n.",
        "verso": "crescente",
    }  # fmt: skip
    suo = aggiungi_indicatore(pola, **detto, da=ufficio)
    assert (suo.modello, suo.misura.indicatore.codice, suo.ordine) == ("", "FIRMA", 1)
    with pytest.raises(ValidationError, match="codice è già di un altro"):
        aggiungi_indicatore(pola, **detto, da=ufficio)


def test_i_livelli_si_leggono_come_i_target(pola: Pola, ufficio: Utente) -> None:
    (uno,) = prendi_dalle_linee_guida(pola, codici=["att-lavoratori"], da=ufficio)
    cambiato = scrivi_livelli(
        uno, attesi={2025: Atteso(">= 30%"), 2026: Atteso(""), 2027: Atteso("almeno il 60%")},
        base="12%", base_anno=2024, natura="quantitativo", nota="Sui potenziali.", da=ufficio,
    )  # fmt: skip
    assert cambiato
    uno.refresh_from_db()
    misura = Misura.objects.get(pk=uno.misura_id)
    assert [(t.anno, t.letto.letture[0].valore) for t in misura.target.all()] == [
        (2025, 30), (2027, 60),
    ]  # fmt: skip
    assert (misura.base_anno, misura.base_stampata, uno.nota) == (2024, "12%", "Sui potenziali.")
    # Saved again as it is: nothing to write, nothing in the register.
    eventi = Evento.objects.count()
    assert not scrivi_livelli(
        uno, attesi={2025: Atteso(">= 30%")}, base="12%", base_anno=2024,
        natura="quantitativo", nota="Sui potenziali.", da=ufficio,
    )  # fmt: skip
    assert Evento.objects.count() == eventi


def test_chi_salva_su_una_lettura_vecchia_lo_sa(pola: Pola, ufficio: Utente) -> None:
    (uno,) = prendi_dalle_linee_guida(pola, codici=["dig-vpn"], da=ufficio)
    visto = impronta_livelli(uno)
    livelli(uno, ufficio, a2025="Sì")
    with pytest.raises(Superata, match="2025 «Sì»"):
        scrivi_livelli(
            uno, attesi={2025: Atteso("No")}, base="", base_anno=None, natura="qualitativo",
            nota="", visto=visto, da=ufficio,
        )  # fmt: skip
    assert uno.misura.target.get().stampato == "Sì"


def test_togliere_l_ultimo_di_una_dimensione_toglie_la_dimensione(
    pola: Pola, ufficio: Utente
) -> None:
    uno, due = prendi_dalle_linee_guida(pola, codici=["dig-vpn", "dig-pc"], da=ufficio)
    togli_indicatore(uno, da=ufficio)
    assert AreaStrategica.objects.filter(piano=pola.piano).count() == 1
    togli_indicatore(due, da=ufficio)
    assert not AreaStrategica.objects.filter(piano=pola.piano).exists()
    assert not Obiettivo.objects.filter(area__piano=pola.piano).exists()
    assert Indicatore.objects.filter(codice="LA-DIG-VPN").exists()
    assert not pola.indicatori.exists()


@pytest.mark.parametrize("stato", ["in_validazione", "validato", "adottato", "pubblicato"])
def test_dopo_l_invio_il_pola_non_si_scrive(pola: Pola, ufficio: Utente, stato: str) -> None:
    (uno,) = prendi_dalle_linee_guida(pola, codici=["dig-vpn"], da=ufficio)
    pola.piano.stato = stato
    pola.piano.save()
    with pytest.raises(ValidationError, match="non si modifica"):
        scrivi_fasi(pola, fasi={}, sezione_di=None, da=ufficio)
    with pytest.raises(ValidationError, match="non si modifica"):
        prendi_dalle_linee_guida(pola, codici=["dig-pc"], da=ufficio)
    with pytest.raises(ValidationError, match="non si modifica"):
        livelli(uno, ufficio, a2025="Sì")
    with pytest.raises(ValidationError, match="non si modifica"):
        togli_indicatore(uno, da=ufficio)
    assert (pola.fasi.count(), pola.indicatori.count()) == (3, 1)


def test_il_programma_di_un_pola_a_scorrimento_riprende_quello_di_prima(
    azienda: Azienda, ufficio: Utente
) -> None:
    prima = IndicatorePolaFactory(
        pola=PolaFactory(piano__azienda=azienda), dimensione="professionale",
        natura="qualitativo", modello="pro-digitali-uso",
    )  # fmt: skip
    piano = PianoFactory(
        azienda=azienda, tipo="pola", stato="bozza", anno_inizio=2024, anno_fine=2026
    )
    area = AreaStrategica.objects.create(piano=piano, codice="D2", ordine=1, nome="Salute")
    obiettivo = Obiettivo.objects.create(area=area, codice="D2.1", ordine=1, titolo="Salute")
    misura = Misura.objects.create(
        obiettivo=obiettivo, indicatore=prima.misura.indicatore, precedente=prima.misura
    )
    pola = apri_programma(piano, da=ufficio)
    ripreso = pola.indicatori.get()
    assert (ripreso.misura, ripreso.dimensione, ripreso.natura, ripreso.modello) == (
        misura, "professionale", "qualitativo", "pro-digitali-uso",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="già aperto"):
        apri_programma(piano, da=ufficio)


def test_non_si_apre_il_programma_di_un_piano_che_non_e_un_pola(
    azienda: Azienda, con_incarico: Persona
) -> None:
    piano = PianoFactory(azienda=azienda, stato="bozza")
    # Of a Piano della performance the risorse umane write nothing.
    with pytest.raises(PermissionDenied):
        apri_programma(piano, da=con_incarico(Ruolo.RISORSE_UMANE))
    with pytest.raises(ValidationError, match="non è un POLA"):
        apri_programma(piano, da=None)


def test_che_cosa_manca_a_un_pola_si_vede_prima_di_mandarlo(pola: Pola, ufficio: Utente) -> None:
    def mancano() -> list[str]:
        return [una.testo for una in del_piano(pola.piano)]

    assert mancano() == ["Il programma di sviluppo non ha indicatori."]
    pola.piano.sezioni.get(tipo="pola_soggetti").delete()
    pola.fasi.all().delete()
    assert mancano() == [
        "Manca la parte 3 della linea guida: «Soggetti, processi e strumenti».",
        "Il POLA non ha fasi di sviluppo.",
        "Il programma di sviluppo non ha indicatori.",
    ]
    prendi_dalle_linee_guida(pola, codici=["dig-vpn"], da=ufficio)
    assert len(mancano()) == 2
    assert not list(del_piano(PianoFactory(azienda=pola.azienda)))
    senza = PianoFactory(azienda=pola.azienda, tipo="pola")
    assert "Il programma di sviluppo non è stato aperto." in [una.testo for una in del_piano(senza)]
