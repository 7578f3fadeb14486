# SPDX-License-Identifier: AGPL-3.0-or-later
"""One sharing of the envelope among the projects still there; see `riparto`."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.metodo import Metodo, Regola
from conciliazione.calcolo.parole import cifra, euro, importo, quota_in_parole, troncata
from conciliazione.calcolo.resti import Quota, in_proporzione
from conciliazione.calcolo.richiesta import Richiesta, cent, da_cent, trova


class Giro:
    """One sharing among those still there: who got what (``dati``, cents) and the sentences."""

    def __init__(
        self, dotazione: int, in_gara: list[Richiesta], basi: dict[str, int], metodo: Metodo
    ) -> None:
        self.in_gara = {una.chiave: una for una in in_gara}
        self.basi = {chiave: basi[chiave] for chiave in self.in_gara}
        self.metodo = metodo
        self.restano = dotazione
        self.dotazione = dotazione
        self.dati = dict.fromkeys(self.in_gara, 0)
        self.di: dict[str, list[str]] = {chiave: [] for chiave in self.in_gara}
        self.generali: list[str] = []

    def assegna(self) -> None:
        chiesto = sum(una.richiesto for una in self.in_gara.values())
        self.generali.append(
            f"Da ripartire {euro(da_cent(self.dotazione))}; i progetti in gara chiedono "
            f"{euro(Decimal(chiesto))}, che dopo tagli e tetti fanno "
            f"{euro(da_cent(sum(self.basi.values())))}."
        )
        if self.metodo.regola == Regola.ALIQUOTA:
            self._aliquota()
        elif self.metodo.regola == Regola.A_MANO:
            self._a_mano()
        else:
            self._garantiti()
            self._riserve()
            self._dai(self.restano, self._mancano(), "")

    def _mancano(self) -> dict[str, int]:
        return {chiave: base - self.dati[chiave] for chiave, base in self.basi.items()}

    def _da(self, chiave: str, centesimi: int, frase: str) -> None:
        self.dati[chiave] += centesimi
        self.restano -= centesimi
        self.di[chiave].append(frase)

    def _aliquota(self) -> None:
        aliquota = self.metodo.aliquota or ZERO
        for chiave, base in self.basi.items():
            esatto = Fraction(base) * Fraction(aliquota) / 100
            dato = int(esatto + Fraction(1, 2))
            self._da(
                chiave,
                dato,
                f"{importo(da_cent(base))} × {cifra(aliquota)} % = {euro(da_cent(dato))}.",
            )

    def _a_mano(self) -> None:
        for chiave in self.basi:
            suo = trova(self.metodo.importi, chiave)
            dato = min(cent(suo.importo) if suo else 0, self.basi[chiave])
            perche = f" ({suo.motivo})" if suo and suo.motivo else ""
            self._da(chiave, dato, f"Importo scritto a mano{perche}: {euro(da_cent(dato))}.")

    def _garantiti(self) -> None:
        for uno in self.metodo.garantiti:
            if uno.chiave in self.basi:
                dato = min(cent(uno.importo), self.basi[uno.chiave])
                self._da(uno.chiave, dato, f"Tiene ciò che aveva già: {euro(da_cent(dato))}.")
        if any(self.dati.values()):
            self.generali.append(
                f"Restano garantiti {euro(da_cent(sum(self.dati.values())))} già assegnati: da "
                f"scorrere {euro(da_cent(max(self.restano, 0)))}."
            )

    def _riserve(self) -> None:
        accantonato = 0
        for riserva in self.metodo.riserve:
            pieno = int(Fraction(self.dotazione) * Fraction(riserva.quota) / 100 + Fraction(1, 2))
            disponibile = max(self.restano - accantonato, 0)
            vaso = min(pieno, disponibile)
            mancano = self._mancano()
            bisogni = {
                chiave: min(cent(una.riservabile.get(riserva.codice, ZERO)), mancano[chiave])
                for chiave, una in self.in_gara.items()
            }
            prima = self.restano
            self.generali.append(
                f"Riserva «{riserva.nome}»: {cifra(riserva.quota)} % di "
                f"{importo(da_cent(self.dotazione))} = {euro(da_cent(pieno))}; chiedono per essa "
                f"{euro(da_cent(sum(bisogni.values())))}."
            )
            self._dai(vaso, bisogni, f"Riserva «{riserva.nome}». ")
            avanza = vaso - (prima - self.restano)
            if avanza:
                dove = "tornano agli altri" if self.metodo.riserve_tornano else "restano da parte"
                self.generali.append(
                    f"Della riserva «{riserva.nome}» avanzano {euro(da_cent(avanza))}: {dove}."
                )
                accantonato += 0 if self.metodo.riserve_tornano else avanza
        self.restano -= accantonato

    def _dai(self, vaso: int, bisogni: Mapping[str, int], prefisso: str) -> None:
        vaso = max(vaso, 0)
        bisogni = {chiave: uno for chiave, uno in bisogni.items() if uno > 0}
        if self.metodo.regola == Regola.GRADUATORIA:
            self._in_ordine(vaso, bisogni, prefisso)
        elif bisogni:
            self._proporzione(vaso, bisogni, prefisso)

    def _in_ordine(self, vaso: int, bisogni: Mapping[str, int], prefisso: str) -> None:
        """Whole requests by rank; equal ranks share in proportion what does not cover them."""
        for chiave in bisogni:
            if self.in_gara[chiave].posto is None:
                self.di[chiave].append(f"{prefisso}Non è in graduatoria: non concorre.")
        posti = sorted({p for k in bisogni if (p := self.in_gara[k].posto) is not None})
        finita = False
        for posto in posti:
            gruppo = {k: uno for k, uno in bisogni.items() if self.in_gara[k].posto == posto}
            dovuto = sum(gruppo.values())
            if not finita and dovuto <= vaso:
                for chiave, uno in gruppo.items():
                    self._da(
                        chiave,
                        uno,
                        f"{prefisso}{posto}º in graduatoria: {euro(da_cent(uno))}, tutto.",
                    )
                vaso -= dovuto
                continue
            if not finita and vaso and self.metodo.parziale:
                self.generali.append(
                    f"{prefisso}Al {posto}º posto restano {euro(da_cent(vaso))} per "
                    f"{euro(da_cent(dovuto))}: si dà ciò che resta."
                )
                self._proporzione(vaso, gruppo, prefisso)
                vaso = 0
            else:
                for chiave in gruppo:
                    self.di[chiave].append(
                        f"{prefisso}{posto}º in graduatoria: le risorse non bastano."
                    )
            finita = True

    def _proporzione(self, vaso: int, bisogni: Mapping[str, int], prefisso: str) -> None:
        somma = sum(bisogni.values())
        if vaso >= somma:
            for chiave, uno in bisogni.items():
                self._da(chiave, uno, f"{prefisso}Le risorse bastano: {euro(da_cent(uno))}, tutto.")
            return
        quote = in_proporzione(vaso, bisogni)
        parte = Fraction(vaso, somma)
        self.generali.append(
            f"{prefisso}In proporzione: {importo(da_cent(vaso))} : {importo(da_cent(somma))} = "
            f"{quota_in_parole(parte)}."
        )
        for chiave, quota in quote.items():
            self._da(
                chiave, quota.centesimi, prefisso + _conto(bisogni[chiave], vaso, somma, quota)
            )
        fortunati = [self.in_gara[k].nome for k, quota in quote.items() if quota.dai_resti]
        if fortunati:
            self.generali.append(
                f"{prefisso}Centesimi che avanzano dal troncamento: {len(fortunati)}, uno a testa "
                f"ai resti più grandi: {', '.join(f'«{uno}»' for uno in sorted(fortunati))}."
            )


def _conto(bisogno: int, vaso: int, somma: int, quota: Quota) -> str:
    """The sentence of a share: the product, where it was cut, the cent of the remainders."""
    parte, intero = Fraction(vaso, somma), da_cent(int(quota.esatta))
    percento = quota_in_parole(parte)
    if "…" in percento:
        testo = (
            f"{importo(da_cent(bisogno))} × {importo(da_cent(vaso))} : {importo(da_cent(somma))}"
        )
    else:
        testo = f"{importo(da_cent(bisogno))} × {percento}"
    if quota.esatta.denominator == 1:
        return f"{testo} = {euro(intero)}."
    esatta = troncata(quota.esatta / 100, 6)
    segue = "" if Fraction(esatta) == quota.esatta / 100 else "…"
    testo += f" = {cifra(esatta)}{segue}, troncato a {euro(intero)}"
    if quota.dai_resti:
        return f"{testo}, più 0,01 dai resti: {euro(da_cent(quota.centesimi))}."
    return f"{testo}."
