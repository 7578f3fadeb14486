# SPDX-License-Identifier: AGPL-3.0-or-later
# One image for the three processes of docker-compose.yml: web, worker, beat.
FROM python:3.11.13-slim-bookworm

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    XDG_CACHE_HOME=/tmp \
    ALBERO_MODO=produzione \
    ALBERO_DATI=/dati \
    STATIC_ROOT=/albero/statici

# Pango lays out the PDF; the last one subsets its fonts.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /albero --shell /usr/sbin/nologin albero \
    && install -d -o albero -g albero /dati

WORKDIR /albero
COPY requirements.txt ./
RUN pip install --require-hashes --only-binary :all: -r requirements.txt
COPY . .

# The settings want every variable; collecting static files uses none of these.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(50))')" \
    DATABASE_URL=postgres://nessuno@localhost/nessuna REDIS_URL=redis://localhost/0 \
    python manage.py collectstatic --noinput --verbosity 0

USER albero
VOLUME /dati
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
    CMD ["python", "-m", "strumenti.salute", "web"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", \
    "--threads", "2", "--timeout", "60", "--no-control-socket", "--worker-tmp-dir", "/tmp", \
    "--access-logfile", "-", "--logger-class", "config.registro_accessi.SenzaQuestionari"]
