package io.catalogconnect.catalogctl.apply;

/**
 * Who runs a command that needs the lease of a contract.
 *
 * @param who the person or job, for the log
 * @param breaksLease whether the lease of another process is ended
 */
public record Operator(String who, boolean breaksLease) {}
