# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two people at once, on the real database: one does it, the other reads a clear sentence."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Barrier, Event
from time import sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from obiettivi import azioni
from obiettivi.azioni import piani_toccati
from obiettivi.azioni.albero import Atteso, impronta_misura
from obiettivi.azioni.pesi import impronta_pesi, nodi_di
from obiettivi.models import (
    FirmaScheda,
    Indicatore,
    Misura,
    Relazione,
    SchedaBudget,
    ValidazioneRelazione,
)
from piani import azioni as azioni_piani
from piani.azioni.righe import impronta
from piani.models import Evento, Piano, Quadratura, Ruolo, ValidazioneNucleo
from tests.factories import (
    AziendaFactory,
    IndicatoreFactory,
    MisuraFactory,
    SezioneFactory,
    TargetFactory,
    piano_pronto,
)
from tests.obiettivi.relazione.scena import ATTO as ATTO_RELAZIONE
from tests.obiettivi.relazione.scena import in_validazione, relazione_di, risposte, scrivi_tutto
from tests.obiettivi.schede.cdr import crea_cdr, persona, pesa
from tests.ricalcolo import ricalcola

pytestmark = [pytest.mark.lunga, pytest.mark.django_db(transaction=True)]
ATTO = {
    "atto_tipo": "decreto", "atto_numero": "1", "atto_data": date(2022, 1, 30),
    "atto_organo": "Direttore Generale",
}  # fmt: skip


@pytest.fixture
def piano() -> Piano:
    return piano_pronto(AziendaFactory(tipo="ALTRO"))


def insieme(*azioni_: Callable[[], object]) -> list[str]:
    """Do the actions at the same moment; what each refused, "" for the one that did it."""
    via = Barrier(len(azioni_))

    def prova(azione: Callable[[], object]) -> str:
        try:
            via.wait()
            azione()
        except ValidationError as errore:
            return " ".join(errore.messages)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(azioni_)) as corsie:
        return sorted(corsie.map(prova, azioni_))


def mio(piano: Piano) -> Piano:
    """The plan as each person read it, before."""
    return Piano.objects.get(pk=piano.pk)


def test_due_adozioni(piano: Piano) -> None:
    azioni_piani.invia(piano, da=None)
    azioni_piani.valida(
        piano, esito="validato", data=date(2022, 1, 20), motivazione="Bene", da=None
    )
    letti = mio(piano), mio(piano)
    esiti = insieme(*(lambda p=p: azioni_piani.adotta(p, **ATTO, da=None) for p in letti))
    assert esiti[0] == ""
    assert esiti[1].startswith("Il piano è già «Adottato»: lo ha fatto il sistema il ")
    assert Evento.objects.filter(tipo="piano.adottato").count() == 1
    assert Evento.objects.filter(tipo="edizione.congelata").count() == 1


def test_due_invii(piano: Piano) -> None:
    letti = mio(piano), mio(piano)
    esiti = insieme(*(lambda p=p: azioni_piani.invia(p, da=None) for p in letti))
    assert esiti[0] == ""
    assert "già «In validazione»" in esiti[1]


def test_chi_valida_e_chi_non_valida(piano: Piano) -> None:
    azioni_piani.invia(piano, da=None)
    esiti = insieme(
        *(
            lambda e=esito: azioni_piani.valida(
                mio(piano), esito=e, data=date(2022, 1, 20), motivazione="Detto", da=None
            )
            for esito in ("validato", "non_validato")
        )
    )
    assert esiti[0] == ""
    assert "Il piano è" in esiti[1]
    assert ValidazioneNucleo.objects.count() == 1


def test_un_invio_e_una_modifica_dell_albero(piano: Piano) -> None:
    """Either the change comes first and is sent, or the plan is closed and the change refused."""
    misura = Misura.objects.get()
    esiti = insieme(
        lambda: azioni_piani.invia(mio(piano), da=None),
        lambda: azioni_piani.modifica(misura.obiettivo, {"titolo": "Cambiato"}, da=None),
    )
    piano.refresh_from_db()
    assert piano.stato == Piano.Stato.IN_VALIDAZIONE
    misura.obiettivo.refresh_from_db()
    cambiato = misura.obiettivo.titolo == "Cambiato"
    assert esiti == ["", ""] if cambiato else "non si modifica" in esiti[1]


def test_due_salvataggi_della_stessa_riga(piano: Piano) -> None:
    sezione = SezioneFactory(piano=piano, ordine=99, testo="Prima")
    visto = impronta(sezione)
    esiti = insieme(
        *(
            lambda t=testo: azioni_piani.modifica(sezione, {"testo": t}, visto=visto, da=None)
            for testo in ("Uno", "Due")
        )
    )
    assert esiti[0] == ""
    assert esiti[1].startswith("Mentre scrivevi qualcun altro ha salvato questa stessa riga.")
    sezione.refresh_from_db()
    assert f"«{sezione.testo}»" in esiti[1]


def test_due_salvataggi_dei_target(piano: Piano) -> None:
    misura = Misura.objects.get()
    visto = impronta_misura(misura)
    esiti = insieme(
        *(
            lambda t=testo: azioni.modifica_misura(
                misura,
                attesi={2022: Atteso(t)},
                base="",
                base_anno=None,
                peso=None,
                nota="",
                visto=visto,
                da=None,
            )
            for testo in ("≥ 90%", "≥ 91%")
        )
    )
    assert esiti[0] == ""
    assert f"atteso 2022 «{misura.target.get(anno=2022).stampato}»" in esiti[1]


def test_due_fogli_di_pesi(piano: Piano) -> None:
    misura, visto = Misura.objects.get(), impronta_pesi(nodi_di(piano))
    esiti = insieme(
        *(
            lambda p=peso: azioni.pesa(
                piano, {("misura", misura.pk): Decimal(p)}, visto=visto, da=None
            )
            for peso in (40, 60)
        )
    )
    assert esiti[0] == ""
    assert "qualcuno ha cambiato i pesi" in esiti[1]


def test_due_pareri_dello_stesso_direttore(piano: Piano) -> None:
    azioni_piani.invia(piano, da=None)
    azioni_piani.valida(
        piano, esito="validato", data=date(2022, 1, 20), motivazione="Bene", da=None
    )
    esiti = insieme(
        *(
            lambda e=esito: azioni_piani.esprimi_parere(
                mio(piano), ruolo="DA", esito=e, data=date(2022, 1, 21), testo="x", da=None
            )
            for esito in ("favorevole", "contrario")
        )
    )
    assert esiti == ["", "Quel parere c'è già: per cambiarlo va prima tolto."]
    assert piano.pareri.count() == 1


def test_due_revisioni_dello_stesso_triennio(piano: Piano) -> None:
    Piano.objects.update(stato=Piano.Stato.ADOTTATO)
    letti = mio(piano), mio(piano)
    esiti = insieme(*(lambda p=p: azioni.scorri(p, titolo="2023-2025", da=None) for p in letti))
    assert esiti[0] == ""
    assert "c'è già" in esiti[1]
    assert piano.scorrimenti.count() == 1


def test_due_prese_d_atto(piano: Piano) -> None:
    una = Quadratura.objects.create(
        piano=piano, ordine=1, dove="Tavola", stampato="2", calcolato=1, differenza=1
    )
    esiti = insieme(*(lambda: azioni_piani.prendi_atto(una, motivo="x", da=None) for _n in "ab"))
    assert esiti == ["", "Di questo totale non c'è più niente da prendere in carico."]


def test_due_spostamenti_lasciano_posti_interi(piano: Piano) -> None:
    righe = [SezioneFactory(piano=piano, ordine=posto) for posto in range(1000, 1004)]
    insieme(
        lambda: azioni_piani.sposta(righe[0], verso=1, da=None),
        lambda: azioni_piani.sposta(righe[3], verso=-1, da=None),
    )
    assert list(piano.sezioni.order_by("ordine").values_list("ordine", flat=True)) == [
        1, 2, 3, 4, 5,
    ]  # fmt: skip


def test_due_firme_nello_stesso_posto() -> None:
    cdr = crea_cdr()
    persone = [cdr.direzione, persona(cdr.azienda, Ruolo.DIREZIONE)]
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    esiti = insieme(
        *(
            lambda chi=chi: azioni.firma(
                SchedaBudget.objects.get(), ruolo="direzione", versione_vista=1, da=chi
            )
            for chi in persone
        )
    )
    assert esiti[0] == ""
    assert esiti[1].startswith("Questa firma (Direzione strategica) c'è già: l'ha data ")
    assert FirmaScheda.objects.count() == 1


def test_le_ultime_due_firme_insieme_sottoscrivono_una_volta_sola() -> None:
    cdr = crea_cdr()
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma("direzione")
    esiti = insieme(
        *(
            lambda ruolo=ruolo: azioni.firma(
                SchedaBudget.objects.get(), ruolo=ruolo, versione_vista=1, da=cdr.di(ruolo)
            )
            for ruolo in ("dipartimento", "responsabile")
        )
    )
    assert esiti == ["", ""]
    assert SchedaBudget.objects.get().stato == SchedaBudget.Stato.SOTTOSCRITTA
    assert Evento.objects.filter(tipo="scheda.sottoscritta").count() == 1


def test_una_firma_e_una_nuova_versione() -> None:
    """Either the signature comes first and stays on the old version, or it is refused."""
    cdr = crea_cdr()
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    pesa(cdr.scheda, 50, 50)
    esiti = insieme(
        lambda: azioni.firma(
            SchedaBudget.objects.get(), ruolo="direzione", versione_vista=1, da=cdr.direzione
        ),
        lambda: azioni.invia_scheda(
            SchedaBudget.objects.get(), motivo="Pesi alla pari", da=cdr.controllo
        ),
    )
    assert esiti[0] == ""
    assert "versione 1" in esiti[1]
    assert SchedaBudget.objects.get().versione == 2
    assert not FirmaScheda.objects.exists()


def test_due_divulgazioni() -> None:
    cdr = crea_cdr()
    azioni.invia_scheda(cdr.scheda, da=cdr.controllo)
    cdr.firma()
    esiti = insieme(
        *(
            lambda: azioni.divulga(SchedaBudget.objects.get(), da=cdr.responsabile)
            for _volta in range(2)
        )
    )
    assert esiti[0] == ""
    assert esiti[1].startswith("La scheda è già «In monitoraggio»: lo ha fatto ")
    assert Evento.objects.filter(tipo="scheda.divulgata").count() == 1


def test_due_approvazioni_della_relazione() -> None:
    relazione = scrivi_tutto(relazione_di(AziendaFactory()))
    lette = (Relazione.objects.get(pk=relazione.pk), Relazione.objects.get(pk=relazione.pk))
    esiti = insieme(
        *(lambda r=r: azioni.approva_relazione(r, **ATTO_RELAZIONE, da=None) for r in lette)
    )
    assert esiti[0] == ""
    assert esiti[1].startswith("La relazione è «Approvata»: ce l'ha portata il sistema il ")
    assert Evento.objects.filter(tipo="relazione.approvata").count() == 1


def test_chi_valida_e_chi_non_valida_la_relazione() -> None:
    relazione = in_validazione(relazione_di(AziendaFactory()))

    def dice(esito: str) -> ValidazioneRelazione:
        mia = Relazione.objects.get(pk=relazione.pk)
        return azioni.valida_relazione(
            mia, esito=esito, data=date(2023, 6, 20), motivazione="Detto.", criteri=risposte(),
            da=None,
        )  # fmt: skip

    esiti = insieme(lambda: dice("validata"), lambda: dice("non_validata"))
    assert esiti[0] == ""
    assert esiti[1].startswith("La relazione è «")
    assert ValidazioneRelazione.objects.count() == 1


def test_tre_persone_che_rilevano_insieme_non_lasciano_punteggi_storti(piano: Piano) -> None:
    """Each reads what the others wrote: then a whole run has nothing to change."""
    obiettivo = Misura.objects.get().obiettivo
    for indicatore in IndicatoreFactory.create_batch(2, azienda=piano.azienda):
        TargetFactory(misura=MisuraFactory(obiettivo=obiettivo, indicatore=indicatore))
    periodi = ["", "T1", "T2"]
    quali: dict[str, Any] = {"prospettiva": "consuntivo", "anno": 2022, "frazioni": periodi}
    ricalcola([piano.pk], **quali)
    indicatori = list(Indicatore.objects.all())

    def rileva(chi: int) -> None:
        for volta in range(6):
            uno, periodo = indicatori[(chi + volta) % 3], periodi[(chi * volta) % 3]
            valore = Decimal(10 * chi + volta)
            azioni.rileva(uno, anno=2022, frazione=periodo, valore=valore, da=None)

    esiti = insieme(*(lambda chi=chi: rileva(chi) for chi in (1, 2, 3)))
    assert esiti == ["", "", ""]
    assert ricalcola([piano.pk], **quali).scritti == 0


def test_un_calcolo_chiesto_mentre_arriva_un_risultato_lo_conta(
    piano: Piano, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The result has looked for runs under way and is not committed yet: the run waits for it."""
    indicatore = Indicatore.objects.get()
    quali: dict[str, Any] = {"prospettiva": "consuntivo", "anno": 2022}
    ricalcola([piano.pk], frazioni=[""], **quali)
    guardato, chiesto = Event(), Event()
    prima = piani_toccati._ripeti_i_calcoli_in_corso

    def guarda(*argomenti: Any) -> None:
        prima(*argomenti)
        guardato.set()
        chiesto.wait(10)
        sleep(0.3)  # the run has the time to begin, if nothing holds it

    def calcola() -> None:
        guardato.wait(10)
        calcolo = azioni.avvia_calcolo(mio(piano), in_coda=False, da=None, **quali)
        chiesto.set()
        azioni.esegui(calcolo.pk)

    monkeypatch.setattr(piani_toccati, "_ripeti_i_calcoli_in_corso", guarda)
    esiti = insieme(
        lambda: azioni.rileva(indicatore, anno=2022, valore=Decimal(50), da=None), calcola
    )
    assert esiti == ["", ""]
    assert ricalcola([piano.pk], frazioni=[""], **quali).scritti == 0
