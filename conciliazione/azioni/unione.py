# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two rows of the same body, made one: the documents print some bodies under two names."""

from datetime import date
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata
from conciliazione.models import Adesione, Ente, Partner, Proposta, Referente, Seggio
from piani.azioni.righe import istantanea
from piani.models import Utente
from piani.rules import esigi

UNISCE = "conciliazione.gestisce_rete"
SEMPRE = date.max


def unisci_enti(ente: Ente, *, doppione: Ente, da: Utente | None) -> dict[str, int]:
    """Give to ``ente`` everything of ``doppione``, which goes; how many rows moved, by kind.

    What is empty in ``ente`` is taken from the other; what both say stays as ``ente`` says it. All
    or nothing: a row that cannot be of ``ente`` stops the whole. It is refused, ours being the
    choice, where two were counted that would become one: both in the network on a same day, both
    with a seat of the same Comitato on a same day, both in the same proposal. Who represented both
    represents ``ente`` from the first of the two days.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: they are the same, of two aziende, of two kinds; what both cannot have.
    """
    esigi(da, UNISCE, ente)
    esigi(da, UNISCE, doppione)
    with transaction.atomic():
        # Always in the same order: two that merge the same pair do not wait for each other.
        for uno in sorted((ente, doppione), key=lambda questo: questo.pk):
            bloccata(uno)
        ente.refresh_from_db()
        doppione.refresh_from_db()
        if impedimenti := perche_no(ente, doppione):
            raise ValidationError(impedimenti)
        era = {"chiave": doppione.pk} | istantanea(doppione, doppione.SCRITTI)
        _referenti(ente, doppione)
        spostate = _sposta(ente, doppione)
        doppione.delete()
        presi = _completa(ente, doppione)
        annota(
            "conc_ente.unito",
            ente,
            _("«%(doppione)s» è ora «%(ente)s»") % {"doppione": doppione.nome, "ente": ente.nome},
            da=da,
            dati={"era": era, "spostate": spostate, "presi": presi},
        )
    return spostate


def perche_no(ente: Ente, doppione: Ente) -> list[str]:
    """What keeps the two apart, one sentence each; nothing if they can be one."""
    if ente.pk == doppione.pk:
        return [_("È lo stesso ente: scegline un altro.")]
    if ente.azienda_id != doppione.azienda_id:
        return [_("I due enti sono di due ATS.")]
    frasi = []
    if ente.tipo != doppione.tipo:
        frasi.append(
            _("Le tipologie sono diverse (%(una)s e %(altra)s): correggi prima quella sbagliata.")
            % {"una": ente.get_tipo_display(), "altra": doppione.get_tipo_display()}
        )
    if ente.codice_fiscale and doppione.codice_fiscale not in ("", ente.codice_fiscale):
        frasi.append(_("I codici fiscali sono diversi: non sono lo stesso ente."))
    return [*frasi, *_adesioni(ente, doppione), *_seggi(ente, doppione),
            *_proposte(ente, doppione)]  # fmt: skip


def _adesioni(ente: Ente, doppione: Ente) -> list[str]:
    accolte = Adesione.objects.filter(stato=Adesione.Stato.ACCOLTA)
    return [
        _("Tutti e due sono nella Rete dal %(dal)s: sono stati contati due volte. Registra prima "
          "la rinuncia di uno dei due, da una data che viene prima.")
        % {"dal": max(_inizio(una), _inizio(altra)).strftime("%d/%m/%Y")}
        for una in accolte.filter(ente=ente)
        for altra in accolte.filter(ente=doppione)
        if _insieme(una, altra)
    ]  # fmt: skip


def _seggi(ente: Ente, doppione: Ente) -> list[str]:
    suoi = list(Seggio.objects.filter(ente=doppione).select_related("edizione"))
    return [
        _("Tutti e due hanno un seggio nel Comitato di «%(edizione)s»: chiudi prima uno dei due.")
        % {"edizione": una.edizione}
        for una in Seggio.objects.filter(ente=ente).select_related("edizione")
        for altra in suoi
        if una.edizione_id == altra.edizione_id and _insieme(una, altra)
    ]


def _proposte(ente: Ente, doppione: Ente) -> list[str]:
    """Proposals where one leads and the other is partner, or both are partners."""
    di_uno, di_altro = _dove(ente), _dove(doppione)
    doppie = Proposta.objects.filter(pk__in=di_uno & di_altro).order_by("pk")
    return [
        _("Sono tutti e due nella proposta «%(proposta)s»: togli prima uno dei partner.")
        % {"proposta": una}
        for una in doppie
    ]


def _dove(ente: Ente) -> set[int]:
    guidate = set(Proposta.objects.filter(capofila=ente).values_list("pk", flat=True))
    return guidate | set(Partner.objects.filter(ente=ente).values_list("proposta", flat=True))


def _insieme(una: Any, altra: Any) -> bool:
    """Whether two periods, both ends included, have a day in common."""
    fine = min(una.al or SEMPRE, altra.al or SEMPRE)
    return max(_inizio(una), _inizio(altra)) <= fine


def _inizio(riga: Any) -> date:
    return riga.dal or date.min


def _referenti(ente: Ente, doppione: Ente) -> None:
    """Who represents both today: one row, from the first day."""
    for suo in Referente.objects.filter(ente=doppione, al__isnull=True):
        mio = Referente.objects.filter(ente=ente, utente=suo.utente_id, al__isnull=True).first()
        if mio is None:
            continue
        mio.dal, mio.legale = min(mio.dal, suo.dal), mio.legale or suo.legale
        suo.delete()
        mio.save(update_fields=["dal", "legale"])


def _sposta(ente: Ente, doppione: Ente) -> dict[str, int]:
    """Every row that names the body that goes names the one that stays."""
    spostate: dict[str, int] = {}
    errori: list[str] = []
    for modello, campo in legami():
        for riga in modello._base_manager.filter(**{campo: doppione}).order_by("pk"):
            setattr(riga, campo, ente)
            if sbaglio := _scritta(riga, campo):
                errori.append(f"{str(modello._meta.verbose_name).capitalize()} «{riga}»: {sbaglio}")
                continue
            nome = str(modello._meta.verbose_name_plural)
            spostate[nome] = spostate.get(nome, 0) + 1
    if errori:
        raise ValidationError(errori)
    return spostate


def legami() -> list[tuple[type[models.Model], str]]:
    """The tables that name a body, hidden ones too, each with the name of its key."""
    return [
        (uno.related_model, uno.field.name)
        for uno in Ente._meta.get_fields(include_hidden=True)
        if isinstance(uno, ForeignObjectRel)
    ]


def _scritta(riga: models.Model, campo: str) -> str:
    """Write the new owner of a row; why it cannot be, if it cannot."""
    try:
        riga.validate_constraints()
        with transaction.atomic():
            riga.save(update_fields=[campo])
    except ValidationError as errore:
        return " ".join(errore.message_dict.get(NON_FIELD_ERRORS, errore.messages))
    except IntegrityError:
        return str(_("c'è già la stessa riga dell'altro ente."))
    return ""


def _completa(ente: Ente, doppione: Ente) -> dict[str, str]:
    """What the body that stays did not say, and the other did."""
    presi = {
        campo: getattr(doppione, campo)
        for campo in (*Ente.SCRITTI, "riga_fonte")
        if not getattr(ente, campo) and getattr(doppione, campo)
    }
    for campo, valore in presi.items():
        setattr(ente, campo, valore)
    if presi:
        ente.save(update_fields=list(presi))
    return {campo: str(valore) for campo, valore in presi.items()}
