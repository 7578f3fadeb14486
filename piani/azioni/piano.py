# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan begun from the pages: new, or rolling on from the one before; and thrown away."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.righe import differenze, in_bozza, istantanea
from piani.azioni_positive.scorrimento import scorri_azioni_positive
from piani.documenti import semplificato
from piani.models import Azienda, Fase, Piano, Quadratura, Sezione, Utente
from piani.rules import esigi

SCRITTI = ("titolo", "nota", "meno_di_50")
PRIMO_ANNO, ULTIMO_ANNO = 2009, 2100  # since D.Lgs. 150/2009
ANNI_MASSIMI = 5
PROPOSTE = (  # the chapters of the guideline, proposed to who begins a plan
    Sezione.Tipo.PRESENTAZIONE,
    Sezione.Tipo.CHI_SIAMO,
    Sezione.Tipo.ANALISI_CONTESTO,
    Sezione.Tipo.MISSIONE,
    Sezione.Tipo.ALBERO,
    Sezione.Tipo.ORGANIZZATIVA,
    Sezione.Tipo.INDIVIDUALE,
    Sezione.Tipo.CICLO,
    Sezione.Tipo.TRASPARENZA,
)
PROPOSTE_POSITIVE = (Sezione.Tipo.AZIONI_POSITIVE,)
"""A plan of the azioni positive opens with its premise; areas and actions come in by themselves."""
PROPOSTE_POLA = (
    Sezione.Tipo.POLA_ATTUAZIONE,
    Sezione.Tipo.POLA_MODALITA,
    Sezione.Tipo.POLA_SOGGETTI,
    Sezione.Tipo.POLA_PROGRAMMA,
)
"""The four parts of the guideline of the 9th of December 2020."""
PROPOSTE_PIAO = (
    Sezione.Tipo.PRESENTAZIONE,
    Sezione.Tipo.CHI_SIAMO,
    Sezione.Tipo.VALORE_PUBBLICO,
    Sezione.Tipo.ORGANIZZATIVA,
    Sezione.Tipo.INDIVIDUALE,
    Sezione.Tipo.TRASPARENZA,
    Sezione.Tipo.STRUTTURA,
    Sezione.Tipo.FABBISOGNI,
    Sezione.Tipo.FORMAZIONE,
    Sezione.Tipo.MONITORAGGIO,
)
"""What is written of the PIAO; tree, tables and lavoro agile come in by themselves."""
PROPOSTE_DI: dict[str, tuple[Sezione.Tipo, ...]] = {
    Piano.Tipo.AZIONI_POSITIVE: PROPOSTE_POSITIVE,
    Piano.Tipo.POLA: PROPOSTE_POLA,
    Piano.Tipo.PIAO: PROPOSTE_PIAO,
}


def crea_piano(
    azienda: Azienda, *, tipo: str, titolo: str, anno_inizio: int, anno_fine: int, da: Utente | None
) -> Piano:
    """A new draft, with the chapters of the guideline to fill in.

    :raises PermissionDenied: the person does not fill in the plans of this azienda.
    :raises ValidationError: by field, what is wrong.
    """
    piano = Piano(
        azienda=azienda,
        tipo=tipo,
        titolo=titolo.strip(),
        anno_inizio=anno_inizio,
        anno_fine=anno_fine,
        slug=_indirizzo(f"{azienda.codice}-{tipo}", anno_inizio, anno_fine),
    )
    esigi(da, "piani.modifica", piano)
    _anni_ammessi(anno_inizio, anno_fine)
    proposte = PROPOSTE_DI.get(tipo, PROPOSTE)
    with transaction.atomic():
        _salva(piano)
        Sezione.objects.bulk_create(
            Sezione(piano=piano, ordine=posto, tipo=proposta, titolo=str(proposta.label), testo="")
            for posto, proposta in enumerate(proposte, start=1)
        )
        registra(
            "piano.creato",
            piano,
            azienda=azienda,
            da=da,
            descrizione=_("Cominciato «%(piano)s»") % {"piano": piano},
        )
    return piano


def scorri_terra(
    vecchio: Piano,
    *,
    titolo: str,
    anno_inizio: int,
    stato_ammesso: Iterable[str],
    da: Utente | None,
) -> Piano:
    """The ground floor of a revision: a draft for the next years with the same chapters, phases
    and azioni positive.

    Called inside the transaction that copies the tree. The tables of figures are not copied: they
    are those of a year.

    :raises ValidationError: by field; or that revision is there already.
    """
    durata = vecchio.anno_fine - vecchio.anno_inizio
    if anno_inizio <= vecchio.anno_inizio:
        raise ValidationError(
            {"anno_inizio": _("La revisione comincia dopo il %(anno)s.")
             % {"anno": vecchio.anno_inizio}}
        )  # fmt: skip
    _anni_ammessi(anno_inizio, anno_inizio + durata)
    if vecchio.stato not in stato_ammesso:
        raise ValidationError(
            _("Il piano è «%(stato)s»: si fa scorrere un piano adottato.")
            % {"stato": vecchio.get_stato_display()}
        )
    radice = re.sub(r"(-\d{4})+(-\d+)?$", "", vecchio.slug)
    nuovo = Piano(
        azienda=vecchio.azienda,
        tipo=vecchio.tipo,
        meno_di_50=vecchio.meno_di_50,
        titolo=titolo.strip(),
        anno_inizio=anno_inizio,
        anno_fine=anno_inizio + durata,
        scorrimento_di=vecchio,
        slug=_indirizzo(radice, anno_inizio, anno_inizio + durata),
    )
    _salva(nuovo)
    sezioni, fasi = list(vecchio.sezioni.all()), list(vecchio.fasi.all())
    righe: list[Any] = [*sezioni, *fasi]
    for copia in righe:
        copia.pk, copia.piano, copia.riga_fonte = None, nuovo, ""
    Sezione.objects.bulk_create(sezioni)
    Fase.objects.bulk_create(fasi)
    scorri_azioni_positive(vecchio, nuovo)
    return nuovo


def _salva(piano: Piano) -> None:
    _segue_i_dipendenti(piano)
    piano.full_clean()
    try:
        with transaction.atomic():
            piano.save(force_insert=True)
    except IntegrityError as errore:
        raise ValidationError(
            _("Questo piano è già stato cominciato da qualcun altro.")
        ) from errore


def _anni_ammessi(primo: int, ultimo: int) -> None:
    if not PRIMO_ANNO <= primo <= ULTIMO_ANNO:
        raise ValidationError(
            {"anno_inizio": _("L'anno va dal %(da)s al %(a)s.")
             % {"da": PRIMO_ANNO, "a": ULTIMO_ANNO}}
        )  # fmt: skip
    if not primo <= ultimo < primo + ANNI_MASSIMI:
        raise ValidationError(
            {"anno_fine": _("Un piano dura da uno a %(n)s anni.") % {"n": ANNI_MASSIMI}}
        )


def _indirizzo(radice: str, primo: int, ultimo: int) -> str:
    """An address that no other plan has."""
    base = f"{slugify(radice)[:60]}-{primo}-{ultimo}"
    presi = set(Piano.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in presi:
        return base
    return next(f"{base}-{n}" for n in range(2, len(presi) + 3) if f"{base}-{n}" not in presi)


def modifica_piano(
    piano: Piano, *, titolo: str, nota: str, meno_di_50: bool | None = None, da: Utente | None
) -> None:
    """Change the name and the note of a draft; of a PIAO, whether the body is a small one.

    :param meno_di_50: as it was, if nobody says it.
    :raises ValidationError: by field; said of a plan that is no PIAO, or of a body whose number
        of employees is known.
    """
    with in_bozza(piano, da=da) as bloccato:
        prima = istantanea(bloccato, SCRITTI)
        bloccato.titolo, bloccato.nota = titolo.strip(), nota.strip()
        if meno_di_50 is not None and meno_di_50 != bloccato.meno_di_50:
            _si_sceglie_la_forma(bloccato)
            bloccato.meno_di_50 = meno_di_50
        _segue_i_dipendenti(bloccato)
        bloccato.full_clean()
        bloccato.save(update_fields=SCRITTI)
        registra(
            "piano.modificato",
            bloccato,
            azienda=bloccato.azienda,
            da=da,
            descrizione=_("Cambiati i dati di «%(piano)s»") % {"piano": bloccato},
            dati=differenze(prima, istantanea(bloccato, SCRITTI)),
        )


def _segue_i_dipendenti(piano: Piano) -> None:
    """The form of a PIAO is the one that the number of employees says, where there is one."""
    if piano.tipo == Piano.Tipo.PIAO:
        piano.meno_di_50 = semplificato(piano)


def _si_sceglie_la_forma(piano: Piano) -> None:
    if piano.tipo != Piano.Tipo.PIAO:
        raise ValidationError({"meno_di_50": _("La forma semplificata è solo del PIAO.")})
    if piano.azienda.dipendenti is not None:
        raise ValidationError(
            {"meno_di_50": _("L'azienda ha %(n)s dipendenti: la forma del PIAO viene da lì.")
             % {"n": piano.azienda.dipendenti}}
        )  # fmt: skip


def elimina_piano(piano: Piano, *, da: Utente | None) -> None:
    """Throw a draft away with all it holds; never one of which the Nucleo said something.

    :raises ValidationError: it is not a draft, or the Nucleo spoke of it.
    """
    with in_bozza(piano, da=da) as bloccato:
        if bloccato.validazioni.exists():
            raise ValidationError(
                _("Il Nucleo si è già espresso su questo piano: resta agli atti e non si elimina.")
            )
        registra(
            "piano.eliminato",
            bloccato,
            azienda=bloccato.azienda,
            da=da,
            descrizione=_("Eliminata la bozza «%(piano)s»") % {"piano": bloccato},
            dati={"prima": istantanea(bloccato, ("titolo", "tipo", "anno_inizio", "anno_fine"))},
        )
        bloccato.delete()


def prendi_atto(quadratura: Quadratura, *, motivo: str, da: Utente | None) -> None:
    """Acknowledge that a printed figure does not square, and say why it stays.

    :raises PermissionDenied: the person does not fill in the plans of this azienda.
    :raises ValidationError: no reason; the figure squares, or somebody acknowledged it already.
    """
    piano = quadratura.piano
    esigi(da, "piani.modifica", piano)
    if not motivo.strip():
        raise ValidationError({"motivo": _("Scrivi perché la differenza resta.")})
    with transaction.atomic():
        da_guardare = Quadratura.objects.filter(pk=quadratura.pk, presa_atto_il__isnull=True)
        if quadratura.quadra or not da_guardare.update(
            presa_atto=motivo.strip(), presa_atto_da=da, presa_atto_il=timezone.now()
        ):
            raise ValidationError(_("Di questo totale non c'è più niente da prendere in carico."))
        registra(
            "quadratura.vista",
            quadratura,
            azienda=piano.azienda,
            da=da,
            descrizione=_("Preso atto della differenza: %(dove)s") % {"dove": quadratura.dove},
            dati={"motivo": motivo.strip()},
        )
