# Voxport with its models and an embedded PostgreSQL: `docker build -t voxport .`
# With CUDA's libraries, for GPU workers: `docker build --target gpu -t voxport:gpu .`
# Everything is installed from lock files with hashes, as wheels; nothing is compiled.

FROM python:3.11-slim-bookworm AS packages
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /build
RUN python -m venv --without-pip /opt/voxport
COPY requirements/image.txt requirements/speakers.txt requirements/
RUN python -m pip --python /opt/voxport/bin/python install --require-hashes --only-binary=:all: -r requirements/image.txt \
    && python -m pip --python /opt/voxport/bin/python install --require-hashes --only-binary=:all: --no-deps -r requirements/speakers.txt

FROM packages AS voxport
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN python -m pip --python /opt/voxport/bin/python install --no-deps --no-build-isolation .

FROM voxport AS voxport-gpu
COPY requirements/gpu.txt requirements/
RUN python -m pip --python /opt/voxport/bin/python install --require-hashes --only-binary=:all: -r requirements/gpu.txt

FROM python:3.11-slim-bookworm AS base
# An account in /etc/passwd, since PostgreSQL asks for its name; its numbers are what the Helm chart runs as.
RUN groupadd --gid 10001 voxport \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin voxport \
    && install --directory --owner=10001 --group=10001 --mode=0700 /data
ENV PATH=/opt/voxport/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    VOXPORT_DATA=/data \
    VOXPORT_HOST=0.0.0.0
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
# The API answers that its process is alive. A container that runs a worker alone has none: see compose.scaled.yaml.
HEALTHCHECK --interval=10s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python", "-I", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ.get('VOXPORT_PORT', '8000') + '/healthz', timeout=4)"]
ENTRYPOINT ["voxport"]
CMD ["serve"]

FROM base AS gpu
ENV LD_LIBRARY_PATH=/opt/voxport/lib/python3.11/site-packages/nvidia/cublas/lib:/opt/voxport/lib/python3.11/site-packages/nvidia/cudnn/lib \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
COPY --from=voxport-gpu /opt/voxport /opt/voxport

FROM base
COPY --from=voxport /opt/voxport /opt/voxport
