"""Commands that start Airflow on this machine: `make run` (once, in one process) and `make up` (with the web UI)."""
