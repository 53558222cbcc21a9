package io.catalogconnect.localbigquery.job;

import com.google.api.services.bigquery.model.JobReference;

/** A job's full name. */
public record JobKey(String project, String location, String id) {

    JobReference toReference() {
        return new JobReference().setProjectId(project).setLocation(location).setJobId(id);
    }

    /** As error texts print it: {@code p:US.id}. */
    @Override
    public String toString() {
        return project + ":" + location + "." + id;
    }
}
