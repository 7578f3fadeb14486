# SPDX-License-Identifier: AGPL-3.0-or-later
"""Published scores never change silently: a run that would change them waits for a reason."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi import tasks
from obiettivi.confronto import Cambiamento
from obiettivi.models import Calcolo
from piani.azioni import manda, registra
from piani.models import DocumentoPubblicato, Piano, Utente
from piani.rules import esigi

Stato = Calcolo.Stato


def con_documento(piani: Iterable[int]) -> set[int]:
    """The plans, among some, that have a document in force."""
    quali = ", ".join(str(int(piano)) for piano in piani) or "NULL"
    with connection.cursor() as cursore:  # every new result asks it: plain SQL
        cursore.execute(
            f"SELECT piano_id FROM {DocumentoPubblicato._meta.db_table} "  # noqa: S608 -- name of a table and whole numbers
            f"WHERE piano_id IN ({quali}) AND stato = %s AND sostituito_da_id IS NULL",
            [DocumentoPubblicato.Stato.PRONTO.value],
        )
        return {piano for (piano,) in cursore.fetchall()}


def congelato(piano: Piano, prospettiva: str, anno: int, frazione: str) -> bool:
    """Whether a document in force, of the plan or of a year of it, shows that period's scores."""
    in_vigore = piano.documenti.filter(
        stato=DocumentoPubblicato.Stato.PRONTO, sostituito_da__isnull=True
    )
    mostrati = (
        documento.fotografia["piano"].get("raggiungimento", {}).get(prospettiva)
        for documento in in_vigore
    )
    return any(uno and uno["periodo"] == f"{anno}{frazione}" for uno in mostrati)


def da_trattenere(calcolo: Calcolo, cambiamenti: list[Cambiamento]) -> bool:
    """Whether these changes touch published scores and nobody accepted exactly them."""
    if not cambiamenti:
        return False
    accettati = bool(calcolo.motivo) and calcolo.cambiamenti == come_dati(cambiamenti)
    return not accettati and congelato(
        calcolo.piano, calcolo.prospettiva, calcolo.anno, calcolo.frazione
    )


def trattieni(calcolo: Calcolo, cambiamenti: list[Cambiamento]) -> None:
    """Keep what the run would change, and leave the scores as they are."""
    with transaction.atomic():
        mio = Calcolo.objects.filter(pk=calcolo.pk, stato__in=(Stato.IN_CORSO, Stato.DA_ACCETTARE))
        if not mio.update(
            stato=Stato.DA_ACCETTARE,
            finito_il=timezone.now(),
            cambiamenti=come_dati(cambiamenti),
            motivo="",
        ):
            raise ValidationError(_("Il calcolo è stato ripreso da un altro lavoro."))
        registra(
            "calcolo.da_accettare",
            calcolo,
            azienda=calcolo.piano.azienda,
            da=calcolo.da,
            per_conto_di=calcolo.per_conto_di,
            descrizione=ngettext(
                "«%(piano)s»: %(n)s punteggio pubblicato cambierebbe",
                "«%(piano)s»: %(n)s punteggi pubblicati cambierebbero",
                len(cambiamenti),
            )
            % {"piano": calcolo.piano, "n": len(cambiamenti)},
        )


def in_attesa_di_motivo(periodo: Calcolo) -> Calcolo:
    """The run of a period that already waits for a reason, or ``periodo`` saved as such."""
    fermo = Calcolo.objects.filter(
        piano=periodo.piano,
        prospettiva=periodo.prospettiva,
        anno=periodo.anno,
        frazione=periodo.frazione,
        stato=Stato.DA_ACCETTARE,
    ).first()
    if fermo is not None:
        return fermo
    periodo.stato = Stato.DA_ACCETTARE
    periodo.save(force_insert=True)
    return periodo


def come_dati(cambiamenti: list[Cambiamento]) -> list[dict[str, str]]:
    """The changes as plain data, as the run keeps them."""
    return [uno.come_dati() for uno in cambiamenti]


def accetta_calcolo(calcolo: Calcolo, *, motivo: str, da: Utente | None) -> None:
    """Let a run change published scores, for a reason; it is done again, by the same path.

    If the data changed in the meantime the run waits again, with the new differences.

    :raises PermissionDenied: the person does not govern the measurement of this azienda.
    :raises ValidationError: no reason is given, or the run waits no more.
    """
    esigi(da, "obiettivi.calcola", calcolo.piano)
    if not motivo.strip():
        raise ValidationError(
            {"motivo": _("Scrivi perché i punteggi pubblicati devono cambiare: resta agli atti.")}
        )
    with transaction.atomic():
        fermo = Calcolo.objects.filter(pk=calcolo.pk, stato=Stato.DA_ACCETTARE)
        if not fermo.update(stato=Stato.IN_ATTESA, motivo=motivo.strip(), finito_il=None):
            raise ValidationError(_("Il calcolo non aspetta più di essere accettato."))
        registra(
            "calcolo.accettato",
            calcolo,
            azienda=calcolo.piano.azienda,
            da=da,
            descrizione=_("Accettato il ricalcolo di «%(piano)s»: %(motivo)s")
            % {"piano": calcolo.piano, "motivo": motivo.strip()},
            dati={"cambiamenti": calcolo.cambiamenti},
        )
        manda(tasks.calcola, calcolo.pk)
