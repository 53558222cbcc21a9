/**
 * Shared parts of the tests of all modules: the architecture rules, the check of generated pages, fakes that keep the contracts of Kafka
 * Connect, and a clock. Not on the class path of a worker.
 */
@NullMarked
package io.catalogconnect.testkit;

import org.jspecify.annotations.NullMarked;
