# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./avvia and ./prova: hands over to strumenti/<programma>.py under a Python new enough.

lancia() {
    programma=$1
    shift
    for nome in "${ALBERO_PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
        if "$nome" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            PYTHONPATH=$radice exec "$nome" -m "strumenti.$programma" "$@"
        fi
    done
    trovato=$(python3 --version 2>/dev/null || echo "nessun Python")
    echo "Albero ha bisogno di Python 3.11 o più recente e qui c'è $trovato:" \
        "su Debian 12 o Ubuntu basta «sudo apt-get install python3.11 python3.11-venv»" \
        "(su Debian 13 e Ubuntu 24.04 «sudo apt-get install python3 python3-venv»)." >&2
    exit 1
}
