/// Short messages that stop nobody: what was refused and why, what was saved where. View models
/// tell [org.skiplab.app.message.Messages]; the window shows the newest.
@NullMarked
package org.skiplab.app.message;

import org.jspecify.annotations.NullMarked;
