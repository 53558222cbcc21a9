package io.catalogconnect.catalogctl.status;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.ServiceLevel;
import io.catalogconnect.contract.model.TimeSpan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The service levels of a contract that are compared with the state.
 *
 * @param latency longest time from the delivery of a file to its rows in BigQuery
 * @param frequency longest time between two files
 * @param due time of the day, in UTC, at which the rows of the day are there
 * @param errorRate largest ratio of malformed rows in a file
 */
public record Levels(
        Optional<Duration> latency,
        Optional<Duration> frequency,
        Optional<LocalTime> due,
        Optional<BigDecimal> errorRate) {
    /** The service levels of a valid contract. */
    public static Levels of(Contract contract) {
        return new Levels(
                span(contract, "latency"),
                span(contract, "frequency"),
                contract.serviceLevel("timeOfAvailability")
                        .filter(level -> level.unit().equals("UTC"))
                        .flatMap(Levels::time),
                contract.serviceLevel("errorRate").flatMap(Levels::number));
    }

    /** The longest age of a table's newest row; empty without the service level {@code frequency}. */
    public Optional<Duration> age() {
        return frequency.map(span -> span.plus(latency.orElse(Duration.ZERO)));
    }

    private static Optional<Duration> span(Contract contract, String property) {
        return contract.serviceLevel(property).flatMap(ServiceLevel::span).map(TimeSpan::duration);
    }

    private static Optional<LocalTime> time(ServiceLevel level) {
        try {
            return Optional.of(LocalTime.parse(level.value()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> number(ServiceLevel level) {
        try {
            return Optional.of(new BigDecimal(level.value()));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
