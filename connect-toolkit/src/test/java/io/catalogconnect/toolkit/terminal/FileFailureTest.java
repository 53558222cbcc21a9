package io.catalogconnect.toolkit.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileFailureTest {
    @TempDir
    private Path folder;

    @Test
    void failureOfTheFileSystemNamesPathAndCause() throws IOException {
        Path absent = folder.resolve("absent");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(messageOf(() -> Files.readString(absent))).isEqualTo(absent + " does not exist.");
        assertThat(messageOf(() -> Files.createDirectories(file)))
                .isEqualTo(file + " exists already and is not a folder.");
        assertThat(messageOf(() -> Files.createDirectories(file.resolve("inner"))))
                .isEqualTo(file.resolve("inner") + ": Not a directory");
        assertThat(FileFailure.message(new NotDirectoryException(file.toString())))
                .isEqualTo(file + " is not a folder.");
        assertThat(messageOf(() -> Files.delete(folder))).isEqualTo(folder + " is not empty.");
        assertThat(FileFailure.message(new AccessDeniedException("/a"))).isEqualTo("You have no permission to use /a.");
    }

    @Test
    void otherMessageIsKept() {
        assertThat(FileFailure.message(new UncheckedIOException(new IOException("The disk is full."))))
                .isEqualTo("The disk is full.");
        assertThat(FileFailure.message(new UncheckedIOException("a.json is wrong.", new IOException("no"))))
                .isEqualTo("a.json is wrong.");
        assertThat(messageOf(() -> Files.writeString(folder.resolve("a".repeat(300)), "")))
                .endsWith("File name too long");
    }

    private static String messageOf(ThrowingCallable call) {
        return FileFailure.message(catchThrowableOfType(Exception.class, call));
    }
}
