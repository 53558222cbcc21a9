package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.apicurio.registry.utils.converter.avro.AvroData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The two rules of the main job over rows that have been bytes in between, as a sink's transformations see them. */
final class ConvertersTest {
    enum Format {
        /** The Avro binary encoding, with Connect's mapping of schemas to Avro's. */
        AVRO {
            @Override
            UnaryOperator<SchemaAndValue> thereAndBack() {
                AvroData mapping = new AvroData(16);
                return row -> {
                    org.apache.avro.Schema schema = mapping.fromConnectSchema(row.schema());
                    byte[] bytes = encode(schema, mapping.fromConnectData(row.schema(), row.value()));
                    return mapping.toConnectData(schema, decode(schema, bytes));
                };
            }
        },
        JSON_WITH_SCHEMAS {
            @Override
            UnaryOperator<SchemaAndValue> thereAndBack() {
                return json(true);
            }
        },
        JSON_WITHOUT_SCHEMAS {
            @Override
            UnaryOperator<SchemaAndValue> thereAndBack() {
                return json(false);
            }
        };

        abstract UnaryOperator<SchemaAndValue> thereAndBack();
    }

    @ParameterizedTest
    @EnumSource
    void sampleHasTheSameRowsInEveryFormat(Format format) {
        assertThat(count(format, "products.team-a", Products.sample())).isEqualTo(3);
        assertThat(count(format, "products.team-b", Products.sample())).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void realFileHas740And28RowsInEveryFormat(Format format) {
        assumeTrue(
                Files.exists(Products.REAL_FILE),
                () -> "SKIPPED: the real catalogue is not at "
                        + Products.REAL_FILE.toAbsolutePath().normalize());
        assertThat(count(format, "products.team-a", Products.realFile())).isEqualTo(740);
        assertThat(count(format, "products.team-b", Products.realFile())).isEqualTo(28);
    }

    private static long count(Format format, String topic, List<Struct> rows) {
        UnaryOperator<SchemaAndValue> converter = format.thereAndBack();
        try (ConditionFilter<SinkRecord> filter = new ConditionFilter<>()) {
            filter.configure(Map.of("conditions.by.topic", Products.BY_TOPIC));
            return rows.stream()
                    .map(row -> converter.apply(new SchemaAndValue(row.schema(), row)))
                    .filter(row ->
                            filter.apply(new SinkRecord(topic, 0, null, null, row.schema(), row.value(), 1)) != null)
                    .count();
        }
    }

    private static UnaryOperator<SchemaAndValue> json(boolean schemas) {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", schemas), false);
        return row -> converter.toConnectData("t", converter.fromConnectData("t", row.schema(), row.value()));
    }

    private static byte[] encode(org.apache.avro.Schema schema, Object datum) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Object decode(org.apache.avro.Schema schema, byte[] bytes) {
        try {
            return new GenericDatumReader<>(schema)
                    .read(null, DecoderFactory.get().binaryDecoder(bytes, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
