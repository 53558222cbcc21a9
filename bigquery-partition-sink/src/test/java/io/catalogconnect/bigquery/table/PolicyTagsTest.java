package io.catalogconnect.bigquery.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.table.Column.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PolicyTagsTest {

    private static final Column NAME = Column.of("name", ColumnType.STRING, Mode.NULLABLE);
    private static final Column BRAND = Column.of("brand", ColumnType.STRING, Mode.NULLABLE);
    private static final Column MAKER = new Column("maker", ColumnType.STRUCT, Mode.NULLABLE, List.of(NAME));

    @Test
    void configuredColumnsGetTheirTagsAlsoInsideAStruct() {
        assertThat(new PolicyTags(Map.of("brand", "t1", "maker.name", "")).apply(List.of(BRAND, MAKER, NAME)))
                .containsExactly(tagged(BRAND, "t1"), MAKER.withFields(List.of(tagged(NAME, ""))), NAME);
    }

    @Test
    void tagsAreCopiedFromColumnsOfTheSameName() {
        Column other = Column.of("BRAND", ColumnType.STRING, Mode.REQUIRED);
        Column otherMaker = MAKER.withFields(List.of(tagged(NAME, "t2")));

        assertThat(PolicyTags.copied(List.of(BRAND, MAKER, NAME), List.of(tagged(other, "t1"), otherMaker)))
                .containsExactly(tagged(BRAND, "t1"), otherMaker, NAME);
        assertThat(PolicyTags.copied(List.of(tagged(BRAND, "t1")), List.of(BRAND)))
                .containsExactly(tagged(BRAND, "t1"));
    }

    @Test
    void tagsAreRemovedAlsoInsideAStruct() {
        assertThat(PolicyTags.without(List.of(tagged(BRAND, "t1"), MAKER.withFields(List.of(tagged(NAME, "t2"))))))
                .containsExactly(BRAND, MAKER);
    }

    private static Column tagged(Column column, String tag) {
        return column.withPolicyTag(Optional.of(tag));
    }
}
