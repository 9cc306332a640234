/// The border to the JavaFX thread: the only package that posts to it. Work that may wait runs
/// through [org.skiplab.app.fx.Background] and comes back here.
@NullMarked
package org.skiplab.app.fx;

import org.jspecify.annotations.NullMarked;
