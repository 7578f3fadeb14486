# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is written of a Relazione while it is a draft: its tables taken anew, its prose, its causes.

Taking the tables anew never touches what people wrote.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import FaseSvolta, Relazione, Scostamento, SezioneRelazione
from obiettivi.relazione.dati import genera, in_testo
from obiettivi.relazione.passaggi import SI_RENDICONTA
from piani.azioni.evento import registra
from piani.azioni.righe import Superata, differenze, impronta, in_parole, istantanea
from piani.models import Evento, Piano, Utente
from piani.rules import esigi

Scritto = tuple[str, str]


def comincia_relazione(piano: Piano, *, anno: int, da: Utente | None) -> Relazione:
    """Begin the Relazione of a year of a plan, with its chapters and its tables.

    :raises PermissionDenied: the person does not do the controllo di gestione of this azienda.
    :raises ValidationError: the plan is not adopted, the year is not one of its years or has not
        begun, or somebody began that Relazione already.
    """
    esigi(da, "obiettivi.prepara_relazione", piano)
    if piano.stato not in SI_RENDICONTA:
        raise ValidationError(
            _("Si rende conto solo di un piano adottato: questo è «%(stato)s».")
            % {"stato": piano.get_stato_display()}
        )
    if anno not in piano.anni or anno > timezone.localdate().year:
        raise ValidationError(
            _("Il %(anno)s non è un anno del piano già cominciato.") % {"anno": anno}
        )
    gia = ValidationError(_("La relazione di quell'anno è già cominciata: ricarica la pagina."))
    try:
        with transaction.atomic():
            if Relazione.objects.filter(piano=piano, anno=anno).exists():
                raise gia
            nuova = Relazione.objects.create(piano=piano, anno=anno)
            SezioneRelazione.objects.bulk_create(
                SezioneRelazione(relazione=nuova, tipo=tipo) for tipo in SezioneRelazione.Tipo
            )
            _genera(nuova)
            _annota("cominciata", nuova, _("Cominciata la %(relazione)s"), da)
    except IntegrityError as errore:
        raise gia from errore
    return nuova


def rigenera_relazione(relazione: Relazione, *, da: Utente | None) -> bool:
    """Take the tables anew from the plan and its results; whether they say something else.

    :raises PermissionDenied: the person does not do the controllo di gestione of this azienda.
    :raises ValidationError: it is no longer a draft.
    """
    with relazione_in_bozza(relazione, da=da) as bloccata:
        prima = bloccata.dati
        _genera(bloccata)
        cambiata = prima != bloccata.dati
        if cambiata:
            _annota("rigenerata", bloccata, _("Rigenerate le tabelle: %(relazione)s"), da)
    relazione.refresh_from_db()
    return cambiata


def _genera(relazione: Relazione) -> None:
    """Write the tables, and a place for each cause to be written; what is written stays."""
    dati = genera(relazione.piano, relazione.anno)
    relazione.dati, relazione.generata_il = in_testo(dati), timezone.now()
    relazione.save(update_fields=["dati", "generata_il"])
    Scostamento.objects.bulk_create(
        (Scostamento(relazione=relazione, misura_id=r["misura"]) for r in dati["scostamenti"]),
        ignore_conflicts=True,
    )
    FaseSvolta.objects.bulk_create(
        (FaseSvolta(relazione=relazione, fase=fase) for fase in relazione.piano.fasi.all()),
        ignore_conflicts=True,
    )


def scrivi_sezione_relazione(
    sezione: SezioneRelazione, *, testo: str, visto: str | None = None, da: Utente | None
) -> bool:
    """Write the prose of a chapter; whether anything changed.

    :param visto: the mark of the chapter as it was read; ``None`` to write anyway.
    :raises Superata: somebody saved it in the meantime.
    :raises ValidationError: the Relazione is no longer a draft.
    """
    with relazione_in_bozza(sezione.relazione, da=da) as bloccata:
        adesso = SezioneRelazione.objects.get(pk=sezione.pk)
        attuale = impronta(adesso)
        if visto is not None and visto != attuale:
            raise Superata(_gia_salvato(bloccata, adesso), attuale)
        prima = istantanea(adesso, adesso.SCRITTI)
        adesso.testo = testo.strip()
        dopo = istantanea(adesso, adesso.SCRITTI)
        if prima == dopo:
            return False
        adesso.save(update_fields=["testo"])
        _annota(
            "sezione",
            bloccata,
            _("%(relazione)s: scritto il capitolo «%(capitolo)s»"),
            da,
            {"capitolo": str(adesso)},
            dati=differenze(prima, dopo),
            riguarda=(adesso,),
        )
    return True


def _gia_salvato(relazione: Relazione, sezione: SezioneRelazione) -> str:
    ultimo = Evento.objects.che_riguardano(sezione).first()
    return _(
        "Mentre scrivevi %(chi)s ha salvato questo capitolo. Ciò che hai scritto è qui sotto: "
        "salvando di nuovo sostituisci il suo, che ora dice: «%(adesso)s»."
    ) % {
        "chi": (ultimo and ultimo.da) or _("qualcun altro"),
        "adesso": sezione.testo[:200],
    }


def spiega_scostamenti(
    relazione: Relazione,
    scritti: Mapping[int, Scritto],
    *,
    visti: Mapping[int, Scritto] | None = None,
    da: Utente | None,
) -> int:
    """Write the causes and the corrective actions of some misure; how many changed.

    :param visti: what the page showed of each: if somebody wrote another thing in the meantime
        nothing is saved, and the error names the rows by their key.
    :raises ValidationError: by misura, what somebody else wrote; or it is no longer a draft.
    """
    with relazione_in_bozza(relazione, da=da) as bloccata:
        righe = {
            una.misura_id: una
            for una in bloccata.scostamenti.select_related("misura__indicatore")
            if una.misura_id in scritti
        }
        diverse = [r for r in righe.values() if _da_scrivere(r) != _puliti(scritti[r.misura_id])]
        contese = [r for r in diverse if _contesa(r, visti)]
        if contese:
            raise ValidationError({str(r.misura_id): _detto_da_altri(r) for r in contese})
        for riga in diverse:
            _spiega(bloccata, riga, _puliti(scritti[riga.misura_id]), da)
    return len(diverse)


def _da_scrivere(riga: Scostamento) -> Scritto:
    return riga.causa, riga.azione


def _puliti(scritto: Scritto) -> Scritto:
    return scritto[0].strip(), scritto[1].strip()


def _contesa(riga: Scostamento, visti: Mapping[int, Scritto] | None) -> bool:
    return visti is not None and _puliti(visti.get(riga.misura_id, ("", ""))) != _da_scrivere(riga)


def _detto_da_altri(riga: Scostamento) -> str:
    return _(
        "Nel frattempo qualcun altro ha scritto di questo indicatore: «%(causa)s» «%(azione)s». "
        "Salvando di nuovo lo sostituisci."
    ) % {"causa": riga.causa[:200], "azione": riga.azione[:200]}


def _spiega(relazione: Relazione, riga: Scostamento, scritto: Scritto, da: Utente | None) -> None:
    prima = istantanea(riga, ("causa", "azione"))
    riga.causa, riga.azione = scritto
    riga.save(update_fields=["causa", "azione"])
    _annota(
        "scostamento",
        relazione,
        _("%(relazione)s: spiegato lo scostamento di %(codice)s"),
        da,
        {"codice": riga.misura.indicatore.codice},
        dati=differenze(prima, istantanea(riga, ("causa", "azione"))),
        riguarda=(riga.misura, riga.misura.indicatore),
    )


def segna_fasi(
    relazione: Relazione, fasi: Mapping[int, tuple[date | None, str]], *, da: Utente | None
) -> int:
    """Write when the phases of the cycle really ended; how many changed.

    :raises ValidationError: by phase, a day that has not come; or it is no longer a draft.
    """
    future = {
        str(chiave): _("La data è nel futuro.")
        for chiave, (giorno, _nota) in fasi.items()
        if giorno and giorno > timezone.localdate()
    }
    if future:
        raise ValidationError(future)
    cambiate: dict[str, str] = {}
    with relazione_in_bozza(relazione, da=da) as bloccata:
        for riga in bloccata.fasi.select_related("fase").filter(fase__in=fasi):
            giorno, nota = fasi[riga.fase_id]
            if (riga.conclusa_il, riga.nota) != (giorno, nota.strip()):
                riga.conclusa_il, riga.nota = giorno, nota.strip()
                riga.full_clean()
                riga.save(update_fields=["conclusa_il", "nota"])
                cambiate[str(riga.fase)] = f"{in_parole(giorno)} {riga.nota}".strip()
        if cambiate:
            _annota("fasi", bloccata, _("%(relazione)s: date del processo"), da, dati=cambiate)
    return len(cambiate)


@contextmanager
def relazione_in_bozza(relazione: Relazione, *, da: Utente | None) -> Iterator[Relazione]:
    """A transaction with the Relazione locked, for who prepares it, as long as it is a draft."""
    esigi(da, "obiettivi.prepara_relazione", relazione)
    with transaction.atomic():
        bloccata = relazione_bloccata(relazione)
        if bloccata.stato != Relazione.Stato.BOZZA:
            raise ValidationError(
                _("La relazione è «%(stato)s»: per cambiarla va prima riportata in bozza.")
                % {"stato": bloccata.get_stato_display()}
            )
        yield bloccata


def relazione_bloccata(relazione: Relazione) -> Relazione:
    """The Relazione as it is now; who else would write of it waits for this transaction."""
    return (
        Relazione.objects.select_for_update(of=("self",))
        .select_related("piano__azienda")
        .get(pk=relazione.pk)
    )


def _annota(
    verbo: str,
    relazione: Relazione,
    frase: str,
    da: Utente | None,
    parole: Mapping[str, str] | None = None,
    *,
    dati: dict[str, Any] | None = None,
    riguarda: Iterable[Any] = (),
) -> None:
    registra(
        f"relazione.{verbo}",
        relazione,
        azienda=relazione.azienda,
        da=da,
        descrizione=frase % {"relazione": relazione, **(parole or {})},
        dati=dati,
        riguarda=riguarda,
    )
