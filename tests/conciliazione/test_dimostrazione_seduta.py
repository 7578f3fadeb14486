# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invented meeting of the edition to fill in: its minutes are validated and printed."""

import pytest
from django.core import mail

from conciliazione.azioni import verbale as azioni
from conciliazione.azioni.dimostrazione import DATI
from conciliazione.azioni.dimostrazione_seduta import scrivi_seduta
from conciliazione.comitato.chi import destinatari
from conciliazione.comitato.stampa import rende_pdf
from conciliazione.models import EdizioneConciliazione, Seduta, Verbale
from conciliazione.predefinite import dati_predefiniti
from piani.azioni.dimostrazione import SEGNO
from piani.importa import leggi_toml
from piani.models import Utente
from tests.stampe.veloce import fallimenti

pytestmark = pytest.mark.django_db


@pytest.fixture
def seduta(edizione: EdizioneConciliazione) -> Seduta:
    """In the draft edition, as ``./avvia`` makes it."""
    edizione.parametri, edizione.stato = dati_predefiniti("2025-2027"), "bozza"
    edizione.save()
    scritta = scrivi_seduta(edizione, leggi_toml(DATI)["seduta"])
    assert scritta is not None
    return Seduta.objects.get(pk=scritta.pk)


def test_la_seduta_e_chiusa_con_il_verbale_validato(seduta: Seduta) -> None:
    """Six seats: the quorum is four, five came, three said yes, one no, one nothing."""
    assert (seduta.stato, seduta.componenti, seduta.numero_legale) == ("chiusa", 6, 4)
    verbale = Verbale.objects.get()
    foto = verbale.fotografia or {}
    assert (verbale.stato, len(foto["validazioni"])) == ("validato", 4)
    assert (foto["aperta_alle"], foto["chiusa_alle"], foto["presenti"]) == ("10:05", "12:10", 5)
    assert [una["come"] for una in foto["presenze"]] == [
        "titolare", "supplente", "titolare", "titolare", "titolare", "assente",
    ]  # fmt: skip
    (voto,) = foto["punti"][2]["votazioni"]
    assert (voto["esito"], voto["favorevoli"], voto["contrari"], voto["astenuti"]) == (
        "Approvata", 3, 1, 1,
    )  # fmt: skip


def test_a_nessuno_si_scrive_e_nessuno_di_loro_entra(seduta: Seduta) -> None:
    persone = Utente.objects.filter(seggi__seggio__edizione=seduta.edizione)
    assert persone.count() == 7
    assert all(str(una).endswith(SEGNO) for una in persone)
    assert not any(una.is_active or una.has_usable_password() for una in persone)
    assert list(destinatari(seduta)) == []
    assert mail.outbox == []


def test_il_suo_pdf_e_conforme(seduta: Seduta) -> None:
    verbale = Verbale.objects.get()
    azioni.stampa_verbale(verbale)
    contenuto = rende_pdf(verbale.fotografia or {}).contenuto
    assert fallimenti(contenuto) == {"ua1": set(), "2a": set()}


def test_una_seconda_volta_non_scrive_niente(seduta: Seduta) -> None:
    assert scrivi_seduta(seduta.edizione, leggi_toml(DATI)["seduta"]) is None
    assert Seduta.objects.count() == 1
