/// Brings the published data sets to this machine, at a person's wish only: resumable, checked, and
/// never leaving part of a file under the name of the whole.
@NullMarked
package org.skiplab.engine.data.fetch;

import org.jspecify.annotations.NullMarked;
