/// Plots of long and fast-growing measurements: models that need no toolkit, figures that paint on
/// a [Surface], and the [PlotPane] that shows one. Everything visible is decimated to pixel
/// columns; the smallest and largest value survive.
@NullMarked
package org.skiplab.app.plot;

import org.jspecify.annotations.NullMarked;
