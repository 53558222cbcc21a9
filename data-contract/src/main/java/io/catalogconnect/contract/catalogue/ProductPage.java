package io.catalogconnect.contract.catalogue;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Environment;
import io.catalogconnect.contract.model.Identity;
import io.catalogconnect.contract.model.Product;
import io.catalogconnect.contract.model.ServiceLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The page of one contract. For one use. */
final class ProductPage {
    private static final Map<String, String> SERVICE_LEVELS = Map.of(
            "retention", "Retention of rows",
            "frequency", "Time between files",
            "latency", "From the file to rows",
            "timeOfAvailability", "Complete at",
            "errorRate", "Largest ratio of malformed rows");

    private final Contract contract;
    private final List<Block> blocks = new ArrayList<>();

    private ProductPage(Contract contract) {
        this.contract = contract;
    }

    static Page of(Contract contract) {
        ProductPage page = new ProductPage(contract);
        page.summary();
        page.facts();
        page.blocks.add(new Block.Heading(2, "From S3 to the tables"));
        page.blocks.add(Lineage.of(contract));
        page.serviceLevels();
        page.environments();
        for (DataObject object : contract.objects()) {
            page.blocks.addAll(ObjectSection.of(contract, object));
        }
        return new Page(contract.identity().name(), contract.identity().name(), page.blocks);
    }

    private void summary() {
        Identity identity = contract.identity();
        switch (identity.status()) {
            case "deprecated" ->
                blocks.add(new Block.Notice(
                        "This product is deprecated. Do not start to use it; ask its owner when it ends."));
            case "retired" -> blocks.add(new Block.Notice("This product is retired. It gets no new rows."));
            case "draft", "proposed" -> blocks.add(new Block.Notice("This product is not released yet."));
            default -> {}
        }
        for (String text : List.of(identity.purpose(), identity.usage(), identity.limitations())) {
            if (!text.isEmpty()) {
                blocks.add(new Block.Paragraph(text));
            }
        }
    }

    private void facts() {
        Product product = contract.product();
        List<List<Cell>> rows = new ArrayList<>();
        fact(
                rows,
                "Version",
                contract.identity().version() + ", " + contract.identity().status());
        fact(rows, "Domain", contract.identity().domain());
        fact(rows, "Owner", contract.team().ownership());
        contract.team().channels().forEach(channel -> fact(rows, "Support", channel.name() + " " + channel.url()));
        fact(
                rows,
                "Corrected files",
                product.delivery().equals("replace")
                        ? "replace the rows of the earlier file"
                        : "add their rows to those of the earlier file");
        fact(rows, "Personal data", product.personalData());
        fact(rows, "Legal basis", product.legalBasis());
        fact(rows, "Licence", product.licence());
        blocks.add(new Block.Table(List.of("fact", "value"), rows));
    }

    private static void fact(List<List<Cell>> rows, String name, String value) {
        if (!value.isEmpty()) {
            rows.add(List.of(Cell.text(name), Cell.text(value)));
        }
    }

    private void serviceLevels() {
        List<List<Cell>> rows = new ArrayList<>();
        for (ServiceLevel level : contract.serviceLevels()) {
            rows.add(List.of(
                    Cell.text(SERVICE_LEVELS.getOrDefault(level.property(), level.property())),
                    Cell.text(level.value() + " " + level.unit()),
                    Cell.text(level.description())));
        }
        if (!rows.isEmpty()) {
            blocks.add(new Block.Heading(2, "Service levels"));
            blocks.add(new Block.Table(List.of("service level", "value", "description"), rows));
        }
    }

    private void environments() {
        List<List<Cell>> rows = new ArrayList<>();
        for (String name : contract.environmentNames()) {
            contract.environment(name).ifPresent(environment -> rows.add(row(environment)));
        }
        blocks.add(new Block.Heading(2, "Environments"));
        blocks.add(new Block.Table(
                List.of("environment", "files", "Kafka", "format", "dataset", "corrected files"), rows));
    }

    private static List<Cell> row(Environment environment) {
        return List.of(
                Cell.text(environment.name()),
                Cell.code(environment.landing().location()),
                Cell.code(environment.stream().host()),
                Cell.text(environment.stream().format()),
                Cell.code(environment.warehouse().project() + "."
                        + environment.warehouse().dataset()),
                Cell.text(environment.delivery()));
    }
}
