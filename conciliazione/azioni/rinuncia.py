# SPDX-License-Identifier: AGPL-3.0-or-later
"""A body leaves the network: it says so in writing, with its reason; the Comitato takes note of it
(art. 2 bis and art. 5 of the Regolamento).
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, salva
from conciliazione.azioni.posta import spedisci
from conciliazione.comitato.decisioni import esigi_che_decida
from conciliazione.models import Adesione, Rinuncia, Seduta
from conciliazione.rete import tasks
from piani.azioni import manda
from piani.models import Utente
from piani.rules import esigi


def rinuncia(
    adesione: Adesione, *, motivo: str, presentata_il: date, decorre_dal: date, da: Utente | None
) -> Rinuncia:
    """The body asks to leave, by itself or through the office that received its letter. It stays
    until the note is taken.

    :raises PermissionDenied: the author neither leads the network nor represents the body.
    :raises ValidationError: by field; the adhesion is not in force, or has its renunciation.
    """
    esigi(da, "conciliazione.rinuncia", adesione)
    if presentata_il > timezone.localdate():
        raise ValidationError({"presentata_il": _("È un giorno che deve ancora venire.")})
    if decorre_dal < presentata_il:
        raise ValidationError({"decorre_dal": _("La rinuncia decorre prima di essere presentata.")})
    with transaction.atomic():
        adesione = bloccata(adesione)
        esigi_stato(adesione, Adesione.Stato.ACCOLTA)
        if adesione.al is not None:
            raise ValidationError(_("L'ente non fa già più parte della Rete."))
        if Rinuncia.objects.filter(adesione=adesione).exists():
            raise ValidationError(_("L'ente ha già presentato la sua rinuncia."))
        if adesione.dal is not None and decorre_dal <= adesione.dal:
            raise ValidationError({"decorre_dal": _("L'ente è nella Rete dal %(dal)s: la rinuncia "
                                                    "decorre da un giorno dopo.")
                                   % {"dal": adesione.dal.strftime("%d/%m/%Y")}})  # fmt: skip
        riga = salva(
            Rinuncia(
                adesione=adesione, motivo=motivo.strip(), presentata_il=presentata_il,
                presentata_da=da, decorre_dal=decorre_dal,
            )
        )  # fmt: skip
        annota(
            "conc_rinuncia.presentata", riga,
            _("%(ente)s rinuncia alla Rete dal %(giorno)s")
            % {"ente": adesione, "giorno": decorre_dal.strftime("%d/%m/%Y")},
            da=da, dati={"motivo": riga.motivo}, riguarda=_riguarda(adesione),
        )  # fmt: skip
    return riga


def ritira_rinuncia(riga: Rinuncia, *, da: Utente | None) -> None:
    """The body changes its mind before the note is taken; the register keeps what it said.

    :raises PermissionDenied: the author neither leads the network nor represents the body.
    :raises ValidationError: the note was taken already.
    """
    esigi(da, "conciliazione.rinuncia", riga.adesione)
    with transaction.atomic():
        riga = bloccata(riga)
        if riga.presa_atto_il is not None:
            raise ValidationError(_("Se ne è già preso atto: serve una nuova adesione."))
        annota(
            "conc_rinuncia.ritirata", riga,
            _("%(ente)s ritira la rinuncia") % {"ente": riga.adesione}, da=da,
            dati={"motivo": riga.motivo}, riguarda=_riguarda(riga.adesione),
        )  # fmt: skip
        riga.delete()


def prendi_atto(
    riga: Rinuncia, *, presa_atto_il: date, seduta: Seduta | None = None, da: Utente | None
) -> None:
    """Take note of a renunciation: the body is in the network until the day before it takes effect.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the note was taken already.
    """
    esigi(da, "conciliazione.valuta_adesione", riga.adesione)
    if not riga.presentata_il <= presa_atto_il <= timezone.localdate():
        frase = _("La presa d'atto viene dopo la presentazione (%(giorno)s) e non oltre oggi.")
        giorno = riga.presentata_il.strftime("%d/%m/%Y")
        raise ValidationError({"presa_atto_il": frase % {"giorno": giorno}})
    esigi_che_decida(riga.adesione, seduta)
    with transaction.atomic():
        mia = Rinuncia.objects.filter(pk=riga.pk, presa_atto_il__isnull=True)
        if not mia.update(presa_atto_il=presa_atto_il, seduta=seduta):
            raise ValidationError(_("Di questa rinuncia si è già preso atto, o è stata ritirata."))
        riga.refresh_from_db()
        ultimo = riga.decorre_dal - timedelta(days=1)
        Adesione.objects.filter(pk=riga.adesione_id).update(al=ultimo)
        annota(
            "conc_rinuncia.presa_atto", riga,
            _("Presa d'atto: %(ente)s è nella Rete fino al %(giorno)s")
            % {"ente": riga.adesione, "giorno": ultimo.strftime("%d/%m/%Y")},
            da=da, riguarda=_riguarda(riga.adesione),
        )  # fmt: skip
        manda(tasks.spedisci_presa_d_atto, riga.pk)


def spedisci_presa_d_atto(riga: Rinuncia) -> None:
    """Tell the body until when it is in the network."""
    adesione = riga.adesione
    posta = (adesione.ente.email if adesione.ente else "") or adesione.email
    if posta:
        spedisci(
            _("La rinuncia alla Rete di conciliazione"),
            "rete/posta/rinuncia.txt", {"rinuncia": riga, "adesione": adesione}, posta,
        )  # fmt: skip


def _riguarda(adesione: Adesione) -> list[Model]:
    return [adesione, *([adesione.ente] if adesione.ente else [])]
