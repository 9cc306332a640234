/// How SkipLab looks: themes, style sheets, style classes and the glyphs of blocks. Sheets use
/// looked-up colours only, so every view follows a change of theme by itself.
@NullMarked
package org.skiplab.app.theme;

import org.jspecify.annotations.NullMarked;
