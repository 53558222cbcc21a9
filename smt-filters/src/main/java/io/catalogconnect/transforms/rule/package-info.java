/**
 * One rule applied to one record: its answer, its counters, its metrics and its errors, and the end markers that no rule
 * sees. The condition language lives in {@code condition}, configuration in {@code config}.
 */
@NullMarked
package io.catalogconnect.transforms.rule;

import org.jspecify.annotations.NullMarked;
