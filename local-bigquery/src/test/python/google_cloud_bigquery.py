"""google-cloud-bigquery: tables, loads, queries with parameters, results, and rows through the Storage Read API."""
import datetime
import decimal
import io

import fastavro
import grpc
import pandas
from google.api_core.exceptions import BadRequest, NotFound
from google.auth.credentials import AnonymousCredentials
from google.cloud import bigquery
from google.cloud.bigquery import dbapi
from google.cloud.bigquery_storage import BigQueryReadClient
from google.cloud.bigquery_storage_v1.services.big_query_read.transports import BigQueryReadGrpcTransport

from compatibility import equal

PROJECT = "python-project"
CLIENT = "google-cloud-bigquery"
UTC = datetime.timezone.utc


def connect(**options):
    return bigquery.Client(project=PROJECT, credentials=AnonymousCredentials(), **options)


def reader(grpc_port):
    channel = grpc.insecure_channel(f"127.0.0.1:{grpc_port}")
    return BigQueryReadClient(transport=BigQueryReadGrpcTransport(channel=channel))


def rows(client, sql, **options):
    return [tuple(row.values()) for row in client.query_and_wait(sql, **options)]


def run(suite, grpc_port):
    client = connect()
    client.create_dataset("shop")

    def step(name, known=None):
        return lambda work: suite.check(CLIENT, name, work, known)

    @step("create a partitioned table with nested fields, describe it, change it")
    def _():
        table = bigquery.Table(f"{PROJECT}.shop.product", schema=[
            bigquery.SchemaField("brand", "STRING"),
            bigquery.SchemaField("n", "INT64", mode="REQUIRED"),
            bigquery.SchemaField("day", "DATE"),
            bigquery.SchemaField("tags", "STRING", mode="REPEATED"),
            bigquery.SchemaField("size", "RECORD", fields=[bigquery.SchemaField("width", "FLOAT64")]),
        ])
        table.time_partitioning = bigquery.TimePartitioning(field="day")
        table.clustering_fields = ["brand"]
        client.create_table(table)
        read = client.get_table("shop.product")
        equal([field.name for field in read.schema], ["brand", "n", "day", "tags", "size"])
        equal(read.time_partitioning.field, "day")
        read.description = "All products"
        read.schema = list(read.schema) + [bigquery.SchemaField("note", "STRING")]
        client.update_table(read, ["description", "schema"])
        equal(client.get_table("shop.product").schema[-1].name, "note")

    @step("create a table with NUMERIC(10, 2) and STRING(5)")
    def _():
        client.create_table(bigquery.Table(f"{PROJECT}.shop.priced", schema=[
            bigquery.SchemaField("price", "NUMERIC", precision=10, scale=2),
            bigquery.SchemaField("code", "STRING", max_length=5)]))
        price, code = client.get_table("shop.priced").schema
        equal((price.precision, price.scale, code.max_length), (10, 2, 5))

    @step("insert rows")
    def _():
        rows_to_insert = [
            {"brand": "Zara", "n": 1, "day": "2024-01-31", "tags": ["a", "b"], "size": {"width": 1.5}},
            {"brand": None, "n": 2, "day": "2024-02-01"}]
        equal(client.insert_rows_json("shop.product", rows_to_insert), [])
        [wrong] = client.insert_rows_json("shop.product", [{"n": "many"}])
        equal(wrong["index"], 0)

    @step("query with pages, arrays and structs")
    def _():
        result = client.query("SELECT x, [x, x + 1] AS pair, STRUCT(x AS x, 'a' AS a) AS s"
                              " FROM UNNEST(GENERATE_ARRAY(1, 250)) AS x ORDER BY x").result(page_size=100)
        pages = [list(page) for page in result.pages]
        equal([len(page) for page in pages], [100, 100, 50])
        equal(tuple(pages[0][0].values()), (1, [1, 2], {"x": 1, "a": "a"}))

    @step("query with named, positional, array and struct parameters")
    def _():
        named = bigquery.QueryJobConfig(query_parameters=[
            bigquery.ScalarQueryParameter("n", "INT64", 2),
            bigquery.ScalarQueryParameter("t", "TIMESTAMP", datetime.datetime(2024, 1, 31, 12, tzinfo=UTC)),
            bigquery.ScalarQueryParameter("d", "NUMERIC", decimal.Decimal("1.50")),
            bigquery.ArrayQueryParameter("list", "STRING", ["a", "b"]),
            bigquery.StructQueryParameter("s", bigquery.ScalarQueryParameter("x", "INT64", 7))])
        equal(rows(client, "SELECT @n + 1, @t, @d, ARRAY_LENGTH(@list), @s.x", job_config=named),
              [(3, datetime.datetime(2024, 1, 31, 12, tzinfo=UTC), decimal.Decimal("1.5"), 2, 7)])
        positional = bigquery.QueryJobConfig(query_parameters=[
            bigquery.ScalarQueryParameter(None, "DATE", datetime.date(2024, 1, 31)),
            bigquery.ScalarQueryParameter(None, "INT64", 1)])
        equal(rows(client, "SELECT n FROM shop.product WHERE day = ? AND n = ?", job_config=positional), [(1,)])

    @step("change rows and read how many")
    def _():
        job = client.query("UPDATE shop.product SET brand = 'H&M' WHERE n = 2")
        job.result()
        equal(job.num_dml_affected_rows, 1)

    @step("write a query's result to a table, and copy it")
    def _():
        config = bigquery.QueryJobConfig(destination=f"{PROJECT}.shop.brands", write_disposition="WRITE_TRUNCATE")
        client.query("SELECT brand, n FROM shop.product", job_config=config).result()
        client.copy_table("shop.brands", "shop.copied").result()
        equal(rows(client, "SELECT COUNT(*) FROM shop.copied"), [(2,)])

    @step("dry run")
    def _():
        job = client.query("SELECT n FROM shop.product", job_config=bigquery.QueryJobConfig(dry_run=True))
        equal(job.total_bytes_processed, 16)

    @step("describe the table of a query's result")
    def _():
        job = client.query("SELECT 1 AS x")
        job.result()
        equal(client.get_table(job.destination).num_rows, 1)

    @step("errors have the class and message of BigQuery")
    def _():
        for sql, kind, message in [("SELECT nothing", BadRequest, "Unrecognized name: nothing at [1:8]"),
                                   ("SELECT * FROM shop.missing", NotFound, "Not found: Table")]:
            try:
                client.query_and_wait(sql)
                raise AssertionError(f"{sql} passes")
            except kind as e:
                equal(message in e.message, True)

    @step("script with DECLARE and SET")
    def _():
        equal(rows(client, "DECLARE x INT64 DEFAULT 1; SET x = x + 1; SELECT x"), [(2,)])

    @step("load a CSV file, skipping its header")
    def _():
        config = bigquery.LoadJobConfig(
            source_format="CSV", skip_leading_rows=1, schema=[bigquery.SchemaField("n", "INT64")])
        client.load_table_from_file(io.BytesIO(b"n\n1\n2\n"), "shop.csv", job_config=config).result()
        equal(rows(client, "SELECT SUM(n) FROM shop.csv"), [(3,)])

    @step("load a CSV file in chunks (resumable upload)")
    def _():
        config = bigquery.LoadJobConfig(source_format="CSV", schema=[bigquery.SchemaField("n", "INT64")])
        data = b"".join(b"%d\n" % i for i in range(100_000))
        client.load_table_from_file(io.BytesIO(data), "shop.large", job_config=config).result()
        equal(rows(client, "SELECT COUNT(*), MAX(n) FROM shop.large"), [(100_000, 99_999)])

    @step("load an Avro file with logical types")
    def _():
        schema = {"type": "record", "name": "R", "fields": [
            {"name": "n", "type": "long"}, {"name": "tags", "type": {"type": "array", "items": "string"}},
            {"name": "day", "type": ["null", {"type": "int", "logicalType": "date"}]},
            {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
            {"name": "ts", "type": {"type": "long", "logicalType": "timestamp-micros"}}]}
        file = io.BytesIO()
        time = datetime.datetime(2024, 1, 31, 12, 0, 0, 1, UTC)
        fastavro.writer(file, schema, codec="deflate", records=[
            {"n": n, "tags": ["a", "b"], "day": datetime.date(2024, 1, 31) if n else None, "price": decimal.Decimal("1.50"),
             "ts": time} for n in range(2)])
        config = bigquery.LoadJobConfig(source_format="AVRO", use_avro_logical_types=True)
        client.load_table_from_file(file, "shop.avro", rewind=True, job_config=config).result()
        equal(rows(client, "SELECT n, ARRAY_LENGTH(tags), day, price, ts FROM shop.avro ORDER BY n"), [
            (0, 2, None, decimal.Decimal("1.5"), time), (1, 2, datetime.date(2024, 1, 31), decimal.Decimal("1.5"), time)])

    @step("load_table_from_json with a schema")
    def _():
        config = bigquery.LoadJobConfig(
            schema=[bigquery.SchemaField("n", "INT64"), bigquery.SchemaField("tags", "STRING", mode="REPEATED")])
        client.load_table_from_json([{"n": 1, "tags": ["a"]}, {"n": 2}], "shop.json", job_config=config).result()
        equal(rows(client, "SELECT n, ARRAY_LENGTH(tags) FROM shop.json ORDER BY n"), [(1, 1), (2, 0)])

    @step("load_table_from_json without a schema (autodetect)")
    def _():
        client.load_table_from_json(
            [{"n": 1, "name": "a", "day": "2024-01-31", "list": [1.5]}, {"n": 2, "s": {"x": True}}], "shop.detected").result()
        equal({field.name: field.field_type for field in client.get_table("shop.detected").schema},
              {"n": "INTEGER", "name": "STRING", "day": "DATE", "list": "FLOAT", "s": "RECORD"})

    @step("load a CSV file with autodetect")
    def _():
        config = bigquery.LoadJobConfig(source_format="CSV", autodetect=True)
        client.load_table_from_file(
            io.BytesIO(b"id,price,day\n1,1.5,2024-01-31\n2,,2024-02-01\n"), "shop.detected_csv", job_config=config).result()
        equal([(field.name, field.field_type) for field in client.get_table("shop.detected_csv").schema],
              [("id", "INTEGER"), ("price", "FLOAT"), ("day", "DATE")])

    @step("load_table_from_dataframe (PARQUET)")
    def _():
        frame = pandas.DataFrame({
            "n": [1, 2], "price": [decimal.Decimal("1.50"), None], "day": [datetime.date(2024, 1, 31), None],
            "ts": [pandas.Timestamp("2024-01-31T12:00:00Z"), None], "tags": [["a", "b"], []]})
        config = bigquery.LoadJobConfig(schema=[
            bigquery.SchemaField("n", "INT64"), bigquery.SchemaField("price", "NUMERIC"),
            bigquery.SchemaField("day", "DATE"), bigquery.SchemaField("ts", "TIMESTAMP"),
            bigquery.SchemaField("tags", "STRING", mode="REPEATED")])
        client.load_table_from_dataframe(frame, "shop.frame", job_config=config).result()
        equal(rows(client, "SELECT n, price, day, ts, ARRAY_TO_STRING(tags, ',') FROM shop.frame ORDER BY n"), [
            (1, decimal.Decimal("1.5"), datetime.date(2024, 1, 31), datetime.datetime(2024, 1, 31, 12, tzinfo=UTC), "a,b"),
            (2, None, None, None, "")])

    @step("to_dataframe without the Storage Read API")
    def _():
        frame = client.query("SELECT n, brand FROM shop.product ORDER BY n").to_dataframe(create_bqstorage_client=False)
        equal(frame["n"].tolist(), [1, 2])

    @step("to_dataframe of a query through the Storage Read API")
    def _():
        frame = client.query("SELECT n, brand FROM shop.product ORDER BY n").result().to_dataframe(
            bqstorage_client=reader(grpc_port))
        equal(frame["n"].tolist(), [1, 2])

    def all_types():
        client.query_and_wait(
            "CREATE OR REPLACE TABLE shop.types AS SELECT 'ä' AS s, b'\\x00\\xff' AS b, -1 AS i, 1.5 AS f, TRUE AS t,"
            " NUMERIC '-1.5' AS num, BIGNUMERIC '1.5' AS big, DATE '1969-12-31' AS d, TIME '12:34:56.5' AS ti,"
            " DATETIME '2024-01-31 00:00:00' AS dt, TIMESTAMP '2024-01-31 12:00:00.000001+00' AS ts,"
            " [1, 2] AS list, STRUCT('x' AS x, [STRUCT(1 AS y)] AS l) AS st, CAST(NULL AS STRING) AS missing")
        return client.get_table("shop.types")

    VALUES = {
        "s": "ä", "b": b"\x00\xff", "i": -1, "f": 1.5, "t": True, "num": decimal.Decimal("-1.5"),
        "big": decimal.Decimal("1.5"), "d": datetime.date(1969, 12, 31), "ti": datetime.time(12, 34, 56, 500000),
        "dt": datetime.datetime(2024, 1, 31), "ts": datetime.datetime(2024, 1, 31, 12, 0, 0, 1, UTC),
        "list": [1, 2], "st": {"x": "x", "l": [{"y": 1}]}, "missing": None}

    @step("to_arrow of a table with all types through the Storage Read API")
    def _():
        table = client.list_rows(all_types()).to_arrow(bqstorage_client=reader(grpc_port))
        equal(table.to_pylist(), [VALUES])

    @step("rows in Avro through the Storage Read API, with selected fields and a row restriction")
    def _():
        reads = reader(grpc_port)
        table = all_types()
        everything = reads.create_read_session(parent=f"projects/{PROJECT}", max_stream_count=1, read_session={
            "table": table.to_bqstorage(), "data_format": "AVRO"})
        rows_read = list(reads.read_rows(everything.streams[0].name).rows(everything))
        # Avro's DATETIME is a text.
        equal(rows_read, [VALUES | {"dt": "2024-01-31T00:00:00"}])
        some = reads.create_read_session(parent=f"projects/{PROJECT}", max_stream_count=1, read_session={
            "table": f"projects/{PROJECT}/datasets/shop/tables/product", "data_format": "AVRO",
            "read_options": {"selected_fields": ["n"], "row_restriction": "day > '2024-01-31'"}})
        equal(list(reads.read_rows(some.streams[0].name).rows(some)), [{"n": 2}])

    @step("extract job is refused by name")
    def _():
        try:
            client.extract_table("shop.product", "gs://bucket/file.csv").result()
            raise AssertionError("the job passes")
        except BadRequest as e:
            equal(e.errors[0]["message"], "Unsupported: local-bigquery has no extract jobs")

    @step("DB-API with parameters")
    def _():
        cursor = dbapi.connect(client, prefer_bqstorage_client=False).cursor()
        cursor.execute("SELECT n FROM shop.product WHERE n = %(n)s", {"n": 2})
        equal([tuple(row) for row in cursor.fetchall()], [(2,)])
