package io.catalogconnect.bigquery.convert;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Debezium's VariableScaleDecimal: a struct of the scale and the unscaled value. */
final class VariableDecimal {

    static final String NAME = "io.debezium.data.VariableScaleDecimal";

    private VariableDecimal() {}

    static boolean is(Schema schema) {
        return NAME.equals(schema.name())
                && schema.type() == Schema.Type.STRUCT
                && schema.field("scale") != null
                && schema.field("value") != null;
    }

    /** The number of a value. */
    static BigDecimal read(Object value) {
        Struct struct = (Struct) value;
        Object unscaled = struct.get("value");
        byte[] bytes;
        if (unscaled instanceof ByteBuffer buffer) {
            bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
        } else {
            bytes = (byte[]) unscaled;
        }
        return new BigDecimal(new BigInteger(bytes), struct.getInt32("scale"));
    }
}
