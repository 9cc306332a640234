/// Our training step beside those of other libraries on the Java virtual machine. Every library
/// runs in a process of its own, with the network written as its users would write it.
@NullMarked
package org.skiplab.bench;

import org.jspecify.annotations.NullMarked;
