package io.catalogconnect.localstack;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** The folder of everything that outlives a run. */
public final class StateFolder {
    private StateFolder() {}

    /**
     * Deletes all that the stack keeps.
     *
     * @throws IOException if a stack is running on the folder, if the folder holds what no stack made, or if a file cannot be
     *     deleted
     */
    public static void empty(Path state) throws IOException {
        if (!Files.isDirectory(state)) {
            return;
        }
        if (!Files.exists(state.resolve("lock"))) {
            throw new IOException(
                    state + " was not made by ./pipeline, so it is not emptied. Name another folder with --state");
        }
        StateLock lock = StateLock.take(state);
        try {
            for (String folder : new String[] {"kafka", "s3", "bigquery", "logs", "run"}) {
                delete(state.resolve(folder));
            }
        } finally {
            lock.close();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
