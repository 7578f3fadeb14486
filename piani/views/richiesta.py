# SPDX-License-Identifier: AGPL-3.0-or-later
"""The request of a page."""

from django.http import HttpRequest

from piani.models import Utente


class Richiesta(HttpRequest):
    """The request of a page behind the login, where ``LoginRequiredMiddleware`` lets in nobody
    without a name: who asks is a person.
    """

    user: Utente
