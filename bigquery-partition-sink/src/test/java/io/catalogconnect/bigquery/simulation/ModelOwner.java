package io.catalogconnect.bigquery.simulation;

import io.catalogconnect.bigquery.commit.Backoff;
import io.catalogconnect.bigquery.commit.LaneKey;
import io.catalogconnect.bigquery.commit.PendingReport;
import io.catalogconnect.bigquery.commit.Row;
import io.catalogconnect.bigquery.commit.WriterEvents;
import io.catalogconnect.bigquery.commit.WriterSettings;
import java.time.Duration;
import java.util.Random;

/** Owner of topic partitions in a model, or a zombie that lost them unnoticed. Its actions are random. */
public abstract class ModelOwner implements WriterEvents {

    private final Random random;
    private boolean isZombie;
    private int lifeLeft;

    protected ModelOwner(Random random) {
        this.random = random;
        this.lifeLeft = 500 + random.nextInt(4_000);
    }

    /** Reads records from Kafka and adds them to the writers. */
    protected abstract void deliver();

    /** Commits the offsets of settled records. */
    protected abstract void commit();

    /** Advances the writers. */
    protected abstract void advanceWriters();

    /** Releases its partitions. */
    protected abstract void close();

    protected void act() {
        switch (random.nextInt(isZombie ? 8 : 6)) {
            case 0 -> deliver();
            case 1 -> {
                if (!isZombie) { // the group coordinator refuses commits of zombies
                    commit();
                }
            }
            default -> advanceWriters();
        }
    }

    /** Continues without noticing that its partitions have a new owner. */
    final void becomeZombie() {
        isZombie = true;
    }

    /** Counts down a zombie's remaining turns; false after the last one. */
    final boolean livesOn() {
        return --lifeLeft >= 0;
    }

    /** Random settings of one owner; a visibility time-out of zero means that its take-overs do not wait for rows. */
    protected final WriterSettings settings(Duration visibilityTimeout, WriterSettings.OtherConnectors others) {
        int maxRows = 1 + random.nextInt(25);
        int maxInFlight = 1 + random.nextInt(6);
        Duration linger = Duration.ofMillis(random.nextInt(10));
        int maxResends = random.nextInt(4);
        return new WriterSettings(
                new WriterSettings.Appends(maxRows, 100_000, maxInFlight, maxResends, linger, Duration.ofMillis(300)),
                new WriterSettings.TakeOvers(Duration.ofMillis(2_000), visibilityTimeout, others),
                Duration.ofMillis(1_000_000));
    }

    protected final Backoff backoff() {
        return new Backoff(Duration.ofMillis(1), Duration.ofMillis(50), random);
    }

    @Override
    public void sent(int rows, long bytes) {}

    @Override
    public void acknowledged(int rows) {}

    @Override
    public void skipped(int rows) {}

    @Override
    public void tookOver() {}

    @Override
    public boolean toleratesRefusals() {
        return true;
    }

    @Override
    public PendingReport refused(LaneKey lane, Row row, String reason) {
        return () -> true;
    }
}
