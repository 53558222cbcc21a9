package io.catalogconnect.bigquery.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AppendAnswerTest {

    private static final Map<String, AppendAnswer> ANSWERS = Map.of(
            "Appended", new AppendAnswer.Appended(),
            "BelowEnd 10", new AppendAnswer.BelowEnd(10),
            "BelowEnd 9", new AppendAnswer.BelowEnd(9),
            "AboveEnd 0", new AppendAnswer.AboveEnd(0),
            "RowsRefused", new AppendAnswer.RowsRefused(Map.of(1, "Field x: a bad value")),
            "StreamClosed", new AppendAnswer.StreamClosed("finalized"),
            "SchemaUnknown", new AppendAnswer.SchemaUnknown("more fields"),
            "TableUnknown", new AppendAnswer.TableUnknown("may not exist"),
            "Unavailable", new AppendAnswer.Unavailable("no answer in time"),
            "Refused", new AppendAnswer.Refused("PERMISSION_DENIED"));

    /** The append's rows end at stream offset 10. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Appended      | WRITTEN     | RESEND         | appended
            BelowEnd 10   | WRITTEN     | ABANDON_STREAM | the offset is below the stream's end 10
            BelowEnd 9    | UNKNOWN     | ABANDON_STREAM | the offset is below the stream's end 9
            AboveEnd 0    | NOT_WRITTEN | ABANDON_STREAM | the offset is above the stream's end 0
            RowsRefused   | NOT_WRITTEN | REPORT_ROWS    | 1 rows were refused
            StreamClosed  | UNKNOWN     | ABANDON_STREAM | finalized
            SchemaUnknown | NOT_WRITTEN | AWAIT_SCHEMA   | more fields
            TableUnknown  | UNKNOWN     | AWAIT_TABLE    | may not exist
            Unavailable   | UNKNOWN     | RESEND         | no answer in time
            Refused       | NOT_WRITTEN | STOP           | PERMISSION_DENIED
            """)
    void eachAnswerSaysWhetherItsRowsAreWrittenAndHowToContinue(
            String name, AppendAnswer.Fate fate, AppendAnswer.Remedy remedy, String message) {
        AppendAnswer answer = Objects.requireNonNull(ANSWERS.get(name), name);

        assertThat(answer.fate(10)).isEqualTo(fate);
        assertThat(answer.remedy()).isEqualTo(remedy);
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.refusedRows().isEmpty()).isEqualTo(remedy != AppendAnswer.Remedy.REPORT_ROWS);
    }
}
