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
    private final ObjectBytes bytes;
    private final boolean skipDamagedObjects;
    private final BooleanSupplier stopping;
    private final Counters counters;
    private @Nullable ObjectCursor cursor;
    private @Nullable SourceOffset position;

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
        this.bytes = bytes;
        this.skipDamagedObjects = skipDamagedObjects;
        this.stopping = stopping;
        this.counters = counters;
    }

    /**
     * The next item, or null if no object is waiting.
     *
     * @throws TransientStoreException if S3 is unavailable; the next call resumes at the same position
     * @throws MalformedRowException before a malformed row that must fail the task
     * @throws DamagedObjectException for a damaged object that must fail the task
     * @throws ObjectChangedPolicyException if an object changed and that must fail the task
     */
    public @Nullable Item next()
            throws IOException, MalformedRowException, DamagedObjectException, ObjectChangedPolicyException {
        while (true) {
            UnreadObject unread = cursor == null && !stopping.getAsBoolean() ? discovery.next() : null;
            if (cursor == null && unread == null) {
                return null;
            }
            try {
                Item item = current(unread).next();
                if (item != null) {
                    count(item);
                    position = item.after();
                    if (item.after().done()) {
                        finish();
                    }
                    return item;
                }
                finish();
            } catch (ObjectChangedException e) {
                ObjectRef gone = unread == null ? current(null).object() : unread.object();
                abandon();
                discovery.vanished(gone);
            } catch (CorruptObjectException e) {
                if (!skipDamagedObjects) {
                    throw e;
                }
                log.error("{}. The rest of the object is left out (bad.objects=skip)", e.getMessage());
                leaveOut(unread);
            } catch (TransientStoreException e) {
                readLater(unread);
                throw e;
            } catch (DamagedObjectException e) {
                if (!skipDamagedObjects) {
                    throw e;
                }
                log.error("{}. The object is left out (bad.objects=skip)", e.getMessage());
                leaveOut(unread);
            }
        }
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

    private ObjectCursor current(@Nullable UnreadObject unread) throws IOException, DamagedObjectException {
        ObjectCursor open = cursor;
        if (open == null) {
            if (unread == null) {
                throw new IllegalStateException("No object is open");
            }
            position = unread.from();
            open = ObjectCursor.open(unread, format, bytes);
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

    private void readLater(@Nullable UnreadObject unread) throws IOException {
        ObjectCursor open = cursor;
        SourceOffset reached = position;
        if (open != null && reached != null) {
            discovery.readLater(open.restFrom(reached));
        } else if (unread != null) {
            discovery.readLater(unread);
        }
        abandon();
    }

    private void leaveOut(@Nullable UnreadObject unread) throws IOException {
        ObjectCursor open = cursor;
        if (open != null) {
            discovery.leftOut(open.object());
        } else if (unread != null) {
            discovery.leftOut(unread.object());
        }
        abandon();
    }

    private void finish() throws IOException {
        ObjectCursor open = cursor;
        if (open != null) {
            counters.objectsDone.incrementAndGet();
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
