/// Networks as members of their families: which recipe a network follows, what was changed by hand
/// since, and the same recipe with another depth, width or growth rate.
@NullMarked
package org.skiplab.engine.graph.redesign;

import org.jspecify.annotations.NullMarked;
