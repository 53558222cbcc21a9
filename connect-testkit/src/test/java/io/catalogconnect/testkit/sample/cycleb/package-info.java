/** Classes that break, or keep, the architecture rules. */
@NullMarked
package io.catalogconnect.testkit.sample.cycleb;

import org.jspecify.annotations.NullMarked;
