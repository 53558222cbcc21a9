package io.catalogconnect.localstack.cli;

import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldValue;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Schema;
import com.google.cloud.bigquery.TableResult;
import io.catalogconnect.localstack.RunningStack;
import io.catalogconnect.localstack.StoppedStack;
import io.catalogconnect.localstack.bigquery.CatalogDataset;
import io.catalogconnect.localstack.layout.StackLayout;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs SQL against the tables: those of the running stack, or those that the last run left. */
@Command(
        name = "query",
        description = {
            "Runs a statement of GoogleSQL and prints its rows. Names without a dataset are of the dataset catalog.",
            "When no stack runs, BigQuery alone is started for the query."
        })
final class QueryCommand implements Callable<Integer> {
    private final PrintWriter out;
    private final PrintWriter err;

    @Mixin
    private LayoutOptions layoutOptions = new LayoutOptions();

    @Parameters(
            paramLabel = "SQL",
            description = "For example: SELECT brand, COUNT(*) FROM products_raw GROUP BY brand")
    private String sql = "";

    QueryCommand(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackLayout layout = layoutOptions.layout();
        Optional<String> running = RunningStack.bigQueryRest(layout);
        if (running.isPresent()) {
            print(new CatalogDataset(running.get()).query(sql));
            return 0;
        }
        err.println("No stack is running; starting BigQuery for this query");
        try (StoppedStack stopped = StoppedStack.open(layout)) {
            print(stopped.dataset().query(sql));
        }
        return 0;
    }

    private void print(TableResult result) {
        Schema schema = result.getSchema();
        if (schema == null || schema.getFields().isEmpty()) {
            out.println("Done.");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        for (FieldValueList row : result.iterateAll()) {
            rows.add(row.stream().map(QueryCommand::text).toList());
        }
        TextTable.print(out, schema.getFields().stream().map(Field::getName).toList(), rows);
    }

    private static String text(FieldValue value) {
        @Nullable Object content = value.getValue();
        return content == null ? "NULL" : content.toString();
    }
}
