"""Commands that start Airflow on this machine: `make run` (once) and `make up` (with the web UI)."""
