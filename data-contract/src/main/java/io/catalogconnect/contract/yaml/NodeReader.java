package io.catalogconnect.contract.yaml;

import io.catalogconnect.contract.finding.Findings;
import io.catalogconnect.contract.finding.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Translates the parser's nodes. For one file. */
final class NodeReader {
    /** Number of values after every alias is replaced with what it refers to. */
    private static final long MAX_VALUES = 100_000;

    private static final Set<Tag> TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ, Tag.MERGE);

    private final SourceText text;
    private final Findings findings;
    private final IdentityHashMap<Node, YamlNode> done = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Long> sizes = new IdentityHashMap<>();
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    NodeReader(SourceText text, Findings findings) {
        this.text = text;
        this.findings = findings;
    }

    /** The tree, or null if it is too large or refers to itself. */
    @Nullable
    YamlNode read(Node root) {
        YamlNode tree = node(root);
        if (tree != null && size(root) > MAX_VALUES) {
            findings.error(
                    Place.START,
                    YamlFile.RULE,
                    "The aliases of this file expand to more than " + MAX_VALUES + " values. A contract has fewer.");
            return null;
        }
        return tree;
    }

    private @Nullable YamlNode node(Node node) {
        YamlNode known = done.get(node);
        if (known != null) {
            return known;
        }
        Place place = place(node.getStartMark());
        if (!TAGS.contains(node.getTag())) {
            findings.error(
                    place,
                    YamlFile.RULE,
                    "The tag '" + node.getTag().getValue() + "' is refused. A contract has no tags.");
            return null;
        }
        if (!open.add(node)) {
            findings.error(place, YamlFile.RULE, "This value contains an alias of itself.");
            return null;
        }
        YamlNode read = translate(node, place);
        open.remove(node);
        long size = 1 + children(node).stream().mapToLong(this::size).sum();
        sizes.put(node, Math.min(size, MAX_VALUES + 1));
        done.put(node, read);
        return read;
    }

    private long size(Node node) {
        return sizes.getOrDefault(node, 1L);
    }

    private static List<Node> children(Node node) {
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        return node instanceof MappingNode mapping
                ? mapping.getValue().stream().map(NodeTuple::getValueNode).toList()
                : List.of();
    }

    private YamlNode translate(Node node, Place place) {
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, place);
        }
        if (node instanceof SequenceNode sequence) {
            List<YamlNode> items = new ArrayList<>();
            for (Node item : sequence.getValue()) {
                YamlNode read = node(item);
                if (read != null) {
                    items.add(read);
                }
            }
            return new YamlNode.Sequence(place, List.copyOf(items));
        }
        return scalar((ScalarNode) node, place);
    }

    private YamlNode.Scalar scalar(ScalarNode scalar, Place place) {
        int start = text.index(place);
        while (text.text().startsWith("&", start) || text.text().startsWith("!", start)) {
            while (start < text.text().length()
                    && !Character.isWhitespace(text.text().charAt(start))) {
                start++;
            }
            while (start < text.text().length()
                    && Character.isWhitespace(text.text().charAt(start))) {
                start++;
            }
        }
        Character quote = scalar.getScalarStyle().getChar();
        char style = quote == null ? 0 : quote;
        int end = text.index(place(scalar.getEndMark()));
        return new YamlNode.Scalar(text.place(start), scalar.getValue(), start, end, style);
    }

    private YamlNode mapping(MappingNode mapping, Place place) {
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        Map<String, Place> keys = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Place keyPlace = place(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                findings.error(keyPlace, YamlFile.RULE, "A key is a text, not a list or a mapping.");
                continue;
            }
            String name = key.getValue();
            Place first = keys.putIfAbsent(name, keyPlace);
            YamlNode value = node(tuple.getValueNode());
            if (first != null) {
                findings.error(
                        keyPlace,
                        YamlFile.RULE,
                        "The key '" + name + "' occurs twice in this mapping. It is set in line " + first.line()
                                + " already.");
            } else if (value != null) {
                entries.put(name, value);
            }
        }
        return new YamlNode.Mapping(place, Collections.unmodifiableMap(entries), Collections.unmodifiableMap(keys));
    }

    static Place place(@Nullable Mark mark) {
        return mark == null ? Place.START : new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
