package io.catalogconnect.catalogctl.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catalogconnect.catalogctl.plan.Plan;
import io.catalogconnect.catalogctl.plan.PlanJson;
import io.catalogconnect.contract.report.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A plan in a file, which {@code apply} takes in place of a contract. It names the contract and has a digest of everything that was
 * compared, but no values of secrets.
 *
 * @param context name of the context for which the plan was made
 * @param contract file with the contract
 * @param adopt whether the plan takes over resources that belong to no contract
 * @param digest digest of the plan
 */
record SavedPlan(String context, Path contract, boolean adopt, String digest) {
    private static final String FORMAT = "catalogctl-plan";
    private static final int VERSION = 1;
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
        if (Files.exists(file) && read(file).isEmpty()) {
            throw new ContractException("--out " + file + ": the file exists and is not a plan. Name another file.");
        }
    }

    /** Writes a plan. */
    static void write(Path file, Plan plan, String context, Path contract, boolean adopt) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("format", FORMAT);
        values.put("formatVersion", VERSION);
        values.put("context", context);
        values.put("contractFile", contract.toString());
        values.put("adopt", adopt);
        values.putAll(PlanJson.values(plan));
        Files.writeString(file, JsonText.of(values));
    }

    /**
     * Reads a plan.
     *
     * @return empty if the file is not a plan
     * @throws ContractException if it is a plan that this version cannot read
     */
    static Optional<SavedPlan> read(Path file) throws ContractException, IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        JsonNode json;
        try (InputStream in = Files.newInputStream(file)) {
            json = new ObjectMapper().readTree(in.readNBytes(MOST_BYTES));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!json.path("format").asText().equals(FORMAT)) {
            return Optional.empty();
        }
        int version = json.path("formatVersion").asInt();
        if (version != VERSION) {
            throw new ContractException(file + " has version " + version
                    + " of the format of plans. This catalogctl reads" + " version " + VERSION + ". Make a new plan.");
        }
        return Optional.of(new SavedPlan(
                text(file, json, "context"),
                Path.of(text(file, json, "contractFile")),
                json.path("adopt").asBoolean(),
                text(file, json, "digest")));
    }

    private static String text(Path file, JsonNode json, String key) throws ContractException {
        String text = json.path(key).asText();
        if (text.isEmpty()) {
            throw new ContractException(file + " is a plan without " + key + ". Make a new plan.");
        }
        return text;
    }
}
