# SPDX-License-Identifier: AGPL-3.0-or-later
"""The programme of a POLA as a sheet: a row for each indicator and each level."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from lavoro_agile.pola.quadro import Programma


def righe_csv(quadro: Programma) -> Iterator[list[object]]:
    """Each level as it is printed and as it is read; an indicator without levels has one row."""
    yield [
        _("dimensione"), _("natura"), _("codice"), _("indicatore"), _("unità"), _("anno"),
        _("fase"), _("come stampato"), _("come letto"), _("da confermare"), _("riga della fonte"),
    ]  # fmt: skip
    for gruppo in quadro.gruppi:
        for riga in gruppo.righe:
            uno = riga.indicatore
            prima = [
                gruppo.dimensione.label, riga.pola.get_natura_display(), uno.codice, uno.nome,
                uno.unita,
            ]  # fmt: skip
            scritti = [
                (colonna, livello)
                for colonna, livello in zip(quadro.colonne, riga.livelli, strict=True)
                if livello is not None
            ]
            if not scritti:
                yield [*prima, "", "", "", "", "", riga.pola.riga_fonte]
            for colonna, livello in scritti:
                parole = livello.parole
                yield [
                    *prima, colonna.anno,
                    colonna.fase.get_genere_display() if colonna.fase else "",
                    livello.stampato,
                    f"{parole.tipo} {parole.frase}".strip() if parole else "",
                    _("sì") if livello.da_confermare else _("no"),
                    riga.pola.riga_fonte,
                ]  # fmt: skip
