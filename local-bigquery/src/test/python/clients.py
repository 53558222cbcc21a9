"""Python clients against a running local-bigquery: clients.py HTTP_PORT GRPC_PORT FOLDER [--update]"""
import os
import sys
import warnings

http, grpc_port, folder = sys.argv[1:4]
# Google's library, and all clients that are built on it, send their requests to this address.
os.environ["BIGQUERY_EMULATOR_HOST"] = f"http://127.0.0.1:{http}"
warnings.filterwarnings("ignore")

import dbt_steps
import dlt_steps
import google_cloud_bigquery
import ibis_steps
import pandas_gbq_steps
import sqlalchemy_steps
from compatibility import Suite

suite = Suite()
google_cloud_bigquery.run(suite, grpc_port)
pandas_gbq_steps.run(suite)
sqlalchemy_steps.run(suite)
ibis_steps.run(suite, grpc_port, folder)
dbt_steps.run(suite, folder)
dlt_steps.run(suite, folder)
sys.exit(suite.finish("--update" in sys.argv[4:]))
