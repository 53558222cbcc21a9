package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.layout.StackLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./pipeline inspect}, with the plugins from their plugin folders. */
final class InspectIT {
    private static final String SAMPLE = "../config/sample/product_catalog.csv";

    @TempDir
    Path directory;

    private DemoRun pipeline = new DemoRun(Path.of("unused"));

    @BeforeEach
    void useAnEmptyStateFolder() {
        pipeline = new DemoRun(directory.resolve("state"));
    }

    @AfterEach
    void noProcessIsLeftBehind() {
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void theColumnsOfTheSampleAreThoseOfTheShippedConnector() throws IOException {
        pipeline.run("inspect", SAMPLE, "--output", "json");
        JsonNode inspection = new ObjectMapper().readTree(pipeline.lastLine());
        assertThat(inspection.path("rows").asLong()).isEqualTo(200);
        assertThat(inspection.path("malformedRows").asLong()).isZero();
        assertThat(inspection.at("/connector/config/columns").asText())
                .isEqualTo(MainJob.read(new StackLayout(Path.of(".."), directory))
                        .source()
                        .get("columns"));
    }

    @Test
    void aFileIsDescribedForPeople() throws IOException {
        Path file = Files.writeString(directory.resolve("a.csv"), """
                id;name;day
                1;Ann;25.11.2026
                2;;26.11.2026
                x;Bob;27.11.2026
                """);
        pipeline.run("inspect", file.toString(), "--key", "in/dt=2026-11-28/a.csv");
        assertThat(pipeline.output())
                .containsExactly(
                        "File       " + file + ", 60 bytes, not compressed",
                        "Encoding   UTF-8, lines end with LF",
                        "Dialect    delimiter ;  quote \"  escape none  header present",
                        "File date  2026-11-28 by dt=(?<date>\\d{4}-\\d{2}-\\d{2})",
                        "Rows       3, none malformed",
                        "",
                        "column  type              nulls  malformed  example",
                        "id      string            0      0          1",
                        "name    string?           1      0          Ann",
                        "day     date(dd.MM.yyyy)  0      0          25.11.2026",
                        "",
                        "First rows",
                        "id  name  day",
                        "1   Ann   25.11.2026",
                        "2   NULL  26.11.2026",
                        "x   Bob   27.11.2026",
                        "",
                        "Connector configuration",
                        "{",
                        "  \"name\" : \"a-source\",",
                        "  \"config\" : {",
                        "    \"connector.class\" : \"io.catalogconnect.s3csv.S3CsvSourceConnector\",",
                        "    \"tasks.max\" : \"1\",",
                        "    \"s3.bucket\" : \"your-bucket\",",
                        "    \"topic\" : \"a\",",
                        "    \"csv.delimiter\" : \";\",",
                        "    \"columns\" : \"id:string,name:string?,day:date(dd.MM.yyyy)\",",
                        "    \"file.date.pattern\" : \"dt=(?<date>\\\\d{4}-\\\\d{2}-\\\\d{2})\",",
                        "    \"file.date.column\" : \"file_date\"",
                        "  }",
                        "}");
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThat(pipeline.execute("inspect", "absent.csv")).isEqualTo(1);
        assertThat(pipeline.errors().strip()).isEqualTo("absent.csv does not exist");
        assertThat(pipeline.output()).isEmpty();
    }
}
