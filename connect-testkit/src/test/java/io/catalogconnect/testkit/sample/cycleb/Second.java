package io.catalogconnect.testkit.sample.cycleb;

import io.catalogconnect.testkit.sample.cyclea.First;
import java.util.List;

public record Second(List<First> firsts) {}
