package io.catalogconnect.transforms;

/** The version in the manifest of our own jar. */
final class PluginVersion {
    private PluginVersion() {}

    static String of(Class<?> plugin) {
        String version = plugin.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
