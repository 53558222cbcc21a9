/** The archives and the image as users get them: what is inside, and that a worker runs the sample with it. */
@NullMarked
package io.catalogconnect.distribution;

import org.jspecify.annotations.NullMarked;
