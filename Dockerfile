# Tandem in a container: what is locked and nothing else, no root, nothing written but under /data.
# By itself it runs bot and scheduler in one process with its records in /data; compose.yml shows the larger way.

FROM python:3.11-slim AS locked
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin tandem \
    && install --directory --owner=10001 --mode=0700 /data
# The default database lies in the user's data folder: /data/tandem/tandem.sqlite3.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    XDG_DATA_HOME=/data \
    LOG_FORMAT=json \
    TANDEM_OPERATOR_PORT=9464
WORKDIR /app
COPY --from=locked /opt/venv /opt/venv
COPY manifest.yml LICENSE ./
COPY bot bot
COPY scheduler scheduler
USER 10001
VOLUME /data
# For Slack by HTTP, and for the operator. Nothing has to be published for Socket Mode.
EXPOSE 3000 9464
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen('http://127.0.0.1:' + os.environ['TANDEM_OPERATOR_PORT'] + '/healthz', timeout=4)"]
CMD ["python", "-m", "bot.cli", "run"]
