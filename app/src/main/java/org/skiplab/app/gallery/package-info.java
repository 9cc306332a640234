/// The gallery: published networks, designs of one's own and recent files, each with a picture and
/// what it costs on this machine. [org.skiplab.app.gallery.GalleryViewModel] prepares everything in
/// the background.
@NullMarked
package org.skiplab.app.gallery;

import org.jspecify.annotations.NullMarked;
