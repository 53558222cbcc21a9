package io.catalogconnect.contract.yaml;

import io.catalogconnect.contract.finding.Place;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A value in a YAML file. Immutable. Values that aliases share are the same objects. */
public sealed interface YamlNode {

    /** The start of the value. */
    Place place();

    /** The type of the value, for messages: "a list". */
    String kind();

    /**
     * A scalar.
     *
     * @param value without quotes, escapes and indentation
     * @param start index of the value in the text of the file
     * @param end index after the value
     * @param style the first character of a quoted or a block scalar; 0 for a plain one
     */
    record Scalar(Place place, String value, int start, int end, char style) implements YamlNode {
        private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");

        /** True if the value is written without quotes. Only such values are numbers, booleans or null. */
        public boolean isPlain() {
            return style == 0;
        }

        /** True for an absent value, {@code null} and {@code ~}. */
        public boolean isNull() {
            return isPlain() && (value.isEmpty() || value.equals("~") || value.equalsIgnoreCase("null"));
        }

        /** True for {@code true} and {@code false}. {@code yes} and {@code on} are texts in YAML 1.2. */
        public boolean isBoolean() {
            return isPlain() && (value.equals("true") || value.equals("false"));
        }

        /** True for a decimal number. */
        public boolean isNumber() {
            return isPlain() && NUMBER.matcher(value).matches();
        }

        @Override
        public String kind() {
            return isNull() ? "null" : isBoolean() ? "a boolean" : isNumber() ? "a number" : "a text";
        }
    }

    /** A list. */
    record Sequence(Place place, List<YamlNode> items) implements YamlNode {
        @Override
        public String kind() {
            return "a list";
        }
    }

    /**
     * A mapping.
     *
     * @param entries by key, in the order of the file
     * @param keys places of the keys
     */
    record Mapping(Place place, Map<String, YamlNode> entries, Map<String, Place> keys) implements YamlNode {
        @Override
        public String kind() {
            return "a mapping";
        }
    }
}
