package io.catalogconnect.bigquery.simulation;

import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.RowFormat;
import io.catalogconnect.bigquery.convert.RecordPosition;
import io.catalogconnect.bigquery.convert.RowEncoder;
import io.catalogconnect.bigquery.convert.SchemaConverter;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** Encodes the rows of a lane in one format. Besides its position in Kafka, a row has one empty column. */
public final class LaneRows {

    private static final Schema SCHEMA =
            SchemaBuilder.struct().field("x", Schema.OPTIONAL_STRING_SCHEMA).build();

    private final LaneKey lane;
    private final RowEncoder encoder = SchemaConverter.compile(SCHEMA, List.of());
    private final Struct value = new Struct(SCHEMA);
    private final RowFormat format;

    public LaneRows(LaneKey lane) {
        this.lane = lane;
        this.format = encoder.format(lane.table());
    }

    /** The row of the record at an offset. */
    public Row row(long offset) {
        RecordPosition position = new RecordPosition(lane.topic(), lane.partition(), offset, Row.NO_TIMESTAMP);
        return encoder.row(format, value, List.of(), position, null);
    }
}
