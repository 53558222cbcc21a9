/**
 * Java processes that live no longer than this one, and free ports for them.
 */
@NullMarked
package io.catalogconnect.localstack.process;

import org.jspecify.annotations.NullMarked;
