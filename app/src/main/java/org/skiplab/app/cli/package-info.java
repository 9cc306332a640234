/// The command line. Commands print results to standard output and one-line errors to standard
/// error, and end with 0 (done), 1 (failed) or 2 (wrong use).
@NullMarked
package org.skiplab.app.cli;

import org.jspecify.annotations.NullMarked;
