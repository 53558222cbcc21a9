package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class InspectionTextTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void formOfTheFileAndAsManyColumnsAsFitAreShown() throws Exception {
        ObjectNode inspection = (ObjectNode) JSON.readTree("""
                {"file": {"name": "f.csv.gz", "size": 10, "compression": "gzip", "charset": "UTF-8", "byteOrderMark": true,
                  "lineEnd": "CRLF"},
                 "dialect": {"csv.delimiter": ";", "csv.quote": "none", "csv.escape": "none", "csv.header": "present",
                  "csv.skip.lines": "3"},
                 "date": null, "rows": 1, "malformedRows": 1, "malformed": ["row 1"], "hints": [], "connector": {}}
                """);
        ArrayNode columns = inspection.putArray("columns");
        ArrayNode row = inspection.putArray("firstRows").addArray();
        for (int i = 1; i <= 9; i++) {
            ObjectNode column = columns.addObject();
            column.put("name", "c" + i).put("type", "int64").put("nulls", 0).put("malformed", i % 2);
            column.putNull("example");
            if (i % 2 == 1) {
                column.putObject("firstMalformed").put("row", 1).put("text", "x" + i);
            } else {
                column.putNull("firstMalformed");
            }
            row.add("r" + i);
        }
        StringWriter text = new StringWriter();

        InspectionText.print(new PrintWriter(text, true), inspection);

        assertThat(text.toString())
                .contains(
                        "f.csv.gz, 10 bytes, gzip",
                        "UTF-8 with a byte order mark, lines end with CRLF",
                        "header present  after 3 lines",
                        "none in the key; the source takes the day of the last modification",
                        "1, of which 1 are malformed",
                        "row 1: x9",
                        "First rows, 8 of 9 columns",
                        "- row 1")
                .doesNotContain("r9", "row 1: x8", "Hints");
    }
}
