package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.assign.Discovery;
import io.catalogconnect.s3csv.assign.ObjectChangedPolicyException;
import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.metrics.Counters;
import io.catalogconnect.s3csv.object.CorruptObjectException;
import io.catalogconnect.s3csv.object.ObjectChangedException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.read.UnfinishedObjectException.Treatment;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the items of a task's objects, one object after the other. For one thread. */
public final class ItemReader implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(ItemReader.class);

    private final Discovery discovery;
    private final ObjectFormat format;
    private final RowSchemas schemas;
    private final ObjectBytes bytes;
    private final boolean skipDamagedObjects;
    private final BooleanSupplier stopping;
    private final Counters counters;
    private @Nullable ObjectCursor cursor;
    private @Nullable UnreadObject opened;
    private @Nullable SourceOffset position;
    private @Nullable SourceOffset before;

    /**
     * Opens nothing yet.
     *
     * @param skipDamagedObjects true to leave damaged objects out, false to fail the task
     * @param stopping true after the task was told to stop; no further object is opened then
     */
    public ItemReader(
            Discovery discovery,
            ObjectFormat format,
            ObjectBytes bytes,
            boolean skipDamagedObjects,
            BooleanSupplier stopping,
            Counters counters) {
        this.discovery = discovery;
        this.format = format;
        this.schemas = new RowSchemas(format);
        this.bytes = bytes;
        this.skipDamagedObjects = skipDamagedObjects;
        this.stopping = stopping;
        this.counters = counters;
    }

    /**
     * The next item; null if no object is waiting, and for a pause ({@link #isPaused()}).
     *
     * @throws UnfinishedObjectException if the object cannot be read to its end now
     * @throws io.catalogconnect.s3csv.object.TransientStoreException if the bucket cannot be listed now
     * @throws ObjectChangedPolicyException if an object changed and that must fail the task
     */
    public @Nullable Item next() throws IOException, UnfinishedObjectException, ObjectChangedPolicyException {
        while (true) {
            if (cursor == null) {
                UnreadObject waiting = stopping.getAsBoolean() ? null : discovery.next();
                if (waiting == null) {
                    return null;
                }
                opened = waiting;
                position = waiting.from();
            }
            Item item = nextOfObject();
            if (item != null) {
                before = position;
                count(item);
                position = item.after();
            }
            if (isPaused()) {
                return null;
            }
            if (item == null || item.after().done()) {
                finish();
            }
            if (item != null) {
                return item;
            }
        }
    }

    private @Nullable Item nextOfObject() throws IOException, UnfinishedObjectException {
        try {
            return current().next();
        } catch (TransientStoreException e) {
            throw unfinished(Treatment.READ_LATER, e);
        } catch (ObjectChangedException e) {
            throw unfinished(Treatment.REPLACED, e);
        } catch (CorruptObjectException | DamagedObjectException e) {
            throw unfinished(skipDamagedObjects ? Treatment.LEAVE_OUT : Treatment.FAIL, e);
        } catch (MalformedRowException | IOException e) {
            throw unfinished(Treatment.FAIL, e);
        }
    }

    private UnfinishedObjectException unfinished(Treatment treatment, Exception cause) throws IOException {
        UnreadObject rest = opened().restFrom(position == null ? opened().from() : position);
        abandon();
        return new UnfinishedObjectException(rest, treatment, cause);
    }

    private UnreadObject opened() {
        UnreadObject last = opened;
        if (last == null) {
            throw new IllegalStateException("No object was opened");
        }
        return last;
    }

    /** The object of the last item. */
    public ObjectRef object() {
        return opened().object();
    }

    /** The object of the last item, with the progress before that item. */
    public UnreadObject beforeLast() {
        return before == null ? opened() : opened().restFrom(before);
    }

    /** True if the last call returned null because a long part of an object has no row to deliver; the next call continues. */
    public boolean isPaused() {
        return cursor != null && cursor.isPaused();
    }

    /** True if the next item ends the object of the last one: it is available at once, and belongs to the same transaction. */
    public boolean isClosing() {
        return cursor != null && cursor.isClosing();
    }

    private void count(Item item) {
        SourceOffset former = position;
        long malformed = item.after().malformedRows() - (former == null ? 0 : former.malformedRows());
        counters.malformedRows.addAndGet(Math.max(0, malformed));
        counters.rows.addAndGet(item.rowsSent());
        counters.currentRows.set(item.after().rows());
        counters.currentByte.set(item.after().nextByte());
    }

    private ObjectCursor current() throws IOException, DamagedObjectException {
        ObjectCursor open = cursor;
        if (open == null) {
            UnreadObject unread = opened();
            open = ObjectCursor.open(unread, format, schemas, bytes);
            cursor = open;
            counters.currentSize.set(unread.object().size());
            log.info(
                    "Reading {} ({} bytes) from row {}",
                    unread.object(),
                    unread.object().size(),
                    unread.from().rows() + 1);
        }
        return open;
    }

    private void finish() throws IOException {
        ObjectCursor open = cursor;
        if (open != null) {
            counters.objectsDone.incrementAndGet();
            discovery.finished();
            log.info("{} was read to its end, {} rows", open.object(), open.rows());
        }
        abandon();
    }

    private void abandon() throws IOException {
        ObjectCursor open = cursor;
        cursor = null;
        position = null;
        counters.currentRows.set(0);
        counters.currentByte.set(0);
        counters.currentSize.set(0);
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        abandon();
    }
}
