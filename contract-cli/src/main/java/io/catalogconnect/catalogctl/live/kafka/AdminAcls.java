package io.catalogconnect.catalogctl.live.kafka;

import io.catalogconnect.catalogctl.live.Acls;
import io.catalogconnect.catalogctl.live.LiveException;
import io.catalogconnect.catalogctl.resource.Acl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.utils.SecurityUtils;

/** ACLs through Kafka's admin client. Thread-safe. */
public final class AdminAcls implements Acls {
    private static final String EVERY_HOST = "*";
    private static final Map<String, ResourceType> TYPES = Map.of(
            "topic", ResourceType.TOPIC,
            "group", ResourceType.GROUP,
            "transactionalId", ResourceType.TRANSACTIONAL_ID);

    private final KafkaCluster cluster;

    public AdminAcls(KafkaCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Optional<Set<Acl>> find() throws InterruptedException {
        AclBindingFilter permitted = new AclBindingFilter(
                ResourcePatternFilter.ANY,
                new AccessControlEntryFilter(null, EVERY_HOST, AclOperation.ANY, AclPermissionType.ALLOW));
        try {
            return Optional.of(cluster
                    .call(() -> cluster.admin().describeAcls(permitted).values().get())
                    .stream()
                    .flatMap(binding -> acl(binding).stream())
                    .collect(Collectors.toUnmodifiableSet()));
        } catch (LiveException e) {
            if (e.getCause() instanceof SecurityDisabledException) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Empty for the types of resources that contracts do not have. */
    private static Optional<Acl> acl(AclBinding binding) {
        ResourcePattern pattern = binding.pattern();
        return TYPES.entrySet().stream()
                .filter(type -> type.getValue() == pattern.resourceType())
                .map(type -> new Acl(
                        binding.entry().principal(),
                        SecurityUtils.operationName(binding.entry().operation()),
                        type.getKey(),
                        pattern.name(),
                        pattern.patternType() == PatternType.PREFIXED))
                .findFirst();
    }

    @Override
    public void create(Acl acl) throws InterruptedException {
        cluster.call(() -> cluster.admin()
                .createAcls(List.of(binding(acl)))
                .all()
                .thenApply(unused -> true)
                .get());
    }

    @Override
    public void delete(Acl acl) throws InterruptedException {
        cluster.call(() -> cluster.admin()
                .deleteAcls(List.of(binding(acl).toFilter()))
                .all()
                .get());
    }

    private static AclBinding binding(Acl acl) {
        ResourceType type = TYPES.get(acl.type());
        if (type == null) {
            throw new IllegalArgumentException(acl + " has an unknown type");
        }
        return new AclBinding(
                new ResourcePattern(type, acl.name(), acl.prefixed() ? PatternType.PREFIXED : PatternType.LITERAL),
                new AccessControlEntry(
                        acl.principal(),
                        EVERY_HOST,
                        SecurityUtils.operation(acl.operation()),
                        AclPermissionType.ALLOW));
    }
}
