package org.lb4j.algorithm;

/** 128 bytes in front of a word that one thread writes at each pick, so that no two cursors share a cache line. */
abstract class Padding {
    long p00, p01, p02, p03, p04, p05, p06, p07;
    long p10, p11, p12, p13, p14, p15, p16, p17;
}
