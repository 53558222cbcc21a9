package io.catalogconnect.localbigquery.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;

/**
 * Makes the DuckDB file and its write-ahead log readable by their owner only. DuckDB creates the log again after each checkpoint, with the
 * default permissions. Without effect on file systems without POSIX permissions. Immutable.
 */
final class PrivateFiles {

    private static final Set<PosixFilePermission> OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final List<Path> files;

    PrivateFiles(Path database) {
        Path file = database.toAbsolutePath();
        this.files = List.of(file, file.resolveSibling(file.getFileName() + ".wal"));
    }

    /** Removes the permissions of everybody but the owner from the files that exist. */
    void restrict() {
        for (Path file : files) {
            if (Files.exists(file)) {
                restrict(file);
            }
        }
    }

    private static void restrict(Path file) {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        try {
            if (view != null && !OWNER.equals(view.readAttributes().permissions())) {
                view.setPermissions(OWNER);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot restrict the permissions of " + file, e);
        }
    }
}
