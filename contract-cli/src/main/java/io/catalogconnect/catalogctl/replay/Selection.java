package io.catalogconnect.catalogctl.replay;

import io.catalogconnect.catalogctl.live.DeliveredObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The files that a person selects for a replay.
 *
 * @param date date of the files; null for any
 * @param since first date of the files; null for any
 * @param files keys, or addresses such as {@code s3://bucket/key}; empty for any
 */
public record Selection(@Nullable LocalDate date, @Nullable LocalDate since, Set<String> files) {
    public Selection {
        files = Set.copyOf(files);
    }

    boolean matches(DeliveredObject object) {
        if (!files.isEmpty()) {
            return files.contains(object.uri()) || files.contains(object.key());
        }
        if (object.date().isEmpty()) {
            return false;
        }
        LocalDate of = LocalDate.parse(object.date());
        return date != null ? of.equals(date) : since != null && !of.isBefore(since);
    }

    /** The names of files that the bucket does not contain. */
    Set<String> unknown(List<DeliveredObject> listed) {
        Set<String> unknown = new TreeSet<>(files);
        listed.forEach(object -> unknown.removeAll(Set.of(object.uri(), object.key())));
        return unknown;
    }

    /** The selection in words. */
    @Override
    public String toString() {
        if (!files.isEmpty()) {
            return "with the name " + String.join(", ", files);
        }
        return date != null ? "of " + date : "since " + since;
    }
}
