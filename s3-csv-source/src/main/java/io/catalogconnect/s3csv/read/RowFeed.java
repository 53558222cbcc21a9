package io.catalogconnect.s3csv.read;

import io.catalogconnect.s3csv.assign.Counters;
import io.catalogconnect.s3csv.assign.Discovery;
import io.catalogconnect.s3csv.assign.ObjectChangedPolicyException;
import io.catalogconnect.s3csv.assign.Work;
import io.catalogconnect.s3csv.object.CorruptObjectException;
import io.catalogconnect.s3csv.object.ObjectChangedException;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.TransientStoreException;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.record.BadObjectException;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All items of all of a task's objects, one object after the other. For one thread. */
public final class RowFeed implements Closeable {

    private static final Logger log = LoggerFactory.getLogger(RowFeed.class);

    private final Discovery discovery;
    private final ObjectFormat format;
    private final ObjectBytes bytes;
    private final boolean skipBadObjects;
    private final BooleanSupplier stopping;
    private final Counters counters;
    private @Nullable ObjectCursor cursor;
    private @Nullable SourceOffset position;

    /**
     * Opens nothing yet.
     *
     * @param skipBadObjects true when a damaged object is left out, false when it stops the task
     * @param stopping true when the task has been told to stop, so that no further object is opened
     */
    public RowFeed(
            Discovery discovery,
            ObjectFormat format,
            ObjectBytes bytes,
            boolean skipBadObjects,
            BooleanSupplier stopping,
            Counters counters) {
        this.discovery = discovery;
        this.format = format;
        this.bytes = bytes;
        this.skipBadObjects = skipBadObjects;
        this.stopping = stopping;
        this.counters = counters;
    }

    /**
     * The next item, or null when there is none now.
     *
     * @throws TransientStoreException when the store does not answer now; the next call goes on from the same place
     * @throws BadRowException in front of a row that must not be bad
     * @throws BadObjectException in front of an object that must not be bad
     * @throws ObjectChangedPolicyException when an object changed that must not
     */
    public @Nullable Item next() throws IOException, BadRowException, BadObjectException, ObjectChangedPolicyException {
        while (true) {
            Work work = cursor == null && !stopping.getAsBoolean() ? discovery.next() : null;
            if (cursor == null && work == null) {
                return null;
            }
            try {
                Item item = current(work).next();
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
                ObjectRef gone = work == null ? current(null).object() : work.object();
                abandon();
                discovery.vanished(gone);
            } catch (CorruptObjectException e) {
                if (!skipBadObjects) {
                    throw e;
                }
                log.error("{}. The rest of the object is left out (bad.objects=skip)", e.getMessage());
                leaveOut(work);
            } catch (TransientStoreException e) {
                later(work);
                throw e;
            } catch (BadObjectException e) {
                if (!skipBadObjects) {
                    throw e;
                }
                log.error("{}. The object is left out (bad.objects=skip)", e.getMessage());
                leaveOut(work);
            }
        }
    }

    /** True when the next item closes the object of the last one: it comes at once, and belongs into its transaction. */
    public boolean isClosing() {
        return cursor != null && cursor.isClosing();
    }

    private void count(Item item) {
        SourceOffset former = position;
        long bad = item.after().badRows() - (former == null ? 0 : former.badRows());
        counters.badRows.addAndGet(Math.max(0, bad));
        if (item instanceof Item.Good || item instanceof Item.Reject) {
            counters.rows.incrementAndGet();
        }
        counters.currentRows.set(item.after().rows());
        counters.currentByte.set(item.after().nextByte());
    }

    private ObjectCursor current(@Nullable Work work) throws IOException, BadObjectException {
        ObjectCursor open = cursor;
        if (open == null) {
            if (work == null) {
                throw new IllegalStateException("No object is open");
            }
            position = work.from();
            open = ObjectCursor.open(work, format, bytes);
            cursor = open;
            counters.currentSize.set(work.object().size());
            log.info(
                    "Reading {} ({} bytes) from row {}",
                    work.object(),
                    work.object().size(),
                    work.from().rows() + 1);
        }
        return open;
    }

    private void later(@Nullable Work work) throws IOException {
        ObjectCursor open = cursor;
        SourceOffset reached = position;
        if (open != null && reached != null) {
            discovery.later(open.workFrom(reached));
        } else if (work != null) {
            discovery.later(work);
        }
        abandon();
    }

    private void leaveOut(@Nullable Work work) throws IOException {
        ObjectCursor open = cursor;
        if (open != null) {
            discovery.leftOut(open.object());
        } else if (work != null) {
            discovery.leftOut(work.object());
        }
        abandon();
    }

    private void finish() throws IOException {
        ObjectCursor open = cursor;
        if (open != null) {
            counters.objectsDone.incrementAndGet();
            log.info("{} is read to its end, {} rows", open.object(), open.rows());
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
