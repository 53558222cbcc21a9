package io.catalogconnect.contract.read;

import io.catalogconnect.contract.finding.Place;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Places;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the objects of a contract. */
final class ObjectReader {
    private static final String[] QUALITY = {
        "id",
        "authoritativeDefinitions",
        "businessImpact",
        "customProperties",
        "description",
        "dimension",
        "method",
        "name",
        "schedule",
        "scheduler",
        "severity",
        "tags",
        "type",
        "unit",
        "metric",
        "rule",
        "arguments",
        "query",
        "engine",
        "implementation",
        "mustBe",
        "mustNotBe",
        "mustBeGreaterThan",
        "mustBeGreaterOrEqualTo",
        "mustBeLessThan",
        "mustBeLessOrEqualTo",
        "mustBeBetween",
        "mustNotBeBetween"
    };
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
                both(object.places(), extension.places()));
        quality(object);
        object.ignore("id", "dataGranularityDescription", "tags", "relationships", "authoritativeDefinitions")
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
                both(column.places(), extension.places()));
        extension.ignore("from").done();
        column.inner("logicalTypeOptions", "logicalTypeOptions").ignore(OPTIONS).done();
        quality(column);
        column.flag("primaryKey");
        column.flag("unique");
        column.ignore("id", "businessName", "tags", "primaryKeyPosition", "partitionKeyPosition", "examples")
                .ignore("encryptedName", "transformSourceObjects", "transformLogic", "transformDescription")
                .ignore("criticalDataElement", "relationships", "authoritativeDefinitions")
                .done();
        return read;
    }

    private static void quality(Fields part) {
        List<Fields> checks = part.list("quality", "a quality check");
        checks.forEach(check -> check.ignore(QUALITY).done());
    }

    /** The places of an ODCS element and of its extension. The two have no key in common. */
    private static Places both(Places element, Places extension) {
        Map<String, Place> keys = new HashMap<>(extension.keys());
        keys.putAll(element.keys());
        Map<String, Place> values = new HashMap<>(extension.values());
        values.putAll(element.values());
        return new Places(element.own(), keys, values);
    }
}
