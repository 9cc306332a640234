package org.skiplab.engine.data.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// What fetching asks of a disk, so that tests can fill one up.
interface Disk {
    Disk REAL =
            new Disk() {
                @Override
                public long room(Path folder) throws IOException {
                    return Files.getFileStore(folder).getUsableSpace();
                }

                @Override
                public void write(FileChannel file, ByteBuffer bytes) throws IOException {
                    while (bytes.hasRemaining()) {
                        file.write(bytes);
                    }
                }
            };

    /// Free bytes where a folder lies.
    long room(Path folder) throws IOException;

    /// Writes all bytes at the file's position.
    void write(FileChannel file, ByteBuffer bytes) throws IOException;
}
