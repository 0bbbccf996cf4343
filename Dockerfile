# One image for web, worker, beat and migrations. Packages by hash, no compiler inside, nobody is root.
FROM python:3.11-slim AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
RUN python -m venv /venv
COPY requirements-uv.lock requirements.lock ./
RUN /venv/bin/pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
    && /venv/bin/uv pip sync --no-cache --python /venv/bin/python --require-hashes requirements.lock \
    && /venv/bin/pip uninstall -y uv
COPY . .
# Collecting names every file by its content; embedded settings would not, and real secrets are not here.
RUN ONEMM_ENV=production SECRET_KEY=only-for-collecting-static-files-while-the-image-is-built-0000000 \
    ALLOWED_HOSTS=build.invalid SITE_URL=https://build.invalid DATABASE_URL=postgres://build.invalid/x \
    REDIS_URL=redis://build.invalid/0 EMAIL_URL=smtp://build.invalid:25 \
    /venv/bin/python manage.py collectstatic --no-input

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 ONEMM_ENV=production ONEMM_VAR=/var/onemm \
    NUMBA_CACHE_DIR=/var/onemm/numba
RUN useradd --system --uid 10001 --home-dir /var/onemm --create-home --shell /usr/sbin/nologin onemm
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "bin/probe.py", "live"]
CMD ["gunicorn"]
