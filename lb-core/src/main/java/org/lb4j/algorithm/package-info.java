/** The algorithms, one hidden file each; {@link org.lb4j.algorithm.Algorithms} is the only door. */
package org.lb4j.algorithm;
