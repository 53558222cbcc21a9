package io.catalogconnect.localstack.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catalogconnect.localstack.bigquery.CatalogDataset.TableSize;
import io.catalogconnect.toolkit.terminal.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How the demo's result is printed. */
enum ResultFormat {
    /** Columns that people read. */
    TABLE {
        @Override
        void print(PrintWriter out, Map<String, TableSize> tables, List<String> notes) {
            List<List<String>> rows = new ArrayList<>();
            tables.forEach((table, size) ->
                    rows.add(List.of(table, Long.toString(size.rows()), Long.toString(size.partitions()))));
            TextTable.print(out, List.of("table", "rows", "partitions"), rows);
            notes.forEach(out::println);
        }
    },
    /** One line that programs read. */
    JSON {
        @Override
        void print(PrintWriter out, Map<String, TableSize> tables, List<String> notes) {
            ObjectNode root = new ObjectMapper().createObjectNode();
            ObjectNode node = root.putObject("tables");
            tables.forEach((table, size) ->
                    node.putObject(table).put("rows", size.rows()).put("partitions", size.partitions()));
            out.println(root);
        }
    };

    /**
     * Prints the result.
     *
     * @param notes sentences for people
     */
    abstract void print(PrintWriter out, Map<String, TableSize> tables, List<String> notes);
}
