package org.skiplab.engine.export.pytorch;

/// A Python class that some blocks of a network share.
interface BlockClass {

    /// The name that the class should have; a second class of that name gets a number.
    String wish();

    void write(String name, Source to);
}
