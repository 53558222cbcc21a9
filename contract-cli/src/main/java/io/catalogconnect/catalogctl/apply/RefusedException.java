package io.catalogconnect.catalogctl.apply;

import java.util.Optional;

/** A command was refused before it changed anything. The message is complete: the user sees it without a stack trace. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String message) {
        super(message);
    }

    /**
     * Refuses the command if there is a reason.
     *
     * @param reason complete sentences; empty for none
     */
    public static void throwIf(Optional<String> reason) throws RefusedException {
        if (reason.isPresent()) {
            throw new RefusedException(reason.get());
        }
    }
}
