# The editors' page: docker build -t annotate . && see compose.yaml
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY annotate annotate
COPY models models
RUN pip wheel --no-cache-dir --wheel-dir /wheels '.[postgresql]'

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 annotate
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --no-index --find-links /wheels 'annotate[postgresql]' && rm -r /wheels
USER annotate
ENV PYTHONUNBUFFERED=1 MALLOC_ARENA_MAX=2
EXPOSE 8765
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8765/health')"]
# Beyond loopback it starts only with ANNOTATE_TOKEN or --user-header.
ENTRYPOINT ["annotate"]
CMD ["serve", "--host", "0.0.0.0"]
