/// The network in training as files of another program. Written in the background, with the weights
/// of the moment.
@NullMarked
package org.skiplab.app.export;

import org.jspecify.annotations.NullMarked;
