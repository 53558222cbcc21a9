package io.catalogconnect.localbigquery.write;

import com.google.cloud.bigquery.storage.v1.BigDecimalByteStringEncoder;
import com.google.cloud.bigquery.storage.v1.CivilTimeEncoder;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.catalogconnect.localbigquery.store.FieldType;
import io.catalogconnect.localbigquery.store.InvalidValueException;
import io.catalogconnect.localbigquery.store.TextValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The protocol buffer types that each column type accepts, and the encodings of their values: the table "Data type conversions" of the
 * Storage Write API's documentation, without Arrow.
 */
final class ValueReaders {
    private static final long MIN_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long MAX_DAY = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final Instant MIN_TIME = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant MAX_TIME = Instant.parse("9999-12-31T23:59:59.999999Z");

    private ValueReaders() {}

    /** Returns the reader for a scalar column and a field that is not a message, or empty if the column does not accept the field's type. */
    static Optional<ValueReader> of(FieldType column, FieldDescriptor field) {
        return Optional.ofNullable(
                switch (column) {
                    case STRING, GEOGRAPHY -> text(column, field);
                    case JSON ->
                        field.getType() == FieldDescriptor.Type.STRING
                                ? in -> TextValues.parse(FieldType.JSON, in.readStringRequireUtf8())
                                : null;
                    case BYTES -> bytes(field);
                    case BOOL -> bool(field);
                    case INT64 ->
                        field.getType() == FieldDescriptor.Type.UINT64
                                        || field.getType() == FieldDescriptor.Type.FIXED64
                                ? null
                                : integer(field);
                    case FLOAT64 -> real(field);
                    case NUMERIC, BIGNUMERIC -> decimal(column, field);
                    case DATE -> date(field);
                    case DATETIME, TIME -> civil(column, field);
                    case TIMESTAMP -> timestamp(field);
                    case STRUCT -> null;
                });
    }

    private static @Nullable ValueReader text(FieldType column, FieldDescriptor field) {
        if (field.getType() == FieldDescriptor.Type.STRING) {
            return CodedInputStream::readStringRequireUtf8;
        }
        if (field.getType() == FieldDescriptor.Type.ENUM && column == FieldType.STRING) {
            return in -> {
                int number = in.readEnum();
                EnumValueDescriptor value = field.getEnumType().findValueByNumber(number);
                if (value == null) {
                    throw new InvalidValueException("Invalid enum value: " + number);
                }
                return value.getName();
            };
        }
        return null;
    }

    private static @Nullable ValueReader bytes(FieldDescriptor field) {
        return switch (field.getType()) {
            case BYTES, STRING -> CodedInputStream::readByteArray;
            default -> null;
        };
    }

    private static @Nullable ValueReader bool(FieldDescriptor field) {
        if (field.getType() == FieldDescriptor.Type.BOOL) {
            return CodedInputStream::readBool;
        }
        ValueReader number = integer(field);
        return number == null ? null : in -> (Long) number.read(in) != 0;
    }

    /** Reads every integer type as Long. An unsigned 64-bit value keeps its bits. */
    private static @Nullable ValueReader integer(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT64 -> CodedInputStream::readInt64;
            case SINT64 -> CodedInputStream::readSInt64;
            case SFIXED64 -> CodedInputStream::readSFixed64;
            case UINT64 -> CodedInputStream::readUInt64;
            case FIXED64 -> CodedInputStream::readFixed64;
            case INT32 -> in -> (long) in.readInt32();
            case SINT32 -> in -> (long) in.readSInt32();
            case SFIXED32 -> in -> (long) in.readSFixed32();
            case UINT32 -> in -> Integer.toUnsignedLong(in.readUInt32());
            case FIXED32 -> in -> Integer.toUnsignedLong(in.readFixed32());
            case ENUM -> in -> (long) in.readEnum();
            default -> null;
        };
    }

    private static boolean isUnsigned64(FieldDescriptor field) {
        return field.getType() == FieldDescriptor.Type.UINT64 || field.getType() == FieldDescriptor.Type.FIXED64;
    }

    private static BigInteger unsigned(long bits) {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    private static @Nullable ValueReader real(FieldDescriptor field) {
        if (field.getType() == FieldDescriptor.Type.DOUBLE) {
            return CodedInputStream::readDouble;
        }
        if (field.getType() == FieldDescriptor.Type.FLOAT) {
            return in -> (double) in.readFloat();
        }
        ValueReader number = field.getType() == FieldDescriptor.Type.ENUM ? null : integer(field);
        if (number == null) {
            return null;
        }
        return isUnsigned64(field)
                ? in -> unsigned((Long) number.read(in)).doubleValue()
                : in -> (double) (Long) number.read(in);
    }

    private static @Nullable ValueReader decimal(FieldType column, FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> in -> TextValues.parse(column, in.readStringRequireUtf8());
            case BYTES ->
                column == FieldType.NUMERIC
                        ? in -> BigDecimalByteStringEncoder.decodeNumericByteString(in.readBytes())
                        : in -> BigDecimalByteStringEncoder.decodeBigNumericByteString(in.readBytes());
            case DOUBLE -> in -> finite(in.readDouble());
            case FLOAT -> in -> finite(in.readFloat());
            case ENUM -> null;
            default -> {
                ValueReader number = integer(field);
                if (number == null) {
                    yield null;
                }
                yield isUnsigned64(field)
                        ? in -> new BigDecimal(unsigned((Long) number.read(in)))
                        : in -> BigDecimal.valueOf((Long) number.read(in));
            }
        };
    }

    private static BigDecimal finite(double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidValueException("Invalid NUMERIC value: " + value);
        }
        return BigDecimal.valueOf(value);
    }

    private static @Nullable ValueReader date(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT32, SINT32, SFIXED32, INT64, SINT64, SFIXED64 -> {
                ValueReader number = integer(field);
                yield number == null ? null : in -> toDate((Long) number.read(in));
            }
            default -> null;
        };
    }

    private static LocalDate toDate(long day) {
        if (day < MIN_DAY || day > MAX_DAY) {
            throw new InvalidValueException("Invalid date value: " + day);
        }
        return LocalDate.ofEpochDay(day);
    }

    private static @Nullable ValueReader civil(FieldType column, FieldDescriptor field) {
        return switch (field.getType()) {
            case STRING -> in -> TextValues.parse(column, in.readStringRequireUtf8());
            case INT64 -> in -> unpack(column, in.readInt64());
            default -> null;
        };
    }

    private static Object unpack(FieldType column, long packed) {
        try {
            return column == FieldType.TIME
                    ? CivilTimeEncoder.decodePacked64TimeMicrosLocalTime(packed)
                    : CivilTimeEncoder.decodePacked64DatetimeMicrosLocalDateTime(packed);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new InvalidValueException("Invalid " + column + " value: " + packed);
        }
    }

    private static @Nullable ValueReader timestamp(FieldDescriptor field) {
        return switch (field.getType()) {
            case INT64, SINT64, SFIXED64, INT32, SINT32, SFIXED32, UINT32, FIXED32 -> {
                ValueReader number = integer(field);
                yield number == null ? null : in -> inRange(Micros.toInstant((Long) number.read(in)));
            }
            default -> null;
        };
    }

    private static Instant inRange(Instant time) {
        if (time.isBefore(MIN_TIME) || time.isAfter(MAX_TIME)) {
            throw new InvalidValueException("Invalid timestamp value: " + Micros.of(time));
        }
        return time;
    }

    /** {@code google.protobuf.Timestamp} for a TIMESTAMP column. */
    static Instant readTimestampMessage(CodedInputStream in) throws IOException {
        long seconds = 0;
        int nanos = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> seconds = in.readInt64();
                case 2 -> nanos = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        return inRange(Instant.ofEpochSecond(seconds, nanos / 1_000 * 1_000L));
    }
}
