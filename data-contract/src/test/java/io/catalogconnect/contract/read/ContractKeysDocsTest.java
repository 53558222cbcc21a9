package io.catalogconnect.contract.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.yaml.YamlFile;
import io.catalogconnect.contract.yaml.YamlNode;
import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/contract-keys.md: the keys that the readers declare while they read the shipped contracts. */
final class ContractKeysDocsTest {
    private static final String HEAD = """
            # Keys of a contract

            This page lists all keys that a [data contract](teams.md) can have, by the part of the file that has them. It is generated from the code that
            reads contracts. The keys of `catalogConnect` are those of this project, which the Open Data Contract Standard (ODCS) 3.1 does not define. They are in
            the `value` of a custom property:

            ```yaml
            customProperties:
              - property: catalogConnect
                value: {topic: products.raw}
            ```

            `lint` reports other keys, missing keys and values of a wrong type. [catalogctl.md](catalogctl.md#lint) lists its further checks, and
            [catalogctl.md](catalogctl.md#render) the keys of the connectors that are rendered from a contract.
            """;

    @Test
    void pageListsTheKeysThatTheReadersDeclare() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        keys().forEach((level, keys) -> {
            page.append("\n## ").append(heading(level)).append('\n');
            table(page, keys.values());
            String unused = keys.values().stream()
                    .filter(key -> !isRead(key))
                    .map(key -> "`" + key.name() + "`")
                    .collect(Collectors.joining(", "));
            if (!unused.isEmpty()) {
                page.append("\nKeys of ODCS that are documentation: ")
                        .append(unused)
                        .append(".\n");
            }
        });
        new ReferencePage().check("contract-keys.md", page.toString());
    }

    @Test
    void everyKeyThatIsReadHasAMeaning() throws IOException {
        assertThat(keys().values().stream().flatMap(keys -> keys.values().stream()))
                .isNotEmpty()
                .filteredOn(ContractKeysDocsTest::isRead)
                .allSatisfy(key -> assertThat(key.meaning())
                        .as("meaning of the key %s of %s", key.name(), key.level())
                        .isNotEmpty());
    }

    @Test
    void shippedContractsReachEveryMapping() throws IOException {
        Map<String, Map<String, DeclaredKey>> keys = keys();
        List<String> inner = keys.values().stream()
                .flatMap(level -> level.values().stream())
                .map(DeclaredKey::inner)
                .filter(level -> !level.isEmpty())
                .toList();
        assertThat(inner).contains("a column", "catalogConnect of an S3 server");
        assertThat(keys.keySet()).containsAll(inner);
    }

    /** The keys by mapping and name. A key that is read twice has its last declaration. */
    private static Map<String, Map<String, DeclaredKey>> keys() throws IOException {
        Map<String, Map<String, DeclaredKey>> keys = new LinkedHashMap<>();
        for (String contract : List.of("product-catalog", "orders")) {
            Findings findings = new Findings();
            YamlNode root = YamlFile.parse(ShippedContracts.text(contract).getBytes(UTF_8), findings)
                    .root();
            ContractReader.read(
                    Objects.requireNonNull(root),
                    findings,
                    key -> keys.computeIfAbsent(key.level(), level -> new LinkedHashMap<>())
                            .put(key.name(), key));
            assertThat(findings.sorted()).isEmpty();
        }
        return keys;
    }

    private static boolean isRead(DeclaredKey key) {
        return !key.type().isEmpty();
    }

    private static void table(StringBuilder page, Collection<DeclaredKey> keys) {
        if (keys.stream().noneMatch(ContractKeysDocsTest::isRead)) {
            return;
        }
        page.append("\n| key | type or values | default | meaning |\n|---|---|---|---|\n");
        keys.stream()
                .filter(ContractKeysDocsTest::isRead)
                .forEach(key -> page.append("| `")
                        .append(key.name())
                        .append("` | ")
                        .append(type(key))
                        .append(" | ")
                        .append(absent(key))
                        .append(" | ")
                        .append(key.meaning())
                        .append(" |\n"));
    }

    private static String type(DeclaredKey key) {
        if (key.inner().isEmpty()) {
            return key.type();
        }
        String heading = heading(key.inner());
        String anchor = heading.toLowerCase(Locale.ROOT).replace("`", "").replace(' ', '-');
        return key.type() + ": [" + heading + "](#" + anchor + ")";
    }

    private static String absent(DeclaredKey key) {
        return key.isNeeded() ? "required" : key.absent().isEmpty() ? "" : "`" + key.absent() + "`";
    }

    /** "a role" becomes "Role". The name of the custom property stays as it is. */
    private static String heading(String level) {
        String text = level.replaceFirst("^(an?|the) ", "").replace("catalogConnect", "`catalogConnect`");
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
