package io.catalogconnect.catalogctl.live;

import io.catalogconnect.contract.render.TableSpec;
import java.util.Optional;

/** The tables of a dataset. Every method throws {@link LiveException} if BigQuery refuses or does not answer. */
public interface Tables {
    /** Creates the dataset if it does not exist. */
    void createDataset();

    /** A table as it is, with all its labels; empty if it does not exist. */
    Optional<TableSpec> find(String name);

    /** Creates a table if it does not exist. */
    void create(TableSpec table);

    /** Changes an existing table: adds columns, and sets the other attributes. Removes no column, label or policy tag. */
    void update(TableSpec table);
}
