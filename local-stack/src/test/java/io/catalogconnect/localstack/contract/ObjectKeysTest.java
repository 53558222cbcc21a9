package io.catalogconnect.localstack.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localstack.StackVariables;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ObjectKeysTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-01");

    /** Prefix, pattern and format as the source has them; the key for the file a.csv. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    catalog/ | dt=(?<date>\\d{4}-\\d{2}-\\d{2}) | yyyy-MM-dd | catalog/dt=2026-11-01/a.csv
                    orders/ | dt=(?<date>\\d{4}-\\d{2}-\\d{2})/hour=\\d{2}/ | yyyy-MM-dd | orders/dt=2026-11-01/hour=00/a.csv
                    x/ | year=(?<year>\\d+)/month=(?<month>\\d+)/day=(?<day>\\d+) | yyyy-MM-dd | x/year=2026/month=11/day=01/a.csv
                    "" | (?<date>\\d{8})\\.csv | yyyyMMdd | 20261101.csv/a.csv
                    "" | ex\\.(?<date>\\d+)\\.\\d\\d+_ | epoch-seconds | ex.1793491200.00_/a.csv
                    in/dt={yyyy-MM-dd}/ | dt=(?<date>\\d{4}-\\d{2}-\\d{2}) | yyyy-MM-dd | in/dt=2026-11-01/a.csv
                    in/ | (?<date>\\d{4}/\\d{2}/\\d{2}) | yyyy/MM/dd | in/2026/11/01/a.csv
                    in/ | "" | yyyy-MM-dd | in/a.csv
                    """)
    void fileHasAKeyInWhichTheSourceFindsItsDate(String prefix, String pattern, String format, String key) {
        ObjectKeys keys = keys(Map.of("s3.prefix", prefix, "file.date.pattern", pattern, "file.date.format", format));
        assertThat(keys.key("a.csv", DAY)).isEqualTo(key);
        assertThat(keys.example(DAY)).isEqualTo("s3://catalog/" + key.replace("a.csv", "NAME.csv"));
        assertThat(keys.haveDates()).isEqualTo(!pattern.isEmpty());
    }

    @Test
    void fileWithItsDateInItsNameKeepsItsName() {
        ObjectKeys keys = keys(Map.of("file.date.pattern", "(?<date>\\d{4}-\\d{2}-\\d{2})\\.csv$"));
        assertThat(keys.key("products-2026-11-01.csv", DAY)).isEqualTo("products-2026-11-01.csv");
    }

    @Test
    void patternFromWhichNoKeyFollowsIsRefused() {
        ObjectKeys keys = keys(Map.of("s3.prefix", "in/", "file.date.pattern", "[a-z]+_(?<date>\\d{4}-\\d{2}-\\d{2})"));
        assertThatThrownBy(() -> keys.key("a.csv", DAY))
                .isInstanceOf(ContractRefusedException.class)
                .hasMessage("No key is known under which the connector source finds a.csv with the date 2026-11-01; it"
                        + " does not in in/a.csv. Start the stack with ./pipeline up --contract, and put the file into"
                        + " the bucket catalog with an S3 client");
        assertThat(keys.example(DAY)).isEqualTo("s3://catalog/in/");
    }

    /** Otherwise the demo would wait for a file that nobody reads. */
    @Test
    void keyThatTheSourceDoesNotReadIsRefused() {
        ObjectKeys keys = keys(Map.of("object.key.pattern", ".*\\.csv\\.gz"));
        assertThat(keys.key("a.csv.gz", DAY)).isEqualTo("a.csv.gz");
        assertThatThrownBy(() -> keys.key("a.csv", DAY)).isInstanceOf(ContractRefusedException.class);
    }

    @Test
    void formatThatIsNoneIsRefused() {
        ObjectKeys keys = keys(Map.of("file.date.pattern", "dt=(?<date>\\d+)", "file.date.format", "unknown letters"));
        assertThatThrownBy(() -> keys.key("a.csv", DAY))
                .isInstanceOf(ContractRefusedException.class)
                .hasMessageStartingWith("file.date.format of the connector source is unknown letters: ");
    }

    private static ObjectKeys keys(Map<String, String> config) {
        Map<String, String> all = new HashMap<>(config);
        all.put("s3.bucket", "${env:BUCKET}");
        return ObjectKeys.of(new ConnectorDefinition("source", all), new StackVariables(Map.of("BUCKET", "catalog")));
    }
}
