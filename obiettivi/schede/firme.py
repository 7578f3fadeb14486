# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose signature a scheda awaits: Direzione, Dipartimento, Responsabile (Piano 2022-2024, 6.4).

Who signs is read from the chart and the incarichi of the day:

* Direzione: anyone of the Direzione strategica of the azienda;
* Responsabile: who answers for the CdR, that is its head or, if it has none, the head of the
  nearest unit above;
* Dipartimento: who answers for the nearest unit above of type «dipartimento» or, without one, for
  the unit right above. It is not due when the CdR is itself a dipartimento, when nothing stands
  above it, when nobody answers for the unit above and that is no dipartimento, or when the same
  person answers for both: one signature is enough.

A deputy does not sign in their own right: the head lends them the incarico (delega), and both
names stay on the signature.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi.models import FirmaScheda, SchedaBudget
from piani.models import Azienda, Incarico, Ruolo, UnitaOrganizzativa, Utente
from piani.organigramma.discendenza import corrispondenti
from piani.organigramma.responsabili import guide

Tipo = UnitaOrganizzativa.Tipo


@dataclass(frozen=True)
class Posto:
    """The place of a signature: whether it is due, whose it is, and why so, in words."""

    ruolo: FirmaScheda.Ruolo
    dovuta: bool
    titolare: Incarico | None
    perche: str

    def spetta_a(self, utente: Utente, azienda: int) -> bool:
        """Whether the person may sign here today, for themselves or with a lent incarico."""
        miei = utente.incarichi_di_oggi
        if self.ruolo == FirmaScheda.Ruolo.DIREZIONE:
            return any(uno.ruolo == Ruolo.DIREZIONE and uno.azienda_id == azienda for uno in miei)
        return self.titolare is not None and any(uno.pk == self.titolare.pk for uno in miei)


class Firmatari:
    """Who signs the schede of an azienda on a day; read in a few queries for all of them."""

    def __init__(self, azienda: Azienda, giorno: date | None = None) -> None:
        oggi = giorno or timezone.localdate()
        self.oggi = {una.pk: una for una in UnitaOrganizzativa.objects.alla_data(azienda, oggi)}
        self.di_oggi = corrispondenti(azienda, oggi)
        self.guide = guide(list(self.oggi.values()), oggi)

    def responsabile(self, scheda: SchedaBudget) -> Incarico | None:
        """Who answers for the CdR of a scheda."""
        cdr = self._cdr(scheda)
        return self.guide[cdr.pk].responsabile if cdr else None

    def posti(self, scheda: SchedaBudget) -> list[Posto]:
        """The three places, in the order in which the scheme lists them."""
        direzione = Posto(
            FirmaScheda.Ruolo.DIREZIONE,
            dovuta=True,
            titolare=None,
            perche=_("Firma una persona della Direzione strategica."),
        )
        return [direzione, self._dipartimento(scheda), self._responsabile(scheda)]

    def _cdr(self, scheda: SchedaBudget) -> UnitaOrganizzativa | None:
        """The CdR as it is in the chart of today."""
        chiave = scheda.unita_id or 0
        return self.oggi.get(self.di_oggi.get(chiave, chiave))

    def _responsabile(self, scheda: SchedaBudget) -> Posto:
        cdr, titolare = self._cdr(scheda), self.responsabile(scheda)
        if titolare is None:
            perche = _("Oggi nessuno risponde di «%(unita)s»: il responsabile va nominato.") % {
                "unita": scheda.unita
            }
        elif cdr is not None and titolare.unita_id != cdr.pk:
            perche = _(
                "«%(unita)s» oggi è senza responsabile: risponde %(chi)s (%(dove)s)."
            ) % {"unita": cdr, "chi": titolare.utente, "dove": titolare.unita}  # fmt: skip
        else:
            perche = _("Firma %(chi)s.") % {"chi": titolare.utente}
        return Posto(FirmaScheda.Ruolo.RESPONSABILE, True, titolare, perche)

    def _dipartimento(self, scheda: SchedaBudget) -> Posto:
        ruolo, cdr = FirmaScheda.Ruolo.DIPARTIMENTO, self._cdr(scheda)
        sopra = self._sopra(cdr)
        if cdr is None or sopra is None:
            motivo = _("Non dovuta: sopra il CdR non c'è un dipartimento.")
            if cdr is not None and cdr.tipo == Tipo.DIPARTIMENTO:
                motivo = _("Non dovuta: il CdR è esso stesso un dipartimento.")
            return Posto(ruolo, False, None, motivo)
        titolare = self.guide[sopra.pk].responsabile
        if titolare is None and sopra.tipo == Tipo.DIPARTIMENTO:
            motivo = _("Oggi nessuno dirige «%(unita)s»: il direttore va nominato.")
            return Posto(ruolo, True, None, motivo % {"unita": sopra})
        if titolare is None:
            motivo = _("Non dovuta: oggi nessuno dirige «%(unita)s».") % {"unita": sopra}
            return Posto(ruolo, False, None, motivo)
        del_cdr = self.responsabile(scheda)
        if del_cdr is not None and del_cdr.utente_id == titolare.utente_id:
            motivo = _(
                "Non dovuta: di «%(unita)s» risponde la stessa persona che firma per il CdR."
            ) % {"unita": sopra}
            return Posto(ruolo, False, None, motivo)
        firma = _("Firma %(chi)s (%(dove)s).") % {"chi": titolare.utente, "dove": titolare.unita}
        return Posto(ruolo, True, titolare, firma)

    def _sopra(self, cdr: UnitaOrganizzativa | None) -> UnitaOrganizzativa | None:
        """The unit whose head signs as Dipartimento."""
        if cdr is None or cdr.tipo == Tipo.DIPARTIMENTO:
            return None
        padre = sopra = self.oggi.get(cdr.parent_id or 0)
        while sopra is not None and sopra.tipo != Tipo.DIPARTIMENTO:
            sopra = self.oggi.get(sopra.parent_id or 0)
        return sopra or padre
