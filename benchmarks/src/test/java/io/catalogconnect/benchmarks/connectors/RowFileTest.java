package io.catalogconnect.benchmarks.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowFileTest {
    @Test
    void writtenDefinitionIsReadBack() throws IOException {
        RowFile file = new RowFile(
                6,
                30,
                List.of(new RowFile.Row(6, List.of("Orléans", "", "📱")), new RowFile.Row(21, List.of("b", "1", ""))));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        file.writeTo(new DataOutputStream(out));
        assertThat(RowFile.readFrom(new DataInputStream(new ByteArrayInputStream(out.toByteArray()))))
                .isEqualTo(file);
    }
}
