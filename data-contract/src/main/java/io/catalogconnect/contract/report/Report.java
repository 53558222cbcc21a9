package io.catalogconnect.contract.report;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.finding.Finding.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** The findings of several files. */
public final class Report {
    private static final String SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private Report() {}

    /** One line for each finding, and a summary line for each file. */
    public static String text(List<ContractFile> files) {
        StringBuilder text = new StringBuilder();
        for (ContractFile file : files) {
            for (Finding finding : file.findings()) {
                text.append(String.format(
                        "%s:%d:%d: %s: %s [%s]%n",
                        file.name(),
                        finding.place().line(),
                        finding.place().column(),
                        level(finding),
                        printable(finding.message()),
                        finding.rule()));
                if (!finding.excerpt().isEmpty()) {
                    finding.excerpt()
                            .lines()
                            .forEach(line -> text.append(printable(line)).append(System.lineSeparator()));
                }
            }
            long errors = file.count(Level.ERROR);
            long warnings = file.count(Level.WARNING);
            text.append(file.name())
                    .append(": ")
                    .append(errors == 0 ? "no errors" : Counted.of(errors, "error"))
                    .append(warnings == 0 ? "" : ", " + Counted.of(warnings, "warning"))
                    .append(System.lineSeparator());
        }
        return text.toString();
    }

    /** A JSON object with one entry for each file. */
    public static String json(List<ContractFile> files) {
        List<Object> all = new ArrayList<>();
        for (ContractFile file : files) {
            List<Object> findings = new ArrayList<>();
            for (Finding finding : file.findings()) {
                findings.add(map(
                        "rule", finding.rule(),
                        "level", level(finding),
                        "line", finding.place().line(),
                        "column", finding.place().column(),
                        "message", finding.message()));
            }
            all.add(map("file", file.name(), "valid", file.isValid(), "findings", findings));
        }
        return JsonText.of(map("files", all));
    }

    /** A SARIF 2.1.0 log, which code hosts show in the changed lines of a review. */
    public static String sarif(List<ContractFile> files) {
        TreeSet<String> rules = new TreeSet<>();
        List<Object> results = new ArrayList<>();
        for (ContractFile file : files) {
            for (Finding finding : file.findings()) {
                rules.add(finding.rule());
                Map<String, Object> region = map(
                        "startLine", finding.place().line(),
                        "startColumn", finding.place().column());
                Map<String, Object> location = map(
                        "physicalLocation",
                        map("artifactLocation", map("uri", file.name().replace('\\', '/')), "region", region));
                results.add(map(
                        "ruleId", finding.rule(),
                        "level", level(finding),
                        "message", map("text", finding.message()),
                        "locations", List.of(location)));
            }
        }
        List<Object> descriptors = new ArrayList<>();
        rules.forEach(rule -> descriptors.add(map("id", rule)));
        Map<String, Object> driver = map("name", "catalogctl", "rules", descriptors);
        Map<String, Object> run =
                map("tool", map("driver", driver), "columnKind", "unicodeCodePoints", "results", results);
        return JsonText.of(map("$schema", SARIF_SCHEMA, "version", "2.1.0", "runs", List.of(run)));
    }

    private static String level(Finding finding) {
        return finding.level().name().toLowerCase(Locale.ROOT);
    }

    /** Text from a file with control characters replaced, so that it does not change the terminal. */
    public static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
