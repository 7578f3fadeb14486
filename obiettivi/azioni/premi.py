# SPDX-License-Identifier: AGPL-3.0-or-later
"""The prizes of a year: typed by who keeps the staff, published by who publishes."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import PremiAnno, VocePremi
from obiettivi.premi.documento import DATI, Genere, edizione_di, fotografa
from obiettivi.premi.selettivita import selettivita
from piani.azioni.evento import registra
from piani.azioni.righe import differenze, istantanea
from piani.azioni.scritture import bloccata, salva
from piani.documenti_ente.azioni import congela, prossima_versione, rende_pubblico
from piani.documenti_ente.forma import tabelle
from piani.models import Azienda, CuraObbligo, DocumentoEnte, Utente
from piani.rules import esigi

TIENE = "obiettivi.tiene_premi"
PUBBLICA = "piani.tiene_obblighi"
SCRITTI = ("criteri", "dirigenza")


def comincia_premi(
    azienda: Azienda, *, anno: int, dimostrativo: bool = False, da: Utente | None
) -> PremiAnno:
    """The prizes of a year, with nothing typed yet.

    :raises PermissionDenied: the author does not keep the staff of the azienda.
    :raises ValidationError: by field; that year is there already, or is still to come.
    """
    esigi(da, TIENE, azienda)
    if anno > timezone.localdate().year:
        raise ValidationError({"anno": _("È un anno che deve ancora venire.")})
    with transaction.atomic():
        nuovi = salva(PremiAnno(azienda=azienda, anno=anno, dimostrativo=dimostrativo))
        _annota("cominciati", nuovi, _("%(chi)s: cominciati"), da)
    return nuovi


def scrivi_premi(
    premi: PremiAnno, *, criteri: str, dirigenza: Sequence[str], visto: int, da: Utente | None
) -> PremiAnno:
    """Write the criteria, and which categories are managers.

    :param visto: how many times it had been written when the person read it.
    :raises PermissionDenied: the author does not keep the staff of the azienda.
    :raises ValidationError: by field; a category is not of that year; the categories are in a
        published version, and would change; somebody wrote it meanwhile.
    """
    esigi(da, TIENE, premi)
    edizione = edizione_di(premi)
    note = {una.codice for una in edizione.regole.categorie} if edizione else set()
    if estranee := sorted(set(dirigenza) - note):
        raise ValidationError(
            {"dirigenza": _("Non sono categorie di quell'anno: %(quali)s.")
             % {"quali": ", ".join(estranee)}}
        )  # fmt: skip
    with transaction.atomic():
        miei = bloccata(premi)
        if miei.modifiche != visto:
            raise ValidationError(
                _("Mentre scrivevi qualcun altro ha salvato: riapri la pagina e aggiungi il tuo.")
            )
        if miei.dirigenza != sorted(dirigenza) and _mostra_gruppi(miei):
            raise ValidationError(
                {"dirigenza": _("C'è già una tabella pubblicata con questi due gruppi: con due "
                                "divisioni diverse si riconoscerebbero i gruppi piccoli.")}
            )  # fmt: skip
        prima = istantanea(miei, SCRITTI)
        miei.criteri, miei.dirigenza = criteri.strip(), sorted(dirigenza)
        miei.modifiche += 1
        salva(miei, *SCRITTI, "modifiche")
        _annota("scritti", miei, _("%(chi)s: scritti i criteri"), da,
                differenze(prima, istantanea(miei, SCRITTI)))  # fmt: skip
    return miei


def _mostra_gruppi(premi: PremiAnno) -> bool:
    """Whether some version tells of the two groups already."""
    versioni = DocumentoEnte.objects.filter(azienda=premi.azienda_id, serie=DATI.serie(premi))
    nomi = (una["nome"] for uno in versioni for una in tabelle(uno.fotografia))
    return "differenziazione" in nomi


def scrivi_voce(
    voce: VocePremi,
    *,
    gruppo: str,
    nome: str,
    stanziato: Decimal | None,
    distribuito: Decimal | None,
    da: Utente | None,
) -> VocePremi:
    """Add a fund to the prizes of a year, or write it again.

    :raises PermissionDenied: the author does not keep the staff of the azienda.
    :raises ValidationError: by field; more was given out than set aside; it was removed meanwhile.
    """
    esigi(da, TIENE, voce.premi)
    if stanziato is not None and distribuito is not None and distribuito > stanziato:
        raise ValidationError(
            {"distribuito": _("È più di quanto è stato stanziato: correggi una delle due cifre.")}
        )
    with transaction.atomic():
        miei = bloccata(voce.premi)
        mia = bloccata(voce) if voce.pk else VocePremi(premi=miei)
        prima = istantanea(mia, VocePremi.SCRITTI) if mia.pk else {}
        mia.gruppo, mia.nome = gruppo, nome.strip()
        mia.stanziato, mia.distribuito = stanziato, distribuito  # type: ignore[assignment]
        salva(mia)
        dopo = istantanea(mia, VocePremi.SCRITTI)
        _annota("voce_scritta", miei, _("%(chi)s: scritta una voce"), da, differenze(prima, dopo))
    return mia


def togli_voce(voce: VocePremi, *, da: Utente | None) -> None:
    """Remove a fund; the register keeps what it said.

    :raises PermissionDenied: the author does not keep the staff of the azienda.
    :raises ValidationError: somebody removed it already.
    """
    esigi(da, TIENE, voce.premi)
    with transaction.atomic():
        mia = bloccata(voce)
        prima = istantanea(mia, VocePremi.SCRITTI)
        _annota("voce_tolta", mia.premi, _("%(chi)s: tolta una voce"), da, differenze(prima, {}))
        mia.delete()


def pubblica_premi(
    premi: PremiAnno, genere: Genere, *, motivo: str = "", da: Utente | None
) -> DocumentoEnte:
    """Freeze one of the two tables and make it public; the version before is superseded.

    :raises PermissionDenied: the author does not publish for the azienda.
    :raises ValidationError: there is nothing to tell; the obligation is said not to apply; there
        is a version already and no reason for another.
    """
    esigi(da, PUBBLICA, premi.azienda)
    with transaction.atomic():
        bloccata(premi.azienda)
        miei = bloccata(premi)
        _controlla(miei, genere)
        versione = prossima_versione(miei.azienda, genere.serie(miei))
        if versione > 1 and not motivo.strip():
            raise ValidationError(
                {"motivo": _("Scrivi perché questa versione sostituisce la %(n)s.")
                 % {"n": versione - 1}}
            )  # fmt: skip
        foto = fotografa(
            miei, genere, versione=versione, giorno=timezone.localdate(), motivo=motivo.strip()
        )
        nuova = congela(miei.azienda, foto, sezione_at=genere.sezione, motivo=motivo, da=da)
        return rende_pubblico(nuova, da=da)


def _controlla(premi: PremiAnno, genere: Genere) -> None:
    """There is something to tell, and the obligation applies."""
    cure = CuraObbligo.objects.filter(azienda=premi.azienda_id, codice=genere.obbligo)
    if cure.filter(non_applicabile=True).exists():
        raise ValidationError(
            _("L'obbligo è segnato come non applicabile: prima di' che si applica.")
        )
    if genere is not DATI:
        if not premi.voci.exists():
            raise ValidationError(_("Non c'è nessuna voce: scrivi almeno un importo."))
        return
    if not premi.criteri and not selettivita(edizione_di(premi), premi.dirigenza).gruppi:
        raise ValidationError(
            _("Non ci sono né i criteri né la distribuzione: scrivi almeno i criteri.")
        )


def _annota(
    verbo: str, premi: PremiAnno, frase: str, da: Utente | None, dati: dict[str, Any] | None = None
) -> None:
    registra(
        f"premi.{verbo}",
        premi,
        azienda=premi.azienda,
        da=da,
        descrizione=frase % {"chi": premi},
        dati=dati or {},
    )
