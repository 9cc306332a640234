/// Where SkipLab starts. `Main` decides between the window and the command line.
@NullMarked
package org.skiplab.app;

import org.jspecify.annotations.NullMarked;
