/// The inspector: what is selected, in numbers and knobs; with nothing selected, the whole network.
/// Its controls are made from the settings that the engine describes, so a new setting shows up by
/// itself.
@NullMarked
package org.skiplab.app.inspector;

import org.jspecify.annotations.NullMarked;
