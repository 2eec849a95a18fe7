/** Recipes for what has no wrapper: gRPC, JDBC, Redis, and retries and breakers around all of it. See docs/recipes.md. */
@NullMarked
package org.lb4j.examples.recipes;

import org.jspecify.annotations.NullMarked;
