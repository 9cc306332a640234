/// The tour: the window's own code, offscreen, composing and training, with a picture of every
/// view. What it shows is what a person would see; nothing is drawn for the tour alone.
@NullMarked
package org.skiplab.app.tour;

import org.jspecify.annotations.NullMarked;
