package io.catalogconnect.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ShellWordTest {
    @Test
    void wordThatAShellWouldChangeIsQuoted() {
        assertThat(ShellWord.of("/tmp/a-b_c.d")).isEqualTo("/tmp/a-b_c.d");
        assertThat(ShellWord.of("/tmp/my state")).isEqualTo("'/tmp/my state'");
        assertThat(ShellWord.of("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
        assertThat(ShellWord.of("")).isEqualTo("''");
    }
}
