package io.catalogconnect.toolkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProcessIdentityTest {
    @Test
    void processThatRunsHasNotEnded() {
        ProcessIdentity own = ProcessIdentity.current();
        assertThat(own.id()).isEqualTo(ProcessHandle.current().pid());
        assertThat(own.hasEnded()).isFalse();
        assertThat(ProcessIdentity.parse(own.toString())).hasValue(own);
    }

    @Test
    void laterProcessWithTheSameIdIsAnotherOne() {
        ProcessIdentity own = ProcessIdentity.current();
        assertThat(new ProcessIdentity(own.id(), own.started() - 120_000).hasEnded())
                .isTrue();
        // The clock was adjusted by a second.
        assertThat(new ProcessIdentity(own.id(), own.started() - 1000).hasEnded())
                .isFalse();
    }

    @Test
    void processThatExitsHasEnded() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        java.waitFor();
        assertThat(new ProcessIdentity(java.pid(), ProcessIdentity.current().started()).hasEnded())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "process", "process 1", "process x started 1", "process 1 started 99999999999999999999"})
    void otherTextIsNoProcess(String text) {
        assertThat(ProcessIdentity.parse(text)).isEmpty();
    }
}
