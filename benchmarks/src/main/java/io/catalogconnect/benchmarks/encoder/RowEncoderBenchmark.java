package io.catalogconnect.benchmarks.encoder;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.catalogconnect.benchmarks.catalog.CatalogBlock;
import io.catalogconnect.benchmarks.connectors.CatalogValues;
import io.catalogconnect.bigquery.convert.ExtraColumn;
import io.catalogconnect.bigquery.convert.RowEncoder;
import io.catalogconnect.bigquery.convert.SchemaConverter;
import io.catalogconnect.bigquery.table.ColumnType;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Catalogue rows on one thread, with the columns that the main job adds; rows a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RowEncoderBenchmark {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 1);
    private static final String TOPIC = "products.raw";
    private static final String OBJECT_KEY = "catalog/dt=2026-11-01/products.csv";
    private static final long MILLIS_PER_DAY = 86_400_000;
    private static final int MASK = 4_095;

    private final byte[] buffer = new byte[16_384];
    private Struct[] values = {};
    private @Nullable RowEncoder encoder;
    private @Nullable Descriptor descriptor;
    private long next;

    /** Makes the records, and checks that all contenders make the same bytes of each. */
    @Setup
    public void prepare() throws IOException, DescriptorValidationException {
        values = CatalogBlock.generate().rows().stream()
                .limit(MASK + 1)
                .map(row -> CatalogValues.of(row.cells(), DATE))
                .toArray(Struct[]::new);
        encoder = SchemaConverter.compile(
                CatalogValues.SCHEMA,
                List.of(new ExtraColumn("_s3_key", ColumnType.STRING), new ExtraColumn("_csv_row", ColumnType.INT64)));
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .addMessageType(encoder.descriptor())
                .build();
        descriptor = FileDescriptor.buildFrom(file, new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
        for (int i = 0; i <= MASK; i++) {
            next = i;
            ByteString ours = compiled();
            next = i;
            ByteString byHand = handWritten();
            next = i;
            if (!ours.equals(byHand) || !ours.equals(dynamicMessage())) {
                throw new IllegalStateException("The contenders differ at record " + i);
            }
        }
    }

    /** As the sink does it. */
    @Benchmark
    public ByteString compiled() {
        long offset = next++;
        return java.util.Objects.requireNonNull(encoder)
                .encode(value(offset), List.of(OBJECT_KEY, offset + 1), TOPIC, 0, offset);
    }

    /** As one would write it for this schema alone. */
    @Benchmark
    public ByteString handWritten() throws IOException {
        long offset = next++;
        Struct value = value(offset);
        CodedOutputStream out = CodedOutputStream.newInstance(buffer);
        out.writeString(1, value.getString("brand"));
        out.writeInt64(2, value.getInt64("category_id"));
        writeUnlessNull(out, 3, value.getString("comment"));
        out.writeString(4, value.getString("currency"));
        writeUnlessNull(out, 5, value.getString("description"));
        writeUnlessNull(out, 6, value.getString("image"));
        out.writeInt64(7, value.getInt64("year_release"));
        out.writeInt32(8, day(value));
        out.writeString(9, OBJECT_KEY);
        out.writeInt64(10, offset + 1);
        out.writeString(11, TOPIC);
        out.writeInt64(12, 0);
        out.writeInt64(13, offset);
        return ByteString.copyFrom(buffer, 0, out.getTotalBytesWritten());
    }

    /** By protobuf's messages for schemas known at run time only. */
    @Benchmark
    public ByteString dynamicMessage() {
        long offset = next++;
        Struct value = value(offset);
        List<FieldDescriptor> fields =
                java.util.Objects.requireNonNull(descriptor).getFields();
        DynamicMessage.Builder message = DynamicMessage.newBuilder(java.util.Objects.requireNonNull(descriptor));
        for (int i = 0; i < 7; i++) {
            Object cell = value.get(fields.get(i).getName());
            if (cell != null) {
                message.setField(fields.get(i), cell);
            }
        }
        message.setField(fields.get(7), day(value));
        message.setField(fields.get(8), OBJECT_KEY);
        message.setField(fields.get(9), offset + 1);
        message.setField(fields.get(10), TOPIC);
        message.setField(fields.get(11), 0L);
        message.setField(fields.get(12), offset);
        return message.build().toByteString();
    }

    private Struct value(long offset) {
        return values[(int) offset & MASK];
    }

    private static int day(Struct value) {
        return (int) (((Date) value.get("catalog_date")).toInstant().toEpochMilli() / MILLIS_PER_DAY);
    }

    private static void writeUnlessNull(CodedOutputStream out, int number, @Nullable String cell) throws IOException {
        if (cell != null) {
            out.writeString(number, cell);
        }
    }
}
