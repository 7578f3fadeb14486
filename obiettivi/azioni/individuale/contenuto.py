# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written in a sheet before it is signed: objectives, self-evaluation, evaluation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.azioni.individuale.passo import cambia, in_stato, segna
from obiettivi.calcolo.arrotondamento import CENTO, ZERO, numero
from obiettivi.individuale.conto import scheda_di
from obiettivi.models import (
    ComportamentoValutato,
    Finestra,
    ObiettivoIndividuale,
    RigaScheda,
    ValutazioneIndividuale,
)
from obiettivi.rules import esigi_di_persona
from obiettivi.schede.finestre import esigi_aperta, tempo_di
from piani.models import Utente

Stato = ValutazioneIndividuale.Stato
Tipo = Finestra.Tipo
VALUTA = "obiettivi.valuta_persona"
PROPRIA = "obiettivi.propria_valutazione"
OBIETTIVI_MASSIMI = 20


@dataclass(frozen=True)
class Proposto:
    """An objective as it is assigned; ``riga`` is the row of the scheda that it comes from."""

    testo: str
    atteso: str
    peso: Decimal
    riga: RigaScheda | None = None


@dataclass(frozen=True)
class Giudizio:
    """The step of the scale given to a behaviour, with its note; "" is none yet."""

    livello: str
    nota: str = ""


@dataclass(frozen=True)
class Esito:
    """How far an objective got, with its note."""

    raggiungimento: Decimal | None
    nota: str = ""


def assegna_obiettivi(
    valutazione: ValutazioneIndividuale,
    righe: Sequence[Proposto],
    *,
    versione: int | None = None,
    da: Utente | None,
) -> None:
    """Give the person their objectives, all together; those of before are replaced.

    Whoever had taken note of the old ones has to take note of the new.

    :raises PermissionDenied: the person is not the evaluator.
    :raises ValidationError: weights that do not make 100, a row of another scheda, the evaluation
        already begun, a newer save.
    """
    esigi_di_persona(da, VALUTA, valutazione)
    _controlla_obiettivi(valutazione, righe)
    with in_stato(valutazione, Stato.ASSEGNATA, versione=versione) as adesso:
        adesso.obiettivi.all().delete()
        ObiettivoIndividuale.objects.bulk_create(
            ObiettivoIndividuale(
                valutazione=adesso,
                ordine=posto,
                testo=una.testo.strip(),
                atteso=una.atteso.strip(),
                peso=una.peso,
                riga=una.riga,
            )
            for posto, una in enumerate(righe, 1)
        )
        cambia(adesso, vista_il=None)
        segna(adesso, _("Assegnati gli obiettivi individuali"), da=da)


def _controlla_obiettivi(valutazione: ValutazioneIndividuale, righe: Sequence[Proposto]) -> None:
    if len(righe) > OBIETTIVI_MASSIMI:
        raise ValidationError(_("Gli obiettivi sono al massimo %(n)s.") % {"n": OBIETTIVI_MASSIMI})
    if any(not una.testo.strip() for una in righe):
        raise ValidationError(_("Ogni obiettivo ha il suo testo."))
    totale = sum((una.peso for una in righe), ZERO)
    if righe and (totale != CENTO or any(una.peso <= ZERO for una in righe)):
        raise ValidationError(
            _("I pesi degli obiettivi, tutti sopra lo zero, fanno %(totale)s: devono fare 100.")
            % {"totale": numero(totale)}
        )
    derivate = {una.riga.pk for una in righe if una.riga is not None}
    scheda = scheda_di(valutazione) if derivate else None
    proprie = set(RigaScheda.objects.filter(area__scheda=scheda).values_list("pk", flat=True))
    if derivate - proprie:
        raise ValidationError(_("Un obiettivo viene da una riga di un'altra scheda budget."))


def prendi_visione(valutazione: ValutazioneIndividuale, *, da: Utente | None) -> None:
    """The person has read what is expected of them.

    :raises PermissionDenied: the sheet is of somebody else.
    :raises ValidationError: already done, or the evaluation is signed.
    """
    esigi_di_persona(da, PROPRIA, valutazione)
    with in_stato(valutazione, *ValutazioneIndividuale.DA_VALUTARE) as adesso:
        if adesso.vista_il is not None:
            raise ValidationError(_("Ne hai già preso visione."))
        cambia(adesso, vista_il=timezone.now())
        segna(adesso, _("Presa visione di ciò che è assegnato"), da=da)


def autovaluta(
    valutazione: ValutazioneIndividuale,
    *,
    giudizi: Mapping[str, Giudizio],
    nota: str = "",
    invia: bool = False,
    versione: int | None = None,
    da: Utente | None,
) -> None:
    """What the person thinks of their own behaviours; once sent, the evaluator reads it.

    It never enters the score.

    :raises PermissionDenied: the sheet is of somebody else.
    :raises ValidationError: out of the window, already sent, a step that the scale does not have,
        something missing in what is sent, a newer save.
    """
    esigi_di_persona(da, PROPRIA, valutazione)
    _finestra(valutazione, Tipo.AUTOVALUTAZIONE)
    aperti = (Stato.ASSEGNATA, Stato.IN_AUTOVALUTAZIONE)
    with in_stato(valutazione, *aperti, versione=versione) as adesso:
        _controlla_giudizi(adesso, giudizi, completi=invia)
        for codice, uno in giudizi.items():
            ComportamentoValutato.objects.update_or_create(
                valutazione=adesso,
                codice=codice,
                defaults={"livello_proprio": uno.livello, "nota_propria": uno.nota.strip()},
            )
        dopo = Stato.IN_VALUTAZIONE if invia else Stato.IN_AUTOVALUTAZIONE
        cambia(adesso, stato=dopo, nota_persona=nota.strip())
        fatto = _("Inviata l'autovalutazione") if invia else _("Salvata l'autovalutazione")
        segna(adesso, fatto, da=da)


def avvia_senza_autovalutazione(valutazione: ValutazioneIndividuale, *, da: Utente | None) -> None:
    """Begin to evaluate who did not send a self-evaluation, once its time is over.

    :raises PermissionDenied: the person is not the evaluator.
    :raises ValidationError: there is still time for it, the evaluation's window is not open, or it
        began already.
    """
    esigi_di_persona(da, VALUTA, valutazione)
    _finestra(valutazione, Tipo.VALUTAZIONE)
    tempo = tempo_di(
        valutazione.azienda, valutazione.anno, Tipo.AUTOVALUTAZIONE, unita=valutazione.unita
    )
    if tempo is not None and timezone.localdate() <= tempo.scade:
        raise ValidationError(
            _("La persona può ancora autovalutarsi, fino al %(giorno)s.")
            % {"giorno": tempo.scade.strftime("%d/%m/%Y")}
        )
    with in_stato(valutazione, Stato.ASSEGNATA, Stato.IN_AUTOVALUTAZIONE) as adesso:
        cambia(adesso, stato=Stato.IN_VALUTAZIONE)
        segna(adesso, _("Avviata la valutazione senza autovalutazione"), da=da)


def valuta_persona(
    valutazione: ValutazioneIndividuale,
    *,
    esiti: Mapping[int, Esito],
    giudizi: Mapping[str, Giudizio],
    nota: str = "",
    versione: int | None = None,
    da: Utente | None,
) -> None:
    """Write how far the objectives got (by key) and the step of each behaviour (by code).

    :raises PermissionDenied: the person is not the evaluator.
    :raises ValidationError: out of the window, not the moment, a percentage out of 0-100, a step
        that the scale does not have, a newer save.
    """
    esigi_di_persona(da, VALUTA, valutazione)
    _finestra(valutazione, Tipo.VALUTAZIONE)
    with in_stato(valutazione, *ValutazioneIndividuale.SCRIVIBILI, versione=versione) as adesso:
        _controlla_giudizi(adesso, giudizi, completi=False)
        for obiettivo in adesso.obiettivi.all():
            if (esito := esiti.get(obiettivo.pk)) is not None:
                _scrivi_esito(obiettivo, esito)
        for codice, uno in giudizi.items():
            ComportamentoValutato.objects.update_or_create(
                valutazione=adesso,
                codice=codice,
                defaults={"livello": uno.livello, "nota": uno.nota.strip()},
            )
        cambia(adesso, nota_valutatore=nota.strip())
        segna(adesso, _("Salvata la valutazione"), da=da)


def _scrivi_esito(obiettivo: ObiettivoIndividuale, esito: Esito) -> None:
    valore = esito.raggiungimento
    if valore is not None and not ZERO <= valore <= CENTO:
        raise ValidationError(
            _("«%(obiettivo)s»: il raggiungimento va da 0 a 100.") % {"obiettivo": obiettivo}
        )
    obiettivo.raggiungimento, obiettivo.nota = valore, esito.nota.strip()
    obiettivo.save(update_fields=["raggiungimento", "nota"])


def registra_colloquio(
    valutazione: ValutazioneIndividuale, *, giorno: date, nota: str = "", da: Utente | None
) -> None:
    """The two have met: from now on the evaluator may sign.

    :raises PermissionDenied: the person is not the evaluator.
    :raises ValidationError: out of the window, a day to come, or the moment is another.
    """
    esigi_di_persona(da, VALUTA, valutazione)
    _finestra(valutazione, Tipo.VALUTAZIONE)
    if giorno > timezone.localdate():
        raise ValidationError({"giorno": _("Il colloquio si registra quando è stato fatto.")})
    with in_stato(valutazione, *ValutazioneIndividuale.SCRIVIBILI) as adesso:
        cambia(adesso, stato=Stato.COLLOQUIO, colloquio_il=giorno, colloquio_nota=nota.strip())
        segna(adesso, _("Registrato il colloquio"), da=da)


def _finestra(valutazione: ValutazioneIndividuale, tipo: Finestra.Tipo) -> None:
    esigi_aperta(valutazione.azienda, valutazione.anno, tipo, unita=valutazione.unita)


def _controlla_giudizi(
    valutazione: ValutazioneIndividuale, giudizi: Mapping[str, Giudizio], *, completi: bool
) -> None:
    categoria = valutazione.regola_categoria
    scala = {uno.codice for uno in valutazione.regole.scala_di(categoria)} | {""}
    noti = {uno.codice for uno in categoria.comportamenti}
    if set(giudizi) - noti or any(uno.livello not in scala for uno in giudizi.values()):
        raise ValidationError(_("Un comportamento o un livello non è fra quelli delle regole."))
    if completi and any(not giudizi.get(uno, Giudizio("")).livello for uno in noti):
        raise ValidationError(_("Per inviarla serve un livello per ogni comportamento."))
