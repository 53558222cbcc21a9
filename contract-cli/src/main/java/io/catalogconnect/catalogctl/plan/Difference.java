package io.catalogconnect.catalogctl.plan;

/**
 * An attribute that differs.
 *
 * @param wanted value of the contract; empty if the contract has none
 * @param live value of the service; empty if the service has none
 * @param isDrift true if the value of the contract is the one that was applied last: somebody has changed the service
 */
public record Difference(String attribute, String wanted, String live, boolean isDrift) {}
