package org.skiplab.engine.kernel;

/// A few threads that run one piece of work together, as oneDNN's do. The caller is one of them.
sealed interface Team extends AutoCloseable permits OpenMpTeam, ThreadTeam {

    /// A share of some work.
    interface Share {
        /// @param member from 0 to `members − 1`
        void run(int member, int members);
    }

    /// The threads that oneDNN computes with, where they are in reach: threads of our own would
    /// fight with them for the cores each time that one kind of kernel follows the other.
    static Team of(int members) {
        return OpenMp.found() && members > 1 ? new OpenMpTeam(members) : new ThreadTeam(members);
    }

    int members();

    /// Returns when every member has done its share.
    ///
    /// @throws RuntimeException if a member failed; the others have done their shares
    void run(Share share);

    /// Once is enough, twice does no harm.
    @Override
    void close();
}
