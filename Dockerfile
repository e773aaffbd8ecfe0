# The editors' page. With PostgreSQL: compose.yaml. Alone, drafts in a volume:
#   docker build -t annotate . && docker run -p 127.0.0.1:8765:8765 -v drafts:/data -e ANNOTATE_TOKEN annotate
FROM python:3.12-slim AS build
WORKDIR /src
# The versions that were tested; the hashes are left to `make`, for pip takes none beside a folder to install.
COPY .ci/lock/dev.txt lock.txt
RUN sed -E '/--hash/d; /^ *#/d; s/ \\$//' lock.txt > versions.txt && python -m venv /venv
COPY pyproject.toml README.md LICENSE ./
COPY annotate annotate
COPY models models
RUN /venv/bin/pip install --no-cache-dir --only-binary=:all: --no-binary=annotate --constraint versions.txt '.[postgresql]'

FROM python:3.12-slim
RUN useradd --uid 10001 --create-home annotate && install -d -o annotate -g annotate /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=2 XDG_DATA_HOME=/data ANNOTATE_CACHE=/tmp/annotate
USER 10001:10001
WORKDIR /tmp
EXPOSE 8765
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8765/health')"]
# Beyond loopback it starts only with ANNOTATE_TOKEN or --user-header.
ENTRYPOINT ["annotate"]
CMD ["serve", "--host", "0.0.0.0"]
