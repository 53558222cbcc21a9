package io.catalogconnect.benchmarks.scale;

/**
 * What a task has cost for a number of rows.
 *
 * @param heapBytes what the task keeps in the heap after its last row
 * @param heapBytesAtStart what it keeps after its first batch, with the records of the batch; 0 if that was not measured
 */
record Cost(long rows, double cpuSeconds, long allocatedBytes, long heapBytes, long heapBytesAtStart) {}
