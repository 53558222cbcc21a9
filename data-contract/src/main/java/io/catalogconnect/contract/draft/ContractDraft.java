package io.catalogconnect.contract.draft;

import io.catalogconnect.contract.draft.InspectedFile.InspectedColumn;
import io.catalogconnect.contract.model.ColumnName;
import io.catalogconnect.contract.report.Counted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The draft of a contract. Values that only a person can decide are {@code TODO}, which the lint reports.
 *
 * @param name name of the product
 * @param location where the files are delivered; empty if unknown
 */
public record ContractDraft(UUID id, String name, String location, InspectedFile file) {
    private static final String FILE_DATE = "dt=(?<date>\\d{4}-\\d{2}-\\d{2})";
    private static final List<String> ELSEWHERE = List.of("csv.delimiter", "file.date.pattern", "columns");

    private static final String HEAD = """
            # yaml-language-server: $schema=https://raw.githubusercontent.com/bitol-io/open-data-contract-standard/main/schema/odcs-json-schema-v3.1.0.json
            # Drafted from %s (%s). Replace each TODO. `catalogctl lint` lists what is missing. Then set status: active.
            apiVersion: v3.1.0
            kind: DataContract
            id: %s
            name: %s
            version: 1.0.0
            status: draft                  # plan only; set active when catalogctl apply may create the resources

            description:
              purpose: TODO                # what the data is, and who delivers it
              usage: ""
              limitations: ""
              authoritativeDefinitions: []  # with personal data: [{type: privacyStatement, url: "https://..."}]

            customProperties:
              - property: catalogConnect
                value:
                  delivery: replace        # a file that is delivered again replaces its rows; append adds them
                  unit: partition
                  topics: {partitions: 3, replication: 3, retention: 7d, events: %s}
                  rejects: fail            # malformed rows: fail, skip or topic (with topics.rejects and the service level errorRate)
                  legal:
                    personalData: TODO     # none, indirect or direct
                    licence: internal
            """;

    private static final String SERVERS = """

            servers:
              # The local stack: ./pipeline up --bare
              - server: landing-local
                type: s3
                environment: local
                location: s3://${env:CATALOG_S3_BUCKET}/%2$s/
                endpointUrl: ${env:CATALOG_S3_ENDPOINT}
                format: csv
                delimiter: %3$s
                customProperties:
                  - property: catalogConnect
                    value:
                      region: us-east-1
                      pathStyle: true
                      credentials: static
                      accessKeyId: ${env:CATALOG_S3_ACCESS_KEY}
                      secretAccessKey: ${env:CATALOG_S3_SECRET_KEY}
                      fileDate: &file-date %4$s
                      pollInterval: 1s
            %5$s  - {server: stream-local, type: kafka, environment: local, host: "127.0.0.1:9092", format: json, customProperties: [{property: catalogConnect, value: {replication: 1}}]}
              - server: warehouse-local
                type: bigquery
                environment: local
                project: ${env:CATALOG_BIGQUERY_PROJECT}
                dataset: ${env:CATALOG_BIGQUERY_DATASET}
                customProperties:
                  - property: catalogConnect
                    value:
                      credentials: none
                      restEndpoint: ${env:CATALOG_BIGQUERY_REST}
                      storageEndpoint: ${env:CATALOG_BIGQUERY_STORAGE}
                      storagePlaintext: true

              - server: landing
                type: s3
                environment: prod
                location: %1$s
                format: csv
                delimiter: %3$s
                customProperties:
                  - property: catalogConnect
                    value:
                      credentials: default
                      fileDate: *file-date
                      pollInterval: 60s
            %5$s  - {server: stream, type: kafka, environment: prod, host: TODO, format: json}   # host: bootstrap server of the workers
              - {server: warehouse, type: bigquery, environment: prod, project: TODO, dataset: %6$s}
            """;

    private static final String OBJECT = """

            schema:
              - name: %1$s
                physicalName: %1$s
                physicalType: table
                logicalType: object
                description: All rows of all files.
                properties: &columns   # required: true: the column has a value in each row of the file
            %2$s      - name: %3$s
                    logicalType: date
                    physicalType: DATE
                    required: true
                    partitioned: true
                    partitionKeyPosition: 1
                    description: Date in the key of the file.
                    customProperties: [{property: catalogConnect, value: {from: fileDate}}]
                  - {name: _s3_key, logicalType: string, physicalType: STRING, description: Key of the S3 object that contains the row., customProperties: [{property: catalogConnect, value: {from: "header:s3.key"}}]}
                  - {name: _csv_row, logicalType: integer, physicalType: INT64, description: Number of the row in its object., customProperties: [{property: catalogConnect, value: {from: "header:csv.row"}}]}
                customProperties: [{property: catalogConnect, value: {topic: %4$s}}]

              # The rows that a team needs, in a separate table and topic. docs/rules.md describes rules.
              # - name: NAME
              #   physicalName: NAME
              #   physicalType: table
              #   description: DESCRIPTION
              #   properties: *columns
              #   customProperties: [{property: catalogConnect, value: {from: %1$s, topic: %5$s.NAME, consumer: TEAM, rule: present(value.COLUMN)}}]

            slaProperties:
              - {property: retention, value: TODO, unit: d}   # how long rows may be kept
              # - {property: frequency, value: 1, unit: d}
              # - {property: latency, value: 1, unit: h}

            team:
              name: %5$s
              members:
                - {username: TODO, role: owner}
            """;

    /** The text of the contract. */
    public String text() {
        String table = name.replace('-', '_');
        String delimiter = YamlScalar.of(file.settings().getOrDefault("csv.delimiter", ","));
        String datePattern = YamlScalar.of(file.settings().getOrDefault("file.date.pattern", FILE_DATE));
        String reading = reading();
        return HEAD.formatted(
                        file.name().replaceAll("\\p{Cntrl}", "?"),
                        Counted.of(file.rows(), "row"),
                        id,
                        name,
                        name + ".events")
                + SERVERS.formatted(
                        location.isEmpty() ? "TODO   # s3://BUCKET/PREFIX/" : YamlScalar.of(location),
                        name,
                        delimiter,
                        datePattern,
                        reading,
                        table)
                + OBJECT.formatted(table, columns(), dateColumn(), name + ".all", name);
    }

    private String columns() {
        List<String> names = names();
        return IntStream.range(0, names.size())
                .mapToObj(
                        i -> ColumnDraft.of(file.columns().get(i), names.get(i)).yaml())
                .collect(Collectors.joining());
    }

    /** The names of the columns in the table. */
    private List<String> names() {
        Set<String> used = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (InspectedColumn column : file.columns()) {
            names.add(ColumnName.of(column.name(), names.size() + 1, used));
        }
        return names;
    }

    private String dateColumn() {
        String column = "file_date";
        List<String> names = names();
        while (names.contains(column)) {
            column = column + "_";
        }
        return column;
    }

    /** Keys of the source that the file needs. */
    private String reading() {
        Map<String, String> csv = new LinkedHashMap<>();
        Map<String, String> others = new LinkedHashMap<>();
        file.settings().forEach((key, value) -> {
            if (ELSEWHERE.contains(key)) {
                return;
            }
            if (key.startsWith("csv.")) {
                csv.put(key.substring("csv.".length()), value);
            } else {
                others.put(key, value);
            }
        });
        List<String> lines = new ArrayList<>();
        if (!names().equals(file.columns().stream().map(InspectedColumn::name).toList())) {
            lines.add(
                    "          # The columns are in the order of the file. Names in its header are no names of columns.\n");
            csv.put("header", "absent");
            csv.merge("skip.lines", "1", (before, one) -> String.valueOf(Integer.parseInt(before) + 1));
        }
        line("csv", csv, lines);
        line("settings", others, lines);
        return String.join("", lines);
    }

    private static void line(String key, Map<String, String> values, List<String> lines) {
        if (!values.isEmpty()) {
            lines.add(values.entrySet().stream()
                    .map(entry -> YamlScalar.of(entry.getKey()) + ": " + YamlScalar.of(entry.getValue()))
                    .collect(Collectors.joining(", ", "          " + key + ": {", "}\n")));
        }
    }
}
