# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a person from its objectives to the signature: score, order, what is refused."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from obiettivi.azioni.individuale import contenuto, firme
from obiettivi.azioni.individuale.contenuto import Proposto
from obiettivi.azioni.individuale.edizione import modifica_edizione_individuale
from obiettivi.models import SchedaBudget, ValutazioneIndividuale
from obiettivi.schede.punteggio import risultato_finale
from piani.models import Ruolo
from tests.factories import (
    AreaSchedaFactory,
    IncaricoFactory,
    RigaSchedaFactory,
    UnitaFactory,
    ValutazioneFactory,
    regole_individuali,
)
from tests.obiettivi.schede.individuale.passi import assegna, firmata, giudizi, pronta, valuta

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
Stato = ValutazioneIndividuale.Stato
D = Decimal


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
    scheda.punteggi.update(punteggio=D(10))
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
