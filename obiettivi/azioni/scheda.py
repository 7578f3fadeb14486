# SPDX-License-Identifier: AGPL-3.0-or-later
"""The content of a scheda while it is prepared: areas, rows, resources.

What a row says, its mark and its place are those of ``piani.azioni.righe``, as for a plan.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi.azioni.albero import confermabile
from obiettivi.azioni.passi_scheda import con_scheda_bloccata
from obiettivi.calcolo.letture import Certezza
from obiettivi.espressioni import leggi
from obiettivi.models import (
    AreaScheda,
    Rendicontazione,
    RigaScheda,
    RisorsaScheda,
    SchedaBudget,
)
from piani.azioni import registra
from piani.azioni.righe import (
    annota,
    differenze,
    inserisci,
    istantanea,
    rileggi,
    riordina,
    scrivi,
)
from piani.models import Utente
from piani.rules import esigi

Parte = AreaScheda | RigaScheda | RisorsaScheda
PREPARA = "obiettivi.prepara_scheda"
# What is known of a resource only while the year goes by.
DI_CONSUNTIVO = ("previsione", "consuntivo", "commento")


@contextmanager
def in_preparazione(scheda: SchedaBudget, *, da: Utente | None) -> Iterator[SchedaBudget]:
    """A transaction with the scheda locked, for who prepares it, as long as it can be changed.

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: the scheda is signed, or was removed.
    """
    esigi(da, PREPARA, scheda)
    with transaction.atomic():
        bloccata = con_scheda_bloccata(scheda)
        if motivo := perche_chiusa(bloccata):
            raise ValidationError(motivo)
        yield bloccata


def perche_chiusa(scheda: SchedaBudget) -> str:
    """Why the content of a scheda cannot be changed now, and what to do; "" if it can."""
    if scheda.in_preparazione:
        return ""
    if scheda.stato in (scheda.Stato.SOTTOSCRITTA, scheda.Stato.IN_MONITORAGGIO):
        rimedio = _("per cambiarla serve una revisione, che la riporta in negoziazione")
    else:
        rimedio = _("l'anno è in valutazione e gli impegni presi restano quelli")
    return _("La scheda è «%(stato)s» e non si modifica: %(rimedio)s.") % {
        "stato": scheda.get_stato_display(),
        "rimedio": rimedio,
    }


def aggiungi_alla_scheda(parte: Parte, *, confermato: bool = False, da: Utente | None) -> None:
    """Save a new area, row or resource, last of its list.

    :param confermato: the person has seen how the valore atteso is read, and says it is right.
    :raises ValidationError: by field, what is wrong; or the scheda is closed.
    """
    with in_preparazione(parte.scheda, da=da) as scheda:
        if isinstance(parte, RigaScheda):
            _leggi_atteso(parte, confermato)
            _controlla(parte, scheda)
        inserisci(parte)
        annota(
            parte, "aggiunt", da=da, di=scheda, dati={"dopo": istantanea(parte, parte.SCRITTI)}
        )  # fmt: skip


def modifica_nella_scheda(
    parte: Parte,
    valori: Mapping[str, Any],
    *,
    confermato: bool = False,
    visto: str | None = None,
    da: Utente | None,
) -> bool:
    """Change some fields of an area, row or resource; whether anything changed.

    A valore atteso that says the same text keeps its confirmation; a new text is read again.

    :param visto: the mark of the part as it was read (``piani.azioni.righe.impronta``).
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: by field, what is wrong; or the scheda is closed.
    """
    with in_preparazione(parte.scheda, da=da) as scheda:
        return _modifica(parte, valori, scheda, confermato=confermato, visto=visto, da=da)


def intesta_scheda(
    scheda: SchedaBudget,
    *,
    nota: str,
    nome: str | None = None,
    visto: str | None = None,
    da: Utente | None,
) -> bool:
    """Change the note of a scheda and, of a template, its name; whether anything changed.

    :param visto: the mark of what was read (``piani.azioni.righe.impronta``).
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: by field: a template without a name, or with that of another; a name
        for the scheda of a CdR; or the scheda is closed.
    """
    with in_preparazione(scheda, da=da) as adesso:
        valori = {"nota": nota.strip()}
        if adesso.modello:
            valori["nome"] = adesso.nome if nome is None else nome.strip()
        elif nome:
            raise ValidationError({"nome": _("La scheda di un CdR porta il nome del CdR.")})
        if valori.get("nome") == "":
            raise ValidationError({"nome": _("Il modello ha un nome.")})
        return _modifica(adesso, valori, adesso, visto=visto, da=da)


def aggiorna_risorsa(
    risorsa: RisorsaScheda,
    valori: Mapping[str, Any],
    *,
    visto: str | None = None,
    da: Utente | None,
) -> bool:
    """Change what becomes known of a resource during the year, until the scheda is closed.

    :param valori: some of ``DI_CONSUNTIVO``.
    :raises ValidationError: the scheda is closed, or a field is of the negotiation.
    """
    if estranei := set(valori) - set(DI_CONSUNTIVO):
        raise ValidationError(
            {campo: _("Il budget si decide con la scheda.") for campo in estranei}
        )
    esigi(da, PREPARA, risorsa.scheda)
    with transaction.atomic():
        scheda = con_scheda_bloccata(risorsa.scheda)
        if scheda.stato == scheda.Stato.CHIUSA:
            raise ValidationError(_("La scheda è chiusa: le sue risorse non cambiano più."))
        return _modifica(risorsa, valori, scheda, visto=visto, da=da)


def togli_dalla_scheda(parte: Parte, *, da: Utente | None) -> None:
    """Remove an area with its rows, a row or a resource; the register keeps what it said.

    :raises ValidationError: what a CdR reported of a row would go with it.
    """
    with in_preparazione(parte.scheda, da=da) as scheda:
        adesso = rileggi(parte, None)
        _controlla_non_rendicontata(adesso)
        detta = istantanea(adesso, adesso.SCRITTI)
        annota(adesso, "tolt", da=da, di=scheda, dati={"prima": detta})
        adesso.delete()


def _controlla_non_rendicontata(parte: Parte) -> None:
    """A revision of the year does not throw away reports and evidence: the row weighs nothing."""
    if isinstance(parte, RisorsaScheda):
        return
    della_parte = {"riga": parte} if isinstance(parte, RigaScheda) else {"riga__area": parte}
    if Rendicontazione.objects.filter(**della_parte).exists():
        raise ValidationError(
            _("Il CdR ha già rendicontato qui: per toglierlo dal conto scrivi peso 0, così ciò che "
              "ha riferito resta leggibile.")
        )  # fmt: skip


def sposta_nella_scheda(parte: Parte, *, verso: int, da: Utente | None) -> bool:
    """Move a part one place up (-1) or down (+1) among those beside it; False at the end."""
    with in_preparazione(parte.scheda, da=da) as scheda:
        posti = riordina(parte, verso)
        if posti:
            annota(parte, "spostat", da=da, di=scheda, dati=posti)
    return bool(posti)


def elimina_scheda(scheda: SchedaBudget, *, da: Utente | None) -> None:
    """Remove a template, or a scheda that was proposed and never sent.

    :raises ValidationError: it was already sent to the CdR.
    """
    with in_preparazione(scheda, da=da) as bloccata:
        if bloccata.stato != SchedaBudget.Stato.PROPOSTA or bloccata.versioni.exists():
            raise ValidationError(
                _("La scheda è già stata inviata al CdR: si cambia, ma non si toglie.")
            )
        registra(
            "scheda.tolta",
            bloccata,
            azienda=bloccata.azienda,
            da=da,
            descrizione=_("Tolta la scheda «%(scheda)s»") % {"scheda": bloccata},
            dati={"prima": {"righe": RigaScheda.objects.filter(area__scheda=bloccata).count()}},
        )
        bloccata.delete()


def _modifica(
    parte: Parte | SchedaBudget,
    valori: Mapping[str, Any],
    scheda: SchedaBudget,
    *,
    confermato: bool = False,
    visto: str | None,
    da: Utente | None,
) -> bool:
    adesso = rileggi(parte, visto)
    prima = istantanea(adesso, adesso.SCRITTI)
    da_confermare = isinstance(adesso, RigaScheda) and adesso.da_confermare
    if isinstance(adesso, RigaScheda):
        valori = _con_lettura(adesso, valori, confermato)
    scrivi(adesso, valori)
    if isinstance(adesso, RigaScheda):
        _controlla(adesso, scheda)
    dopo = istantanea(adesso, adesso.SCRITTI)
    if prima != dopo:
        annota(adesso, "modificat", da=da, di=scheda, dati=differenze(prima, dopo))
    elif da_confermare and confermato:
        dati = {"lettura": adesso.lettura}
        annota(adesso, "confermat", da=da, di=scheda, dati=dati)
    return prima != dopo or (da_confermare and confermato)


def _con_lettura(riga: RigaScheda, valori: Mapping[str, Any], confermato: bool) -> dict[str, Any]:
    """The values with the reading that goes with the text."""
    testo = str(valori.get("atteso", riga.atteso)).strip()
    if testo == riga.atteso and riga.lettura and not confermato:
        return dict(valori)
    return {**valori, "atteso": testo, "lettura": lettura_di(testo, confermato=confermato)}


def _leggi_atteso(riga: RigaScheda, confermato: bool) -> None:
    riga.atteso = riga.atteso.strip()
    riga.lettura = lettura_di(riga.atteso, confermato=confermato)


def lettura_di(testo: str, *, confermato: bool = False) -> dict[str, Any] | None:
    """How a valore atteso is read; one that a person confirmed is certain. None if empty."""
    if not testo:
        return None
    letto = leggi(testo)
    if confermato and confermabile(letto):
        letto = replace(letto, certezza=Certezza.ALTA)
    return letto.come_dati()


def _controlla(riga: RigaScheda, scheda: SchedaBudget) -> None:
    """A row takes its indicator from the azienda's library, and its misura from a plan of hers
    that covers the year and asks for that indicator.
    """
    if riga.indicatore.azienda_id != scheda.azienda_id:
        raise ValidationError({"indicatore": _("L'indicatore è di un'altra azienda.")})
    misura = riga.misura
    if misura is None:
        return
    if misura.piano.azienda_id != scheda.azienda_id or scheda.anno not in misura.piano.anni:
        raise ValidationError(
            {"misura": _("Non è di un piano dell'azienda che comprende il %(anno)s.")
             % {"anno": scheda.anno}}
        )  # fmt: skip
    if misura.indicatore_id != riga.indicatore_id:
        raise ValidationError(
            {"misura": _("Nel piano quella voce ha un altro indicatore: %(codice)s.")
             % {"codice": misura.indicatore.codice}}
        )  # fmt: skip
