# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan: begun, written item by item, approved; then a new version."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.calcolo.parole import euro
from conciliazione.finanziario.grandezze import calcolabile
from conciliazione.finanziario.proposta import voci_proposte
from conciliazione.finanziario.quadro import quadro_di
from conciliazione.models import EdizioneConciliazione, PianoFinanziario, VoceFinanziaria
from piani.models import Utente
from piani.rules import esigi

PERMESSO = "conciliazione.tiene_piano_finanziario"
Stato = PianoFinanziario.Stato
SCRITTI = (
    "parte", "codice", "padre", "ordine", "nome", "importo", "calcolo", "stampato",
    "importo_stampato", "nota",
)  # fmt: skip


def apri_piano_finanziario(
    edizione: EdizioneConciliazione, *, nome: str, da: Utente | None
) -> PianoFinanziario:
    """A draft: a copy of the last version, or the items that the rules of the edition propose.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: there is a draft already.
    """
    esigi(da, PERMESSO, edizione)
    with transaction.atomic():
        bloccata(edizione)
        piani = PianoFinanziario.objects.filter(edizione=edizione)
        if piani.filter(stato=Stato.BOZZA).exists():
            raise ValidationError(_("C'è già un piano finanziario in bozza: si continua quello."))
        ultimo = piani.first()
        numero = (piani.aggregate(n=Max("numero"))["n"] or 0) + 1
        nuovo = salva(PianoFinanziario(edizione=edizione, numero=numero, nome=nome.strip()))
        if ultimo is None:
            VoceFinanziaria.objects.bulk_create(voci_proposte(nuovo))
            _appendi_ai_padri(nuovo)
        else:
            _copia(ultimo, nuovo)
        annota("conc_piano_finanziario.aperto", nuovo, _("Aperto «%(p)s»") % {"p": nuovo}, da=da)
    return nuovo


def _appendi_ai_padri(piano: PianoFinanziario) -> None:
    """Tie the items proposed to their fathers, that have a key only now."""
    voci = {una.codice: una for una in piano.voci.all()}
    for una in voci.values():
        padre = una.codice.rpartition("-")[0]
        if padre in voci:
            una.padre = voci[padre]
    VoceFinanziaria.objects.bulk_update(voci.values(), ["padre"])


def _copia(da_piano: PianoFinanziario, a_piano: PianoFinanziario) -> None:
    vecchie = list(da_piano.voci.all())
    padri = {una.pk: una.padre_id for una in vecchie}
    nuove: dict[int, VoceFinanziaria] = {}
    for una in vecchie:
        chiave = una.pk
        una.pk, una.piano, una.padre, una.riga_fonte = None, a_piano, None, ""
        una.save(force_insert=True)
        nuove[chiave] = una
    for chiave, copia in nuove.items():
        padre = padri[chiave]
        if padre is not None:
            copia.padre = nuove[padre]
    VoceFinanziaria.objects.bulk_update(nuove.values(), ["padre"])


def scrivi_voce(
    piano: PianoFinanziario,
    *,
    valori: dict[str, Any],
    voce: VoceFinanziaria | None = None,
    da: Utente | None,
) -> VoceFinanziaria:
    """Write an item of a draft: new, or that one. Without a code it takes it from its name; a new
    one stands at the end.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the plan is approved, or the father cannot be that one.
    """
    esigi(da, PERMESSO, piano)
    with transaction.atomic():
        mio = bloccata(piano)
        esigi_stato(mio, Stato.BOZZA)
        questa = bloccata(voce) if voce else VoceFinanziaria(piano=mio, ordine=posto_nuovo(mio))
        for campo in SCRITTI:
            if campo in valori:
                setattr(questa, campo, valori[campo])
        questa.codice = questa.codice or slugify(questa.nome)[:60]
        _controlla(questa)
        salva(questa, *(SCRITTI if voce else ()))
        annota(
            "conc_voce_finanziaria.scritta",
            questa,
            _("Voce «%(voce)s»") % {"voce": questa},
            da=da,
            dati={"importo": str(questa.importo or ""), "calcolo": questa.calcolo},
            riguarda=[mio],
        )
    return questa


def posto_nuovo(piano: PianoFinanziario) -> int:
    """Where an item to be added stands."""
    return piano.voci.count() + 1


def _controlla(voce: VoceFinanziaria) -> None:
    if voce.calcolo and not calcolabile(voce.piano.edizione, voce.calcolo):
        raise ValidationError({"calcolo": _("Questo calcolo non esiste: sceglilo dall'elenco.")})
    if voce.padre is None:
        return
    if voce.padre.piano_id != voce.piano_id or voce.padre.parte != voce.parte:
        raise ValidationError({"padre": _("La voce superiore è dello stesso piano e lato.")})
    sopra: VoceFinanziaria | None = voce.padre
    while sopra is not None:
        if sopra.pk == voce.pk:
            raise ValidationError({"padre": _("Una voce non può stare sotto se stessa.")})
        sopra = sopra.padre
    if voce.padre.importo is not None or voce.padre.calcolo:
        raise ValidationError(
            {"padre": _("«%(padre)s» ha già un importo suo: toglilo, poi sarà la somma delle "
                        "voci sotto di lei.") % {"padre": voce.padre}}
        )  # fmt: skip


def togli_voce(voce: VoceFinanziaria, *, da: Utente | None) -> None:
    """Remove an item of a draft, and what is under it.

    :raises ValidationError: the plan is approved, or the item was removed already.
    """
    esigi(da, PERMESSO, voce)
    with transaction.atomic():
        esigi_stato(bloccata(voce.piano), Stato.BOZZA)
        questa = bloccata(voce)
        annota("conc_voce_finanziaria.tolta", questa, _("Tolta «%(v)s»") % {"v": questa}, da=da)
        questa.delete()


def approva_piano_finanziario(piano: PianoFinanziario, *, da: Utente | None) -> None:
    """Close the draft: sources and uses are equal, and each printed difference has its note.

    :raises ValidationError: it does not square, a difference has no note, or it is approved.
    """
    esigi(da, PERMESSO, piano)
    with transaction.atomic():
        mio = bloccata(piano)
        quadro = quadro_di(mio)
        if not quadro.quadra:
            raise ValidationError(
                _("Le fonti sono %(fonti)s e gli impieghi %(impieghi)s: la differenza è "
                  "%(saldo)s. Prima di approvare devono essere uguali.")
                % {
                    "fonti": euro(quadro.totale_fonti),
                    "impieghi": euro(quadro.totale_impieghi),
                    "saldo": euro(quadro.saldo),
                }
            )  # fmt: skip
        _esigi_note(mio, [riga.voce.chiave for riga in quadro.differenze])
        passa(mio, Stato.APPROVATO, approvato_il=timezone.now())
        annota("conc_piano_finanziario.approvato", mio, _("Approvato «%(p)s»") % {"p": mio}, da=da)
    piano.stato = mio.stato


def _esigi_note(piano: PianoFinanziario, chiavi: list[int]) -> None:
    mute = list(piano.voci.filter(pk__in=chiavi, nota="").values_list("nome", flat=True))
    if mute:
        raise ValidationError(
            _("Scrivi una nota per ogni cifra stampata diversa da quella calcolata: %(voci)s.")
            % {"voci": "; ".join(mute)}
        )
