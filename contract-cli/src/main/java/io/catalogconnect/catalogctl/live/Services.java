package io.catalogconnect.catalogctl.live;

/**
 * The services of an environment.
 *
 * @param dataset the dataset of the tables and the facts
 */
public record Services(Workers workers, Topics topics, Acls acls, Tables tables, Facts facts, SinkDataset dataset) {}
