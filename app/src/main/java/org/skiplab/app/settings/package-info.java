/// What SkipLab remembers between starts, and where: settings in the OS's configuration folder,
/// recovery in its state folder. Each setting is a property that saves itself.
@NullMarked
package org.skiplab.app.settings;

import org.jspecify.annotations.NullMarked;
