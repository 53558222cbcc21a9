package io.catalogconnect.dryrun.file;

import io.catalogconnect.s3csv.assign.UnreadObject;
import io.catalogconnect.s3csv.config.SourceSettings;
import io.catalogconnect.s3csv.object.Compression;
import io.catalogconnect.s3csv.object.MessageText;
import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.ResumingObjectStream;
import io.catalogconnect.s3csv.object.Retries;
import io.catalogconnect.s3csv.object.RetryPolicy;
import io.catalogconnect.s3csv.object.StoreException;
import io.catalogconnect.s3csv.object.s3.S3ObjectStore;
import io.catalogconnect.s3csv.offset.SourceOffset;
import io.catalogconnect.s3csv.read.Item;
import io.catalogconnect.s3csv.read.MalformedRowException;
import io.catalogconnect.s3csv.read.ObjectBytes;
import io.catalogconnect.s3csv.read.ObjectCursor;
import io.catalogconnect.s3csv.record.DamagedObjectException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A CSV file on this machine or an object in a bucket. Each method reads it from its start. For one thread. */
public final class CsvFile implements AutoCloseable {
    private static final RetryPolicy LOCAL = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);
    private static final String LOCAL_BUCKET = "local-file";
    private static final String SCHEME = "s3://";
    private static final int FIRST_BYTES = 512;

    private final String name;
    private final ObjectRef object;
    private final ObjectStore store;
    private final Retries retries;

    private CsvFile(String name, ObjectRef object, ObjectStore store, RetryPolicy retryPolicy) {
        this.name = name;
        this.object = object;
        this.store = store;
        this.retries = new Retries(
                retryPolicy, wait -> new CountDownLatch(1).await(wait.toNanos(), TimeUnit.NANOSECONDS), new Random());
    }

    /** True for the address of an object. */
    public static boolean isInBucket(String place) {
        return place.startsWith(SCHEME);
    }

    /** True if bytes are well-formed UTF-8, apart from an incomplete character at their end. */
    public static boolean isUtf8(byte[] bytes) {
        return Utf8Watch.isUtf8(bytes);
    }

    /** The bucket in the address of an object. */
    public static String bucketOf(String uri) throws BadInputException {
        String rest = uri.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        if (slash < 1 || slash == rest.length() - 1) {
            throw new BadInputException(MessageText.of(uri) + " is not an object. Write s3://bucket/key");
        }
        return rest.substring(0, slash);
    }

    /**
     * A file on this machine.
     *
     * @param key the key that the file will have in a bucket
     */
    public static CsvFile local(String path, String key) throws BadInputException {
        String shown = MessageText.of(path, 1000);
        try {
            Path file = Path.of(path);
            if (!Files.exists(file)) {
                throw new BadInputException(shown + " does not exist");
            }
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new BadInputException(shown + " is not a file that can be read");
            }
            ObjectRef object = new ObjectRef(
                    LOCAL_BUCKET,
                    key,
                    "local",
                    Files.size(file),
                    Files.getLastModifiedTime(file).toInstant());
            return new CsvFile(shown, object, new LocalFileStore(file, object), LOCAL);
        } catch (IOException | InvalidPathException e) {
            throw new BadInputException(shown + " cannot be read: " + e.getMessage());
        }
    }

    /**
     * An object in a bucket.
     *
     * @param settings settings with the object's bucket and how to reach it
     */
    public static CsvFile inBucket(String uri, SourceSettings settings) throws BadInputException {
        String key = uri.substring(SCHEME.length() + bucketOf(uri).length() + 1);
        S3ObjectStore store = S3ObjectStore.open(settings.s3());
        try {
            ObjectRef object = store.list(key, null).objects().stream()
                    .filter(listed -> listed.key().equals(key))
                    .findFirst()
                    .orElseThrow(() -> new BadInputException(MessageText.of(uri, 1000) + " does not exist"));
            return new CsvFile(object.toString(), object, store, settings.retryPolicy());
        } catch (StoreException e) {
            store.close();
            throw new BadInputException(String.valueOf(e.getMessage()));
        }
    }

    /** The file as the user named it, with control characters escaped. */
    public String name() {
        return name;
    }

    /** The object that the file is, or would be. */
    public ObjectRef object() {
        return object;
    }

    /** The compression by the first bytes. */
    public Compression compression() throws BadInputException {
        try (InputStream in = stored(0)) {
            return Compression.of(in.readNBytes(FIRST_BYTES));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** The first bytes of the CSV, decompressed. */
    public byte[] head(SourceSettings settings, int bytes) throws BadInputException {
        try (InputStream in = bytes(settings.compression()).open(object, 0)) {
            return in.readNBytes(bytes);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /**
     * Reads all rows as a source task with these settings does. They must send malformed rows to a topic, so that none stops
     * the reader.
     *
     * @return true if the file is UTF-8
     */
    public boolean read(SourceSettings settings, Consumer<Item.Row> rows) throws BadInputException {
        AtomicBoolean utf8 = new AtomicBoolean(true);
        ObjectBytes bytes = bytes(settings.compression());
        ObjectBytes watched = (ref, from) -> new Utf8Watch(bytes.open(ref, from), () -> utf8.set(false));
        Item.Receiver receiver = new Rows(rows);
        UnreadObject whole = new UnreadObject(object, SourceOffset.start(object), null);
        try (ObjectCursor cursor = ObjectCursor.open(whole, settings.format(), watched)) {
            Item item = cursor.next();
            while (item != null || cursor.isPaused()) {
                if (item != null) {
                    item.passTo(receiver);
                }
                item = cursor.next();
            }
            return utf8.get();
        } catch (IOException | DamagedObjectException | MalformedRowException e) {
            throw failed(e);
        }
    }

    private ObjectBytes bytes(Compression compression) {
        return (ref, from) -> compression.open(ref, from, this::stored);
    }

    private InputStream stored(long from) {
        return new ResumingObjectStream(store, object, from, retries, () -> {});
    }

    private BadInputException failed(Exception failure) {
        return new BadInputException(named(String.valueOf(failure.getMessage())));
    }

    /** A message of the reader with the name of the file in place of the object's address. */
    public String named(String message) {
        return message.replace(object.toString(), name);
    }

    @Override
    public void close() {
        store.close();
    }

    /** Takes rows only. */
    private record Rows(Consumer<Item.Row> rows) implements Item.Receiver {
        @Override
        public void row(Item.Row row) {
            rows.accept(row);
        }

        @Override
        public void end(Item.End end) {
            // Not a row.
        }

        @Override
        public void event(Item.Event event) {
            // Not a row.
        }
    }
}
