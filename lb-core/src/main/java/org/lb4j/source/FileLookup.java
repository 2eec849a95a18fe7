package org.lb4j.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.lb4j.Server;

/**
 * The servers in a file, read as a whole or not at all. Polled rather than watched: a watch misses the swap of a link, by
 * which a mounted ConfigMap changes.
 */
final class FileLookup implements Callable<Collection<Server>> {
    private final Path file;

    FileLookup(Path file) {
        this.file = file;
    }

    @Override
    public Collection<Server> call() throws IOException {
        Path real = file.toRealPath();
        Stamp before = Stamp.of(real);
        List<String> lines = Files.readAllLines(real);
        if (!before.equals(Stamp.of(real))) throw new IOException(file + " changed while it was read");
        List<Server> servers = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = uncommented(lines.get(i));
            if (line.isEmpty()) continue;
            try {
                servers.add(ServerLine.parse(line));
            } catch (IllegalArgumentException wrong) {
                throw new IllegalArgumentException(
                        file.getFileName() + " line " + (i + 1) + ": " + wrong.getMessage(), wrong);
            }
        }
        return servers;
    }

    private static String uncommented(String line) {
        int mark = line.indexOf('#');
        return (mark < 0 ? line : line.substring(0, mark)).strip();
    }

    private record Stamp(FileTime modified, long size) {
        static Stamp of(Path file) throws IOException {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(now.lastModifiedTime(), now.size());
        }
    }
}
