/// Data sets as immutable bytes, and the feed that turns them into the mini-batches a network
/// trains on. Where the bytes come from is the business of the sub-packages.
@NullMarked
package org.skiplab.engine.data;

import org.jspecify.annotations.NullMarked;
