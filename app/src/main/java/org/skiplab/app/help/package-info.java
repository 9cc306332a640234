/// Help pages that need no network: short texts with formulas and links to the papers, written in
/// Markdown, and the keys of every command.
@NullMarked
package org.skiplab.app.help;

import org.jspecify.annotations.NullMarked;
