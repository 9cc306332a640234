/// Sheets that lie over the window while a person chooses or reads: they keep the keyboard, close
/// with Escape and give the focus back to where it was.
@NullMarked
package org.skiplab.app.sheet;

import org.jspecify.annotations.NullMarked;
