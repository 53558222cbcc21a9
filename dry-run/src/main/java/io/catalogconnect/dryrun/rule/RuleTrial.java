package io.catalogconnect.dryrun.rule;

import io.catalogconnect.dryrun.file.BadInputException;
import io.catalogconnect.dryrun.file.CellText;
import io.catalogconnect.dryrun.file.CsvFile;
import io.catalogconnect.dryrun.file.ReaderSettings;
import io.catalogconnect.dryrun.inspect.Inspection;
import io.catalogconnect.dryrun.inspect.Inspector;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.config.Topics;
import io.catalogconnect.s3csv.flow.RecordFactory;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.read.ObjectFormat;
import io.catalogconnect.s3csv.record.RowSchema;
import io.catalogconnect.transforms.condition.ConditionSyntaxException;
import io.catalogconnect.transforms.config.ConnectorRules;
import io.catalogconnect.transforms.config.ConnectorRules.ConfiguredRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** Evaluates rules for the records that the source sends for a file. For one thread. */
public final class RuleTrial {
    private static final int FIRST_MALFORMED = 5;

    private final CsvFile file;
    private final SourceSettings settings;
    private final List<ConfiguredRule> rules;
    private final RecordFactory records;
    private final List<String> malformed = new ArrayList<>();
    private long rows;
    private long malformedRows;
    private List<Field> fields = List.of();
    private @Nullable List<RuleEvaluation> evaluations;

    private RuleTrial(CsvFile file, SourceSettings settings, List<ConfiguredRule> rules) {
        this.file = file;
        this.settings = settings;
        this.rules = List.copyOf(rules);
        this.records = new RecordFactory(topics());
    }

    /**
     * Evaluates one rule. The types of the columns are those that the file has, unless {@code columns} is configured.
     *
     * @param configured keys of the source that the user has set
     */
    public static Trial ofCondition(CsvFile file, Map<String, String> configured, String condition)
            throws BadInputException {
        checkedRule(condition, null);
        Inspection inspection = new Inspector(file, configured).inspect();
        SourceSettings settings = ReaderSettings.of(inspection.connector().config());
        ObjectFormat format = settings.format();
        Schema value = RowSchema.of(format.recordName(), format.columns(), format.fileDateColumn())
                .schema();
        return new RuleTrial(file, settings, List.of(checkedRule(condition, value))).run(inspection.hints());
    }

    private static ConfiguredRule checkedRule(String condition, @Nullable Schema value) throws BadInputException {
        try {
            return ConnectorRules.of(condition, value);
        } catch (ConditionSyntaxException e) {
            throw new BadInputException("The rule is not valid: " + e.getMessage());
        }
    }

    /**
     * Evaluates all rules of a connector. A connector that is not an S3 CSV source does not say how the file is read, so that
     * is found out.
     *
     * @param configured keys of the source that the user has set, in place of the connector's
     */
    public static Trial ofConnector(CsvFile file, Map<String, String> configured, Map<String, String> connector)
            throws BadInputException {
        List<ConfiguredRule> rules;
        try {
            rules = ConnectorRules.in(connector);
        } catch (ConfigException e) {
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
        if (rules.isEmpty()) {
            throw new BadInputException("The connector has no rule. Rules are in the keys of ConditionFilter,"
                    + " ConditionRouter, ConditionTag and MatchesCondition");
        }
        if (!connector.getOrDefault("connector.class", "").endsWith("S3CsvSourceConnector")) {
            Inspection inspection = new Inspector(file, configured).inspect();
            return new RuleTrial(file, ReaderSettings.of(inspection.connector().config()), rules)
                    .run(inspection.hints());
        }
        Map<String, String> keys = new HashMap<>(connector);
        keys.keySet().removeIf(key -> key.startsWith("s3.") || key.startsWith("cleanup"));
        keys.putAll(configured);
        return new RuleTrial(file, ReaderSettings.of(keys), rules).run(List.of());
    }

    /** The source's topics, and those of the rules, so that each rule gets a record of its topic. */
    private Topics topics() {
        Topics configured = settings.delivery().topics();
        Set<String> copies = new LinkedHashSet<>(configured.copies());
        for (ConfiguredRule rule : rules) {
            String topic = rule.topic();
            if (topic != null && !topic.equals(configured.main())) {
                copies.add(topic);
            }
        }
        return new Topics(configured.main(), List.copyOf(copies), null, null);
    }

    private Trial run(List<String> hints) throws BadInputException {
        file.read(settings, this::add);
        List<RuleEvaluation> all = evaluations == null ? evaluations() : evaluations;
        return new Trial(
                file.name(),
                rows,
                malformedRows,
                malformed,
                fields.stream().map(field -> CellText.of(field.name())).toList(),
                all.stream().map(RuleEvaluation::outcome).toList(),
                hints);
    }

    private void add(Item.Row row) {
        rows++;
        Struct value = row.result().value();
        if (value == null) {
            malformedRows++;
            if (malformed.size() < FIRST_MALFORMED) {
                malformed.add(file.named(row.result().reason()));
            }
            return;
        }
        List<RuleEvaluation> all = evaluations;
        if (all == null) {
            fields = value.schema().fields();
            all = evaluations();
            evaluations = all;
        }
        List<SourceRecord> sent = records.recordsOf(row);
        all.forEach(evaluation -> evaluation.add(row.row(), sent));
    }

    private List<RuleEvaluation> evaluations() {
        return rules.stream().map(rule -> new RuleEvaluation(rule, fields)).toList();
    }
}
