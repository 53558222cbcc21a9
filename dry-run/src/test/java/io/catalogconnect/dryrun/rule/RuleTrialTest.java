package io.catalogconnect.dryrun.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.dryrun.file.BadInputException;
import io.catalogconnect.dryrun.file.CsvFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RuleTrialTest {
    private static final String SOURCE = """
            connector.class = io.catalogconnect.s3csv.S3CsvSourceConnector
            s3.bucket = ${env:BUCKET}
            s3.endpoint = ${env:ENDPOINT}
            topic = raw
            copy.topics = a
            bad.rows = fail
            object.end.markers = true
            object.events.topic = events
            columns = id:int64,brand:string?,price:float64?
            """;
    private static final String FILE = """
            id,brand,price
            1,HP,10
            2,,20
            x,HP,30
            4,Acer,
            5,HP,50
            """;

    @TempDir
    Path folder;

    @Test
    void filterByTopicIsEvaluatedForTheRecordsOfEachTopic() throws Exception {
        Trial trial = ofConnector(keys("""
                transforms = other, teams
                transforms.other.type = org.apache.kafka.connect.transforms.ReplaceField$Value
                transforms.teams.type = io.catalogconnect.transforms.ConditionFilter
                transforms.teams.conditions.by.topic = raw: topic == 'raw' && key.endsWith('.csv')\\na: topic == "a" && value.brand == 'HP'\\nevents: true
                """));
        assertThat(trial.rows()).isEqualTo(5);
        assertThat(trial.malformedRows()).isEqualTo(1);
        assertThat(trial.malformed())
                .containsExactly("Row 3 of " + folder.resolve("a.csv") + " (byte 29): id is 'x', not an int64");
        assertThat(trial.rules())
                .extracting(RuleOutcome::name, RuleOutcome::matching, RuleOutcome::notMatching, RuleOutcome::effect)
                .containsExactly(tuple("raw", 4L, 0L), tuple("a", 2L, 2L), tuple("events", 4L, 0L));
    }

    private static Tuple tuple(String name, long matching, long notMatching) {
        return Tuple.tuple(name, matching, notMatching, "keeps them");
    }

    @Test
    void allTransformationsAndPredicatesAreEvaluated() throws Exception {
        Trial trial = ofConnector(keys("""
                transforms = drop,route,tag
                predicates = hp
                transforms.drop.type = ConditionFilter
                transforms.drop.condition = value.id == 1
                transforms.drop.action = drop
                transforms.route.type = io.catalogconnect.transforms.ConditionRouter
                transforms.route.routes = b: blank(value.brand)\\nb: value.id == 4
                transforms.tag.type = io.catalogconnect.transforms.ConditionTag
                transforms.tag.tags = cheap: value.price < 15.0
                transforms.tag.on.null = skip
                predicates.hp.type = io.catalogconnect.transforms.predicates.MatchesCondition
                predicates.hp.condition = eqi(value.brand, 'hp')
                """));
        assertThat(trial.rules())
                .extracting(rule -> rule.key() + " " + rule.effect() + ": " + rule.matching() + " " + rule.undecided()
                        + " " + rule.failing())
                .containsExactly(
                        "transforms.drop.condition drops them: 1 0 0",
                        "transforms.route.routes sends them to b: 1 0 0",
                        "transforms.route.routes sends them to b: 1 0 0",
                        "transforms.tag.tags adds the header cheap to them: 1 1 0",
                        "predicates.hp.condition applies to them: 2 0 0");
        assertThat(trial.rules().get(3).firstUndecided())
                .isEqualTo(new RuleOutcome.UndecidedRow(4, "value.price is null"));
        assertThat(trial.rules().get(3).nulls())
                .containsExactly(new RuleOutcome.NullCount("brand", 0, 1), new RuleOutcome.NullCount("price", 0, 1));
    }

    @Test
    void rulesOfASinkAreEvaluatedWithTheTypesOfTheFile() throws Exception {
        Trial trial = trial(keys("""
                connector.class = io.catalogconnect.bigquery.BigQueryPartitionSinkConnector
                topics = other
                transforms = f
                transforms.f.type = io.catalogconnect.transforms.ConditionFilter
                transforms.f.conditions.by.topic = other: topic == 'other' && value.price >= 20.0
                transforms.f.on.null = drop
                """));
        assertThat(trial.rules())
                .extracting(RuleOutcome::matching, RuleOutcome::undecided, RuleOutcome::failing)
                .containsExactly(Tuple.tuple(3L, 1L, 0L));
    }

    @Test
    void ruleThatDoesNotFitTheRecordsFailsTheTask() throws Exception {
        Trial trial = ofConnector(keys("""
                transforms = f
                transforms.f.type = io.catalogconnect.transforms.ConditionFilter
                transforms.f.condition = value.brnad == 'HP'
                """));
        RuleOutcome outcome = trial.rules().get(0);
        assertThat(outcome.failing()).isEqualTo(4);
        assertThat(outcome.firstFailing())
                .isEqualTo(new RuleOutcome.UndecidedRow(
                        1, "the record's schema io.catalogconnect.Row has no field 'brnad'"));
    }

    @Test
    void connectorThatCannotBeUsedIsRefused() {
        assertRefused(
                Map.of(),
                "The connector has no rule. Rules are in the keys of ConditionFilter, ConditionRouter, ConditionTag and"
                        + " MatchesCondition");
        assertRefused(keys("""
                transforms = f
                transforms.f.type = io.catalogconnect.transforms.ConditionFilter
                transforms.f.condition = value.brand = 'HP'
                """), "transforms.f.condition is not valid: line 1, column 13: ");
        assertRefused(
                keys("""
                transforms = f
                transforms.f.type = io.catalogconnect.transforms.ConditionFilter
                transforms.f.conditions.by.topic = b: true
                """),
                "copy.topics does not contain 'b', for which transforms.f.conditions.by.topic has a condition.");
        assertRefused(
                keys("""
                columns = id:int64,other:string
                transforms = f
                transforms.f.type = io.catalogconnect.transforms.ConditionFilter
                transforms.f.condition = true
                """), folder.resolve("a.csv") + ": the header has no column 'other', only id, brand, price.");
    }

    private void assertRefused(Map<String, String> keys, String message) {
        assertThatThrownBy(() -> ofConnector(keys))
                .isInstanceOf(BadInputException.class)
                .hasMessageStartingWith(message);
    }

    /** Keys and values, one line each. */
    private static Map<String, String> keys(String lines) {
        return lines.lines()
                .map(line -> line.split(" = ", 2))
                .collect(Collectors.toMap(key -> key[0], key -> key[1].translateEscapes()));
    }

    private Trial ofConnector(Map<String, String> keys) throws IOException, BadInputException {
        Map<String, String> connector = new HashMap<>(keys(SOURCE));
        connector.putAll(keys);
        return trial(connector);
    }

    private Trial trial(Map<String, String> connector) throws IOException, BadInputException {
        Path path = Files.writeString(folder.resolve("a.csv"), FILE);
        try (CsvFile file = CsvFile.local(path.toString(), "a.csv")) {
            return RuleTrial.ofConnector(file, Map.of(), connector);
        }
    }

    @Test
    void firstMatchingRowsAndNullsAreListed() throws Exception {
        Path path = Files.writeString(folder.resolve("a.csv"), "id,name\n" + "1,\n".repeat(3) + "2,x\n".repeat(7));
        try (CsvFile file = CsvFile.local(path.toString(), "a.csv")) {
            RuleOutcome outcome = RuleTrial.ofCondition(file, Map.of(), "value.id == 2")
                    .rules()
                    .get(0);
            assertThat(outcome.firstMatching())
                    .hasSize(5)
                    .startsWith(new RuleOutcome.MatchingRow(4, List.of("2", "x")));
            assertThat(outcome.nulls()).containsExactly(new RuleOutcome.NullCount("name", 0, 3));
        }
    }

    @Test
    void syntaxIsCheckedBeforeTheFileIsRead() throws Exception {
        Path path = Files.writeString(folder.resolve("a.csv"), "");
        try (CsvFile file = CsvFile.local(path.toString(), "a.csv")) {
            assertThatThrownBy(() -> RuleTrial.ofCondition(file, Map.of(), "value.id =="))
                    .isInstanceOf(BadInputException.class)
                    .hasMessageStartingWith("The rule is not valid: line 1, column 12: ");
        }
    }
}
