/// What a person can do and undo: actions for menus and the command palette, and the stack of
/// document changes. A change holds the values before and after it, so undo is putting a reference
/// back.
@NullMarked
package org.skiplab.app.command;

import org.jspecify.annotations.NullMarked;
