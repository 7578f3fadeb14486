# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the plan to the published document: freeze, print, publish, supersede."""

import hashlib
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani import stampa as stamperia
from piani import tasks
from piani.azioni.evento import registra
from piani.azioni.lavoro import manda
from piani.azioni.passi import esigi_viste
from piani.azioni.ricerca import indicizza
from piani.azioni.righe import con_riga_bloccata
from piani.azioni.stato import supera
from piani.documenti import fotografa
from piani.models import DocumentoPubblicato, Piano, Utente
from piani.passaggi import Passo
from piani.pubbliche import conserva
from piani.rules import esigi
from piani.trasparenza import sezione_di
from piani.verifiche import cancello
from piani.webhook import posta

Stato = DocumentoPubblicato.Stato


def pubblica(
    piano: Piano,
    *,
    da: Utente | None,
    motivo: str = "",
    avvertenze_viste: str | None = None,
) -> DocumentoPubblicato:
    """Freeze the plan in a new version of its document and send it to print.

    The first version needs an adopted plan; a later one, which supersedes it, needs a reason.
    It becomes public when its files are ready. The plan that this one rolls on is superseded.

    :param avvertenze_viste: the mark of the warnings that the page showed to the person before a
        first version; ``None`` for who shows none, such as a command.
    :raises PermissionDenied: the person does not publish for this azienda.
    :raises ValidationError: the plan is not adopted, or is published already and no reason
        was given, or a version is being printed, or there are warnings that were not seen.
    """
    esigi(da, "piani.pubblica", piano)
    with transaction.atomic():
        bloccato = con_riga_bloccata(piano)
        ultimo = bloccato.documenti.del_piano().first()
        _controlla_che_si_possa_pubblicare(bloccato, ultimo, motivo)
        if ultimo is None and avvertenze_viste is not None:
            esigi_viste(cancello(bloccato, Passo.PUBBLICAZIONE).impronta, avvertenze_viste, da)
        Piano.objects.filter(pk=piano.pk).update(stato=Piano.Stato.PUBBLICATO)
        versione = ultimo.versione + 1 if ultimo else 1
        documento = congela(
            bloccato,
            fotografa(bloccato, versione=versione, giorno=timezone.localdate()),
            motivo=motivo,
            sezione_at=sezione_di(bloccato.tipo).slug,
        )
        registra(
            "piano.pubblicato",
            bloccato,
            azienda=bloccato.azienda,
            da=da,
            descrizione=_("Pubblicata la versione %(n)s di «%(piano)s»")
            % {"n": documento.versione, "piano": bloccato},
            dati={"sha256": documento.sha256_contenuto, "motivo": motivo},
        )
        supera(bloccato.scorrimento_di, bloccato, da=da)
        manda(tasks.stampa_documento, documento.pk)
    piano.stato = Piano.Stato.PUBBLICATO
    return documento


def _controlla_che_si_possa_pubblicare(
    piano: Piano, ultimo: DocumentoPubblicato | None, motivo: str
) -> None:
    if piano.stato not in (Piano.Stato.ADOTTATO, Piano.Stato.PUBBLICATO):
        raise ValidationError(
            _("Si pubblica solo un piano adottato: questo è «%(stato)s».")
            % {"stato": piano.get_stato_display()}
        )
    if ultimo is None:
        return
    if ultimo.stato == Stato.IN_ATTESA:
        raise ValidationError(
            _("Una versione del documento è già in stampa: attendere che finisca.")
        )
    if not motivo.strip():
        raise ValidationError(
            _(
                "Il piano è già pubblicato (versione %(n)s). Per correggerlo indicare il motivo "
                "della nuova versione: quella di prima resta consultabile."
            )
            % {"n": ultimo.versione}
        )


def congela(
    piano: Piano, foto: dict[str, Any], *, motivo: str, **campi: str
) -> DocumentoPubblicato:
    """A version of a document with its photograph, waiting to be printed.

    ``campi`` are those of a document that is not the plan's own: ``serie``, ``titolo``, ``atto``,
    ``sezione_at``. Who calls sends it to print, in the same transaction.
    """
    contenuto = stamperia.rende_json(foto)
    return DocumentoPubblicato.objects.create(
        piano=piano,
        versione=foto["versione"],
        contenuto=contenuto.decode(),
        sha256_contenuto=hashlib.sha256(contenuto).hexdigest(),
        generatore=f"Albero {settings.ALBERO_VERSIONE}",
        motivo=motivo,
        **campi,
    )


def stampa(documento: DocumentoPubblicato) -> bool:
    """Print the files of a waiting document and make it public; False if it waited no more.

    Printing is the same bytes for the same photograph, so that a job delivered twice is
    harmless: the second finds the state changed and changes nothing.
    """
    if documento.stato != Stato.IN_ATTESA:
        return False
    impronta, pagine = scrivi_file(documento)
    with transaction.atomic():
        mio = DocumentoPubblicato.objects.filter(pk=documento.pk, stato=Stato.IN_ATTESA)
        if not mio.update(
            stato=Stato.PRONTO,
            sha256_pdf=impronta,
            pagine=pagine,
            errore="",
            pubblicato_il=timezone.localdate(),
        ):
            return False
        documento.della_serie.filter(
            versione__lt=documento.versione, sostituito_da__isnull=True
        ).order_by("-versione").update(sostituito_da=documento)
        indicizza(documento)
        registra(
            "documento.pronto",
            documento,
            azienda=documento.piano.azienda,
            da=None,
            descrizione=_("Stampato e reso pubblico: %(documento)s") % {"documento": documento},
            dati={"sha256_pdf": impronta, "pagine": pagine},
        )
        documento.sha256_pdf = impronta
        posta.documento_pubblicato(documento)
    return True


def assicura_stampa(documento: DocumentoPubblicato) -> None:
    """Bring a document to have its files: print it, print it again, or write lost files anew."""
    documento.refresh_from_db()
    if documento.stato == Stato.FALLITO:
        ristampa(documento.piano, serie=documento.serie, da=None)
    elif documento.stato == Stato.IN_ATTESA:
        tasks.stampa_documento(documento.pk)
    elif not (documento.cartella_corrente / "documento.pdf").exists():
        scrivi_file(documento)


def ristampa(piano: Piano, *, serie: str = "", da: Utente | None) -> DocumentoPubblicato:
    """Send to print again the version of a plan, or of what accompanies it, whose print failed.

    :raises PermissionDenied: the person does not publish for this azienda.
    :raises ValidationError: no print of the plan failed, or somebody sent it again already.
    """
    esigi(da, "piani.pubblica", piano)
    with transaction.atomic():
        ancora_fallito = piano.documenti.filter(stato=Stato.FALLITO, serie=serie)
        documento = ancora_fallito.first()
        if documento is None or not ancora_fallito.filter(pk=documento.pk).update(
            stato=Stato.IN_ATTESA, errore=""
        ):
            raise ValidationError(_("Il piano non ha stampe da ripetere."))
        registra(
            "documento.ristampa",
            documento,
            azienda=piano.azienda,
            da=da,
            descrizione=_("Chiesta la ristampa di %(documento)s") % {"documento": documento},
        )
        manda(tasks.stampa_documento, documento.pk)
    return documento


def segna_fallita(documento: DocumentoPubblicato, errore: str) -> None:
    """Keep the reason why a print failed where people see it."""
    with transaction.atomic():
        in_attesa = DocumentoPubblicato.objects.filter(pk=documento.pk, stato=Stato.IN_ATTESA)
        if in_attesa.update(stato=Stato.FALLITO, errore=errore):
            registra(
                "documento.fallito",
                documento,
                azienda=documento.piano.azienda,
                da=None,
                descrizione=_("Stampa non riuscita: %(errore)s") % {"errore": errore},
            )


def scrivi_file(documento: DocumentoPubblicato) -> tuple[str, int]:
    """Render the photograph to its folder; give the PDF's sha256 and its number of pages.

    The folder of the document always holds the files of the newest version.
    """
    foto = documento.fotografia
    pdf = stamperia.rende_pdf(foto)
    file = {
        "documento.pdf": pdf.contenuto,
        "documento.html": stamperia.rende_html(foto).encode(),
        "documento.json": documento.contenuto.encode(),
    }
    file |= {f"csv/{nome}": dati for nome, dati in stamperia.rende_csv(foto).items()}
    for cartella in (documento.cartella, documento.cartella_corrente):
        for nome, dati in file.items():
            conserva.scrivi_intero(cartella / nome, dati)
    conserva.pagina_di(documento)
    return hashlib.sha256(pdf.contenuto).hexdigest(), pdf.pagine
