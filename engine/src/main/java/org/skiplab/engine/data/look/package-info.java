/// What there is to see in a data set before anything is trained: counts, means, twins, and images
/// as the network will get them. Everything is computed from the images themselves.
@NullMarked
package org.skiplab.engine.data.look;

import org.jspecify.annotations.NullMarked;
