package io.catalogconnect.bigquery.convert;

import java.math.BigDecimal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** Converts well-known binary, also with PostGIS's flags, to well-known text. Not thread-safe; for one value. */
final class WellKnownBinary {

    private static final int HAS_SRID = 0x2000_0000;
    private static final int FLAGS = 0xE000_0000;
    private static final int MAX_DEPTH = 16;
    private static final int LINE_STRING = 2;
    private static final int POLYGON = 3;
    private static final Map<Integer, String> NAMES = Map.of(
            1,
            "POINT",
            2,
            "LINESTRING",
            3,
            "POLYGON",
            4,
            "MULTIPOINT",
            5,
            "MULTILINESTRING",
            6,
            "MULTIPOLYGON",
            7,
            "GEOMETRYCOLLECTION");

    private final ByteBuffer in;
    private final int srid;
    private final StringBuilder out = new StringBuilder();

    /** @param srid the spatial reference that the value may name */
    WellKnownBinary(byte[] bytes, int srid) {
        this.in = ByteBuffer.wrap(bytes);
        this.srid = srid;
    }

    /** @throws ConversionException if the bytes are not a geometry with two coordinates */
    String toText() {
        try {
            geometry(true, 1);
        } catch (BufferUnderflowException e) {
            throw invalid();
        }
        if (in.hasRemaining()) {
            throw invalid();
        }
        return out.toString();
    }

    private void geometry(boolean isNamed, int depth) {
        byte order = in.get();
        if ((order != 0 && order != 1) || depth > MAX_DEPTH) {
            throw invalid();
        }
        in.order(order == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        int code = in.getInt();
        int type = code & ~FLAGS;
        if ((code & FLAGS & ~HAS_SRID) != 0 || type >= 1_000) {
            throw new ConversionException("it has a third coordinate, which a GEOGRAPHY does not keep");
        }
        if ((code & HAS_SRID) != 0 && in.getInt() != srid) {
            throw new ConversionException("its spatial reference is not WGS 84 (SRID " + srid + ")");
        }
        String name = NAMES.get(type);
        if (name == null) {
            throw new ConversionException("it is a curve or surface, which a GEOGRAPHY does not have");
        }
        if (isNamed) {
            out.append(name);
        }
        switch (type) {
            case 1 -> point();
            case LINE_STRING -> list(this::coordinates);
            case POLYGON -> list(() -> list(this::coordinates));
            default -> list(() -> geometry(type == 7, depth + 1));
        }
    }

    private void point() {
        double longitude = in.getDouble();
        double latitude = in.getDouble();
        if (Double.isNaN(longitude) && Double.isNaN(latitude)) {
            out.append(" EMPTY");
            return;
        }
        out.append('(');
        append(longitude, latitude);
        out.append(')');
    }

    private void coordinates() {
        append(in.getDouble(), in.getDouble());
    }

    private void append(double longitude, double latitude) {
        out.append(decimal(longitude)).append(' ').append(decimal(latitude));
    }

    private static String decimal(double number) {
        if (!Double.isFinite(number)) {
            throw new ConversionException("it has a coordinate that is not a number");
        }
        BigDecimal decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        return decimal.toPlainString();
    }

    private void list(Runnable element) {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw invalid();
        }
        if (count == 0) {
            out.append(" EMPTY");
            return;
        }
        out.append('(');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.append(", ");
            }
            element.run();
        }
        out.append(')');
    }

    private static ConversionException invalid() {
        return new ConversionException("its field 'wkb' has no valid well-known binary");
    }
}
