package io.catalogconnect.localbigquery.rest;

import io.catalogconnect.localbigquery.LocalBigQuery;
import io.catalogconnect.localbigquery.junit.WithLocalBigQuery;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Base class of tests that share one server per class. Each test starts with an empty dataset {@code shop}. */
@WithLocalBigQuery
abstract class RestTest {

    @SuppressWarnings("NullAway.Init")
    static RestFixture bigquery;

    @BeforeAll
    static void connect(LocalBigQuery server) {
        bigquery = new RestFixture(server);
    }

    @BeforeEach
    void resetServer() {
        bigquery.reset();
    }
}
