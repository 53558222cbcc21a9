/** What a rule costs a record, beside the same rule in Java, in plain CEL and in Groovy. */
@NullMarked
package io.catalogconnect.benchmarks.rules;

import org.jspecify.annotations.NullMarked;
