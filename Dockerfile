# The image of every service in docker-compose.yml: this project with the distributed extra, from the lock, as a
# user without rights.
FROM python:3.11-slim-bookworm

# Unpinned: a Debian release carries one version of each, and drops it when a security fix replaces it.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends antiword fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 50000 fgf

WORKDIR /opt/fgf
COPY requirements-bootstrap.lock requirements-cluster.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-bootstrap.lock \
    && uv pip install --system --no-cache --compile-bytecode --require-hashes -r requirements-cluster.lock

COPY crawlers crawlers
COPY transforms transforms
COPY warehouse warehouse
COPY reports reports
COPY dags dags
COPY ops ops
# The user below cannot write beside the code: without bytecode every process would compile all that it imports.
RUN python -m compileall -q crawlers transforms warehouse reports dags ops

ENV PYTHONPATH=/opt/fgf \
    AIRFLOW_HOME=/var/lib/fgf/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/fgf/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/fgf/ops/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    AIRFLOW__CORE__DEFAULT_TIMEZONE=Asia/Shanghai \
    FGF_DATA_DIR=/var/lib/fgf/data
RUN mkdir -p /var/lib/fgf/airflow/logs /var/lib/fgf/data && chown -R fgf:fgf /var/lib/fgf
# By number, so that a cluster can see that it is not root.
USER 50000
ENTRYPOINT ["airflow"]
