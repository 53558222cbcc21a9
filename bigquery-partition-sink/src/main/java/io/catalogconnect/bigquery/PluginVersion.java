package io.catalogconnect.bigquery;

/** The version of this plugin, from the manifest of its jar. */
final class PluginVersion {

    private PluginVersion() {}

    static String get() {
        String version = PluginVersion.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }
}
