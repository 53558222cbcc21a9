package io.catalogconnect.bigquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.catalogconnect.bigquery.client.ConnectorTables;
import io.catalogconnect.testkit.ReferencePage;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/permissions.md: the permissions of {@link SinkMode} and the connector's own tables. */
final class PermissionsPageTest {

    private static final String HEAD = """
            # Permissions

            This page lists the permissions that the connectors and `catalogctl` need. The BigQuery part of the sink is generated
            from the code. A test runs the sink in every mode with exactly these permissions, which local-bigquery enforces, and
            checks that without any one of them the task stops with a message that names it. We have not run that test against
            BigQuery.

            ## BigQuery

            | permission | granted on | needed for |
            |---|---|---|
            """;

    private static final String MODES = """

            Each mode needs these permissions:

            | settings | permissions |
            |---|---|
            """;

    private static final String ROLE = """

            - The sink creates missing tables by default. `bigquery.tables.create` is not needed if `table.create=false` and the
              [connector's own tables](#tables-of-the-connector) exist. With `write.mode=replace`, the histories must exist, too.
            - The sink changes a table only with `schema.evolution` or `column.policy.tags`. It deletes no table, and rows only by
              replacing partitions with `write.mode=replace`.
            - A job can be read by the account that created it. If you give a sink with `write.mode=replace` another account, grant
              the new one `bigquery.jobs.get` on the project for a day, because it reads the last job of the old one.
            - To set policy tags, the account also needs `datacatalog.taxonomies.get` on the taxonomy. With `write.mode=replace` it
              reads the tagged columns, which needs the role Fine-Grained Reader (`roles/datacatalog.categoryFineGrainedReader`)
              on each tag. local-bigquery does not check these two.
            - `roles/bigquery.dataEditor` on the dataset and `roles/bigquery.jobUser` on the project contain all permissions except
              `bigquery.tables.setCategory`, and also permit the account to delete tables.

            ### Custom role

            This role contains every permission on the dataset. Remove those that your settings do not need.

            ```yaml
            # catalog-connect-sink.yaml
            title: Catalog Connect sink
            description: Writes records to the tables of a dataset.
            stage: GA
            includedPermissions:
            """;

    private static final String GRANTS = """
            ```

            ```
            gcloud iam roles create catalogConnectSink --project=PROJECT --file=catalog-connect-sink.yaml
            gcloud iam roles create catalogConnectJobs --project=PROJECT --title="Catalog Connect jobs" \\
                --stage=GA --permissions=bigquery.jobs.create
            gcloud iam service-accounts create catalog-sink --project=PROJECT
            gcloud projects add-iam-policy-binding PROJECT --role=projects/PROJECT/roles/catalogConnectJobs \\
                --member=serviceAccount:catalog-sink@PROJECT.iam.gserviceaccount.com
            ```

            Grant the role on the dataset only, not on the project:

            ```sql
            GRANT `projects/PROJECT/roles/catalogConnectSink` ON SCHEMA `PROJECT`.DATASET
            TO "serviceAccount:catalog-sink@PROJECT.iam.gserviceaccount.com";
            ```

            ### A dataset for each team

            Give each team a dataset, and its sink a service account that has the role on this dataset only. Each dataset has its
            own registry, so the teams' connectors share no table. Create the accounts as above, and grant the role:

            ```sql
            GRANT `projects/PROJECT/roles/catalogConnectSink` ON SCHEMA `PROJECT`.team_a
            TO "serviceAccount:catalog-sink-team-a@PROJECT.iam.gserviceaccount.com";
            GRANT `projects/PROJECT/roles/catalogConnectSink` ON SCHEMA `PROJECT`.team_b
            TO "serviceAccount:catalog-sink-team-b@PROJECT.iam.gserviceaccount.com";
            ```

            Each account also needs `bigquery.jobs.create` on the project. This permission gives access to no data. If teams must share
            a dataset, set `tables.allowed` in the template of their connectors: BigQuery does not separate them. A task that
            attempts to write to another team's dataset stops with `Access Denied`.

            ### Tables of the connector

            The sink creates its own tables in the dataset. An administrator can create them instead. The names are those of
            `registry.table`, the same name with the suffix `_checkpoints`, `replace.versions.table` and
            `replace.publications.table`; the last two are for `write.mode=replace`.

            """;

    private static final String S3 = """

            The tables of records must have the columns of the [records](types.md) and `_kafka_topic STRING`, `_kafka_partition
            INT64`, `_kafka_offset INT64` and the column of `timestamp.column`, by default `_kafka_timestamp TIMESTAMP`. To get the
            statement for such a table, let the sink create it in a test dataset, and read `ddl` in `INFORMATION_SCHEMA.TABLES`.

            ## S3

            The source lists the bucket and reads objects. A test compares the actions on this page with the requests in the code.

            ```json
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::BUCKET",
                 "Condition": {"StringLike": {"s3:prefix": "PREFIX*"}}},
                {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::BUCKET/PREFIX*"}
              ]
            }
            ```

            Clean-up needs more actions. With `cleanup=move`, add these statements:

            ```json
            [
              {"Effect": "Allow", "Action": ["s3:GetObjectTagging", "s3:DeleteObject"], "Resource": "arn:aws:s3:::BUCKET/PREFIX*"},
              {"Effect": "Allow", "Action": ["s3:PutObject", "s3:PutObjectTagging"], "Resource": "arn:aws:s3:::BUCKET/MOVED*"}
            ]
            ```

            With `cleanup=tag`:

            ```json
            [
              {"Effect": "Allow",
               "Action": ["s3:GetObjectTagging", "s3:PutObjectTagging", "s3:GetObjectVersionTagging",
                          "s3:PutObjectVersionTagging"],
               "Resource": "arn:aws:s3:::BUCKET/PREFIX*"}
            ]
            ```

            PREFIX is the value of `s3.prefix` up to its date pattern, and MOVED is the value of `cleanup.move.prefix`. The actions on tags with `cleanup=move` are needed
            because a copy has the tags of its object. The actions on versions are needed only in a bucket with versioning. Objects
            that are encrypted with a KMS key also need `kms:Decrypt` on the key, and moving them `kms:GenerateDataKey`.

            ## catalogctl

            `catalogctl` needs an account that is not the one of the sink, so that no single account both writes rows and grants access. These
            permissions follow from the requests of the [commands](catalogctl.md); no test runs it with exactly these. `init`, `lint`, `render`,
            `diff` and `docs` send no requests.

            In BigQuery, `bigquery.jobs.create` is granted on the project, and the others on the dataset:

            | command | permissions |
            |---|---|
            | `plan`, `history` | `bigquery.tables.get`, `bigquery.tables.getData`, which reads the tables `_catalog_connect_contracts` and `_catalog_connect_contract_log`. If the contract has `members`, `plan` also needs `bigquery.tables.getIamPolicy`. |
            | `status` | `bigquery.tables.get`, `bigquery.tables.list`, `bigquery.tables.getData`, `bigquery.jobs.create`; `bigquery.datasets.get` if the dataset does not exist |
            | `check` | `bigquery.tables.getData`, `bigquery.jobs.create` |
            | `doctor` | `bigquery.tables.get`; `bigquery.tables.getIamPolicy` if the contract has `members`. It tests the permissions of the sink with the account that runs it, so run it with the account of the sink. |
            | `apply` | those of `plan`; `bigquery.datasets.get`, `bigquery.tables.create`, `bigquery.tables.update`, `bigquery.tables.updateData`, `bigquery.jobs.create`; `bigquery.datasets.create` on the project if the dataset does not exist; `bigquery.tables.setCategory`, and `datacatalog.taxonomies.get` on the taxonomy, for policy tags; `bigquery.tables.setIamPolicy` if the contract has `members` |
            | `replay` | `bigquery.tables.get`, `bigquery.tables.getData`, `bigquery.tables.updateData`, `bigquery.jobs.create`; with `--wait`, those of `status` |
            | `retire` | those of `replay`; `bigquery.tables.delete` for tables; `bigquery.tables.getIamPolicy` and `bigquery.tables.setIamPolicy` for roles of members |

            To read columns with a policy tag, `check` and the page of `status --web` also need the role Fine-Grained Reader on the tags.

            In Kafka:

            | command | operations |
            |---|---|
            | `plan`, `doctor` | `Describe` and `DescribeConfigs` on the topics; `Describe` on the cluster if the contract has ACLs |
            | `status` | also `Read` on the topics and on the topic of the dead letter queue; `Describe` on the sink's group `connect-NAME` |
            | `apply` | those of `plan`; `Create` and `AlterConfigs` on the topics; `Alter` on the cluster if the contract has ACLs |
            | `replay` | none; with `--wait`, those of `status` |
            | `retire` | those of `plan`; `Delete` on the topics; `Describe` and `Alter` on the cluster for ACLs |

            In S3, `status` and `replay` need `s3:ListBucket`. Without it, `status` shows only the files that the source has started to read. `plan` and
            `apply` use it to find the first date to be read again after a change; without it, they print the `replay` command without a date.

            The user of the Connect REST API must be allowed to read and validate connectors; for `apply`, also to create, change, stop and resume them;
            for `replay`, to stop and resume the source and to change its offsets; for `retire`, to delete them.
            """;

    @Test
    void pageListsThePermissionsOfEveryModeAndTheTablesOfTheCode() throws IOException {
        StringBuilder page = new StringBuilder(HEAD);
        purposes()
                .forEach((permission, purpose) -> page.append("| `")
                        .append(permission)
                        .append("` | ")
                        .append(permission.equals(SinkMode.CREATE_JOBS) ? "the project" : "the dataset")
                        .append(" | ")
                        .append(purpose)
                        .append(" |\n"));
        page.append(MODES);
        rows().forEach((settings, permissions) -> page.append("| ")
                .append(settings)
                .append(" | ")
                .append(permissions.stream()
                        .map(permission -> "`" + permission + "`")
                        .collect(Collectors.joining(", ")))
                .append(" |\n"));
        page.append(ROLE);
        purposes().keySet().stream()
                .filter(permission -> !permission.equals(SinkMode.CREATE_JOBS))
                .sorted()
                .forEach(permission -> page.append("- ").append(permission).append('\n'));
        page.append(GRANTS);
        ConnectorTables.statements("DATASET")
                .values()
                .forEach(statement -> page.append("```sql\n").append(statement).append("\n```\n"));
        page.append(S3);
        new ReferencePage().check("permissions.md", page.toString());
    }

    private static Map<String, String> purposes() {
        Map<String, String> purposes = new LinkedHashMap<>();
        purposes.put(SinkMode.GET, "reading the columns and the partitioning of tables");
        purposes.put(SinkMode.UPDATE_DATA, "appending and changing rows, replacing partitions, changing the registry");
        purposes.put(SinkMode.GET_DATA, "reading the registry, checkpoints, record timestamps, and histories");
        purposes.put(SinkMode.CREATE_JOBS, "running these queries, and the jobs that replace partitions");
        purposes.put(SinkMode.CREATE, "creating tables");
        purposes.put(
                SinkMode.UPDATE, "adding columns, making columns nullable, setting policy tags and `max_staleness`");
        purposes.put(SinkMode.SET_TAGS, "setting policy tags");
        return purposes;
    }

    /** The permissions of each write mode, and what settings add in all of them. */
    private static Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        rows.put("`write.mode=append`, `delivery.guarantee=at-least-once`", SinkMode.AT_LEAST_ONCE);
        rows.put("`write.mode=append`", SinkMode.EXACTLY_ONCE);
        rows.put("`write.mode=replace`", SinkMode.REPLACE);
        rows.put("`write.mode=upsert`", SinkMode.UPSERT);
        rows.put(
                "`write.mode=upsert` with `upsert.max.staleness.ms`, for a new table",
                List.of(SinkMode.CREATE, SinkMode.UPDATE, SinkMode.CREATE_JOBS));
        rows.put("any of these, if a table is missing", List.of(SinkMode.CREATE));
        rows.put(
                "any of these with `schema.evolution=add` or `relax`, if a table is changed", List.of(SinkMode.UPDATE));
        rows.put(
                "any of these with `schema.evolution=widen`, if the type of a column is changed",
                List.of(SinkMode.UPDATE, SinkMode.CREATE_JOBS));
        rows.put(
                "any of these with `column.policy.tags`, for a new table", List.of(SinkMode.CREATE, SinkMode.SET_TAGS));
        rows.put(
                "any of these with `column.policy.tags`, for an existing table",
                List.of(SinkMode.UPDATE, SinkMode.SET_TAGS));
        return rows;
    }

    @Test
    void everyPermissionOfAModeIsOnThePageAndViceVersa() {
        Set<String> needed = new TreeSet<>();
        SinkMode.all().forEach(mode -> needed.addAll(mode.permissions()));

        assertThat(purposes().keySet()).containsExactlyInAnyOrderElementsOf(needed);
        assertThat(rows().values().stream().flatMap(List::stream).distinct())
                .containsExactlyInAnyOrderElementsOf(needed);
    }
}
