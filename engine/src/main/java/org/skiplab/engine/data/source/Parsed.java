package org.skiplab.engine.data.source;

/// What a specification turns out to be: a source, or a failure that says why not.
public sealed interface Parsed permits DataSource, DataSource.Failed {}
