"""pandas-gbq: a query into a data frame, and a data frame into a table."""
import pandas
import pandas_gbq

from compatibility import equal
from google_cloud_bigquery import PROJECT, connect


def run(suite):
    client = connect()
    client.create_dataset("frames")

    def step(name, known=None):
        return lambda work: suite.check("pandas-gbq", name, work, known)

    def read(sql, **options):
        return pandas_gbq.read_gbq(sql, project_id=PROJECT, bigquery_client=client, progress_bar_type=None, **options)

    frame = pandas.DataFrame({"n": [1, 2], "name": ["a", None], "price": [1.5, 2.5]})

    @step("read_gbq")
    def _():
        equal(read("SELECT x FROM UNNEST([3, 4]) AS x ORDER BY x")["x"].tolist(), [3, 4])

    @step("read_gbq with parameters")
    def _():
        parameters = {"query": {"parameterMode": "NAMED", "queryParameters": [
            {"name": "x", "parameterType": {"type": "INT64"}, "parameterValue": {"value": "7"}}]}}
        equal(read("SELECT @x AS x", configuration=parameters)["x"].tolist(), [7])

    @step("to_gbq (PARQUET)")
    def _():
        pandas_gbq.to_gbq(frame, "frames.parquet", PROJECT, bigquery_client=client, progress_bar=False)
        equal(read("SELECT SUM(n) AS n FROM frames.parquet")["n"].tolist(), [3])

    @step("to_gbq with CSV, replace and append")
    def _():
        for exists in ("replace", "append"):
            pandas_gbq.to_gbq(frame, "frames.csv", PROJECT, bigquery_client=client, progress_bar=False,
                              api_method="load_csv", if_exists=exists)
        equal(read("SELECT COUNT(*) AS n FROM frames.csv")["n"].tolist(), [4])
