/// The data sets: what can be trained on, what can be fetched, and what there is to see in each.
/// Reading, fetching and counting happen on threads of their own; the view models belong to the
/// JavaFX thread.
@NullMarked
package org.skiplab.app.data;

import org.jspecify.annotations.NullMarked;
