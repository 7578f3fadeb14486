# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan as it was known on a day: results, confirmations and rules of then, and what is said."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from obiettivi import azioni
from obiettivi.azioni.albero import Atteso
from obiettivi.conoscenza import Conosciuto, conosciuto, regole_al
from obiettivi.models import EdizioneSMVP, Misura, Rilevazione
from obiettivi.raccolta import raccogli
from piani import azioni as azioni_piani
from piani.azioni import registra
from piani.models import Azienda, Evento, Piano, Utente
from tests.factories import AreaFactory, piano_pronto

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
SCELTO = ("consuntivo", 2022, "")
IERI = timedelta(days=1)


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return piano_pronto(azienda)


@pytest.fixture
def misura(piano: Piano) -> Misura:
    return Misura.objects.get()


def sposta_indietro(evento: Evento, giorni: int) -> datetime:
    """The register is not touched by anybody; by these tests alone, to have a past."""
    quando = timezone.now() - timedelta(days=giorni)
    QuerySet.update(Evento.objects.filter(pk=evento.pk), quando=quando)
    return quando


def rileva(misura: Misura, valore: int, giorni_fa: int) -> None:
    azioni.rileva(misura.indicatore, anno=2022, valore=Decimal(valore), da=None)
    riga = Rilevazione.objects.correnti().get()
    quando = timezone.now() - timedelta(days=giorni_fa)
    Rilevazione.objects.filter(sostituita_il=riga.creata_il).update(sostituita_il=quando)
    Rilevazione.objects.filter(pk=riga.pk).update(creata_il=quando)


def punteggio(noto: Conosciuto, livello: str = "P") -> str:
    return next(riga.mostrato or riga.motivo for riga in noto.righe if riga.livello == livello)


def fa(giorni: int) -> datetime:
    return timezone.now() - timedelta(days=giorni)


def test_i_punteggi_sono_quelli_dei_risultati_di_allora(piano: Piano, misura: Misura) -> None:
    rileva(misura, 38, giorni_fa=20)
    rileva(misura, 76, giorni_fa=10)
    assert punteggio(conosciuto(piano, SCELTO, fa(5))) == "80,00"
    assert punteggio(conosciuto(piano, SCELTO, fa(15))) == "40,00"
    assert not [riga for riga in conosciuto(piano, SCELTO, fa(30)).righe if riga.punteggio]


def test_una_lettura_confermata_dopo_allora_non_lo_era(
    piano: Piano, misura: Misura, controllo: Utente
) -> None:
    misura.target.filter(anno=2022).delete()
    dubbia = {2022: Atteso("60%")}
    azioni.modifica_misura(
        misura, attesi=dubbia, base="", base_anno=None, peso=None, nota="", da=None
    )
    azioni.conferma_lettura(misura.target.get(anno=2022), da=controllo)
    misura.target.filter(anno=2022).update(confermato_il=fa(10))

    def certezza(al: datetime | None) -> str:
        (foglia,) = raccogli(piano, "consuntivo", 2022, al=al).foglie
        return foglia.da_giudicare.target.certezza.value

    assert (certezza(fa(20)), certezza(fa(5)), certezza(None)) == ("media", "alta", "alta")


def test_le_regole_sono_quelle_di_allora(piano: Piano, controllo: Utente) -> None:
    edizione = EdizioneSMVP.objects.get()
    prima = dict(edizione.parametri)
    azioni.modifica_edizione(edizione, prima | {"tetto": "120"}, da=controllo)
    sposta_indietro(Evento.objects.get(tipo="edizione.modificata"), 10)
    edizione.refresh_from_db()
    assert regole_al(edizione, fa(20)).tetto == Decimal(prima["tetto"])
    assert regole_al(edizione, fa(5)).tetto == Decimal(120)
    assert regole_al(edizione, None).tetto == Decimal(120)


def test_di_un_edizione_nata_dopo_valgono_le_regole_con_cui_e_nata(
    azienda: Azienda, controllo: Utente
) -> None:
    piano_pronto(azienda)
    modello = EdizioneSMVP.objects.get().parametri
    edizione = azioni.crea_edizione(azienda, 2023, modello, da=controllo)
    azioni.modifica_edizione(edizione, modello | {"tetto": "150"}, da=controllo)
    edizione.refresh_from_db()
    assert regole_al(edizione, fa(5)).tetto == Decimal(modello["tetto"])


def test_dice_in_che_stato_era_il_piano(piano: Piano) -> None:
    assert conosciuto(piano, None, fa(1)).frasi[0] == (
        "Il registro non dice in che stato era il piano."
    )
    azioni_piani.invia(piano, da=None)
    sposta_indietro(Evento.objects.get(tipo="piano.inviato"), 10)
    azioni_piani.riporta_in_bozza(piano, motivo="x", da=None)
    assert conosciuto(piano, None, fa(5)).frasi[0] == "Il piano era «In validazione»."
    assert conosciuto(piano, None, timezone.now()).frasi[0] == "Il piano era «Bozza»."
    giorno = timezone.localtime(fa(10)).strftime("%d/%m/%Y")
    assert conosciuto(piano, None, fa(20)).frasi[0] == (
        f"Quel giorno il piano non era ancora in Albero: c'è dal {giorno}."
    )


def test_dice_se_l_albero_e_cambiato_da_allora(
    piano: Piano, misura: Misura, controllo: Utente
) -> None:
    assert conosciuto(piano, None, fa(1)).frasi[-1] == (
        "L'albero, i pesi e i target non sono cambiati da allora."
    )
    azioni_piani.modifica(misura.obiettivo, {"titolo": "Altro"}, da=None)
    azioni.pesa(piano, {("misura", misura.pk): Decimal(100)}, da=None)
    azioni.modifica_indicatore(misura.indicatore, nome="Altro nome", da=None)
    azioni_piani.modifica(AreaFactory(piano=piano_pronto(piano.azienda)), {"nome": "x"}, da=None)
    frase = conosciuto(piano, None, fa(1)).frasi[-1]
    assert "da allora hanno avuto 3 cambiamenti" in frase
    assert conosciuto(piano, None, timezone.now()).frasi[-1].endswith("cambiati da allora.")


def test_senza_regole_lo_dice_e_non_inventa(piano: Piano) -> None:
    EdizioneSMVP.objects.all().delete()
    noto = conosciuto(piano, SCELTO, fa(1))
    assert noto.righe == []
    assert "Mancano le regole del 2022" in noto.frasi[1]


def test_regole_rovinate_non_rompono_la_pagina(piano: Piano) -> None:
    EdizioneSMVP.objects.update(parametri={"tetto": "molto"})
    noto = conosciuto(piano, SCELTO, fa(1))
    assert "non si possono usare" in noto.frasi[1]


# The page ----------------------------------------------------------------------------------------


def test_la_pagina_del_piano_alla_data_filtra_con_i_punteggi_di_allora(
    piano: Piano, misura: Misura, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    rileva(misura, 38, giorni_fa=20)
    rileva(misura, 95, giorni_fa=10)
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    client, indirizzo = entra(controllo), piano.get_absolute_url()

    def voti(filtro: str) -> list[str]:
        albero = client.get(f"{indirizzo}?{filtro}").context["albero"]
        return [m["voto"].cifra for a in albero.aree for o in a["obiettivi"] for m in o["misure"]]

    allora = timezone.localtime(fa(15)).date().isoformat()
    assert voti("") == ["100,00"]
    assert voti(f"al={allora}") == ["40,00"]
    assert voti(f"al={allora}&stato=sotto_60") == ["40,00"]
    assert voti(f"al={allora}&stato=non_calcolabile") == []
    assert voti("stato=sotto_60") == []
    pagina = client.get(f"{indirizzo}?al={allora}").content.decode()
    for atteso in ("Come si conosceva al", "40,00", "Punteggi di oggi", f"al={allora}"):
        assert atteso in pagina
    assert "Nessun documento era pubblicato." in pagina
    for storto in ("al=ieri", "al=0001-01-01", "al=9999-12-31", "al=2022-02-31"):
        assert client.get(f"{indirizzo}?{storto}").status_code == 200


def test_senza_calcoli_la_data_dice_lo_stato_e_basta(
    piano: Piano, controllo: Utente, entra: Callable[[Utente], Client]
) -> None:
    registra("piano.creato", piano, azienda=piano.azienda, da=None, descrizione="x")
    domani = (timezone.localdate() + IERI).isoformat()
    pagina = entra(controllo).get(f"{piano.get_absolute_url()}?al={domani}").content.decode()
    assert "Il piano era «Bozza»." in pagina


@pytest.mark.parametrize("quante", [1, 3])
def test_guardare_indietro_costa_sempre_le_stesse_interrogazioni(
    piano: Piano, misura: Misura, django_assert_num_queries: Any, quante: int
) -> None:
    for _volta in range(quante):
        azioni_piani.modifica(misura.obiettivo, {"nota": f"{quante} {_volta}"}, da=None)
        rileva(misura, 10 + _volta, giorni_fa=30 - _volta)
    with django_assert_num_queries(14):
        conosciuto(piano, SCELTO, datetime(2026, 1, 1, tzinfo=UTC))
