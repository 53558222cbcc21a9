@NullMarked
package io.catalogconnect.bigquery.commit;

import org.jspecify.annotations.NullMarked;
