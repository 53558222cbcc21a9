package io.catalogconnect.contract.catalogue;

import io.catalogconnect.contract.model.Contract;
import io.catalogconnect.contract.model.DataObject;
import io.catalogconnect.contract.report.Counted;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pages of all contracts. */
public final class Catalogue {
    private Catalogue() {}

    /** The files by name: an index and one page for each contract, as HTML and as Markdown. */
    public static Map<String, String> files(List<Contract> contracts) {
        List<Contract> sorted = contracts.stream()
                .sorted(Comparator.comparing(contract -> contract.identity().name()))
                .toList();
        List<Page> pages = new ArrayList<>();
        pages.add(index(sorted));
        sorted.forEach(contract -> pages.add(ProductPage.of(contract)));
        Map<String, String> files = new LinkedHashMap<>();
        for (Page page : pages) {
            files.put(page.name() + ".html", page.html());
            files.put(page.name() + ".md", page.markdown());
        }
        return files;
    }

    private static Page index(List<Contract> contracts) {
        List<List<Cell>> rows = contracts.stream().map(Catalogue::row).toList();
        long tables = contracts.stream()
                .mapToLong(contract -> contract.objects().size())
                .sum();
        return new Page(
                "index",
                "Data products",
                List.of(
                        new Block.Paragraph(
                                Counted.of(contracts.size(), "product") + " with " + Counted.of(tables, "table")
                                        + ". Each page describes columns, service levels, and how to get access."),
                        new Block.Table(
                                List.of("product", "version", "status", "description", "tables", "owner"), rows)));
    }

    private static List<Cell> row(Contract contract) {
        String name = contract.identity().name();
        return List.of(
                new Cell(name, false, name),
                Cell.text(contract.identity().version()),
                Cell.text(contract.identity().status()),
                Cell.text(contract.identity().purpose()),
                Cell.text(contract.objects().stream()
                        .map(DataObject::physicalName)
                        .collect(Collectors.joining(", "))),
                Cell.text(contract.team().ownership()));
    }
}
