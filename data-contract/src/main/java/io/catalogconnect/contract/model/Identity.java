package io.catalogconnect.contract.model;

import java.util.List;

/**
 * What a contract says about itself.
 *
 * @param definitions types of the authoritative definitions, such as {@code privacyStatement}
 */
public record Identity(
        String id,
        String name,
        String version,
        String status,
        String domain,
        String purpose,
        String usage,
        String limitations,
        List<String> tags,
        List<String> definitions) {
    public Identity {
        tags = List.copyOf(tags);
        definitions = List.copyOf(definitions);
    }
}
