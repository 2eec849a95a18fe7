package org.lb4j.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that needs a program of the system. Without it the test is skipped, and says which package to install; with
 * {@code CI=true} it fails instead. A program that is there and does not start fails the test, always.
 *
 * <pre>{@code
 * @RequiresProgram("nginx")
 * @Test
 * void reusedConnectionsThatNginxClosesLoseNoCall() { ... }
 * }</pre>
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ProgramCondition.class)
public @interface RequiresProgram {
    /**
     * The program.
     *
     * @return its name, as typed
     */
    String value();

    /**
     * The Debian package that has it.
     *
     * @return the program's name unless given
     */
    String in() default "";
}
