package io.catalogconnect.s3csv.object;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the objects that are read next while earlier ones are read, because a store takes tens of milliseconds to answer, which
 * is longer than reading a small object takes. Nothing else changes: the same versions are read in the same order, and an opening
 * that failed is reported when the object is opened. No object is opened early after a large one, because its connection could
 * break while it waits. Thread-safe.
 */
public final class ReadAheadStore implements ObjectStore {

    private static final Logger log = LoggerFactory.getLogger(ReadAheadStore.class);

    /** Objects up to this size are read in a fraction of a second. */
    private static final long SMALL = 1024 * 1024;

    private final ObjectStore store;
    private final ExecutorService threads;
    private final int limit;
    private final Map<ObjectRef, CompletableFuture<InputStream>> early = new HashMap<>();

    /**
     * @param store opens objects for several threads at the same time
     * @param threads open objects early; shut down with the store
     * @param limit maximum number of objects that are open early
     */
    public ReadAheadStore(ObjectStore store, ExecutorService threads, int limit) {
        this.store = store;
        this.threads = threads;
        this.limit = limit;
    }

    @Override
    public Page list(String prefix, @Nullable String continuation) throws StoreException {
        return store.list(prefix, continuation);
    }

    @Override
    public int readAhead() {
        return limit;
    }

    @Override
    public synchronized void expect(ObjectRef current, List<ObjectRef> next) {
        List<ObjectRef> wanted = new ArrayList<>();
        ObjectRef before = current;
        for (ObjectRef object : next) {
            if (before.size() > SMALL || wanted.size() == limit) {
                break;
            }
            wanted.add(object);
            before = object;
        }
        Set<ObjectRef> kept = new HashSet<>(wanted);
        kept.add(current);
        discardExcept(kept);
        for (ObjectRef object : wanted) {
            if (!early.containsKey(object) && !threads.isShutdown()) {
                early.put(object, CompletableFuture.supplyAsync(() -> openNow(object), threads));
            }
        }
    }

    private InputStream openNow(ObjectRef object) {
        try {
            return store.open(object, 0);
        } catch (StoreException e) {
            throw new CompletionException(e);
        }
    }

    @Override
    public InputStream open(ObjectRef object, long from) throws StoreException {
        CompletableFuture<InputStream> opened = from == 0 ? taken(object) : null;
        if (opened == null) {
            return store.open(object, from);
        }
        try {
            return opened.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StoreException failure) {
                throw failure;
            }
            throw new IllegalStateException("Opening " + object + " failed: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            discard(object, opened);
            throw new TransientStoreException("The thread was interrupted while " + object + " was opened", e);
        }
    }

    private synchronized @Nullable CompletableFuture<InputStream> taken(ObjectRef object) {
        return early.remove(object);
    }

    private void discardExcept(Set<ObjectRef> kept) {
        for (ObjectRef object : List.copyOf(early.keySet())) {
            CompletableFuture<InputStream> opened = kept.contains(object) ? null : early.remove(object);
            if (opened != null) {
                discard(object, opened);
            }
        }
    }

    private static void discard(ObjectRef object, CompletableFuture<InputStream> opened) {
        var unused = opened.thenAccept(stream -> {
            try {
                stream.close();
            } catch (IOException e) {
                log.debug("Closing a stream of {} failed", object, e);
            }
        });
    }

    @Override
    public void close() {
        synchronized (this) {
            discardExcept(Set.of());
            threads.shutdown();
        }
        store.close();
    }
}
