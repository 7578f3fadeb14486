# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows of a plan while it is a draft: add, change, move, remove. Once sent, it is closed."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.models import Evento, Piano, Utente
from piani.rules import esigi
from piani.stampa.formati import numero_italiano

LONTANO = 10_000  # places out of the way while the rows of a list change theirs


class Riga(Protocol):
    """A row of a draft: what people write of it, beside which rows it stands, whose part it is.

    ``NEL_REGISTRO`` is its name in the register and the ending of its participles.
    """

    NEL_REGISTRO: ClassVar[tuple[str, str]]
    SCRITTI: ClassVar[tuple[str, ...]]
    pk: Any
    ordine: int

    @property
    def piano(self) -> Piano: ...

    @property
    def sorelle(self) -> QuerySet[Any]: ...

    @property
    def parte_di(self) -> Iterable[Model]: ...


class Superata(ValidationError):
    """Somebody saved the row after it was read; ``visto`` is the mark of how it is now."""

    def __init__(self, messaggio: str, visto: str) -> None:
        super().__init__(messaggio)
        self.visto = visto


@contextmanager
def in_bozza(piano: Piano, *, da: Utente | None) -> Iterator[Piano]:
    """A transaction with the plan locked, for who fills it in, as long as it is a draft.

    :raises PermissionDenied: the person does not fill in the plans of this azienda.
    :raises ValidationError: the plan is no longer a draft.
    """
    esigi(da, "piani.modifica", piano)
    with transaction.atomic():
        bloccato = con_riga_bloccata(piano)
        if motivo := perche_chiuso(bloccato):
            raise ValidationError(motivo)
        yield bloccato


def con_riga_bloccata(piano: Piano) -> Piano:
    """The plan as it is now; who else would write of it waits for this transaction.

    :raises ValidationError: it was a draft, and was removed.
    """
    bloccato = (
        Piano.objects.select_for_update(of=("self",))
        .select_related("azienda")
        .filter(pk=piano.pk)
        .first()
    )
    if bloccato is None:
        raise ValidationError(_("Nel frattempo il piano è stato tolto."))
    return bloccato


def perche_chiuso(piano: Piano) -> str:
    """Why the content of a plan cannot be changed now, and what to do; "" if it can."""
    if piano.stato == Piano.Stato.BOZZA:
        return ""
    if piano.stato in (Piano.Stato.IN_VALIDAZIONE, Piano.Stato.VALIDATO):
        rimedio = _("per cambiarlo va prima riportato in bozza, dalla pagina del suo stato")
    else:
        rimedio = _("per cambiarlo si fa una revisione a scorrimento")
    return _("Il piano è «%(stato)s» e non si modifica: %(rimedio)s.") % {
        "stato": piano.get_stato_display(),
        "rimedio": rimedio,
    }


def aggiungi(riga: Any, *, molti: Mapping[str, Any] | None = None, da: Utente | None) -> None:
    """Save a new row, last of its list; ``molti`` are its many-to-many values.

    :raises ValidationError: by field, what is wrong; or the plan is no longer a draft.
    """
    with in_bozza(riga.piano, da=da):
        inserisci(riga)
        for campo, valori in (molti or {}).items():
            getattr(riga, campo).set(valori)
        annota(riga, "aggiunt", da=da, dati={"dopo": istantanea(riga, riga.SCRITTI)})


def inserisci(riga: Any) -> None:
    """Check a new row and save it, last of its list."""
    ultima = riga.sorelle.last()
    riga.ordine = ultima.ordine + 1 if ultima else 1
    riga.full_clean()
    riga.save(force_insert=True)


def modifica(
    riga: Any, valori: Mapping[str, Any], *, visto: str | None = None, da: Utente | None
) -> bool:
    """Change some fields of a row; whether anything changed.

    :param visto: the mark of the row as it was read (:func:`impronta`); ``None`` to write anyway.
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: by field, what is wrong; or the row was removed.
    """
    with in_bozza(riga.piano, da=da):
        adesso = rileggi(riga, visto)
        prima = istantanea(adesso, adesso.SCRITTI)
        scrivi(adesso, valori)
        dopo = istantanea(adesso, adesso.SCRITTI)
        if prima == dopo:
            return False
        annota(adesso, "modificat", da=da, dati=differenze(prima, dopo))
    return True


def scrivi(riga: Any, valori: Mapping[str, Any]) -> None:
    """Check and save some fields of a row, the many-to-many ones after the others."""
    molti = {campo for campo in valori if riga._meta.get_field(campo).many_to_many}
    propri = [campo for campo in valori if campo not in molti]
    for campo in propri:
        setattr(riga, campo, valori[campo])
    riga.full_clean()
    if propri:
        riga.save(update_fields=propri)
    for campo in molti:
        getattr(riga, campo).set(valori[campo])


def elimina(riga: Any, *, da: Utente | None) -> None:
    """Remove a row with what hangs from it; the register keeps what it said.

    :raises ValidationError: somebody removed it already.
    """
    with in_bozza(riga.piano, da=da):
        adesso = rileggi(riga, None)
        annota(adesso, "tolt", da=da, dati={"prima": istantanea(adesso, adesso.SCRITTI)})
        adesso.delete()


def sposta(riga: Any, *, verso: int, da: Utente | None) -> bool:
    """Move a row one place up (-1) or down (+1) among those beside it; False at the end."""
    with in_bozza(riga.piano, da=da):
        posti = riordina(riga, verso)
        if posti:
            annota(riga, "spostat", da=da, dati=posti)
    return bool(posti)


def riordina(riga: Any, verso: int) -> dict[str, int]:
    """Give a row and the one beside it each other's place; the places, before and after, or
    nothing at the end of the list.
    """
    lista = list(riga.sorelle)
    posto = next((i for i, una in enumerate(lista) if una.pk == riga.pk), None)
    if posto is None:
        raise ValidationError(_tolta())
    if not 0 <= posto + verso < len(lista):
        return {}
    lista.insert(posto + verso, lista.pop(posto))
    _numera(riga.sorelle, lista)
    return {"prima": posto + 1, "dopo": posto + 1 + verso}


def _numera(sorelle: QuerySet[Any], lista: list[Any]) -> None:
    """Give the rows their places in order, through places where no other row stands."""
    diverse = [(posto, una) for posto, una in enumerate(lista, start=1) if una.ordine != posto]
    sorelle.filter(pk__in=[una.pk for _posto, una in diverse]).update(ordine=F("ordine") + LONTANO)
    for posto, una in diverse:
        sorelle.filter(pk=una.pk).update(ordine=posto)


def rileggi(riga: Any, visto: str | None) -> Any:
    """The row as it is now, if it is still as it was read."""
    adesso = type(riga).objects.filter(pk=riga.pk).first()
    if adesso is None:
        raise ValidationError(_tolta())
    attuale = impronta(adesso)
    if visto is not None and visto != attuale:
        raise Superata(_cambiata(adesso), attuale)
    return adesso


def _tolta() -> str:
    return _("Nel frattempo questa riga è stata tolta.")


def _cambiata(riga: Model) -> str:
    ultimo = Evento.objects.che_riguardano(riga).first()
    return _(
        "Mentre scrivevi %(chi)s ha salvato questa stessa riga. Ciò che hai scritto è qui sotto: "
        "salvando di nuovo sostituisci il suo. Ora dice: %(adesso)s."
    ) % {
        "chi": (ultimo and ultimo.da) or _("qualcun altro"),
        "adesso": "; ".join(
            f"{nome} «{Truncator(valore).chars(80)}»"
            for nome, valore in istantanea(riga, riga.SCRITTI).items()  # type: ignore[attr-defined]
            if valore
        ),
    }


def impronta(riga: Any) -> str:
    """The mark of a row as people read it, to know whether somebody changed it since."""
    testo = json.dumps(istantanea(riga, riga.SCRITTI), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(testo.encode()).hexdigest()[:16]


def istantanea(riga: Model, campi: Iterable[str]) -> dict[str, str]:
    """Some fields of a row as people read them, by the name that people give them."""
    nomi = getattr(riga, "NOMI", {})
    return {
        str(nomi.get(campo) or getattr(riga._meta.get_field(campo), "verbose_name", campo)):
        _mostrato(riga, campo)
        for campo in campi
    }  # fmt: skip


def _mostrato(riga: Model, campo: str) -> str:
    if hasattr(riga, f"get_{campo}_display"):
        return str(getattr(riga, f"get_{campo}_display")())
    valore = getattr(riga, campo)
    return ", ".join(map(str, valore.all())) if hasattr(valore, "all") else in_parole(valore)


def in_parole(valore: Any) -> str:
    """A value of the register as people read it; "" when there is none."""
    if valore is None:
        return ""
    if isinstance(valore, bool):
        return _("sì") if valore else _("no")
    if isinstance(valore, Decimal):
        return numero_italiano(valore.normalize() + 0)
    if isinstance(valore, datetime):
        return timezone.localtime(valore).strftime("%d/%m/%Y %H:%M")
    if isinstance(valore, date):
        return valore.strftime("%d/%m/%Y")
    return str(valore)


def differenze(prima: Mapping[str, str], dopo: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What the register keeps of a change: only what changed, before and after."""
    diversi = [nome for nome in {**prima, **dopo} if prima.get(nome, "") != dopo.get(nome, "")]
    return {
        "prima": {nome: prima.get(nome, "") for nome in diversi},
        "dopo": {nome: dopo.get(nome, "") for nome in diversi},
    }


def annota(
    riga: Any, verbo: str, *, da: Utente | None, dati: dict[str, Any], di: Any = None
) -> None:
    """Record what happened to a row: ``obiettivo.modificato``, ``area.aggiunta``.

    :param di: what the row is written in, if it is not a plan.
    """
    nome, genere = riga.NEL_REGISTRO
    intero = di or riga.piano
    registra(
        f"{nome}.{verbo}{genere}",
        riga,
        azienda=intero.azienda,
        da=da,
        descrizione=f"{nome.replace('_', ' ').capitalize()} «{riga}»: {verbo}{genere}",
        dati=dati,
        riguarda=(intero, *riga.parte_di),
    )
