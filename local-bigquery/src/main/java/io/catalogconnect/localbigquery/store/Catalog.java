package io.catalogconnect.localbigquery.store;

import com.google.api.services.bigquery.model.Dataset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** All datasets and tables at one point in time. Immutable. Lists are sorted by name. */
public final class Catalog {
    static final Catalog EMPTY = new Catalog(new TreeMap<>(), new TreeMap<>());

    private final Map<String, Dataset> datasets;
    private final Map<String, StoredTable> tables;

    private Catalog(Map<String, Dataset> datasets, Map<String, StoredTable> tables) {
        this.datasets = datasets;
        this.tables = tables;
    }

    /** The projects that have a dataset. */
    public List<String> projects() {
        TreeSet<String> projects = new TreeSet<>();
        datasets.values()
                .forEach(dataset -> projects.add(dataset.getDatasetReference().getProjectId()));
        return List.copyOf(projects);
    }

    /** The datasets of a project that lists show. */
    public List<Dataset> visibleDatasets(String project) {
        return datasets(project).stream()
                .filter(dataset -> !DatasetRef.of(dataset).isHidden())
                .toList();
    }

    /** A copy of the resource of a dataset. */
    public Optional<Dataset> dataset(DatasetRef ref) {
        return Optional.ofNullable(datasets.get(ref.toString())).map(ResourceJson::copy);
    }

    /**
     * Returns a copy of the resource of an existing dataset.
     *
     * @throws StoreException {@code Not found: Dataset p:d}
     */
    public Dataset requireDataset(DatasetRef ref) {
        return dataset(ref).orElseThrow(() -> ref.notFound());
    }

    public List<Dataset> datasets(String project) {
        return datasets.values().stream()
                .filter(dataset -> dataset.getDatasetReference().getProjectId().equals(project))
                .map(ResourceJson::copy)
                .toList();
    }

    public Optional<StoredTable> table(TableRef ref) {
        return Optional.ofNullable(tables.get(ref.toString()));
    }

    /**
     * Returns an existing table.
     *
     * @throws StoreException {@code Not found: Table p:d.t}, or {@code Not found: Dataset p:d} if the dataset does not exist either
     */
    public StoredTable requireTable(TableRef ref) {
        StoredTable table = tables.get(ref.toString());
        if (table == null) {
            requireDataset(ref.datasetRef());
            throw ref.notFound();
        }
        return table;
    }

    /** The tables and views of a dataset. */
    public List<StoredTable> tables(DatasetRef ref) {
        return tables.values().stream()
                .filter(table -> table.ref().datasetRef().equals(ref))
                .toList();
    }

    /** All tables and views. */
    List<StoredTable> tables() {
        return List.copyOf(tables.values());
    }

    Catalog with(DatasetRef ref, Dataset dataset) {
        Map<String, Dataset> changed = new TreeMap<>(datasets);
        changed.put(ref.toString(), dataset);
        return new Catalog(changed, tables);
    }

    Catalog without(DatasetRef ref) {
        Map<String, Dataset> changed = new TreeMap<>(datasets);
        changed.remove(ref.toString());
        return new Catalog(changed, tables);
    }

    Catalog with(StoredTable table) {
        Map<String, StoredTable> changed = new TreeMap<>(tables);
        changed.put(table.ref().toString(), table);
        return new Catalog(datasets, changed);
    }

    Catalog without(TableRef ref) {
        Map<String, StoredTable> changed = new TreeMap<>(tables);
        changed.remove(ref.toString());
        return new Catalog(datasets, changed);
    }
}
