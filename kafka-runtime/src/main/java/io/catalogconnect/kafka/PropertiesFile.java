package io.catalogconnect.kafka;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Reads the one argument that both processes take. */
final class PropertiesFile {
    private PropertiesFile() {}

    /**
     * Reads the properties file that is the only argument.
     *
     * @throws IllegalArgumentException if there is no argument, or more than one
     * @throws IOException if the file cannot be read
     */
    static Properties read(String process, String[] args) throws IOException {
        if (args.length != 1) {
            throw new IllegalArgumentException(
                    process + " takes one argument, the path of a properties file; it got " + args.length);
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(reader);
        }
        return properties;
    }
}
