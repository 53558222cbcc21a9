package io.catalogconnect.localstack.cli;

import io.catalogconnect.localstack.Delivery;
import io.catalogconnect.localstack.Delivery.Progress;
import io.catalogconnect.localstack.DeliveryFailedException;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.toolkit.wait.Wait;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/** Waits until a delivery has arrived, and shows its progress. */
final class DeliveryWait {
    /** What a user does after a failure that another run may not meet. */
    static final String AGAIN = "Nothing is lost. Run the same command again to continue";

    private static final Duration STALL = Duration.ofMinutes(3);
    /** After that, progress is read every second only, because each reading takes CPU time of all servers. */
    private static final Duration SHORT_DELIVERY = Duration.ofSeconds(10);

    private static final int PAUSES_PER_SECOND = 5;
    private static final String REFUSED = "The delivered files stay in the bucket, so the same command fails again."
            + " If a file is the cause, correct it, and run the command with --fresh, which deletes the files and tables of"
            + " all earlier runs";

    private final Delivery delivery;
    private final ProgressLine progress;
    private final StackLayout layout;

    DeliveryWait(Delivery delivery, ProgressLine progress, StackLayout layout) {
        this.delivery = delivery;
        this.progress = progress;
        this.layout = layout;
    }

    /**
     * The state in which everything has arrived.
     *
     * @throws DeliveryFailedException if a connector fails, or nothing changes for minutes
     */
    Progress await() throws InterruptedException, ExecutionException {
        Progress before = look();
        Wait shortDelivery = Wait.upTo(SHORT_DELIVERY);
        Wait patience = Wait.upTo(STALL);
        while (true) {
            progress.delivery(before);
            if (before.arrived()) {
                return before;
            }
            if (patience.isOver()) {
                throw new DeliveryFailedException("Nothing has moved for " + STALL.toMinutes()
                        + " minutes. The logs are in " + layout.logs() + ". " + AGAIN);
            }
            for (int i = 0; i < (shortDelivery.isOver() ? PAUSES_PER_SECOND : 1); i++) {
                patience.pause();
            }
            Progress now = look();
            if (!now.equals(before)) {
                patience = Wait.upTo(STALL);
            }
            before = now;
        }
    }

    /** The progress. The message of a failed connector says how to continue. */
    private Progress look() throws InterruptedException, ExecutionException {
        try {
            return delivery.look();
        } catch (DeliveryFailedException e) {
            throw new DeliveryFailedException(e.getMessage() + "\n\n" + REFUSED);
        }
    }
}
