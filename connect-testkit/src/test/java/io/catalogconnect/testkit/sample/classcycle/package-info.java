/** Two classes of one package that use each other. */
@NullMarked
package io.catalogconnect.testkit.sample.classcycle;

import org.jspecify.annotations.NullMarked;
