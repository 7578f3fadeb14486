# SPDX-License-Identifier: AGPL-3.0-or-later
"""The password policy, in words that Django's Italian catalogue does not have."""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LunghezzaMinima(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        return _("La password è troppo corta: servono almeno %(n)s caratteri.") % {
            "n": self.min_length
        }

    def get_help_text(self) -> str:
        return _("Almeno %(n)s caratteri, meglio una frase.") % {"n": self.min_length}
