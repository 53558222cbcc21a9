package io.catalogconnect.bigquery.replace;

/** What has become of a job. */
public sealed interface JobState {

    /** There is no such job: nobody submitted it, or nobody yet. */
    record Unknown() implements JobState {}

    /** It waits or works. */
    record Running() implements JobState {}

    /** The unit shows what the job was to show. */
    record Succeeded() implements JobState {}

    /**
     * It has ended and changed nothing.
     *
     * @param message why
     * @param passing whether the same job under another id may do better
     */
    record Failed(String message, boolean passing) implements JobState {}
}
