package io.catalogconnect.bigquery.convert;

import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Text for GEOGRAPHY columns: WKT or GeoJSON. BigQuery keeps longitude and latitude of WGS 84, and no other coordinates. */
final class GeographyText {

    private static final String DEBEZIUM = "io.debezium.data.geometry.";
    private static final int WGS_84 = 4_326;
    private static final Pattern WKT = Pattern.compile(
            "\\s*(POINT|LINESTRING|POLYGON|MULTIPOINT|MULTILINESTRING|MULTIPOLYGON|GEOMETRYCOLLECTION)\\s*"
                    + "(EMPTY|\\(.*\\))\\s*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern THIRD_COORDINATE = Pattern.compile("[-+.\\deE]+\\s+[-+.\\deE]+\\s+[-+.\\deE]");

    private GeographyText() {}

    /**
     * Returns the text unchanged.
     *
     * @throws ConversionException if it has neither of the two forms
     */
    static String check(String text) {
        if (text.stripLeading().startsWith("{")) {
            return JsonText.check(text);
        }
        if (!WKT.matcher(text).matches()) {
            throw new ConversionException("it is neither WKT, such as POINT(13.4 52.5), nor GeoJSON");
        }
        if (THIRD_COORDINATE.matcher(text).find()) {
            throw new ConversionException("it has a third coordinate, which a GEOGRAPHY does not keep");
        }
        return text;
    }

    /** Whether values of a schema are geometries of Debezium. */
    static boolean isGeometry(Schema schema) {
        Field wkb = schema.type() == Schema.Type.STRUCT ? schema.field("wkb") : null;
        return schema.name() != null
                && schema.name().startsWith(DEBEZIUM)
                && wkb != null
                && wkb.schema().type() == Schema.Type.BYTES;
    }

    /** The WKT of a geometry of Debezium. */
    static String ofGeometry(Object value) {
        Struct geometry = (Struct) value;
        Field field = geometry.schema().field("srid");
        Object srid = field == null ? null : geometry.get(field);
        if (srid != null && ((Number) srid).intValue() != WGS_84) {
            throw new ConversionException("its spatial reference is not WGS 84 (SRID 4326)");
        }
        byte[] wkb = geometry.getBytes("wkb");
        if (wkb == null) {
            throw new ConversionException("its field 'wkb' is null");
        }
        return new WellKnownBinary(wkb, WGS_84).toText();
    }
}
