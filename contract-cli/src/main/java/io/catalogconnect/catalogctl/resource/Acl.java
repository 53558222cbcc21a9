package io.catalogconnect.catalogctl.resource;

import io.catalogconnect.contract.render.KafkaAcl;
import java.util.List;
import java.util.stream.Stream;

/**
 * The permission of a Kafka principal to run one operation on a resource from any host.
 *
 * @param operation for example {@code Read}
 * @param type {@code topic}, {@code group} or {@code transactionalId}
 * @param prefixed true if the name is the start of the names of all resources
 */
public record Acl(String principal, String operation, String type, String name, boolean prefixed) {
    /** The single permissions of the ACLs of a contract, each once. */
    static List<Acl> of(List<KafkaAcl> acls) {
        return acls.stream().flatMap(Acl::single).distinct().toList();
    }

    private static Stream<Acl> single(KafkaAcl acl) {
        return acl.operations().stream()
                .map(operation -> new Acl(acl.principal(), operation, acl.type(), acl.name(), acl.prefixed()));
    }

    /** The name by which people and the facts know it. */
    @Override
    public String toString() {
        return operation + " on " + type + (prefixed ? "s starting with " : " ") + name + " for " + principal;
    }
}
