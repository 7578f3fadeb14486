# SPDX-License-Identifier: AGPL-3.0-or-later
"""The prizes of a year as art. 20 D.Lgs. 33/2013 wants them told: amounts, and how selective."""
