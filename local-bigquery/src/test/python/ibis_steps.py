"""ibis-framework: tables, memtables, expressions and rows."""
import pathlib

import ibis
import pandas

from compatibility import equal
from google_cloud_bigquery import PROJECT, connect, reader


def run(suite, grpc_port, folder):
    client = connect()
    client.create_dataset("ibis")
    backend = ibis.bigquery.connect(
        project_id=PROJECT, dataset_id="ibis", client=client, storage_client=reader(grpc_port))

    def step(name, known=None):
        return lambda work: suite.check("ibis-framework", name, work, known)

    brands = pandas.DataFrame({"id": [1, 2, 3], "name": ["Zara", "H&M", None], "price": [1.5, 2.5, 3.5]})

    @step("create a table from a schema, list it, read its schema")
    def _():
        backend.create_table("empty", schema=ibis.schema({"id": "!int64", "tags": "array<string>", "at": "timestamp('UTC')"}))
        equal(backend.list_tables(), ["empty"])
        equal(backend.table("empty").schema().names, ("id", "tags", "at"))

    @step("create a table from a data frame (memtable), and insert into it")
    def _():
        backend.create_table("brands", brands)
        backend.insert("brands", brands.assign(id=brands["id"] + 3))
        equal(backend.table("brands").count().execute(), 6)

    @step("filter, group, order and limit")
    def _():
        table = backend.table("brands")
        found = (table.filter(table.price > 2).group_by("name").aggregate(total=table.price.sum())
                 .order_by("total").limit(1).execute())
        equal(found.to_dict("records"), [{"name": "H&M", "total": 5.0}])

    @step("join a table with a memtable")
    def _():
        table = backend.table("brands")
        other = ibis.memtable({"id": [1, 2], "country": ["ES", "SE"]})
        joined = table.join(other, "id").select("name", "country").order_by("name").execute()
        equal(joined.to_dict("records"), [{"name": "H&M", "country": "SE"}, {"name": "Zara", "country": "ES"}])

    @step("arrays, structs, dates and window functions")
    def _():
        table = backend.table("brands")
        found = table.select(
            "id", rank=ibis.row_number().over(order_by=table.id), day=ibis.date("2024-01-31").strftime("%Y"),
            list=ibis.array([table.id, 2]), pair=ibis.struct({"x": table.id})).order_by("id").limit(1).execute()
        equal(found.to_dict("records"), [{"id": 1, "rank": 0, "day": "2024", "list": [1, 2], "pair": {"x": 1}}])

    @step("to_pyarrow")
    def _():
        equal(backend.table("brands").select("id").order_by("id").to_pyarrow().to_pylist()[0], {"id": 1})

    @step("read_parquet, read_csv and read_json")
    def _():
        files = pathlib.Path(folder)
        brands.to_parquet(files / "brands.parquet")
        brands.to_csv(files / "brands.csv", index=False)
        brands.to_json(files / "brands.json", orient="records", lines=True)
        for read, name in ((backend.read_parquet, "brands.parquet"), (backend.read_csv, "brands.csv"),
                           (backend.read_json, "brands.json")):
            equal(read(files / name).price.sum().execute(), 7.5)

    @step("create a view and a table from expressions, truncate and drop them")
    def _():
        backend.create_view("names", backend.table("brands").select("name"))
        equal(backend.table("names").count().execute(), 6)
        backend.drop_view("names")
        backend.create_table("copied", backend.table("brands"))
        equal(backend.table("copied").count().execute(), 6)
        backend.truncate_table("brands", database=(PROJECT, "ibis"))
        equal(backend.table("brands").count().execute(), 0)
        backend.drop_table("brands")

    @step("raw SQL with parameters of expressions")
    def _():
        x = ibis.param("int64")
        equal(backend.execute((x + 1).name("y"), params={x: 1}), 2)
        equal(backend.sql("SELECT 1 AS a").execute().to_dict("records"), [{"a": 1}])
