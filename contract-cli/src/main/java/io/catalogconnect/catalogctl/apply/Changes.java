package io.catalogconnect.catalogctl.apply;

import io.catalogconnect.catalogctl.live.Services;
import io.catalogconnect.catalogctl.plan.Change;
import io.catalogconnect.catalogctl.plan.Change.Action;
import io.catalogconnect.catalogctl.plan.Difference;
import io.catalogconnect.catalogctl.resource.Acl;
import io.catalogconnect.catalogctl.resource.Attributes;
import io.catalogconnect.catalogctl.resource.Desired;
import io.catalogconnect.contract.render.Connector;
import io.catalogconnect.contract.render.TableSpec;
import io.catalogconnect.contract.render.TopicSpec;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes single changes. Each change can be repeated: an existing resource is not created twice. */
final class Changes {
    private final Desired desired;
    private final Services services;

    Changes(Desired desired, Services services) {
        this.desired = desired;
        this.services = services;
    }

    void make(Change change) throws InterruptedException {
        boolean isNew = change.action() == Action.CREATE;
        String name = change.resource().name();
        switch (change.resource().kind()) {
            case TABLE -> {
                TableSpec table = find(desired.tables(), TableSpec::name, name);
                if (isNew) {
                    services.tables().create(table);
                } else {
                    update(table, change.differences());
                }
            }
            case TOPIC -> {
                TopicSpec topic = find(desired.topics(), TopicSpec::name, name);
                if (isNew) {
                    services.topics().create(topic);
                } else if (!change.differences().isEmpty()) {
                    services.topics().configure(topic);
                }
            }
            case GRANT -> {
                if (change.action() != Action.ADOPT) {
                    services.tables().grant(change.resource().grant());
                }
            }
            case ACL -> {
                if (change.action() != Action.ADOPT) {
                    services.acls().create(find(desired.acls(), Acl::toString, name));
                }
            }
            case CONNECTOR -> connector(change, isNew, find(desired.connectors(), Connector::name, name));
        }
    }

    private void update(TableSpec table, List<Difference> differences) {
        Predicate<Difference> ofHistory = difference -> difference.attribute().startsWith(Attributes.HISTORY);
        if (differences.stream().anyMatch(ofHistory)) {
            desired.historySpec(table.name())
                    .ifPresent(history -> services.tables()
                            .find(history.name())
                            .ifPresent(found -> services.tables().update(found.withColumns(history.columns()))));
        }
        if (!differences.stream().allMatch(ofHistory)) {
            services.tables().update(table);
        }
    }

    /** A new source is created stopped and then resumed, so that a worker that refuses it has read no file. */
    private void connector(Change change, boolean isNew, Connector connector) throws InterruptedException {
        boolean isStopped = change.differences().stream()
                .anyMatch(difference -> difference.attribute().equals(Attributes.STATE));
        if (isNew) {
            services.workers().createStopped(connector);
        } else if (change.differences().size() > (isStopped ? 1 : 0)) {
            services.workers().configure(connector);
        }
        if (isNew || isStopped) {
            services.workers().resume(connector.name());
        }
    }

    private static <T> T find(List<T> all, Function<T, String> nameOf, String name) {
        return all.stream()
                .filter(each -> nameOf.apply(each).equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The contract has no resource " + name));
    }
}
