package io.catalogconnect.s3csv.offset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceOffsetTest {

    private final Map<String, Object> map = new HashMap<>(Map.of(
            "v", 1L, "etag", "e", "size", 10L, "lm", 5L, "byte", 4L, "row", 1L, "hdr", "a,\"b\nc\"", "st", "open"));

    @Test
    void storedOffsetIsRestored() {
        SourceOffset offset = SourceOffset.fromMap(map);

        assertThat(offset).isEqualTo(new SourceOffset("e", 10, 5, 4, 1, 0, "a,\"b\nc\"", SourceOffset.State.OPEN));
        assertThat(offset.toMap()).isEqualTo(map);
        assertThat(offset.done()).isFalse();
    }

    @Test
    void needsNoHeader() {
        map.remove("hdr");

        assertThat(SourceOffset.fromMap(map).header()).isNull();
        assertThat(SourceOffset.fromMap(map).toMap()).isEqualTo(map);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v    | 2    | v is 2, and this version of the connector reads 1
            byte | -1   | byte is -1, negative
            row  | -1   | row is -1, negative
            size | -1   | size is -1, negative
            bad  | 2    | bad is 2: it must be 0 to row, which is 1
            byte | 0    | byte is 0 and row is 1: no row is before the first byte
            """)
    void invalidNumberIsNamed(String key, long value, String message) {
        map.put(key, value);

        assertThatThrownBy(() -> SourceOffset.fromMap(map)).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            byte | '4'  | byte is '4', not a whole number
            st   | half | st is 'half', not open or done
            etag | ''   | etag is empty
            more | x    | An offset has the key 'more', which is not one of v, etag, size, lm, byte, row, bad, hdr, st
            """)
    void invalidTextIsNamed(String key, String value, String message) {
        map.put(key, value);

        assertThatThrownBy(() -> SourceOffset.fromMap(map)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "etag", "size", "lm", "byte", "row", "st"})
    void missingSettingIsNamed(String key) {
        map.remove(key);

        assertThatThrownBy(() -> SourceOffset.fromMap(map)).hasMessage(key + " is missing");
    }

    @Test
    void sourcePartitionIsAnObject() {
        assertThat(SourcePartition.fromMap(Map.of("object", "s3://b/k/x.csv")).toMap())
                .isEqualTo(Map.of("object", "s3://b/k/x.csv"));
        assertThatThrownBy(() -> SourcePartition.fromMap(Map.of("file", "x")))
                .hasMessage("A partition is {file=x}, not like {\"object\": \"s3://bucket/key\"}");
        for (String wrong : new String[] {"b/k", "s3://b", "s3://b/", "s3:///k"}) {
            assertThatThrownBy(() -> SourcePartition.fromMap(Map.of("object", wrong)))
                    .hasMessage("object is '" + wrong + "', not like s3://bucket/key");
        }
    }
}
