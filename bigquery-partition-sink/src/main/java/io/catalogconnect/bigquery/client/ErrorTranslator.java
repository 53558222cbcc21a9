package io.catalogconnect.bigquery.client;

import com.google.api.gax.rpc.ApiException;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.storage.v1.StorageError;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Status;
import io.catalogconnect.bigquery.commit.AppendAnswer;
import io.catalogconnect.bigquery.commit.ServiceRefusedException;
import io.catalogconnect.bigquery.commit.ServiceUnavailableException;
import io.catalogconnect.bigquery.commit.TableUnknownException;
import io.catalogconnect.bigquery.table.TableMismatchException;
import io.grpc.Status.Code;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates Google's errors; no other class reads their codes, details and texts. */
final class ErrorTranslator {

    /** A permission as the REST API names it in a message. */
    private static final Pattern PERMISSION = Pattern.compile("\\bbigquery\\.[a-zA-Z]+\\.[a-zA-Z]+\\b");
    /** A permission as the Storage Write API names it. */
    private static final Pattern TABLE_PERMISSION = Pattern.compile("Permission 'TABLES_([A-Z_]+)' denied");

    private static final Pattern EXPECTED_OFFSET = Pattern.compile("expected offset (\\d+)");
    private static final Set<Code> UNAVAILABLE = Set.of(
            Code.UNAVAILABLE,
            Code.ABORTED,
            Code.INTERNAL,
            Code.CANCELLED,
            Code.DEADLINE_EXCEEDED,
            Code.RESOURCE_EXHAUSTED,
            Code.UNKNOWN);
    private static final Set<String> QUOTA_REASONS = Set.of(
            "aborted",
            "rateLimitExceeded",
            "quotaExceeded",
            "jobRateLimitExceeded",
            "backendError",
            "internalError",
            "jobBackendError",
            "jobInternalError");

    private static final String DATA_ROLE = " Grant the connector's account roles/bigquery.dataEditor on the dataset.";
    private static final String ROLES = " Grant the connector's account roles/bigquery.dataEditor on the dataset and"
            + " roles/bigquery.jobUser on the project.";

    private ErrorTranslator() {}

    /** The append answer for an error in a response, or for the error that ended a stream. */
    static AppendAnswer answer(Status status) {
        Code code = io.grpc.Status.fromCodeValue(status.getCode()).getCode();
        String message = code + ": " + status.getMessage();
        Optional<StorageError.StorageErrorCode> detail = storageError(status);
        if (detail.isPresent()) {
            switch (detail.get()) {
                case OFFSET_ALREADY_EXISTS -> {
                    return offset(status, message, true);
                }
                case OFFSET_OUT_OF_RANGE -> {
                    return offset(status, message, false);
                }
                case STREAM_FINALIZED, STREAM_NOT_FOUND, INVALID_STREAM_STATE, STREAM_ALREADY_COMMITTED -> {
                    return new AppendAnswer.StreamClosed(message);
                }
                case SCHEMA_MISMATCH_EXTRA_FIELDS -> {
                    return new AppendAnswer.SchemaUnknown(message);
                }
                default -> {
                    // decided by the code
                }
            }
        }
        return switch (code) {
            case ALREADY_EXISTS -> offset(status, message, true);
            case OUT_OF_RANGE -> offset(status, message, false);
            case NOT_FOUND -> new AppendAnswer.StreamClosed(message);
            case INVALID_ARGUMENT -> invalid(status.getMessage(), message);
            case PERMISSION_DENIED ->
                // BigQuery also answers so shortly after a table was created
                status.getMessage().contains("may not exist")
                        ? new AppendAnswer.TableUnknown(message)
                        : new AppendAnswer.Refused(sentence(message) + grant(message, DATA_ROLE));
            default ->
                UNAVAILABLE.contains(code) ? new AppendAnswer.Unavailable(message) : new AppendAnswer.Refused(message);
        };
    }

    private static AppendAnswer invalid(String text, String message) {
        if (text.contains("has been finalized")) {
            return new AppendAnswer.StreamClosed(message);
        }
        // The Write API does not know the new type of a column at once.
        return text.contains("mismatched with BigQuery field")
                ? new AppendAnswer.SchemaUnknown(message)
                : new AppendAnswer.Refused(message);
    }

    /** The answer for a request whose connection ended with an exception. */
    static AppendAnswer answer(Throwable failure) {
        Status status = status(failure);
        return status == null ? new AppendAnswer.Unavailable(String.valueOf(failure)) : answer(status);
    }

    /** The exception for a failed call; {@code what} describes the call in its message. */
    static RuntimeException exception(String what, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ServiceUnavailableException || cause instanceof ServiceRefusedException) {
            return (RuntimeException) cause;
        }
        if (cause instanceof TableMismatchException) {
            return new ServiceRefusedException(what + ": " + cause.getMessage(), cause);
        }
        if (cause instanceof BigQueryException rest) {
            return restException(what, rest);
        }
        Status status = status(cause);
        if (status == null) {
            return new ServiceUnavailableException(what + ": " + cause, cause);
        }
        Code code = io.grpc.Status.fromCodeValue(status.getCode()).getCode();
        String message = what + ": " + code + ": " + status.getMessage();
        if (tableMayBeNew(code, status.getMessage())) {
            return new TableUnknownException(message, cause);
        }
        if (UNAVAILABLE.contains(code)) {
            return new ServiceUnavailableException(message, cause);
        }
        return new ServiceRefusedException(
                switch (code) {
                    case PERMISSION_DENIED, UNAUTHENTICATED -> sentence(message) + grant(message, DATA_ROLE);
                    case NOT_FOUND -> sentence(message) + " Check that dataset and table exist.";
                    default -> message;
                },
                cause);
    }

    /** The reason for which a job failed, with the permission that its account lacks. */
    static String jobFailure(String reason, String message) {
        String text = reason + ": " + message;
        return reason.equals("accessDenied") ? sentence(text) + grant(message, ROLES) : text;
    }

    /** Whether a stream that cannot be finalized accepts no rows either. */
    static boolean streamIsGone(Throwable failure) {
        Status status = status(failure);
        return status != null
                && (status.getCode() == Code.NOT_FOUND.value() || answer(status) instanceof AppendAnswer.StreamClosed);
    }

    /** Whether a statement did not run because too many others, or conflicting ones, change the same table. */
    static boolean isRefusedByConcurrency(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof BigQueryException)) {
            cause = cause.getCause();
        }
        return cause instanceof BigQueryException refused
                && isRefusedByConcurrency(String.valueOf(refused.getMessage()));
    }

    private static boolean isRefusedByConcurrency(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("too many dml statements outstanding") || text.contains("due to concurrent update");
    }

    /** Whether a job that failed for this reason may succeed when it is retried. */
    static boolean isTransient(String reason) {
        return QUOTA_REASONS.contains(reason) || reason.equals("stopped") || reason.equals("timeout");
    }

    static boolean isNotFound(BigQueryException e) {
        return e.getCode() == 404;
    }

    static boolean isConflict(BigQueryException e) {
        return e.getCode() == 409;
    }

    private static RuntimeException restException(String what, BigQueryException e) {
        String reason = e.getReason() == null ? "" : e.getReason();
        int code = e.getCode();
        String message =
                what + ": " + (code > 0 ? code + " " : "") + (reason.isEmpty() ? "" : reason + ": ") + e.getMessage();
        boolean noAnswer = code <= 0;
        boolean conflict = isRefusedByConcurrency(String.valueOf(e.getMessage()));
        if (noAnswer || code >= 500 || code == 429 || code == 408 || QUOTA_REASONS.contains(reason) || conflict) {
            return new ServiceUnavailableException(message, e);
        }
        return new ServiceRefusedException(
                switch (code) {
                    case 401, 403 -> sentence(message) + grant(String.valueOf(e.getMessage()), ROLES);
                    case 404 ->
                        sentence(message)
                                + " Create the dataset, or correct bigquery.project, bigquery.dataset and"
                                + " bigquery.location.";
                    default -> message;
                },
                e);
    }

    /** How to grant the permission that a message of BigQuery names or means, or else the roles that contain all. */
    private static String grant(String message, String roles) {
        return permission(message)
                .map(permission -> " Grant the connector's account " + permission
                        + switch (permission) {
                            case "bigquery.jobs.create" -> " on the project, for example with roles/bigquery.jobUser.";
                            case "bigquery.tables.setCategory" ->
                                " on the dataset, for example with roles/bigquery.dataOwner.";
                            default -> " on the dataset, for example with roles/bigquery.dataEditor.";
                        })
                .orElse(roles);
    }

    private static Optional<String> permission(String message) {
        Matcher named = PERMISSION.matcher(message);
        if (named.find()) {
            return Optional.of(named.group());
        }
        Matcher ofTable = TABLE_PERMISSION.matcher(message);
        if (ofTable.find()) {
            StringBuilder verb = new StringBuilder();
            for (String word : ofTable.group(1).split("_", -1)) {
                String lower = word.toLowerCase(Locale.ROOT);
                verb.append(verb.isEmpty() ? lower : word.charAt(0) + lower.substring(1));
            }
            return Optional.of("bigquery.tables." + verb);
        }
        // BigQuery does not name the permission to read rows.
        return message.contains("does not have permission to query table")
                ? Optional.of("bigquery.tables.getData")
                : Optional.empty();
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }

    private static boolean tableMayBeNew(Code code, String message) {
        return code == Code.PERMISSION_DENIED && message.contains("may not exist");
    }

    private static AppendAnswer offset(Status status, String message, boolean below) {
        Matcher expected = EXPECTED_OFFSET.matcher(status.getMessage());
        if (!expected.find()) {
            return new AppendAnswer.StreamClosed(message); // an unknown offset error: the stream is abandoned
        }
        long end = Long.parseLong(expected.group(1));
        return below ? new AppendAnswer.BelowEnd(end) : new AppendAnswer.AboveEnd(end);
    }

    private static Optional<StorageError.StorageErrorCode> storageError(Status status) {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(StorageError.class)) {
                try {
                    return Optional.of(detail.unpack(StorageError.class).getCode());
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static @org.jspecify.annotations.Nullable Status status(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof ApiException || cause instanceof CompletionException) {
            if (cause.getCause() == null) {
                break;
            }
            cause = cause.getCause();
        }
        return cause instanceof StatusRuntimeException || cause instanceof StatusException
                ? StatusProto.fromThrowable(cause)
                : null;
    }
}
