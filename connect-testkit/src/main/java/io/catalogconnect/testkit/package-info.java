/**
 * What the tests of every module share: the architecture rules that all are held to, the check of the pages that are made from the
 * code, and fakes that keep the contracts of Kafka Connect. Nothing here is on a worker's class
 * path.
 */
@NullMarked
package io.catalogconnect.testkit;

import org.jspecify.annotations.NullMarked;
