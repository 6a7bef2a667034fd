# The exchange without its development tools; runs as a user that owns nothing it executes.
FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/exchange \
    && /opt/exchange/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt

FROM python:3.11-slim
ENV PATH=/opt/exchange/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=config.settings \
    EXCHANGE_STATIC_ROOT=/app/staticfiles
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin exchange
WORKDIR /app
COPY --from=build /opt/exchange /opt/exchange
COPY . .
# A key of the build only: collecting files signs nothing.
RUN python tools/messages.py compile \
    && mkdir staticfiles \
    && DATABASE_URL=postgres://nobody@localhost/none EXCHANGE_HOSTS=localhost \
       EXCHANGE_SECRET_KEY=$(python -c 'import secrets; print(secrets.token_urlsafe(64))') \
       python manage.py collectstatic --no-input
USER exchange
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen(u.Request('http://127.0.0.1:8000/healthz', headers={'Host': 'localhost'}), timeout=2)"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm"]
