package io.catalogconnect.bigquery.client;

import io.catalogconnect.bigquery.table.MetaColumns;
import io.catalogconnect.bigquery.table.ObjectColumns;
import java.util.List;

/** SQL statements of replace mode. */
final class VersionSql {

    /** Whether a row of the history belongs to a version: same content, between the object's previous end marker and this one. */
    private static final String BELONGS = "h." + MetaColumns.TOPIC + " = v.topic AND h." + MetaColumns.PARTITION
            + " = v.kafka_partition AND h." + MetaColumns.OFFSET + " > v.after_offset AND h." + MetaColumns.OFFSET
            + " < v.kafka_offset AND h." + ObjectColumns.BUCKET + " = v.object_bucket AND h." + ObjectColumns.KEY
            + " = v.object_key AND h." + ObjectColumns.ETAG + " = v.etag AND h." + ObjectColumns.MODIFIED
            + " = v.modified AND h." + ObjectColumns.DATE + " = v.object_date";

    /** The versions of a statement as a table. {@code n} is the position of a version. */
    private static final String EXPECTED = "SELECT n, topic, @partitions[OFFSET(n)] AS kafka_partition,"
            + " @offsets[OFFSET(n)] AS kafka_offset, @buckets[OFFSET(n)] AS object_bucket, @keys[OFFSET(n)] AS object_key";

    private static final String OF_EXPECTED = " FROM UNNEST(@topics) AS topic WITH OFFSET AS n";

    /** The units of a statement as a table. */
    private static final String UNITS = "SELECT unit, @tables[OFFSET(n)] AS table_name";

    private static final String OF_UNITS = " FROM UNNEST(@units) AS unit WITH OFFSET AS n";

    /** The units of an UPDATE with their expected and next records. */
    private static final String CHANGES = UNITS + ", @sequences[OFFSET(n)] AS sequence, @jobs[OFFSET(n)] AS job_id,"
            + " @done[OFFSET(n)] AS done, @next_sequences[OFFSET(n)] AS next_sequence, @next_jobs[OFFSET(n)] AS"
            + " next_job, @next_versions[OFFSET(n)] AS next_versions, @next_done[OFFSET(n)] AS next_done" + OF_UNITS;

    private VersionSql() {}

    /** Offset of the previous end marker of each version's object, or -1, and whether its own one is stored already. */
    static String previousEnds(String versions) {
        return "SELECT e.n AS n, COALESCE(MAX(IF(v.kafka_offset < e.kafka_offset, v.kafka_offset, NULL)), -1) AS"
                + " previous_end, COUNTIF(v.kafka_offset = e.kafka_offset) AS there FROM (" + EXPECTED
                + ", @tables[OFFSET(n)] AS table_name" + OF_EXPECTED + ") AS e JOIN " + versions
                + " AS v ON v.table_name = e.table_name AND v.topic = e.topic AND v.kafka_partition ="
                + " e.kafka_partition AND v.object_bucket = e.object_bucket AND v.object_key = e.object_key"
                + " WHERE v.table_name IN UNNEST(@tables) GROUP BY e.n";
    }

    /** Number of rows of each version in the history. */
    static String rowsOfVersions(String history) {
        return "SELECT v.n AS n, COUNT(DISTINCT h." + ObjectColumns.ROW + ") AS kept FROM (SELECT * FROM " + history
                + " WHERE " + ObjectColumns.DATE + " IN UNNEST(@dates)) AS h JOIN (" + EXPECTED
                + ", @after[OFFSET(n)] AS after_offset, @etags[OFFSET(n)] AS etag, @modified[OFFSET(n)] AS modified,"
                + " @dates[OFFSET(n)] AS object_date" + OF_EXPECTED + ") AS v ON " + BELONGS + " GROUP BY v.n";
    }

    static String addVersions(String versions) {
        return "INSERT INTO " + versions + " (version_id, connector, table_name, unit, object_date, object_bucket,"
                + " object_key, etag, modified, topic, kafka_partition, kafka_offset, after_offset, object_rows,"
                + " object_rejects, kept_rows, completed_at) SELECT @ids[OFFSET(n)], @connector, @tables[OFFSET(n)],"
                + " @units[OFFSET(n)], @dates[OFFSET(n)], @buckets[OFFSET(n)], @keys[OFFSET(n)], @etags[OFFSET(n)],"
                + " @modified[OFFSET(n)], topic, @partitions[OFFSET(n)], @offsets[OFFSET(n)], @after[OFFSET(n)],"
                + " @rows[OFFSET(n)], @rejects[OFFSET(n)], @kept[OFFSET(n)], CURRENT_TIMESTAMP()" + OF_EXPECTED;
    }

    /** The publication records of units, and the number of jobs of their tables since midnight. */
    static String records(String publications) {
        return "SELECT p.table_name AS table_name, p.unit AS unit, p.sequence AS sequence, p.job_id AS job_id,"
                + " p.versions AS versions, p.done AS done, TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), p.named_at, MILLISECOND)"
                + " AS age, COALESCE(j.jobs, 0) AS jobs FROM " + publications + " AS p JOIN (" + UNITS + OF_UNITS
                + ") AS u ON p.table_name = u.table_name AND p.unit = u.unit LEFT JOIN (SELECT table_name, SUM(jobs) AS"
                + " jobs FROM (SELECT table_name, unit, MAX(jobs_today) AS jobs FROM " + publications
                + " WHERE table_name IN UNNEST(@tables) AND day = CURRENT_DATE() GROUP BY table_name, unit) GROUP BY"
                + " table_name) AS j ON p.table_name = j.table_name WHERE p.table_name IN UNNEST(@tables) AND p.unit IN"
                + " UNNEST(@units)";
    }

    static String addRecords(String publications) {
        return "INSERT INTO " + publications + " (table_name, unit, sequence, job_id, versions, done, named_at, day,"
                + " jobs_today) SELECT @tables[OFFSET(n)], unit, 0, '', '', TRUE, CURRENT_TIMESTAMP(), CURRENT_DATE(),"
                + " 0" + OF_UNITS;
    }

    /**
     * Changes the record of each unit if it is the expected one, and no record that another task inserted has a later job.
     * A record that is not done names a new job.
     */
    static String changeRecords(String publications) {
        return "UPDATE " + publications + " AS r SET sequence = c.next_sequence, job_id = c.next_job, versions ="
                + " c.next_versions, done = c.next_done, named_at = IF(c.next_done, r.named_at, CURRENT_TIMESTAMP()),"
                + " jobs_today = IF(c.next_done, r.jobs_today, IF(r.day = CURRENT_DATE(), r.jobs_today, 0) + 1), day ="
                + " IF(c.next_done, r.day, CURRENT_DATE()) FROM (" + CHANGES + ") AS c WHERE r.table_name ="
                + " c.table_name AND r.unit = c.unit AND r.sequence = c.sequence AND r.job_id = c.job_id AND r.done ="
                + " c.done AND NOT EXISTS (SELECT 1 FROM " + publications + " AS later WHERE later.table_name ="
                + " c.table_name AND later.unit = c.unit AND later.sequence > c.sequence)";
    }

    /** The newest complete version of each object of days. */
    static String newestOfDays(String versions) {
        return newest(versions, "v.topic, v.object_bucket, v.object_key", "v.modified DESC, v.kafka_offset DESC");
    }

    /** The newest complete version of all objects of tables, by date. */
    static String newestOfTables(String versions) {
        return newest(versions, "v.topic", "v.object_date DESC, v.modified DESC, v.kafka_offset DESC");
    }

    private static String newest(String versions, String each, String order) {
        return "SELECT table_name, unit, version_id FROM (SELECT v.table_name AS table_name, v.unit AS unit,"
                + " v.version_id AS version_id, ROW_NUMBER() OVER (PARTITION BY v.table_name, v.unit, " + each
                + " ORDER BY " + order + ", v.kafka_partition DESC) AS place FROM " + versions + " AS v JOIN (" + UNITS
                + OF_UNITS + ") AS u ON v.table_name = u.table_name AND v.unit = u.unit WHERE v.table_name IN"
                + " UNNEST(@tables) AND v.unit IN UNNEST(@units)) WHERE place = 1";
    }

    /** Versions of units that have fewer rows in the history than when they were recorded as complete. */
    static String missingRows(String versions, String history) {
        return "SELECT v.unit AS unit, v.object_bucket AS bucket, v.object_key AS object_key, v.kept_rows AS kept,"
                + " COUNT(DISTINCT h." + ObjectColumns.ROW + ") AS present FROM " + versions
                + " AS v LEFT JOIN (SELECT * FROM " + history
                + " WHERE " + ObjectColumns.DATE + " IN UNNEST(@dates)) AS h ON " + BELONGS
                + " WHERE v.table_name = @table AND v.unit IN UNNEST(@units) AND v.version_id IN UNNEST(@versions)"
                + " GROUP BY v.unit, v.object_bucket, v.object_key, v.version_id, v.kept_rows"
                + " HAVING COUNT(DISTINCT h." + ObjectColumns.ROW + ") < v.kept_rows";
    }

    /** The rows of versions, each once, however often the source sent it. */
    static String rows(String versions, String history, List<String> columns) {
        return "SELECT "
                + String.join(
                        ", ", columns.stream().map(name -> "h.`" + name + "`").toList()) + " FROM "
                + history + " AS h JOIN " + versions + " AS v ON " + BELONGS
                + " WHERE v.table_name = @table AND v.unit ="
                + " @unit AND v.version_id IN UNNEST(@versions) AND h." + ObjectColumns.DATE + " IN UNNEST(@dates)"
                + " QUALIFY ROW_NUMBER() OVER (PARTITION BY v.version_id, h." + ObjectColumns.ROW + " ORDER BY h."
                + MetaColumns.OFFSET + " DESC) = 1";
    }
}
