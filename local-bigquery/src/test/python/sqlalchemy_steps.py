"""sqlalchemy-bigquery: tables, rows and reflection."""
import pandas
import sqlalchemy
from google.cloud import bigquery

from compatibility import equal
from google_cloud_bigquery import PROJECT, connect


def run(suite):
    # A client that is passed to the engine must have the dataset itself.
    client = connect(default_query_job_config=bigquery.QueryJobConfig(default_dataset=f"{PROJECT}.alchemy"))
    client.create_dataset("alchemy")
    engine = sqlalchemy.create_engine(
        f"bigquery://{PROJECT}/alchemy?user_supplied_client=True", connect_args={"client": client})
    metadata = sqlalchemy.MetaData()
    brand = sqlalchemy.Table(
        "brand", metadata, sqlalchemy.Column("id", sqlalchemy.Integer), sqlalchemy.Column("name", sqlalchemy.String))

    def step(name, known=None):
        return lambda work: suite.check("sqlalchemy-bigquery", name, work, known)

    @step("create a table")
    def _():
        metadata.create_all(engine)

    @step("insert and select with parameters")
    def _():
        with engine.begin() as connection:
            connection.execute(brand.insert(), [{"id": 1, "name": "Zara"}, {"id": 2, "name": "H&M"}])
            found = connection.execute(sqlalchemy.select(brand.c.name).where(brand.c.id == 2)).all()
        equal([tuple(row) for row in found], [("H&M",)])

    @step("pandas.read_sql with parameters")
    def _():
        frame = pandas.read_sql(sqlalchemy.text("SELECT :x + 1 AS y"), engine, params={"x": 1})
        equal(frame["y"].tolist(), [2])

    @step("reflect tables and columns")
    def _():
        inspector = sqlalchemy.inspect(engine)
        equal(inspector.get_table_names(), ["brand"])
        equal([column["name"] for column in inspector.get_columns("brand")], ["id", "name"])
