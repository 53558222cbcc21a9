package io.catalogconnect.bigquery.replace;

/** State of a job. */
public sealed interface JobState {

    /** The job does not exist; it may still be submitted. */
    record Unknown() implements JobState {}

    /** The job is pending or running. */
    record Running() implements JobState {}

    /** The job succeeded; the unit shows its versions. */
    record Succeeded() implements JobState {}

    /**
     * The job failed and changed nothing.
     *
     * @param message the reason
     * @param transientFailure whether the same job may succeed under another id
     */
    record Failed(String message, boolean transientFailure) implements JobState {}
}
