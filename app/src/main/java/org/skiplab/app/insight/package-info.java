/// Insights that ask the running network: where its time goes, what it does without some of its
/// blocks, what it makes of an image. View models ask through [org.skiplab.app.insight.Experiment];
/// views only paint.
@NullMarked
package org.skiplab.app.insight;

import org.jspecify.annotations.NullMarked;
