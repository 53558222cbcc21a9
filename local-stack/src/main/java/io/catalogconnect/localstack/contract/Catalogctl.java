package io.catalogconnect.localstack.contract;

import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.process.JavaProcess;
import java.io.File;
import java.util.List;
import java.util.Map;

/** How {@code catalogctl} runs as a process of the local stack. */
public final class Catalogctl {
    private Catalogctl() {}

    /**
     * A command.
     *
     * @param name names the process and its log
     * @param readyPrefix the start of the line that the command prints when it serves
     */
    public static JavaProcess.Command command(
            StackLayout layout, String name, String readyPrefix, List<String> arguments) {
        String plugins = String.join(
                File.pathSeparator,
                layout.home().resolve("dry-run").resolve("target").toString(),
                layout.pluginFolder("s3-csv-source").toString(),
                layout.home()
                        .resolve("contract-cli")
                        .resolve("target")
                        .resolve("lib")
                        .toString());
        return new JavaProcess.Command(
                name,
                layout.classPath("contract-cli"),
                "io.catalogconnect.catalogctl.cli.Catalogctl",
                List.of(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dcatalogctl.plugins.source=" + plugins),
                arguments,
                Map.of(),
                readyPrefix,
                layout.temporary(name + "-" + ProcessHandle.current().pid()),
                layout.log(name));
    }
}
