package io.catalogconnect.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.finding.Finding;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of mistakes in {@code mistakes.txt}: a change of a shipped contract, and all findings for it. */
final class ContractFileTest {
    @ParameterizedTest
    @ValueSource(strings = {"product-catalog", "orders"})
    void shippedContractHasNoFindings(String name) throws IOException {
        assertThat(check(shipped(name)).findings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void eachMistakeIsReportedOnceWithItsPlace(TextEdits mistake) throws IOException {
        assertThat(lines(check(mistake.apply(shipped(mistake.file()))))).isEqualTo(mistake.expected());
    }

    @Test
    void fiveMistakesAreReportedTogether() throws IOException {
        String text = shipped("product-catalog")
                .replace("\nstatus:", "\nstatuss:")
                .replaceFirst("endpointUrl:", "endpointURL:")
                .replace("personalData: none ", "personalData: nome ")
                .replaceFirst("required: true", "required: \"yes\"")
                .replaceFirst("physicalType: STRING", "physicalType: TEXT");
        assertThat(lines(check(text)))
                .containsExactly(
                        "9:1 unknown-key: Unknown key 'statuss' in a contract. Did you mean 'status'?",
                        "36:23 value: personalData is 'nome', which is not valid. Write one of: none, indirect, direct."
                                + " Did you mean 'none'?",
                        "46:5 unknown-key: Unknown key 'endpointURL' in an S3 server. Did you mean 'endpointUrl'?",
                        "151:23 column-type: The physicalType 'TEXT' does not fit the logicalType 'string'. Physical"
                                + " types are STRING, INT64, FLOAT64, BOOL, BYTES, DATE, TIMESTAMP, NUMERIC(p,s),"
                                + " BIGNUMERIC(p,s), where NUMERIC has a scale s of at most 9 and at most 29 digits before"
                                + " the decimal point, and BIGNUMERIC a precision p of at most 38.",
                        "152:19 type: required must be true or false, but it is a text 'yes'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rule: |\n            value.brand == \"HP\" &&\n              present(value.imgae)",
                "rule: >\n            value.brand == \"HP\" &&\n            present(value.imgae)",
                "rule: value.brand == \"HP\" &&\n            present(value.imgae)",
                "rule: 'value.brand == \"it''s\" && present(value.imgae)'",
                "rule: \"value.brand == \\\"\\u0041\\x41\\\" && \\\n              present(value.imgae)\"",
                "rule: &shared present(value.imgae)"
            })
    void caretStandsUnderTheErrorOfARule(String rule) throws IOException {
        String text = shipped("product-catalog").replace("rule: present(value.image)", rule);
        List<Finding> findings = check(text).findings();
        assertThat(findings).hasSize(1);
        Finding finding = findings.get(0);
        assertThat(finding.message()).isEqualTo("there is no field 'imgae'; did you mean 'image'?");
        String line = text.split("\n", -1)[finding.place().line() - 1];
        assertThat(line.substring(finding.place().column() - 1)).startsWith("imgae)");
        List<String> excerpt = finding.excerpt().lines().toList();
        assertThat(excerpt.get(0).substring(excerpt.get(1).indexOf('^'))).startsWith("imgae)");
    }

    @Test
    void aliasBombIsRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            String alias = "*a" + (i - 1);
            bomb.append("a" + i + ": &a" + i + " [" + String.join(",", Collections.nCopies(9, alias)) + "]\n");
        }
        assertThat(lines(check(bomb.toString())))
                .containsExactly("1:1 yaml: The aliases of this file expand to more than 100000 values. A contract has"
                        + " fewer.");
    }

    @Test
    void hostileFilesAreRefused() {
        assertThat(lines(check("a: &x [*x]"))).contains("1:4 yaml: This value contains an alias of itself.");
        assertThat(lines(check("a: !!javax.script.ScriptEngineManager [x]")))
                .contains("1:4 yaml: This is not valid YAML: Global tag is not allowed:"
                        + " tag:yaml.org,2002:javax.script.ScriptEngineManager.");
        assertThat(lines(check("a: !x b"))).contains("1:4 yaml: The tag '!x' is refused. A contract has no tags.");
        assertThat(lines(check("x".repeat(2 << 20))))
                .containsExactly("1:1 yaml: The file has more than 1048576 bytes, and is not read.");
        assertThat(lines(ContractFile.check("a.yaml", new byte[] {(byte) 0xff})))
                .containsExactly("1:1 yaml: The file is not UTF-8.");
        assertThat(lines(check(""))).containsExactly("1:1 yaml: The file is empty.");
        assertThat(lines(check("[".repeat(1000)))).hasSize(1).first().asString().startsWith("1:");
        assertThat(lines(check("a: [")).get(0)).startsWith("1:5 yaml: This is not valid YAML: ");
        assertThat(lines(check("a: \u0007")).get(0)).startsWith("1:1 yaml: This is not valid YAML: ");
        assertThat(lines(check("{[a]: b}"))).contains("1:2 yaml: A key is a text, not a list or a mapping.");
        assertThat(lines(check("- a")))
                .contains("1:1 type: This is a contract. It must be a mapping, but it is a list.");
    }

    static Stream<TextEdits> mistakes() throws IOException {
        return TextEdits.of("/mistakes.txt");
    }

    private static List<String> lines(ContractFile file) {
        return file.findings().stream()
                .map(finding -> finding.place().line() + ":" + finding.place().column() + " " + finding.rule()
                        + (finding.level() == Finding.Level.WARNING ? " (warning)" : "") + ": " + finding.message())
                .collect(Collectors.toList());
    }

    private static ContractFile check(String text) {
        return ContractFile.check("a.yaml", text.getBytes(UTF_8));
    }

    private static String shipped(String name) throws IOException {
        return ShippedContracts.text(name);
    }
}
