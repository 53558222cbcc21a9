package io.catalogconnect.catalogctl.resource;

import io.catalogconnect.contract.render.TableGrant;
import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies a resource in an environment.
 *
 * @param name name of the topic, the table or the connector; for access, a text such as {@code ROLE on TABLE for MEMBER}
 */
public record ResourceKey(Kind kind, String name) implements Comparable<ResourceKey> {
    /** Roles and members contain no blanks. */
    private static final Pattern GRANT = Pattern.compile("(?<role>\\S+) on (?<table>.+) for (?<member>\\S+)");

    /** The group of a sink starts with connect-. The transactional IDs of a source are those that start with a name. */
    private static final Pattern SHARED_ACL = Pattern.compile("\\S+ on (transactionalId |group (?!connect-)).*");

    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::kind).thenComparing(ResourceKey::name);

    /** Kinds of resources, in the order in which they are created. */
    public enum Kind {
        TABLE,
        TOPIC,
        /** A role of a member on a table. */
        GRANT,
        /** A permission of a Kafka principal. */
        ACL,
        CONNECTOR;

        /** True for permissions, which carry no mark of a contract. */
        public boolean isAccess() {
            return this == GRANT || this == ACL;
        }

        /** The kind in lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The key of a grant. */
    public static ResourceKey of(TableGrant grant) {
        return new ResourceKey(Kind.GRANT, grant.role() + " on " + grant.table() + " for " + grant.member());
    }

    /** The key of an ACL. */
    public static ResourceKey of(Acl acl) {
        return new ResourceKey(Kind.ACL, acl.toString());
    }

    /**
     * The grant that this key names.
     *
     * @throws IllegalStateException if it names something else
     */
    public TableGrant grant() {
        Matcher parts = GRANT.matcher(name);
        if (kind != Kind.GRANT || !parts.matches()) {
            throw new IllegalStateException(this + " is not a grant");
        }
        return new TableGrant(parts.group("table"), parts.group("role"), parts.group("member"));
    }

    /**
     * True for an ACL that contracts of several products have with the same text, because it is for the transactional ID of the
     * workers or for the group of a consumer.
     */
    public boolean isSharedAcl() {
        return kind == Kind.ACL && SHARED_ACL.matcher(name).matches();
    }

    /**
     * Parses the text of {@link #toString()}.
     *
     * @throws IllegalArgumentException if it is not one
     */
    public static ResourceKey parse(String text) {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new IllegalArgumentException("'" + text + "' is not a resource");
        }
        return new ResourceKey(
                Kind.valueOf(text.substring(0, blank).toUpperCase(Locale.ROOT)), text.substring(blank + 1));
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.word() + " " + name;
    }
}
