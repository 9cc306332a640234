package org.skiplab.engine.data.source;

/// Told how far reading has come, from the thread that reads.
@FunctionalInterface
public interface Progress {
    Progress NONE = (_, _) -> {};

    /// @param what is being read, short
    /// @param share done of it, in `[0, 1]`, or NaN while that is unknown
    void at(String what, double share);
}
