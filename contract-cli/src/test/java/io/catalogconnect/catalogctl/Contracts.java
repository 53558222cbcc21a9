package io.catalogconnect.catalogctl;

import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.ContractFile;
import io.catalogconnect.contract.model.Contract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The shipped contracts and variants of them. */
public final class Contracts {
    /** An object that the product catalogue does not have, for {@link #withTeamC}. */
    private static final String TEAM_C = """

              - id: team-c
                name: products_of_hp
                physicalName: products_team_c
                physicalType: table
                logicalType: object
                description: Products of HP.
                properties: [*brand, *category, *comment, *currency, *description, *image, *year, *date, *key, *row]
                customProperties:
                  - property: catalogConnect
                    value: {from: product_catalog, topic: products.team-c, clustering: [brand], rule: value.brand == "HP"}
            """;

    private Contracts() {}

    /** The text of a shipped contract. */
    public static String text(String name) throws IOException {
        return Files.readString(Path.of("../config/contracts", name + ".odcs.yaml"));
    }

    /** The resources of the product catalogue on the local stack, after a change of its text. */
    public static Desired catalog(String... replacements) throws IOException {
        return desired(replaced(text("product-catalog"), replacements), "local");
    }

    /** The product catalogue with the table {@code products_team_c}, after further changes of its text. */
    public static Desired withTeamC(String... replacements) throws IOException {
        String text = replaced(text("product-catalog"), "\nslaProperties:", TEAM_C + "\nslaProperties:");
        return desired(replaced(text, replacements), "local");
    }

    /** The resources of a contract. */
    public static Desired desired(String text, String environment) {
        ContractFile file = ContractFile.check("contract", text.getBytes(StandardCharsets.UTF_8));
        if (!file.isValid()) {
            throw new IllegalArgumentException(file.findings().toString());
        }
        Contract contract = Optional.ofNullable(file.contract()).orElseThrow();
        return Desired.of(contract, contract.environment(environment).orElseThrow(), text);
    }

    /** A text with replacements, each of which must occur. */
    public static String replaced(String text, String... replacements) {
        String changed = text;
        for (int i = 0; i < replacements.length; i += 2) {
            if (!changed.contains(replacements[i])) {
                throw new IllegalArgumentException(replacements[i] + " does not occur");
            }
            changed = changed.replace(replacements[i], replacements[i + 1]);
        }
        return changed;
    }

    /** The text of the product catalogue, whose tables are not queried without a filter for the partition. */
    public static String filtered() throws IOException {
        return replaced(
                text("product-catalog"),
                "clustering: [brand]}",
                "clustering: [brand], requirePartitionFilter: true}",
                "          clustering: [brand]\n",
                "          clustering: [brand]\n          requirePartitionFilter: true\n");
    }
}
