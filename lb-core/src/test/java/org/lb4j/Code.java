package org.lb4j;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The code of this module, to be asked about. */
final class Code {
    /** What is shipped. */
    static final JavaClasses MAIN = classesBeside(Server.class);

    /** What tests it. */
    static final JavaClasses TESTS = classesBeside(Code.class);

    private static final Path MODULE = placeOf(Server.class).getParent().getParent();

    private Code() {}

    /** All Java files, shipped and tests. */
    static List<Path> sources() {
        try (Stream<Path> files = Files.walk(MODULE.resolve("src"))) {
            return files.filter(each -> each.toString().endsWith(".java")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines(Path source) {
        try {
            return Files.readAllLines(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaClasses classesBeside(Class<?> type) {
        // What others are made of is not asked, and would take long to read.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter().importPath(placeOf(type));
    }

    private static Path placeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
