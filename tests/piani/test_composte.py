# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions written once: each time with their own values, and of their own year."""

from datetime import date
from unittest.mock import patch

import pytest

from piani.models import Piano
from piani.models.piano import PianoQuerySet
from piani.pubbliche.composte import Composta, Posto
from tests.factories import PianoFactory

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def in_corso(oggi: date) -> PianoQuerySet:
    """Plans with a title, not over in that year."""
    piani = Piano.objects.filter(titolo=Posto("titolo"), anno_fine__gte=oggi.year)
    return piani.order_by("slug").values_list("slug", "titolo")


def test_ogni_volta_con_i_suoi_valori_e_del_suo_anno() -> None:
    for slug, titolo, fine in (("a", "Uno", 2022), ("b", "Uno", 2024), ("c", "100%'s", 2024)):
        PianoFactory(slug=slug, titolo=titolo, anno_inizio=2020, anno_fine=fine)
    domanda = Composta(in_corso)
    assert domanda.righe(date(2022, 5, 1), titolo="Uno") == [("a", "Uno"), ("b", "Uno")]
    assert domanda.righe(date(2023, 5, 1), titolo="Uno") == [("b", "Uno")]
    assert domanda.righe(date(2023, 5, 1), titolo="100%'s") == [("c", "100%'s")]
    assert domanda.righe(date(2023, 5, 1), titolo="") == []


def test_si_scrive_una_volta_per_anno() -> None:
    domanda = Composta(in_corso)
    with patch.object(domanda, "_scrivi", wraps=in_corso) as scritta:
        for giorno in (date(2022, 1, 1), date(2022, 12, 31), date(2023, 1, 1)):
            domanda.righe(giorno, titolo="Uno")
    assert scritta.call_count == 2
