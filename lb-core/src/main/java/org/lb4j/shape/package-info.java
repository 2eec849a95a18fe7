/** What shapes weights: zones, subsets, slow start, reported load. */
package org.lb4j.shape;
