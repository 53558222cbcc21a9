package io.catalogconnect.compatibility;

import io.catalogconnect.localstack.layout.StackLayout;
import java.nio.file.Path;

/** A Kafka release whose Connect worker is supported. */
enum KafkaRelease {
    KAFKA_3_7("3.7", "3.7.2"),
    KAFKA_3_9("3.9", "3.9.2"),
    KAFKA_4_0("4.0", "4.0.2"),
    KAFKA_4_1("4.1", "4.1.2"),
    KAFKA_4_3("4.3", "4.3.1");

    private final String line;
    private final String version;

    KafkaRelease(String line, String version) {
        this.line = line;
        this.version = version;
    }

    static KafkaRelease ofLine(String line) {
        for (KafkaRelease release : values()) {
            if (release.line.equals(line)) {
                return release;
            }
        }
        throw new IllegalArgumentException("Kafka " + line + " is not among the supported releases");
    }

    /** The release line: major and minor number. */
    String line() {
        return line;
    }

    /** The version that the tests run. */
    String version() {
        return version;
    }

    /** The folder with the jars of its worker. */
    Path lib(StackLayout layout) {
        Path module = this == KAFKA_4_3
                ? layout.home().resolve("kafka-runtime")
                : layout.home()
                        .resolve("connect-compatibility")
                        .resolve("workers")
                        .resolve("kafka-" + line);
        return module.resolve("target").resolve("lib");
    }
}
