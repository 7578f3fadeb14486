# SPDX-License-Identifier: AGPL-3.0-or-later
"""The results of a questionnaire as the rows of a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from piani.questionari.risultati import Risultati, nome_del_gruppo


def righe_dei_risultati(risultati: Risultati) -> Iterable[list[object]]:
    """The same figures as the page, and the same silences."""
    taciuto = _("non mostrato")
    yield [_("che cosa"), _("dimensione"), _("domanda"), _("risposta"), _("numero"), _("valore")]
    for ritorno in (*risultati.ritorni, risultati.totale):
        chi = _("totale") if ritorno is risultati.totale else nome_del_gruppo(ritorno.gruppo)
        yield [_("inviti"), "", "", chi, ritorno.inviti, ""]
        tasso = "" if ritorno.quota is None else ritorno.quota
        yield [_("risposte (tasso %)"), "", "", chi, ritorno.risposte, tasso]
    for una in risultati.dimensioni:
        media = taciuto if una.media is None else una.media
        yield [_("media della dimensione"), una.nome, "", "", una.risposte, media]
        for gruppo, del_gruppo in una.gruppi:
            detta = taciuto if del_gruppo is None else del_gruppo
            yield [_("media del gruppo"), una.nome, "", nome_del_gruppo(gruppo), "", detta]
    for letta in risultati.domande:
        testa = [letta.domanda.dimensione, letta.domanda.testo]
        if letta.taciuta:
            yield [_("domanda"), *testa, "", taciuto, ""]
            continue
        if letta.media is not None:
            yield [_("media della domanda"), *testa, "", letta.quanti, letta.media]
        for grado in letta.gradi:
            detti = (taciuto, "") if grado.quanti is None else (grado.quanti, grado.quota)
            yield [_("distribuzione"), *testa, grado.nome, *detti]
        for testo in letta.testi:
            yield [_("testo"), *testa, testo, "", ""]
