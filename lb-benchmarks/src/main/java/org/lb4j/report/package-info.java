/** How figures reach people and programs: text, JSON, charts, progress. Shared by both tools. */
@NullMarked
package org.lb4j.report;

import org.jspecify.annotations.NullMarked;
