# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form of the PIAO follows the number of employees; its receipt keeps its file."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from piani import azioni
from piani.models import Azienda, Piano, Utente
from tests.factories import PianoFactory, piano_pronto
from tests.pagina import leggi
from tests.piani.test_pubbliche import pubblicato

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]


def test_la_forma_del_piao_segue_il_numero_di_dipendenti(
    azienda: Azienda, controllo: Utente
) -> None:
    azienda.dipendenti = 30
    azienda.save()
    piao = azioni.crea_piano(
        azienda, tipo="piao", titolo="PIAO", anno_inizio=2026, anno_fine=2028, da=controllo
    )
    assert piao.meno_di_50
    adottato = PianoFactory(azienda=azienda, tipo="piao", stato="adottato", meno_di_50=True)
    azienda.dipendenti = 900
    assert azioni.allinea_forma(azienda, da=None) == 1
    assert azioni.allinea_forma(azienda, da=None) == 0
    piao.refresh_from_db()
    adottato.refresh_from_db()
    assert (piao.meno_di_50, adottato.meno_di_50) == (False, True)
    azienda.dipendenti = None
    assert azioni.allinea_forma(azienda, da=None) == 0


def test_la_ricevuta_si_allega_solo_come_pdf_o_immagine(
    azienda: Azienda, controllo: Utente, client: Client, entra: Callable[[Utente], Client]
) -> None:
    documento = pubblicato(piano_pronto(azienda, tipo="piao", titolo="PIAO"))
    piano = Piano.objects.get(pk=documento.piano_id)
    campi = {"data": timezone.localdate(), "protocollo": "P/9", "da": controllo}
    with pytest.raises(ValidationError, match="PDF o come immagine") as errore:
        azioni.registra_ricevuta(
            piano, file=SimpleUploadedFile("a.pdf", b"<html>no</html>"), **campi
        )
    assert list(errore.value.message_dict) == ["file"]
    assert not piano.ricevute_portale.exists()
    casa = f"/piani/{piano.slug}/stato/"
    fatta = entra(controllo).post(
        f"{casa}portale/",
        {
            "data": timezone.localdate().isoformat(), "protocollo": "P/9",
            "file": SimpleUploadedFile("ricevuta.pdf", b"%PDF-1.7 prova"),
        },
    )  # fmt: skip
    assert fatta.status_code == 302
    ricevuta = piano.ricevute_portale.get()
    dove = leggi(client.get(casa)).uno(f'a[href="{reverse("ricevuta_file", args=[ricevuta.pk])}"]')
    scaricata = client.get(dove["href"])
    assert b"".join(scaricata.streaming_content) == b"%PDF-1.7 prova"
    assert scaricata["Content-Disposition"].endswith(f'filename="ricevuta-{piano.slug}-p9.pdf"')
    assert len(ricevuta.sha256) == 64
    ricevuta.file.delete(save=False)
    assert client.get(dove["href"]).status_code == 404
