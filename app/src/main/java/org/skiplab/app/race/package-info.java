/// Races: two to four networks train in turn on the same batches with the same seed, and their
/// curves lie over one another. Ready-made pairs are derived from the network on the canvas.
@NullMarked
package org.skiplab.app.race;

import org.jspecify.annotations.NullMarked;
