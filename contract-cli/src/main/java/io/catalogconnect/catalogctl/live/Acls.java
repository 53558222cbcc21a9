package io.catalogconnect.catalogctl.live;

import io.catalogconnect.catalogctl.resource.Acl;
import java.util.Optional;
import java.util.Set;

/** The ACLs of a Kafka cluster. Every method throws {@link LiveException} if the cluster refuses or does not answer. */
public interface Acls {
    /**
     * All ACLs that permit an operation from every host; empty if the cluster has no authorizer, so that everything is
     * permitted.
     */
    Optional<Set<Acl>> find() throws InterruptedException;

    /** Adds an ACL. Does nothing if it exists. */
    void create(Acl acl) throws InterruptedException;

    /** Deletes an ACL, if it exists. Others are kept. */
    void delete(Acl acl) throws InterruptedException;
}
