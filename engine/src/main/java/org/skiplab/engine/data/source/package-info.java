/// Where data sets come from: bundled, generated, or files in the formats they are published in.
/// Every way to fail is a value with what, where and what to do.
@NullMarked
package org.skiplab.engine.data.source;

import org.jspecify.annotations.NullMarked;
