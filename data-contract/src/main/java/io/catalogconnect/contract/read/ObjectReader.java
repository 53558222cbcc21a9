package io.catalogconnect.contract.read;

import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.DataObject;

/** Reads the objects of a contract. */
final class ObjectReader {
    private static final String[] OPTIONS = {
        "minLength",
        "maxLength",
        "pattern",
        "format",
        "exclusiveMaximum",
        "maximum",
        "exclusiveMinimum",
        "minimum",
        "timezone",
        "defaultTimezone",
        "multipleOf"
    };

    private ObjectReader() {}

    static DataObject read(Fields object) {
        Fields extension = object.extension();
        object.key("physicalType", "Type of the object.").word("table");
        object.key("logicalType", "Type of the object.").word("object");
        String name = object.key("name", "Name of the object, to which `from` and `roles` refer.")
                .needed()
                .text();
        DataObject read = new DataObject(
                name,
                object.key("physicalName", "Name of the table.").needed().text(),
                object.key("businessName", "Name for the catalogue.").text(),
                object.key("description", "Description of the table, also for the catalogue.")
                        .text(),
                object
                        .list(
                                "properties",
                                "a column",
                                "Columns, in the order of the table. All objects have the same ones.")
                        .stream()
                        .map(ObjectReader::column)
                        .toList(),
                extension.key("topic", "Name of the topic. Required.").text(),
                extension
                        .key("from", "Name of the first object. Required in every other object.")
                        .text(),
                extension
                        .key("rule", "[Rule](rules.md) that selects the rows. Required with `from`.")
                        .text(),
                extension
                        .key("consumer", "Team that reads the object, and must approve changes of the rule.")
                        .text(),
                extension
                        .key("clustering", "Columns by which the table is clustered, the same in all objects.")
                        .texts(),
                extension
                        .key("requirePartitionFilter", "Whether a query must limit the partition column.")
                        .flag(),
                extension.key("partitionType", "Length of a partition.").word("day", "hour", "month", "year"),
                object.key("tags", "Tags of the object.").texts(),
                QualityReader.read(object),
                object.places().with(extension.places()));
        object.ignore("id", "dataGranularityDescription", "relationships", "authoritativeDefinitions")
                .done();
        extension.done();
        return read;
    }

    private static Column column(Fields column) {
        Fields extension = column.extension();
        Column read = new Column(
                column.key("name", "Name of the column in the header of the file, and in the table.")
                        .needed()
                        .text(),
                column.key("logicalType", "`string`, `integer`, `number`, `boolean`, `date` or `timestamp`.")
                        .needed()
                        .text(),
                column.key(
                                "physicalType",
                                "Type in BigQuery that fits the logical type: `STRING` or `BYTES`; `INT64`; `FLOAT64`,"
                                        + " `NUMERIC(p,s)` or `BIGNUMERIC(p,s)`; `BOOL`; `DATE`; `TIMESTAMP`.")
                        .needed()
                        .text(),
                column.key("required", "Whether every row must have a value.").flag(),
                column.key(
                                "partitioned",
                                "Whether the table is partitioned by this column. One `DATE` or `TIMESTAMP` column is.")
                        .flag(),
                column.key("classification", "Who may see the values. `lint` warns if the last two are not protected.")
                        .word("", "public", "internal", "confidential", "restricted"),
                column.key("description", "Description of the column, also for the catalogue.")
                        .text(),
                extension
                        .key(
                                "from",
                                "Origin of the values: `column` for a cell of the file, `fileDate` for the date in its key, or"
                                        + " `header:NAME` for a [header](records/s3-csv-source.md) of the record, such as"
                                        + " `header:s3.key`.")
                        .textOr("column"),
                extension
                        .key(
                                "parse",
                                "Form of the cells: [options of the type](columns.md), such as `dd.MM.yyyy` or `de-DE`.")
                        .text(),
                extension
                        .key("policyTag", "Policy tag of the column in BigQuery.")
                        .text(),
                extension
                        .key(
                                "pseudonymize",
                                "Whether the value of a `STRING` column is replaced with a pseudonym before it is sent.")
                        .flag(),
                extension
                        .key("environments", "Environments in which the policy tag is set. Default: all.")
                        .texts(),
                column.key("examples", "Examples for the catalogue.").texts(),
                QualityReader.read(column),
                column.places().with(extension.places()));
        extension.done();
        column.inner("logicalTypeOptions", "options of a logical type", "Options of the logical type.")
                .ignore(OPTIONS)
                .done();
        column.key("primaryKey", "Documentation.").flag();
        column.key("unique", "Documentation.").flag();
        column.ignore("id", "businessName", "tags", "primaryKeyPosition", "partitionKeyPosition")
                .ignore("encryptedName", "transformSourceObjects", "transformLogic", "transformDescription")
                .ignore("criticalDataElement", "relationships", "authoritativeDefinitions")
                .done();
        return read;
    }
}
