/**
 * What the tests of every module share: the architecture rules that all are held to. Nothing here is on a worker's class
 * path.
 */
@NullMarked
package io.catalogconnect.testkit;

import org.jspecify.annotations.NullMarked;
