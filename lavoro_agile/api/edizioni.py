# SPDX-License-Identifier: AGPL-3.0-or-later
"""The regulations, with their rules."""

from rest_framework import serializers

from lavoro_agile.api.base import Risorsa
from lavoro_agile.azioni.edizione import PERMESSO, chiudi_edizione, metti_in_vigore
from lavoro_agile.models import EdizioneLavoroAgile
from piani.api.elenchi import filtro
from piani.api.forme import Forma
from piani.api.passi import un_passo


class EdizioneAgileForma(Forma):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    azienda = serializers.CharField(source="azienda.codice")
    nome = serializers.CharField()
    anno_inizio = serializers.IntegerField()
    anno_fine = serializers.IntegerField()
    atto = serializers.CharField()
    atto_data = serializers.DateField(allow_null=True)
    stato = serializers.CharField(help_text="bozza, in_vigore o chiusa.")
    dimostrativa = serializers.BooleanField(help_text="Inventata per prova.")
    parametri = serializers.DictField(help_text="Le regole, ciascuna con il suo articolo.")


class EdizioneRisorsa(Risorsa):
    """I regolamenti del lavoro agile, con le loro regole."""

    raccolta = "edizioni-del-lavoro-agile"
    modello = EdizioneLavoroAgile
    serializer_class = EdizioneAgileForma
    filterset_class = filtro(EdizioneLavoroAgile, "nome", azienda="azienda__codice", stato="stato")
    ordini = {"nome": "nome", "anno": "anno_inizio"}
    ordine = ("-anno_inizio",)
    lookup_field = "slug"
    lookup_value_regex = r"[-a-zA-Z0-9_]{1,80}"
    collegati = ("azienda",)
    in_vigore = un_passo("in-vigore", "Metti in vigore", PERMESSO, metti_in_vigore)
    chiusura = un_passo("chiusura", "Chiudi", PERMESSO, chiudi_edizione)
