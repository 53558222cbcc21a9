package io.catalogconnect.benchmarks.scale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class GeneratedObjectsTest {
    private final GeneratedObjects objects = new GeneratedObjects(5_000, 3, 7);

    @Test
    void keysTellTheObjectsAndTheNumber() {
        String key = objects.key(3_651);
        assertThat(key).isEqualTo("objects5000rows3columns7/dt=2026-10-31/00003651.csv");
        assertThat(GeneratedObjects.of(key)).isEqualTo(objects);
        assertThat(GeneratedObjects.indexOf(key)).isEqualTo(3_651);
        assertThat(GeneratedObjects.of(objects.prefix())).isEqualTo(objects);
        assertThat(objects.dates()).isEqualTo(3_650);
        assertThatThrownBy(() -> GeneratedObjects.of("catalog/")).hasMessage("No objects have the prefix catalog/");
        assertThatThrownBy(() -> GeneratedObjects.indexOf("a.csv")).hasMessage("a.csv is no key of an object");
    }

    @Test
    void columnsHaveTypesInTurnAndRowsHaveAsManyCells() {
        assertThat(objects.declaration())
                .isEqualTo("c0:int64,c1:string?,c2:int64,c3:float64,c4:string?,c5:string,c6:string?");
        assertThat(new String(objects.header(), UTF_8)).isEqualTo("c0,c1,c2,c3,c4,c5,c6\n");
        assertThat(new String(objects.restOfRow(), UTF_8))
                .isEqualTo(",\"A text with a comma, and a \"\"word\"\" in quotes\",1234567,12345.678,,"
                        + "A product of the catalogue with a text of usual length that has about as many characters as"
                        + " this one.,\"A text with a comma, and a \"\"word\"\" in quotes\"\n");
    }

    @Test
    void sizesAndSumsAreThoseOfTheRows() {
        assertThat(new GeneratedObjects(2, 2, 1).size()).isEqualTo("c0\n1000000000\n1000000001\n".length());
        assertThat(new GeneratedObjects(2, 2, 1).sum()).isEqualTo(4_000_000_006L);
    }
}
