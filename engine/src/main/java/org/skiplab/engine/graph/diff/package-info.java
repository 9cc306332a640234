/// What distinguishes two networks: which blocks were added, removed, changed or wired differently.
/// Works on the values alone, so that it compares edits, presets and files alike.
@NullMarked
package org.skiplab.engine.graph.diff;

import org.jspecify.annotations.NullMarked;
