/// Compiles a network into a plan: layers bound to memory, with forward, backward, parameters and
/// gates. Everything is allocated when the network is compiled; running a step allocates nothing.
@NullMarked
package org.skiplab.engine.nn;

import org.jspecify.annotations.NullMarked;
