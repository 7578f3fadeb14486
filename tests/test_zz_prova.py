import threading
import pytest
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from obiettivi import azioni
from obiettivi.azioni import esecuzione
from piani.models import Piano
from tests.obiettivi.test_massivo import *

@insieme
def test_zz(ente):
    piani=[piano_con(10, ente) for _ in range(2)]
    preso=threading.Event(); via=threading.Event()
    def blocco():
        with transaction.atomic():
            esecuzione._blocca([piani[0].pk]); preso.set(); via.wait(10)
            import time; time.sleep(1)
            esecuzione._blocca([piani[1].pk])
    with ThreadPoolExecutor(2) as due:
        a=due.submit(in_un_altra_connessione, blocco)
        preso.wait(); via.set()
        b=due.submit(in_un_altra_connessione, lambda: chiedi(piani[1], piani[0]))
        for x in (a,b):
            try: x.result(); print("ESITO ok")
            except Exception as e: print("ESITO", type(e), str(e)[:80])
