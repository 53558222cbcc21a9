package io.catalogconnect.contract.render;

/** A file that is rendered from a contract. */
public record RenderedFile(String name, String text) {}
