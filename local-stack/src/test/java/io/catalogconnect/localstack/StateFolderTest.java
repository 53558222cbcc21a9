package io.catalogconnect.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.catalogconnect.localstack.layout.Endpoints;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.toolkit.process.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFolderTest {
    @TempDir
    Path directory;

    @Test
    void onlyFilesOfTheStackAreDeleted() throws IOException {
        StateLock.take(directory).close();
        Files.createDirectories(directory.resolve("kafka/a/b"));
        Files.writeString(directory.resolve("kafka/a/b/log"), "x");
        Files.writeString(directory.resolve("mine.txt"), "x");
        StateFolder.empty(directory);
        assertThat(directory.resolve("kafka")).doesNotExist();
        assertThat(directory.resolve("mine.txt")).exists();
    }

    @Test
    void missingFolderIsEmpty() throws IOException {
        StateFolder.empty(directory.resolve("absent"));
        assertThat(directory.resolve("absent")).doesNotExist();
    }

    @Test
    void folderThatNoStackCreatedIsKept() throws IOException {
        Path file = Files.createDirectories(directory.resolve("kafka")).resolve("precious");
        Files.writeString(file, "x");
        assertThatThrownBy(() -> StateFolder.empty(directory))
                .isInstanceOf(IOException.class)
                .hasMessage(directory
                        + " was not made by ./pipeline, so it is not emptied. Name another folder with --state");
        assertThat(file).exists();
    }

    /** A command that only reads a file creates the folder for its log. */
    @Test
    void folderThatACommandCreatedIsEmptied() throws IOException {
        Path state = directory.resolve("new");
        StateFolder.create(state);
        Path log = Files.createDirectories(state.resolve("logs")).resolve("dry-run.log");
        Files.writeString(log, "x");
        StateFolder.empty(state);
        assertThat(log).doesNotExist();
    }

    @Test
    void folderOfOthersIsNotMarked() throws IOException {
        Path file = Files.writeString(
                Files.createDirectories(directory.resolve("logs")).resolve("precious"), "x");
        StateFolder.create(directory);
        assertThatThrownBy(() -> StateFolder.empty(directory)).isInstanceOf(IOException.class);
        assertThat(file).exists();
    }

    @Test
    void folderInUseIsRefusedForASecondStack() throws IOException {
        StateLock first = StateLock.take(directory);
        assertThat(StateLock.isTaken(directory)).isTrue();
        assertThatThrownBy(() -> StateFolder.empty(directory))
                .isInstanceOf(IOException.class)
                .hasMessage("Another stack is running on " + directory
                        + ". Stop it first (Ctrl-C where ./pipeline up runs), or name another folder with --state");
        first.close();
        assertThat(StateLock.isTaken(directory)).isFalse();
        StateLock.take(directory).close();
    }

    @Test
    void runningStackPrintsItsAddresses() throws IOException {
        StackLayout layout = new StackLayout(Path.of("."), directory);
        assertThat(RunningStack.bigQueryRest(layout)).isEmpty();
        StateLock lock = StateLock.take(directory);
        assertThatThrownBy(() -> RunningStack.bigQueryRest(layout))
                .isInstanceOf(IOException.class)
                .hasMessage("The stack on " + directory + " is starting or stopping. Ask again when it runs");
        RunningStack.announce(layout, new Endpoints(1, 2, 3, 4, 5, 6));
        assertThat(RunningStack.bigQueryRest(layout)).hasValue("http://127.0.0.1:5");
        RunningStack.withdraw(layout);
        lock.close();
        assertThat(RunningStack.bigQueryRest(layout)).isEmpty();
    }

    /** A stack was killed, and another one is starting, or a query serves the tables. */
    @Test
    void addressesOfAKilledStackAreNotUsed() throws IOException {
        StackLayout layout = new StackLayout(Path.of("."), directory);
        RunningStack.announce(layout, new Endpoints(1, 2, 3, 4, 5, 6));
        Path file = RunningStack.file(layout);
        String own = "started " + ProcessIdentity.current().started();
        assertThat(file).content().contains(own);
        Files.writeString(file, Files.readString(file).replace(own, "started 1"));
        assertThat(RunningStack.bigQueryRest(layout)).isEmpty();
        StateLock lock = StateLock.take(directory);
        assertThatThrownBy(() -> RunningStack.bigQueryRest(layout))
                .isInstanceOf(IOException.class)
                .hasMessage("The stack on " + directory + " is starting or stopping. Ask again when it runs");
        lock.close();
    }

    @Test
    void tablesThatDoNotExistYetAreNotServed() {
        StackLayout layout = new StackLayout(Path.of("."), directory);
        assertThatThrownBy(() -> StoppedStack.open(layout))
                .isInstanceOf(IOException.class)
                .hasMessage("There are no tables in " + directory + " yet. Run ./pipeline demo first");
    }
}
