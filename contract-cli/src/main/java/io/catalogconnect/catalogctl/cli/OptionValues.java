package io.catalogconnect.catalogctl.cli;

import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.TypeConversionException;

/** Reads values of options. The messages do not show how they are read. */
final class OptionValues {
    private OptionValues() {}

    static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a date. Write it as YYYY-MM-DD.");
        }
    }

    static Duration seconds(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new TypeConversionException("'" + text + "' is not a whole number of seconds.");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }
}
