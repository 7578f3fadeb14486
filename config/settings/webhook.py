# SPDX-License-Identifier: AGPL-3.0-or-later
"""Webhooks: who may be called, for how long one tries, how long the log is kept."""

from config.settings.ambiente import env

# Hosts of one's own network that may be called, by name or number; also without https.
WEBHOOK_HOST_INTERNI = env.list("WEBHOOK_HOST_INTERNI", default=[])
# A PEM file of authorities believed beside those of the system: one's own servers' certificates.
WEBHOOK_AUTORITA = env.str("WEBHOOK_AUTORITA", default="")
WEBHOOK_SECONDI = env.int("WEBHOOK_SECONDI", default=10)
WEBHOOK_TENTATIVI = env.int("WEBHOOK_TENTATIVI", default=8)
WEBHOOK_GIORNI = env.int("WEBHOOK_GIORNI", default=30)
# How many days before it opens a window is told.
WEBHOOK_PREAVVISO_GIORNI = env.int("WEBHOOK_PREAVVISO_GIORNI", default=1)
