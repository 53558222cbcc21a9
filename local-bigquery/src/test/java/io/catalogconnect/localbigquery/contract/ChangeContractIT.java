package io.catalogconnect.localbigquery.contract;

import static io.catalogconnect.localbigquery.Appends.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.TableId;
import com.google.cloud.bigquery.storage.v1.ProtoRows;
import com.google.cloud.bigquery.storage.v1.StreamWriter;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Change data capture as the sink relies on it. */
class ChangeContractIT {
    @RegisterExtension
    static final ContractDataset bigquery = new ContractDataset();

    private static void write(TableId table, String... changes) throws Exception {
        Descriptor descriptor = withChangeColumns(bigquery.descriptor(table));
        ProtoRows.Builder rows = ProtoRows.newBuilder();
        for (String change : changes) {
            String[] values = change.split(" ", -1);
            DynamicMessage.Builder row = DynamicMessage.newBuilder(descriptor)
                    .setField(descriptor.findFieldByName("id"), Long.valueOf(values[0]))
                    .setField(descriptor.findFieldByName("_CHANGE_TYPE"), values[2])
                    .setField(descriptor.findFieldByName("_CHANGE_SEQUENCE_NUMBER"), values[3]);
            if (!values[1].equals("-")) {
                row.setField(descriptor.findFieldByName("name"), values[1]);
            }
            rows.addSerializedRows(row.build().toByteString());
        }
        try (StreamWriter writer = bigquery.writer(bigquery.defaultStream(table), descriptor)) {
            get(writer.append(rows.build()));
        }
    }

    private static Descriptor withChangeColumns(Descriptor plain) throws Exception {
        DescriptorProto.Builder message = plain.toProto().toBuilder();
        for (String name : new String[] {"_CHANGE_TYPE", "_CHANGE_SEQUENCE_NUMBER"}) {
            message.addField(FieldDescriptorProto.newBuilder()
                    .setName(name)
                    .setNumber(message.getFieldCount() + 100)
                    .setType(FieldDescriptorProto.Type.TYPE_STRING)
                    .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL));
        }
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("change.proto")
                .addMessageType(message)
                .build();
        return FileDescriptor.buildFrom(file, new FileDescriptor[0])
                .getMessageTypes()
                .get(0);
    }

    @Test
    void changesReplaceAndDeleteRowsInTheOrderOfTheirSequenceNumbers() throws Exception {
        TableId table = bigquery.table("(id INT64, name STRING, PRIMARY KEY (id) NOT ENFORCED) CLUSTER BY id");
        String t = table.getTable();
        bigquery.query("INSERT INTO " + t + " VALUES (1, 'old'), (2, 'kept')");
        write(table, "1 second UPSERT 0/2", "1 first UPSERT 0/1", "3 - DELETE 0/7", "4 new UPSERT 0/1");
        write(table, "3 late UPSERT 0/6", "1 first UPSERT 0/1");
        assertThat(bigquery.query("SELECT id, name FROM " + t + " ORDER BY id"))
                .containsExactly("1,second", "2,kept", "4,new");
        write(table, "1 - DELETE 0/3");
        assertThat(bigquery.query("SELECT COUNT(*) FROM " + t)).containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE $t SET name = 'x' WHERE TRUE",
                "DELETE FROM $t WHERE TRUE",
                "MERGE $t USING (SELECT 1 AS n) AS s ON $t.id = s.n WHEN MATCHED THEN DELETE"
            })
    void statementsThatChangeRowsAreRefusedOnceATableHadChanges(String sql) throws Exception {
        TableId table = bigquery.table("(id INT64, name STRING, PRIMARY KEY (id) NOT ENFORCED) CLUSTER BY id");
        String statement = sql.replace("$t", table.getTable());
        bigquery.query(statement);
        write(table, "1 a UPSERT 1");
        bigquery.assertSays(
                bigquery.refusal(statement),
                "DELETE/UPDATE/MERGE DMLs are currently not supported over tables that had UPSERT streams.",
                "");
    }
}
