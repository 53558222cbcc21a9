/** Where things of the local stack lie: folders, files, ports and addresses. Starts nothing. */
@NullMarked
package io.catalogconnect.localstack.layout;

import org.jspecify.annotations.NullMarked;
