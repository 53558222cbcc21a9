package io.catalogconnect.catalogctl.doctor;

import java.util.List;

/** The checks of a service. */
interface Checks {
    /** Adds what is found. */
    void run(List<Diagnosis> found) throws InterruptedException;
}
