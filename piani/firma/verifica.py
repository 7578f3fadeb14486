# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a signed PDF is a document of ours, signed, and nothing else.

Four questions, in this order: is it the printed document with something added after it; are its
signatures whole; do they cover all of it; does what was added change anything but signatures. Then
the certificates: of the days they were valid, and of a trusted authority if some are configured.
"""

from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .confronto import cambia_solo_le_firme
from .filo import in_un_filo
from .lettura import FirmaLetta, PdfNonFirmato

ROVINATO = gettext_lazy(
    "Il PDF è rovinato e non si legge: firmare di nuovo il documento scaricato."
)
CADES = b"\x30"  # how a .p7m begins


def verifica(contenuto: bytes, stampato: bytes, autorita: list[Any]) -> list[FirmaLetta]:
    """The signatures of the file, oldest first.

    :param stampato: the bytes of the document as it was printed and published.
    :param autorita: the trusted certificates; with none a chain is not verified.
    :raises PdfNonFirmato: it cannot be attached, and why.
    """
    _e_il_nostro(contenuto, stampato)
    lettore = _apri(contenuto)
    firme = list(lettore.embedded_regular_signatures)
    if not firme:
        raise PdfNonFirmato(_("Nel PDF non c'è nessuna firma: firmarlo in formato PAdES."))
    contesto = _contesto(autorita)
    stati = [_integra(firma, contesto) for firma in firme]
    _copre_tutto(lettore)
    _aggiunge_solo_firme(lettore, stampato)
    lette = [FirmaLetta.di(stato) for stato in stati]
    for stato, letta in zip(stati, lette, strict=True):
        _certificato_valido(stato, letta)
        if autorita and not letta.catena:
            raise PdfNonFirmato(
                _(
                    "Il certificato di %(nome)s, rilasciato da «%(autorita)s», non risale a "
                    "un'autorità fra quelle di fiducia, o non è per firmare: usare una firma "
                    "qualificata, o far aggiungere l'autorità da chi gestisce il programma."
                )
                % {"nome": letta.nome, "autorita": letta.autorita}
            )
    return lette


def _e_il_nostro(contenuto: bytes, stampato: bytes) -> None:
    if contenuto.startswith(stampato):
        if len(contenuto) == len(stampato):
            raise PdfNonFirmato(
                _("È il documento pubblicato, senza firma: firmarlo in formato PAdES e caricarlo.")
            )
        return
    if contenuto.startswith(CADES):
        raise PdfNonFirmato(
            _("È una busta CAdES (.p7m): firmare in formato PAdES, che resta un PDF.")
        )
    if not contenuto.startswith(b"%PDF-"):
        raise PdfNonFirmato(_("Non è un PDF: caricare il documento firmato in formato PAdES."))
    raise PdfNonFirmato(
        _(
            "Non è il documento pubblicato: il suo inizio non coincide, byte per byte. Scaricare "
            "il PDF da questa pagina e firmare quello, senza risalvarlo né stamparlo di nuovo."
        )
    )


def _apri(contenuto: bytes) -> Any:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        lettore = PdfFileReader(BytesIO(contenuto))
        list(lettore.embedded_signatures)
    except (PdfError, ValueError, KeyError, TypeError, IndexError) as errore:
        raise PdfNonFirmato(ROVINATO) from errore
    return lettore


def _contesto(autorita: list[Any]) -> Any:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(
        trust_roots=autorita, allow_fetching=False, revocation_mode="soft-fail"
    )


def _integra(firma: Any, contesto: Any) -> Any:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError

    try:
        stato = in_un_filo(lambda: validate_pdf_signature(firma, contesto))
    except (PdfError, SignatureValidationError, ValueError, KeyError, TypeError) as errore:
        raise PdfNonFirmato(
            _("La firma «%(campo)s» non si legge: firmare di nuovo il documento scaricato.")
            % {"campo": firma.field_name}
        ) from errore
    if not (stato.intact and stato.valid):
        raise PdfNonFirmato(
            _(
                "La firma «%(campo)s» non è integra: il file è stato cambiato dopo la firma. "
                "Firmare di nuovo il documento scaricato."
            )
            % {"campo": firma.field_name}
        )
    return stato


def _copre_tutto(lettore: Any) -> None:
    """The last signature or time stamp reaches the last byte."""
    from pyhanko.sign.validation import SignatureCoverageLevel

    ultima = lettore.embedded_signatures[-1]
    if ultima.evaluate_signature_coverage() != SignatureCoverageLevel.ENTIRE_FILE:
        raise PdfNonFirmato(
            _(
                "La firma non copre tutto il file: dopo la firma è stato aggiunto qualcosa. "
                "Caricare il file così come lo dà il programma di firma, senza risalvarlo."
            )
        )


def _aggiunge_solo_firme(lettore: Any, stampato: bytes) -> None:
    from pyhanko.pdf_utils.misc import PdfError

    try:
        solo_firme = cambia_solo_le_firme(lettore, stampato)
    except (PdfError, AttributeError, KeyError, TypeError, ValueError) as errore:
        raise PdfNonFirmato(ROVINATO) from errore
    if not solo_firme:
        raise PdfNonFirmato(
            _(
                "Insieme alla firma è stato cambiato il documento (note, pagine, testi): firmare "
                "il PDF scaricato senza aggiungere altro."
            )
        )


def _certificato_valido(stato: Any, letta: FirmaLetta) -> None:
    """At the time of the signature, or now if it does not say when."""
    certificato = stato.signing_cert
    marca = getattr(stato.timestamp_validity, "timestamp", None)
    quando = marca or stato.signer_reported_dt or timezone.now()
    if quando > timezone.now():
        raise PdfNonFirmato(
            _(
                "La firma di %(nome)s ha una data futura: controllare l'orologio del computer e "
                "firmare di nuovo."
            )
            % {"nome": letta.nome}
        )
    if not certificato.not_valid_before <= quando <= certificato.not_valid_after:
        raise PdfNonFirmato(
            _(
                "Il certificato di %(nome)s non era valido il %(giorno)s: vale dal %(dal)s al "
                "%(al)s. Firmare con un certificato in corso di validità."
            )
            % {
                "nome": letta.nome,
                "giorno": f"{timezone.localtime(quando):%d/%m/%Y}",
                "dal": f"{timezone.localtime(certificato.not_valid_before):%d/%m/%Y}",
                "al": f"{timezone.localtime(certificato.not_valid_after):%d/%m/%Y}",
            }
        )
