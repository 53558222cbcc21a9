package io.catalogconnect.localbigquery.rest;

import com.google.api.client.json.JsonString;
import com.google.api.client.util.ClassInfo;
import com.google.api.client.util.FieldInfo;
import com.google.api.client.util.GenericData;
import com.google.api.client.util.Types;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Converts integers of a request to the form that Google's model classes read. BigQuery accepts every integer as a JSON number and as text; the
 * classes read an int64 only as text and an int32 only as a number.
 */
final class IntegerForms {

    private IntegerForms() {}

    /** Converts the integers of an object that becomes an instance of the class. Changes the object. */
    static void convert(JsonObject object, Class<?> type) {
        ClassInfo info = ClassInfo.of(type);
        for (Map.Entry<String, JsonElement> member : object.entrySet()) {
            FieldInfo field = info.getFieldInfo(member.getKey());
            if (field != null) {
                boolean text = field.getField().isAnnotationPresent(JsonString.class);
                member.setValue(converted(member.getValue(), field.getGenericType(), text));
            }
        }
    }

    private static JsonElement converted(JsonElement value, Type type, boolean text) {
        Class<?> raw = Types.getRawArrayComponentType(List.of(), type);
        if (value.isJsonArray() && Collection.class.isAssignableFrom(raw)) {
            for (int i = 0; i < value.getAsJsonArray().size(); i++) {
                JsonElement element = value.getAsJsonArray().get(i);
                value.getAsJsonArray().set(i, converted(element, Types.getIterableParameter(type), text));
            }
        } else if (value.isJsonObject() && GenericData.class.isAssignableFrom(raw)) {
            convert(value.getAsJsonObject(), raw);
        } else if (value.isJsonObject() && Map.class.isAssignableFrom(raw)) {
            for (Map.Entry<String, JsonElement> member : value.getAsJsonObject().entrySet()) {
                member.setValue(converted(member.getValue(), Types.getMapValueParameter(type), text));
            }
        } else if (value.isJsonPrimitive() && isInteger(raw)) {
            return integer(value.getAsJsonPrimitive(), text);
        }
        return value;
    }

    private static boolean isInteger(Class<?> type) {
        return type == Long.class || type == Integer.class || type == BigInteger.class;
    }

    /** The same integer in the other form. A value that is not an integer is kept, and refused when it is parsed. */
    private static JsonPrimitive integer(JsonPrimitive value, boolean text) {
        if (value.isBoolean() || value.isString() == text) {
            return value;
        }
        try {
            BigInteger number = new BigDecimal(value.getAsString()).toBigIntegerExact();
            return text ? new JsonPrimitive(number.toString()) : new JsonPrimitive(number);
        } catch (ArithmeticException | NumberFormatException e) {
            return value;
        }
    }
}
