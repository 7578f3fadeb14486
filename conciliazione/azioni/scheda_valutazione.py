# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scores of an evaluator to a proposal: written, handed in, never changed after."""

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conciliazione import conflitti
from conciliazione.azioni.passi import annota, bloccata, esigi_stato, salva
from conciliazione.azioni.valutatori import astieni_in_conflitto
from conciliazione.calcolo.parole import cifra
from conciliazione.models import (
    Criterio,
    ManifestazioneInteresse,
    Proposta,
    Punteggio,
    SchedaValutazione,
    Valutatore,
)
from conciliazione.rules import esigi_referente
from piani.models import Utente

CENTESIMO = Decimal("0.01")


def esigi_valutatore(valutatore: Valutatore, *, da: Utente | None) -> None:
    """Stop who may not evaluate, saying why: another's seat, a seat that abstains, a conflict that
    came up after the declaration (the seat then abstains here and now).

    :raises PermissionDenied: the author does not hold the seat today.
    :raises ValidationError: the seat abstains, has not declared yet, or the person represents a
        body that proposes.
    """
    esigi_referente(da, "conciliazione.dichiara_conflitto", valutatore)
    astieni_in_conflitto(valutatore.manifestazione, da=None)
    valutatore.refresh_from_db(fields=["stato", "motivo"])
    fermo = perche_fermo(valutatore, da=da)
    if fermo:
        raise ValidationError(fermo)
    esigi_referente(da, "conciliazione.valuta", valutatore)


def perche_fermo(valutatore: Valutatore, *, da: Utente | None) -> str:
    """Why who holds the seat may not evaluate, as things are now; "" if they may."""
    if valutatore.stato == Valutatore.Stato.NOMINATO:
        return _("Prima di valutare dichiara se sei in conflitto di interessi.")
    motivo = conflitti.del_seggio(valutatore.seggio, valutatore.manifestazione)
    if valutatore.stato == Valutatore.Stato.ASTENUTO or motivo:
        return _("%(chi)s si astiene dalla valutazione. %(motivo)s") % {
            "chi": valutatore,
            "motivo": valutatore.motivo or motivo,
        }
    suo = conflitti.della_persona(da, valutatore.manifestazione)
    if suo:
        return _(
            "%(perche)s Rappresenti quell'ente: per questo seggio valuta l'altro componente."
        ) % {"perche": suo}
    return ""


def salva_scheda(
    valutatore: Valutatore,
    proposta: Proposta,
    *,
    punti: Mapping[str, Decimal | None],
    note: Mapping[str, str],
    giudizio: str,
    da: Utente | None,
) -> SchedaValutazione:
    """Keep what is written so far; points and notes by the code of their criterion.

    :raises PermissionDenied: the author does not hold the seat today.
    :raises ValidationError: by field (``punti_<codice>``); the seat abstains; handed in already.
    """
    esigi_valutatore(valutatore, da=da)
    with transaction.atomic():
        return _scrivi(valutatore, proposta, punti, note, giudizio)


def consegna_scheda(
    valutatore: Valutatore,
    proposta: Proposta,
    *,
    punti: Mapping[str, Decimal | None],
    note: Mapping[str, str],
    giudizio: str,
    da: Utente | None,
) -> SchedaValutazione:
    """Hand in the sheet: every criterion has its points and there is a judgement. From here it does
    not change, and the others' sheets of the proposal can be read.

    :raises PermissionDenied: the author does not hold the seat today.
    :raises ValidationError: by field; the seat abstains; handed in already.
    """
    esigi_valutatore(valutatore, da=da)
    with transaction.atomic():
        mancano = {
            f"punti_{uno.codice}": _("Mancano i punti: se non ne merita, scrivi 0.")
            for uno in valutatore.manifestazione.criteri.all()
            if punti.get(uno.codice) is None
        }
        if not giudizio.strip():
            mancano["giudizio"] = _("Scrivi il giudizio: motiva i punti.")
        if mancano:
            raise ValidationError(mancano)
        scheda = _scrivi(valutatore, proposta, punti, note, giudizio)
        mia = SchedaValutazione.objects.filter(pk=scheda.pk, consegnata_il__isnull=True)
        if not mia.update(consegnata_il=timezone.now(), consegnata_da=da):
            raise ValidationError(GIA_CONSEGNATA)
        scheda.refresh_from_db()
        annota(
            "conc_scheda_valutazione.consegnata",
            scheda,
            _("%(chi)s ha consegnato la scheda di «%(proposta)s»")
            % {"chi": valutatore, "proposta": proposta},
            da=da,
            riguarda=[proposta],
        )
    return scheda


GIA_CONSEGNATA = gettext_lazy("La scheda è già consegnata: non si cambia più.")


def _scrivi(
    valutatore: Valutatore,
    proposta: Proposta,
    punti: Mapping[str, Decimal | None],
    note: Mapping[str, str],
    giudizio: str,
) -> SchedaValutazione:
    """The sheet with what is written, under the lock of its evaluator."""
    questo = bloccata(valutatore)
    esigi_stato(questo, Valutatore.Stato.ATTIVO)
    manifestazione = questo.manifestazione
    esigi_stato(manifestazione, ManifestazioneInteresse.Stato.IN_VALUTAZIONE)
    if proposta.manifestazione_id != manifestazione.pk:
        raise ValidationError(_("La proposta è di un'altra manifestazione."))
    esigi_stato(Proposta.objects.get(pk=proposta.pk), Proposta.Stato.AMMESSA)
    if manifestazione.graduatorie.filter(decisa_il__isnull=False).exists():
        raise ValidationError(_("La graduatoria è già decisa: le schede non cambiano più."))
    criteri = list(manifestazione.criteri.all())
    _controlla(criteri, punti)
    scheda = SchedaValutazione.objects.filter(valutatore=questo, proposta=proposta).first()
    if scheda is None:
        scheda = salva(SchedaValutazione(valutatore=questo, proposta=proposta))
    if scheda.consegnata_il is not None:
        raise ValidationError(GIA_CONSEGNATA)
    scheda.giudizio = giudizio.strip()
    salva(scheda, "giudizio")
    scheda.punteggi.all().delete()
    Punteggio.objects.bulk_create(
        Punteggio(
            scheda=scheda,
            criterio=criterio,
            punti=voto,
            nota=note.get(criterio.codice, "").strip(),
        )
        for criterio in criteri
        if (voto := punti.get(criterio.codice)) is not None
    )
    return scheda


def _controlla(criteri: list[Criterio], punti: Mapping[str, Decimal | None]) -> None:
    """Points between 0 and the most that the criterion gives, with two decimals at most."""
    sbagliati = {}
    for criterio in criteri:
        voto = punti.get(criterio.codice)
        if voto is None:
            continue
        if not 0 <= voto <= criterio.punti:
            sbagliati[f"punti_{criterio.codice}"] = _(
                "Da 0 a %(massimo)s punti: %(voto)s non va bene."
            ) % {"massimo": cifra(criterio.punti), "voto": cifra(voto)}
        elif voto % CENTESIMO:
            sbagliati[f"punti_{criterio.codice}"] = _("Al massimo due decimali.")
    if sbagliati:
        raise ValidationError(sbagliati)
