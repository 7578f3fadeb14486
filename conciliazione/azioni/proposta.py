# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal as its capofila writes it: begun, its content kept as a draft, section by section.

What the register says of it names neither title nor content: the envelopes are sealed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from conciliazione.azioni.passi import annota, bloccata, salva
from conciliazione.conti import versione_aperta
from conciliazione.models import (
    AzioneProposta,
    Cofinanziamento,
    CostoAzione,
    Ente,
    ManifestazioneInteresse,
    Natura,
    Proposta,
    VersioneProposta,
)
from conciliazione.rules import esigi_referente
from piani.azioni.righe import Superata
from piani.models import Utente

SCRIVE = "conciliazione.scrive_proposta"
# Of the proposal, whatever its version.
DELLA_PROPOSTA = ("aperta", "modalita_adesione")
# Characters of each of its long texts.
LUNGO = 20_000


@dataclass(frozen=True)
class Apporto:
    """What a body puts in, in one form."""

    ente: Ente
    forma: str
    importo: Decimal


def comincia_proposta(
    bando: ManifestazioneInteresse, ente: Ente, *, titolo: str, da: Utente | None
) -> Proposta:
    """A draft that only its Alleanza sees.

    :raises PermissionDenied: the author does not represent the body.
    :raises ValidationError: by field; the call is not open.
    """
    esigi_referente(da, "conciliazione.propone", ente)
    with transaction.atomic():
        mio = bloccata(bando)
        esigi_aperta(mio)
        if ente.azienda_id != mio.azienda.pk:
            raise ValidationError({"ente": _("L'ente è della Rete di un'altra ATS.")})
        proposta = salva(Proposta(manifestazione=mio, capofila=ente, titolo=titolo))
        salva(VersioneProposta(proposta=proposta, numero=1, titolo=titolo, creata_da=da))
        annota_sigillata("conc_proposta.cominciata", proposta, _("Cominciata una proposta"), da)
    return proposta


def esigi_aperta(bando: ManifestazioneInteresse) -> None:
    """Stop outside the window.

    :raises ValidationError: in one sentence, since or until when.
    """
    if not bando.aperta:
        raise ValidationError(perche_chiusa(bando))


def perche_chiusa(bando: ManifestazioneInteresse) -> str:
    """Why a call takes no proposals now."""
    quando = {"apre": _momento(bando.apre_il), "chiude": _momento(bando.chiude_il)}
    if bando.stato == ManifestazioneInteresse.Stato.ANNULLATA:
        return _("La manifestazione di interesse è stata annullata: non si presentano proposte.")
    if bando.stato == ManifestazioneInteresse.Stato.BOZZA:
        return _("La manifestazione di interesse non è ancora pubblicata.")
    if bando.sigillata:
        return _("Le proposte si presentano dal %(apre)s al %(chiude)s: non è ancora aperta. "
                 "Quello che hai scritto resta qui.") % quando  # fmt: skip
    return _("Le proposte si presentavano dal %(apre)s al %(chiude)s: il termine è passato. "
             "Quello che hai scritto resta qui.") % quando  # fmt: skip


def _momento(quando: datetime) -> str:
    return timezone.localtime(quando).strftime("%d/%m/%Y, %H:%M")


@contextmanager
def in_scrittura(
    versione: VersioneProposta, visto: int | None, da: Utente | None
) -> Iterator[VersioneProposta]:
    """A transaction with an open version of a proposal that its capofila may write.

    :param visto: how many times it had been saved when the page was opened; None: whatever.
    :raises PermissionDenied: the author does not represent the capofila.
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: the version is closed, or the proposal is being looked at.
    """
    esigi_referente(da, SCRIVE, versione.proposta)
    with transaction.atomic():
        proposta = bloccata(versione.proposta)
        mia = bloccata(versione)
        if mia.chiusa_il is not None or proposta.stato not in Proposta.SCRIVIBILI:
            raise non_si_scrive(proposta)
        if visto is not None and mia.modifiche != visto:
            raise Superata(
                _("Qualcuno ha salvato la proposta dopo che l'hai aperta. Quello che hai scritto è "
                  "ancora qui: salvando di nuovo prende il posto del suo."),
                str(mia.modifiche),
            )  # fmt: skip
        yield mia
        VersioneProposta.objects.filter(pk=mia.pk).update(modifiche=F("modifiche") + 1)
        versione.modifiche = mia.modifiche + 1
        annota_sigillata("conc_proposta.scritta", proposta, _("Salvata una proposta"), da)


def in_bozza(proposta: Proposta) -> VersioneProposta:
    """The version of a proposal that its capofila is writing.

    :raises ValidationError: there is none.
    """
    versione = versione_aperta(proposta)
    if versione is None:
        raise non_si_scrive(proposta)
    return versione


def non_si_scrive(proposta: Proposta) -> ValidationError:
    """Why nothing is written of a proposal that has no open version."""
    return ValidationError(
        _("La proposta è «%(stato)s»: non si scrive più.") % {"stato": proposta.get_stato_display()}
    )


def scrivi_contenuto(
    versione: VersioneProposta, *, visto: int | None, da: Utente | None, **campi: Any
) -> None:
    """Title, purposes, needs, description, dates of an open version; whether the Alleanza takes
    other partners, and how. See `in_scrittura`.

    :raises ValidationError: by field, or as in `in_scrittura`.
    """
    with in_scrittura(versione, visto, da) as mia:
        sua = {nome: campi.pop(nome) for nome in DELLA_PROPOSTA if nome in campi}
        for nome, valore in campi.items():
            setattr(mia, nome, valore)
        if "finalita" in campi:
            _esigi_finalita(mia)
        _esigi_date(mia)
        salva(mia, *campi)
        if "titolo" in campi:
            sua["titolo"] = campi["titolo"]
        Proposta.objects.filter(pk=mia.proposta_id).update(**sua)


def _esigi_finalita(versione: VersioneProposta) -> None:
    note = {una.codice for una in versione.proposta.manifestazione.edizione.regole.finalita}
    if estranee := [una for una in versione.finalita if una not in note]:
        raise ValidationError(
            {"finalita": _("L'edizione non ha queste finalità: %(quali)s.")
             % {"quali": ", ".join(estranee)}}
        )  # fmt: skip


def _esigi_date(riga: VersioneProposta | AzioneProposta) -> None:
    if riga.dal and riga.al and riga.al < riga.dal:
        raise ValidationError({"al": _("Finisce prima di cominciare.")})


def scrivi_azione(
    versione: VersioneProposta,
    azione: AzioneProposta | None,
    *,
    costi: dict[str, Decimal | None],
    visto: int | None,
    da: Utente | None,
    **campi: Any,
) -> AzioneProposta:
    """An action with its costs by heading, new or changed; see `in_scrittura`.

    :raises ValidationError: by field; an intervention or a heading that the edition has not.
    """
    with in_scrittura(versione, visto, da) as mia:
        edizione = mia.proposta.manifestazione.edizione
        if campi.get("intervento") and campi["intervento"] not in edizione.regole.interventi:
            raise ValidationError({"intervento": _("L'intervento non è nel catalogo.")})
        if azione is None:
            ultimo = mia.azioni.aggregate(n=Max("ordine"))["n"] or 0
            questa = AzioneProposta(versione=mia, ordine=ultimo + 1)
        else:
            questa = bloccata(azione)
        for nome, valore in campi.items():
            setattr(questa, nome, valore)
        _esigi_date(questa)
        salva(questa)
        _scrivi_costi(questa, costi, {una.codice for una in edizione.regole.categorie_costo})
    return questa


def _scrivi_costi(azione: AzioneProposta, costi: dict[str, Decimal | None], note: set[str]) -> None:
    """Empty or zero takes the line away."""
    if estranee := set(costi) - note:
        raise ValidationError(
            {"costi": _("L'edizione non ha queste categorie di costo: %(quali)s.")
             % {"quali": ", ".join(sorted(estranee))}}
        )  # fmt: skip
    azione.costi.all().delete()
    for categoria, importo in costi.items():
        if importo:
            salva(CostoAzione(azione=azione, categoria=categoria, importo=importo))


def togli_azione(azione: AzioneProposta, *, da: Utente | None) -> None:
    """Take an action away with its costs; see `in_scrittura`."""
    with in_scrittura(azione.versione, None, da):
        bloccata(azione).delete()


def scrivi_risorse(
    versione: VersioneProposta,
    *,
    contributo: Decimal | None,
    costo_dichiarato: Decimal | None,
    apporti: list[Apporto],
    visto: int | None,
    da: Utente | None,
) -> None:
    """What is asked, the cost as the capofila declares it, what the Alleanza puts in.

    Each body gives once in each form; zero takes it away. See `in_scrittura`.

    :raises ValidationError: by field; who gives is not in the Alleanza.
    """
    with in_scrittura(versione, visto, da) as mia:
        enti = {mia.proposta.capofila_id} | set(
            mia.proposta.partner.attuali().values_list("ente", flat=True)
        )
        for uno in apporti:
            if uno.ente.pk not in enti:
                raise ValidationError(
                    {"apporti": _("%(ente)s non è nell'Alleanza: prima va invitato.")
                     % {"ente": uno.ente}}
                )  # fmt: skip
        mia.contributo, mia.costo_dichiarato = contributo, costo_dichiarato
        salva(mia, "contributo", "costo_dichiarato")
        mia.cofinanziamenti.all().delete()
        for uno in apporti:
            if uno.importo:
                salva(
                    Cofinanziamento(
                        versione=mia,
                        ente=uno.ente,
                        forma=uno.forma,
                        importo=uno.importo,
                        pubblico=uno.ente.natura == Natura.PUBBLICA,
                    )
                )


def annota_sigillata(
    tipo: str,
    proposta: Proposta,
    che_cosa: str,
    da: Utente | None,
    dati: dict[str, Any] | None = None,
) -> None:
    """An audit line that says to which call, and nothing of what is in the envelope."""
    annota(
        tipo,
        proposta,
        _("%(che)s per «%(bando)s»") % {"che": che_cosa, "bando": proposta.manifestazione},
        da=da,
        dati=dati,
        riguarda=[proposta.manifestazione],
    )
