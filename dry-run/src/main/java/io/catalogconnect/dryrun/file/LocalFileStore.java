package io.catalogconnect.dryrun.file;

import io.catalogconnect.s3csv.object.ObjectRef;
import io.catalogconnect.s3csv.object.ObjectStore;
import io.catalogconnect.s3csv.object.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bucket with one object: a file on this machine. */
final class LocalFileStore implements ObjectStore {
    private final Path file;
    private final ObjectRef object;

    LocalFileStore(Path file, ObjectRef object) {
        this.file = file;
        this.object = object;
    }

    @Override
    public Page list(String prefix, @Nullable String continuation) {
        return new Page(object.key().startsWith(prefix) ? List.of(object) : List.of(), null);
    }

    @Override
    public InputStream open(ObjectRef ref, long from) throws StoreException {
        try {
            SeekableByteChannel channel = Files.newByteChannel(file);
            return Channels.newInputStream(channel.position(from));
        } catch (IOException e) {
            throw new StoreException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        // The streams hold the file, and their readers close them.
    }
}
