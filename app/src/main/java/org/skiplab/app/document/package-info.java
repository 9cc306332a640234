/// The open document: its value, its undo stack, its file, its recovery copy. View models only;
/// dialogs are behind an interface.
@NullMarked
package org.skiplab.app.document;

import org.jspecify.annotations.NullMarked;
