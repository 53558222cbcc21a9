package io.catalogconnect.bigquery.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.bigquery.convert.ConversionException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChangeSequenceTest {

    /** BigQuery compares the sections one after the other, as unsigned numbers. */
    private static final Comparator<String> ORDER = (one, other) -> {
        List<Long> left = sections(one);
        List<Long> right = sections(other);
        for (int i = 0; i < left.size(); i++) {
            int order = Long.compareUnsigned(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    };

    private static List<Long> sections(String sequence) {
        return Stream.of(sequence.split("/", -1))
                .map(section -> Long.parseUnsignedLong(section, 16))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0/0",
        "0, 255, 0/ff",
        "1, 0, 1/0",
        "2147483647, 9223372036854775807, 7fffffff/7fffffffffffffff",
    })
    void numberOfAPositionHasTheGenerationBeforeTheOffset(int generation, long offset, String expected) {
        assertThat(new ChangeSequence(generation).of(offset)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808, 0/0/7",
        "-1, 7fffffffffffffff/0/7",
        "0, 8000000000000000/0/7",
        "1, 8000000000000001/0/7",
        "9223372036854775807, ffffffffffffffff/0/7",
    })
    void versionComesFirstAndNegativeVersionsAreLowerThanPositiveOnes(long version, String expected) {
        assertThat(new ChangeSequence(0).of(version, 7)).isEqualTo(expected);
    }

    @Test
    void orderOfNumbersIsTheOrderOfVersionGenerationAndOffset() {
        List<Long> versions = List.of(Long.MIN_VALUE, -17L, -1L, 0L, 1L, 1_700_000_000_000_000L, Long.MAX_VALUE);
        List<String> ordered = versions.stream()
                .flatMap(version -> Stream.of(0, 1, 16)
                        .flatMap(generation -> Stream.of(0L, 9L, 10L, 16L, 4_294_967_296L)
                                .map(offset -> new ChangeSequence(generation).of(version, offset))))
                .toList();
        assertThat(ordered).hasSize(105).doesNotHaveDuplicates().isSortedAccordingTo(ORDER);
    }

    @Test
    void versionIsAnIntegerOrATimestampInMicroseconds() {
        assertThat(ChangeSequence.version("v", -5)).isEqualTo(-5);
        assertThat(ChangeSequence.version("v", (short) 5)).isEqualTo(5);
        assertThat(ChangeSequence.version("v", Date.from(Instant.ofEpochMilli(1_500))))
                .isEqualTo(1_500_000);
        assertThat(ChangeSequence.version("v", "1970-01-01T01:00:00.000001+01:00"))
                .isEqualTo(1);
        assertThatThrownBy(() -> ChangeSequence.version("v", "yesterday"))
                .isInstanceOf(ConversionException.class)
                .hasMessage(
                        "version column 'v' is neither an integer nor a timestamp. Correct upsert.version.column, or"
                                + " convert the field with a transformation.");
        assertThatThrownBy(() -> ChangeSequence.version("v", 1.5)).isInstanceOf(ConversionException.class);
    }
}
