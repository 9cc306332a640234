/// Small pictures of networks, drawn from the layout of the canvas: for the gallery and for
/// comparisons.
@NullMarked
package org.skiplab.app.sketch;

import org.jspecify.annotations.NullMarked;
