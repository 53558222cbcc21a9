package io.catalogconnect.s3csv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.apicurio.registry.serde.avro.NonRecordContainer;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.SimpleHeaderConverter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is left of rows, end markers and events when they have been bytes in between, as a sink sees them. */
class ConvertersTest {

    private static final String OBJECT = "dt=2026-01-31/a.csv";

    /** A converter's way there and back; of a header's value as well as of a record's. */
    enum Format {
        /** The Avro binary encoding with Connect's mapping to Avro, as Avro converters have it around their registry. */
        AVRO {
            @Override
            SchemaAndValue thereAndBack(@Nullable Schema schema, @Nullable Object value) {
                AvroData mapping = new AvroData(16);
                org.apache.avro.Schema avro = mapping.fromConnectSchema(schema);
                Object datum = mapping.fromConnectData(schema, value);
                // A converter's serializer makes no bytes of null, and its deserializer null of none.
                return datum == null
                        ? SchemaAndValue.NULL
                        : mapping.toConnectData(
                                avro,
                                decoded(avro, datum instanceof NonRecordContainer<?> only ? only.getValue() : datum));
            }
        },
        JSON_WITH_SCHEMAS {
            @Override
            SchemaAndValue thereAndBack(@Nullable Schema schema, @Nullable Object value) {
                try (JsonConverter converter = new JsonConverter()) {
                    converter.configure(Map.of("schemas.enable", true), false);
                    return converter.toConnectData("t", converter.fromConnectData("t", schema, value));
                }
            }
        },
        /** What a worker does with headers when it is not told otherwise. */
        SIMPLE {
            @Override
            SchemaAndValue thereAndBack(@Nullable Schema schema, @Nullable Object value) {
                SimpleHeaderConverter converter = new SimpleHeaderConverter();
                return converter.toConnectHeader("t", "h", converter.fromConnectHeader("t", "h", schema, value));
            }
        };

        abstract SchemaAndValue thereAndBack(@Nullable Schema schema, @Nullable Object value);

        private static Object decoded(org.apache.avro.Schema schema, Object datum) {
            try {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
                new GenericDatumWriter<>(schema).write(datum, encoder);
                encoder.flush();
                return new GenericDatumReader<>(schema)
                        .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final MemoryStore store = new MemoryStore();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "s3.bucket", MemoryStore.BUCKET,
            "topic", "raw",
            "object.events.topic", "events",
            "object.end.markers", "true",
            "bad.rows", "topic",
            "bad.rows.topic", "rejects",
            "columns",
                    "brand:string,category_id:int64,n:int32?,price:decimal(12,2),day:date,at:timestamp,ok:boolean?,share:float64,blob:bytes?",
            "file.date.pattern", "dt=(?<date>\\d{4}-\\d{2}-\\d{2})",
            "file.date.column", "catalog_date",
            "poll.interval.ms", "1"));

    /** Two files of one topic: no converter sees another schema because of what ends the first. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SIMPLE")
    void rowsMarkersAndEventsOfOneTopicAreConvertedWithoutLoss(Format format) throws InterruptedException {
        List<SourceRecord> records = records();

        assertThat(records)
                .extracting(SourceRecord::topic)
                .containsExactly(
                        "events", "raw", "rejects", "raw", "raw", "events", "events", "events", "raw", "rejects", "raw",
                        "raw", "events");
        assertThat(records).allSatisfy(record -> {
            SchemaAndValue back = format.thereAndBack(record.valueSchema(), record.value());
            if (Markers.isMarker(record)) {
                assertThat(back).isEqualTo(SchemaAndValue.NULL);
            } else if (record.value() instanceof Struct row) {
                assertThat(values((Struct) back.value())).isEqualTo(values(row));
                assertThat(back.schema().name()).isEqualTo(row.schema().name());
                assertThat(back.schema().fields())
                        .extracting(
                                Field::name,
                                field -> field.schema().isOptional(),
                                field -> field.schema().name())
                        .isEqualTo(row.schema().fields().stream()
                                .map(field -> tuple(
                                        field.name(),
                                        field.schema().isOptional(),
                                        field.schema().name()))
                                .toList());
            } else {
                assertThat(comparable(back.value())).isEqualTo(comparable(record.value()));
            }
            SchemaAndValue key = format.thereAndBack(record.keySchema(), record.key());
            assertThat(key.value()).isEqualTo(OBJECT);
        });
    }

    /** The sink knows a marker by its header, and reads the others as texts or numbers. */
    @ParameterizedTest
    @EnumSource
    void sinkRecognizesAMarkerWithEveryHeaderConverter(Format format) throws InterruptedException {
        SourceRecord marker =
                records().stream().filter(Markers::isMarker).findFirst().orElseThrow();

        Map<String, String> texts = new HashMap<>();
        for (Header header : marker.headers()) {
            Object back = format.thereAndBack(header.schema(), header.value()).value();
            texts.put(header.key(), back instanceof Date date ? date.toInstant().toString() : String.valueOf(back));
            if (header.key().equals("catalog.control")) {
                assertThat(back).isEqualTo("object-end");
            }
        }

        assertThat(texts)
                .containsEntry("s3.key", OBJECT)
                .containsEntry("s3.etag", "etag1")
                .containsEntry("object.rows", "2")
                .containsEntry("object.rejects", "1")
                .hasEntrySatisfying("file.date", date -> assertThat(date).startsWith("2026-01-31"))
                .hasEntrySatisfying("s3.last.modified", date -> assertThat(date).startsWith("2026-01-02T03:04:05"));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void markerIsATombstoneForAJsonConverter(boolean schemas) throws InterruptedException {
        SourceRecord marker =
                records().stream().filter(Markers::isMarker).findFirst().orElseThrow();
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", schemas), false);

            byte[] bytes = converter.fromConnectData("raw", marker.valueSchema(), marker.value());

            assertThat(bytes).isNull();
            assertThat(converter.toConnectData("raw", bytes)).isEqualTo(SchemaAndValue.NULL);
        }
    }

    private List<SourceRecord> records() throws InterruptedException {
        String header = "brand,category_id,n,price,day,at,ok,share,blob\n";
        byte[] text = (header + "H\uD83D\uDE00,1,7,12.50,2026-01-01,2026-01-01T10:00:00Z,true,0.5,AAEC\n"
                        + "HP,x,,1.00,2026-01-01,2026-01-01T10:00:00Z,,1,\n"
                        + "HP,2,,-0.01,1969-12-31,1969-12-31T23:59:59.999Z,,1e3,\n")
                .getBytes(UTF_8);
        Polling polling = new Polling(store, properties);
        store.put(OBJECT, text, Instant.parse("2026-01-02T03:04:05Z"));
        List<SourceRecord> records = new ArrayList<>(polling.all());
        polling.worker().deliver(records);
        polling.worker().commit();
        store.put(OBJECT, text, Instant.parse("2026-01-02T03:04:05Z"));
        records.addAll(polling.all());
        return records;
    }

    private static Map<String, Object> values(Struct row) {
        Map<String, Object> values = new HashMap<>();
        row.schema().fields().forEach(field -> values.put(field.name(), comparable(row.get(field))));
        return values;
    }

    private static @Nullable Object comparable(@Nullable Object value) {
        return value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value;
    }
}
