package io.catalogconnect.localbigquery.rest;

import io.catalogconnect.localbigquery.job.ServiceError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two parts of a {@code multipart/related} upload: the job's JSON and the file. */
final class MultipartBody {

    private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");

    private final String json;
    private final byte[] media;

    private MultipartBody(String json, byte[] media) {
        this.json = json;
        this.media = media;
    }

    String json() {
        return json;
    }

    byte[] media() {
        return media;
    }

    static MultipartBody of(Request request) {
        String type = request.header("content-type");
        Matcher matcher = BOUNDARY.matcher(type == null ? "" : type);
        if (!matcher.find()) {
            throw ServiceError.invalid("A multipart upload needs a Content-Type with a boundary");
        }
        byte[] body = request.body().bytes();
        byte[] mark = ("--" + matcher.group(1)).getBytes(StandardCharsets.UTF_8);
        int first = find(body, mark, 0);
        int second = first < 0 ? -1 : find(body, mark, first + mark.length);
        int third = second < 0 ? -1 : find(body, mark, second + mark.length);
        if (third < 0) {
            throw ServiceError.invalid("A multipart upload needs two parts: the job and its file");
        }
        byte[] job = content(body, first + mark.length, second);
        return new MultipartBody(new String(job, StandardCharsets.UTF_8), content(body, second + mark.length, third));
    }

    /** The content of a part, without its headers and without the line end before the next boundary. */
    private static byte[] content(byte[] body, int from, int to) {
        int crlf = find(body, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), from);
        int lf = find(body, "\n\n".getBytes(StandardCharsets.US_ASCII), from);
        int start = crlf >= 0 && (lf < 0 || crlf < lf) ? crlf + 4 : lf + 2;
        int end = to;
        if (end > start && body[end - 1] == '\n') {
            end--;
        }
        if (end > start && body[end - 1] == '\r') {
            end--;
        }
        return Arrays.copyOfRange(body, Math.min(start, end), end);
    }

    private static int find(byte[] body, byte[] mark, int from) {
        for (int i = from; i <= body.length - mark.length; i++) {
            if (Arrays.equals(body, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }
}
