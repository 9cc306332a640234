package org.skiplab.engine.data.fetch;

import java.net.URI;

/// A file that somebody has published and that will not change any more.
///
/// @param name under which it is kept
/// @param origin where it is published
/// @param bytes its length
/// @param sha256 its SHA-256 checksum, 64 hexadecimal digits in lower case
public record PublishedFile(String name, URI origin, long bytes, String sha256) {}
