# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is told of an error that nobody foresaw: a sentence to the person, the rest to the log."""

import logging
import secrets

from django.utils.translation import gettext as _


def imprevisto(log: logging.Logger, lavoro: str) -> str:
    """Log the exception being handled under a reference, and give the sentence that names it.

    :param lavoro: what was being done, for who reads the log.
    """
    riferimento = secrets.token_hex(4)
    log.exception("%s: errore imprevisto, riferimento %s", lavoro, riferimento)
    return _(
        "Il programma si è fermato per un errore che non prevedeva, e il lavoro non è stato fatto; "
        "ciò che c'era prima è rimasto com'era. Chi amministra Albero ne trova la causa nel log, "
        "cercando «%(riferimento)s»: tolta la causa, si può chiedere di nuovo."
    ) % {"riferimento": riferimento}
