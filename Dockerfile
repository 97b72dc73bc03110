# The assistant. Database and XMPP server run elsewhere (docker-compose.yml).

FROM python:3.13-slim AS build
WORKDIR /opt/steward
COPY .ci/uv.lock .ci/uv.lock
RUN pip install --no-cache-dir --no-deps --require-hashes -r .ci/uv.lock
COPY . .
RUN UV_NO_CACHE=1 UV_PYTHON=python3.13 .ci/install

FROM python:3.13-slim
RUN groupadd --gid 1000 steward \
    && useradd --uid 1000 --gid steward --no-create-home --home-dir /var/lib/steward steward \
    && install --directory --mode 0700 --owner steward --group steward /var/lib/steward
COPY --from=build /opt/steward /opt/steward
ENV STEWARD_HOME=/var/lib/steward PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER steward
WORKDIR /var/lib/steward
VOLUME /var/lib/steward
EXPOSE 8422
HEALTHCHECK --interval=30s --timeout=15s --start-period=30s \
    CMD ["/opt/steward/.venv/bin/steward", "status"]
ENTRYPOINT ["/opt/steward/.venv/bin/steward"]
CMD ["run", "--headless"]
