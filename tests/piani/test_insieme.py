# SPDX-License-Identifier: AGPL-3.0-or-later
"""Things that several people do at the same moment: one winner, and a sentence for the others."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connections

from piani import azioni
from piani.models import Azienda, Evento, Incarico, Invito, Ruolo, Utente
from tests.factories import AziendaFactory, IncaricoFactory, InvitoFactory

pytestmark = [pytest.mark.lunga, pytest.mark.django_db(transaction=True)]
NUOVA = "una-frase-scelta-da-me"


@pytest.fixture
def azienda(transactional_db: None) -> Azienda:
    return AziendaFactory()


@pytest.fixture
def nuova(azienda: Azienda) -> Utente:
    """A person of the azienda who has no password yet."""
    persona = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RILEVATORE).utente
    persona.set_unusable_password()
    persona.save(update_fields=["password"])
    return persona


@pytest.fixture
def invito(azienda: Azienda, nuova: Utente) -> Invito:
    return InvitoFactory(azienda=azienda, utente=nuova)


def insieme(quanti: int, fai: Callable[[int], Any]) -> list[Any]:
    """What several did at the same moment: the outcome or the error of each."""

    def uno(numero: int) -> Any:
        try:
            return fai(numero)
        except ValidationError as errore:
            return " ".join(errore.messages)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(quanti) as tutti:
        return list(tutti.map(uno, range(quanti)))


def test_due_che_usano_lo_stesso_invito_insieme_uno_solo_riesce(invito: Invito) -> None:
    frasi = [f"una-frase-scelta-da-{n}" for n in range(4)]
    esiti = insieme(4, lambda n: azioni.accetta_invito(invito.chiave, frasi[n]))
    riusciti = [n for n, esito in enumerate(esiti) if isinstance(esito, Utente)]
    assert len(riusciti) == 1
    assert all("già stato usato" in esito for n, esito in enumerate(esiti) if n not in riusciti)
    persona = Utente.objects.get(pk=invito.utente_id)
    assert persona.check_password(frasi[riusciti[0]])
    assert Evento.objects.filter(tipo="invito.accettato").count() == 1


def test_usare_e_revocare_insieme_ha_un_vincitore(azienda: Azienda, invito: Invito) -> None:
    amministratore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente

    def fai(numero: int) -> Any:
        if numero:
            return azioni.revoca_invito(invito, da=amministratore)
        return azioni.accetta_invito(invito.chiave, NUOVA)

    insieme(2, fai)
    invito.refresh_from_db()
    persona = Utente.objects.get(pk=invito.utente_id)
    assert (invito.usato_il is None) != (invito.revocato_il is None)
    assert persona.has_usable_password() is (invito.usato_il is not None)


def test_due_inviti_insieme_ne_lasciano_uno_aperto(azienda: Azienda, nuova: Utente) -> None:
    amministratore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente
    insieme(3, lambda _n: azioni.invita(nuova, azienda, da=amministratore))
    assert Invito.objects.aperti().count() == 1
    assert Incarico.objects.filter(utente=nuova).count() == 1


def test_due_che_assegnano_lo_stesso_incarico_insieme(azienda: Azienda, nuova: Utente) -> None:
    amministratore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente
    dove = azioni.Dove(dal=date(2026, 1, 1))
    esiti = insieme(
        3, lambda _n: azioni.assegna_incarico(nuova, azienda, Ruolo.CUG, dove, da=amministratore)
    )
    assert sum(isinstance(esito, Incarico) for esito in esiti) == 1
    assert Incarico.objects.filter(utente=nuova, ruolo=Ruolo.CUG).count() == 1


def test_due_che_cambiano_lo_stesso_incarico_insieme(azienda: Azienda) -> None:
    amministratore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.CUG)
    fini = [date(2030, 1, 1), date(2031, 1, 1)]
    esiti = insieme(
        2,
        lambda n: azioni.cambia_incarico(
            incarico,
            azioni.Dove(dal=incarico.dal, al=fini[n]),
            visto=incarico.impronta,
            da=amministratore,
        ),
    )
    assert sorted(esito is True for esito in esiti) == [False, True]
    incarico.refresh_from_db()
    assert incarico.al == fini[esiti.index(True)]
    assert "Qualcun altro" in next(esito for esito in esiti if esito is not True)


def test_gli_ultimi_due_amministratori_non_se_ne_vanno_insieme(azienda: Azienda) -> None:
    due = [IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE) for _n in range(2)]
    oggi = date(2026, 1, 1)

    def chiudi(n: int) -> object:
        try:
            return azioni.chiudi_incarico(due[n], al=oggi, da=due[1 - n].utente)
        except PermissionDenied:  # the other was so quick that this one is no administrator already
            return "senza incarico"

    esiti = insieme(2, chiudi)
    assert len([esito for esito in esiti if esito is None]) == 1
    assert Incarico.objects.filter(azienda=azienda, al__isnull=True).count() == 1


def test_due_persone_con_la_stessa_posta_insieme(azienda: Azienda) -> None:
    amministratore = IncaricoFactory(azienda=azienda, ruolo=Ruolo.AMMINISTRATORE).utente
    esiti = insieme(
        3,
        lambda n: azioni.crea_persona(
            azienda,
            nome="Ada",
            cognome=f"Prova{n}",
            email=["ada@example.org", "Ada@Example.org", "ADA@example.org"][n],
            ruolo=Ruolo.CUG,
            dove=azioni.Dove(dal=date(2026, 1, 1)),
            da=amministratore,
        ),
    )
    assert sum(isinstance(esito, Utente) for esito in esiti) == 1
    assert Utente.objects.filter(email__iexact="ada@example.org").count() == 1
    assert all("posta" in esito for esito in esiti if isinstance(esito, str))
