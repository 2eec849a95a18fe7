package org.lb4j.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code of docs/recipes.md stands in the recipes, which are compiled, or in their tests, which are run. */
final class RecipesPageTest {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

    @Test
    void eachBlockOfThePageStandsInASourceFile() throws IOException {
        List<String> sources = new ArrayList<>();
        for (String part : List.of("main", "test")) sources.addAll(sources(part));
        List<String> blocks = blocks(Files.readString(Path.of("..", "docs", "recipes.md")));
        assertThat(blocks).isNotEmpty();
        assertThat(blocks)
                .filteredOn(block -> sources.stream().noneMatch(source -> source.contains(unindented(block))))
                .isEmpty();
    }

    @Test
    void eachRecipeHasCode() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "recipes.md"));
        String[] sections = page.split("\n## ", -1);
        assertThat(sections).hasSizeGreaterThan(4);
        for (int i = 1; i < sections.length; i++)
            assertThat(blocks(sections[i])).as(sections[i]).isNotEmpty();
    }

    private static List<String> blocks(String page) {
        return BLOCK.matcher(page)
                .results()
                .map((MatchResult each) -> each.group(1))
                .toList();
    }

    private static List<String> sources(String part) throws IOException {
        Path folder = Path.of("src", part, "java", "org", "lb4j", "examples", "recipes");
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) sources.add(unindented(Files.readString(file)));
        }
        return sources;
    }

    /** Whole lines only: each begins and ends with a line break. */
    private static String unindented(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining("\n", "\n", "\n"));
    }
}
