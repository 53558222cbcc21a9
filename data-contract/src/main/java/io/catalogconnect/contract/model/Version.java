package io.catalogconnect.contract.model;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of the form {@code MAJOR.MINOR.PATCH}. */
public record Version(int major, int minor, int patch) implements Comparable<Version> {
    private static final Pattern FORM = Pattern.compile("(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})\\.(0|[1-9]\\d{0,5})");
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    /** Parses a version; empty if it is not one. */
    public static Optional<Version> parse(String text) {
        Matcher version = FORM.matcher(text);
        return version.matches()
                ? Optional.of(new Version(
                        Integer.parseInt(version.group(1)),
                        Integer.parseInt(version.group(2)),
                        Integer.parseInt(version.group(3))))
                : Optional.empty();
    }

    /** The version after a change that breaks consumers. */
    public Version nextMajor() {
        return new Version(major + 1, 0, 0);
    }

    /** The version after an addition. */
    public Version nextMinor() {
        return new Version(major, minor + 1, 0);
    }

    /** The version after a correction. */
    public Version nextPatch() {
        return new Version(major, minor, patch + 1);
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
