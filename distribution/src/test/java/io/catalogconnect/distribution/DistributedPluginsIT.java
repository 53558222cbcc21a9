package io.catalogconnect.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.localstack.Delivery;
import io.catalogconnect.localstack.LocalStack;
import io.catalogconnect.localstack.MainJob;
import io.catalogconnect.localstack.connect.Worker;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.localstack.layout.StackPorts;
import io.catalogconnect.localstack.process.FolderTree;
import io.catalogconnect.toolkit.wait.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker that finds the plugins where users put them: each archive and the image, unpacked into its plugin path. */
final class DistributedPluginsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path directory;

    @Test
    void workerRunsTheSampleWithThePluginsOfEveryArchiveAndOfTheImage()
            throws IOException, InterruptedException, ExecutionException {
        Path pluginPath = Files.createDirectories(directory.resolve("plugins"));
        StackLayout layout = new StackLayout(Path.of(".."), directory.resolve("state"));
        MainJob job = MainJob.read(layout);
        for (String plugin : Artifacts.PLUGINS) {
            Artifacts.unzip(Artifacts.archiveOf(plugin), pluginPath);
        }
        Worker.Options worker = Worker.DEFAULTS.withSettings(Map.of("plugin.path", pluginPath.toString()));
        try (LocalStack stack = LocalStack.start(layout, StackPorts.FREE, worker, step -> {})) {
            stack.deploy(job.connectors());
            deliverSample(stack, job, layout, 1);

            stack.stopWorker();
            FolderTree.delete(pluginPath);
            Artifacts.unzip(Artifacts.archiveOfAll(), pluginPath);
            stack.restartWorker();
            deliverSample(stack, job, layout, 2);

            stack.stopWorker();
            FolderTree.delete(pluginPath);
            // Strimzi mounts the whole image as one folder of the plugin path.
            Artifacts.unpackImage(
                    Artifacts.image(), Files.createDirectories(pluginPath).resolve("catalog-connect"));
            FolderTree.delete(pluginPath.resolve("catalog-connect-layout"));
            stack.restartWorker();
            deliverSample(stack, job, layout, 3);
        }
    }

    /** Delivers the sample for another day, and expects the numbers of the README for each of the days so far. */
    private static void deliverSample(LocalStack stack, MainJob job, StackLayout layout, int day)
            throws IOException, InterruptedException, ExecutionException {
        Delivery delivery =
                new Delivery(stack, job, List.of(stack.bucket().deliver(layout.sample(), LocalDate.of(2026, 11, day))));
        Wait patience = Wait.upTo(PATIENCE);
        while (!delivery.look().arrived()) {
            assertThat(patience.isOver())
                    .as("the rows of day " + day + " arrive")
                    .isFalse();
            patience.pause();
        }
        Map<String, List<Long>> sizes = new TreeMap<>();
        delivery.look().tables().forEach((table, size) -> sizes.put(table, List.of(size.rows(), size.partitions())));
        assertThat(sizes)
                .isEqualTo(Map.of(
                        "products_raw", List.of(200L * day, (long) day),
                        "products_team_a", List.of(150L * day, (long) day),
                        "products_team_b", List.of(5L * day, (long) day)));
    }
}
