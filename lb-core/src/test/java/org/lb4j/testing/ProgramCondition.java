package org.lb4j.testing;

import java.lang.reflect.AnnotatedElement;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** What {@link RequiresProgram} asks for. */
final class ProgramCondition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        AnnotatedElement test = context.getElement().orElse(null);
        RequiresProgram needed = test == null
                ? null
                : AnnotationSupport.findAnnotation(test, RequiresProgram.class).orElse(null);
        if (needed == null || Program.find(needed.value()) != null)
            return ConditionEvaluationResult.enabled("nothing is missing");
        String from = needed.in().isEmpty() ? needed.value() : needed.in();
        String why = needed.value() + " is not installed: apt-get install " + from;
        if ("true".equals(System.getenv("CI"))) throw new AssertionError(why);
        return ConditionEvaluationResult.disabled(why);
    }
}
