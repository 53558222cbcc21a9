package io.catalogconnect.localbigquery.read;

import com.google.cloud.bigquery.storage.v1.CreateReadSessionRequest;
import com.google.cloud.bigquery.storage.v1.DataFormat;
import com.google.cloud.bigquery.storage.v1.ReadSession;
import com.google.cloud.bigquery.storage.v1.ReadStream;
import com.google.cloud.bigquery.storage.v1.SplitReadStreamResponse;
import com.google.protobuf.util.Timestamps;
import io.catalogconnect.localbigquery.job.RowSnapshot;
import io.catalogconnect.localbigquery.job.RowSnapshots;
import io.catalogconnect.localbigquery.job.ServiceError;
import io.catalogconnect.localbigquery.store.TableRef;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The open read sessions and their streams. A session ends six hours after its creation, or with the server. Thread-safe. */
final class ReadSessions implements AutoCloseable {

    /** A session's rows and their form. */
    private record Session(RowSnapshot rows, FieldSelection selection, RowEncoder encoder, Instant expires) {}

    private static final Pattern TABLE = Pattern.compile("projects/([^/]+)/datasets/([^/]+)/tables/([^/]+)");
    private static final Pattern PROJECT = Pattern.compile("projects/([^/]+)");
    private static final Duration LIFETIME = Duration.ofHours(6);
    private static final int MAX_STREAMS = 1000;
    private static final int USUAL_STREAMS = 4;
    /** A stream of a new session has at least this number of rows, unless the client prefers more streams. */
    private static final long STREAM_ROWS = 10_000;

    private final RowSnapshots snapshots;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Map<String, StreamRows> streams = new ConcurrentHashMap<>();

    ReadSessions(RowSnapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** The project of a resource name. */
    static String project(String name) {
        Matcher matcher = PROJECT.matcher(name);
        if (!matcher.lookingAt()) {
            throw ServiceError.invalid("Invalid resource name: '" + name + "'. Expected projects/{project}.");
        }
        return matcher.group(1);
    }

    ReadSession create(CreateReadSessionRequest request) throws SQLException {
        removeExpired();
        ReadSession wanted = request.getReadSession();
        refuseUnsupported(wanted);
        List<String> selected = wanted.getReadOptions().getSelectedFieldsList();
        List<String> columns = selected.stream()
                .map(name -> name.contains(".") ? name.substring(0, name.indexOf('.')) : name)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        RowSnapshot rows = snapshots.take(
                table(wanted.getTable()),
                field -> columns.isEmpty() || columns.contains(field.getName().toLowerCase(Locale.ROOT)),
                wanted.getReadOptions().getRowRestriction());
        FieldSelection selection = FieldSelection.of(rows.schema(), selected);
        RowEncoder encoder = wanted.getDataFormat() == DataFormat.AVRO
                ? new AvroRows(selection.schema())
                : new ArrowRows(selection.schema());
        Instant expires = snapshots.clock().instant().plus(LIFETIME);
        String name = request.getParent() + "/locations/us/sessions/" + UUID.randomUUID();
        sessions.put(name, new Session(rows, selection, encoder, expires));
        ReadSession.Builder session = wanted.toBuilder()
                .setName(name)
                .setExpireTime(Timestamps.fromMillis(expires.toEpochMilli()))
                .setEstimatedRowCount(rows.count())
                .setEstimatedTotalBytesScanned(rows.size());
        encoder.describe(session);
        int count = streamCount(request, rows.count());
        for (int i = 0; i < count; i++) {
            session.addStreams(ReadStream.newBuilder()
                    .setName(open(name, rows.count() * i / count, rows.count() * (i + 1) / count)));
        }
        return session.build();
    }

    private static void refuseUnsupported(ReadSession wanted) {
        if (wanted.getTableModifiers().hasSnapshotTime()) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no snapshot_time (time travel)");
        }
        if (wanted.getReadOptions().hasSamplePercentage()) {
            throw ServiceError.invalid("Unsupported: local-bigquery has no sample_percentage");
        }
        if (wanted.getDataFormat() != DataFormat.ARROW && wanted.getDataFormat() != DataFormat.AVRO) {
            throw ServiceError.invalid("request failed: data_format must be ARROW or AVRO");
        }
    }

    private static TableRef table(String name) {
        Matcher matcher = TABLE.matcher(name);
        if (!matcher.matches()) {
            throw ServiceError.invalid("Invalid table name: '" + name
                    + "'. Expected projects/{project}/datasets/{dataset}/tables/{table}.");
        }
        return new TableRef(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** A table without rows has no streams. */
    private static int streamCount(CreateReadSessionRequest request, long rows) {
        int max = request.getMaxStreamCount();
        int preferred = request.getPreferredMinStreamCount();
        if (max < 0 || preferred < 0 || (max > 0 && preferred > max)) {
            throw ServiceError.invalid("request failed: preferred_min_stream_count must not be greater than"
                    + " max_stream_count, and neither may be negative");
        }
        long usual = Math.min(USUAL_STREAMS, (rows + STREAM_ROWS - 1) / STREAM_ROWS);
        long limit = max == 0 ? MAX_STREAMS : Math.min(max, MAX_STREAMS);
        return (int) Math.min(rows, Math.min(limit, Math.max(usual, preferred)));
    }

    private String open(String session, long from, long to) {
        String name = session + "/streams/" + UUID.randomUUID();
        Session opened = session(session);
        streams.put(name, new StreamRows(opened.rows(), opened.selection(), opened.encoder(), from, to));
        return name;
    }

    /** The rows of a stream. */
    StreamRows stream(String name) {
        removeExpired();
        StreamRows rows = streams.get(name);
        if (rows == null) {
            throw ServiceError.notFound("Not found: read stream " + name + " (or its session has expired)");
        }
        return rows;
    }

    /**
     * Splits a stream into two. The original stream stays readable. The response is empty if the stream has too few rows.
     *
     * @param fraction the share of the first part; 0 means one half
     */
    SplitReadStreamResponse split(String name, double fraction) {
        StreamRows rows = stream(name);
        if (!(fraction >= 0 && fraction < 1)) {
            throw ServiceError.invalid("request failed: fraction must be at least 0 and less than 1");
        }
        long middle = rows.from() + (long) (rows.count() * (fraction == 0 ? 0.5 : fraction));
        if (middle == rows.from() || middle == rows.to()) {
            return SplitReadStreamResponse.getDefaultInstance();
        }
        String session = name.substring(0, name.indexOf("/streams/"));
        return SplitReadStreamResponse.newBuilder()
                .setPrimaryStream(ReadStream.newBuilder().setName(open(session, rows.from(), middle)))
                .setRemainderStream(ReadStream.newBuilder().setName(open(session, middle, rows.to())))
                .build();
    }

    private Session session(String name) {
        Session session = sessions.get(name);
        if (session == null) {
            throw ServiceError.notFound("Not found: read session " + name + " (or it has expired)");
        }
        return session;
    }

    private void removeExpired() {
        Instant now = snapshots.clock().instant();
        List<String> expired = new ArrayList<>();
        for (Iterator<Map.Entry<String, Session>> all = sessions.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, Session> session = all.next();
            if (!now.isBefore(session.getValue().expires())) {
                expired.add(session.getKey() + "/");
                all.remove();
                session.getValue().rows().close();
            }
        }
        if (!expired.isEmpty()) {
            streams.keySet().removeIf(stream -> expired.stream().anyMatch(stream::startsWith));
        }
    }

    @Override
    public void close() {
        sessions.values().forEach(session -> session.rows().close());
        sessions.clear();
        streams.clear();
    }
}
