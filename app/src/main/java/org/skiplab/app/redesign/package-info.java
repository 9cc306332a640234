/// Knobs for the whole network: sliders that rebuild it from its family's recipe with another
/// depth, width or growth rate.
@NullMarked
package org.skiplab.app.redesign;

import org.jspecify.annotations.NullMarked;
