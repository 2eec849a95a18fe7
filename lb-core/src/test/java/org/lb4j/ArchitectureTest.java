package org.lb4j;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the house that the code can be asked about: who may know whom, and what nobody may do. */
final class ArchitectureTest {
    private static final Set<String> JAVA_BASE = Object.class.getModule().getPackages();

    /** Each package and what it may know of ours. */
    @ParameterizedTest
    @CsvSource({
        "org.lb4j.hash,",
        "org.lb4j,           org.lb4j.hash",
        "org.lb4j.load,      org.lb4j",
        "org.lb4j.algorithm, org.lb4j org.lb4j.load org.lb4j.hash",
        "org.lb4j.shape,     org.lb4j org.lb4j.hash",
        "org.lb4j.failover,  org.lb4j",
        "org.lb4j.source,    org.lb4j",
    })
    void dependenciesGoOneWay(String from, String to) {
        Set<String> known = to == null ? Set.of() : Set.of(to.split(" "));
        classes()
                .that()
                .resideInAPackage(from)
                .should()
                .onlyDependOnClassesThat(describe(
                        "are in " + from + " or " + known,
                        other -> !other.getPackageName().startsWith("org.lb4j")
                                || other.getPackageName().equals(from)
                                || known.contains(other.getPackageName())))
                .allowEmptyShould(true)
                .check(Code.MAIN);
    }

    @Test
    void everyPackageHasItsRule() {
        assertThat(Code.MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet()))
                .isSubsetOf(
                        "", // module-info
                        "org.lb4j",
                        "org.lb4j.hash",
                        "org.lb4j.load",
                        "org.lb4j.algorithm",
                        "org.lb4j.shape",
                        "org.lb4j.failover",
                        "org.lb4j.source");
    }

    @Test
    void noPackageKnowsItselfRoundACorner() {
        slices().assignedFrom(packages()).should().beFreeOfCycles().check(Code.MAIN);
    }

    private static SliceAssignment packages() {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass each) {
                return each.getPackageName().startsWith("org.lb4j")
                        ? SliceIdentifier.of(each.getPackageName())
                        : SliceIdentifier.ignore();
            }

            @Override
            public String getDescription() {
                return "packages";
            }
        };
    }

    @Test
    void nothingBesideTheBaseOfThePlatformIsUsed() {
        classes()
                .should()
                .onlyDependOnClassesThat(describe(
                        "are ours, of java.base, or annotations for the compiler",
                        other -> other.isPrimitive()
                                || other.getPackageName().startsWith("javax.naming") // optional: for SRV alone
                                || other.getPackageName().startsWith("org.lb4j")
                                || other.getPackageName().equals("org.jspecify.annotations")
                                || JAVA_BASE.contains(
                                        other.getBaseComponentType().getPackageName())
                                || other.getBaseComponentType().isPrimitive()
                                || other.getBaseComponentType().getPackageName().startsWith("org.lb4j")))
                .check(Code.MAIN);
    }

    /** Each package of many parts has one door. */
    @ParameterizedTest
    @CsvSource({
        "org.lb4j.algorithm, Algorithms",
        "org.lb4j.load,      Loads",
        "org.lb4j.shape,     Shapers",
        "org.lb4j.source,    Sources",
    })
    void aPackageHasOneDoor(String from, String door) {
        classes()
                .that(resideInAPackage(from)
                        .and(describe("are not nested", each -> !each.isNestedClass()))
                        .and(describe(
                                "are not " + door, each -> !each.getSimpleName().equals(door))))
                .should()
                .notHaveModifier(JavaModifier.PUBLIC)
                .allowEmptyShould(true)
                .check(Code.MAIN);
    }

    @Test
    void nobodyMakesThreadsButSources() {
        noClasses()
                .that(resideOutside("org.lb4j.source"))
                .should()
                .accessTargetWhere(describe(
                        "make a thread",
                        access -> isOf(access, Executors.class)
                                || isOf(access, Thread.class, "<init>", "start", "startVirtualThread", "ofVirtual")
                                || isOf(access, Timer.class)
                                || isOf(access, ForkJoinPool.class)))
                .check(Code.MAIN);
    }

    @Test
    void nobodyWaitsButWhoeverWaitsForTheFirstList() {
        noClasses()
                .that(resideOutside("org.lb4j.source"))
                .and(describe("are not the feed of a source", each -> !each.isEquivalentTo(SourceFeed.class)))
                .should()
                .accessTargetWhere(describe(
                        "wait",
                        access -> isOf(access, Thread.class, "sleep", "join")
                                || isOf(access, Object.class, "wait")
                                || isOf(access, CountDownLatch.class)
                                || access.getTargetOwner().getPackageName().equals("java.util.concurrent.locks")))
                .check(Code.MAIN);
    }

    @Test
    void timeIsReadByTheTickerAlone() {
        noClasses()
                .that(resideOutside("org.lb4j.source"))
                .and(describe("are not Ticker", each -> !each.isEquivalentTo(Ticker.class)))
                .should()
                .accessTargetWhere(describe(
                        "read a clock",
                        access -> isOf(access, System.class, "nanoTime", "currentTimeMillis") || isWallClock(access)))
                .check(Code.MAIN);
    }

    @Test
    void nothingIsPrintedAndNoPropertyIsRead() {
        noClasses()
                .should()
                .accessTargetWhere(describe(
                        "print, or read a property",
                        access -> isOf(access, System.class, "out", "err", "getProperty", "getenv", "getLogger")))
                .check(Code.MAIN);
    }

    @Test
    void noTestSleepsOrLooksAtTheClockOnTheWall() {
        noClasses()
                .should()
                .accessTargetWhere(describe(
                        "sleep, or look at the wall",
                        access -> isOf(access, Thread.class, "sleep")
                                || isOf(access, System.class, "currentTimeMillis")
                                || isWallClock(access)))
                .check(Code.TESTS);
    }

    @Test
    void noFileIsLongerThan400Lines() {
        assertThat(Code.sources())
                .isNotEmpty()
                .allSatisfy(each -> assertThat(Code.lines(each)).hasSizeLessThanOrEqualTo(400));
    }

    private static DescribedPredicate<JavaClass> resideOutside(String name) {
        return DescribedPredicate.not(resideInAPackage(name));
    }

    private static boolean isWallClock(JavaAccess<?> access) {
        return access.getTargetOwner().getPackageName().equals("java.time")
                && access.getName().equals("now");
    }

    /** Whether it is of one of these names; of any if none is given. */
    private static boolean isOf(JavaAccess<?> access, Class<?> owner, String... names) {
        boolean named = names.length == 0 || Set.of(names).contains(access.getName());
        return named && access.getTargetOwner().isEquivalentTo(owner);
    }
}
