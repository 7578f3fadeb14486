# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call: written, published, extended, cancelled, brought to the evaluation.

It opens and closes by itself: `ManifestazioneInteresse.aperta` looks at its dates.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, esigi_stato, passa, salva
from conciliazione.models import Criterio, EdizioneConciliazione, Proposta
from conciliazione.models import ManifestazioneInteresse as Manifestazione
from piani.models import Utente
from piani.rules import esigi

BANDISCE = "conciliazione.bandisce"
Stato = Manifestazione.Stato


@dataclass(frozen=True)
class CriterioScritto:
    """A criterion as the office writes it."""

    codice: str
    nome: str
    punti: Decimal
    premiale: bool = False
    fonte: str = ""


def crea_manifestazione(
    edizione: EdizioneConciliazione, *, da: Utente | None, **dati: Any
) -> Manifestazione:
    """A draft of a call, with the criteria of the edition whose points are known.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; the edition is not in force.
    """
    esigi(da, BANDISCE, edizione)
    with transaction.atomic():
        mia = bloccata(edizione)
        esigi_stato(mia, EdizioneConciliazione.Stato.IN_VIGORE)
        _esigi_date(dati["apre_il"], dati["chiude_il"])
        ultimo = mia.manifestazioni.aggregate(n=Max("numero"))["n"] or 0
        nuova = salva(Manifestazione(edizione=mia, numero=ultimo + 1, **dati))
        noti = [
            CriterioScritto(uno.codice, uno.nome, uno.punti, uno.premiale, uno.fonte)
            for uno in mia.regole.criteri
            if uno.punti is not None
        ]
        _salva_criteri(nuova, noti)
        annota(
            "conc_bando.creato",
            nuova,
            _("Scritta la bozza di «%(bando)s»") % {"bando": nuova},
            da=da,
            riguarda=[mia],
        )
    return nuova


def _esigi_date(apre_il: datetime, chiude_il: datetime) -> None:
    if chiude_il <= apre_il:
        raise ValidationError({"chiude_il": _("Si chiude prima di aprirsi.")})


def modifica_manifestazione(bando: Manifestazione, *, da: Utente | None, **dati: Any) -> None:
    """Change a draft.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; it is published already.
    """
    esigi(da, BANDISCE, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_stato(mio, Stato.BOZZA)
        for nome, valore in dati.items():
            setattr(mio, nome, valore)
        _esigi_date(mio.apre_il, mio.chiude_il)
        salva(mio, *dati)
        annota(
            "conc_bando.modificato", mio, _("Cambiata la bozza di «%(bando)s»") % {"bando": mio},
            da=da,
        )  # fmt: skip


def scrivi_criteri(
    bando: Manifestazione, criteri: list[CriterioScritto], *, da: Utente | None
) -> None:
    """The criteria of a draft, all of them, in their order.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: in ``criteri``: there is none, a code is there twice, points are not
        more than zero; or it is published already.
    """
    esigi(da, BANDISCE, bando)
    if not criteri:
        raise ValidationError({"criteri": _("Serve almeno un criterio.")})
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_stato(mio, Stato.BOZZA)
        mio.criteri.all().delete()
        _salva_criteri(mio, criteri)
        annota(
            "conc_bando.criteri",
            mio,
            _("Scritti i criteri di «%(bando)s»") % {"bando": mio},
            da=da,
            dati={uno.codice: str(uno.punti) for uno in criteri},
        )


def _salva_criteri(bando: Manifestazione, criteri: list[CriterioScritto]) -> None:
    for posto, uno in enumerate(criteri, 1):
        try:
            salva(Criterio(manifestazione=bando, ordine=posto, **vars(uno)))
        except ValidationError as errore:
            raise ValidationError(
                {"criteri": [f"«{uno.nome}»: {frase}" for frase in errore.messages]}
            ) from errore


def mancanze_del_bando(bando: Manifestazione) -> list[str]:
    """What a draft lacks to be published, one sentence each."""
    trovate = []
    if not bando.testo.strip():
        trovate.append(_("Il testo è vuoto: scrivi che cosa si chiede e come si partecipa."))
    if bando.chiude_il <= timezone.now():
        trovate.append(_("Il giorno della chiusura è già passato."))
    criteri = list(bando.criteri.all())
    if not any(not uno.premiale for uno in criteri):
        trovate.append(_("Non c'è nessun criterio di valutazione con i suoi punti."))
    massimo = sum(uno.punti for uno in criteri if not uno.premiale)
    minimo = bando.edizione.regole.punteggio_minimo.valore
    if minimo is not None and massimo < minimo:
        trovate.append(
            _("I criteri fanno al massimo %(massimo)s punti, e l'edizione ne chiede %(minimo)s.")
            % {"massimo": massimo, "minimo": minimo}
        )
    return trovate


def pubblica_manifestazione(bando: Manifestazione, *, da: Utente | None) -> None:
    """Let everybody read it; it takes proposals from its opening to its closing.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: one sentence for each thing that is missing.
    """
    esigi(da, BANDISCE, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        if mancano := mancanze_del_bando(mio):
            raise ValidationError(mancano)
        passa(mio, Stato.PUBBLICATA)
        annota(
            "conc_bando.pubblicato", mio, _("Pubblicata «%(bando)s»") % {"bando": mio}, da=da,
            dati={"apre": str(mio.apre_il), "chiude": str(mio.chiude_il)},
        )  # fmt: skip


def proroga(bando: Manifestazione, *, chiude_il: datetime, motivo: str, da: Utente | None) -> None:
    """Move the closing forward, as long as it has not come: envelopes once open are not sealed
    again.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; it has closed already.
    """
    esigi(da, BANDISCE, bando)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché si proroga.")})
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_stato(mio, Stato.PUBBLICATA)
        if not mio.sigillata:
            raise ValidationError(
                _("La manifestazione si è già chiusa: le proposte si possono leggere, e il termine "
                  "non si sposta più.")
            )  # fmt: skip
        if chiude_il <= mio.chiude_il:
            raise ValidationError({"chiude_il": _("Il termine nuovo viene dopo quello di adesso.")})
        prima, mio.chiude_il = mio.chiude_il, chiude_il
        salva(mio, "chiude_il")
        annota(
            "conc_bando.prorogato",
            mio,
            _("Prorogata «%(bando)s»: %(motivo)s") % {"bando": mio, "motivo": motivo},
            da=da,
            dati={"chiude": [str(prima), str(chiude_il)], "motivo": motivo},
        )


def annulla(bando: Manifestazione, *, motivo: str, da: Utente | None) -> None:
    """Cancel a published call; what was written stays with who wrote it.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: by field; it is a draft, or concluded.
    """
    esigi(da, BANDISCE, bando)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché si annulla.")})
    with transaction.atomic():
        mio = bloccata(bando)
        passa(mio, Stato.ANNULLATA)
        annota(
            "conc_bando.annullato",
            mio,
            _("Annullata «%(bando)s»: %(motivo)s") % {"bando": mio, "motivo": motivo},
            da=da,
            dati={"motivo": motivo},
        )


def apri_buste(bando: Manifestazione, *, da: Utente | None) -> int:
    """Begin to look at what came, once it has closed; how many proposals there are.

    :raises PermissionDenied: the author does not lead the network.
    :raises ValidationError: it has not closed yet, or it has begun already.
    """
    esigi(da, BANDISCE, bando)
    with transaction.atomic():
        mio = bloccata(bando)
        if mio.sigillata:
            raise ValidationError(
                _("Le proposte sono sigillate fino al %(quando)s.")
                % {"quando": timezone.localtime(mio.chiude_il).strftime("%d/%m/%Y, %H:%M")}
            )
        passa(mio, Stato.IN_VALUTAZIONE, da_stati=[Stato.PUBBLICATA])
        quante = mio.proposte.exclude(
            stato__in=(Proposta.Stato.BOZZA, Proposta.Stato.RITIRATA)
        ).count()
        annota(
            "conc_bando.in_valutazione",
            mio,
            _("Aperte le proposte di «%(bando)s»: %(quante)s") % {"bando": mio, "quante": quante},
            da=da,
        )
    return quante
