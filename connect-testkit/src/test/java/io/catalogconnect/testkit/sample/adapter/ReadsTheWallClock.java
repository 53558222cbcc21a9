package io.catalogconnect.testkit.sample.adapter;

public final class ReadsTheWallClock {
    public long now() {
        return System.currentTimeMillis();
    }
}
