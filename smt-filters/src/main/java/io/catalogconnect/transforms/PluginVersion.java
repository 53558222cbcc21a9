package io.catalogconnect.transforms;

/** The version in the manifest of our own jar. */
public final class PluginVersion {
    private PluginVersion() {}

    /** The version of the jar that a class comes from, or "unknown". */
    public static String of(Class<?> plugin) {
        String version = plugin.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
