# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of a draft: misure with what is asked of them, year by year.

Areas and objectives are rows like the others of a draft: ``piani.azioni`` adds, changes, moves
and removes them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.calcolo.letture import Certezza, LetturaTarget, Tipo
from obiettivi.espressioni import leggi
from obiettivi.models import Indicatore, Misura, Obiettivo, Target
from piani.azioni.righe import (
    Superata,
    annota,
    differenze,
    impronta,
    in_bozza,
    inserisci,
    istantanea,
    rileggi,
    scrivi,
)
from piani.models import Utente


@dataclass(frozen=True)
class Atteso:
    """What is asked of a misura in a year: the text ("" for none), and whether the person who
    writes it has seen how it is read and says it is right.
    """

    testo: str
    confermato: bool = False


def aggiungi_misura(
    obiettivo: Obiettivo,
    indicatore: Indicatore,
    *,
    attesi: Mapping[int, Atteso],
    base: str = "",
    base_anno: int | None = None,
    peso: Decimal | None = None,
    nota: str = "",
    da: Utente | None,
) -> Misura:
    """Put an indicator of the library at the service of an objective, with what is asked of it.

    :raises PermissionDenied: the person does not fill in the plans of this azienda.
    :raises ValidationError: by field, what is wrong; the plan is no longer a draft.
    """
    if indicatore.azienda_id != obiettivo.piano.azienda_id:
        raise ValidationError({"indicatore": _("L'indicatore è di un'altra azienda.")})
    detti = {"peso": peso, "nota": nota, **_base(base, base_anno)}
    misura = Misura(obiettivo=obiettivo, indicatore=indicatore, **detti)
    with in_bozza(obiettivo.piano, da=da):
        inserisci(misura)
        _scrivi_attesi(misura, attesi, da=da)
        annota(misura, "aggiunt", da=da, dati={"dopo": _detta(misura)})
    return misura


def modifica_misura(
    misura: Misura,
    *,
    attesi: Mapping[int, Atteso],
    base: str,
    base_anno: int | None,
    peso: Decimal | None,
    nota: str,
    visto: str | None = None,
    da: Utente | None,
) -> bool:
    """Change what is asked of an indicator; whether anything changed.

    A target that says the same text keeps its confirmation; a new text is read again.

    :param visto: the mark of the misura as it was read (:func:`impronta_misura`).
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: by field, what is wrong.
    """
    with in_bozza(misura.piano, da=da):
        adesso = rileggi(misura, None)
        attuale = impronta_misura(adesso)
        if visto is not None and visto != attuale:
            raise Superata(
                _("Mentre scrivevi qualcuno ha cambiato questo indicatore nel piano. Ciò che hai "
                  "scritto è qui sotto: salvando di nuovo sostituisci il suo. Ora dice: %(ora)s.")
                % {"ora": "; ".join(f"{k} «{v}»" for k, v in _detta(adesso).items() if v)},
                attuale,
            )  # fmt: skip
        prima = _detta(adesso)
        scrivi(adesso, {"peso": peso, "nota": nota, **_base(base, base_anno)})
        confermati = _scrivi_attesi(adesso, attesi, da=da)
        dopo = _detta(adesso)
        if prima != dopo:
            annota(adesso, "modificat", da=da, dati=differenze(prima, dopo))
        elif confermati:
            annota(adesso, "confermat", da=da, dati={"letture confermate": confermati})
    return prima != dopo or bool(confermati)


def impronta_misura(misura: Misura) -> str:
    """The mark of a misura with its targets, to know whether somebody changed it since."""
    insieme = f"{impronta(misura)} {sorted(_detta(misura).items())}"
    return hashlib.sha256(insieme.encode()).hexdigest()[:16]


def _base(stampata: str, anno: int | None) -> dict[str, Any]:
    pulita = stampata.strip()
    if pulita and anno is None:
        raise ValidationError({"base_anno": _("Di che anno è il valore di partenza?")})
    return {
        "base_stampata": pulita,
        "base_anno": anno if pulita else None,
        "base_lettura": leggi(pulita).come_dati() if pulita else None,
    }


def _detta(misura: Misura) -> dict[str, str]:
    """A misura with its targets, as the register tells it."""
    return istantanea(misura, misura.SCRITTI) | {
        _("atteso %(anno)s") % {"anno": target.anno}: target.stampato
        for target in misura.target.order_by("anno")
    }


def _scrivi_attesi(misura: Misura, attesi: Mapping[int, Atteso], *, da: Utente | None) -> str:
    """Write the targets of the years given; the years whose reading was confirmed as it was."""
    noti = {target.anno: target for target in misura.target.all()}
    confermati = []
    for anno, atteso in sorted(attesi.items()):
        if anno not in misura.piano.anni:
            raise ValidationError(_("L'anno %(anno)s è fuori dal piano.") % {"anno": anno})
        testo, vecchio = atteso.testo.strip(), noti.get(anno)
        if not testo:
            misura.target.filter(anno=anno).delete()
            continue
        letto = leggi(testo)
        conferma = _conferma(letto, atteso, da)
        if vecchio is None or vecchio.stampato != testo:
            Target.objects.update_or_create(
                misura=misura,
                anno=anno,
                defaults={"stampato": testo, "lettura": letto.come_dati(), **conferma},
            )
        elif conferma["confermato_il"] and vecchio.da_confermare:
            Target.objects.filter(pk=vecchio.pk).update(**conferma)
            confermati.append(str(anno))
    return ", ".join(confermati)


def confermabile(letto: LetturaTarget) -> bool:
    """Whether a person may say that a reading is right: it is doubtful, and there is one."""
    return letto.certezza != Certezza.ALTA and letto.tipo != Tipo.NON_INTERPRETABILE


def _conferma(letto: LetturaTarget, atteso: Atteso, da: Utente | None) -> dict[str, Any]:
    """What a target keeps of who confirmed its reading; a certain one needs nobody."""
    if da is not None and atteso.confermato and confermabile(letto):
        return {"confermato_da": da, "confermato_il": timezone.now()}
    return {"confermato_da": None, "confermato_il": None}
