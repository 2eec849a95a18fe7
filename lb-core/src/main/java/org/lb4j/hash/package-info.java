/**
 * The hash functions that affinity stands on: XXH64, MD5, SHA-1 and a mixer of numbers, each with published test
 * vectors. The same on every machine and JVM, so that a fleet agrees. None of them keeps a secret.
 *
 * <pre>{@code
 * long h = Xxh64.hash("user-42");
 * long spread = Mix.mix(h + 1);
 * }</pre>
 */
package org.lb4j.hash;
