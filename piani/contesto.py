# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every page needs: version, whose page it is, the main menu."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from piani.models import Azienda, Incarico, Ruolo
from piani.models.personale_genere import TENGONO
from piani.pubbliche.composte import Composta
from piani.rules import consulta_registri

# L.r. 33/2009 of Lombardia: these kinds of body exist there only.
LOMBARDE = (Azienda.Tipo.ATS, Azienda.Tipo.ASST, Azienda.Tipo.AREU)
ALCUNE = 20


@dataclass(frozen=True)
class Voce:
    """A link of the main menu."""

    nome: str
    url: str
    attiva: bool


@dataclass(frozen=True)
class Testata:
    """Header and footer: region and azienda of the person, menu for the person's role, and the
    incarichi of others that they may act with.
    """

    regione: str
    azienda: Azienda | None
    menu: list[Voce]
    prestati: list[Incarico] = field(default_factory=list)


def di_ogni_pagina(richiesta: HttpRequest) -> dict[str, Any]:
    """Context processor. Lazy: a fragment without header asks the database nothing."""
    return {
        "versione_albero": settings.ALBERO_VERSIONE,
        "testata": SimpleLazyObject(lambda: testata_di(richiesta)),
    }


def testata_di(richiesta: HttpRequest) -> Testata:
    """The header of the pages that this request asks for, put together once."""
    if not hasattr(richiesta, "testata"):
        richiesta.testata = _testata(richiesta)
    testata: Testata = richiesta.testata
    return testata


def _testata(richiesta: HttpRequest) -> Testata:
    aziende = _aziende(richiesta)
    azienda = aziende[0] if len(aziende) == 1 else None
    prestati = richiesta.user.incarichi_prestati if _autenticato(richiesta) else []
    voci = _menu(richiesta, azienda, tante=len(aziende) > 1)
    return Testata(_regione([una.tipo for una in aziende]), azienda, voci, prestati)


def testata_pubblica() -> tuple[str, list[tuple[Any, ...]]]:
    """What the header says to who comes without a session, to tell whether it changed: the region,
    and the azienda when there is one.
    """
    righe = CHI_PUBBLICA.righe(timezone.localdate())
    return _regione([tipo for _chiave, _nome, tipo in righe]), righe if len(righe) == 1 else []


def _regione(tipi: Sequence[str]) -> str:
    """Whose health service the aziende of those kinds are of."""
    if tipi and all(tipo in LOMBARDE for tipo in tipi):
        return _("Regione Lombardia")
    return _("Servizio sanitario nazionale")


def _aziende(richiesta: HttpRequest) -> list[Azienda]:
    """Those of the person, or those that have published something; one or many is enough."""
    if _autenticato(richiesta) and richiesta.user.puo_tutto:
        return list(Azienda.objects.all()[:ALCUNE])
    if _autenticato(richiesta):
        mie = {uno.azienda_id: uno.azienda for uno in richiesta.user.incarichi_di_oggi}
        return sorted(mie.values(), key=lambda azienda: azienda.nome)
    return list(_che_pubblicano())


def _che_pubblicano() -> QuerySet[Azienda]:
    return Azienda.objects.con_documenti()[:ALCUNE]


CHI_PUBBLICA = Composta(lambda _oggi: _che_pubblicano().values_list("pk", "nome", "tipo"))


def _autenticato(richiesta: HttpRequest) -> bool:
    return hasattr(richiesta, "user") and richiesta.user.is_authenticated


def _menu(richiesta: HttpRequest, azienda: Azienda | None, *, tante: bool) -> list[Voce]:
    """``tante``: who reads more than one azienda has them side by side."""
    voci: list[tuple[str, str, tuple[str, ...]]] = [("Home", reverse("home"), ())]
    if _autenticato(richiesta):
        prefissi = ("/piani/", "/obiettivi/", "/calcoli/", "/aree/", "/misure/", "/sezioni/",
                    "/albero/", "/quadrature/")  # fmt: skip
        voci.append((_("Piani"), reverse("piani"), prefissi))
        voci.append(
            (_("Schede budget"), reverse("schede"), ("/schede/", "/finestre/", "/rendicontazioni/"))
        )
        voci.append((_("Valutazioni"), reverse("mie_valutazioni"), ("/valutazioni/", "/premi/")))
        voci.append((_("Scadenze"), reverse("scadenze"), ()))
        if tante:
            voci.append((_("Confronto"), reverse("confronto"), ()))
        if azienda:
            organigramma = reverse("organigramma", args=[azienda.codice])
            voci.append((_("Organigramma"), organigramma, ("/organigramma/",)))
        for percorso in settings.ALBERO_MENU:
            voci += import_string(percorso)(richiesta.user)
        voci += _voci_di_chi_governa(richiesta.user)
    trasparente = reverse("amministrazione_trasparente")
    voci.append(("Amministrazione Trasparente", trasparente, (trasparente, "/documenti/")))
    if _autenticato(richiesta) and richiesta.user.is_staff and richiesta.user.delega is None:
        voci.append((_("Gestione"), reverse("admin:index"), ()))
    attiva = _attiva(richiesta.path, voci)
    return [Voce(nome, url, url == attiva) for nome, url, _prefissi in voci]


def _voci_di_chi_governa(utente: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    """What who sees to the people, or governs the azienda, finds in the menu."""
    voci: list[tuple[str, str, tuple[str, ...]]] = []
    if utente.puo_tutto or utente.ha_ruolo(Ruolo.AMMINISTRATORE):
        parti = ("/persone/", "/incarichi/", "/inviti/", "/programmi/", "/webhook/")
        voci.append((_("Persone"), reverse("persone_di"), parti))
    if utente.puo_tutto or utente.ha_ruolo(Ruolo.AMMINISTRATORE, Ruolo.DIREZIONE):
        voci.append((_("Accessi del Nucleo"), reverse("accessi_di"), ("/accessi",)))
    if utente.puo_tutto or utente.ha_ruolo(*TENGONO):
        voci.append((_("Azioni positive"), reverse("azioni_positive"), ("/azioni-positive/",)))
    if utente.puo_tutto or utente.ha_ruolo(Ruolo.PUBBLICATORE, Ruolo.CONTROLLO_GESTIONE):
        voci.append(
            (_("Obblighi di pubblicazione"), reverse("obblighi"), ("/obblighi/", "/segnalazioni/"))
        )
    if utente.ha_ruolo(Ruolo.NUCLEO, Ruolo.PUBBLICATORE):
        voci.append((_("Attestazioni"), reverse("attestazioni"), ("/attestazioni/",)))
    if consulta_registri(utente):
        voci.append((_("Registro"), reverse("registro"), ("/registro/",)))
    return voci


def _attiva(percorso: str, voci: list[tuple[str, str, tuple[str, ...]]]) -> str:
    """The address of the entry that a page belongs to, "" if none. The pages of an azienda say by
    what follows it; all the others of an azienda are about its plans.
    """
    dell_azienda = percorso.startswith("/aziende/")
    resto = "/" + percorso.split("/", 3)[-1] if dell_azienda else percorso
    for _nome, url, prefissi in voci:
        if percorso == url or (prefissi and resto.startswith(prefissi)):
            return url
    return reverse("piani") if dell_azienda else ""
