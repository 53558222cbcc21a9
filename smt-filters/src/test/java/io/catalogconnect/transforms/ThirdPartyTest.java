package io.catalogconnect.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.util.concurrent.internal.InternalFutureFailureAccess;
import com.google.protobuf.Message;
import com.google.re2j.Pattern;
import dev.cel.common.CelOptions;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import org.antlr.v4.runtime.Parser;
import org.apache.kafka.common.metrics.MetricConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.threeten.extra.Interval;

/** The jar hides its libraries from tools that read dependencies, so it says itself what it brings. */
final class ThirdPartyTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                CelOptions.class,
                CelCompiler.class,
                CelRuntime.class,
                ImmutableList.class,
                InternalFutureFailureAccess.class,
                Message.class,
                Pattern.class,
                Parser.class,
                Interval.class,
                MetricConfig.class
            })
    void everyShadedLibraryIsListedWithItsVersion(Class<?> fromLibrary) throws IOException {
        String jar = Path.of(fromLibrary
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .getFileName()
                .toString();
        MatchResult name = java.util.regex.Pattern.compile("(.+?)-(\\d.*)\\.jar")
                .matcher(jar)
                .results()
                .findFirst()
                .orElseThrow();
        assertThat(lines())
                .as(jar)
                .anyMatch(line -> line.contains(name.group(1)) && line.contains("| " + name.group(2) + " |"));
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ThirdPartyTest.class.getResourceAsStream("/META-INF/THIRD-PARTY.md"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
