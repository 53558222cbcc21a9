package io.catalogconnect.catalogctl.live.bigquery;

import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.catalogctl.live.LiveException;
import java.math.BigDecimal;
import java.util.Optional;

/** Runs queries that return one number. */
record NumberQuery(Dataset dataset, long maxBytes) {
    Optional<BigDecimal> run(String sql) {
        return dataset.call(() -> number(new SelectQuery(dataset, maxBytes).run(sql)));
    }

    private static Optional<BigDecimal> number(TableResult result) {
        if (result.getTotalRows() != 1) {
            throw new LiveException("The query returned " + result.getTotalRows() + " rows, not one.", null);
        }
        FieldValue value = result.iterateAll().iterator().next().get(0);
        try {
            return value.isNull() ? Optional.empty() : Optional.of(new BigDecimal(value.getStringValue()));
        } catch (NumberFormatException | ClassCastException e) {
            throw new LiveException("The query did not return a number.", e);
        }
    }
}
