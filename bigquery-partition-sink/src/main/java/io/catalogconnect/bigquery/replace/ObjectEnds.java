package io.catalogconnect.bigquery.replace;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * End markers that are not settled: their versions are not published yet. No method blocks; all calls come from one thread;
 * {@link #advance} throws the exceptions that stop the task.
 */
public final class ObjectEnds {

    /** Maximum units with a call in flight: a call that waits long for a thread would count as lost. */
    static final int MAX_CALLS = 100;

    /** Maximum versions that are recorded together: a statement may have 10 MB. */
    static final int MAX_RECORDED = 1_000;

    private final RowsBefore rowsBefore;
    private final ReplaceContext context;
    private final Map<TopicPlace, PartitionEnds> ends = new LinkedHashMap<>();
    private final Map<UnitKey, UnitPublisher> publishers = new LinkedHashMap<>();

    public ObjectEnds(RowsBefore rowsBefore, ReplaceContext context) {
        this.rowsBefore = rowsBefore;
        this.context = context;
    }

    /** Adds the version of an end marker; those of one topic partition in the order of their offsets. */
    public void add(ObjectVersion version) {
        ends.computeIfAbsent(TopicPlace.of(version), place -> new PartitionEnds(rowsBefore, context))
                .add(version);
    }

    /** Forgets the end markers of a revoked topic partition. */
    public void close(String topic, int partition) {
        PartitionEnds closed = ends.remove(new TopicPlace(topic, partition));
        if (closed != null) {
            for (ObjectVersion version : closed.complete()) {
                UnitPublisher publisher = publishers.get(version.unit());
                if (publisher != null) {
                    publisher.forget(version);
                }
            }
        }
    }

    /** Does what can be done now. */
    public void advance(long now) {
        recordVersions(now);
        publish(now);
        ends.values().forEach(each -> each.settle(this::isPublished));
        ends.values().removeIf(each -> each.waiting() == 0);
    }

    private void recordVersions(long now) {
        int room = MAX_RECORDED
                - ends.values().stream().mapToInt(PartitionEnds::recording).sum();
        for (PartitionEnds each : ends.values()) {
            room += each.recording();
            for (ObjectVersion version : each.advance(now, room)) {
                publishers
                        .computeIfAbsent(version.unit(), unit -> new UnitPublisher(unit, context))
                        .await(version);
            }
            room -= each.recording();
        }
    }

    private void publish(long now) {
        int calling = (int)
                publishers.values().stream().filter(UnitPublisher::isCalling).count();
        for (Iterator<UnitPublisher> each = publishers.values().iterator(); each.hasNext(); ) {
            UnitPublisher publisher = each.next();
            calling -= publisher.isCalling() ? 1 : 0;
            publisher.advance(now, calling < MAX_CALLS);
            calling += publisher.isCalling() ? 1 : 0;
            if (publisher.isIdle()) {
                each.remove();
            }
        }
    }

    /** The lowest offset of an unsettled end marker, or {@link Long#MAX_VALUE}. */
    public long firstUnsettled(String topic, int partition) {
        PartitionEnds unsettled = ends.get(new TopicPlace(topic, partition));
        return unsettled == null ? Long.MAX_VALUE : unsettled.first();
    }

    /** Number of unsettled end markers. */
    public int waiting() {
        return ends.values().stream().mapToInt(PartitionEnds::waiting).sum();
    }

    private boolean isPublished(ObjectVersion version) {
        UnitPublisher publisher = publishers.get(version.unit());
        return publisher == null || !publisher.waitsFor(version);
    }
}
