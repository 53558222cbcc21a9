/**
 * The flow of records in a task: turns items into Connect records with offsets, and decides where batches and transactions
 * end and how long an outage of S3 may last. Reading objects and storing settings happen elsewhere.
 */
@NullMarked
package io.catalogconnect.s3csv.flow;

import org.jspecify.annotations.NullMarked;
