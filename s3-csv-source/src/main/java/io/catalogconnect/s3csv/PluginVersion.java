package io.catalogconnect.s3csv;

import org.jspecify.annotations.Nullable;

/** The version in the manifest of the jar that this class came in. */
final class PluginVersion {

    private PluginVersion() {}

    static String get() {
        return orUnknown(PluginVersion.class.getPackage().getImplementationVersion());
    }

    static String orUnknown(@Nullable String version) {
        return version == null || version.isBlank() ? "unknown" : version;
    }
}
