package org.lb4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a pick and the end of a call may reach: no lock, no stream, no log, no boxing, no text. */
final class PickPathTest {
    /** Where a pick leaves its path, which it does now and then: a step by time, a refusal, a leak, a fault. */
    private static final Set<String> DOORS = Set.of(
            "View.step",
            "Shaped.nobody",
            "Shaped.notThatOne",
            "LeakWatch.watch",
            "Ledger.unsaid",
            "Ledger.fault",
            "Member.reported",
            "HashFunction.hash");

    private static final Set<String> BANNED_PACKAGES = Set.of(
            "java.util.stream",
            "java.util.concurrent.locks",
            "java.util.logging",
            "java.util.regex",
            "java.text",
            "java.time",
            "org.slf4j");

    private static final Set<String> BANNED_CALLS = Set.of(
            "Integer.valueOf",
            "Long.valueOf",
            "Double.valueOf",
            "Boolean.valueOf",
            "String.format",
            "String.valueOf",
            "StringBuilder.append",
            "Thread.sleep",
            "Object.wait",
            "ArrayList.add",
            "List.of",
            "Optional.of");

    private final Set<JavaCodeUnit> path = new LinkedHashSet<>();
    private final Deque<JavaCodeUnit> toVisit = new ArrayDeque<>();

    private static JavaClass ours(Class<?> type) {
        return Code.MAIN.get(type);
    }

    /** Every way in: both picks, all of a lease, and whatever an algorithm or a load of ours does. */
    private void begin() {
        Stream.of("next", "acquire").forEach(each -> visitAll(ours(PoolSelector.class), each));
        Stream.of("server", "answered", "end", "close").forEach(each -> visitAll(ours(OpenLease.class), each));
        implementations(Picker.class).forEach(each -> visitAll(each, "pick"));
        implementations(Load.class).forEach(each -> visitAll(each, "of"));
        while (!toVisit.isEmpty()) follow(toVisit.poll());
    }

    private static Stream<JavaClass> implementations(Class<?> type) {
        return Code.MAIN.stream().filter(each -> each.isAssignableTo(type));
    }

    private void visitAll(JavaClass owner, String method) {
        owner.getMethods().stream()
                .filter(each -> each.getName().equals(method))
                .forEach(this::visit);
    }

    private void visit(JavaCodeUnit unit) {
        boolean ours = unit.getOwner().getPackageName().startsWith("org.lb4j");
        if (ours && !DOORS.contains(name(unit)) && path.add(unit)) toVisit.add(unit);
    }

    /** What it calls, and whatever may stand behind that. */
    private void follow(JavaCodeUnit unit) {
        unit.getCallsFromSelf()
                .forEach(call -> call.getTarget().resolveMember().ifPresent(target -> {
                    visit(target);
                    target.getOwner()
                            .getAllSubclasses()
                            .forEach(each -> each.tryGetMethod(
                                            target.getName(),
                                            target.getRawParameterTypes().stream()
                                                    .map(JavaClass::getName)
                                                    .toArray(String[]::new))
                                    .ifPresent(this::visit));
                }));
    }

    private static String name(JavaCodeUnit unit) {
        return unit.getOwner().getSimpleName() + "." + unit.getName();
    }

    @Test
    void itTakesNoLockMakesNoTextAndBoxesNothing() {
        begin();
        assertThat(path)
                .hasSizeGreaterThan(100)
                .noneMatch(each -> each.getModifiers().contains(JavaModifier.SYNCHRONIZED));
        Set<String> offences = new TreeSet<>();
        for (JavaCodeUnit unit : path)
            for (JavaMethodCall call : unit.getMethodCallsFromSelf())
                if (isBanned(call))
                    offences.add(name(unit) + " calls " + call.getTarget().getFullName());
        assertThat(offences).isEmpty();
    }

    private static boolean isBanned(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return BANNED_PACKAGES.contains(owner.getPackageName())
                || BANNED_CALLS.contains(owner.getSimpleName() + "." + call.getName());
    }

    @Test
    void theDoorsAreWhatTheySay() {
        Set<String> known = Code.MAIN.stream()
                .flatMap(each -> each.getCodeUnits().stream())
                .map(PickPathTest::name)
                .collect(Collectors.toSet());
        assertThat(known).containsAll(DOORS);
    }

    /** A block can not be seen in a class that was compiled; a keyword can. */
    @Test
    void nothingInThisModuleIsSynchronized() {
        Pattern keyword = Pattern.compile("^\\s*(?!\\*|//|/\\*).*\\bsynchronized\\b");
        assertThat(Code.sources())
                .filteredOn(each -> each.toString().contains("main"))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(Code.lines(each)).noneMatch(keyword.asPredicate()));
    }
}
