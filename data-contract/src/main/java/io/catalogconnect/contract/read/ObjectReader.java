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
        object.word("physicalType", "table");
        object.word("logicalType", "object");
        String name = object.needed("name");
        DataObject read = new DataObject(
                name,
                object.needed("physicalName"),
                object.text("businessName"),
                object.text("description"),
                object.list("properties", "a column").stream()
                        .map(ObjectReader::column)
                        .toList(),
                extension.text("topic"),
                extension.text("from"),
                extension.text("rule"),
                extension.text("consumer"),
                extension.texts("clustering"),
                extension.flag("requirePartitionFilter"),
                extension.word("partitionType", "day", "hour", "month", "year"),
                object.texts("tags"),
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
                column.needed("name"),
                column.needed("logicalType"),
                column.needed("physicalType"),
                column.flag("required"),
                column.flag("partitioned"),
                column.word("classification", "", "public", "internal", "confidential", "restricted"),
                column.text("description"),
                extension.has("from") ? extension.text("from") : "column",
                extension.text("parse"),
                extension.text("policyTag"),
                extension.flag("pseudonymize"),
                extension.texts("environments"),
                column.texts("examples"),
                QualityReader.read(column),
                column.places().with(extension.places()));
        extension.ignore("from").done();
        column.inner("logicalTypeOptions", "logicalTypeOptions").ignore(OPTIONS).done();
        column.flag("primaryKey");
        column.flag("unique");
        column.ignore("id", "businessName", "tags", "primaryKeyPosition", "partitionKeyPosition")
                .ignore("encryptedName", "transformSourceObjects", "transformLogic", "transformDescription")
                .ignore("criticalDataElement", "relationships", "authoritativeDefinitions")
                .done();
        return read;
    }
}
