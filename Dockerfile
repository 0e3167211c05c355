# One image for every role: `docker run storytrail:local COMMAND` is `storytrail COMMAND`.

FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/storytrail
WORKDIR /build
# The packages first: this layer stays while only our own code changes.
# `--build-arg LOCK=semantic` makes an image with sentence vectors. The locks are complete, hence --no-deps.
ARG LOCK=app
COPY requirements/app.lock requirements/semantic.lock requirements/
RUN /opt/storytrail/bin/pip install --only-binary :all: --no-deps --require-hashes -r requirements/${LOCK}.lock
COPY pyproject.toml README.md LICENSE ./
COPY cli cli
COPY config config
COPY scheduler scheduler
COPY seeds seeds
COPY storage storage
COPY web web
COPY worker worker
RUN /opt/storytrail/bin/pip install --no-deps --no-build-isolation .

FROM python:3.12-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp --shell /usr/sbin/nologin storytrail \
    && install --directory --owner storytrail --group storytrail /data
COPY --from=build /opt/storytrail /opt/storytrail
# The user's files are mounted at /app/config, where the settings look for them. Safe path: Python must not take the
# working folder for a place of packages, since that folder has the name of one.
WORKDIR /app
ENV PATH=/opt/storytrail/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONSAFEPATH=1 \
    PYTHONUNBUFFERED=1 \
    STORYTRAIL_DATA=/data
USER 10001:10001
ENTRYPOINT ["storytrail"]
