package io.catalogconnect.s3csv.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How records are handed to the worker. Immutable.
 *
 * @param batchMaxRows maximum number of items in one batch
 * @param transactionRows number of records after which a transaction ends at the next boundary
 * @param transactionMaxBytes maximum size of an object that is never split between transactions: stored, and decompressed
 *     with a fixed number of bytes for each record
 * @param outageMax time for which S3 may be unavailable before the task fails; null for no limit
 */
public record DeliverySettings(
        Topics topics,
        int batchMaxRows,
        int transactionRows,
        long transactionMaxBytes,
        @Nullable Duration outageMax) {}
