# SPDX-License-Identifier: AGPL-3.0-or-later
from piani.testo import html_da_markdown


def test_i_titoli_cominciano_dal_terzo_livello_e_non_saltano() -> None:
    assert html_da_markdown("# Uno\n\n### Due") == "<h3>Uno</h3>\n<h4>Due</h4>\n"


def test_il_testo_pericoloso_viene_tolto() -> None:
    html = html_da_markdown("<script>alert(1)</script> [via](javascript:alert(1)) **sì**")
    assert "<script" not in html
    assert "href" not in html
    assert "<strong>sì</strong>" in html


def test_le_tabelle_hanno_intestazioni_di_colonna() -> None:
    assert '<th scope="col">A</th>' in html_da_markdown("| A |\n|---|\n| 1 |")
