package io.catalogconnect.catalogctl.live;

/** The services of an environment. */
public record Services(Workers workers, Topics topics, Tables tables, Facts facts) {}
