/// Two networks beside each other: both diagrams with what differs marked, a list of the
/// differences, and what each of them costs.
@NullMarked
package org.skiplab.app.compare;

import org.jspecify.annotations.NullMarked;
