package io.catalogconnect.localstack;

import com.fasterxml.jackson.databind.JsonNode;
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
    private final List<Delivered> objects;

    /**
     * The progress of the objects.
     *
     * @param objectsRead objects that the source has read to their end
     * @param objects all objects waited for
     * @param rowsRead rows of these objects that the source has committed
     * @param tables size of each table
     * @param arrived whether all rows are in BigQuery
     */
    public record Progress(
            int objectsRead, int objects, long rowsRead, Map<String, TableSize> tables, boolean arrived) {}

    /** Watches these objects of the job that is deployed on the stack. */
    public Delivery(LocalStack stack, MainJob job, List<Delivered> objects) {
        this.stack = stack;
        this.job = job;
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
        Map<String, JsonNode> offsets = new HashMap<>();
        for (JsonNode entry : stack.connect().offsets(job.source().name())) {
            offsets.put(entry.path("partition").path("object").asText(), entry.path("offset"));
        }
        int read = 0;
        long rows = 0;
        for (Delivered object : objects) {
            JsonNode offset = offsets.get(object.uri());
            if (offset != null && offset.path("etag").asText().equals(object.etag())) {
                rows += offset.path("row").asLong();
                read += offset.path("st").asText().equals("done") ? 1 : 0;
            }
        }
        boolean arrived = read == objects.size() && stack.topics().isCaughtUp(job.sinkGroup(), job.topics());
        return new Progress(read, objects.size(), rows, stack.dataset().sizes(job.tables()), arrived);
    }
}
