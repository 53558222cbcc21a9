"""dlt: pipelines with each write disposition."""
import os
import pathlib

from compatibility import equal
from google_cloud_bigquery import PROJECT, connect


def run(suite, folder):
    os.environ["DLT_DATA_DIR"] = os.environ["DLT_PROJECT_DIR"] = str(pathlib.Path(folder) / "dlt")
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    import dlt
    from dlt.common.configuration.specs import GcpOAuthCredentials
    from google.oauth2.credentials import Credentials

    client = connect()
    credentials = GcpOAuthCredentials()
    credentials.parse_native_representation(Credentials("none", quota_project_id=PROJECT))
    destination = dlt.destinations.bigquery(credentials=credentials, project_id=PROJECT)

    def step(name, known=None):
        return lambda work: suite.check("dlt", name, work, known)

    def pipeline(table):
        """A pipeline of its own for each step, because a pipeline continues with a load that has failed."""
        return dlt.pipeline(table, destination=destination, dataset_name="pipelines", pipelines_dir=folder + "/dlt")

    def load(rows, table, disposition, **options):
        pipeline(table).run(rows, table_name=table, write_disposition=disposition, **options)

    def rows(sql):
        return [tuple(row.values()) for row in client.query_and_wait(sql)]

    first = [{"id": 1, "name": "Zara", "tags": ["a", "b"], "size": {"width": 1.5}}, {"id": 2, "name": "H&M"}]

    for file_format, known in (("jsonl", None), ("parquet", "decimalTargetTypes is refused")):
        @step(f"append, {file_format}", known)
        def _():
            table = "appended_" + file_format
            load(first, table, "append", loader_file_format=file_format)
            load([{"id": 3, "name": "C&A", "country": "DE"}], table, "append", loader_file_format=file_format)
            equal(rows(f"SELECT id, name, size__width, country FROM pipelines.{table} ORDER BY id"),
                  [(1, "Zara", 1.5, None), (2, "H&M", None, None), (3, "C&A", None, "DE")])
            equal(rows(f"SELECT COUNT(*) FROM pipelines.{table}__tags"), [(2,)])

    @step("replace (truncate-and-insert)")
    def _():
        load(first, "replaced", "replace")
        load(first[:1], "replaced", "replace")
        equal(rows("SELECT id FROM pipelines.replaced"), [(1,)])

    @step("merge (delete-insert)")
    def _():
        load(first, "merged", "merge", primary_key="id")
        load([{"id": 2, "name": "changed"}], "merged", "merge", primary_key="id")
        equal(rows("SELECT id, name FROM pipelines.merged ORDER BY id"), [(1, "Zara"), (2, "changed")])

    @step("merge (upsert)")
    def _():
        load(first, "upserted", {"disposition": "merge", "strategy": "upsert"}, primary_key="id")
        load([{"id": 2, "name": "changed"}], "upserted", {"disposition": "merge", "strategy": "upsert"}, primary_key="id")
        equal(rows("SELECT id, name FROM pipelines.upserted ORDER BY id"), [(1, "Zara"), (2, "changed")])

    @step("read a table into a data frame")
    def _():
        equal(sorted(pipeline("appended_jsonl").dataset()["appended_jsonl"].df()["id"].tolist()), [1, 2, 3])
