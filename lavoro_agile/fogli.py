# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of the lavoro agile as files. Counts have theirs where small groups are kept silent."""

from django.utils.translation import gettext_lazy as _

from piani.esporta import Colonna, Foglio
from piani.esporta.colonne import AL, ANNO, DAL, PRIMO_ANNO, STATO, ULTIMO_ANNO

EDIZIONI = Foglio(
    "lavoro-agile-regolamenti", _("Regolamenti del lavoro agile"),
    (
        Colonna(_("Regolamento"), str),
        PRIMO_ANNO,
        STATO,
    ),
)  # fmt: skip
CAMPAGNE = Foglio(
    "mappature", _("Mappature"),
    (
        Colonna(_("Mappatura"), str),
        ANNO,
        Colonna(_("Si apre il"), "apre_il"),
        Colonna(_("Si chiude il"), "chiude_il"),
        STATO,
        Colonna(_("Schede chieste"), "chieste"),
        Colonna(_("Schede inviate"), "inviate"),
    ),
)  # fmt: skip
SCHEDE = Foglio(
    "mappatura-schede", _("Schede della mappatura"),
    (
        Colonna(_("Unità"), "nome_unita"),
        STATO,
        Colonna(_("Trasmessa il"), "trasmessa_il"),
    ),
)  # fmt: skip
BANDI = Foglio(
    "bandi-lavoro-agile", _("Bandi del lavoro agile"),
    (
        Colonna(_("Bando"), str),
        Colonna(_("Regolamento"), "edizione"),
        Colonna(_("Si apre il"), "apre_il"),
        Colonna(_("Si chiude il"), "chiude_il"),
        STATO,
    ),
)  # fmt: skip
DOMANDE = Foglio(
    "domande-lavoro-agile", _("Domande del bando"),
    (
        Colonna(_("Numero"), "numero"),
        Colonna(_("Persona"), "chi"),
        Colonna(_("Unità"), "nome_unita"),
        Colonna(_("Area"), "get_area_display"),
        Colonna(_("Giorni al mese"), lambda una: una.giorni_concessi or una.giorni_chiesti),
        Colonna(_("Tranche"), "tranche"),
        STATO,
    ),
    personali=True,
)  # fmt: skip
ACCORDI = Foglio(
    "accordi-lavoro-agile", _("Accordi individuali"),
    (
        Colonna(_("Numero"), "numero"),
        Colonna(_("Persona"), "chi"),
        Colonna(_("Unità"), "nome_unita"),
        Colonna(_("Giorni al mese"), "giorni_mese"),
        DAL,
        AL,
        STATO,
    ),
    personali=True,
)  # fmt: skip
POLA = Foglio(
    "pola", _("POLA"),
    (
        Colonna(_("POLA"), "titolo"),
        PRIMO_ANNO,
        ULTIMO_ANNO,
        STATO,
        Colonna(_("Indicatori"), "indicatori"),
    ),
)  # fmt: skip
