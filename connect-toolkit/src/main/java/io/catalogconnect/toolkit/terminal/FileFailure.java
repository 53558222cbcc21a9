package io.catalogconnect.toolkit.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Messages for failures of files. The JDK's own message is often only the path. */
public final class FileFailure {
    private FileFailure() {}

    /** The message of a failure. For one of the file system, it is a sentence that names the path and the cause. */
    public static String message(Exception failure) {
        boolean isWrapped = failure instanceof UncheckedIOException
                && String.valueOf(failure.getCause()).equals(failure.getMessage());
        if (isWrapped && failure.getCause() instanceof IOException cause) {
            return message(cause);
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            if (file instanceof NoSuchFileException) {
                return file.getFile() + " does not exist.";
            }
            if (file instanceof FileAlreadyExistsException) {
                return file.getFile() + " exists already and is not a folder.";
            }
            if (file instanceof AccessDeniedException) {
                return "You have no permission to use " + file.getFile() + ".";
            }
            if (file instanceof NotDirectoryException) {
                return file.getFile() + " is not a folder.";
            }
            if (file instanceof DirectoryNotEmptyException) {
                return file.getFile() + " is not empty.";
            }
            return file.getFile() + " cannot be used.";
        }
        return String.valueOf(failure.getMessage());
    }
}
