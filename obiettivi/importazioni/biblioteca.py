# SPDX-License-Identifier: AGPL-3.0-or-later
"""The indicators that a sheet names: those of the library by code or by name, and new ones."""

from typing import Any

from django.utils.translation import gettext as _

from obiettivi.models import Indicatore
from piani.importazioni.celle import normale
from piani.models import Azienda

DEL_NUOVO = {
    "indicatore": "nome",
    "tipo_formula": "tipo_formula",
    "unita": "unita",
    "verso": "verso",
}
"""What describes a new indicator, by campo; one that is there stays as the library says it."""


class Biblioteca:
    """The library as it would be after the rows already seen: one query."""

    def __init__(self, azienda: Azienda) -> None:
        self.per_codice: dict[str, Indicatore] = {}
        self.per_nome: dict[str, Indicatore] = {}
        self.per_chiave: dict[int, Indicatore] = {}
        for uno in Indicatore.objects.filter(azienda=azienda).order_by("pk"):
            uno.azienda = azienda
            self.per_codice[uno.codice] = self.per_chiave[uno.pk] = uno
            self.per_nome.setdefault(normale(uno.nome), uno)
        self.nuovi: dict[str, str] = {}

    def trova(
        self, detti: dict[str, Any], errori: dict[str, str], *, prefisso: str
    ) -> tuple[str | None, dict[str, Any] | None]:
        """The code of the indicator of a row and, if it is new, what describes it. What is wrong
        goes among the ``errori``; a new one without a code takes the first free after ``prefisso``.
        """
        codice, nome = detti.get("codice"), detti.get("indicatore")
        noto = self.per_codice.get(codice) if codice else None
        if noto and nome and normale(noto.nome) != normale(nome):
            errori["indicatore"] = _(
                "Nella biblioteca il codice %(codice)s è di «%(nome)s»: correggi il codice o il "
                "nome."
            ) % {"codice": codice, "nome": noto.nome}
        if not codice and nome:
            noto = self.per_nome.get(normale(nome))
        if noto:
            return noto.codice, None
        if not nome:
            errori["indicatore"] = _("Il codice è nuovo: scrivi che cosa misura l'indicatore.")
            return None, None
        return self._nuovo(codice, nome, detti, errori, prefisso)

    def _nuovo(
        self,
        codice: str | None,
        nome: str,
        detti: dict[str, Any],
        errori: dict[str, str],
        prefisso: str,
    ) -> tuple[str | None, dict[str, Any] | None]:
        gia = self.nuovi.get(normale(nome))
        if gia and codice in (None, gia):
            return gia, None
        if codice is None:
            codice = libero(prefisso[:25], {*self.per_codice, *self.nuovi.values()})
        elif codice in self.nuovi.values():
            errori["codice"] = _("Più in alto questo codice è di un altro indicatore.")
        if errori:
            return codice, None
        self.nuovi[normale(nome)] = codice
        valori = {proprio: detti[c] for c, proprio in DEL_NUOVO.items() if detti.get(c)}
        return codice, {
            "tipo_formula": Indicatore.Formula.DIRETTO.value,
            **valori,
            "codice": codice,
        }


def libero(prefisso: str, presi: set[str]) -> str:
    """The first free code with that beginning."""
    numero = 1
    while f"{prefisso}{numero}" in presi:
        numero += 1
    return f"{prefisso}{numero}"
