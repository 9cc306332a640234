/// The training half of the window: transport bar, insight dock and live knobs. The main window
/// knows it only as a [org.skiplab.app.training.TrainingPanel].
@NullMarked
package org.skiplab.app.training;

import org.jspecify.annotations.NullMarked;
