# SPDX-License-Identifier: AGPL-3.0-or-later
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from piani.azioni import registra
from piani.models import (
    Azienda,
    DocumentoPubblicato,
    Evento,
    Piano,
    Ruolo,
    UnitaOrganizzativa,
    Utente,
)
from tests.factories import (
    IncaricoFactory,
    OrganigrammaFactory,
    PianoFactory,
    UnitaFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def test_si_vedono_solo_i_piani_delle_proprie_aziende(
    azienda: Azienda, controllo: Utente, incaricato: Callable[..., Utente]
) -> None:
    mio, altrui = PianoFactory(azienda=azienda), PianoFactory()
    assert list(Piano.objects.visibili_a(controllo)) == [mio]
    assert list(Piano.objects.visibili_a(incaricato(dove=altrui.azienda))) == [altrui]


def test_l_incarico_vale_dal_primo_all_ultimo_giorno_compresi(azienda: Azienda) -> None:
    incarico = IncaricoFactory(azienda=azienda, dal=date(2022, 3, 1), al=date(2022, 5, 31))
    visti = [
        Azienda.objects.visibili_a(incarico.utente, giorno).exists()
        for giorno in (
            date(2022, 2, 28),
            date(2022, 3, 1),
            date(2022, 5, 31),
            date(2022, 6, 1),
        )
    ]
    assert visti == [False, True, True, False]


def test_senza_incarichi_non_si_vede_niente(azienda: Azienda) -> None:
    PianoFactory(azienda=azienda)
    assert list(Piano.objects.visibili_a(UtenteFactory())) == []


def test_il_personale_vede_i_piani_adottati_e_non_le_bozze(
    azienda: Azienda, incaricato: Callable[..., Utente]
) -> None:
    piani = {stato: PianoFactory(azienda=azienda, stato=stato) for stato in Piano.Stato.values}
    dipendente = incaricato(Ruolo.DIPENDENTE)
    visti = set(Piano.objects.visibili_a(dipendente).values_list("stato", flat=True))
    assert visti == {"adottato", "pubblicato", "superato"}
    IncaricoFactory(azienda=azienda, utente=dipendente, ruolo=Ruolo.RILEVATORE)
    assert Piano.objects.visibili_a(dipendente).count() == len(piani)


def test_chi_installa_vede_tutte_le_aziende(azienda: Azienda) -> None:
    piano = PianoFactory(azienda=azienda)
    assert list(Piano.objects.visibili_a(UtenteFactory(is_superuser=True))) == [piano]


def test_un_incarico_non_finisce_prima_di_cominciare(azienda: Azienda) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        IncaricoFactory(azienda=azienda, dal=date(2022, 3, 1), al=date(2022, 2, 1))


def test_l_organigramma_si_chiede_a_una_data(azienda: Azienda) -> None:
    vecchio = OrganigrammaFactory(
        azienda=azienda, valido_dal=date(2020, 1, 1), valido_al=date(2021, 12, 31)
    )
    nuovo = OrganigrammaFactory(azienda=azienda, valido_dal=date(2022, 1, 1))
    prima = UnitaFactory(organigramma=vecchio)
    direzione = UnitaFactory(organigramma=nuovo, ordine=1)
    servizio = UnitaFactory(organigramma=nuovo, parent=direzione, ordine=1)
    altra = UnitaFactory(organigramma=nuovo, ordine=2)
    unita = UnitaOrganizzativa.objects
    assert list(unita.alla_data(azienda, date(2021, 6, 1))) == [prima]
    assert [(u, u.tree_depth) for u in unita.alla_data(azienda, date(2022, 6, 1))] == [
        (direzione, 0),
        (servizio, 1),
        (altra, 0),
    ]


@pytest.mark.parametrize("quante", [1, 3])
def test_l_albero_si_legge_in_una_query(
    azienda: Azienda, quante: int, django_assert_num_queries: Callable[..., object]
) -> None:
    padre = None
    organigramma = OrganigrammaFactory(azienda=azienda)
    for _posto in range(quante):
        padre = UnitaFactory(organigramma=organigramma, parent=padre)
    with django_assert_num_queries(1):
        assert len(UnitaOrganizzativa.objects.alla_data(azienda, date(2022, 6, 1))) == quante


def test_il_registro_degli_eventi_non_si_tocca(azienda: Azienda) -> None:
    evento = registra("prova.fatta", azienda, azienda=azienda, da=None, descrizione="Prova")
    with pytest.raises(ValidationError, match="non si modifica"):
        evento.save()
    with pytest.raises(ValidationError, match="non si cancella"):
        evento.delete()
    with pytest.raises(ValidationError, match="non si modifica"):
        Evento.objects.update(tipo="altro")
    with pytest.raises(ValidationError, match="non si cancella"):
        Evento.objects.all().delete()
    assert list(Evento.objects.all()) == [evento]


def test_un_documento_scade_cinque_anni_dopo_il_primo_gennaio_seguente() -> None:
    assert DocumentoPubblicato(pubblicato_il=date(2022, 3, 31)).scade_il == date(2028, 1, 1)
    assert DocumentoPubblicato().scade_il is None


def test_gli_anni_del_piano_comprendono_gli_estremi() -> None:
    assert list(Piano(anno_inizio=2022, anno_fine=2024).anni) == [2022, 2023, 2024]
