# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vocabulary of the REST API, and the resources of the ground floor.

A resource is a view with knobs (``risorse``); what it takes and gives is a serializer; what it
writes is an action. Errors are problem+json (``errori``), numbers exact (``formato``).
"""
