/// How numbers are written for people: counts, sizes, shares. One place, so that canvas, inspector
/// and plots agree.
@NullMarked
package org.skiplab.app.text;

import org.jspecify.annotations.NullMarked;
