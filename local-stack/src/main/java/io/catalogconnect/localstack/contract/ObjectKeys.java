package io.catalogconnect.localstack.contract;

import io.catalogconnect.localstack.StackVariables;
import io.catalogconnect.toolkit.rest.ConnectorDefinition;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys under which the source of a contract finds files and their dates. */
public final class ObjectKeys {
    private static final String EPOCH_SECONDS = "epoch-seconds";
    private static final Pattern DATE_IN_BRACES = Pattern.compile("\\{([^}]*)}");

    private final String source;
    private final String bucket;
    private final String prefix;
    private final Pattern datePattern;
    private final String dateFormat;
    private final Pattern keyPattern;

    private ObjectKeys(ConnectorDefinition connector, StackVariables variables) {
        this.source = connector.name();
        this.bucket = variables.resolve(connector.get("s3.bucket"));
        this.prefix = variables.resolve(connector.config().getOrDefault("s3.prefix", ""));
        this.datePattern = Pattern.compile(connector.config().getOrDefault("file.date.pattern", ""));
        this.dateFormat = connector.config().getOrDefault("file.date.format", "yyyy-MM-dd");
        this.keyPattern = Pattern.compile(connector.config().getOrDefault("object.key.pattern", ".*"));
    }

    /**
     * The keys of a source.
     *
     * @param variables the variables that its configuration refers to
     */
    public static ObjectKeys of(ConnectorDefinition source, StackVariables variables) {
        return new ObjectKeys(source, variables);
    }

    /** The bucket that the source reads. */
    public String bucket() {
        return bucket;
    }

    /** True if the source takes the date of a file from its key. */
    public boolean haveDates() {
        return !datePattern.pattern().isEmpty();
    }

    /** The address of a file with a date, for a person. */
    public String example(LocalDate date) {
        String folder = "s3://" + bucket + "/";
        return candidates("NAME.csv", date).stream()
                .filter(key -> isRead(key, date))
                .findFirst()
                .map(key -> folder + key)
                .orElse(folder + dateInBraces(date));
    }

    /**
     * The key for a file.
     *
     * @throws ContractRefusedException if no key is known in which the source finds the date
     */
    public String key(String fileName, LocalDate date) {
        List<String> candidates = candidates(fileName, date);
        return candidates.stream()
                .filter(key -> isRead(key, date))
                .findFirst()
                .orElseThrow(() -> new ContractRefusedException("No key is known under which the connector " + source
                        + " finds " + fileName + " with the date " + date + "; it does not in "
                        + String.join(", ", candidates) + ". Start the stack with ./pipeline up --contract, and put the"
                        + " file into the bucket " + bucket + " with an S3 client"));
    }

    private List<String> candidates(String fileName, LocalDate date) {
        String folder = dateInBraces(date);
        Stream<String> dated = DateInKey.text(datePattern.pattern(), date, shown(date)).stream()
                .flatMap(text -> Stream.of(
                        folder + text + (text.endsWith("/") ? "" : "/") + fileName,
                        folder + text + fileName,
                        folder + text));
        return Stream.concat(Stream.of(folder + fileName), dated).toList();
    }

    private boolean isRead(String key, LocalDate date) {
        if (!keyPattern.matcher(key).matches()) {
            return false;
        }
        if (!haveDates()) {
            return true;
        }
        Matcher found = datePattern.matcher(key);
        return found.find() && DateInKey.isDate(found, date, shown(date));
    }

    private String dateInBraces(LocalDate date) {
        return DATE_IN_BRACES
                .matcher(prefix)
                .replaceAll(braces -> Matcher.quoteReplacement(DateTimeFormatter.ofPattern(braces.group(1), Locale.ROOT)
                        .format(date)));
    }

    /** The date as the group {@code date} of the pattern contains it. */
    private String shown(LocalDate date) {
        try {
            return dateFormat.equals(EPOCH_SECONDS)
                    ? Long.toString(date.atStartOfDay(ZoneOffset.UTC).toEpochSecond())
                    : DateTimeFormatter.ofPattern(dateFormat, Locale.ROOT).format(date.atStartOfDay());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new ContractRefusedException(
                    "file.date.format of the connector " + source + " is " + dateFormat + ": " + e.getMessage());
        }
    }
}
