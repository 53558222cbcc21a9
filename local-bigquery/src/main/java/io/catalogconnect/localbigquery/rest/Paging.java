package io.catalogconnect.localbigquery.rest;

import io.catalogconnect.localbigquery.job.ServiceError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. The page token is the position of the next page.
 *
 * @param items the items of this page
 * @param next the token of the next page; null on the last page
 */
record Paging<T>(List<T> items, @Nullable String next) {

    static <T> Paging<T> of(List<T> all, Request request) {
        long start = start(request);
        long size = request.number("maxResults", 1000);
        int from = (int) Math.min(start, all.size());
        int to = (int) Math.min(from + Math.max(size, 0), all.size());
        return new Paging<>(all.subList(from, to), to < all.size() && size > 0 ? Integer.toString(to) : null);
    }

    /** The position given by the page token, else by {@code startIndex}, else 0. */
    static long start(Request request) {
        String token = request.query().get("pageToken");
        if (token == null || token.isEmpty()) {
            return request.number("startIndex", 0);
        }
        if (!token.matches("[0-9]{1,18}")) {
            throw ServiceError.invalid("Invalid value for pageToken: " + token);
        }
        return Long.parseLong(token);
    }
}
