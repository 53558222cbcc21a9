package io.catalogconnect.localstack;

import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.localstack.process.ProcessFailedException;
import io.catalogconnect.localstack.s3.CatalogBucket.Delivered;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * Watches objects from the bucket to the tables. They have arrived when the source has committed the end of each object and the
 * sink has committed all records of the topics. Not thread-safe.
 */
public final class Delivery {
    private final LocalStack stack;
    private final MainJob job;
    private final CatalogDataset dataset;
    private final List<Delivered> objects;
    private long recordsToWrite;

    /**
     * The progress of the objects.
     *
     * @param objectsRead objects that the source has read to their end
     * @param objects all objects waited for
     * @param rowsRead rows of these objects that the source has committed, malformed ones included
     * @param malformedRows malformed rows among them, by the URI of the object
     * @param bytes bytes of these objects that the source has read, of their stored size
     * @param records records that the sink has written since all objects were read, of those that were left then
     * @param tables size of each table
     * @param arrived whether all rows are in BigQuery
     */
    public record Progress(
            int objectsRead,
            int objects,
            long rowsRead,
            Map<String, Long> malformedRows,
            Share bytes,
            Share records,
            Map<String, TableSize> tables,
            boolean arrived) {}

    /** A part of a total. */
    public record Share(long done, long total) {}

    /** Watches these objects of the job that is deployed on the stack. */
    public Delivery(LocalStack stack, MainJob job, List<Delivered> objects) {
        this.stack = stack;
        this.job = job;
        this.dataset = stack.dataset(job);
        this.objects = List.copyOf(objects);
    }

    /**
     * Reads the current progress.
     *
     * @throws ProcessFailedException if a process of the stack has ended
     * @throws DeliveryFailedException if a connector or a task has failed
     */
    public Progress look() throws InterruptedException, ExecutionException {
        stack.checkRunning();
        for (ConnectorDefinition connector : job.connectors()) {
            Optional<String> failure = stack.connect().status(connector.name()).failure();
            if (failure.isPresent()) {
                throw new DeliveryFailedException(failure.get());
            }
        }
        Map<String, ObjectOffset> offsets = new HashMap<>();
        for (ObjectOffset offset :
                ObjectOffset.of(stack.connect().offsets(job.source().name()))) {
            offsets.put(offset.uri(), offset);
        }
        int read = 0;
        long rows = 0;
        Map<String, Long> malformed = new HashMap<>();
        long bytesRead = 0;
        long bytes = 0;
        for (Delivered object : objects) {
            bytes += object.size();
            ObjectOffset offset = offsets.get(object.uri());
            if (offset != null && offset.etag().equals(object.etag())) {
                rows += offset.rows();
                malformed.put(offset.uri(), offset.malformedRows());
                read += offset.done() ? 1 : 0;
                bytesRead += offset.bytesRead();
            }
        }
        Share records = read == objects.size() ? recordsWritten() : new Share(0, 0);
        return new Progress(
                read,
                objects.size(),
                rows,
                malformed,
                new Share(bytesRead, bytes),
                records,
                dataset.sizes(job.tables()),
                read == objects.size() && records.done() == records.total());
    }

    private Share recordsWritten() throws ExecutionException, InterruptedException {
        long lag = stack.topics().lag(job.sinkGroup(), job.topics());
        recordsToWrite = Math.max(recordsToWrite, lag);
        return new Share(recordsToWrite - lag, recordsToWrite);
    }
}
