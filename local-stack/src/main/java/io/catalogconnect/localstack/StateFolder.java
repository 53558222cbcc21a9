package io.catalogconnect.localstack;

import io.catalogconnect.localstack.process.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of everything that outlives a run. */
public final class StateFolder {
    private StateFolder() {}

    /** Creates the folder if it does not exist, with the mark by which {@link #empty} knows it. */
    public static void create(Path state) throws IOException {
        if (!Files.exists(state)) {
            StateLock.take(state).close();
        }
    }

    /**
     * Deletes all files of the stack.
     *
     * @throws IOException if a stack is running on the folder, if the folder holds files of others, or if a file cannot be
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
            for (String folder : new String[] {"kafka", "s3", "bigquery", "logs", "run", "tmp"}) {
                FolderTree.delete(state.resolve(folder));
            }
        } finally {
            lock.close();
        }
    }
}
