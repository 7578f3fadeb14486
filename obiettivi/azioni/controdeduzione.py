# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a CdR objects to the evaluation of its scheda, and the answer."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.passi_scheda import annota_scheda, bloccata, esigi_stato, passa
from obiettivi.azioni.rilevazione import rileva
from obiettivi.models import Controdeduzione, Finestra, RigaScheda, SchedaBudget
from obiettivi.schede.finestre import esigi_aperta
from obiettivi.schede.valutazione import SI_VALUTA
from piani.azioni import registra
from piani.models import Utente
from piani.rules import esigi

Stato = SchedaBudget.Stato
Esito = Controdeduzione.Esito
ACCOLTE = (Esito.ACCOLTA, Esito.IN_PARTE)


def controdeduci(
    scheda: SchedaBudget, *, riga: RigaScheda | None = None, testo: str, da: Utente
) -> Controdeduzione:
    """Object to the evaluation of a scheda, or of a row of it, within the window of the CdR.

    :raises PermissionDenied: the person does not lead the CdR.
    :raises ValidationError: no text, out of the window, a row of another scheda, the scheda is not
        being evaluated, or the same thing waits for an answer already.
    """
    esigi(da, "obiettivi.guida_scheda", scheda)
    if not testo.strip():
        raise ValidationError({"testo": _("Scrivi la controdeduzione.")})
    if riga is not None and riga.area.scheda_id != scheda.pk:
        raise ValidationError({"riga": _("La riga è di un'altra scheda.")})
    esigi_aperta(scheda.azienda, scheda.anno, Finestra.Tipo.CONTRODEDUZIONI, unita=scheda.unita)
    with transaction.atomic():
        esigi_stato(bloccata(scheda), SI_VALUTA)
        in_attesa = Controdeduzione.objects.filter(scheda=scheda, riga=riga, esito=Esito.IN_ATTESA)
        if in_attesa.exists():
            raise ValidationError(
                _("Su questo punto c'è già una controdeduzione che aspetta la risposta.")
            )
        nuova = Controdeduzione.objects.create(
            scheda=scheda,
            riga=riga,
            testo=testo.strip(),
            presentata_da=da,
            per_conto_di=da.per_conto_di,
        )
        _registra("presentata", nuova, _("Controdeduzione su «%(scheda)s»"), da)
    return nuova


def rispondi_controdeduzione(
    controdeduzione: Controdeduzione,
    *,
    esito: str,
    risposta: str,
    risultato: Mapping[str, Any] | None = None,
    da: Utente | None,
) -> None:
    """Answer an objection, once. When it is allowed, in full or in part, ``risultato`` (the period
    and the figures of ``rileva``) writes the new result of its row, and the scores follow.

    With the last answer the scheda is «controdedotta».

    :raises PermissionDenied: the person does not prepare the schede of this azienda.
    :raises ValidationError: by field: no outcome or motivation, a result of a refused objection or
        of no row; what ``rileva`` refuses; answered already.
    """
    scheda = controdeduzione.scheda
    esigi(da, "obiettivi.prepara_scheda", scheda)
    if esito not in (*ACCOLTE, Esito.RESPINTA):
        raise ValidationError({"esito": _("Scegli l'esito.")})
    if not risposta.strip():
        raise ValidationError({"risposta": _("La risposta ha sempre una motivazione.")})
    if risultato and esito not in ACCOLTE:
        raise ValidationError(
            {"esito": _("Il risultato si cambia solo accogliendo la controdeduzione.")}
        )
    with transaction.atomic():
        # The result first: it locks the indicator, then the scheda, as every other result does.
        if risultato:
            _correggi(controdeduzione, risultato, da)
        adesso = bloccata(scheda)
        esigi_stato(adesso, SI_VALUTA)
        in_attesa = Controdeduzione.objects.filter(pk=controdeduzione.pk, esito=Esito.IN_ATTESA)
        if not in_attesa.update(
            esito=esito, risposta=risposta.strip(), risposta_da=da, risposta_il=timezone.now()
        ):
            raise ValidationError(_gia(controdeduzione))
        controdeduzione.refresh_from_db()
        _registra("risposta", controdeduzione, _("Risposta alla controdeduzione: %(esito)s"), da)
        aperte = Controdeduzione.objects.filter(scheda=scheda, esito=Esito.IN_ATTESA)
        if adesso.stato == Stato.IN_VALUTAZIONE and not aperte.exists():
            passa(scheda, Stato.IN_VALUTAZIONE, Stato.CONTRODEDOTTA)
            annota_scheda(
                "controdedotta", scheda, _("tutte le controdeduzioni hanno risposta"), da=da
            )


def _correggi(
    controdeduzione: Controdeduzione, risultato: Mapping[str, Any], da: Utente | None
) -> None:
    """The new result of the row, with where it comes from."""
    riga = controdeduzione.riga
    if riga is None:
        raise ValidationError(
            _("La controdeduzione è su tutta la scheda: il risultato si corregge dall'indicatore.")
        )
    giorno = timezone.localtime(controdeduzione.presentata_il).strftime("%d/%m/%Y")
    rileva(
        riga.indicatore,
        anno=controdeduzione.scheda.anno,
        unita=None if riga.aziendale else controdeduzione.scheda.unita,
        origine=_("Controdeduzione accolta, presentata il %(giorno)s") % {"giorno": giorno},
        **risultato,
        da=da,
    )


def _gia(controdeduzione: Controdeduzione) -> str:
    controdeduzione.refresh_from_db()
    return _("La controdeduzione ha già una risposta («%(esito)s»), di %(chi)s.") % {
        "esito": controdeduzione.get_esito_display(),
        "chi": controdeduzione.risposta_da or _("il sistema"),
    }


def _registra(verbo: str, una: Controdeduzione, detto: str, da: Utente | None) -> None:
    registra(
        f"controdeduzione.{verbo}",
        una,
        azienda=una.scheda.azienda,
        da=da,
        descrizione=detto % {"scheda": una.scheda, "esito": una.get_esito_display().lower()},
        dati={"testo": una.testo, "risposta": una.risposta},
        riguarda=[una.scheda],
    )
