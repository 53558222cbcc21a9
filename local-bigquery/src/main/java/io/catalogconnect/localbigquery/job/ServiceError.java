package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.ErrorProto;
import io.catalogconnect.localbigquery.access.AccessDeniedException;
import io.catalogconnect.localbigquery.sql.syntax.SqlError;
import io.catalogconnect.localbigquery.store.StoreException;
import java.sql.SQLException;

/** An error of the REST API: an HTTP status code, a reason and a message. */
public final class ServiceError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;

    public ServiceError(int code, String reason, String message) {
        super(message);
        this.code = code;
        this.reason = reason;
    }

    public int code() {
        return code;
    }

    public String reason() {
        return reason;
    }

    /** The canonical status name of the code. */
    public String status() {
        return switch (code) {
            case 400 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 405 -> "METHOD_NOT_ALLOWED";
            case 409 -> "ALREADY_EXISTS";
            case 412 -> "FAILED_PRECONDITION";
            case 501 -> "UNIMPLEMENTED";
            case 503 -> "UNAVAILABLE";
            default -> "INTERNAL";
        };
    }

    /** The form in the status of a job. */
    public ErrorProto proto() {
        return new ErrorProto()
                .setReason(reason)
                .setMessage(getMessage())
                .setLocation(reason.equals("invalidQuery") ? "query" : null);
    }

    public static ServiceError notFound(String message) {
        return new ServiceError(404, "notFound", message);
    }

    public static ServiceError invalid(String message) {
        return new ServiceError(400, "invalid", message);
    }

    public static ServiceError duplicate(String message) {
        return new ServiceError(409, "duplicate", message);
    }

    /** Converts a failure of a lower layer to the error that the client receives. */
    public static ServiceError of(Exception failure) {
        if (failure instanceof ServiceError error) {
            return error;
        }
        if (failure instanceof StoreException refused) {
            String message = String.valueOf(refused.getMessage());
            return switch (refused.reason()) {
                case NOT_FOUND -> notFound(message);
                case DUPLICATE -> duplicate(message);
                case IN_USE -> new ServiceError(400, "resourceInUse", message);
                case INVALID -> invalid(message);
            };
        }
        if (failure instanceof AccessDeniedException denied) {
            return new ServiceError(403, "accessDenied", String.valueOf(denied.getMessage()));
        }
        if (failure instanceof SqlError error) {
            return new ServiceError(400, "invalidQuery", error.getMessage());
        }
        if (failure instanceof SQLException sql) {
            return ofDuckDb(String.valueOf(sql.getMessage()));
        }
        return new ServiceError(500, "internalError", "An internal error occurred: " + failure);
    }

    private static ServiceError ofDuckDb(String message) {
        String first = message.lines().findFirst().orElse(message);
        int colon = first.indexOf("Error: ");
        String kind = colon < 0 ? "" : first.substring(0, colon).strip();
        String text = colon < 0 ? first : first.substring(colon + "Error: ".length());
        String known = DuckDbMessages.translate(text);
        if (!known.isEmpty()) {
            return new ServiceError(400, "invalidQuery", known);
        }
        return switch (kind) {
            case "INTERRUPT", "Interrupt" ->
                new ServiceError(400, "stopped", "Job execution was cancelled: User requested cancellation");
            case "Out of Memory" ->
                new ServiceError(
                        400,
                        "resourcesExceeded",
                        "Resources exceeded during query execution: The query could not be executed in the allotted memory.");
            case "TransactionContext", "IO", "Internal", "FATAL", "Fatal" ->
                new ServiceError(503, "backendError", text);
            default -> new ServiceError(400, "invalidQuery", text);
        };
    }
}
