package io.catalogconnect.s3csv.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keys of other source connectors for S3 or CSV files, with the equivalent in this connector. */
final class KeysOfOthers {

    private static final Map<String, List<String>> BY_ADVICE = Map.ofEntries(
            Map.entry("Use s3.bucket", List.of("s3.bucket.name", "aws.s3.bucket.name", "aws.s3.bucket")),
            Map.entry("Use s3.region", List.of("aws.s3.region", "connect.s3.aws.region")),
            Map.entry("Use s3.endpoint", List.of("store.url", "aws.s3.endpoint", "connect.s3.custom.endpoint")),
            Map.entry("Use s3.path.style", List.of("aws.s3.path.style.access.enabled", "connect.s3.vhost.bucket")),
            Map.entry(
                    "Use s3.prefix",
                    List.of(
                            "topics.dir",
                            "aws.s3.prefix",
                            "aws.s3.default.object.prefix",
                            "fs.listing.directory.path")),
            Map.entry(
                    "Use s3.access.key.id, with s3.credentials=static",
                    List.of("aws.access.key.id", "connect.s3.aws.access.key")),
            Map.entry(
                    "Use s3.secret.access.key, with s3.credentials=static",
                    List.of("aws.secret.access.key", "connect.s3.aws.secret.key")),
            Map.entry("Use s3.credentials", List.of("connect.s3.aws.auth.mode", "s3.credentials.provider.class")),
            Map.entry("Use s3.bucket, s3.prefix and topic", List.of("connect.s3.kcql")),
            Map.entry(
                    "It is not needed: every object is read as CSV; see csv.delimiter, csv.header and columns",
                    List.of("format.class", "input.format", "tasks.reader.class", "filters")),
            Map.entry("Use poll.interval.ms", List.of("fs.listing.interval.ms", "empty.poll.wait.ms")),
            Map.entry(
                    "It is not needed: objects are always listed in S3; see s3.bucket and s3.prefix",
                    List.of("fs.listing.class", "input.path")),
            Map.entry("Use object.key.pattern", List.of("file.filter.regex.pattern", "input.file.pattern")),
            Map.entry("Use cleanup", List.of("fs.cleanup.policy.class", "cleanup.policy")),
            Map.entry(
                    "It is not needed: progress is stored as Connect's source offsets",
                    List.of("offset.strategy", "offset.policy.class", "tasks.file.status.storage.class")),
            Map.entry("Use csv.delimiter", List.of("csv.separator.char")),
            Map.entry("Use csv.quote", List.of("csv.quote.char", "csv.ignore.quotations")),
            Map.entry("Use csv.escape", List.of("csv.escape.char")),
            Map.entry("Use csv.charset", List.of("csv.file.charset")),
            Map.entry("Use csv.carriage.return", List.of("csv.keep.carriage.return")),
            Map.entry("Use null.empty and null.quoted", List.of("csv.null.field.indicator")),
            Map.entry("Use trim", List.of("csv.ignore.leading.whitespace")),
            Map.entry("Use columns.match", List.of("csv.case.sensitive.field.names")),
            Map.entry("Use csv.header", List.of("csv.first.row.as.header")),
            Map.entry("Use columns", List.of("schema.generation.enabled")),
            Map.entry("Use bad.rows and bad.objects", List.of("halt.on.error")));

    private KeysOfOthers() {}

    /** By key, the sentence that names the equivalent. */
    static Map<String, String> advice() {
        Map<String, String> advice = new HashMap<>();
        BY_ADVICE.forEach((sentence, keys) -> keys.forEach(key -> advice.put(key, sentence + ".")));
        return advice;
    }
}
