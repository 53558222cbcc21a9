package io.catalogconnect.contract.yaml;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A YAML file. Contracts come from many teams, so size, depth and aliases are limited, and no tag makes an object.
 *
 * @param text the text of the file
 * @param root null if the file cannot be used
 */
public record YamlFile(SourceText text, @Nullable YamlNode root) {
    /** The lint rule of everything that is not YAML. */
    public static final String RULE = "yaml";

    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_ALIASES = 5000;

    /** Reads a file. */
    public static YamlFile parse(byte[] bytes, Findings findings) {
        SourceText none = new SourceText("");
        if (bytes.length > MAX_BYTES) {
            findings.error(Place.START, RULE, "The file has more than " + MAX_BYTES + " bytes, and is not read.");
            return new YamlFile(none, null);
        }
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            findings.error(Place.START, RULE, "The file is not UTF-8.");
            return new YamlFile(none, null);
        }
        SourceText text = new SourceText(decoded.startsWith("\uFEFF") ? decoded.substring(1) : decoded);
        return new YamlFile(text, root(text, findings));
    }

    private static @Nullable YamlNode root(SourceText text, Findings findings) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            Node node = new Yaml(options).compose(new StringReader(text.text()));
            if (node == null) {
                findings.error(Place.START, RULE, "The file is empty.");
                return null;
            }
            return new NodeReader(text, findings).read(node);
        } catch (MarkedYAMLException e) {
            findings.error(
                    NodeReader.place(e.getProblemMark()), RULE, "This is not valid YAML: " + e.getProblem() + ".");
        } catch (YAMLException e) {
            String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            findings.error(Place.START, RULE, "This is not valid YAML: " + message + ".");
        }
        return null;
    }

    /** The scalar that starts at a place. */
    public Optional<YamlNode.Scalar> scalarAt(Place place) {
        return root == null ? Optional.empty() : scalarAt(root, place);
    }

    private static Optional<YamlNode.Scalar> scalarAt(YamlNode node, Place place) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.place().equals(place) ? Optional.of(scalar) : Optional.empty();
        }
        Collection<YamlNode> children = node instanceof YamlNode.Sequence sequence
                ? sequence.items()
                : ((YamlNode.Mapping) node).entries().values();
        return children.stream()
                .flatMap(child -> scalarAt(child, place).stream())
                .findFirst();
    }
}
