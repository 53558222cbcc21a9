package io.catalogconnect.bigquery.client;

import com.google.cloud.bigquery.QueryParameterValue;
import com.google.cloud.bigquery.StandardSQLTypeName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Parameters of a statement that is for several values: an array for each column of a table that has a row for each value.
 *
 * @param <T> type of the values
 */
final class ArrayParameters<T> {

    private final List<T> values;
    private final Map<String, QueryParameterValue> arrays = new HashMap<>();

    ArrayParameters(Collection<T> values) {
        this.values = List.copyOf(values);
    }

    ArrayParameters<T> texts(String name, Function<T, String> text) {
        return add(name, StandardSQLTypeName.STRING, values.stream().map(text).toArray(String[]::new));
    }

    ArrayParameters<T> numbers(String name, ToLongFunction<T> number) {
        return add(
                name,
                StandardSQLTypeName.INT64,
                values.stream().mapToLong(number).boxed().toArray(Long[]::new));
    }

    ArrayParameters<T> booleans(String name, Function<T, Boolean> value) {
        return add(name, StandardSQLTypeName.BOOL, values.stream().map(value).toArray(Boolean[]::new));
    }

    /** @param date a date in ISO form */
    ArrayParameters<T> dates(String name, Function<T, String> date) {
        return add(name, StandardSQLTypeName.DATE, values.stream().map(date).toArray(String[]::new));
    }

    /** @param micros microseconds since the epoch */
    ArrayParameters<T> timestamps(String name, ToLongFunction<T> micros) {
        return add(
                name,
                StandardSQLTypeName.TIMESTAMP,
                values.stream().mapToLong(micros).boxed().toArray(Long[]::new));
    }

    private <V> ArrayParameters<T> add(String name, StandardSQLTypeName type, V[] array) {
        arrays.put(name, QueryParameterValue.array(array, type));
        return this;
    }

    /** The parameters, which the caller may change. */
    Map<String, QueryParameterValue> asMap() {
        return arrays;
    }
}
