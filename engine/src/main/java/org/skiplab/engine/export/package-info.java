/// What leaves the engine as files: metrics, checkpoints, weights and networks in other programs'
/// forms.
@NullMarked
package org.skiplab.engine.export;

import org.jspecify.annotations.NullMarked;
