package io.catalogconnect.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.contract.model.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The contracts in config/contracts. */
public final class ShippedContracts {
    private ShippedContracts() {}

    /** The text of a contract. */
    public static String text(String name) throws IOException {
        return Files.readString(Path.of("../config/contracts", name + ".odcs.yaml"));
    }

    /** A contract. */
    public static Contract contract(String name) throws IOException {
        return parse(text(name));
    }

    /** The contract in a text without errors. */
    public static Contract parse(String text) {
        ContractFile file = ContractFile.check("a.yaml", text.getBytes(UTF_8));
        assertThat(file.isValid()).as(file.findings().toString()).isTrue();
        return Objects.requireNonNull(file.contract());
    }

    /** Checks that a committed file is what is generated, or writes it with {@code -Ddocs.update=true}. */
    public static void assertCommitted(Path file, String generated) throws IOException {
        if (Boolean.getBoolean("docs.update")) {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, generated);
        }
        assertThat(file).as("run this test with -Ddocs.update=true").hasContent(generated);
    }
}
