"""dbt-bigquery: the project in folder dbt, built twice."""
import os
import pathlib
import shutil

from compatibility import equal
from google_cloud_bigquery import connect

PROFILE = """
shop:
  target: local
  outputs:
    local:
      type: bigquery
      method: oauth-secrets
      token: none
      project: python-project
      dataset: models
      threads: 1
      job_retries: 0
"""
RESOURCES = [
    ("seed", "seed.shop.brands", None),
    ("view", "model.shop.brand_view", None),
    ("table", "model.shop.brand_table", None),
    ("incremental model, merge", "model.shop.brand_merge", None),
    ("incremental model, insert_overwrite of partitions", "model.shop.brand_days", None),
    ("snapshot", "snapshot.shop.brand_history", None),
    ("tests not_null and unique", "test.shop", None),
]


def run(suite, folder):
    from dbt.cli.main import dbtRunner

    project = pathlib.Path(folder) / "dbt"
    shutil.copytree(pathlib.Path(__file__).with_name("dbt"), project)
    (project / "profiles.yml").write_text(PROFILE, encoding="utf-8")
    os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
    arguments = ["--quiet", "build", "--project-dir", str(project), "--profiles-dir", str(project)]
    runs = []
    for _ in range(2):
        built = dbtRunner().invoke(arguments)
        if built.exception is not None:
            raise built.exception
        runs.append({result.node.unique_id: result for result in built.result.results})

    for name, resource, known in RESOURCES:
        def work(resource=resource):
            for results in runs:
                found = [result for unique_id, result in results.items() if unique_id.startswith(resource)]
                equal(bool(found), True)
                for result in found:
                    if result.status not in ("success", "pass"):
                        raise AssertionError(f"{result.status}: {result.message}")
        suite.check("dbt-bigquery", f"{name}, run twice", work, known)

    def rows_after_two_runs():
        counted = connect().query_and_wait(
            "SELECT (SELECT COUNT(*) FROM models.brand_merge), (SELECT COUNT(*) FROM models.brand_days),"
            " (SELECT COUNT(*) FROM models.brand_history)")
        equal([tuple(row.values()) for row in counted], [(3, 3, 3)])
    suite.check("dbt-bigquery", "no rows are duplicated by the second run", rows_after_two_runs)
