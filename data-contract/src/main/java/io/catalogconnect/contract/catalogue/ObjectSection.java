package io.catalogconnect.contract.catalogue;

import io.catalogconnect.contract.model.BigQueryServer;
import io.catalogconnect.contract.model.Column;
import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.model.Grant;
import io.catalogconnect.contract.model.QualityCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The part of a page that describes one topic and its table. For one use. */
final class ObjectSection {
    private final Contract contract;
    private final DataObject object;
    private final List<Block> blocks = new ArrayList<>();

    private ObjectSection(Contract contract, DataObject object) {
        this.contract = contract;
        this.object = object;
    }

    static List<Block> of(Contract contract, DataObject object) {
        ObjectSection section = new ObjectSection(contract, object);
        section.summary();
        section.columns();
        section.quality();
        section.access();
        return section.blocks;
    }

    private void summary() {
        blocks.add(new Block.Heading(2, object.name()));
        if (!object.description().isEmpty()) {
            blocks.add(new Block.Paragraph(object.description()));
        }
        List<List<Cell>> rows = new ArrayList<>();
        rows.add(List.of(Cell.text("Table"), Cell.code(object.physicalName())));
        rows.add(List.of(Cell.text("Topic"), Cell.code(object.topic())));
        rows.add(List.of(Cell.text("Rows"), object.rule().isEmpty() ? Cell.text("all") : Cell.code(object.rule())));
        object.partitionColumn()
                .ifPresent(column -> rows.add(List.of(
                        Cell.text("Partitions"), Cell.text("by " + object.partitionType() + " of " + column.name()))));
        if (!object.consumer().isEmpty()) {
            rows.add(List.of(Cell.text("Consumer"), Cell.text(object.consumer())));
        }
        blocks.add(new Block.Table(List.of("fact", "value"), rows));
    }

    private void columns() {
        blocks.add(new Block.Heading(3, "Columns"));
        blocks.add(new Block.Table(
                List.of("column", "type", "null", "class", "description"),
                object.columns().stream().map(ObjectSection::row).toList()));
    }

    private static List<Cell> row(Column column) {
        List<String> notes = new ArrayList<>();
        notes.add(column.description());
        if (column.pseudonymize()) {
            notes.add("Pseudonymized.");
        }
        if (!column.policyTag().isEmpty()) {
            notes.add("Protected by a policy tag.");
        }
        if (!column.examples().isEmpty()) {
            notes.add("Examples: " + String.join(", ", column.examples()) + ".");
        }
        return List.of(
                Cell.code(column.name()),
                Cell.text(column.physicalType()),
                Cell.text(column.required() ? "no" : "yes"),
                Cell.text(column.classification()),
                Cell.text(String.join(" ", notes)));
    }

    private void quality() {
        List<List<Cell>> rows = new ArrayList<>();
        object.quality().forEach(check -> rows.add(row("", check)));
        object.columns().forEach(column -> column.quality().forEach(check -> rows.add(row(column.name(), check))));
        if (!rows.isEmpty()) {
            blocks.add(new Block.Heading(3, "Quality checks"));
            blocks.add(new Block.Table(List.of("check", "column", "severity", "measure", "limit"), rows));
        }
    }

    private static List<Cell> row(String column, QualityCheck check) {
        String measure = check.metric().isEmpty() ? check.query() : check.metric();
        return List.of(
                Cell.text(check.title()),
                Cell.code(column),
                Cell.text(check.severity()),
                Cell.code(measure),
                Cell.text(check.limits().entrySet().stream()
                        .map(limit -> limit.getKey() + " " + limit.getValue())
                        .collect(Collectors.joining(", "))));
    }

    private void access() {
        blocks.add(new Block.Heading(3, "Access"));
        List<List<Cell>> rows = new ArrayList<>();
        for (Grant grant : contract.grants()) {
            if (grant.objects().contains(object.name())) {
                List<String> holders = new ArrayList<>(grant.members());
                holders.addAll(grant.principals());
                rows.add(List.of(
                        Cell.text(String.join(", ", holders)),
                        Cell.code(grant.role()),
                        Cell.text(grant.environments().isEmpty() ? "all" : String.join(", ", grant.environments())),
                        Cell.text(grant.description()),
                        Cell.text(String.join(", ", grant.approvers()))));
            }
        }
        if (!rows.isEmpty()) {
            blocks.add(new Block.Table(List.of("who", "role", "environments", "purpose", "approved by"), rows));
        }
        blocks.add(
                new Block.Paragraph("To get access, add yourself to roles in the contract with a pull request, which "
                        + contract.team().ownership() + " approves."));
        String where = object.partitionColumn()
                .map(column -> "\nWHERE " + column.name() + " >= "
                        + (column.physicalType().equals("DATE")
                                ? "DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY)"
                                : "TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 7 DAY)"))
                .orElse("");
        String dataset = contract.warehouses().stream()
                .map(BigQueryServer::dataset)
                .filter(name -> !name.contains("${"))
                .reduce("", (first, last) -> last + ".");
        blocks.add(new Block.Code("SELECT *\nFROM `" + dataset + object.physicalName() + "`" + where));
    }
}
