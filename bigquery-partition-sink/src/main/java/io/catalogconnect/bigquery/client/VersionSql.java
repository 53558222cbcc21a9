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

    private static final String OF_UNIT = "table_name = @table AND unit = @unit";

    private VersionSql() {}

    /** Offset of the object's previous end marker, or -1, and whether this one is stored already. */
    static String previousEnd(String versions) {
        return "SELECT COALESCE(MAX(IF(kafka_offset < @offset, kafka_offset, NULL)), -1) AS previous_end,"
                + " COUNTIF(kafka_offset = @offset) AS there FROM " + versions
                + " WHERE table_name = @table AND topic = @topic AND kafka_partition = @partition AND object_bucket ="
                + " @bucket AND object_key = @key";
    }

    /** Number of rows of a version in the history. */
    static String rowsOfVersion(String history) {
        return "SELECT COUNT(DISTINCT h." + ObjectColumns.ROW + ") AS kept FROM " + history + " AS h WHERE h."
                + MetaColumns.TOPIC + " = @topic AND h." + MetaColumns.PARTITION + " = @partition AND h."
                + MetaColumns.OFFSET + " > @after AND h." + MetaColumns.OFFSET + " < @offset AND h."
                + ObjectColumns.BUCKET + " = @bucket AND h." + ObjectColumns.KEY + " = @key AND h."
                + ObjectColumns.ETAG + " = @etag AND h." + ObjectColumns.MODIFIED + " = @modified AND h."
                + ObjectColumns.DATE + " = @date";
    }

    static String addVersion(String versions) {
        return "INSERT INTO " + versions + " (version_id, connector, table_name, unit, object_date, object_bucket,"
                + " object_key, etag, modified, topic, kafka_partition, kafka_offset, after_offset, object_rows,"
                + " object_rejects, kept_rows, completed_at) VALUES (@id, @connector, @table, @unit, @date, @bucket, @key,"
                + " @etag, @modified, @topic, @partition, @offset, @after, @rows, @rejects, @kept, CURRENT_TIMESTAMP())";
    }

    /** The publication record of a unit. */
    static String record(String publications) {
        return "SELECT sequence, job_id, versions, done, TIMESTAMP_DIFF(CURRENT_TIMESTAMP(), named_at, MILLISECOND) AS"
                + " age FROM " + publications + " WHERE " + OF_UNIT
                + " ORDER BY sequence DESC, done DESC LIMIT 1";
    }

    static String jobsToday(String publications) {
        return "SELECT COALESCE(SUM(jobs), 0) AS jobs FROM (SELECT unit, MAX(jobs_today) AS jobs FROM " + publications
                + " WHERE table_name = @table AND day = CURRENT_DATE() GROUP BY unit)";
    }

    static String addRecord(String publications) {
        return "INSERT INTO " + publications + " (table_name, unit, sequence, job_id, versions, done, named_at, day,"
                + " jobs_today) VALUES (@table, @unit, 0, '', '', TRUE, CURRENT_TIMESTAMP(), CURRENT_DATE(), 0)";
    }

    /** Records the next job if the record is unchanged, and no record that another task inserted has a later job. */
    static String nameJob(String publications) {
        return "UPDATE " + publications
                + " SET sequence = @next_sequence, job_id = @next_job, versions = @next_versions,"
                + " done = FALSE, named_at = CURRENT_TIMESTAMP(), jobs_today = IF(day = CURRENT_DATE(), jobs_today, 0) +"
                + " 1, day = CURRENT_DATE() WHERE " + OF_UNIT + " AND sequence = @sequence AND done = @done"
                + noneLater(publications);
    }

    static String setDone(String publications) {
        return "UPDATE " + publications + " SET done = TRUE WHERE " + OF_UNIT
                + " AND sequence = @sequence AND job_id = @next_job AND NOT done" + noneLater(publications);
    }

    private static String noneLater(String publications) {
        return " AND NOT EXISTS (SELECT 1 FROM " + publications + " AS later WHERE later.table_name = @table AND"
                + " later.unit = @unit AND later.sequence > @sequence)";
    }

    /** The newest complete version of each object of a day. */
    static String newestOfDay(String versions) {
        return newest(versions, "topic, object_bucket, object_key", "modified DESC, kafka_offset DESC");
    }

    /** The newest complete version of all objects, by date. */
    static String newestOfAll(String versions) {
        return newest(versions, "topic", "object_date DESC, modified DESC, kafka_offset DESC");
    }

    private static String newest(String versions, String each, String order) {
        return "SELECT version_id FROM (SELECT version_id, ROW_NUMBER() OVER (PARTITION BY " + each + " ORDER BY "
                + order + ", kafka_partition DESC) AS place FROM " + versions + " WHERE " + OF_UNIT
                + ") WHERE place = 1";
    }

    /** Versions that have fewer rows in the history than when they were recorded as complete. */
    static String missingRows(String versions, String history) {
        return "SELECT v.object_bucket AS bucket, v.object_key AS object_key, v.kept_rows AS kept, COUNT(DISTINCT h."
                + ObjectColumns.ROW + ") AS present FROM " + versions + " AS v LEFT JOIN (SELECT * FROM " + history
                + " WHERE " + ObjectColumns.DATE + " IN UNNEST(@dates)) AS h ON " + BELONGS
                + " WHERE v.table_name = @table AND v.unit = @unit AND v.version_id IN UNNEST(@versions)"
                + " GROUP BY v.object_bucket, v.object_key, v.version_id, v.kept_rows"
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
