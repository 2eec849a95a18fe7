package org.lb4j.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The Java examples of a document, or of the javadoc below a folder, run as they stand: each as a method of one program,
 * which is compiled and run by a JVM of its own. What an example takes for granted (a pool, a selector) is in a frame.
 */
public final class Snippets {
    private static final Pattern JAVADOC = Pattern.compile("<pre>\\{@code\\n(.*?)\\}</pre>", Pattern.DOTALL);
    private static final Pattern MARGIN = Pattern.compile("(?m)^\\s*\\* ?");

    private final List<String> snippets;

    private Snippets(List<String> snippets) {
        this.snippets = snippets;
    }

    /**
     * All blocks fenced by {@code ```java} in a file.
     *
     * @param file Markdown
     * @return the examples
     */
    public static Snippets ofMarkdown(Path file) {
        return fencedBy("```java", file);
    }

    /**
     * All blocks fenced by {@code ```java module} in a file that several modules share.
     *
     * @param file Markdown
     * @param module whose examples
     * @return the examples
     */
    public static Snippets ofMarkdown(Path file, String module) {
        return fencedBy("```java " + module, file);
    }

    private static Snippets fencedBy(String fence, Path file) {
        Pattern block = Pattern.compile(Pattern.quote(fence) + "\\n(.*?)```", Pattern.DOTALL);
        List<String> found = new ArrayList<>();
        for (Matcher each = block.matcher(read(file)); each.find(); ) found.add(each.group(1));
        return new Snippets(found);
    }

    /**
     * All code examples in the javadoc of a folder.
     *
     * @param folder with Java sources
     * @return the examples
     */
    public static Snippets ofJavadoc(Path folder) {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                Matcher each = JAVADOC.matcher(read(file));
                while (each.find()) found.add(MARGIN.matcher(each.group(1)).replaceAll(""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Snippets(found);
    }

    /**
     * How many there are.
     *
     * @return 0 or more
     */
    public int size() {
        return snippets.size();
    }

    /**
     * Compiles and runs all of them.
     *
     * @param imports import declarations
     * @param frame members of the class whose methods the examples are
     * @param classPath of the program
     * @return what the JVM printed; ends with "ran N examples" if all went well
     */
    public String run(String imports, String frame, String classPath) {
        StringBuilder program =
                new StringBuilder(imports).append("\npublic class Examples {\n").append(frame);
        StringBuilder calls = new StringBuilder();
        for (int i = 0; i < snippets.size(); i++) {
            program.append("\nvoid example").append(i).append("() throws Exception {\n");
            program.append(snippets.get(i)).append("}\n");
            calls.append("new Examples().example").append(i).append("();\n");
        }
        program.append("public static void main(String[] args) throws Exception {\n")
                .append(calls);
        program.append("System.out.println(\"ran ").append(snippets.size()).append(" examples\");\n}\n}\n");
        return launch(program.toString(), classPath);
    }

    /**
     * The jars and folders that classes are in.
     *
     * @param types names of classes, one of each jar or folder
     * @return a class path
     */
    public static String classPath(String... types) {
        return Arrays.stream(types).map(Snippets::place).collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(String type) {
        String file = type.replace('.', '/') + ".class";
        String url = String.valueOf(ClassLoader.getSystemResource(file));
        if (!url.endsWith("/" + file)) throw new IllegalArgumentException("no class " + type);
        String root = url.substring(0, url.length() - file.length() - 1);
        boolean jar = root.startsWith("jar:");
        return Path.of(URI.create(jar ? root.substring(4, root.length() - 1) : root))
                .toString();
    }

    private static String launch(String program, String classPath) {
        try {
            Path folder = Files.createTempDirectory("examples");
            Path source = Files.writeString(folder.resolve("Examples.java"), program);
            Path output = folder.resolve("output");
            String java =
                    Path.of(System.getProperty("java.home"), "bin", "java").toString();
            Process examples = new ProcessBuilder(java, "-cp", classPath, source.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!examples.waitFor(5, TimeUnit.MINUTES)) {
                examples.destroyForcibly();
                throw new IllegalStateException("the examples do not end: " + read(output));
            }
            return read(output).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
