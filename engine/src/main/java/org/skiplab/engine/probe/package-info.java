/// What can be seen of a running network: survival, gradient by depth, feature reuse, activations.
/// Every value is read from the network's own arrays; nothing is estimated.
@NullMarked
package org.skiplab.engine.probe;

import org.jspecify.annotations.NullMarked;
