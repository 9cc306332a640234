/// Runs that are kept: every session leaves its settings, measurements and weights in a folder of
/// its own, across restarts. The list of them, their curves over one another, and the ways back
/// into them: open, branch, export.
@NullMarked
package org.skiplab.app.run;

import org.jspecify.annotations.NullMarked;
