package io.catalogconnect.contract.draft;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.ShippedContracts;
import io.catalogconnect.contract.draft.InspectedFile.InspectedColumn;
import io.catalogconnect.contract.finding.Finding;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.render.SourceConnector;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class ContractDraftTest {
    private static final InspectedFile FILE = new InspectedFile(
            "orders.csv",
            12,
            List.of(
                    new InspectedColumn("id", "int64"),
                    new InspectedColumn("yes", "string?"),
                    new InspectedColumn("total", "decimal(38,9;de-DE;€)?"),
                    new InspectedColumn("price", "decimal(38,9)"),
                    new InspectedColumn("ratio", "float64"),
                    new InspectedColumn("open", "boolean(yes/no)"),
                    new InspectedColumn("day", "date(dd.MM.yyyy)?"),
                    new InspectedColumn("at", "timestamp(dd.MM.yyyy HH:mm;Europe/Berlin)"),
                    new InspectedColumn("file_date", "date")),
            Map.of(
                    "csv.delimiter", ";",
                    "csv.charset", "windows-1252",
                    "null.values", "\\N",
                    "file.date.pattern", "(?<date>\\d{8})",
                    "file.date.format", "yyyyMMdd",
                    "columns", "..."));

    @Test
    void onlyWhatAPersonMustDecideIsMissing() {
        String text = new ContractDraft(new UUID(1, 2), "web-orders", "", FILE).text();
        assertThat(ContractFile.check("a.yaml", text.getBytes(UTF_8)).findings())
                .extracting(Finding::rule, finding -> finding.message().replaceFirst(" is still TODO.*", ""))
                .containsExactly(
                        tuple("todo", "purpose"),
                        tuple("todo", "personalData"),
                        tuple("todo", "location"),
                        tuple("todo", "host"),
                        tuple("todo", "project"),
                        tuple("todo", "value"),
                        tuple("todo", "username"));
    }

    @Test
    void answeredDraftReadsTheFile() {
        String text = new ContractDraft(new UUID(1, 2), "web-orders", "s3://bucket/in/", FILE)
                .text()
                .replace("personalData: TODO", "personalData: none")
                .replace("value: TODO", "value: 30")
                .replace("TODO", "someone");
        Contract contract = ShippedContracts.parse(text);
        assertThat(SourceConnector.of(contract, contract.environment("prod").orElseThrow())
                        .config())
                .containsEntry("s3.bucket", "bucket")
                .containsEntry("s3.prefix", "in/")
                .containsEntry("csv.delimiter", ";")
                .containsEntry("csv.charset", "windows-1252")
                .containsEntry("null.values", "\\N")
                .containsEntry("file.date.pattern", "(?<date>\\d{8})")
                .containsEntry("file.date.format", "yyyyMMdd")
                .containsEntry("file.date.column", "file_date_")
                .containsEntry(
                        "columns",
                        "id:int64,yes:string?,total:decimal(38,9;de-DE;€)?,price:decimal(38,9),ratio:float64,"
                                + "open:boolean(yes/no),day:date(dd.MM.yyyy)?,"
                                + "at:timestamp(dd.MM.yyyy HH:mm;Europe/Berlin),file_date:date");
    }

    @Test
    void commentsOfTheDraftAreEntriesWithoutTheirNumberSigns() {
        String text = new ContractDraft(new UUID(1, 2), "web-orders", "s3://bucket/in/", FILE)
                .text()
                .replaceAll("(?m)^  # (- |  )", "  $1")
                .replaceAll("COLUMN", "total")
                .replace("personalData: TODO", "personalData: none")
                .replace("value: TODO", "value: 30")
                .replace("TODO", "someone");
        Contract contract = ShippedContracts.parse(text);
        assertThat(contract.objects()).extracting(DataObject::name).containsExactly("web_orders", "NAME");
        assertThat(contract.serviceLevels())
                .extracting(ServiceLevel::property)
                .containsExactly("retention", "frequency", "latency");
    }

    @Test
    void columnWithANameOfPersonalDataIsConfidential() {
        assertThat(ColumnDraft.of(new InspectedColumn("Customer_EMail", "string?"), "Customer_EMail")
                        .yaml())
                .isEqualTo("      - {name: Customer_EMail, logicalType: string, physicalType: STRING,"
                        + " classification: confidential, description: \"\"}\n");
    }

    @Test
    void headerWithOtherNamesIsSkipped() {
        List<String> headers = List.of(
                "Kunden Nr.", "Größe (cm)", "straße", "2. Preis €", "€", "ID", "id", "_PARTITIONTIME", "Prénom", "ok");
        InspectedFile file = new InspectedFile(
                "kunden.csv",
                3,
                headers.stream()
                        .map(header -> new InspectedColumn(header, "string?"))
                        .toList(),
                Map.of("csv.skip.lines", "2"));
        String text = new ContractDraft(new UUID(1, 2), "kunden", "s3://bucket/in/", file)
                .text()
                .replace("personalData: TODO", "personalData: none")
                .replace("value: TODO", "value: 30")
                .replace("TODO", "someone");
        Contract contract = ShippedContracts.parse(text);
        assertThat(contract.objects().get(0).columns())
                .extracting(Column::name)
                .startsWith(
                        "kunden_nr",
                        "groesse_cm",
                        "strasse",
                        "column_2_preis",
                        "column_5",
                        "ID",
                        "id_2",
                        "partitiontime",
                        "prenom",
                        "ok");
        assertThat(contract.objects().get(0).columns().get(0).description()).isEqualTo("Kunden Nr.");
        assertThat(SourceConnector.of(contract, contract.environment("prod").orElseThrow())
                        .config())
                .containsEntry("csv.header", "absent")
                .containsEntry("csv.skip.lines", "3");
    }
}
