# SPDX-License-Identifier: AGPL-3.0-or-later
"""A person's sheet from the assignment to the end: who, when, in which order, what is frozen."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from obiettivi.azioni.individuale import conciliazione, contenuto, firme
from obiettivi.azioni.individuale.assegna import correggi_assegnazione
from obiettivi.azioni.individuale.contenuto import Esito, Giudizio, Proposto
from obiettivi.azioni.individuale.edizione import modifica_edizione_individuale
from obiettivi.models import (
    Finestra,
    SchedaBudget,
    ValidazioneScheda,
    ValutazioneIndividuale,
)
from obiettivi.schede.punteggio import risultato_finale
from piani.models import Evento, Ruolo, Utente
from tests.factories import (
    AreaSchedaFactory,
    DelegaFactory,
    FinestraFactory,
    IncaricoFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
    UtenteFactory,
    ValutazioneFactory,
    regole_individuali,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = ValutazioneIndividuale.Stato
D = Decimal
LIVELLI = {"persone": "4", "risorse": "3", "integrazione": "5", "qualita": "4"}


def giudizi(livelli: dict[str, str]) -> dict[str, Giudizio]:
    return {codice: Giudizio(livello) for codice, livello in livelli.items()}


@pytest.fixture
def scheda_cdr() -> Callable[..., SchedaBudget]:
    """The scheda of a sheet's unit, validated by the Nucleo with a score."""

    def crea(valutazione: ValutazioneIndividuale, punteggio: str = "90") -> SchedaBudget:
        scheda: SchedaBudget = SchedaFactory(
            azienda=valutazione.azienda, unita=valutazione.unita, stato="validata"
        )
        ValidazioneScheda.objects.create(
            scheda=scheda, esito="validata", data=date(2023, 5, 1), motivazione="Prova.",
            punteggio=D(punteggio),
        )  # fmt: skip
        return scheda

    return crea


@pytest.fixture
def valutazione() -> ValutazioneIndividuale:
    una: ValutazioneIndividuale = ValutazioneFactory()
    return una


def assegna(una: ValutazioneIndividuale) -> None:
    contenuto.assegna_obiettivi(
        una,
        [Proposto("Ridurre le attese", "≤ 21 gg", D(25)), Proposto("Formare i nuovi", "6", D(75))],
        da=una.valutatore,
    )


def valuta(una: ValutazioneIndividuale, *esiti: str) -> None:
    obiettivi = una.obiettivi.all()
    contenuto.valuta_persona(
        una,
        esiti={uno.pk: Esito(D(esito)) for uno, esito in zip(obiettivi, esiti, strict=True)},
        giudizi=giudizi(LIVELLI),
        da=una.valutatore,
    )


def pronta(una: ValutazioneIndividuale) -> ValutazioneIndividuale:
    """Ready for the evaluator's signature: 80 and 60 on the objectives."""
    assegna(una)
    contenuto.autovaluta(
        una, giudizi=giudizi(dict.fromkeys(LIVELLI, "5")), invia=True, da=una.persona
    )
    valuta(una, "80", "60")
    contenuto.registra_colloquio(una, giorno=date(2023, 6, 1), da=una.valutatore)
    una.refresh_from_db()
    return una


def firmata(una: ValutazioneIndividuale) -> ValutazioneIndividuale:
    firme.firma_valutatore(pronta(una), da=una.valutatore)
    una.refresh_from_db()
    return una


def test_la_scheda_alimenta_la_valutazione(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    scheda = scheda_cdr(valutazione)
    firmata(valutazione)
    assert (valutazione.stato, valutazione.scheda) == (Stato.FIRMATA_VALUTATORE, scheda)
    assert valutazione.risultato_scheda == D(90)
    assert valutazione.punteggio == valutazione.punteggio_finale == D("81.73")
    assert (valutazione.classe, valutazione.premio) == ("Buona", D("82.30666667"))


def test_dopo_la_firma_la_scheda_che_cambia_non_cambia_la_valutazione(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    scheda = scheda_cdr(valutazione)
    firmata(valutazione)
    scheda.validazioni.update(punteggio=D(10))
    assert risultato_finale(scheda) == D(10)
    firme.firma_valutato(valutazione, condivide=True, da=valutazione.persona)
    valutazione.refresh_from_db()
    assert (valutazione.risultato_scheda, valutazione.punteggio) == (D(90), D("81.73"))
    assert valutazione.firmato is not None
    assert valutazione.firmato["punteggio"] == "81,73"


def test_una_scheda_non_validata_non_da_risultato(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    scheda = scheda_cdr(valutazione)
    SchedaBudget.objects.filter(pk=scheda.pk).update(stato="in_valutazione")
    firmata(valutazione)
    assert valutazione.risultato_scheda is None
    assert valutazione.punteggio == D("71.23")  # 70 % of 65, 30 % of 85,75


def test_vale_la_scheda_del_cdr_sopra_l_unita(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    scheda_cdr(valutazione, "50")
    figlia = UnitaFactory(organigramma=valutazione.unita.organigramma, parent=valutazione.unita)
    sotto = ValutazioneFactory(
        edizione=valutazione.edizione, unita=figlia, valutatore=valutazione.valutatore
    )
    firmata(sotto)
    assert sotto.risultato_scheda == D(50)


def test_l_autovalutazione_non_cambia_il_punteggio(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    scheda_cdr(valutazione)
    altra = ValutazioneFactory(
        edizione=valutazione.edizione, unita=valutazione.unita, valutatore=valutazione.valutatore
    )
    firmata(valutazione)
    pronta(altra)
    altra.comportamenti.update(livello_proprio="1")
    firme.firma_valutatore(altra, da=altra.valutatore)
    altra.refresh_from_db()
    assert altra.punteggio == valutazione.punteggio
    assert set(valutazione.comportamenti.values_list("livello_proprio", flat=True)) == {"5"}


def test_il_punteggio_lo_calcola_il_server_e_chi_firma_sa_che_cosa_manca(
    valutazione: ValutazioneIndividuale,
) -> None:
    assegna(valutazione)
    contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    contenuto.registra_colloquio(valutazione, giorno=date(2023, 6, 1), da=valutazione.valutatore)
    with pytest.raises(ValidationError) as errore:
        firme.firma_valutatore(valutazione, da=valutazione.valutatore)
    assert errore.value.messages == [
        "Manca il raggiungimento di un obiettivo individuale.",
        "La scheda budget del CdR non ha ancora un risultato validato.",
        "Comportamenti ancora da valutare: 4.",
    ]


def test_la_prima_firma_congela_le_regole(valutazione: ValutazioneIndividuale) -> None:
    firmata(valutazione)
    edizione = valutazione.edizione
    edizione.refresh_from_db()
    assert edizione.congelata_il is not None
    personale = IncaricoFactory(azienda=valutazione.azienda, ruolo=Ruolo.RISORSE_UMANE).utente
    with pytest.raises(ValidationError, match="sono congelate dal"):
        modifica_edizione_individuale(edizione, regole_individuali(), da=personale)


# --- order and races ----------------------------------------------------------------------


def test_due_firme_insieme_ne_vince_una_e_l_altra_lo_legge(
    valutazione: ValutazioneIndividuale,
) -> None:
    letta = ValutazioneIndividuale.objects.get(pk=pronta(valutazione).pk)
    firme.firma_valutatore(valutazione, da=valutazione.valutatore)
    with pytest.raises(ValidationError, match="già «Firmata dal valutatore»"):
        firme.firma_valutatore(letta, da=valutazione.valutatore)
    firme.firma_valutato(valutazione, condivide=True, da=valutazione.persona)
    with pytest.raises(ValidationError, match="già «Firmata da entrambi»"):
        firme.firma_valutato(letta, condivide=False, motivo="No.", da=valutazione.persona)
    assert valutazione.storia.filter(fatto__startswith="Firmata").count() == 2


def test_un_salvataggio_non_ne_copre_uno_piu_nuovo(valutazione: ValutazioneIndividuale) -> None:
    righe = [Proposto("Uno", "", D(100))]
    contenuto.assegna_obiettivi(valutazione, righe, versione=1, da=valutazione.valutatore)
    with pytest.raises(ValidationError, match="Qualcun altro ha salvato"):
        contenuto.assegna_obiettivi(
            valutazione, [Proposto("Due", "", D(100))], versione=1, da=valutazione.valutatore
        )
    assert [uno.testo for uno in valutazione.obiettivi.all()] == ["Uno"]


def test_chi_firma_firma_cio_che_ha_letto(valutazione: ValutazioneIndividuale) -> None:
    letta = pronta(valutazione).versione
    valuta(valutazione, "10", "10")
    with pytest.raises(ValidationError, match="Qualcun altro ha salvato"):
        firme.firma_valutatore(valutazione, versione=letta, da=valutazione.valutatore)


def test_dopo_la_firma_non_si_scrive_piu(valutazione: ValutazioneIndividuale) -> None:
    firmata(valutazione)
    with pytest.raises(ValidationError, match="già «Firmata dal valutatore»"):
        valuta(valutazione, "100", "100")
    assert [uno.raggiungimento for uno in valutazione.obiettivi.all()] == [D(80), D(60)]


def test_senza_colloquio_non_si_firma(valutazione: ValutazioneIndividuale) -> None:
    assegna(valutazione)
    contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    valuta(valutazione, "80", "60")
    with pytest.raises(ValidationError, match="già «In valutazione»"):
        firme.firma_valutatore(valutazione, da=valutazione.valutatore)


def test_il_colloquio_non_si_registra_prima(valutazione: ValutazioneIndividuale) -> None:
    assegna(valutazione)
    contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    domani = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError, match="quando è stato fatto"):
        contenuto.registra_colloquio(valutazione, giorno=domani, da=valutazione.valutatore)


def test_obiettivi_nuovi_vogliono_una_nuova_presa_visione(
    valutazione: ValutazioneIndividuale,
) -> None:
    assegna(valutazione)
    contenuto.prendi_visione(valutazione, da=valutazione.persona)
    valutazione.refresh_from_db()
    assert valutazione.vista_il is not None
    with pytest.raises(ValidationError, match="già preso visione"):
        contenuto.prendi_visione(valutazione, da=valutazione.persona)
    assegna(valutazione)
    valutazione.refresh_from_db()
    assert valutazione.vista_il is None


@pytest.mark.parametrize("pesi", [("50", "40"), ("100", "0")])
def test_i_pesi_degli_obiettivi_fanno_cento(
    valutazione: ValutazioneIndividuale, pesi: tuple[str, str]
) -> None:
    righe = [Proposto("Obiettivo", "", D(peso)) for peso in pesi]
    with pytest.raises(ValidationError, match="devono fare 100"):
        contenuto.assegna_obiettivi(valutazione, righe, da=valutazione.valutatore)


def test_un_obiettivo_viene_solo_dalla_propria_scheda(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    propria = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda_cdr(valutazione)))
    contenuto.assegna_obiettivi(
        valutazione, [Proposto("Uno", "", D(100), propria)], da=valutazione.valutatore
    )
    assert valutazione.obiettivi.get().riga == propria
    with pytest.raises(ValidationError, match="un'altra scheda budget"):
        contenuto.assegna_obiettivi(
            valutazione, [Proposto("Uno", "", D(100), RigaSchedaFactory())],
            da=valutazione.valutatore,
        )  # fmt: skip


def test_un_livello_o_un_raggiungimento_che_non_esiste_si_rifiuta(
    valutazione: ValutazioneIndividuale,
) -> None:
    assegna(valutazione)
    contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    for livelli in ({"persone": "9"}, {"inventato": "1"}):
        with pytest.raises(ValidationError, match="non è fra quelli delle regole"):
            contenuto.valuta_persona(
                valutazione, esiti={}, giudizi=giudizi(livelli), da=valutazione.valutatore
            )
    with pytest.raises(ValidationError, match="va da 0 a 100"):
        valuta(valutazione, "101", "0")


def test_l_autovalutazione_si_invia_intera(valutazione: ValutazioneIndividuale) -> None:
    meta = giudizi({"persone": "3"})
    contenuto.autovaluta(valutazione, giudizi=meta, da=valutazione.persona)
    valutazione.refresh_from_db()
    assert valutazione.stato == Stato.IN_AUTOVALUTAZIONE
    with pytest.raises(ValidationError, match="un livello per ogni comportamento"):
        contenuto.autovaluta(valutazione, giudizi=meta, invia=True, da=valutazione.persona)


def test_sotto_i_mesi_minimi_non_si_firma_e_si_chiude_senza_punteggio(
    valutazione: ValutazioneIndividuale,
) -> None:
    personale = IncaricoFactory(azienda=valutazione.azienda, ruolo=Ruolo.RISORSE_UMANE).utente
    pronta(valutazione)
    ValutazioneIndividuale.objects.update(mesi=D(2))
    with pytest.raises(ValidationError, match="sotto il minimo"):
        firme.firma_valutatore(valutazione, da=valutazione.valutatore)
    firme.chiudi_valutazione(valutazione, da=personale)
    valutazione.refresh_from_db()
    assert (valutazione.stato, valutazione.punteggio) == (Stato.CHIUSA, None)


# --- windows ------------------------------------------------------------------------------


def finestra(una: ValutazioneIndividuale, tipo: str, apre: int, scade: int) -> Finestra:
    """A window from so many days from today to so many."""
    oggi = timezone.localdate()
    nuova: Finestra = FinestraFactory(
        azienda=una.azienda, tipo=tipo, frazione="",
        apre=oggi + timedelta(days=apre), scade=oggi + timedelta(days=scade),
    )  # fmt: skip
    return nuova


def test_fuori_dalle_finestre_il_server_rifiuta(valutazione: ValutazioneIndividuale) -> None:
    pronta(valutazione)
    finestra(valutazione, "valutazione", -20, -1)
    for azione in (
        lambda: valuta(valutazione, "1", "1"),
        lambda: firme.firma_valutatore(valutazione, da=valutazione.valutatore),
    ):
        with pytest.raises(ValidationError, match="il termine è scaduto il"):
            azione()


def test_l_autovalutazione_aspetta_la_sua_finestra(valutazione: ValutazioneIndividuale) -> None:
    finestra(valutazione, "autovalutazione", 1, 20)
    with pytest.raises(ValidationError, match="la finestra si apre il"):
        contenuto.autovaluta(valutazione, giudizi={}, da=valutazione.persona)


def test_finche_la_persona_puo_autovalutarsi_non_si_salta(
    valutazione: ValutazioneIndividuale,
) -> None:
    aperta = finestra(valutazione, "autovalutazione", -5, 5)
    with pytest.raises(ValidationError, match="può ancora autovalutarsi"):
        contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    Finestra.objects.filter(pk=aperta.pk).update(scade=timezone.localdate() - timedelta(days=1))
    contenuto.avvia_senza_autovalutazione(valutazione, da=valutazione.valutatore)
    valutazione.refresh_from_db()
    assert valutazione.stato == Stato.IN_VALUTAZIONE


# --- who ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "ruolo",
    [Ruolo.NUCLEO, Ruolo.CONTROLLO_GESTIONE, Ruolo.DIREZIONE, Ruolo.RISORSE_UMANE,
     Ruolo.RESPONSABILE_CDR, Ruolo.DIPENDENTE, Ruolo.AMMINISTRATORE],
)  # fmt: skip
def test_scrive_solo_chi_e_nominato_nella_scheda(
    valutazione: ValutazioneIndividuale, ruolo: Ruolo
) -> None:
    altro = IncaricoFactory(azienda=valutazione.azienda, ruolo=ruolo).utente
    pronta(valutazione)
    for azione in (
        lambda: firme.firma_valutatore(valutazione, da=altro),
        lambda: firme.firma_valutato(valutazione, condivide=True, da=altro),
        lambda: contenuto.assegna_obiettivi(valutazione, [], da=altro),
        lambda: contenuto.prendi_visione(valutazione, da=altro),
        lambda: contenuto.autovaluta(valutazione, giudizi={}, da=altro),
        lambda: conciliazione.chiedi_conciliazione(valutazione, testo="x", da=altro),
        lambda: conciliazione.rispondi_conciliazione(valutazione, risposta="x", da=altro),
    ):
        with pytest.raises(PermissionDenied):
            azione()


def test_la_persona_non_si_valuta_e_il_valutatore_non_firma_per_lei(
    valutazione: ValutazioneIndividuale,
) -> None:
    with pytest.raises(PermissionDenied):
        firme.firma_valutatore(pronta(valutazione), da=valutazione.persona)
    firme.firma_valutatore(valutazione, da=valutazione.valutatore)
    with pytest.raises(PermissionDenied):
        firme.firma_valutato(valutazione, condivide=True, da=valutazione.valutatore)


def test_chi_non_guida_piu_non_valuta_piu(valutazione: ValutazioneIndividuale) -> None:
    incarico = valutazione.valutatore.incarichi.get()
    incarico.al = incarico.dal
    incarico.save(update_fields=["al"])
    with pytest.raises(PermissionDenied):
        assegna(valutazione)


def agisce(delegato: Utente, valutazione: ValutazioneIndividuale) -> Utente:
    """The person, acting with the evaluator's incarico."""
    delegato = Utente.objects.get(pk=delegato.pk)
    incarico = valutazione.valutatore.incarichi.get()
    delegato.delega = DelegaFactory(incarico=incarico, delegato=delegato)
    return delegato


def test_con_la_delega_restano_tutti_e_due_i_nomi(valutazione: ValutazioneIndividuale) -> None:
    delegato = agisce(UtenteFactory(), valutazione)
    pronta(valutazione)
    firme.firma_valutatore(valutazione, da=delegato)
    valutazione.refresh_from_db()
    assert valutazione.firmata_valutatore_da == delegato
    assert valutazione.firmata_per_conto_di == valutazione.valutatore
    passo = valutazione.storia.get(fatto="Firmata dal valutatore")
    assert (passo.da, passo.per_conto_di) == (delegato, valutazione.valutatore)


def test_chi_e_valutato_non_si_valuta_con_la_delega_del_capo(
    valutazione: ValutazioneIndividuale,
) -> None:
    furbo = agisce(valutazione.persona, valutazione)
    pronta(valutazione)
    with pytest.raises(PermissionDenied):
        firme.firma_valutatore(valutazione, da=furbo)
    assert list(ValutazioneIndividuale.objects.visibili_a(furbo)) == []


def test_le_risorse_umane_cambiano_valutatore_con_un_motivo(
    valutazione: ValutazioneIndividuale,
) -> None:
    personale = IncaricoFactory(azienda=valutazione.azienda, ruolo=Ruolo.RISORSE_UMANE).utente
    capo = IncaricoFactory(azienda=valutazione.azienda, ruolo=Ruolo.RESPONSABILE_CDR).utente
    dati: dict[str, Any] = {"categoria": "dirigenza", "mesi": D(12), "da": personale}
    for valutatore, motivo, frase in (
        (capo, " ", "Scrivi perché cambia"),
        (valutazione.persona, "Cambio", "Non ha un incarico che valuta"),
        (UtenteFactory(), "Cambio", "Non ha un incarico che valuta"),
    ):
        with pytest.raises(ValidationError, match=frase):
            correggi_assegnazione(valutazione, valutatore=valutatore, motivo=motivo, **dati)
    correggi_assegnazione(valutazione, valutatore=capo, motivo="Trasferimento", **dati)
    valutazione.refresh_from_db()
    assert valutazione.valutatore == capo
    assert valutazione.storia.get().motivo == "Trasferimento"
    with pytest.raises(PermissionDenied):
        correggi_assegnazione(
            valutazione, valutatore=None, motivo="x", **dati | {"da": valutazione.valutatore}
        )


def test_le_risorse_umane_non_toccano_la_propria_scheda(
    valutazione: ValutazioneIndividuale,
) -> None:
    IncaricoFactory(
        azienda=valutazione.azienda, ruolo=Ruolo.RISORSE_UMANE, utente=valutazione.persona
    )
    with pytest.raises(PermissionDenied):
        correggi_assegnazione(
            valutazione, valutatore=None, categoria="comparto", mesi=D(12), motivo="x",
            da=valutazione.persona,
        )  # fmt: skip


def test_il_registro_dell_azienda_non_dice_ne_punteggi_ne_parole(
    valutazione: ValutazioneIndividuale, scheda_cdr: Callable[..., SchedaBudget]
) -> None:
    scheda_cdr(valutazione)
    firmata(valutazione)
    firme.firma_valutato(
        valutazione, condivide=False, motivo="Non sono d'accordo.", da=valutazione.persona
    )
    conciliazione.chiedi_conciliazione(valutazione, testo="Rivedete.", da=valutazione.persona)
    eventi = Evento.objects.filter(tipo__startswith="valutazione_individuale")
    assert {evento.descrizione for evento in eventi} == {
        "Valutazione individuale 2022: registrato un passo"
    }
    assert {str(evento.dati) for evento in eventi} == {"{}"}
    congelata = Evento.objects.get(tipo="edizione_individuale.congelata")
    assert "81" not in congelata.descrizione
