/// The `.skiplab` file: versioned, diffable JSON of a design. Bad files give a message with the
/// place, never an exception; good ones are written atomically.
@NullMarked
package org.skiplab.engine.graph.file;

import org.jspecify.annotations.NullMarked;
