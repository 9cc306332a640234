/// Training: a session on its own thread, optimisers, schedules, checkpoints and published
/// telemetry. Commands go in as values, immutable telemetry comes out; readers pull it and never
/// make training wait.
@NullMarked
package org.skiplab.engine.train;

import org.jspecify.annotations.NullMarked;
