package io.catalogconnect.localbigquery.sql;

import com.google.common.collect.ImmutableList;
import com.google.zetasql.AnalyzerOptions;
import com.google.zetasql.LanguageOptions;
import com.google.zetasql.PreparedQuery;
import com.google.zetasql.SimpleCatalog;
import com.google.zetasql.SimpleColumn;
import com.google.zetasql.SimpleTable;
import com.google.zetasql.TableContent;
import com.google.zetasql.Type;
import com.google.zetasql.Value;
import com.google.zetasql.ZetaSQLBuiltinFunctionOptions;
import com.google.zetasql.ZetaSQLOptions.ProductMode;
import com.google.zetasql.ZetaSQLType.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Google's engine, in this process. */
final class ZetaSqlEngine {

    private final SimpleCatalog catalog = new SimpleCatalog("catalog");
    private final AnalyzerOptions options = new AnalyzerOptions();
    private final Map<String, TableContent> contents = new HashMap<>();

    ZetaSqlEngine() {
        LanguageOptions language = new LanguageOptions();
        language.enableMaximumLanguageFeatures();
        language.setProductMode(ProductMode.PRODUCT_EXTERNAL);
        language.setSupportsAllStatementKinds();
        options.setLanguageOptions(language);
        options.setDefaultTimezone("UTC");
        catalog.addZetaSQLFunctionsAndTypes(new ZetaSQLBuiltinFunctionOptions(language));
    }

    private PreparedQuery prepare(String sql) {
        return PreparedQuery.builder()
                .setSql(sql)
                .setAnalyzerOptions(options)
                .setCatalog(catalog)
                .setTablesContents(contents)
                .prepare();
    }

    void table(String name, String sql) {
        try (PreparedQuery query = prepare(sql)) {
            List<SimpleColumn> columns = new ArrayList<>();
            for (SimpleColumn column : query.getColumns()) {
                columns.add(new SimpleColumn(name, column.getName(), column.getType()));
            }
            TableContent content = query.execute(Map.of());
            catalog.addSimpleTable(new SimpleTable(name, columns));
            contents.put(name, content);
        }
    }

    Answer ask(String sql) {
        try (PreparedQuery query = prepare(sql)) {
            List<String> types = query.getColumns().stream()
                    .map(column -> typeName(column.getType()))
                    .toList();
            List<String> rows = new ArrayList<>();
            for (ImmutableList<Value> row : query.execute(Map.of()).getTableData()) {
                rows.add(row.stream().map(ZetaSqlEngine::text).collect(Collectors.joining(" | ")));
            }
            return new Answer(types, rows, "");
        } catch (RuntimeException e) {
            return Answer.error(e);
        }
    }

    private static String typeName(Type type) {
        if (type.isArray()) {
            return "ARRAY<" + typeName(type.asArray().getElementType()) + ">";
        }
        if (type.isStruct()) {
            return type.asStruct().getFieldList().stream()
                    .map(field -> (field.getName().isEmpty() ? "" : field.getName() + " ") + typeName(field.getType()))
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        }
        return type.typeName(ProductMode.PRODUCT_EXTERNAL);
    }

    private static String text(Value value) {
        TypeKind kind = value.getType().getKind();
        if (value.isNull()) {
            return kind == TypeKind.TYPE_ARRAY ? "[]" : "NULL";
        }
        return switch (kind) {
            case TYPE_INT64 -> Long.toString(value.getInt64Value());
            case TYPE_DOUBLE -> Answer.number(value.getDoubleValue());
            case TYPE_BOOL -> Boolean.toString(value.getBoolValue());
            case TYPE_STRING -> value.getStringValue();
            case TYPE_BYTES -> HexFormat.of().formatHex(value.getBytesValue().toByteArray());
            case TYPE_DATE -> value.getLocalDateValue().toString();
            case TYPE_TIME -> value.getLocalTimeValue().toString();
            case TYPE_DATETIME -> value.getLocalDateTimeValue().toString();
            case TYPE_TIMESTAMP -> Long.toString(value.getTimestampUnixMicros());
            case TYPE_NUMERIC -> decimal(value.getNumericValue());
            case TYPE_BIGNUMERIC -> decimal(value.getBigNumericValue());
            case TYPE_ARRAY ->
                value.getElementList().stream().map(ZetaSqlEngine::text).collect(Collectors.joining(", ", "[", "]"));
            case TYPE_STRUCT ->
                value.getFieldList().stream().map(ZetaSqlEngine::text).collect(Collectors.joining(", ", "{", "}"));
            default -> throw new IllegalStateException("No text form for a value of " + value.getType());
        };
    }

    private static String decimal(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
