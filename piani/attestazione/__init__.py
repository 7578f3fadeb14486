# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Nucleo's grid of the obligations of publication, and the attestation that goes with it."""
