package io.catalogconnect.contract.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.finding.Finding.Level;
import io.catalogconnect.contract.finding.Place;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReportTest {
    private static final List<ContractFile> FILES = List.of(
            new ContractFile(
                    "a.yaml",
                    null,
                    List.of(
                            new Finding(
                                    Level.ERROR, new Place(3, 7), "It is \u001b[31m\"wrong\".", "rule", "  x y\n    ^"),
                            new Finding(Level.WARNING, new Place(4, 1), "Careful.", "label", ""))),
            new ContractFile("b.yaml", null, List.of()));

    @Test
    void textHasOneLineForEachFindingAndASummary() {
        assertThat(Report.text(FILES).lines())
                .containsExactly(
                        "a.yaml:3:7: error: It is ?[31m\"wrong\". [rule]",
                        "  x y",
                        "    ^",
                        "a.yaml:4:1: warning: Careful. [label]",
                        "a.yaml: 1 error, 1 warning",
                        "b.yaml: no errors");
    }

    @Test
    void jsonHasTheSameFindings() {
        assertThat(Report.json(FILES))
                .startsWith("{\n  \"files\": [\n    {\n      \"file\": \"a.yaml\",\n      \"valid\": false,\n")
                .contains(
                        "\"line\": 3,\n          \"column\": 7,\n          \"message\": \"It is \\u001b[31m\\\"wrong\\\".\"")
                .contains("\"level\": \"warning\"")
                .endsWith("\"file\": \"b.yaml\",\n      \"valid\": true,\n      \"findings\": []\n    }\n  ]\n}\n");
    }

    @Test
    void sarifNamesRulesAndPlaces() {
        assertThat(Report.sarif(FILES).replaceAll("\\s+", ""))
                .contains("\"version\":\"2.1.0\"")
                .contains("\"rules\":[{\"id\":\"label\"},{\"id\":\"rule\"}]")
                .contains("\"artifactLocation\":{\"uri\":\"a.yaml\"},\"region\":{\"startLine\":3,\"startColumn\":7}");
    }

    @Test
    void controlCharactersInJsonAreEscaped() {
        assertThat(JsonText.of(Map.of("a", "\n\r\t\\\u007fé"))).isEqualTo("{\n  \"a\": \"\\n\\r\\t\\\\\\u007fé\"\n}\n");
        assertThat(JsonText.of(Map.of())).isEqualTo("{}\n");
        assertThat(JsonText.of(List.of(1, true))).isEqualTo("[\n  1,\n  true\n]\n");
    }

    @Test
    void unreadableFileIsNotValid() {
        assertThat(ContractFile.check("a.yaml", "a: [".getBytes(UTF_8)).isValid())
                .isFalse();
    }
}
