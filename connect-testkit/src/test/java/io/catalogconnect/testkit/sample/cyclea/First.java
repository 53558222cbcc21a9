package io.catalogconnect.testkit.sample.cyclea;

import io.catalogconnect.testkit.sample.cycleb.Second;

public record First(Second second) {}
