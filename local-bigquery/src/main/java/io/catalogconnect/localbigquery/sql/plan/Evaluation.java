package io.catalogconnect.localbigquery.sql.plan;

import io.catalogconnect.localbigquery.sql.types.DataType;
import java.util.List;

/**
 * The plan of an expression of a script.
 *
 * @param sql yields one row; each column is the text of a constant in DuckDB's SQL
 * @param types the types of the columns
 * @param scans the tables it reads
 */
public record Evaluation(String sql, List<DataType> types, List<TableRead> scans) {}
