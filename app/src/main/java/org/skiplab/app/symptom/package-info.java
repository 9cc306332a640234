/// What is conspicuous about a run: deterministic rules over its signals, each naming the blocks,
/// the numbers and what the papers say about them.
@NullMarked
package org.skiplab.app.symptom;

import org.jspecify.annotations.NullMarked;
