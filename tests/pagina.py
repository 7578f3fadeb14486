# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page as tests look at it: elements found by CSS selector, and what its form would send."""

from typing import Any

import cssselect2
import tinyhtml5


class Elemento:
    """An element of a page, or the whole of it."""

    def __init__(self, nodo: Any) -> None:
        self.nodo = nodo

    def tutti(self, selettore: str) -> list["Elemento"]:
        return [Elemento(uno) for uno in self.nodo.query_all(selettore)]

    def uno(self, selettore: str) -> "Elemento":
        """The first that the selector finds; the test fails when there is none."""
        trovato = self.nodo.query(selettore)
        assert trovato is not None, selettore
        return Elemento(trovato)

    def __contains__(self, selettore: str) -> bool:
        return self.nodo.query(selettore) is not None

    def __getitem__(self, attributo: str) -> str:
        return str(self.nodo.etree_element.attrib[attributo])

    def valore(self) -> str:
        return str(self.nodo.etree_element.attrib.get("value", ""))

    @property
    def testo(self) -> str:
        """With its blanks made one."""
        return " ".join("".join(self.nodo.etree_element.itertext()).split())


def leggi(risposta: Any) -> Elemento:
    """The page of an answer that went well."""
    assert risposta.status_code == 200
    radice = tinyhtml5.parse(risposta.content.decode(), namespace_html_elements=False)
    return Elemento(cssselect2.ElementWrapper.from_html_root(radice))


def modulo(pagina: Elemento, quale: str = "form.modulo") -> dict[str, str]:
    """What a form of the page would send as it is; boxes that are not ticked send nothing."""
    form = pagina.uno(quale)
    dati = {
        campo["name"]: campo.valore()
        for campo in form.tutti("input[name]:not([type=checkbox]), input[name][checked]")
    }
    for testo in form.tutti("textarea"):
        dati[testo["name"]] = "".join(testo.nodo.etree_element.itertext())
    for scelta in form.tutti("select"):
        scelte = scelta.tutti("option[selected]")
        dati[scelta["name"]] = scelte[0].valore() if scelte else ""
    dati.pop("csrfmiddlewaretoken", None)
    return dati
