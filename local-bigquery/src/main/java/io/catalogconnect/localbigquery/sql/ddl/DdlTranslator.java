package io.catalogconnect.localbigquery.sql.ddl;

import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Dataset;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableConstraints;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableSchema;
import com.google.api.services.bigquery.model.ViewDefinition;
import io.catalogconnect.localbigquery.sql.plan.StatementPlan;
import io.catalogconnect.localbigquery.sql.syntax.Query;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.sql.syntax.Statement;
import io.catalogconnect.localbigquery.sql.syntax.Statement.ColumnDefinition;
import io.catalogconnect.localbigquery.sql.syntax.StatementParser;
import io.catalogconnect.localbigquery.sql.syntax.TypeName;
import io.catalogconnect.localbigquery.sql.translation.ColumnValues;
import io.catalogconnect.localbigquery.sql.translation.QueryTranslator;
import io.catalogconnect.localbigquery.sql.translation.SelectPlanner;
import io.catalogconnect.localbigquery.sql.translation.TableNames;
import io.catalogconnect.localbigquery.sql.translation.TranslationContext;
import io.catalogconnect.localbigquery.sql.types.DataType;
import io.catalogconnect.localbigquery.sql.types.ResultColumn;
import io.catalogconnect.localbigquery.store.Column;
import io.catalogconnect.localbigquery.store.ColumnRules;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.StoredTable;
import io.catalogconnect.localbigquery.store.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** CREATE, DROP and ALTER: statements to the resources of the REST API. */
public final class DdlTranslator {

    private static final Map<FieldType, Set<FieldType>> WIDER_TYPES = Map.of(
            FieldType.INT64, Set.of(FieldType.NUMERIC, FieldType.BIGNUMERIC, FieldType.FLOAT64),
            FieldType.NUMERIC, Set.of(FieldType.BIGNUMERIC, FieldType.FLOAT64),
            FieldType.BIGNUMERIC, Set.of(FieldType.FLOAT64));

    private final TranslationContext context;
    private final TableNames names;
    private final DdlOptions options;
    private final TableChanges changes;

    public DdlTranslator(TranslationContext context) {
        this.context = context;
        this.names = new TableNames(context);
        this.options = new DdlOptions(new QueryTranslator(context).expressions());
        this.changes = new TableChanges(context, names, options);
    }

    public StatementPlan plan(Statement statement) {
        if (statement instanceof Statement.CreateTable create) {
            return createTable(create);
        }
        if (statement instanceof Statement.CopyTable copy) {
            return changes.copy(copy);
        }
        if (statement instanceof Statement.RenameTable rename) {
            return changes.renameTable(rename);
        }
        if (statement instanceof Statement.RenameColumns rename) {
            return changes.renameColumns(rename);
        }
        if (statement instanceof Statement.ChangeColumns change) {
            return changes.changeColumns(change);
        }
        if (statement instanceof Statement.CreateView create) {
            Table view =
                    new Table().setTableReference(names.tableRef(create.view()).toReference());
            List<ResultColumn> columns = columnsOf(create.querySql());
            view.setView(new ViewDefinition().setQuery(create.querySql()).setUseLegacySql(false))
                    .setSchema(ResultColumn.schema(columns));
            return new StatementPlan.CreateView(
                    options.table(view, create.options()), create.existing(), options.expiration(create.options()));
        }
        if (statement instanceof Statement.CreateSchema create) {
            Dataset dataset = new Dataset()
                    .setDatasetReference(names.datasetRef(create.schema()).toReference());
            return new StatementPlan.CreateSchema(options.dataset(dataset, create.options()), create.existing());
        }
        if (statement instanceof Statement.Drop drop) {
            return drop.kind().equals("SCHEMA")
                    ? new StatementPlan.DropSchema(names.datasetRef(drop.name()), drop.ifExists(), drop.cascade())
                    : new StatementPlan.DropTable("DROP_" + drop.kind(), names.tableRef(drop.name()), drop.ifExists());
        }
        if (statement instanceof Statement.AddColumns add) {
            return addColumns(add);
        }
        if (statement instanceof Statement.DropColumns drop) {
            return dropColumns(drop);
        }
        if (statement instanceof Statement.SetTypes types) {
            return changeTypes(types);
        }
        if (statement instanceof Statement.SetPrimaryKey key) {
            return setPrimaryKey(key);
        }
        Statement.SetOptions set = (Statement.SetOptions) statement;
        return new StatementPlan.AlterTable(
                options.table(names.table(set.table()).resource(), set.options()), options.expiration(set.options()));
    }

    private List<ResultColumn> columnsOf(String querySql) {
        Statement.Select select = (Statement.Select) StatementParser.parse(querySql);
        return SelectPlanner.plan(
                        select.query(),
                        new TranslationContext(context.environment().outsideOfScript(), querySql))
                .columns();
    }

    private StatementPlan createTable(Statement.CreateTable create) {
        TableRef ref = create.temporary() ? names.temporaryRef(create.table()) : names.tableRef(create.table());
        Table table = new Table().setTableReference(ref.toReference());
        Query query = create.query();
        StatementPlan.Select select = null;
        if (query != null) {
            QueryTranslator.Result result = new QueryTranslator(context).translate(SelectPlanner.columns(query), null);
            for (int i = 0; i < result.columns().size(); i++) {
                if (result.columns().get(i).name().isEmpty()) {
                    throw new SqlError("CREATE TABLE columns must be named, but column " + (i + 1) + " has no name");
                }
            }
            if (!create.columns().isEmpty()) {
                throw SqlError.unsupported("CREATE TABLE with both a column list and AS SELECT");
            }
            select = new StatementPlan.Select(result.sql(), result.columns(), context.scans());
            table.setSchema(ResultColumn.schema(result.columns()));
        } else {
            table.setSchema(new TableSchema()
                    .setFields(new ArrayList<>(
                            create.columns().stream().map(this::field).toList())));
        }
        if (create.partitionBy() != null) {
            PartitionClause.apply(create.partitionBy(), table);
        }
        if (!create.primaryKey().isEmpty()) {
            table.setTableConstraints(primaryKey(create.primaryKey()));
        }
        if (!create.clusterBy().isEmpty()) {
            table.setClustering(new Clustering().setFields(new ArrayList<>(create.clusterBy())));
        }
        return new StatementPlan.CreateTable(
                options.table(table, create.options()),
                create.existing(),
                select,
                options.expiration(create.options()));
    }

    private TableFieldSchema field(ColumnDefinition definition) {
        TableFieldSchema field = field(definition.name(), definition.type());
        if (definition.required()) {
            if ("REPEATED".equals(field.getMode())) {
                throw new SqlError("NOT NULL cannot be specified for the ARRAY column " + definition.name());
            }
            field.setMode("REQUIRED");
        }
        String defaultSql = definition.defaultSql();
        if (defaultSql != null) {
            ColumnValues.defaultValue(defaultSql, DataType.of(definition.type()), context.environment());
            field.setDefaultValueExpression(defaultSql);
        }
        return options.column(field, definition.options());
    }

    private static TableFieldSchema field(String name, TypeName type) {
        boolean repeated = type.name().equals("ARRAY");
        TypeName element = repeated ? type.fields().get(0).type() : type;
        TableFieldSchema field = new TableFieldSchema().setName(name).setMode(repeated ? "REPEATED" : "NULLABLE");
        if (element.name().equals("ARRAY")) {
            throw new SqlError("Arrays of arrays are not supported");
        }
        FieldType scalar = FieldType.of(element.name()).orElseThrow(() -> DataType.unknown(element.name()));
        field.setType(scalar.restName());
        if (scalar == FieldType.STRUCT) {
            List<TableFieldSchema> fields = new ArrayList<>();
            for (TypeName.Field member : element.fields()) {
                String memberName = member.name();
                if (memberName == null) {
                    throw new SqlError("STRUCT fields of a column must be named: " + name);
                }
                fields.add(field(memberName, member.type()));
            }
            field.setFields(fields);
        }
        parameters(field, scalar, element.parameters());
        return field;
    }

    private static void parameters(TableFieldSchema field, FieldType type, List<String> parameters) {
        if (parameters.isEmpty()) {
            return;
        }
        boolean text = type == FieldType.STRING || type == FieldType.BYTES;
        boolean decimal = type == FieldType.NUMERIC || type == FieldType.BIGNUMERIC;
        if (text && parameters.size() == 1) {
            field.setMaxLength(Long.valueOf(parameters.get(0)));
        } else if (decimal && parameters.size() <= 2) {
            field.setPrecision(Long.valueOf(parameters.get(0)));
            if (parameters.size() == 2) {
                field.setScale(Long.valueOf(parameters.get(1)));
            }
        } else {
            throw new SqlError(type + " does not support type parameters " + String.join(", ", parameters));
        }
    }

    private static TableConstraints primaryKey(List<String> columns) {
        return new TableConstraints()
                .setPrimaryKey(new TableConstraints.PrimaryKey().setColumns(new ArrayList<>(columns)));
    }

    private StatementPlan setPrimaryKey(Statement.SetPrimaryKey key) {
        StoredTable table = names.table(key.table());
        boolean adds = !key.columns().isEmpty();
        if (adds != table.primaryKey().isEmpty() && !key.tolerant()) {
            throw new SqlError(
                    "Table " + table.ref() + (adds ? " already has a primary key" : " does not have a primary key"));
        }
        return new StatementPlan.AlterTable(
                table.resource().setTableConstraints(adds ? primaryKey(key.columns()) : null), null);
    }

    private StatementPlan dropColumns(Statement.DropColumns drop) {
        StoredTable table = names.table(drop.table());
        Clustering clustering = table.resource().getClustering();
        List<String> dropped = new ArrayList<>();
        for (Statement.DroppedColumn column : drop.columns()) {
            String name = column.name();
            if (table.column(name).isEmpty() && !column.ifExists()) {
                throw new SqlError("Column not found: " + name);
            }
            if (table.partitioning().columnName().filter(name::equalsIgnoreCase).isPresent()) {
                throw new SqlError("Cannot drop the partitioning column " + name);
            }
            if (clustering != null && clustering.getFields().stream().anyMatch(name::equalsIgnoreCase)) {
                throw new SqlError("Cannot drop the clustering column " + name);
            }
            table.column(name).ifPresent(known -> dropped.add(known.name()));
        }
        return new StatementPlan.DropColumns(table.ref(), dropped);
    }

    private StatementPlan changeTypes(Statement.SetTypes types) {
        StoredTable table = names.table(types.table());
        List<TableFieldSchema> changed = new ArrayList<>();
        for (ColumnDefinition definition : types.columns()) {
            Column before = table.column(definition.name())
                    .orElseThrow(() -> new SqlError("Column not found: " + definition.name()));
            TableFieldSchema field = field(before.name(), definition.type());
            Column after = ColumnRules.column(field);
            boolean wider = WIDER_TYPES.getOrDefault(before.type(), Set.of()).contains(after.type());
            if (before.repeated() || after.repeated() || !wider) {
                throw new SqlError("ALTER TABLE ALTER COLUMN SET DATA TYPE requires that the existing column type ("
                        + type(before) + ") is assignable to the new type (" + type(after) + ")");
            }
            if (table.partitioning()
                    .columnName()
                    .filter(before.name()::equalsIgnoreCase)
                    .isPresent()) {
                throw new SqlError("Cannot change the type of the partitioning column " + before.name());
            }
            changed.add(field);
        }
        return new StatementPlan.ChangeTypes(table.ref(), changed);
    }

    private static String type(Column column) {
        return column.repeated() ? "ARRAY<" + column.typeText() + ">" : column.typeText();
    }

    private StatementPlan addColumns(Statement.AddColumns add) {
        StoredTable stored = names.table(add.table());
        Table table = stored.resource();
        List<TableFieldSchema> fields = new ArrayList<>(table.getSchema().getFields());
        for (ColumnDefinition definition : add.columns()) {
            if (stored.column(definition.name()).isPresent()) {
                if (add.ifNotExists()) {
                    continue;
                }
                throw new SqlError("Column already exists: " + definition.name());
            }
            if (definition.required()) {
                throw new SqlError("Cannot add required columns to an existing schema. Column: " + definition.name());
            }
            fields.add(field(definition));
        }
        table.setSchema(new TableSchema().setFields(fields));
        return new StatementPlan.AlterTable(table, null);
    }
}
