package io.catalogconnect.localbigquery.rest;

import com.google.api.services.bigquery.model.Job;
import io.catalogconnect.localbigquery.job.Jobs;
import io.catalogconnect.localbigquery.job.RunningJob;
import io.catalogconnect.localbigquery.job.ServiceError;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Load jobs that carry their file: multipart uploads, and resumable uploads in chunks. */
final class UploadRoutes {

    private static final Pattern RANGE = Pattern.compile("bytes (?:\\*|(\\d+)-(\\d+))/(\\*|\\d+)");
    private static final int RESUME_INCOMPLETE = 308;
    private static final long QUICK_MILLIS = 200;

    private final Jobs jobs;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    private record Upload(String project, Job job, Path file) {}

    UploadRoutes(Jobs jobs) {
        this.jobs = jobs;
    }

    void addTo(Router router) {
        router.add("POST", "upload/projects/{project}/jobs", this::begin);
        router.add("PUT", "upload/projects/{project}/jobs", this::chunk);
    }

    private Response begin(Request request, Arguments arguments)
            throws SQLException, IOException, InterruptedException {
        String type = request.parameter("uploadType").orElse("");
        String project = arguments.get("project");
        if (type.equals("multipart")) {
            MultipartBody parts = MultipartBody.of(request);
            Path file = Files.createTempFile(jobs.directory(), "upload", "");
            Files.write(file, parts.media());
            return started(new Upload(project, RequestJson.withoutNulls(parts.json(), Job.class), file));
        }
        if (!type.equals("resumable")) {
            throw ServiceError.invalid("Invalid uploadType: '" + type + "'. Use multipart or resumable");
        }
        if (request.parameter("upload_id").isPresent()) {
            return chunk(request, arguments);
        }
        String id = UUID.randomUUID().toString();
        Path file = Files.createTempFile(jobs.directory(), "upload", "");
        uploads.put(id, new Upload(project, RequestJson.withoutNulls(request.text(), Job.class), file));
        String location = "http://" + request.host() + "/upload/bigquery/v2/projects/" + project
                + "/jobs?uploadType=resumable&upload_id=" + id;
        return new Response(200, "", Map.of("Location", location, "X-GUploader-UploadID", id));
    }

    private Response chunk(Request request, Arguments arguments)
            throws SQLException, IOException, InterruptedException {
        String id = request.parameter("upload_id").orElse("");
        Upload upload = uploads.get(id);
        if (upload == null || !upload.project().equals(arguments.get("project"))) {
            throw ServiceError.notFound("Not found: Upload " + id);
        }
        synchronized (upload) {
            String header = request.header("content-range");
            long have = Files.size(upload.file());
            if (header == null) {
                write(upload.file(), request, 0);
                return finish(id, upload);
            }
            Matcher range = RANGE.matcher(header);
            if (!range.matches()) {
                throw ServiceError.invalid("Invalid Content-Range: " + header);
            }
            if (range.group(1) != null) {
                long start = Long.parseLong(range.group(1));
                if (start > have) {
                    throw new ServiceError(
                            400, "invalid", "Invalid Content-Range: " + header + "; the upload has " + have + " bytes");
                }
                write(upload.file(), request, have - start);
            }
            have = Files.size(upload.file());
            boolean complete = !range.group(3).equals("*") && Long.parseLong(range.group(3)) == have;
            return complete ? finish(id, upload) : incomplete(have);
        }
    }

    /** Appends a chunk. Skips the bytes at its start that were received before. */
    private static void write(Path file, Request request, long known) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND);
                InputStream in = request.body().stream()) {
            in.skipNBytes(Math.min(known, request.body().length()));
            in.transferTo(out);
        }
    }

    private static Response incomplete(long have) {
        return new Response(RESUME_INCOMPLETE, "", have == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (have - 1)));
    }

    private Response finish(String id, Upload upload) throws SQLException, IOException, InterruptedException {
        uploads.remove(id);
        return started(upload);
    }

    private Response started(Upload upload) throws SQLException, IOException, InterruptedException {
        try {
            RunningJob job = jobs.insert(upload.project(), upload.job(), upload.file());
            job.await(QUICK_MILLIS);
            return Response.ok(job.resource());
        } catch (ServiceError e) {
            Files.deleteIfExists(upload.file());
            throw e;
        }
    }
}
