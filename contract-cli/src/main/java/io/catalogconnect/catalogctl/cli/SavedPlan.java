package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.plan.Difference;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.catalogctl.plan.ReviewedPlan;
import io.catalogconnect.catalogctl.resource.Ownership;
import io.catalogconnect.catalogctl.resource.ResourceKey;
import io.catalogconnect.contract.report.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A plan in a file, which {@code apply} takes in place of a contract. It contains the changes, but no values of secrets.
 *
 * @param context name of the context for which the plan was made
 * @param contract file with the contract
 * @param adopt whether the plan takes over resources that belong to no contract
 * @param reviewed the contract and the changes
 */
record SavedPlan(String context, Path contract, boolean adopt, ReviewedPlan reviewed) {
    private static final String FORMAT = "catalogctl-plan";
    private static final String START = "{\n  \"format\": \"" + FORMAT + "\"";
    private static final String DIGEST = "digest";
    private static final int VERSION = 2;
    private static final int MOST_BYTES = 32 << 20;

    /**
     * Checks that a plan can be written to a file.
     *
     * @throws ContractException if the file exists and is not a plan, or its folder does not exist
     */
    static void check(Path file) throws ContractException, IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new ContractException("--out " + file + ": the folder does not exist.");
        }
        if (Files.exists(file) && !isStart(text(file))) {
            throw new ContractException("--out " + file + ": the file exists and is not a plan. Name another file.");
        }
    }

    /** Writes a plan. The file is complete or is not written. */
    static void write(Path file, Plan plan, String context, Path contract, boolean adopt) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("format", FORMAT);
        values.put("formatVersion", VERSION);
        values.put("context", context);
        values.put("contractFile", contract.toString());
        values.put("adopt", adopt);
        values.putAll(PlanJson.values(plan));
        values.put(DIGEST, digest(new ObjectMapper().readTree(JsonText.of(values))));
        Path complete = Path.of(file + ".tmp");
        Files.writeString(complete, JsonText.of(values));
        Files.move(complete, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * Reads a plan.
     *
     * @return empty if the file is not a plan
     * @throws ContractException if it is a plan that this version cannot read, or not as catalogctl has written it
     */
    static Optional<SavedPlan> read(Path file) throws ContractException, IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String text = text(file);
        JsonNode json;
        try {
            json = new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            if (isStart(text)) {
                throw new ContractException(file + " is an incomplete plan. Make a new plan.");
            }
            return Optional.empty();
        }
        if (!json.path("format").asText().equals(FORMAT)) {
            return Optional.empty();
        }
        int version = json.path("formatVersion").asInt();
        if (version != VERSION) {
            throw new ContractException(file + " has version " + version
                    + " of the format of plans. This catalogctl reads version " + VERSION + ". Make a new plan.");
        }
        if (!json.path(DIGEST).asText().equals(digest(json))) {
            throw new ContractException(
                    file + " is not as catalogctl has written it: its digest is wrong. Make a new plan.");
        }
        try {
            return Optional.of(new SavedPlan(
                    json.path("context").asText(),
                    Path.of(json.path("contractFile").asText()),
                    json.path("adopt").asBoolean(),
                    new ReviewedPlan(
                            json.path("contractDigest").asText(),
                            json.path("fromVersion").asText(),
                            changes(json.path("changes")))));
        } catch (IllegalArgumentException e) {
            throw new ContractException(file + " contains a change that is none. Make a new plan.");
        }
    }

    /**
     * Why a plan is not this one or a part of it, as complete sentences; empty if it may be applied.
     *
     * @param command the command that makes a new plan
     */
    static Optional<String> refusal(ReviewedPlan reviewed, String source, Plan plan, String command) {
        List<String> lines = reviewed.unconfirmed(plan);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(source + " does not contain what apply would do now:" + System.lineSeparator()
                        + lines.stream().map(line -> "  " + line).collect(Collectors.joining(System.lineSeparator()))
                        + System.lineSeparator() + command);
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** True for a plan that was cut off. An empty file may be anything. */
    private static boolean isStart(String text) {
        String start = text.replace("\r", "");
        return start.startsWith(START) || (start.length() > 2 && START.startsWith(start));
    }

    /** The digest of everything but the digest. */
    private static String digest(JsonNode json) {
        ObjectNode others = json.deepCopy();
        others.remove(DIGEST);
        return Ownership.digest(others.toString());
    }

    private static List<Change> changes(JsonNode json) {
        List<Change> changes = new ArrayList<>();
        for (JsonNode change : json) {
            List<Difference> differences = new ArrayList<>();
            for (JsonNode difference : change.path("differences")) {
                differences.add(new Difference(
                        difference.path("attribute").asText(),
                        difference.path("wanted").asText(),
                        difference.path("live").asText(),
                        difference.path("drift").asBoolean()));
            }
            changes.add(new Change(
                    Action.valueOf(change.path("action").asText().toUpperCase(Locale.ROOT)),
                    ResourceKey.parse(change.path("kind").asText() + " "
                            + change.path("name").asText()),
                    change.path("summary").asText(),
                    differences));
        }
        return changes;
    }
}
