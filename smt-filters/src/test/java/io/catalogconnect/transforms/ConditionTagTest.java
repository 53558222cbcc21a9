package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ConditionTagTest {
    private static final String TAGS =
            "has-image: present(value.image)\nsamsung: value.brand == 'Samsung'\nold: value.year_release < 2000";

    @Test
    void headerIsAddedForEachMatchingRule() {
        SourceRecord record = Products.record("t", Products.product("Samsung", 1999, null));
        record.headers().addString("other", "stays");
        try (ConditionTag<SourceRecord> tag = tag(Map.of("tags", TAGS))) {
            SourceRecord tagged = Objects.requireNonNull(tag.apply(record));
            assertThat(headers(tagged)).containsExactly("other", "samsung", "old");
            assertThat(tagged.headers().lastWithName("samsung").value()).isEqualTo(true);
            assertThat(tagged.kafkaPartition()).isEqualTo(3);
            assertThat(tagged.value()).isSameAs(record.value());
            assertThat(headers(record)).as("the record that was given").containsExactly("other");
        }
    }

    @Test
    void existingHeaderWithTheNameOfATagIsRemoved() {
        SourceRecord record = Products.record("t", Products.product("HP", 2005, null));
        record.headers().addBoolean("samsung", true);
        try (ConditionTag<SourceRecord> tag = tag(Map.of("tags", TAGS))) {
            assertThat(headers(tag.apply(record))).isEmpty();
        }
    }

    @Test
    void recordWithoutATagIsUnchanged() {
        SourceRecord record = Products.record("t", Products.product("HP", 2005, null));
        SourceRecord tombstone = Products.record("t", null, null);
        try (ConditionTag<SourceRecord> tag = tag(Map.of("tags", TAGS))) {
            assertThat(tag.apply(record)).isSameAs(record);
            assertThat(tag.apply(tombstone)).isSameAs(tombstone);
        }
    }

    @Test
    void tombstoneIsEvaluatedByPolicy() {
        try (ConditionTag<SourceRecord> tag = tag(Map.of("tags", "gone: value == null", "on.tombstone", "evaluate"))) {
            assertThat(headers(tag.apply(Products.record("t", null, null)))).containsExactly("gone");
        }
    }

    @Test
    void ruleWithoutAnAnswerFailsOrIsSkipped() {
        SourceRecord record = Products.record("t", Products.product("HP", 2005, null));
        String tags = "x: value.comment.contains('y')\ny: true";
        try (ConditionTag<SourceRecord> fail = tag(Map.of("tags", tags));
                ConditionTag<SourceRecord> skip = tag(Map.of("tags", tags, "on.null", "skip"))) {
            assertThatThrownBy(() -> fail.apply(record))
                    .hasMessageStartingWith("The tag 'x' cannot be evaluated for a record")
                    .hasMessageContaining("value.comment is null. Guard it in the rule");
            assertThat(headers(skip.apply(record))).containsExactly("y");
        }
    }

    @Test
    void emptyOrDuplicateTagsAreRefused() {
        assertThatThrownBy(() -> tag(Map.of("tags", "\n")))
                .hasMessage("tags has no entry. Write `header: condition` on a line");
        assertThatThrownBy(() -> tag(Map.of("tags", "a: true\na: false")))
                .hasMessageStartingWith("tags is not valid: line 2, column 3: header 'a' already has a condition");
        assertThatThrownBy(() -> new ConditionTag<SourceRecord>().apply(Products.record("t", null, null)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static java.util.List<String> headers(@Nullable SourceRecord given) {
        SourceRecord record = Objects.requireNonNull(given);
        return StreamSupport.stream(record.headers().spliterator(), false)
                .map(Header::key)
                .toList();
    }

    private static ConditionTag<SourceRecord> tag(Map<String, String> config) {
        ConditionTag<SourceRecord> tag = new ConditionTag<>();
        tag.configure(config);
        return tag;
    }
}
