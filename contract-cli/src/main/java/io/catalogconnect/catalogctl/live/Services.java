package io.catalogconnect.catalogctl.live;

/** The services of an environment. */
public record Services(Workers workers, Topics topics, Acls acls, Tables tables, Facts facts) {}
